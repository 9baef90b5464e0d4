"""The picker's panel for what a person chooses of a scenario: side, agents of the other sides, seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from game.core.setting import Side
from game.scenario.model import Scenario
from game.ui.actions import Action, Push
from game.ui.brush import Brush, Tip
from game.ui.pane import Pane
from game.ui.screens.draft import WATCH, Draft
from game.ui.screens.entry import EntryDialog
from game.ui.shelf import MOST_SEED
from game.ui.styles import style_of
from game.ui.theme import BRASS, DIM, HOVER, MUTED, RAISED, TEXT, WINDOW
from game.ui.words import reflowed

if TYPE_CHECKING:
    from game.ui.window import App

_AGENTS = {
    "commander": "plans operations; obeys the fog; no handicap",
    "passive": "holds its ground; for learning the game",
    "random": "gives orders by chance; for tests",
}
"""What the game's own agents are like."""


class SidePane:
    """Sides, opponents, seed. `changed` is told when the draft has been changed, with what went wrong, if anything."""

    def __init__(self, app: App, draft: Draft, changed: Callable[[str], None]) -> None:
        self.app, self.draft, self._changed = app, draft, changed
        self.pane = Pane("side", self._body, lambda: ("Side", ""))

    def _body(self, brush: Brush) -> float:
        d = self.draft.definition
        if d is None:
            return 40
        y = 8.0
        for side in d.setting.sides:
            if side.playable:
                goals = sum(1 for o in d.objectives if d.setting.sides[o.side].id == side.id)
                sub = f"{goals} {'objective' if goals == 1 else 'objectives'}, listed in the briefing"
                y = self._side_row(brush, y, side.id, side.name, sub, side, d)
        y = self._side_row(
            brush, y, WATCH, "Watch: AI against AI", "all sides, any speed, whose eyes you like", None, d
        )
        y += 6
        for side in self.draft.others:
            y = self._agent_row(brush, y, side)
        tip = Tip("Seed of chance", "The same seed and the same orders give the same game, to the last man.")
        y = self._choice(brush, "seed", y, "Seed", str(self.draft.seed), self._ask_seed, tip)
        label = "Hide texts on atrocity and famine"
        hidden = "on" if self.app.settings.hide_sensitive else "off"
        tip = Tip(label, "Such texts stay behind one click. The facts themselves are never left out of the ledger.")
        return self._choice(brush, "hide", y, label, hidden, self._toggle_hide, tip) + 6

    def _side_row(self, brush: Brush, y: float, id_: str, name: str, sub: str, side: Side | None, d: Scenario) -> float:
        key = f"side_{id_}"
        chosen = self.draft.side == id_
        height = 58.0
        box = (8, y, brush.width - 16, height)
        brush.box(box, HOVER if chosen or brush.is_hover(key) else RAISED, 5, BRASS if chosen else None, 2)
        if side is None:
            brush.icon("eye", 37, y + height / 2, MUTED, 24)
        else:
            brush.chip(style_of(d.setting.factions[side.factions[0]]), 22, y + height / 2)
        brush.text(name, 66, y + 20, TEXT, "ui_semibold", 15, "l", brush.width - 120)
        brush.text(sub, 66, y + 41, MUTED, "ui", 12, "l", brush.width - 120)
        cx = brush.width - 32
        brush.box((cx - 9, y + height / 2 - 9, 18, 18), WINDOW, 9, BRASS if chosen else DIM, 1.5)
        if chosen:
            brush.box((cx - 5, y + height / 2 - 5, 10, 10), BRASS, 5)
        words = "" if side is None else reflowed(side.briefing or side.note)
        brush.hot(key, box, partial(self._take_side, id_), Tip(name, words) if words else None)
        brush.ring(key, box)
        return y + height + 8

    def _agent_row(self, brush: Brush, y: float, side: Side) -> float:
        name = self.draft.agent(side.id)
        tip = Tip(f"Who plays {side.name}", f"{name}: {_AGENTS.get(name, 'an agent of an installed package')}.",
                  source="Click for the next, right click for the one before.")  # fmt: skip
        on, back = partial(self._step_agent, side.id, 1), partial(self._step_agent, side.id, -1)
        return self._choice(brush, f"agent_{side.id}", y, side.name, f"played by {name}", on, tip, back)

    def _choice(
        self, brush: Brush, key: str, y: float, label: str, value: str, act: Any, tip: Tip, back: Any = None
    ) -> float:
        box = (8, y, brush.width - 16, 30)
        if brush.is_hover(key):
            brush.box(box, RAISED, 4)
        used = brush.text(value, brush.width - 20, y + 15, TEXT, "ui_semibold", 13, "r", brush.width * 0.6)
        brush.text(label, 20, y + 15, MUTED, "ui", 13, "l", brush.width - 50 - used)
        brush.hot(key, box, act, tip, back)
        brush.ring(key, box)
        return y + 34

    # --- choices ----------------------------------------------------------------------------------------------
    def _take_side(self, id_: str) -> Action | None:
        self.draft.side = id_
        self._changed("")
        return None

    def _step_agent(self, side: str, by: int) -> Action | None:
        self.draft.next_agent(side, by)
        self._changed("")
        return None

    def _ask_seed(self) -> Action | None:
        def fault(text: str) -> str:
            right = text.isascii() and text.isdigit() and int(text) <= MOST_SEED
            return "" if right else f"A seed is a whole number from 0 to {MOST_SEED}"

        def done(text: str) -> Action | None:
            self.draft.seed = int(text)
            self._changed("")
            return None

        prompt = "Chance follows from this number. Leave it, or type one to repeat a game."
        return Push(EntryDialog(self.app, "Seed", prompt, str(self.draft.seed), fault, done))

    def _toggle_hide(self) -> Action | None:
        self.app.settings.hide_sensitive = not self.app.settings.hide_sensitive
        self._changed(self.app.keep_settings())
        return None
