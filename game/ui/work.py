"""Work beside the window: one thread a task, so that the window keeps drawing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

import pygame

T = TypeVar("T")

PATIENCE_S = 0.05
"""Longest that background work stands back for one frame."""
END_S = 5.0
"""Longest that the end of the window waits for tasks that were told to stop."""
_idle = threading.Event()
_idle.set()
NEWS = pygame.event.custom_type()
"""Type of the event by which background work tells the window, which may be asleep, that there is something new."""
_at_work: set[Task[Any]] = set()
_here = threading.local()


def wake() -> None:
    """Called by background work that has come to an end: the window looks at it without delay. From any thread."""
    with suppress(pygame.error):  # the window has been closed, or has more events than it can hold
        if pygame.display.get_init():
            pygame.event.post(pygame.event.Event(NEWS))


@contextmanager
def frame() -> Iterator[None]:
    """While the window's thread makes a frame: background work that asks `between_frames` stands back."""
    _idle.clear()
    try:
        yield
    finally:
        _idle.set()


class Stopped(Exception):
    """A task was told to stop."""


def between_frames() -> None:
    """Called by background work between its steps: wait until no frame is being made. Python runs one thread at a
    time, so a frame that has to share would take twice as long. In the main thread this does nothing.

    Stopped in a task that was told to stop.
    """
    if threading.current_thread() is not threading.main_thread():
        _idle.wait(PATIENCE_S)
        task: Task[Any] | None = getattr(_here, "task", None)
        if task is not None and task.stopping:
            raise Stopped


class Task(Generic[T]):
    """A function that runs in a thread of its own.

    The thread cannot keep the program from ending, for the work may be anybody's agent; `end_all` ends it in good order
    before.
    """

    def __init__(self, work: Callable[[], T], name: str) -> None:
        self._work, self.name = work, name
        self._result: list[T] = []
        self.error: BaseException | None = None
        """What the work raised; a KeyboardInterrupt or a SystemExit counts as well."""
        self.done = False
        self.stopping = False
        """Whether it was told to stop."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        _at_work.add(self)
        self._thread.start()

    def _run(self) -> None:
        _here.task = self
        try:
            self._result.append(self._work())
        except BaseException as error:  # handed to the window's thread, which raises it again
            self.error = error
        finally:
            _at_work.discard(self)
            self.done = True
            wake()

    def stop(self) -> None:
        """Have the work end with `Stopped` where it next asks `between_frames`."""
        self.stopping = True

    def wait(self, seconds: float) -> bool:
        """Wait until it is done, but no longer than this; whether it is."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> T:
        """What the work returned, waiting for it if need be. Raises what the work raised."""
        self._thread.join()
        if self.error is not None:
            raise self.error
        return self._result[0]


def end_all(seconds: float = END_S) -> list[str]:
    """Stop all tasks and wait for them, for so long together; the names of those that still run."""
    tasks = list(_at_work)
    for task in tasks:
        task.stop()
    until = time.monotonic() + seconds
    return [task.name for task in tasks if not task.wait(max(0.0, until - time.monotonic()))]
