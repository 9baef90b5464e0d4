"""Where a file that is no YAML went wrong: not where the parser gave up, but where a person would look.

A parser notices a quote, a bracket or an indentation lines after the mistake. What it was in the middle of says most;
for indentation the smallest mends are tried on the lines in question, and the one that lets reading go on furthest
tells.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

_AHEAD = 40
"""Lines after the mistake that a mend must let be read."""
_BACK = 4000
"""Lines before it that are read again at most."""
_KEY_LINE = re.compile(r"\s*(?:- +)*[\w.]+:(?:\s|$)|\s*- ")
_QUOTED = re.compile(r"(['\"]).*?\1")
_KEY_WITHIN = re.compile(r", *\w+: ")
_UNCLOSED = "this quote is not closed on its line; close it, or double a quote that belongs to the text"
_JOINED = re.compile(r"(\s*(?:- +)*)([\w.]+):[^\s:/]")
_BARE = re.compile(r"(\s*(?:- +)*)([\w.]+)(?:$| )")


class Cause(NamedTuple):
    """A place, line and column from 1, with what to do there."""

    line: int
    column: int
    remedy: str


def cause(lines: list[str], error: Exception, quoted: tuple[int, int] | None) -> Cause:
    """What made a file unreadable. `quoted`: line and column at which a text opened that swallowed keys, if one did."""
    problem: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    doing = str(getattr(error, "context", None) or "")
    mark = problem or context
    if mark is None:
        return Cause(0, 0, "check the file's encoding and its quotes")
    row, column = mark.line, mark.column
    if "tab character" in str(error) or "'\\t'" in str(error):
        return Cause(row + 1, column + 1, "indent with spaces, never with tabs")
    if quoted is not None and quoted[0] <= row + 1:
        return Cause(*quoted, _UNCLOSED)
    if "quoted scalar" in doing:
        return Cause(context.line + 1, context.column + 1, "this quote is never closed")
    if "simple key" in doing:
        return Cause(context.line + 1, context.column + 1, "write 'key: value', with a colon and a space after the key")
    if "flow" in doing and _left_flow(lines, context.line, row):
        return Cause(context.line + 1, context.column + 1, "this bracket is not closed; close it")
    if "flow" in doing:
        for text in _QUOTED.finditer(lines[row] if row < len(lines) else ""):
            if text.end() == column and _KEY_WITHIN.search(text[0]):
                return Cause(row + 1, text.start() + 1, _UNCLOSED)
        return Cause(row + 1, column + 1, "check commas, colons, quotes and brackets here")
    return _without_colon(lines, row) or _shifted(lines, row) or _in_text(lines, row, column)


def swallows(lines: list[str], first: int, last: int) -> bool:
    """Whether a text from line `first` to line `last`, from 0, holds what looks like keys of the file."""
    return any(_KEY_LINE.match(line) for line in lines[first + 1 : last + 1])


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _left_flow(lines: list[str], opened: int, row: int) -> bool:
    """Whether a line after the bracket's, up to `row`, is plainly outside of it: a key or an item no deeper than it."""
    if opened >= len(lines):
        return False
    depth = _depth(lines[opened])
    later = (line for line in lines[opened + 1 : row + 1] if line.strip() and not line.lstrip().startswith("#"))
    return row >= len(lines) or any(_depth(line) <= depth and line.lstrip()[0] not in "]}" for line in later)


def _before(lines: list[str], row: int) -> int | None:
    """The last line before `row` that says something."""
    above = range(row - 1, -1, -1)
    return next((k for k in above if lines[k].strip() and not lines[k].lstrip().startswith("#")), None)


def _without_colon(lines: list[str], row: int) -> Cause | None:
    """The key on this line or the one before that lacks its colon, or the space after it, if that mends it."""
    for at in (row, _before(lines, row)):
        if at is None or at >= len(lines):
            continue
        line = lines[at]
        joined, bare = _JOINED.match(line), _BARE.match(line)
        found = joined or bare
        if found is None:
            continue
        end = found.end(2)
        mended = f"{line[: end + 1]} {line[end + 1 :]}" if joined else f"{line[:end]}:{line[end:]}"
        if _reach(lines, row, at, mended) > row:
            remedy = "write a space after the colon" if joined else f"write a colon after '{found[2][:40]}'"
            return Cause(at + 1, found.start(2) + 1, remedy)
    return None


def _shifted(lines: list[str], row: int) -> Cause | None:
    """The line that is indented wrongly: the one whose shift by a space or two lets reading go on furthest."""
    best, furthest = None, row
    for at in (row, _before(lines, row)):
        if at is None or at >= len(lines):
            continue
        for shift in (-1, 1, -2, 2):
            depth = _depth(lines[at])
            if depth + shift < 0:
                continue
            reach = _reach(lines, row, at, " " * (depth + shift) + lines[at].lstrip(" "))
            if reach > furthest:
                best, furthest = at, reach
    if best is None:
        return None
    return Cause(best + 1, _depth(lines[best]) + 1, "indent this line as the keys beside it")


def _in_text(lines: list[str], row: int, column: int) -> Cause:
    remedy = "check indentation, colons and quotes on this line and the one before it"
    if row < len(lines) and lines[row][column : column + 2] == ": ":
        remedy = "put a text with a colon in quotes"
    return Cause(row + 1, column + 1, remedy)


def _reach(lines: list[str], row: int, at: int, mended: str) -> int:
    """The line on which reading stops if line `at` were `mended`; the lines around are enough to tell."""
    begins = max(0, row - _BACK)
    top = next((k for k in range(min(at, row) - 1, begins, -1) if lines[k][:1].isalpha()), begins)
    part = lines[top : row + _AHEAD]
    part[at - top] = mended
    try:
        for _ in yaml.parse("\n".join(part) + "\n", Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return top + (mark.line if mark is not None else 0)
    return row + _AHEAD
