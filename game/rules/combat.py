"""Chapter 6, combat.

6.1 A battle is fought for a hex: by those who attack into it (their order is to attack and the hex bars their way)
    against the formed enemies who stand in it. When two forces attack each other's hexes, the stronger attacks. It
    lasts from the attackers' arrival until the defenders are gone, the attackers give up or the impulse ends; what is
    left of the impulse is theirs to march on.
6.2 Power is men by weight of arms, plus tanks, guns and air sorties in men-equivalents, times quality, condition
    (cohesion and fatigue), supply, posture and surprise; the defender's also times ground and the river that all
    attackers must cross, or the shore on which they land. No more take part than find room; each further side
    attacked from gives more room. Who comes late counts for the time that he is there.
    After T. N. Dupuy's Quantified Judgment Model (Numbers, Predictions and War, 1979).
6.3 The odds are the attackers' power to the defenders', times the day's fortune.
6.4 Each side loses a share of its men a day: a base rate by role, times size, intensity, opposition and ground;
    works shelter the defender. Size counts for the whole side, so that splitting a force changes nothing. Losses
    are capped. (QJM as summarised by C. Lawrence, War by Numbers, 2017.)
6.5 The attackers gain ground by class of odds and by the defenders' works; when they have gained the hex's width
    the defenders are pushed out of it.
6.6 A defender may break on any day: a hazard made of its losses, of being turned, of a neighbour gone, of no
    reserve and no supplies, over its morale (C. A. McQuie 1987: manoeuvre, not losses, ends most defences). Its
    reserve is a formed force of its faction that still stands in its hex, or in the next one out of contact.
6.7 A force that delays gives way in order when the odds against it are too long and it has yielded part of the hex.
    Attackers at bad odds break off.
6.8 Fighting tires. Surprise fades within days.
6.9 Enemies do not attack a hex together: the strongest of the attackers and those at war with none of them fight for
    it, the others stand back.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import NO_FACTION, OFF_MAP, ForceKind, Posture, Status, Terrain
from game.core.kernels import clause
from game.core.realmath import power
from game.core.reasons import Reason
from game.core.ruleset import CombatRules, MoveRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ground import is_rough
from game.rules.presence import enemy_beside, enemy_men
from game.rules.workspace import ENGAGED, INF, LEAVES, POWER_STAGES, Work, is_war

# Stages of a side's power, in the order in which 6.2 names them: terms[side, stage] is the power after that stage.
MEN, ARMS, QUALITY, CONDITION, SUPPLY, POSTURE, SURPRISE, GROUND, RIVER, AIR, ROOM = range(11)
STAGES = POWER_STAGES
STAGE_NAMES = (
    "Numbers",
    "Tanks, guns and arms",
    "Quality",
    "Cohesion and fatigue",
    "Supply",
    "Posture and works",
    "Surprise",
    "Ground",
    "River crossing",
    "Air support",
    "Room to deploy",
)
ATTACK, DEFENCE = 0, 1


@clause
def hex_distance(cols: int, a: int, b: int) -> int:
    """Steps between two hexes (core.hexes.distance)."""
    ra = a // cols
    rb = b // cols
    # with as few divisions as can be: plans ask this of every pair of forces
    qa = a - ra * cols - (ra >> 1)
    qb = b - rb * cols - (rb >> 1)
    dq = qa - qb
    dr = ra - rb
    ds = -dq - dr
    return max(max(abs(dq), abs(dr)), abs(ds))


@clause
def is_attacker(w: Tables, f: int, target: int) -> bool:
    """6.1 Whether the force attacks into the hex."""
    return w.force_i[F.TARGET, f] == target and w.force_i[F.MEN, f] > 0


@clause
def is_defender(w: Tables, f: int, target: int, foe: int) -> bool:
    """6.1 Whether the force stands in the hex, formed, against the faction `foe`."""
    status = w.force_i[F.STATUS, f]
    return (
        w.force_i[F.HEX, f] == target
        and w.force_i[F.MEN, f] > 0
        and (status == Status.ACTIVE or status == Status.ROUTED)
        and is_war(w.stance, w.force_i[F.FACTION, f], foe)
    )


@clause
def direction_to(g: Ground, a: int, b: int) -> int:
    """Direction of the neighbour `b` of `a`, or -1."""
    for d in range(6):
        if g.neighbours[a, d] == b:
            return d
    return -1


@clause
def force_weight(w: Tables, rules: CombatRules, f: int) -> float:
    """6.2 Men, tanks and guns times quality and condition: what a force is worth on ground of no account.

    Agents estimate with it; a battle adds posture, surprise, supply and ground.

    Formula: weight = (men * men_arms + tanks * tank_men + guns * gun_men) * quality * (1 - cohesion_power * (1 -
        cohesion)) * (1 - fatigue_power * fatigue)
    """
    fi = w.force_i
    p = fi[F.MEN, f] * rules.men_arms[fi[F.ARMS, f]] + fi[F.TANKS, f] * rules.tank_men + fi[F.GUNS, f] * rules.gun_men
    p *= w.force_f[F.QUALITY, f] * (1.0 - rules.cohesion_power * (1.0 - w.force_f[F.COHESION, f]))
    return p * (1.0 - rules.fatigue_power * w.force_f[F.FATIGUE, f])


@clause
def add_force(
    w: Tables,
    g: Ground,
    rules: CombatRules,
    f: int,
    side: int,
    target: int,
    crossing: float,
    present: float,
    terms: npt.NDArray[np.float64],
) -> None:
    """6.2 Add one force's power, stage by stage, to its side's terms. `present`: its share of the battle's time.

    Formula: power = (men * men_arms + tanks * tank_men * tank_ground + guns * gun_men) * share of the time *
        quality * (1 - cohesion_power * (1 - cohesion)) * (1 - fatigue_power * fatigue) * (supply_floor + (1 -
        supply_floor) * (1 - hunger)) * posture_power * surprise; the defender's also * ground_power * relief_power
        * factor of the river or shore
    """
    fi = w.force_i
    ff = w.force_f
    men = fi[F.MEN, f] * present
    ground = 4 if is_rough(g, target) else 3
    if side == ATTACK:
        d = direction_to(g, fi[F.HEX, f], target)
        road = g.road[fi[F.HEX, f], d] if d >= 0 else 0
        if road > 0:
            ground = 3 - road
    p = men
    terms[side, MEN] += p
    p = men * rules.men_arms[fi[F.ARMS, f]]
    p += (fi[F.TANKS, f] * rules.tank_men * rules.tank_ground[ground] + fi[F.GUNS, f] * rules.gun_men) * present
    terms[side, ARMS] += p
    p *= ff[F.QUALITY, f]
    terms[side, QUALITY] += p
    p *= 1.0 - rules.cohesion_power * (1.0 - ff[F.COHESION, f])
    p *= 1.0 - rules.fatigue_power * ff[F.FATIGUE, f]
    terms[side, CONDITION] += p
    p *= rules.supply_floor + (1.0 - rules.supply_floor) * (1.0 - ff[F.HUNGER, f])
    terms[side, SUPPLY] += p
    p *= rules.posture_power[fi[F.POSTURE, f]]
    terms[side, POSTURE] += p
    p *= max(1.0, ff[F.SURPRISE, f])
    terms[side, SURPRISE] += p
    if side == DEFENCE:
        p *= rules.ground_power[g.terrain[target]] * rules.relief_power[g.relief[target]]
    terms[side, GROUND] += p
    if side == DEFENCE:
        p *= crossing
    terms[side, RIVER] += p


@clause
def air_support(w: Tables, g: Ground, x: Work, rules: CombatRules, faction: int, target: int, share: float) -> float:
    """6.2 Men-equivalents of the sorties that the faction's side can fly over the hex.

    Formula: power += sorties within air_reach_km * (1 - hunger) * share * weather * sortie_men
    """
    fi = w.force_i
    side = w.faction_i[A.SIDE, faction]
    total = 0.0
    for f in range(fi.shape[1]):
        if fi[F.KIND, f] != ForceKind.AIR or fi[F.SORTIES, f] <= 0 or fi[F.STATUS, f] != Status.ACTIVE:
            continue
        if w.faction_i[A.SIDE, fi[F.FACTION, f]] != side or side < 0:
            continue
        if hex_distance(g.cols, fi[F.HEX, f], target) * g.km <= rules.air_reach_km:
            total += fi[F.SORTIES, f] * max(0.0, 1.0 - w.force_f[F.HUNGER, f])
    return total * share * x.sky[0] * rules.sortie_men


@clause
def longest_bout(w: Tables, x: Work, target: int) -> float:
    """6.1 Days that there are for the battle, from the arrival of the first attackers."""
    days = 0.0
    for f in range(w.force_i.shape[1]):
        if is_attacker(w, f, target):
            days = max(days, x.bout[ENGAGED, f])
    return days


@clause
def weigh(
    w: Tables,
    g: Ground,
    x: Work,
    rules: CombatRules,
    move: MoveRules,
    target: int,
    foe: int,
    air_share: float,
    terms: npt.NDArray[np.float64],
) -> int:
    """6.2 Power of both sides of the battle for `target`, attackers led by faction `foe`.

    Fills terms [2, STAGES]; the last stage is the power that counts. Returns the directions attacked from, as bits.

    Formula: room = (width_open or width_rough) * km / reference_km * (1 + width_side * (directions attacked from -
        1)); power that counts = (sum of forces + air) * min(1, room / men); factor of the river or shore =
        river_power of the least river that any attacker crosses, a bridge making it a class less, or landing_power
        if all come by sea
    """
    fi = w.force_i
    terms[:, :] = 0.0
    river = 3
    landing = True
    ways = 0
    defender = NO_FACTION
    for f in range(fi.shape[1]):
        if is_attacker(w, f, target):
            d = direction_to(g, target, fi[F.HEX, f])
            if d >= 0:
                ways |= 1 << d
                edge = g.river[target, d]
                if g.crossing[target, d] == 2 and edge > 0:
                    edge -= 1
                if edge < river:
                    river = edge
            else:
                river = 0
            if g.terrain[fi[F.HEX, f]] != Terrain.SEA:
                landing = False
        elif is_defender(w, f, target, foe):
            defender = fi[F.FACTION, f]
    span = max(1e-9, longest_bout(w, x, target))
    crossing = rules.landing_power if landing else rules.river_power[river]
    for f in range(fi.shape[1]):
        if is_attacker(w, f, target):
            add_force(w, g, rules, f, ATTACK, target, crossing, x.bout[ENGAGED, f] / span, terms)
        elif is_defender(w, f, target, foe):
            add_force(w, g, rules, f, DEFENCE, target, crossing, 1.0, terms)
    sides = 0
    for d in range(6):
        sides += (ways >> d) & 1
    width = rules.width_rough if is_rough(g, target) else rules.width_open
    width *= (g.km / move.reference_km) * (1.0 + rules.width_side * max(0, sides - 1))
    for side in range(2):
        p = terms[side, RIVER]
        faction = foe if side == ATTACK else defender
        terms[side, AIR] = p
        if faction != NO_FACTION and p > 0.0:
            terms[side, AIR] = p + air_support(w, g, x, rules, faction, target, air_share)
        fit = 1.0
        if terms[side, MEN] > width:
            fit = width / terms[side, MEN]
        terms[side, ROOM] = terms[side, AIR] * fit
    return ways


@clause
def size_factor(rules: CombatRules, men: float) -> float:
    """6.4 Small forces lose a larger share a day.

    Formula: (men / size_reference) ^ size_exponent, from size_low to size_high
    """
    if men <= 0.0:
        return rules.size_high
    s = power(men / rules.size_reference, rules.size_exponent)
    return min(rules.size_high, max(rules.size_low, s))


@clause
def loss_share(
    rules: CombatRules, role: int, men: float, own: float, enemy: float, ground: float, shelter: float, heat: float
) -> float:
    """6.4 Share of a side's men lost in a day of battle.

    Formula: loss a day = (loss_attacker or loss_defender) * size factor * intensity * opposition * ground /
        shelter, at most cap_attacker or cap_defender; opposition = (enemy's power / own) ^ odds_exponent, from
        odds_low to odds_high
    """
    opposition = power(enemy / max(1.0, own), rules.odds_exponent)
    opposition = min(rules.odds_high, max(rules.odds_low, opposition))
    base = rules.loss_attacker if role == ATTACK else rules.loss_defender
    cap = rules.cap_attacker if role == ATTACK else rules.cap_defender
    return min(cap, base * size_factor(rules, men) * heat * opposition * ground / shelter)


@clause
def advance_km(rules: CombatRules, odds: float, posture: int, relief: int) -> float:
    """6.5 Opposed advance, km a day.

    Formula: km a day = (advance_hasty, advance_prepared or advance_fortified by class of advance_odds) *
        advance_relief; 0 below the lowest class
    """
    if odds < rules.advance_odds[0]:
        return 0.0
    k = 0
    for i in range(1, 4):
        if odds >= rules.advance_odds[i]:
            k = i
    if posture == Posture.FORTIFIED:
        rate = rules.advance_fortified[k]
    elif posture == Posture.PREPARED:
        rate = rules.advance_prepared[k]
    else:
        rate = rules.advance_hasty[k]
    return rate * rules.advance_relief[relief]


@clause
def morale(w: Tables, f: int, will_weight: float, least: float) -> float:
    """8.1 Morale of a force: its cohesion and its faction's political will, 0..1.

    Formula: morale = (1 - will_weight) * cohesion + will_weight * will / 100, never below `least`
    """
    will = w.faction_f[A.WILL, w.force_i[F.FACTION, f]] / 100.0
    return max(least, (1.0 - will_weight) * w.force_f[F.COHESION, f] + will_weight * will)


@clause
def is_turned(ways: int) -> bool:
    """6.6 Attacked from three sides, or from opposite ones."""
    n = 0
    for d in range(6):
        n += (ways >> d) & 1
    for d in range(3):
        if (ways >> d) & 1 and (ways >> (d + 3)) & 1:
            return True
    return n >= 3


@clause
def in_contact(w: Tables, g: Ground, x: Work, faction: int, h: int) -> bool:
    """6.6 Whether formed enemies of the faction stand in the hex or beside it."""
    return enemy_men(w, x, faction, h) > 0 or enemy_beside(w, g, x, faction, h)


@clause
def break_hazard(
    w: Tables,
    g: Ground,
    x: Work,
    rules: CombatRules,
    f: int,
    loss: float,
    turned: bool,
    gone: bool,
    will_weight: float,
) -> tuple[float, int]:
    """6.6 Hazard per day that the force breaks, and the chief reason. `gone`: another defender of the hex broke.

    Formula: hazard a day = (break_base + break_loss * loss + break_turned if turned + break_neighbour if a
        neighbour broke + break_reserve without a reserve + break_supply without supplies) / morale, which counts as
        morale_least at least
    """
    fi = w.force_i
    h = fi[F.HEX, f]
    faction = fi[F.FACTION, f]
    hazard = rules.break_base + rules.break_loss * loss
    reason = Reason.LOSSES + 0
    top = rules.break_loss * loss
    reserve = False
    for k in range(fi.shape[1]):
        if gone and reserve:
            break
        if fi[F.FACTION, k] != faction or k == f or fi[F.HEX, k] == OFF_MAP or fi[F.MEN, k] <= 0:
            continue
        away = hex_distance(g.cols, fi[F.HEX, k], h)
        if away > 1:
            continue
        if fi[F.STATUS, k] == Status.ROUTED:
            gone = True
        elif fi[F.STATUS, k] == Status.ACTIVE and fi[F.KIND, k] != ForceKind.AIR and not reserve:
            if away == 0:
                reserve = x.bout[LEAVES, k] >= INF
            elif fi[F.POSTURE, k] != Posture.HIDDEN:
                reserve = not in_contact(w, g, x, faction, fi[F.HEX, k])
    if turned:
        hazard += rules.break_turned
        if rules.break_turned > top:
            top = rules.break_turned
            reason = Reason.TURNED + 0
    if gone:
        hazard += rules.break_neighbour
        if rules.break_neighbour > top:
            top = rules.break_neighbour
            reason = Reason.NEIGHBOUR_GONE + 0
    if not reserve:
        hazard += rules.break_reserve
        if rules.break_reserve > top:
            top = rules.break_reserve
            reason = Reason.NO_RESERVE + 0
    if fi[F.STOCK_KG, f] <= 0:
        hazard += rules.break_supply
        if rules.break_supply > top:
            reason = Reason.OUT_OF_SUPPLY + 0
    return hazard / morale(w, f, will_weight, rules.morale_least), reason
