"""Pictures of the window for the README: `python -m game.ui.snapshots DIR`.

Drives the real window without a display: menu, a planned turn, the supply overlay, a finished game's result.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pygame

from game.ai import registry
from game.core.columns import force
from game.core.ids import Order
from game.engine.session import Session
from game.ui.actions import Push, Replace
from game.ui.app import first_screen
from game.ui.screens.play import PlayScreen
from game.ui.screens.result import ResultScreen
from game.ui.settings import Settings
from game.ui.shelf import Library
from game.ui.window import App

SIZE = (1920, 1080)
SCENARIO, SIDE, SEED = "christmas_invasion_1978", "vietnam", 7
LIMIT_S = 180.0
QUIET_FRAMES = 12
"""Frames without news after which a picture counts as finished."""


def _settle(app: App, ready: Callable[[], bool]) -> None:
    """Draw until the picture is finished. TimeoutError if it never is."""
    end = time.monotonic() + LIMIT_S
    quiet = 0
    while quiet < QUIET_FRAMES:
        app.frame(0.05)
        quiet = quiet + 1 if app.reading.done and ready() else 0
        if time.monotonic() > end:
            raise TimeoutError("the picture does not get finished")
        time.sleep(0.02)


def _save(app: App, folder: Path, name: str) -> None:
    pygame.image.save(app.window, str(folder / f"{name}.png"))


def _plan(play: PlayScreen, session: Session) -> None:
    """Give the assaults that the commander would give, and select the strongest of them."""
    planner = registry.agent("commander", session.scenario, SIDE)
    orders = planner.orders(session.view())
    session.plan(orders)
    assaults = [p for p in play.match.planned() if p.kind is Order.ATTACK and play.card.enemies(p.dest)]
    if assaults:
        men = play.match.view.tables.force_i[force.MEN]
        best = max(assaults, key=lambda p: (sum(int(men[f]) for f in p.forces), -p.number))
        play.desk.select_force(best.forces[0])
        play.camera.centre_on(best.dest, glide=False)
    play.changed()


def take(folder: Path, size: tuple[int, int] = SIZE, scale: float = 1.0) -> list[Path]:
    """Save the four pictures; returns their paths. OSError if the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(note_read=True, edge_pan=False, reduced_motion=True)
    shelf = Library()
    app = App(settings, folder / "unused.json", shelf, size, scale, folder / "no-saves")
    try:
        app.stack.append(first_screen(app, None, []))
        app.frame(0.05)
        _settle(app, lambda: not app.drawing)
        _save(app, folder, "menu")
        playable = shelf.open(SCENARIO)
        session = shelf.begin(playable, SIDE, dict.fromkeys(playable.sides, "commander"), SEED)
        play = PlayScreen(app, session)
        app.obey(Replace(play))
        app.frame(0.05)
        _plan(play, session)
        _settle(app, lambda: not app.drawing and not play.previews.busy)
        _save(app, folder, "play")
        play.command("supply")
        _settle(app, lambda: not app.drawing and play.scene.overlay is not None)
        _save(app, folder, "supply")
        planner = registry.agent("commander", playable, SIDE)
        while not session.world.over:
            session.plan(planner.orders(session.view()))
            list(session.end_turn())
        play.match.turn_played()
        app.obey(Push(ResultScreen(app, play.match)))
        _settle(app, lambda: True)
        _save(app, folder, "result")
    finally:
        app.close()
    return [folder / f"{name}.png" for name in ("menu", "play", "supply", "result")]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python -m game.ui.snapshots DIR", file=sys.stderr)
        sys.exit(2)
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    for path in take(Path(sys.argv[1])):
        print(path)
