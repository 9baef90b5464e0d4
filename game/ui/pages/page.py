"""A page: columns of panels, or one panel at a time behind tabs where the window is small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.ui.brush import Marks
from game.ui.fonts import Fonts
from game.ui.pane import Pane

WIDE_FROM, TALL_FROM = 1100.0, 600.0
GAP = 12.0
SPARE_FROM = 760.0


@dataclass(frozen=True)
class Column:
    """A column: its share of the width, and its panels from the top."""

    share: float
    panes: tuple[Pane, ...]
    fill: int = 0
    """The panel that takes what the others leave."""
    least: float = 0.3
    """Share of the height that it has at least."""
    spare: Pane | None = None
    """A panel that is left out where the height is less than SPARE_FROM."""


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
        low = bottom - top < SPARE_FROM
        panes = [pane for pane in column.panes if not (low and pane is column.spare)]
        fill = panes.index(column.panes[column.fill]) if column.panes[column.fill] in panes else 0
        room = bottom - top - GAP * (len(panes) - 1)
        heights = [0.0] * len(panes)
        for n, pane in enumerate(panes):
            if n != fill:
                pane.shown = True
                pane.place((x, top, w, room))
                pane.refresh(fonts, marks)
                heights[n] = min(pane.natural, room * 0.62)
        most = room * (1.0 - column.least)
        if sum(heights) > most:
            heights = [h * most / sum(heights) for h in heights]
        heights[fill] = room - sum(heights)
        y = top
        for pane in column.panes:
            pane.shown = pane in panes
        for pane, h in zip(panes, heights, strict=True):
            pane.place((x, y, w, h))
            y += h + GAP
