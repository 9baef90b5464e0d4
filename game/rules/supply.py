"""Chapter 4, supply.

4.1 Forces need food, ammunition and fuel by arms and by what they did that day: lay still, marched or fought.
4.2 They eat from what they carry. Some is found in the country where people live; bands live mostly off it.
4.3 Depots, ports and caches receive what the national rear or a patron sends; a depot serves its whole side.
4.4 Supplies go from the nearest depot along the line of communication: over hexes that the side controls or holds,
    by the least haul. Haul is km weighted by road class, and no haul is longer than its limit. A depot that runs
    low counts as farther away, so that a fuller one behind it takes over.
4.5 No depot hands out more than its capacity; no hex passes more than its roads carry; no side hauls more
    tonne-kilometres than it has transport; attackers are served first, then the near before the far.
4.6 Enemy bands and raiders near the line take their share of the convoys, by numbers and length.
4.7 A depot in a hex that falls is taken: part of the stock serves the captor, the rest is lost; its rear sends no more.
4.8 What a force lacks is hunger. It fades as the force is fed.
4.9 Damage to roads is mended in time.
4.10 What transport is left moves stocks up from the rear depots to the forward ones, the captured among them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Order, Rail, River, Status, Terrain
from game.core.kernels import chapter, clause, kernel
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import SupplyRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.presence import is_hidden
from game.rules.workspace import INF, Work, heap_drop, heap_push, is_war, note

THIN_LEVELS = 4
"""Steps in which a depot counts as running low; steps, so that hauls are not solved anew for every sack."""


@clause
def same_side(w: Tables, a: int, b: int) -> bool:
    """Whether two factions are under one command."""
    if a == NO_FACTION or b == NO_FACTION:
        return False
    return a == b or (w.faction_i[A.SIDE, a] >= 0 and w.faction_i[A.SIDE, a] == w.faction_i[A.SIDE, b])


@clause
def passes(w: Tables, x: Work, faction: int, h: int) -> bool:
    """4.4 Whether the faction's convoys may pass the hex, as far as troops do not bar it."""
    control = w.hex_i[H.CONTROL, h]
    if control == NO_FACTION or same_side(w, faction, control):
        return True
    if x.formed[faction, h] > 0 or x.hidden[faction, h] > 0:
        return True
    return w.stance[faction, control] >= 3


@clause
def best_road(g: Ground, h: int) -> int:
    """Best class of road at the hex."""
    best = 0
    for d in range(6):
        if g.road[h, d] > best:
            best = g.road[h, d]
    return best


@clause
def pass_kg(w: Tables, g: Ground, rules: SupplyRules, h: int, season: int) -> float:
    """4.5 kg a day that the hex's roads and railway carry."""
    road = best_road(g, h)
    tonnes = rules.road_t_wet[road] if season == 1 else rules.road_t_dry[road]
    for d in range(6):
        if g.rail[h, d] == Rail.OPERATING:
            tonnes += rules.rail_t / 2.0
    return tonnes * 1000.0 * (1.0 - w.hex_f[H.CUT, h])


@kernel
def fill_haul_steps(g: Ground, rules: SupplyRules, steps: npt.NDArray[np.float64]) -> None:
    """4.4 Haul of every step: `steps` float64 [hexes, 6]."""
    for a in range(steps.shape[0]):
        for d in range(6):
            steps[a, d] = haul_km(g, rules, a, d)


@clause
def haul_km(g: Ground, rules: SupplyRules, a: int, d: int) -> float:
    """4.4 Haul of a step, km of primary road; INF where nothing can be carried."""
    b = g.neighbours[a, d]
    if b == OFF_MAP or g.terrain[a] == Terrain.SEA or g.terrain[b] == Terrain.SEA:
        return INF
    km = g.km * rules.road_cost[g.road[a, d]]
    if g.rail[a, d] == Rail.OPERATING:
        km = min(km, g.km * rules.rail_cost)
    edge = g.river[a, d]
    if edge >= River.MAJOR and g.crossing[a, d] == 0:
        km += rules.ford_km * (edge - 1)
    elif edge >= River.MAJOR and g.crossing[a, d] == 1:
        km += rules.ferry_km
    return km


@clause
def thinness(w: Tables, rules: SupplyRules, k: int) -> int:
    """4.4 How nearly empty a depot is, 0 .. THIN_LEVELS; one more when it is empty."""
    kg = w.depot_i[D.STOCK_KG, k]
    if kg <= 0:
        return THIN_LEVELS + 1
    return max(0, THIN_LEVELS - int(THIN_LEVELS * kg / (rules.thin_t * 1000.0)))


@clause
def open_hexes(w: Tables, x: Work, faction: int) -> bool:
    """4.4 Note where the faction's convoys may pass; whether that has changed since last time."""
    barred = x.barred
    barred[:] = 0
    for f in range(w.force_i.shape[1]):
        if in_play(w, f) and is_war(w.stance, faction, w.force_i[F.FACTION, f]):
            if not is_hidden(w.force_i[F.STATUS, f], w.force_i[F.POSTURE, f]):
                barred[w.force_i[F.HEX, f]] = 1
    changed = False
    for h in range(x.haul_open.shape[1]):
        now = 1 if barred[h] == 0 and passes(w, x, faction, h) else 0
        if x.haul_open[faction, h] != now:
            x.haul_open[faction, h] = now
            changed = True
    return changed


@clause
def is_rear(w: Tables, faction: int, k: int) -> bool:
    """4.10 A depot that its own rear or patron feeds."""
    at_home = w.depot_i[D.FACTION, k] == w.depot_i[D.OWNER, k] and w.depot_i[D.INFLOW_KG, k] > 0
    return at_home and same_side(w, faction, w.depot_i[D.FACTION, k])


@clause
def solve_haul(w: Tables, g: Ground, x: Work, rules: SupplyRules, faction: int) -> None:
    """4.4, 4.10 Least haul from the side's depots, and from its rear depots, to every hex.

    Solved again only when what may be passed, or which depots run low, has changed.
    """
    changed = open_hexes(w, x, faction)
    stocked = 0
    rear = 0
    forward = False
    for k in range(w.depot_i.shape[1]):
        if same_side(w, faction, w.depot_i[D.FACTION, k]):
            stocked = (stocked * 31 + thinness(w, rules, k) + k + 1) % 1000003
            if is_rear(w, faction, k):
                rear = (rear * 31 + k + 1) % 1000003
            else:
                forward = True
    if changed or x.haul_key[faction] != stocked:
        x.haul_key[faction] = stocked
        spread_haul(w, g, x, rules, faction, False, x.haul[faction], x.haul_from[faction], x.haul_depot[faction])
    if not forward:
        x.rear_key[faction] = -1
    elif changed or x.rear_key[faction] != rear:
        x.rear_key[faction] = rear
        spread_haul(w, g, x, rules, faction, True, x.rear[faction], x.rear_from[faction], x.rear_depot[faction])


@clause
def spread_haul(
    w: Tables,
    g: Ground,
    x: Work,
    rules: SupplyRules,
    faction: int,
    rear_only: bool,
    cost: npt.NDArray[np.float64],
    come_from: npt.NDArray[np.int64],
    depot: npt.NDArray[np.int64],
) -> None:
    """4.4 Least-cost paths (Dijkstra 1959) from many depots at once. cost, come_from, depot: [hexes]."""
    for h in range(cost.shape[0]):
        cost[h] = INF
        come_from[h] = OFF_MAP
        depot[h] = -1
    size = 0
    for k in range(w.depot_i.shape[1]):
        h = w.depot_i[D.HEX, k]
        if not same_side(w, faction, w.depot_i[D.FACTION, k]) or x.haul_open[faction, h] == 0:
            continue
        if rear_only and not is_rear(w, faction, k):
            continue
        if not rear_only and w.depot_i[D.STOCK_KG, k] <= 0:
            continue
        from_here = 0.0 if rear_only else rules.thin_km * thinness(w, rules, k) / THIN_LEVELS
        if from_here < cost[h]:
            cost[h] = from_here
            depot[h] = k
            size = heap_push(x.heap_key, x.heap_hex, size, from_here, h)
    while size > 0:
        c = x.heap_key[0]
        a = x.heap_hex[0]
        size = heap_drop(x.heap_key, x.heap_hex, size)
        if c > cost[a]:
            continue
        for d in range(6):
            b = g.neighbours[a, d]
            if b == OFF_MAP or x.haul_open[faction, b] == 0:
                continue
            through = c + x.haul_step[a, d]
            if through < cost[b] and through <= rules.haul_limit_km:
                cost[b] = through
                come_from[b] = a
                depot[b] = depot[a]
                size = heap_push(x.heap_key, x.heap_hex, size, through, b)


@clause
def need_per_day(w: Tables, rules: SupplyRules, f: int, activity: int) -> float:
    """4.1 kg a day. activity: 0 idle, 1 march, 2 battle."""
    fi = w.force_i
    arms = fi[F.ARMS, f]
    kg = rules.need_idle[arms]
    if activity == 1:
        kg = rules.need_march[arms]
    elif activity == 2:
        kg = rules.need_fight[arms]
    total = kg * fi[F.MEN, f]
    if activity >= 1:
        total += rules.fuel_tank * fi[F.TANKS, f]
    if activity == 2:
        total += rules.shells_gun * fi[F.GUNS, f]
    return total


@clause
def activity_of(w: Tables, f: int, hour: int) -> int:
    """4.1 What the force did this impulse."""
    fi = w.force_i
    if fi[F.LAST_FOUGHT, f] == hour:
        return 2
    order = fi[F.ORDER, f]
    if fi[F.STATUS, f] == Status.ROUTED:
        return 1
    if order == Order.MOVE or order == Order.ATTACK or order == Order.WITHDRAW or order == Order.RAID:
        return 1
    return 0


@clause
def in_play(w: Tables, f: int) -> bool:
    status = w.force_i[F.STATUS, f]
    return status >= Status.ACTIVE and status <= Status.BANDS and w.force_i[F.MEN, f] > 0


@chapter
def consume(w: Tables, g: Ground, rules: SupplyRules, hour: int, days: float) -> None:
    """4.1, 4.2, 4.8"""
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        h = fi[F.HEX, f]
        need = need_per_day(w, rules, f, activity_of(w, f, hour)) * days
        idle = rules.need_idle[fi[F.ARMS, f]] * fi[F.MEN, f] * days
        share = rules.forage_bands if fi[F.STATUS, f] == Status.BANDS else rules.forage_regular
        plenty = min(1.0, w.hex_i[H.PEOPLE, h] / (rules.forage_people * fi[F.MEN, f]))
        if fi[F.STATUS, f] == Status.BANDS and g.shelter[h] == fi[F.FACTION, f]:
            plenty = 1.0
        need -= idle * share * plenty
        if need < 0.0:
            need = 0.0
        kg = int(need + 0.5)
        eaten = kg if kg < fi[F.STOCK_KG, f] else fi[F.STOCK_KG, f]
        fi[F.STOCK_KG, f] -= eaten
        lack = 0.0 if kg == 0 else 1.0 - eaten / kg
        weight = min(1.0, days / rules.hunger_days)
        w.force_f[F.HUNGER, f] += (lack - w.force_f[F.HUNGER, f]) * weight


@clause
def take_depots(w: Tables, x: Work, rules: SupplyRules, hour: int) -> None:
    """4.7"""
    for k in range(w.depot_i.shape[1]):
        holder = w.depot_i[D.FACTION, k]
        h = w.depot_i[D.HEX, k]
        control = w.hex_i[H.CONTROL, h]
        if holder == NO_FACTION or control == NO_FACTION or not is_war(w.stance, holder, control):
            continue
        stock = w.depot_i[D.STOCK_KG, k]
        taken = int(stock * rules.captured_share)
        w.depot_i[D.FACTION, k] = control
        w.depot_i[D.STOCK_KG, k] = taken
        w.faction_i[A.KG_LOST, holder] += stock
        w.faction_i[A.KG_TAKEN, control] += taken
        note(
            x,
            hour,
            RecordKind.DEPOT_TAKEN + 0,
            control,
            -1,
            h,
            holder,
            taken,
            stock - taken,
            k,
            0,
            0,
            Reason.OCCUPIED + 0,
        )


@clause
def receive(w: Tables, days: float) -> None:
    """4.3"""
    for k in range(w.depot_i.shape[1]):
        if w.depot_i[D.FACTION, k] == w.depot_i[D.OWNER, k]:
            w.depot_i[D.STOCK_KG, k] += int(w.depot_i[D.INFLOW_KG, k] * days)


@clause
def stamp_threat(w: Tables, g: Ground, x: Work) -> None:
    """4.6 Hidden enemy men on and beside each hex, as each faction's convoys find them."""
    x.threat[:, :] = 0
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f) or not is_hidden(fi[F.STATUS, f], fi[F.POSTURE, f]):
            continue
        h = fi[F.HEX, f]
        for a in range(x.threat.shape[0]):
            if not is_war(w.stance, a, fi[F.FACTION, f]):
                continue
            x.threat[a, h] += fi[F.MEN, f]
            for d in range(6):
                b = g.neighbours[h, d]
                if b != OFF_MAP:
                    x.threat[a, b] += fi[F.MEN, f]


@clause
def carry(
    w: Tables,
    g: Ground,
    x: Work,
    rules: SupplyRules,
    faction: int,
    h: int,
    give: float,
    km: float,
    come_from: npt.NDArray[np.int64],
    lift: npt.NDArray[np.float64],
    days: float,
) -> tuple[int, int]:
    """4.5, 4.6 Haul up to `give` kg along the line to hex `h`: (kg that set out, kg lost on the way)."""
    if km > 0.0:
        give = min(give, lift[faction] * 1000.0 / km)
    at = h
    danger = 0.0
    while at != OFF_MAP:
        give = min(give, x.room_kg[at])
        danger += x.threat[faction, at] / 100.0 * g.km / 100.0
        at = come_from[at]
    kg = int(give)
    if kg <= 0:
        return 0, 0
    at = h
    while at != OFF_MAP:
        x.room_kg[at] -= kg
        at = come_from[at]
    lost = int(kg * (1.0 - exp(-rules.interdict * danger)))
    used = kg / 1000.0 * km
    side = w.faction_i[A.SIDE, faction]
    for a in range(lift.shape[0]):
        if a == faction or (side >= 0 and w.faction_i[A.SIDE, a] == side):
            lift[a] -= used
    w.faction_f[A.LIFT_USED, faction] += used / days
    w.faction_i[A.KG_LOST, faction] += lost
    return kg, lost


@clause
def serve(
    w: Tables, g: Ground, x: Work, rules: SupplyRules, f: int, days: float, lift: npt.NDArray[np.float64]
) -> None:
    """4.4-4.6 Bring one force what it lacks, as far as depot, roads and transport allow."""
    fi = w.force_i
    faction = fi[F.FACTION, f]
    h = fi[F.HEX, f]
    k = x.haul_depot[faction, h]
    if k < 0:
        return
    want = need_per_day(w, rules, f, 1) * rules.carried_days - fi[F.STOCK_KG, f]
    if want < 1.0:
        return
    give = min(want, float(w.depot_i[D.STOCK_KG, k]), x.depot_kg[k])
    kg, lost = carry(w, g, x, rules, faction, h, give, x.haul[faction, h], x.haul_from[faction], lift, days)
    w.depot_i[D.STOCK_KG, k] -= kg
    x.depot_kg[k] -= kg
    fi[F.STOCK_KG, f] += kg - lost
    w.faction_i[A.KG_ISSUED, faction] += kg - lost


@clause
def move_up(
    w: Tables, g: Ground, x: Work, rules: SupplyRules, k: int, days: float, lift: npt.NDArray[np.float64]
) -> None:
    """4.10 Fill a forward depot from the rear with the transport that is left."""
    faction = w.depot_i[D.FACTION, k]
    if faction == NO_FACTION or x.active[faction] == 0 or is_rear(w, faction, k):
        return
    h = w.depot_i[D.HEX, k]
    source = x.rear_depot[faction, h]
    want = rules.forward_t * 1000.0 - w.depot_i[D.STOCK_KG, k]
    if source < 0 or want < 1.0:
        return
    give = min(want, float(w.depot_i[D.STOCK_KG, source]), x.depot_kg[source])
    kg, lost = carry(w, g, x, rules, faction, h, give, x.rear[faction, h], x.rear_from[faction], lift, days)
    w.depot_i[D.STOCK_KG, source] -= kg
    x.depot_kg[source] -= kg
    w.depot_i[D.STOCK_KG, k] += kg - lost


@chapter
def issue(w: Tables, g: Ground, x: Work, rules: SupplyRules, season: int, hour: int, days: float) -> None:
    """4.3-4.10 One impulse of supply."""
    take_depots(w, x, rules, hour)
    receive(w, days)
    n = g.neighbours.shape[0]
    factions = w.faction_i.shape[1]
    lift = x.lift
    active = x.active
    lift[:] = 0.0
    active[:] = 0
    for f in range(w.force_i.shape[1]):
        if in_play(w, f):
            active[w.force_i[F.FACTION, f]] = 1
    for a in range(factions):
        w.faction_f[A.LIFT_USED, a] = 0.0
        for b in range(factions):
            if same_side(w, a, b):
                lift[a] += w.faction_f[A.LIFT_TKM, b] * days * (rules.wet_lift if season == 1 else 1.0)
        if active[a] == 1:
            solve_haul(w, g, x, rules, a)
    for h in range(n):
        x.room_kg[h] = pass_kg(w, g, rules, h, season) * days
        if w.hex_f[H.CUT, h] > 0.0:
            w.hex_f[H.CUT, h] = max(0.0, w.hex_f[H.CUT, h] - days / rules.mend_days)
    for k in range(w.depot_i.shape[1]):
        x.depot_kg[k] = w.depot_i[D.CAPACITY_KG, k] * days
    order_by_haul(w, x)
    stamp_threat(w, g, x)
    for first in range(2):
        for k in range(w.force_i.shape[1]):
            f = x.order[k]
            if not in_play(w, f):
                continue
            attacks = w.force_i[F.ORDER, f] == Order.ATTACK
            if attacks == (first == 0):
                serve(w, g, x, rules, f, days, lift)
    for k in range(w.depot_i.shape[1]):
        move_up(w, g, x, rules, k, days, lift)


@clause
def order_by_haul(w: Tables, x: Work) -> None:
    """4.5 The near before the far."""
    n = w.force_i.shape[1]
    for f in range(n):
        x.order[f] = f
        h = w.force_i[F.HEX, f]
        x.loss[f] = x.haul[w.force_i[F.FACTION, f], h] if h != OFF_MAP else INF
    for i in range(1, n):
        f = x.order[i]
        j = i - 1
        while j >= 0 and x.loss[x.order[j]] > x.loss[f]:
            x.order[j + 1] = x.order[j]
            j -= 1
        x.order[j + 1] = f
