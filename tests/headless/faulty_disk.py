"""A disk that fails, or a process that ends, at one chosen moment of all those at which files are changed."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from typing import Any

import pytest


class Died(BaseException):
    """The process ended. Nothing catches it, and nothing that runs after it changes a file."""


class FaultyDisk:
    """Counts every write, flush to the disk, rename, removal and new folder, and fails at the one numbered `at`.

    `dies`: as if the process was killed there, the write half done; otherwise the disk is full at that moment only.
    """

    def __init__(self, patch: pytest.MonkeyPatch, at: int, dies: bool) -> None:
        self.moment = 0
        self.at = at
        self.dies = dies
        real_open = io.open
        disk = self

        class File(io.FileIO):
            def write(self, content: Any) -> int:
                if disk._fails():
                    super().write(memoryview(content)[: len(content) // 2])
                    disk._fail()
                return super().write(content)

        def opened(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
            return io.BufferedWriter(File(file, mode)) if mode == "xb" else real_open(file, mode, *args, **more)

        patch.setattr(io, "open", opened)
        for name in ("replace", "rename", "unlink", "rmdir", "mkdir"):
            patch.setattr(os, name, self._watched(getattr(os, name)))
        patch.setattr(os, "fsync", self._watched(lambda _: None))  # it changes nothing that can be seen here, slowly

    @property
    def failed(self) -> bool:
        """Whether that moment has come."""
        return self.moment >= self.at

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **more: Any) -> Any:
            if self._fails():
                self._fail()
            return real(*args, **more)

        return watched

    def _fails(self) -> bool:
        self.moment += 1
        return self.moment == self.at or (self.dies and self.moment > self.at)

    def _fail(self) -> None:
        if self.dies:
            raise Died
        raise OSError(errno.ENOSPC, "No space left on device")
