"""Compile everything before it is wanted: the first turn of the first game is then as quick as any other."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from game.ai.registry import agent
from game.core.columns import force as F
from game.core.ids import OFF_MAP, Status, Term
from game.core.kernels import COMPILED, finish_compiling
from game.core.view import View
from game.engine.playable import Playable, load
from game.rules.bargain import judge_offer
from game.rules.month import play_month
from game.rules.preview import preview
from game.rules.worth import PARTS
from game.scenario.library import list_scenarios

Progress = Callable[[str, float], None]
"""Takes what is being done and the share (0..1) done before it."""

_lock = threading.Lock()
_warm = threading.Event()


def warm_up(progress: Progress | None = None) -> None:
    """Make ready all that is compiled, from the disk if it was compiled before. Slow the first time (some minutes).

    Safe to call from any thread and any number of times: a second caller waits for the first, later ones return at
    once. The games that are played afterwards compile nothing more.
    """
    with _lock:
        if COMPILED and not _warm.is_set():
            _compile_all(progress or (lambda what, share: None))
            _warm.set()
    if progress is not None:
        progress("ready", 1.0)


def is_warm() -> bool:
    """Whether nothing is left to be compiled."""
    return _warm.is_set() or not COMPILED


def _compile_all(progress: Progress) -> None:
    # a shipped scenario has the very types that games have
    parts = 5
    progress("map and ways", 0.0)
    scenario = load(list_scenarios()[0])
    progress("visibility", 1 / parts)
    world = scenario.start(0)
    side = scenario.sides[0]
    view = world.view(side)
    progress("agents", 2 / parts)
    orders = [agent(name, scenario, side).orders(view) for name in ("random", "commander")][-1]
    progress("rules", 3 / parts)
    play_month(*world.month)
    setting = scenario.definition.setting
    judge_offer(
        view.tables, setting.cast, setting.ruleset, 0, 1, int(Term.TRADE), False, 0, False, np.zeros(PARTS)
    )  # an offer that need not be made
    world.step({side: orders})
    progress("battle preview", 4 / parts)
    _preview_any(scenario, view)
    finish_compiling(lambda what: progress(what, 4 / parts))


def _preview_any(scenario: Playable, view: View) -> None:
    """Preview a battle that need not be there."""
    t = view.tables
    f = next(view.own_forces())
    faction = t.force_i[F.FACTION, f]
    foe = next(k for k, other in enumerate(t.force_i[F.FACTION].tolist()) if t.stance[faction, other] == 0)
    beside = scenario.definition.setting.map.neighbours[t.force_i[F.HEX, f]]
    target = int(beside[np.flatnonzero(beside != OFF_MAP)[0]])
    t.force_i[F.HEX, foe], t.force_i[F.STATUS, foe], t.force_i[F.MEN, foe] = target, Status.ACTIVE, 1000
    t.force_i[F.STATUS, f], t.force_i[F.KIND, f] = Status.ACTIVE, 0
    preview(scenario.definition.setting, t, [f], target, draws=1)
