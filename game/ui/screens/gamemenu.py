"""The menu within a game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import keys
from game.ui.actions import Action, Pop, Push, Replace
from game.ui.brush import Brush
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.reel import Reel
from game.ui.screen import Screen
from game.ui.screens.briefing import BriefingScreen
from game.ui.screens.dialogs import Choice, Dialog, error_dialog, leave_asked, quit_asked
from game.ui.screens.help import HelpScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.saves import LoadScreen, ask_save
from game.ui.screens.settings import SettingsScreen
from game.ui.work import Task

if TYPE_CHECKING:
    from game.ui.window import App

WIDTH = 320.0
_ITEMS = 10


class GameMenu(Screen):
    """Go on, save, load, begin again, settings, leave."""

    over = True
    groups = (keys.EVERYWHERE, keys.LISTS, keys.RESULT, keys.MAP)

    def __init__(self, app: App, match: Match, busy: bool) -> None:
        super().__init__(app)
        self.match, self.busy = match, busy
        self._replaying: Task[Reel] | None = None
        title = match.scenario.title
        self.pane = Pane("gamemenu", self._body, lambda: ("Game", title))
        self.panes = [self.pane]
        self.marks.focus = "gamemenu.go"

    def layout(self, width: float, height: float) -> None:
        w = min(WIDTH, width - 24)
        step = self._step(height)
        h = 32 + 16 + _ITEMS * step
        self.pane.place(((width - w) / 2, max(8.0, (height - h) * 0.4), w, min(h, height - 16)))

    def _step(self, height: float) -> float:
        return max(32.0, min(46.0, (height - 80) / _ITEMS))

    def _body(self, brush: Brush) -> float:
        caps = self.app.keys.shown
        replaying = self._replaying is not None
        played = not (self.busy or replaying or self.match.world.turn == 0)
        items = [
            ("go", "Go on", "Esc", Pop, "primary"),
            ("save", "Save", caps("save"), None if self.busy else self._save, "normal"),
            ("load", "Load", caps("load"), self._load, "normal"),
            ("replay", "Preparing…" if replaying else "Replay so far", caps("replay"),
             self._replay if played else None, "normal"),
            ("again", "Begin again", "", None if self.busy else self._ask_again, "normal"),
            ("aims", "Briefing and objectives", caps("aims"), self._aims, "normal"),
            ("settings", "Settings", "", lambda: Push(SettingsScreen(self.app)), "normal"),
            ("help", "Keys and help", caps("help"), lambda: Push(HelpScreen(self.app)), "normal"),
            ("leave", "Leave for the main menu", "", self._leave, "normal"),
            ("quit", "Quit", "", self._quit, "normal"),
        ]  # fmt: skip
        step = (self.pane.view_height - 14) / len(items)
        for k, (key, label, cap, act, kind) in enumerate(items):
            brush.button(key, (12, 8 + k * step, brush.width - 24, step - 7), label, act, cap, kind, size=14)
        return self.pane.view_height

    def command(self, command: str) -> Action | None:
        if command == "save" and not self.busy:
            return self._save()
        if command == "load":
            return self._load()
        if command == "replay" and not self.busy:
            return self._replay()
        return self._aims() if command == "aims" else super().command(command)

    def update(self, seconds: float) -> Action | None:
        if self._replaying is None or not self._replaying.done:
            return None
        task, self._replaying = self._replaying, None
        self.touch()
        if task.error is not None:
            return error_dialog(self.app, "The game could not be replayed", task.error)
        reel = task.result()
        changed = reel.state(reel.turns).hash() != self.match.world.state_hash()
        return Push(ReplayScreen(self.app, self.match, reel, changed))

    def _load(self) -> Action | None:
        return Push(LoadScreen(self.app))

    def _replay(self) -> Action | None:
        """The turns played so far; while the game lasts, through the person's own eyes."""
        if self._replaying is None and self.match.world.turn > 0:
            self._replaying = Task(lambda: self.app.library.reel(self.match.session), "replay")
            self.touch()
        return None

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
