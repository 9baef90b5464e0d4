"""What all tests share: the rules are compiled before the first, so that none runs beside the compiler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_READY = """
from game.engine.playable import load
from game.headless.ready import make_ready
from game.scenario.library import list_scenarios
make_ready(load(list_scenarios()[0]), lambda what, share: None)
"""


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Have a process of its own wait for the compiler, once for all that run tests: two minutes the first time."""
    if not hasattr(session.config, "workerinput") and not session.config.option.collectonly:
        repository = Path(__file__).resolve().parents[1]
        subprocess.run([sys.executable, "-c", _READY], cwd=repository, check=True)
