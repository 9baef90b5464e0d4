"""Figures over the game: charts under one another, with the years below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

import pygame

from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.theme import LINE, MUTED, TEXT, WINDOW, Rgb, mix

_BEGINS = 2
"""Turns from which on there is a line to draw."""
_LEAST = 70.0
"""Height that a chart needs; those that find no room are left out from the last."""
_LABELS, _STEP = 84.0, 13.0
"""Room for the words at the lines' ends, and from one to the next."""


@dataclass(frozen=True)
class Line:
    """A series of the game by turn."""

    word: str
    values: Sequence[float]
    colour: Rgb


@dataclass(frozen=True)
class Chart:
    """Lines on one scale. `most`: its upper end; None: what the greatest value asks for."""

    key: str
    lines: tuple[Line, ...]
    unit: str = ""
    most: float | None = None
    digits: int = 0


Charts = Callable[[], Sequence[Chart]]


class LinesPane:
    """Charts as high as the panel lets them be; where a chart has several lines, each is named at its end."""

    def __init__(self, match: Match, charts: Charts, name: str = "lines", title: str = "Over the game") -> None:
        self.match, self.charts = match, charts
        self.pane = Pane(name, self._body, lambda: (title, ""))

    def _body(self, brush: Brush) -> float:
        h, w = self.pane.view_height, brush.width
        charts = [chart for chart in self.charts() if chart.lines]
        turns = max((len(line.values) for chart in charts for line in chart.lines), default=0)
        if turns < 2:
            played = self.match.world.turn >= _BEGINS
            words = "Nothing has been counted yet." if played else "The lines begin when two turns have been played."
            return 12 + brush.para(words, 14, 10, w - 28, MUTED) + 8
        charts = charts[: max(0, int((h - 30) // (_LEAST + 24)))]
        if not charts:
            return 24.0
        y, each = 8.0, (h - 34) / len(charts)
        span = w - 38 - (_LABELS if any(len(chart.lines) > 1 for chart in charts) else 0.0)
        for chart in charts:
            self._head(brush, y, chart)
            self._chart(brush, chart, y + 20, each - 24, span)
            y += each
        self._years(brush, y + 2, span, turns)
        return h

    def _head(self, brush: Brush, y: float, chart: Chart) -> None:
        x, room = 14.0, brush.width - 28 - brush.measure(chart.unit, "ui", 11) - 10
        for line in chart.lines:
            if x - 14 + 19 + brush.measure(line.word, "ui", 12) > room:
                break
            brush.box((x, y + 6, 14, 3), line.colour, 1)
            x += 19 + brush.text(line.word, x + 19, y + 8, TEXT, "ui", 12) + 14
        brush.text(chart.unit, brush.width - 14, y + 8, MUTED, "ui", 11, "r")

    def _chart(self, brush: Brush, chart: Chart, y: float, height: float, span: float) -> None:
        x, w, k = 14.0, brush.width - 28, brush.fonts.scale
        brush.box((x, y, w, height), WINDOW, 3)
        most = chart.most or _round_up(max(max(line.values, default=0.0) for line in chart.lines))
        for n in range(4):
            brush.rule(x + 2, y + 4 + (height - 8) * n / 4, w - 4, mix(LINE, WINDOW, 0.5))
            if n % 2 == 0 or height > 160:
                brush.text(_short(most * (4 - n) / 4), x + 5, y + 12 + (height - 8) * n / 4, MUTED, "ui", 11)
        ends: list[tuple[float, Line]] = []
        rows: list[tuple[str, str]] = []
        for line in chart.lines:
            values = line.values
            if len(values) < 2:
                continue
            points = [
                (x + 4 + span * n / (len(values) - 1), y + height - 4 - (height - 8) * max(0.0, min(1.0, v / most)))
                for n, v in enumerate(values)
            ]
            pixels = [(brush.left + px * k, brush.top + py * k) for px, py in points]
            pygame.draw.aalines(brush.surface, line.colour, False, pixels)
            pygame.draw.lines(brush.surface, line.colour, False, pixels, max(2, brush.px(1.4)))
            ends.append((points[-1][1], line))
            rows.append(
                (line.word[:1].upper() + line.word[1:],
                 f"{values[0]:,.{chart.digits}f} → {values[-1]:,.{chart.digits}f}")
            )  # fmt: skip
        if len(ends) > 1:
            self._name(brush, ends, x + 4 + span + 6, y + 8, y + height - 8)
        tip = Tip("From the first turn to the last", "", tuple(rows))
        brush.hot(chart.key, (x, y, w, height), None, tip)

    def _name(self, brush: Brush, ends: Sequence[tuple[float, Line]], x: float, top: float, bottom: float) -> None:
        """Words at the lines' ends, apart from one another."""
        placed: list[float] = []
        rows = sorted(ends, key=lambda end: end[0])
        for at, _ in rows:
            placed.append(max(at, top, placed[-1] + _STEP if placed else top))
        over = max(0.0, placed[-1] - bottom) if placed else 0.0
        for n in range(len(placed) - 1, -1, -1):
            placed[n] = min(placed[n], bottom - (len(placed) - 1 - n) * _STEP if over else placed[n])
        for at, (_, line) in zip(placed, rows, strict=True):
            brush.text(line.word, x, at, line.colour, "ui", 11, "l", _LABELS - 8)

    def _years(self, brush: Brush, y: float, span: float, turns: int) -> None:
        setting = self.match.setting
        first, last = setting.start, setting.date_of(round(turns * setting.days_per_turn * 24))
        days = max(1, (last - first).days)
        brush.text(f"{first:%b %Y}", 14, y + 6, MUTED, "ui", 11)
        brush.text(f"{last:%b %Y}", 18 + span, y + 6, MUTED, "ui", 11, "r")
        for year in range(first.year + 1, last.year + 1):
            at = 18 + span * (date(year, 1, 1) - first).days / days
            if 90 < at < span - 60 and (year - first.year) % max(1, days // 2200 + 1) == 0:
                brush.text(str(year), at, y + 6, MUTED, "ui", 11, "c")


def _round_up(value: float) -> float:
    """The end of a scale: the next 1, 2, 4, 6 or 8 times a power of ten, so that its quarters are round as well."""
    size = 10.0 ** floor(log10(value)) if value > 0 else 1.0
    return next(size * f for f in (1, 2, 4, 6, 8, 10) if size * f >= value)


def _short(value: float) -> str:
    """A figure on a scale: '400k', '60', '0.5'."""
    return f"{value / 1e6:g}m" if value >= 1e6 else f"{value / 1000:g}k" if value >= 10_000 else f"{value:g}"
