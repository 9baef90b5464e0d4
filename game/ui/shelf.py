"""The scenarios on the shelf, and how games are begun or taken up again: the window's door to the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from game.ai import registry
from game.core.columns import force
from game.core.hexmap import MapLine
from game.core.kernels import finish_compiling
from game.engine import saves
from game.engine.playable import Playable, load
from game.engine.saves import SaveError
from game.engine.session import Session
from game.scenario.library import list_scenarios, resolve
from game.scenario.mapfile import lines_path, load_lines
from game.ui.reel import Reel
from game.ui.words import full_day

FIRST_YEAR, LAST_YEAR = 1977, 1997
MOST_SEED = 2**31 - 1
"""Largest seed of a game."""


@dataclass(frozen=True)
class Entry:
    """A scenario as the picker lists it."""

    id: str
    title: str
    start: date
    end: date
    formations: int
    milestones: int

    @property
    def period(self) -> str:
        """'Dec 1978 – Apr 1979'."""
        return f"{self.start:%b %Y} – {self.end:%b %Y}"

    @property
    def span(self) -> tuple[float, float]:
        """Start and end as shares (0..1) of the years FIRST_YEAR..LAST_YEAR."""
        first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
        return tuple((d.toordinal() - first) / (last - first) for d in (self.start, self.end))  # type: ignore[return-value]


@dataclass(frozen=True)
class SavedGame:
    """A file of the saves folder. `fault` says why it cannot be loaded, if it cannot."""

    path: Path
    written: datetime
    scenario: str = ""
    day: str = ""
    turn: int = 0
    fault: str = ""


class Library:
    """The shipped scenarios and the engine: the window's one door to both."""

    def ids(self) -> list[str]:
        """Scenarios on the shelf."""
        return list(list_scenarios())

    def open(self, id_: str) -> Playable:
        """The playable scenario, by id or path. Raises ScenarioError."""
        return load(id_)

    def agents(self) -> tuple[str, ...]:
        """Names of the agents that can play the other sides, the best first."""
        return tuple(sorted(registry.names(), key=lambda name: (name != "commander", name)))

    def begin(self, playable: Playable, side: str | None, agents: Mapping[str, str], seed: int) -> Session:
        """A new game; `side` None watches. Slow where nothing is compiled yet: call it in a Task."""
        return _made_ready(Session(playable, seed, side, agents, registry.agent))

    def again(self, session: Session) -> Session:
        """A new game with the scenario, side, agents and seed of another."""
        return self.begin(session.scenario, session.side, session.agents, session.seed)

    def load(self, path: Path) -> Session:
        """The game in a save. Raises SaveError. Call it in a Task, as `begin`."""
        return _made_ready(Session.load(path, registry.agent))

    def summary(self, path: Path, written: datetime) -> SavedGame:
        """What a list of saves says of a file; never raises."""
        try:
            meta, _ = saves.read(path)
        except SaveError as error:
            return SavedGame(path, written, fault=str(error).removeprefix(f"{path}: "))
        return SavedGame(path, written, meta.title, full_day(meta.date), meta.turn)

    def lines(self, playable: Playable) -> Sequence[MapLine]:
        """Drawing lines of a scenario's map; none if the map has no such file."""
        definition = playable.definition
        path = resolve("maps", definition.setting.map.name, definition.folder)
        if path is None or not lines_path(path).is_file():
            return ()
        return load_lines(lines_path(path))

    def reel(self, session: Session) -> Reel:
        """The session's game played over."""
        return Reel(session.scenario.start(session.seed), session.turn_orders)

    def warm_up(self) -> None:
        """Compile what a turn of the first scenario needs, by playing one with agents that nobody sees."""
        playable = self.open(self.ids()[0])
        world = playable.start(0)
        for side in playable.sides:
            world.view(side)
        planner = registry.agent("commander", playable, playable.sides[0])
        world.step({playable.sides[0]: planner.orders(world.view(playable.sides[0]))})
        finish_compiling()


def _made_ready(session: Session) -> Session:
    """Call once what the window's own thread will call, so that nothing is compiled while it draws."""
    view, routes = session.view(), session.world.routes
    own = next(view.own_forces(), None)
    if own is not None:
        routes.hours_to(view.tables, own, int(view.tables.force_i[force.HEX, own]), view.season)
        routes.reach(view.tables, own, view.season)
    return session
