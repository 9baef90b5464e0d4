"""The processes that run a sweep's games, with the same results for any number of them.

Runs finish in any order; whoever listens gets each as it ends. A process that ends before its time takes its own run
with it and nothing else: it is replaced and the run tried once more, as something outside may have ended it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection as channels
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING

from game.core import kernelplace
from game.headless.worker import Ready, Refused, Told, work
from game.results.runs import RunError, RunResult

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from game.core.compiling import Progress
    from game.headless.plan import Plan

WORKER_DIED = "WorkerDied"
TIMED_OUT = "TimedOut"
OUT_OF_MEMORY = MemoryError.__name__
MAY_PASS = frozenset({WORKER_DIED, TIMED_OUT, OUT_OF_MEMORY})
"""Types of errors that depend on the machine and on what else it does: `--resume` tries these runs again."""
LEAST_MEMORY = 2**30
"""Bytes that every process may take, however little is left."""
_STARTS = 3
"""So many processes in a row that end while they start are no accident."""
_LOOK_S = 1.0
_GRACE_S = 5.0
"""A process that is out of time ends itself; after so long it is ended."""
_WORDS_LIMIT = 65536
_MESSAGE_LIMIT = 2**29
"""Bytes; more than any message has and less than any text says that is taken for a message's length."""


class WorkersError(Exception):
    """No run can be had; the text says why and what to do."""


@dataclass(eq=False)
class _Worker:
    process: SpawnProcess
    channel: Connection
    last_words: Connection
    ready: bool = False
    run: int | None = None
    since: float = 0.0
    ending: str = ""


class Workers:
    """Processes that start at once and end with the `with` block."""

    def __init__(self, scenario: str, count: int) -> None:
        """`scenario`: as in Plan."""
        self._scenario = scenario
        self._count = count
        self._memory = _share(count)
        self._workers: list[_Worker] = []
        self._queue: deque[int] = deque()
        self._tried: set[int] = set()
        self._failed_starts = 0

    def __enter__(self) -> Workers:
        kernelplace.settle()
        try:
            for _ in range(self._count):
                self._workers.append(_start(self._scenario, self._memory))
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, plan: Plan, wanted: Iterable[int], listen: Callable[[RunResult], None], tell: Progress) -> None:
        """Run the numbers `wanted`, telling `listen` of each as it ends, `tell` of what is compiled before the first.

        To be called once. WorkersError if the agents cannot be had or no process lives. KeyboardInterrupt, or SIGTERM,
        which is a batch system's way to say the same, ends the sweep at once.
        """
        self._queue = deque(wanted)
        if not self._queue:
            return
        with _termination_as_interrupt():
            pioneer = self._workers[0]
            self._send(pioneer, (plan, True))
            while not pioneer.ready:
                self._hear(plan, [pioneer], listen, tell)
                if pioneer not in self._workers:
                    raise WorkersError(
                        f"the process that loads the agents and compiles the rules ended: {pioneer.ending}; "
                        "if --agents names an agent that you installed, mend or uninstall its package"
                    )
            for worker in self._workers[1:]:
                self._send(worker, (plan, False))
            while self._queue or any(worker.run is not None for worker in self._workers):
                self._assign()
                self._hear(plan, self._workers, listen, tell)
                self._replace(plan)

    # --- one step ------------------------------------------------------------------------------------------------
    def _assign(self) -> None:
        for worker in self._workers:
            if self._queue and worker.ready and worker.run is None:
                worker.run, worker.since = self._queue.popleft(), time.monotonic()
                self._send(worker, worker.run)

    def _hear(self, plan: Plan, workers: list[_Worker], listen: Callable[[RunResult], None], tell: Progress) -> None:
        """Wait until one of them says something, ends or is out of time, and see to it."""
        channels.wait([end for worker in workers for end in (worker.channel, worker.process.sentinel)], _LOOK_S)
        for worker in tuple(workers):
            ended = worker.process.exitcode is not None  # asked first: what it had to say is there then
            try:
                while worker.channel.poll():
                    self._take(worker, _message(worker.channel), listen, tell)
            except (EOFError, OSError, pickle.UnpicklingError):
                ended = True
                _await_status(worker.process)
            late = worker.run is not None and _late(plan, worker, _GRACE_S)
            if ended or late:
                self._lose(plan, worker, listen)

    def _take(self, worker: _Worker, message: object, listen: Callable[[RunResult], None], tell: Progress) -> None:
        match message:
            case RunResult() as result:
                worker.run = None
                if result.error is not None and result.error.type == OUT_OF_MEMORY:
                    self._remove(worker)  # it may hold what it took
                listen(result)
            case Told(what, share):
                tell(what, share)
            case Ready():
                worker.ready, self._failed_starts = True, 0
            case Refused(text):
                raise WorkersError(text)

    def _lose(self, plan: Plan, worker: _Worker, listen: Callable[[RunResult], None]) -> None:
        """A process has ended, or must: its run failed or is tried again."""
        if worker not in self._workers:
            return
        run, late = worker.run, worker.run is not None and _late(plan, worker, 0.0)
        words = self._remove(worker)
        if run is None:
            self._failed_starts += not worker.ready
            if self._failed_starts >= _STARTS:
                raise WorkersError(f"the processes that run the games end as they start: {worker.ending}")
        elif late:
            self._fail(plan, run, RunError(TIMED_OUT, f"it took more than {plan.run_seconds:g} s", words), listen)
        elif run in self._tried:
            told = f"the process that ran it ended, twice: {worker.ending}"
            self._fail(plan, run, RunError(WORKER_DIED, told, words), listen)
        else:
            self._tried.add(run)
            self._queue.appendleft(run)

    @staticmethod
    def _fail(plan: Plan, run: int, error: RunError, listen: Callable[[RunResult], None]) -> None:
        listen(RunResult(run, plan.seed_of(run), 0.0, error=error))

    # --- processes -----------------------------------------------------------------------------------------------
    def _replace(self, plan: Plan) -> None:
        """As many processes as there is work for."""
        busy = sum(worker.run is not None for worker in self._workers)
        while len(self._workers) < min(self._count, busy + len(self._queue)):
            worker = _start(self._scenario, self._memory)
            self._workers.append(worker)
            self._send(worker, (plan, False))

    def _send(self, worker: _Worker, message: object) -> None:
        with suppress(OSError):  # it has ended, which is seen elsewhere
            worker.channel.send(message)

    def _remove(self, worker: _Worker) -> str:
        """End a process; where it was when it ended, as far as it could say."""
        self._workers.remove(worker)
        worker.ending = _ending(worker.process)
        worker.process.kill()
        worker.process.join()
        words = _read(worker.last_words)
        worker.channel.close()
        worker.last_words.close()
        return words

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        while self._workers:
            self._remove(self._workers[-1])


def _start(scenario: str, memory: int) -> _Worker:
    context = multiprocessing.get_context("spawn")
    channel, theirs = context.Pipe()
    last_words, their_words = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, their_words, memory, scenario))
    with _deaf():
        process.start()
    theirs.close()
    their_words.close()
    return _Worker(process, channel, last_words)


@contextmanager
def _deaf() -> Iterator[None]:
    """A process that starts here hears no Ctrl-C, from its first instruction on; one that comes now is heard after."""
    heard: list[int] = []
    # a mask does not do for this process: what the main thread does not take another does
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        with _children_deaf():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _children_deaf() -> Iterator[None]:
    if sys.platform == "win32":
        import ctypes

        console = ctypes.windll.kernel32
        console.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            console.SetConsoleCtrlHandler(None, False)
    else:
        resource_tracker.ensure_running()  # starting it, which Process.start would, unblocks the signal
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """SIGTERM keeps finished runs as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _late(plan: Plan, worker: _Worker, grace: float) -> bool:
    return plan.run_seconds is not None and time.monotonic() - worker.since > plan.run_seconds + grace


def _share(count: int) -> int:
    """Bytes for each of `count` processes, of what is free on this machine; 0 where that is not known."""
    with suppress(OSError, ValueError, StopIteration), Path("/proc/meminfo").open(encoding="ascii") as file:
        free = next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable:"))
        return max(LEAST_MEMORY, free // count)
    return 0


def _await_status(process: SpawnProcess) -> None:
    """Give a process whose line is cut the time to end by itself."""
    until = time.monotonic() + _LOOK_S
    # not by join, which waits for good where an agent has written to what join listens to
    while process.exitcode is None and time.monotonic() < until:
        time.sleep(0.01)


def _message(channel: Connection) -> object:
    """What comes next. EOFError, OSError or UnpicklingError if that is no message: an agent can write there too."""
    content = channel.recv_bytes(_MESSAGE_LIMIT)
    try:
        return pickle.loads(content)
    except Exception as error:  # pickle's word for anything else than its own
        raise pickle.UnpicklingError(str(error)) from error


def _ending(process: SpawnProcess) -> str:
    """How a process ended by itself, if it has."""
    code = process.exitcode
    if code is None:
        return "an agent cut its line to the sweep or wrote to it"
    if code >= 0:
        return f"exit status {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        return f"killed by {name}" + (", perhaps for want of memory" if name == "SIGKILL" else "")
    return f"killed by signal {-code}"


def _read(last_words: Connection) -> str:
    """The stack of the thread that mattered: the main one, which is told last."""
    if os.name == "nt":
        return ""
    os.set_blocking(last_words.fileno(), False)
    try:
        words = os.read(last_words.fileno(), _WORDS_LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""
    return words.strip().split("\n\n")[-1]
