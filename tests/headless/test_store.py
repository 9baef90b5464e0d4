"""The folder of a sweep when the disk fails."""

from __future__ import annotations

import errno
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from game.engine.playable import Playable
from game.headless import store as stores
from game.headless.run import run_one
from game.headless.store import Identity, Store, StoreError
from game.headless.sweep import Plan
from game.results.runs import RunResult

AGENTS = {"vietnam": "passive", "dk": "passive"}
PLAN = Plan("my_war", tuple(AGENTS.items()), seed=1, runs=3, turns=True)


def opened(folder: Path, scenario: Playable, resume: bool = False) -> Store:
    definition = scenario.definition
    return Store.open(folder, Identity.of("1", definition, PLAN), definition, PLAN.runs, resume)


@pytest.fixture(scope="module")
def results(small: Playable) -> list[RunResult]:
    return [run_one(small, AGENTS, run, PLAN.seed_of(run), turns=True) for run in range(PLAN.runs)]


def test_a_full_disk_is_named_and_what_was_written_before_stays(
    small: Playable, results: list[RunResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "FLUSH_RUNS", 1)
    store = opened(tmp_path, small)
    store.add(results[0])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pq, "write_table", full)
        with pytest.raises(StoreError, match="No space left on device; what was kept stays: free some room there"):
            store.add(results[1])
    assert set(opened(tmp_path, small, resume=True).done) == {0}


def test_a_full_disk_at_the_end_leaves_the_parts_and_no_half_tables(
    small: Playable, results: list[RunResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path, small)
    for result in results:
        store.add(result)
    store._flush()
    real = pq.write_table
    written: list[object] = []

    def soon_full(table: object, file: object, **options: object) -> None:
        written.append(table)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(table, file, **options)

    with monkeypatch.context() as patched:
        patched.setattr(pq, "write_table", soon_full)
        with pytest.raises(StoreError, match="with --resume goes on"):
            store.close()
    assert {path.name for path in tmp_path.iterdir()} == {"manifest.json", "parts"}
    again = opened(tmp_path, small, resume=True)
    assert set(again.done) == {0, 1, 2}
    again.close()
    assert pq.read_table(tmp_path / "runs.parquet").num_rows == 3


def test_a_part_without_its_table_of_runs_does_not_count(
    small: Playable, results: list[RunResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "FLUSH_RUNS", 1)
    store = opened(tmp_path, small)
    store.add(results[0])
    store.add(results[1])
    (tmp_path / "parts" / "000002-runs.parquet").unlink()
    assert set(opened(tmp_path, small, resume=True).done) == {0}


def test_the_order_in_which_runs_end_leaves_no_trace(small: Playable, results: list[RunResult], tmp_path: Path) -> None:
    for name, order in (("a", (0, 1, 2)), ("b", (2, 0, 1))):
        store = opened(tmp_path / name, small)
        for run in order:
            store.add(results[run])
        store.close()
    for path in (tmp_path / "a").glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
