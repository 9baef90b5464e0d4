"""An ensemble as a person reads it: milestones beside history, how the sides fared, what it cost."""

from __future__ import annotations

from datetime import date

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from game.results.summary import Band, Measure, MilestoneSummary, Summary


def report(summary: Summary) -> RenderableType:
    """The printed summary."""
    failed = f", {len(summary.errors)} failed" if summary.errors else ""
    parts: list[RenderableType] = [
        Text(f"{summary.title}: {summary.ended} of {summary.runs} runs ended{failed}", style="bold")
    ]
    if summary.ended:
        parts += [_milestones(summary), _sides(summary), _costs(summary)]
    for seed, error in summary.errors[:_ERRORS_SHOWN]:
        parts.append(Text(f"seed {seed} failed: {error}"))
    if len(summary.errors) > _ERRORS_SHOWN:
        parts.append(Text(f"... and {len(summary.errors) - _ERRORS_SHOWN} more failed runs"))
    return Group(*parts)


_ERRORS_SHOWN = 5


def say_date(day: date) -> str:
    """'7 Jan 1979', in English whatever the locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _say(value: date | float | None, unit: str) -> str:
    if value is None:
        return "never"
    if isinstance(value, date):
        return say_date(value)
    return f"{value:.0%}" if unit == "share" else f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


def _span(low: date | float | None, high: date | float | None, unit: str) -> str:
    left, right = _say(low, unit), _say(high, unit)
    if isinstance(low, date) and isinstance(high, date) and low.year == high.year:
        left = left.rsplit(" ", 1)[0]
    return left if left == right else f"{left} – {right}"


def _milestones(summary: Summary) -> Table:
    table = Table(title="Beside history", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("milestone", "history (tolerance)", "median", "5–95 %", "runs reached (95 % interval)", "fits"):
        table.add_column(heading, justify="left" if heading == "milestone" else "right")
    for milestone in summary.milestones:
        table.add_row(*_milestone_cells(milestone))
    return table


def _milestone_cells(milestone: MilestoneSummary) -> tuple[str, ...]:
    unit = "share" if milestone.measure is Measure.SHARE else milestone.unit
    history = f"{_say(milestone.value, unit)} ({_span(milestone.low, milestone.high, unit)})"
    low, high = milestone.share_interval
    share = f"{milestone.share:.0%} ({low:.0%}–{high:.0%})"
    if milestone.never:
        share += " without"
    median, spread = "", ""
    if milestone.measure is not Measure.SHARE:
        median, spread = _say(milestone.median, unit), _span(milestone.p5, milestone.p95, unit)
    return milestone.title, history, median, spread, share, "yes" if milestone.fits else "no"


def _sides(summary: Summary) -> Table:
    table = Table(title="How it ended", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("side", "level of victory (runs)", "share of points (5–95 %)"):
        table.add_column(heading)
    for side in summary.sides:
        levels = ", ".join(f"{level} ({count})" for level, count in side.levels)
        span = f"{side.share.median:.0%} ({side.share.low:.0%}–{side.share.high:.0%})"
        table.add_row(side.name, levels, span)
    return table


def _costs(summary: Summary) -> Table:
    title = "What it cost: median (5–95 %) of the runs; civilians as low and high estimates of the fighting's toll"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("faction")
    for heading in ("men at the end", "dead", "captured", "deserted", "civilian dead", "civilians displaced"):
        table.add_column(heading, justify="right")
    for row in summary.factions:
        civilians = f"{row.civilian_dead_low.median:,.0f} to {row.civilian_dead_high.median:,.0f}"
        counts = [_count(b) for b in (row.men, row.dead, row.captured, row.deserted)]
        table.add_row(row.name, *counts, civilians, _count(row.fled))
    return table


def _count(spread: Band) -> str:
    if spread.low == spread.high:
        return f"{spread.median:,.0f}"
    return f"{spread.median:,.0f} ({spread.low:,.0f}–{spread.high:,.0f})"
