"""Have chapters compiled by another process, which keeps its time and its gigabyte to itself.

Who wants one leaves a request in the kernels' folder: a file with its name and the types of its arguments. One process
for each folder (core.compiler; a lock sees to it that it is the only one) compiles what is asked for by anybody, in the
order in which it was, and ends when nothing is. Whoever finds none at work starts one. It ends with the process that
started it; what it leaves undone, the next one does. A request that is gone, with nothing compiled, has failed, and a
note says why.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from game.core import kernelplace
from game.core.files import write_whole

LOOK_AGAIN_S = 0.5
"""How often is looked whether something was compiled meanwhile."""
REQUESTS = "wanted"
FAILED = "failed"
"""Folders, below that of the kernels, of the requests and of the notes on those that failed."""
LOCK = "compiler.lock"
AT_WORK = "at work"
"""File with the name of the chapter in hand and the functions of it that are done."""
_MACHINE_CODE = 0.5
"""How long it takes to make machine code of a chapter, in parts of the time that went into its functions before."""
_FRUITLESS = 3
"""Processes started one after the other, of which none has compiled anything, before no more are."""

Progress = Callable[[str, float], None]
"""Takes what is being compiled and the share (0..1) of all that is wanted that is done."""

_ENTER = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it
sys.path.insert(0, sys.argv[1])
from game.core.compiler import main
main()
"""


class Chapter(Protocol):
    """What can be asked for."""

    name: str

    def fetch(self, types: tuple[Any, ...]) -> bool:
        """Take it from the disk; whether it was there."""

    def parts(self) -> int:
        """How large it is."""


class _Wanted:
    """One chapter that this process has asked for."""

    def __init__(self, chapter: Chapter, types: tuple[Any, ...], request: Path) -> None:
        self.chapter, self.types, self.request = chapter, types, request
        self.parts = chapter.parts()
        self.work = self.parts * (1.0 + _MACHINE_CODE)
        self.settled = False
        """Whether it is compiled, or cannot be."""
        self.fault = ""

    def settle(self) -> bool:
        """Look again."""
        if not self.settled:
            gone = not self.request.exists()
            fetched = self.chapter.fetch(self.types)
            self.settled = gone or fetched
            if gone and not fetched:
                self.fault = f"{self.chapter.name}: {self._note()}"
        return self.settled

    def _note(self) -> str:
        with suppress(OSError):
            return (self.request.parents[1] / FAILED / self.chapter.name).read_text(encoding="utf-8")
        return "the compiler gave it up"


class _Office:
    """All that this process has asked for, and the process that it has started."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._wanted: dict[str, _Wanted] = {}
        self._process: subprocess.Popen[str] | None = None
        self._fruitless = 0
        self._settled_before = 0
        self._in_vain = False
        """Whether nothing more is asked for."""
        self.trouble = ""

    def want(self, chapter: Chapter, types: tuple[Any, ...]) -> None:
        """See `want` below."""
        with self._lock:
            if not self._in_vain and chapter.name not in self._wanted:
                try:
                    self._wanted[chapter.name] = _Wanted(chapter, types, _request(chapter, types))
                except OSError as error:
                    self._give_up(_cause(error))
            self._see_to_it()

    def finish(self, progress: Progress) -> None:
        """See `finish` below."""
        told = 0.0
        while True:
            with self._lock:
                left = self._left()
                if not left or self._in_vain:
                    return
                self._see_to_it()
                what, share = self._standing(left)
                told = max(told, share)  # a compiler that is replaced begins its chapter anew
                progress(what, told)
            time.sleep(LOOK_AGAIN_S / 2)

    @property
    def is_waiting(self) -> bool:
        """Whether something was asked for, and was not there when this was last looked after."""
        return not self._in_vain and any(not wanted.settled for wanted in list(self._wanted.values()))

    def _standing(self, left: list[_Wanted]) -> tuple[str, float]:
        """What is being compiled, and the share done."""
        name, parts = at_work(left[0].request.parents[1])
        in_hand = next((wanted for wanted in left if wanted.chapter.name == name), None)
        total = sum(wanted.work for wanted in self._wanted.values())
        to_do = sum(wanted.work for wanted in left)
        if in_hand is not None:
            to_do -= min(parts, in_hand.parts)
        return (name or left[0].chapter.name).removeprefix("game."), 1.0 - to_do / total

    def _see_to_it(self) -> None:
        """Have a process at work while anything is wanted, unless that has proved to be in vain."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            status, said = self._process.returncode, self._end()
            if status != 0:
                self._give_up(said or f"the compiler ended with status {status}")
        left = self._left()
        if not left or self._in_vain or not _is_free(left[0].request.parents[1]):
            return
        settled = len(self._wanted) - len(left)
        self._fruitless = 0 if settled > self._settled_before else self._fruitless + 1
        self._settled_before = settled
        if self._fruitless > _FRUITLESS:
            self._give_up("the compiler ends before its work is done")
            return
        try:
            self._process = _start(left[0].request.parents[1])
        except OSError as error:
            self._give_up(_cause(error))
        else:
            atexit.register(self._end)

    def _end(self) -> str:
        """End the process, if it has not ended; the last that it said."""
        atexit.unregister(self._end)
        process, self._process = self._process, None
        if process is None:
            return ""
        process.kill()
        _, said = process.communicate()
        return said.strip().rpartition("\n")[2]

    def _left(self) -> list[_Wanted]:
        """What is neither compiled nor has failed."""
        left = [wanted for wanted in self._wanted.values() if not wanted.settle()]
        if not self.trouble and (fault := next((w.fault for w in self._wanted.values() if w.fault), "")):
            self.trouble = f"a part of the rules runs uncompiled, slower, to the same results: {fault}"
        return left

    def _give_up(self, cause: str) -> None:
        self._in_vain = True
        self.trouble = f"the rules run uncompiled, slower, to the same results: {cause}"


def _cause(error: OSError) -> str:
    words = error.strerror or str(error)
    return words if error.filename is None else f"{error.filename}: {words}"


def _request(chapter: Chapter, types: tuple[Any, ...]) -> Path:
    """Ask for a chapter. OSError where nothing can be written."""
    folder = kernelplace.made() / REQUESTS
    folder.mkdir(exist_ok=True)
    request = folder / chapter.name
    if not request.exists():
        write_whole(request, pickle.dumps(types))
    return request


def _is_free(folder: Path) -> bool:
    """Whether nobody is compiling for this folder."""
    from filelock import FileLock, Timeout

    # where files cannot be locked there may be two at the same work, which does no harm
    with suppress(OSError, NotImplementedError):
        try:
            with FileLock(folder / LOCK, blocking=False):
                return True
        except Timeout:
            return False
    return True


def _start(folder: Path) -> subprocess.Popen[str]:
    """The process that compiles for a folder. It ends when its standard input does: with this process."""
    package = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", _ENTER, str(package)],
        env={**os.environ, kernelplace.PASSING: str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would show a console
    )


def at_work(folder: Path) -> tuple[str, int]:
    """Name of the chapter that is being compiled and how many of its functions are done; "" and 0 if none is."""
    try:
        name, parts = (folder / AT_WORK).read_text(encoding="utf-8").split()
        return name, int(parts)
    except (OSError, ValueError):
        return "", 0


_office = _Office()


def want(chapter: Chapter, types: tuple[Any, ...]) -> None:
    """Have a chapter compiled for arguments of these types, if it can be; to ask again and again does no harm."""
    _office.want(chapter, types)


def finish(progress: Progress = lambda what, share: None) -> None:
    """Wait until all that this process wants is compiled, or cannot be, and take it from the disk.

    What `progress` raises ends the waiting.
    """
    _office.finish(progress)


def is_wanted() -> bool:
    """Whether this process has asked for something that is not compiled yet."""
    return _office.is_waiting


def trouble() -> str:
    """Why the rules cannot be compiled, in one line; "" as long as nothing stands against it."""
    return _office.trouble
