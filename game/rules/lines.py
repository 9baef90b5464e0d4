"""Chapter 4, first part: lines of communication, the ways on which supplies come.

4.4 Supplies go from the nearest depot along the line of communication: over hexes that the side controls or holds,
    by the least haul. Haul is km weighted by road class, and no haul is longer than its limit. A depot that runs
    low counts as farther away, so that a fuller one behind it takes over. What the nearest depot cannot hand out
    on the day comes, by a line of its own, from the nearest of those that still can.

A faction's hauls are kept from impulse to impulse and mended where the war has changed them. They come out the same as
if solved anew: the least haul to a hex is one number, and the line to it is read off the hauls.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import depot as D
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Rail, River, Stance, Terrain
from game.core.kernels import clause, kernel
from game.core.ruleset import SupplyRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.presence import in_play, is_hidden, same_side
from game.rules.workspace import HAUL_BUCKETS, INF, Work, enchain, is_war, unchain

ANY_DEPOT = 0
"""Lines from all depots of the side, to its forces."""
REAR_DEPOT = 1
"""Lines from the depots that their own rear or patron feeds, to the others."""
NEXT_DEPOT = 2
"""Lines from those depots of the side that can still hand out something in this issue of supplies."""

UNKNOWN = -2
"""Not looked for since the hauls last changed."""

THIN_LEVELS = 4
"""Steps in which a depot counts as running low; steps, so that hauls do not change with every sack."""


@kernel
def fill_haul_steps(g: Ground, rules: SupplyRules, steps: npt.NDArray[np.float64]) -> None:
    """4.4 Haul of every step: `steps` float64 [hexes, 6]."""
    for a in range(steps.shape[0]):
        for d in range(6):
            steps[a, d] = haul_km(g, rules, a, d)


@clause
def haul_km(g: Ground, rules: SupplyRules, a: int, d: int) -> float:
    """4.4 Haul of a step, km of primary road; INF where nothing can be carried.

    Formula: haul = min(km * road_cost[road], km * rail_cost on a railway) + ford_km * (class of river - 1) where
        there is no crossing, or ferry_km by ferry
    """
    b = g.neighbours[a, d]
    if b == OFF_MAP or g.terrain[a] == Terrain.SEA or g.terrain[b] == Terrain.SEA:
        return INF
    km = g.km * rules.road_cost[g.road[a, d]]
    if g.rail[a, d] == Rail.OPERATING:
        km = min(km, g.km * rules.rail_cost)
    edge = g.river[a, d]
    if edge >= River.MAJOR and g.crossing[a, d] == 0:
        km += rules.ford_km * (edge - 1)
    elif edge >= River.MAJOR and g.crossing[a, d] == 1:
        km += rules.ferry_km
    return km


@clause
def thinness(w: Tables, rules: SupplyRules, k: int) -> int:
    """4.4 How nearly empty a depot is, 0 .. THIN_LEVELS.

    Formula: level = 4 - whole part of (4 * stock / thin_t), at least 0
    """
    kg = w.depot_i[D.STOCK_KG, k]
    return max(0, THIN_LEVELS - int(THIN_LEVELS * kg / (rules.thin_t * 1000.0)))


@clause
def is_rear(w: Tables, faction: int, k: int) -> bool:
    """4.10 A depot that its own rear or patron feeds."""
    at_home = w.depot_i[D.FACTION, k] == w.depot_i[D.OWNER, k] and w.depot_i[D.INFLOW_KG, k] > 0
    return at_home and same_side(w, faction, w.depot_i[D.FACTION, k])


@clause
def is_spent(w: Tables, x: Work, k: int) -> bool:
    """4.5 Whether a depot can hand out nothing more in this issue of supplies."""
    return x.depot_kg[k] < 1.0 or w.depot_i[D.STOCK_KG, k] <= 0


@clause
def serves(w: Tables, k: int, faction: int) -> bool:
    """4.4 Whether a depot serves the faction: its user's side, and allies."""
    user = w.depot_i[D.FACTION, k]
    return user != NO_FACTION and (same_side(w, faction, user) or w.stance[faction, user] == Stance.ALLIED)


@clause
def count_depots(w: Tables, x: Work, rules: SupplyRules) -> None:
    """4.4, 4.10 Whom each depot serves, and how far it counts. Factions for whom that has changed are added to
    `x.stale`.

    Formula (4.4): haul at the depot = thin_km * level / 4
    """
    for k in range(w.depot_i.shape[1]):
        clients = 0
        sources = 0
        for a in range(w.faction_i.shape[1]):
            if serves(w, k, a):
                clients |= 1 << a
                if is_rear(w, a, k):
                    sources |= 1 << a
        thin_km = INF
        if w.depot_i[D.STOCK_KG, k] > 0:
            thin_km = rules.thin_km * thinness(w, rules, k) / THIN_LEVELS
        if clients != x.clients[k] or sources != x.sources[k] or thin_km != x.thin_km[k]:
            x.stale[0] |= clients | x.clients[k]
        x.clients[k] = clients
        x.sources[k] = sources
        x.thin_km[k] = thin_km


@clause
def start_of(w: Tables, x: Work, line: int, faction: int, k: int) -> float:
    """4.4, 4.10 Haul with which lines set out from a depot; INF if they cannot."""
    served = x.sources[k] if line == REAR_DEPOT else x.clients[k]
    if (served >> faction) & 1 == 0 or not may_pass(x, faction, w.depot_i[D.HEX, k]):
        return INF
    if line == REAR_DEPOT:
        return 0.0
    if line == NEXT_DEPOT:
        return INF if is_spent(w, x, k) else x.haul_start[ANY_DEPOT, faction, k]
    return x.thin_km[k]


@clause
def bar_ways(w: Tables, x: Work) -> None:
    """4.4 Formed enemies bar the hexes where they stand."""
    x.barred[:] = 0
    for f in range(w.force_i.shape[1]):
        if not in_play(w, f) or is_hidden(w.force_i[F.STATUS, f], w.force_i[F.POSTURE, f]):
            continue
        for a in range(w.faction_i.shape[1]):
            if is_war(w.stance, a, w.force_i[F.FACTION, f]):
                x.barred[w.force_i[F.HEX, f]] |= 1 << a


@clause
def own_troops(x: Work, h: int) -> int:
    """4.4 The factions that have men in the hex."""
    there = 0
    for a in range(x.formed.shape[1]):
        if x.formed[h, a] > 0 or x.hidden[h, a] > 0:
            there |= 1 << a
    return there


@clause
def open_hexes(w: Tables, x: Work) -> int:
    """4.4 Note where the convoys of each faction in play may pass: over land of its side, of nobody and of its friends,
    and where its own troops stand, unless formed enemies bar the way. Changed hexes are listed in `x.altered`; returns
    how many."""
    moving = 0
    x.passes[:] = 0
    for a in range(w.faction_i.shape[1]):
        if x.active[a] == 0:
            continue
        moving |= 1 << a
        for other in range(w.faction_i.shape[1]):
            if same_side(w, a, other) or w.stance[a, other] >= Stance.ACCESS:
                x.passes[other + 1] |= 1 << a
    x.passes[0] = moving
    bar_ways(w, x)
    changed = 0
    for h in range(x.haul_open.shape[0]):
        now = x.passes[w.hex_i[H.CONTROL, h] - NO_FACTION]
        if x.occupied[h] == 1:
            now = (now | (own_troops(x, h) & moving)) & ~x.barred[h]
        change = (x.haul_open[h] ^ now) & moving
        if change != 0:
            x.haul_open[h] ^= change
            x.altered[changed, 0] = h
            x.altered[changed, 1] = change
            changed += 1
    return changed


@clause
def may_pass(x: Work, faction: int, h: int) -> bool:
    """4.4 Whether the faction's convoys may pass the hex."""
    return (x.haul_open[h] >> faction) & 1 == 1


@clause
def solve_lines(w: Tables, g: Ground, x: Work, rules: SupplyRules) -> None:
    """4.4, 4.10 Least haul from the depots of each faction in play, and from its rear depots, to every hex."""
    altered = open_hexes(w, x)
    for k in range(altered):
        x.stale[0] |= x.altered[k, 1]
    count_depots(w, x, rules)
    for a in range(w.faction_i.shape[1]):
        if x.active[a] == 0 or (x.stale[0] >> a) & 1 == 0:
            continue
        x.stale[0] &= ~(1 << a)
        changed = 0
        for k in range(altered):
            if (x.altered[k, 1] >> a) & 1 == 1:
                x.dirty[changed] = x.altered[k, 0]
                changed += 1
        if changed > 0:
            x.next_stale[a] = 1
        for line in range(NEXT_DEPOT):
            mend_hauls(w, g, x, rules, line, a, changed)


@clause
def solve_next(w: Tables, g: Ground, x: Work, rules: SupplyRules, faction: int) -> None:
    """4.4 Least haul to every hex from those depots of the side that are not spent yet; after `solve_lines`."""
    changed = 0
    if x.next_stale[faction] == 1:
        x.next_stale[faction] = 0
        one = 1 << faction
        for h in range(x.next_open.shape[0]):
            if (x.next_open[h] ^ x.haul_open[h]) & one != 0:
                x.next_open[h] ^= one
                x.dirty[changed] = h
                changed += 1
    mend_hauls(w, g, x, rules, NEXT_DEPOT, faction, changed)


@clause
def mend_hauls(w: Tables, g: Ground, x: Work, rules: SupplyRules, line: int, faction: int, changed: int) -> None:
    """4.4 Least-cost paths from many depots at once (R. B. Dial, Algorithm 360, Communications of the ACM 12, 1969,
    with buckets within which labels are corrected), mended where passage (the first `changed` hexes of
    `x.dirty`) or depots have changed (after G. Ramalingam and T. Reps, An Incremental Algorithm for a Generalization
    of the Shortest-Path Problem, Journal of Algorithms 21, 1996).

    Formula: haul to a hex = least sum of hauls of steps from a depot, at most haul_limit_km
    """
    haul = x.haul[line, faction]
    starts = x.haul_start[line, faction]
    before = x.before[line, faction]
    lost = 0
    for k in range(changed):
        lost = lose(x, haul, x.dirty[k], lost)
    for k in range(starts.shape[0]):
        start = start_of(w, x, line, faction, k)
        if start > starts[k] and haul[w.depot_i[D.HEX, k]] == starts[k]:
            lost = lose(x, haul, w.depot_i[D.HEX, k], lost)
        starts[k] = start
    # whatever was hauled over a lost hex is lost as well
    read = 0
    while read < lost:
        a = x.lost[read]
        for d in range(6):
            b = g.neighbours[a, d]
            if b != OFF_MAP and haul[b] < INF and haul[b] == x.lost_haul[read] + x.haul_step[a, d]:
                lost = lose(x, haul, b, lost)
        read += 1
    waiting = 0
    for k in range(starts.shape[0]):
        h = w.depot_i[D.HEX, k]
        if starts[k] < haul[h]:
            waiting += improve(x, rules, haul, h, starts[k])
    for k in range(lost):
        forget_before(g, before, x.lost[k])
        waiting += offer(g, x, rules, faction, haul, x.lost[k])
    for k in range(changed):
        waiting += offer(g, x, rules, faction, haul, x.dirty[k])
    at = 0
    while waiting > 0:
        while x.heads[at] < 0:
            at += 1
        a = x.heads[at]
        unchain(x.heads, x.chain, a)
        waiting -= 1
        forget_before(g, before, a)
        for d in range(6):
            b = g.neighbours[a, d]
            if b == OFF_MAP or not may_pass(x, faction, b):
                continue
            through = haul[a] + x.haul_step[a, d]
            if through < haul[b] and through <= rules.haul_limit_km:
                waiting += improve(x, rules, haul, b, through)


@clause
def forget_before(g: Ground, before: npt.NDArray[np.int32], h: int) -> None:
    """4.4 A hex's haul has changed: lines may now come by another way into it and into those beside it."""
    before[h] = UNKNOWN
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP:
            before[b] = UNKNOWN


@clause
def lose(x: Work, haul: npt.NDArray[np.float64], h: int, lost: int) -> int:
    """4.4 A hex's haul no longer holds; returns how many are lost."""
    if haul[h] >= INF:
        return lost
    x.lost[lost] = h
    x.lost_haul[lost] = haul[h]
    haul[h] = INF
    return lost + 1


@clause
def improve(x: Work, rules: SupplyRules, haul: npt.NDArray[np.float64], h: int, km: float) -> int:
    """4.4 A hex's haul is less than it was, which those beside it will want to know; returns how many hexes more wait
    to be heard."""
    haul[h] = km
    bucket = min(HAUL_BUCKETS - 1, int(km * (HAUL_BUCKETS / rules.haul_limit_km)))
    return enchain(x.heads, x.chain, bucket, h)


@clause
def offer(g: Ground, x: Work, rules: SupplyRules, faction: int, haul: npt.NDArray[np.float64], h: int) -> int:
    """4.4 Haul to a hex by way of its neighbours as they stand; returns how many hexes more wait to be heard."""
    if not may_pass(x, faction, h):
        return 0
    best = haul[h]
    for d in range(6):
        a = g.neighbours[h, d]
        if a != OFF_MAP and haul[a] < INF:
            through = haul[a] + x.haul_step[a, (d + 3) % 6]
            if through < best and through <= rules.haul_limit_km:
                best = through
    return improve(x, rules, haul, h, best) if best < haul[h] else 0


@clause
def before_on_line(g: Ground, x: Work, line: int, faction: int, h: int) -> int:
    """4.4 The hex from which the line comes into a hex, or OFF_MAP where it sets out."""
    before = x.before[line, faction, h]
    if before == UNKNOWN:
        before = find_before(g, x, line, faction, h)
        x.before[line, faction, h] = before
    return before


@clause
def find_before(g: Ground, x: Work, line: int, faction: int, h: int) -> int:
    """4.4 The neighbour by way of which the haul to a hex is what it is, the first in the order of directions."""
    haul = x.haul[line, faction]
    for d in range(6):
        a = g.neighbours[h, d]
        if a != OFF_MAP and haul[a] < haul[h] and haul[a] + x.haul_step[a, (d + 3) % 6] == haul[h]:
            return a
    return OFF_MAP


@clause
def follow_line(g: Ground, x: Work, line: int, faction: int, h: int) -> int:
    """4.4 Write the line to a hex into `x.path`, from the hex back to the depot; returns its hexes, 0 if cut off."""
    if x.haul[line, faction, h] >= INF:
        return 0
    hexes = 0
    at = h
    while at != OFF_MAP:
        x.path[hexes] = at
        hexes += 1
        at = before_on_line(g, x, line, faction, at)
    return hexes


@clause
def depot_at(w: Tables, x: Work, line: int, faction: int, h: int) -> int:
    """4.4 The depot from which lines set out at a hex, or -1."""
    for k in range(w.depot_i.shape[1]):
        if w.depot_i[D.HEX, k] == h and x.haul_start[line, faction, k] == x.haul[line, faction, h]:
            return k
    return -1
