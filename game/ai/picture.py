"""The picture that a plan is made from, and the tables that it is made in.

P.1  Known enemies weigh on their hex and, in part, on the hexes beside it; so do own forces.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.ai.doctrine import Doctrine
from game.core.bundles import bundle
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import order as O
from game.core.ids import NO_FACTION, OFF_MAP, ForceKind, Status
from game.core.kernels import clause
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import force_weight
from game.rules.ground import field_hours, room
from game.rules.orders import is_camp
from game.rules.presence import same_side
from game.rules.workspace import INF, is_war

OUTSIDE = -1
"""Task of a group where it is not sent at all."""
MOST_ODDS = 9999.0
"""Largest odds that an order's reason states, to 100."""


@bundle
class Places(NamedTuple):
    """Some hexes of interest and the ways to them."""

    at: npt.NDArray[np.int64]
    """[places] hex of each."""
    worth: npt.NDArray[np.float64]
    """[places] worth to the side; 0 for garrison places."""
    rows: npt.NDArray[np.int64]
    """[places, classes] row of `Aims.fields`: the march to each from everywhere."""


@bundle
class Aims(NamedTuple):
    """Where a side's plan can send its forces."""

    fields: npt.NDArray[np.uint16]
    """[rows, hexes] the ways to places, in parts: see rules.ground.field_hours. Shared, read only."""
    goals: Places
    posts: Places
    """Garrison places, foremost first."""
    bases: Places
    classes: npt.NDArray[np.int64]
    """[mobilities] class of march, a column of `Places.rows`, of each ids.Mobility."""
    steps: npt.NDArray[np.float64]
    """[mobilities, hexes, 6] hours of every step in the season."""
    dry: npt.NDArray[np.int64]
    """[goals, classes] as `goals.rows`, when the ways are dry."""
    wet: int
    """1 in the wet season."""
    tasks: npt.NDArray[np.int8]
    """[goals, groups] 1 where the group was given the goal as its task, OUTSIDE where it is not sent."""


@bundle
class Scratch(NamedTuple):
    """Tables of one planning."""

    enemy: npt.NDArray[np.float64]
    """[hexes] strength of known formed enemies on and beside the hex."""
    enemy_at: npt.NDArray[np.float64]
    """[hexes] the same, on the hex alone."""
    friend: npt.NDArray[np.float64]
    """[hexes] own strength on and beside the hex."""
    friend_at: npt.NDArray[np.float64]
    """[hexes] the same, on the hex alone; kept up to date while orders are written."""
    men: npt.NDArray[np.int64]
    """[hexes] own men of all kinds."""
    weight: npt.NDArray[np.float64]
    """[forces] strength of each force."""
    free: npt.NDArray[np.int64]
    """[forces] 1 while a force waits for its order."""
    given: npt.NDArray[np.float64]
    """[goals] strength sent to each objective."""
    chased: npt.NDArray[np.float64]
    """[hexes] strength sent against enemies left behind there."""
    held: npt.NDArray[np.int64]
    """[groups] hex of the task for which a group still waits, or OFF_MAP."""
    group: npt.NDArray[np.float64]
    """[groups] strength of each command group still free."""
    barred: npt.NDArray[np.int8]
    """[hexes] 1 where the side has promised to be no longer."""
    resist: npt.NDArray[np.float64]
    """[goals] strongest resistance on the way of the group in hand."""
    orders: npt.NDArray[np.int64]
    """[forces + 1, order columns] the plan."""
    written: npt.NDArray[np.int64]
    """[1] orders written."""


def make_scratch(hexes: int, forces: int, groups: int, goals: int) -> Scratch:
    """Empty tables for a world of such a size."""
    return Scratch(
        enemy=np.zeros(hexes),
        enemy_at=np.zeros(hexes),
        friend=np.zeros(hexes),
        friend_at=np.zeros(hexes),
        men=np.zeros(hexes, np.int64),
        weight=np.zeros(forces),
        free=np.zeros(forces, np.int64),
        given=np.zeros(goals),
        chased=np.zeros(hexes),
        held=np.full(max(1, groups), OFF_MAP, np.int64),
        group=np.zeros(max(1, groups)),
        barred=np.zeros(hexes, np.int8),
        resist=np.zeros(goals),
        orders=np.zeros((forces + 1, O.COLUMNS), np.int64),
        written=np.zeros(1, np.int64),
    )


@clause
def stamp(g: Ground, at: int, weight: float, share: float, around: npt.NDArray[np.float64]) -> None:
    """P.1"""
    around[at] += weight
    for d in range(6):
        b = g.neighbours[at, d]
        if b != OFF_MAP:
            around[b] += weight * share


@clause
def assess(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch) -> tuple[float, float, float]:
    """P.1 Strength of all own forces and of known unbroken enemies; own formed men as a share of the establishment."""
    fi = w.force_i
    s.enemy[:] = 0.0
    s.enemy_at[:] = 0.0
    s.friend[:] = 0.0
    s.friend_at[:] = 0.0
    s.men[:] = 0
    own = 0.0
    foes = 0.0
    formed = 0
    establishment = 0
    for f in range(fi.shape[1]):
        s.weight[f] = 0.0
        s.free[f] = 0
        status = fi[F.STATUS, f]
        h = fi[F.HEX, f]
        ours = same_side(w, c.leader, fi[F.FACTION, f])
        if ours and status != Status.PENDING:
            establishment += fi[F.START_MEN, f]
        if h == OFF_MAP or fi[F.MEN, f] <= 0 or status < Status.ACTIVE or status > Status.BANDS:
            continue
        weight = force_weight(w, r.combat, f)
        s.weight[f] = weight
        if ours:
            s.men[h] += fi[F.MEN, f]
            if status == Status.ACTIVE:
                formed += fi[F.MEN, f]
            if status == Status.ACTIVE and fi[F.KIND, f] != ForceKind.AIR:
                own += weight
                s.friend_at[h] += weight
                stamp(g, h, weight, c.beside_share, s.friend)
            if status != Status.ROUTED and fi[F.KIND, f] != ForceKind.AIR and fi[F.KIND, f] != ForceKind.NAVAL:
                s.free[f] = 1
        elif is_war(w.stance, c.leader, fi[F.FACTION, f]) and status != Status.BANDS:
            if status == Status.ACTIVE:
                foes += weight
            if s.barred[h] == 0 or s.men[h] > 0:
                s.enemy_at[h] += weight
                stamp(g, h, weight, c.beside_share, s.enemy)
    return own, foes, formed / max(1, establishment)


@clause
def is_wanted(w: Tables, c: Doctrine, s: Scratch, h: int) -> bool:
    """P.2 Whether a place is worth taking: it is an enemy's or nobody's, or an enemy is known to stand there. A camp's
    (1.9) is no objective."""
    if s.barred[h] == 1 or is_camp(w, h):
        return False
    holder = w.hex_i[H.CONTROL, h]
    return holder == NO_FACTION or is_war(w.stance, c.leader, holder) or s.enemy_at[h] > 0.0


@clause
def bars_way(w: Tables, g: Ground, r: Ruleset, s: Scratch, f: int) -> bool:
    """Whether the force leaves no room in its hex for another like itself: nobody gets past it."""
    h = w.force_i[F.HEX, f]
    return s.men[h] + w.force_i[F.MEN, f] > room(g, r.move, h)


@clause
def give(s: Scratch, f: int, kind: int, dest: int, why: int, a: int, b: int) -> None:
    """Write an order."""
    n = s.written[0]
    s.orders[n, O.FORCE] = f
    s.orders[n, O.KIND] = kind
    s.orders[n, O.DEST] = dest
    s.orders[n, O.REASON] = why
    s.orders[n, O.A] = a
    s.orders[n, O.B] = b
    s.orders[n, O.THEN] = OFF_MAP
    s.free[f] = 0
    s.written[0] = n + 1


@clause
def odds_figure(own: float, enemy: float) -> int:
    """Odds to 100, for the reason's text."""
    return int(min(MOST_ODDS, 100.0 * own / max(1.0, enemy)))


@clause
def hours_from(g: Ground, a: Aims, row: int, h: int) -> float:
    """Hours of march from hex `h` along a field; INF if there is no way."""
    return field_hours(g, a.fields[row, h])


@clause
def hours_to(w: Tables, g: Ground, a: Aims, places: Places, p: int, f: int) -> float:
    """Hours that the force marches to a place; INF if there is no way."""
    return hours_from(g, a, places.rows[p, a.classes[w.force_i[F.MOBILITY, f]]], w.force_i[F.HEX, f])


@clause
def next_way(g: Ground, field: npt.NDArray[np.uint16], steps: npt.NDArray[np.float64], at: int) -> int:
    """Direction of the step from `at` on the least way to where `field` [hexes] is 0, or -1."""
    best = INF
    way = -1
    for d in range(6):
        b = g.neighbours[at, d]
        if b == OFF_MAP:
            continue
        hours = steps[at, d] + field_hours(g, field[b])
        if hours < best:
            best = hours
            way = d
    return way
