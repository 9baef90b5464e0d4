"""Whether a state from outside is safe to play on: every number that rules use as an index is in bounds.

Compiled rules do not check indices, so a state that was not made here is checked before they see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.columns import camp as K
from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import sighting as S
from game.core.columns import treaty as Y
from game.core.ids import (
    Arms,
    DepotKind,
    FactionClass,
    ForceKind,
    Life,
    Mobility,
    Order,
    Phase,
    Posture,
    Stance,
    Standing,
    Status,
    Term,
    TreatyState,
)
from game.core.setting import Setting
from game.core.state import Tables

_COUNT = 2**46
"""More than any count of men, people or kg that a game can hold."""


def unsound(setting: Setting, tables: Tables, seed: int, turn: int) -> str:
    """Why the state cannot be one of this setting with `turn` turns played; empty if it can."""
    clock = tables.clock
    hour = setting.hour_of_impulse(turn * setting.impulses_per_turn)
    if int(clock[C.SEED]) != seed or int(clock[C.TURN]) != turn or turn > setting.turns:
        return "seed or turn of its state are not those of the game"
    if int(clock[C.HOUR]) != hour:
        return "the hour of its state is not that of its turn"
    if int(clock[C.IMPULSE]) != turn * setting.impulses_per_turn:
        return "its state was taken within a turn"
    for name, column, low, high in _bounds(setting, tables):
        if column.size and not (low <= column.min() and column.max() <= high):
            return f"{name} is out of range"
    for name, reals in (
        ("force_f", tables.force_f), ("hex_f", tables.hex_f), ("faction_f", tables.faction_f),
        ("relation", tables.relation), ("bond", tables.bond), ("support", tables.support), ("camp_f", tables.camp_f),
        ("policy", tables.policy), ("aid", tables.aid),
    ):  # fmt: skip
        if not np.isfinite(reals).all():
            return f"a number of {name} is not finite"
    return ""


def _bounds(setting: Setting, t: Tables) -> Iterator[tuple[str, npt.NDArray[Any], int, int]]:
    n, factions = setting.map.n, len(setting.factions)
    last = factions - 1
    for name, column in (
        ("HEX", F.HEX), ("DEST", F.DEST), ("THEN", F.THEN), ("TARGET", F.TARGET), ("BASE", F.BASE),
        ("FROM_HEX", F.FROM_HEX),
    ):  # fmt: skip
        yield f"force {name}", t.force_i[column], -1, n - 1
    for name, column, members in (
        ("KIND", F.KIND, ForceKind), ("MOBILITY", F.MOBILITY, Mobility), ("STATUS", F.STATUS, Status),
        ("ORDER", F.ORDER, Order), ("POSTURE", F.POSTURE, Posture), ("ARMS", F.ARMS, Arms),
    ):  # fmt: skip
        yield f"force {name}", t.force_i[column], 0, len(members) - 1
    yield "force FACTION", t.force_i[F.FACTION], 0, last
    yield "force GROUP", t.force_i[F.GROUP], -1, len(setting.groups) - 1
    yield "force table", t.force_i, -1, _COUNT
    yield "hex CONTROL", t.hex_i[H.CONTROL], -1, last
    yield "hex table", t.hex_i, -1, _COUNT
    yield "faction SIDE", t.faction_i[A.SIDE], -1, len(setting.sides) - 1
    yield "faction CAPITAL", t.faction_i[A.CAPITAL], -1, n - 1
    yield "faction table", t.faction_i, -_COUNT, _COUNT
    yield "faction LIFE", t.faction_i[A.LIFE], 0, len(Life) - 1
    yield "faction CLASS", t.faction_i[A.CLASS], 0, len(FactionClass) - 1
    yield "faction PARENT", t.faction_i[A.PARENT], -1, last
    yield "faction MERGED", t.faction_i[A.MERGED], -1, last
    yield "faction MOVEMENT", t.faction_i[A.MOVEMENT], -1, len(t.support) - 1
    yield "camp HEX", t.camp_i[K.HEX], 0, n - 1
    yield "camp HOST", t.camp_i[K.HOST], -1, last
    yield "camp HOLDER", t.camp_i[K.HOLDER], -1, last
    yield "camp table", t.camp_i, -1, _COUNT
    yield "harm ledger", t.harm, 0, _COUNT
    yield "treaty TERM", t.treaty[Y.TERM], 0, len(Term)
    yield "treaty STATE", t.treaty[Y.STATE], 0, len(TreatyState) - 1
    yield "treaty A", t.treaty[Y.A], -1, last
    yield "treaty B", t.treaty[Y.B], -1, last
    yield "treaty BY", t.treaty[Y.BY], -1, last
    yield "treaty LINK", t.treaty[Y.LINK], -1, Y.ROWS - 1
    yield "peace PHASE", t.peace[P.PHASE : P.PHASE + 1], 0, len(Phase) - 1
    for name, row in (("SEAT", P.SEAT), ("GOVERNMENT", P.GOVERNMENT), ("PARTNER", P.PARTNER)):
        yield f"peace {name}", t.peace[row : row + 1], -1, last
    yield "standing", t.party[P.STANDING], 0, len(Standing) - 1
    yield "sanction", t.sanction, 0, 1
    yield "recognition", t.recognised, 0, 1
    yield "stance", t.stance, 0, len(Stance) - 1
    yield "depot HEX", t.depot_i[D.HEX], -1, n - 1
    yield "depot FACTION", t.depot_i[D.FACTION], -1, last
    yield "depot OWNER", t.depot_i[D.OWNER], -1, last
    yield "depot KIND", t.depot_i[D.KIND], 0, len(DepotKind) - 1
    yield "depot table", t.depot_i, -1, _COUNT
    last_hour = setting.hour_of_impulse(setting.turns * setting.impulses_per_turn)
    yield "event hour", t.event_hour, -1, last_hour
    yield "sighting HEX", t.seen[:, S.HEX], -1, n - 1
    yield "sighting table", t.seen, -1, _COUNT
    yield "known people", t.known_people, 0, _COUNT
    yield "known control", t.known_control, -1, last
    yield "sight", t.in_sight, 0, 1
