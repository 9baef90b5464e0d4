"""The game that is being chosen in the picker: scenario, side, an agent for every other side, seed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from game.core.setting import Side
from game.engine.playable import Playable
from game.scenario.model import Scenario
from game.ui.shelf import MOST_SEED, Entry, entry_of

WATCH = ""
"""The choice of watching instead of a side's id."""


class Draft:
    """What has been chosen so far. `chosen` is the id of an entry; `side` is that of the person's side, or WATCH."""

    def __init__(self, agents: Sequence[str]) -> None:
        """`agents`: names to choose from, the usual one first."""
        self.entries: list[Entry] = []
        self.chosen = ""
        self.side = WATCH
        self.seed = secrets.randbelow(MOST_SEED)
        self._names = tuple(agents)
        self._agents: dict[str, str] = {}
        self._playables: Mapping[str, Playable] = {}

    def take(self, playables: Mapping[str, Playable], broken: Sequence[Entry]) -> None:
        """Put scenarios on the list, by date, and those that cannot be used after them; the first shipped is chosen."""
        self._playables = playables
        usable = sorted((entry_of(id_, p) for id_, p in playables.items()), key=lambda e: (e.start, e.end, e.own, e.id))
        self.entries = [*usable, *broken]
        if self.entries:
            self.choose(next((e.id for e in usable if not e.own), self.entries[0].id))

    def choose(self, id_: str) -> None:
        """Choose a scenario; its first playable side is proposed, and the usual agent for every other."""
        self.chosen = id_
        self._agents = {}
        self.side = next((s.id for s in self.sides if s.playable), WATCH)

    @property
    def at(self) -> int:
        """Row of the chosen entry; 0 before one is."""
        return next((k for k, e in enumerate(self.entries) if e.id == self.chosen), 0)

    @property
    def entry(self) -> Entry | None:
        return self.entries[self.at] if self.entries else None

    @property
    def playable(self) -> Playable | None:
        """The chosen scenario, if it can be played."""
        return self._playables.get(self.chosen)

    @property
    def definition(self) -> Scenario | None:
        return None if self.playable is None else self.playable.definition

    @property
    def sides(self) -> Sequence[Side]:
        return () if self.definition is None else self.definition.setting.sides

    @property
    def others(self) -> list[Side]:
        """Sides that agents give the orders of."""
        return [side for side in self.sides if side.id != self.side]

    def agent(self, side: str) -> str:
        """Name of the agent that plays a side."""
        return self._agents.get(side, self._names[0])

    def agents(self) -> dict[str, str]:
        """Side -> agent, for every side."""
        return {side.id: self.agent(side.id) for side in self.sides}

    def next_agent(self, side: str, by: int = 1) -> None:
        """Another agent for a side, in order."""
        at = self._names.index(self.agent(side)) + by
        self._agents[side] = self._names[at % len(self._names)]
