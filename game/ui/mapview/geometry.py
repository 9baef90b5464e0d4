"""Plane geometry of the drawn map. World units are hex widths (flat to flat = 1), x east and y south."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, pi, sin, sqrt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from game.core import hexes
from game.core.hexmap import HexMap

F32: TypeAlias = npt.NDArray[np.float32]
F64: TypeAlias = npt.NDArray[np.float64]
I32: TypeAlias = npt.NDArray[np.int32]
Point: TypeAlias = tuple[float, float]

RADIUS = 1 / sqrt(3)
"""Centre to corner."""
ROW_STEP = sqrt(3) / 2

CORNERS = tuple((RADIUS * sin(pi / 3 * k), -RADIUS * cos(pi / 3 * k)) for k in range(6))
"""Corner offsets, clockwise from the north."""

EDGE_CORNERS = ((1, 2), (0, 1), (5, 0), (4, 5), (3, 4), (2, 3))
"""The two corners of the edge in direction E, NE, NW, W, SW, SE."""

EDGE_NORMALS = tuple((cos(pi / 3 * d), -sin(pi / 3 * d)) for d in range(6))
"""Unit vector from a hex to its neighbour in direction d."""


def world_size(hexmap: HexMap) -> tuple[float, float]:
    """Width and height of the map in world units."""
    return hexmap.cols + (0.5 if hexmap.rows > 1 else 0.0), 2 * RADIUS + (hexmap.rows - 1) * ROW_STEP


@lru_cache(maxsize=8)
def _centres(cols: int, rows: int) -> F64:
    return np.array([hexes.centre(i % cols, i // cols) for i in range(cols * rows)], np.float64)


def centres(hexmap: HexMap) -> F64:
    """Centres of all hexes: float64 [n, 2]; do not write into it."""
    return _centres(hexmap.cols, hexmap.rows)


def centre(hexmap: HexMap, hex_: int) -> Point:
    """Centre of one hex."""
    return hexes.centre(hex_ % hexmap.cols, hex_ // hexmap.cols)


@lru_cache(maxsize=4096)
def _extent(cols: int, path: tuple[int, ...]) -> tuple[float, float, float, float]:
    xs, ys = zip(*(hexes.centre(hex_ % cols, hex_ // cols) for hex_ in path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def extent(hexmap: HexMap, path: tuple[int, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the centres of a path's hexes; asked for in every frame, so it is kept."""
    return _extent(hexmap.cols, path)


def corners(hexmap: HexMap, hex_: int, factor: float = 1.0) -> list[Point]:
    """The six corners, clockwise from the north; `factor` shrinks the hex about its centre."""
    x, y = centre(hexmap, hex_)
    return [(x + dx * factor, y + dy * factor) for dx, dy in CORNERS]


def hex_grid(xs: F32, ys: F32, cols: int, rows: int) -> tuple[I32, F32, F32]:
    """Hex of every point of a raster with columns xs and rows ys.

    Returns int32 [len(ys), len(xs)] hex numbers (OFF_MAP outside) and the float32 offsets x, y from the centre.
    """
    u = (ys - np.float32(RADIUS))[:, None]
    row = np.floor(u / np.float32(ROW_STEP)).astype(np.int32)
    x = xs[None, :]
    best = np.full((len(ys), len(xs)), 9.0, np.float32)
    number = np.full((len(ys), len(xs)), -1, np.int32)
    off_x = np.zeros_like(best)
    off_y = np.zeros_like(best)
    for r in (row, row + 1):
        shift = np.float32(0.5) + np.float32(0.5) * (r & 1)
        col = np.rint(x - shift)
        dx = x - shift - col
        dy = np.broadcast_to(u - r * np.float32(ROW_STEP), dx.shape)
        d = dx * dx + dy * dy
        closer = d < best
        np.copyto(best, d, where=closer)
        np.copyto(off_x, dx, where=closer)
        np.copyto(off_y, dy, where=closer)
        c = col.astype(np.int32)
        inside = (c >= 0) & (c < cols) & (r >= 0) & (r < rows)
        np.copyto(number, np.where(inside, r * cols + c, -1), where=closer)
    return number, off_x, off_y


def edge_distance(off_x: F32, off_y: F32) -> F32:
    """Distance from a point inside a hex to its nearest edge, world units; offsets from the centre."""
    ax, s = np.abs(off_x), np.float32(ROW_STEP) * np.abs(off_y)
    reach: F32 = np.maximum(ax, np.float32(0.5) * ax + s)
    return np.float32(0.5) - reach


def smooth(points: Sequence[Point] | F64 | F32, rounds: int = 2, closed: bool = False) -> F64:
    """Corner-cutting after Chaikin (1974): [m, 2] points; an open line keeps its ends."""
    p = np.asarray(points, np.float64)
    for _ in range(rounds):
        if len(p) < 3:
            return p
        if closed:
            following = np.roll(p, -1, axis=0)
            q = np.empty((2 * len(p), 2))
            q[0::2], q[1::2] = 0.75 * p + 0.25 * following, 0.25 * p + 0.75 * following
            p = q
        else:
            q = np.empty((2 * (len(p) - 1), 2))
            q[0::2], q[1::2] = 0.75 * p[:-1] + 0.25 * p[1:], 0.25 * p[:-1] + 0.75 * p[1:]
            p = np.vstack([p[:1], q, p[-1:]])
    return p


def lengths(points: F64) -> F64:
    """Distance along the line at each point, starting with 0."""
    steps = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]))
    return np.concatenate([[0.0], np.cumsum(steps)])


def along(points: F64, at: F64 | Sequence[float]) -> F64:
    """Points at the given distances along a line: [k, 2]."""
    run = lengths(points)
    return np.stack([np.interp(at, run, points[:, 0]), np.interp(at, run, points[:, 1])], axis=1)


def dashes(points: F64, marks: Sequence[float], gap: float) -> list[F64]:
    """Cut a line into dashes whose lengths cycle through `marks`, with `gap` between them."""
    run = lengths(points)
    out: list[F64] = []
    at, k = 0.0, 0
    while at < run[-1]:
        end = min(at + marks[k % len(marks)], run[-1])
        inner = run[(run > at) & (run < end)]
        out.append(along(points, np.concatenate([[at], inner, [end]])))
        at, k = end + gap, k + 1
    return out


def clip_polygon(points: F64, box: tuple[float, float, float, float]) -> F64:
    """A closed outline cut to the box (x0, y0, x1, y1) after Sutherland and Hodgman (1974); maybe empty."""
    p = points
    for axis, limit, sign in ((0, box[0], 1.0), (0, box[2], -1.0), (1, box[1], 1.0), (1, box[3], -1.0)):
        if len(p) == 0:
            return p
        d = (p[:, axis] - limit) * sign
        following, d_next = np.roll(p, -1, axis=0), np.roll(d, -1)
        cross = (d >= 0) != (d_next >= 0)
        if not cross.any():
            if d[0] < 0:
                return p[:0]
            continue
        t = np.where(cross, d / np.where(cross, d - d_next, 1.0), 0.0)[:, None]
        meet = p + t * (following - p)
        pairs = np.stack([p, meet], axis=1).reshape(-1, 2)
        keep = np.stack([d >= 0, cross], axis=1).reshape(-1)
        p = pairs[keep]
    return p


def pieces_in(points: F64, box: tuple[float, float, float, float]) -> Iterable[F64]:
    """The runs of an open line whose segments touch the box (x0, y0, x1, y1)."""
    a, b = points[:-1], points[1:]
    low, high = np.minimum(a, b), np.maximum(a, b)
    near = (high[:, 0] >= box[0]) & (low[:, 0] <= box[2]) & (high[:, 1] >= box[1]) & (low[:, 1] <= box[3])
    if not near.any():
        return
    edges = np.flatnonzero(np.diff(np.concatenate([[0], near.astype(np.int8), [0]])))
    for start, stop in zip(edges[0::2], edges[1::2], strict=True):
        yield points[start : stop + 1]


def box_of(points: F64) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of a line."""
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def boxes_meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def chains(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Join undirected edges between numbered points into lines that run from fork to fork, or close on themselves."""
    links: dict[int, list[int]] = {}
    for a, b in edges:
        links.setdefault(a, []).append(b)
        links.setdefault(b, []).append(a)
    used: set[tuple[int, int]] = set()

    def walk(start: int, step: int) -> list[int]:
        line = [start, step]
        used.update(((start, step), (step, start)))
        while len(links[line[-1]]) == 2 and line[-1] != start:
            here, back = line[-1], line[-2]
            ahead = next((p for p in links[here] if p != back), back)
            if (here, ahead) in used:
                break
            used.update(((here, ahead), (ahead, here)))
            line.append(ahead)
        return line

    out = [walk(p, q) for p in sorted(links) if len(links[p]) != 2 for q in sorted(links[p]) if (p, q) not in used]
    out += [walk(p, q) for p in sorted(links) for q in sorted(links[p]) if (p, q) not in used]
    return out


class CornerIndex:
    """Numbers for the corners of hexes, equal for the corners that hexes share."""

    def __init__(self, hexmap: HexMap) -> None:
        self.hexmap = hexmap
        self.points: list[Point] = []
        self._numbers: dict[tuple[int, int], int] = {}

    def edge(self, hex_: int, direction: int) -> tuple[int, int]:
        """The two corner numbers of an edge, clockwise round the hex."""
        x, y = centre(self.hexmap, hex_)
        a, b = EDGE_CORNERS[direction]
        return self._number(x + CORNERS[a][0], y + CORNERS[a][1]), self._number(x + CORNERS[b][0], y + CORNERS[b][1])

    def _number(self, x: float, y: float) -> int:
        key = (round(x * 2), round(y / RADIUS * 2))
        if key not in self._numbers:
            self._numbers[key] = len(self.points)
            self.points.append((x, y))
        return self._numbers[key]

    def line(self, numbers: Sequence[int]) -> F64:
        return np.array([self.points[i] for i in numbers], np.float64)
