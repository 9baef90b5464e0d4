"""What the window opens with."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pygame

from game.engine.playable import Playable
from game.engine.replay import SUFFIX as REPLAY_SUFFIX
from game.engine.session import Session
from game.ui.actions import Push
from game.ui.match import Match
from game.ui.screen import Screen
from game.ui.screens.dialogs import Choice, Dialog
from game.ui.screens.menu import Menu
from game.ui.screens.play import PlayScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.settings import load_settings, settings_path
from game.ui.shelf import MOST_SEED, Library
from game.ui.window import App
from game.ui.words import reflowed


class NoWindow(Exception):
    """The machine's display refuses a window; the text is its own."""


@dataclass(frozen=True)
class Opening:
    """What the window opens with: the menu, unless a scenario or a file to load is named."""

    named: tuple[Path, ...] = ()
    """Further folders of scenarios for the picker."""
    playable: Playable | None = None
    side: str | None = None
    """The person's; None watches."""
    agents: Mapping[str, str] = field(default_factory=dict)
    """Side -> agent, for every side that the person does not play."""
    seed: int | None = None
    load: Path | None = None
    """A saved game or a replay; `playable` is then its scenario, which is looked for if not given."""

    @property
    def shows_replay(self) -> bool:
        return self.load is not None and self.load.name.endswith(REPLAY_SUFFIX)


_MENU = Opening()
_UNSEEN = "offscreen"
"""SDL's driver that draws where nobody sees it: what it takes when no display answers."""


def prepare(shelf: Library, opening: Opening) -> Session | None:
    """The session to begin with, or None for the menu. SaveError for a file that cannot be loaded."""
    if opening.load is not None:
        return shelf.load(opening.load, opening.playable)
    if opening.playable is None:
        return None
    seed = secrets.randbelow(MOST_SEED) if opening.seed is None else opening.seed
    return shelf.begin(opening.playable, opening.side, opening.agents, seed)


def first_screen(app: App, session: Session | None, notices: list[str]) -> Screen:
    """The menu, or the game; the window learns how to make both."""
    app.home = lambda: Menu(app)
    app.table = lambda found: PlayScreen(app, found)
    return Menu(app, notices + app.keys.faults) if session is None else PlayScreen(app, session)


def _content_note(app: App, session: Session) -> Dialog:
    """The note that the picker shows, for who begins without the picker."""

    def read() -> None:
        app.settings.note_read = True
        app.keep_settings()

    text = reflowed(session.scenario.definition.content_note)
    return Dialog(app, "Content note", text, (Choice("I have read this", read, "primary"),))


def run(
    opening: Opening = _MENU,
    size: tuple[int, int] | None = None,
    scale: float | None = None,
    max_frames: int | None = None,
) -> None:
    """Open the window.

    `size` in pixels, `scale` 1..2; `max_frames` ends the program after so many frames (for tests). SaveError for a file
    that cannot be loaded, before any window opens; NoWindow if this machine shows none.
    """
    shelf = Library(opening.named)
    session = prepare(shelf, opening)
    path = settings_path()
    settings, notices = load_settings(path)
    try:
        app = App(settings, path, shelf, size, scale, warm_up=shelf.warm_up)
    except pygame.error as error:
        raise NoWindow(str(error)) from error
    try:
        if pygame.display.get_driver() == _UNSEEN and not os.environ.get("SDL_VIDEODRIVER"):
            raise NoWindow(f"no display answers to {os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY')}")
        app.stack.append(first_screen(app, session, notices))
        if session is not None and opening.shows_replay:
            assert opening.load is not None
            changed = shelf.ends_otherwise(opening.load, session)
            app.obey(Push(ReplayScreen(app, Match(session), shelf.reel(session), changed)))
        if session is not None and not settings.note_read:
            app.obey(Push(_content_note(app, session)))
        app.loop(max_frames)
    finally:
        app.close()
