"""Reading measurements off a game: what each kind of scenario.model.MetricKind comes to at a moment.

15.4 A faction is measured in its own terms: places held, men, survival; the seat at the United Nations, recognition, a
     part in the government, seats won; the people's support; troops that are in a country or have left it, and what
     became of those whom they left behind; treaties and the phase of the peace process; aid, patrons, unity, will.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from game.core.calendar import DAYS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import harm as R
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, Life, TreatyState
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.counts import allied_with, displaced, held_share, men_under_arms, people_in_camps, support_share
from game.rules.presence import count_formed
from game.scenario.model import NATURE, Metric, MetricKind, Nature, Scenario


def metrics(scenario: Scenario) -> tuple[Metric, ...]:
    """All metrics of a scenario: its milestones', then its objectives'."""
    return tuple(m.metric for m in scenario.milestones) + tuple(o.metric for o in scenario.objectives)


class Look:
    """A game at one moment, as measurements look at it; what several ask for is found once."""

    def __init__(self, setting: Setting, tables: Tables) -> None:
        self.setting = setting
        self.tables = tables

    @cached_property
    def _formed(self) -> tuple[list[list[int]], list[list[int]]]:
        """[factions, countries] men of the formed forces inside, and of the largest of them."""
        map_ = self.setting.map
        found = np.zeros((2, len(self.setting.factions), len(map_.countries)), np.int64)
        count_formed(self.tables, map_.country, found)
        men, largest = found.tolist()
        return men, largest

    @cached_property
    def _life(self) -> list[int]:
        """[factions] ids.Life"""
        found: list[int] = self.tables.faction_i[A.LIFE].tolist()
        return found

    def formed_in(self, metric: Metric) -> int:
        """Men of formed forces of the subjects inside the metric's country."""
        country = self.setting.map.countries.index(metric.country)
        return sum(self._formed[0][a][country] for a in metric.subjects)

    def largest_in(self, metric: Metric) -> int:
        """Men of the largest of them."""
        country = self.setting.map.countries.index(metric.country)
        return max((self._formed[1][a][country] for a in metric.subjects), default=0)

    def alive(self, factions: tuple[int, ...]) -> bool:
        """Whether one of the factions is an actor."""
        return any(self._life[a] == Life.ACTIVE for a in factions)

    def holds(self, metric: Metric) -> bool:
        """Whether the subjects' side controls the metric's place."""
        return int(self.tables.hex_i[H.CONTROL, metric.hex]) in allied_with(self.setting, metric.subjects)

    def client_share(self, metric: Metric) -> float:
        """Share by value of the country that the client holds, without its protectors; 0 if it is no actor."""
        if metric.other == NO_FACTION:
            return 1.0
        country = self.setting.map.countries.index(metric.country)
        alive = self.alive((metric.other,))
        return held_share(self.setting, self.tables, (metric.other,), country) if alive else 0.0


def _bound(t: Tables, metric: Metric) -> bool:
    y = t.treaty
    rows = np.flatnonzero((y[Y.TERM] == metric.term) & (y[Y.STATE] == TreatyState.IN_FORCE))
    for a, b in zip(y[Y.A, rows].tolist(), y[Y.B, rows].tolist(), strict=True):
        for one, other in ((a, b), (b, a)):
            if one in metric.subjects and metric.other in (NO_FACTION, other):
                return True
    return False


def _withdrawn(look: Look, m: Metric) -> bool:
    least = m.share if m.other != NO_FACTION else 0.0
    return look.formed_in(m) <= m.men and look.client_share(m) >= least


IS_SO: dict[MetricKind, Callable[[Look, Metric], bool]] = {
    MetricKind.CONTROL_DATE: Look.holds,
    MetricKind.LOSS_DATE: lambda look, m: not look.holds(m),
    MetricKind.ENTERS: lambda look, m: look.largest_in(m) >= max(1, m.men),
    MetricKind.WITHDRAWAL_DATE: _withdrawn,
    MetricKind.TREATY_DATE: lambda look, m: _bound(look.tables, m),
    MetricKind.PHASE_DATE: lambda look, m: int(look.tables.peace[P.PHASE]) == m.phase,
    MetricKind.FOUNDED_DATE: lambda look, m: look.alive(m.subjects),
    MetricKind.ENDED_DATE: lambda look, m: not look.alive(m.subjects),
}
"""15.2, 15.4 Whether what a dated metric waits for is so at this moment; LOSS_DATE and WITHDRAWAL_DATE: whether the
subjects have nothing there, whatever was before."""

AFTER_BEING_THERE = frozenset({MetricKind.LOSS_DATE, MetricKind.WITHDRAWAL_DATE, MetricKind.ENDED_DATE})
"""Dated metrics that count only once the opposite has been so."""


def was_there(look: Look, metric: Metric) -> bool:
    """15.4 Whether the subjects are where they may later be gone from."""
    if metric.kind is MetricKind.LOSS_DATE:
        return look.holds(metric)
    if metric.kind is MetricKind.ENDED_DATE:
        return look.alive(metric.subjects)
    return look.formed_in(metric) > metric.men


RATES: dict[MetricKind, Callable[[Tables, Metric], float]] = {
    MetricKind.SEAT_SHARE: lambda t, m: float(int(t.peace[P.SEAT]) in m.subjects),
    MetricKind.AID_RECEIVED: lambda t, m: float(t.aid[:, list(m.subjects)].sum()) / DAYS_A_YEAR,
    MetricKind.AID_GIVEN: lambda t, m: float(t.aid[list(m.subjects)].sum()) / DAYS_A_YEAR,
}
"""15.4 What is added up from day to day."""


class Watch:
    """What is looked at after every impulse, told apart once: rows of `metrics`."""

    def __init__(self, scenario: Scenario) -> None:
        all_ = list(enumerate(metrics(scenario)))
        self.dated = [
            (k, m, IS_SO[m.kind], m.kind in AFTER_BEING_THERE) for k, m in all_ if NATURE[m.kind] is Nature.DATE
        ]
        self.peaks = [(k, m) for k, m in all_ if m.kind is MetricKind.MEN_COMMITTED]
        self.sums = [
            (k, m, RATES[m.kind], None if m.at is None else scenario.setting.hour_of(m.at) + 24)
            for k, m in all_
            if m.kind in RATES
        ]
        taken = {k for k, *_ in (*self.dated, *self.peaks, *self.sums)}
        self.later = sorted(
            (scenario.setting.hour_of(m.at) + 24, k, m) for k, m in all_ if k not in taken and m.at is not None
        )
        """Hour of the reading, row and metric of those that are read on a day."""


def _mean(t: Tables, row: int, metric: Metric) -> float:
    return float(t.faction_f[row, list(metric.subjects)].mean())


def _recognised(t: Tables, m: Metric) -> float:
    others = [b for b in range(t.faction_i.shape[1]) if b not in m.subjects and t.faction_i[A.LIFE, b] == Life.ACTIVE]
    recognise = sum(bool(t.recognised[b, list(m.subjects)].any()) for b in others)
    return recognise / len(others) if others else 0.0


def _survives(t: Tables, m: Metric) -> float:
    alive = any(t.faction_i[A.LIFE, a] == Life.ACTIVE for a in m.subjects)
    return float(alive and men_under_arms(t, m.subjects) >= m.men)


_SNAPSHOTS: dict[MetricKind, Callable[[Tables, Metric], float]] = {
    MetricKind.STRENGTH_AT: lambda t, m: float(men_under_arms(t, m.subjects)),
    MetricKind.MILITARY_LOSSES: lambda t, m: float(t.faction_i[A.KILLED, list(m.subjects)].sum()),
    MetricKind.SURVIVES: _survives,
    MetricKind.SEAT_HELD: lambda t, m: float(int(t.peace[P.SEAT]) in m.subjects),
    MetricKind.VOTES_FOR: lambda t, m: float(t.peace[P.SEAT_FOR]),
    MetricKind.RECOGNISED: _recognised,
    MetricKind.IN_GOVERNMENT: lambda t, m: float(
        any(int(t.peace[row]) in m.subjects for row in (P.GOVERNMENT, P.PARTNER))
    ),
    MetricKind.SEATS: lambda t, m: float(t.party[P.SEATS, list(m.subjects)].sum()),
    MetricKind.PATRONS: lambda t, m: float((t.aid[:, list(m.subjects)] > 0.0).any(axis=1).sum()),
    MetricKind.UNITY: lambda t, m: _mean(t, A.UNITY, m),
    MetricKind.WILL: lambda t, m: _mean(t, A.WILL, m),
    MetricKind.WEARINESS: lambda t, m: _mean(t, A.WEARINESS, m),
    MetricKind.RELATION: lambda t, m: float(t.relation[list(m.subjects), m.other].mean()),
    MetricKind.DISPLACED: lambda t, m: float(displaced(t)),
    MetricKind.CAMP_PEOPLE: lambda t, m: float(people_in_camps(t)),
    MetricKind.CIVIL_DEAD: lambda t, m: float(t.harm[:, [R.DEAD_LOW, R.DEAD_HIGH]].sum()) / 2.0,
}


def snapshot(scenario: Scenario, metric: Metric, tables: Tables) -> float:
    """15.4 A metric that can be read off the state as it is."""
    setting = scenario.setting
    plain = _SNAPSHOTS.get(metric.kind)
    if plain is not None:
        return plain(tables, metric)
    if metric.kind is MetricKind.FOREIGN_TROOPS:
        return float(Look(setting, tables).formed_in(metric))
    if metric.kind is MetricKind.SUPPORT_SHARE:
        return sum(support_share(setting, tables, a) for a in metric.subjects)
    if metric.kind is MetricKind.HOLDS:
        return float(Look(setting, tables).holds(metric))
    side = allied_with(setting, metric.subjects)
    return held_share(setting, tables, side, setting.map.countries.index(metric.country) if metric.country else None)
