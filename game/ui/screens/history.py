"""This game beside history: one line a milestone, dates on one axis, figures each on their own."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor, log10
from typing import Any

from game.scenario.model import Milestone
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.theme import BRASS, GOOD, LINE, MUTED, RAISED, TEXT, WINDOW, Rgb, mix
from game.ui.words import day_month, full_day

ROW = 48.0
_LONG = 600
"""Days from which a difference is told in years, and years are told with dates."""
RANGE: Rgb = (92, 104, 114)


class HistoryChart:
    """Paints the milestones of a finished (or running) game."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.values: dict[str, Any] = match.world.milestones()
        milestones = match.scenario.milestones
        self.dated = [m for m in milestones if isinstance(m.value, date)]
        self.counted = [m for m in milestones if not isinstance(m.value, date)]

    def body(self, brush: Brush) -> float:
        w = brush.width
        if not self.dated and not self.counted:
            return brush.para("This scenario has no milestones to compare with.", 16, 14, w - 32, MUTED) + 28
        left, right = min(330.0, w * 0.27), w - min(292.0, w * 0.36)
        y = 8.0
        if self.dated:
            first, last = self._span()
            y = self._axis(brush, first, last, left, right, y, len(self.dated) * ROW)
            for k, m in enumerate(self.dated):
                self._dated_row(brush, m, y, left, right, first, last, k)
                y += ROW
            brush.rule(12, y + 2, w - 24)
            y += 10
        for k, m in enumerate(self.counted):
            self._counted_row(brush, m, y, left, right, k)
            y += ROW + 4
        return y + 6

    def _span(self) -> tuple[int, int]:
        days = [d.toordinal() for m in self.dated for d in (m.value, m.low, m.high) if isinstance(d, date)]
        days += [v.toordinal() for m in self.dated if isinstance(v := self.values.get(m.id), date)]
        first, last = min(days), max(days)
        pad = max(2, (last - first) // 12)
        return first - pad, last + pad

    def _axis(self, brush: Brush, first: int, last: int, left: float, right: float, y: float, height: float) -> float:
        most = min(9.0, (right - left) / 64)
        step = next((s for s in (1, 2, 5, 7, 10, 14, 30, 61, 122, 365, 730) if (last - first) / s <= most), 1461)
        day = first + (-first) % step
        while day <= last:
            x = left + (right - left) * (day - first) / (last - first)
            label = day_month(date.fromordinal(day)) if step < 122 else f"{date.fromordinal(day):%b %Y}"
            brush.text(label, x, y + 8, MUTED, "ui", 12, "c")
            brush.box((x, y + 20, 1, height), mix(LINE, WINDOW, 0.35))
            day += step
        return y + 22

    def _ground(self, brush: Brush, m: Milestone, y: float, k: int, height: float) -> None:
        if k % 2 == 0:
            brush.box((8, y, brush.width - 16, height), RAISED, 4)
        tip = Tip(
            m.title, "What happened, how far off still counts as the same, and what happened here.",
            (("History", _words(m.value, m)), ("Range", f"{_words(m.low, m)} to {_words(m.high, m)}"),
             ("This game", _words(self.values.get(m.id), m))),
            "Sources: " + ", ".join(m.sources) if m.sources else "",
        )  # fmt: skip
        brush.hot(m.id, (8, y, brush.width - 16, height), None, tip)

    def _title(self, brush: Brush, m: Milestone, y: float, left: float) -> None:
        lines = brush.para_height(m.title, left - 40, "ui_medium", 13, 1.25)
        if lines > 20:
            brush.para(m.title, 18, y + (ROW - 4 - min(lines, 33)) / 2, left - 40, TEXT, "ui_medium", 13, 1.25)
            return
        brush.text(m.title, 18, y + 15, TEXT, "ui_medium", 13, "l", left - 40)
        unit = "" if m.unit in ("", "date") else f" · {m.unit}"
        brush.text(f"{m.id}{unit}", 18, y + 33, MUTED, "ui", 11, "l", left - 40)

    def _dated_row(
        self, brush: Brush, m: Milestone, y: float, left: float, right: float, first: int, last: int, k: int
    ) -> None:
        self._ground(brush, m, y, k, ROW - 4)
        self._title(brush, m, y, left)
        assert isinstance(m.value, date) and isinstance(m.low, date) and isinstance(m.high, date)

        def at(day: date) -> float:
            return left + (right - left) * (day.toordinal() - first) / (last - first)

        cy = y + ROW / 2 - 2
        brush.box((at(m.low), cy - 6, max(6, at(m.high) - at(m.low)), 12), RANGE, 6)
        value = self.values.get(m.id)
        _diamond(brush, at(m.value), cy)
        if isinstance(value, date):
            _dot(brush, at(value), cy)
            day = full_day(value) if last - first > _LONG else day_month(value)
            words = f"this game {day} ({_apart((value - m.value) // timedelta(days=1))})"
        else:
            words = "this game: it did not happen"
        brush.text(f"history {full_day(m.value)}", right + 32, cy - 9, BRASS, "ui", 13, "l", brush.width - right - 44)
        brush.text(words, right + 32, cy + 10, GOOD, "ui", 13, "l", brush.width - right - 44)

    def _counted_row(self, brush: Brush, m: Milestone, y: float, left: float, right: float, k: int) -> None:
        self._ground(brush, m, y, k, ROW)
        self._title(brush, m, y, left)
        value = self.values.get(m.id)
        numbers = [float(v) for v in (m.value, m.low, m.high) if not isinstance(v, date)]
        low, high = min(0.0, *numbers), max(numbers)
        if isinstance(value, float | int):
            low, high = min(low, float(value)), max(high, float(value))
        step = 0.25 if m.unit == "share" else _step((high - low) / 4)
        high = 1.0 if m.unit == "share" else low + step * max(1, -(-(high - low) // step))

        def at(number: float) -> float:
            return left + (right - left) * (number - low) / ((high - low) or 1.0)

        cy = y + ROW / 2 - 6
        brush.box((left, cy, right - left, 1), LINE)
        for n in range(round((high - low) / step) + 1):
            number = low + step * n
            brush.text(_short(number, m), at(number), cy + 18, MUTED, "ui", 11, "c")
        brush.box((at(numbers[1]), cy - 6, max(6, at(numbers[2]) - at(numbers[1])), 12), RANGE, 6)
        _diamond(brush, at(numbers[0]), cy)
        if isinstance(value, float | int):
            _dot(brush, at(float(value)), cy)
        vague = "" if m.never or m.unit == "share" else "about "
        brush.text(
            f"history {vague}{_words(m.value, m)}", right + 32, cy - 5, BRASS, "ui", 13, "l", brush.width - right - 44
        )
        brush.text(f"this game {_words(value, m)}", right + 32, cy + 14, GOOD, "ui", 13, "l", brush.width - right - 44)


def _apart(days: int) -> str:
    """'+5 d', '−8.2 years'."""
    sign = "+" if days > 0 else "−" if days < 0 else "±"
    return f"{sign}{abs(days) / 365.25:.1f} years" if abs(days) >= _LONG else f"{sign}{abs(days)} d"


def _step(rough: float) -> float:
    """The round number (1, 2 or 5 times a power of ten) next above."""
    size = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    return next(size * f for f in (1, 2, 5, 10) if size * f >= rough - 1e-9)


def _diamond(brush: Brush, x: float, y: float) -> None:
    brush.icon("diamond", x, y, BRASS, 26)


def _dot(brush: Brush, x: float, y: float) -> None:
    brush.box((x - 9, y - 9, 18, 18), WINDOW, 9)
    brush.box((x - 7, y - 7, 14, 14), GOOD, 7)


def _words(value: Any, m: Milestone) -> str:
    if value is None:
        return "did not happen"
    if isinstance(value, date):
        return full_day(value)
    number = float(value)
    if m.never:
        if number in (0.0, 1.0):
            return "so it was" if number else "otherwise"
        return f"{number * 100:.0f} % likely"
    if m.unit == "share":
        return f"{number * 100:.0f} %"
    return f"{number:,.0f}"


def _short(number: float, m: Milestone) -> str:
    if m.unit == "share":
        return f"{number * 100:.0f} %"
    if abs(number) >= 10000:
        return f"{number / 1000:,.0f}k"
    return f"{number:,.0f}"
