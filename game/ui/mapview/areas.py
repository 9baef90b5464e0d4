"""Land, lakes and the wet season's lake as filled areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pygame

from game.core.hexmap import HexMap, MapLine
from game.ui.mapview.geometry import (
    F32,
    F64,
    RADIUS,
    box_of,
    boxes_meet,
    centres,
    clip_polygon,
    hex_grid,
    smooth,
    world_size,
)

_SUPER = 3
_FINE_LINE = 60
"""Outlines with more points than this are drawn as they are; coarser ones are smoothed."""


class Areas:
    """The closed outlines of a map. An outline within another is a hole: an island in a lake, a lake in the land."""

    def __init__(self, hexmap: HexMap, lines: Sequence[MapLine]) -> None:
        """`lines` as derive.complete gives them."""
        self.hexmap = hexmap
        self._outlines = {
            layer: [
                (box_of(outline), outline)
                for line in lines
                if line.layer == layer and line.closed
                for outline in [smooth(line.points, 0 if len(line.points) > _FINE_LINE else 2, closed=True)]
            ]
            for layer in ("coast", "lake", "wet_lake")
        }
        self._outlines["coast"] += [(box_of(outline), outline) for outline in self._islets()]

    def coverage(
        self, layer: str, px: float, box: tuple[float, float, float, float], w: int, h: int, n: int = _SUPER
    ) -> F32:
        """Share 0..1 of every pixel inside the outlines of a layer: float32 [h, w]; box in world units.

        `n` x `n` samples are taken in each pixel.
        """
        inside = [outline for extent, outline in self._outlines[layer] if boxes_meet(extent, box)]
        if not inside:
            return np.zeros((h, w), np.float32)
        total = np.zeros((w * n, h * n), np.uint8)
        mask = pygame.Surface((w * n, h * n), depth=8)
        mask.set_palette([(i, i, i) for i in range(256)])
        grown = (box[0] - 0.2, box[1] - 0.2, box[2] + 0.2, box[3] + 0.2)
        for outline in inside:
            cut = clip_polygon(outline, grown)
            if len(cut) >= 3:
                mask.fill(0)
                pygame.draw.polygon(mask, 1, ((cut - (box[0], box[1])) * (px * n)).tolist())
                total ^= pygame.surfarray.pixels2d(mask)
        share: F32 = total.reshape(w, n, h, n).mean(axis=(1, 3), dtype=np.float32).T
        return share

    def sampled(self, layer: str, xs: F32, ys: F32) -> F32:
        """Coverage on an evenly spaced raster with columns xs and rows ys."""
        step = float(xs[1] - xs[0])
        box = (float(xs[0]) - step / 2, float(ys[0]) - step / 2, float(xs[-1]) + step / 2, float(ys[-1]) + step / 2)
        return self.coverage(layer, 1 / step, box, len(xs), len(ys), 2)

    def _islets(self) -> Iterable[F64]:
        """Outlines for land hexes that the coast leaves wholly under water: a small island in each."""
        w, h = world_size(self.hexmap)
        xs, ys = (np.arange(0.0625, length, 0.125, dtype=np.float32) for length in (w, h))
        number = hex_grid(xs, ys, self.hexmap.cols, self.hexmap.rows)[0].ravel() + 1
        share = np.bincount(number, self.sampled("coast", xs, ys).ravel(), self.hexmap.n + 1)[1:]
        area = np.bincount(number, minlength=self.hexmap.n + 1)[1:]
        turn = np.linspace(0, 2 * np.pi, 13)[:-1]
        for hex_ in np.flatnonzero(self.hexmap.is_land & (share < 0.03 * area)).tolist():
            radius = RADIUS * (0.35 + 0.15 * np.sin(turn * 2 + hex_) + 0.09 * np.sin(turn * 3 + 2 * hex_))
            ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * radius[:, None] + centres(self.hexmap)[hex_]
            yield smooth(ring, 2, closed=True)
