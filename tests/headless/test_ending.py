"""No function of ours ends the process of whoever calls it."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from command_line import REPOSITORY
from typer.testing import CliRunner

from game.cli import build_app

OWN_PROCESSES = {"game/core/compiler.py", "game/headless/worker.py", "game/__main__.py"}
"""Modules whose process is theirs alone: there they may end it."""


def _ends_the_process(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("_exit", "abort") and ast.unparse(node.value) == "os"


def test_only_processes_of_our_own_are_ended_without_leave() -> None:
    found = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "game").rglob("*.py")
        if any(_ends_the_process(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found <= OWN_PROCESSES


_HOST = """
import sys, threading
from game.cli.play_commands import _open_window
from game.ui import app

def run(opening):
    threading.Thread(target=threading.Event().wait, daemon=True).start()

app.run = run
environment = dict(__import__("os").environ)
_open_window()
assert dict(__import__("os").environ) == environment
print("still here")
"""


def test_who_opens_the_window_from_python_lives_on_when_it_closes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _HOST], cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=False
    )
    assert (done.stdout.splitlines()[-1:], done.returncode) == (["still here"], 0), done.stderr


def test_a_file_that_ends_too_soon_is_not_taken_for_the_end_of_the_users_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut_short(*arguments: object) -> None:
        raise EOFError("Ran out of input")

    monkeypatch.setattr("game.scenario.loader.check", cut_short)
    monkeypatch.setattr("game.engine.playable.load", cut_short)
    done = CliRunner().invoke(build_app(), ["explain", "christmas_invasion_1978", "faction", "dk"])
    assert "Aborted" not in done.output
    assert isinstance(done.exception, RuntimeError)
    assert "Ran out of input" in str(done.exception)
