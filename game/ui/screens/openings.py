"""What can be opened over the play screen: menu, briefing, saves, pages, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.actions import Push
from game.ui.match import Match
from game.ui.pages.screen import PAGE_COMMANDS, PagesScreen
from game.ui.play.asked import waiting
from game.ui.screens.briefing import BriefingScreen
from game.ui.screens.decision import DecisionScreen
from game.ui.screens.gamemenu import GameMenu
from game.ui.screens.saves import LoadScreen

if TYPE_CHECKING:
    from game.ui.window import App

OPENINGS = ("menu", "aims", "load", "decisions", *PAGE_COMMANDS)
"""Commands that open something."""


def opened(app: App, match: Match, command: str, busy: bool) -> Push | str:
    """What a command of OPENINGS opens, or why it cannot now; `busy`: a turn is being resolved."""
    if command == "menu":
        return Push(GameMenu(app, match, busy))
    if command == "aims":
        return Push(BriefingScreen(app, match, busy))
    if command == "load":
        return Push(LoadScreen(app))
    if busy:
        return "wait until the turn has been carried out"
    if command == "decisions":
        found = waiting(match)
        return Push(DecisionScreen(app, match, found)) if found else "no decision waits for an answer"
    return Push(PagesScreen(app, match, command))
