"""Agents by name. Others can be added by any installed package through the entry-point group `kampuchea.agents`."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING

from game.ai.agent import Agent, AgentFactory
from game.ai.commander import Commander
from game.ai.passive import Passive
from game.ai.random_agent import RandomAgent
from game.engine.playable import Playable

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

GROUP = "kampuchea.agents"

_OWN: dict[str, AgentFactory] = {"commander": Commander, "passive": Passive, "random": RandomAgent}


class AgentError(ValueError):
    """An agent that cannot be used; the text says why and what to do."""


class UnknownAgent(AgentError):
    """There is no agent of that name."""


def _plug_ins() -> EntryPoints:
    from importlib.metadata import entry_points  # takes as long as all agents together, and few have plug-ins

    return entry_points(group=GROUP)


def names() -> tuple[str, ...]:
    """Names of all agents that can be used here, own ones and plug-ins."""
    found = set(_OWN)
    for entry in _plug_ins():
        with suppress(AgentError):
            factory(entry.name)
            found.add(entry.name)
    return tuple(sorted(found))


def agent(name: str, scenario: Playable, side: str) -> Agent:
    """An agent for one side. AgentError or KeyError (no such side) if it cannot be made."""
    if side not in scenario.sides:
        raise KeyError(side)
    return factory(name)(scenario, side)


def factory(name: str) -> AgentFactory:
    """What makes agents of that name. UnknownAgent if there is none, AgentError if its package does not load."""
    if name in _OWN:
        return _OWN[name]
    found = next((entry for entry in _plug_ins() if entry.name == name), None)
    if found is None:
        known = sorted({*_OWN, *(entry.name for entry in _plug_ins())})  # not loaded: one may end the process
        close = get_close_matches(name, known, n=1)
        meant = f", did you mean '{close[0]}'?" if close else ""
        raise UnknownAgent(f"there is no agent '{name}'{meant}; choose one of {', '.join(known)}")
    try:
        loaded: AgentFactory = found.load()
    except (Exception, SystemExit) as error:
        # a plug-in may be anybody's: whatever its module raises, its author must mend it
        package = "" if found.dist is None else f" of the package {found.dist.name}"
        raise AgentError(
            f"the agent '{name}'{package} cannot be loaded from {found.value}: {type(error).__name__}: {error}; "
            f"mend or uninstall the package, or choose one of {', '.join(_OWN)}"
        ) from error
    return loaded
