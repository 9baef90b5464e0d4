"""Sessions of a small game for the engine's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.core import rng
from game.core.ids import Order
from game.core.orders import Orders
from game.core.rng import Purpose
from game.core.view import View
from game.engine.playable import Playable
from game.engine.session import Session
from tests.builders import force, small_game


class Wanderer:
    """Gives every force of its side an order that depends on the hour alone."""

    def __init__(self, name: str, scenario: Playable, side: str) -> None:
        if name != "wanderer":
            raise ValueError(f"there is no agent '{name}'")

    def orders(self, view: View) -> Orders:
        orders = Orders()
        for f in view.own_forces():
            draw = rng.uniform(5, view.hour, f, int(Purpose.AGENT), 0)
            orders.give(f, Order.ATTACK, int(draw * view.setting.map.n))
        return orders


def small_scenario() -> Playable:
    world = small_game(
        [
            force(0, 40, 8000, tanks=20, guns=30),
            force(0, 41, 6000),
            force(0, 52, 6000),
            force(1, 44, 5000, dug_in=1.6),
            force(1, 56, 4000, cohesion=0.5),
            force(1, 60, 3000),
        ],
        depots=[(36, 0, 2_000_000), (59, 1, 900_000)],
        people=20000,
        turns=8,
    )
    return Playable(world.scenario)


@pytest.fixture
def scenario() -> Playable:
    return small_scenario()


@pytest.fixture
def new_session(scenario: Playable) -> Callable[..., Session]:
    def make(side: str | None = "s0", seed: int = 3) -> Session:
        others = {name: "wanderer" for name in scenario.sides if name != side}
        return Session(scenario, seed, side, others, Wanderer)

    return make


def play(session: Session, turns: int = 1) -> None:
    for _ in range(turns):
        for _records in session.end_turn():
            pass
