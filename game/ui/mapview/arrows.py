"""Order arrows, paths, supply flows and reach: drawings that lie along hexes, kept per zoom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import pygame
from cachetools import LRUCache

from game.core.hexmap import HexMap
from game.core.ids import HexIndex
from game.ui import theme
from game.ui.fonts import Fonts
from game.ui.keeping import keep, keeping, kept, nbytes, once
from game.ui.mapview.canvas import Canvas
from game.ui.mapview.geometry import F64, CornerIndex, along, centre, chains, corners, dashes, lengths, smooth
from game.ui.mapview.scene import ArrowKind, Flow, PathPreview
from game.ui.theme import FactionStyle, Rgb, mix

_ARROWS_MB, _FLOWS_MB, _PREVIEWS_MB = 32.0, 8.0, 16.0
_CLEAR = 0.44
"""Share of a hex about its first place that a path to be taken leaves to the counter there."""
_ArrowKey: TypeAlias = tuple[tuple[HexIndex, ...], ArrowKind, FactionStyle, int, bool]


@dataclass(frozen=True)
class Sprite:
    """A premultiplied drawing with its corner in pixels of the whole map."""

    surface: pygame.Surface
    x: int
    y: int

    @property
    def nbytes(self) -> int:
        return nbytes(self.surface)

    def draw(self, target: pygame.Surface, origin: tuple[int, int]) -> None:
        at = (self.x - origin[0], self.y - origin[1])
        if at[0] < target.get_width() and at[1] < target.get_height():
            target.blit(self.surface, at, special_flags=pygame.BLEND_PREMULTIPLIED)


class _Sheet(Canvas):
    """A canvas placed on the map: draws in map pixels around the given points."""

    def __init__(self, around: F64, margin: float, n: int = 3) -> None:
        low, high = around.min(axis=0) - margin, around.max(axis=0) + margin
        self.x, self.y = int(np.floor(low[0])), int(np.floor(low[1]))
        super().__init__(high[0] - self.x + 1, high[1] - self.y + 1, n)
        self.shift = np.array([self.x, self.y], np.float64)

    def sprite(self, alpha: int = 255) -> Sprite:
        surface = self.surface()
        if alpha < 255:
            surface.fill((alpha,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
        return Sprite(surface, self.x, self.y)


class ArrowArt:
    """Makes and keeps sprites for one map, its factions and one interface scale."""

    def __init__(self, hexmap: HexMap, fonts: Fonts) -> None:
        self.hexmap, self.fonts = hexmap, fonts
        self._arrows: LRUCache[_ArrowKey, tuple[Sprite, tuple[float, float]]] = kept(_ARROWS_MB)
        self.pending = False
        """Whether an arrow was put off to a later frame."""
        self.flow = keeping(_FLOWS_MB)(self._flow)
        self.preview = keeping(_PREVIEWS_MB)(self._preview)
        self._reach_key: tuple[object, ...] = ()
        self._reach: Sprite | None = None

    def _line(self, path: Sequence[HexIndex], px: int) -> F64:
        return np.array([centre(self.hexmap, h) for h in path], np.float64) * px

    def arrow(
        self, path: tuple[HexIndex, ...], kind: ArrowKind, style: FactionStyle, px: int, highlighted: bool, make: bool
    ) -> tuple[Sprite, tuple[float, float]] | None:
        """Sprite of a planned order, and where its number goes (map pixels); None if it is not made yet and `make`
        does not allow it now: a frame has time for a few.
        """
        key = (path, kind, style, px, highlighted)
        found = self._arrows.get(key)
        if found is None and make:
            found = keep(self._arrows, key, self._arrow(*key))
        self.pending |= found is None
        return found

    def let_go(self) -> None:
        """Forget what has been drawn."""
        for cache in (self._arrows, self.flow.cache, self.preview.cache):
            cache.clear()
        self._reach_key, self._reach = (), None

    @property
    def nbytes(self) -> int:
        """Bytes of all drawings that are kept."""
        kept_bytes = self._arrows.currsize + self.flow.cache.currsize + self.preview.cache.currsize
        return int(kept_bytes) + nbytes(self._reach)

    def has_arrow(self, path: tuple[HexIndex, ...], kind: ArrowKind, style: FactionStyle, px: int, lit: bool) -> bool:
        """Whether the sprite is made already."""
        return (path, kind, style, px, lit) in self._arrows

    def _arrow(
        self, path: tuple[HexIndex, ...], kind: ArrowKind, style: FactionStyle, px: int, highlighted: bool
    ) -> tuple[Sprite, tuple[float, float]]:
        width = max(7.0, px * (0.40 if kind is ArrowKind.ASSAULT else 0.30))
        line = self._bent(self._line(path, px), px)
        run = lengths(line)[-1]
        first, tip = min(px * 0.42, run * 0.3), run - (px * 0.34 if kind is ArrowKind.ASSAULT else px * 0.20)
        head = min(width * 1.15, (tip - first) * 0.6)
        at = np.linspace(first, max(first + 1, tip - head), 48)
        spine = along(line, at)
        direction = np.gradient(spine, axis=0)
        direction /= np.maximum(np.hypot(direction[:, 0], direction[:, 1]), 1e-6)[:, None]
        normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
        half = np.linspace(width * 0.20, width * 0.36, 48)[:, None]
        point = along(line, [tip])[0]
        barb = normal[-1] * width * 0.82
        back = -direction[-1] * head * 0.12
        shape = np.vstack(
            [
                spine + normal * half,
                spine[-1] + barb + back,
                point,
                spine[-1] - barb + back,
                (spine - normal * half)[::-1],
            ]
        )
        sheet = _Sheet(shape, 8)
        colour = style.colour
        self._fill(sheet, shape - sheet.shift, kind, colour, highlighted, px)
        number = along(line, [min(tip - head * 1.2, first + px * 0.20)])[0]
        return sheet.sprite(), (float(number[0]), float(number[1]))

    def _fill(self, sheet: _Sheet, shape: F64, kind: ArrowKind, colour: Rgb, highlighted: bool, px: int) -> None:
        z = min(1.0, max(0.6, px / 64))
        sheet.polygon(shape + np.array((2.0, 3.0)), (20, 14, 8, 62))
        rim: Rgb = (255, 250, 236) if not highlighted else (255, 232, 150)
        if kind is ArrowKind.ASSAULT:
            sheet.polygon(shape, (*colour, 235))
            sheet.line(shape, rim, (2.6 if highlighted else 1.5) * z, closed=True)
            sheet.line(shape[:48], mix(colour, (0, 0, 0), 0.35), 0.8 * z)
        elif kind is ArrowKind.RAID:
            sheet.polygon(shape, (255, 246, 226, 130))
            for dash in dashes(np.vstack([shape, shape[:1]]), (2.2 * z,), 3.6 * z):
                sheet.line(dash, colour, 2.4 * z)
        else:
            sheet.polygon(shape, (255, 246, 226, 175 if highlighted else 135))
            edge = colour if kind is ArrowKind.MOVE else mix(colour, (70, 64, 58), 0.55)
            for dash in dashes(np.vstack([shape, shape[:1]]), ((7 if kind is ArrowKind.MOVE else 12) * z,), 4 * z):
                sheet.line(dash, edge, 2.1 * z)

    def _bent(self, line: F64, px: int) -> F64:
        """A smooth way through the hexes; a single step is bowed a little so that opposite arrows part."""
        if len(line) == 2:
            (x0, y0), (x1, y1) = line
            middle = ((x0 + x1) / 2 + (y1 - y0) * 0.12, (y0 + y1) / 2 - (x1 - x0) * 0.12)
            line = np.array([line[0], middle, line[1]])
        return smooth(line, 3)

    def number(self, number: int, style: FactionStyle, px: int) -> pygame.Surface:
        """The disc with an order's number, premultiplied."""
        return once(self.fonts.drawn, (number, style.dark, px), partial(_disc, self.fonts, number, style.dark, px))

    def _flow(self, flow: Flow, px: int) -> Sprite:
        line = smooth(self._line(flow.path, px), 2)
        width = max(2.0, flow.width * px / 64)
        sheet = _Sheet(line, width + 6)
        local = line - sheet.shift
        if flow.cut:
            for dash in dashes(local, (5.0,), 5.0):
                sheet.line(dash, theme.BAD, width * 0.6)
            return sheet.sprite(230)
        sheet.line(local, (58, 44, 20), width + 2.4)
        sheet.line(local, (246, 222, 138), width)
        total = lengths(local)[-1]
        for at in np.arange(px * 0.75, total - px * 0.2, px * 1.5):
            (x, y), (x1, y1) = along(local, [at, at + 2])
            d = max(1e-6, float(np.hypot(x1 - x, y1 - y)))
            dx, dy = (x1 - x) / d, (y1 - y) / d
            a = max(3.0, width * 0.75)
            sheet.polygon(
                [(x + dx * a, y + dy * a), (x - dy * a * 0.7, y + dx * a * 0.7), (x + dy * a * 0.7, y - dx * a * 0.7)],
                (58, 44, 20),
            )
        return sheet.sprite(235)

    def _preview(self, preview: PathPreview, px: int) -> Sprite:
        line = smooth(self._line(preview.path, px), 1)
        z = min(1.2, max(0.7, px / 64))
        flag_font = self.fonts.font("ui_semibold", 12)
        pad = 12 + (max((flag_font.size(t)[0] for _, t in preview.flags), default=0) + 30)
        sheet = _Sheet(line, pad, 2)
        colour: Rgb = (255, 206, 84) if preview.allowed else theme.BAD
        local = line - sheet.shift
        run = lengths(local)[-1]
        clear = local if run < px else along(local, np.linspace(px * _CLEAR, run, max(2, round(run / 4))))
        strokes = dashes(clear, (7 * z,), 5 * z)
        for dash in strokes:
            sheet.line(dash, (36, 28, 18), 6.2 * z)
        for dash in strokes:
            sheet.line(dash, colour, 3.4 * z)
        end = local[-1]
        sheet.circle(end[0], end[1], 6 * z, (36, 28, 18))
        sheet.circle(end[0], end[1], 4.2 * z, colour)
        sprite = sheet.sprite()
        taken: list[pygame.Rect] = []
        for hex_, words in reversed(preview.flags):  # the arrival, which is the last, has the first right to its place
            x, y = np.array(centre(self.hexmap, hex_)) * px - sheet.shift
            flag = tag(self.fonts, words)
            at = (round(x + 4 * z), round(y - flag.get_height() - 8 * z))
            room = flag.get_rect(topleft=at)
            if room.collidelist(taken) >= 0:
                continue
            taken.append(room)
            pole = pygame.Rect(round(x) - 1, at[1] + 2, 3, round(y) - at[1])
            pygame.draw.rect(sprite.surface, (36, 28, 18, 255), pole)
            sprite.surface.blit(flag, (at[0] - round(4 * z), at[1]), special_flags=pygame.BLEND_PREMULTIPLIED)
        return sprite

    def reach(self, reach: Mapping[HexIndex, str], px: int) -> Sprite | None:
        """Light over the hexes that can be reached, a rim around them, and the arrival in each at close zoom."""
        if not reach:
            return None
        key = (px, tuple(sorted(reach.items())))
        if key != self._reach_key:
            self._reach_key, self._reach = key, self._draw_reach(reach, px)
        return self._reach

    def _draw_reach(self, reach: Mapping[HexIndex, str], px: int) -> Sprite:
        middle = np.array([centre(self.hexmap, h) for h in sorted(reach)]) * px
        sheet = _Sheet(middle, px * 0.75, 2)
        for hex_ in sorted(reach):
            sheet.polygon(np.array(corners(self.hexmap, hex_, 1.01)) * px - sheet.shift, (255, 250, 220, 74))
        index = CornerIndex(self.hexmap)
        edges = [
            index.edge(h, d) for h in sorted(reach) for d in range(6) if int(self.hexmap.neighbours[h, d]) not in reach
        ]
        for chain in chains(edges):
            ring = smooth(index.line(chain)[:-1], 1, closed=True) * px - sheet.shift
            sheet.line(ring, (60, 46, 22), max(2.0, px * 0.055), closed=True)
            sheet.line(ring, (255, 238, 170), max(1.2, px * 0.030), closed=True)
        sprite = sheet.sprite()
        if px >= 48:
            for hex_ in sorted(reach):
                words = self.fonts.halo(reach[hex_], "ui_semibold", 11, theme.INK, theme.HALO, 2, 0.9)
                x, y = np.array(centre(self.hexmap, hex_)) * px - sheet.shift
                at = (round(x - words.get_width() / 2), round(y + px * 0.30 - words.get_height() / 2))
                sprite.surface.blit(words, at, special_flags=pygame.BLEND_PREMULTIPLIED)
        return sprite


def _disc(fonts: Fonts, number: int, colour: Rgb, px: int) -> pygame.Surface:
    r = (10 if px >= 40 else 8) * fonts.scale
    canvas = Canvas(2 * r + 2, 2 * r + 2, 4)
    canvas.circle(r + 1, r + 1, r, colour)
    canvas.circle(r + 1, r + 1, r - 1.4 * fonts.scale, (255, 250, 238))
    out = canvas.surface()
    size = 12 if px >= 40 and number < 10 else 10
    words = fonts.text(str(number), "ui_bold", size, colour).premul_alpha()
    at = (round((out.get_width() - words.get_width()) / 2), round((out.get_height() - words.get_height()) / 2))
    out.blit(words, at, special_flags=pygame.BLEND_PREMULTIPLIED)
    return out


def tag(fonts: Fonts, words: str) -> pygame.Surface:
    """A small dark label, premultiplied."""
    return once(fonts.drawn, words, partial(_tag, fonts, words))


def _tag(fonts: Fonts, words: str) -> pygame.Surface:
    picture = fonts.text(words, "ui_semibold", 12, theme.TEXT).premul_alpha()
    pad = round(6 * fonts.scale)
    canvas = Canvas(picture.get_width() + 2 * pad, picture.get_height() + pad, 3)
    canvas.rect(0, 0, canvas.w, canvas.h, (20, 18, 16, 235), 4 * fonts.scale)
    out = canvas.surface()
    out.blit(picture, (pad, pad // 2), special_flags=pygame.BLEND_PREMULTIPLIED)
    return out
