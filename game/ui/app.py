"""What the window opens with."""

from __future__ import annotations

import secrets
from pathlib import Path

from game.engine.session import Session
from game.ui.screen import Screen
from game.ui.screens.menu import Menu
from game.ui.screens.play import PlayScreen
from game.ui.settings import load_settings, settings_path
from game.ui.shelf import MOST_SEED, Library
from game.ui.window import App


def prepare(
    shelf: Library, scenario: str | None, side: str | None, seed: int | None, load: Path | None
) -> Session | None:
    """The session to begin with, or None for the menu. Raises what the loaders raise; ValueError for a wrong side."""
    if load is not None:
        return shelf.load(load)
    if scenario is None:
        return None
    playable = shelf.open(scenario)
    if side is not None and side not in playable.sides:
        raise ValueError(f"there is no side '{side}'; choose one of {', '.join(playable.sides)}")
    if side is None:
        side = next((s.id for s in playable.definition.setting.sides if s.playable), None)
    agent = shelf.agents()[0]
    number = secrets.randbelow(MOST_SEED) if seed is None else seed
    return shelf.begin(playable, side, dict.fromkeys(playable.sides, agent), number)


def first_screen(app: App, session: Session | None, notices: list[str]) -> Screen:
    """The menu, or the game; the window learns how to make both."""
    app.home = lambda: Menu(app)
    app.table = lambda found: PlayScreen(app, found)
    return Menu(app, notices + app.keys.faults) if session is None else PlayScreen(app, session)


def run(
    scenario: str | None = None,
    side: str | None = None,
    seed: int | None = None,
    load: Path | None = None,
    size: tuple[int, int] | None = None,
    scale: float | None = None,
    max_frames: int | None = None,
) -> None:
    """Open the window at the menu, or at once in a game: a saved one (`load`) or a new one of `scenario`.

    `size` in pixels, `scale` 1..2; `max_frames` ends the program after so many frames (for tests). Raises what the
    loaders raise for a scenario or a save that cannot be used, before any window opens.
    """
    shelf = Library()
    session = prepare(shelf, scenario, side, seed, load)
    path = settings_path()
    settings, notices = load_settings(path)
    app = App(settings, path, shelf, size, scale, warm_up=shelf.warm_up)
    try:
        app.stack.append(first_screen(app, session, notices))
        app.loop(max_frames)
    finally:
        app.close()
