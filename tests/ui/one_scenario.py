"""A shelf with one given scenario instead of the shipped ones; everything else is the real engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from game.core.hexmap import MapLine
from game.engine.playable import Playable
from game.engine.session import Session
from game.scenario.model import Scenario
from game.ui.shelf import Library


class OneScenario(Library):
    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.playable = Playable(scenario)

    def ids(self) -> list[str]:
        return [self.playable.definition.id]

    def open(self, id_: str) -> Playable:
        return self.playable

    def agents(self) -> tuple[str, ...]:
        return ("passive", "random")

    def load(self, path: Path, playable: Playable | None = None) -> Session:
        return super().load(path, self.playable)

    def lines(self, playable: Playable) -> Sequence[MapLine]:
        return ()
