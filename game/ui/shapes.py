"""Small drawn things: rounded boxes, shadows, icons, faction chips. All sizes are screen pixels; all results cached."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from math import cos, pi, sin

import pygame

from game.ui.keeping import keeping
from game.ui.mapview import Symbol, marks
from game.ui.mapview.canvas import Canvas
from game.ui.mapview.symbols import draw_symbol
from game.ui.theme import FactionStyle, Rgb

_OVER = 4
"""Drawings are made this many times larger and shrunk: smooth edges without a drawing library."""

Point = tuple[float, float]

CORNER = 8
"""Pixels at scale 1 within which the corners of every box are round."""


class Ink:
    """A small surface to draw on in `size` units, shrunk smoothly into `pixels` at the end."""

    def __init__(self, width: int, height: int, units: float) -> None:
        """`units`: how many drawing units the width has."""
        self.width, self.height = width, height
        self.k = width * _OVER / units
        self.surface = pygame.Surface((width * _OVER, height * _OVER), pygame.SRCALPHA)

    def poly(self, points: Sequence[Point], colour: Rgb) -> None:
        pygame.draw.polygon(self.surface, colour, [(x * self.k, y * self.k) for x, y in points])

    def disc(self, x: float, y: float, r: float, colour: Rgb, width: float = 0) -> None:
        pygame.draw.circle(self.surface, colour, (x * self.k, y * self.k), r * self.k, round(width * self.k))

    def box(self, x: float, y: float, w: float, h: float, colour: Rgb, radius: float = 0) -> None:
        k = self.k
        rect = pygame.Rect(round(x * k), round(y * k), round(w * k), round(h * k))
        pygame.draw.rect(self.surface, colour, rect, border_radius=round(radius * k))

    def line(self, points: Sequence[Point], colour: Rgb, width: float) -> None:
        k, r = self.k, width * self.k / 2
        scaled = [(x * k, y * k) for x, y in points]
        for (x0, y0), (x1, y1) in itertools.pairwise(scaled):
            length = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
            nx, ny = -(y1 - y0) / length * r, (x1 - x0) / length * r
            corners = [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]
            pygame.draw.polygon(self.surface, colour, corners)
            pygame.draw.circle(self.surface, colour, (x1, y1), r)
        pygame.draw.circle(self.surface, colour, scaled[0], r)

    def done(self) -> pygame.Surface:
        """The drawing at its final size, premultiplied: blit with BLEND_PREMULTIPLIED."""
        return pygame.transform.smoothscale(self.surface.premul_alpha(), (self.width, self.height))


def stamp(target: pygame.Surface, drawing: pygame.Surface, x: int, y: int) -> None:
    """Blit a premultiplied drawing."""
    target.blit(drawing, (x, y), special_flags=pygame.BLEND_PREMULTIPLIED)


@keeping(4)
def _corner_box(radius: int, fill: Rgb, line: Rgb | None, width: int) -> pygame.Surface:
    side = 2 * radius + 2
    big = pygame.Surface((side * _OVER, side * _OVER), pygame.SRCALPHA)
    whole = big.get_rect()
    pygame.draw.rect(big, line or fill, whole, border_radius=radius * _OVER)
    if line is not None:
        inner = whole.inflate(-2 * width * _OVER, -2 * width * _OVER)
        pygame.draw.rect(big, fill, inner, border_radius=max(0, radius - width) * _OVER)
    return pygame.transform.smoothscale(big.premul_alpha(), (side, side))


def soft_box(
    target: pygame.Surface,
    rect: pygame.Rect,
    fill: Rgb,
    radius: int = 0,
    line: Rgb | None = None,
    width: int = 1,
) -> None:
    """A box with smooth rounded corners, filled, with an inner rim if `line` is given."""
    radius = min(radius, rect.width // 2, rect.height // 2)
    if radius < 2:
        target.fill(line or fill, rect)
        if line is not None:
            target.fill(fill, rect.inflate(-2 * width, -2 * width))
        return
    tile = _corner_box(radius, fill, line, width)
    r, (x, y, w, h) = radius, rect
    target.fill(fill, (x + r, y, w - 2 * r, h))
    target.fill(fill, (x, y + r, w, h - 2 * r))
    if line is not None:
        target.fill(line, (x + r, y, w - 2 * r, width))
        target.fill(line, (x + r, y + h - width, w - 2 * r, width))
        target.fill(line, (x, y + r, width, h - 2 * r))
        target.fill(line, (x + w - width, y + r, width, h - 2 * r))
    far = tile.get_width() - r
    for tx, ty, px, py in (
        (0, 0, x, y),
        (far, 0, x + w - r, y),
        (0, far, x, y + h - r),
        (far, far, x + w - r, y + h - r),
    ):
        target.blit(tile, (px, py), (tx, ty, r, r), special_flags=pygame.BLEND_PREMULTIPLIED)


@keeping(8)
def shadow(width: int, height: int, spread: int, strength: int = 120) -> tuple[tuple[pygame.Surface, int, int], ...]:
    """The soft shadow of a box as it shows round it, in four pieces with their places from the box's corner;
    premultiplied. Under the box there is none, but for its rim, which may have round corners.
    """
    part = 4
    w, h, n = max(1, width // part), max(1, height // part), max(1, spread // part)
    small = pygame.Surface((w + 4 * n, h + 4 * n), pygame.SRCALPHA)
    pygame.draw.rect(small, (8, 6, 4, strength), (2 * n, 2 * n, w, h), border_radius=2)
    small = pygame.transform.gaussian_blur(small.premul_alpha(), n)
    whole = pygame.transform.smoothscale(small, (width + 4 * spread, height + 4 * spread))
    fallen, rim = max(1, spread // 4), min(CORNER * 2, width // 2, height // 2)
    wide, high = whole.get_size()
    left, top = 2 * spread + rim, 2 * spread - fallen + rim
    right, bottom = left + width - 2 * rim, top + height - 2 * rim
    areas = (
        (0, 0, wide, top),
        (0, bottom, wide, high - bottom),
        (0, top, left, bottom - top),
        (right, top, wide - right, bottom - top),
    )
    return tuple((whole.subsurface(area).copy(), area[0] - 2 * spread, area[1] - 2 * spread + fallen) for area in areas)


def cast_shadow(target: pygame.Surface, rect: pygame.Rect, spread: int, strength: int = 120) -> None:
    """Draw the shadow of a box, fallen a little downwards: only what shows round the box, which is drawn upon it."""
    for drawing, x, y in shadow(rect.width, rect.height, spread, strength):
        stamp(target, drawing, rect.x + x, rect.y + y)


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, stop: float, steps: int = 18) -> list[Point]:
    turn = [start + (stop - start) * k / steps for k in range(steps + 1)]
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in turn]


def _eye(ink: Ink, c: Rgb) -> None:
    ink.line(_arc(12, 12, 9, 5.5, pi, 2 * pi), c, 1.6)
    ink.line(_arc(12, 12, 9, 5.5, 0, pi), c, 1.6)
    ink.disc(12, 12, 2.8, c)


def _sun(ink: Ink, c: Rgb) -> None:
    ink.disc(12, 12, 4, c)
    for k in range(8):
        dx, dy = cos(k * pi / 4), sin(k * pi / 4)
        ink.line([(12 + 6 * dx, 12 + 6 * dy), (12 + 9 * dx, 12 + 9 * dy)], c, 1.5)


def _rain(ink: Ink, c: Rgb) -> None:
    ink.disc(9, 9, 4, c)
    ink.disc(14.5, 8.5, 5, c)
    ink.box(6, 9, 13, 4.5, c, 2)
    for x in (8, 12, 16):
        ink.line([(x, 16), (x - 1.6, 20)], c, 1.5)


def _men(ink: Ink, c: Rgb) -> None:
    ink.disc(12, 7, 3.6, c)
    ink.poly([(5, 20), (7, 12), (17, 12), (19, 20)], c)


def _stocks(ink: Ink, c: Rgb) -> None:
    ink.box(5, 9, 14, 10, c, 1)
    ink.poly([(4, 9), (12, 4), (20, 9)], c)


def _truck(ink: Ink, c: Rgb) -> None:
    ink.box(3, 8, 11, 8, c, 1)
    ink.box(15, 10, 6, 6, c, 1)
    ink.disc(7, 17, 2.4, c)
    ink.disc(17, 17, 2.4, c)


def _warn(ink: Ink, c: Rgb) -> None:
    ink.poly([(12, 3), (22, 20), (2, 20)], c)
    ink.line([(12, 9), (12, 14)], (24, 20, 14), 1.8)
    ink.disc(12, 17, 1.2, (24, 20, 14))


def _tick(ink: Ink, c: Rgb) -> None:
    ink.line([(6, 12.5), (10.5, 17), (18.5, 7.5)], c, 2.4)


def _cross(ink: Ink, c: Rgb) -> None:
    ink.line([(7, 7), (17, 17)], c, 2.2)
    ink.line([(17, 7), (7, 17)], c, 2.2)


def _battle(ink: Ink, c: Rgb) -> None:
    ink.line([(5, 5), (18, 18)], c, 2)
    ink.line([(19, 5), (6, 18)], c, 2)
    ink.line([(14.5, 19), (19, 14.5)], c, 2)
    ink.line([(5, 14.5), (9.5, 19)], c, 2)


def _flag(ink: Ink, c: Rgb) -> None:
    ink.line([(7, 4), (7, 21)], c, 1.8)
    ink.poly([(7, 4), (19, 7.5), (7, 11.5)], c)


def _diamond(ink: Ink, c: Rgb) -> None:
    ink.poly([(12, 1), (23, 12), (12, 23), (1, 12)], (30, 35, 39))
    ink.poly([(12, 4), (20, 12), (12, 20), (4, 12)], c)


def _back(ink: Ink, c: Rgb) -> None:
    ink.poly([(17, 5), (9, 12), (17, 19)], c)
    ink.box(6, 5, 2.4, 14, c)


def _on(ink: Ink, c: Rgb) -> None:
    ink.poly([(7, 5), (15, 12), (7, 19)], c)
    ink.box(16, 5, 2.4, 14, c)


def _pause(ink: Ink, c: Rgb) -> None:
    ink.box(7, 5, 3.6, 14, c)
    ink.box(13.5, 5, 3.6, 14, c)


_AIRCRAFT: list[Point] = [
    (12, 3), (14, 10), (21, 14), (21, 16), (14, 14), (13, 19), (16, 21),
    (8, 21), (11, 19), (10, 14), (3, 16), (3, 14), (10, 10),
]  # fmt: skip

ICONS: dict[str, Callable[[Ink, Rgb], None]] = {
    "will": lambda ink, c: ink.poly([(5, 4), (19, 4), (19, 14), (12, 20), (5, 14)], c),
    "men": _men,
    "stocks": _stocks,
    "truck": _truck,
    "air": lambda ink, c: ink.poly(_AIRCRAFT, c),
    "sun": _sun,
    "rain": _rain,
    "eye": _eye,
    "warn": _warn,
    "tick": _tick,
    "cross": _cross,
    "battle": _battle,
    "flag": _flag,
    "diamond": _diamond,
    "dot": lambda ink, c: ink.disc(12, 12, 5, c),
    "left": lambda ink, c: ink.poly([(16, 5), (7, 12), (16, 19)], c),
    "right": lambda ink, c: ink.poly([(8, 5), (17, 12), (8, 19)], c),
    "back": _back,
    "on": _on,
    "pause": _pause,
}
"""Signs of the window, in a square of 24 units."""


@keeping(4)
def icon(name: str, size: int, colour: Rgb) -> pygame.Surface:
    """A sign of ICONS, `size` pixels square; premultiplied."""
    ink = Ink(size, size, 24)
    ICONS[name](ink, colour)
    return ink.done()


@keeping(4)
def faction_chip(style: FactionStyle, width: int) -> pygame.Surface:
    """A little flag of a faction, 30 : 18, with its colour, pattern and shape; premultiplied."""
    return marks.faction_chip(style, width, round(width * 18 / 30))


@keeping(4)
def symbol_box(symbol: str, width: int) -> pygame.Surface:
    """The APP-6 sign of a force (setting.ForceInfo.symbol) in its frame, 34 : 24; premultiplied."""
    height = round(width * 24 / 34)
    canvas = Canvas(width, height, _OVER)
    known = {s.value for s in Symbol}
    draw_symbol(canvas, Symbol(symbol if symbol in known else "unknown"), 0, 0, width, height)
    return canvas.surface()
