"""The preview of a battle: the battle itself (chapter 6), fought many times over with other luck.

P.1 The attackers are lined up as movement would do it (3.6, 6.1); one who is not beside the hex yet is put where its
    shortest way would bring it. Everybody else stands as the picture shows.
P.2 Days of battle and of retreat are played by the rules' own functions until the hex is free of formed enemies, no
    attacker goes on, or DAYS are over.
P.3 Whether the enemy has seen an attacker is not known; each draw decides it by the enemy's chance of detection (5.2).
P.4 The causes are the stages of power (6.2). Each gets the share of the chance that it has in the logarithm of the
    odds; a plain curve of chance against odds turns the one into the other. What the curve leaves is the last cause.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import record as R
from game.core.columns import sighting as S
from game.core.hexes import distance
from game.core.ids import NO_FACTION, OFF_MAP, ForceId, ForceKind, HexIndex, Order, Posture, Season, Status
from game.core.kernels import chapter, clause, plain
from game.core.realmath import chance_within, share_within
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.setting import Ground, Setting
from game.core.state import Tables
from game.rules.battle import clear_bouts, fight_all, mark_surprise
from game.rules.combat import ATTACK, DEFENCE, MEN, ROOM, STAGE_NAMES, STAGES, is_attacker, is_defender, weigh
from game.rules.movement import prepare
from game.rules.presence import count_presence, enemy_men
from game.rules.retreat import sort_out
from game.rules.sight import detection_rate, list_flying, stamp_near
from game.rules.workspace import ENGAGED, Work, is_war, make_work

DAYS = 6.0
"""Days of battle that a preview looks ahead."""
STEEPNESS = 1.75
"""P.4 Chance = 1 / (1 + odds ** -STEEPNESS): even odds are an even chance, 2 to 1 is 77 %. Fitted to battles fought out
on small maps; a test keeps it near the best fit."""
COURSE = "Time, morale and chance"
"""Name of the cause that holds what the odds alone do not explain."""
TAKEN, CONTESTED, REPULSED = 0, 1, 2
_OUTCOME, _DAYS, _OWN, _ENEMY, _FLED = range(5)

Spread = tuple[float, float, float]
"""Median, 10th and 90th percentile of the draws."""


@dataclass(frozen=True)
class Preview:
    """What an attack would bring, as far as the picture shows."""

    odds: float
    """Attackers' power to the defenders' on the first day, before the day's fortune."""
    won: float
    """Share of the draws in which the hex is taken; `contested`: undecided after DAYS; `repulsed`: given up."""
    contested: float
    repulsed: float
    days: Spread
    """Days of battle until it is decided."""
    own_loss: Spread
    """Men."""
    enemy_loss: Spread
    """Men lost to the forces in the hex: dead, wounded, captured and scattered."""
    fled: Spread
    """Civilians driven out of the hex."""
    causes: tuple[tuple[str, float], ...]
    """(cause, points of chance), largest first; 50 plus all of them is `won` in per cent."""


# --- kernels -----------------------------------------------------------------------------------------------------
@clause
def line_up(
    w: Tables, g: Ground, x: Work, r: Ruleset, attackers: npt.NDArray[np.int64], target: int, days: float
) -> int:
    """P.1 Set postures and targets for an impulse of `days`; returns how many forces attack."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        fi[F.TARGET, f] = OFF_MAP
        prepare(w, g, x, r.combat, f)
    going = 0
    for k in range(attackers.shape[0]):
        f = attackers[k]
        if fi[F.STATUS, f] == Status.ACTIVE and fi[F.ORDER, f] == Order.ATTACK and fi[F.MEN, f] > 0:
            fi[F.TARGET, f] = target
            x.bout[ENGAGED, f] = days
            going += 1
    return going


@clause
def reset(start: Tables, w: Tables) -> None:
    """Make the tables that a battle changes as they were."""
    for c in range(start.force_i.shape[0]):
        for f in range(start.force_i.shape[1]):
            w.force_i[c, f] = start.force_i[c, f]
    for c in range(start.force_f.shape[0]):
        for f in range(start.force_f.shape[1]):
            w.force_f[c, f] = start.force_f[c, f]
    for c in range(start.faction_i.shape[0]):
        for a in range(start.faction_i.shape[1]):
            w.faction_i[c, a] = start.faction_i[c, a]
    for c in range(start.faction_f.shape[0]):
        for a in range(start.faction_f.shape[1]):
            w.faction_f[c, a] = start.faction_f[c, a]
    for a in range(start.seen.shape[0]):
        for f in range(start.seen.shape[2]):
            w.seen[a, S.HOUR, f] = start.seen[a, S.HOUR, f]


@clause
def men_of(w: Tables, forces: npt.NDArray[np.int64]) -> int:
    total = 0
    for k in range(forces.shape[0]):
        total += w.force_i[F.MEN, forces[k]]
    return total


@clause
def sight_them(w: Tables, f: int, hour: int) -> None:
    """P.3 The enemies of the force have seen it lately."""
    for a in range(w.seen.shape[0]):
        if is_war(w.stance, a, w.force_i[F.FACTION, f]):
            w.seen[a, S.HOUR, f] = hour


@chapter
def weigh_up(
    w: Tables,
    g: Ground,
    x: Work,
    r: Ruleset,
    attackers: npt.NDArray[np.int64],
    target: int,
    hour: int,
    chances: npt.NDArray[np.float64],
) -> None:
    """P.3, P.4 Fill `chances` [attackers] of having been seen and x.terms with the power of both sides."""
    line_up(w, g, x, r, attackers, target, 1.0)
    count_presence(w, x)
    stamp_near(w, g, x)
    flying = list_flying(w, x)
    fi = w.force_i
    foe = fi[F.FACTION, attackers[0]]
    defender = NO_FACTION
    for f in range(fi.shape[1]):
        if is_defender(w, f, target, foe):
            defender = fi[F.FACTION, f]
    for k in range(attackers.shape[0]):
        rate = 0.0
        if defender != NO_FACTION:
            rate = detection_rate(w, g, x, r, defender, attackers[k], flying)
        chances[k] = chance_within(rate, r.combat.surprise_days)
    mark_surprise(w, r.combat, target, foe, hour)
    for k in range(attackers.shape[0]):
        f = attackers[k]
        gain = w.force_f[F.SURPRISE, f] - 1.0
        if gain > 0.0 and is_attacker(w, f, target):
            w.force_f[F.SURPRISE, f] = 1.0 + gain * (1.0 - chances[k])
    weigh(w, g, x, r.combat, r.move, target, foe, min(1.0, r.combat.air_battle_share), x.terms)


@chapter
def fight_draws(
    start: Tables,
    w: Tables,
    g: Ground,
    x: Work,
    r: Ruleset,
    attackers: npt.NDArray[np.int64],
    defenders: npt.NDArray[np.int64],
    target: int,
    seed: int,
    hour: int,
    days: float,
    impulses: int,
    chances: npt.NDArray[np.float64],
    out: npt.NDArray[np.float64],
) -> None:
    """P.2 Fight the battle once for each row of `out` [draws, 5]: outcome, days, own and enemy loss, civilians fled."""
    foe = start.force_i[F.FACTION, attackers[0]]
    own = men_of(start, attackers)
    other = men_of(start, defenders)
    for draw in range(out.shape[0]):
        reset(start, w)
        w.clock[C.SEED] = rng.bits(seed, draw, target, Purpose.ESTIMATE + 0, 1) >> 1
        for k in range(attackers.shape[0]):
            if rng.uniform(w.clock[C.SEED], hour, attackers[k], Purpose.DETECT + 0, 99) < chances[k]:
                sight_them(w, attackers[k], hour)
        outcome = CONTESTED + 0
        fought = 0.0
        stayed = 1.0
        for day in range(impulses):
            if line_up(w, g, x, r, attackers, target, days) == 0:
                outcome = REPULSED + 0
                break
            now = hour + int(day * days * 24.0)
            x.written[0] = 0
            clear_bouts(x)
            fight_all(w, g, x, r, now, days)
            count_presence(w, x)
            sort_out(w, g, x, r, now, days)
            fought += x.battle_days[target]
            for k in range(x.written[0]):
                if x.records[k, R.HEX] == target and x.records[k, R.KIND] == RecordKind.BATTLE:
                    stayed *= 1.0 - share_within(r.people.flee_battle, x.battle_days[target])
                elif x.records[k, R.HEX] == target and x.records[k, R.KIND] == RecordKind.BROKE:
                    stayed *= 1.0 - r.people.flee_rout
            if enemy_men(w, x, foe, target) == 0:
                outcome = TAKEN + 0
                break
        out[draw, 0] = outcome
        out[draw, 1] = fought
        out[draw, 2] = max(0, own - men_of(w, attackers))
        out[draw, 3] = max(0, other - men_of(w, defenders))
        out[draw, 4] = w.hex_i[H.PEOPLE, target] * (1.0 - stayed)


# --- the door for everybody ------------------------------------------------------------------------------------
def preview(
    setting: Setting, tables: Tables, attackers: list[ForceId], target: HexIndex, draws: int = 200, seed: int = 0
) -> Preview | None:
    """What an attack of `attackers` on `target` would bring, on a view's tables; they are not changed.

    None if there is nothing to foresee: none of the forces can attack, or no enemy is known in the hex.
    The same arguments give the same answer. Safe to call from several threads; they take turns.
    """
    fi = tables.force_i
    able = [f for f in attackers if fi[F.STATUS, f] == Status.ACTIVE and fi[F.KIND, f] != ForceKind.AIR]
    able = [f for f in able if fi[F.MEN, f] > 0 and fi[F.HEX, f] not in (OFF_MAP, target)]
    if not able:
        return None
    defenders = _defenders(tables, int(fi[F.FACTION, able[0]]), target)
    if not len(defenders):
        return None
    hour = int(tables.clock[C.HOUR])
    going = np.array(sorted(able), np.int64)
    with _lock:
        x = _work(setting, tables)
        x.sky[0] = setting.ruleset.combat.wet_air if setting.season(hour) is Season.WET else 1.0
        start, w = _apart(tables), _apart(tables)
        _suppose(setting, start, int(fi[F.FACTION, able[0]]))
        _line_up(setting, x, start, going, target)
        chances = np.zeros(len(going))
        out = np.zeros((draws, 5))
        numbers = setting.ruleset
        for mine, theirs in zip(_changed(w), _changed(start), strict=True):
            np.copyto(mine, theirs)
        weigh_up(w, setting.ground, x, numbers, going, target, hour, chances)
        terms = x.terms.copy()
        days = setting.impulse_days
        impulses = max(1, round(DAYS / days))
        fight_draws(
            start, w, setting.ground, x, numbers, going, defenders, target, seed, hour, days, impulses, chances, out
        )
    won = float((out[:, _OUTCOME] == TAKEN).mean())
    return Preview(
        odds=float(terms[ATTACK, ROOM] / max(1.0, terms[DEFENCE, ROOM])),
        won=won,
        contested=float((out[:, _OUTCOME] == CONTESTED).mean()),
        repulsed=float((out[:, _OUTCOME] == REPULSED).mean()),
        days=_spread(out[:, _DAYS]),
        own_loss=_spread(out[:, _OWN]),
        enemy_loss=_spread(out[:, _ENEMY]),
        fled=_spread(out[:, _FLED]),
        causes=_causes(terms, won),
    )


_lock = threading.Lock()
_works: dict[tuple[int, int, int], Work] = {}


def _work(setting: Setting, tables: Tables) -> Work:
    """The scratch of games of this size; that of the last size asked for is kept."""
    key = (setting.map.n, tables.force_i.shape[1], tables.faction_i.shape[1])
    if key not in _works:
        _works.clear()
        _works[key] = make_work(*key, 0)
    return _works[key]


def _apart(tables: Tables) -> Tables:
    """The tables with copies of those that a battle changes."""
    clock, force_i, force_f, faction_i, faction_f, seen = (table.copy() for table in _changed(tables))
    return tables._replace(
        clock=clock, force_i=force_i, force_f=force_f, faction_i=faction_i, faction_f=faction_f, seen=seen
    )


def _suppose(setting: Setting, start: Tables, own: int) -> None:
    """P.1 A picture does not show other sides' political will: it is taken to be at the level where it rests."""
    others = start.faction_i[A.SIDE] != start.faction_i[A.SIDE, own]
    start.faction_f[A.WILL, others] = setting.ruleset.politics.will_rest


def _changed(t: Tables) -> tuple[npt.NDArray[Any], ...]:
    return t.clock, t.force_i, t.force_f, t.faction_i, t.faction_f, t.seen


def _defenders(tables: Tables, attacker: int, target: HexIndex) -> npt.NDArray[np.int64]:
    fi = tables.force_i
    formed = (fi[F.STATUS] == Status.ACTIVE) | (fi[F.STATUS] == Status.ROUTED)
    at_war = (tables.stance[attacker] == 0) & (np.arange(len(tables.stance)) != attacker)
    here = (fi[F.HEX] == target) & (fi[F.MEN] > 0) & formed & at_war[fi[F.FACTION]]
    return np.flatnonzero(here).astype(np.int64)


def _line_up(setting: Setting, x: Work, start: Tables, going: npt.NDArray[np.int64], target: HexIndex) -> None:
    """P.1 Orders of the attackers, and the hexes from which they would attack."""
    fi = start.force_i
    plain(count_presence)(start, x)
    for f in going.tolist():
        fi[F.ORDER, f], fi[F.DEST, f], fi[F.POSTURE, f] = Order.ATTACK, target, Posture.ATTACK
        here = int(fi[F.HEX, f])
        if distance(here, target, setting.map.cols) > 1:
            fi[F.HEX, f] = _approach(setting, x, start, f, here, target)
            start.force_f[F.ADVANCED, f] = 0.0


def _approach(setting: Setting, x: Work, start: Tables, f: int, here: HexIndex, target: HexIndex) -> HexIndex:
    faction = int(start.force_i[F.FACTION, f])
    enemies = [k for k in range(len(start.stance)) if k != faction and start.stance[faction, k] == 0]
    beside = [b for b in setting.map.neighbours[target].tolist() if b != OFF_MAP and setting.map.is_land[b]]
    free = [b for b in beside if not any(x.formed[b, k] for k in enemies)]
    return min(free, key=lambda b: (distance(here, b, setting.map.cols), b), default=here)


def _spread(values: npt.NDArray[np.float64]) -> Spread:
    low, middle, high = np.percentile(values, (10, 50, 90)).tolist()
    return middle, low, high


def _causes(terms: npt.NDArray[np.float64], won: float) -> tuple[tuple[str, float], ...]:
    """P.4 The shift of the chance from 50, divided among the stages of power and the course of the battle.

    Formula: chance = 1 / (1 + odds ^ -STEEPNESS)
    """
    weights = []
    for side in (ATTACK, DEFENCE):
        stages = [max(1.0, float(terms[side, s])) for s in range(STAGES)]
        weights.append([log(stages[MEN])] + [log(b / a) for a, b in pairwise(stages)])
    shares = [a - d for a, d in zip(*weights, strict=True)]
    total = sum(shares)
    explained = 100.0 / (1.0 + exp(-STEEPNESS * total)) - 50.0
    per_unit = explained / total if abs(total) > 1e-9 else 25.0 * STEEPNESS
    causes = {name: share * per_unit for name, share in zip(STAGE_NAMES, shares, strict=True)}
    told = {name: points for name, points in causes.items() if abs(points) >= 0.5}
    rest = won * 100.0 - 50.0 - sum(told.values())
    return tuple(sorted([*told.items(), (COURSE, rest)], key=lambda cause: (-abs(cause[1]), cause[0])))
