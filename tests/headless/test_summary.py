"""What is said of an ensemble: quantiles, shares, and the verdict beside history."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from game.core.calendar import say_day, say_days
from game.core.ids import OFF_MAP
from game.results.report import report
from game.results.runs import result_of
from game.results.summary import Measure, quantile, summarise, summarise_milestone, wilson
from game.results.tables import tables_of
from game.scenario.model import Metric, MetricKind, Milestone
from tests.builders import force, small_game


def milestone(
    value: date | float,
    low: date | float,
    high: date | float,
    kind: MetricKind = MetricKind.CONTROL_DATE,
    unit: str = "date",
    never: bool = False,
) -> Milestone:
    metric = Metric(kind, (0,), OFF_MAP, "", None)
    return Milestone("m", "A milestone", metric, never, value, low, high, unit, ())


JANUARY = milestone(date(1979, 1, 7), date(1979, 1, 1), date(1979, 1, 14))


def day(number: int) -> date:
    return date(1979, 1, number)


def test_wilson_interval_agrees_with_the_published_example() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, method 3
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_wilson_interval_of_all_or_none_reaches_the_end_and_not_beyond() -> None:
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 0) == (0.0, 1.0)


def test_quantiles_are_values_of_runs() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [quantile(values, q) for q in (0.0, 0.05, 0.2, 0.5, 0.95, 1.0)] == [1, 1, 1, 3, 5, 5]
    with pytest.raises(ValueError):
        quantile([], 0.5)


def test_dates_that_never_come_count_as_later_than_all_others() -> None:
    found = summarise_milestone(JANUARY, [day(5), None, day(8)])
    assert (found.p5, found.median, found.p95) == (day(5), day(8), None)
    assert (found.reached, found.runs) == (2, 3)
    mostly_never = summarise_milestone(JANUARY, [None, day(5), None])
    assert mostly_never.median is None


def test_a_date_fits_if_the_median_is_tolerated_and_history_is_in_the_band() -> None:
    assert summarise_milestone(JANUARY, [day(5), day(7), day(9)]).fits
    assert not summarise_milestone(JANUARY, [day(8), day(9), day(10)]).fits, "history is earlier than every run"
    assert not summarise_milestone(JANUARY, [day(5), day(20), day(21)]).fits, "the median is not tolerated"
    assert not summarise_milestone(JANUARY, [None, None, None]).fits
    assert not summarise_milestone(JANUARY, []).fits


def test_numbers_are_summed_up_over_the_runs_that_have_one() -> None:
    strength = milestone(30000.0, 20000.0, 40000.0, MetricKind.STRENGTH_AT, "men")
    found = summarise_milestone(strength, [25000.0, 31000.0, 36000.0, None])
    assert found.measure is Measure.NUMBER
    assert (found.p5, found.median, found.p95) == (25000.0, 31000.0, 36000.0)
    assert found.fits


def test_a_thing_that_does_not_happen_is_a_share_of_runs() -> None:
    never = milestone(0.98, 0.7, 1.0, MetricKind.ENTERS, "share", never=True)
    found = summarise_milestone(never, [1.0, 1.0, 1.0, 0.0])
    assert found.measure is Measure.SHARE
    assert found.share == 0.75
    assert found.fits
    assert found.as_dict()["share_reached"] == 0.75


def test_held_or_not_is_a_share_of_runs() -> None:
    holds = milestone(0.5, 0.4, 0.6, MetricKind.HOLDS, "share")
    assert summarise_milestone(holds, [1.0, 0.0]).share == 0.5


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(1979, 1, 7), date(1979, 1, 7), "7 Jan 1979"), (date(1979, 1, 7), date(1979, 1, 9), "7 – 9 Jan 1979"),
        (date(1979, 1, 30), date(1979, 2, 2), "30 Jan – 2 Feb 1979"),
        (date(1978, 12, 30), date(1979, 1, 2), "30 Dec 1978 – 2 Jan 1979"),
    ],
)  # fmt: skip
def test_dates_are_said_in_english_and_always_with_their_year(first: date, last: date, said: str) -> None:
    assert say_days(first, last) == said
    assert say_day(last) in said


def test_a_side_without_objectives_is_no_failure_in_the_summary_the_table_or_the_report() -> None:
    world = small_game([force(0, 0), force(1, 107)])
    run = result_of(world)
    assert (run.result["f1"].level, run.result["f1"].share) == (None, None)
    row = tables_of(world.setting, [run])["runs"].to_pylist()[0]
    assert (row["level_s1"], row["share_s1"]) == (None, None) and "no objectives" in row["reason_s1"]
    found = summarise(world.scenario, [run])
    assert [(side.levels, side.share) for side in found.sides][1] == ((), None)
    console = Console(width=140, file=io.StringIO())
    console.print(report(found))
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert "no objectives" in next(line for line in told.splitlines() if "Side 1" in line)
    assert told.count("Defeat") == 1, "the other side has an objective and missed it"
