"""Closing outlines that run off the map, so that land and water can be filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from game.core import hexes
from game.core.hexmap import HexMap
from game.ui.mapview.geometry import F64, Point, world_size

_PAD = 3.0
"""World units between the map and the frame on which open outlines are closed."""


def close_outlines(hexmap: HexMap, lines: Sequence[F64], inside: Callable[[int], bool]) -> list[F64]:
    """Closed outlines from open lines that end at the map's rim.

    Each end is led to a frame around the map; the frame's stretches between ends lie inside and outside in turn,
    and the hexes along the rim (`inside(hex)`) say which. Without lines, the frame itself is the outline when
    most of the rim is inside.
    """
    frame = _Frame(hexmap)
    led = [np.vstack([frame.nearest(line[0]), line, frame.nearest(line[-1])]) for line in lines]
    ends = sorted((frame.position(line[k]), number, k) for number, line in enumerate(led) for k in (0, -1))
    if not ends:
        return [frame.stretch(0.0, frame.length)] if frame.share(0.0, frame.length, inside) > 0.5 else []
    stretches = [*pairwise(ends), (ends[-1], (ends[0][0] + frame.length, *ends[0][1:]))]
    votes = [0.0, 0.0]
    for k, (a, b) in enumerate(stretches):
        share = frame.share(a[0], b[0], inside)
        votes[k % 2] += (b[0] - a[0]) * (share - 0.5)
        votes[(k + 1) % 2] += (b[0] - a[0]) * (0.5 - share)
    first = 0 if votes[0] >= votes[1] else 1
    onward: dict[tuple[int, int], tuple[tuple[int, int], F64]] = {}
    for (ta, na, ka), (tb, nb, kb) in stretches[first::2]:
        way = frame.stretch(ta, tb)
        onward[na, ka] = (nb, kb), way
        onward[nb, kb] = (na, ka), way[::-1]
    return _rings(led, onward)


def _rings(led: list[F64], onward: dict[tuple[int, int], tuple[tuple[int, int], F64]]) -> list[F64]:
    rings = []
    todo = set(range(len(led)))
    while todo:
        start = min(todo)
        number, entry = start, 0
        ring: list[F64] = []
        while number in todo:
            todo.remove(number)
            ring.append(led[number] if entry == 0 else led[number][::-1])
            (number, entry), way = onward[number, -1 if entry == 0 else 0]
            ring.append(way)
        rings.append(np.vstack(ring))
    return rings


class _Frame:
    """The rectangle around the map; positions run clockwise from its north-west corner."""

    def __init__(self, hexmap: HexMap) -> None:
        self.hexmap = hexmap
        w, h = world_size(hexmap)
        self.inner = w, h
        self.x0, self.y0, self.x1, self.y1 = -_PAD, -_PAD, w + _PAD, h + _PAD
        self.w, self.h = self.x1 - self.x0, self.y1 - self.y0
        self.length = 2 * (self.w + self.h)

    def nearest(self, point: F64) -> F64:
        """The point of the frame that faces a point of the map."""
        x, y = float(point[0]), float(point[1])
        gaps = (y - self.y0, self.x1 - x, self.y1 - y, x - self.x0)
        side = gaps.index(min(gaps))
        return np.array([[(x, self.y0), (self.x1, y), (x, self.y1), (self.x0, y)][side]])

    def position(self, point: F64) -> float:
        x, y = float(point[0]), float(point[1])
        if y <= self.y0:
            return x - self.x0
        if x >= self.x1:
            return self.w + y - self.y0
        if y >= self.y1:
            return self.w + self.h + self.x1 - x
        return 2 * self.w + self.h + self.y1 - y

    def at(self, position: float) -> Point:
        t = position % self.length
        if t < self.w:
            return self.x0 + t, self.y0
        if t < self.w + self.h:
            return self.x1, self.y0 + t - self.w
        if t < 2 * self.w + self.h:
            return self.x1 - (t - self.w - self.h), self.y1
        return self.x0, self.y1 - (t - 2 * self.w - self.h)

    def stretch(self, start: float, end: float) -> F64:
        """The frame from one position clockwise to another, corners included."""
        corners = [0.0, self.w, self.w + self.h, 2 * self.w + self.h]
        turns = [c + k * self.length for k in (0, 1) for c in corners]
        between = [t for t in turns if start < t < end]
        return np.array([self.at(t) for t in (start, *between, end)])

    def share(self, start: float, end: float, inside: Callable[[int], bool]) -> float:
        """Share of a stretch whose nearest hexes are inside."""
        w, h = self.inner
        hits = []
        for t in np.linspace(start, end, 2 + int((end - start) / 1.6))[1:-1].tolist() or [(start + end) / 2]:
            x, y = self.at(t)
            hex_ = hexes.at(min(max(x, 0.5), w - 0.5), min(max(y, 0.6), h - 0.6), self.hexmap.cols, self.hexmap.rows)
            hits.append(hex_ >= 0 and inside(hex_))
        return sum(hits) / len(hits)
