"""The rules are compiled once before a sweep, and the note on it is true."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from game.core import compiling, kernelplace
from game.engine.playable import Playable
from game.headless import ready

pytestmark = pytest.mark.skipif(not ready.COMPILED, reason="nothing is compiled")


class Machine:
    """An empty folder of kernels; what was played and waited for, and the files that it left."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.played, self.trouble = folder, 0, ""
        self.files = {"month.kernel": 20, "impulse.kernel": 30}
        monkeypatch.delenv(kernelplace.PASSING, raising=False)
        monkeypatch.setattr(kernelplace, "lasting", lambda: folder)
        monkeypatch.setattr(compiling, "finish", self.finish)
        monkeypatch.setattr(compiling, "trouble", lambda: self.trouble)
        monkeypatch.setattr(ready, "play_a_little", self.play)
        monkeypatch.setattr("game.core.kernelfiles.USED", set(self.files))

    def play(self, scenario: Playable) -> None:
        self.played += 1

    def finish(self, progress: Callable[[str, float], None]) -> None:
        progress("rules.month.play_month", 0.5)
        self.folder.mkdir(exist_ok=True)
        for name, size in self.files.items():
            (self.folder / name).write_bytes(bytes(size))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "kernels", monkeypatch)


def test_a_cold_cache_is_filled_once_and_a_warm_one_is_left_alone(small: Playable, machine: Machine) -> None:
    told: list[tuple[str, float]] = []
    for _ in range(2):
        ready.make_ready(small, lambda what, share: told.append((what, share)))
    assert machine.played == 1
    assert told == [("a first turn", 0.0), ("rules.month.play_month", 0.5)]


def test_the_note_names_processor_numba_and_python_and_every_file(small: Playable, machine: Machine) -> None:
    ready.make_ready(small, lambda what, share: None)
    note = json.loads((machine.folder / ready.NOTE).read_text())
    assert note == {**kernelplace.machine(), "files": machine.files}
    assert set(note) == {"cpu", "numba", "python", "files"}


@pytest.mark.parametrize("harm", ["a file is gone", "a file is cut", "the note is cut", "the note is another thing"])
def test_a_note_that_is_not_true_is_no_note(small: Playable, machine: Machine, harm: str) -> None:
    ready.make_ready(small, lambda what, share: None)
    assert ready.is_ready()
    note = machine.folder / ready.NOTE
    if harm == "a file is gone":
        (machine.folder / "month.kernel").unlink()
    elif harm == "a file is cut":
        (machine.folder / "month.kernel").write_bytes(b"")
    elif harm == "the note is cut":
        note.write_bytes(note.read_bytes()[:-20])
    else:
        note.write_text("[1]")
    assert not ready.is_ready()
    ready.make_ready(small, lambda what, share: None)
    assert machine.played == 2
    assert ready.is_ready()


def test_what_could_not_be_compiled_is_not_noted_as_ready(small: Playable, machine: Machine) -> None:
    machine.trouble = "the rules run uncompiled"
    ready.make_ready(small, lambda what, share: None)
    assert not ready.is_ready()


def test_without_a_compiler_there_is_nothing_to_do(
    small: Playable, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "COMPILED", False)
    ready.make_ready(small, lambda what, share: None)
    assert machine.played == 0
