"""Compile the rules once, before a sweep: workers that find nothing on disk would run uncompiled meanwhile."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from game.ai.warmup import play_a_little
from game.core import compiling, kernelplace
from game.core.files import write_whole
from game.core.kernels import COMPILED

if TYPE_CHECKING:
    from game.core.compiling import Progress
    from game.engine.playable import Playable

NOTE = "ready.json"
"""File beside the compiled kernels that says that all are there, and for which machine."""


def make_ready(scenario: Playable, progress: Progress) -> None:
    """Compile what games need, unless it was done on this machine before. Takes a minute or two.

    `progress` is told what is being compiled. KeyboardInterrupt leaves what was compiled. See `compiling.trouble` for
    what went wrong: the rules then run uncompiled.
    """
    if not COMPILED or is_ready():
        return
    progress("a first turn", 0.0)
    play_a_little(scenario)
    compiling.finish(progress)
    if not compiling.trouble():
        with suppress(OSError):  # without the note the next sweep only looks again
            _write_note()


def is_ready() -> bool:
    """Whether everything was compiled, for this machine, and lies where it was put."""
    file = kernelplace.found(NOTE)
    if file is None:
        return False
    try:
        return all(_size(name) == size for name, size in json.loads(file.read_bytes())["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _size(name: str) -> int | None:
    file = kernelplace.found(name)
    return None if file is None else file.stat().st_size


def _write_note() -> None:
    from game.core.kernelfiles import USED

    note = {**kernelplace.machine(), "files": {name: _size(name) for name in sorted(USED)}}
    write_whole(kernelplace.made() / NOTE, json.dumps(note, indent=1).encode())
