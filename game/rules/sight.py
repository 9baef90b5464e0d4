"""Chapter 5, first part: visibility.

5.1 A faction sees the hexes that it controls and those within two hexes of its side's formed forces.
5.2 An enemy force in reach of observers is detected at a rate: highest beside them, lower two hexes off, some by
    air; more for large forces, less in cover, and far less when it hides. Hidden men are found by patrols, by what
    people tell (5.12), on the move and in a belt that is watched; a wide hex hides them better. Fighting reveals.
5.3 What is detected is an estimate of its men, with an error, and its state at that hour; what it does later is not
    known. A sighting fades after some days.
"""

from __future__ import annotations

from math import sqrt

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import sighting as S
from game.core.ids import NO_FACTION, OFF_MAP, ForceKind, Order, Status
from game.core.kernels import chapter, clause
from game.core.realmath import chance_within
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
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
