"""Chapter 3, movement.

3.1 A step from hex to hex goes over a surface: the road between them if there is one, else open or rough ground,
    else water. The march table gives km a day by class of force and surface; the wet season slows wheels on dirt most.
3.2 A river along the edge costs time by its class: least by bridge, more by ferry, most by fording.
3.3 A force may enter land of its own side, of an enemy at war, of nobody, and of those who grant access; nothing else.
3.4 Men find room in a hex by the hundred, not by counters: a hex that is full of friends lets nobody else in.
3.5 A force saves hours of march until the next step is paid. Beside an enemy it marches slowly. Hours that a fight or
    a halt at a way-point leaves of an impulse are not lost: the next impulse has them too.
3.6 A hex held by a formed enemy is not entered. A force told to march halts there; a force told to attack fights
    for it (chapter 6) from the hour at which it comes up to the last of the impulse, and marches on if the enemy goes
    before; a force that withdraws looks for another way. Who is come up to while on the march has a battle on his
    hands, and gets away (6.7) when he has marched as far as it takes.
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
from game.core.ruleset import CombatRules, ControlRules, MoveRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ambush import spring_ambush
from game.rules.ground import garrison, may_enter, room
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
from game.rules.workspace import AIM, ENGAGED, GOES, IN_BATTLE, INF, NEEDS, PACE, SAVED, Now, Work, is_war, note

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
def march(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """3.5-3.8 One impulse of movement."""
    hours = now.days * 24.0
    fi = w.force_i
    ff = w.force_f
    x.assailed[:] = 0
    for f in range(fi.shape[1]):
        x.bout[NEEDS, f] = INF
        x.bout[IN_BATTLE, f] = 0.0
        x.bout_i[AIM, f] = fi[F.TARGET, f]
        fi[F.TARGET, f] = OFF_MAP
        x.bout[SAVED, f] = ff[F.SPARE, f]
        ff[F.SPARE, f] = 0.0
        prepare(w, g, x, r.combat, f)
    count_presence(w, x)
    full = hours / PASSES
    for turn in range(PASSES):
        movers = list_movers(w, x)
        draw_order(w, x, movers, now.hour + turn, Purpose.RETREAT + 0)
        for k in range(movers):
            f = x.order[k]
            time = full + x.bout[SAVED, f]
            x.bout[SAVED, f] = 0.0
            left = hours - (turn + 1) * full
            move_on(w, g, x, x.march_step, r.move, r.combat, r.control, now.season, f, now.hour, time, left)


@clause
def move_on(
    w: Tables,
    g: Ground,
    x: Work,
    all_steps: npt.NDArray[np.float64],
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    season: int,
    f: int,
    hour: int,
    time: float,
    left: float,
) -> None:
    """3.5, 3.6 A force on the march gets `time` hours for it; `left` hours of the impulse come after these."""
    fi = w.force_i
    status = fi[F.STATUS, f]
    slot = x.to_base[f] if status == Status.ROUTED else x.to_dest[f]
    # an ambush may have struck it, or its goal have been reached, since the pass began
    if slot < 0 or fi[F.MEN, f] <= 0:
        return
    steps = all_steps[fi[F.MOBILITY, f], season]
    pace = 1.0
    if enemy_beside(w, g, x, fi[F.FACTION, f], fi[F.HEX, f]) and status == Status.ACTIVE:
        pace = rules.near_enemy
    if x.assailed[fi[F.HEX, f]] == 1 and not is_hidden(status, fi[F.POSTURE, f]):
        if pin_down(w, g, x, steps, f, slot, pace):
            return
    w.force_f[F.MARCHED, f] += time * pace
    advance_force(w, g, x, steps, rules, combat, control, f, slot, hour, time, left)


@clause
def may_march(w: Tables, x: Work, f: int) -> bool:
    """3.5, 3.8 Whether the force is on the march."""
    fi = w.force_i
    status = fi[F.STATUS, f]
    if status < Status.ACTIVE or status > Status.BANDS or fi[F.MEN, f] <= 0 or fi[F.KIND, f] == ForceKind.AIR:
        return False
    if status == Status.ROUTED:
        return x.to_base[f] >= 0
    if x.to_dest[f] < 0:
        return False
    order = fi[F.ORDER, f]
    if order == Order.AMBUSH:
        return fi[F.DEST, f] != OFF_MAP
    return order == Order.MOVE or order == Order.ATTACK or order == Order.WITHDRAW or order == Order.RAID


@clause
def list_movers(w: Tables, x: Work) -> int:
    """3.6, 3.8 Forces that march in this pass, into `x.order`, those too whose enemy has gone before the battle;
    returns how many."""
    fi = w.force_i
    movers = 0
    for f in range(fi.shape[1]):
        target = fi[F.TARGET, f]
        if target != OFF_MAP:
            if enemy_men(w, x, fi[F.FACTION, f], target) > 0:
                continue
            x.assailed[target] = 0
            fi[F.TARGET, f] = OFF_MAP
        if may_march(w, x, f):
            x.order[movers] = f
            movers += 1
    return movers


@clause
def go_on(
    w: Tables,
    g: Ground,
    x: Work,
    all_steps: npt.NDArray[np.float64],
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    season: int,
    hour: int,
    again: int,
) -> int:
    """3.5 Those whom a fight has left hours of the impulse use them, for the `again`th time; returns how many have come
    up to the enemy anew. A hex that was fought for in this impulse waits for the next."""
    fi = w.force_i
    ff = w.force_f
    movers = 0
    for f in range(fi.shape[1]):
        x.bout[NEEDS, f] = INF
        if ff[F.SPARE, f] > 0.0 and fi[F.TARGET, f] == OFF_MAP and may_march(w, x, f):
            x.order[movers] = f
            movers += 1
    if movers == 0:
        return 0
    x.assailed[:] = 0
    draw_order(w, x, movers, hour + again, Purpose.FOLLOW + 0)
    met = 0
    for k in range(movers):
        f = x.order[k]
        time = ff[F.SPARE, f]
        ff[F.SPARE, f] = 0.0
        move_on(w, g, x, all_steps, rules, combat, control, season, f, hour, time, 0.0)
        target = fi[F.TARGET, f]
        if target != OFF_MAP:
            if x.battle_days[target] > 0.0:
                ff[F.SPARE, f] = x.bout[ENGAGED, f] * 24.0
                fi[F.TARGET, f] = OFF_MAP
                x.assailed[target] = 0
            else:
                met += 1
    for k in range(movers):
        f = x.order[k]
        if fi[F.TARGET, f] == OFF_MAP and fi[F.HEX, f] != OFF_MAP and x.assailed[fi[F.HEX, f]] == 1:
            move_on(w, g, x, all_steps, rules, combat, control, season, f, hour, 0.0, 0.0)
    return met


@clause
def pin_down(w: Tables, g: Ground, x: Work, steps: npt.NDArray[np.float64], f: int, slot: int, pace: float) -> bool:
    """3.6 A force on the march whose hex is attacked: what it still needs to get out, for the battle (6.7). False if
    it is not held up, because it attacks in its turn."""
    fi = w.force_i
    attacks = fi[F.ORDER, f] == Order.ATTACK and fi[F.STATUS, f] == Status.ACTIVE
    d = next_step(w, g, x, steps, slot, f, not attacks)
    if d < 0:
        return True
    h = fi[F.HEX, f]
    b = g.neighbours[h, d]
    if attacks and enemy_men(w, x, fi[F.FACTION, f], b) > 0:
        return False
    if x.bout[NEEDS, f] >= INF:
        x.bout[NEEDS, f] = max(0.0, steps[h, d] - w.force_f[F.MARCHED, f]) / (24.0 * pace)
        x.bout[PACE, f] = pace
        x.bout_i[GOES, f] = b
    return True


@clause
def prepare(w: Tables, g: Ground, x: Work, combat: CombatRules, f: int) -> None:
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
        if works >= combat.works_fortified:
            fi[F.POSTURE, f] = Posture.FORTIFIED
        elif works >= combat.works_prepared:
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
    time: float,
    left: float,
) -> None:
    """3.5, 3.6 Take the steps that the saved hours pay for. `time`: hours that the force has just been given; `left`:
    hours of the impulse after these."""
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
        d = way_on(w, g, x, steps, slot, f, evades)
        if d < 0:
            ff[F.MARCHED, f] = 0.0
            return
        b = g.neighbours[h, d]
        if status != Status.BANDS and enemy_men(w, x, faction, b) > 0:
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
        if not fought_through:
            ff[F.MARCHED, f] -= steps[h, d]
        ff[F.FATIGUE, f] = min(1.0, ff[F.FATIGUE, f] + rules.march_fatigue * steps[h, d] / 24.0)
        step_into(w, g, x, rules, combat, control, f, b, hour)
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
    if fi[F.STATUS, f] == Status.ACTIVE:
        march_in(w, g, x, rules, control, f, b, hour)
        spring_ambush(w, g, x, combat, f, hour)


@clause
def follow_up(
    w: Tables, g: Ground, x: Work, rules: MoveRules, combat: CombatRules, control: ControlRules, hour: int
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
        faction = fi[F.FACTION, f]
        inside = friends_in(w, x, faction, b)
        if enemy_men(w, x, faction, b) > 0 or (inside > 0 and inside + fi[F.MEN, f] > room(g, rules, b)):
            continue
        step_into(w, g, x, rules, combat, control, f, b, hour)
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
