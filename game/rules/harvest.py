"""Chapter 9, fifth part: food, from the fields to want.

9.30 The wet-season crop is planted in equal parts over the months after plant_first, and cut in equal parts over those
     after cut_first. The small dry-season crop is planted in the last of these and cut from dry_first on.
9.31 Fields lie idle for want of safety, where armies contend, for mines, and for want of hands: where people have
     fled, and where sealing a border, conscription and hunger take them from the fields.
9.32 Men under arms eat what the people have where they stand.
9.33 Who has more than lasts until the next main harvest sells part of it to those who have less: within land that no
     front divides, as far as roads are open and safe.
9.34 Relief comes by the month from the world outside. It goes to the hungry, whoever rules them, as far as roads
     reach them and it is safe. Nobody can hold it back.
9.35 People eat what they have with an eye to the next main harvest. What they lack is felt slowly, as want, and is
     slowly made good.
9.36 Want kills, more than in proportion. The dead are entered in the ledger as a range.
9.37 People who are not in want grow in number.
9.38 Where an enemy takes the land, part of the stocks is carried off or destroyed by those who leave it, and part of
     the crop is lost in the fields.

Food is counted in the country fought over, in tonnes of milled rice.
"""

from __future__ import annotations

from game.core.calendar import DAYS_A_MONTH, DAYS_A_YEAR
from game.core.columns import force as F
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP
from game.core.kernels import chapter, clause
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.ruleset_people import HarvestRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.harm import drawn, enter_dead, lose_people
from game.rules.presence import in_play
from game.rules.security import governor
from game.rules.supply import best_road
from game.rules.workspace import Now, Work, is_war, note


@clause
def can_plant(w: Tables, c: Cast, rules: HarvestRules, h: int) -> float:
    """9.31 Share of the hex's fields that can be planted as things are.

    Formula: share = min(1, ha_per_head * people * labour / fields) * min(1, security / safe_plant) * contested_plant
        where contested * mines_half / (mines_half + mines); labour = (1 - labour_seal * SEAL - labour_draft *
        CONSCRIPTION of whoever rules) * (1 - labour_want * want)
    """
    hands = 1.0 - rules.labour_want * w.hex_f[H.WANT, h]
    ruler = governor(w, c, h)
    if ruler != NO_FACTION:
        hands *= (
            1.0 - rules.labour_seal * w.policy[P.SEAL, ruler] - rules.labour_draft * w.policy[P.CONSCRIPTION, ruler]
        )
    share = min(1.0, rules.ha_per_head * w.hex_i[H.PEOPLE, h] * max(0.0, hands) / c.fields_ha[h])
    share *= min(1.0, w.hex_f[H.SECURITY, h] / rules.safe_plant)
    if w.hex_i[H.CONTESTED, h] == 1:
        share *= rules.contested_plant
    return share * rules.mines_half / (rules.mines_half + w.hex_f[H.SCATTER, h])


@clause
def need_t(w: Tables, rules: HarvestRules, h: int, days: float) -> float:
    """9.35 Tonnes that the hex's people need in so many days.

    Formula: need = people * need_kg / 1000 * days / 365.25
    """
    return w.hex_i[H.PEOPLE, h] * rules.need_kg / 1000.0 * days / DAYS_A_YEAR


@clause
def months_into(month: int, first: float) -> int:
    """9.30 Months since the month of the year `first`, 0..11."""
    return (month - int(first)) % 12


@clause
def months_ahead(rules: HarvestRules, month: int) -> int:
    """9.35 Months until the main harvest begins; 1 while it comes in."""
    return max(1, int(rules.cut_first) - month)


@clause
def farm(w: Tables, c: Cast, rules: HarvestRules, h: int, month: int) -> float:
    """9.30 The farm year in the hex; returns the tonnes that came in.

    Formula: tonnes = planted * fields * yield_t * milled * kept * (dry_share / dry_months in the dry season,
        else (1 - dry_share) / cut_months) * (contested_plant where contested)
    """
    if c.fields_ha[h] <= 0.0:
        return 0.0
    if months_into(month, rules.plant_first) < rules.plant_months:
        part = can_plant(w, c, rules, h) / rules.plant_months
        w.hex_f[H.PLANTED, h] = min(1.0, w.hex_f[H.PLANTED, h] + part)
        return 0.0
    part = 0.0
    cutting = months_into(month, rules.cut_first)
    drying = months_into(month, rules.dry_first)
    if cutting < rules.cut_months:
        part = (1.0 - rules.dry_share) / rules.cut_months
    elif drying < rules.dry_months:
        part = rules.dry_share / rules.dry_months
    tonnes = w.hex_f[H.PLANTED, h] * c.fields_ha[h] * rules.yield_t * rules.milled * rules.kept * part
    if w.hex_i[H.CONTESTED, h] == 1:
        tonnes *= rules.contested_plant
    w.hex_f[H.FOOD_T, h] += tonnes
    if cutting == int(rules.cut_months) - 1:
        w.hex_f[H.PLANTED, h] = can_plant(w, c, rules, h)
    elif drying == int(rules.dry_months):
        w.hex_f[H.PLANTED, h] = 0.0
    return tonnes


@clause
def spoil(w: Tables, rules: HarvestRules, h: int) -> None:
    """9.38 An enemy has taken the hex.

    Formula: stock *= 1 - spoil_stock; fields under crop *= 1 - spoil_crop
    """
    w.hex_f[H.FOOD_T, h] *= 1.0 - rules.spoil_stock
    w.hex_f[H.PLANTED, h] *= 1.0 - rules.spoil_crop


@clause
def feed_troops(w: Tables, c: Cast, rules: HarvestRules, days: float) -> None:
    """9.32 What men under arms take from the stocks of the people, where they stand at the month's end.

    Formula: tonnes = min(stock, men * forage_kg * days / 1000)
    """
    for f in range(w.force_i.shape[1]):
        if in_play(w, f):
            h = w.force_i[F.HEX, f]
            if c.contested[h] == 1:
                taken = w.force_i[F.MEN, f] * rules.forage_kg * days / 1000.0
                w.hex_f[H.FOOD_T, h] -= min(w.hex_f[H.FOOD_T, h], taken)


@clause
def open_way(w: Tables, g: Ground, rules: HarvestRules, h: int) -> float:
    """9.33 Share of what the hex buys or sells that gets through, 0..1.

    Formula: market_road by best road * security * (1 - damage to the roads)
    """
    return rules.market_road[best_road(g, h)] * w.hex_f[H.SECURITY, h] * (1.0 - w.hex_f[H.CUT, h])


@clause
def join_markets(w: Tables, g: Ground, c: Cast, x: Work) -> None:
    """9.33 Into `x.lost` for every hex the first of those that it can trade with: land in one piece, which no front
    divides."""
    for i in range(c.lands.shape[0]):
        x.lost[int(c.lands[i])] = int(c.lands[i])
    moved = True
    while moved:
        moved = False
        for i in range(c.lands.shape[0]):
            h = int(c.lands[i])
            here = w.hex_i[H.CONTROL, h]
            for d in range(6):
                b = g.neighbours[h, d]
                if b == OFF_MAP or c.contested[b] == 0 or x.lost[b] >= x.lost[h]:
                    continue
                there = w.hex_i[H.CONTROL, b]
                if here == NO_FACTION or there == NO_FACTION or not is_war(w.stance, here, there):
                    x.lost[h] = x.lost[b]
                    moved = True


@clause
def spare(w: Tables, rules: HarvestRules, h: int, month: int, days: float) -> float:
    """9.33 Tonnes in stock beyond what the hex's people need until the next main harvest; negative: what they lack.

    Formula: stock - need * (1 - coping) * months to the next crop
    """
    return w.hex_f[H.FOOD_T, h] - need_t(w, rules, h, days) * (1.0 - rules.coping) * months_ahead(rules, month)


@clause
def trade(w: Tables, g: Ground, c: Cast, x: Work, rules: HarvestRules, month: int, days: float) -> None:
    """9.33 A month's trade.

    Formula: offered = market_month * spare * way open; wanted = lacking * way open; of each market the smaller of the
        two changes hands, shared in proportion
    """
    join_markets(w, g, c, x)
    offered = x.lost_haul
    wanted = x.room_kg
    for i in range(c.lands.shape[0]):
        offered[int(c.lands[i])] = 0.0
        wanted[int(c.lands[i])] = 0.0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        more = spare(w, rules, h, month, days) * open_way(w, g, rules, h)
        if more > 0.0:
            offered[x.lost[h]] += rules.market_month * more
        else:
            wanted[x.lost[h]] -= more
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        sold = min(offered[x.lost[h]], wanted[x.lost[h]])
        if sold <= 0.0:
            continue
        more = spare(w, rules, h, month, days) * open_way(w, g, rules, h)
        if more > 0.0:
            w.hex_f[H.FOOD_T, h] -= rules.market_month * more * sold / offered[x.lost[h]]
        else:
            w.hex_f[H.FOOD_T, h] -= more * sold / wanted[x.lost[h]]


@clause
def reach(w: Tables, g: Ground, rules: HarvestRules, h: int, days: float) -> float:
    """9.34 Tonnes that relief could bring to the hex.

    Formula: tonnes = want * need * relief_road * (relief_danger + (1 - relief_danger) * security)
    """
    if w.hex_f[H.WANT, h] <= 0.0:
        return 0.0
    safe = rules.relief_danger + (1.0 - rules.relief_danger) * w.hex_f[H.SECURITY, h]
    access = rules.relief_road[best_road(g, h)] * safe
    return w.hex_f[H.WANT, h] * need_t(w, rules, h, days) * access


@clause
def relieve(w: Tables, g: Ground, c: Cast, x: Work, rules: HarvestRules, now: Now) -> None:
    """9.34 The month's relief for the country, shared by what could reach each hex; goes on record."""
    at = now.year * 12 + now.month - c.first_month
    tonnes = c.relief_t[at, 0] if at >= 0 and at < c.relief_t.shape[0] else 0.0
    wanted = 0.0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        w.hex_f[H.RELIEF_T, h] = 0.0
        if tonnes > 0.0:
            w.hex_f[H.RELIEF_T, h] = reach(w, g, rules, h, now.days)
            wanted += w.hex_f[H.RELIEF_T, h]
    if wanted <= 0.0:
        return
    share = min(1.0, tonnes / wanted)
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        w.hex_f[H.RELIEF_T, h] *= share
    note(
        x, now.hour, RecordKind.RELIEF + 0, NO_FACTION, -1, OFF_MAP, NO_FACTION,
        int(wanted * share), int(tonnes), 0, 0, 0, Reason.NONE + 0,
    )  # fmt: skip


@clause
def eat(w: Tables, rules: HarvestRules, h: int, month: int, days: float) -> float:
    """9.35 What the hex's people eat of their stock and of relief; returns the share of their need that they lack.

    Formula: from the stock = need * min(1 - coping, max(ration_least, stock / (need * months to the next crop)));
        lack = 1 - (that + relief) / need - coping; want += (lack - want) * (1 - exp(-days / want_days))
    """
    need = need_t(w, rules, h, days)
    if need <= 0.0:
        w.hex_f[H.WANT, h] = 0.0
        return 0.0
    ahead = months_ahead(rules, month)
    stock = w.hex_f[H.FOOD_T, h]
    wished = need * min(1.0 - rules.coping, max(rules.ration_least, stock / (need * ahead)))
    eaten = min(stock, wished)
    w.hex_f[H.FOOD_T, h] = stock - eaten
    lack = min(1.0, max(0.0, 1.0 - (eaten + w.hex_f[H.RELIEF_T, h]) / need - rules.coping))
    w.hex_f[H.WANT, h] += (lack - w.hex_f[H.WANT, h]) * (1.0 - exp(-days / rules.want_days))
    return lack


@clause
def starving(rules: HarvestRules, want: float) -> float:
    """9.36 Share of people in such want who die of it in a month.

    Formula: straight lines through the points (starve_want, starve_month)
    """
    points = len(rules.starve_want)
    if want <= rules.starve_want[0]:
        return rules.starve_month[0]
    for k in range(1, points):
        if want <= rules.starve_want[k]:
            part = (want - rules.starve_want[k - 1]) / (rules.starve_want[k] - rules.starve_want[k - 1])
            return rules.starve_month[k - 1] + part * (rules.starve_month[k] - rules.starve_month[k - 1])
    return rules.starve_month[points - 1]


@clause
def live(w: Tables, rules: HarvestRules, h: int, now: Now) -> int:
    """9.36, 9.37 Births and deaths in the hex; returns the dead.

    Formula (9.37): born = born_year * days / 365.25 * people * (1 - want)
    """
    people = w.hex_i[H.PEOPLE, h]
    want = w.hex_f[H.WANT, h]
    born = drawn(w, rules.born_year * now.days / DAYS_A_YEAR * people * (1.0 - want), now.hour, h, Purpose.BORN + 0)
    w.hex_i[H.PEOPLE, h] += born
    w.hex_i[H.BORN, h] += born
    share = starving(rules, want) * now.days / DAYS_A_MONTH
    if share <= 0.0:
        return 0
    return lose_people(w, M.HUNGER, h, drawn(w, share * people, now.hour, h, Purpose.STARVE + 0))


@clause
def enter_starved(w: Tables, x: Work, rules: HarvestRules, dead: int, hungry: int, hour: int) -> None:
    """9.36 The month's dead of want, as a range.

    Formula: dead = starve_low to starve_high * those missing
    """
    if dead <= 0 and hungry <= 0:
        return
    low = int(dead * rules.starve_low)
    high = int(dead * rules.starve_high) + min(dead, 1)
    enter_dead(w, M.HUNGER, low, high)
    note(
        x, hour, RecordKind.STARVED + 0, NO_FACTION, -1, OFF_MAP, NO_FACTION, low, high, hungry, 0, 0, Reason.HUNGER + 0
    )


@chapter
def harvest(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.30-9.37 One month, in the country fought over."""
    rules = r.harvest
    came = 0.0
    planted = 0.0
    fields = 0.0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        planted += w.hex_f[H.PLANTED, h] * c.fields_ha[h]
        fields += c.fields_ha[h]
        came += farm(w, c, rules, h, now.month)
    if fields > 0.0 and came > 0.0:
        note(
            x, now.hour, RecordKind.HARVEST + 0, NO_FACTION, -1, OFF_MAP, NO_FACTION,
            int(came), int(planted / fields * 1000.0), 0, 0, 0, Reason.NONE + 0,
        )  # fmt: skip
    feed_troops(w, c, rules, now.days)
    trade(w, g, c, x, rules, now.month, now.days)
    relieve(w, g, c, x, rules, now)
    dead = 0
    hungry = 0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        eat(w, rules, h, now.month, now.days)
        dead += live(w, rules, h, now)
        if w.hex_f[H.WANT, h] > rules.starve_want[0]:
            hungry += w.hex_i[H.PEOPLE, h]
    enter_starved(w, x, rules, dead, hungry, now.hour)
