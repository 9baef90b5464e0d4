"""Chapter 6, fifth part: sweeps, and the border.

6.24 A force told to sweep marches to its destination, halts before formed enemies, and combs the country there. Hidden
     parties are found by the rate of 5.2 for sweeps; who is found is hunted (6.17), and part of his men are scattered:
     a sweep scatters more than it takes.
6.25 A sweep finds hidden stores, which are destroyed, and takes its shelter from a base area (5.11).
6.26 To stand on the land of a neighbour who grants no passage and is not at war, or to fight beside his border, is a
     trespass, put on record once a force and month. Relations read it.
"""

from __future__ import annotations

from math import sqrt

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, DepotKind, Order, Stance, Status
from game.core.kernels import chapter, clause
from game.core.realmath import chance_within, share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.ground import area
from game.rules.hiding import tips
from game.rules.losses import count_of, take_men
from game.rules.presence import enter_presence, in_play, is_hidden, same_side
from game.rules.sight import spot
from game.rules.workspace import THERE, Now, Work, is_war, note


@chapter
def comb(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """6.24, 6.25 All sweeps of an impulse."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        h = fi[F.HEX, f]
        if fi[F.ORDER, f] != Order.SWEEP or h == OFF_MAP or fi[F.DEST, f] != h or fi[F.STATUS, f] != Status.ACTIVE:
            continue
        days = min(now.days, x.bout[THERE, f])
        if days > 0.0:
            comb_hex(w, g, x, r, f, h, now.hour, days, now.hour + int(now.days * 24.0))


@clause
def comb_hex(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, h: int, hour: int, days: float, after: int) -> None:
    """6.24, 6.25 One force combs its hex. `after`: hour at which those found were seen.

    Formula (6.24): strength = min(1, men / (sweep_men * area)); chance that a party is found = 1 - exp(-sweep_rate *
        strength * (1 - cover) * tips / tips_none * sqrt(men of the party / party_men) * days); scattered =
        men * (1 - (1 - sweep_scatter * min(1, sweepers / (sweep_ratio * men))) ^ days)
    Formula (6.25): stores found = stock * (1 - (1 - sweep_cache * strength) ^ days)
    """
    rules = r.guerrilla
    fi = w.force_i
    own = fi[F.FACTION, f]
    strength = min(1.0, fi[F.MEN, f] / (rules.sweep_men * area(g, r.move)))
    found = 0
    scattered = 0
    whose = NO_FACTION
    for k in range(fi.shape[1]):
        if fi[F.HEX, k] != h or not in_play(w, k) or not is_war(w.stance, own, fi[F.FACTION, k]):
            continue
        if not is_hidden(fi[F.STATUS, k], fi[F.POSTURE, k]):
            continue
        rate = rules.sweep_rate * strength * (1.0 - r.sight.cover[g.terrain[h]])
        rate *= tips(w, r, own, fi[F.FACTION, k], h) / rules.tips_none * sqrt(fi[F.MEN, k] / rules.party_men)
        if rng.uniform(w.clock[C.SEED], hour, k, Purpose.SWEEP + 0, f) >= chance_within(rate, days):
            continue
        spot(w, own, k, after, fi[F.MEN, k])
        share = rules.sweep_scatter * min(1.0, fi[F.MEN, f] / (r.retreat.sweep_ratio * fi[F.MEN, k]))
        gone = count_of(w, share_within(share, days), fi[F.MEN, k], hour, k, Purpose.SWEEP + 200)
        enter_presence(w, x, k, -1)
        take_men(w, k, gone, A.STRAGGLERS)
        enter_presence(w, x, k, 1)
        w.force_f[F.COHESION, k] *= 1.0 - share_within(share, days)
        found += 1
        scattered += gone
        whose = fi[F.FACTION, k]
    stores = 0
    for k in range(w.depot_i.shape[1]):
        holder = w.depot_i[D.FACTION, k]
        if w.depot_i[D.HEX, k] != h or w.depot_i[D.KIND, k] != DepotKind.CACHE or not is_war(w.stance, own, holder):
            continue
        kg = int(w.depot_i[D.STOCK_KG, k] * share_within(rules.sweep_cache * strength, days))
        w.depot_i[D.STOCK_KG, k] -= kg
        w.faction_i[A.KG_LOST, holder] += kg
        stores += kg
        whose = holder
    if found > 0 or stores > 0:
        note(
            x, hour, RecordKind.SWEPT + 0, own, f, h, whose, found, scattered, stores, 0, 0, Reason.NONE + 0
        )  # fmt: skip


@clause
def offended(w: Tables, g: Ground, faction: int, h: int) -> int:
    """6.26 Whose land the hex is, if he grants the faction no passage and is not at war with it; or NO_FACTION."""
    host = g.host[h]
    if host == NO_FACTION or same_side(w, faction, host):
        return NO_FACTION + 0
    stance = w.stance[faction, host]
    if stance == Stance.HOSTILE or stance == Stance.NEUTRAL:
        return host + 0
    return NO_FACTION + 0


@chapter
def watch_borders(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """6.26 Trespasses of the month."""
    fi = w.force_i
    since = now.hour - int(now.days * 24.0)
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        h = fi[F.HEX, f]
        a = fi[F.FACTION, f]
        beside = 0
        host = offended(w, g, a, h)
        if host == NO_FACTION and fi[F.LAST_FOUGHT, f] != NEVER and fi[F.LAST_FOUGHT, f] >= since:
            for d in range(6):
                b = g.neighbours[h, d]
                if b != OFF_MAP and host == NO_FACTION and offended(w, g, a, b) != NO_FACTION:
                    host = offended(w, g, a, b)
                    beside = 1
        if host != NO_FACTION:
            note(
                x, now.hour, RecordKind.TRESPASS + 0, a, f, h, host, fi[F.MEN, f], beside, 0, 0, 0, Reason.NONE + 0
            )  # fmt: skip
