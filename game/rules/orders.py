"""Chapter 1, sequence of play: orders and arrivals.

1.1 All sides plan on the same picture. An order that may be given replaces the force's standing one; another is
    refused, with the reason, and changes nothing. An order that stands already is not given again.
1.2 Forces that are due enter play.
1.3 A force takes orders from its own side, while it is formed or in bands. A broken force takes none until it rallies.
1.4 Bands neither attack nor hold a line. Air forces act from their airfield. Patrols, sweeps and the clearing of mines
    are for formed infantry, sabotage for infantry and bands. Who finds no mines to clear holds the ground.
1.5 A march, attack, raid or withdrawal needs a destination on the map that the force can reach over land that it may
    enter. Which lands it may enter stands in 3.3.
1.6 An impulse takes its steps in the order of the sequence of play, each for everybody before the next.
1.7 What goes by the month is done in the first impulse that begins in a new month of the calendar, for the month that
    has ended, so that it does not depend on how long a turn or an impulse is.
1.8 What a faction does that is no order to a force is an act. Acts are taken after the orders, in the order of the
    sides' names and then in which a side gave them; one that may not be done is refused, with the reason.
1.9 No order of attack names a border camp: no attack, ambush, raid, sabotage or sweep, whether people live there by now
    or not. Fighting may reach a camp by movement alone, as armies come through.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import order as O
from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, ForceKind, Order, Status
from game.core.kernels import chapter, clause, kernel
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ground import may_enter
from game.rules.workspace import Now, Work, note


@kernel
def spread_regions(
    neighbours: npt.NDArray[np.int32],
    steps: npt.NDArray[np.float64],
    entry: npt.NDArray[np.int8],
    impassable: float,
    queue: npt.NDArray[np.int64],
    out: npt.NDArray[np.int32],
) -> None:
    """1.5 Number the regions between whose hexes there are ways; -1 where `entry` is 0.

    steps: [hexes, 6] hours of each step, `impassable` or more where there is none; queue: [hexes]; out: [hexes].
    """
    n = out.shape[0]
    for h in range(n):
        out[h] = -1
    found = 0
    for start in range(n):
        if entry[start] == 0 or out[start] >= 0:
            continue
        out[start] = found
        queue[0] = start
        read = 0
        written = 1
        while read < written:
            a = queue[read]
            read += 1
            for d in range(6):
                b = neighbours[a, d]
                if b != OFF_MAP and entry[b] == 1 and out[b] < 0 and steps[a, d] < impassable:
                    out[b] = found
                    queue[written] = b
                    written += 1
        found += 1


@clause
def needs_goal(kind: int, dest: int) -> bool:
    """1.5 Whether an order of this kind goes somewhere; an ambush may be laid where the force stands."""
    if kind == Order.AMBUSH:
        return dest != OFF_MAP
    march = kind == Order.MOVE or kind == Order.ATTACK or kind == Order.RAID or kind == Order.WITHDRAW
    return march or kind == Order.SWEEP or kind == Order.SABOTAGE or kind == Order.CLEAR


@clause
def bands_can(kind: int) -> bool:
    """1.4 Whether bands can carry out an order of this kind."""
    return not (kind == Order.ATTACK or kind == Order.PATROL or kind == Order.SWEEP or kind == Order.CLEAR)


@clause
def kind_can(force_kind: int, kind: int) -> bool:
    """1.4 Whether a force of the kind can carry out an order of this kind."""
    if force_kind == ForceKind.AIR:
        return kind == Order.HOLD or kind == Order.REST
    if kind < Order.PATROL:
        return True
    return not (force_kind == ForceKind.NAVAL or force_kind == ForceKind.ARTILLERY or force_kind == ForceKind.ARMOUR)


@clause
def is_camp(w: Tables, h: int) -> bool:
    """1.9 Whether the hex is the site of a border camp."""
    for k in range(w.camp_i.shape[1]):  # noqa: SIM110 - kernels have no generators
        if w.camp_i[K.HEX, k] == h:
            return True
    return False


@clause
def strikes(kind: int) -> bool:
    """1.9 Whether an order of this kind is an order of attack."""
    return (
        kind == Order.ATTACK
        or kind == Order.AMBUSH
        or kind == Order.RAID
        or kind == Order.SABOTAGE
        or kind == Order.SWEEP
    )


@clause
def names_camp(w: Tables, kind: int, at: int, dest: int, then: int) -> int:
    """1.9 The camp's hex that an order of attack of a force at `at` names, or OFF_MAP. Without a destination it names
    the hex where the force stands."""
    if not strikes(kind):
        return OFF_MAP
    aim = at if dest == OFF_MAP else dest
    if is_camp(w, aim):
        return aim
    return then if is_camp(w, then) else OFF_MAP


@clause
def refusal_of_goal(w: Tables, g: Ground, region: npt.NDArray[np.int32], f: int, goal: int) -> int:
    """1.5 Reason.NONE if the force can get to the hex, else why not."""
    if goal == OFF_MAP:
        return Reason.BAD_DESTINATION + 0
    if not may_enter(w, g, w.force_i[F.FACTION, f], goal):
        return Reason.NO_ACCESS + 0
    at = w.force_i[F.HEX, f]
    if at == OFF_MAP or (at != goal and (region[at] < 0 or region[at] != region[goal])):
        return Reason.NO_PATH + 0
    return Reason.NONE + 0


@clause
def refusal(
    w: Tables,
    g: Ground,
    regions: npt.NDArray[np.int32],
    side: int,
    f: int,
    kind: int,
    dest: int,
    then: int,
) -> tuple[int, int]:
    """1.3-1.5, 1.9 (Reason.NONE, 0) if the side may give the order, else (why not, the reason's figure).

    regions: [factions, mobilities, hexes] see spread_regions.
    """
    fi = w.force_i
    n = g.neighbours.shape[0]
    if f < 0 or f >= fi.shape[1]:
        return Reason.NO_SUCH_FORCE + 0, 0
    if dest < OFF_MAP or dest >= n or then < OFF_MAP or then >= n:
        return Reason.BAD_DESTINATION + 0, 0
    if kind < Order.HOLD or kind > Order.CLEAR:
        return Reason.NO_SUCH_ORDER + 0, 0
    if w.faction_i[A.SIDE, fi[F.FACTION, f]] != side:
        return Reason.NOT_YOURS + 0, 0
    status = fi[F.STATUS, f]
    if status == Status.ROUTED:
        return Reason.ROUTED + 0, 0
    if status != Status.ACTIVE and status != Status.BANDS:
        return Reason.NOT_IN_PLAY + 0, 0
    if status == Status.BANDS and not bands_can(kind):
        return Reason.BANDS_CANNOT + 0, 0
    if not kind_can(fi[F.KIND, f], kind):
        return Reason.KIND_CANNOT + 0, 0
    camp = names_camp(w, kind, fi[F.HEX, f], dest, then)
    if camp != OFF_MAP:
        return Reason.CAMP_THERE + 0, camp
    if needs_goal(kind, dest):
        region = regions[fi[F.FACTION, f], fi[F.MOBILITY, f]]
        why = refusal_of_goal(w, g, region, f, dest)
        goal = dest
        if why == Reason.NONE and then != OFF_MAP:
            why = refusal_of_goal(w, g, region, f, then)
            goal = then
        if why != Reason.NONE:
            return why, 0 if why == Reason.BAD_DESTINATION else goal
    return Reason.NONE + 0, 0


@chapter
def take_orders(
    w: Tables,
    g: Ground,
    x: Work,
    regions: npt.NDArray[np.int32],
    rows: npt.NDArray[np.int64],
    side: npt.NDArray[np.int64],
    hour: int,
) -> None:
    """1.1 Orders of all sides. rows: [orders, O.COLUMNS]; side: [orders] the side that gives each."""
    fi = w.force_i
    for k in range(rows.shape[0]):
        row = rows[k]
        f = row[O.FORCE]
        kind = row[O.KIND]
        dest = row[O.DEST]
        then = row[O.THEN]
        known = f >= 0 and f < fi.shape[1]
        if known and fi[F.ORDER, f] == kind and fi[F.DEST, f] == dest and fi[F.THEN, f] == then:
            fit = fi[F.STATUS, f] == Status.ACTIVE or fi[F.STATUS, f] == Status.BANDS
            if fit and w.faction_i[A.SIDE, fi[F.FACTION, f]] == side[k]:
                continue
        why, figure = refusal(w, g, regions, side[k], f, kind, dest, then)
        faction = fi[F.FACTION, f] if known else NO_FACTION
        at = fi[F.HEX, f] if known else OFF_MAP
        who = f if known else NO_FORCE
        if why != Reason.NONE:
            note(x, hour, RecordKind.REFUSED + 0, faction, who, at, NO_FACTION, kind, dest, figure, 0, 0, why)
            continue
        note(
            x, hour, RecordKind.ORDER + 0, faction, who, at, NO_FACTION,
            kind, dest, row[O.A], row[O.B], 0, row[O.REASON],
        )  # fmt: skip
        if kind != Order.ATTACK:
            w.force_f[F.ADVANCED, f] = 0.0
        fi[F.ORDER, f] = kind
        fi[F.DEST, f] = dest
        fi[F.THEN, f] = then


@chapter
def bring_arrivals(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """1.2 Forces that are due come in."""
    hour = now.hour
    fi = w.force_i
    for f in range(fi.shape[1]):
        if fi[F.STATUS, f] == Status.PENDING and fi[F.ARRIVES, f] <= hour and fi[F.HEX, f] != OFF_MAP:
            fi[F.STATUS, f] = Status.ACTIVE
            note(
                x, hour, RecordKind.ARRIVED + 0, fi[F.FACTION, f], f, fi[F.HEX, f], NO_FACTION,
                fi[F.MEN, f], 0, 0, 0, 0, Reason.NONE + 0,
            )  # fmt: skip
