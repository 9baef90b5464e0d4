"""Rivers, roads, railways and borders on the painted land."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pygame

from game.core import hexes
from game.core.hexmap import HexMap, MapLine
from game.core.ids import OFF_MAP, Rail, River, Road, Terrain
from game.ui import theme
from game.ui.mapview.canvas import Rgba, stroke
from game.ui.mapview.geometry import F64, along, box_of, boxes_meet, dashes, lengths, pieces_in, smooth
from game.ui.theme import Rgb, mix

_SUPER = 3
_RIVER_WIDTH = {River.NONE: 1.4, River.MINOR: 1.9, River.MAJOR: 3.2, River.GREAT: 6.2}
"""Pixels at 64 pixels per hex."""


def line_weight(px: float) -> float:
    """How thick lines are drawn at a zoom, 1 at 64 pixels per hex: they thin out more slowly than the map shrinks."""
    return min(1.2, max(0.42, 0.30 + 0.70 * px / 64))


@dataclass(frozen=True)
class _Stretch:
    grade: int
    points: F64
    box: tuple[float, float, float, float]
    share: float
    """Of the full width: less towards a river's spring."""


class LineArt:
    """The smoothed lines of a map, in world units."""

    def __init__(self, hexmap: HexMap, lines: Iterable[MapLine]) -> None:
        self._lines: dict[str, list[_Stretch]] = {}
        for line in lines:
            points = np.asarray(line.points, np.float64)
            if line.closed:
                points = np.vstack([points, points[:1]])
            rounds = 1 if line.layer in ("border", "province") or len(points) > 80 else 2
            curve = smooth(points, rounds)
            self._lines.setdefault(line.layer, []).append(_Stretch(line.grade, curve, box_of(curve), 1.0))
        rivers = self._lines.get("river", [])
        self._lines["river"] = [
            part for k, river in enumerate(rivers) for part in _tapered(hexmap, river, rivers[:k] + rivers[k + 1 :])
        ]

    def draw(self, surface: pygame.Surface, px: int, x0: int, y0: int) -> None:
        """Draw all lines that cross a rectangle of the map onto its picture; (x0, y0): its corner in map pixels."""
        _Sheet(self, surface, px, x0, y0).draw()

    def within(self, layer: str, box: tuple[float, float, float, float]) -> Iterable[tuple[int, F64, float]]:
        """Grade, points and share of width of the runs of a layer that touch the box."""
        for stretch in self._lines.get(layer, ()):
            if boxes_meet(stretch.box, box):
                for piece in pieces_in(stretch.points, box):
                    yield stretch.grade, piece, stretch.share


def _tapered(hexmap: HexMap, river: _Stretch, others: Sequence[_Stretch]) -> Iterable[_Stretch]:
    """The river cut into stretches that widen from its spring: an end in open country, away from other rivers."""
    points = river.points
    for turn in (False, True):
        end = points[-1] if turn else points[0]
        if not _is_spring(hexmap, end, others):
            continue
        run = lengths(points)
        cuts = [0.0, *(run[-1] * share for share in (0.08, 0.17, 0.27, 0.38)), run[-1]]
        line = points[::-1] if turn else points
        at = lengths(line)
        for k, (start, stop) in enumerate(pairwise(cuts)):
            inner = at[(at > start) & (at < stop)]
            part = along(line, np.concatenate([[start], inner, [stop]]))
            yield _Stretch(river.grade, part, box_of(part), 0.35 + 0.13 * k)
        return
    yield river


def _is_spring(hexmap: HexMap, end: F64, others: Sequence[_Stretch]) -> bool:
    hex_ = hexes.at(float(end[0]), float(end[1]), hexmap.cols, hexmap.rows)
    if hex_ == OFF_MAP or hexmap.is_coast[hex_] or not hexmap.is_land[hex_]:
        return False
    at_rim = (hexmap.neighbours[hex_] == OFF_MAP).any()
    by_lake = (hexmap.terrain[hexmap.neighbours[hex_]] == Terrain.LAKE).any()
    nearest = min((np.hypot(*(o.points - end).T).min() for o in others), default=9.0)
    return bool(not at_rim and not by_lake and nearest > 0.35)


class _Sheet:
    def __init__(self, art: LineArt, surface: pygame.Surface, px: int, x0: int, y0: int) -> None:
        self.art, self.surface, self.px = art, surface, px
        self.origin = np.array([x0, y0], np.float64)
        w, h = surface.get_size()
        pad = 14
        self.box = ((x0 - pad) / px, (y0 - pad) / px, (x0 + w + pad) / px, (y0 + h + pad) / px)
        self.z = line_weight(px)
        self.big = pygame.transform.scale(surface, (w * _SUPER, h * _SUPER))

    def runs(self, layer: str) -> list[tuple[int, F64]]:
        return [(grade, run) for grade, run, _ in self.stretches(layer)]

    def stretches(self, layer: str) -> list[tuple[int, F64, float]]:
        return [(g, p * self.px - self.origin, share) for g, p, share in self.art.within(layer, self.box)]

    def stroke(self, points: F64, colour: Rgb | Rgba, width: float) -> None:
        stroke(self.big, points * _SUPER, colour, width * _SUPER)

    def draw(self) -> None:
        if self.px >= 24:
            self.provinces()
        self.rivers()
        self.railways()
        self.roads()
        pygame.transform.smoothscale(self.big, self.surface.get_size(), self.surface)
        self.borders()

    def provinces(self) -> None:
        z = self.z
        colour = mix(theme.PROVINCE, theme.RICE, 0.30)
        for _, run in self.runs("province"):
            for dash in dashes(run, (5 * z, 1.2 * z), 3.2 * z):
                self.stroke(dash, colour, 0.9 * z)

    def rivers(self) -> None:
        z = self.z
        runs = [(run, _RIVER_WIDTH[River(grade)] * z * share) for grade, run, share in self.stretches("river")]
        for run, width in runs:
            self.stroke(run, theme.RIVER_EDGE, width + 1.5 * z)
        for run, width in runs:
            self.stroke(run, theme.RIVER, width)
        for run, width in runs:
            if width > 4 * z:
                self.stroke(run, theme.RIVER_SHINE, width * 0.45)

    def railways(self) -> None:
        z = self.z
        for grade, run in self.runs("rail"):
            self.stroke(run, theme.RAIL if grade == Rail.OPERATING else mix(theme.RAIL, theme.RICE, 0.35), 2.6 * z)
            gap = 5 * z if grade == Rail.OPERATING else 3 * z
            for dash in dashes(run, (10 * z - gap,), gap):
                self.stroke(dash, (236, 228, 206), 1.3 * z)

    def roads(self) -> None:
        z = self.z
        runs = self.runs("road")
        if self.px >= 24:
            for grade, run in runs:
                if grade == Road.TRACK:
                    for dash in dashes(run, (5 * z,), 3 * z):
                        self.stroke(dash, theme.TRACK, 1.3 * z)
        if self.px >= 24:
            for grade, run in runs:
                if grade >= Road.SECONDARY:
                    self.stroke(run, theme.CASING, (4.4 if grade == Road.PRIMARY else 3.3) * z)
        for grade, run in runs:
            if grade == Road.SECONDARY:
                self.stroke(run, theme.SECONDARY_ROAD if self.px >= 24 else mix(theme.CASING, theme.RICE, 0.4), 1.9 * z)
        for grade, run in runs:
            if grade == Road.PRIMARY:
                self.stroke(run, theme.PRIMARY_ROAD, 2.7 * z)

    def borders(self) -> None:
        """A soft band with a chain line: drawn last, half transparent."""
        runs = [run for _, run in self.runs("border")]
        if not runs:
            return
        z = self.z
        self.glaze(runs, 18 * z / 2, 2, 44)
        chain = [dash for run in runs for dash in dashes(run, (11 * z, 2 * z), 4 * z)]
        self.glaze(chain, 1.9 * z, 3, 230)

    def glaze(self, runs: Iterable[F64], width: float, n: int, alpha: int) -> None:
        """Border lines of one transparency, drawn n times larger so that crossings do not darken."""
        w, h = self.surface.get_size()
        layer = pygame.Surface((w * n, h * n), pygame.SRCALPHA)
        for run in runs:
            stroke(layer, run * n, theme.BORDER, width * n)
        small = pygame.transform.smoothscale(layer.premul_alpha(), (w, h))
        small.fill((alpha,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
        self.surface.blit(small, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
