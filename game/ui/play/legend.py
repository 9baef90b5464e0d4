"""What the map's colours and arrows mean, at the foot of the map."""

from __future__ import annotations

from collections.abc import Callable

from game.core.ids import OFF_MAP
from game.ui.brush import Brush
from game.ui.keys import KeyMap
from game.ui.mapview import MapScene, legend_of
from game.ui.pane import Pane
from game.ui.play.layout import Insets
from game.ui.theme import MUTED, TEXT

WIDTH = 290.0


class LegendPane:
    """Shown while an overlay is on."""

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
        """Show or hide, and stand at the lower left of the free map."""
        overlay = self.scene().overlay
        self.pane.shown = overlay is not None
        if overlay is None:
            return
        legend = legend_of(overlay)
        height = 32 + 36 + len(legend.rows) * 23 + (30 if legend.has_flows or legend.has_depots else 4)
        width = min(WIDTH, window[0] / scale - insets.left - insets.right - 16)
        self.pane.shown = width > 200
        self.pane.place((insets.left + 4, window[1] / scale - height - 12, width, height))
        self.pane.touch()

    def _body(self, brush: Brush) -> float:
        overlay = self.scene().overlay
        if overlay is None:
            return OFF_MAP + 1
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
