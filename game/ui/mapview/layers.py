"""What a turn lays over the land: overlay, fog, control bands and the front, merged into one piece of picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pygame

from game.core.hexmap import HexMap, MapLine
from game.core.ids import NO_FACTION, Season, Terrain
from game.ui import theme
from game.ui.mapview.areas import Areas
from game.ui.mapview.canvas import Canvas
from game.ui.mapview.geometry import (
    EDGE_NORMALS,
    F32,
    F64,
    ROW_STEP,
    CornerIndex,
    box_of,
    boxes_meet,
    chains,
    hex_grid,
    pieces_in,
    smooth,
)
from game.ui.mapview.scene import HexOverlay, MapScene
from game.ui.theme import FactionStyle, Rgb, mix
from game.ui.work import between_frames

_BAND = 0.30
"""Depth of a control band, hex widths."""
_BAND_ALPHA = 0.46
_FOG_SHADE = 0.13
_FOG_HATCH = 0.30
_PALE_LAND, _PALE_WATER = 0.62, 0.25
"""How far land and water fade towards grey paper under an overlay."""


@dataclass(frozen=True)
class LayerState:
    """The part of a scene that is merged into the land; never changed once made."""

    hexmap: HexMap
    season: Season
    control: npt.NDArray[np.int8] | None
    at_war: npt.NDArray[np.bool_] | None
    visible: npt.NDArray[np.bool_] | None
    overlay: HexOverlay | None

    @classmethod
    def of(cls, hexmap: HexMap, scene: MapScene) -> LayerState:
        """A private copy of what the scene says now."""
        return cls(
            hexmap,
            scene.season,
            None if scene.control is None else scene.control.astype(np.int8).copy(),
            None if scene.at_war is None else scene.at_war.astype(np.bool_).copy(),
            None if scene.visible is None else scene.visible.astype(np.bool_).copy(),
            None if scene.overlay is None else replace(scene.overlay, class_of_hex=scene.overlay.class_of_hex.copy()),
        )

    def same(self, other: LayerState | None) -> bool:
        return (
            other is not None
            and self.season == other.season
            and _equal(self.control, other.control)
            and _equal(self.at_war, other.at_war)
            and _equal(self.visible, other.visible)
            and _same_overlay(self.overlay, other.overlay)
        )

    def mark(self, box: tuple[float, float, float, float]) -> bytes:
        """Equal for two states exactly when they look the same in a box (world units)."""
        shape = self.hexmap.rows, self.hexmap.cols
        part = np.s_[
            max(0, int(box[1] / ROW_STEP) - 2) : min(self.hexmap.rows, int(box[3] / ROW_STEP) + 3),
            max(0, int(box[0]) - 2) : min(self.hexmap.cols, int(box[2]) + 3),
        ]
        pieces = [bytes([self.season])]
        classes = None if self.overlay is None else self.overlay.class_of_hex
        for array in (self.control, self.visible, classes):
            pieces.append(b"-" if array is None else np.asarray(array).reshape(shape)[part].tobytes())
        if self.overlay is not None:
            pieces.append(self._classes)
        if self.at_war is not None:
            pieces.append(self.at_war.tobytes())
        return b"|".join(pieces)

    @cached_property
    def _classes(self) -> bytes:
        """How the overlay's classes look."""
        return b"" if self.overlay is None else repr(self.overlay.classes).encode()

    @cached_property
    def foreign(self) -> npt.NDArray[np.bool_]:
        """[n + 1, 6]: whether somebody else holds the neighbour; the last row is for points off the map."""
        out = np.zeros((self.hexmap.n + 1, 6), np.bool_)
        if self.control is not None:
            owner = np.append(self.control, NO_FACTION)
            beside = owner[self.hexmap.neighbours]
            mine = self.control[:, None]
            off = self.hexmap.neighbours < 0
            out[:-1] = (beside != mine) & (mine != NO_FACTION) & (beside != NO_FACTION) & ~off
        return out

    @cached_property
    def fronts(self) -> list[tuple[F64, tuple[float, float, float, float]]]:
        """Smoothed lines between factions at war, world units, with their boxes."""
        if self.control is None:
            return []
        index = CornerIndex(self.hexmap)
        edges = []
        for hex_, d in np.argwhere(self.foreign[:-1, :3]).tolist():
            a, b = int(self.control[hex_]), int(self.control[self.hexmap.neighbours[hex_, d]])
            if self.at_war is None or self.at_war[a, b] or self.at_war[b, a]:
                edges.append(index.edge(hex_, d))
        lines = []
        for chain in chains(edges):
            points = index.line(chain)
            closed = chain[0] == chain[-1]
            curve = smooth(points[:-1] if closed else points, 2, closed)
            lines.append(np.vstack([curve, curve[:1]]) if closed else curve)
        return [(line, box_of(line)) for line in lines]


def _equal(a: npt.NDArray[np.generic] | None, b: npt.NDArray[np.generic] | None) -> bool:
    return a is b or (a is not None and b is not None and np.array_equal(a, b))


def _same_overlay(a: HexOverlay | None, b: HexOverlay | None) -> bool:
    return a is b or (
        a is not None and b is not None and a.classes == b.classes and np.array_equal(a.class_of_hex, b.class_of_hex)
    )


class LayerPainter:
    """Merges a state into pieces of the land."""

    def __init__(self, hexmap: HexMap, lines: Sequence[MapLine], factions: Sequence[FactionStyle]) -> None:
        """`lines` are those of derive.complete."""
        self.hexmap = hexmap
        self.areas = Areas(hexmap, lines)
        self._wet = np.append(hexmap.terrain == Terrain.SEA, True)
        self.pale = np.where(hexmap.is_land, _PALE_LAND, _PALE_WATER).astype(np.float32)
        self.bands = np.array([f.colour for f in factions] + [(0, 0, 0)], np.float32)

    def merge(self, land: pygame.Surface, px: int, x0: int, y0: int, state: LayerState) -> pygame.Surface:
        """A copy of a piece of land with the state laid over it; (x0, y0): its corner in map pixels."""
        w, h = land.get_size()
        box = (x0 / px, y0 / px, (x0 + w) / px, (y0 + h) / px)
        xs = ((np.arange(w) + x0 + 0.5) / px).astype(np.float32)
        ys = ((np.arange(h) + y0 + 0.5) / px).astype(np.float32)
        number, off_x, off_y = hex_grid(xs, ys, self.hexmap.cols, self.hexmap.rows)
        inside = number >= 0
        bare = np.ascontiguousarray(pygame.surfarray.array3d(land).T, np.float32)
        image = bare.copy()
        between_frames()
        if state.overlay is not None:
            _lay_overlay(image, state.overlay, number, np.append(self.pale, np.float32(0))[number], x0, y0)
        if state.visible is not None:
            _fog(image, np.append(~state.visible, False)[number], x0, y0, 0.55 if state.overlay else 1.0)
        between_frames()
        if state.control is not None:
            self._band(image, number, off_x, off_y, px, state)
        between_frames()
        wet = self._wet[number]
        if wet.any():
            image = bare + (image - bare) * np.maximum(self.areas.coverage("coast", px, box, w, h, 2), wet)
        if not inside.all():
            image[:, ~inside] = np.array(theme.WINDOW, np.float32)[:, None]
        between_frames()
        out = pygame.Surface((w, h), 0, 32)
        pygame.surfarray.blit_array(out, np.clip(image, 0, 255).astype(np.uint8).T)
        _front(out, px, x0, y0, box, state)
        return out

    def _band(
        self, image: F32, number: npt.NDArray[np.int32], off_x: F32, off_y: F32, px: int, state: LayerState
    ) -> None:
        """The owner's colour along the rim of his land, strongest at the edge."""
        foreign = state.foreign
        rows, cols = np.nonzero(np.any(foreign, axis=1, keepdims=True)[number, 0])
        if len(rows) == 0:
            return
        here, x, y = number[rows, cols], off_x[rows, cols], off_y[rows, cols]
        depth = np.full(len(rows), 9.0, np.float32)
        for d, (nx, ny) in enumerate(EDGE_NORMALS):
            gap = np.float32(0.5) - (x * np.float32(nx) + y * np.float32(ny))
            np.minimum(depth, np.where(foreign[here, d], gap, np.float32(9.0)), out=depth)
        fade = np.clip(1 - depth / np.float32(_BAND), 0, 1)
        rim = np.clip(1.4 - depth * px, 0, 1) * np.float32(0.5)
        assert state.control is not None
        alpha = np.maximum(np.float32(_BAND_ALPHA) * (0.35 * fade + 0.65 * fade * fade) + 0.06 * (fade > 0), rim)
        colour = self.bands[np.append(state.control, NO_FACTION)[here]].T
        image[:, rows, cols] += (colour - image[:, rows, cols]) * alpha


def _towards(image: F32, colour: Rgb, share: F32) -> None:
    """Blend planes [3, h, w] in place towards a colour by a share a pixel."""
    for plane, value in zip(image, colour, strict=True):
        plane += (np.float32(value) - plane) * share


def _fog(image: F32, hidden: npt.NDArray[np.bool_], x0: int, y0: int, strength: float) -> None:
    if not hidden.any():
        return
    h, w = hidden.shape
    share = hidden.astype(np.float32) * np.float32(strength)
    _towards(image, (70, 62, 54), share * np.float32(_FOG_SHADE))
    _towards(image, (58, 50, 40), _hatch("diagonal", w, h, x0, y0) * share * np.float32(_FOG_HATCH))


def _lay_overlay(image: F32, overlay: HexOverlay, number: npt.NDArray[np.int32], pale: F32, x0: int, y0: int) -> None:
    grey = image[0] * np.float32(0.30) + image[1] * np.float32(0.59) + image[2] * np.float32(0.11)
    for plane, (slope, lift) in zip(image, ((0.80, 42), (0.78, 38), (0.70, 34)), strict=True):
        plane += (grey * np.float32(slope) + np.float32(lift) - plane) * pale
    row = np.append(overlay.class_of_hex, -1)[number]
    relief = (grey - np.float32(205)) * np.float32(0.35)
    alpha = np.array([c.alpha for c in overlay.classes] + [0.0], np.float32)[row]
    colours = np.array([c.colour for c in overlay.classes] + [(0, 0, 0)], np.float32)
    for plane, column in zip(image, colours.T, strict=True):
        plane += (column[row] + relief - plane) * alpha
    for k, step in enumerate(overlay.classes):
        here = row == k
        if step.pattern != "solid" and here.any():
            h, w = here.shape
            mark = _hatch(step.pattern, w, h, x0, y0) * (here * np.float32(0.30))
            _towards(image, mix(step.colour, theme.INK, 0.55), mark)


@lru_cache(maxsize=16)
def _hatch_tile(pattern: str) -> F32:
    """A seamless 48 x 48 stencil 0..1 of a pattern with 8-pixel steps."""
    y, x = np.mgrid[0:48, 0:48].astype(np.float32)

    def lines(v: F32, step: float = 8.0, width: float = 0.9) -> F32:
        stencil: F32 = np.clip(width + 0.3 - np.abs(v % step - step / 2), 0, 1).astype(np.float32)
        return stencil

    rising, falling = lines(x + y, 8, 0.6), lines(x - y, 8, 0.6)
    level, upright = lines(y), lines(x)
    dot_y = np.floor(y / 6)
    dots = np.clip(2.0 - np.hypot((x + 3 * (dot_y % 2)) % 6 - 3, y % 6 - 3), 0, 1).astype(np.float32)
    tiles: dict[str, F32] = {
        "solid": np.zeros_like(x),
        "diagonal": rising,
        "back_diagonal": falling,
        "cross_hatch": np.maximum(rising, falling),
        "horizontal": level,
        "vertical": upright,
        "grid": np.maximum(level, upright),
        "thick_horizontal": lines(y, 8, 1.8),
        "dots": dots,
        "small_dots": np.clip(dots * 2 - 1, 0, 1),
    }
    return tiles[pattern]


def _hatch(pattern: str, w: int, h: int, x0: int, y0: int) -> F32:
    tile = _hatch_tile(pattern)
    rows, cols = (np.arange(h) + y0) % 48, (np.arange(w) + x0) % 48
    out: F32 = tile[rows[:, None], cols[None, :]]
    return out


def _front(
    surface: pygame.Surface, px: int, x0: int, y0: int, box: tuple[float, float, float, float], state: LayerState
) -> None:
    """The line between armies at war: a cream line in a dark casing, thinner as one looks from further away."""
    pad = 10 / px
    wide = (box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad)
    runs = [
        run * px - np.array([x0, y0])
        for line, extent in state.fronts
        if boxes_meet(extent, wide)
        for run in pieces_in(line, wide)
    ]
    if not runs:
        return
    z = min(1.15, max(0.5, px / 64))
    canvas = Canvas(*surface.get_size(), n=2)
    styles: tuple[tuple[Rgb, float], ...] = (
        ((48, 30, 22), 4.6 * z),
        ((255, 244, 220), 2.6 * z),
        ((122, 40, 30), 0.9 * z),
    )
    for colour, width in styles if px >= 24 else (((96, 34, 26), 2.2),):
        for run in runs:
            canvas.line(run, colour, width)
    surface.blit(canvas.surface(), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
