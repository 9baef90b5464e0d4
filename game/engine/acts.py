"""Acts (1.8): what factions do that is no order to a force. Each kind is a clause of the chapter it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.core.columns import act as T
from game.core.columns import faction as A
from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, Act, Life
from game.core.orders import Orders
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.engine import deeds_economy, diplomacy
from game.engine.events import choose
from game.engine.peace import disarm
from game.rules.workspace import note_row

if TYPE_CHECKING:
    from game.engine.world import World

Deed = Callable[["World", list[int]], Reason]
"""Does an act (a row of columns.act), or says why not and changes nothing."""

DEEDS: dict[Act, Deed] = {
    **diplomacy.DEEDS,
    Act.POLICY: deeds_economy.set_policy,
    Act.AID: deeds_economy.set_aid,
    Act.RAISE: deeds_economy.raise_formation,
    Act.CHOOSE: choose,
    Act.DISARM: disarm,
}
"""Kind of act -> what does it."""


def take_acts(world: World) -> None:
    """1.8 The acts of all sides."""
    for side, row in world.acts():
        why = _take(world, side, row)
        done = why is Reason.NONE
        note_row(
            world.work, world.hour, RecordKind.ACT if done else RecordKind.ACT_REFUSED,
            row[T.FACTION], NO_FORCE, OFF_MAP, NO_FACTION,
            row[T.KIND], row[T.A], row[T.B], row[T.VALUE], row[T.UNTIL], Reason(row[T.REASON]) if done else why,
        )  # fmt: skip


def _take(world: World, side: int, row: list[int]) -> Reason:
    why = refusal(world, side, row)
    return DEEDS[Act(row[T.KIND])](world, row) if why is Reason.NONE else why


def why_not_act(world: World, side: str, orders: Orders) -> Reason:
    """1.8 Why the last of a side's acts would be refused after those before it, as far as the side can know, or
    Reason.NONE: they are tried on its own picture of the game. KeyError if there is no such side."""
    trial = type(world)(world.scenario, world.routes, world.view(side).state, world.tracker.copy())
    why = Reason.NONE
    for row in orders.act_rows:
        why = _take(trial, world.setting.side_index(side), row)
    return why


def refusal(world: World, side: int, row: list[int]) -> Reason:
    """1.8 Why a side may not act at all, or Reason.NONE."""
    t = world.tables
    if row[T.KIND] not in DEEDS:
        return Reason.NO_SUCH_ORDER
    faction = row[T.FACTION]
    if not 0 <= faction < t.faction_i.shape[1] or t.faction_i[A.SIDE, faction] != side:
        return Reason.NOT_YOURS
    return Reason.NONE if t.faction_i[A.LIFE, faction] == Life.ACTIVE else Reason.NOT_IN_PLAY
