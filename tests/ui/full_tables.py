"""Fills every table that the pages and overlays show, so that they can be looked at whatever the rules have done."""

from __future__ import annotations

import numpy as np

from game.core.columns import bond, camp, faction, force, harm, peace, policy, treaty
from game.core.columns import hex as hexc
from game.core.ids import NEVER, Life, Phase, Standing, Status, Term, TreatyState
from game.core.state import Tables
from game.engine.world import World


def fill(world: World) -> None:
    """People, camps, mines, money, treaties, the vote, the peace process and the ledger, from a fixed seed."""
    t, setting = world.tables, world.setting
    chance = np.random.default_rng(11)
    n, factions = setting.map.n, len(setting.factions)
    land = setting.map.is_land
    t.hex_i[hexc.PEOPLE] = np.where(land, np.maximum(t.hex_i[hexc.PEOPLE], chance.integers(0, 30000, n)), 0)
    if len(t.support):
        raw = chance.random((len(t.support) + 1, n)) ** 2
        t.support[:] = (raw / raw.sum(axis=0))[:-1]
    t.hex_f[hexc.FOOD_T] = np.where(land, chance.random(n) * 4000, 0)
    t.hex_f[hexc.WANT] = np.where(chance.random(n) < 0.3, chance.random(n) * 0.5, 0)
    t.hex_f[hexc.SECURITY] = chance.random(n)
    t.hex_f[hexc.MINES] = np.where(land & (chance.random(n) < 0.06), chance.random(n) * 400, 0)
    t.hex_f[hexc.SCATTER] = np.where(land & (chance.random(n) < 0.10), chance.random(n) * 14, 0)
    t.faction_i[faction.LIFE] = Life.ACTIVE
    setting.cast.means.keeps[:] = setting.cast.means.home_front[:] = 1
    for k in range(factions):
        _home(t, k, chance)
    for a in range(factions):
        for b in range(a):
            parts = np.round(chance.normal(0, 16, bond.BONDS))
            t.bond[: bond.BONDS, a, b] = t.bond[: bond.BONDS, b, a] = parts
            t.relation[a, b] = t.relation[b, a] = max(-100.0, min(100.0, float(parts.sum())))
    _treaties(t, factions)
    _process(t, factions)
    t.harm[harm.FIGHTING, : harm.COUNTED] = (8200, 21400, 310_000, 420_000)
    t.harm[harm.HUNGER, : harm.COUNTED] = (60_000, 180_000, 90_000, 140_000)
    t.harm[harm.MINES, : harm.COUNTED] = (1400, 3900, 0, 0)
    t.harm[harm.LABOUR, : harm.COUNTED] = (5000, 22_000, 0, 0)
    t.harm[harm.EXPULSION, : harm.COUNTED] = (2000, 10_000, 42_000, 45_000)
    for c in range(t.camp_i.shape[1]):
        t.camp_i[camp.PEOPLE, c] = 12_000 + 9_500 * c
        t.camp_i[camp.OPENED, c], t.camp_i[camp.CLOSED, c] = 0, NEVER
    paper = np.flatnonzero(t.force_i[force.FACTION] == 0)[-2:]
    t.force_i[force.STATUS, paper], t.force_i[force.ARRIVES, paper] = Status.PENDING, force.UNRAISED


def _home(t: Tables, k: int, chance: np.random.Generator) -> None:
    t.policy[:, k] = np.round(chance.random(policy.POLICIES), 2)
    t.faction_f[faction.MONEY, k] = 40 * chance.random()
    parts = chance.random(3) * 8
    for column, value in zip((faction.TAXES, faction.TRADED, faction.AIDED), parts, strict=True):
        t.faction_f[column, k] = value
    t.faction_f[faction.INCOME, k] = parts.sum()
    t.faction_f[faction.OUTLAY, k] = parts.sum() * 1.1
    t.faction_f[faction.ARREARS, k] = 1.4
    t.faction_f[faction.CORRUPTION, k] = 0.3
    t.faction_f[faction.WEARINESS, k] = 40
    t.faction_f[faction.UNITY, k] = 0.7
    t.faction_f[faction.AID_BUDGET, k] = 200
    t.faction_i[faction.MANPOWER, k], t.faction_i[faction.TRAINING, k] = 4200, 9000
    t.faction_i[faction.KITS, k], t.faction_i[faction.KILLED, k] = 15_000, 3100
    if k:
        t.aid[0, k], t.aid[k, 0] = 12 * k, 30


def _treaties(t: Tables, factions: int) -> None:
    last = factions - 1
    rows = (
        (Term.SANCTUARY, TreatyState.IN_FORCE, last, 0, 0, 24 * 365, last),
        (Term.AID, TreatyState.IN_FORCE, 0, last, 2500, NEVER, 0),
        (Term.CEASE_FIRE, TreatyState.PROPOSED, 0, 1, 0, 24 * 180, 1),
        (Term.WITHDRAWAL, TreatyState.PROPOSED, 0, last, 12, 24 * 700, last),
        (Term.ACCESS, TreatyState.BROKEN, 0, 1, 0, NEVER, 1),
        (Term.TRADE, TreatyState.REFUSED, 0, 1, 0, NEVER, 0),
    )
    for row, (term, state, a, b, value, until, by) in enumerate(rows):
        t.treaty[:, row] = 0
        for column, figure in (
            (treaty.TERM, term), (treaty.STATE, state), (treaty.A, a), (treaty.B, b), (treaty.VALUE, value),
            (treaty.SINCE, 0), (treaty.UNTIL, until), (treaty.BY, by), (treaty.LINK, NEVER),
        ):  # fmt: skip
            t.treaty[column, row] = figure


def _process(t: Tables, factions: int) -> None:
    p = t.peace
    p[peace.PHASE], p[peace.SINCE], p[peace.ACCORD], p[peace.TALKS] = Phase.MISSION, 24 * 3, 24, 7
    p[peace.SEAT], p[peace.VOTED] = 1, 0
    p[peace.SEAT_FOR], p[peace.SEAT_AGAINST], p[peace.SEAT_ABSTAIN] = 71, 35, 34
    p[peace.RESOLUTION_FOR], p[peace.RESOLUTION_AGAINST], p[peace.RESOLUTION_ABSTAIN] = 91, 21, 29
    p[peace.REGISTERED], p[peace.TURNOUT] = 4_600_000, 4_100_000
    for k, standing in enumerate((Standing.CANTONING, Standing.REFUSED, Standing.SIGNED)):
        if k < factions:
            t.party[peace.STANDING, k] = standing
            t.party[peace.CANTONED, k], t.party[peace.DISARMED, k] = 12_000, 3400
            t.party[peace.VOTES, k], t.party[peace.SEATS, k] = 1_900_000 - 500_000 * k, 58 - 20 * k
            t.party[peace.TALKED, k] = 7 - k
    t.recognised[0, 1:] = 0
    for k in range(2, factions):
        t.recognised[k, 1] = 1
