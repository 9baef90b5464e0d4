"""Chapter 3, second part: the steps of a march, from hex to hex (3.3-3.6 of chapter 3, movement)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Order, Road, Status
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, ControlRules, MoveRules
from game.core.ruleset_guerrilla import MineRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ambush import spring_ambush
from game.rules.ground import field_hours, garrison, may_enter, room
from game.rules.mines import belt_hours, cross_belt
from game.rules.presence import count_presence, draw_order, enemy_men, enter_presence, friends_in, is_hidden, take
from game.rules.workspace import AIM, ENGAGED, INF, THERE, Work, is_war, note

LONGEST_PASSAGE = 4
"""Full hexes in a row that a column passes through: it takes all of them at once when it has paid for all."""


@clause
def next_step(
    w: Tables, g: Ground, x: Work, steps: npt.NDArray[np.float64], row: int, f: int, h: int, avoid: bool
) -> int:
    """3.6, 3.8 Direction of the force's best next step from hex `h` along the field, or -1. With `avoid`, hexes held
    by formed enemies are left out."""
    faction = w.force_i[F.FACTION, f]
    best = INF
    way = -1
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP:
            continue
        ahead = field_hours(g, x.fields[row, b])
        cost = steps[h, d]
        if ahead >= INF or cost >= INF:
            continue
        if avoid and enemy_men(w, x, faction, b) > 0:
            continue
        if not may_enter(w, g, faction, b):
            continue
        if cost + ahead < best:
            best = cost + ahead
            way = d
    return way


@clause
def way_on(w: Tables, g: Ground, x: Work, steps: npt.NDArray[np.float64], row: int, f: int, avoid: bool) -> int:
    """3.5 As `next_step`, which is asked once a hex: only who avoids the enemy looks again."""
    h = w.force_i[F.HEX, f]
    if avoid:
        x.way_from[f] = OFF_MAP
        return next_step(w, g, x, steps, row, f, h, True)
    if x.way_from[f] != h:
        x.way[f] = next_step(w, g, x, steps, row, f, h, False)
        x.way_from[f] = h
    return x.way[f]


@clause
def is_full(w: Tables, g: Ground, x: Work, rules: MoveRules, f: int, h: int) -> bool:
    """3.4 Whether friends leave the force no room in the hex. An empty hex takes in anybody."""
    inside = friends_in(w, x, w.force_i[F.FACTION, f], h)
    return inside > 0 and inside + w.force_i[F.MEN, f] > room(g, rules, h)


@clause
def way_through(
    w: Tables,
    g: Ground,
    x: Work,
    steps: npt.NDArray[np.float64],
    rules: MoveRules,
    f: int,
    row: int,
    d: int,
    goal: int,
) -> float:
    """3.4 Hours of march by paved road, setting out in direction `d`, through the full hexes ahead into the first that
    has room; INF if the force cannot get that far."""
    fi = w.force_i
    h = fi[F.HEX, f]
    way = d
    hours = 0.0
    for _ in range(LONGEST_PASSAGE + 1):
        if way < 0 or g.road[h, way] < Road.SECONDARY:
            return INF
        hours += steps[h, way]
        h = g.neighbours[h, way]
        if enemy_men(w, x, fi[F.FACTION, f], h) > 0:
            return INF
        if not is_full(w, g, x, rules, f, h):
            return hours
        if h == goal:
            return INF
        way = next_step(w, g, x, steps, row, f, h, False)
    return INF


@clause
def advance_force(
    w: Tables,
    g: Ground,
    x: Work,
    steps: npt.NDArray[np.float64],
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    mines: MineRules,
    f: int,
    row: int,
    hour: int,
    time: float,
    left: float,
) -> None:
    """3.5, 3.6, 3.10 Take the steps that the saved hours pay for. `time`: hours that the force has just been given;
    `left`: hours of the impulse after these."""
    fi = w.force_i
    ff = w.force_f
    faction = fi[F.FACTION, f]
    status = fi[F.STATUS, f]
    order = fi[F.ORDER, f]
    evades = status == Status.ROUTED or order == Order.WITHDRAW
    goal = fi[F.BASE, f] if status == Status.ROUTED else fi[F.DEST, f]
    unused = time
    while True:
        h = fi[F.HEX, f]
        if h == goal:
            arrive(w, x, f, status, left + min(time, ff[F.MARCHED, f]))
            return
        d = way_on(w, g, x, steps, row, f, evades)
        if d < 0:
            ff[F.MARCHED, f] = 0.0
            return
        b = g.neighbours[h, d]
        covert = is_hidden(status, fi[F.POSTURE, f])
        if not covert and enemy_men(w, x, faction, b) > 0:
            if order == Order.ATTACK:
                if x.bout_i[AIM, f] != OFF_MAP and x.bout_i[AIM, f] != b:
                    ff[F.ADVANCED, f] = 0.0
                fi[F.TARGET, f] = b
                x.assailed[b] = 1
                x.bout[ENGAGED, f] = (unused + left) / 24.0
                ff[F.MARCHED, f] = 0.0
            elif fi[F.TARGET, f] != b:
                note(x, hour, RecordKind.HALTED + 0, faction, f, h, NO_FACTION, b, 0, 0, 0, 0, Reason.CONTACT + 0)
                fi[F.ORDER, f] = Order.HOLD
            return
        if not covert and is_full(w, g, x, rules, f, b):
            through = way_through(w, g, x, steps, rules, f, row, d, goal)
            if through >= INF:
                # waits for room; the hours are not saved up beyond the step itself
                if ff[F.MARCHED, f] > steps[h, d]:
                    ff[F.MARCHED, f] = steps[h, d]
                return
            if ff[F.MARCHED, f] < through:
                return
        fought_through = ff[F.ADVANCED, f] >= g.km
        cost = steps[h, d] + belt_hours(w, mines, faction, b)
        if ff[F.MARCHED, f] < cost and not fought_through:
            return
        if not fought_through:
            ff[F.MARCHED, f] -= cost
        ff[F.FATIGUE, f] = min(1.0, ff[F.FATIGUE, f] + rules.march_fatigue * steps[h, d] / 24.0)
        step_into(w, g, x, rules, combat, control, mines, f, b, hour)
        unused = min(time, ff[F.MARCHED, f])
        if fi[F.MEN, f] <= 0:
            return


@clause
def step_into(
    w: Tables,
    g: Ground,
    x: Work,
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    mines: MineRules,
    f: int,
    b: int,
    hour: int,
) -> None:
    """The force enters hex `b`, takes it (9.2) and meets whoever lies in ambush there (6.20)."""
    fi = w.force_i
    h = fi[F.HEX, f]
    enter_presence(w, x, f, -1)
    fi[F.FROM_HEX, f] = h
    fi[F.HEX, f] = b
    w.force_f[F.ADVANCED, f] = 0.0
    enter_presence(w, x, f, 1)
    note(x, hour, RecordKind.MOVED + 0, fi[F.FACTION, f], f, b, NO_FACTION, h, 0, 0, 0, 0, 0)
    if w.hex_f[H.MINES, b] > 0.0:
        cross_belt(w, x, mines, f, b, hour)
        if fi[F.MEN, f] <= 0:
            return
    if fi[F.STATUS, f] == Status.ACTIVE:
        march_in(w, g, x, rules, control, f, b, hour)
        spring_ambush(w, g, x, combat, rules.reference_km, f, hour)


@clause
def follow_up(
    w: Tables,
    g: Ground,
    x: Work,
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    mines: MineRules,
    hour: int,
) -> None:
    """6.5 Attackers enter the hexes that their battles have opened, within the impulse, as far as there is room."""
    fi = w.force_i
    count_presence(w, x)
    movers = 0
    for f in range(fi.shape[1]):
        if fi[F.TARGET, f] != OFF_MAP and fi[F.MEN, f] > 0 and w.force_f[F.ADVANCED, f] >= g.km:
            x.order[movers] = f
            movers += 1
    draw_order(w, x, movers, hour, Purpose.FOLLOW + 0)
    for k in range(movers):
        f = x.order[k]
        b = fi[F.TARGET, f]
        if enemy_men(w, x, fi[F.FACTION, f], b) > 0 or is_full(w, g, x, rules, f, b):
            continue
        step_into(w, g, x, rules, combat, control, mines, f, b, hour)
        fi[F.TARGET, f] = OFF_MAP


@clause
def march_in(w: Tables, g: Ground, x: Work, rules: MoveRules, control: ControlRules, f: int, h: int, hour: int) -> None:
    """9.2 Formed troops take the enemy's land that they march through, if they are enough to hold it."""
    faction = w.force_i[F.FACTION, f]
    holder = w.hex_i[H.CONTROL, h]
    if w.force_i[F.MEN, f] >= garrison(g, rules, control) and is_war(w.stance, faction, holder):
        if enemy_men(w, x, faction, h) == 0 and not is_hidden(w.force_i[F.STATUS, f], w.force_i[F.POSTURE, f]):
            take(w, x, h, faction, Reason.OCCUPIED + 0, hour)


@clause
def arrive(w: Tables, x: Work, f: int, status: int, unused: float) -> None:
    """At the goal: the order goes on to its next goal, if it has one; else a march ends in holding the ground.
    `unused`: hours of the impulse that the force has left."""
    order = w.force_i[F.ORDER, f]
    w.force_f[F.MARCHED, f] = 0.0
    x.bout[THERE, f] = max(x.bout[THERE, f], unused / 24.0)
    if w.force_i[F.THEN, f] != OFF_MAP and status != Status.ROUTED:
        w.force_i[F.DEST, f] = w.force_i[F.THEN, f]
        w.force_i[F.THEN, f] = OFF_MAP
        # its way on is looked up at the start of the next impulse
        x.to_dest[f] = -1
        w.force_f[F.SPARE, f] = unused
        return
    if status == Status.ACTIVE and (order == Order.MOVE or order == Order.ATTACK or order == Order.WITHDRAW):
        w.force_i[F.ORDER, f] = Order.HOLD
    elif status == Status.BANDS and (order == Order.MOVE or order == Order.WITHDRAW):
        w.force_i[F.ORDER, f] = Order.REST
