"""The scenarios on the shelf, and how games are begun or taken up again: the window's door to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from game.ai import registry
from game.ai.warmup import warm_up
from game.core.columns import force
from game.core.compiling import Progress
from game.core.faults import Fault
from game.core.hexmap import MapLine
from game.core.ids import Term
from game.engine import saves
from game.engine.playable import Playable, load
from game.engine.replay import SUFFIX as REPLAY_SUFFIX
from game.engine.replay import Replay, replayed
from game.engine.saves import SaveError
from game.engine.session import Session
from game.rules.bargain import Offer, judge
from game.scenario.library import list_scenarios, own_scenarios, resolve
from game.scenario.loader import ScenarioError
from game.scenario.mapfile import lines_path, load_lines
from game.ui.reel import Reel
from game.ui.words import full_day

FIRST_YEAR, LAST_YEAR = 1977, 1997
MOST_SEED = 2**31 - 1
"""Largest seed of a game."""


@dataclass(frozen=True)
class Entry:
    """A scenario as the picker lists it. One with `faults` cannot be played, and has no dates and counts."""

    id: str
    """What `Library.open` takes: id of a shipped scenario, folder of a user's own."""
    title: str
    start: date = date.max
    end: date = date.max
    formations: int = 0
    milestones: int = 0
    own: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def period(self) -> str:
        """'Dec 1978 – Apr 1979'; one month alone is 'Jan 1979'."""
        first, last = f"{self.start:%b %Y}", f"{self.end:%b %Y}"
        return first if first == last else f"{first} – {last}"

    @property
    def span(self) -> tuple[float, float]:
        """Start and end as shares (0..1) of the years FIRST_YEAR..LAST_YEAR."""
        first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
        return tuple((d.toordinal() - first) / (last - first) for d in (self.start, self.end))  # type: ignore[return-value]

    @property
    def complaint(self) -> str:
        """The first fault and how many more there are, in one line; empty if there are none."""
        if not self.faults:
            return ""
        first, more = self.faults[0], len(self.faults) - 1
        where = f"{Path(first.file).name}:{first.line}: " if first.line else ""
        return f"{where}{first.message}" + (f" (and {more} more)" if more else "")


@dataclass(frozen=True)
class SavedGame:
    """A file of the saves folder. `fault` says why it cannot be loaded, if it cannot."""

    path: Path
    written: datetime
    scenario: str = ""
    says: str = ""
    """Whose game it is and how far it has come, in words."""
    game: str = ""
    """Which game it is a save of; empty for a replay."""
    fault: str = ""


class Library:
    """The scenarios, shipped and the user's own, and the engine: the window's one door to both."""

    def __init__(self, named: Iterable[Path] = ()) -> None:
        """`named`: further scenarios' folders, or folders that hold some."""
        self._named = tuple(named)
        self.broken: tuple[Entry, ...] = ()
        """Scenarios that the last `read` could not use."""
        self._kept: dict[str, tuple[object, Playable]] = {}

    def ids(self) -> list[str]:
        """Scenarios on the shelf: ids of the shipped ones, then folders of the user's own."""
        return [*list_scenarios(), *(str(folder) for folder in own_scenarios(self._named))]

    def read(self) -> dict[str, Playable]:
        """Every scenario that can be used, by id; what cannot is then in `broken`. Slow where files have changed."""
        found: dict[str, Playable] = {}
        broken = []
        for id_ in self.ids():
            stamp = _stamp(Path(id_))
            try:
                kept = self._kept.get(id_)
                found[id_] = kept[1] if kept is not None and kept[0] == stamp else self.open(id_)
                self._kept[id_] = stamp, found[id_]
            except ScenarioError as error:
                broken.append(Entry(id_, Path(id_).name, own=Path(id_).is_absolute(), faults=tuple(error.faults)))
        self.broken = tuple(broken)
        return found

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

    def load(self, path: Path, playable: Playable | None = None) -> Session:
        """The game in a save, or that of a replay after its last turn, to be watched. SaveError. Call it in a Task."""
        if path.name.endswith(REPLAY_SUFFIX):
            return _made_ready(replayed(path, registry.agent, self.agents()[0], playable))
        return _made_ready(Session.load(path, registry.agent, playable))

    def keep_replay(self, session: Session, path: Path) -> None:
        """Write the session's game as a replay. SaveError."""
        Replay.from_session(session).save(path)

    def ends_otherwise(self, path: Path, session: Session) -> bool:
        """Whether a replay, played over, ends otherwise than recorded: the rules have changed. SaveError."""
        return Replay.load(path).final_hash != session.world.state_hash()

    def summary(self, path: Path, written: datetime) -> SavedGame:
        """What a list of saves says of a file; never raises."""
        try:
            if path.name.endswith(REPLAY_SUFFIX):
                replay = Replay.load(path)
                count = len(replay.orders)
                known = self._kept.get(replay.scenario)
                title = replay.scenario if known is None else known[1].definition.title
                return SavedGame(path, written, title, f"replay of {count} {'turn' if count == 1 else 'turns'}")
            meta, _ = saves.read(path)
        except SaveError as error:
            return SavedGame(path, written, fault=str(error).removeprefix(f"{path}: "))
        played = f"{meta.turn} {'turn' if meta.turn == 1 else 'turns'} played"
        words = (self._side_name(meta), full_day(meta.date), played)
        return SavedGame(path, written, meta.title, " · ".join(w for w in words if w), meta.game)

    def _side_name(self, meta: saves.Meta) -> str:
        """Who is played in a save; empty if its scenario has not been read."""
        known = self._kept.get(meta.scenario)
        if meta.side is None:
            return "watched"
        sides = known[1].definition.setting.sides if known is not None else ()
        return next((side.name for side in sides if side.id == meta.side), "")

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

    def warm_up(self, progress: Progress) -> None:
        """Compile what games need. Slow the first time: call it in a Task."""
        warm_up(progress)


def entry_of(id_: str, playable: Playable) -> Entry:
    """A usable scenario's line in the picker."""
    d = playable.definition
    own = Path(id_).is_absolute()
    return Entry(id_, d.title, d.start, d.end, len(d.setting.forces), len(d.milestones), own)


def _stamp(folder: Path) -> object:
    """Changes whenever a file of a user's own scenario does; nothing for a shipped one."""
    try:
        if not folder.is_absolute():
            return None
        files = sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")])
        return [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    except OSError:
        return object()


def _made_ready(session: Session) -> Session:
    """Call once what the window's own thread will call, so that nothing is compiled while it draws."""
    view, routes = session.view(), session.world.routes
    routes.regions(view.tables, view.ways)
    own = next(view.own_forces(), None)
    if own is not None:
        routes.hours_to(view.tables, own, int(view.tables.force_i[force.HEX, own]), view.ways)
        routes.reach(view.tables, own, view.ways)
    judge(view.tables, view.setting, Offer(0, len(view.setting.factions) - 1, Term.RECOGNITION, False))
    return session
