"""How the weaker side plans.

P.8  The weaker side keeps the last force in a garrison place, holds while the odds are bearable, strikes where they
     favour it, falls back by bounds when they are not or when its way back is threatened, and makes for its base
     areas once it is outmatched overall.
"""

from __future__ import annotations

from game.ai.bands import refuge
from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, give, hours_to, odds_figure
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, ForceKind, Order, Terrain
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.presence import same_side
from game.rules.workspace import INF


@clause
def defend(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, lost: bool, f: int) -> None:
    """P.8 One formed force of the weaker side."""
    h = w.force_i[F.HEX, f]
    home = refuge(w, c, s, a, f)
    for p in range(a.posts.at.shape[0]):
        if a.posts.at[p] == h and not lost and s.friend[h] < c.last_share * s.weight[f]:
            give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)
            return
    if s.enemy[h] > 0.0:
        face_enemy(w, g, c, s, a, lost, f, home)
    elif not lost:
        close_up(w, g, c, s, a, f)
    elif g.shelter[h] >= 0 or h == home:
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
    else:
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_BASE_AREA + 0, home, 0)


@clause
def face_enemy(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, lost: bool, f: int, home: int) -> None:
    """P.8 With enemies on or beside the hex: get out, fall back, strike or hold."""
    h = w.force_i[F.HEX, f]
    own = s.friend[h]
    enemy = s.enemy[h]
    if cut_off(w, g, s, f, home):
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_CUT_OFF + 0, home, 0)
        return
    if lost:
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_OUTMATCHED + 0, home, odds_figure(enemy, own))
        return
    if own < c.odds_withdraw * enemy:
        back = bound_back(w, g, c, s, a, f, home)
        give(s, f, Order.WITHDRAW + 0, back, Reason.PLAN_DELAY + 0, back, odds_figure(enemy, own))
        return
    prey = weakest_beside(g, s, h)
    if prey != OFF_MAP and own > c.odds_attack * s.enemy[prey]:
        give(s, f, Order.ATTACK + 0, prey, Reason.PLAN_COUNTERATTACK + 0, prey, odds_figure(own, s.enemy[prey]))
    else:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, h, odds_figure(enemy, own))


@clause
def weakest_beside(g: Ground, s: Scratch, h: int) -> int:
    """P.8 The hex beside `h` with the weakest known enemy in it, or OFF_MAP."""
    best = OFF_MAP
    least = INF
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and s.enemy_at[b] > 0.0 and s.enemy[b] < least:
            least = s.enemy[b]
            best = b
    return best


@clause
def cut_off(w: Tables, g: Ground, s: Scratch, f: int, home: int) -> bool:
    """P.8 Whether known enemies stand between the force and its home."""
    h = w.force_i[F.HEX, f]
    if home == OFF_MAP:
        return False
    far = hex_distance(g.cols, h, home)
    open_ways = 0
    shut_ways = 0
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP or g.terrain[b] <= Terrain.LAKE or hex_distance(g.cols, b, home) >= far:
            continue
        if s.enemy[b] > s.friend[b]:
            shut_ways += 1
        else:
            open_ways += 1
    return shut_ways > 0 and open_ways == 0


@clause
def bound_back(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int, home: int) -> int:
    """P.8 The own place to stand at next: by worth and nearness, not under threat, and nearer home than here."""
    h = w.force_i[F.HEX, f]
    far = hex_distance(g.cols, h, home) if home != OFF_MAP else 0
    best = 0.0
    where = home
    for o in range(a.goals.at.shape[0]):
        p = a.goals.at[o]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, p]) or p == h or s.enemy[p] > s.friend[p]:
            continue
        if home != OFF_MAP and hex_distance(g.cols, p, home) >= far:
            continue
        hours = hours_to(w, a, a.goals, o, f)
        score = a.goals.worth[o] / (hours + c.near_hours)
        if hours <= c.reach_hours and score > best:
            best = score
            where = p
    return where


@clause
def close_up(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int) -> None:
    """P.8 Out of contact, go where a force is wanted most: places count by their worth, and more under threat."""
    h = w.force_i[F.HEX, f]
    best = 0.0
    where = OFF_MAP
    for o in range(a.goals.at.shape[0]):
        p = a.goals.at[o]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, p]):
            continue
        hours = hours_to(w, a, a.goals, o, f)
        need = c.unseen * g.value[p] + s.enemy[p]
        score = a.goals.worth[o] * need / (need + s.friend[p]) / (hours + c.near_hours)
        if hours <= c.reach_hours and score > best:
            best = score
            where = p
    if where != OFF_MAP and w.force_i[F.KIND, f] != ForceKind.GARRISON and where != h:
        give(s, f, Order.MOVE + 0, where, Reason.PLAN_CONCENTRATE + 0, where, 0)
    else:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, h, odds_figure(s.enemy[h], s.friend[h]))
