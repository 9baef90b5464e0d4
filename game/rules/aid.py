"""Chapter 10, economy and aid, third part: what patrons give, and the pipelines by which it comes.

10.5 A patron gives what it has decided to, at most its vote for this theatre; where it has promised more, everybody
     gets the same share. A patron that nobody commands keeps to its custom. Nobody aids an enemy, or who is no actor.
10.6 Aid comes partly as money, partly as arms and stores. Arms and stores come by pipelines and only as far as these
     are open: the land that they cross grants passage to the recipient, the port is in hands that let them through, and
     the depot is the recipient's. What cannot come through is not given. Pipelines feed their depots in proportion to
     the aid.
"""

from __future__ import annotations

from game.core import rng
from game.core.calendar import MONTHS_A_YEAR
from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Stance
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset_economy import EconomyRules
from game.core.setting import Cast
from game.core.state import Tables
from game.rules import workspace as B
from game.rules.presence import is_actor, same_side
from game.rules.treaties import change_aid
from game.rules.workspace import Now, Work, is_war, note


@clause
def lets_through(w: Tables, a: int, b: int) -> bool:
    """10.6 Whether faction `a` lets what is meant for `b` pass."""
    return same_side(w, a, b) or w.stance[a, b] >= Stance.ACCESS


@clause
def is_open(w: Tables, c: Cast, k: int) -> bool:
    """10.6 Whether a pipeline's way is open."""
    m = c.means
    to = m.pipe_to[k]
    host = m.pipe_host[k]
    if host != NO_FACTION and not lets_through(w, host, to):
        return False
    port = m.pipe_port[k]
    if port != OFF_MAP:
        holder = w.hex_i[H.CONTROL, port]
        if holder == NO_FACTION or not (lets_through(w, holder, to) or lets_through(w, holder, m.pipe_donor[k])):
            return False
    holder = w.depot_i[D.FACTION, m.pipe_depot[k]]
    return holder != NO_FACTION and (same_side(w, holder, to) or w.stance[holder, to] == Stance.ALLIED)


@clause
def open_share(w: Tables, c: Cast, d: int, a: int, yearly: float) -> float:
    """10.6 Share of what the donor sends the recipient in arms and stores that comes through.

    Formula: at most 1, the aid that open pipelines can carry / aid; 1 where the scenario names none, and where
        nothing is sent
    """
    if yearly <= 0.0:
        return 1.0
    m = c.means
    found = False
    through = 0.0
    for k in range(m.pipe_to.shape[0]):
        if m.pipe_donor[k] == d and m.pipe_to[k] == a:
            found = True
            if is_open(w, c, k):
                through += m.pipe_aid[k] * m.pipe_most[k] / m.pipe_kg[k]
    return min(1.0, through / yearly) if found else 1.0


@clause
def vote_aid(w: Tables, c: Cast, x: Work, now: Now) -> None:
    """10.5 At New Year patrons have a new vote; a patron that nobody commands keeps to its custom."""
    m = c.means
    last = m.vote.shape[1] - 1
    year = min(last, max(0, now.year - m.first_year))
    coming = min(last, max(0, now.year + now.month // 12 - m.first_year))
    for d in range(w.faction_i.shape[1]):
        if coming != year:
            w.faction_f[A.AID_BUDGET, d] = m.vote[d, coming]
        if w.faction_i[A.SIDE, d] == NO_FACTION:
            for a in range(w.faction_i.shape[1]):
                change_aid(w, x, d, a, m.custom[d, a, coming], Reason.BY_CUSTOM + 0, 0, 0, now.hour)


@clause
def takes_aid(w: Tables, c: Cast, d: int, a: int) -> bool:
    """10.5 Whether the faction can take what the donor gives."""
    return w.aid[d, a] > 0.0 and is_actor(w, a) and c.means.keeps[a] == 1 and not is_war(w.stance, d, a)


@clause
def give_aid(w: Tables, c: Cast, x: Work, rules: EconomyRules, hour: int) -> None:
    """10.5-10.7 Patrons give, and what can comes through.

    Formula (10.5): given = promised * min(1, vote / all that is promised) / 12
    Formula (10.6): money = given * aid_money; arms and stores = given * (1 - aid_money) * share of pipelines open;
        arms for men = arms and stores * kits_aid; a pipeline brings its tonnes * aid / the aid that they go with
    Formula (10.7): what arrives = what is sent * (1 - corruption)
    """
    m = c.means
    factions = w.faction_i.shape[1]
    before = x.depot_kg
    for k in range(m.pipe_to.shape[0]):
        before[m.pipe_depot[k]] = w.depot_i[D.INFLOW_KG, m.pipe_depot[k]]
    for k in range(m.pipe_to.shape[0]):
        w.depot_i[D.INFLOW_KG, m.pipe_depot[k]] = 0
    for d in range(factions):
        w.faction_f[A.GIVEN, d] = 0.0
        if not is_actor(w, d):
            continue
        promised = 0.0
        for a in range(factions):
            if takes_aid(w, c, d, a):
                promised += w.aid[d, a]
        if promised <= 0.0:
            continue
        vote = w.faction_f[A.AID_BUDGET, d]
        part = vote / promised if promised > vote else 1.0
        for a in range(factions):
            if not takes_aid(w, c, d, a):
                continue
            given = w.aid[d, a] * part / MONTHS_A_YEAR
            clean = 1.0 - w.faction_f[A.CORRUPTION, a]
            money = given * rules.aid_money
            arms = (given - money) * open_share(w, c, d, a, given * MONTHS_A_YEAR)
            x.tally[B.AID_MONEY, a] += money * clean
            x.tally[B.AID_ARMS, a] += arms * clean
            w.faction_f[A.GIVEN, d] += money + arms
            for k in range(m.pipe_to.shape[0]):
                if m.pipe_donor[k] == d and m.pipe_to[k] == a and is_open(w, c, k):
                    kg = min(m.pipe_most[k], m.pipe_kg[k] * given * MONTHS_A_YEAR / m.pipe_aid[k]) * clean
                    w.depot_i[D.INFLOW_KG, m.pipe_depot[k]] += int(kg)
                    w.depot_i[D.OWNER, m.pipe_depot[k]] = w.depot_i[D.FACTION, m.pipe_depot[k]]
    for a in range(factions):
        kits = x.tally[B.AID_ARMS, a] * rules.kits_aid
        w.faction_i[A.KITS, a] += rng.whole(kits, rng.uniform(w.clock[C.SEED], hour, a, Purpose.ARMS_AID + 0, 0))
    for k in range(m.pipe_to.shape[0]):
        tell_pipeline(w, c, x, k, hour)


@clause
def tell_pipeline(w: Tables, c: Cast, x: Work, k: int, hour: int) -> None:
    """10.6 A depot that a pipeline feeds no longer, or again, is put on record; once, if several feed it."""
    depot = c.means.pipe_depot[k]
    for other in range(k):
        if c.means.pipe_depot[other] == depot:
            return
    had = x.depot_kg[depot] > 0.0
    has = w.depot_i[D.INFLOW_KG, depot] > 0
    if had != has:
        why = Reason.NONE + 0
        if not has:
            why = Reason.NOTHING_GIVEN + 0 if is_open(w, c, k) else Reason.WAY_SHUT + 0
        note(
            x, hour, RecordKind.PIPELINE + 0, c.means.pipe_to[k], -1, w.depot_i[D.HEX, depot], c.means.pipe_donor[k],
            w.depot_i[D.INFLOW_KG, depot], depot, 0, 0, 0, why,
        )  # fmt: skip
