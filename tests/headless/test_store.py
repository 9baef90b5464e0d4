"""The folder of a sweep when the disk fails, the process ends, or another one uses it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command_line import HANGS_S
from faulty_disk import Died, FaultyDisk

from game.engine.playable import Playable
from game.headless import store as stores
from game.headless.plan import Plan
from game.headless.run import run_one
from game.headless.store import Identity, Store, StoreError
from game.results.runs import RunError, RunResult

PLAN = Plan("my_war", (("vietnam", "passive"), ("dk", "passive")), seed=1, runs=3, turns=True)
TABLES = {"runs.parquet", "turns.parquet", "milestones.parquet", "losses.parquet"}


class Sweeps:
    """Sweeps of results that are there already."""

    def __init__(self, scenario: Playable, results: list[RunResult]) -> None:
        self.results = results
        self.definition = scenario.definition
        self.identity = Identity.of("1", scenario.definition, PLAN)

    def sweep(self, folder: Path, runs: int = PLAN.runs, resume: bool = False, close: bool = True) -> set[int]:
        """Add what is lacking, and close the folder; the runs that were kept before."""
        with Store.open(folder, self.identity, self.definition, runs, resume) as store:
            before = set(store.done)
            for result in self.results[:runs]:
                if result.run not in before:
                    store.add(result)
            if close:
                store.close()
        return before


@pytest.fixture(scope="module")
def results(small: Playable) -> list[RunResult]:
    return [run_one(small, PLAN, run) for run in range(PLAN.runs)]


@pytest.fixture
def sweeps(small: Playable, results: list[RunResult], monkeypatch: pytest.MonkeyPatch) -> Sweeps:
    monkeypatch.setattr(stores, "FLUSH_RUNS", 1)
    return Sweeps(small, results)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


@pytest.mark.parametrize(
    ("grown", "dies", "step"),
    [(True, True, 1), (False, True, 4), (True, False, 4), (False, False, 7)],
    ids=["grown-killed", "new-killed", "grown-full", "new-full"],
)
def test_whatever_fails_at_any_moment_resume_comes_to_the_same_bytes(
    sweeps: Sweeps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grown: bool, dies: bool, step: int
) -> None:
    """Grown: a closed sweep of two runs, one of which is to be tried again, becomes one of three."""
    monkeypatch.setattr(stores, "FLUSH_RUNS", 2)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # slow, and of no use to a test
    sweeps.sweep(tmp_path / "whole")
    wanted, start = tables(tmp_path / "whole"), tmp_path / "start"
    if grown:
        good = sweeps.results
        sweeps.results = [good[0], RunResult(1, PLAN.seed_of(1), 0.0, error=RunError("WorkerDied", "killed"))]
        sweeps.sweep(start, runs=2)
        sweeps.results = good
    moment, folder, failed = 1, tmp_path / "out", True
    while failed:
        if grown:
            shutil.copytree(start, folder)
        with pytest.MonkeyPatch.context() as patch:
            disk = FaultyDisk(patch, moment, dies)
            try:
                sweeps.sweep(folder, resume=True)
            except (Died, StoreError):
                assert disk.failed
        kept = sweeps.sweep(folder, resume=True)
        assert not grown or 0 in kept, moment
        assert tables(folder) == wanted, moment
        assert {path.name for path in folder.iterdir()} == {"manifest.json", ".lock", *TABLES}, moment
        shutil.rmtree(folder)
        failed = disk.failed
        moment += step
    assert moment > 50


def test_a_full_disk_is_named_with_the_file_and_the_remedy(
    sweeps: Sweeps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(
        StoreError, match=r"000001-losses.parquet: No space left on device; what was kept stays: free some room there"
    ):
        sweeps.sweep(tmp_path)


def test_a_full_disk_at_the_end_leaves_the_tables_of_before_whole(
    sweeps: Sweeps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeps.sweep(tmp_path, runs=2)
    before = tables(tmp_path)
    sweeps.sweep(tmp_path, resume=True, close=False)
    real, written = pq.write_table, []

    def soon_full(table: object, file: object, **options: object) -> None:
        written.append(table)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(table, file, **options)

    monkeypatch.setattr(pq, "write_table", soon_full)
    with pytest.raises(StoreError, match="with --resume goes on"):
        sweeps.sweep(tmp_path, resume=True)
    assert tables(tmp_path) == before


def test_a_part_without_its_table_of_runs_does_not_count(sweeps: Sweeps, tmp_path: Path) -> None:
    sweeps.sweep(tmp_path, runs=2, close=False)
    (tmp_path / "parts" / "000002-runs.parquet").unlink()
    assert sweeps.sweep(tmp_path, resume=True) == {0}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"format": 2, "cpu_s": [1]}', "is not a manifest"),
        ('{"format": 2, "cpu_s": {"first": 1}}', "is not a manifest"),
        ('{"format": 2, "cpu_s": {"1": null}}', "is not a manifest"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_a_manifest_that_is_none_is_refused(sweeps: Sweeps, tmp_path: Path, content: str, told: str) -> None:
    sweeps.sweep(tmp_path)
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(StoreError, match=told):
        sweeps.sweep(tmp_path, resume=True)


def test_a_table_that_is_gone_is_said_to_be(sweeps: Sweeps, tmp_path: Path) -> None:
    sweeps.sweep(tmp_path)
    (tmp_path / "losses.parquet").unlink()
    with pytest.raises(StoreError, match=r"losses\.parquet is missing; name another folder"):
        sweeps.sweep(tmp_path, resume=True)


def test_a_strange_file_among_the_parts_does_not_count(sweeps: Sweeps, tmp_path: Path) -> None:
    sweeps.sweep(tmp_path, runs=2, close=False)
    (tmp_path / "parts" / "copy of 000001-runs.parquet").write_text("not of a sweep")
    assert sweeps.sweep(tmp_path, resume=True) == {0, 1}


def test_the_order_in_which_runs_end_leaves_no_trace(sweeps: Sweeps, tmp_path: Path) -> None:
    sweeps.sweep(tmp_path / "a")
    sweeps.results = [sweeps.results[k] for k in (2, 0, 1)]
    sweeps.sweep(tmp_path / "b")
    assert tables(tmp_path / "a") == tables(tmp_path / "b")


def test_files_of_somebody_else_are_not_written_over(sweeps: Sweeps, tmp_path: Path) -> None:
    (tmp_path / "runs.parquet").write_text("mine")
    with pytest.raises(StoreError, match=r"runs\.parquet is there, but no manifest\.json"):
        sweeps.sweep(tmp_path)
    assert (tmp_path / "runs.parquet").read_text() == "mine"


@pytest.mark.parametrize("resume", [True, False])
def test_a_folder_in_use_is_refused_with_the_process_and_its_host(sweeps: Sweeps, tmp_path: Path, resume: bool) -> None:
    with (
        Store.open(tmp_path, sweeps.identity, sweeps.definition, PLAN.runs, resume) as store,
        pytest.raises(StoreError, match=rf"in use: process {os.getpid()} on \S+, since .* writes a sweep to it; wait"),
    ):
        store.add(sweeps.results[0])
        sweeps.sweep(tmp_path, resume=resume)
    assert sweeps.sweep(tmp_path, resume=True) == {0}


_HOLDING = """
import sys, time
from pathlib import Path
from game.headless.lock import Held, held
folder = Path(sys.argv[1])
while not (folder / "go").exists():
    time.sleep(0.001)
try:
    with held(folder):
        print("held", flush=True)
        time.sleep(600)
except Held as error:
    print(error, flush=True)
"""


def test_of_processes_that_begin_at_once_one_has_the_folder_and_its_end_by_force_frees_it(
    sweeps: Sweeps, tmp_path: Path
) -> None:
    rivals = [
        subprocess.Popen([sys.executable, "-c", _HOLDING, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    (tmp_path / "go").touch()
    said = {rival: rival.stdout.readline() for rival in rivals if rival.stdout is not None}
    (holder,) = [rival for rival, line in said.items() if line == "held\n"]
    assert sum(f"process {holder.pid} on" in line for line in said.values()) == 2
    holder.kill()
    for rival in rivals:
        rival.communicate(timeout=HANGS_S)
    (tmp_path / "go").unlink()
    assert sweeps.sweep(tmp_path) == set()
