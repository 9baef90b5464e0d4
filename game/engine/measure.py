"""Measuring a game: milestones, objectives, series. Chapter 15, victory.

15.1 A side plays for its objectives; those met give their points. The share of points reached gives the level.
15.2 A thing counts on a date if it came to pass then and lasted as long as the metric says.
15.3 Harm to civilians gives no points to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import isnan

import numpy as np

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import Status
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.counts import allied_with, held_share, men_under_arms
from game.scenario.model import Metric, MetricKind, Milestone, Objective, Scenario

Value = date | float | None

SERIES = (
    "men", "bands", "will", "land_value", "killed", "captured", "deserted", "stragglers", "hospital", "kg_issued",
    "weariness", "unity", "seats",
)  # fmt: skip
"""Names of the series kept by turn, one number a faction."""


@dataclass(frozen=True)
class ObjectiveState:
    """How an objective stands."""

    id: str
    title: str
    met: bool
    points: float
    detail: str


@dataclass(frozen=True)
class Result:
    """How a side stands."""

    level: str
    share: float
    """Share of its points reached, 0..1."""
    reason: str
    objectives: tuple[ObjectiveState, ...]


@dataclass(frozen=True)
class Outcome:
    """How all sides stand."""

    results: dict[str, Result]


def _in_country(setting: Setting, tables: Tables, metric: Metric) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Forces of the subjects, formed and in play, inside the metric's country."""
    fi = tables.force_i
    formed = (fi[F.STATUS] == Status.ACTIVE) & np.isin(fi[F.FACTION], metric.subjects)
    country = setting.map.countries.index(metric.country)
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = formed & (setting.map.country[fi[F.HEX]] == country)
    return inside


@dataclass
class Tracker:
    """What has to be remembered of a game to measure it. Saved with it."""

    since: list[int]
    """Per metric: hour since when its condition holds without a break, or -1."""
    reached: list[int]
    """Per metric: hour on which it counted as reached, or -1."""
    figure: list[float]
    """Per metric: the number measured so far, or nan."""
    series: dict[str, list[list[float]]] = field(default_factory=dict)

    @classmethod
    def fresh(cls, scenario: Scenario) -> Tracker:
        n = len(metrics(scenario))
        return cls([-1] * n, [-1] * n, [float("nan")] * n, {name: [] for name in SERIES})

    def copy(self) -> Tracker:
        return Tracker(
            list(self.since), list(self.reached), list(self.figure), {k: list(v) for k, v in self.series.items()}
        )

    def observe(self, scenario: Scenario, tables: Tables, hour: int) -> None:
        """15.2 Look at the game at `hour`, an impulse's end. What came to pass in it is dated as its records are."""
        setting = scenario.setting
        began = max(0, hour - int(setting.impulse_days * 24.0))
        for k, metric in enumerate(metrics(scenario)):
            kind = metric.kind
            if kind is MetricKind.CONTROL_DATE or kind is MetricKind.LOSS_DATE:
                if self.reached[k] < 0:
                    holds = tables.hex_i[H.CONTROL, metric.hex] in allied_with(setting, metric.subjects)
                    self._dated(k, holds if kind is MetricKind.CONTROL_DATE else not holds, metric, began)
            elif kind is MetricKind.ENTERS:
                if self.reached[k] < 0:
                    inside = _in_country(setting, tables, metric)
                    self._dated(k, bool((tables.force_i[F.MEN][inside] >= metric.men).any()), metric, began)
            elif kind is MetricKind.MEN_COMMITTED:
                men = float(tables.force_i[F.MEN][_in_country(setting, tables, metric)].sum())
                self.figure[k] = men if isnan(self.figure[k]) else max(self.figure[k], men)
            elif metric.at is not None and isnan(self.figure[k]) and hour >= setting.hour_of(metric.at) + 24:
                self.figure[k] = snapshot(scenario, metric, tables)

    def _dated(self, k: int, holds: bool, metric: Metric, hour: int) -> None:
        if not holds:
            self.since[k] = -1
            return
        if self.since[k] < 0:
            self.since[k] = hour
        if hour - self.since[k] >= metric.days * 24:
            self.reached[k] = self.since[k]

    def end_turn(self, tables: Tables) -> None:
        """Add a row to every series."""
        factions = tables.faction_i.shape[1]
        fi = tables.force_i
        in_play = (fi[F.STATUS] >= Status.ACTIVE) & (fi[F.STATUS] <= Status.BANDS)
        bands = fi[F.STATUS] == Status.BANDS
        men = np.bincount(fi[F.FACTION][in_play], fi[F.MEN][in_play], factions)
        hidden = np.bincount(fi[F.FACTION][bands], fi[F.MEN][bands], factions)
        rows = (
            men, hidden, tables.faction_f[A.WILL], tables.faction_f[A.LAND_VALUE], tables.faction_i[A.KILLED],
            tables.faction_i[A.CAPTURED], tables.faction_i[A.DESERTED], tables.faction_i[A.STRAGGLERS],
            tables.faction_i[A.HOSPITAL], tables.faction_i[A.KG_ISSUED], tables.faction_f[A.WEARINESS],
            tables.faction_f[A.UNITY], tables.party[P.SEATS],
        )  # fmt: skip
        for name, row in zip(SERIES, rows, strict=True):
            self.series[name].append([float(v) for v in row.tolist()])

    def value(self, scenario: Scenario, tables: Tables, k: int) -> Value:
        """Metric number k so far; what has a date to come, or none, is read off the game as it is."""
        metric = metrics(scenario)[k]
        if metric.kind in (MetricKind.CONTROL_DATE, MetricKind.LOSS_DATE, MetricKind.ENTERS):
            reached = self.reached[k]
            return None if reached < 0 else scenario.setting.date_of(reached)
        if isnan(self.figure[k]) and metric.kind is not MetricKind.MEN_COMMITTED:
            return snapshot(scenario, metric, tables)
        return None if isnan(self.figure[k]) else self.figure[k]

    def milestones(self, scenario: Scenario, tables: Tables) -> dict[str, Value]:
        """Milestone id -> date, number or None. A `never` milestone gives 1.0 if the thing did not happen."""
        out: dict[str, Value] = {}
        for k, milestone in enumerate(scenario.milestones):
            value = self.value(scenario, tables, k)
            if milestone.never:
                value = 1.0 if value is None else 0.0
            out[milestone.id] = value
        return out


def metrics(scenario: Scenario) -> tuple[Metric, ...]:
    """All metrics of a scenario: its milestones', then its objectives'."""
    return _metrics(scenario.milestones, scenario.objectives)


@lru_cache(maxsize=16)
def _metrics(milestones: tuple[Milestone, ...], objectives: tuple[Objective, ...]) -> tuple[Metric, ...]:
    return tuple(m.metric for m in milestones) + tuple(o.metric for o in objectives)


def snapshot(scenario: Scenario, metric: Metric, tables: Tables) -> float:
    """A metric that can be read off the state as it is."""
    setting = scenario.setting
    side = allied_with(setting, metric.subjects)
    if metric.kind is MetricKind.STRENGTH_AT:
        return float(men_under_arms(tables, metric.subjects))
    if metric.kind is MetricKind.MILITARY_LOSSES:
        return float(tables.faction_i[A.KILLED, list(metric.subjects)].sum())
    if metric.kind is MetricKind.DISPLACED:
        return float(tables.hex_i[H.DISPLACED].sum())
    if metric.kind is MetricKind.HOLDS:
        return 1.0 if int(tables.hex_i[H.CONTROL, metric.hex]) in side else 0.0
    return held_share(setting, tables, side, setting.map.countries.index(metric.country) if metric.country else None)


def _met(objective: Objective, value: Value) -> bool:
    if objective.never:
        return value is None or value == 0.0
    if value is None:
        return False
    if isinstance(value, date):
        return objective.by is None or value <= objective.by
    if objective.metric.kind is MetricKind.HOLDS and value == 0.0:
        return False
    low_enough = objective.at_most is None or value <= objective.at_most
    return low_enough and (objective.at_least is None or value >= objective.at_least)


def _detail(objective: Objective, value: Value) -> str:
    if value is None:
        return "it has not happened"
    if isinstance(value, date):
        return f"since {value.day} {value:%b %Y}"
    if objective.metric.kind is MetricKind.HELD_SHARE:
        return f"{value * 100:.0f} % held"
    if objective.metric.kind is MetricKind.HOLDS:
        return "held" if value else "not held"
    return f"{value:,.0f}"


def judge(scenario: Scenario, tables: Tables, tracker: Tracker) -> Outcome:
    """15.1, 15.3 How every side stands: by its objectives, among which harm to civilians can never be."""
    results = {}
    first = len(scenario.milestones)
    for number, side in enumerate(scenario.setting.sides):
        states = []
        reached = total = 0.0
        for k, objective in enumerate(scenario.objectives):
            if objective.side != number:
                continue
            value = tracker.value(scenario, tables, first + k)
            met = _met(objective, value)
            total += objective.points
            reached += objective.points if met else 0.0
            states.append(
                ObjectiveState(objective.id, objective.title, met, objective.points, _detail(objective, value))
            )
        share = reached / total if total else 0.0
        level = next((lv.title for lv in scenario.levels if share >= lv.share), "Undecided")
        results[side.id] = Result(level, share, _reason(side.name, states, reached, total), tuple(states))
    return Outcome(results)


def _reason(name: str, states: list[ObjectiveState], reached: float, total: float) -> str:
    met = [s.title for s in states if s.met]
    missed = [s.title for s in states if not s.met]
    if not states:
        return f"{name} has no objectives of its own here."
    text = f"{name} reached {reached:g} of {total:g} points."
    if met:
        text += f" Met: {'; '.join(met)}."
    if missed:
        text += f" Not met: {'; '.join(missed)}."
    return text
