"""An agent that gives no orders: its forces hold where they stand."""

from __future__ import annotations

from game.core.orders import Orders
from game.core.view import View
from game.engine.playable import Playable


class Passive:
    """Does nothing. The base line for every comparison."""

    name = "passive"

    def __init__(self, scenario: Playable, side: str) -> None:
        self.side = side

    def orders(self, view: View) -> Orders:
        return Orders()
