"""What a side asks for. Orders of all sides are planned on the same picture and executed together.

An order stands until another replaces it, so an agent need not repeat itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.columns import act as act_columns
from game.core.columns import order as columns
from game.core.ids import OFF_MAP, Act, FactionId, ForceId, HexIndex, Order
from game.core.reasons import Reason


class ForceOrder(NamedTuple):
    """One order to one force."""

    force: ForceId
    kind: Order
    dest: HexIndex = OFF_MAP
    reason: Reason = Reason.COMMANDED
    a: int = 0
    b: int = 0
    then: HexIndex = OFF_MAP
    """Where a march or attack goes on to once `dest` is reached."""


class FactionAct(NamedTuple):
    """One act of one faction; ids.Act says what `a`, `b` and `value` are."""

    faction: FactionId
    kind: Act
    a: int = 0
    b: int = 0
    value: int = 0
    until: int = 0
    """Months that it is to last; 0: without end."""
    reason: Reason = Reason.COMMANDED
    ra: int = 0
    rb: int = 0


class Orders:
    """The orders of one side for one turn: at most one a force, the last one counts; and the acts of its factions."""

    __slots__ = ("acts", "rows")

    def __init__(self, rows: npt.NDArray[np.int64] | None = None, acts: tuple[FactionAct, ...] = ()) -> None:
        """`rows`: int64 [orders, columns.order.COLUMNS], or none yet; `acts`: in the order in which they are done."""
        self.rows = np.zeros((0, columns.COLUMNS), np.int64) if rows is None else rows
        self.acts = acts

    def act(self, act: FactionAct) -> None:
        """Add an act. It replaces one of the same faction and kind that concerns the same thing."""
        self.drop(act)
        self.acts = (*self.acts, act)

    def drop(self, act: FactionAct) -> None:
        """Take back the act of this turn that concerns the same thing as `act`, if there is one."""
        key = (act.faction, act.kind, act.a, act.b)
        self.acts = tuple(other for other in self.acts if (other.faction, other.kind, other.a, other.b) != key)

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
        return Orders(self.rows.copy(), self.acts)

    def __len__(self) -> int:
        """How many orders to forces there are."""
        return len(self.rows)

    @property
    def act_rows(self) -> list[list[int]]:
        """[acts, columns.act.COLUMNS]"""
        return [[a.faction, int(a.kind), a.a, a.b, a.value, a.until, int(a.reason), a.ra, a.rb] for a in self.acts]

    def __iter__(self) -> Iterator[ForceOrder]:
        for force, kind, dest, reason, a, b, then in self.rows.tolist():
            yield ForceOrder(force, Order(kind), dest, Reason(reason), a, b, then)

    def to_lists(self) -> tuple[list[list[int]], list[list[int]]]:
        """Rows of the orders and rows of the acts as plain lists, for saves and replays."""
        return self.rows.tolist(), self.act_rows

    @classmethod
    def from_lists(cls, rows: list[list[int]], acts: list[list[int]]) -> Orders:
        """Inverse of to_lists. ValueError if a shape or a kind is wrong."""
        array = np.array(rows, np.int64).reshape(len(rows), -1) if rows else None
        if array is not None and array.shape[1] != columns.COLUMNS:
            raise ValueError(f"an order has {columns.COLUMNS} numbers, not {array.shape[1]}")
        return cls(array, tuple(_act_of(row) for row in acts))


def _act_of(row: list[int]) -> FactionAct:
    if len(row) != act_columns.COLUMNS:
        raise ValueError(f"an act has {act_columns.COLUMNS} numbers, not {len(row)}")
    faction, kind, a, b, value, until, reason, ra, rb = row
    return FactionAct(faction, Act(kind), a, b, value, until, Reason(reason), ra, rb)
