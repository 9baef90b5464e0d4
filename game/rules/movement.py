"""Chapter 3, movement.

3.1 A step from hex to hex goes over a surface: the road between them if there is one, else open or rough ground,
    else water. The march table gives km a day by class of force and surface; the wet season slows wheels on dirt most.
3.2 A river along the edge costs time by its class: least by bridge, more by ferry, most by fording.
3.3 A force may enter land of its own side, of an enemy at war, of nobody, and of those who grant access; nothing else.
3.4 Men find room in a hex by the hundred, not by counters: a hex that is full of friends lets nobody else in.
3.5 A force saves hours of march until the next step is paid. Beside an enemy it marches slowly.
3.6 A hex held by a formed enemy is not entered. A force told to march halts there; a force told to attack fights
    for it (chapter 6); a force that withdraws looks for another way.
3.7 Forces act in an order drawn anew each quarter day, so that no side moves first.
3.8 A broken force falls back to its base by the way that is open. Bands and hidden forces do not bar a way and are
    not barred.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, ForceKind, Order, Posture, Status
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, ControlRules, MoveRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ambush import spring_ambush
from game.rules.ground import may_enter, room
from game.rules.presence import (
    count_presence,
    draw_order,
    enemy_beside,
    enemy_men,
    enter_presence,
    friends_in,
    is_hidden,
    take,
)
from game.rules.workspace import INF, Work, is_war, note

PASSES = 4
"""Movement is resolved in four passes an impulse, so that columns meet where they would."""


@clause
def next_step(w: Tables, g: Ground, x: Work, steps: npt.NDArray[np.float64], slot: int, f: int, avoid: bool) -> int:
    """Direction of the best next step along the field, or -1. With `avoid`, hexes held by formed enemies and hexes
    that lead away from the goal by more than a day are left out (3.6, 3.8)."""
    h = w.force_i[F.HEX, f]
    faction = w.force_i[F.FACTION, f]
    best = INF
    way = -1
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP:
            continue
        ahead = x.fields[slot, b]
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
def way_on(w: Tables, g: Ground, x: Work, steps: npt.NDArray[np.float64], slot: int, f: int, avoid: bool) -> int:
    """3.5 As `next_step`, which is asked once a hex: only who avoids the enemy looks again."""
    h = w.force_i[F.HEX, f]
    if avoid:
        x.way_from[f] = OFF_MAP
        return next_step(w, g, x, steps, slot, f, True)
    if x.way_from[f] != h:
        x.way[f] = next_step(w, g, x, steps, slot, f, False)
        x.way_from[f] = h
    return x.way[f]


@chapter
def march(
    w: Tables,
    g: Ground,
    x: Work,
    all_steps: npt.NDArray[np.float64],
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    season: int,
    hour: int,
    hours: float,
) -> None:
    """3.5-3.8 One impulse of movement, `hours` long."""
    fi = w.force_i
    ff = w.force_f
    for f in range(fi.shape[1]):
        fi[F.TARGET, f] = OFF_MAP
        prepare(w, g, x, f)
    count_presence(w, x)
    for turn in range(PASSES):
        movers = list_movers(w, x)
        draw_order(w, x, movers, hour + turn, Purpose.RETREAT + 0)
        for k in range(movers):
            f = x.order[k]
            status = fi[F.STATUS, f]
            slot = x.to_base[f] if status == Status.ROUTED else x.to_dest[f]
            # an ambush may have struck it, or its goal have been reached, since the pass began
            if slot < 0 or fi[F.MEN, f] <= 0:
                continue
            fraction = hours / PASSES
            if enemy_beside(w, g, x, fi[F.FACTION, f], fi[F.HEX, f]) and status == Status.ACTIVE:
                fraction *= rules.near_enemy
            ff[F.MARCHED, f] += fraction
            advance_force(w, g, x, all_steps[fi[F.MOBILITY, f], season], rules, combat, control, f, slot, hour)


@clause
def list_movers(w: Tables, x: Work) -> int:
    """3.5, 3.8 Forces that march in this pass, into `x.order`; returns how many."""
    fi = w.force_i
    movers = 0
    for f in range(fi.shape[1]):
        status = fi[F.STATUS, f]
        if status < Status.ACTIVE or status > Status.BANDS or fi[F.MEN, f] <= 0:
            continue
        if fi[F.KIND, f] == ForceKind.AIR or fi[F.TARGET, f] != OFF_MAP:
            continue
        order = fi[F.ORDER, f]
        moving = order == Order.MOVE or order == Order.ATTACK or order == Order.WITHDRAW or order == Order.RAID
        if order == Order.AMBUSH and fi[F.DEST, f] != OFF_MAP:
            moving = True
        if (status == Status.ROUTED and x.to_base[f] >= 0) or (
            status != Status.ROUTED and moving and x.to_dest[f] >= 0
        ):
            x.order[movers] = f
            movers += 1
    return movers


@clause
def prepare(w: Tables, g: Ground, x: Work, f: int) -> None:
    """Posture at the start of the impulse, from status, order and works."""
    fi = w.force_i
    status = fi[F.STATUS, f]
    order = fi[F.ORDER, f]
    if status == Status.BANDS:
        fi[F.POSTURE, f] = Posture.HIDDEN
    elif status == Status.ROUTED:
        fi[F.POSTURE, f] = Posture.MARCH
    elif order == Order.ATTACK:
        fi[F.POSTURE, f] = Posture.ATTACK
    elif order == Order.MOVE or order == Order.RAID:
        fi[F.POSTURE, f] = Posture.MARCH
    elif order == Order.WITHDRAW:
        fi[F.POSTURE, f] = Posture.DELAY
    elif order == Order.REST:
        fi[F.POSTURE, f] = Posture.REST
    elif order == Order.AMBUSH:
        fi[F.POSTURE, f] = Posture.HIDDEN
    else:
        works = w.force_f[F.DUG_IN, f]
        ground = w.hex_f[H.WORKS, fi[F.HEX, f]] if fi[F.HEX, f] != OFF_MAP else 0.0
        if ground > works:
            works = ground
        if works >= 2.5:
            fi[F.POSTURE, f] = Posture.FORTIFIED
        elif works >= 1.5:
            fi[F.POSTURE, f] = Posture.PREPARED
        else:
            fi[F.POSTURE, f] = Posture.HASTY
    if order != Order.HOLD or status != Status.ACTIVE:
        w.force_f[F.DUG_IN, f] = 0.0


@clause
def advance_force(
    w: Tables,
    g: Ground,
    x: Work,
    steps: npt.NDArray[np.float64],
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    f: int,
    slot: int,
    hour: int,
) -> None:
    """3.5, 3.6 Take the steps that the saved hours pay for."""
    fi = w.force_i
    ff = w.force_f
    faction = fi[F.FACTION, f]
    status = fi[F.STATUS, f]
    order = fi[F.ORDER, f]
    evades = status == Status.ROUTED or order == Order.WITHDRAW
    goal = fi[F.BASE, f] if status == Status.ROUTED else fi[F.DEST, f]
    while True:
        h = fi[F.HEX, f]
        if h == goal:
            arrive(w, x, f, status)
            return
        d = way_on(w, g, x, steps, slot, f, evades)
        if d < 0:
            ff[F.MARCHED, f] = 0.0
            return
        b = g.neighbours[h, d]
        if status != Status.BANDS and enemy_men(w, x, faction, b) > 0:
            if order == Order.ATTACK:
                fi[F.TARGET, f] = b
            elif fi[F.TARGET, f] != b:
                note(x, hour, RecordKind.HALTED + 0, faction, f, h, NO_FACTION, b, 0, 0, 0, 0, Reason.CONTACT + 0)
                fi[F.ORDER, f] = Order.HOLD
            return
        if not is_hidden(status, fi[F.POSTURE, f]):
            inside = friends_in(w, x, faction, b)
            if inside + fi[F.MEN, f] > room(g, rules, b) and inside > 0:
                # waits for room; the hours are not saved up beyond the step itself
                if ff[F.MARCHED, f] > steps[h, d]:
                    ff[F.MARCHED, f] = steps[h, d]
                return
        fought_through = ff[F.ADVANCED, f] >= g.km
        if ff[F.MARCHED, f] < steps[h, d] and not fought_through:
            return
        ff[F.MARCHED, f] = 0.0 if fought_through else ff[F.MARCHED, f] - steps[h, d]
        ff[F.FATIGUE, f] = min(1.0, ff[F.FATIGUE, f] + rules.march_fatigue * steps[h, d] / 24.0)
        enter_presence(w, x, f, -1)
        fi[F.FROM_HEX, f] = h
        fi[F.HEX, f] = b
        ff[F.ADVANCED, f] = 0.0
        enter_presence(w, x, f, 1)
        note(x, hour, RecordKind.MOVED + 0, faction, f, b, NO_FACTION, h, 0, 0, 0, 0, 0)
        if status == Status.ACTIVE:
            march_in(w, g, x, control, f, b, hour)
            spring_ambush(w, g, x, combat, f, hour)
            if fi[F.MEN, f] <= 0:
                return


@clause
def march_in(w: Tables, g: Ground, x: Work, rules: ControlRules, f: int, h: int, hour: int) -> None:
    """9.2 Formed troops take the enemy's land that they march through."""
    faction = w.force_i[F.FACTION, f]
    holder = w.hex_i[H.CONTROL, h]
    if w.force_i[F.MEN, f] >= rules.garrison_men and is_war(w.stance, faction, holder):
        if enemy_men(w, x, faction, h) == 0 and not is_hidden(w.force_i[F.STATUS, f], w.force_i[F.POSTURE, f]):
            take(w, x, h, faction, Reason.OCCUPIED + 0, hour)


@clause
def arrive(w: Tables, x: Work, f: int, status: int) -> None:
    """At the goal: the order goes on to its next goal, if it has one; else a march ends in holding the ground."""
    order = w.force_i[F.ORDER, f]
    w.force_f[F.MARCHED, f] = 0.0
    if w.force_i[F.THEN, f] != OFF_MAP and status != Status.ROUTED:
        w.force_i[F.DEST, f] = w.force_i[F.THEN, f]
        w.force_i[F.THEN, f] = OFF_MAP
        # its way on is looked up at the start of the next impulse
        x.to_dest[f] = -1
        return
    if status == Status.ACTIVE and (order == Order.MOVE or order == Order.ATTACK or order == Order.WITHDRAW):
        w.force_i[F.ORDER, f] = Order.HOLD
    elif status == Status.BANDS and (order == Order.MOVE or order == Order.WITHDRAW):
        w.force_i[F.ORDER, f] = Order.REST
