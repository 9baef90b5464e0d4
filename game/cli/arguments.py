"""What the commands that run games share: names of sides and agents as a user types them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

import typer

DEFAULT_AGENT = "commander"

AgentsOption = Annotated[
    list[str] | None,
    typer.Option(
        help="Who gives a side's orders: side=agent, repeated or with commas between; commander for sides not named."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on stdout.")]


class UsageError(Exception):
    """Arguments or surroundings that cannot work; the text says why and what to do."""


class Interrupted(Exception):
    """Ctrl-C came while there was something to keep; the text says what was kept and how to go on."""


def chosen_agents(named: Sequence[str], sides: Sequence[str]) -> dict[str, str]:
    """As `named_agents`, of agents that are there. UsageError if one is not known, or its plug-in does not load."""
    from game.ai.registry import AgentError, factory

    chosen = named_agents(named, sides)
    for side, agent in chosen.items():
        try:
            factory(agent)
        except AgentError as error:
            raise UsageError(f"--agents {side}={agent}: {error}") from error
    return chosen


def named_agents(named: Sequence[str], sides: Sequence[str]) -> dict[str, str]:
    """Side -> agent, for every side. UsageError if a side is not known."""
    chosen = dict.fromkeys(sides, DEFAULT_AGENT)
    for item in (part.strip() for text in named for part in text.split(",")):
        side, equals, agent = item.partition("=")
        if not equals:
            raise UsageError(f"--agents {item!r} does not read side=agent; for example --agents {sides[0]}=passive")
        known_side("--agents", side, sides)
        chosen[side] = agent
    return chosen


def known_side(option: str, side: str, sides: Sequence[str]) -> str:
    """The side, if there is one of that name. UsageError if there is not."""
    if side not in sides:
        raise UsageError(f"{option} names no side {side!r}{nearest(side, sides)}; sides: {', '.join(sides)}")
    return side


def nearest(word: str, words: Sequence[str]) -> str:
    """', did you mean ...?' where one of the words is like it; else nothing."""
    close = get_close_matches(word, words, n=1)
    return f", did you mean {close[0]!r}?" if close else ""
