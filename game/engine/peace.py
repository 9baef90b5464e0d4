"""The peace process in the sequence of play, and the deed by which a party answers for its disarmament (13.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.columns import act as T
from game.core.reasons import Reason
from game.rules.council import answer
from game.rules.peace import play_peace
from game.rules.process import Process

if TYPE_CHECKING:
    from game.engine.world import World


def settle(world: World) -> None:
    """13.1 One month, where the scenario says how its war may be settled."""
    if world.setting.peace is not None:
        w, g, c, x, _, now = world.month
        play_peace(Process(w, g, c, x, world.setting.ruleset, world.setting.peace, now))


def disarm(world: World, row: list[int]) -> Reason:
    """13.13 Deed DISARM: men are sent to cantonment (VALUE 1), or the party refuses (0)."""
    if world.setting.peace is None:
        return Reason.NO_ACCORD
    w, g, c, x, _, now = world.month
    process = Process(w, g, c, x, world.setting.ruleset, world.setting.peace, now)
    return answer(process, row[T.FACTION], row[T.VALUE] != 0, Reason(row[T.REASON]))
