"""Crisp small vector drawing: draw opaque at several times the size, scale down once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import TypeAlias

import numpy as np
import pygame

from game.ui.mapview.geometry import F64, Point
from game.ui.theme import Rgb

Rgba: TypeAlias = tuple[int, int, int, int]


def stroke(
    surface: pygame.Surface, points: Sequence[Point] | F64, colour: Rgb | Rgba, width: float, closed: bool = False
) -> None:
    """A line of any width with round joints, in the surface's own pixels."""
    line = [(float(x), float(y)) for x, y in points]
    if closed:
        line.append(line[0])
    r = width / 2
    for (x0, y0), (x1, y1) in pairwise(line):
        d = hypot(x1 - x0, y1 - y0)
        if d < 0.01:
            continue
        nx, ny = -(y1 - y0) / d * r, (x1 - x0) / d * r
        quad = [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]
        pygame.draw.polygon(surface, colour, quad)
    if width > 2:
        for x, y in line if closed else line[1:-1]:
            pygame.draw.circle(surface, colour, (x, y), r)


class Canvas:
    """A transparent drawing of w x h pixels, drawn `n` times larger; `surface()` gives premultiplied alpha."""

    def __init__(self, w: float, h: float, n: int = 4) -> None:
        self.w, self.h, self.n = max(1, round(w)), max(1, round(h)), n
        self.big = pygame.Surface((self.w * n, self.h * n), pygame.SRCALPHA)
        self._sheer = False
        """Whether anything translucent was drawn: only then must the colours be premultiplied."""

    def polygon(self, points: Sequence[Point] | F64, colour: Rgb | Rgba) -> None:
        self._note(colour)
        pygame.draw.polygon(self.big, colour, [(x * self.n, y * self.n) for x, y in points])

    def line(self, points: Sequence[Point] | F64, colour: Rgb | Rgba, width: float, closed: bool = False) -> None:
        self._note(colour)
        stroke(self.big, [(x * self.n, y * self.n) for x, y in points], colour, width * self.n, closed)

    def circle(self, x: float, y: float, r: float, colour: Rgb | Rgba, width: float = 0) -> None:
        self._note(colour)
        thick = max(1, round(width * self.n)) if width else 0
        pygame.draw.circle(self.big, colour, (x * self.n, y * self.n), r * self.n, thick)

    def rect(self, x: float, y: float, w: float, h: float, colour: Rgb | Rgba, radius: float = 0) -> None:
        self._note(colour)
        box = [round(v * self.n) for v in (x, y, w, h)]
        pygame.draw.rect(self.big, colour, box, border_radius=round(radius * self.n))

    def surface(self) -> pygame.Surface:
        """The drawing at its own size, premultiplied alpha."""
        drawn = self.big.premul_alpha() if self._sheer else self.big
        return pygame.transform.smoothscale(drawn, (self.w, self.h))

    def _note(self, colour: Rgb | Rgba) -> None:
        self._sheer = self._sheer or (len(colour) > 3 and colour[-1] < 255)


def shape_points(shape: str, x: float, y: float, r: float) -> list[Point]:
    """Outline of an owner's shape (theme.SHAPES except 'ring'), about r in half-width."""

    def regular(n: int, turn: float = 0.0, radius: float = r) -> list[Point]:
        return [(x + radius * sin(2 * pi * k / n + turn), y - radius * cos(2 * pi * k / n + turn)) for k in range(n)]

    a = r * 0.35
    if shape == "plus":
        cross = [
            (-a, -r),
            (a, -r),
            (a, -a),
            (r, -a),
            (r, a),
            (a, a),
            (a, r),
            (-a, r),
            (-a, a),
            (-r, a),
            (-r, -a),
            (-a, -a),
        ]
        return [(x + dx, y + dy) for dx, dy in cross]
    if shape == "bar":
        return [(x - r, y - r * 0.55), (x + r, y - r * 0.55), (x + r, y + r * 0.55), (x - r, y + r * 0.55)]
    if shape == "star":
        rays = [r * 1.1 if k % 2 == 0 else r * 0.5 for k in range(10)]
        return [(x + q * sin(pi * k / 5), y - q * cos(pi * k / 5)) for k, q in enumerate(rays)]
    return {
        "circle": lambda: regular(32),
        "ring": lambda: regular(32),
        "diamond": lambda: regular(4, 0.0, r * 1.15),
        "square": lambda: regular(4, pi / 4, r * 1.2),
        "triangle": lambda: regular(3, 0.0, r * 1.2),
        "inverted_triangle": lambda: regular(3, pi, r * 1.2),
        "hexagon": lambda: regular(6),
        "pentagon": lambda: regular(5),
    }[shape]()


def draw_shape(canvas: Canvas, shape: str, x: float, y: float, r: float, colour: Rgb | Rgba) -> None:
    """An owner's shape, filled (a ring stays hollow)."""
    if shape == "ring":
        canvas.circle(x, y, r, colour, r * 0.42)
    else:
        canvas.polygon(shape_points(shape, x, y, r), colour)


def draw_pattern(
    canvas: Canvas, pattern: str, box: tuple[float, float, float, float], colour: Rgb | Rgba, step: float, width: float
) -> None:
    """An owner's pattern (theme.PATTERNS) within a box x, y, w, h."""
    x, y, w, h = box
    n, before = canvas.n, canvas.big.get_clip()
    canvas.big.set_clip(pygame.Rect(int(x * n), int(y * n), int(w * n), int(h * n)))
    if pattern in ("diagonal", "cross_hatch"):
        for i in np.arange(-h, w + h, step):
            canvas.line([(x + i, y + h), (x + i + h, y)], colour, width)
    if pattern in ("back_diagonal", "cross_hatch"):
        for i in np.arange(-h, w + h, step):
            canvas.line([(x + i, y), (x + i + h, y + h)], colour, width)
    if pattern in ("horizontal", "thick_horizontal", "grid"):
        for i in np.arange(step / 2, h, step):
            canvas.line([(x, y + i), (x + w, y + i)], colour, width * (2 if pattern == "thick_horizontal" else 1))
    if pattern in ("vertical", "grid"):
        for i in np.arange(step / 2, w, step):
            canvas.line([(x + i, y), (x + i, y + h)], colour, width)
    if pattern in ("dots", "small_dots"):
        for j, dy in enumerate(np.arange(step / 2, h + step, step)):
            for dx in np.arange(step / 2 + (j % 2) * step / 2, w + step, step):
                canvas.circle(x + dx, y + dy, width * (1.3 if pattern == "dots" else 0.9), colour)
    canvas.big.set_clip(before)


def blit(target: pygame.Surface, surface: pygame.Surface, x: float, y: float, alpha: int = 255) -> pygame.Rect:
    """Put a premultiplied drawing centred on a point."""
    at = (round(x - surface.get_width() / 2), round(y - surface.get_height() / 2))
    if alpha < 255:
        surface = surface.copy()
        surface.fill((alpha,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
    return target.blit(surface, at, special_flags=pygame.BLEND_PREMULTIPLIED)
