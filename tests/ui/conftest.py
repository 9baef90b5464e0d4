"""A window on a small war: two sides, five forces, real rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

# ruff: noqa: E402
import pygame
import pytest
from builders import force, plain_map, small_game
from driver import Driver
from one_scenario import OneScenario
from small_war import COLS, OTHER, OWN, ROWS, TOWN

from game.ai.warmup import warm_up
from game.core.hexmap import Place
from game.scenario.model import Event, Scenario
from game.ui.app import first_screen
from game.ui.settings import Settings
from game.ui.window import App


def _scenario(turns: int) -> Scenario:
    from dataclasses import replace
    from datetime import date

    hexmap = plain_map(COLS, ROWS)
    places = (
        Place("town", "Testville", TOWN, "town", "A", 0.0, 0.0),
        Place("camp", "Camp", OWN, "camp", "A", 0.0, 0.0),
    )
    hexmap = replace(hexmap, places=places)
    forces = [
        force(0, OWN, 9000, tanks=20, guns=30),
        force(0, OWN, 8000),
        force(0, OWN + 3 * COLS, 4000),
        force(1, OTHER, 2500),
        force(1, TOWN, 3000),
    ]
    control = [0 if k % COLS <= 5 else 1 for k in range(COLS * ROWS)]
    day = date(1979, 1, 1)
    events = (
        Event("grim", day, "A grim fact", "What was done.", "atrocity", True, (), ()),
        Event("plain", day, "A plain fact", "What was said.", "diplomacy", False, (), ()),
    )
    world = small_game(
        forces, hexmap=hexmap, turns=turns, control=control, people=12000, depots=[(OWN, 0, 900_000)], impulses=2,
        start=day, events=events,
    )  # fmt: skip
    return replace(
        world.scenario, title="A small war", briefing="One.\n\nTwo.", content_note="Read this.",
        hash="0123456789abcdef",
    )  # fmt: skip


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return _scenario(2)


@pytest.fixture
def desk_folder(tmp_path: Path) -> SimpleNamespace:
    return SimpleNamespace(settings=tmp_path / "settings.json", saves=tmp_path / "saves")


@pytest.fixture(scope="session")
def compiled_rules() -> None:
    """The rules are compiled before the first window opens: no test's patience has to cover the compiling."""
    warm_up()


MakeWindow = Callable[..., Driver]


@pytest.fixture
def open_window(scenario: Scenario, desk_folder: SimpleNamespace, compiled_rules: None) -> Iterator[MakeWindow]:
    made: list[App] = []

    def make(
        size: tuple[int, int] = (1920, 1080),
        scale: float = 1.0,
        side: str | None = "",
        settings: Settings | None = None,
    ) -> Driver:
        """The menu; or, with a side (None watches), a game."""
        settings = settings or Settings(
            note_read=True, edge_pan=False, reduced_motion=True, ask_idle=False, scale=scale
        )
        shelf = OneScenario(scenario)
        app = App(settings, desk_folder.settings, shelf, size, scale, desk_folder.saves)
        made.append(app)
        session = (
            None
            if side == ""
            else shelf.begin(app.reading.result()["test"], side, {"s0": "passive", "s1": "passive"}, 5)
        )
        app.stack.append(first_screen(app, session, []))
        driver = Driver(app)
        driver.frames(3)
        return driver

    yield make
    for app in reversed(made):
        app.close()
        pygame.display.init()
