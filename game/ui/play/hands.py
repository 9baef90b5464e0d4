"""What keys and clicks do to the desk: select, aim, order, undo, move the hex cursor."""

from __future__ import annotations

from collections.abc import Callable

from game.core.ids import NO_FACTION, OFF_MAP, HexIndex, Order
from game.ui.keys import KeyMap
from game.ui.mapview import CounterHit, MapView
from game.ui.play.desk import Desk
from game.ui.play.overlays import movements
from game.ui.play.stackpane import ORDER_KEYS
from game.ui.steering import Steering

_CURSOR = {"cursor_left": (-1, 0), "cursor_right": (1, 0), "cursor_up": (0, -1), "cursor_down": (0, 1)}
_ORDERS = {command: kind for kind, command in ORDER_KEYS}
OVERLAYS = ("control", "supply", "support", "people", "mines", "season", "reach")
"""Commands that lay something over the map."""


class Hands:
    """The person's hands on the desk. `busy` says whether a turn is being resolved: then nothing can be ordered."""

    def __init__(self, desk: Desk, steer: Steering, keys: KeyMap, busy: Callable[[], bool]) -> None:
        self.desk, self.steer, self.keys, self.busy = desk, steer, keys, busy

    @property
    def aiming(self) -> bool:
        """Whether an order is being aimed with the hex cursor."""
        return self.desk.armed is not None and self.desk.cursor != OFF_MAP and not self.busy()

    # --- the mouse --------------------------------------------------------------------------------------------
    def click(self, hex_: HexIndex, hit: CounterHit | None, view: MapView, add: bool) -> None:
        """A left click on the map: aim, take one force out of an opened stack, or select what stands there."""
        desk = self.desk
        desk.point_at(OFF_MAP)
        if desk.armed is not None and not self.busy():
            desk.act_at(hex_)
        elif hit is not None and view.open_hex == hit.hex and desk.match.mine(hit.counter.id):
            desk.select_force(hit.counter.id, add)
        else:
            desk.select_hex(hex_)
            view.open_stack(hex_ if len(desk.own_at(hex_)) > 1 else OFF_MAP)

    def usual_order(self, hex_: HexIndex) -> bool:
        """A right click on the map; False if it means nothing now."""
        if not self.desk.selected or self.busy():
            return False
        self.desk.point_at(OFF_MAP)
        self.desk.act_at(hex_)
        return True

    # --- the keyboard -----------------------------------------------------------------------------------------
    def command(self, command: str) -> bool:
        """Obey a command of the key table; False if it is not one for the desk."""
        desk = self.desk
        if command in _CURSOR:
            self._move_cursor(*_CURSOR[command])
        elif command in _ORDERS:
            self.order(_ORDERS[command])
        elif command in OVERLAYS:
            desk.overlay = "" if desk.overlay == command else command
        elif command == "next_movement":
            self._next_movement()
        elif command in ("next_stack", "previous_stack"):
            desk.step_stack(1 if command == "next_stack" else -1)
            desk.point_at(OFF_MAP)
            self.steer.look_at(desk.stack)
        elif command == "unordered":
            if desk.next_unordered():
                desk.point_at(OFF_MAP)
                self.steer.look_at(desk.stack)
            else:
                desk.refuse("every force has its order or goes on as told")
        elif command == "next_force":
            desk.next_force()
        elif command == "centre":
            self.steer.look_at(desk.stack)
        elif command == "act":
            self.act()
        elif command == "fog":
            desk.fog = not desk.fog
            if not desk.fog:
                desk.refuse("the hatching is off; what is hidden stays hidden")
        else:
            return self._take_back(command)
        return True

    def _next_movement(self) -> None:
        """Show the support of the next movement; after the last, which of them leads."""
        desk = self.desk
        ring = [NO_FACTION, *(k for _, k in movements(desk.match.view))]
        at = ring.index(desk.movement) if desk.movement in ring else 0
        desk.movement = ring[(at + 1) % len(ring)] if desk.overlay == "support" else desk.movement
        desk.overlay = "support"

    def _take_back(self, command: str) -> bool:
        desk, match = self.desk, self.desk.match
        if command not in ("cancel_order", "undo", "redo"):
            return False
        if self.busy():
            return True
        if command == "cancel_order":
            if not match.take_back(desk.selected):
                desk.refuse("there is no new order to take back")
        elif not (match.undo() if command == "undo" else match.redo()):
            desk.refuse(f"nothing to {command}")
        return True

    def order(self, kind: Order) -> None:
        """Arm an order, or give it at once if it needs no hex."""
        if self.desk.match.side is None:
            self.desk.refuse("you watch: the agents give the orders")
        elif not self.busy():
            self.desk.arm(kind)

    def act(self) -> None:
        """Select at the hex cursor, or give the armed or the usual order towards it."""
        desk = self.desk
        if desk.cursor == OFF_MAP:
            arrows = "".join(self.keys.shown(command).removeprefix("Shift+") for command in _CURSOR)
            desk.refuse(f"move the hex cursor first: Shift with {arrows}")
        elif desk.armed is None and desk.own_at(desk.cursor):
            desk.select_hex(desk.cursor)
        elif not self.busy():
            desk.act_at(desk.cursor)

    def _move_cursor(self, dx: int, dy: int) -> None:
        desk, m = self.desk, self.desk.match.setting.map
        start = desk.pointed if desk.pointed != OFF_MAP else desk.stack
        if start == OFF_MAP:
            start = self.steer.camera.hex_at(self.steer.middle())
        col, row = start % m.cols + dx, start // m.cols + dy
        if start != OFF_MAP and 0 <= col < m.cols and 0 <= row < m.rows:
            desk.point_at(row * m.cols + col)
            self.steer.keep_in_sight(desk.cursor)
