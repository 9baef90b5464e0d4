"""One run of a scenario: agents play it to its end and what is kept of it comes back."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from game.ai.registry import agent
from game.results.runs import RunError, RunResult, result_of

if TYPE_CHECKING:
    from game.engine.playable import Playable
    from game.engine.world import World


def play(scenario: Playable, agents: Mapping[str, str], seed: int) -> World:
    """A finished game. `agents`: side -> name of its agent, for every side. ValueError if the seed is out of range."""
    world = scenario.start(seed)
    commanders = {side: agent(name, scenario, side) for side, name in agents.items()}
    while not world.over:
        world.step(world.ask(commanders))
    return world


def run_one(scenario: Playable, agents: Mapping[str, str], run: int, seed: int, turns: bool) -> RunResult:
    """Run number `run` of a sweep. What goes wrong in it becomes its error. `turns`: keep a row a turn."""
    began = time.process_time()
    try:
        world = play(scenario, agents, seed)
        return result_of(world, run, time.process_time() - began, turns)
    except Exception as error:  # an agent may be anybody's plug-in: its fault is this run's result, not the sweep's end
        return RunResult(run, seed, time.process_time() - began, error=describe(error))


def describe(error: BaseException) -> RunError:
    """An error as one row can hold it."""
    return RunError(type(error).__name__, " ".join(str(error).split())[:500])
