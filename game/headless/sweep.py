"""Many runs of one scenario, in one process or several, with the same results for any number of processes.

Run k has seed `seed + k`. Runs finish in any order; whoever listens gets each as it ends. A worker process that dies
takes only its own run with it: the runs that were under way are tried again one by one, and the one that kills its
process a second time is recorded as failed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.core.memory import collect_seldom
from game.headless.run import run_one
from game.results.runs import RunError, RunResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.playable import Playable

WORKER_DIED = "WorkerDied"
"""Error type of a run whose process was killed: the one error that `--resume` tries again."""


@dataclass(frozen=True)
class Plan:
    """What to run."""

    scenario: str
    """Id of a shipped scenario or path of a folder."""
    agents: tuple[tuple[str, str], ...]
    """Side and agent, for every side of the scenario, in its order."""
    seed: int
    runs: int
    turns: bool
    """Whether to keep a row a turn."""

    def seed_of(self, run: int) -> int:
        return self.seed + run


_worker: tuple[Playable, Plan] | None = None


def _start_worker(plan: Plan) -> None:
    """Load the scenario once a process; leave Ctrl-C to the parent, and end with it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()
    from game.engine.playable import load

    _worker = load(plan.scenario), plan


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run_in_worker(run: int) -> RunResult:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    scenario, plan = _worker
    return run_one(scenario, dict(plan.agents), run, plan.seed_of(run), plan.turns)


def sweep(
    scenario: Playable, plan: Plan, jobs: int, wanted: Iterable[int], listen: Callable[[RunResult], None]
) -> None:
    """Run the numbers `wanted`, telling `listen` of each as it ends.

    KeyboardInterrupt ends the sweep after the runs that other processes have under way; a second one ends it at once.
    """
    queue = deque(wanted)
    if not queue:
        return
    with _termination_as_interrupt():
        if jobs == 1 or len(queue) == 1:
            for run in queue:
                listen(run_one(scenario, dict(plan.agents), run, plan.seed_of(run), plan.turns))
            return
        suspects = _in_pool(plan, min(jobs, len(queue)), queue, listen)
        while suspects or queue:
            for run in suspects:
                alone = deque([run])
                if _in_pool(plan, 1, alone, listen):
                    error = RunError(WORKER_DIED, "the process that ran it was killed or ran out of memory, twice")
                    listen(RunResult(run, plan.seed_of(run), 0.0, error=error))
            suspects = _in_pool(plan, min(jobs, len(queue)), queue, listen) if queue else []


def _in_pool(plan: Plan, jobs: int, queue: deque[int], listen: Callable[[RunResult], None]) -> list[int]:
    """Run the queue until it is empty or a process dies; the runs that were under way when one died."""
    context = multiprocessing.get_context("spawn")
    under_way: dict[Future[RunResult], int] = {}
    with ProcessPoolExecutor(jobs, context, _start_worker, (plan,)) as pool:
        try:
            while queue or under_way:
                while queue and len(under_way) < jobs + 1:
                    under_way[pool.submit(_run_in_worker, queue[0])] = queue[0]
                    queue.popleft()
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    listen(future.result())
                    del under_way[future]
        except BrokenProcessPool:
            return _rescue(under_way, listen)
        except KeyboardInterrupt:
            _finish(under_way, listen)
            raise
    return []


def _rescue(under_way: dict[Future[RunResult], int], listen: Callable[[RunResult], None]) -> list[int]:
    """Runs that a broken pool lost; those that had ended are told."""
    lost = []
    for future, run in under_way.items():
        try:
            result = future.result()
        except BrokenProcessPool:
            lost.append(run)
        else:
            listen(result)
    return sorted(lost)


def _finish(under_way: dict[Future[RunResult], int], listen: Callable[[RunResult], None]) -> None:
    """After an interrupt: wait for what runs already, unless interrupted again."""
    running = [future for future in under_way if not future.cancel()]
    try:
        for future in running:
            try:
                listen(future.result())
            except BrokenProcessPool:
                return
    except KeyboardInterrupt:
        for process in multiprocessing.active_children():
            process.terminate()
        raise


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """SIGTERM (a batch system's way to say stop) keeps finished runs as Ctrl-C does."""
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
