"""A game played over: every turn's state and records, made by the engine from the recorded orders."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from game.core.orders import Orders
from game.core.records import Records
from game.core.state import State
from game.core.view import View
from game.ui.work import between_frames


class Reel:
    """States at the start of each turn (and after the last), and what happened in each turn."""

    def __init__(self, world: Any, turns: Sequence[dict[str, Orders]]) -> None:
        """Play `turns` over from `world`, a game at its start. Slow: call it in a Task."""
        self._world = world
        self.setting = world.setting
        self._packed = [_pack(world.state)]
        self.records: list[Records] = []
        for orders in turns:
            parts = [records.rows for records in world.step_impulses(orders)]
            self.records.append(Records(np.vstack(parts)))
            self._packed.append(_pack(world.state))
            between_frames()

    @property
    def turns(self) -> int:
        """Turns played."""
        return len(self.records)

    def state(self, turn: int) -> State:
        """The state after `turn` turns; 0 is the start."""
        buffer = np.frombuffer(bytearray(zlib.decompress(self._packed[turn])), np.uint8)
        return State(self._world.state.sizes, buffer)

    def view(self, turn: int, eyes: int | None) -> View:
        """The picture after `turn` turns, through a side's eyes or everybody's."""
        state = self.state(turn)
        if eyes is None:
            return View(self.setting, self.setting.sides[0], state)
        self._world.state = state
        view: View = self._world.view(self.setting.sides[eyes].id)
        return view


def _pack(state: State) -> bytes:
    """A state in a fraction of its room: most of a map does not change, and hundreds of turns are kept."""
    return zlib.compress(state.buffer.tobytes(), 1)
