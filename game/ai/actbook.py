"""How the parts of an agent that are compiled put down the acts of a faction, and when they are asked for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from game.core.columns import act as T
from game.core.ids import Act
from game.core.kernels import clause
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.view import View

ROOM = 64
"""Acts that one part does for one faction in a month at most."""


def blank() -> npt.NDArray[np.int64]:
    """[ROOM, act columns] to write acts into."""
    return np.zeros((ROOM, T.COLUMNS), np.int64)


@clause
def write(
    out: npt.NDArray[np.int64], n: int, me: int, kind: int, a: int, b: int, value: int, until: int, why: int,
    ra: float, rb: float,
) -> int:  # fmt: skip
    """Put down an act; returns how many there are."""
    if n >= out.shape[0]:
        return n
    row = out[n]
    row[T.FACTION] = me
    row[T.KIND] = kind
    row[T.A] = a
    row[T.B] = b
    row[T.VALUE] = value
    row[T.UNTIL] = until
    row[T.REASON] = why
    row[T.RA] = int(ra)
    row[T.RB] = int(rb)
    return n + 1


def read(rows: npt.NDArray[np.int64]) -> Iterator[FactionAct]:
    """The acts that were written."""
    for faction, kind, a, b, value, until, why, ra, rb in rows.tolist():
        yield FactionAct(faction, Act(kind), a, b, value, until, Reason(why), ra, rb)


def opens_month(view: View) -> bool:
    """Whether the coming turn is the first that begins in its month."""
    return view.turn == 0 or _opens(view.setting.start, view.setting.days_per_turn, view.hour)


@lru_cache(maxsize=4096)
def _opens(start: date, days_per_turn: float, hour: int) -> bool:
    today = start + timedelta(days=hour // 24)
    before = today - timedelta(days=days_per_turn)
    return before.month != today.month or before.year != today.year
