"""Whether an order may be given, and if not, why. The window, the agents and the engine ask the same function."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.ids import Ways
from game.core.kernels import plain
from game.core.orders import ForceOrder
from game.core.reasons import Reason
from game.core.records import say_reason
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.routes import Routes
from game.rules.orders import refusal as _refusal

refusal = plain(_refusal)


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
    """None if side number `side` may give the order on this picture, else why not: clauses 1.3-1.5 and 1.9.

    `tables`: the state or the side's view; both give the same answer for the side's own forces.
    """
    regions = routes.regions(tables, ways)
    reason, figure = refusal(
        tables, setting.ground, regions, side, order.force, int(order.kind), order.dest, order.then
    )
    return None if reason == Reason.NONE else Refusal(Reason(reason), figure)
