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
from game.rules.workspace import Now, Work


@clause
def stamp_near(w: Tables, g: Ground, x: Work) -> None:
    """5.1 The hexes in, beside and within two hexes of which each faction's side has formed forces. Hidden ones see
    their own hex."""
    x.guard[:] = 0
    x.near[:] = 0
    x.nearby[:] = 0
    for f in range(w.force_i.shape[1]):
        if not in_play(w, f):
            continue
        h = w.force_i[F.HEX, f]
        seers = x.eyes[w.force_i[F.FACTION, f] + 1]
        x.near[h] |= seers
        x.nearby[h] |= seers
        # of those who stand together one is enough
        if w.force_i[F.STATUS, f] == Status.BANDS or x.guard[h] & seers == seers:
            continue
        x.guard[h] |= seers
        for d in range(6):
            b = g.neighbours[h, d]
            if b == OFF_MAP:
                continue
            x.near[b] |= seers
            x.nearby[b] |= seers
            for e in range(6):
                c = g.neighbours[b, e]
                if c != OFF_MAP:
                    x.nearby[c] |= seers


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
def open_eyes(w: Tables, x: Work) -> None:
    """5.1 Into `x.eyes`, who sees what each faction sees: all of its side, if anybody of it has forces in play or
    land."""
    factions = w.faction_i.shape[1]
    x.present[:] = 0
    for f in range(w.force_i.shape[1]):
        if in_play(w, f):
            x.present[w.force_i[F.FACTION, f]] = 1
    for h in range(w.hex_i.shape[1]):
        holder = w.hex_i[H.CONTROL, h]
        if holder != NO_FACTION:
            x.present[holder] = 1
    x.eyes[:] = 0
    for a in range(factions):
        there = False
        for b in range(factions):
            there = there or (x.present[b] == 1 and same_side(w, a, b))
        if not there or w.faction_i[A.SIDE, a] < 0:
            continue
        for b in range(factions):
            if same_side(w, a, b):
                x.eyes[b + 1] |= 1 << a


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
    if (x.near[h] >> viewer) & 1 == 1:
        rate = rules.near_rate
    elif (x.nearby[h] >> viewer) & 1 == 1 or same_side(w, viewer, w.hex_i[H.CONTROL, h]):
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
    patrols = x.patrol[h, viewer]
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


@clause
def watch_land(w: Tables, x: Work) -> None:
    """5.1, 5.4 Who sees each hex now, and what they then know of it."""
    factions = w.faction_i.shape[1]
    for h in range(w.hex_i.shape[1]):
        control = w.hex_i[H.CONTROL, h]
        people = w.hex_i[H.PEOPLE, h]
        seers = x.nearby[h] | x.eyes[control - NO_FACTION]
        if x.sighted[0, h] == seers and x.sighted[1, h] == control and x.sighted[2, h] == people:
            continue
        x.sighted[0, h] = seers
        x.sighted[1, h] = control
        x.sighted[2, h] = people
        for a in range(factions):
            sees = (seers >> a) & 1
            w.in_sight[a, h] = sees
            if sees == 1:
                w.known_control[a, h] = control
                w.known_people[a, h] = people


@clause
def may_be_seen_by(w: Tables, x: Work, f: int, flyers: int) -> int:
    """5.2 Factions by whom the force may be detected; flyers: those whose side has air forces that can look."""
    h = w.force_i[F.HEX, f]
    seers = x.nearby[h] | x.eyes[w.hex_i[H.CONTROL, h] - NO_FACTION] | flyers
    if is_hidden(w.force_i[F.STATUS, f], w.force_i[F.POSTURE, f]):
        for a in range(x.patrol.shape[1]):
            if x.patrol[h, a] > 0:
                seers |= x.eyes[a + 1] & (1 << a)
    return seers & ~x.eyes[w.force_i[F.FACTION, f] + 1]


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
    open_eyes(w, x)
    stamp_near(w, g, x)
    watch_land(w, x)
    stamp_patrols(w, g, x, r.guerrilla, 1)
    flying = list_flying(w, x)
    flyers = 0
    for k in range(flying):
        flyers |= x.eyes[fi[F.FACTION, x.order[k]] + 1]
    after = hour + int(days * 24.0)
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        seers = may_be_seen_by(w, x, f, flyers)
        fighting = fi[F.LAST_FOUGHT, f] >= hour
        for a in range(w.faction_i.shape[1]):
            if (seers >> a) & 1 == 0:
                continue
            if not fighting or (x.near[fi[F.HEX, f]] >> a) & 1 == 0:
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


UNVEILED = ("hex_i", "hex_f", "support", "seen", "known_control", "known_people", "in_sight")
"""Tables of a view that `veil` fills from the state's; of the others it is given a copy."""


@clause
def show_counts(w: Tables, out: Tables, leader: int, column: int, else_: int) -> None:
    """5.4, 5.6 A column of `hex_i` where the side sees, and `else_` elsewhere."""
    for h in range(out.hex_i.shape[1]):
        out.hex_i[column, h] = w.hex_i[column, h] if w.in_sight[leader, h] != 0 else else_


@clause
def show_shares(w: Tables, out: Tables, leader: int, column: int, else_: float) -> None:
    """5.4, 5.6 A column of `hex_f` where the side sees, and `else_` elsewhere."""
    for h in range(out.hex_f.shape[1]):
        out.hex_f[column, h] = w.hex_f[column, h] if w.in_sight[leader, h] != 0 else else_


@clause
def show_support(w: Tables, out: Tables, leader: int) -> None:
    """5.6 What people think where the side sees; elsewhere, where anybody lives whose mind can be known, what people
    think in the whole country."""
    movements = w.support.shape[0]
    for m in range(movements):
        for h in range(w.support.shape[1]):
            out.support[m, h] = w.support[m, h]
    for h in range(w.support.shape[1]):
        if w.in_sight[leader, h] != 0:
            continue
        inside = False
        for m in range(movements):
            inside = inside or w.support[m, h] > 0.0
        if inside:
            for a in range(w.faction_f.shape[1]):
                m = w.faction_i[A.MOVEMENT, a]
                if m >= 0:
                    out.support[m, h] = w.faction_f[A.SUPPORT, a]


@clause
def show_land(w: Tables, out: Tables, leader: int) -> None:
    """5.4, 5.6 What is known of the land and its people, by the side of faction `leader`."""
    for h in range(out.hex_i.shape[1]):
        out.hex_i[H.CONTROL, h] = w.known_control[leader, h]
        out.hex_i[H.PEOPLE, h] = w.known_people[leader, h]
        out.hex_f[H.WORKS, h] = w.hex_f[H.WORKS, h]
    for k in range(out.hex_i.shape[0]):
        if k != H.CONTROL and k != H.PEOPLE:
            show_counts(w, out, leader, k, NEVER + 0 if k == H.FOUGHT else 0)
    for k in range(out.hex_f.shape[0]):
        if k != H.WORKS:
            show_shares(w, out, leader, k, 1.0 if k == H.HOLD else 0.0)
    show_support(w, out, leader)


@clause
def show_knowledge(w: Tables, out: Tables, leader: int, shown: int) -> int:
    """5.3, 5.4 What the factions of the side know, which are returned as a set; what others know nobody knows. shown:
    the factions whose knowledge may be in `out` so far."""
    members = 0
    for a in range(w.faction_i.shape[1]):
        if same_side(w, leader, a):
            members |= 1 << a
            for k in range(w.seen.shape[1]):
                for f in range(w.seen.shape[2]):
                    out.seen[a, k, f] = w.seen[a, k, f]
            for h in range(w.in_sight.shape[1]):
                out.in_sight[a, h] = w.in_sight[a, h]
                out.known_control[a, h] = w.known_control[a, h]
                out.known_people[a, h] = w.known_people[a, h]
        elif (shown >> a) & 1 == 1:
            out.seen[a, :, :] = NEVER
            out.in_sight[a, :] = 0
            out.known_control[a, :] = NO_FACTION
            out.known_people[a, :] = 0
    return members


@entry
def veil(w: Tables, out: Tables, rules: SightRules, leader: int, hour: int, shown: int) -> int:
    """5.3-5.6 Make `out`, a copy of the state but for the tables in UNVEILED, into what the side of faction `leader`
    can know. shown: the set of factions whose knowledge `out` showed before, or -1 for all; returns the set whose
    knowledge it shows.

    Formula (5.3): a sighting counts for fade_days; an enemy's quality and cohesion are taken to be typical_quality
        and typical_cohesion
    Formula (5.5): their unity is taken to be typical_unity
    """
    fi = out.force_i
    ff = out.force_f
    members = show_knowledge(w, out, leader, shown)
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
    show_land(w, out, leader)
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
    return members
