"""Roads and railways as hex-to-hex links, and the places where they cross rivers."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Point

from game.core import hexes
from game.core.hexmap import Place
from game.core.ids import OFF_MAP, Crossing, HexIndex, Rail, River, Road, Terrain
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.rivers import Edge, RiverNet
from game.scenario.mapbuild.sources import Feature, MapBuildError

ROADS = {"primary": Road.PRIMARY, "secondary": Road.SECONDARY, "track": Road.TRACK}
_TOWN_KM = 3.0
"""A road with a vertex so near a place passes through the place's hex."""
_CORRIDOR = 2.6
_CROSSING_REACH = 1.3
"""How far from its point a crossing may be laid, hexes."""
_PHANTOM = {River.GREAT: 30.0, River.MAJOR: 10.0, River.MINOR: 0.5, River.NONE: 0.0}
"""What it costs to cross a river where neither line nor list has a crossing."""
_WATER = 60.0

Links = npt.NDArray[np.int8]
"""int8 [n, 6]: class of the link in each direction, both sides filled."""


@dataclass(frozen=True)
class Ground:
    """What a route is laid upon."""

    frame: Frame
    neighbours: npt.NDArray[np.int32]
    terrain: npt.NDArray[np.int8]
    rivers: RiverNet
    river_lines: list[tuple[River, Feature]]
    crossings: list[Feature]
    """Points in hex units."""

    def edge(self, hex_: HexIndex, direction: int) -> Edge:
        if direction >= 3:
            return int(self.neighbours[hex_, direction]), hexes.opposite(direction)
        return hex_, direction

    def is_water(self, hex_: HexIndex) -> bool:
        return self.terrain[hex_] in (Terrain.SEA, Terrain.LAKE)


def join(links: npt.NDArray[np.int8], ground: Ground, hex_: HexIndex, direction: int, grade: int) -> None:
    """Sets a link or edge on both sides, keeping the higher class."""
    other, back = int(ground.neighbours[hex_, direction]), hexes.opposite(direction)
    links[hex_, direction] = max(links[hex_, direction], grade)
    links[other, back] = links[hex_, direction]


def road_grade(feature: Feature) -> int:
    word = str(feature.properties.get("class"))
    if word not in ROADS:
        raise MapBuildError(f"roads_1979.geojson: class {word!r} of {feature.name!r}; choose {', '.join(ROADS)}")
    return int(ROADS[word])


def rail_grade(feature: Feature) -> int:
    return int(Rail.CUT if str(feature.properties.get("status_1979")).startswith("cut") else Rail.OPERATING)


def lay_routes(ground: Ground, features: list[Feature], places: list[Place], grade: Callable[[Feature], int]) -> Links:
    """Links of all lines in `features` (hex units)."""
    links = np.zeros((ground.frame.n, 6), np.int8)
    shared = _shared_vertices(features)
    for feature in sorted(features, key=lambda f: (-grade(f), f.name)):
        for line in shapely.get_parts(shapely.intersection(feature.geometry, ground.frame.outline)):
            if isinstance(line, LineString):
                for a, d in trace(ground, line, _stops(ground, line, places, shared)):
                    join(links, ground, a, d, grade(feature))
    return links


def _shared_vertices(features: list[Feature]) -> set[tuple[float, float]]:
    count: dict[tuple[float, float], int] = {}
    for feature in features:
        for x, y in {(round(x, 4), round(y, 4)) for x, y in shapely.get_coordinates(feature.geometry)}:
            count[x, y] = count.get((x, y), 0) + 1
    return {vertex for vertex, times in count.items() if times > 1}


def _stops(ground: Ground, line: LineString, places: list[Place], shared: set[tuple[float, float]]) -> list[HexIndex]:
    """Hexes that the route must pass, in order: its ends, towns at its vertices, and junctions."""
    frame = ground.frame
    spots = [(place.hex, frame.xy(place.lat, place.lon)) for place in places]
    stops: list[HexIndex] = []
    coords = [(float(x), float(y)) for x, y in line.coords]
    for i, (x, y) in enumerate(coords):
        near = min(spots, key=lambda s: (s[1][0] - x) ** 2 + (s[1][1] - y) ** 2, default=None)
        hex_ = hexes.at(x, y, frame.cols, frame.rows)
        if near is not None and (near[1][0] - x) ** 2 + (near[1][1] - y) ** 2 <= (_TOWN_KM / frame.km_per_hex) ** 2:
            hex_ = near[0]
        elif hex_ == OFF_MAP or not (i in (0, len(coords) - 1) or (round(x, 4), round(y, 4)) in shared):
            continue
        if ground.is_water(hex_):
            hex_ = _nearest_land(ground, hex_, line)
        if hex_ != OFF_MAP and (not stops or stops[-1] != hex_):
            stops.append(hex_)
    return stops


def _nearest_land(ground: Ground, hex_: HexIndex, line: LineString) -> HexIndex:
    beside = [int(b) for b in ground.neighbours[hex_] if b >= 0 and not ground.is_water(int(b))]
    return min(beside, key=lambda b: (round(_gap(ground.frame, b, line), 6), b), default=OFF_MAP)


def _gap(frame: Frame, hex_: HexIndex, line: LineString) -> float:
    return float(line.distance(Point(*hexes.centre(hex_ % frame.cols, hex_ // frame.cols))))


def trace(ground: Ground, line: LineString, stops: list[HexIndex]) -> list[tuple[HexIndex, int]]:
    """Links (hex, direction) of the route along `line` through `stops`, over land, crossing rivers where it should."""
    fords = _fords(ground, line)
    steps: list[tuple[HexIndex, int]] = []
    for start, goal in pairwise(stops):
        steps += _leg(ground, line, fords, start, goal)
    return [(a, d) for a, d in steps if not ground.is_water(a) and not ground.is_water(int(ground.neighbours[a, d]))]


def _fords(ground: Ground, line: LineString) -> list[tuple[float, float]]:
    """Points where the route may cross a river: listed crossings near it, and true crossings of lesser rivers."""
    points = [f.geometry for f in ground.crossings if _means(f) != Crossing.NONE and line.distance(f.geometry) <= 0.7]
    for grade, river in ground.river_lines:
        if grade != River.GREAT:
            points += [p for p in shapely.get_parts(line.intersection(river.geometry)) if isinstance(p, Point)]
    return [(p.x, p.y) for p in points]


def _leg(
    ground: Ground, line: LineString, fords: list[tuple[float, float]], start: HexIndex, goal: HexIndex
) -> list[tuple[HexIndex, int]]:
    gaps: dict[HexIndex, float] = {}
    best: dict[HexIndex, float] = {start: 0.0}
    came: dict[HexIndex, tuple[HexIndex, int]] = {}
    queue: list[tuple[float, HexIndex]] = [(0.0, start)]
    while queue:
        spent, here = heapq.heappop(queue)
        if here == goal:
            break
        if spent > best[here]:
            continue
        for d in range(6):
            there = int(ground.neighbours[here, d])
            if there == OFF_MAP:
                continue
            if there not in gaps:
                gaps[there] = _gap(ground.frame, there, line)
            if gaps[there] > _CORRIDOR:
                continue
            total = spent + 0.2 + 3 * gaps[there] ** 2 + _river_cost(ground, fords, ground.edge(here, d))
            total += _WATER if ground.is_water(there) and there != goal else 0.0
            if total < best.get(there, 1e18):
                best[there], came[there] = total, (here, d)
                heapq.heappush(queue, (total, there))
    steps: list[tuple[HexIndex, int]] = []
    here = goal
    while here in came and here != start:
        here, d = came[here]
        steps.append((here, d))
    return steps[::-1]


def _river_cost(ground: Ground, fords: list[tuple[float, float]], edge: Edge) -> float:
    grade = ground.rivers.grade.get(edge, River.NONE)
    if grade == River.NONE:
        return 0.0
    x, y = ground.rivers.lattice.midpoint(edge)
    nearest = min(((x - a) ** 2 + (y - b) ** 2 for a, b in fords), default=9e9)
    return 0.2 + 1.5 * nearest if nearest <= _CROSSING_REACH**2 else _PHANTOM[grade]


def lay_crossings(ground: Ground, river: Links, road: Links) -> Links:
    """Listed ferries and bridges, and a bridge wherever a made road crosses a minor river. int8 [n, 6]."""
    links = np.zeros_like(river)
    for hex_, d in ground.rivers.lattice.ends:
        if river[hex_, d] == River.MINOR and road[hex_, d] >= Road.SECONDARY:
            join(links, ground, hex_, d, int(Crossing.BRIDGE))
    for feature in ground.crossings:
        means = _means(feature)
        edge = _crossing_edge(ground, feature, river, road) if means != Crossing.NONE else None
        if edge is not None:
            join(links, ground, *edge, int(means))
    return links


def _means(crossing: Feature) -> Crossing:
    kind = str(crossing.properties.get("kind"))
    if "wrecked" in kind or "destroyed" in kind:
        return Crossing.NONE
    return Crossing.BRIDGE if kind.startswith("bridge") else Crossing.FERRY


def _crossing_edge(ground: Ground, feature: Feature, river: Links, road: Links) -> Edge | None:
    """The side of the named river that a crossing lies on: one with a road if there is one, then the nearest."""
    names = str(feature.properties.get("river")).split(";")
    choices = []
    for edge, owner in ground.rivers.name.items():
        if owner not in names or river[edge] == River.NONE:
            continue
        x, y = ground.rivers.lattice.midpoint(edge)
        gap = Point(x, y).distance(feature.geometry)
        if gap <= _CROSSING_REACH:
            choices.append((-int(road[edge]), round(gap, 6), edge))
    return min(choices)[2] if choices else None
