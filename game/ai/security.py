"""How a side secures land that it has overrun, and how the weaker one strikes at it.

P.15 When no formed enemy is near who could stand up to it, a side's troops guard what they have: they clear mines on
     roads in use, or patrol; in the dry season those who are free comb the enemy's base areas within reach.
P.16 Insurgents go for the enemy's roads and railway near them where the risk is small: enemy troops count by how soon
     they can be there, which mud delays. Small parties and those at a railway sabotage, others raid.
"""

from __future__ import annotations

from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, give
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as Y
from game.core.ids import OFF_MAP, Mobility, Order, Rail, Road
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.ground import may_enter
from game.rules.orders import is_camp, kind_can
from game.rules.supply import best_road
from game.rules.workspace import INF, is_war

DAY = 24.0
"""Hours after which help counts half."""


@clause
def guard(w: Tables, g: Ground, c: Doctrine, s: Scratch, f: int, secure: bool) -> None:
    """P.15 A force that stays where it is: it clears mines, patrols, or holds the ground where the enemy may come."""
    fi = w.force_i
    h = fi[F.HEX, f]
    able = secure and s.enemy[h] <= 0.0 and kind_can(fi[F.KIND, f], Order.PATROL + 0)
    if able and best_road(g, h) >= Road.SECONDARY and w.hex_f[H.SCATTER, h] >= c.clear_from:
        if w.hex_f[H.MINES, h] <= 0.0 or w.policy[Y.SEAL, fi[F.FACTION, f]] <= 0.0:
            give(s, f, Order.CLEAR + 0, h, Reason.PLAN_CLEAR + 0, h, 0)
            return
    if able:
        give(s, f, Order.PATROL + 0, OFF_MAP, Reason.PLAN_PATROL + 0, h, 0)
    else:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)


@clause
def base_to_comb(w: Tables, g: Ground, c: Doctrine, s: Scratch, f: int) -> int:
    """P.15 The nearest base area of an enemy that the force may enter and that not enough others comb; OFF_MAP if none
    is in reach."""
    fi = w.force_i
    best = c.sweep_hexes + 1
    goal = OFF_MAP
    for k in range(g.havens.shape[0]):
        p = g.havens[k]
        whose = g.shelter[p]
        if not is_war(w.stance, c.leader, whose) or s.enemy_at[p] > 0.0 or s.chased[p] > 0.0 or is_camp(w, p):
            continue
        away = hex_distance(g.cols, fi[F.HEX, f], p)
        if away < best and s.barred[p] == 0 and may_enter(w, g, fi[F.FACTION, f], p):
            best = away
            goal = p
    return goal


@clause
def comb_or_guard(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int, secure: bool) -> None:
    """P.15 A force without an objective or a known enemy."""
    if secure and a.wet == 0 and kind_can(w.force_i[F.KIND, f], Order.SWEEP + 0):
        goal = base_to_comb(w, g, c, s, f)
        if goal != OFF_MAP:
            s.chased[goal] += s.weight[f]
            give(s, f, Order.SWEEP + 0, goal, Reason.PLAN_SWEEP_BASE + 0, goal, 0)
            return
    guard(w, g, c, s, f, secure)


@clause
def help_near(g: Ground, s: Scratch, a: Aims, p: int) -> float:
    """P.16 Strength of the known enemies about a hex, as far as they can be there in time.

    Formula: strength * 24 / (24 + hours of the quickest step into the hex)
    """
    if s.enemy[p] <= 0.0:
        return 0.0
    hours = INF
    for d in range(6):
        b = g.neighbours[p, d]
        if b != OFF_MAP:
            hours = min(hours, a.steps[Mobility.MOTORISED, b, (d + 3) % 6])
    return s.enemy[p] * DAY / (DAY + hours)


@clause
def strike_goal(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int) -> int:
    """P.16 The nearest stretch of the enemy's roads or railway where the risk is small, the last found among equals;
    OFF_MAP if none is in reach."""
    h = w.force_i[F.HEX, f]
    best = c.raid_hexes + 1
    goal = OFF_MAP
    for k in range(g.arteries.shape[0]):
        p = g.arteries[k]
        if not is_war(w.stance, c.leader, w.hex_i[H.CONTROL, p]) or s.enemy_at[p] > 0.0 or is_camp(w, p):
            continue
        away = hex_distance(g.cols, h, p)
        if away >= best:
            continue
        if help_near(g, s, a, p) <= c.raid_risk * s.weight[f]:
            best = away
            goal = p
    return goal


@clause
def has_railway(g: Ground, p: int) -> bool:
    """P.16 Whether trains run through the hex."""
    found = False
    for d in range(6):
        found = found or g.rail[p, d] == Rail.OPERATING
    return found


@clause
def strike_out(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, f: int) -> bool:
    """P.16 Send a force of insurgents to raid or sabotage; False if it is not fit or there is nothing to strike at."""
    fi = w.force_i
    fit = w.force_f[F.COHESION, f] > c.rest_cohesion and w.force_f[F.HUNGER, f] < c.raid_hunger
    if c.raid_from_bands == 0 or not fit or not kind_can(fi[F.KIND, f], Order.SABOTAGE + 0):
        return False
    goal = strike_goal(w, g, c, s, a, f)
    if goal == OFF_MAP:
        return False
    small = fi[F.MEN, f] <= r.guerrilla.sabotage_men * 2.0
    if small or has_railway(g, goal):
        give(s, f, Order.SABOTAGE + 0, goal, Reason.PLAN_SABOTAGE + 0, goal, 0)
    else:
        give(s, f, Order.RAID + 0, goal, Reason.PLAN_RAID_LOC + 0, goal, 0)
    return True
