"""`.ci/run` is green only if the tests ran to their end."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
GREEN = "........ [100%]\n12 passed, 1 skipped in 3.21s\n"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@pytest.mark.parametrize(
    ("log", "status", "last"),
    [
        (GREEN, 0, "12 passed, 1 skipped in 3.21s"),
        ("== 12 passed in 3.21s ==\nmake: done\n", 0, "== 12 passed in 3.21s =="),
        ("....\n1 failed, 11 passed in 3.21s\n", 0, "1 failed, 11 passed in 3.21s"),
        ("....", 1, "no pytest summary: the tests did not run to their end"),
        ("", 1, "no pytest summary: the tests did not run to their end"),
        (f"[gw1] node down: Not properly terminated\n{GREEN}", 1, "12 passed, 1 skipped in 3.21s"),
        (f"worker 'gw0' crashed while running 'tests/a.py::b'\n{GREEN}", 1, "12 passed, 1 skipped in 3.21s"),
        ("3 deselected in 0.10s\n", 1, "3 deselected in 0.10s"),
    ],
)
def test_a_log_without_a_summary_or_with_a_dead_worker_fails(tmp_path: Path, log: str, status: int, last: str) -> None:
    """A test that failed is told by pytest's own status."""
    (tmp_path / "log").write_text(log, encoding="utf-8")
    done = subprocess.run(
        [REPOSITORY / ".ci" / "verdict", tmp_path / "log"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (status, last)


def test_ci_asks_for_the_verdict_on_every_log() -> None:
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    logs = [line.rpartition("tee ")[2].split()[0] for line in script.splitlines() if "tee " in line]
    assert len(logs) == 2
    assert all(re.search(rf"\.ci/verdict {re.escape(log)}\)? \|\| status=1", script) for log in logs)
