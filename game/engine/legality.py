"""Whether an order may be given, and if not, why. The window, the agents and the engine ask the same function."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import OFF_MAP, ForceKind, Order, Season, Status
from game.core.kernels import plain
from game.core.orders import ForceOrder
from game.core.reasons import Reason
from game.core.records import say_reason
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.routes import Routes
from game.rules.ground import may_enter as _may_enter

may_enter = plain(_may_enter)
_NEEDS_DEST = frozenset({Order.MOVE, Order.ATTACK, Order.RAID, Order.WITHDRAW})
_BANDS_MAY = frozenset({Order.HOLD, Order.MOVE, Order.AMBUSH, Order.RAID, Order.WITHDRAW, Order.REST})
_AIR_MAY = frozenset({Order.HOLD, Order.REST})


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
    setting: Setting, routes: Routes, tables: Tables, side: int, order: ForceOrder, season: Season
) -> Refusal | None:
    """None if side number `side` may give the order on this picture, else why not.

    `tables`: the state or the side's view; both give the same answer for the side's own forces.
    """
    f = order.force
    if not 0 <= f < tables.force_i.shape[1]:
        return Refusal(Reason.NO_SUCH_FORCE)
    if not (OFF_MAP <= order.dest < setting.map.n and OFF_MAP <= order.then < setting.map.n):
        return Refusal(Reason.BAD_DESTINATION)
    faction = int(tables.force_i[F.FACTION, f])
    if tables.faction_i[A.SIDE, faction] != side:
        return Refusal(Reason.NOT_YOURS)
    status = int(tables.force_i[F.STATUS, f])
    if status == Status.ROUTED:
        return Refusal(Reason.ROUTED)
    if status not in (Status.ACTIVE, Status.BANDS):
        return Refusal(Reason.NOT_IN_PLAY)
    if status == Status.BANDS and order.kind not in _BANDS_MAY:
        return Refusal(Reason.BANDS_CANNOT)
    if tables.force_i[F.KIND, f] == ForceKind.AIR and order.kind not in _AIR_MAY:
        return Refusal(Reason.KIND_CANNOT)
    if order.kind in _NEEDS_DEST or (order.kind == Order.AMBUSH and order.dest != OFF_MAP):
        refusal = _why_not_there(setting, routes, tables, f, order.dest, season)
        if refusal is None and order.then != OFF_MAP:
            return _why_not_there(setting, routes, tables, f, order.then, season)
        return refusal
    return None


def _why_not_there(
    setting: Setting, routes: Routes, tables: Tables, f: int, dest: int, season: Season
) -> Refusal | None:
    if not 0 <= dest < setting.map.n:
        return Refusal(Reason.BAD_DESTINATION)
    if routes.hours_to(tables, f, dest, season) < inf:
        return None
    if may_enter(tables, setting.ground, int(tables.force_i[F.FACTION, f]), dest):
        return Refusal(Reason.NO_PATH, dest)
    return Refusal(Reason.NO_ACCESS, dest)
