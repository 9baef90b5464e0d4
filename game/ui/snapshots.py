"""Pictures of the window for the README: `python -m game.ui.snapshots DIR`.

Drives the real window without a display: menu, a planned turn, the supply overlay, a finished game's result; the
campaign after some years: diplomacy, politics and economy, support.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pygame

from game.ai import registry
from game.ui.actions import Pop, Push
from game.ui.app import first_screen
from game.ui.pages.screen import PagesScreen
from game.ui.screens.result import ResultScreen
from game.ui.settings import Settings
from game.ui.shelf import Library
from game.ui.staging import AGENT, SIDE, open_campaign, open_game, settle
from game.ui.window import App

SIZE = (1920, 1080)
NAMES = ("menu", "play", "supply", "result", "campaign", "support", "diplomacy", "politics")
_FRAMES = 4
"""Frames after which a page stands."""


def _save(app: App, folder: Path, name: str) -> None:
    pygame.image.save(app.window, str(folder / f"{name}.png"))


def take(folder: Path, size: tuple[int, int] = SIZE, scale: float = 1.0) -> list[Path]:
    """Save the pictures of NAMES; returns their paths. OSError if the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(note_read=True, edge_pan=False, reduced_motion=True)
    shelf = Library()
    app = App(settings, folder / "unused.json", shelf, size, scale, folder / "no-saves")
    try:
        app.stack.append(first_screen(app, None, []))
        app.frame(0.05)
        settle(app)
        _save(app, folder, "menu")
        play = open_game(app)
        session = play.match.session
        settle(app, lambda: not play.previews.busy)
        _save(app, folder, "play")
        play.command("supply")
        settle(app, lambda: play.scene.overlay is not None)
        _save(app, folder, "supply")
        planner = registry.agent(AGENT, session.scenario, SIDE)
        while not session.world.over:
            session.plan(planner.orders(session.view()))
            list(session.end_turn())
        play.match.turn_played()
        app.obey(Push(ResultScreen(app, play.match)))
        settle(app)
        _save(app, folder, "result")
        campaign = open_campaign(app)
        settle(app, lambda: not campaign.previews.busy)
        _save(app, folder, "campaign")
        campaign.command("support")
        settle(app)
        _save(app, folder, "support")
        for page, name in (("page_diplomacy", "diplomacy"), ("page_home", "politics")):
            app.obey(Push(PagesScreen(app, campaign.match, page)))
            for _ in range(_FRAMES):
                app.frame(0.05)
            _save(app, folder, name)
            app.obey(Pop())
    finally:
        app.close()
    return [folder / f"{name}.png" for name in NAMES]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python -m game.ui.snapshots DIR", file=sys.stderr)
        sys.exit(2)
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    for path in take(Path(sys.argv[1])):
        print(path)
