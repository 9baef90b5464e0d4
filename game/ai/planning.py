"""How the commander plans. Everything it reads is a View's; every order it writes carries its reason.

P.1  Known enemies weigh on their hex and, in part, on the hexes beside it; so do own forces.
P.2  The attacker's command groups choose objectives one after the other, the strongest group first: by worth, by the
     odds against the strongest resistance known or to be expected on the way, and by the time that the way takes.
     A landing from the sea wants more strength; an objective far beyond a group's strength is left alone.
P.3  Each objective gets the nearest forces until the odds wanted are met; what is left takes the next objective. A
     strong enemy beside the way is dealt with before the advance goes on past him; from an objective reached it goes
     on to the next.
P.4  Forces wait that are short of supplies, spent or shaken, unless the enemy is upon them; the starving go back to
     the nearest garrison.
P.5  The head of a column waits for its tail when alone it is too weak for the resistance ahead, and together not.
P.6  One force of a strong group goes round an objective that is held, to take it from behind. The weakest of a large
     group follows as reserve.
P.7  Security and local troops garrison the places behind the advance; without any, one line force holds the capital.
P.8  The weaker side keeps the last force in a garrison place, holds while the odds are bearable, strikes where they
     favour it, falls back by bounds when they are not or when its way back is threatened, and makes for its base
     areas once it is outmatched overall.
P.9  Bands make for a base area, rest there, raid supply roads within reach, and move on when found.
P.10 A watching side holds its border.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import order as O
from game.core.ids import OFF_MAP, Arms, ForceKind, Mobility, Order, Status
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import force_weight, hex_distance
from game.rules.presence import same_side
from game.rules.supply import need_per_day
from game.rules.workspace import INF, is_war

OFFENSIVE, DELAY, WATCH = 0, 1, 2


class Doctrine(NamedTuple):
    """A side's way of war, as numbers; made from the `doctrine` of factions.yaml."""

    posture: int
    leader: int
    """Faction that leads the side."""
    odds_attack: float
    odds_withdraw: float
    reserve_share: float
    """Part of a group held back."""
    raids: int
    near_hours: float
    """Hours added to every way: how much a near objective is worth against a far one."""
    days_wanted: float
    """Days of supply wanted before an advance."""
    starving: float
    """Hunger at which a force goes back to the nearest garrison to be fed."""
    rest_fatigue: float
    """Fatigue at which a force out of contact rests."""
    rest_cohesion: float
    """Cohesion below which it does."""
    wait_hours: float
    """How far apart a column may be before its head waits."""
    reach_hours: float
    """How far a force goes to help a threatened place."""
    outmatched: float
    """Own strength to the enemy's known, over all, below which the side goes over to its base areas."""
    raid_hexes: int
    """How far bands go to raid."""
    leave_behind: float
    """Strength, as a share of the group's, of an enemy beside the way who is left there."""
    unseen: float
    """Strength taken to hold an enemy place where nobody was seen, per point of its value."""
    least_chance: float
    """Strength at hand, as a share of what is wanted, below which a group leaves an objective alone."""
    lone_weight: float
    """Strength taken to be enough against a place where nobody is known to stand."""


class Scratch(NamedTuple):
    """Tables of one planning."""

    enemy: npt.NDArray[np.float64]
    """[hexes] strength of known formed enemies on and beside the hex."""
    enemy_at: npt.NDArray[np.float64]
    """[hexes] the same, on the hex alone."""
    friend: npt.NDArray[np.float64]
    """[hexes] own strength on and beside the hex."""
    weight: npt.NDArray[np.float64]
    """[forces] strength of each force."""
    free: npt.NDArray[np.int64]
    """[forces] 1 while a force waits for its order."""
    given: npt.NDArray[np.float64]
    """[objectives] strength sent to each objective."""
    group: npt.NDArray[np.float64]
    """[groups] strength of each command group still free."""
    resist: npt.NDArray[np.float64]
    """[objectives] strongest resistance on the way of the group in hand."""


@clause
def stamp(g: Ground, at: int, weight: float, share: float, around: npt.NDArray[np.float64]) -> None:
    """P.1"""
    around[at] += weight
    for d in range(6):
        b = g.neighbours[at, d]
        if b != OFF_MAP:
            around[b] += weight * share


@clause
def assess(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch) -> tuple[float, float]:
    """P.1 Strength of all own forces and of all known enemies."""
    fi = w.force_i
    s.enemy[:] = 0.0
    s.enemy_at[:] = 0.0
    s.friend[:] = 0.0
    own = 0.0
    foes = 0.0
    for f in range(fi.shape[1]):
        s.weight[f] = 0.0
        s.free[f] = 0
        status = fi[F.STATUS, f]
        h = fi[F.HEX, f]
        if h == OFF_MAP or fi[F.MEN, f] <= 0 or status < Status.ACTIVE or status > Status.BANDS:
            continue
        weight = force_weight(w, r.combat, f)
        s.weight[f] = weight
        if same_side(w, c.leader, fi[F.FACTION, f]):
            if status == Status.ACTIVE and fi[F.KIND, f] != ForceKind.AIR:
                own += weight
                stamp(g, h, weight, 0.5, s.friend)
            if status != Status.ROUTED and fi[F.KIND, f] != ForceKind.AIR and fi[F.KIND, f] != ForceKind.NAVAL:
                s.free[f] = 1
        elif is_war(w.stance, c.leader, fi[F.FACTION, f]) and status != Status.BANDS:
            foes += weight
            s.enemy_at[h] += weight
            stamp(g, h, weight, 0.5, s.enemy)
    return own, foes


@clause
def give(out: npt.NDArray[np.int64], s: Scratch, n: int, f: int, kind: int, dest: int, why: int, a: int, b: int) -> int:
    """Write an order; returns the number written."""
    out[n, O.FORCE] = f
    out[n, O.KIND] = kind
    out[n, O.DEST] = dest
    out[n, O.REASON] = why
    out[n, O.A] = a
    out[n, O.B] = b
    out[n, O.THEN] = OFF_MAP
    s.free[f] = 0
    return n + 1


@clause
def odds_figure(own: float, enemy: float) -> int:
    """Odds to 100, for the reason's text."""
    return int(min(9999.0, 100.0 * own / max(1.0, enemy)))


@clause
def waits(
    w: Tables,
    r: Ruleset,
    c: Doctrine,
    s: Scratch,
    f: int,
    posts: npt.NDArray[np.int64],
    post_fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """P.4"""
    fi = w.force_i
    h = fi[F.HEX, f]
    if s.enemy[h] > 0.0 and s.enemy[h] * c.odds_attack > s.friend[h]:
        return n
    days = fi[F.STOCK_KG, f] / max(1.0, need_per_day(w, r.supply, f, 1))
    if days < c.days_wanted and w.force_f[F.HUNGER, f] > 0.0:
        wanted = int(c.days_wanted + 0.5)
        if w.force_f[F.HUNGER, f] < c.starving or posts.shape[0] == 0:
            return give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_SUPPLY_FIRST + 0, int(days), wanted)
        best = INF
        back = OFF_MAP
        for p in range(posts.shape[0]):
            hours = post_fields[p, classes[fi[F.MOBILITY, f]], h]
            if same_side(w, c.leader, w.hex_i[H.CONTROL, posts[p]]) and hours < best:
                best = hours
                back = posts[p]
        if back == OFF_MAP or back == h:
            return give(out, s, n, f, Order.REST + 0, OFF_MAP, Reason.PLAN_SUPPLY_FIRST + 0, int(days), wanted)
        return give(out, s, n, f, Order.WITHDRAW + 0, back, Reason.PLAN_SUPPLY_FIRST + 0, int(days), wanted)
    tired = w.force_f[F.FATIGUE, f]
    firm = w.force_f[F.COHESION, f]
    if tired > c.rest_fatigue or firm < c.rest_cohesion:
        return give(out, s, n, f, Order.REST + 0, OFF_MAP, Reason.PLAN_REST + 0, int(tired * 100.0), int(firm * 100.0))
    return n


@clause
def resistance(
    g: Ground, s: Scratch, field: npt.NDArray[np.float64], steps: npt.NDArray[np.float64], start: int
) -> float:
    """P.2 Strongest enemy on or beside the way along `field` from `start`, the goal included."""
    at = start
    worst = s.enemy[at]
    for _ in range(field.shape[0]):
        if field[at] <= 0.0:
            break
        best = INF
        go = OFF_MAP
        for d in range(6):
            b = g.neighbours[at, d]
            if b != OFF_MAP and steps[at, d] + field[b] < best:
                best = steps[at, d] + field[b]
                go = b
        if go == OFF_MAP or best >= INF:
            break
        at = go
        if s.enemy[at] > worst:
            worst = s.enemy[at]
    return worst


@clause
def first_obstacle(
    g: Ground,
    s: Scratch,
    field: npt.NDArray[np.float64],
    steps: npt.NDArray[np.float64],
    start: int,
    too_strong: float,
) -> int:
    """P.3 The first enemy known beside the way along `field` who is too strong to be left there; the goal if none.

    Who stands on the way itself is met anyhow, and the advance goes on over him.
    """
    at = start
    for _ in range(field.shape[0]):
        if field[at] <= 0.0:
            return at
        best = INF
        go = OFF_MAP
        for d in range(6):
            b = g.neighbours[at, d]
            if b != OFF_MAP and steps[at, d] + field[b] < best:
                best = steps[at, d] + field[b]
                go = b
        if go == OFF_MAP or best >= INF:
            return at
        for d in range(6):
            b = g.neighbours[at, d]
            if b != OFF_MAP and b != go and field[b] >= field[go] and s.enemy_at[b] > too_strong:
                return b
        at = go
    return at


@clause
def nearest_free(
    w: Tables, s: Scratch, group: int, field: npt.NDArray[np.float64], classes: npt.NDArray[np.int64]
) -> int:
    """The free force of the group that is nearest to the objective, or -1. field: [classes, hexes]."""
    fi = w.force_i
    best = INF
    found = -1
    for f in range(fi.shape[1]):
        if s.free[f] == 0 or fi[F.GROUP, f] != group or fi[F.KIND, f] == ForceKind.GARRISON:
            continue
        hours = field[classes[fi[F.MOBILITY, f]], fi[F.HEX, f]]
        if hours < best:
            best = hours
            found = f
    return found


@clause
def attack_with_group(
    w: Tables,
    g: Ground,
    r: Ruleset,
    c: Doctrine,
    s: Scratch,
    group: int,
    goals: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    steps: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """P.2, P.3, P.5, P.6 Orders for one command group."""
    fi = w.force_i
    for _ in range(fi.shape[1]):
        strength = 0.0
        lead = -1
        for f in range(fi.shape[1]):
            if s.free[f] == 1 and fi[F.GROUP, f] == group and fi[F.KIND, f] != ForceKind.GARRISON:
                strength += s.weight[f]
                if lead < 0 or s.weight[f] > s.weight[lead]:
                    lead = f
        if lead < 0:
            break
        k_lead = classes[fi[F.MOBILITY, lead]]
        best = 0.0
        goal = -1
        for o in range(goals.shape[0]):
            if same_side(w, c.leader, w.hex_i[H.CONTROL, goals[o]]) and s.enemy_at[goals[o]] <= 0.0:
                continue
            hours = fields[o, k_lead, fi[F.HEX, lead]]
            if hours >= INF:
                continue
            s.resist[o] = resistance(g, s, fields[o, k_lead], steps[fi[F.MOBILITY, lead]], fi[F.HEX, lead])
            # a place of worth is taken to be held, whether or not anybody was seen there
            s.resist[o] = max(s.resist[o], c.unseen * g.value[goals[o]])
            wanted = max(c.lone_weight, c.odds_attack * s.resist[o])
            if fi[F.MOBILITY, lead] == Mobility.AMPHIBIOUS:
                wanted *= r.combat.landing_power
            if strength + s.friend[goals[o]] < c.least_chance * wanted:
                continue
            chance = strength / (strength + wanted)
            crowd = 1.0 + s.given[o] / wanted
            score = worth[o] * chance * chance / (hours + c.near_hours) / crowd
            if score > best:
                best = score
                goal = o
        if goal < 0:
            break
        target = first_obstacle(
            g, s, fields[goal, k_lead], steps[fi[F.MOBILITY, lead]], fi[F.HEX, lead], c.leave_behind * strength
        )
        after = (
            goals[goal]
            if target != goals[goal]
            else next_goal(w, g, c, s, goal, goals, worth, fields, k_lead, strength)
        )
        n = send(w, g, r, c, s, group, goal, target, after, fields[goal], classes, out, n)
    return n


@clause
def next_goal(
    w: Tables,
    g: Ground,
    c: Doctrine,
    s: Scratch,
    goal: int,
    goals: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    fields: npt.NDArray[np.float64],
    k: int,
    strength: float,
) -> int:
    """P.3 Where an advance goes on to from the objective: the next by worth and nearness; OFF_MAP if none is left."""
    best = 0.0
    where = OFF_MAP
    chosen = -1
    for o in range(goals.shape[0]):
        if o == goal or same_side(w, c.leader, w.hex_i[H.CONTROL, goals[o]]):
            continue
        hours = fields[o, k, goals[goal]]
        crowd = 1.0 + s.given[o] / max(c.lone_weight, c.odds_attack * c.unseen * g.value[goals[o]])
        score = worth[o] / (hours + c.near_hours) / crowd
        if hours < INF and score > best:
            best = score
            where = goals[o]
            chosen = o
    if chosen >= 0:
        s.given[chosen] += strength
    return where


@clause
def send(
    w: Tables,
    g: Ground,
    r: Ruleset,
    c: Doctrine,
    s: Scratch,
    group: int,
    o: int,
    goal: int,
    after: int,
    field: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """P.3, P.5, P.6 The nearest forces of the group go for the objective until the odds wanted are met."""
    fi = w.force_i
    wanted = max(c.lone_weight, c.odds_attack * s.resist[o]) * (1.0 + c.reserve_share)
    start = n
    sent = 0.0
    head = INF
    while sent < wanted:
        f = nearest_free(w, s, group, field, classes)
        if f < 0:
            break
        hours = field[classes[fi[F.MOBILITY, f]], fi[F.HEX, f]]
        if hours < head:
            head = hours
        sent += s.weight[f]
        n = give(out, s, n, f, Order.ATTACK + 0, goal, Reason.PLAN_OBJECTIVE + 0, goal, odds_figure(sent, s.resist[o]))
    s.given[o] += sent
    ahead = 0.0
    for k in range(start, n):
        f = out[k, O.FORCE]
        out[k, O.THEN] = after
        out[k, O.B] = odds_figure(sent, s.resist[o])
        if field[classes[fi[F.MOBILITY, f]], fi[F.HEX, f]] <= head + c.wait_hours:
            ahead += s.weight[f]
    if ahead < s.resist[o] and sent >= c.odds_attack * s.resist[o]:
        for k in range(start, n):
            f = out[k, O.FORCE]
            near = field[classes[fi[F.MOBILITY, f]], fi[F.HEX, f]] <= head + c.wait_hours
            out[k, O.KIND] = Order.HOLD if near else Order.MOVE
            out[k, O.DEST] = OFF_MAP if near else goal
            out[k, O.THEN] = OFF_MAP
            out[k, O.REASON] = Reason.PLAN_CONCENTRATE
    elif n - start >= 3 and s.enemy_at[goal] > 0.0:
        go_round(w, g, s, goal, out, start, n)
    if n == start:
        # nobody can get there: the rest of the group holds where it is
        for f in range(fi.shape[1]):
            if s.free[f] == 1 and fi[F.GROUP, f] == group:
                s.free[f] = 0
    return n


@clause
def go_round(w: Tables, g: Ground, s: Scratch, goal: int, out: npt.NDArray[np.int64], start: int, n: int) -> None:
    """P.6 One force near a held objective makes for the hex behind it."""
    fi = w.force_i
    for k in range(start, n):
        f = out[k, O.FORCE]
        h = fi[F.HEX, f]
        if hex_distance(g.cols, h, goal) != 1 or s.weight[f] <= 0.0:
            continue
        for d in range(6):
            if g.neighbours[h, d] != goal:
                continue
            for turn in (0, 1, 5):
                behind = g.neighbours[goal, (d + turn) % 6]
                if behind != OFF_MAP and g.terrain[behind] > 1 and s.enemy_at[behind] <= 0.0 and k > start:
                    out[k, O.DEST] = behind
                    out[k, O.THEN] = OFF_MAP
                    out[k, O.REASON] = Reason.PLAN_ENCIRCLE
                    out[k, O.A] = goal
                    return


@clause
def garrison(
    w: Tables,
    g: Ground,
    c: Doctrine,
    s: Scratch,
    posts: npt.NDArray[np.int64],
    fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """P.7 posts: hexes to garrison, foremost first; fields: [posts, classes, hexes]."""
    fi = w.force_i
    for p in range(posts.shape[0]):
        h = posts[p]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, h]):
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
                n = give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)
                break
            hours = fields[p, classes[fi[F.MOBILITY, f]], fi[F.HEX, f]]
            if (local or (p == 0 and s.friend[h] <= 0.0)) and hours < best:
                best = hours
                found = f
        if not held and found >= 0:
            n = give(out, s, n, found, Order.MOVE + 0, h, Reason.PLAN_GARRISON + 0, h, 0)
    return n


@clause
def strike(w: Tables, g: Ground, c: Doctrine, s: Scratch, f: int, out: npt.NDArray[np.int64], n: int) -> int:
    """P.8 Attack the weakest enemy beside the force if the odds favour it."""
    h = w.force_i[F.HEX, f]
    best = OFF_MAP
    least = INF
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and s.enemy_at[b] > 0.0 and s.enemy[b] < least:
            least = s.enemy[b]
            best = b
    if best != OFF_MAP and s.friend[h] > c.odds_attack * least:
        return give(
            out, s, n, f, Order.ATTACK + 0, best, Reason.PLAN_COUNTERATTACK + 0, best, odds_figure(s.friend[h], least)
        )
    return n


@clause
def refuge(
    w: Tables,
    s: Scratch,
    f: int,
    bases: npt.NDArray[np.int64],
    fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
) -> int:
    """P.8, P.9 The base area to make for: near, and without enemies; OFF_MAP if there is none."""
    fi = w.force_i
    best = INF
    where = OFF_MAP
    for b in range(bases.shape[0]):
        hours = fields[b, classes[fi[F.MOBILITY, f]], fi[F.HEX, f]]
        if hours >= INF:
            continue
        if s.enemy[bases[b]] > 0.0:
            hours += 240.0
        if hours < best:
            best = hours
            where = bases[b]
    if where == OFF_MAP:
        return fi[F.BASE, f]
    return where


@clause
def bound_back(
    w: Tables,
    g: Ground,
    c: Doctrine,
    s: Scratch,
    f: int,
    goals: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    home: int,
) -> int:
    """P.8 The own place to stand at next: by worth and nearness, not under threat, and nearer home than here."""
    fi = w.force_i
    h = fi[F.HEX, f]
    far = hex_distance(g.cols, h, home) if home != OFF_MAP else 0
    best = 0.0
    where = home
    for o in range(goals.shape[0]):
        p = goals[o]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, p]) or p == h or s.enemy[p] > s.friend[p]:
            continue
        if home != OFF_MAP and hex_distance(g.cols, p, home) >= far:
            continue
        hours = fields[o, classes[fi[F.MOBILITY, f]], h]
        score = worth[o] / (hours + c.near_hours)
        if hours <= c.reach_hours and score > best:
            best = score
            where = p
    return where


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
        if b == OFF_MAP or g.terrain[b] <= 1 or hex_distance(g.cols, b, home) >= far:
            continue
        if s.enemy[b] > s.friend[b]:
            shut_ways += 1
        else:
            open_ways += 1
    return shut_ways > 0 and open_ways == 0


@clause
def defend(
    w: Tables,
    g: Ground,
    c: Doctrine,
    s: Scratch,
    lost: bool,
    f: int,
    goals: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    goal_fields: npt.NDArray[np.float64],
    posts: npt.NDArray[np.int64],
    bases: npt.NDArray[np.int64],
    base_fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """P.8 One formed force of the weaker side."""
    fi = w.force_i
    h = fi[F.HEX, f]
    home = refuge(w, s, f, bases, base_fields, classes)
    own = s.friend[h]
    enemy = s.enemy[h]
    for p in range(posts.shape[0]):
        if posts[p] == h and not lost and s.friend[h] < 2.0 * s.weight[f]:
            return give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)
    if enemy > 0.0:
        if cut_off(w, g, s, f, home):
            return give(out, s, n, f, Order.WITHDRAW + 0, home, Reason.PLAN_CUT_OFF + 0, home, 0)
        if lost:
            return give(
                out, s, n, f, Order.WITHDRAW + 0, home, Reason.PLAN_OUTMATCHED + 0, home, odds_figure(enemy, own)
            )
        if own < c.odds_withdraw * enemy:
            back = bound_back(w, g, c, s, f, goals, worth, goal_fields, classes, home)
            return give(out, s, n, f, Order.WITHDRAW + 0, back, Reason.PLAN_DELAY + 0, back, odds_figure(enemy, own))
        before = n
        n = strike(w, g, c, s, f, out, n)
        if n > before:
            return n
        return give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, h, odds_figure(enemy, own))
    if lost:
        if g.shelter[h] >= 0 or h == home:
            return give(out, s, n, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
        return give(out, s, n, f, Order.WITHDRAW + 0, home, Reason.PLAN_BASE_AREA + 0, home, 0)
    # out of contact: where is it wanted most? Places near the front count by their worth, and more under threat
    best = 0.0
    where = OFF_MAP
    for o in range(goals.shape[0]):
        p = goals[o]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, p]):
            continue
        hours = goal_fields[o, classes[fi[F.MOBILITY, f]], h]
        need = c.unseen * g.value[goals[o]] + s.enemy[p]
        score = worth[o] * need / (need + s.friend[p]) / (hours + c.near_hours)
        if hours <= c.reach_hours and score > best:
            best = score
            where = p
    if where != OFF_MAP and fi[F.KIND, f] != ForceKind.GARRISON and where != h:
        return give(out, s, n, f, Order.MOVE + 0, where, Reason.PLAN_CONCENTRATE + 0, where, 0)
    return give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_HOLD_LINE + 0, h, odds_figure(enemy, own))


@clause
def lead_bands(
    w: Tables,
    g: Ground,
    c: Doctrine,
    s: Scratch,
    f: int,
    bases: npt.NDArray[np.int64],
    base_fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """P.9 One force in bands."""
    fi = w.force_i
    h = fi[F.HEX, f]
    home = refuge(w, s, f, bases, base_fields, classes)
    if home == OFF_MAP:
        return give(out, s, n, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
    if c.raids == 1 and w.force_f[F.COHESION, f] > c.rest_cohesion and w.force_f[F.HUNGER, f] < 0.5:
        best = c.raid_hexes + 1
        goal = OFF_MAP
        for p in range(w.hex_i.shape[1]):
            if not is_war(w.stance, c.leader, w.hex_i[H.CONTROL, p]) or s.enemy_at[p] > 0.0:
                continue
            away = hex_distance(g.cols, h, p)
            if away >= best:
                continue
            for d in range(6):
                if g.road[p, d] >= 2:
                    best = away
                    goal = p
        if goal != OFF_MAP:
            return give(out, s, n, f, Order.RAID + 0, goal, Reason.PLAN_RAID_LOC + 0, goal, 0)
    if g.shelter[h] == fi[F.FACTION, f] and s.enemy[h] <= 0.0:
        return give(out, s, n, f, Order.REST + 0, OFF_MAP, Reason.PLAN_REFORM + 0, h, 0)
    if h == home:
        return give(out, s, n, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
    return give(out, s, n, f, Order.WITHDRAW + 0, home, Reason.PLAN_BASE_AREA + 0, home, 0)


@clause
def sweep(w: Tables, g: Ground, c: Doctrine, s: Scratch, f: int, out: npt.NDArray[np.int64], n: int) -> int:
    """P.6 With no objective left, go for the nearest enemy known, bands too."""
    fi = w.force_i
    h = fi[F.HEX, f]
    best = 9
    goal = OFF_MAP
    for k in range(fi.shape[1]):
        p = fi[F.HEX, k]
        if p == OFF_MAP or fi[F.MEN, k] <= 0 or not is_war(w.stance, c.leader, fi[F.FACTION, k]):
            continue
        away = hex_distance(g.cols, h, p)
        if away < best and s.weight[k] < s.weight[f] * 2.0:
            best = away
            goal = p
    if goal == OFF_MAP or goal == h:
        return give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_GARRISON + 0, h, 0)
    return give(out, s, n, f, Order.ATTACK + 0, goal, Reason.PLAN_SWEEP + 0, goal, 0)


@chapter
def plan(
    w: Tables,
    g: Ground,
    r: Ruleset,
    c: Doctrine,
    s: Scratch,
    goals: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    goal_fields: npt.NDArray[np.float64],
    posts: npt.NDArray[np.int64],
    post_fields: npt.NDArray[np.float64],
    bases: npt.NDArray[np.int64],
    base_fields: npt.NDArray[np.float64],
    classes: npt.NDArray[np.int64],
    steps: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64],
) -> int:
    """Orders for all forces of the side; returns how many were written to `out` [forces, order columns].

    goals, posts, bases: hexes; *_fields: [hexes of the kind, classes, hexes] hours of march; classes: field's class
    of each ids.Mobility; steps: [mobilities, hexes, 6] of the season.
    """
    fi = w.force_i
    own, foes = assess(w, g, r, c, s)
    n = 0
    s.given[:] = 0.0
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and fi[F.STATUS, f] == Status.BANDS:
            n = lead_bands(w, g, c, s, f, bases, base_fields, classes, out, n)
    if c.posture == WATCH:
        for f in range(fi.shape[1]):
            if s.free[f] == 1:
                at = fi[F.HEX, f]
                n = give(out, s, n, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_BORDER_WATCH + 0, at, 0)
        return n
    attacks = c.posture == OFFENSIVE and own >= c.outmatched * foes
    lost = own < c.outmatched * foes
    if not attacks:
        for f in range(fi.shape[1]):
            if s.free[f] == 1:
                n = defend(w, g, c, s, lost, f, goals, worth, goal_fields, posts, bases, base_fields, classes, out, n)
        return n
    n = garrison(w, g, c, s, posts, post_fields, classes, out, n)
    for f in range(fi.shape[1]):
        if s.free[f] == 1:
            n = waits(w, r, c, s, f, posts, post_fields, classes, out, n)
    s.group[:] = 0.0
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and fi[F.GROUP, f] >= 0:
            s.group[fi[F.GROUP, f]] += s.weight[f]
    for _ in range(s.group.shape[0]):
        strongest = 0
        for k in range(s.group.shape[0]):
            if s.group[k] > s.group[strongest]:
                strongest = k
        if s.group[strongest] <= 0.0:
            break
        s.group[strongest] = 0.0
        n = attack_with_group(w, g, r, c, s, strongest, goals, worth, goal_fields, classes, steps, out, n)
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and fi[F.KIND, f] != ForceKind.GARRISON:
            n = sweep(w, g, c, s, f, out, n)
    return n
