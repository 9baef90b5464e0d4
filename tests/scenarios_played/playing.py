"""Playing a scenario, agent against agent, and the figures that the tests of whole games compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from game.ai.registry import agent
from game.engine.playable import Playable, load
from game.engine.verdict import Value
from game.engine.world import World

MAIN = "christmas_invasion_1978"


@cache
def playable(scenario: str = MAIN, days: float | None = None, impulses: int | None = None) -> Playable:
    """The scenario; with `days` and `impulses` a turn, the same war in other steps."""
    definition = load(scenario).definition
    if days is not None and impulses is not None:
        setting = definition.setting
        turns = round(setting.turns * setting.days_per_turn / days)
        setting = replace(setting, days_per_turn=days, impulses_per_turn=impulses, turns=turns)
        definition = replace(definition, setting=setting)
    return Playable(definition)


def play(scenario: Playable, seed: int, agents: dict[str, str] | None = None) -> World:
    """The game at its end; `agents`: side -> agent, others have the commander."""
    world = scenario.start(seed)
    names = dict.fromkeys(scenario.sides, "commander") | (agents or {})
    minds = {side: agent(name, scenario, side) for side, name in names.items()}
    while not world.over:
        world.step({side: mind.orders(world.view(side)) for side, mind in minds.items()})
    return world


def as_number(value: Value, scenario: Playable) -> float:
    """A date as days since the start, the day after the end for what never happened."""
    setting = scenario.definition.setting
    if value is None:
        return setting.turns * setting.days_per_turn + 1.0
    return float((value - setting.start).days) if isinstance(value, date) else float(value)


def apart(one: list[float], other: list[float]) -> float:
    """How far apart two samples' means are, in standard errors of their difference."""
    a, b = np.array(one), np.array(other)
    error = float(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))
    return float(abs(a.mean() - b.mean())) / max(error, 1e-9)
