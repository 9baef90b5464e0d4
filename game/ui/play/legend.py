"""What the map's colours and arrows mean, at the foot of the map."""

from __future__ import annotations

from collections.abc import Callable

from game.ui.brush import Brush
from game.ui.keys import KeyMap
from game.ui.mapview import MapScene, legend_of
from game.ui.pane import Pane
from game.ui.play.layout import Insets
from game.ui.theme import CREAM, MUTED, TEXT, WARN, Rgb

ARROW: Rgb = (198, 66, 52)
FRONT: Rgb = (122, 40, 30)
WIDTH = 290.0
STRIP = 452.0
"""Width of the strip that is shown without an overlay."""


class LegendPane:
    """The signs of the map; while an overlay is on, its colours."""

    def __init__(self, scene: Callable[[], MapScene], keys: KeyMap) -> None:
        self.scene, self.keys = scene, keys
        self.pane = Pane("legend", self._body, self._title)
        self.pane.shown = False

    def _title(self) -> tuple[str, str]:
        overlay = self.scene().overlay
        if overlay is None:
            return "Legend", ""
        command = overlay.title.lower()
        return overlay.title, self.keys.shown(command) if command in ("supply", "control") else ""

    def choose(self, scale: float, insets: Insets, window: tuple[int, int]) -> None:
        """Stand at the lower left of the free map: an overlay's legend, or a strip with the map's own signs
        where the window is wide enough for columns of panels.
        """
        overlay = self.scene().overlay
        room = window[0] / scale - insets.left - insets.right - 16
        self.pane.has_title = overlay is not None
        self.pane.touch()
        if overlay is None:
            self.pane.shown = room >= STRIP and insets.left > 0
            self.pane.place((insets.left + 4, window[1] / scale - 30 - 12, STRIP, 30))
            return
        legend = legend_of(overlay)
        height = 32 + 36 + len(legend.rows) * 23 + (30 if legend.has_flows or legend.has_depots else 4)
        width = min(WIDTH, room)
        self.pane.shown = width > 200
        self.pane.place((insets.left + 4, window[1] / scale - height - 12, width, height))

    def _body(self, brush: Brush) -> float:
        overlay = self.scene().overlay
        if overlay is None:
            return self._strip(brush)
        legend = legend_of(overlay)
        brush.text(legend.subtitle, 14, 16, MUTED, "ui", 12, "l", brush.width - 28)
        y = 40.0
        for row in legend.rows:
            brush.stamp(row.swatch(brush.px(28), brush.px(16)), 28, y)
            brush.text(row.label, 52, y, TEXT, "ui", 13, "l", brush.width - 150)
            brush.text(row.value, brush.width - 14, y, MUTED, "ui_medium", 12, "r")
            y += 23
        if legend.has_flows or legend.has_depots:
            if legend.has_flows:
                brush.box((14, y - 2, 28, 6), (247, 224, 140), 2)
                brush.text("flow, width by tonnes", 52, y, TEXT, "ui", 13)
            if legend.has_depots:
                brush.icon("stocks", brush.width - 72, y, (200, 164, 90), 20)
                brush.text("depot", brush.width - 14, y, TEXT, "ui", 13, "r")
            y += 26
        return y

    def _strip(self, brush: Brush) -> float:
        y, x = 15.0, 12.0
        for label, width, draw in _SIGNS:
            draw(brush, x, y)
            x += width + 7
            x += brush.text(label, x, y, TEXT, "ui", 11) + 14
        return 30.0


def _arrow(brush: Brush, x: float, y: float) -> None:
    brush.box((x, y - 3, 17, 6), ARROW)
    brush.icon("right", x + 20, y, ARROW, 16)


def _dashes(brush: Brush, x: float, y: float) -> None:
    for k in range(4):
        brush.box((x + k * 7, y - 1.5, 5, 3), ARROW)


def _front(brush: Brush, x: float, y: float) -> None:
    brush.box((x, y - 3, 22, 6), FRONT)
    brush.box((x, y - 1, 22, 2), CREAM)


def _rim(brush: Brush, x: float, y: float) -> None:
    brush.box((x, y - 7, 16, 14), (30, 26, 20), 4, WARN, 2)


_SIGNS: tuple[tuple[str, float, Callable[[Brush, float, float], None]], ...] = (
    ("assault", 26, _arrow),
    ("march", 26, _dashes),
    ("front", 22, _front),
    ("out of sight", 18, lambda brush, x, y: brush.hatch((x, y - 7, 18, 14), MUTED)),
    ("contested", 16, _rim),
)
"""Label, width and drawing of the map's own signs."""
