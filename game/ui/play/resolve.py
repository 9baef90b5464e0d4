"""The end of a turn: the agents think and the turn is resolved in the background, then it is shown as a film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.core.columns import force
from game.core.ids import OFF_MAP, ForceId, HexIndex
from game.core.records import RecordKind
from game.core.view import View
from game.ui.mapview import Animation, BattleFlash, MovingCounter
from game.ui.match import Frame, Match
from game.ui.play.scene import counter_of
from game.ui.play.telling import ReportItem, Teller
from game.ui.play.tidings import known_to
from game.ui.reel import Reel
from game.ui.work import Task

SECONDS = {"slow": 1.8, "normal": 1.0, "fast": 0.45}
"""Seconds that an impulse is shown for, by the speed of the settings."""
_FIGHTS = (RecordKind.BATTLE, RecordKind.AMBUSH, RecordKind.RAID)


@dataclass
class Film:
    """The impulses of a turn, shown one after the other."""

    frames: list[Frame]
    before: View
    at: int = -1
    """Frame that is being shown; -1 before the first."""


class Resolver:
    """Plays turns for the play screen. Call `update` each frame."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self._task: Task[list[Frame]] | None = None
        self.film: Film | None = None

    @property
    def thinking(self) -> bool:
        return self._task is not None

    @property
    def busy(self) -> bool:
        return self._task is not None or self.film is not None

    def begin(self) -> None:
        """Start a turn; the present picture stays on show until it is resolved."""
        if not self.busy:
            self.match.shown = self.match.view
            self._task = Task(self.match.play_turn, "turn")

    def take(self) -> bool:
        """Take the resolved turn if it is ready. Raises what the engine raised."""
        if self._task is None or not self._task.done:
            return False
        task, self._task = self._task, None
        before = self.match.view
        try:
            frames = task.result()
        except BaseException:
            self.match.turn_played()
            raise
        self.film = Film(frames, before)
        return True

    def next_animation(self, speed: str) -> Animation | None:
        """Move on to the next impulse and animate it; None when the film is over."""
        film = self.film
        if film is None:
            return None
        if film.at >= 0:
            self.match.shown = film.frames[film.at].view
        film.at += 1
        if film.at >= len(film.frames):
            return None
        before = film.before if film.at == 0 else film.frames[film.at - 1].view
        return film_of(before, film.frames[film.at], self.match.eyes, SECONDS[speed])

    def finish(self) -> list[ReportItem]:
        """End the film: the new turn is on the table. Returns the report."""
        film, self.film = self.film, None
        self.match.turn_played()
        if film is None:
            return []
        return report_of(self.match, film.frames)


def film_of(before: View, frame: Frame, eyes: int | None, seconds: float) -> Animation:
    """What can be seen of an impulse or a turn: own marches as they went, others' from sighting to sighting."""
    movers = _movers(before, frame, eyes, seconds * 0.7)
    flashes = [BattleFlash(h, seconds * (0.35 if movers else 0.05), seconds * 0.6) for h in _fights(frame, eyes)]
    made = Animation(movers, flashes)
    made.length = max(made.length, seconds if movers or flashes else seconds * 0.15)
    return made


def _movers(before: View, frame: Frame, eyes: int | None, seconds: float) -> list[MovingCounter]:
    way: dict[ForceId, list[HexIndex]] = {}
    for r in frame.records.of_kind(RecordKind.MOVED, RecordKind.RETREAT):
        start, end = (r.a, r.hex) if r.kind is RecordKind.MOVED else (r.hex, r.a)
        way.setdefault(r.force, [start]).append(end)
    movers = []
    was, now = before.tables.force_i, frame.view.tables.force_i
    for f, path in way.items():
        if int(was[force.HEX, f]) == OFF_MAP or int(now[force.HEX, f]) == OFF_MAP:
            continue
        if eyes is not None and not before.is_own(int(was[force.FACTION, f])):
            path = [int(was[force.HEX, f]), int(now[force.HEX, f])]
        if len(set(path)) > 1:
            movers.append(MovingCounter(counter_of(before, f), tuple(path), 0.0, seconds))
    return movers


def _fights(frame: Frame, eyes: int | None) -> list[HexIndex]:
    known = [r.hex for r in frame.records.of_kind(*_FIGHTS) if r.hex != OFF_MAP and known_to(r, frame.view, eyes)]
    return list(dict.fromkeys(known))


def report_of(match: Match, frames: list[Frame]) -> list[ReportItem]:
    """The report of these impulses, as far as the onlooker can know."""
    heard = [r for frame in frames for r in frame.records if known_to(r, frame.view, match.eyes)]
    view = frames[-1].view if frames else match.view
    return Teller(match.scenario, view, match.eyes).tell(heard)


class Recollection:
    """The report of the last turn of a game that was taken up from a save: played over in the background."""

    def __init__(self, match: Match, reel: Callable[[], Reel], ready: Callable[[], bool]) -> None:
        """`ready`: whether the rules are compiled; before that a game played over would slow the window down."""
        self.match, self._reel, self._ready = match, reel, ready
        self._turn = int(match.world.turn)
        self._due = self._turn > 0
        self._task: Task[Reel] | None = None
        self.before: View | None = None
        """The picture before the last turn, once it is known."""

    def take(self) -> list[ReportItem]:
        """The report, once, as soon as it is known; nothing if the game could not be played over or has gone on."""
        if self._due and self._ready():
            self._due, self._task = False, Task(self._reel, "last turn")
        if self._task is None or not self._task.done:
            return []
        task, self._task = self._task, None
        if task.error is not None or self.match.world.turn != self._turn:
            return []
        reel = task.result()
        if reel.turns != self._turn:
            return []
        self.before = reel.view(reel.turns - 1, self.match.eyes)
        self.match.recalled = reel.records[-1]
        return report_of(self.match, [Frame(reel.records[-1], reel.view(reel.turns, self.match.eyes))])
