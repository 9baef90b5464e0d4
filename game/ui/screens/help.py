"""F1: every key, from the one table, with what the mouse does and how a turn goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.actions import Action, Pop
from game.ui.brush import Brush
from game.ui.keys import BINDINGS, GROUPS
from game.ui.pane import Pane
from game.ui.screen import Screen
from game.ui.theme import MUTED, TEXT

if TYPE_CHECKING:
    from game.ui.window import App

MOUSE = (
    ("Left click", "select a stack, a hex, a button"),
    ("Left click again on a stack", "its next force, then the whole stack"),
    ("Right click", "the usual order: move, or assault where an enemy is seen"),
    ("Drag", "move the map"),
    ("Wheel", "closer or farther, about the mouse"),
    ("Rest the mouse on a number", "what it is, its parts, its source"),
)
TURN = (
    "All sides plan on the same picture; then the orders are carried out together, in impulses. Orders stand until "
    "you change them. Luck is tied to turn and place: taking an order back and giving it again cannot reroll it. "
    "Select a stack, choose an order, point at the hex. While you choose an assault, a card beside the hex shows the "
    "odds, the losses to expect and the causes, from the same function that will fight the battle."
)


class HelpScreen(Screen):
    """The list of keys."""

    over = True

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.pane = Pane("help", self._body, lambda: ("Keys", "Esc closes"), self._foot, 50)
        self.panes = [self.pane]

    def layout(self, width: float, height: float) -> None:
        self.pane.fit(self.app.fonts, self.marks, 1060.0, (width, height))

    def command(self, command: str) -> Action | None:
        return Pop() if command in ("back", "help") else None

    def _columns(self, brush: Brush) -> list[tuple[float, float]]:
        count = 3 if brush.width > 900 else 2 if brush.width > 560 else 1
        width = (brush.width - 16 * (count + 1)) / count
        return [(16 + k * (width + 16), width) for k in range(count)]

    def _body(self, brush: Brush) -> float:
        columns = self._columns(brush)
        heights = [14.0] * len(columns)
        for group in GROUPS:
            k = min(range(len(columns)), key=lambda c: heights[c])
            x, width = columns[k]
            y = heights[k]
            brush.heading(group, x, y + 8)
            y += 26
            for binding in BINDINGS:
                if binding.group == group:
                    y += self._line(brush, x, y, width, binding.label, self.app.keys.caps(binding.id))
            heights[k] = y + 14
        k = min(range(len(columns)), key=lambda c: heights[c])
        heights[k] = self._mouse_lines(brush, *columns[k], heights[k])
        y = max(heights)
        brush.heading("How a turn goes", 16, y + 8)
        return y + 26 + brush.para(TURN, 16, y + 22, brush.width - 32, MUTED) + 14

    def _line(self, brush: Brush, x: float, y: float, width: float, label: str, caps: list[str]) -> float:
        widths = [brush.measure(cap, "ui_medium", 11) + 10 for cap in caps]
        total = sum(widths) + 4 * len(caps)
        below = total > width * 0.5
        height = brush.para(label, x, y + 1, width - (0 if below else total + 6), TEXT, "ui", 13, 1.3) + 4
        right, middle = x + width, y + 10 + (height if below else 0)
        for cap, used in zip(reversed(caps), reversed(widths), strict=True):
            right -= used
            brush.keycap(cap, right, middle)
            right -= 4
        return max(22.0, height) + (22 if below else 0)

    def _mouse_lines(self, brush: Brush, x: float, width: float, y: float) -> float:
        brush.heading("Mouse", x, y + 8)
        y += 26
        for what, does in MOUSE:
            y += brush.para(what, x, y, width, TEXT, "ui_semibold", 13, 1.3)
            y += brush.para(does, x, y, width, MUTED, "ui", 13, 1.3) + 4
        return y + 10

    def _foot(self, brush: Brush) -> None:
        words = "Keys can be changed in the settings file: " + str(self.app.settings_path)
        brush.text(words, 16, 25, MUTED, "ui", 12, "l", brush.width - 160)
        brush.button("close", (brush.width - 132, 9, 120, 32), "Close", Pop, "Esc")
