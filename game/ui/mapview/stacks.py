"""Counters where they stand: stacks, neighbours in one hex, opened stacks, and what lies under the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from game.core.ids import OFF_MAP, HexIndex
from game.ui.mapview.camera import Camera
from game.ui.mapview.canvas import blit
from game.ui.mapview.counters import CounterArt
from game.ui.mapview.geometry import Point, centre
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


class _Laid:
    """The piles of a scene's stacks at one zoom: where they stand on the whole map, and their pictures as made."""

    def __init__(self, stacks: Sequence[CounterStack], camera: Camera) -> None:
        self.stacks, self.px = stacks, camera.zoom
        self.piles = [standings(stack, self.px) for stack in stacks]
        places = [centre(camera.hexmap, stack.hex) for stack in stacks]
        self.at = np.array(places, np.float64).reshape(len(places), 2) * self.px
        """[stacks, 2] middle of the hex in pixels of the whole map."""
        self.pictures: dict[tuple[int, int], pygame.Surface] = {}
        self.due = [(k, n) for k, piles in enumerate(self.piles) for n in range(len(piles))]
        """Piles that may have no picture yet."""

    def is_for(self, stacks: Sequence[CounterStack], camera: Camera) -> bool:
        return self.stacks is stacks and self.px == camera.zoom

    def near(self, origin: tuple[int, int], size: tuple[int, int]) -> list[int]:
        """Stacks in the window or at its rim."""
        at, m = self.at - np.array(origin), self.px
        inside = (at[:, 0] > -m) & (at[:, 0] < size[0] + m) & (at[:, 1] > -m) & (at[:, 1] < size[1] + m)
        found: list[int] = np.flatnonzero(inside).tolist()
        return found


class StackLayer:
    """Draws the counters of a scene and answers clicks on them."""

    def __init__(self, art: CounterArt) -> None:
        self.art = art
        self.opened: HexIndex = OFF_MAP
        self._drawn: list[Standing] = []
        self._fan: list[Standing] = []
        self._laid: _Laid | None = None
        self._obstacles: tuple[Rect, ...] | None = None
        self.tray: pygame.Rect | None = None
        """Where the opened stack lies on the screen, as last drawn."""

    @property
    def pending(self) -> bool:
        """Whether counters out of sight have no picture yet."""
        return self._laid is not None and bool(self._laid.due)

    def _lay(self, stacks: Sequence[CounterStack], camera: Camera) -> _Laid:
        """The piles of these stacks, worked out anew only if the stacks or the zoom are others."""
        if self._laid is None or not self._laid.is_for(stacks, camera):
            self._laid, self._obstacles = _Laid(stacks, camera), None
        return self._laid

    def obstacles(self, stacks: Sequence[CounterStack], camera: Camera) -> tuple[Rect, ...]:
        """Rectangles that labels avoid, in pixels of the whole map."""
        laid = self._lay(stacks, camera)
        if self._obstacles is None:
            out = []
            for (x, y), piles in zip(laid.at.tolist(), laid.piles, strict=True):
                for s in piles:
                    left, top, w, h = s.rect
                    edge = 3 if len(s.counters) == 1 else 7
                    out.append((round(left + x) - 2.0, round(top + y) - edge, w + edge + 2, h + edge + 2))
            self._obstacles = tuple(out)
        return self._obstacles

    def draw(
        self,
        target: pygame.Surface,
        camera: Camera,
        stacks: Sequence[CounterStack],
        hidden: Mapping[int, Point],
        fanned: bool = True,
    ) -> None:
        """Draw all stacks in the window, the opened one fanned out or not; counters with an id in `hidden` are under
        way and left out.
        """
        self._drawn, self._fan, self.tray = [], [], None
        opened: CounterStack | None = None
        laid, (ox, oy) = self._lay(stacks, camera), camera.origin
        for k in laid.near((ox, oy), target.get_size()):
            x, y = float(laid.at[k, 0]) - ox, float(laid.at[k, 1]) - oy
            stack, piles, whole = stacks[k], laid.piles[k], True
            if hidden and any(c.id in hidden for c in stack.counters):
                stack = CounterStack(stack.hex, tuple(c for c in stack.counters if c.id not in hidden))
                if not stack.counters:
                    continue
                piles, whole = standings(stack, laid.px), False
            if stack.hex == self.opened:
                opened = stack
            for n, s in enumerate(piles):
                place = Standing(s.hex, s.counters, x + s.x, y + s.y, s.size)
                self._drawn.append(place)
                blit(target, self._made(laid, k, n) if whole else self._picture(s), place.x, place.y)
        while laid.due and laid.due[-1] in laid.pictures:
            laid.due.pop()
        if laid.due:
            self._made(laid, *laid.due.pop())
        if fanned and opened is not None and self._is_free(camera, opened.hex):
            self._draw_fan(target, camera, opened)

    def _made(self, laid: _Laid, k: int, n: int) -> pygame.Surface:
        """The picture of a pile, kept. One that is out of sight is made with every frame, so that panning to where
        many stand takes no long frame.
        """
        found = laid.pictures.get((k, n))
        if found is None:
            found = laid.pictures[k, n] = self._picture(laid.piles[k][n])
        return found

    def _picture(self, place: Standing) -> pygame.Surface:
        top = next((c for c in place.counters if c.selected), place.counters[0])
        return self.art.picture(top, place.size, len(place.counters), sum(c.men for c in place.counters))

    @staticmethod
    def _is_free(camera: Camera, hex_: HexIndex) -> bool:
        """Whether a hex is in the part of the window that no panel hides."""
        (x, y), (left, top, right, bottom) = camera.hex_centre(hex_), camera.insets
        return left < x < camera.size[0] - right and top < y < camera.size[1] - bottom

    def _draw_fan(self, target: pygame.Surface, camera: Camera, stack: CounterStack) -> None:
        """All counters of a hex side by side on a tray."""
        size = max(round(46 * self.art.fonts.scale), counter_size(camera.zoom))
        step = round(size * 1.22)
        rows = -(-len(stack.counters) // _IN_A_ROW)
        per_row = -(-len(stack.counters) // rows)
        width, height = per_row * step + 12, rows * step + 12
        self.tray = self._tray(camera, stack, (width, height))
        left, top = self.tray.topleft
        target.blit(unit_fan(width, height), self.tray, special_flags=pygame.BLEND_PREMULTIPLIED)
        for k, counter in enumerate(stack.counters):
            cx = left + 6 + (k % per_row + 0.5) * step
            cy = top + 6 + (k // per_row + 0.5) * step
            self._fan.append(Standing(stack.hex, (counter,), cx, cy, size))
            blit(target, self.art.picture(counter, size), cx, cy)

    def _tray(self, camera: Camera, stack: CounterStack, size: tuple[int, int]) -> pygame.Rect:
        """Where the fan of a stack lies: beside its hex, over as little of others' forces as can be, and then of the
        stack's own side's; above the hex rather than below it, and rather than at its sides.
        """
        (x, y), (w, h), gap = camera.hex_centre(stack.hex), size, camera.zoom * 0.62
        left, top, right, bottom = camera.insets
        free = pygame.Rect(left + 4, top + 4, camera.size[0] - left - right - 8, camera.size[1] - top - bottom - 8)
        corners = ((x - w / 2, y - gap - h), (x - w / 2, y + gap), (x - gap - w, y - h / 2), (x + gap, y - h / 2))
        trays = [pygame.Rect(round(a), round(b), w, h).clamp(free) for a, b in corners]
        owner = stack.counters[0].faction
        half = camera.zoom / 2

        def cost(tray: pygame.Rect) -> tuple[int, int, int]:
            covered = [0, 0]
            for place in self._drawn:
                hex_box = pygame.Rect(round(place.x - half), round(place.y - half), 2 * round(half), 2 * round(half))
                if place.hex != stack.hex and tray.colliderect(hex_box):
                    covered[place.counters[0].faction == owner] += 1
            over_itself = tray.collidepoint(x, y)
            return over_itself, covered[0], covered[1]

        return min(trays, key=cost)

    def hit(self, pos: Point, fan: bool = True) -> CounterHit | None:
        """The counter drawn last under a screen point; `fan`: the fanned out ones count."""
        for place in [*(self._fan[::-1] if fan else ()), *self._drawn[::-1]]:
            left, top, w, h = place.rect
            if left <= pos[0] < left + w and top <= pos[1] < top + h:
                top_counter = next((c for c in place.counters if c.selected), place.counters[0])
                return CounterHit(place.hex, top_counter, place.counters)
        return None
