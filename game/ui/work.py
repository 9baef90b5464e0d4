"""Work beside the window: one thread a task, so that the window keeps drawing."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

import pygame

T = TypeVar("T")

PATIENCE_S = 0.05
"""Longest that background work stands back for one frame."""
_idle = threading.Event()
_idle.set()
NEWS = pygame.event.custom_type()
"""Type of the event by which background work tells the window, which may be asleep, that there is something new."""


def wake() -> None:
    """Called by background work that has come to an end: the window looks at it without delay. From any thread."""
    with contextlib.suppress(pygame.error):  # the window has been closed, or has more events than it can hold
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


def between_frames() -> None:
    """Called by background work between its steps: wait until no frame is being made. Python runs one thread at a
    time, so a frame that has to share would take twice as long. In the main thread this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        _idle.wait(PATIENCE_S)


class Task(Generic[T]):
    """A function that runs in a thread of its own. The thread ends with the program, whatever it is doing."""

    def __init__(self, work: Callable[[], T], name: str) -> None:
        self._work = work
        self._result: list[T] = []
        self.error: BaseException | None = None
        """What the work raised; a KeyboardInterrupt or a SystemExit counts as well."""
        self.done = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result.append(self._work())
        except BaseException as error:  # handed to the window's thread, which raises it again
            self.error = error
        finally:
            self.done = True
            wake()

    def result(self) -> T:
        """What the work returned, waiting for it if need be. Raises what the work raised."""
        self._thread.join()
        if self.error is not None:
            raise self.error
        return self._result[0]
