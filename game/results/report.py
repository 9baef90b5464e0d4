"""An ensemble as a person reads it: milestones beside history, how the sides fared, what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rich import box
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table

from game.core.calendar import say_day
from game.results.summary import Band, FactionSummary, Measure, MilestoneSummary, SideSummary, Summary
from game.results.words import Words


def report(summary: Summary) -> RenderableType:
    """The printed summary, for a terminal of any width."""
    failed = f", {len(summary.errors)} failed" if summary.errors else ""
    parts: list[RenderableType] = [
        Words(f"{summary.title}: {summary.ended} of {summary.runs} runs ended{failed}", "bold")
    ]
    if summary.ended:
        parts += [_milestones(summary), _sides(summary), _costs(summary), Words(_LEGEND)]
    for seed, error in summary.errors[:_ERRORS_SHOWN]:
        parts.append(Words(f"seed {seed} failed: {error}"))
    if len(summary.errors) > _ERRORS_SHOWN:
        parts.append(Words(f"... and {len(summary.errors) - _ERRORS_SHOWN} more failed runs"))
    return Group(*parts)


_ERRORS_SHOWN = 5
_NAME_WIDTH = 16
"""Columns that names have in a table; where that is too much to ask, each name has a block of lines."""
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


class _Rows:
    """Names, and what is said of each: a table where that fits, else a block of lines for each name."""

    def __init__(self, title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], words: int = 1) -> None:
        """The first `words` columns are words, the first of them the name; the others are figures."""
        self._title, self._headings, self._words = title, headings, words
        self._rows = list(rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for parting in ("", "\n"):
            table = self._table(parting)
            if Measurement.get(console, options.update(width=_ENDLESS), table).minimum <= options.max_width:
                yield table
                return
        yield from self._blocks()

    def _table(self, parting: str) -> Table:
        """`parting`: what stands after the dash of a range of counts."""
        table = Table(title=self._title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for k, heading in enumerate(self._headings):
            words = k < self._words
            least = _NAME_WIDTH if words else None
            justify: JustifyMethod = "left" if words else "right"
            table.add_column(heading, justify=justify, no_wrap=not words, min_width=least, overflow="fold")
        for row in self._rows:
            table.add_row(*(Words(cell.replace(_PARTING, f"–{parting}")) for cell in row))
        return table

    def _blocks(self) -> Iterator[RenderableType]:
        yield Words("")
        yield Words(self._title, "italic")
        for name, *cells in self._rows:
            yield Words(name, "bold")
            for heading, cell in zip(self._headings[1:], cells, strict=True):
                if cell:
                    said = cell.replace(_PARTING, "–").replace("\n", "; ").replace(" to; ", " to ")
                    yield Padding(Words(f"{heading.replace(_LINE_END, ' ')}: {said}"), (0, 0, 0, 2))
        yield Words("")


_ENDLESS = 10_000
_LINE_END = "\n"
_PARTING = "\0"
"""The dash of a range of counts, after which a line may end."""


def _milestones(summary: Summary) -> _Rows:
    headings = ("milestone", "history", "these runs", "reach it", "fits")
    return _Rows("Beside history", headings, map(_milestone_cells, summary.milestones))


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


def _sides(summary: Summary) -> _Rows:
    rows = map(_side_cells, summary.sides)
    return _Rows("How it ended", ("side", "level of victory (runs)", "share of points"), rows, words=2)


def _side_cells(side: SideSummary) -> tuple[str, ...]:
    if side.share is None:
        return side.name, "no objectives", "–"
    return side.name, ", ".join(f"{level} ({count})" for level, count in side.levels), _percent(side.share)


def _costs(summary: Summary) -> _Rows:
    headings = ("faction", "men at\nthe end", "dead", "captured", "deserted", "civilian\ndead", "displaced")
    return _Rows("What it cost", headings, map(_cost_cells, summary.factions))


def _cost_cells(row: FactionSummary) -> tuple[str, ...]:
    civilians = f"{row.civilian_dead_low.median:,.0f} to\n{row.civilian_dead_high.median:,.0f}"
    return (row.name, *map(_count, (row.men, row.dead, row.captured, row.deserted)), civilians, _count(row.fled))


def _percent(spread: Band) -> str:
    if spread.low == spread.high:
        return f"{spread.median:.0%}"
    return f"{spread.median:.0%} ({spread.low:.0%}–{spread.high:.0%})"


def _count(spread: Band) -> str:
    if spread.low == spread.high:
        return f"{spread.median:,.0f}"
    return f"{spread.median:,.0f}\n{spread.low:,.0f}{_PARTING}{spread.high:,.0f}"
