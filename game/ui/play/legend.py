"""What the map's colours and arrows mean, at the foot of the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.core.ids import NO_FACTION, FactionId
from game.ui.actions import Action
from game.ui.actors import name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.keys import KeyMap
from game.ui.mapview import MapScene, legend_of
from game.ui.pane import Pane
from game.ui.play.desk import Desk
from game.ui.play.hands import OVERLAYS
from game.ui.play.layout import Insets
from game.ui.play.overlays import movements
from game.ui.theme import BRASS, CREAM, HOVER, MUTED, RAISED, TEXT, WARN, Rgb

ARROW: Rgb = (198, 66, 52)
FRONT: Rgb = (122, 40, 30)
WIDTH = 290.0
STRIP = 452.0
"""Width of the strip that is shown without an overlay."""
_CHOICE = 28.0
"""Height of a row of movements to choose from."""


class LegendPane:
    """The signs of the map; while an overlay is on, its colours."""

    def __init__(self, scene: Callable[[], MapScene], keys: KeyMap, desk: Desk, changed: Callable[[], None]) -> None:
        self.scene, self.keys, self.desk, self.changed = scene, keys, desk, changed
        self._choices: list[FactionId] = []
        """Whose support can be shown."""
        self.pane = Pane("legend", self._body, self._title)
        self.pane.shown = False

    def _title(self) -> tuple[str, str]:
        overlay = self.scene().overlay
        if overlay is None:
            return "Legend", ""
        command = overlay.title.lower()
        return overlay.title, self.keys.shown(command) if command in OVERLAYS else ""

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
        height = 68.0 + len(legend.rows) * 23 + (30 if legend.has_flows or legend.has_depots else 4)
        if overlay.title == "Support":
            self._choices = [NO_FACTION, *(k for _, k in movements(self.desk.match.view))]
            height += 34 + _CHOICE * (-(-len(self._choices) // 2) - 1)
        else:
            self._choices = []
        width = min(WIDTH, room)
        self.pane.shown = width > 200
        self.pane.place((insets.left + 4, window[1] / scale - height - 12, width, height))

    def _body(self, brush: Brush) -> float:
        overlay = self.scene().overlay
        if overlay is None:
            return self._strip(brush)
        legend = legend_of(overlay)
        brush.text(legend.subtitle, 14, 16, MUTED, "ui", 12, "l", brush.width - 28)
        y = self._chooser(brush, 32.0) if self._choices else 40.0
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

    def _chooser(self, brush: Brush, y: float) -> float:
        """Whose support the overlay shows: whoever leads, or one movement."""
        view, w = self.desk.match.view, (brush.width - 28 - 6) / 2
        for n, k in enumerate(self._choices):
            row, column = divmod(n, 2)
            box = (14 + column * (w + 6), y + row * _CHOICE, w, _CHOICE - 4)
            key, on = f"movement{n}", k == self.desk.movement
            brush.box(box, HOVER if on or brush.is_hover(key) else RAISED, 4, BRASS if on else None)
            middle = box[1] + box[3] / 2
            if k == NO_FACTION:
                brush.icon("flag", box[0] + 19, middle, BRASS, 18)
            else:
                brush.chip(style_now(view, k), box[0] + 6, middle, 26)
            words = "who leads" if k == NO_FACTION else short_now(view, k)
            brush.text(words, box[0] + 38, middle, TEXT, "ui", 12, "l", w - 44)
            cap = self.keys.shown("next_movement")
            title = "Whoever leads in each hex" if k == NO_FACTION else name_now(view, k)
            brush.hot(key, box, partial(self._choose, k), Tip(title, f"Key {cap}: the next movement."))
            brush.ring(key, box, 4)
        return y + _CHOICE * -(-len(self._choices) // 2) + 14

    def _choose(self, k: FactionId) -> Action | None:
        self.desk.movement = k
        self.changed()
        return None

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
