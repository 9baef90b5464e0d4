"""What a side asks for. Orders of all sides are planned on the same picture and executed together.

An order stands until another replaces it, so an agent need not repeat itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.core.columns import order as columns
from game.core.ids import OFF_MAP, ForceId, HexIndex, Order
from game.core.reasons import Reason


@dataclass(frozen=True)
class ForceOrder:
    """One order to one force."""

    force: ForceId
    kind: Order
    dest: HexIndex = OFF_MAP
    reason: Reason = Reason.COMMANDED
    a: int = 0
    b: int = 0
    then: HexIndex = OFF_MAP
    """Where a march or attack goes on to once `dest` is reached."""


class Orders:
    """The orders of one side for one turn: at most one a force, the last one counts."""

    __slots__ = ("rows",)

    def __init__(self, rows: npt.NDArray[np.int64] | None = None) -> None:
        """`rows`: int64 [orders, columns.order.COLUMNS], or none yet."""
        self.rows = np.zeros((0, columns.COLUMNS), np.int64) if rows is None else rows

    def give(
        self,
        force: ForceId,
        kind: Order,
        dest: HexIndex = OFF_MAP,
        reason: Reason = Reason.COMMANDED,
        a: int = 0,
        b: int = 0,
        then: HexIndex = OFF_MAP,
    ) -> None:
        """Add an order, or replace the one that the force has in this set."""
        row = np.array([[force, kind, dest, reason, a, b, then]], np.int64)
        self.rows = np.vstack([self.rows[self.rows[:, columns.FORCE] != force], row])

    def withdraw(self, force: ForceId) -> None:
        """Take back the force's order of this turn; its standing order goes on."""
        self.rows = self.rows[self.rows[:, columns.FORCE] != force]

    def copy(self) -> Orders:
        return Orders(self.rows.copy())

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ForceOrder]:
        for force, kind, dest, reason, a, b, then in self.rows.tolist():
            yield ForceOrder(force, Order(kind), dest, Reason(reason), a, b, then)

    def to_list(self) -> list[list[int]]:
        """Plain lists, for saves and replays."""
        return self.rows.tolist()  # type: ignore[no-any-return]

    @classmethod
    def from_list(cls, rows: list[list[int]]) -> Orders:
        """Inverse of to_list. ValueError if the shape is wrong."""
        array = np.array(rows, np.int64).reshape(len(rows), -1) if rows else None
        if array is not None and array.shape[1] != columns.COLUMNS:
            raise ValueError(f"an order has {columns.COLUMNS} numbers, not {array.shape[1]}")
        return cls(array)
