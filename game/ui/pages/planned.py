"""What the side's factions are to do this turn beside their forces' orders, with undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.ui.actions import Action
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pane import Pane
from game.ui.play.deeds import act_words
from game.ui.theme import BAD, MUTED, RAISED, TEXT

ROW = 44.0


class PlannedPane:
    """The acts planned so far, and why the last one was refused. `name` is the panel's."""

    def __init__(self, council: Council, name: str) -> None:
        self.council = council
        self.pane = Pane(name, self._body, self._title, self._foot, 44)

    def _title(self) -> tuple[str, str]:
        count = len(self.council.match.orders.acts)
        return "Planned for this turn", f"{count} {'act' if count == 1 else 'acts'}"

    def _body(self, brush: Brush) -> float:
        council, y = self.council, 8.0
        if council.refusal:
            height = brush.para_height(council.refusal, brush.width - 64, "ui_medium", 13) + 12
            brush.box((8, y, brush.width - 16, height), RAISED, 4, BAD)
            brush.icon("warn", 26, y + height / 2, BAD, 20)
            words = council.refusal[:1].upper() + council.refusal[1:]
            brush.para(words, 44, y + 6, brush.width - 64, TEXT, "ui_medium", 13)
            y += height + 6
        if council.match.side is None:
            return y + brush.para("You watch; the agents act.", 12, y, brush.width - 24, MUTED) + 12
        acts = council.match.orders.acts
        if not acts:
            words = "Nothing yet. What you choose here is done when the turn ends."
            return y + brush.para(words, 12, y, brush.width - 24, MUTED) + 10
        titles = council.match.event_titles
        for n, act in enumerate(acts):
            title, text = act_words(council.view, act, titles[act.a] if act.a < len(titles) else "")
            brush.box((8, y, brush.width - 16, ROW - 4), RAISED, 4)
            brush.text(title, 18, y + 13, TEXT, "ui_semibold", 13, "l", brush.width - 66)
            brush.text(text, 18, y + 29, MUTED, "ui", 12, "l", brush.width - 66)
            brush.hot(f"act{n}", (8, y, brush.width - 48, ROW - 4), None, Tip(title, text))
            brush.icon("cross", brush.width - 26, y + 20, MUTED, 18)
            box = (brush.width - 40, y + 6, 28.0, 28.0)
            brush.hot(f"x{n}", box, partial(council.drop, act), Tip("Take this back"))
            brush.ring(f"x{n}", box)
            y += ROW
        return y + 2

    def _foot(self, brush: Brush) -> None:
        match, keys = self.council.match, self.council.keys
        w = (brush.width - 22) / 2
        for k, (label, command, able) in enumerate(
            (("Undo", "undo", match.can_undo), ("Redo", "redo", match.can_redo))
        ):
            act: Callable[[], Action | None] | None = partial(self._step, command) if able else None
            brush.button(command, (8 + k * (w + 6), 6, w, 30), label, act, keys.shown(command))

    def _step(self, command: str) -> Action | None:
        match = self.council.match
        _ = match.undo() if command == "undo" else match.redo()
        self.council.refusal = ""
        self.council.changed()
        return None
