"""Tabs: one of several panels at a time, where a window is too small for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from game.ui.actions import Action
from game.ui.brush import Brush
from game.ui.pane import Pane
from game.ui.screen import Screen

HEIGHT = 34.0


class Tabs:
    """A strip of buttons on a panel of its own; the screen is laid out again when another is `chosen`."""

    def __init__(self, screen: Screen, labels: Sequence[str]) -> None:
        self._screen, self._labels = screen, labels
        self.chosen = 0
        self.pane = Pane("tabs", self._body, kind="plain")

    def choose(self, tab: int) -> Action | None:
        self.chosen = tab
        self._screen.relayout()
        return None

    def _body(self, brush: Brush) -> float:
        each = (brush.width - 8 * (len(self._labels) - 1)) / len(self._labels)
        for k, label in enumerate(self._labels):
            kind = "on" if k == self.chosen else "quiet"
            brush.button(f"tab{k}", (k * (each + 8), 2, each, 30), label, partial(self.choose, k), kind=kind)
        return HEIGHT
