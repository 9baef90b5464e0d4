"""The pages of a game: diplomacy, politics and economy, the peace process, the harm ledger. Esc: back to the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pygame

from game.ui import keys
from game.ui.actions import Action, Pop, Push
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pages.council import Council
from game.ui.pages.diplomacy import diplomacy_page
from game.ui.pages.home import home_page
from game.ui.pages.ledger import ledger_page
from game.ui.pages.page import Page
from game.ui.pages.peace import peace_page
from game.ui.pane import Pane
from game.ui.play.asked import waiting
from game.ui.play.desk import NOTICE_S
from game.ui.play.overmap import draw_notice
from game.ui.screen import Screen
from game.ui.screens.decision import DecisionScreen
from game.ui.screens.dialogs import Choice, Dialog
from game.ui.styles import style_of
from game.ui.theme import BRASS, MUTED, TEXT
from game.ui.words import turn_day

if TYPE_CHECKING:
    from game.ui.window import App

TOP = 54.0
PAGE_LABELS = (
    ("page_map", "Map"), ("page_diplomacy", "Diplomacy"), ("page_home", "Home"), ("page_peace", "Peace"),
    ("page_ledger", "Ledger"),
)  # fmt: skip
"""Command of each page, and the word on its button."""
PAGE_COMMANDS = ("page_diplomacy", "page_home", "page_peace", "page_ledger")
"""Commands that open a page over the map."""
_TAB = 40.0


class PagesScreen(Screen):
    """One page at a time, over the whole window."""

    groups = (keys.EVERYWHERE, keys.LISTS, keys.PAGES)

    def __init__(self, app: App, match: Match, page: str) -> None:
        """`page`: command of the page to open with."""
        super().__init__(app)
        self.match = match
        self.council = Council(match, app.keys, self._changed, self._ask)
        self.pages: dict[str, Page] = {
            "page_diplomacy": diplomacy_page(self.council),
            "page_home": home_page(self.council),
            "page_peace": peace_page(self.council),
            "page_ledger": ledger_page(match),
        }
        self.chosen = page
        self._notice_left = 0.0
        """Seconds for which a refusal is still said over the page."""
        self.head = Pane("head", self._head, kind="plain")
        self.tabs = Pane("tabs", self._tabs, kind="plain")
        self._take(page)

    @property
    def page(self) -> Page:
        return self.pages[self.chosen]

    def _take(self, page: str) -> None:
        self.chosen = page
        self.marks.focus = ""
        self.let_go()
        self.panes = [self.head, self.tabs, *self.page.panes]
        self._changed()

    def _ask(self, title: str, text: str, act: Callable[[], Action | None]) -> Action:
        """A question before a grave act; the answer that changes nothing is the marked one."""
        return Push(Dialog(self.app, title, text, (Choice("Yes", act), Choice("No", None, "primary"))))

    def _changed(self) -> None:
        self.touch()
        self.relayout()

    def layout(self, width: float, height: float) -> None:
        self.head.place((0, 0, width, TOP))
        wide = self.page.is_wide(width, height) or len(self.page.panes) == 1
        self.tabs.shown = not wide
        self.tabs.place((12, TOP + 3, width - 24, 34))
        self.page.place(width, height, TOP if wide else TOP + _TAB, self.app.fonts, self.marks)

    # --- painting ---------------------------------------------------------------------------------------------
    def _head(self, brush: Brush) -> float:
        w = self.head.box[2]
        brush.rule(0, TOP - 1, w, BRASS)
        eyes = self.match.eyes
        x = w - 12.0
        small = w < 900
        for command, label in reversed(PAGE_LABELS):
            width = 84.0 if small else 124.0
            x -= width
            kind = "on" if command == self.chosen else "quiet"
            cap = "" if small else self.app.keys.shown(command)
            brush.button(command, (x, 11, width, 32), label, partial(self._go, command), cap, kind)
            x -= 6
        if eyes is None:
            brush.icon("eye", 29, 27, BRASS, 26)
            name = "All sides"
        else:
            side = self.match.setting.sides[eyes]
            brush.chip(style_of(self.match.setting.factions[side.factions[0]]), 14, 27)
            name = side.name
        brush.text(self.page.title, 54, 18, TEXT, "ui_semibold", 15, "l", x - 60)
        day = turn_day(self.match.setting, self.match.day)
        brush.text(f"{name} · {day}", 54, 38, MUTED, "ui", 11, "l", x - 60)
        brush.hot("where", (0, 0, max(60.0, x - 10), TOP), None, Tip(self.page.title, f"{name}, {day}. Esc: the map."))
        return TOP

    def _tabs(self, brush: Brush) -> float:
        labels = self.page.labels
        each = (brush.width - 6 * (len(labels) - 1)) / len(labels)
        for k, label in enumerate(labels):
            kind = "on" if k == self.page.tab else "quiet"
            brush.button(f"tab{k}", (k * (each + 6), 2, each, 30), label, partial(self._tab, k), "", kind)
        return 34.0

    def _tab(self, k: int) -> Action | None:
        self.page.tab = k
        self._changed()
        return None

    def update(self, seconds: float) -> Action | None:
        self.council.whys.update()
        self._notice_left = max(0.0, self._notice_left - seconds)
        return None

    # --- commands -----------------------------------------------------------------------------------------------
    def _go(self, command: str) -> Action | None:
        return self.command(command)

    def command(self, command: str) -> Action | None:
        if command == "page_map":
            return Pop()
        if command == "decisions":
            return self._decide()
        if command in self.pages:
            if command == self.chosen:
                return Pop()
            self._take(command)
            return None
        return super().command(command)

    def _decide(self) -> Action | None:
        found = waiting(self.match)
        if found:
            return Push(DecisionScreen(self.app, self.match, found))
        return self._refuse("no decision waits for an answer")

    def _refuse(self, why: str) -> Action | None:
        """Say why something cannot be done: among what is planned, and for a moment over the page, whichever it is."""
        self.council.refusal, self._notice_left = why, NOTICE_S
        self._changed()
        return None

    @property
    def moving(self) -> bool:
        return self._notice_left > 0

    def draw_over(self, window: pygame.Surface) -> None:
        if self._notice_left > 0 and self.council.refusal:
            draw_notice(window, self.app.fonts, self.council.refusal, (window.get_width() // 2, round(TOP)))

    def on_event(self, event: pygame.event.Event) -> Action | None:
        if event.type == pygame.KEYDOWN:
            command = self.app.keys.command(event, (keys.ORDERS,))
            if command in ("undo", "redo"):
                self.council.refusal = ""
                if not (self.match.undo() if command == "undo" else self.match.redo()):
                    self._refuse(f"nothing to {command}")
                self._changed()
        return None
