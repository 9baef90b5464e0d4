"""Lines for maps that come without drawing lines: smoothed hex borders, river edges and road links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np

from game.core.hexmap import HexMap, MapLine
from game.core.ids import Flood, Rail, River, Road, Terrain
from game.ui.mapview.geometry import CornerIndex, centre, chains, smooth
from game.ui.mapview.outlines import close_outlines


def complete(hexmap: HexMap, lines: Sequence[MapLine]) -> tuple[MapLine, ...]:
    """The given lines with coast and lakes closed, and derived ones for every layer that has none."""
    kept = [line for line in lines if len(line.points) >= (3 if line.closed else 2)]
    present = {line.layer for line in kept}
    for layer, make in _MAKERS.items():
        if layer not in present:
            kept.extend(make(hexmap))
        elif layer in _AREAS:
            open_lines = [line for line in kept if line.layer == layer and not line.closed]
            kept = [line for line in kept if line.layer != layer or line.closed]
            rings = close_outlines(
                hexmap, [np.asarray(line.points, np.float64) for line in open_lines], partial(_AREAS[layer], hexmap)
            )
            kept.extend(MapLine(layer, "", 0, True, ring.astype(np.float32)) for ring in rings)
    return tuple(kept)


def _is_land(hexmap: HexMap, hex_: int) -> bool:
    return bool(hexmap.terrain[hex_] != Terrain.SEA)


def _is_lake(hexmap: HexMap, hex_: int) -> bool:
    return bool(hexmap.terrain[hex_] == Terrain.LAKE)


def _is_wet_lake(hexmap: HexMap, hex_: int) -> bool:
    return bool(hexmap.flood[hex_] == Flood.LAKE) or _is_lake(hexmap, hex_)


_AREAS = {"coast": _is_land, "lake": _is_lake, "wet_lake": _is_wet_lake}


def _line(layer: str, points: Sequence[tuple[float, float]], grade: int, closed: bool, rounds: int) -> MapLine:
    return MapLine(layer, "", grade, closed, smooth(points, rounds, closed).astype(np.float32))


def _outlines(hexmap: HexMap, layer: str, inside: Callable[[int], bool]) -> Iterable[MapLine]:
    """Closed outlines of the hexes that are inside; the map's border closes them."""
    index = CornerIndex(hexmap)
    following: dict[int, list[int]] = {}
    for hex_ in range(hexmap.n):
        if not inside(hex_):
            continue
        for d in range(6):
            beside = int(hexmap.neighbours[hex_, d])
            if beside < 0 or not inside(beside):
                a, b = index.edge(hex_, d)
                following.setdefault(b, []).append(a)
    while following:
        start = min(following)
        ring, here = [start], following[start].pop()
        if not following[start]:
            del following[start]
        while here != start:
            ring.append(here)
            step = following[here].pop()
            if not following[here]:
                del following[here]
            here = step
        yield _line(layer, [index.points[i] for i in ring], 0, True, 3)


def _coast(hexmap: HexMap) -> Iterable[MapLine]:
    return _outlines(hexmap, "coast", partial(_is_land, hexmap))


def _lake(hexmap: HexMap) -> Iterable[MapLine]:
    return _outlines(hexmap, "lake", partial(_is_lake, hexmap))


def _wet_lake(hexmap: HexMap) -> Iterable[MapLine]:
    if not (hexmap.flood == Flood.LAKE).any():
        return ()
    return _outlines(hexmap, "wet_lake", partial(_is_wet_lake, hexmap))


def _edge_lines(hexmap: HexMap, layer: str, grade: int, wanted: Callable[[int, int, int], bool]) -> Iterable[MapLine]:
    """Lines along hex edges: `wanted(hex, direction, neighbour)` chooses them."""
    index = CornerIndex(hexmap)
    edges = [
        index.edge(hex_, d)
        for hex_ in range(hexmap.n)
        for d in range(3)
        if (beside := int(hexmap.neighbours[hex_, d])) >= 0 and wanted(hex_, d, beside)
    ]
    for chain in chains(edges):
        yield _line(layer, [index.points[i] for i in chain], grade, False, 3)


def _rivers(hexmap: HexMap) -> Iterable[MapLine]:
    for grade in (River.MINOR, River.MAJOR, River.GREAT):
        yield from _edge_lines(hexmap, "river", grade, lambda h, d, _, g=grade: hexmap.river[h, d] == g)  # type: ignore[misc]


def _borders(hexmap: HexMap) -> Iterable[MapLine]:
    land = hexmap.country
    return _edge_lines(
        hexmap, "border", 0, lambda h, _, other: land[h] != land[other] and land[h] >= 0 and land[other] >= 0
    )


def _provinces(hexmap: HexMap) -> Iterable[MapLine]:
    area, land = hexmap.province, hexmap.country
    return _edge_lines(
        hexmap,
        "province",
        0,
        lambda h, _, other: area[h] != area[other] and land[h] == land[other] and area[h] >= 0 and area[other] >= 0,
    )


def _links(hexmap: HexMap, layer: str, grade: int, wanted: Callable[[int, int], bool]) -> Iterable[MapLine]:
    edges = [
        (hex_, int(hexmap.neighbours[hex_, d]))
        for hex_ in range(hexmap.n)
        for d in range(6)
        if hexmap.neighbours[hex_, d] > hex_ and wanted(hex_, d)
    ]
    for chain in chains(edges):
        yield _line(layer, [centre(hexmap, h) for h in chain], grade, False, 2)


def _roads(hexmap: HexMap) -> Iterable[MapLine]:
    for grade in (Road.TRACK, Road.SECONDARY, Road.PRIMARY):
        yield from _links(hexmap, "road", grade, lambda h, d, g=grade: hexmap.road[h, d] == g)  # type: ignore[misc]


def _rails(hexmap: HexMap) -> Iterable[MapLine]:
    for grade in (Rail.CUT, Rail.OPERATING):
        yield from _links(hexmap, "rail", grade, lambda h, d, g=grade: hexmap.rail[h, d] == g)  # type: ignore[misc]


_MAKERS: dict[str, Callable[[HexMap], Iterable[MapLine]]] = {
    "coast": _coast,
    "lake": _lake,
    "wet_lake": _wet_lake,
    "river": _rivers,
    "road": _roads,
    "rail": _rails,
    "border": _borders,
    "province": _provinces,
}
