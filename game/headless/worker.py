"""What a process does that runs games for a sweep: it makes itself ready, then plays one run after another.

An agent may be anybody's code. Whatever it raises is its run's error; what it prints goes to stderr, so that a sweep's
own output stays whole; what it does to the process costs that run and this process, which the sweep replaces.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.core.memory import collect_seldom

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from game.core.compiling import Progress
    from game.engine.playable import Playable
    from game.headless.plan import Plan

_OUTPUT, _ERRORS = 1, 2


@dataclass(frozen=True)
class Told:
    """What is being compiled before the first run."""

    what: str
    share: float
    """Of all that is wanted, that is done."""


@dataclass(frozen=True)
class Ready:
    """Runs may come."""


@dataclass(frozen=True)
class Refused:
    """The plan cannot work; the text says why and what to do."""

    text: str


def work(connection: Connection, last_words: Connection, memory: int, scenario: str) -> None:
    """The whole life of the process.

    `connection`: gets the plan and whether to make the machine ready for it, then numbers of runs; gives Told, then
    Ready or Refused, then a RunResult for each number. `last_words`: where the process says what it did when it was
    ended. `memory`: bytes that it may take, where the system can hold it to that; 0: any. `scenario`: as in Plan.
    """
    own = os.getpid()
    _keep_to_itself()
    _take_at_most(memory)
    words = None if os.name == "nt" else last_words.fileno()  # Windows can write them to files only
    if words is not None:
        faulthandler.enable(words, all_threads=False)
    collect_seldom()
    # all rules, and the scenario's files once more: while the parent reads them to say what is wrong with them
    from game.engine.playable import load
    from game.headless.run import run_one
    from game.scenario.loader import ScenarioError

    try:
        playable = load(scenario)
    except ScenarioError as error:
        connection.send(Refused(str(error)))
        return
    try:
        plan, first = connection.recv()
        refused = _made_ready(playable, plan, lambda what, share: connection.send(Told(what, share))) if first else ""
        connection.send(Refused(refused) if refused else Ready())
        while True:
            run = connection.recv()
            if plan.run_seconds is not None:
                faulthandler.dump_traceback_later(plan.run_seconds, exit=True, file=_ERRORS if words is None else words)
            result = run_one(playable, plan, run)
            faulthandler.cancel_dump_traceback_later()
            if os.getpid() != own:
                os._exit(0)  # an agent made a copy of the process, which came here too: the sweep talks to one
            connection.send(result)
    except (EOFError, BrokenPipeError):  # the sweep is over
        return
    except OSError as error:
        told = f"kampuchea: an agent cut the line from its process to the sweep: {error.strerror or error}\n"
        with suppress(OSError):
            os.write(_ERRORS, told.encode())
        os._exit(1)  # Python's own end would tell tracebacks of what else the agent closed


def _keep_to_itself() -> None:
    """Leave Ctrl-C to the parent, keep off its output, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # blocked until now, for the imports
        os.register_at_fork(after_in_child=_end_with_parent)  # copies that an agent makes have no threads of ours
    os.dup2(_ERRORS, _OUTPUT)
    _end_with_parent()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _take_at_most(memory: int) -> None:
    # of the systems that know this limit only Linux holds to it
    if sys.platform == "linux" and memory:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))


def _made_ready(scenario: Playable, plan: Plan, tell: Progress) -> str:
    """Load the agents and compile the rules; why the plan cannot work, or nothing."""
    from game.ai.registry import AgentError, factory
    from game.core import compiling
    from game.headless.ready import make_ready

    for side, name in plan.agents:
        try:
            factory(name)
        except AgentError as error:
            return f"--agents {side}={name}: {error}"
    make_ready(scenario, tell)
    if compiling.trouble():
        print(f"kampuchea: {compiling.trouble()}", file=sys.stderr)
    return ""
