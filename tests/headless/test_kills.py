"""Sweeps whose process is killed or interrupted at any moment. KAMPUCHEA_KILLS: how often; a few if it is not set."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import HANGS_S, TEMPLATE, CommandLine

KILLS = int(os.environ.get("KAMPUCHEA_KILLS", "3"))
_RUNS = 24
_OFTEN = """
import sys
from game.headless import store
store.FLUSH_RUNS = 2
from game.__main__ import main
main()
"""
"""The command line, which writes its runs so often that many moments are between two files."""
_AT_IMPORT = """
import os, signal, sys

class Interrupt:
    left = int(sys.argv.pop(1))
    def find_spec(self, name, path=None, target=None):
        Interrupt.left -= 1
        if Interrupt.left == 0:
            os.killpg(0, signal.SIGINT)

from game.__main__ import main
sys.meta_path.insert(0, Interrupt())
main()
"""
"""The command line, whose process group is interrupted at the import with the number that comes first."""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL and no process groups on Windows")


def _tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


@pytest.mark.slow
def test_a_sweep_killed_again_and_again_ends_with_the_bytes_of_one_that_was_not(kampuchea: CommandLine) -> None:
    command = [sys.executable, "-c", _OFTEN, "simulate", str(TEMPLATE), "--runs", str(_RUNS), "--jobs", "2", "--resume"]
    command += ["--agents", "vietnam=random,dk=passive", "--out"]
    chance = random.Random(KILLS)
    longest, kills = 1.0, 0

    def sweep(folder: str, seconds: float | None) -> bool:
        """Whether it came to its end."""
        nonlocal longest
        process = subprocess.Popen(
            [*command, folder],
            cwd=kampuchea.folder,
            env=kampuchea.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            _, told = process.communicate(timeout=HANGS_S if seconds is None else seconds)
        except subprocess.TimeoutExpired:
            process.kill()  # its workers end by themselves
            process.communicate()
            longest *= 1.1  # it was not over yet: moments further on are worth a trial too
            return False
        assert process.returncode == 0, told
        return True

    assert sweep("whole", None)
    whole = _tables(kampuchea.folder / "whole")
    while kills < KILLS:
        if sweep("cut", chance.uniform(longest / 2, longest)):
            assert _tables(kampuchea.folder / "cut") == whole, kills
            shutil.rmtree(kampuchea.folder / "cut")
            longest *= 0.8
        else:
            kills += 1
    assert sweep("cut", None)
    assert _tables(kampuchea.folder / "cut") == whole


@pytest.mark.slow
@pytest.mark.parametrize("number", random.Random(1).sample(range(1, 400), KILLS))
def test_ctrl_c_while_modules_are_imported_is_one_line_and_status_130(kampuchea: CommandLine, number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _AT_IMPORT, str(number), "simulate", str(TEMPLATE), "--runs", "2", "--jobs", "2"],
        cwd=kampuchea.folder,
        env=kampuchea.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "kampuchea: interrupted\n")


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 3])
def test_ctrl_c_while_workers_start_is_one_line_however_often(kampuchea: CommandLine, times: int) -> None:
    process = subprocess.Popen(
        kampuchea.command("simulate", TEMPLATE, "--runs", 400, "--jobs", 2, "--out", "out"),
        cwd=kampuchea.folder,
        env=kampuchea.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while process.poll() is None and not (kampuchea.folder / "out" / "manifest.json").exists():
        time.sleep(0.01)
    for _ in range(times):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=HANGS_S)
    assert process.returncode == 130
    (line,) = told.splitlines()
    assert line.startswith("kampuchea: interrupted")
