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

    @cached_property
    def phase(self) -> int:
        """ids.Phase"""
        return int(self.tables.peace[P.PHASE])

    def formed_in(self, factions: tuple[int, ...], country: int) -> int:
        """Men of formed forces of the factions inside a country."""
        men = self._formed[0]
        return sum([men[a][country] for a in factions])

    def largest_in(self, factions: tuple[int, ...], country: int) -> int:
        """Men of the largest of them."""
        largest = self._formed[1]
        return max([largest[a][country] for a in factions], default=0)

    def alive(self, factions: tuple[int, ...]) -> bool:
        """Whether one of the factions is an actor."""
        return any(self._life[a] == _ACTIVE for a in factions)

    def client_share(self, metric: Metric) -> float:
        """Share by value of the country that the client holds, without its protectors; 0 if it is no actor."""
        if metric.other == NO_FACTION:
            return 1.0
        alive = self.alive((metric.other,))
        return held_share(self.setting, self.tables, (metric.other,), _country(self.setting, metric)) if alive else 0.0


_ACTIVE = int(Life.ACTIVE)

Test = Callable[[Look], bool]
"""Whether something is so at a moment."""
Making = Callable[[Setting, Metric], Test]
"""How a test is made of a metric: once, because it is asked after every impulse."""


def _country(setting: Setting, metric: Metric) -> int:
    """Row of the metric's country."""
    return setting.map.countries.index(metric.country)


def _holding(setting: Setting, m: Metric) -> Test:
    """Whether the subjects' side controls the metric's place."""
    side = frozenset(allied_with(setting, m.subjects))
    return lambda look: look.tables.hex_i.item(H.CONTROL, m.hex) in side


def _lost(setting: Setting, m: Metric) -> Test:
    held = _holding(setting, m)
    return lambda look: not held(look)


def _entering(setting: Setting, m: Metric) -> Test:
    country, least = _country(setting, m), max(1, m.men)
    return lambda look: look.largest_in(m.subjects, country) >= least


def _present(setting: Setting, m: Metric) -> Test:
    country = _country(setting, m)
    return lambda look: look.formed_in(m.subjects, country) > m.men


def _withdrawn(setting: Setting, m: Metric) -> Test:
    there, least = _present(setting, m), m.share if m.other != NO_FACTION else 0.0
    return lambda look: not there(look) and look.client_share(m) >= least


def _bound(t: Tables, metric: Metric) -> bool:
    y = t.treaty
    rows = np.flatnonzero((y[Y.TERM] == metric.term) & (y[Y.STATE] == TreatyState.IN_FORCE))
    for a, b in zip(y[Y.A, rows].tolist(), y[Y.B, rows].tolist(), strict=True):
        for one, other in ((a, b), (b, a)):
            if one in metric.subjects and metric.other in (NO_FACTION, other):
                return True
    return False


IS_SO: dict[MetricKind, Making] = {
    MetricKind.CONTROL_DATE: _holding,
    MetricKind.LOSS_DATE: _lost,
    MetricKind.ENTERS: _entering,
    MetricKind.WITHDRAWAL_DATE: _withdrawn,
    MetricKind.TREATY_DATE: lambda setting, m: lambda look: _bound(look.tables, m),
    MetricKind.PHASE_DATE: lambda setting, m: lambda look: look.phase == m.phase,
    MetricKind.FOUNDED_DATE: lambda setting, m: lambda look: look.alive(m.subjects),
    MetricKind.ENDED_DATE: lambda setting, m: lambda look: not look.alive(m.subjects),
}
"""15.2, 15.4 Whether what a dated metric waits for is so at this moment; LOSS_DATE and WITHDRAWAL_DATE: whether the
subjects have nothing there, whatever was before."""

WAS_THERE: dict[MetricKind, Making] = {
    MetricKind.LOSS_DATE: _holding,
    MetricKind.WITHDRAWAL_DATE: _present,
    MetricKind.ENDED_DATE: lambda setting, m: lambda look: look.alive(m.subjects),
}
"""15.4 What must have been so before these count: the subjects are where they may later be gone from."""


Rate = Callable[[Tables], float]
"""What is added up a day."""


RATES: dict[MetricKind, Callable[[Metric], Rate]] = {
    MetricKind.SEAT_SHARE: lambda m: lambda t: float(int(t.peace[P.SEAT]) in m.subjects),
    MetricKind.AID_RECEIVED: lambda m: lambda t: float(t.aid[:, list(m.subjects)].sum()) / DAYS_A_YEAR,
    MetricKind.AID_GIVEN: lambda m: lambda t: float(t.aid[list(m.subjects)].sum()) / DAYS_A_YEAR,
}
"""15.4 What is added up from day to day."""


class Watch:
    """What is looked at after every impulse, told apart once: rows of `metrics`."""

    def __init__(self, scenario: Scenario) -> None:
        all_ = list(enumerate(metrics(scenario)))
        setting = scenario.setting
        self.dated = [
            (k, m, IS_SO[m.kind](setting, m), WAS_THERE[m.kind](setting, m) if m.kind in WAS_THERE else None)
            for k, m in all_
            if NATURE[m.kind] is Nature.DATE
        ]
        self.peaks = [(k, m.subjects, _country(setting, m)) for k, m in all_ if m.kind is MetricKind.MEN_COMMITTED]
        self.sums = [
            (k, RATES[m.kind](m), None if m.at is None else setting.hour_of(m.at) + 24)
            for k, m in all_
            if m.kind in RATES
        ]
        taken = {k for k, *_ in (*self.dated, *self.peaks, *self.sums)}
        read = ((setting.hour_of(m.at or scenario.end) + 24, k, m) for k, m in all_ if k not in taken)
        self.later = sorted(read, key=lambda reading: reading[:2])
        """Hour of the reading, row and metric of those that are read on a day: their own, or the scenario's last, which
        the last turn may go beyond.
        """


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
        return float(Look(setting, tables).formed_in(metric.subjects, _country(setting, metric)))
    if metric.kind is MetricKind.SUPPORT_SHARE:
        return sum(support_share(setting, tables, a) for a in metric.subjects)
    if metric.kind is MetricKind.HOLDS:
        return float(_holding(setting, metric)(Look(setting, tables)))
    side = allied_with(setting, metric.subjects)
    return held_share(setting, tables, side, setting.map.countries.index(metric.country) if metric.country else None)
