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
        play_peace(Process(world.tables, world.work, world.setting, world.setting.peace, world.month[-1]))


def disarm(world: World, row: list[int]) -> Reason:
    """13.13 Deed DISARM: men are sent to cantonment (VALUE 1), or the party refuses (0)."""
    if world.setting.peace is None:
        return Reason.NO_ACCORD
    process = Process(world.tables, world.work, world.setting, world.setting.peace, world.month[-1])
    return answer(process, row[T.FACTION], row[T.VALUE] != 0, Reason(row[T.REASON]))
