"""`python -m game`, and the command `kampuchea`: the command line.

Ctrl-C is an exception where code of ours can keep what there is to keep. While modules are imported it ends the process
instead: libraries that are interrupted as they set themselves up tell tracebacks, or take it for a fault of theirs.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as typing's, whose import would be the longest part of this module
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130


_heard = _ending = False


def _end_at_once() -> None:
    """End the process, with one line however often it is asked for."""
    global _ending
    if _ending:
        return
    _ending = True
    os.write(2, b"kampuchea: interrupted\n")
    os._exit(INTERRUPTED)


try:
    import signal
except KeyboardInterrupt:  # before anything can be told to hear it
    _end_at_once()

_IMPORT_SYSTEM = "<frozen importlib._bootstrap>"


def main() -> None:
    """Run the command line; ends with SystemExit."""
    try:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _never_lost
        try:
            from game.cli import main as run
            from game.core.memory import collect_seldom

            collect_seldom()
            run()
        finally:
            # all is done; Python's own end is not to be disturbed: first for what has come, then for what may
            signal.signal(signal.SIGINT, lambda *_: None)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:  # it came just before this or that
        _end_at_once()


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    """The first Ctrl-C asks, the second ends."""
    global _heard
    importing = False
    while frame is not None and not importing:
        importing = frame.f_code.co_filename == _IMPORT_SYSTEM
        frame = frame.f_back
    if _heard or importing:
        _end_at_once()
        return
    _heard = True
    raise KeyboardInterrupt


def _never_lost(unraisable: sys.UnraisableHookArgs) -> None:
    """A Ctrl-C that came where Python can raise nothing, as in a destructor, counts nevertheless."""
    if unraisable.exc_type is KeyboardInterrupt:
        _end_at_once()
    sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    main()
