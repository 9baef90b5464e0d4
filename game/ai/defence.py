"""How the weaker side plans.

P.8  The weaker side keeps the last force in a garrison place, others in works already dug unless they are alone or
     a place in reach is threatened, and the rest where they are wanted most. Two in one
     place take ground beside each other, the weaker behind, so that none fights without a reserve. In contact they
     hold while odds on their ground are bearable, strike where odds favour it, and fall back by bounds, a day's march
     to the best ground on the way home, when odds are not or when their way back is threatened.
     Cut off in rough country they hide there and let the enemy pass.
P.11 A side whose army is broken makes for its base areas and hides there, or strikes out from them (P.16).
"""

from __future__ import annotations

from game.ai.bands import stronghold
from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, give, hours_to, odds_figure
from game.ai.security import comb_or_guard, strike_out
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, Crossing, ForceKind, Order, Terrain
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.ground import is_rough
from game.rules.hiding import is_insurgent
from game.rules.orders import is_camp
from game.rules.presence import same_side
from game.rules.workspace import INF


@clause
def defend(
    w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, lost: bool, secure: bool, f: int
) -> None:
    """P.8, P.11 One formed force of the weaker side."""
    h = w.force_i[F.HEX, f]
    home = stronghold(w, g, c, s, a, f)
    for p in range(a.posts.at.shape[0]):
        if a.posts.at[p] == h and not lost and s.friend_at[h] < c.last_share * s.weight[f]:
            give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)
            return
    if s.enemy[h] > 0.0:
        face_enemy(w, g, r, c, s, lost, f, home)
    elif not lost:
        close_up(w, g, r, c, s, a, f, home, secure)
    elif is_insurgent(w, w.force_i[F.FACTION, f]) and strike_out(w, g, r, c, s, a, f):
        return
    elif g.shelter[h] < 0 and h != home:
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_BASE_AREA + 0, home, 0)
    elif is_rough(g, h) and not is_camp(w, h):
        give(s, f, Order.AMBUSH + 0, OFF_MAP, Reason.PLAN_AMBUSH + 0, h, 0)
    else:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)


@clause
def face_enemy(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, lost: bool, f: int, home: int) -> None:
    """P.8, P.11 With enemies on or beside the hex: get out, fall back, give depth, strike or hold."""
    h = w.force_i[F.HEX, f]
    own = s.friend[h] * position(g, r, h, home) * r.combat.posture_power[w.force_i[F.POSTURE, f]]
    enemy = s.enemy[h]
    weak = own < c.odds_withdraw * enemy
    hides = is_rough(g, h) and not is_camp(w, h)
    if (weak or lost) and hides and (g.shelter[h] >= 0 or cut_off(w, g, s, f, home)):
        give(s, f, Order.AMBUSH + 0, OFF_MAP, Reason.PLAN_AMBUSH + 0, h, odds_figure(enemy, own))
        return
    if cut_off(w, g, s, f, home):
        withdraw(w, s, f, home, Reason.PLAN_CUT_OFF + 0, home, 0)
        return
    if lost and g.shelter[h] < 0:
        withdraw(w, s, f, home, Reason.PLAN_OUTMATCHED + 0, home, odds_figure(enemy, own))
        return
    if weak:
        back = home if lost else next_stand(w, g, r, c, s, f, home)
        withdraw(w, s, f, back, Reason.PLAN_DELAY + 0, back, odds_figure(enemy, own))
        return
    if s.friend_at[h] >= c.last_share * s.weight[f] and not supported(g, s, h):
        behind = ground_behind(w, g, r, s, h, home)
        if behind != OFF_MAP:
            withdraw(w, s, f, behind, Reason.PLAN_RESERVE + 0, h, 0)
            return
    prey = weakest_beside(w, g, s, h)
    if prey != OFF_MAP and s.friend[h] > c.odds_attack * s.enemy[prey]:
        give(s, f, Order.ATTACK + 0, prey, Reason.PLAN_COUNTERATTACK + 0, prey, odds_figure(own, s.enemy[prey]))
    else:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, h, odds_figure(enemy, own))


@clause
def withdraw(w: Tables, s: Scratch, f: int, to: int, why: int, a: int, b: int) -> None:
    """Send a force back; others then reckon with it where it goes."""
    if to == OFF_MAP or to == w.force_i[F.HEX, f]:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, w.force_i[F.HEX, f], b)
        return
    s.friend_at[w.force_i[F.HEX, f]] -= s.weight[f]
    s.friend_at[to] += s.weight[f]
    give(s, f, Order.WITHDRAW + 0, to, why, a, b)


@clause
def position(g: Ground, r: Ruleset, h: int, home: int) -> float:
    """P.8 What the ground of a hex is worth to who defends it with his back towards `home`: combat's own factors."""
    worth = r.combat.ground_power[g.terrain[h]] * r.combat.relief_power[g.relief[h]]
    if home == OFF_MAP:
        return worth
    far = hex_distance(g.cols, h, home)
    river = -1
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP or g.terrain[b] <= Terrain.LAKE or hex_distance(g.cols, b, home) <= far:
            continue
        edge = g.river[h, d]
        if edge > 0 and g.crossing[h, d] == Crossing.BRIDGE:
            edge -= 1
        if river < 0 or edge < river:
            river = edge
    return worth * r.combat.river_power[max(0, river)]


@clause
def supported(g: Ground, s: Scratch, h: int) -> bool:
    """P.8 Whether a formed force of the side stands, or will stand, beside the hex."""
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and s.friend_at[b] > 0.0:
            return True
    return False


@clause
def ground_behind(w: Tables, g: Ground, r: Ruleset, s: Scratch, h: int, home: int) -> int:
    """P.8 The best ground beside the hex, not farther from home and not beside the enemy if it can be; or OFF_MAP."""
    far = hex_distance(g.cols, h, home) if home != OFF_MAP else 0
    best = 0.0
    where = OFF_MAP
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP or g.terrain[b] <= Terrain.LAKE or g.host[b] != g.host[h] or s.enemy_at[b] > 0.0:
            continue
        if home != OFF_MAP and hex_distance(g.cols, b, home) > far:
            continue
        score = position(g, r, b, home) / (1.0 + s.enemy[b] / (1.0 + s.friend[b]))
        if score > best:
            best = score
            where = b
    return where


@clause
def weakest_beside(w: Tables, g: Ground, s: Scratch, h: int) -> int:
    """P.8 The hex beside `h` with the weakest known enemy in it whom an attack may name (1.9), or OFF_MAP."""
    best = OFF_MAP
    least = INF
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and s.enemy_at[b] > 0.0 and s.enemy[b] < least and not is_camp(w, b):
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
def next_stand(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, f: int, home: int) -> int:
    """P.8 The best ground within a bound on the way home, out of the enemy's reach; home itself if there is none."""
    h = w.force_i[F.HEX, f]
    if home == OFF_MAP:
        return h
    far = hex_distance(g.cols, h, home)
    best = 0.0
    where = home
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP or g.terrain[b] <= Terrain.LAKE or s.enemy_at[b] > 0.0:
            continue
        for e in range(7):
            p = b if e == 6 else g.neighbours[b, e]
            if p == OFF_MAP or g.terrain[p] <= Terrain.LAKE or hex_distance(g.cols, p, home) >= far:
                continue
            if hex_distance(g.cols, p, h) > c.stand_hexes or s.enemy[p] > s.friend[p] or g.host[p] != g.host[h]:
                continue
            score = position(g, r, p, home)
            if score > best:
                best = score
                where = p
    return where


@clause
def close_up(
    w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, f: int, home: int, secure: bool
) -> None:
    """P.8 Out of contact, go where a force is wanted most: places count by their worth, and more under threat."""
    h = w.force_i[F.HEX, f]
    best = 0.0
    where = OFF_MAP
    for o in range(a.goals.at.shape[0]):
        p = a.goals.at[o]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, p]):
            continue
        hours = hours_to(w, g, a, a.goals, o, f)
        need = c.unseen * g.value[p] + s.enemy[p]
        score = a.goals.worth[o] * need / (need + s.friend[p]) / (hours + c.near_hours)
        if hours <= c.reach_hours and score > best:
            best = score
            where = p
    alone = s.friend_at[h] <= s.weight[f] and not supported(g, s, h)
    stays = w.force_f[F.DUG_IN, f] >= c.stay_works and not alone
    if w.force_i[F.KIND, f] == ForceKind.GARRISON or where == OFF_MAP or (stays and s.enemy[where] <= 0.0):
        where = h
    if s.friend_at[where] - (s.weight[f] if where == h else 0.0) > 0.0 and not supported(g, s, where):
        behind = ground_behind(w, g, r, s, where, home)
        if behind != OFF_MAP:
            where = behind
    if where == h and secure:
        comb_or_guard(w, g, c, s, a, f, secure)
        return
    if where == h:
        give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, h, odds_figure(s.enemy[h], s.friend[h]))
        return
    s.friend_at[h] -= s.weight[f]
    s.friend_at[where] += s.weight[f]
    give(s, f, Order.MOVE + 0, where, Reason.PLAN_CONCENTRATE + 0, where, 0)
