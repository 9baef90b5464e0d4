"""Hours of play without a display, and what the process holds meanwhile: `kampuchea bench --soak MINUTES`.

A minute is what a busy player does in one, not a minute by the clock: a look at every zoom, the map dragged, stacks
looked at, an overlay, a page, a turn. The minutes are shared among the shipped scenarios and the authors' template,
game after game in one process, each through its result and its replay back to the menu.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from game.scenario.library import assets_folder, list_scenarios
from game.ui.actions import Pop, Push, Replace
from game.ui.framebench import FRAME_S, open_window
from game.ui.mapview import ZOOMS
from game.ui.pages.screen import PAGE_COMMANDS
from game.ui.play.hands import OVERLAYS
from game.ui.screens.gamemenu import GameMenu
from game.ui.screens.menu import Menu
from game.ui.screens.picker import Picker
from game.ui.screens.play import PlayScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.result import ResultScreen
from game.ui.staging import AGENT, SEED, settle
from game.ui.window import App

_DRAG, _DRAGGED = 48, 40
"""Pixels that the map is dragged between two frames, and for how many."""
_RESCALED_EVERY = 10
"""Minutes after which letters are made larger, and smaller again."""
_FILM_S = 0.2
"""Seconds of a turn's pictures that pass with a frame."""


def resident_mb() -> float:
    """Megabytes of memory that the process holds now; not a number where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(minutes: int) -> Iterator[tuple[int, str, float]]:
    """Play for so many minutes: the minutes played, where the player is, megabytes held."""
    with open_window() as app:
        settle(app)
        yield 0, "menu", resident_mb()
        games = [*list_scenarios(), str(assets_folder() / "template")]
        played = 0
        for k, id_ in enumerate(games):
            for where in play_game(app, id_, minutes * (k + 1) // len(games) - played):
                played += where == "play"
                yield played, f"{Path(id_).name}: {where}", resident_mb()
            yield played, "menu", resident_mb()


def play_game(app: App, id_: str, minutes: int) -> Iterator[str]:
    """A game from the menu back to the menu; says where the player is after every minute and every great step."""
    app.obey(Push(Picker(app)))
    settle(app)
    playable = app.library.open(id_)
    session = app.library.begin(playable, playable.sides[0], dict.fromkeys(playable.sides, AGENT), SEED)
    play = PlayScreen(app, session)
    app.obey(Replace(play))
    for minute in range(minutes):
        play_minute(app, play, minute)
        yield "play"
    app.obey(Push(ResultScreen(app, play.match)))
    settle(app)
    yield "result"
    replay = ReplayScreen(app, play.match, app.library.reel(session))
    app.obey(Push(replay))
    for _ in range(replay.reel.turns):
        _do(app, "step_on")
    settle(app)
    yield "replay"
    app.obey(Replace(Menu(app)))
    settle(app)
    app.tidy()


def play_minute(app: App, play: PlayScreen, minute: int) -> None:
    """What a busy player does in a minute."""
    for command in ("zoom_out",) * len(ZOOMS) + ("zoom_in",) * (len(ZOOMS) - 1 - minute % 4):
        _do(app, command)
        settle(app)
    for k in range(_DRAGGED):
        play.camera.pan(_DRAG if minute % 2 else -_DRAG, _DRAG * (k % 3 - 1))
        app.frame(FRAME_S)
    for _ in range(3):
        _do(app, "next_stack")
    overlay = OVERLAYS[minute % len(OVERLAYS)]
    _do(app, overlay)
    settle(app)
    _do(app, overlay)
    if minute % _RESCALED_EVERY == _RESCALED_EVERY - 1:
        for by in (1, -1):
            app.step_scale(by)
            settle(app)
    app.obey(Push(GameMenu(app, play.match, False)))
    app.frame(FRAME_S)
    app.obey(Pop())
    _do(app, PAGE_COMMANDS[minute % len(PAGE_COMMANDS)])
    app.obey(Pop())
    _end_turn(app, play)


def _end_turn(app: App, play: PlayScreen) -> None:
    """The turn with its pictures; whatever it opens is closed again."""
    if not play.match.world.over:
        app.obey(play.end_turn())
        while play.resolver.busy:
            app.frame(_FILM_S)
    while app.top is not play:
        app.obey(Pop())
    settle(app)


def _do(app: App, command: str) -> None:
    """Give the topmost screen a command and draw."""
    app.obey(app.top.command(command))
    app.frame(FRAME_S)
