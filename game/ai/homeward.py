"""How a side keeps off land that it has promised to leave.

P.17 Under a treaty of withdrawal forces go home in the course of its last year, a share at a time. Land that was left
     is no objective, and enemies there are left alone, as long as the treaty binds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.ai.picture import Aims
from game.core.calendar import HOURS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import order as O
from game.core.ids import OFF_MAP, Order, Status
from game.core.reasons import Reason
from game.core.view import View
from game.rules.ground import NO_WAY

Promises = list[tuple[int, int]]
"""Whose land a faction has promised to leave, and by what hour: see rules.treaties.must_leave."""


def forbidden(view: View, faction: int, promises: Promises) -> npt.NDArray[np.int8]:
    """P.17 int8 [hexes]: 1 where the faction has promised to be no longer."""
    out = np.zeros(view.setting.map.n, np.int8)
    for whose, _ in promises:
        out |= _land_of(view, faction, whose)
    return out


def lead_home(view: View, faction: int, promises: Promises, aims: Aims) -> npt.NDArray[np.int64]:
    """P.17 int64 [forces, columns.order]: orders of those who leave now, home to the nearest post of their own.

    Formula: men who may still stay = all there * hours left / a year
    """
    t, rows = view.tables, []
    for whose, until in promises:
        land = _land_of(view, faction, whose)
        own = np.fromiter(view.own_forces(), np.int64)
        there = own[(t.force_i[F.STATUS, own] == Status.ACTIVE) & (land[t.force_i[F.HEX, own]] > 0)].tolist()
        stay = int(len(there) * min(1.0, max(0.0, (until - view.hour) / HOURS_A_YEAR)))
        for f in there[stay:]:
            home = _home(view, faction, aims, f)
            if home != OFF_MAP:
                row = np.zeros(O.COLUMNS, np.int64)
                row[[O.FORCE, O.KIND, O.DEST, O.REASON, O.A, O.THEN]] = (
                    f, Order.WITHDRAW, home, Reason.PLAN_GO_HOME, home, OFF_MAP,
                )  # fmt: skip
                rows.append(row)
    return np.array(rows, np.int64).reshape(len(rows), O.COLUMNS)


def _land_of(view: View, faction: int, whose: int) -> npt.NDArray[np.int8]:
    """P.17 The land in question, as 11.14 counts it: the country fought over, if `whose` contends for it."""
    movement = view.tables.faction_i[A.MOVEMENT]
    land = view.setting.ground.host == whose
    if movement[faction] < 0 <= movement[whose]:
        land |= view.setting.cast.contested == 1
    return land.astype(np.int8)


def _home(view: View, faction: int, aims: Aims, f: int) -> int:
    """P.17 The nearest garrison place on own land, or OFF_MAP if there is no way to any."""
    fi, host = view.tables.force_i, view.setting.ground.host
    march = aims.fields[aims.posts.rows[:, aims.classes[fi[F.MOBILITY, f]]], fi[F.HEX, f]]
    march[host[aims.posts.at] != faction] = NO_WAY
    if march.size and march.min() < NO_WAY:
        return int(aims.posts.at[int(march.argmin())])
    return OFF_MAP
