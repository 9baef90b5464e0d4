"""The first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui.actions import Action, Push, Quit
from game.ui.brush import Brush
from game.ui.pane import Pane
from game.ui.picture import Picture
from game.ui.screen import Screen
from game.ui.screens.dialogs import Dialog
from game.ui.screens.help import HelpScreen
from game.ui.screens.picker import Picker
from game.ui.screens.saves import LoadScreen, newest_save
from game.ui.screens.settings import SettingsScreen
from game.ui.theme import BRASS, DIM, GOOD, MUTED, TEXT, WARN, WINDOW
from game.ui.warmth import UNCOMPILED

if TYPE_CHECKING:
    from game.ui.window import App

COLUMN = 380.0


class Menu(Screen):
    """Title, what can be done, and how far the kernels are."""

    def __init__(self, app: App, notices: list[str] | None = None) -> None:
        super().__init__(app)
        self.pane = Pane("menu", self._body, kind="plain")
        self.panes = [self.pane]
        self.picture = Picture(app)
        self._notices = list(notices or [])
        self._newest = newest_save(app.saves)
        self.marks.focus = "menu.continue" if self._newest else "menu.new"

    def layout(self, width: float, height: float) -> None:
        self.pane.place((0, 0, min(COLUMN, width), height))
        self._newest = newest_save(self.app.saves)

    def draw_below(self, window: pygame.Surface) -> None:
        window.fill(WINDOW)
        left = self.pane.rect(self.app.fonts.scale).right
        room = pygame.Rect(left, 0, window.get_width() - left, window.get_height())
        if room.width > 40:
            self.picture.draw(window, room)
            pygame.draw.line(window, BRASS, (left, 0), (left, window.get_height()), max(1, round(self.app.fonts.scale)))

    @property
    def unfinished(self) -> bool:
        return self.picture.unfinished

    def update(self, seconds: float) -> Action | None:
        self.picture.update()
        if self._notices:
            text = "\n\n".join(self._notices)
            self._notices = []
            return Push(Dialog(self.app, "A notice", text))
        return None

    def _body(self, brush: Brush) -> float:
        h = self.pane.box[3]
        x, w = 40.0, brush.width - 80
        top = max(34.0, h * 0.13)
        brush.text("KAMPUCHEA", x, top, TEXT, "serif_bold", 38)
        brush.text("1977–1997", x, top + 42, BRASS, "serif", 26)
        y = top + 70
        if h > 560:
            y += 8 + brush.para(
                "The Cambodian–Vietnamese War and the wars after it: a simulation in hexes, with history beside it.",
                x, y + 4, w, MUTED, "ui", 14, 1.45,
            )  # fmt: skip
        items: list[tuple[str, str, str, object]] = []
        if self._newest is not None:
            items.append(("continue", "Continue", "", self._continue))
        items += [
            ("new", "New game", "", lambda: Push(Picker(self.app))),
            ("load", "Load a saved game", "load", lambda: Push(LoadScreen(self.app))),
            ("settings", "Settings", "", lambda: Push(SettingsScreen(self.app))),
            ("help", "Keys and help", "help", lambda: Push(HelpScreen(self.app))),
            ("quit", "Quit", "", Quit),
        ]
        left = h - 58 - (y + 16)
        step = max(36.0, min(54.0, left / len(items)))
        y += 16
        for k, (key, label, command, act) in enumerate(items):
            cap = self.app.keys.shown(command) if command else ""
            kind = "primary" if k == 0 else "normal"
            brush.button(key, (x, y, w, step - 8), label, act, cap, kind, size=15)  # type: ignore[arg-type]
            y += step
        self._status(brush, x, max(y + 20, h - 30))
        return h

    def _status(self, brush: Brush, x: float, y: float) -> None:
        warmth = self.app.warmth
        brush.box((x, y - 4, 8, 8), WARN if not warmth.done or warmth.trouble else GOOD, 4)
        ink = DIM if warmth.done else MUTED
        brush.text(self._status_words(), x + 16, y, ink, "ui", 12, "l", brush.width - x - 30)

    def _status_words(self) -> str:
        warmth = self.app.warmth
        if warmth.trouble:
            return UNCOMPILED
        return "Ready" if warmth.done else f"Compiling the rules: {warmth.share:.0%}; you can play meanwhile"

    def _continue(self) -> Action | None:
        return LoadScreen(self.app).open(self._newest) if self._newest is not None else None

    def command(self, command: str) -> Action | None:
        if command == "load":
            return Push(LoadScreen(self.app))
        return super().command(command)

    def back(self) -> Action | None:
        return Push(SettingsScreen(self.app))
