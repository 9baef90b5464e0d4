"""What goes on behind the attacker's front, and who waits.

P.4  Forces wait that are short of supplies, spent or shaken, unless the enemy is upon them or they would bar the way
     of those behind them; the starving go where they are fed soonest: to the nearest garrison, or on to an enemy's
     town that they can take.
P.6  Who has no objective goes for the nearest enemy known; where only bands are known, he sweeps.
P.7  Security and local troops garrison the places behind the advance; without any, one line force holds the capital.
P.13 Forces on foot and local troops deal with the known enemies near them before they go on: behind the wheels nobody
     is left who could cut the line of communication.
"""

from __future__ import annotations

from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, bars_way, give, hours_to
from game.ai.security import comb_or_guard, guard
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, Arms, ForceKind, Mobility, Order
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.ground import may_enter
from game.rules.orders import is_camp, kind_can
from game.rules.presence import friendly
from game.rules.supply import need_per_day
from game.rules.workspace import INF, is_war


@clause
def garrison(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, secure: bool) -> None:
    """P.7"""
    fi = w.force_i
    for p in range(a.posts.at.shape[0]):
        h = a.posts.at[p]
        if s.barred[h] == 1 or not friendly(w, c.leader, w.hex_i[H.CONTROL, h]):
            continue
        best = INF
        found = -1
        held = False
        for f in range(fi.shape[1]):
            if s.free[f] == 0:
                continue
            local = fi[F.KIND, f] == ForceKind.GARRISON or fi[F.ARMS, f] == Arms.LIGHT or fi[F.ARMS, f] == Arms.MILITIA
            if fi[F.HEX, f] == h and local:
                held = True
                guard(w, g, c, s, f, secure)
                break
            hours = hours_to(w, g, a, a.posts, p, f)
            if (local or (p == 0 and s.friend[h] <= 0.0)) and hours < best:
                best = hours
                found = f
        if not held and found >= 0:
            give(s, found, Order.MOVE + 0, h, Reason.PLAN_GARRISON + 0, h, 0)


@clause
def has_wheels(w: Tables, f: int) -> bool:
    """P.12 Whether the force can pursue: it has wheels or tracks."""
    mobility = w.force_i[F.MOBILITY, f]
    return mobility == Mobility.MOTORISED or mobility == Mobility.TRACKED


@clause
def prize_hours(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int) -> float:
    """P.4 Hours to the nearest enemy place that the force can take by itself: there is food there; INF if none."""
    best = INF
    for o in range(a.goals.at.shape[0]):
        h = a.goals.at[o]
        if not is_war(w.stance, c.leader, w.hex_i[H.CONTROL, h]):
            continue
        if s.weight[f] > c.odds_attack * s.enemy[h]:
            best = min(best, hours_to(w, g, a, a.goals, o, f))
    return best


@clause
def waits(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, pursues: bool, f: int) -> None:
    """P.4"""
    fi = w.force_i
    h = fi[F.HEX, f]
    if s.enemy[h] > 0.0 and s.enemy[h] * c.odds_attack > s.friend[h]:
        return
    barring = bars_way(w, g, r, s, f)
    days = fi[F.STOCK_KG, f] / max(1.0, need_per_day(w, r.supply, f, 1))
    if days < c.days_wanted and w.force_f[F.HUNGER, f] > 0.0:
        wanted = int(c.days_wanted + 0.5)
        prize = prize_hours(w, g, c, s, a, f)
        if w.force_f[F.HUNGER, f] < c.starving or a.posts.at.shape[0] == 0:
            if barring or prize <= c.near_hours:
                return
            give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_SUPPLY_FIRST + 0, int(days), wanted)
            return
        best = INF
        back = OFF_MAP
        for p in range(a.posts.at.shape[0]):
            hours = hours_to(w, g, a, a.posts, p, f)
            if friendly(w, c.leader, w.hex_i[H.CONTROL, a.posts.at[p]]) and hours < best:
                best = hours
                back = a.posts.at[p]
        if prize < best:
            return
        if back == OFF_MAP or back == h:
            give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_SUPPLY_FIRST + 0, int(days), wanted)
        else:
            give(s, f, Order.WITHDRAW + 0, back, Reason.PLAN_SUPPLY_FIRST + 0, int(days), wanted)
        return
    tired = w.force_f[F.FATIGUE, f]
    firm = w.force_f[F.COHESION, f]
    if not barring and (tired > (c.pursuit_fatigue if pursues else c.rest_fatigue) or firm < c.rest_cohesion):
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_REST + 0, int(tired * 100.0), int(firm * 100.0))


@clause
def clean_up(w: Tables, g: Ground, c: Doctrine, s: Scratch, f: int) -> None:
    """P.13 Go for the nearest known formed enemy whom the force can beat and whom not enough others deal with."""
    fi = w.force_i
    h = fi[F.HEX, f]
    best = c.sweep_hexes + 1
    goal = OFF_MAP
    for k in range(fi.shape[1]):
        p = fi[F.HEX, k]
        if p == OFF_MAP or s.enemy_at[p] <= 0.0 or not is_war(w.stance, c.leader, fi[F.FACTION, k]):
            continue
        if s.barred[p] == 1 or is_camp(w, p) or not may_enter(w, g, fi[F.FACTION, f], p):
            continue
        wanted = c.odds_attack * s.enemy_at[p]
        away = hex_distance(g.cols, h, p)
        if away < best and s.weight[f] >= wanted and s.chased[p] < wanted:
            best = away
            goal = p
    if goal != OFF_MAP:
        s.chased[goal] += s.weight[f]
        give(s, f, Order.ATTACK + 0, goal, Reason.PLAN_SWEEP + 0, goal, 0)


@clause
def sweep(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int, secure: bool) -> None:
    """P.6, P.15 With no objective left, go for the nearest enemy known, bands too; else secure the land."""
    fi = w.force_i
    h = fi[F.HEX, f]
    best = c.sweep_hexes + 1
    goal = OFF_MAP
    for k in range(fi.shape[1]):
        p = fi[F.HEX, k]
        if p == OFF_MAP or fi[F.MEN, k] <= 0 or not is_war(w.stance, c.leader, fi[F.FACTION, k]):
            continue
        if s.barred[p] == 1 or is_camp(w, p) or not may_enter(w, g, fi[F.FACTION, f], p):
            continue
        away = hex_distance(g.cols, h, p)
        if away < best and s.weight[k] < s.weight[f] * c.sweep_odds:
            best = away
            goal = p
    able = kind_can(fi[F.KIND, f], Order.SWEEP + 0)
    if goal == OFF_MAP or (goal == h and not able):
        comb_or_guard(w, g, c, s, a, f, secure)
    elif s.enemy_at[goal] <= 0.0 and able:
        give(s, f, Order.SWEEP + 0, goal, Reason.PLAN_SWEEP + 0, goal, 0)
    elif goal == h:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)
    else:
        give(s, f, Order.ATTACK + 0, goal, Reason.PLAN_SWEEP + 0, goal, 0)
