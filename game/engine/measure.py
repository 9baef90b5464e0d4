"""Measuring a game: milestones, objectives, series. Chapter 15, victory.

15.1 A side plays for its objectives; those met give their points. The share of points reached gives the level. A side
     without objectives has neither share nor level.
15.2 A thing counts on a date if it came to pass then and lasted as long as the metric says. What is lost or left
     counts only once it was held.
15.3 Harm to civilians gives no points to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan

import numpy as np

from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.ids import NO_FACTION
from game.core.state import Tables
from game.engine.counts import camp_people
from game.engine.metrics import RATES, Look, Watch, metrics, snapshot
from game.engine.verdict import ObjectiveState, Value, detail, is_met, reason
from game.rules.presence import count_in_play
from game.scenario.model import NATURE, Metric, MetricKind, Nature, Scenario

SERIES = (
    "men", "bands", "will", "land_value", "killed", "captured", "deserted", "stragglers", "hospital", "kg_issued",
    "weariness", "unity", "seats", "support", "camp_people", "money", "income", "manpower", "kits", "corruption",
)  # fmt: skip
"""Names of the series kept by turn, one number a faction."""
_SHARES = {
    "will": A.WILL, "land_value": A.LAND_VALUE, "weariness": A.WEARINESS, "unity": A.UNITY, "support": A.SUPPORT,
    "money": A.MONEY, "income": A.INCOME, "corruption": A.CORRUPTION,
}  # fmt: skip
_COUNTS = {
    "killed": A.KILLED, "captured": A.CAPTURED, "deserted": A.DESERTED, "stragglers": A.STRAGGLERS,
    "hospital": A.HOSPITAL, "kg_issued": A.KG_ISSUED, "manpower": A.MANPOWER, "kits": A.KITS,
}  # fmt: skip
"""Series that are columns of `faction_f` and of `faction_i`."""
_SHARE_ROWS, _SHARE_COLUMNS = [SERIES.index(name) for name in _SHARES], list(_SHARES.values())
_COUNT_ROWS, _COUNT_COLUMNS = [SERIES.index(name) for name in _COUNTS], list(_COUNTS.values())
_MEN, _IN_BANDS, _SEATS, _CAMPS = (SERIES.index(name) for name in ("men", "bands", "seats", "camp_people"))


@dataclass(frozen=True)
class Result:
    """How a side stands."""

    level: str | None
    """None for a side without objectives."""
    share: float | None
    """Share of its points reached, 0..1; None for a side without objectives."""
    reason: str
    objectives: tuple[ObjectiveState, ...]


@dataclass(frozen=True)
class Outcome:
    """How all sides stand."""

    results: dict[str, Result]


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
    watch: Watch | None = field(default=None, repr=False, compare=False)
    """What to look at; made at the first look, and not saved."""
    read: int = field(default=0, repr=False, compare=False)
    """How many of `watch.later` have been read off, as far as is known; not saved."""

    @classmethod
    def fresh(cls, scenario: Scenario) -> Tracker:
        n = len(metrics(scenario))
        return cls([-1] * n, [-1] * n, [float("nan")] * n, {name: [] for name in SERIES})

    def copy(self) -> Tracker:
        return Tracker(
            list(self.since),
            list(self.reached),
            list(self.figure),
            {k: list(v) for k, v in self.series.items()},
            self.watch,
            self.read,
        )

    def observe(self, scenario: Scenario, tables: Tables, hour: int) -> None:
        """15.2 Look at the game at `hour`, an impulse's end. What came to pass in it is dated as its records are."""
        setting = scenario.setting
        days = setting.impulse_days if hour else 0.0
        began = max(0, hour - int(setting.impulse_days * 24.0))
        look = Look(setting, tables)
        if self.watch is None:
            self.watch = Watch(scenario)
        for k, metric, is_so, was_there in self.watch.dated:
            if self.reached[k] >= 0:
                continue
            if was_there is not None and isnan(self.figure[k]):
                if was_there(look):
                    self.figure[k] = 0.0
            elif is_so(look):
                self._mark(k, look, metric, began)
            else:
                self.since[k] = -1
        for k, factions, country in self.watch.peaks:
            men = float(look.formed_in(factions, country))
            self.figure[k] = men if isnan(self.figure[k]) else max(self.figure[k], men)
        for k, rate, ends in self.watch.sums:
            if ends is None or hour <= ends:
                self.figure[k] = rate(tables) * days + (0.0 if isnan(self.figure[k]) else self.figure[k])
        for due, k, metric in self.watch.later[self.read :]:
            if due > hour:
                break
            if isnan(self.figure[k]):
                self.figure[k] = snapshot(scenario, metric, tables)
            self.read += 1

    def _mark(self, k: int, look: Look, metric: Metric, hour: int) -> None:
        """15.2 What a dated metric waits for is so at `hour`."""
        if self.since[k] < 0:
            self.since[k] = hour
            if metric.kind is MetricKind.WITHDRAWAL_DATE:
                self.figure[k] = look.client_share(metric)
        if hour - self.since[k] >= metric.days * 24:
            self.reached[k] = self.since[k]

    def end_turn(self, tables: Tables) -> None:
        """Add a row to every series."""
        row = np.empty((len(SERIES), tables.faction_i.shape[1]))
        count_in_play(tables, row[_MEN], row[_IN_BANDS])
        row[_SHARE_ROWS] = tables.faction_f[_SHARE_COLUMNS]
        row[_COUNT_ROWS] = tables.faction_i[_COUNT_COLUMNS]
        row[_SEATS] = tables.party[P.SEATS]
        row[_CAMPS] = camp_people(tables)
        for name, values in zip(SERIES, row.tolist(), strict=True):
            self.series[name].append(values)

    def value(self, scenario: Scenario, tables: Tables, k: int) -> Value:
        """Metric number k so far; what has a date to come, or none, is read off the game as it is."""
        metric = metrics(scenario)[k]
        if NATURE[metric.kind] is Nature.DATE:
            reached = self.reached[k]
            return None if reached < 0 else scenario.setting.date_of(reached)
        figure = self.figure[k]
        if metric.kind is MetricKind.SEAT_SHARE:
            ends = int(tables.clock[C.HOUR])
            if metric.at is not None:
                ends = min(ends, scenario.setting.hour_of(metric.at) + 24)
            return 0.0 if isnan(figure) or ends <= 0 else min(1.0, figure * 24.0 / ends)
        if isnan(figure) and metric.kind is not MetricKind.MEN_COMMITTED and metric.kind not in RATES:
            return snapshot(scenario, metric, tables)
        return None if isnan(figure) else figure

    def milestones(self, scenario: Scenario, tables: Tables) -> dict[str, Value]:
        """Milestone id -> date, number or None. A `never` milestone gives 1.0 if the thing did not happen."""
        out: dict[str, Value] = {}
        for k, milestone in enumerate(scenario.milestones):
            value = self.value(scenario, tables, k)
            if milestone.never:
                value = 1.0 if value is None or value == 0.0 else 0.0
            out[milestone.id] = value
        return out


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
            met = is_met(objective, value)
            total += objective.points
            reached += objective.points if met else 0.0
            told = detail(objective, value, _aside(scenario, tracker, first + k))
            states.append(ObjectiveState(objective.id, objective.title, met, objective.points, told))
        share = reached / total if total else None
        level = None if share is None else next((lv.title for lv in scenario.levels if share >= lv.share), "Undecided")
        results[side.id] = Result(level, share, reason(side.name, level, states, reached, total), tuple(states))
    return Outcome(results)


def _aside(scenario: Scenario, tracker: Tracker, k: int) -> str:
    """15.5 What a withdrawal left behind."""
    metric = metrics(scenario)[k]
    if metric.kind is not MetricKind.WITHDRAWAL_DATE or metric.other == NO_FACTION or isnan(tracker.figure[k]):
        return ""
    client = scenario.setting.factions[metric.other].short
    return f", while {client} held {tracker.figure[k] * 100:.0f} % of {metric.country} by value"
