"""The one way to the terminal: through here every command prints, whatever its output is and whatever a text holds.

Text is never markup and never an order to the terminal; letters that the output's encoding lacks have stand-ins; a
message that cannot be written is dropped, a result that cannot be is an OSError, which `cli.main` tells.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from game.core.standins import STAND_IN
from game.core.texts import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

LEAST_WIDTH, MOST_WIDTH = 20, 500
"""Columns of a terminal that are believed."""
PIPE_WIDTH = 140
"""Columns of a report that goes to a file or pipe."""


def prepare() -> None:
    """Make stdout and stderr take any text. To be called once, before anything is opened or printed."""
    _fill_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=STAND_IN)


def _fill_closed() -> None:
    """Give a closed stdin, stdout or stderr a place: the next file opened would else get its number and its text.

    What is written to such a stdout fails, as it should; what is written to such a stderr goes nowhere.
    """
    for number, name, flags, mode in (
        (0, "stdin", os.O_RDONLY, "r"),
        (1, "stdout", os.O_RDONLY, "w"),
        (2, "stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is not None:
            continue
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
            # line by line, so that a failure comes where something is said
            setattr(sys, name, open(number, mode, encoding="utf-8", buffering=1, closefd=False))  # noqa: SIM115


def say(text: str = "") -> None:
    """A result, on stdout."""
    print(printable(text, lines=True), flush=True)


def say_json(value: Any, indent: int | None = None) -> None:
    """A result as JSON, on stdout: ASCII, so that it is the same object in every encoding."""
    print(json.dumps(value, indent=indent, allow_nan=False), flush=True)


def tell(text: str) -> None:
    """A message beside the result, on stderr."""
    with suppress(OSError, ValueError):
        print(printable(text, lines=True), file=sys.stderr, flush=True)


def show(what: RenderableType, pipe_width: int | None = None) -> None:
    """A drawn result, on stdout; to a file or pipe as wide as said, or as the environment says."""
    _console(sys.stdout, None if sys.stdout.isatty() else pipe_width).print(what)
    sys.stdout.flush()


def messages() -> Console:
    """stderr as rich draws on it; nothing that is drawn there can fail."""
    return _console(_Forgiving(sys.stderr), None)


def _console(file: Any, width: int | None) -> Console:
    from rich.console import Console

    made = Console(file=file, width=width, markup=False, emoji=False, highlight=False)
    if not LEAST_WIDTH <= made.width <= MOST_WIDTH:
        made.width = min(max(made.width, LEAST_WIDTH), MOST_WIDTH)
    return made


class _Forgiving:
    """A stream that drops what it cannot write."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def give_up() -> None:
    """Let the rest of stdout go nowhere: Python would complain again when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def told(error: OSError) -> str:
    """Why the output failed, in one line."""
    cause = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    return f"{error.filename or 'the output'}: {cause}"
