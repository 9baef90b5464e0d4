"""What all tests share: none that plays runs beside the compiler, where it would be slow.

The compiler starts with the tests. Meanwhile run those that read files; whatever comes after them waits for it.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

_TESTS = Path(__file__).resolve().parent
_READERS = tuple(_TESTS / name for name in ("scenario", "map", "rulebook", "packaging"))
"""Tests that play no games."""
_READY = """
from game.engine.playable import load
from game.headless.ready import make_ready
from game.scenario.library import list_scenarios
make_ready(load(list_scenarios()[0]), lambda what, share: None)
"""


def _plays(item: pytest.Item) -> bool:
    return not any(item.path.is_relative_to(folder) for folder in _READERS)


@cache
def _compiled() -> None:
    """Wait until the rules are compiled: two minutes the first time."""
    subprocess.run([sys.executable, "-c", _READY], cwd=_TESTS.parent, check=True)


def pytest_configure(config: pytest.Config) -> None:
    """Start the compiler, once for all processes that run tests."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        compiler = subprocess.Popen([sys.executable, "-c", _READY], cwd=_TESTS.parent)
        config.add_cleanup(compiler.wait)
        config.add_cleanup(compiler.terminate)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In each half, which is what one of two processes begins with, those that read files come first."""
    readers, players = ([item for item in items if _plays(item) is plays] for plays in (False, True))
    half, middle = len(readers) // 2, len(players) // 2
    items[:] = [*readers[:half], *players[:middle], *readers[half:], *players[middle:]]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever plays waits."""
    if _plays(item):
        _compiled()
