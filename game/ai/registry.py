"""Agents by name. Others can be added by any installed package through the entry-point group `kampuchea.agents`."""

from __future__ import annotations

from importlib.metadata import entry_points

from game.ai.agent import Agent, AgentFactory
from game.ai.commander import Commander
from game.ai.passive import Passive
from game.ai.random_agent import RandomAgent
from game.engine.playable import Playable

GROUP = "kampuchea.agents"

_OWN: dict[str, AgentFactory] = {"commander": Commander, "passive": Passive, "random": RandomAgent}


class UnknownAgent(ValueError):
    """There is no agent of that name."""


def names() -> tuple[str, ...]:
    """Names of all agents, own ones and plug-ins."""
    return tuple(sorted(_OWN | {entry.name: None for entry in entry_points(group=GROUP)}))


def agent(name: str, scenario: Playable, side: str) -> Agent:
    """An agent for one side. UnknownAgent or KeyError (no such side) if it cannot be made."""
    if side not in scenario.sides:
        raise KeyError(side)
    factory = _OWN.get(name)
    if factory is None:
        found = [entry for entry in entry_points(group=GROUP) if entry.name == name]
        if not found:
            raise UnknownAgent(f"there is no agent '{name}'; choose one of {', '.join(names())}")
        factory = found[0].load()
    return factory(scenario, side)
