"""The least that the window needs of a session, on the real rules: agents that only hold, plain JSON saves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from game.core.hexmap import MapLine
from game.core.orders import Orders
from game.core.records import Records
from game.core.setting import Setting
from game.engine.routes import Routes
from game.engine.world import World
from game.scenario import library
from game.scenario.loader import load
from game.scenario.mapfile import lines_path, load_lines
from game.scenario.model import Scenario
from game.ui.shelf import SavedGame


class StandInError(Exception):
    """A save cannot be used."""


class StandInSession:
    """One game."""

    def __init__(self, scenario: Scenario, routes: Routes, side: str | None, seed: int) -> None:
        self.scenario = SimpleNamespace(definition=scenario)
        self.planned = Orders()
        self.routes, self.side, self.seed = routes, side, seed
        self.world = World.start(scenario, routes, seed)
        self.turns: list[dict[str, Orders]] = []

    def think(self) -> dict[str, Orders]:
        return {}

    def resolve(self, orders: dict[str, Orders]) -> Iterator[Records]:
        self.turns.append({side: o.copy() for side, o in orders.items()})
        yield from self.world.step_impulses(orders)

    def save(self, path: Path) -> None:
        turns = [{side: o.to_list() for side, o in turn.items()} for turn in self.turns]
        path.write_text(json.dumps({"side": self.side, "seed": self.seed, "turns": turns}))


class StandInLibrary:
    """The shipped scenarios, or one given scenario."""

    save_errors = (OSError, StandInError)

    def __init__(self, scenario: Scenario | None = None, lines: Sequence[MapLine] = ()) -> None:
        self.scenario, self._lines = scenario, lines

    def ids(self) -> list[str]:
        return [self.scenario.id] if self.scenario else list(library.list_scenarios())

    def open(self, id_: str) -> Any:
        scenario = self.scenario or load(id_)
        routes = Routes(scenario.setting)
        return SimpleNamespace(definition=scenario, routes=routes, sides=tuple(s.id for s in scenario.setting.sides))

    def agents(self) -> tuple[str, ...]:
        return ("holding", "sleeping")

    def begin(self, playable: Any, side: str | None, agents: Mapping[str, str], seed: int) -> Any:
        return StandInSession(playable.definition, playable.routes, side, seed)

    def again(self, session: Any) -> Any:
        return StandInSession(session.scenario.definition, session.routes, session.side, session.seed)

    def lines(self, setting: Setting) -> Sequence[MapLine]:
        if self.scenario is not None:
            return self._lines
        path = library.resolve("maps", setting.map.name, library.data_folder())
        return load_lines(lines_path(path)) if path else ()

    def load(self, path: Path) -> Any:
        try:
            found = json.loads(path.read_text())
        except (OSError, ValueError) as error:
            raise StandInError(f"{path.name} is no save: {error}") from error
        playable = self.open(self.ids()[0])
        session = StandInSession(playable.definition, playable.routes, found["side"], found["seed"])
        for turn in found["turns"]:
            list(session.resolve({side: Orders.from_list(rows) for side, rows in turn.items()}))
        return session

    def summary(self, path: Path, written: datetime) -> SavedGame:
        try:
            found = json.loads(path.read_text())
        except (OSError, ValueError):
            return SavedGame(path, written, fault="this is no save of the game")
        return SavedGame(path, written, "A small war", "1 Jan 1979", len(found["turns"]))

    def reel(self, session: Any) -> Any:
        from game.ui.reel import Reel

        return Reel(World.start(session.scenario.definition, session.routes, session.seed), session.turns)
