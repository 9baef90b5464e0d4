"""Chapter 2 and 3.1-3.4: what the ground does to whoever moves or stands on it.

2.1 Ground is rough in forest, swamp, hills and mountains; elsewhere it is open.
2.2 What a hex holds, of men in march, garrison or fight, is stated for a hex of the reference width; it goes with the
    area of a hex, and what fights along its edge with its width.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import faction as A
from game.core.ids import NO_FACTION, OFF_MAP, Flood, Life, Mobility, River, Stance, Surface, Terrain, Ways
from game.core.kernels import clause, kernel
from game.core.ruleset import ControlRules, MoveRules
from game.core.setting import Ground
from game.core.space import area_of, is_rough_ground, room_of
from game.core.state import Tables
from game.rules.workspace import INF, enchain, unchain


@clause
def surface(g: Ground, a: int, direction: int) -> int:
    """3.1 What the step from hex `a` in `direction` goes over (ids.Surface)."""
    b = g.neighbours[a, direction]
    wet_a = g.terrain[a] <= Terrain.LAKE
    wet_b = g.terrain[b] <= Terrain.LAKE
    if wet_a or wet_b:
        return Surface.WATER + 0
    road = g.road[a, direction]
    if road == 3:
        return Surface.PRIMARY + 0
    if road == 2:
        return Surface.SECONDARY + 0
    if road == 1:
        return Surface.TRACK + 0
    if is_rough(g, b):
        return Surface.ROUGH + 0
    return Surface.OPEN + 0


@clause
def is_rough(g: Ground, h: int) -> bool:
    """2.1 Forest, swamp, hills or mountains."""
    return is_rough_ground(g.terrain[h], g.relief[h])


@clause
def march_speed(rules: MoveRules, mobility: int, s: int) -> float:
    """3.1 km a day over a surface in the dry season."""
    if mobility == Mobility.FOOT:
        return rules.march_foot[s]
    if mobility == Mobility.MOTORISED:
        return rules.march_motorised[s]
    if mobility == Mobility.TRACKED:
        return rules.march_tracked[s]
    if mobility == Mobility.BOAT:
        return rules.march_boat[s]
    return rules.march_amphibious[s]


@kernel
def fill_steps(g: Ground, rules: MoveRules, steps: npt.NDArray[np.float64]) -> None:
    """3.1, 3.2, 3.9 Hours of every step: `steps` float64 [mobilities, states of the ways, hexes, 6], INF where there is
    no way.

    Formula (3.1): hours = 24 * km / km a day
    Formula (3.2): hours += bridge_hours, ferry_hours or ford_hours, by class of river; the latter two * wet_river in
        the wet season
    """
    n = g.neighbours.shape[0]
    for mobility in range(steps.shape[0]):
        for ways in range(steps.shape[1]):
            wet = ways == Ways.WET or ways == Ways.WET_HIGH
            high = ways >= Ways.DRY_HIGH
            for a in range(n):
                for d in range(6):
                    steps[mobility, ways, a, d] = INF
                    b = g.neighbours[a, d]
                    if b == OFF_MAP or mobility == Mobility.AIR:
                        continue
                    if high and g.flood[a] != Flood.LAKE and g.flood[b] != Flood.LAKE:
                        steps[mobility, ways, a, d] = steps[mobility, ways - Ways.DRY_HIGH, a, d]
                        continue
                    s = surface(g, a, d)
                    speed = speed_over(g, rules, mobility, s, a, b, wet, high)
                    if speed <= 0.0:
                        continue
                    hours = 24.0 * g.km / speed
                    edge = g.river[a, d]
                    if edge != River.NONE and s != Surface.WATER:
                        means = g.crossing[a, d]
                        rise = rules.wet_river if wet else 1.0
                        if means == 2:
                            hours += rules.bridge_hours[edge]
                        elif means == 1:
                            hours += rules.ferry_hours[edge] * rise
                        else:
                            hours += rules.ford_hours[edge] * rise
                    steps[mobility, ways, a, d] = hours


@clause
def speed_over(g: Ground, rules: MoveRules, mobility: int, s: int, a: int, b: int, wet: bool, high: bool) -> float:
    """3.1, 3.9 km a day of the step from hex `a` to its neighbour `b` over the surface `s`; 0 where there is no way.

    Formula (3.1): km a day by class and surface * (wet_foot, wet_wheels or wet_boat in the wet season) * (flood_foot
        or flood_wheels off the road in flooded fields)
    Formula (3.9): km a day = lake_foot or lake_wheels on the high lake's shores; boats as on water, lake_low of it
        while the lake is low
    """
    wheels = mobility == Mobility.MOTORISED or mobility == Mobility.TRACKED
    shore = g.flood[a] == Flood.LAKE or g.flood[b] == Flood.LAKE
    if shore and mobility == Mobility.BOAT:
        afloat = on_lake_bed(g, a) and on_lake_bed(g, b)
        return march_speed(rules, mobility, Surface.WATER + 0) * (1.0 if high else rules.lake_low) if afloat else 0.0
    if shore and high and s != Surface.WATER:
        return rules.lake_wheels if wheels else rules.lake_foot
    speed = march_speed(rules, mobility, s)
    if wet:
        if wheels:
            speed *= rules.wet_wheels[s]
        elif mobility == Mobility.BOAT:
            speed *= rules.wet_boat[s]
        else:
            speed *= rules.wet_foot[s]
        off_road = s == Surface.TRACK or s == Surface.OPEN or s == Surface.ROUGH
        if off_road and (g.flood[a] != Flood.NONE or g.flood[b] != Flood.NONE):
            speed *= rules.flood_wheels if wheels else rules.flood_foot
    return speed


@clause
def on_lake_bed(g: Ground, h: int) -> bool:
    """3.9 The lake, or a shore that it covers while it is high."""
    return g.terrain[h] == Terrain.LAKE or g.flood[h] == Flood.LAKE


@clause
def lets_in(stance: npt.NDArray[np.int8], faction: int, host: int) -> bool:
    """3.3 Whether a host's land is open to the faction: at war, by leave or as an ally."""
    s = stance[faction, host]
    return s == Stance.WAR or s >= Stance.ACCESS


@clause
def may_enter_disputed(w: Tables, faction: int) -> bool:
    """3.3 The country that movements fight over is open to each of them, and to the friends and enemies of any."""
    if w.faction_i[A.MOVEMENT, faction] >= 0:
        return True
    for a in range(w.faction_i.shape[1]):
        if w.faction_i[A.MOVEMENT, a] >= 0 and w.faction_i[A.LIFE, a] == Life.ACTIVE and lets_in(w.stance, faction, a):
            return True
    return False


@clause
def may_enter(w: Tables, g: Ground, faction: int, h: int) -> bool:
    """3.3 Whether the faction's forces may stand in hex `h`."""
    host = g.host[h]
    if host == NO_FACTION or host == faction or lets_in(w.stance, faction, host):
        return True
    return w.faction_i[A.MOVEMENT, host] >= 0 and may_enter_disputed(w, faction)


BUCKETS = 128
"""Buckets of the queue of `march_field`: a power of two."""


@kernel
def march_field(
    neighbours: npt.NDArray[np.int32],
    steps: npt.NDArray[np.float64],
    entry: npt.NDArray[np.int8],
    source: int,
    width: float,
    out: npt.NDArray[np.float64],
    heads: npt.NDArray[np.int32],
    chain: npt.NDArray[np.int32],
) -> None:
    """Hours of march from every hex to `source` over hexes with `entry` 1: least-cost paths (R. B. Dial, Algorithm 360,
    Communications of the ACM 12, 1969), with buckets of `width` hours within which labels are corrected.

    steps: [hexes, 6] hours of the step into a hex from its neighbour, INF or less than (BUCKETS - 1) * width; out:
    [hexes], INF where there is no way. heads: [BUCKETS] first hex of each bucket, -1 before and after; chain:
    [3, hexes] scratch: see workspace.enchain.
    """
    for h in range(out.shape[0]):
        out[h] = INF
        chain[2, h] = -1
    out[source] = 0.0
    per_hour = 1.0 / width
    waiting = enchain(heads, chain, 0, source)
    at = 0
    while waiting > 0:
        while heads[at & (BUCKETS - 1)] < 0:
            at += 1
        b = heads[at & (BUCKETS - 1)]
        unchain(heads, chain, b)
        waiting -= 1
        cost = out[b]
        for d in range(6):
            a = neighbours[b, d]
            if a == OFF_MAP:
                continue
            through = cost + steps[b, d]
            if through < out[a] and entry[a] == 1:
                out[a] = through
                waiting += enchain(heads, chain, int(through * per_hour) & (BUCKETS - 1), a)


FIELD_PARTS = 48.0
"""Fields count hours in parts: so many make up the hours in which a hex is crossed at 1 km an hour, so that no step is
shorter than a part."""
TO_WHOLE = 6755399441055744.0
"""1.5 * 2^52: what is added to it keeps no fractions."""
NO_WAY = 65535
"""Entry of a field where there is no way, or one of 65535 parts and more (682 days where a hex is 12 km wide)."""


@kernel
def count_parts(hours: npt.NDArray[np.float64], km: float, out: npt.NDArray[np.uint16]) -> None:
    """3.1 Entries of a field for hours of march; km: width of a hex."""
    for h in range(out.shape[0]):
        # to the nearest whole number, halves to the even one, as np.rint does but without the call
        parts = (hours[h] * (FIELD_PARTS / km) + TO_WHOLE) - TO_WHOLE
        out[h] = NO_WAY if parts >= NO_WAY else int(parts)


@clause
def field_hours(g: Ground, parts: int) -> float:
    """3.1 Hours of march that an entry of a field stands for; INF where there is no way."""
    return INF if parts == NO_WAY else np.float64(parts) * (g.km / FIELD_PARTS)


@clause
def area(g: Ground, rules: MoveRules) -> float:
    """2.2 Area of a hex, in hexes of the reference width.

    Formula: area = (km / reference_km) ^ 2
    """
    return area_of(g.km, rules.reference_km)


@clause
def garrison(g: Ground, rules: MoveRules, control: ControlRules) -> float:
    """9.2 Men that are enough to hold a hex; it goes with its area.

    Formula: men = garrison_men * area of the hex
    """
    return control.garrison_men * area(g, rules)


@clause
def room(g: Ground, rules: MoveRules, h: int) -> float:
    """3.4 Men that find room in the hex; it goes with its area.

    Formula: men = room_open or room_rough * area of the hex
    """
    return room_of(g.terrain[h], g.relief[h], rules.room_open, rules.room_rough, area(g, rules))
