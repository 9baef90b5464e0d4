"""Formation symbols after APP-6: a framed box with the sign of the branch."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from game.ui.mapview.canvas import Canvas
from game.ui.mapview.scene import PostureIcon, Symbol
from game.ui.theme import CREAM, Rgb

_INK: Rgb = (28, 24, 20)


class _Box:
    """The symbol's frame; points are given from -1 to 1 across its inside."""

    def __init__(self, canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
        self.canvas, self.x, self.y, self.w, self.h = canvas, x, y, w, h
        self.t = max(0.8, w * 0.052)

    def at(self, u: float, v: float) -> tuple[float, float]:
        return self.x + (u + 1) / 2 * self.w, self.y + (v + 1) / 2 * self.h

    def line(self, *points: tuple[float, float]) -> None:
        self.canvas.line([self.at(u, v) for u, v in points], _INK, self.t)

    def cross(self) -> None:
        self.line((-1, -1), (1, 1))
        self.line((-1, 1), (1, -1))

    def oval(self) -> None:
        self.line(*((0.66 * cos(2 * pi * k / 28), 0.56 * sin(2 * pi * k / 28)) for k in range(29)))

    def anchor(self) -> None:
        self.line((0, -0.68), (0, 0.70))
        self.line((-0.22, -0.38), (0.22, -0.38))
        self.line(*((0.42 * sin(a * pi / 10), 0.34 + 0.40 * cos(a * pi / 10)) for a in range(-7, 8)))

    def dot(self, radius: float) -> None:
        self.canvas.circle(*self.at(0, 0), self.h * radius, _INK)


def _mechanised(b: _Box) -> None:
    b.cross()
    b.oval()


def _marine(b: _Box) -> None:
    b.cross()
    b.anchor()


def _air(b: _Box) -> None:
    b.line((-0.55, -0.34), (0.55, 0.34), (0.55, -0.34), (-0.55, 0.34), (-0.55, -0.34))


def _garrison(b: _Box) -> None:
    b.cross()
    x, y = b.at(-1, 0.55)
    b.canvas.rect(x, y, b.w, b.h * 0.225, _INK)


def _political(b: _Box) -> None:
    b.canvas.circle(*b.at(0, 0), b.h * 0.30, _INK, b.t)
    b.dot(0.08)


def _bands(b: _Box) -> None:
    for u, v in ((-0.55, 0.25), (0.0, -0.35), (0.55, 0.25)):
        b.canvas.circle(*b.at(u, v), b.h * 0.14, _INK)


def _unknown(b: _Box) -> None:
    b.line(*((0.24 * sin(a * pi / 10), -0.28 - 0.34 * cos(a * pi / 10)) for a in range(-5, 11)), (0, 0.32))
    b.canvas.circle(*b.at(0, 0.66), b.t * 0.75, _INK)


_SIGNS: dict[Symbol, Callable[[_Box], None]] = {
    Symbol.INFANTRY: _Box.cross,
    Symbol.MECHANISED: _mechanised,
    Symbol.ARMOUR: _Box.oval,
    Symbol.ARTILLERY: lambda b: b.dot(0.17),
    Symbol.AIR: _air,
    Symbol.NAVAL: _Box.anchor,
    Symbol.MARINE: _marine,
    Symbol.GARRISON: _garrison,
    Symbol.POLITICAL: _political,
    Symbol.BANDS: _bands,
    Symbol.UNKNOWN: _unknown,
}


def draw_symbol(canvas: Canvas, symbol: Symbol, x: float, y: float, w: float, h: float, ground: Rgb = CREAM) -> None:
    """A framed symbol in the box x, y, w, h."""
    frame = max(0.9, w * 0.05)
    canvas.rect(x, y, w, h, _INK, frame * 0.4)
    canvas.rect(x + frame, y + frame, w - 2 * frame, h - 2 * frame, ground)
    _SIGNS[symbol](_Box(canvas, x + frame * 0.8, y + frame * 0.8, w - 1.6 * frame, h - 1.6 * frame))


def draw_posture(canvas: Canvas, icon: PostureIcon, x: float, y: float, u: float, colour: Rgb, ground: Rgb) -> None:
    """The posture sign on its disc, about 6 u in radius, centred on x, y."""
    if icon is PostureIcon.NONE:
        return
    canvas.circle(x, y, 6 * u, ground)
    if icon is PostureIcon.ATTACK:
        canvas.polygon(
            [(x - 3.4 * u, y + 2.6 * u), (x, y - 4 * u), (x + 3.4 * u, y + 2.6 * u), (x, y + 0.9 * u)], colour
        )
    elif icon is PostureIcon.WITHDRAW:
        canvas.polygon(
            [(x - 3.4 * u, y - 2.6 * u), (x, y + 4 * u), (x + 3.4 * u, y - 2.6 * u), (x, y - 0.9 * u)], colour
        )
    elif icon is PostureIcon.DEFEND:
        shield = [(-3.2, -3.4), (3.2, -3.4), (3.2, 0.5), (0, 4), (-3.2, 0.5)]
        canvas.polygon([(x + a * u, y + b * u) for a, b in shield], colour)
    elif icon is PostureIcon.SUPPORT:
        canvas.circle(x, y, 3.4 * u, colour, 1.3 * u)
    elif icon is PostureIcon.GARRISON:
        canvas.rect(x - 2.9 * u, y - 2.9 * u, 5.8 * u, 5.8 * u, colour, 0.5 * u)
    elif icon is PostureIcon.REST:
        for dy in (-1.8, 1.8):
            canvas.line([(x - 2.8 * u, y + dy * u), (x + 2.8 * u, y + dy * u)], colour, 1.3 * u)
    elif icon is PostureIcon.HIDDEN:
        for dx in (-2.6, 0.0, 2.6):
            canvas.circle(x + dx * u, y, 1.0 * u, colour)
    else:
        canvas.line([(x - 3 * u, y), (x + 3 * u, y)], colour, 1.6 * u)
