"""Chapters 7 and 8: works, fatigue, cohesion, desertion and sickness: what a day does to a force out of battle.

7.1 A force that holds its ground digs: hasty works within hours, prepared within days, fortified within months.
    Works grow faster while the next level is near; moving leaves them behind.
8.1 Morale is cohesion and the faction's political will (see combat 6.6).
8.2 Fatigue and cohesion recover towards rest and full strength by half-lives: faster at rest and fed than in the
    field, in shelter (5.11) as at rest; never in the hours of contact with the enemy. Hunger stops recovery.
8.3 Men desert by a monthly rate: more when far from home, hungry, unpaid or lately beaten, less when cohesion is high.
    The country for which its movement contends is home to an army, and so is shelter (5.11), where families are.
8.4 Disease and exhaustion take men in rough country, more in the wet season, and few in quarters at home. In shelter
    are huts, and hospitals across the border.
8.5 Men whom hunger has had too long leave or die.
8.6 The wounded return to the force that is shortest of men, or are discharged.
"""

from __future__ import annotations

from game.core.calendar import DAYS_A_MONTH
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NEVER, NO_FACTION, Order, Status
from game.core.kernels import chapter, clause
from game.core.realmath import LN2, exp, share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import MoraleRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ground import is_rough
from game.rules.hiding import is_sheltered
from game.rules.lines import ANY_DEPOT
from game.rules.losses import count_of, take_men
from game.rules.presence import enter_presence, in_play, same_side
from game.rules.workspace import IN_BATTLE, INF, Now, Work, note


@clause
def decay(half_life: float, days: float) -> float:
    """8.2 What is left of a gap after `days`.

    Formula: left = 2 ^ (-days / half-life)
    """
    return exp(-LN2 * days / half_life)


@clause
def dig(w: Tables, rules: MoraleRules, f: int, days: float) -> None:
    """7.1 A force that holds digs on.

    Formula: works rise from 0 to 1 in dig_hasty_days, on to 2 in dig_prepared_days, on to 3 in dig_fortified_days
    """
    works = w.force_f[F.DUG_IN, f]
    left = days
    for level in range(1, 4):
        if works >= level:
            continue
        pace = rules.dig_fortified_days
        if level == 1:
            pace = rules.dig_hasty_days
        elif level == 2:
            pace = rules.dig_prepared_days
        wanted = (level - works) * pace
        if left < wanted:
            works += left / pace
            break
        works = float(level)
        left -= wanted
    w.force_f[F.DUG_IN, f] = works


@clause
def at_home(w: Tables, a: int, land: int) -> bool:
    """8.3 Whether the land of the faction `land`, or nobody's, is home to men of faction `a`."""
    if land == NO_FACTION or same_side(w, a, land):
        return True
    return w.faction_i[A.MOVEMENT, a] >= 0 and w.faction_i[A.MOVEMENT, land] >= 0


@clause
def desertion_rate(w: Tables, g: Ground, r: Ruleset, f: int, hour: int, sheltered: bool) -> float:
    """8.3, 8.5 Share a month.

    Formula (8.3): share a month = desert_month * (1 + desert_far abroad + desert_hungry * hunger
        + desert_unpaid * min(1, months of pay owed / unpaid_months) + desert_defeat in bands or broken, for defeat_days
        after a fight) * (desert_firm - cohesion)
    Formula (8.5): share a month += starve_month * (hunger - starving) / (1 - starving) above starving_after
    """
    rules = r.morale
    starving_after = r.supply.starving_after
    fi = w.force_i
    factor = 1.0
    if not sheltered and not at_home(w, fi[F.FACTION, f], g.host[fi[F.HEX, f]]):
        factor += rules.desert_far
    hunger = w.force_f[F.HUNGER, f]
    factor += rules.desert_hungry * hunger
    owed = w.faction_f[A.ARREARS, fi[F.FACTION, f]]
    factor += rules.desert_unpaid * min(1.0, owed / r.economy.unpaid_months)
    fought = fi[F.LAST_FOUGHT, f]
    if fi[F.STATUS, f] != Status.ACTIVE and fought != NEVER and hour - fought < rules.defeat_days * 24.0:
        factor += rules.desert_defeat
    rate = rules.desert_month * factor * (rules.desert_firm - w.force_f[F.COHESION, f])
    if hunger > starving_after:
        rate += rules.starve_month * (hunger - starving_after) / (1.0 - starving_after)
    return rate


@chapter
def rest_and_leave(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """7.1, 8.2-8.6 One impulse.

    Formula (8.2): fatigue halves in refresh_rest days at rest or sheltered, else refresh_field; the gap to
        full cohesion in recover_rest or recover_field, for bands in shelter reform_days, as far as the force is
        fed
    """
    season = now.season
    hour = now.hour
    days = now.days
    rules = r.morale
    fi = w.force_i
    ff = w.force_f
    # most forces are out of contact for the whole impulse
    tired_rest = decay(rules.refresh_rest, days)
    tired_field = decay(rules.refresh_field, days)
    shaken_rest = decay(rules.recover_rest, days)
    shaken_field = decay(rules.recover_field, days)
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        h = fi[F.HEX, f]
        order = fi[F.ORDER, f]
        sheltered = is_sheltered(w, g, x, fi[F.FACTION, f], h)
        quiet = days - x.bout[IN_BATTLE, f]
        still = order == Order.HOLD or order == Order.REST or order == Order.AMBUSH
        if quiet > 0.0:
            resting = order == Order.REST or sheltered
            fed = 1.0 - ff[F.HUNGER, f]
            tired = tired_rest if resting else tired_field
            shaken = shaken_rest if resting else shaken_field
            if quiet < days:
                tired = decay(rules.refresh_rest if resting else rules.refresh_field, quiet)
                shaken = decay(rules.recover_rest if resting else rules.recover_field, quiet)
            if fi[F.STATUS, f] == Status.BANDS:
                shaken = decay(rules.reform_days if sheltered else rules.recover_field, quiet)
            if still:
                ff[F.FATIGUE, f] *= tired
            if fi[F.STATUS, f] != Status.ROUTED:
                gap = 1.0 - ff[F.COHESION, f]
                ff[F.COHESION, f] = 1.0 - gap * (1.0 - fed * (1.0 - shaken))
            if order == Order.HOLD and fi[F.STATUS, f] == Status.ACTIVE:
                dig(w, rules, f, quiet)
        ff[F.SURPRISE, f] = max(1.0, ff[F.SURPRISE, f])
        leave(w, g, x, r, f, season, hour, days, sheltered)
    for a in range(w.faction_i.shape[1]):
        hospital_day(w, x, rules, a, hour, days)


@clause
def in_quarters(w: Tables, g: Ground, rules: MoraleRules, f: int, hour: int) -> bool:
    """8.4 Whether a formed force lies fed and at peace in its own country, on land that its side controls.

    Formula: hunger below quarters_hunger, on HOLD or REST, without battle for quarters_days
    """
    fi = w.force_i
    h = fi[F.HEX, f]
    fought = fi[F.LAST_FOUGHT, f]
    still = fi[F.ORDER, f] == Order.HOLD or fi[F.ORDER, f] == Order.REST
    peace = fought == NEVER or hour - fought >= rules.quarters_days * 24.0
    fed = w.force_f[F.HUNGER, f] < rules.quarters_hunger and fi[F.STATUS, f] == Status.ACTIVE
    home = at_home(w, fi[F.FACTION, f], g.host[h]) and same_side(w, fi[F.FACTION, f], w.hex_i[H.CONTROL, h])
    return still and peace and fed and home


@clause
def leave(
    w: Tables, g: Ground, x: Work, r: Ruleset, f: int, season: int, hour: int, days: float, sheltered: bool
) -> None:
    """8.3-8.5 Deserters and the sick go.

    Formula (8.4): share sick a month = sick_month_dry or sick_month_wet in rough country, else 0; * sick_quarters in
        quarters, else * sick_shelter in shelter with hunger below quarters_hunger
    Formula (8.5): men leave or die of hunger as its rate says
    """
    rules = r.morale
    fi = w.force_i
    h = fi[F.HEX, f]
    month = days / DAYS_A_MONTH
    deserting = desertion_rate(w, g, r, f, hour, sheltered)
    sick = 0.0
    if is_rough(g, h):
        sick = rules.sick_month_wet if season == 1 else rules.sick_month_dry
        if in_quarters(w, g, rules, f, hour):
            sick *= rules.sick_quarters
        elif sheltered and w.force_f[F.HUNGER, f] < rules.quarters_hunger:
            sick *= rules.sick_shelter
    gone = count_of(w, share_within(deserting, month), fi[F.MEN, f], hour, f, Purpose.DESERT + 0)
    ill = count_of(w, share_within(sick, month), fi[F.MEN, f] - gone, hour, f, Purpose.SICKNESS + 0)
    if gone + ill > 0:
        enter_presence(w, x, f, -1)
        take_men(w, f, gone, A.DESERTED)
        take_men(w, f, ill, A.SICK)
        enter_presence(w, x, f, 1)
    if fi[F.STATUS, f] == Status.GONE:
        note(x, hour, RecordKind.DISBANDED + 0, fi[F.FACTION, f], f, h, NO_FACTION, gone + ill, 0, 0, 0, 0,
             Reason.NONE + 0)  # fmt: skip


@clause
def hospital_day(w: Tables, x: Work, rules: MoraleRules, a: int, hour: int, days: float) -> None:
    """8.6 The wounded of a faction.

    Formula: discharged = wounded * (1 - (1 - hospital_lost) ^ days); back = rest * (1 - (1 - hospital_return) ^
        days)
    """
    total = w.faction_i[A.HOSPITAL, a]
    if total <= 0:
        return
    lost = count_of(w, share_within(rules.hospital_lost, days), total, hour, a, Purpose.WOUNDED + 0)
    w.faction_i[A.HOSPITAL, a] -= lost
    w.faction_i[A.SICK, a] += lost
    back = count_of(w, share_within(rules.hospital_return, days), total - lost, hour, a, Purpose.WOUNDED + 10)
    fi = w.force_i
    best = -1
    least = 1.0
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] != a or fi[F.STATUS, f] != Status.ACTIVE or fi[F.START_MEN, f] <= 0:
            continue
        fullness = fi[F.MEN, f] / fi[F.START_MEN, f]
        if fullness < least and x.haul[ANY_DEPOT, a, fi[F.HEX, f]] < INF:
            least = fullness
            best = f
    if best >= 0 and back > 0:
        enter_presence(w, x, best, -1)
        fi[F.MEN, best] += back
        w.faction_i[A.HOSPITAL, a] -= back
        enter_presence(w, x, best, 1)
