"""One run of a scenario: agents play it to its end and what is kept of it comes back."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING

from game.ai.registry import agent
from game.results.runs import RunError, RunResult, result_of

if TYPE_CHECKING:
    from game.engine.playable import Playable
    from game.engine.world import World
    from game.headless.plan import Plan

_MESSAGE_LIMIT = 500
_TRACEBACK_LIMIT = 8000
"""Characters; of a longer one the end is kept."""


def play(scenario: Playable, agents: Mapping[str, str], seed: int) -> World:
    """A finished game. `agents`: side -> name of its agent, for every side. ValueError if the seed is out of range."""
    world = scenario.start(seed)
    commanders = {side: agent(name, scenario, side) for side, name in agents.items()}
    while not world.over:
        world.step(world.ask(commanders))
    return world


def run_one(scenario: Playable, plan: Plan, run: int) -> RunResult:
    """Run number `run` of a sweep. Whatever is raised in it becomes its error."""
    began, seed = time.process_time(), plan.seed_of(run)
    try:
        world = play(scenario, dict(plan.agents), seed)
        return result_of(world, run, time.process_time() - began, plan.turns)
    except BaseException as error:  # an agent may be anybody's: also its sys.exit ends this run and not the sweep
        return RunResult(run, seed, time.process_time() - began, error=describe(error))


def describe(error: BaseException) -> RunError:
    """An error as one row can hold it."""
    traceback.clear_frames(error.__traceback__)  # where memory ran out, they hold it
    try:
        message = str(error)
    except BaseException as worse:
        message = f"its message cannot be told: {type(worse).__name__}"
    told = "".join(traceback.format_exception(error, limit=-50))[-_TRACEBACK_LIMIT:]
    return RunError(_text(type(error).__name__), _text(" ".join(message.split())[:_MESSAGE_LIMIT]), _text(told))


def _text(told: str) -> str:
    """What is no text in any file, as an escape."""
    return told.encode("utf-8", "backslashreplace").decode("utf-8")
