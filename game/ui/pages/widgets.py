"""Small parts of pages: steppers, sliders, bars of shares, lines over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pygame

from game.ui.actions import Action
from game.ui.brush import Brush, Tip
from game.ui.theme import BRASS, HOVER, MUTED, TEXT, WINDOW, Rgb, mix

Step = Callable[[int], Action | None]


def stepper(
    brush: Brush, key: str, x: float, y: float, width: float, label: str, value: str, step: Step | None,
    tip: Tip | None = None,
) -> float:  # fmt: skip
    """A line 'label  −  value  +'; `step` is called with −1 or +1, None: it cannot be changed. Returns its height."""
    brush.text(label, x, y + 15, MUTED, "ui", 13, "l", width - 190)
    right = x + width
    brush.hot(f"{key}_what", (x, y, width - 190, 30), None, tip)
    if step is None:
        brush.text(value, right, y + 15, TEXT, "ui_semibold", 13, "r", 170)
        return 32.0
    room = max(120.0, brush.measure(value, "ui_semibold", 13) + 8)
    brush.button(f"{key}_less", (right - 60 - room, y + 1, 28, 28), "−", partial(step, -1), "", "quiet", None, 15)
    brush.text(value, right - 30 - room / 2, y + 15, TEXT, "ui_semibold", 13, "c")
    brush.button(f"{key}_more", (right - 28, y + 1, 28, 28), "+", partial(step, 1), "", "quiet", None, 15)
    return 32.0


STEP = 5
"""Per cent by which a policy is set."""


def slider(
    brush: Brush, key: str, y: float, label: str, now: int, planned: int | None, change: Step | None, tip: Tip
) -> float:
    """A policy of 0 to 100 %: its present place, the planned one, buttons for a step more or fewer, a track along which
    it is drawn or clicked.

    `change` is called with the new value. Returns the height.
    """
    w = brush.width
    drawn = brush.drawn_to(key)
    held = None if drawn is None else _stop(drawn)
    shown = held if held is not None else now if planned is None else planned
    left, right = 14.0, w - 14.0
    brush.text(label, left, y + 11, TEXT, "ui_medium", 13, "l", w - 130)
    changed = planned is not None or held is not None
    words = f"{now} → {shown} %" if changed else f"{now} %"
    brush.text(words, right, y + 11, BRASS if changed else TEXT, "ui_semibold", 13, "r")
    brush.hot(f"{key}_what", (8, y, w - 16, 22), None, tip)
    x0, x1 = (left + 38, right - 38) if change is not None else (left, right)
    brush.box((x0, y + 30, x1 - x0, 8), WINDOW, 4)
    if shown:
        brush.box((x0, y + 30, (x1 - x0) * shown / 100, 8), mix(HOVER, BRASS, 0.55), 4)
    at = x0 + (x1 - x0) * now / 100
    brush.box((at - 1.5, y + 26, 3, 16), MUTED, 1)
    knob = x0 + (x1 - x0) * shown / 100
    brush.box((knob - 7, y + 27, 14, 14), BRASS if changed else TEXT, 7)
    if change is None:
        return 50.0
    brush.button(
        f"{key}_less", (left, y + 20, 28, 28), "−", partial(change, max(0, shown - STEP)), "", "quiet", tip, 15
    )
    brush.button(f"{key}_more", (right - 28, y + 20, 28, 28), "+", partial(change, min(100, shown + STEP)), "", "quiet",
                 tip, 15)  # fmt: skip
    brush.hot(key, (x0, y + 22, x1 - x0, 24), None, tip, drag=lambda share: change(_stop(share)))
    return 54.0


def _stop(share: float) -> int:
    """The per cent at which a slider stops there."""
    return STEP * round(share * 100 / STEP)


def shares_bar(brush: Brush, x: float, y: float, width: float, parts: Sequence[tuple[float, Rgb]]) -> None:
    """A bar of parts beside one another, in proportion."""
    total = sum(value for value, _ in parts)
    brush.box((x, y, width, 14), WINDOW, 3)
    at = x
    for value, colour in parts:
        if total > 0 and value > 0:
            w = width * value / total
            brush.box((at, y, max(2.0, w - 1), 14), colour, 2)
            at += w


def sparkline(
    brush: Brush, x: float, y: float, width: float, height: float, values: Sequence[float], colour: Rgb = BRASS,
    low: float | None = None, high: float | None = None,
) -> None:  # fmt: skip
    """A line over time, the newest value at the right with a dot."""
    brush.box((x, y, width, height), WINDOW, 3)
    if len(values) < 2:
        return
    least = min(values) if low is None else low
    most = max(values) if high is None else high
    span = (most - least) or 1.0
    points = [
        (x + 4 + (width - 10) * n / (len(values) - 1), y + height - 4 - (height - 8) * (value - least) / span)
        for n, value in enumerate(values)
    ]
    k = brush.fonts.scale
    pixels = [(brush.left + px * k, brush.top + py * k) for px, py in points]
    pygame.draw.aalines(brush.surface, colour, False, pixels)
    if k >= 1.5:
        pygame.draw.lines(brush.surface, colour, False, pixels, 2)
    end = points[-1]
    brush.box((end[0] - 3, end[1] - 3, 6, 6), colour, 3)
