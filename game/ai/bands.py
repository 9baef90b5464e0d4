"""How bands are led.

P.9  Bands make for a base area, rest there, raid supply roads within reach, and move on when found.
"""

from __future__ import annotations

from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, give, hours_to
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, Order, Road
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.supply import best_road
from game.rules.workspace import INF, is_war


@clause
def refuge(w: Tables, c: Doctrine, s: Scratch, a: Aims, f: int) -> int:
    """P.9 The base area for bands: near, and without enemies; the force's own base if there is no way to any."""
    best = INF
    where = w.force_i[F.BASE, f]
    for b in range(a.bases.at.shape[0]):
        hours = hours_to(w, a, a.bases, b, f)
        if hours >= INF:
            continue
        if s.enemy[a.bases.at[b]] > 0.0:
            hours += c.refuge_detour_hours
        if hours < best:
            best = hours
            where = a.bases.at[b]
    return where


@clause
def stronghold(w: Tables, c: Doctrine, s: Scratch, a: Aims, f: int) -> int:
    """P.11 The base area for a formed force: by worth and nearness, and rather without enemies; else its own base."""
    best = 0.0
    where = w.force_i[F.BASE, f]
    for b in range(a.bases.at.shape[0]):
        hours = hours_to(w, a, a.bases, b, f)
        if hours >= INF:
            continue
        if s.enemy[a.bases.at[b]] > s.friend[a.bases.at[b]]:
            hours += c.refuge_detour_hours
        score = a.bases.worth[b] / (hours + c.near_hours)
        if score > best:
            best = score
            where = a.bases.at[b]
    return where


@clause
def raid_goal(w: Tables, g: Ground, c: Doctrine, s: Scratch, f: int) -> int:
    """P.9 The nearest stretch of the enemy's supply roads, the last found among equals; OFF_MAP if none is in reach."""
    h = w.force_i[F.HEX, f]
    best = c.raid_hexes + 1
    goal = OFF_MAP
    for p in range(w.hex_i.shape[1]):
        if not is_war(w.stance, c.leader, w.hex_i[H.CONTROL, p]) or s.enemy_at[p] > 0.0:
            continue
        away = hex_distance(g.cols, h, p)
        if away < best and best_road(g, p) >= Road.SECONDARY:
            best = away
            goal = p
    return goal


@clause
def lead_bands(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int) -> None:
    """P.9 One force in bands."""
    fi = w.force_i
    h = fi[F.HEX, f]
    home = refuge(w, c, s, a, f)
    if home == OFF_MAP:
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
        return
    fit = w.force_f[F.COHESION, f] > c.rest_cohesion and w.force_f[F.HUNGER, f] < c.raid_hunger
    if c.raid_from_bands == 1 and fit:
        goal = raid_goal(w, g, c, s, f)
        if goal != OFF_MAP:
            give(s, f, Order.RAID + 0, goal, Reason.PLAN_RAID_LOC + 0, goal, 0)
            return
    if g.shelter[h] == fi[F.FACTION, f] and s.enemy[h] <= 0.0:
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_REFORM + 0, h, 0)
    elif h == home:
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
    else:
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_BASE_AREA + 0, home, 0)
