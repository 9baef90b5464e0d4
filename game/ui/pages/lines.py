"""A faction's figures over the game: will, weariness and unity on one scale, men under arms on another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pygame

from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pane import Pane
from game.ui.theme import BAD, BRASS, GOOD, LINE, MUTED, TEXT, WARN, WINDOW, Rgb, mix

_SERIES: tuple[tuple[str, str, float, Rgb], ...] = (
    ("will", "will", 1.0, GOOD),
    ("weariness", "weariness", 1.0, BAD),
    ("unity", "unity", 100.0, WARN),
)
"""Series of 0 to 100: name, word, factor, colour."""
_LEAST = 120.0


class LinesPane:
    """Two charts under one another, with the years below."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("lines", self._body, lambda: ("Over the game", ""))

    def _series(self, name: str, factor: float = 1.0) -> list[float]:
        history = self.council.match.world.history.get(name, [])
        return [float(turn[self.council.who]) * factor for turn in history]

    def _body(self, brush: Brush) -> float:
        h, w = self.pane.view_height, brush.width
        if len(self._series("men")) < 2:
            return 12 + brush.para("The lines begin when two turns have been played.", 14, 10, w - 28, MUTED) + 8
        if h < _LEAST:
            return 24.0
        each = (h - 74) / 2
        y = self._head(brush, 8.0, [(word, colour) for _, word, _, colour in _SERIES], "0 to 100")
        shown = [(self._series(name, factor), colour) for name, _, factor, colour in _SERIES]
        self._chart(brush, "political", y, each - 4, shown, 0.0, 100.0)
        y = self._head(brush, y + each, [("men under arms", BRASS)], "")
        men = self._series("men")
        self._chart(brush, "men", y, each - 4, [(men, BRASS)], 0.0, max(1.0, *men) * 1.08)
        self._years(brush, y + each + 4, len(men))
        return h

    def _head(self, brush: Brush, y: float, words: Sequence[tuple[str, Rgb]], right: str) -> float:
        x = 14.0
        for word, colour in words:
            brush.box((x, y + 6, 14, 3), colour, 1)
            x += 19 + brush.text(word, x + 19, y + 8, TEXT, "ui", 12) + 14
        brush.text(right, brush.width - 14, y + 8, MUTED, "ui", 11, "r")
        return y + 20

    def _chart(
        self,
        brush: Brush,
        key: str,
        y: float,
        height: float,
        lines: Sequence[tuple[list[float], Rgb]],
        low: float,
        high: float,
    ) -> None:
        x, w, k = 14.0, brush.width - 28, brush.fonts.scale
        brush.box((x, y, w, height), WINDOW, 3)
        for n in range(1, 4):
            brush.rule(x + 2, y + height * n / 4, w - 4, mix(LINE, WINDOW, 0.5))
        rows: list[str] = []
        for values, colour in lines:
            if len(values) < 2:
                continue
            points = [
                (
                    brush.left + (x + 4 + (w - 10) * n / (len(values) - 1)) * k,
                    brush.top + (y + height - 4 - (height - 8) * (v - low) / (high - low)) * k,
                )
                for n, v in enumerate(values)
            ]
            pygame.draw.aalines(brush.surface, colour, False, points)
            pygame.draw.lines(brush.surface, colour, False, points, max(2, brush.px(1.4)))
            rows.append(f"{values[0]:,.0f} → {values[-1]:,.0f}")
        names = ["Men under arms"] if key == "men" else [word.capitalize() for _, word, _, _ in _SERIES]
        told = tuple(zip(names, rows, strict=False))
        brush.hot(key, (x, y, w, height), None, Tip("From the first turn to the last", "", told))

    def _years(self, brush: Brush, y: float, turns: int) -> None:
        setting, w = self.council.match.setting, brush.width
        first, last = setting.start, setting.date_of(round(turns * setting.days_per_turn * 24))
        days = max(1, (last - first).days)
        brush.text(f"{first:%b %Y}", 14, y + 6, MUTED, "ui", 11)
        brush.text(f"{last:%b %Y}", w - 14, y + 6, MUTED, "ui", 11, "r")
        for year in range(first.year + 1, last.year + 1):
            at = 18 + (w - 38) * (date(year, 1, 1) - first).days / days
            if 90 < at < w - 90 and (year - first.year) % max(1, days // 2200 + 1) == 0:
                brush.text(str(year), at, y + 6, MUTED, "ui", 11, "c")
