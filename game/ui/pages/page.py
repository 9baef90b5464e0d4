"""A page: columns of panels, or one panel at a time behind tabs where the window is small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.ui.brush import Marks
from game.ui.fonts import Fonts
from game.ui.pane import Pane

WIDE_FROM, TALL_FROM = 1100.0, 600.0
GAP = 12.0
_LARGEST = 0.62
"""Most of a column's height for a panel beside the filling one, which cannot be spared."""
SPARE_FROM = 180.0
"""Height from which a panel that can be spared is worth its place."""


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
    """The filling panel, if it is left out where less than SPARE_FROM would be left for it."""


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
        panes = list(column.panes)
        heights = self._heights(column, panes, column.fill, x, w, top, bottom, fonts, marks)
        if column.spare in panes and heights[column.fill] < SPARE_FROM:
            panes.remove(column.spare)
            heights = self._heights(column, panes, 0, x, w, top, bottom, fonts, marks)
        y = top
        for pane in column.panes:
            pane.shown = pane in panes
        for pane, h in zip(panes, heights, strict=True):
            pane.place((x, y, w, h))
            y += h + GAP

    def _heights(
        self, column: Column, panes: Sequence[Pane], fill: int, x: float, w: float, top: float, bottom: float,
        fonts: Fonts, marks: Marks,
    ) -> list[float]:  # fmt: skip
        """Heights of `panes`: what each needs, and the rest for the one of row `fill`."""
        can_spare = column.spare in panes
        room = bottom - top - GAP * (len(panes) - 1)
        heights = [0.0] * len(panes)
        for n, pane in enumerate(panes):
            if n != fill:
                pane.shown = True
                needed = pane.needed(fonts, marks, (x, top, w, room))
                heights[n] = min(needed, room * (1.0 if can_spare else _LARGEST))
        most = room * (1.0 if can_spare else 1.0 - column.least)
        if sum(heights) > most:
            heights = [h * most / sum(heights) for h in heights]
        heights[fill] = room - sum(heights)
        return heights
