"""Compiled kernels on disk, whatever has happened to them, and the process that compiles for others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

import game
from game.core import compiling, kernelfiles, kernelplace, kernels
from game.core.kernels import plain
from game.rules.presence import count_formed

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "assets" / "template"
HANGS_S = 300.0
"""Nothing here takes so long on any machine."""

pytestmark = pytest.mark.skipif(not kernels.COMPILED, reason="nothing is compiled")


class Counting:
    """A small chapter, what a game calls it with, and what it is to find."""

    def __init__(self) -> None:
        world = game.load(TEMPLATE).start(0)
        map_ = world.scenario.setting.map
        shape = (2, len(world.scenario.setting.factions), len(map_.countries))
        self.arguments = (world.tables, map_.country, np.zeros(shape, np.int64))
        self.types = kernels._types_of(self.arguments)
        plain(count_formed)(*self.arguments)
        self.right = self.arguments[2].copy()
        assert self.right.sum() > 0

    def chapter(self) -> Any:
        """As a process has it that has just begun."""
        return kernels._Chapter(count_formed.py_func)  # type: ignore[attr-defined]

    def works(self, chapter: Any) -> bool:
        self.arguments[2][:] = 0
        chapter(*self.arguments)
        return bool((self.arguments[2] == self.right).all())


@pytest.fixture(scope="module")
def counting() -> Counting:
    return Counting()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of kernels, for this test alone."""
    place = tmp_path / "kernels"
    monkeypatch.delenv(kernelplace.PASSING, raising=False)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "empty"))  # for the compiler's process
    monkeypatch.setattr(kernelplace, "lasting", lambda: place)
    return place


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[compiling._Office]:
    """One that has asked for nothing yet, in place of this process's."""
    made = compiling._Office()
    monkeypatch.setattr(compiling, "_office", made)
    yield made
    made._end()


def test_a_chapter_runs_at_once_and_is_fetched_when_another_process_has_compiled_it(
    counting: Counting, folder: Path, office: compiling._Office
) -> None:
    chapter = counting.chapter()
    assert counting.works(chapter)
    assert not chapter.is_compiled
    assert compiling.is_wanted()
    told: list[tuple[str, float]] = []
    compiling.finish(lambda what, share: told.append((what, share)))
    assert chapter.is_compiled
    assert counting.works(chapter)
    assert compiling.trouble() == ""
    assert not compiling.is_wanted()
    assert all(0.0 <= share < 1.0 for _, share in told)
    assert [file.name for file in folder.glob("*.kernel")] == [kernelfiles.file_name(chapter.name, counting.types)]
    assert list((folder / compiling.REQUESTS).iterdir()) == []


@pytest.fixture(scope="module")
def compiled(counting: Counting, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the chapter, as it should be."""
    place = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(kernelplace.PASSING, raising=False)
        patch.setattr(kernelplace, "lasting", lambda: place)
        counting.chapter().compile(counting.types)
    (file,) = place.glob("*.kernel")
    return file


def _of_other_content(whole: bytes) -> bytes:
    import hashlib
    import pickle

    content = pickle.dumps(("of", "another", "numba"))
    return hashlib.sha256(content).digest() + content


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "cut in the digest": lambda whole: whole[:20],
    "halved": lambda whole: whole[: len(whole) // 2],
    "one byte short": lambda whole: whole[:-1],
    "one bit turned": lambda whole: whole[:500] + bytes([whole[500] ^ 1]) + whole[501:],
    "zeros": lambda whole: bytes(len(whole)),
    "of other content": _of_other_content,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_that_is_not_as_it_was_written_is_removed_and_the_chapter_asked_for(
    counting: Counting, compiled: Path, folder: Path, office: compiling._Office, damage: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder.mkdir()
    whole = compiled.read_bytes()
    file = folder / compiled.name
    file.write_bytes(whole)
    good = counting.chapter()
    assert counting.works(good)
    assert good.is_compiled
    wanted: list[str] = []
    monkeypatch.setattr(compiling, "want", lambda chapter, types: wanted.append(chapter.name))
    file.write_bytes(DAMAGES[damage](whole))
    chapter = counting.chapter()
    assert counting.works(chapter)
    assert not chapter.is_compiled
    assert wanted == [chapter.name]
    assert not file.exists()


def test_a_damaged_file_that_cannot_be_removed_is_compiled_elsewhere(
    counting: Counting, compiled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder.mkdir()
    (folder / compiled.name).write_bytes(b"")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(kernelfiles, "_drop", lambda file: None)
    monkeypatch.setenv(kernelplace.PASSING, str(tmp_path / "elsewhere"))
    assert not counting.chapter().fetch(counting.types)
    counting.chapter().compile(counting.types)
    assert counting.chapter().fetch(counting.types)
    assert (folder / compiled.name).read_bytes() == b""


def test_what_fails_is_said_once_and_nobody_waits_for_it(
    counting: Counting, folder: Path, office: compiling._Office
) -> None:
    chapter = counting.chapter()
    chapter.name = "game.rules.presence.no_such_chapter"
    assert counting.works(chapter)
    compiling.finish()
    assert "no_such_chapter" in compiling.trouble()
    assert "\n" not in compiling.trouble()
    assert counting.works(chapter)


@pytest.mark.parametrize("place", ["no program", "no room"])
def test_a_compiler_that_cannot_be_started_is_done_without(
    counting: Counting, folder: Path, office: compiling._Office, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    if place == "no program":
        monkeypatch.setattr(sys, "executable", str(folder / "python"))
    else:
        monkeypatch.setattr(kernelplace, "_ROOM_BYTES", 10**18)
    chapter = counting.chapter()
    assert counting.works(chapter)
    compiling.finish()
    assert compiling.trouble().startswith("the rules run uncompiled, slower, to the same results: ")
    assert "Errno" not in compiling.trouble()


def test_a_compiler_that_is_killed_is_not_waited_for(
    counting: Counting, folder: Path, office: compiling._Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "_ENTER", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    assert counting.works(counting.chapter())
    compiling.finish()
    assert "status" in compiling.trouble()


def test_a_compiler_that_ends_too_soon_is_not_started_for_ever(
    counting: Counting, folder: Path, office: compiling._Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "_ENTER", "")
    assert counting.works(counting.chapter())
    compiling.finish()
    assert "ends before its work is done" in compiling.trouble()


def test_one_process_compiles_for_all_who_ask(counting: Counting, folder: Path, office: compiling._Office) -> None:
    (folder / compiling.REQUESTS).mkdir(parents=True)
    other = compiling._Office()
    with FileLock(folder / compiling.LOCK):
        office.want(counting.chapter(), counting.types)
        other.want(counting.chapter(), counting.types)
        assert office._process is None
        assert other._process is None
    other.finish(lambda what, share: None)
    assert office._process is None
    office.finish(lambda what, share: None)
    other._end()
    assert office.trouble == other.trouble == ""


def test_the_compiler_ends_in_order_when_nothing_is_wanted(folder: Path) -> None:
    folder.mkdir()
    process = compiling._start(folder)  # the other end of its standard input stays open
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.stdin is not None
    process.stdin.close()


_ASK = """
import os, signal, sys
sys.path.insert(0, os.path.join(os.environ["PYTHONPATH"], "tests", "engine"))
from test_compiling import Counting
from game.core import compiling
counting = Counting()
counting.works(counting.chapter())
print(compiling._office._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def has_ended(process: int) -> bool:
    """Whether a process has, which its parent, who is dead, cannot be asked for."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_the_compiler_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop(kernelplace.PASSING, None)
    done = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, timeout=HANGS_S
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    until = time.monotonic() + HANGS_S
    while not has_ended(int(done.stdout)) and time.monotonic() < until:
        time.sleep(0.05)
    # else it would have compiled what was asked for before it ended
    assert list(tmp_path.glob("kernels-*/wanted/game.rules.presence.count_formed"))


def kampuchea(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    environment.pop(kernelplace.PASSING, None)
    return subprocess.run(
        [sys.executable, "-m", "game", *arguments],
        env=environment, capture_output=True, text=True, timeout=HANGS_S, check=False,
    )  # fmt: skip


EXPLAIN = ("explain", str(TEMPLATE), "hex", "phnom_penh")


@pytest.mark.parametrize("arguments", [("--help",), ("check", str(TEMPLATE)), EXPLAIN], ids=lambda a: a[0])
def test_without_a_place_for_kernels_nothing_is_left_behind(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "temporary").mkdir()
    variables = {"NUMBA_CACHE_DIR": str(tmp_path / "file"), "TMPDIR": str(tmp_path / "temporary")}
    done = kampuchea(*arguments, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_cache_of_which_every_file_is_damaged_does_not_keep_a_command_from_its_work(
    compiled: Path, tmp_path: Path
) -> None:
    variables = {"NUMBA_CACHE_DIR": str(tmp_path)}
    right = kampuchea(*EXPLAIN, **variables)
    (place,) = tmp_path.glob("kernels-*")
    files = list(place.glob("*.kernel"))
    assert files
    for file in files:
        file.write_bytes(file.read_bytes()[:1000])
    again = kampuchea(*EXPLAIN, **variables)
    assert (again.returncode, again.stdout, again.stderr) == (0, right.stdout, "")


def test_kernels_for_another_processor_lie_elsewhere() -> None:
    def place(**variables: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from game.core.kernelplace import lasting; print(lasting().name)"],
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    own, generic = place(), place(NUMBA_CPU_NAME="generic")
    assert own != generic
    assert "generic" in generic
    assert all(word in own for word in kernelplace.machine().values())


def test_folders_of_old_versions_are_removed_when_nobody_has_used_them_for_long(tmp_path: Path) -> None:
    names = ("kernels-0123456789abcdef-cpu", "kernels-fedcba9876543210-cpu", "something-else")
    for name in names:
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / names[1])
    kernelplace.remove_forgotten(tmp_path / "kernels-aaaaaaaaaaaaaaaa-cpu")
    assert sorted(p.name for p in tmp_path.iterdir()) == [names[1], names[2]]


def test_the_folder_for_the_time_being_is_shared_with_processes_that_are_started_and_removed_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(kernelplace, "lasting", lambda: tmp_path / "file" / "kernels")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv(kernelplace.PASSING, "")
    made = kernelplace.made()
    assert made.is_dir()
    assert made.parent == tmp_path
    assert os.environ[kernelplace.PASSING] == str(made)
    kernelplace._remove(made, os.getpid() + 1)
    assert made.is_dir()
    kernelplace._remove(made, os.getpid())
    assert not made.exists()
    assert kernelplace.PASSING not in os.environ
