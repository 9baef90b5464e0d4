"""History on the scoreboard: what an ensemble of runs says beside what happened.

A date that never comes in a run counts as later than any other, so the median of an event that fewer than half of
the runs see is "never" and not the mean of the lucky ones. Quantiles are order statistics: always the value of some
run. Shares carry the Wilson (1927) score interval at 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from math import ceil, inf, sqrt
from typing import TYPE_CHECKING

from game.results.runs import RunResult, plain
from game.scenario.model import NATURE, Milestone, Nature

if TYPE_CHECKING:
    from game.scenario.model import Scenario

Z_95 = 1.959964
"""Standard normal quantile of 0.975."""

LOW, HIGH = 0.05, 0.95
"""The band that is shown."""


class Measure(Enum):
    """How a milestone is compared with history."""

    DATE = "date"
    NUMBER = "number"
    SHARE = "share"
    """History's value is a share of runs."""


@dataclass(frozen=True)
class MilestoneSummary:
    """One milestone over all runs that ended."""

    id: str
    title: str
    unit: str
    measure: Measure
    runs: int
    reached: int
    """Runs in which it happened, or has a value; for `never`, runs in which it did not happen."""
    median: date | float | None
    """None: never, or no value."""
    p5: date | float | None
    p95: date | float | None
    never: bool
    """Reached means that it did not happen."""
    value: date | float
    """History."""
    low: date | float
    high: date | float

    @property
    def share(self) -> float:
        """Share of runs that reached it; 0 without runs."""
        return self.reached / self.runs if self.runs else 0.0

    @property
    def share_interval(self) -> tuple[float, float]:
        return wilson(self.reached, self.runs)

    @property
    def fits(self) -> bool:
        """Inside the tolerance: the median (or share) lies within it, and history within the 5-95 % band."""
        if not self.runs:
            return False
        low, high, value = _place(self.low), _place(self.high), _place(self.value)
        if self.measure is Measure.SHARE:
            return low <= self.share <= high
        if self.reached == 0:
            return False
        return low <= _place(self.median) <= high and _place(self.p5) <= value <= _place(self.p95)

    def as_dict(self) -> dict[str, object]:
        """The object that `simulate --json` prints for a milestone."""
        share_low, share_high = self.share_interval
        return {
            "median": plain(self.median),
            "p5": plain(self.p5),
            "p95": plain(self.p95),
            "runs": self.runs,
            "reached": self.reached,
            "share_reached": round(self.share, 6),
            "share_low": round(share_low, 6),
            "share_high": round(share_high, 6),
            "history": plain(self.value),
            "history_low": plain(self.low),
            "history_high": plain(self.high),
            "history_is": self.measure.value,
            "never": self.never,
            "fits": self.fits,
        }


@dataclass(frozen=True)
class SideSummary:
    """How the runs ended for one side."""

    side: str
    name: str
    levels: tuple[tuple[str, int], ...]
    """Level and number of runs, best first; levels that no run reached are left out. None without objectives."""
    share: Band | None
    """None for a side without objectives."""


@dataclass(frozen=True)
class Band:
    """Median and 5-95 % of a number over the runs; NaN-free because there is no band without runs."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class FactionSummary:
    """The account of one faction over the runs."""

    faction: str
    name: str
    men: Band
    dead: Band
    captured: Band
    deserted: Band
    civilian_dead_low: Band
    civilian_dead_high: Band
    fled: Band


@dataclass(frozen=True)
class Summary:
    """All that is said of an ensemble."""

    title: str
    runs: int
    ended: int
    milestones: tuple[MilestoneSummary, ...]
    sides: tuple[SideSummary, ...]
    factions: tuple[FactionSummary, ...]
    errors: tuple[tuple[int, str], ...]
    """Seed and error of each failed run."""


def wilson(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """Score interval of a share (Wilson 1927); (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    scale = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / scale
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / scale
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return low, high


def quantile(values: Sequence[float], q: float) -> float:
    """The smallest value that at least the share `q` of `values` does not exceed. ValueError without values."""
    if not values:
        raise ValueError("no values, no quantile")
    return sorted(values)[max(0, ceil(q * len(values) - 1e-9) - 1)]


def band(values: Sequence[float]) -> Band:
    """Median and 5-95 % band. ValueError without values."""
    return Band(quantile(values, 0.5), quantile(values, LOW), quantile(values, HIGH))


def measure_of(milestone: Milestone) -> Measure:
    """How a milestone is compared."""
    if isinstance(milestone.value, date):
        return Measure.DATE
    of_runs = milestone.never or (milestone.unit == "share" and NATURE[milestone.metric.kind] is not Nature.SHARE)
    return Measure.SHARE if of_runs else Measure.NUMBER


def summarise_milestone(milestone: Milestone, values: Sequence[date | float | None]) -> MilestoneSummary:
    """One milestone from its values in all runs that ended."""
    measure = measure_of(milestone)
    yes_or_no = milestone.never or NATURE[milestone.metric.kind] is Nature.YES_NO
    happened = [v for v in values if v is not None and not (yes_or_no and v == 0)]
    dated = measure is Measure.DATE
    if dated:
        ranks = [inf if v is None else _place(v) for v in values]
    else:
        ranks = [_place(v) for v in values if v is not None]
    found = [_back(quantile(ranks, q), dated) if ranks else None for q in (0.5, LOW, HIGH)]
    return MilestoneSummary(
        id=milestone.id,
        title=milestone.title,
        unit=milestone.unit,
        measure=measure,
        runs=len(values),
        reached=len(happened),
        median=found[0],
        p5=found[1],
        p95=found[2],
        never=milestone.never,
        value=milestone.value,
        low=milestone.low,
        high=milestone.high,
    )


def summarise(scenario: Scenario, runs: Sequence[RunResult]) -> Summary:
    """An ensemble of one scenario. Failed runs count as errors and nowhere else."""
    ended = [run for run in runs if run.error is None]
    milestones = tuple(
        summarise_milestone(milestone, [run.milestones.get(milestone.id) for run in ended])
        for milestone in scenario.milestones
    )
    return Summary(
        title=scenario.title,
        runs=len(runs),
        ended=len(ended),
        milestones=milestones,
        sides=_sides(scenario, ended) if ended else (),
        factions=_factions(scenario, ended) if ended else (),
        errors=tuple((run.seed, str(run.error)) for run in runs if run.error is not None),
    )


def _sides(scenario: Scenario, ended: Sequence[RunResult]) -> tuple[SideSummary, ...]:
    found = []
    for side in scenario.setting.sides:
        leader = scenario.setting.factions[side.factions[0]].id
        outcomes = [run.result[leader] for run in ended]
        reached = [outcome.level for outcome in outcomes]
        order = dict.fromkeys([level.title for level in scenario.levels] + [lv for lv in reached if lv is not None])
        levels = tuple((level, reached.count(level)) for level in order if reached.count(level))
        shares = [outcome.share for outcome in outcomes if outcome.share is not None]
        found.append(SideSummary(side.id, side.name, levels, band(shares) if shares else None))
    return tuple(found)


def _factions(scenario: Scenario, ended: Sequence[RunResult]) -> tuple[FactionSummary, ...]:
    found = []
    for actor in scenario.setting.factions:
        rows = [run.result[actor.id] for run in ended]
        if not any(row.start or row.men for row in rows):
            continue  # a patron without troops on the map
        found.append(
            FactionSummary(
                faction=actor.id,
                name=actor.short,
                men=band([row.men for row in rows]),
                dead=band([row.dead for row in rows]),
                captured=band([row.captured for row in rows]),
                deserted=band([row.deserted for row in rows]),
                civilian_dead_low=band([row.civilian_dead_low for row in rows]),
                civilian_dead_high=band([row.civilian_dead_high for row in rows]),
                fled=band([row.fled for row in rows]),
            )
        )
    return tuple(found)


def _place(value: date | float | None) -> float:
    """On one line: dates by their ordinal, never after all."""
    if value is None:
        return inf
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def _back(rank: float, dated: bool) -> date | float | None:
    if not dated:
        return rank
    return None if rank == inf else date.fromordinal(int(rank))
