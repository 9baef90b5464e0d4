"""A page: columns of panels, or one panel at a time behind tabs where the window is small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.ui.brush import Marks
from game.ui.fonts import Fonts
from game.ui.pane import Pane

WIDE_FROM, TALL_FROM = 1100.0, 600.0
GAP = 12.0


@dataclass(frozen=True)
class Column:
    """A column: its share of the width, and its panels from the top; the first takes what the others leave."""

    share: float
    panes: tuple[Pane, ...]


class Page:
    """`columns` from the left; `labels` name the panels' tabs, in the same order."""

    def __init__(self, title: str, columns: Sequence[Column], labels: Sequence[str]) -> None:
        self.title, self.columns, self.labels = title, tuple(columns), tuple(labels)
        self.tab = 0

    @property
    def panes(self) -> list[Pane]:
        return [pane for column in self.columns for pane in column.panes]

    def is_wide(self, width: float, height: float) -> bool:
        """Whether the columns have room beside one another."""
        return width >= WIDE_FROM and height >= TALL_FROM

    def place(self, width: float, height: float, top: float, fonts: Fonts, marks: Marks) -> None:
        """Place the panels in a window of this size, units at scale 1."""
        if not self.is_wide(width, height):
            for k, pane in enumerate(self.panes):
                pane.shown = k == self.tab
                pane.place((GAP, top, width - 2 * GAP, height - top - GAP))
            return
        room = width - GAP * (len(self.columns) + 1)
        total = sum(column.share for column in self.columns)
        x = GAP
        for column in self.columns:
            w = room * column.share / total
            self._place_column(column, x, w, top + GAP, height - GAP, fonts, marks)
            x += w + GAP

    def _place_column(
        self, column: Column, x: float, w: float, top: float, bottom: float, fonts: Fonts, marks: Marks
    ) -> None:
        room = bottom - top - GAP * (len(column.panes) - 1)
        heights = []
        for pane in column.panes[1:]:
            pane.shown = True
            pane.place((x, top, w, room))
            pane.refresh(fonts, marks)
            heights.append(min(pane.natural, room * 0.62))
        spare = max(room * 0.3, room - sum(heights))
        k = min(1.0, (room - spare) / sum(heights)) if heights else 1.0
        heights = [h * k for h in heights]
        y = top
        for pane, h in zip(column.panes, [room - sum(heights), *heights], strict=True):
            pane.shown = True
            pane.place((x, y, w, h))
            y += h + GAP
