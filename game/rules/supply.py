"""Chapter 4, second part: supply.

4.1 Forces need food, ammunition and fuel by arms and by what they did: for the hours that they fought, and for
    those that they marched or lay still.
4.2 They eat from what they carry. Some is found in the country where people live; bands live mostly off it.
4.3 Depots, ports and caches receive what the national rear or a patron sends; a depot serves
    its whole side and its allies, and has room for so many days of handing out.
4.5 No depot hands out more than its capacity; no hex passes more than its roads carry; no side hauls more
    tonne-kilometres than it has transport; attackers are served first, then the near before the far. Whose depot can
    hand out no more that day gets the rest from the next depot, once those near that one are served.
4.6 Enemy bands and raiders near the line take their share of the convoys, by numbers and length.
4.7 A depot in a hex that falls is taken: part of the stock serves the captor, the rest is lost; its rear sends no more.
    A cache is hidden: it is not taken with its hex, only found by those who comb it (6.25).
4.8 What a force lacks is hunger. It fades as the force is fed.
4.9 Damage to roads is mended in time.
4.10 What transport is left moves stocks up from the rear depots to the forward ones, the captured among them, on lines
    from the rear depots alone.
"""

from __future__ import annotations

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, DepotKind, Order, Rail, Status
from game.core.kernels import chapter, clause
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset, SupplyRules
from game.core.ruleset_guerrilla import GuerrillaRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.hiding import forage_share, is_insurgent
from game.rules.lines import (
    ANY_DEPOT,
    NEXT_DEPOT,
    REAR_DEPOT,
    depot_at,
    follow_line,
    is_rear,
    is_spent,
    solve_lines,
    solve_next,
)
from game.rules.presence import in_play, is_hidden, same_side
from game.rules.workspace import IN_BATTLE, INF, Now, Work, is_war, note


@clause
def best_road(g: Ground, h: int) -> int:
    """4.5 Best class of road at the hex."""
    best = 0
    for d in range(6):
        if g.road[h, d] > best:
            best = g.road[h, d]
    return best


@clause
def pass_kg(w: Tables, g: Ground, rules: SupplyRules, h: int, season: int) -> float:
    """4.5 kg a day that the hex's roads and railway carry.

    Formula: kg a day = 1000 * (road_t_dry or road_t_wet of the best road * (1 - damage) + rail_t / 2 for each way with
        a railway * max(0, 1 - damage / rail_break))
    """
    road = best_road(g, h)
    tonnes = rules.road_t_wet[road] if season == 1 else rules.road_t_dry[road]
    damage = w.hex_f[H.CUT, h]
    tonnes *= 1.0 - damage
    trains = max(0.0, 1.0 - damage / rules.rail_break)
    for d in range(6):
        if g.rail[h, d] == Rail.OPERATING:
            tonnes += rules.rail_t / 2.0 * trains
    return tonnes * 1000.0


@clause
def need_per_day(w: Tables, rules: SupplyRules, f: int, activity: int) -> float:
    """4.1 kg a day. activity: 0 idle, 1 march, 2 battle.

    Formula: kg a day = men * need_idle, need_march or need_fight by arms + fuel_tank * vehicles on the march or in
        battle + shells_gun * tubes in battle
    """
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
def activity_of(w: Tables, f: int) -> int:
    """4.1 What the force does when it does not fight: 1 march, 0 idle."""
    fi = w.force_i
    order = fi[F.ORDER, f]
    if fi[F.STATUS, f] == Status.ROUTED:
        return 1
    if order == Order.HOLD or order == Order.REST or order == Order.AMBUSH or order == Order.CLEAR:
        return 0
    return 1


@clause
def consume(w: Tables, g: Ground, x: Work, rules: SupplyRules, hiding: GuerrillaRules, days: float) -> None:
    """4.1, 4.2, 4.8 Forces eat from what they carry and find; what they lack is hunger.

    Formula (4.2): found = need_idle * men * days * (forage_bands * share by support (5.12), or forage_regular) *
        min(1, people / (forage_people * men)) * (1 - want of the people); bands in their base
        area find all of forage_bands
    Formula (4.8): hunger += (share unmet - hunger) * (1 - exp(-days / hunger_days)); the share is of what has to be
        sent, for bands of all that they need
    Insurgents who live hidden (5.10) count as bands in both.
    """
    fi = w.force_i
    felt = 1.0 - exp(-days / rules.hunger_days)
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        h = fi[F.HEX, f]
        fought = min(days, x.bout[IN_BATTLE, f])
        need = need_per_day(w, rules, f, activity_of(w, f)) * (days - fought)
        if fought > 0.0:
            need += need_per_day(w, rules, f, 2) * fought
        idle = rules.need_idle[fi[F.ARMS, f]] * fi[F.MEN, f] * days
        covert = fi[F.STATUS, f] == Status.BANDS
        covert = covert or (is_hidden(fi[F.STATUS, f], fi[F.POSTURE, f]) and is_insurgent(w, fi[F.FACTION, f]))
        share = rules.forage_regular
        if covert:
            share = rules.forage_bands * forage_share(w, hiding, fi[F.FACTION, f], h)
        plenty = min(1.0, w.hex_i[H.PEOPLE, h] / (rules.forage_people * fi[F.MEN, f]))
        plenty *= 1.0 - w.hex_f[H.WANT, h]
        if covert and g.shelter[h] == fi[F.FACTION, f] and x.swept[h] == 0:
            plenty = 1.0
            share = rules.forage_bands
        need -= idle * share * plenty
        if need < 0.0:
            need = 0.0
        kg = int(need + 0.5)
        # who lives off the land lives on what he finds; a formed army's need is what it must be sent
        whole = kg if not covert else max(kg, int(need + idle * share * plenty + 0.5))
        eaten = kg if kg < fi[F.STOCK_KG, f] else fi[F.STOCK_KG, f]
        fi[F.STOCK_KG, f] -= eaten
        lack = 0.0 if kg == 0 else (kg - eaten) / whole
        w.force_f[F.HUNGER, f] += (lack - w.force_f[F.HUNGER, f]) * felt


@clause
def take_depots(w: Tables, x: Work, rules: SupplyRules, hour: int) -> None:
    """4.7 Depots in hexes that the enemy controls change hands.

    Formula: captured = stock * captured_share
    """
    for k in range(w.depot_i.shape[1]):
        holder = w.depot_i[D.FACTION, k]
        h = w.depot_i[D.HEX, k]
        control = w.hex_i[H.CONTROL, h]
        if holder == NO_FACTION or control == NO_FACTION or not is_war(w.stance, holder, control):
            continue
        if w.depot_i[D.KIND, k] == DepotKind.CACHE:
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
def receive(w: Tables, rules: SupplyRules, days: float) -> None:
    """4.3 What the rear or a patron sends comes in, where the depot is still its owner's.

    Formula: stock += what comes in, up to capacity a day * full_days
    """
    for k in range(w.depot_i.shape[1]):
        if w.depot_i[D.FACTION, k] == w.depot_i[D.OWNER, k]:
            stock = w.depot_i[D.STOCK_KG, k]
            room = int(rules.full_days * w.depot_i[D.CAPACITY_KG, k]) - stock
            w.depot_i[D.STOCK_KG, k] = stock + max(0, min(room, int(w.depot_i[D.INFLOW_KG, k] * days)))


@clause
def stamp_threat(w: Tables, g: Ground, x: Work, sign: int) -> None:
    """4.6 Add (sign 1) or take away (-1) the hidden enemy men on and beside each hex, as each faction's convoys find
    them."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f) or not is_hidden(fi[F.STATUS, f], fi[F.POSTURE, f]):
            continue
        h = fi[F.HEX, f]
        for a in range(x.threat.shape[1]):
            if not is_war(w.stance, a, fi[F.FACTION, f]):
                continue
            x.threat[h, a] += sign * fi[F.MEN, f]
            for d in range(6):
                b = g.neighbours[h, d]
                if b != OFF_MAP:
                    x.threat[b, a] += sign * fi[F.MEN, f]


@clause
def carry(
    w: Tables,
    g: Ground,
    x: Work,
    rules: SupplyRules,
    line: int,
    faction: int,
    h: int,
    want: float,
    season: int,
    days: float,
) -> tuple[int, int, bool]:
    """4.5, 4.6 Haul up to `want` kg along the line to hex `h`: (kg that set out from its depot, kg lost on the way,
    whether the depot is spent).

    Formula (4.6): lost = kg * (1 - exp(-interdict * enemies / 100 * km / 100)); enemies: hidden men on and beside
        each hex of the line, summed; km: width of a hex
    """
    hexes = follow_line(g, x, line, faction, h)
    depot = depot_at(w, x, line, faction, x.path[hexes - 1]) if hexes > 0 else -1
    if depot < 0:
        return 0, 0, False
    km = x.haul[line, faction, h]
    give = min(want, float(w.depot_i[D.STOCK_KG, depot]), x.depot_kg[depot])
    if km > 0.0:
        give = min(give, x.lift[faction] * 1000.0 / km)
    danger = 0
    for k in range(hexes):
        at = x.path[k]
        if x.room_kg[at] < 0.0:
            x.room_kg[at] = pass_kg(w, g, rules, at, season) * days
        give = min(give, x.room_kg[at])
        danger += x.threat[at, faction]
    kg = int(give)
    if kg <= 0:
        return 0, 0, is_spent(w, x, depot)
    for k in range(hexes):
        x.room_kg[x.path[k]] -= kg
    lost = 0
    if danger > 0:
        lost = int(kg * (1.0 - exp(-rules.interdict * danger / 100.0 * g.km / 100.0)))
    used = kg / 1000.0 * km
    side = w.faction_i[A.SIDE, faction]
    for a in range(x.lift.shape[0]):
        if a == faction or (side >= 0 and w.faction_i[A.SIDE, a] == side):
            x.lift[a] -= used
    w.faction_f[A.LIFT_USED, faction] += used / days
    w.faction_i[A.KG_LOST, faction] += lost
    w.depot_i[D.STOCK_KG, depot] -= kg
    x.depot_kg[depot] -= kg
    return kg, lost, is_spent(w, x, depot)


@clause
def serve(w: Tables, g: Ground, x: Work, rules: SupplyRules, line: int, f: int, season: int, days: float) -> bool:
    """4.4-4.6 Bring one force what it lacks, as far as depot, roads and transport allow. Returns whether it lacks
    something still because the depot is spent; how much stands in `x.short_kg`."""
    fi = w.force_i
    want = x.short_kg[f]
    x.short_kg[f] = 0.0
    if want < 1.0:
        return False
    kg, lost, spent = carry(w, g, x, rules, line, fi[F.FACTION, f], fi[F.HEX, f], want, season, days)
    fi[F.STOCK_KG, f] += kg - lost
    w.faction_i[A.KG_ISSUED, fi[F.FACTION, f]] += kg - lost
    if spent and want - kg >= 1.0:
        x.short_kg[f] = want - kg
        return True
    return False


@clause
def serve_all(w: Tables, g: Ground, x: Work, rules: SupplyRules, line: int, season: int, days: float) -> bool:
    """4.5 Serve all who lack something, attackers first; returns whether anybody's depot is spent before he is full."""
    short = False
    for first in range(2):
        for k in range(w.force_i.shape[1]):
            f = x.by_haul[k]
            attacks = w.force_i[F.ORDER, f] == Order.ATTACK
            if x.short_kg[f] >= 1.0 and attacks == (first == 0) and serve(w, g, x, rules, line, f, season, days):
                short = True
    return short


@clause
def serve_from_next(w: Tables, g: Ground, x: Work, rules: SupplyRules, season: int, days: float) -> bool:
    """4.5 As `serve_all`, from the nearest depots that are not spent."""
    for a in range(w.faction_i.shape[1]):
        for f in range(w.force_i.shape[1]):
            if x.short_kg[f] >= 1.0 and w.force_i[F.FACTION, f] == a:
                solve_next(w, g, x, rules, a)
                break
    return serve_all(w, g, x, rules, NEXT_DEPOT, season, days)


@clause
def move_up(w: Tables, g: Ground, x: Work, rules: SupplyRules, k: int, season: int, days: float) -> None:
    """4.10 Fill a forward depot from the rear with the transport that is left.

    Formula: wanted = forward_t * 1000 - stock
    """
    faction = w.depot_i[D.FACTION, k]
    if faction == NO_FACTION or x.active[faction] == 0 or is_rear(w, faction, k):
        return
    want = rules.forward_t * 1000.0 - w.depot_i[D.STOCK_KG, k]
    if want < 1.0:
        return
    kg, lost, _ = carry(w, g, x, rules, REAR_DEPOT, faction, w.depot_i[D.HEX, k], want, season, days)
    w.depot_i[D.STOCK_KG, k] += kg - lost


@clause
def issue(w: Tables, g: Ground, x: Work, rules: SupplyRules, season: int, hour: int, days: float) -> None:
    """4.3-4.10 One impulse of supply.

    Formula (4.5): tonne-km = the side's transport a day * days * (wet_lift in the wet season, else 1)
    Formula (4.9): damage to a road -= days / mend_days
    """
    take_depots(w, x, rules, hour)
    receive(w, rules, days)
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
    solve_lines(w, g, x, rules)
    x.room_kg[:] = -1.0
    for k in range(w.depot_i.shape[1]):
        x.depot_kg[k] = w.depot_i[D.CAPACITY_KG, k] * days
    order_by_haul(w, x)
    stamp_threat(w, g, x, 1)
    for f in range(w.force_i.shape[1]):
        x.short_kg[f] = 0.0
        if in_play(w, f):
            x.short_kg[f] = need_per_day(w, rules, f, 1) * rules.carried_days - w.force_i[F.STOCK_KG, f]
    short = serve_all(w, g, x, rules, ANY_DEPOT, season, days)
    # every round leaves one depot more that is spent
    while short:
        short = serve_from_next(w, g, x, rules, season, days)
    for k in range(w.depot_i.shape[1]):
        move_up(w, g, x, rules, k, season, days)
    stamp_threat(w, g, x, -1)
    for h in range(n):
        if w.hex_f[H.CUT, h] > 0.0:
            w.hex_f[H.CUT, h] = max(0.0, w.hex_f[H.CUT, h] - days / rules.mend_days)


@clause
def order_by_haul(w: Tables, x: Work) -> None:
    """4.5 The near before the far. Of two as far, the first listed goes first."""
    n = w.force_i.shape[1]
    for f in range(n):
        h = w.force_i[F.HEX, f]
        x.loss[f] = x.haul[ANY_DEPOT, w.force_i[F.FACTION, f], h] if h != OFF_MAP else INF
    # yesterday's order is nearly today's
    for i in range(1, n):
        f = x.by_haul[i]
        j = i - 1
        while j >= 0:
            ahead = x.by_haul[j]
            if x.loss[ahead] < x.loss[f] or (x.loss[ahead] == x.loss[f] and ahead < f):
                break
            x.by_haul[j + 1] = ahead
            j -= 1
        x.by_haul[j + 1] = f


@chapter
def feed(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """Chapter 4 in the sequence of play: what is issued in the impulse may be eaten in it."""
    issue(w, g, x, r.supply, now.season, now.hour, now.days)
    consume(w, g, x, r.supply, r.guerrilla, now.days)
