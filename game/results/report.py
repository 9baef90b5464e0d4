"""An ensemble as a person reads it: milestones beside history, how the sides fared, what it cost."""

from __future__ import annotations

from datetime import date

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from game.core.calendar import say_day
from game.results.summary import Band, Measure, MilestoneSummary, Summary


def report(summary: Summary, width: int = 140) -> RenderableType:
    """The printed summary, for a terminal of `width` columns; nothing is cut from about 70 on."""
    failed = f", {len(summary.errors)} failed" if summary.errors else ""
    parts: list[RenderableType] = [
        Text(f"{summary.title}: {summary.ended} of {summary.runs} runs ended{failed}", style="bold")
    ]
    if summary.ended:
        parts += [_milestones(summary), _sides(summary), _costs(summary, width < _WIDE), Text(_LEGEND)]
    for seed, error in summary.errors[:_ERRORS_SHOWN]:
        parts.append(Text(f"seed {seed} failed: {error}"))
    if len(summary.errors) > _ERRORS_SHOWN:
        parts.append(Text(f"... and {len(summary.errors) - _ERRORS_SHOWN} more failed runs"))
    return Group(*parts)


_ERRORS_SHOWN = 5
_WIDE = 110
"""Columns from which a range of counts stands in one line."""
_LEGEND = (
    "Figures are the median of the runs, and under it the range from 5 to 95 %; under history's value is its "
    "tolerance, and under a share of runs its 95 % interval. A milestone fits if its median (or share) is within the "
    "tolerance and history within the range. Civilian dead and displaced are estimates, low to high, of the toll of "
    "fighting in which the faction took part; two factions may count the same people."
)


def _say(value: date | float | None, unit: str) -> str:
    if value is None:
        return "never"
    if isinstance(value, date):
        return say_day(value)
    return f"{value:.0%}" if unit == "share" else f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


def _span(low: date | float | None, high: date | float | None, unit: str) -> str:
    left, right = _say(low, unit), _say(high, unit)
    if left == right:
        return left
    if isinstance(low, date) and isinstance(high, date):
        left = left.rsplit(" ", 1)[0]
        right = right.rsplit(" ", 1)[0] if (high - low).days < _A_YEAR else right
    return f"{left} – {right}"


_A_YEAR = 365


def _table(title: str, headings: tuple[str, ...], left: int) -> Table:
    """A table whose first `left` columns are words and the others figures."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for k, heading in enumerate(headings):
        table.add_column(heading, justify="left" if k < left else "right", no_wrap=k >= left)
    return table


def _milestones(summary: Summary) -> Table:
    table = _table("Beside history", ("milestone", "history", "these runs", "reach it", "fits"), 1)
    for milestone in summary.milestones:
        table.add_row(*_milestone_cells(milestone))
    return table


def _milestone_cells(milestone: MilestoneSummary) -> tuple[str, ...]:
    unit = "share" if milestone.measure is Measure.SHARE else milestone.unit
    low, high = milestone.share_interval
    found = ""
    if milestone.measure is not Measure.SHARE:
        found = f"{_say(milestone.median, unit)}\n{_span(milestone.p5, milestone.p95, unit)}"
    return (
        milestone.title,
        f"{_say(milestone.value, unit)}\n{_span(milestone.low, milestone.high, unit)}",
        found,
        f"{milestone.share:.0%}\n{low:.0%}–{high:.0%}",
        "yes" if milestone.fits else "no",
    )


def _sides(summary: Summary) -> Table:
    table = _table("How it ended", ("side", "level of victory (runs)", "share of points"), 2)
    for side in summary.sides:
        if side.share is None:
            table.add_row(side.name, "no objectives", "–")
            continue
        levels = ", ".join(f"{level} ({count})" for level, count in side.levels)
        table.add_row(side.name, levels, _percent(side.share))
    return table


def _costs(summary: Summary, narrow: bool) -> Table:
    headings = ("faction", "men at\nthe end", "dead", "captured", "deserted", "civilian\ndead", "displaced")
    table = _table("What it cost", headings, 1)
    for row in summary.factions:
        civilians = f"{row.civilian_dead_low.median:,.0f} to\n{row.civilian_dead_high.median:,.0f}"
        counts = [_count(b, narrow) for b in (row.men, row.dead, row.captured, row.deserted)]
        table.add_row(row.name, *counts, civilians, _count(row.fled, narrow))
    return table


def _percent(spread: Band) -> str:
    if spread.low == spread.high:
        return f"{spread.median:.0%}"
    return f"{spread.median:.0%} ({spread.low:.0%}–{spread.high:.0%})"


def _count(spread: Band, narrow: bool) -> str:
    if spread.low == spread.high:
        return f"{spread.median:,.0f}"
    parting = "–\n" if narrow else "–"
    return f"{spread.median:,.0f}\n{spread.low:,.0f}{parting}{spread.high:,.0f}"
