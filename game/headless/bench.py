"""How fast the game runs on this machine. Every figure is measured in a fresh process (game.headless.probe)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

GOALS = {
    "world_turns_per_s": (">=", 500.0),
    "cold_start_s": ("<=", 15.0),
    "warm_start_s": ("<=", 1.0),
    "peak_rss_mb": ("<=", 300.0),
    "frame_ms_p99": ("<=", 16.0),
}
"""What the design asks for; figures that are not here have no goal."""


_PROBE = """
import sys
from game.core.memory import collect_seldom
collect_seldom()
from game.headless.probe import main
main(sys.argv[1:])
"""
"""As the command line enters (game.cli.main)."""


class BenchError(Exception):
    """A measurement that failed; the text says which, and what it printed last."""


def bench(tell: Callable[[str], None]) -> dict[str, object]:
    """The figures that need no window. `tell` hears what is being measured. BenchError if a measurement fails."""
    with tempfile.TemporaryDirectory(prefix="kampuchea-bench-") as cache:
        tell("first turn with an empty kernel cache")
        cold_start_s, _ = measured("first-turn", cache)
        tell("compiling what the first turn left to compile")
        measured("compile", cache)
        tell("first turn with kernels on disk")
        # the second of two, because the first also fills the system's file cache
        measured("first-turn", cache)
        warm_start_s, _ = measured("first-turn", cache)
        tell("a whole run of the scenario")
        _, run = measured("scenario", cache)
        tell("bench world")
        _, world = measured("bench", cache)
    peaks = [p for p in (run["peak_rss_mb"], world["peak_rss_mb"]) if isinstance(p, float)]
    return {
        "world_turns_per_s": world["world_turns_per_s"],
        "chapters_us": world["chapters_us"],
        "world_copy_us": world["world_copy_us"],
        "cold_start_s": cold_start_s,
        "warm_start_s": warm_start_s,
        "peak_rss_mb": max(peaks) if peaks else None,
        "run_s": run["run_s"],
    }


def measured(what: str, cache: str) -> tuple[float, dict[str, object]]:
    """Seconds from start to end of a probe in its own process, and what it found."""
    began = time.perf_counter()
    printed = run_python(["-c", _PROBE, what], what, {"NUMBA_CACHE_DIR": cache})
    return time.perf_counter() - began, json.loads(printed)


def python_lines(arguments: list[str], what: str, environment: dict[str, str]) -> Iterator[str]:
    """What a Python process of this installation prints, line by line as it comes. BenchError if it fails."""
    with subprocess.Popen(
        [sys.executable, *arguments], env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield from process.stdout
    if process.returncode != 0:
        raise BenchError(f"measuring {what} failed with status {process.returncode}")


def run_python(arguments: list[str], what: str, environment: dict[str, str]) -> str:
    """What a Python process of this installation prints. BenchError if it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["nothing printed"]
        raise BenchError(f"measuring {what} failed with status {done.returncode}: {last[0]}")
    return done.stdout
