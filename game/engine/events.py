"""Chapter 14, events and decisions: what happens by date or condition, and what factions are asked.

14.1 An event with a date happens on that day. One with a condition happens when the condition holds, not before its
     date if it has one. One with a chance happens by that chance a day while it can. A condition that asks about the
     whole map is looked at once a month, in the impulse in which rules of a month are played; others in every impulse.
14.2 An event happens once, or again when its interval has passed. What history records of killings (an atrocity)
     happens on its day or not at all: no later course of the game brings it about.
14.6 An event with options asks a faction, if that is an actor, and waits: the decision is open until the faction has
     chosen or the time to answer is over; then the default is taken. What each option changes is shown before.
14.7 Whoever has to decide is alone in knowing so; what was decided is known to all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from game.core.columns import act as T
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.ids import NEVER, NO_FACTION, NO_FORCE, OFF_MAP, OPEN, UNDECIDED, Life
from game.core.kernels import plain
from game.core.realmath import share_within as _share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.rng import uniform as _uniform
from game.core.state import Tables
from game.engine.conditions import Moment, Program, program
from game.engine.effects import say_effect, take_effect
from game.rules.workspace import note_row
from game.scenario.conditions import FUNCTIONS
from game.scenario.model import Event, Option, Scenario

if TYPE_CHECKING:
    from game.engine.world import World

share_within, uniform = plain(_share_within), plain(_uniform)
_ACTIVE = int(Life.ACTIVE)
_FAR = 1 << 40
"""An hour after every game."""


class Happenings:
    """What a game looks at in every impulse of its scenario's events, made once."""

    def __init__(self, scenario: Scenario) -> None:
        events = scenario.events
        self.programs: list[Program | None] = [None if e.when is None else program(e.when.root) for e in events]
        self.first = np.array([_first_hour(scenario, e) for e in events], np.int64)
        """Hour from which an event may happen."""
        self.often = np.array([not _is_wide(e) for e in events], bool)
        """Whether its condition is looked at in every impulse, and not once a month."""
        self.pause = np.array([_FAR if e.again_after is None else int(e.again_after * 24.0) for e in events], np.int64)
        """Hours after which it may happen again."""
        self._happened = b""
        self._since, self._until = 0, -1
        self._ready: tuple[list[int], list[int]] = [], []
        """What `possible` found last: it stays so until something happens or another hour has come."""

    def possible(self, t: Tables, ends: int, month: bool) -> list[int]:
        """Rows of the events that may happen before the hour `ends`; those alone that are looked at in every impulse
        unless `month`."""
        happened = t.event_hour.tobytes()
        if happened != self._happened or not self._since <= ends <= self._until:
            self._happened = happened
            again = np.where(t.event_hour == NEVER, self.first, t.event_hour + self.pause)
            opens = np.maximum(self.first, again)
            ready = opens < ends
            self._since, self._until = ends, int(opens[~ready].min(initial=_FAR))
            self._ready = ready.nonzero()[0].tolist(), (ready & self.often).nonzero()[0].tolist()
        return self._ready[0 if month else 1]


def _first_hour(scenario: Scenario, event: Event) -> int:
    """14.1 A day before the game's first is history, unless a condition is to be met after it."""
    if event.on is None:
        return 0
    first = scenario.setting.hour_of(event.on)
    return _FAR if event.when is None and first < 0 else first


def _is_wide(event: Event) -> bool:
    words = frozenset[str]() if event.when is None else event.when.words()
    return any(word in FUNCTIONS and FUNCTIONS[word].wide for word in words)


def play_events(world: World) -> None:
    """14.1-14.3, 14.6 The events of an impulse, in their dates' order, and the decisions whose time is over."""
    h, t, hour = world.happenings, world.tables, world.hour
    month = world.month_ended or hour == 0
    moment = Moment(world.setting, t, hour)
    for k in h.possible(t, hour + int(world.impulse_hours), month):
        event = world.scenario.events[k]
        if _comes(world, k, event, moment):
            _happen(world, k, event)
            moment = Moment(world.setting, t, hour)
    for k in _waiting(t):
        event = world.scenario.events[k]
        if event.options and hour >= t.event_hour[k] + event.answer_days * 24.0:
            _decide(world, k, default_of(event), Reason.NO_ANSWER)


def _comes(world: World, k: int, event: Event, moment: Moment) -> bool:
    """14.1, 14.2, 14.6 Whether an event that may happen does."""
    t = world.tables
    last = int(t.event_hour[k])
    if last != NEVER and event.again_after is not None and world.hour - last < event.again_after * 24.0:
        return False
    if event.options and (int(t.faction_i[A.LIFE, event.asks]) != _ACTIVE or t.event_choice[k] == OPEN):
        return False
    if event.kind == "atrocity" and world.happenings.first[k] + world.impulse_hours <= world.hour:
        return False
    asked = world.happenings.programs[k]
    if asked is not None and not asked(moment):
        return False
    if event.chance >= 1.0:
        return True
    drawn = uniform(int(t.clock[C.SEED]), world.hour, k, int(Purpose.EVENT), 0)
    days = world.impulse_days if world.happenings.often[k] or not world.hour else world.month[-1].days
    return bool(drawn < share_within(event.chance, days))


def _happen(world: World, k: int, event: Event) -> None:
    """14.3, 14.6 On record it stands on its day, which may come within the impulse."""
    t = world.tables
    t.event_hour[k] = world.hour
    at = max(world.hour, int(world.happenings.first[k]))
    _note(world, at, RecordKind.EVENT, NO_FACTION, Reason.EVENT, k, 0, 0, 0, 0)
    for effect in event.effects:
        take_effect(world.setting, t, world.work, effect, world.scenario.cause_of(k), at)
    if event.options:
        t.event_choice[k] = OPEN
        _note(world, at, RecordKind.DECISION_OPEN, event.asks, Reason.NONE, k, int(event.answer_days), 0, 0, 0)


def _note(world: World, hour: int, kind: RecordKind, faction: int, reason: Reason, *figures: int) -> None:
    """A record; `figures`: A..E."""
    note_row(world.work, hour, kind, faction, NO_FORCE, OFF_MAP, NO_FACTION, *figures, reason)


def default_of(event: Event) -> int:
    """14.6 The option that is taken if nobody answers."""
    return next(k for k, option in enumerate(event.options) if option.default)


def _decide(world: World, k: int, option: int, reason: Reason, ra: int = 0, rb: int = 0) -> None:
    """14.6"""
    event = world.scenario.events[k]
    world.tables.event_choice[k] = option
    title = world.scenario.headline_of(k, option)
    _note(world, world.hour, RecordKind.DECIDED, event.asks, reason, k, option, title, ra, rb)
    for effect in event.options[option].effects:
        take_effect(world.setting, world.tables, world.work, effect, title, world.hour)


def choose(world: World, row: list[int]) -> Reason:
    """14.6 The deed of Act.CHOOSE: an open decision is answered by the faction that is asked."""
    k, option = row[T.A], row[T.VALUE]
    events = world.scenario.events
    if not 0 <= k < len(events) or events[k].asks != row[T.FACTION] or world.tables.event_choice[k] != OPEN:
        return Reason.NOT_ASKED
    if not 0 <= option < len(events[k].options):
        return Reason.NO_SUCH_OPTION
    _decide(world, k, option, Reason(row[T.REASON]), row[T.RA], row[T.RB])
    return Reason.NONE


@dataclass(frozen=True)
class Answer:
    """An option as it is put to whoever decides."""

    option: Option
    effects: tuple[str, ...]
    """What it changes, in words."""


@dataclass(frozen=True)
class OpenDecision:
    """A decision that waits for an answer; Act.CHOOSE with `a` its row and `value` the answer's number."""

    row: int
    event: Event
    faction: int
    until: date
    """Day on which the default is taken."""
    answers: tuple[Answer, ...]
    default: int


def _waiting(tables: Tables) -> list[int]:
    """14.6 Rows of the decisions that nobody has answered yet."""
    choices: list[int] = tables.event_choice.tolist()
    return [k for k, choice in enumerate(choices) if choice == OPEN] if OPEN in choices else []


def open_decisions(scenario: Scenario, tables: Tables, side: str) -> tuple[OpenDecision, ...]:
    """14.6 What waits for a side's answer, by its view's tables or the game's. KeyError if there is no such side."""
    members = scenario.setting.sides[scenario.setting.side_index(side)].factions
    found = []
    for k in _waiting(tables):
        event = scenario.events[k]
        if event.options and event.asks in members:
            until = scenario.setting.date_of(int(tables.event_hour[k]) + int(event.answer_days * 24.0))
            answers = tuple(
                Answer(option, tuple(say_effect(scenario.setting, e) for e in option.effects))
                for option in event.options
            )
            found.append(OpenDecision(k, event, event.asks, until, answers, default_of(event)))
    return tuple(found)


def hide_decisions(scenario: Scenario, known: Tables, side: int) -> None:
    """14.7 Make open decisions of others in `known`, a copy of the state, as if they were not asked."""
    for k in _waiting(known):
        if scenario.events[k].asks not in scenario.setting.sides[side].factions:
            known.event_choice[k] = UNDECIDED
            known.event_hour[k] = NEVER


def wrong_choice(scenario: Scenario, tables: Tables) -> str:
    """Why the choices of a state from outside cannot be this scenario's; empty if they can."""
    for event, choice in zip(scenario.events, tables.event_choice.tolist(), strict=True):
        if not (OPEN if event.options else UNDECIDED) <= choice < len(event.options):
            return f"the choice of the event '{event.id}' is none of its options"
    return ""
