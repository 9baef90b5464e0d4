"""How the attacker plans: objectives, advance, garrisons.

P.2  The attacker's command groups choose objectives one after the other, the strongest group first: its tasks, as
     long as any is left and not before the day that the plan set for it, else by worth, by the odds against the
     strongest resistance known or to be expected on the way, and by the time that the way takes. In the wet season an
     objective that mud puts far out of reach waits for dry roads. A landing from the sea wants more strength. An
     objective far beyond a group's strength, or farther over land not yet taken than supplies can follow, is left
     alone.
P.3  Each objective gets the nearest forces until the odds wanted are met; what is left takes the next objective. A
     strong enemy beside the way is dealt with before the advance goes on past him; from an objective reached it goes
     on to the next.
P.5  The head of a column waits for its tail when alone it is too weak for the resistance ahead, and together not, if
     there is room for them where it stands.
P.6  One force of a strong group goes round an objective that is held, to take it from behind. The weakest of a large
     group follows as reserve.
P.12 In pursuit, when the enemies who still stand are few, forces on wheels and tracks rest only when they are spent,
     wait for nobody, leave more aside, and look farther ahead; those on foot clean up behind them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, bars_way, give, hours_from, hours_to, is_wanted, next_way, odds_figure
from game.ai.rear import clean_up, garrison, has_wheels, sweep, waits
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import order as O
from game.core.ids import OFF_MAP, ForceKind, Mobility, Order, Terrain
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import hex_distance
from game.rules.lines import haul_km
from game.rules.orders import is_camp
from game.rules.presence import same_side
from game.rules.workspace import INF


@clause
def attack(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, pursuit: bool) -> None:
    """P.2-P.7, P.12 Orders for a side that attacks."""
    fi = w.force_i
    s.chased[:] = 0.0
    garrison(w, g, c, s, a, pursuit)
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and fi[F.GROUP, f] >= 0:
            task = s.held[fi[F.GROUP, f]]
            if task != OFF_MAP and s.enemy[fi[F.HEX, f]] <= 0.0:
                give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_CONCENTRATE + 0, task, 0)
        if s.free[f] == 1:
            waits(w, g, r, c, s, a, pursuit and has_wheels(w, f), f)
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and (fi[F.MOBILITY, f] == Mobility.FOOT or fi[F.KIND, f] == ForceKind.GARRISON):
            clean_up(w, g, c, s, f)
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
        attack_with_group(w, g, r, c, s, a, pursuit, strongest)
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and fi[F.KIND, f] != ForceKind.GARRISON:
            sweep(w, g, c, s, a, f, pursuit)


@clause
def survey(
    w: Tables,
    g: Ground,
    r: Ruleset,
    c: Doctrine,
    s: Scratch,
    field: npt.NDArray[np.uint16],
    steps: npt.NDArray[np.float64],
    start: int,
) -> tuple[float, float]:
    """P.2 The way along `field` from `start`: strongest enemy on or beside it, the goal included, and the haul, km of
    primary road, over land that is not yet the side's."""
    at = start
    worst = s.enemy[at]
    haul = 0.0
    for _ in range(field.shape[0]):
        if field[at] <= 0.0:
            break
        d = next_way(g, field, steps, at)
        if d < 0:
            break
        before = at
        at = g.neighbours[before, d]
        if s.enemy[at] > worst:
            worst = s.enemy[at]
        if not same_side(w, c.leader, w.hex_i[H.CONTROL, at]):
            haul += min(r.supply.haul_limit_km, haul_km(g, r.supply, before, d))
    return worst, haul


@clause
def first_obstacle(
    w: Tables,
    g: Ground,
    s: Scratch,
    field: npt.NDArray[np.uint16],
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
        way = next_way(g, field, steps, at)
        if way < 0:
            return at
        go = g.neighbours[at, way]
        for d in range(6):
            b = g.neighbours[at, d]
            if b != OFF_MAP and b != go and field[b] >= field[go] and s.enemy_at[b] > too_strong and not is_camp(w, b):
                return b
        at = go
    return at


@clause
def nearest_free(w: Tables, g: Ground, s: Scratch, a: Aims, group: int, o: int) -> int:
    """The free force of the group that is nearest to the objective, or -1."""
    fi = w.force_i
    best = INF
    found = -1
    for f in range(fi.shape[1]):
        if s.free[f] == 0 or fi[F.GROUP, f] != group or fi[F.KIND, f] == ForceKind.GARRISON:
            continue
        hours = hours_to(w, g, a, a.goals, o, f)
        if hours < best:
            best = hours
            found = f
    return found


@clause
def attack_with_group(
    w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, pursuit: bool, group: int
) -> None:
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
        pursues = pursuit and has_wheels(w, lead)
        near = c.pursuit_hours if pursues else c.near_hours
        goal = choose_goal(w, g, r, c, s, a, group, lead, strength, near)
        if goal < 0:
            break
        k = a.classes[fi[F.MOBILITY, lead]]
        steps = a.steps[fi[F.MOBILITY, lead]]
        aside = c.pursuit_aside if pursues else c.leave_behind
        target = first_obstacle(w, g, s, a.fields[a.goals.rows[goal, k]], steps, fi[F.HEX, lead], aside * strength)
        after = a.goals.at[goal]
        if target == after:
            after = next_goal(w, g, c, s, a, group, goal, k, strength)
        send(w, g, r, c, s, a, pursues, group, goal, target, after)


@clause
def wanted_for(w: Tables, r: Ruleset, c: Doctrine, lead: int, resist: float) -> float:
    """P.2 Strength wanted against such resistance; more for a landing."""
    wanted = max(c.lone_weight, c.odds_attack * resist)
    if w.force_i[F.MOBILITY, lead] == Mobility.AMPHIBIOUS:
        wanted *= r.combat.landing_power
    return wanted


@clause
def choose_goal(
    w: Tables,
    g: Ground,
    r: Ruleset,
    c: Doctrine,
    s: Scratch,
    a: Aims,
    group: int,
    lead: int,
    strength: float,
    near: float,
) -> int:
    """P.2 The objective, as a row of the goals, of a group led by the force `lead`; -1 if none is worth it."""
    fi = w.force_i
    k = a.classes[fi[F.MOBILITY, lead]]
    best = 0.0
    first = 0
    goal = -1
    for o in range(a.goals.at.shape[0]):
        h = a.goals.at[o]
        if a.tasks[o, group] < first or not is_wanted(w, c, s, h):
            continue
        hours = hours_from(g, a, a.goals.rows[o, k], fi[F.HEX, lead])
        if hours >= INF:
            continue
        late = hours > c.season_patience * hours_from(g, a, a.dry[o, k], fi[F.HEX, lead])
        if a.wet == 1 and late and a.tasks[o, group] == 0:
            continue
        # a place of worth is taken to be held, whether or not anybody was seen there
        held = c.unseen * g.value[h]
        least = wanted_for(w, r, c, lead, held)
        if strength + s.friend[h] < c.least_chance * least:
            continue
        hope = strength / (strength + least)
        if a.tasks[o, group] <= first and a.goals.worth[o] * hope * hope / (hours + near) <= best:
            continue  # whatever is on the way, it cannot be worth more than the best found
        steps = a.steps[fi[F.MOBILITY, lead]]
        s.resist[o], haul = survey(w, g, r, c, s, a.fields[a.goals.rows[o, k]], steps, fi[F.HEX, lead])
        if haul > c.haul_share * r.supply.haul_limit_km and a.tasks[o, group] == 0:
            continue
        s.resist[o] = max(s.resist[o], held)
        wanted = wanted_for(w, r, c, lead, s.resist[o])
        if strength + s.friend[h] < c.least_chance * wanted:
            continue
        chance = strength / (strength + wanted)
        crowd = 1.0 + s.given[o] / wanted
        score = a.goals.worth[o] * chance * chance / (hours + near) / crowd
        if score > best or a.tasks[o, group] > first:
            best = score
            first = a.tasks[o, group]
            goal = o
    return goal


@clause
def next_goal(
    w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, group: int, goal: int, k: int, strength: float
) -> int:
    """P.3 Where an advance goes on to from the objective: a task, else the next by worth and nearness; or OFF_MAP."""
    best = 0.0
    first = 0
    where = OFF_MAP
    chosen = -1
    for o in range(a.goals.at.shape[0]):
        h = a.goals.at[o]
        if o == goal or a.tasks[o, group] < first or not is_wanted(w, c, s, h):
            continue
        hours = hours_from(g, a, a.goals.rows[o, k], a.goals.at[goal])
        crowd = 1.0 + s.given[o] / max(c.lone_weight, c.odds_attack * c.unseen * g.value[h])
        score = a.goals.worth[o] / (hours + c.near_hours) / crowd
        if hours < INF and (score > best or a.tasks[o, group] > first):
            best = score
            first = a.tasks[o, group]
            where = h
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
    a: Aims,
    pursues: bool,
    group: int,
    o: int,
    target: int,
    after: int,
) -> None:
    """P.3, P.5, P.6 The nearest forces of the group go for the objective `o` until the odds wanted are met."""
    fi = w.force_i
    wanted = max(c.lone_weight, c.odds_attack * s.resist[o]) * (1.0 + c.reserve_share)
    start = s.written[0]
    sent = 0.0
    head = INF
    front = OFF_MAP
    why = Reason.PLAN_PURSUE + 0 if pursues else Reason.PLAN_OBJECTIVE + 0
    while sent < wanted:
        f = nearest_free(w, g, s, a, group, o)
        if f < 0:
            break
        hours = hours_to(w, g, a, a.goals, o, f)
        if hours < head:
            head = hours
            front = fi[F.HEX, f]
        sent += s.weight[f]
        give(s, f, Order.ATTACK + 0, target, why, target, 0)
    n = s.written[0]
    s.given[o] += sent
    ahead = 0.0
    barring = pursues
    for k in range(start, n):
        f = s.orders[k, O.FORCE]
        s.orders[k, O.THEN] = after
        s.orders[k, O.B] = odds_figure(sent, s.resist[o])
        if hex_distance(g.cols, fi[F.HEX, f], front) <= c.wait_hexes:
            ahead += s.weight[f]
            barring = barring or bars_way(w, g, r, s, f)
    if not barring and ahead < s.resist[o] and sent >= c.odds_attack * s.resist[o]:
        for k in range(start, n):
            near = hex_distance(g.cols, fi[F.HEX, s.orders[k, O.FORCE]], front) <= c.wait_hexes
            s.orders[k, O.KIND] = Order.HOLD if near else Order.MOVE
            s.orders[k, O.DEST] = OFF_MAP if near else target
            s.orders[k, O.THEN] = OFF_MAP
            s.orders[k, O.REASON] = Reason.PLAN_CONCENTRATE
    elif n - start >= c.round_forces and s.enemy_at[target] > 0.0:
        go_round(w, g, s, target, start)
    if n == start:
        # nobody can get there: the rest of the group holds where it is
        for f in range(fi.shape[1]):
            if s.free[f] == 1 and fi[F.GROUP, f] == group:
                s.free[f] = 0


@clause
def go_round(w: Tables, g: Ground, s: Scratch, target: int, start: int) -> None:
    """P.6 One force near a held objective makes for the hex behind it."""
    for k in range(start + 1, s.written[0]):
        f = s.orders[k, O.FORCE]
        h = w.force_i[F.HEX, f]
        if hex_distance(g.cols, h, target) != 1 or s.weight[f] <= 0.0:
            continue
        for d in range(6):
            if g.neighbours[h, d] != target:
                continue
            for turn in (0, 1, 5):
                behind = g.neighbours[target, (d + turn) % 6]
                if behind == OFF_MAP or is_camp(w, behind):
                    continue
                if g.terrain[behind] > Terrain.LAKE and s.enemy_at[behind] <= 0.0:
                    s.orders[k, O.DEST] = behind
                    s.orders[k, O.THEN] = OFF_MAP
                    s.orders[k, O.REASON] = Reason.PLAN_ENCIRCLE
                    s.orders[k, O.A] = target
                    return
