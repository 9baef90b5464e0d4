"""A scenario that can be started: what `game.load` gives."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from game.engine.routes import Routes
from game.engine.world import World
from game.scenario.loader import load as load_definition
from game.scenario.model import Scenario


class Playable:
    """A checked scenario and what all its games share."""

    def __init__(self, definition: Scenario) -> None:
        self.definition = definition

    @property
    def sides(self) -> tuple[str, ...]:
        """Ids of the sides that give orders."""
        return tuple(side.id for side in self.definition.setting.sides)

    @cached_property
    def routes(self) -> Routes:
        return Routes(self.definition.setting)

    def start(self, seed: int = 0) -> World:
        """A new game. ValueError if the seed is out of range."""
        return World.start(self.definition, self.routes, seed)


def load(scenario: str | Path) -> Playable:
    """A shipped scenario by id, or the scenario in a folder. ScenarioError with every fault if it cannot be used."""
    return Playable(load_definition(scenario))
