"""Measurements that need a process of their own: `python -m game.headless.probe WHAT`, one JSON object on stdout.

first-turn        plays one turn of the main scenario; whoever started the process takes the time
compile           compiles all kernels
scenario          seconds of a whole run of the main scenario, kernels warm, and peak memory
bench             turns a second, microseconds a chapter and a copy, and peak memory, on the bench world
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from game.ai.registry import agent
from game.core import compiling
from game.engine.playable import Playable, load

if TYPE_CHECKING:
    from game.ai.agent import Agent
    from game.core.orders import Orders
    from game.engine.world import World

SCENARIO = "christmas_invasion_1978"
AGENT = "commander"
_MEASURE_S = 5.0
"""Whole games of the bench world are played until this much time has been measured."""
_COPIES = 200


def main(arguments: list[str]) -> None:
    """Print what was asked for. SystemExit if it is not known."""
    match arguments:
        case ["first-turn"]:
            found: dict[str, object] = first_turn()
        case ["compile"]:
            from game.ai.warmup import warm_up

            warm_up()
            found = {}
        case ["scenario"]:
            found = scenario_run()
        case ["bench"]:
            found = bench_world()
        case _:
            sys.exit("usage: python -m game.headless.probe first-turn|compile|scenario|bench")
    print(json.dumps(found))


class Game:
    """A scenario with the same agent on every side, timed; with `by_chapter`, each step of the turn too."""

    def __init__(self, playable: Playable, *, by_chapter: bool = False) -> None:
        self.playable = playable
        self.by_chapter = by_chapter
        self.seconds = {"views": 0.0, "agents": 0.0}
        self.turns = 0
        self.elapsed = 0.0

    def play(self, seed: int, most_turns: int | None = None) -> World:
        """Play a game, or its first turns, adding to the times."""
        world = self.playable.start(seed)
        world.timer = self.seconds if self.by_chapter else None
        commanders = {side: agent(AGENT, self.playable, side) for side in self.playable.sides}
        while not world.over and (most_turns is None or world.turn < most_turns):
            began = time.perf_counter()
            orders = {side: self._ask(commander, world, side) for side, commander in commanders.items()}
            world.step(orders)
            self.elapsed += time.perf_counter() - began
            self.turns += 1
        return world

    def _ask(self, commander: Agent, world: World, side: str) -> Orders:
        began = time.perf_counter()
        view = world.view(side)
        seen = time.perf_counter()
        orders = commander.orders(view)
        self.seconds["views"] += seen - began
        self.seconds["agents"] += time.perf_counter() - seen
        return orders


def first_turn() -> dict[str, object]:
    """One turn of the main scenario, commanders on all sides."""
    return {"turn": Game(load(SCENARIO)).play(seed=1, most_turns=1).turn}


def scenario_run() -> dict[str, object]:
    """`run_s`: a whole run, after one that warms the kernels and fields up as in a sweep; `peak_rss_mb`."""
    playable = load(SCENARIO)
    Game(playable).play(seed=1)
    began = time.perf_counter()
    Game(playable).play(seed=2)
    return {"run_s": time.perf_counter() - began, "peak_rss_mb": peak_rss_mb()}


def bench_world() -> dict[str, object]:
    """`world_turns_per_s`, `chapters_us`, `world_copy_us` and `peak_rss_mb` on the bench world."""
    from game.headless.benchworld import write

    with tempfile.TemporaryDirectory() as folder:
        playable = load(write(Path(folder)))
    Game(playable).play(seed=1)
    game = Game(playable)
    seed = 2
    while game.elapsed < _MEASURE_S:
        world = game.play(seed)
        seed += 1
    peak = peak_rss_mb()
    # each chapter entered by itself takes longer than all at once, so a game of its own tells them apart; the kernels
    # that only this loads are left out of the peak
    parts = Game(playable, by_chapter=True)
    parts.play(seed=1)
    compiling.finish()
    parts = Game(playable, by_chapter=True)
    parts.play(seed=2)
    unlisted = parts.elapsed - sum(parts.seconds.values())
    copies = []
    for _ in range(_COPIES):
        began = time.perf_counter()
        world.copy()
        copies.append(time.perf_counter() - began)
    return {
        "world_turns_per_s": game.turns / game.elapsed,
        "chapters_us": {k: 1e6 * s / parts.turns for k, s in [*parts.seconds.items(), ("bookkeeping", unlisted)]},
        "world_copy_us": 1e6 * sorted(copies)[_COPIES // 2],
        "peak_rss_mb": peak,
    }


def peak_rss_mb() -> float | None:
    """Largest resident memory of this process so far, MB of 10**6 bytes; None where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        # not getrusage: Linux counts there what the parent had at the time of the fork
        kib = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:")).split()[1]
        return int(kib) * 1024 / 1e6
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
