"""The scenarios on the shelf, and how games are begun or taken up again: the window's door to the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from game.ai.registry import agent, names
from game.ai.warmup import warm_up
from game.core.hexmap import MapLine
from game.core.setting import Setting
from game.engine.playable import load
from game.engine.saves import SaveError, read
from game.engine.session import Session
from game.scenario import library
from game.scenario.mapfile import lines_path, load_lines
from game.ui.reel import Reel

DEFAULT_AGENT = "commander"
"""The opponent if nobody chooses another."""
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


class Library(Protocol):
    """Where the window gets scenarios and games from."""

    save_errors: tuple[type[Exception], ...]
    """What saving and loading may raise, with a message for the player."""

    def ids(self) -> list[str]:
        """Scenarios on the shelf, earliest first."""

    def open(self, id_: str) -> Any:
        """The playable scenario. Raises what the loader raises."""

    def agents(self) -> tuple[str, ...]:
        """Names of the agents that can play the other sides, best first."""

    def begin(self, playable: Any, side: str | None, agents: Mapping[str, str], seed: int) -> Any:
        """A new session; `side` None watches."""

    def lines(self, setting: Setting) -> Sequence[MapLine]:
        """Drawing lines of a scenario's map."""

    def load(self, path: Path) -> Any:
        """A session from a save. Raises one of `save_errors`."""

    def summary(self, path: Path, written: datetime) -> SavedGame:
        """What a list of saves says of a file; never raises."""

    def again(self, session: Any) -> Any:
        """A new session with the scenario, side, agents and seed of another."""

    def reel(self, session: Any) -> Reel:
        """The session's game played over."""


class Shelf:
    """The shipped scenarios and the real engine."""

    save_errors: tuple[type[Exception], ...] = (SaveError,)

    def ids(self) -> list[str]:
        return list(library.list_scenarios())

    def open(self, id_: str) -> Any:
        return load(id_)

    def agents(self) -> tuple[str, ...]:
        found = names()
        return (DEFAULT_AGENT, *(name for name in found if name != DEFAULT_AGENT))

    def begin(self, playable: Any, side: str | None, agents: Mapping[str, str], seed: int) -> Any:
        return Session(playable, seed, side, agents, agent)

    def again(self, session: Any) -> Any:
        return Session(session.scenario, session.seed, session.side, session.agents, agent)

    def lines(self, setting: Setting) -> Sequence[MapLine]:
        path = library.resolve("maps", setting.map.name, library.data_folder())
        return load_lines(lines_path(path)) if path is not None and lines_path(path).exists() else ()

    def load(self, path: Path) -> Any:
        return Session.load(path, agent)

    def summary(self, path: Path, written: datetime) -> SavedGame:
        try:
            meta, _ = read(path)
        except SaveError as error:
            return SavedGame(path, written, fault=str(error))
        return SavedGame(path, written, meta.title, f"{meta.date.day} {meta.date:%b %Y}", meta.turn)

    def reel(self, session: Any) -> Reel:
        return Reel(session.scenario.start(session.seed), session.turn_orders)

    def warm_up(self, progress: Callable[[str, float], None] | None = None) -> None:
        """Compile what is not compiled yet; runs beside the menu."""
        warm_up(progress)
