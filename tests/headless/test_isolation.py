"""Whatever an agent does costs its run, never the sweep: a row with its error, and the output stays whole."""

from __future__ import annotations

import json
import sys

import pyarrow.parquet as pq
import pytest
from command_line import TEMPLATE, CommandLine

from game.core.columns import clock
from game.engine.playable import Playable
from game.headless.run import describe

DOINGS = {
    "raises": ("ValueError: no plan for this game", "in raises"),
    "exits": ("SystemExit: 3", "in exits"),
    "interrupts": ("KeyboardInterrupt", "in interrupts"),
    "lies": ("ValueError: \\udc80", "in lies"),
    "ends": ("WorkerDied: the process that ran it ended, twice: exit status 0", ""),
    "hangs": ("TimedOut: it took more than 8 s", "in hangs"),
    "eats": (
        "MemoryError: Unable to allocate 1.00 GiB for an array with shape (134217728,) and data type float64",
        "in eats",
    ),
}
"""What an agent does, the error of its run, and a part of its traceback."""
LIMITED = ["eats"] if sys.platform == "linux" else []
DOES = ["", *(does for does in DOINGS if does != "eats"), *LIMITED, ""]
"""What it does in each run."""


@pytest.fixture(scope="module")
def doings(small: Playable) -> str:
    """The variable that makes the agent do in run k of a sweep from seed 1 what DOES says."""
    games = [str(small.start(1 + k).view("vietnam").tables.clock[clock.SEED]) for k in range(len(DOES))]
    return json.dumps({game: does for game, does in zip(games, DOES, strict=True) if does})


@pytest.mark.slow
def test_whatever_an_agent_does_costs_its_run_only_for_any_number_of_processes(
    kampuchea: CommandLine, doings: str
) -> None:
    base = ("simulate", TEMPLATE, "--runs", len(DOES), "--json", "--run-seconds", 8)
    base += ("--agents", "vietnam=bad,dk=passive")
    rows = {}
    for jobs in (1, 2):
        done = kampuchea.run(*base, "--jobs", jobs, "--out", f"out{jobs}", DOES=doings, status=0)
        runs = json.loads(done.stdout)["runs"]
        for does, run in zip(DOES, runs, strict=True):
            error, traceback = DOINGS.get(does, (None, None))
            assert run["error"] == error
            assert (run["state_hash"] is None) == (error is not None)
            assert traceback is None or traceback in run["traceback"]
        assert "an agent talks" in done.stderr and "and to the pipe too" in done.stderr
        rows[jobs] = pq.read_table(kampuchea.folder / f"out{jobs}" / "runs.parquet").to_pylist()
        assert [row["traceback"] for row in rows[jobs]] == [run["traceback"] for run in runs]
    of_the_machine = ("ends", "hangs", "eats")
    for does, one, two in zip(DOES, rows[1], rows[2], strict=True):
        assert one == two or does in of_the_machine
    again = json.loads(kampuchea.run(*base, "--out", "out2", "--resume").stdout)["runs"]
    assert [run["error"] is None for run in again] == [does in ("", *of_the_machine) for does in DOES]


@pytest.mark.parametrize("agent", ["ending", "leaving"])
def test_an_agent_whose_module_ends_the_process_is_refused_before_anything_runs(
    kampuchea: CommandLine, agent: str
) -> None:
    done = kampuchea.run("simulate", TEMPLATE, "--agents", f"dk={agent}", "--json", status=2)
    (message,) = done.stderr.splitlines()
    assert done.stdout == "" and "uninstall" in message


@pytest.mark.skipif(sys.platform == "win32", reason="processes there make no copies, and pipes have no numbers")
@pytest.mark.parametrize(
    ("does", "error"),
    [
        ("forks", None),
        ("cuts", "WorkerDied: the process that ran it ended, twice: exit status 1"),
        (
            "babbles",
            "WorkerDied: the process that ran it ended, twice: an agent cut its line to the sweep or wrote to it",
        ),
        ("exits_as_it_tells", "Untold: its message cannot be told: SystemExit"),
    ],
)
def test_an_agent_that_meddles_with_its_process_costs_at_most_its_run(
    kampuchea: CommandLine, small: Playable, does: str, error: str | None
) -> None:
    games = [str(small.start(seed).view("vietnam").tables.clock[clock.SEED]) for seed in range(1, 5)]
    doings = json.dumps(dict.fromkeys(games if error is None else games[1:2], does))
    base = ("simulate", TEMPLATE, "--runs", len(games), "--jobs", 1, "--json", "--agents", "vietnam=bad,dk=passive")
    runs = json.loads(kampuchea.run(*base, DOES=doings, status=0).stdout)["runs"]
    assert [run["error"] for run in runs] == [None, error, None, None]


def test_an_error_that_cannot_say_what_it_is_is_told_nevertheless() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError

    told = describe(Mute())
    assert (told.type, told.message) == ("Mute", "its message cannot be told: ValueError")
