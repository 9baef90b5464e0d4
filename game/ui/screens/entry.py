"""A dialog with one line to type in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.ui import gui
from game.ui.actions import Action, Pop
from game.ui.brush import Brush
from game.ui.pane import Pane
from game.ui.screen import Screen
from game.ui.theme import BAD, TEXT

if TYPE_CHECKING:
    from pygame_gui.elements import UITextEntryLine

    from game.ui.window import App

WIDTH, HEIGHT = 460, 190


class EntryDialog(Screen):
    """Asks for a line of text. `fault` says what is wrong with it, or nothing; `done` gets it once it is right."""

    over = True

    def __init__(
        self,
        app: App,
        title: str,
        prompt: str,
        text: str,
        fault: Callable[[str], str],
        done: Callable[[str], Action | None],
    ) -> None:
        super().__init__(app)
        self.title, self.prompt, self._start = title, prompt, text
        self._fault, self._done = fault, done
        self.notice = ""
        self.pane = Pane("entry", self._body, lambda: (self.title, ""), self._foot, 52)
        self.panes = [self.pane]
        self.line: UITextEntryLine | None = None

    def layout(self, width: float, height: float) -> None:
        w, h = min(WIDTH, width - 24), min(HEIGHT, height - 24)
        x, y = (width - w) / 2, (height - h) * 0.4
        self.pane.place((x, y, w, h))
        text = self.line.get_text() if self.line is not None else self._start
        self.gui = gui.manager(self.app.window.get_size(), self.app.fonts)
        self.line = gui.text_entry(self.gui, self.app.fonts, (x + 16, y + 66, w - 32, 34), text)
        self.line.select_range = [0, len(text)]

    def typing(self) -> bool:
        return self.line is not None and bool(self.line.is_focused)

    def _body(self, brush: Brush) -> float:
        brush.para(self.prompt, 16, 10, brush.width - 32, TEXT)
        if self.notice:
            brush.para(self.notice, 16, 76, brush.width - 32, BAD, "ui", 12)
        return 104

    def _foot(self, brush: Brush) -> None:
        brush.button("ok", (brush.width - 260, 10, 120, 32), "OK", self._take, "Enter", "primary")
        brush.button("cancel", (brush.width - 132, 10, 120, 32), "Cancel", Pop, "Esc")

    def _key(self, event: pygame.event.Event) -> Action | None:
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and not self.marks.focus.endswith("cancel"):
            return self._take()
        if event.key == pygame.K_TAB and self.gui is not None:
            self.gui.set_focus_set(None)
        return super()._key(event)

    def _take(self) -> Action | None:
        text = self.line.get_text().strip() if self.line is not None else ""
        self.notice = self._fault(text)
        self.touch()
        if self.notice:
            return None
        self.app.obey(Pop())
        return self._done(text)
