"""Chapter 3, movement.

3.1 A step from hex to hex goes over a surface: the road between them if there is one, else open or rough ground,
    else water. The march table gives km a day by class of force and surface; the wet season slows wheels on dirt most.
3.2 A river along the edge costs time by its class: least by bridge, more by ferry, most by fording.
3.3 A force may enter land of its own side, of an enemy at war, of nobody, and of those who grant access; nothing else.
    A country that movements fight over is open to each of them, and to the friends and enemies of any of them.
3.4 Men find room in a hex by the hundred, not by counters: a hex that is full of friends takes nobody else in. A
    column on a paved road marches through it, once it has the hours for the way to the next hex that has room.
3.5 A force saves hours of march until the next step is paid. Beside an enemy it marches slowly. Hours that a fight or
    a halt at a way-point leaves of an impulse are not lost: the next impulse has them too.
3.6 A hex held by a formed enemy is not entered. A force told to march halts there; a force told to attack fights
    for it (chapter 6) from the hour at which it comes up to the last of the impulse, and marches on if the enemy goes
    before; a force that withdraws looks for another way. Who is come up to while on the march has a battle on his
    hands, and gets away (6.7) when he has marched as far as it takes.
3.7 Forces act in an order drawn anew each quarter day, so that no side moves first.
3.8 A broken force falls back to its base by the way that is open. Bands and hidden forces do not bar a way and are
    not barred: they pass between enemy troops, and may be found out (5.2).
3.9 The season changes the ways. In the wet season flooded fields carry no wheels off the road and rivers take longer to
    cross. Months after the rains began the great lake covers its shores: whoever has no boats crosses them by local
    craft, a part at a time.
3.10 A belt of mines that the own side does not hold costs hours, and men (7.2).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, ForceKind, Order, Posture, Status
from game.core.kernels import chapter, clause
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, ControlRules, MoveRules, Ruleset
from game.core.ruleset_guerrilla import MineRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.hiding import is_insurgent, stamp_sweeps, works_hidden
from game.rules.presence import count_presence, draw_order, enemy_beside, enemy_men, is_hidden
from game.rules.steps import advance_force, next_step
from game.rules.workspace import AIM, ENGAGED, GOES, IN_BATTLE, INF, NEEDS, PACE, SAVED, THERE, Now, Work

PASSES = 4
"""Movement is resolved in four passes an impulse, so that columns meet where they would."""


@chapter
def march(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """3.5-3.8, 6.2 One impulse of movement, and the weather for who flies.

    Formula (6.2): weather = wet_air in the wet season, else 1
    """
    hours = now.days * 24.0
    fi = w.force_i
    ff = w.force_f
    x.assailed[:] = 0
    x.sky[0] = r.combat.wet_air if now.season == 1 else 1.0
    for f in range(fi.shape[1]):
        x.bout[NEEDS, f] = INF
        x.bout[IN_BATTLE, f] = 0.0
        x.bout[THERE, f] = 0.0
        x.bout_i[AIM, f] = fi[F.TARGET, f]
        fi[F.TARGET, f] = OFF_MAP
        x.bout[SAVED, f] = ff[F.SPARE, f]
        ff[F.SPARE, f] = 0.0
        prepare(w, g, x, r.combat, f)
    count_presence(w, x)
    stamp_sweeps(w, g, x)
    full = hours / PASSES
    for turn in range(PASSES):
        movers = list_movers(w, x)
        draw_order(w, x, movers, now.hour + turn, Purpose.RETREAT + 0)
        for k in range(movers):
            f = x.order[k]
            time = full + x.bout[SAVED, f]
            x.bout[SAVED, f] = 0.0
            left = hours - (turn + 1) * full
            at = now.hour + int(turn * full)
            move_on(w, g, x, x.march_step, r.move, r.combat, r.control, r.mines, now.ways, f, at, time, left)


@clause
def move_on(
    w: Tables,
    g: Ground,
    x: Work,
    all_steps: npt.NDArray[np.float64],
    rules: MoveRules,
    combat: CombatRules,
    control: ControlRules,
    mines: MineRules,
    season: int,
    f: int,
    hour: int,
    time: float,
    left: float,
) -> None:
    """3.5, 3.6 A force on the march gets `time` hours for it; `left` hours of the impulse come after these.

    Formula (3.5): hours saved += hours of the impulse * (near_enemy beside a formed enemy, else 1)
    """
    fi = w.force_i
    status = fi[F.STATUS, f]
    row = x.to_base[f] if status == Status.ROUTED else x.to_dest[f]
    # an ambush may have struck it, or its goal have been reached, since the pass began
    if row < 0 or fi[F.MEN, f] <= 0:
        return
    steps = all_steps[fi[F.MOBILITY, f], season]
    pace = 1.0
    if enemy_beside(w, g, x, fi[F.FACTION, f], fi[F.HEX, f]) and status == Status.ACTIVE:
        pace = rules.near_enemy
    if x.assailed[fi[F.HEX, f]] == 1 and not is_hidden(status, fi[F.POSTURE, f]):
        if pin_down(w, g, x, steps, f, row, pace):
            return
    w.force_f[F.MARCHED, f] += time * pace
    advance_force(w, g, x, steps, rules, combat, control, mines, f, row, hour, time, left)


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
    if order == Order.SWEEP or order == Order.SABOTAGE or order == Order.CLEAR:
        return True
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
    mines: MineRules,
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
        move_on(w, g, x, all_steps, rules, combat, control, mines, season, f, hour, time, 0.0)
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
            move_on(w, g, x, all_steps, rules, combat, control, mines, season, f, hour, 0.0, 0.0)
    return met


@clause
def pin_down(w: Tables, g: Ground, x: Work, steps: npt.NDArray[np.float64], f: int, row: int, pace: float) -> bool:
    """3.6 A force on the march whose hex is attacked: what it still needs to get out, for the battle (6.7). False if
    it is not held up, because it attacks in its turn."""
    fi = w.force_i
    attacks = fi[F.ORDER, f] == Order.ATTACK and fi[F.STATUS, f] == Status.ACTIVE
    h = fi[F.HEX, f]
    d = next_step(w, g, x, steps, row, f, h, not attacks)
    if d < 0:
        return True
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
    """5.10, 6.2, 7.1 Posture at the start of the impulse, from status, order and works.

    Formula (7.1): fortified from works_fortified on, prepared from works_prepared on, else hasty
    """
    fi = w.force_i
    status = fi[F.STATUS, f]
    order = fi[F.ORDER, f]
    if status == Status.BANDS:
        fi[F.POSTURE, f] = Posture.HIDDEN
    elif status == Status.ROUTED:
        fi[F.POSTURE, f] = Posture.MARCH
    elif order == Order.ATTACK:
        fi[F.POSTURE, f] = Posture.ATTACK
    elif works_hidden(order) and (order == Order.AMBUSH or is_insurgent(w, fi[F.FACTION, f])):
        fi[F.POSTURE, f] = Posture.HIDDEN
    elif order == Order.MOVE or order == Order.RAID or order >= Order.PATROL:
        fi[F.POSTURE, f] = Posture.MARCH
    elif order == Order.WITHDRAW:
        fi[F.POSTURE, f] = Posture.DELAY
    elif order == Order.REST:
        fi[F.POSTURE, f] = Posture.REST
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
