"""Hours of play without a display, and what the process holds meanwhile: `kampuchea bench --soak MINUTES`.

A minute is what a busy player does in one, not a minute by the clock: every zoom passed and one looked at, the map
dragged, stacks looked at, orders given and taken back, an overlay, a page, the help, a turn, a save now and then. The
shipped scenarios and the authors' template, which `kampuchea new` hands out, take turns, game after game in one
process, each through its result and its replay back to the menu.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from game.ai import registry
from game.scenario.library import assets_folder, list_scenarios
from game.ui.actions import Pop, Push, Replace
from game.ui.framebench import FRAME_S, open_window
from game.ui.mapview import ZOOMS
from game.ui.pages.screen import PAGE_COMMANDS
from game.ui.play.hands import OVERLAYS
from game.ui.screen import Screen
from game.ui.screens.gamemenu import GameMenu
from game.ui.screens.help import HelpScreen
from game.ui.screens.menu import Menu
from game.ui.screens.picker import Picker
from game.ui.screens.play import PlayScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.result import ResultScreen
from game.ui.screens.saves import LoadScreen
from game.ui.staging import AGENT, SEED
from game.ui.window import App

_DRAG, _DRAGGED = 96, 12
"""Pixels that the map is dragged between two frames, and for how many."""
_SITTING = 12
"""Minutes that a player stays with one game."""
_SAVED_EVERY, _RESCALED_EVERY = 4, 10
"""Minutes after which the game is saved; after which letters are made larger, and smaller again."""
_FILM_S = 0.2
"""Seconds of a turn's pictures that pass with a frame."""
_WAIT_S = 0.1
"""How long the background is left alone, by the clock, to make what a picture still lacks."""
_LIMIT_S = 180.0
"""Longest that a picture may take to be finished."""


class Reading(NamedTuple):
    """What the process held at a moment of the soak."""

    minute: int
    """Minutes played."""
    seconds: float
    """By the clock, since the window opened."""
    megabytes: float
    """Resident memory of the process."""
    kept: float
    """Megabytes of it that the map's and the letters' caches count."""
    where: str
    """The scenario, and where the player is in it."""


def resident_mb() -> float:
    """Megabytes of memory that the process holds now; not a number where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(minutes: int) -> Iterator[Reading]:
    """Play for so many minutes: a reading after each, and after every great step."""
    start = time.monotonic()
    games = [*list_scenarios(), str(assets_folder() / "template")]
    sittings = max(min(minutes, len(games)), round(minutes / _SITTING))
    with open_window() as app:
        played = 0

        def reading(where: str) -> Reading:
            return Reading(played, time.monotonic() - start, resident_mb(), app.nbytes / 1e6, where)

        _finish(app)
        yield reading("menu")
        for k in range(sittings):
            id_ = games[k % len(games)]
            for where in play_game(app, id_, played, minutes * (k + 1) // sittings):
                played += where == "play"
                yield reading(f"{Path(id_).name}: {where}")
            yield reading("menu")


def play_game(app: App, id_: str, since: int, until: int) -> Iterator[str]:
    """A game from the menu back to the menu, from one minute to another; says where the player is after every minute
    and every great step.
    """
    app.obey(Push(Picker(app)))
    _finish(app)
    playable = app.library.open(id_)
    session = app.library.begin(playable, playable.sides[0], dict.fromkeys(playable.sides, AGENT), SEED)
    play = PlayScreen(app, session)
    app.obey(Replace(play))
    for minute in range(since, until):
        play_minute(app, play, minute)
        yield "play"
    app.obey(Push(ResultScreen(app, play.match)))
    _finish(app)
    yield "result"
    replay = ReplayScreen(app, play.match, app.library.reel(session))
    app.obey(Push(replay))
    for _ in range(replay.reel.turns):
        _do(app, "step_on")
    _finish(app)
    yield "replay"
    app.obey(Replace(Menu(app)))
    _finish(app)
    app.tidy()


def play_minute(app: App, play: PlayScreen, minute: int) -> None:
    """What a busy player does in a minute."""
    for command in ("zoom_out",) * len(ZOOMS) + ("zoom_in",) * (len(ZOOMS) - 1):
        _do(app, command)
    for _ in range(minute % len(ZOOMS)):
        _do(app, "zoom_out")
    _finish(app)
    for k in range(_DRAGGED):
        play.camera.pan(_DRAG if minute % 2 else -_DRAG, _DRAG * (k % 3 - 1))
        app.frame(FRAME_S)
    for _ in range(3):
        _do(app, "next_stack")
    _plan(app, play)
    overlay = OVERLAYS[minute % len(OVERLAYS)]
    _do(app, overlay)
    _finish(app)
    _do(app, overlay)
    if minute % _RESCALED_EVERY == _RESCALED_EVERY - 1:
        for by in (1, -1):
            app.step_scale(by)
            _finish(app)
    if minute % _SAVED_EVERY == _SAVED_EVERY - 1:
        play.match.autosave(app.saves)
        _look_into(app, LoadScreen(app))
    for screen in (GameMenu(app, play.match, False), HelpScreen(app)):
        _look_into(app, screen)
    _do(app, PAGE_COMMANDS[minute % len(PAGE_COMMANDS)])
    app.obey(Pop())
    _end_turn(app, play)


def _look_into(app: App, screen: Screen) -> None:
    app.obey(Push(screen))
    app.frame(FRAME_S)
    app.obey(Pop())


def _plan(app: App, play: PlayScreen) -> None:
    """The side's orders as the agent would give them, taken back and given once more."""
    match = play.match
    session = match.session
    if match.world.over or session.side is None:
        return
    session.plan(registry.agent(AGENT, session.scenario, session.side).orders(session.view()))
    play.changed()
    _finish(app, lambda: not play.previews.busy)
    for command in ("undo", "redo"):
        _do(app, command)


def _end_turn(app: App, play: PlayScreen) -> None:
    """The turn with its pictures; whatever it opens is closed again."""
    if not play.match.world.over:
        app.obey(play.end_turn())
        while play.resolver.busy:
            app.frame(_FILM_S)
    while app.top is not play:
        app.obey(Pop())
    _finish(app)


def _do(app: App, command: str) -> None:
    """Give the topmost screen a command and draw."""
    app.obey(app.top.command(command))
    app.frame(FRAME_S)


def _finish(app: App, ready: Callable[[], bool] = lambda: True) -> None:
    """Draw until the picture is finished and `ready`. TimeoutError if it never is."""
    end = time.monotonic() + _LIMIT_S
    app.frame(_FILM_S)
    while not app.reading.done or app.drawing or not ready():
        time.sleep(_WAIT_S)
        app.frame(_FILM_S)
        if time.monotonic() > end:
            raise TimeoutError("the picture does not get finished")
