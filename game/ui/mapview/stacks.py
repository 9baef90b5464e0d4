"""Counters where they stand: stacks, neighbours in one hex, opened stacks, and what lies under the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pygame

from game.core.ids import OFF_MAP, HexIndex
from game.ui.mapview.camera import Camera
from game.ui.mapview.canvas import blit
from game.ui.mapview.counters import CounterArt
from game.ui.mapview.geometry import Point
from game.ui.mapview.marks import unit_fan
from game.ui.mapview.placer import Rect
from game.ui.mapview.scene import Counter, CounterStack

_IN_A_ROW = 6
"""Most counters in a row of an opened stack."""
SHARE = 50 / 64
"""Size of a counter against its hex."""


@dataclass(frozen=True)
class Standing:
    """A counter or pile of one faction, drawn about (x, y) on the screen or the map."""

    hex: HexIndex
    counters: tuple[Counter, ...]
    x: float
    y: float
    size: int

    @property
    def rect(self) -> Rect:
        return self.x - self.size / 2, self.y - self.size / 2, float(self.size), float(self.size)


@dataclass(frozen=True)
class CounterHit:
    """What a click on a counter means."""

    hex: HexIndex
    counter: Counter
    """The counter itself, or the top one of a pile."""
    pile: tuple[Counter, ...]
    """All counters of the faction there."""


def counter_size(px: int) -> int:
    """Side of a counter at a zoom; never too small to tell owners apart."""
    return max(15, round(px * SHARE))


def standings(stack: CounterStack, px: int) -> list[Standing]:
    """Where the piles of a hex stand, as offsets from its centre; the foremost faction last, so that it lies on top."""
    piles: dict[int, list[Counter]] = {}
    for counter in stack.counters:
        piles.setdefault(counter.faction, []).append(counter)
    size = counter_size(px)
    if len(piles) == 1:
        return [Standing(stack.hex, stack.counters, 0, 0, size)]
    smaller = max(14, round(size * (0.74 if len(piles) == 2 else 0.62)))
    spots = [(-0.13, -0.13), (0.20, 0.20), (0.22, -0.22), (-0.22, 0.24)]
    out = [
        Standing(stack.hex, tuple(pile), spots[min(k, 3)][0] * px, spots[min(k, 3)][1] * px, smaller)
        for k, pile in enumerate(piles.values())
    ]
    return out[::-1]


class StackLayer:
    """Draws the counters of a scene and answers clicks on them."""

    def __init__(self, art: CounterArt) -> None:
        self.art = art
        self.opened: HexIndex = OFF_MAP
        self._drawn: list[Standing] = []
        self._fan: list[Standing] = []
        self.tray: pygame.Rect | None = None
        """Where the opened stack lies on the screen, as last drawn."""

    def obstacles(self, stacks: Iterable[CounterStack], camera: Camera) -> tuple[Rect, ...]:
        """Rectangles that labels avoid, in pixels of the whole map."""
        ox, oy = camera.origin
        out = []
        for stack in stacks:
            x, y = camera.hex_centre(stack.hex)
            for s in standings(stack, camera.zoom):
                left, top, w, h = s.rect
                edge = 3 if len(s.counters) == 1 else 7
                out.append((round(left + x + ox) - 2.0, round(top + y + oy) - edge, w + edge + 2, h + edge + 2))
        return tuple(out)

    def draw(
        self, target: pygame.Surface, camera: Camera, stacks: Iterable[CounterStack], hidden: Mapping[int, Point]
    ) -> None:
        """Draw all stacks in the window; counters with an id in `hidden` are under way and left out."""
        self._drawn, self._fan, self.tray = [], [], None
        w, h = target.get_size()
        opened: CounterStack | None = None
        margin = camera.zoom
        for stack in stacks:
            x, y = camera.hex_centre(stack.hex)
            if not (-margin < x < w + margin and -margin < y < h + margin):
                continue
            if hidden:
                stack = CounterStack(stack.hex, tuple(c for c in stack.counters if c.id not in hidden))
                if not stack.counters:
                    continue
            if stack.hex == self.opened:
                opened = stack
            for s in standings(stack, camera.zoom):
                place = Standing(s.hex, s.counters, x + s.x, y + s.y, s.size)
                self._drawn.append(place)
                self._draw_pile(target, place)
        if opened is not None and self._is_free(camera, opened.hex):
            self._draw_fan(target, camera, opened)

    def _draw_pile(self, target: pygame.Surface, place: Standing) -> None:
        top = next((c for c in place.counters if c.selected), place.counters[0])
        men = sum(c.men for c in place.counters)
        blit(target, self.art.picture(top, place.size, len(place.counters), men), place.x, place.y)

    @staticmethod
    def _is_free(camera: Camera, hex_: HexIndex) -> bool:
        """Whether a hex is in the part of the window that no panel hides."""
        (x, y), (left, top, right, bottom) = camera.hex_centre(hex_), camera.insets
        return left < x < camera.size[0] - right and top < y < camera.size[1] - bottom

    def _draw_fan(self, target: pygame.Surface, camera: Camera, stack: CounterStack) -> None:
        """All counters of a hex side by side on a tray above it (below it at the window's upper rim)."""
        size = max(round(46 * self.art.fonts.scale), counter_size(camera.zoom))
        step = round(size * 1.22)
        rows = -(-len(stack.counters) // _IN_A_ROW)
        per_row = -(-len(stack.counters) // rows)
        width, height = per_row * step + 12, rows * step + 12
        x, y = camera.hex_centre(stack.hex)
        top = y - camera.zoom * 0.62 - height
        if top < camera.insets[1] + 4:
            top = y + camera.zoom * 0.62
        left = min(max(camera.insets[0] + 4.0, x - width / 2), target.get_width() - camera.insets[2] - width - 4.0)
        self.tray = pygame.Rect(round(left), round(top), width, height)
        target.blit(unit_fan(width, height), self.tray, special_flags=pygame.BLEND_PREMULTIPLIED)
        for k, counter in enumerate(stack.counters):
            cx = left + 6 + (k % per_row + 0.5) * step
            cy = top + 6 + (k // per_row + 0.5) * step
            self._fan.append(Standing(stack.hex, (counter,), cx, cy, size))
            blit(target, self.art.picture(counter, size), cx, cy)

    def hit(self, pos: Point) -> CounterHit | None:
        """The counter drawn last under a screen point."""
        for place in [*self._fan[::-1], *self._drawn[::-1]]:
            left, top, w, h = place.rect
            if left <= pos[0] < left + w and top <= pos[1] < top + h:
                top_counter = next((c for c in place.counters if c.selected), place.counters[0])
                return CounterHit(place.hex, top_counter, place.counters)
        return None
