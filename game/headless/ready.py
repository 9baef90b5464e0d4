"""Compile the rules once, before a sweep: workers that find nothing on disk would compile everything each."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from game.ai.registry import agent
from game.core.kernels import COMPILED, finish_compiling, source_digest

if TYPE_CHECKING:
    from game.engine.playable import Playable

_COMPILING = ("commander", "random")
"""Agents of the game's own that have kernels."""


def make_ready(scenario: Playable, agents: Mapping[str, str], progress: Callable[[str], None]) -> None:
    """Compile what games of the scenario need, unless it was done on this machine before. Takes most of a minute.

    `agents`: side -> name. `progress` is told what is being compiled. KeyboardInterrupt leaves what was compiled.
    """
    if not COMPILED or _note(agents).exists():
        return
    progress("agents")
    world = scenario.start(0)
    orders = {
        side: agent(name, scenario, side).orders(world.view(side))
        for side, name in agents.items()
        if name in _COMPILING
    }
    progress("a first turn")
    world.step(orders)
    finish_compiling(progress)
    with suppress(OSError):  # without the note the next sweep only looks again
        _note(agents).touch()


def _note(agents: Mapping[str, str]) -> Path:
    """The file that says that everything for such agents is on disk."""
    names = "-".join(sorted(set(agents.values()) & set(_COMPILING)))
    return Path(os.environ["NUMBA_CACHE_DIR"]) / f"ready-{source_digest()}-{names}"
