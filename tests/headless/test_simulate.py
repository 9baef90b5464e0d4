"""`kampuchea simulate` as a user meets it: figures, tables, interruption, failure, and what it refuses."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command_line import HANGS_S, TEMPLATE, CommandLine
from rich.console import Console

from game.engine.playable import Playable
from game.headless.plan import Plan
from game.headless.run import run_one
from game.results.report import report
from game.results.summary import summarise

TABLES = ("runs", "turns", "milestones", "losses")
QUIET = ("--agents", "vietnam=passive,dk=passive")


def tables(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def test_json_has_the_documented_keys_and_nothing_else_is_on_stdout(kampuchea: CommandLine) -> None:
    done = kampuchea.run("simulate", TEMPLATE, "--runs", 2, "--seed", 5, "--jobs", 1, "--json", *QUIET)
    found = json.loads(done.stdout)
    assert set(found) == {"scenario", "runs", "summary"}
    assert found["scenario"] == "my_war"
    assert [run["seed"] for run in found["runs"]] == [5, 6]
    for run in found["runs"]:
        assert set(run) == {*("seed", "state_hash", "turns", "cpu_s", "result", "error", "traceback", "milestones")}
        assert run["error"] is None and run["traceback"] is None
        assert run["turns"] == 10
        assert set(run["result"]) == {"vietnam", "dk"}
        assert {"level", "share", "reason", "men", "dead", "captured"} <= set(run["result"]["dk"])
        assert run["milestones"] == {"neak_luong_reached": None}
    assert {"median", "p5", "p95", "share_reached"} <= set(found["summary"]["neak_luong_reached"])


def test_summary_is_printed_beside_history(kampuchea: CommandLine) -> None:
    printed = kampuchea.run("simulate", TEMPLATE, "--runs", 1, *QUIET).stdout
    assert "Neak Luong reached" in printed
    assert "6 Jan 1979" in printed
    assert "What it cost" in printed


@pytest.mark.parametrize("columns", [80, 140])
def test_the_summary_is_whole_on_a_narrow_terminal_as_on_a_wide_one(small: Playable, columns: int) -> None:
    plan = Plan("my_war", (("vietnam", "random"), ("dk", "random")), seed=0, runs=3, turns=False)
    runs = [run_one(small, plan, run) for run in (1, 2)]
    console = Console(width=columns, file=io.StringIO(), record=True)
    console.print(report(summarise(small.definition, runs)))
    printed = console.export_text()
    assert "…" not in printed
    assert "4 Jan – 10 Jan" in printed
    assert all(word in printed for word in ("Neak Luong", "Democratic Kampuchea", "displaced", "deserted"))


@pytest.mark.slow
def test_hashes_and_tables_do_not_depend_on_the_number_of_processes(kampuchea: CommandLine) -> None:
    base = ("simulate", TEMPLATE, "--runs", 5, "--json", "--agents", "vietnam=random")
    alone = json.loads(kampuchea.run(*base, "--jobs", 1).stdout)
    kept = json.loads(kampuchea.run(*base, "--jobs", 1, "--out", "one").stdout)
    shared = json.loads(kampuchea.run(*base, "--jobs", 3, "--out", "three").stdout)
    hashes = [[run["state_hash"] for run in found["runs"]] for found in (alone, kept, shared)]
    assert hashes[0] == hashes[1] == hashes[2]
    assert len(set(hashes[0])) == 5
    assert alone["summary"] == shared["summary"]
    assert tables(kampuchea.folder / "one") == tables(kampuchea.folder / "three")


@pytest.mark.slow
def test_hashes_are_the_same_compiled_and_not(kampuchea: CommandLine) -> None:
    short = shutil.copytree(TEMPLATE, kampuchea.folder / "short")
    text = (short / "scenario.yaml").read_text().replace("days_per_turn: 2 ", "days_per_turn: 10 ")
    (short / "scenario.yaml").write_text(text)
    runs = [
        json.loads(kampuchea.run("simulate", short, "--runs", 1, "--json", KAMPUCHEA_UNCOMPILED=mode).stdout)["runs"]
        for mode in ("0", "1")
    ]
    assert runs[0][0]["turns"] == 2
    assert runs[0][0]["state_hash"] == runs[1][0]["state_hash"]


@pytest.mark.slow
def test_interrupted_and_resumed_sweep_has_the_bytes_of_an_uninterrupted_one(kampuchea: CommandLine) -> None:
    base = ("simulate", TEMPLATE, "--runs", 16, "--agents", "vietnam=slow,dk=passive")
    kampuchea.run(*base, "--jobs", 1, "--out", "whole")
    process = subprocess.Popen(
        kampuchea.command(*base, "--jobs", 2, "--out", "cut"),
        cwd=kampuchea.folder,
        env={**kampuchea.environment, "SECONDS_A_TURN": "0.15"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    cut = kampuchea.folder / "cut"
    deadline = time.monotonic() + 120
    while not list(cut.glob("parts/*-runs.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=HANGS_S)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    kept = pq.read_table(cut / "runs.parquet").num_rows
    assert told == f"kampuchea: interrupted: {kept} of 16 runs are in cut; the same command with --resume goes on\n"
    assert 0 < kept < 16
    kampuchea.run(*base, "--jobs", 1, "--out", "cut", "--resume")
    assert tables(kampuchea.folder / "cut") == tables(kampuchea.folder / "whole")
    assert json.loads((cut / "manifest.json").read_text())["complete"] is True


@pytest.mark.slow
def test_a_failed_run_is_a_row_with_its_error_and_not_the_end(kampuchea: CommandLine, third_game: str) -> None:
    done = kampuchea.run(
        *("simulate", TEMPLATE, "--runs", 4, "--seed", 1, "--jobs", 2, "--json", "--out", "out"),
        *("--agents", "vietnam=failing,dk=passive"),
        MISBEHAVE_IN=third_game,
    )
    runs = json.loads(done.stdout)["runs"]
    assert [run["error"] for run in runs] == [None, None, "ValueError: no plan for this game", None]
    assert [run["state_hash"] is None for run in runs] == [False, False, True, False]
    table = pq.read_table(kampuchea.folder / "out" / "runs.parquet").to_pydict()
    assert table["error_type"] == [None, None, "ValueError", None]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_a_killed_worker_costs_its_own_run_only_and_resume_tries_it_again(
    kampuchea: CommandLine, third_game: str
) -> None:
    base = ("simulate", TEMPLATE, "--runs", 5, "--jobs", 2, "--json", "--out", "out")
    base += ("--agents", "vietnam=killing,dk=passive")
    runs = json.loads(kampuchea.run(*base, MISBEHAVE_IN=third_game).stdout)["runs"]
    assert [run["seed"] for run in runs if run["error"]] == [3]
    assert "WorkerDied" in runs[2]["error"]
    assert all(run["state_hash"] for run in runs if run["seed"] != 3)
    again = json.loads(kampuchea.run(*base, "--resume").stdout)["runs"]
    assert [run["error"] for run in again] == [None] * 5
    assert [run["state_hash"] for run in again[3:]] == [run["state_hash"] for run in runs[3:]]


def test_tables_open_with_documented_columns_and_stable_types(kampuchea: CommandLine) -> None:
    kampuchea.run("simulate", TEMPLATE, "--runs", 2, "--jobs", 1, "--out", "out", *QUIET)
    folder = kampuchea.folder / "out"
    found = {name: pq.read_table(folder / f"{name}.parquet") for name in TABLES}
    assert found["runs"].num_rows == 2
    assert found["turns"].num_rows == 2 * 10 * 2
    assert found["losses"].num_rows == 2 * 2
    assert found["milestones"]["date"].type == "date32[day]"
    for table in found.values():
        assert table["run"].type == "int32"
        assert table["seed"].type == "int64"
        assert all(field.metadata[b"description"] for field in table.schema)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {"version", "scenario", "scenario_hash", "ruleset", "seed", "seeds", "agents"} <= set(manifest)
    assert manifest["agents"] == {"vietnam": "passive", "dk": "passive"}
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json",
        ".lock",
        *(f"{name}.parquet" for name in TABLES),
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no_such_war"], "no_such_war"),
        ([TEMPLATE, "--runs", "0"], "--runs"),
        ([TEMPLATE, "--runs", "many"], "valid integer"),
        ([TEMPLATE, "--seed", "-1"], "--seed"),
        ([TEMPLATE, "--seed", "2147483647", "--runs", "2"], "2147483647"),
        ([TEMPLATE, "--jobs", "0"], "--jobs"),
        ([TEMPLATE, "--agents", "passive"], "side=agent"),
        ([TEMPLATE, "--agents", "vietnm=passive"], "did you mean 'vietnam'"),
        ([TEMPLATE, "--agents", "vietnam=comander"], "did you mean 'commander'"),
        ([TEMPLATE, "--resume"], "--out"),
        ([TEMPLATE, "--nonsense"], "--nonsense"),
    ],
)
def test_arguments_that_cannot_work_get_one_message_and_status_2(
    kampuchea: CommandLine, arguments: list[str], told: str
) -> None:
    done = kampuchea.run("simulate", *arguments, status=2)
    assert done.stdout == ""
    assert told in done.stderr


def test_a_folder_that_holds_a_sweep_is_not_overwritten_nor_mixed_with_another(kampuchea: CommandLine) -> None:
    base = ("simulate", TEMPLATE, "--jobs", 1, "--out", "out", *QUIET)
    kampuchea.run(*base, "--runs", 2)
    before = tables(kampuchea.folder / "out")
    assert "--resume" in kampuchea.run(*base, "--runs", 2, status=2).stderr
    assert "seed" in kampuchea.run(*base, "--runs", 2, "--seed", 9, "--resume", status=2).stderr
    assert "--runs 1" in kampuchea.run(*base, "--runs", 1, "--resume", status=2).stderr
    changed = shutil.copytree(TEMPLATE, kampuchea.folder / "changed")
    text = (changed / "forces.yaml").read_text().replace("men: 8500", "men: 8400")
    (changed / "forces.yaml").write_text(text)
    told = kampuchea.run("simulate", changed, "--jobs", 1, "--out", "out", "--resume", *QUIET, status=2).stderr
    assert "scenario hash" in told
    assert tables(kampuchea.folder / "out") == before


def test_a_finished_sweep_can_be_made_longer(kampuchea: CommandLine) -> None:
    base = ("simulate", TEMPLATE, "--jobs", 1, *QUIET)
    kampuchea.run(*base, "--runs", 3, "--out", "long")
    kampuchea.run(*base, "--runs", 1, "--out", "grown")
    found = json.loads(kampuchea.run(*base, "--runs", 3, "--out", "grown", "--resume", "--json").stdout)
    assert [run["seed"] for run in found["runs"]] == [1, 2, 3]
    assert found["runs"][0]["result"]["dk"]["men"] > 0
    assert tables(kampuchea.folder / "grown") == tables(kampuchea.folder / "long")


def test_a_finished_sweep_resumed_is_told_again_and_left_as_it_is(kampuchea: CommandLine) -> None:
    base = ("simulate", TEMPLATE, "--jobs", 2, "--runs", 2, "--out", "out", *QUIET)
    kampuchea.run(*base)
    before = tables(kampuchea.folder / "out")
    assert "2 of 2 runs ended" in kampuchea.run(*base, "--resume").stdout
    assert tables(kampuchea.folder / "out") == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the super-user may write anywhere")
def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(kampuchea: CommandLine) -> None:
    locked = kampuchea.folder / "locked"
    locked.mkdir(mode=0o500)
    assert "locked" in kampuchea.run("simulate", TEMPLATE, "--out", locked / "out", status=2).stderr


def test_a_file_in_place_of_the_folder_is_refused_before_anything_runs(kampuchea: CommandLine) -> None:
    (kampuchea.folder / "out").write_text("mine")
    assert "out" in kampuchea.run("simulate", TEMPLATE, "--out", "out", status=2).stderr
    assert (kampuchea.folder / "out").read_text() == "mine"


def test_a_manifest_that_is_not_one_is_refused(kampuchea: CommandLine) -> None:
    (kampuchea.folder / "out").mkdir()
    (kampuchea.folder / "out" / "manifest.json").write_text("{")
    assert "manifest" in kampuchea.run("simulate", TEMPLATE, "--out", "out", "--resume", status=2).stderr
