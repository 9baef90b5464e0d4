"""Compile everything before it is wanted: the first turn of the first game is then as quick as any other."""

from __future__ import annotations

import threading

import numpy as np

from game.ai.registry import agent
from game.core import compiling
from game.core.columns import force as F
from game.core.compiling import Progress
from game.core.ids import OFF_MAP, Status, Term
from game.core.kernels import COMPILED
from game.core.view import View
from game.engine.playable import Playable, load
from game.rules.bargain import judge_offer
from game.rules.month import play_month
from game.rules.preview import preview
from game.rules.treaties import in_force, proposed
from game.rules.worth import PARTS
from game.scenario.library import list_scenarios

_lock = threading.Lock()
_warm = threading.Event()
AGENTS = ("random", "commander")
"""Agents of the game's own that have kernels."""


def warm_up(progress: Progress = lambda what, share: None) -> None:
    """Make ready all that is compiled, from the disk if it was compiled before. Slow the first time (some minutes).

    Safe to call from any thread and any number of times: a second caller waits for the first, later ones return at
    once. The games that are played afterwards compile nothing more. What `progress` raises ends it.
    """
    with _lock:
        if COMPILED and not _warm.is_set():
            # a shipped scenario has the very types that games have
            play_a_little(load(list_scenarios()[0]))
            compiling.finish(progress)
            _warm.set()
    progress("ready", 1.0)


def is_warm() -> bool:
    """Whether nothing is left to be compiled."""
    return _warm.is_set() or not COMPILED


def play_a_little(scenario: Playable) -> None:
    """Call every kernel that games enter, once, in the order in which a game wants them; some seconds uncompiled."""
    world = scenario.start(0)
    side = scenario.sides[0]
    view = world.view(side)
    orders = [agent(name, scenario, side).orders(view) for name in AGENTS][-1]
    world.step({side: orders})
    play_month(*world.month)
    setting = scenario.definition.setting
    for look_up in (proposed, in_force):
        look_up(view.tables, int(Term.TRADE), 0, 1)
    judge_offer(
        view.tables, setting.cast, setting.ruleset, 0, 1, int(Term.TRADE), False, 0, False, np.zeros(PARTS)
    )  # an offer that need not be made
    _preview_any(scenario, view)


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
