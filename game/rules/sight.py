"""Chapter 5, visibility.

5.1 A faction sees the hexes that it controls and those within two hexes of its side's formed forces.
5.2 An enemy force in reach of observers is detected at a rate: highest beside them, lower two hexes off, some by
    air; more for large forces, less in cover, and far less when it hides. Hidden men are found by patrols, by what
    people tell (5.12), on the move and in a belt that is watched; a wide hex hides them better. Fighting reveals.
5.3 What is detected is an estimate of its men, with an error, and its state at that hour; what it does later is not
    known. A sighting fades after some days.
5.4 Control and inhabitants are known where the faction sees, and elsewhere as last known; so is who has a depot. Of
    mines only those are known that lie where it sees. Money, men in waiting and policies are known to those who keep
    them; what patrons give is public.
5.5 Who is an actor, under what name and of what kind, is public, and so is all that parties to a peace process do.
    Treaties are public, proposals known to those whom they concern. Of others' weariness the mood of the press is
    known, to the nearest twenty points; of their men abroad and at home what is said of them; how united their leaders
    are is guessed.
5.6 What people think and how they fare is known where the faction sees; elsewhere it knows only how many prefer each
    movement in the whole country. What it does not see is taken to be quiet and fed.
"""

from __future__ import annotations

from math import sqrt

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import sighting as S
from game.core.columns import treaty as Y
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, ForceKind, Order, Posture, Status, TreatyState
from game.core.kernels import chapter, clause, entry
from game.core.realmath import chance_within
from game.core.rng import Purpose
from game.core.ruleset import Ruleset, SightRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.ground import area
from game.rules.hiding import fights_beside, stamp_patrols, tips
from game.rules.presence import in_play, is_hidden, same_side
from game.rules.workspace import FAR_AWAY, Now, Work


@clause
def stamp_near(w: Tables, g: Ground, x: Work) -> None:
    """5.1 Steps to the nearest formed force of each faction's side."""
    x.near[:, :] = FAR_AWAY
    factions = w.faction_i.shape[1]
    for f in range(w.force_i.shape[1]):
        if not in_play(w, f):
            continue
        h = w.force_i[F.HEX, f]
        for a in range(factions):
            if not same_side(w, a, w.force_i[F.FACTION, f]):
                continue
            x.near[a, h] = 0
            if w.force_i[F.STATUS, f] == Status.BANDS:
                continue
            for d in range(6):
                b = g.neighbours[h, d]
                if b == OFF_MAP:
                    continue
                if x.near[a, b] > 1:
                    x.near[a, b] = 1
                for e in range(6):
                    c = g.neighbours[b, e]
                    if c != OFF_MAP and x.near[a, c] > 2:
                        x.near[a, c] = 2


@clause
def list_flying(w: Tables, x: Work) -> int:
    """5.2 Air forces that can look, into `x.order`; returns how many."""
    fi = w.force_i
    flying = 0
    for k in range(fi.shape[1]):
        if fi[F.KIND, k] == ForceKind.AIR and fi[F.STATUS, k] == Status.ACTIVE and fi[F.SORTIES, k] > 0:
            x.order[flying] = k
            flying += 1
    return flying


@clause
def list_present(w: Tables, x: Work) -> None:
    """5.1 Mark in `x.present` the factions that have forces in play or land."""
    x.present[:] = 0
    for f in range(w.force_i.shape[1]):
        if in_play(w, f):
            x.present[w.force_i[F.FACTION, f]] = 1
    for h in range(w.hex_i.shape[1]):
        holder = w.hex_i[H.CONTROL, h]
        if holder != NO_FACTION:
            x.present[holder] = 1


@clause
def has_eyes(w: Tables, x: Work, a: int) -> bool:
    """5.1 Whether anybody of the faction's side is there to see anything."""
    eyes = False
    for b in range(x.present.shape[0]):
        eyes = eyes or (x.present[b] == 1 and same_side(w, a, b))
    return eyes


@clause
def detection_rate(w: Tables, g: Ground, x: Work, r: Ruleset, viewer: int, f: int, flying: int) -> float:
    """5.2 Hazard per day that `viewer` detects the force. flying: how many air forces `x.order` lists.

    Formula: rate a day = (near_rate within a hex, or far_rate two hexes off or in a hex that the viewer controls,
        + air_rate * weather within air_reach_km of an air base) * (1 - cover[terrain]) * sqrt(men / size_men)
    """
    rules = r.sight
    fi = w.force_i
    h = fi[F.HEX, f]
    rate = 0.0
    if x.near[viewer, h] <= 1:
        rate = rules.near_rate
    elif x.near[viewer, h] == 2 or same_side(w, viewer, w.hex_i[H.CONTROL, h]):
        rate = rules.far_rate
    for k in range(flying):
        eye = x.order[k]
        if same_side(w, viewer, fi[F.FACTION, eye]):
            if hex_distance(g.cols, fi[F.HEX, eye], h) * g.km <= rules.air_reach_km:
                rate += rules.air_rate * x.sky[0]
                break
    if is_hidden(fi[F.STATUS, f], fi[F.POSTURE, f]):
        return hidden_rate(w, g, x, r, viewer, f, rate)
    return rate * (1.0 - rules.cover[g.terrain[h]]) * sqrt(fi[F.MEN, f] / rules.size_men)


@clause
def hidden_rate(w: Tables, g: Ground, x: Work, r: Ruleset, viewer: int, f: int, open_rate: float) -> float:
    """5.2 The same for a hidden force that would be seen at `open_rate` if it stood in the open.

    Formula: rate a day = (open rate * hidden * sqrt(men / size_men) + patrol_rate * patrols / patrol_men * sqrt(men /
        party_men)) * (1 - cover[terrain]) * tips / tips_none * (moving on the move) * (1 + belt_watch in a belt that
        the viewer's side holds) / area of the hex
    """
    fi = w.force_i
    h = fi[F.HEX, f]
    patrols = x.patrol[viewer, h]
    if open_rate <= 0.0 and patrols <= 0:
        return 0.0
    rules = r.guerrilla
    rate = open_rate * r.sight.hidden * sqrt(fi[F.MEN, f] / r.sight.size_men)
    rate += rules.patrol_rate * patrols / rules.patrol_men * sqrt(fi[F.MEN, f] / rules.party_men)
    rate *= (1.0 - r.sight.cover[g.terrain[h]]) / area(g, r.move)
    rate *= tips(w, r, viewer, fi[F.FACTION, f], h) / rules.tips_none
    order = fi[F.ORDER, f]
    if order != Order.HOLD and order != Order.REST and order != Order.AMBUSH and fi[F.DEST, f] != h:
        rate *= rules.moving
    if w.hex_f[H.MINES, h] > 0.0 and fights_beside(w, viewer, w.hex_i[H.CONTROL, h]):
        rate *= 1.0 + rules.belt_watch
    return rate


@clause
def spot(w: Tables, viewer: int, f: int, hour: int, men: int) -> None:
    """5.3 The force is seen as it is at `hour`, with about `men` men. Its weapons are counted as its men are: nobody
    counts them apart."""
    fi = w.force_i
    share = min(1.0, men / max(1, fi[F.MEN, f]))
    w.seen[viewer, S.HOUR, f] = hour
    w.seen[viewer, S.HEX, f] = fi[F.HEX, f]
    w.seen[viewer, S.MEN, f] = men
    w.seen[viewer, S.STATUS, f] = fi[F.STATUS, f]
    w.seen[viewer, S.POSTURE, f] = fi[F.POSTURE, f]
    w.seen[viewer, S.FOUGHT, f] = fi[F.LAST_FOUGHT, f]
    w.seen[viewer, S.WORKS, f] = int(w.force_f[F.DUG_IN, f] * 100.0)
    w.seen[viewer, S.TANKS, f] = int(fi[F.TANKS, f] * share + 0.5)
    w.seen[viewer, S.GUNS, f] = int(fi[F.GUNS, f] * share + 0.5)


@chapter
def look(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """5.1-5.4 One impulse of looking; sightings carry the hour at the impulse's end.

    Formula (5.2): chance in an impulse = 1 - exp(-rate * days)
    Formula (5.3): estimate = men * max(error_least, 1 + error * N(0, 1))
    """
    rules = r.sight
    hour = now.hour
    days = now.days
    fi = w.force_i
    seed = w.clock[C.SEED]
    stamp_near(w, g, x)
    flying = list_flying(w, x)
    stamp_patrols(w, g, x, r.guerrilla, 1)
    factions = w.faction_i.shape[1]
    n = g.neighbours.shape[0]
    list_present(w, x)
    after = hour + int(days * 24.0)
    for a in range(factions):
        if w.faction_i[A.SIDE, a] < 0:
            continue
        if not has_eyes(w, x, a):
            w.in_sight[a, :] = 0
            continue
        x.friendly[0] = 0
        for b in range(factions):
            x.friendly[b + 1] = 1 if same_side(w, a, b) else 0
        for h in range(n):
            control = w.hex_i[H.CONTROL, h]
            sees = x.friendly[control - NO_FACTION]
            if x.near[a, h] <= 2:
                sees = 1
            w.in_sight[a, h] = sees
            if sees == 1:
                w.known_control[a, h] = control
                w.known_people[a, h] = w.hex_i[H.PEOPLE, h]
        for f in range(fi.shape[1]):
            if not in_play(w, f) or same_side(w, a, fi[F.FACTION, f]):
                continue
            fought = fi[F.LAST_FOUGHT, f] >= hour and x.near[a, fi[F.HEX, f]] <= 1
            if not fought:
                rate = detection_rate(w, g, x, r, a, f, flying)
                if rate <= 0.0:
                    continue
                if rng.uniform(seed, hour, f, Purpose.DETECT + 0, a) >= chance_within(rate, days):
                    continue
            error = rules.error * rng.bell(seed, hour, f, Purpose.ESTIMATE + 0, a)
            spot(w, a, f, after, max(1, int(fi[F.MEN, f] * max(rules.error_least, 1.0 + error))))
    stamp_patrols(w, g, x, r.guerrilla, -1)


@clause
def is_public(column: int) -> bool:
    """5.4 What everybody knows of a faction: who it is, its seat, and what it is believed to have."""
    return (
        column == A.CAPITAL
        or column == A.LIFE
        or column == A.CLASS
        or column == A.STAGE
        or column == A.MOVEMENT
        or column == A.PARENT
        or column == A.MERGED
        or column == A.REPUTED
        or column == A.ABROAD
    )


@clause
def hide_people(out: Tables, h: int) -> None:
    """5.6 Make what nobody of the side sees of a hex's people into what it can take them for."""
    out.hex_i[H.QUIET, h] = 0
    out.hex_i[H.FOUGHT, h] = NEVER
    out.hex_i[H.BORN, h] = 0
    out.hex_f[H.FOOD_T, h] = 0.0
    out.hex_f[H.PLANTED, h] = 0.0
    out.hex_f[H.WANT, h] = 0.0
    out.hex_f[H.RELIEF_T, h] = 0.0
    out.hex_f[H.SECURITY, h] = 0.0
    inside = False
    for m in range(out.support.shape[0]):
        inside = inside or out.support[m, h] > 0.0
    if inside:
        for a in range(out.faction_f.shape[1]):
            m = out.faction_i[A.MOVEMENT, a]
            if m >= 0:
                out.support[m, h] = out.faction_f[A.SUPPORT, a]


@entry
def veil(w: Tables, out: Tables, rules: SightRules, leader: int, hour: int) -> None:
    """5.3-5.6 Make `out`, a copy of the state, into what the side of faction `leader` can know.

    Formula (5.3): a sighting counts for fade_days; an enemy's quality and cohesion are taken to be typical_quality
        and typical_cohesion
    Formula (5.5): their unity is taken to be typical_unity
    """
    fi = out.force_i
    ff = out.force_f
    # a view has a seed of its own, so that nobody can read the game's luck from it
    out.clock[C.SEED] = rng.bits(w.clock[C.SEED], 0, leader, Purpose.AGENT + 0, 0) >> 1
    for f in range(fi.shape[1]):
        if same_side(w, leader, fi[F.FACTION, f]):
            continue
        seen = w.seen[leader, S.HOUR, f]
        known = seen >= 0 and hour - seen <= rules.fade_days * 24.0 and w.seen[leader, S.HEX, f] != OFF_MAP
        if not known:
            fi[F.HEX, f] = OFF_MAP
            fi[F.MEN, f] = 0
            fi[F.TANKS, f] = 0
            fi[F.GUNS, f] = 0
            fi[F.STATUS, f] = Status.PENDING
            fi[F.LAST_FOUGHT, f] = NEVER
            fi[F.POSTURE, f] = Posture.HASTY
            ff[F.DUG_IN, f] = 0.0
            for k in range(out.seen.shape[1]):
                out.seen[leader, k, f] = NEVER
        else:
            fi[F.HEX, f] = w.seen[leader, S.HEX, f]
            fi[F.MEN, f] = w.seen[leader, S.MEN, f]
            fi[F.TANKS, f] = w.seen[leader, S.TANKS, f]
            fi[F.GUNS, f] = w.seen[leader, S.GUNS, f]
            fi[F.STATUS, f] = w.seen[leader, S.STATUS, f]
            fi[F.LAST_FOUGHT, f] = w.seen[leader, S.FOUGHT, f]
            fi[F.POSTURE, f] = w.seen[leader, S.POSTURE, f]
            ff[F.DUG_IN, f] = w.seen[leader, S.WORKS, f] / 100.0
        fi[F.SORTIES, f] = 0
        fi[F.STOCK_KG, f] = 1
        fi[F.START_MEN, f] = 0
        fi[F.ORDER, f] = Order.HOLD
        fi[F.DEST, f] = OFF_MAP
        fi[F.THEN, f] = OFF_MAP
        fi[F.TARGET, f] = OFF_MAP
        fi[F.BASE, f] = OFF_MAP
        fi[F.FROM_HEX, f] = OFF_MAP
        fi[F.ARRIVES, f] = 0
        fi[F.ORIGIN, f] = NO_FACTION
        ff[F.QUALITY, f] = rules.typical_quality
        ff[F.COHESION, f] = rules.typical_cohesion
        ff[F.FATIGUE, f] = 0.0
        ff[F.MARCHED, f] = 0.0
        ff[F.ADVANCED, f] = 0.0
        ff[F.SURPRISE, f] = 1.0
        ff[F.HUNGER, f] = 0.0
        ff[F.SPARE, f] = 0.0
    for h in range(out.hex_i.shape[1]):
        out.hex_i[H.CONTROL, h] = w.known_control[leader, h]
        out.hex_i[H.PEOPLE, h] = w.known_people[leader, h]
        if out.in_sight[leader, h] == 0:
            out.hex_i[H.DISPLACED, h] = 0
            out.hex_f[H.HOLD, h] = 1.0
            out.hex_i[H.CONTESTED, h] = 0
            out.hex_f[H.CUT, h] = 0.0
            out.hex_f[H.MINES, h] = 0.0
            out.hex_f[H.SCATTER, h] = 0.0
            hide_people(out, h)
    for a in range(w.faction_i.shape[1]):
        if same_side(w, leader, a):
            continue
        for k in range(2, w.faction_i.shape[0]):
            if not is_public(k):
                out.faction_i[k, a] = 0
        for k in range(w.faction_f.shape[0]):
            if k != A.SUPPORT:
                out.faction_f[k, a] = 0.0
        out.faction_f[A.UNITY, a] = rules.typical_unity
        out.faction_f[A.WEARINESS, a] = 20.0 * int(w.faction_f[A.WEARINESS, a] / 20.0 + 0.5)
        out.faction_i[A.START, a] = 0
        out.policy[:, a] = 0.0
        out.seen[a, :, :] = -1
        out.in_sight[a, :] = 0
        out.known_control[a, :] = -1
        out.known_people[a, :] = 0
    for k in range(w.treaty.shape[1]):
        open_ = w.treaty[Y.STATE, k] == TreatyState.PROPOSED or w.treaty[Y.STATE, k] == TreatyState.REFUSED
        if open_ and not same_side(w, leader, w.treaty[Y.A, k]) and not same_side(w, leader, w.treaty[Y.B, k]):
            for i in range(w.treaty.shape[0]):
                out.treaty[i, k] = 0
    for k in range(w.depot_i.shape[1]):
        if not same_side(w, leader, w.depot_i[D.FACTION, k]):
            out.depot_i[D.STOCK_KG, k] = 0
            out.depot_i[D.INFLOW_KG, k] = 0
            out.depot_i[D.CAPACITY_KG, k] = 0
            holder = w.known_control[leader, w.depot_i[D.HEX, k]]
            out.depot_i[D.FACTION, k] = holder if holder != NO_FACTION else w.depot_i[D.OWNER, k]
