"""Faults of files that people write: what is wrong, where, and how to put it right."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from game.core.texts import printable


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one file. Sorting puts faults in reading order."""

    file: str
    line: int
    """From 1; 0 when the fault is of the whole file."""
    column: int
    """From 1; 0 when the fault is of the whole line or file."""
    code: str
    """Stable short name of the kind of fault, e.g. 'unknown-code'."""
    message: str
    """What is wrong, without full stop."""
    remedy: str
    """What to do about it, without full stop; empty if the message says it."""

    def __str__(self) -> str:
        tail = f"; {self.remedy}" if self.remedy else ""
        place = f":{self.line}:{self.column} " if self.line else ": "
        # what is quoted from a file cannot disturb a terminal
        return printable(f"{self.file}{place}{self.message}{tail}")

    def as_dict(self) -> dict[str, str | int]:
        """The object that `check --json` prints."""
        return asdict(self)
