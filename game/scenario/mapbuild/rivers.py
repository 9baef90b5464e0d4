"""Rivers along hex edges: a line becomes the chain of hex sides that follows it and leaves towns on their bank."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from math import hypot, sqrt

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from game.core import hexes
from game.core.hexmap import Place
from game.core.ids import HexIndex, River
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.places import Banks
from game.scenario.mapbuild.sources import Feature, MapBuildError

Vertex = tuple[int, int]
"""A corner of a hex: half hex widths east, thirds of a hex height south."""
Edge = tuple[HexIndex, int]
"""Hex and direction, the one with direction E, NE or NW."""

CLASSES = {"great": River.GREAT, "major": River.MAJOR, "minor": River.MINOR}
NAME_COLUMNS = ("name", "lon", "lat", "called")
_SAME_SPOT = 0.02
"""Degrees within which a part of a river ends at the spot that a new name is given for."""
_HALF_HEIGHT = 1 / (2 * sqrt(3))
_REACH = 1.6
"""How far from its line a river may be laid, hexes."""
_WRONG_BANK, _RIGHT_BANK = 12.0, 0.25
"""Cost factors of the sides of a town's hex."""
_BANK_KM = 1.5
"""A place further than this from the line shows its bank by itself."""
_SHRED = 2.0
"""A shorter piece that the map's border cuts off a river is left out, hexes."""
_SHARED = 0.4
"""Cost factor of a side that carries a river already: arms too near to tell apart at this scale fall together."""
_JOIN = 0.9
"""A river that ends so near to a laid one ends upon it, hexes."""


@dataclass(frozen=True)
class Lattice:
    """The sides of all hexes as a graph of their corners."""

    frame: Frame
    ends: dict[Edge, tuple[Vertex, Vertex]]
    at: dict[Vertex, list[tuple[Vertex, Edge]]]

    def midpoint(self, edge: Edge) -> tuple[float, float]:
        (ax, ay), (bx, by) = (position(v) for v in self.ends[edge])
        return (ax + bx) / 2, (ay + by) / 2


def position(vertex: Vertex) -> tuple[float, float]:
    """Hex units of a corner."""
    return vertex[0] / 2, vertex[1] * _HALF_HEIGHT


_CORNERS: tuple[Vertex, ...] = ((1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1), (0, 2))
"""Side d of a hex lies between corners d and d + 1 (from its centre, counter-clockwise from the south-east)."""


def _centre_vertex(frame: Frame, hex_: HexIndex) -> Vertex:
    col, row = hex_ % frame.cols, hex_ // frame.cols
    return 2 * col + 1 + (row & 1), 2 + 3 * row


def make_lattice(frame: Frame, neighbours: npt.NDArray[np.int32]) -> Lattice:
    ends: dict[Edge, tuple[Vertex, Vertex]] = {}
    at: dict[Vertex, list[tuple[Vertex, Edge]]] = {}
    for hex_ in range(frame.n):
        x, y = _centre_vertex(frame, hex_)
        for d in (hexes.E, hexes.NE, hexes.NW):
            if neighbours[hex_, d] < 0:
                continue
            (ax, ay), (bx, by) = _CORNERS[d], _CORNERS[(d + 1) % 6]
            a, b = (x + ax, y + ay), (x + bx, y + by)
            ends[hex_, d] = (a, b)
            at.setdefault(a, []).append((b, (hex_, d)))
            at.setdefault(b, []).append((a, (hex_, d)))
    return Lattice(frame, ends, at)


@dataclass
class RiverNet:
    """What has been laid: class and name of each side that carries a river."""

    lattice: Lattice
    grade: dict[Edge, River] = field(default_factory=dict)
    name: dict[Edge, str] = field(default_factory=dict)
    vertices: dict[Vertex, None] = field(default_factory=dict)

    def lay(self, chain: list[Edge], grade: River, name: str) -> None:
        for edge in chain:
            if grade > self.grade.get(edge, River.NONE):
                self.grade[edge], self.name[edge] = grade, name
            for vertex in self.lattice.ends[edge]:
                self.vertices[vertex] = None


def rename(features: list[Feature], rows: list[dict[str, str]]) -> list[Feature]:
    """Rivers (degrees) with their names by hand. Raises MapBuildError.

    A row of NAME_COLUMNS tells the river's name in the source, the spot where a part of it ends, and what that part is
    called. Without a spot the whole river is renamed.
    """
    found: list[Feature] = []
    for feature in features:
        parts: dict[str, list[LineString]] = {}
        for part in shapely.get_parts(feature.geometry):
            parts.setdefault(_called(feature.name, part, rows), []).append(part)
        found += [
            Feature({**feature.properties, "name": name}, shapely.multilinestrings(lines))
            for name, lines in parts.items()
        ]
    return found


def _called(name: str, part: LineString, rows: list[dict[str, str]]) -> str:
    for row in rows:
        if row["name"] != name:
            continue
        if not row["lon"] and not row["lat"]:
            return row["called"]
        try:
            spot = float(row["lon"]), float(row["lat"])
        except ValueError as error:
            raise MapBuildError(f"river_names.csv: lon and lat of {name!r} must be numbers ({error})") from error
        ends = (part.coords[0], part.coords[-1])
        if any(hypot(x - spot[0], y - spot[1]) <= _SAME_SPOT for x, y, *_ in ends):
            return row["called"]
    return name


def classify(features: list[Feature], classes: dict[str, str]) -> list[tuple[River, Feature]]:
    """Rivers with their class, greatest first. Raises MapBuildError.

    Centre lines of lakes count as rivers: a lake's end that is too narrow for lake hexes still parts its shores.
    """
    for name, word in classes.items():
        if word not in CLASSES:
            raise MapBuildError(f"river_classes.csv: class {word!r} of {name!r}; choose great, major or minor")
    graded = [(CLASSES[classes.get(f.name, "minor")], f) for f in features]
    return sorted(graded, key=lambda pair: -pair[0])


def lay_rivers(lattice: Lattice, rivers: list[tuple[River, Feature]], places: list[Place], banks: Banks) -> RiverNet:
    """Snaps rivers (hex units, from `classify`) to hex sides as continuous chains, each joined to the greater ones."""
    net = RiverNet(lattice)
    outline = lattice.frame.outline
    for grade, feature in rivers:
        merged = shapely.line_merge(shapely.union_all(shapely.get_parts(feature.geometry)))
        lines = [p for p in shapely.get_parts(shapely.intersection(merged, outline)) if _is_worth_laying(p, outline)]
        factors = _bank_factors(lattice, feature.name, merged, places, banks)
        for line in sorted(lines, key=lambda part: (-round(part.length, 6), part.coords[0])):
            net.lay(_chain(net, line, factors), grade, feature.name)
    return net


def _is_worth_laying(part: BaseGeometry, outline: BaseGeometry) -> bool:
    if not isinstance(part, LineString) or part.is_empty:
        return False
    return bool(part.length > _SHRED or part.distance(outline.boundary) > 1e-6)


def _bank_factors(
    lattice: Lattice, river: str, line: BaseGeometry, places: list[Place], banks: Banks
) -> dict[Edge, float]:
    """Cost factors that push a river to the right side of the hexes of towns beside it."""
    frame = lattice.frame
    factors: dict[Edge, float] = {}
    given: set[HexIndex] = set()
    for place in places:
        told = [vector for name, vector in banks.by_place.get(place.id, ()) if name == river]
        x, y = frame.xy(place.lat, place.lon)
        near = line.interpolate(line.project(Point(x, y))) if isinstance(line, LineString) else None
        if told:
            away = told[0]
        elif near is not None and place.hex not in given:
            gap = hypot(x - near.x, y - near.y)
            if not _BANK_KM / frame.km_per_hex <= gap <= 1:
                continue
            away = (x - near.x) / gap, (y - near.y) / gap
        else:
            continue
        given.add(place.hex)
        cx, cy = hexes.centre(place.hex % frame.cols, place.hex // frame.cols)
        for edge in sides(lattice, place.hex):
            mx, my = lattice.midpoint(edge)
            toward = (mx - cx) * away[0] + (my - cy) * away[1]
            if toward > 0.05:
                factors[edge] = _WRONG_BANK
            elif told and toward < -0.05:
                factors.setdefault(edge, _RIGHT_BANK)
    return factors


def sides(lattice: Lattice, hex_: HexIndex) -> list[Edge]:
    """The sides of a hex that lie within the map."""
    col, row = hex_ % lattice.frame.cols, hex_ // lattice.frame.cols
    found = []
    for d in range(6):
        edge = (hex_, d)
        if d >= 3:
            c, r = hexes.step(col, row, d)
            if not (0 <= c < lattice.frame.cols and 0 <= r < lattice.frame.rows):
                continue
            edge = (r * lattice.frame.cols + c, hexes.opposite(d))
        if edge in lattice.ends:
            found.append(edge)
    return found


def _chain(net: RiverNet, line: LineString, factors: dict[Edge, float]) -> list[Edge]:
    """Cheapest chain of sides from the line's first point to its last: short, and near the line throughout."""
    lattice = net.lattice
    around = _vertices_near(lattice, line)
    if len(around) < 2:
        return []
    start, goal = (_end_vertex(net, around, Point(line.coords[i])) for i in (0, -1))
    cost: dict[Edge, float] = {}

    def price(edge: Edge) -> float:
        if edge not in cost:
            gap = line.distance(Point(*lattice.midpoint(edge)))
            cost[edge] = (0.08 + 3 * gap * gap) * factors.get(edge, _SHARED if edge in net.grade else 1.0)
        return cost[edge]

    best: dict[Vertex, float] = {start: 0.0}
    came: dict[Vertex, tuple[Vertex, Edge]] = {}
    queue: list[tuple[float, Vertex]] = [(0.0, start)]
    while queue:
        spent, here = heapq.heappop(queue)
        if here == goal:
            break
        if spent > best[here]:
            continue
        for there, edge in lattice.at[here]:
            if there not in around:
                continue
            total = spent + price(edge)
            if total < best.get(there, 1e18):
                best[there], came[there] = total, (here, edge)
                heapq.heappush(queue, (total, there))
    chain: list[Edge] = []
    while goal in came:
        goal, edge = came[goal]
        chain.append(edge)
    return chain[::-1]


def _vertices_near(lattice: Lattice, line: LineString) -> dict[Vertex, None]:
    west, north, east, south = line.bounds
    boxed = [
        v
        for v in lattice.at
        if west - _REACH <= v[0] / 2 <= east + _REACH and north - _REACH <= v[1] * _HALF_HEIGHT <= south + _REACH
    ]
    if not boxed:
        return {}
    near = shapely.dwithin(shapely.points([position(v) for v in boxed]), line, _REACH)
    return {v: None for v, close in zip(boxed, near, strict=True) if close}


def _end_vertex(net: RiverNet, around: dict[Vertex, None], end: Point) -> Vertex:
    def gap(vertex: Vertex) -> tuple[float, Vertex]:
        x, y = position(vertex)
        return round(hypot(x - end.x, y - end.y), 9), vertex

    joined = [v for v in around if v in net.vertices and gap(v)[0] <= _JOIN]
    return min(joined or around, key=gap)
