"""After the warm-up nothing is left to be compiled."""

from __future__ import annotations

import sys

import game
from game.ai.warmup import is_warm, warm_up
from game.core.kernels import COMPILED


def compiled_versions() -> dict[str, int]:
    """Compiled versions of every kernel that is loaded."""
    found = {}
    for module in [m for name, m in sys.modules.items() if name.startswith("game.")]:
        for name, thing in vars(module).items():
            if hasattr(thing, "py_func") and hasattr(thing, "is_compiled"):
                found[f"{thing.py_func.__module__}.{name}"] = int(thing.is_compiled)
            elif hasattr(thing, "py_func") and hasattr(thing, "signatures"):
                found[f"{thing.py_func.__module__}.{name}"] = len(thing.signatures)
    return found


def test_a_real_game_compiles_nothing_more_after_the_warm_up() -> None:
    told: list[tuple[str, float]] = []
    warm_up(lambda what, share: told.append((what, share)))
    assert is_warm() and told[-1] == ("ready", 1.0)
    assert [share for _, share in told] == sorted(share for _, share in told)
    before = compiled_versions()
    assert bool(before) == COMPILED
    scenario = game.load("christmas_invasion_1978")
    world = scenario.start(3)
    agents = {side: game.agent("commander", scenario, side) for side in scenario.sides}
    for _ in range(2):
        world.step({side: agent.orders(world.view(side)) for side, agent in agents.items()})
    world.routes.reach(world.tables, 0, world.season)
    assert compiled_versions() == before


def test_a_second_warm_up_returns_at_once() -> None:
    told: list[str] = []
    warm_up()
    warm_up(lambda what, share: told.append(what))
    assert told == ["ready"]
