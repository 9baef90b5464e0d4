"""Victory in words: how an objective stands, with its figure, and why a side's result is what it is.

15.5 The reason names what a side achieved and by how much it missed the rest, in sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from game.core.calendar import say_day
from game.scenario.model import NATURE, MetricKind, Nature, Objective

Value = date | float | None

_UNITS = {
    MetricKind.STRENGTH_AT: " men", MetricKind.MEN_COMMITTED: " men", MetricKind.FOREIGN_TROOPS: " men",
    MetricKind.MILITARY_LOSSES: " dead", MetricKind.SEATS: " seats", MetricKind.VOTES_FOR: " votes",
    MetricKind.PATRONS: " patrons", MetricKind.WILL: " points", MetricKind.WEARINESS: " points",
    MetricKind.RELATION: " points",
}  # fmt: skip
_MONEY = (MetricKind.AID_RECEIVED, MetricKind.AID_GIVEN)


@dataclass(frozen=True)
class ObjectiveState:
    """How an objective stands."""

    id: str
    title: str
    met: bool
    points: float
    detail: str
    """The figure, and how far it is from what was wanted."""


def is_met(objective: Objective, value: Value) -> bool:
    """15.1 Whether a measurement satisfies an objective."""
    if objective.never:
        return value is None or value == 0.0
    if value is None:
        return False
    if isinstance(value, date):
        return objective.by is None or value <= objective.by
    if NATURE[objective.metric.kind] is Nature.YES_NO and value == 0.0:
        return False
    low_enough = objective.at_most is None or value <= objective.at_most
    return low_enough and (objective.at_least is None or value >= objective.at_least)


def detail(objective: Objective, value: Value, aside: str = "") -> str:
    """15.5 An objective's figure beside what was wanted; `aside`: what else is to be said of a date."""
    kind = objective.metric.kind
    nature = NATURE[kind]
    if nature is Nature.DATE:
        return _dated(objective, value, aside)
    assert not isinstance(value, date)
    if value is None:
        return "not measured yet"
    if nature is Nature.YES_NO:
        return "so it is" if value else "it is not so"
    amount: Callable[[float], str] = lambda x: _amount(kind, x)  # noqa: E731
    told = amount(value)
    for bound, short, word in ((objective.at_least, -1.0, "too few"), (objective.at_most, 1.0, "too many")):
        if bound is not None:
            by = (value - bound) * short
            limit = "at least" if short < 0 else "at most"
            if by > 0:
                return f"{told}, {amount(by)} {word}; {limit} {amount(bound)} was wanted"
            told += f" where {limit} {amount(bound)} was wanted"
    return told


def _amount(kind: MetricKind, value: float) -> str:
    if NATURE[kind] is Nature.SHARE:
        return f"{value * 100:.0f} %"
    if kind in _MONEY:
        return f"US$ {value:,.0f} m"
    return f"{value:,.0f}{_UNITS.get(kind, '')}"


def _dated(objective: Objective, value: Value, aside: str) -> str:
    if not isinstance(value, date):
        if objective.never:
            return "it did not come to that"
        return "it has not happened" + (f"; it was wanted by {say_day(objective.by)}" if objective.by else "")
    told = f"on {say_day(value)}{aside}"
    if objective.by is not None:
        days = (value - objective.by).days
        told += f", {days:,} days too late" if days > 0 else f", {-days:,} days before the term"
    return told


def reason(name: str, level: str | None, states: list[ObjectiveState], reached: float, total: float) -> str:
    """15.5 Why a side's result is what it is."""
    if level is None:
        return f"{name} has no objectives here, and so no level of victory."
    met = [s for s in states if s.met]
    missed = sorted((s for s in states if not s.met), key=lambda s: -s.points)
    text = [f"{name} reached {reached:g} of {total:g} points: {level}."]
    if met:
        text.append(f"It achieved {_all_of(met, states)}: {_told(met)}.")
    if missed:
        text.append(f"It missed {_all_of(missed, states)}: {_told(missed)}.")
    return " ".join(text)


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _all_of(some: list[ObjectiveState], states: list[ObjectiveState]) -> str:
    aims = "aim" if len(states) == 1 else "aims"
    if len(some) == len(states):
        return f"its one {aims}" if len(states) == 1 else f"all {_count(len(states))} {aims}"
    return f"{_count(len(some))} of its {_count(len(states))} {aims}"


def _told(states: list[ObjectiveState]) -> str:
    return "; ".join(f"{s.title} ({s.detail})" for s in states)
