"""What happened: one row a fact, said in a sentence only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from game.core import reasons
from game.core.columns import record as columns
from game.core.ids import OFF_MAP
from game.core.reasons import Reason
from game.core.setting import Setting


class RecordKind(IntEnum):
    """Kinds of record; A..E as stated."""

    ORDER = 1  # an order was given: A ids.Order, B destination, C and D the reason's figures
    REFUSED = 2  # an order was refused: A ids.Order, B destination
    MOVED = 3  # a force entered HEX: A hex it left
    HALTED = 4  # a force halted before A (hex)
    BATTLE = 5  # a day of battle at HEX: A men attacking, B men defending, C and D losses of each, E odds to 100
    RETREAT = 6  # FORCE fell back from HEX to A; B men
    BROKE = 7  # FORCE broke: A men left, B lost that day
    DISPERSED = 8  # FORCE dispersed into bands: A men who keep together, B stragglers
    SURRENDERED = 9  # A men laid down arms, B slipped away; OTHER took them
    PURSUED = 10  # A killed or captured, B scattered, C heavy weapons left
    CONTROL = 11  # HEX came under FACTION's control; OTHER held it before
    RALLIED = 12  # FORCE rallied
    REFORMED = 13  # bands became a formed force: A men
    ARRIVED = 14  # FORCE entered play at HEX: A men
    AMBUSH = 15  # FORCE ambushed OTHER at HEX: A own loss, B enemy loss
    RAID = 16  # FORCE raided traffic at HEX: A kg destroyed, B road damage in thousandths
    DEPOT_TAKEN = 17  # a depot at HEX fell: A kg taken, B kg lost
    WILL = 18  # political will moved: A points in hundredths, B new level in hundredths
    EVENT = 19  # scenario event: A row of the event
    FLED = 20  # A civilians fled HEX
    HUNGRY = 21  # FORCE has A thousandths of its need unmet


@dataclass(frozen=True)
class Record:
    """One fact."""

    hour: int
    kind: RecordKind
    faction: int
    force: int
    hex: int
    other: int
    a: int
    b: int
    c: int
    d: int
    e: int
    reason: Reason


class Records:
    """The facts of one or more turns, in the order in which they happened."""

    __slots__ = ("rows",)

    def __init__(self, rows: npt.NDArray[np.int64] | None = None) -> None:
        """`rows`: int64 [records, columns.record.COLUMNS]."""
        self.rows = np.zeros((0, columns.COLUMNS), np.int64) if rows is None else rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Record]:
        for row in self.rows.tolist():
            hour, kind, faction, force, hex_, other, a, b, c, d, e, reason = row
            yield Record(hour, RecordKind(kind), faction, force, hex_, other, a, b, c, d, e, Reason(reason))

    def of_kind(self, *kinds: RecordKind) -> Records:
        """Only the records of these kinds."""
        return Records(self.rows[np.isin(self.rows[:, columns.KIND], kinds)])

    def __add__(self, other: Records) -> Records:
        return Records(np.vstack([self.rows, other.rows]))


def say_reason(reason: Reason, a: int, b: int, setting: Setting) -> str:
    """The reason in words, with its figures put in; empty for Reason.NONE."""
    text = reasons.TEXT[reason]
    place = setting.map.label(a) if "{place_a}" in text and OFF_MAP <= a < setting.map.n else ""
    return text.format(a=a, b=b, place_a=place)
