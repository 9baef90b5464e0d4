"""Whether an order may be given, and if not, why. The window, the agents and the engine ask the same function."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.columns import force
from game.core.ids import ForceId, HexIndex, Order, Stance, Ways
from game.core.kernels import plain
from game.core.orders import ForceOrder
from game.core.reasons import Reason
from game.core.records import say_reason
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.routes import Routes
from game.rules.orders import refusal as _refusal

refusal = plain(_refusal)


OF_THE_FORCE = frozenset(
    {Reason.NOT_YOURS, Reason.NOT_IN_PLAY, Reason.ROUTED, Reason.BANDS_CANNOT, Reason.KIND_CANNOT, Reason.NO_SUCH_FORCE}
)
"""Reasons that lie in the force and not in the place: no other hex would help."""


@dataclass(frozen=True)
class Refusal:
    """Why an order was refused."""

    reason: Reason
    a: int = 0
    b: int = 0

    def text(self, setting: Setting) -> str:
        """The reason in words."""
        return say_reason(self.reason, self.a, self.b, setting)


def why_not(
    setting: Setting, routes: Routes, tables: Tables, side: int, order: ForceOrder, ways: Ways
) -> Refusal | None:
    """None if side number `side` may give the order on this picture, else why not: clauses 1.3-1.5 and 1.9, and an
    assault needs an enemy whom the side knows of.

    `tables`: the side's view, so that what is refused tells nothing that the side does not know.
    """
    regions = routes.regions(tables, ways)
    reason, figure = refusal(
        tables, setting.ground, regions, side, order.force, int(order.kind), order.dest, order.then
    )
    if reason == Reason.NONE and order.kind is Order.ATTACK and not _enemy_at(tables, order.force, order.dest):
        return Refusal(Reason.NO_ENEMY_THERE, order.dest)
    return None if reason == Reason.NONE else Refusal(Reason(reason), figure)


def _enemy_at(tables: Tables, f: ForceId, hex_: HexIndex) -> bool:
    """Whether a hex holds forces with which a force is at war, as far as the tables tell."""
    here = tables.force_i[force.FACTION, tables.force_i[force.HEX] == hex_]
    return bool((tables.stance[tables.force_i[force.FACTION, f], here] == Stance.WAR).any())
