"""The process that compiles chapters for others: see core.compiling."""

from __future__ import annotations

import importlib
import os
import pickle
import sys
import threading
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from numba.core import event

from game.core import kernelplace
from game.core.compiling import AT_WORK, FAILED, LOCK, REQUESTS
from game.core.files import write_whole
from game.core.memory import collect_seldom

_LINGER_S = 1.0
"""How long it waits for more requests: those of a first turn come one after the other."""
_LOOK_S = 0.05
_TELL_S = 0.25
_LEFT_S = 3600.0
"""Nobody writes at a file for so long."""


def main() -> None:
    """Compile what is wanted in the folder that was passed; SystemExit with the cause if something fails."""
    warnings.simplefilter("ignore")  # nobody reads them
    _take_what_it_needs()
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    folder = kernelplace.made()
    lock = FileLock(folder / LOCK)
    with suppress(OSError, NotImplementedError):
        try:
            lock.acquire(timeout=_LINGER_S)  # who looks whether it is free holds it for a moment
        except Timeout:
            return
    try:
        compile_all(folder)
    except OSError as error:
        sys.exit(f"{error.filename or folder}: {error.strerror or error}")
    finally:
        (folder / AT_WORK).unlink(missing_ok=True)
        lock.release()


def _take_what_it_needs() -> None:
    """Whoever asks for compiling may be held to less memory than it takes."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _end_with_parent() -> None:
    """The other end of standard input closes with the process that has started this one."""
    # not by way of sys.stdin, whose lock Python's own end would wait for in vain
    while os.read(0, 1024):
        pass
    os._exit(0)  # this whole process is the compiler's; files are whole or not there


def compile_all(folder: Path) -> None:
    """Compile what is wanted, and what becomes so meanwhile. OSError if it cannot be kept."""
    kernelplace.remove_forgotten(folder)
    _remove_rests(folder)
    teller = _Teller(folder)
    idle_since = time.monotonic()
    while time.monotonic() - idle_since < _LINGER_S:
        requests = sorted((folder / REQUESTS).glob("[!.]*"), key=_age)
        if not requests:
            time.sleep(_LOOK_S)
            continue
        request = requests[0]
        teller.begin(request.name)
        _serve(request)
        idle_since = time.monotonic()


def _age(request: Path) -> tuple[int, str]:
    try:
        return request.stat().st_mtime_ns, request.name
    except OSError:  # who asked has withdrawn it
        return 0, request.name


def _serve(request: Path) -> None:
    """Compile one chapter. One that fails runs uncompiled: whoever waits for it sees the request go, and a note."""
    note = request.parents[1] / FAILED / request.name
    note.unlink(missing_ok=True)
    try:
        module, _, name = request.name.rpartition(".")
        chapter: Any = getattr(importlib.import_module(module), name)
        chapter.compile(pickle.loads(request.read_bytes()))
    except OSError:
        raise
    except Exception as error:
        note.parent.mkdir(exist_ok=True)
        write_whole(note, f"{type(error).__name__}: {' '.join(str(error).split())[:300]}".encode())
    request.unlink(missing_ok=True)


def _remove_rests(folder: Path) -> None:
    """Remove what processes that were killed have left half written."""
    for file in [*folder.glob(".*"), *(folder / REQUESTS).glob(".*")]:
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _LEFT_S:
                file.unlink()


class _Teller(event.Listener):
    """Tells others how far the chapter in hand is."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / AT_WORK
        self._name = ""
        self._parts = 0
        self._told = 0.0
        event.register("numba:compile", self)  # type: ignore[no-untyped-call]

    def begin(self, name: str) -> None:
        """The next chapter is in hand."""
        self._name, self._parts, self._told = name, 0, 0.0
        self._tell()

    def on_start(self, event: Any) -> None:
        """numba begins with a function."""

    def on_end(self, event: Any) -> None:
        """numba has done with one."""
        self._parts += 1
        self._tell()

    def _tell(self) -> None:
        if time.monotonic() - self._told >= _TELL_S:
            self._told = time.monotonic()
            self._file.write_text(f"{self._name} {self._parts}", encoding="utf-8")
