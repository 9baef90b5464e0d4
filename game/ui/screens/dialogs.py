"""Small windows over a screen: questions, messages, errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from game.ui.actions import Action, Pop, Push, Quit, Replace
from game.ui.brush import Brush
from game.ui.pane import Pane
from game.ui.screen import Screen
from game.ui.theme import TEXT

if TYPE_CHECKING:
    from game.ui.window import App

WIDTH = 480
FOOT = 54


@dataclass(frozen=True)
class Choice:
    """A button of a dialog. `act` is called after the dialog has closed itself."""

    label: str
    act: Callable[[], Action | None] | None = None
    kind: str = "normal"


class Dialog(Screen):
    """A title, a text and buttons; Enter gives the primary answer, Esc that of the last button."""

    over = True

    def __init__(self, app: App, title: str, text: str, choices: Sequence[Choice] = (Choice("Close"),)) -> None:
        super().__init__(app)
        self.title, self.text, self.choices = title, text, tuple(choices)
        self.pane = Pane("dialog", self._body, lambda: (self.title, ""), self._foot, FOOT)
        self.panes = [self.pane]
        safe = next((k for k, choice in enumerate(self.choices) if choice.kind == "primary"), 0)
        self.marks.focus = f"dialog.foot.choice{safe}"

    def layout(self, width: float, height: float) -> None:
        self.pane.fit(self.app.fonts, self.marks, WIDTH, (width, height))

    def _body(self, brush: Brush) -> float:
        return brush.para(self.text, 16, 14, brush.width - 32, TEXT, "ui", 14, 1.45) + 26

    def _foot(self, brush: Brush) -> None:
        each = min(150.0, (brush.width - 24 - 8 * (len(self.choices) - 1)) / len(self.choices))
        x = brush.width - 12 - len(self.choices) * each - 8 * (len(self.choices) - 1)
        for k, choice in enumerate(self.choices):
            brush.button(f"choice{k}", (x, 10, each, 32), choice.label, partial(self._take, choice), kind=choice.kind)
            x += each + 8

    def _take(self, choice: Choice) -> Action | None:
        self.app.obey(Pop())
        return choice.act() if choice.act is not None else None

    def back(self) -> Action | None:
        return self._take(self.choices[-1])


def error_dialog(app: App, what: str, error: object) -> Push:
    """Say that something went wrong: what was tried, and the error's own words."""
    return Push(Dialog(app, what, str(error)))


def leave_asked(app: App, at_risk: str) -> Action:
    """Go to the main menu, or ask first if something would be lost (`at_risk`: what, in words)."""
    assert app.home is not None
    home = app.home
    if not at_risk:
        return Replace(home())
    choices = (Choice("Leave", lambda: Replace(home())), Choice("Stay", None, "primary"))
    return Push(Dialog(app, "Leave for the main menu?", at_risk, choices))


def quit_asked(app: App) -> Action:
    """Quit, or ask first if something would be lost."""
    at_risk = next((text for screen in reversed(app.stack) if (text := screen.at_risk())), "")
    if not at_risk:
        return Quit()
    if isinstance(app.top, Dialog):
        app.obey(Pop())
    return Push(Dialog(app, "Quit?", at_risk, (Choice("Quit", Quit, "normal"), Choice("Stay", None, "primary"))))
