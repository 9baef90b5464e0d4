"""The menu within a game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.actions import Action, Pop, Push, Replace
from game.ui.brush import Brush
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.screen import Screen
from game.ui.screens.briefing import BriefingScreen
from game.ui.screens.dialogs import Choice, Dialog, leave_asked, quit_asked
from game.ui.screens.help import HelpScreen
from game.ui.screens.saves import LoadScreen, ask_save
from game.ui.screens.settings import SettingsScreen

if TYPE_CHECKING:
    from game.ui.window import App

WIDTH = 320.0


class GameMenu(Screen):
    """Go on, save, load, begin again, settings, leave."""

    over = True

    def __init__(self, app: App, match: Match, busy: bool) -> None:
        super().__init__(app)
        self.match, self.busy = match, busy
        title = match.scenario.title
        self.pane = Pane("gamemenu", self._body, lambda: ("Game", title))
        self.panes = [self.pane]
        self.marks.focus = "gamemenu.go"

    def layout(self, width: float, height: float) -> None:
        w = min(WIDTH, width - 24)
        step = self._step(height)
        h = 32 + 16 + 9 * step
        self.pane.place(((width - w) / 2, max(8.0, (height - h) * 0.4), w, min(h, height - 16)))

    def _step(self, height: float) -> float:
        return max(32.0, min(46.0, (height - 80) / 9))

    def _body(self, brush: Brush) -> float:
        keys = self.app.keys
        items = [
            ("go", "Go on", "Esc", Pop, "primary"),
            ("save", "Save", keys.shown("save"), None if self.busy else self._save, "normal"),
            ("load", "Load", keys.shown("load"), lambda: Push(LoadScreen(self.app)), "normal"),
            ("again", "Begin again", "", None if self.busy else self._ask_again, "normal"),
            ("aims", "Briefing and objectives", keys.shown("aims"), self._aims, "normal"),
            ("settings", "Settings", "", lambda: Push(SettingsScreen(self.app)), "normal"),
            ("help", "Keys and help", keys.shown("help"), lambda: Push(HelpScreen(self.app)), "normal"),
            ("leave", "Leave for the main menu", "", self._leave, "normal"),
            ("quit", "Quit", "", self._quit, "normal"),
        ]
        step = (self.pane.view_height - 14) / len(items)
        for k, (key, label, cap, act, kind) in enumerate(items):
            brush.button(key, (12, 8 + k * step, brush.width - 24, step - 7), label, act, cap, kind, size=14)
        return self.pane.view_height

    def command(self, command: str) -> Action | None:
        if command == "save" and not self.busy:
            return self._save()
        return super().command(command)

    def _save(self) -> Action | None:
        return ask_save(self.app, self.match)

    def _aims(self) -> Action | None:
        return Push(BriefingScreen(self.app, self.match, self.busy))

    def _ask_again(self) -> Action | None:
        def again() -> Action | None:
            assert self.app.table is not None
            return Replace(self.app.table(self.app.library.again(self.match.session)))

        text = "The scenario begins again with the same side, opponents and seed. What is not saved is gone."
        choices = (Choice("Begin again", again), Choice("Stay", None, "primary"))
        return Push(Dialog(self.app, "Begin again?", text, choices))

    def _leave(self) -> Action | None:
        return leave_asked(self.app, next((text for s in reversed(self.app.stack) if (text := s.at_risk())), ""))

    def _quit(self) -> Action | None:
        return quit_asked(self.app)
