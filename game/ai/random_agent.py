"""An agent that gives orders at random: legal, pointless, and the same for the same seed."""

from __future__ import annotations

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import force as F
from game.core.ids import OFF_MAP, ForceKind, Order, Status
from game.core.kernels import plain
from game.core.orders import Orders
from game.core.reasons import Reason
from game.core.rng import Purpose
from game.core.view import View
from game.engine.playable import Playable
from game.rules.orders import kind_can, names_camp

_uniform = plain(rng.uniform)
_kind_can, _names_camp = plain(kind_can), plain(names_camp)
_KINDS = (
    *(Order.HOLD, Order.MOVE, Order.ATTACK, Order.REST, Order.WITHDRAW),
    *(Order.PATROL, Order.SWEEP, Order.SABOTAGE, Order.CLEAR),
)
_BANDS_KINDS = (Order.REST, Order.MOVE, Order.WITHDRAW, Order.AMBUSH, Order.RAID, Order.SABOTAGE)
_STAYS = (Order.HOLD, Order.REST, Order.PATROL)


class RandomAgent:
    """Each turn gives each force, with one chance in two, a random order towards a random place of the map."""

    name = "random"

    def __init__(self, scenario: Playable, side: str) -> None:
        self.side = side
        setting = scenario.definition.setting
        self._goals = sorted({place.hex for place in setting.map.places if setting.map.is_land[place.hex]})
        self._routes = scenario.routes

    def orders(self, view: View) -> Orders:
        orders = Orders()
        fi = view.tables.force_i
        seed = int(view.tables.clock[C.SEED])
        for f in view.own_forces():
            if fi[F.STATUS, f] == Status.ROUTED or fi[F.KIND, f] == ForceKind.AIR:
                continue
            draw = [_uniform(seed, view.hour, f, int(Purpose.AGENT), k) for k in range(3)]
            if draw[0] < 0.5:
                continue
            kinds = _BANDS_KINDS if fi[F.STATUS, f] == Status.BANDS else _KINDS
            kind = kinds[int(draw[1] * len(kinds))]
            goal = self._goals[int(draw[2] * len(self._goals))] if self._goals else OFF_MAP
            if not _kind_can(int(fi[F.KIND, f]), int(kind)):
                continue
            if kind in _STAYS:
                goal = OFF_MAP
            elif _names_camp(view.tables, int(kind), int(fi[F.HEX, f]), goal, OFF_MAP) != OFF_MAP:
                continue
            elif self._routes.hours_to(view.tables, f, goal, view.ways) == float("inf"):
                continue
            orders.give(f, kind, goal, Reason.PLAN_WHIM)
        return orders
