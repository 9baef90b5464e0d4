"""Chapter 6, second part: a day of battle. The clauses are those of chapter 6 (combat)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import sighting as S
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, Order, Posture, Status
from game.core.kernels import chapter, clause
from game.core.realmath import share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.coalition import defenders_in, form_attack, settle_meetings, stand_back
from game.rules.combat import (
    ATTACK,
    DEFENCE,
    MEN,
    ROOM,
    advance_km,
    direction_to,
    is_attacker,
    is_defender,
    is_turned,
    longest_bout,
    loss_share,
    weigh,
)
from game.rules.endurance import breaks_for, time_departures, time_giving_up
from game.rules.losses import battle_loss, count_of
from game.rules.movement import go_on
from game.rules.presence import count_presence, enemy_men
from game.rules.retreat import break_force, fall_back
from game.rules.steps import follow_up, step_into
from game.rules.workspace import (
    CHASED,
    ENGAGED,
    FOUGHT,
    GOES,
    IN_BATTLE,
    INF,
    LEAVES,
    NEEDS,
    PACE,
    WHY,
    Now,
    Work,
    note,
)

ROUNDS = 6
"""Battles at most that a force on the advance fights in an impulse; hours that it has left then are the next one's."""


@clause
def battles_of_side(w: Tables, side: int) -> int:
    """Hexes that forces of the side attack."""
    fi = w.force_i
    n = 0
    for f in range(fi.shape[1]):
        t = fi[F.TARGET, f]
        if t == OFF_MAP or w.faction_i[A.SIDE, fi[F.FACTION, f]] != side:
            continue
        first = True
        for k in range(f):
            if fi[F.TARGET, k] == t and w.faction_i[A.SIDE, fi[F.FACTION, k]] == side:
                first = False
                break
        if first:
            n += 1
    return n


@clause
def mark_surprise(w: Tables, rules: CombatRules, target: int, foe: int, hour: int) -> None:
    """6.8 Attackers whom the defenders had not seen lately surprise them on the first day.

    Formula: surprise = surprise_first if neither fought nor seen for surprise_days
    """
    fi = w.force_i
    defender = NO_FACTION
    for f in range(fi.shape[1]):
        if is_defender(w, f, target, foe):
            defender = fi[F.FACTION, f]
    if defender == NO_FACTION:
        return
    for f in range(fi.shape[1]):
        if not is_attacker(w, f, target):
            continue
        fought = fi[F.LAST_FOUGHT, f]
        last = w.seen[defender, S.HOUR, f]
        fresh = fought == NEVER or hour - fought > rules.surprise_days * 24.0
        unseen = last == NEVER or hour - last > rules.surprise_days * 24.0
        if fresh and unseen:
            w.force_f[F.SURPRISE, f] = rules.surprise_first


@clause
def fight_for(
    w: Tables,
    g: Ground,
    x: Work,
    r: Ruleset,
    target: int,
    foe: int,
    hour: int,
    days: float,
    terms: npt.NDArray[np.float64],
) -> None:
    """6.2-6.8 The battle for one hex in an impulse of `days`.

    Formula (6.2): share of a side's sorties over one battle = min(air_battle_share, 1 / battles of the side)
    Formula (6.3): odds = attackers' power / defenders' * max(fortune_least, 1 + fortune * N(0, 1))
    Formula (6.4): intensity = intensity_attack; ground = ground_loss of the relief; shelter = mean of cover_loss by
        posture
    """
    rules = r.combat
    fi = w.force_i
    ff = w.force_f
    n = fi.shape[1]
    mark_surprise(w, rules, target, foe, hour)
    battles = battles_of_side(w, w.faction_i[A.SIDE, foe])
    share = min(rules.air_battle_share, 1.0 / max(1, battles))
    span = longest_bout(w, x, target)
    ways = weigh(w, g, x, rules, r.move, target, foe, share, terms)
    own = terms[ATTACK, ROOM]
    other = terms[DEFENCE, ROOM]
    day = hour // 24
    luck = max(
        rules.fortune_least, 1.0 + rules.fortune * rng.bell(w.clock[C.SEED], day, target, Purpose.FORTUNE + 0, 0)
    )
    odds = own / max(1.0, other) * luck
    posture = Posture.HASTY + 0
    shelter = 0.0
    men_defending = 0.0
    men_attacking = 0
    farthest = 0.0
    defender = NO_FACTION
    for f in range(n):
        if is_defender(w, f, target, foe):
            defender = fi[F.FACTION, f]
            men_defending += fi[F.MEN, f]
            shelter += fi[F.MEN, f] * rules.cover_loss[fi[F.POSTURE, f]]
            if fi[F.POSTURE, f] == Posture.PREPARED and posture == Posture.HASTY:
                posture = Posture.PREPARED + 0
            elif fi[F.POSTURE, f] == Posture.FORTIFIED:
                posture = Posture.FORTIFIED + 0
        elif is_attacker(w, f, target):
            men_attacking += fi[F.MEN, f]
            farthest = max(farthest, ff[F.ADVANCED, f])
    shelter = shelter / max(1.0, men_defending)
    ground = rules.ground_loss[g.relief[target]]
    heat = rules.intensity_attack
    loss_a = loss_share(rules, ATTACK, terms[ATTACK, MEN], own, other, ground, 1.0, heat)
    loss_d = loss_share(rules, DEFENCE, terms[DEFENCE, MEN], other, own, ground, max(1.0, shelter), heat)
    pace = advance_km(rules, odds, posture, g.relief[target])
    lasted = time_departures(w, g, x, r, target, foe, odds, pace, farthest, is_turned(ways), loss_d, hour, span)
    lasted = time_giving_up(w, x, rules, target, foe, odds, loss_a, hour, lasted)
    x.battle_days[target] += lasted
    lost_a = 0
    lost_d = 0
    for f in range(n):
        if is_attacker(w, f, target):
            ff[F.ADVANCED, f] += pace * lasted
            present = max(0.0, min(lasted, x.bout[LEAVES, f]) - (span - x.bout[ENGAGED, f]))
            lost_a += hit(w, x, rules, f, loss_a, present, hour, Purpose.LOSS_ATTACK + 0)
        elif is_defender(w, f, target, foe):
            lost_d += hit(w, x, rules, f, loss_d, min(lasted, x.bout[LEAVES, f]), hour, Purpose.LOSS_DEFENCE + 0)
    note(
        x,
        hour,
        RecordKind.BATTLE + 0,
        foe,
        -1,
        target,
        defender,
        men_attacking,
        int(men_defending),
        lost_a,
        lost_d,
        int(odds * 100.0),
        Reason.NONE + 0,
    )
    depart(w, g, x, r, target, foe, odds, loss_d, hour, lasted, min(days, span), span)
    for f in range(n):
        if is_attacker(w, f, target) and x.bout[LEAVES, f] < INF:
            fi[F.ORDER, f] = Order.HOLD
            fi[F.TARGET, f] = OFF_MAP
            ff[F.ADVANCED, f] = 0.0
            note(
                x,
                hour,
                RecordKind.HALTED + 0,
                fi[F.FACTION, f],
                f,
                fi[F.HEX, f],
                defender,
                target,
                0,
                0,
                0,
                0,
                Reason.SPENT + 0,
            )
    open_way(w, g, target, foe, span - lasted)


@clause
def hit(w: Tables, x: Work, rules: CombatRules, f: int, loss: float, days: float, hour: int, purpose: int) -> int:
    """6.4, 6.8 One force's losses and tiredness of `days` of battle; returns the men lost.

    Formula (6.4): men lost = men * (1 - (1 - loss) ^ days), of whom killed_share die; tanks and guns lose tank_loss
        and gun_loss times that share; cohesion *= 1 - share
    Formula (6.8): fatigue += tired * days; surprise -= (surprise_first - 1) * days / surprise_days, down to 1
    """
    fi = w.force_i
    ff = w.force_f
    share = share_within(loss, days)
    tanks = count_of(w, min(1.0, share * rules.tank_loss), fi[F.TANKS, f], hour, f, Purpose.EQUIPMENT + 0)
    guns = count_of(w, min(1.0, share * rules.gun_loss), fi[F.GUNS, f], hour, f, Purpose.EQUIPMENT + 50)
    fi[F.TANKS, f] -= tanks
    fi[F.GUNS, f] -= guns
    w.faction_i[A.TANKS_LOST, fi[F.FACTION, f]] += tanks
    w.faction_i[A.GUNS_LOST, fi[F.FACTION, f]] += guns
    men = count_of(w, share, fi[F.MEN, f], hour, f, purpose)
    lost = battle_loss(w, f, men, rules.killed_share, hour, purpose)
    ff[F.FATIGUE, f] = min(1.0, ff[F.FATIGUE, f] + rules.tired * days)
    ff[F.COHESION, f] = ff[F.COHESION, f] * (1.0 - share)
    ff[F.SURPRISE, f] = max(1.0, ff[F.SURPRISE, f] - (rules.surprise_first - 1.0) * days / rules.surprise_days)
    fi[F.LAST_FOUGHT, f] = hour
    x.bout[IN_BATTLE, f] += days
    return lost


@clause
def depart(
    w: Tables,
    g: Ground,
    x: Work,
    r: Ruleset,
    target: int,
    foe: int,
    odds: float,
    loss: float,
    hour: int,
    lasted: float,
    days: float,
    span: float,
) -> None:
    """6.5-6.7 Defenders leave the hex in the order of their hours; what is left of the impulse is theirs to run. Who
    stays has come that much nearer to getting away."""
    fi = w.force_i
    n = fi.shape[1]
    figure = int(odds * 100.0)
    while True:
        f = -1
        for k in range(n):
            if is_defender(w, k, target, foe) and x.bout[LEAVES, k] < INF:
                if f < 0 or x.bout[LEAVES, k] < x.bout[LEAVES, f]:
                    f = k
        if f < 0:
            break
        left = min(days, span - x.bout[LEAVES, f])
        x.bout[LEAVES, f] = INF
        why = x.bout_i[WHY, f]
        if breaks_for(why):
            break_force(w, g, x, r, f, foe, why, int(loss * 1000.0), hour)
            x.bout[CHASED, f] = left
        elif why == Reason.NONE and enemy_men(w, x, fi[F.FACTION, f], x.bout_i[GOES, f]) == 0:
            w.force_f[F.MARCHED, f] = 0.0
            step_into(w, g, x, r.move, r.combat, r.control, r.mines, f, x.bout_i[GOES, f], hour)
        else:
            fall_back(w, g, x, r, f, foe, why, figure, hour)
        if fi[F.STATUS, f] == Status.ROUTED or fi[F.ORDER, f] == Order.WITHDRAW:
            w.force_f[F.SPARE, f] = left * 24.0
    for k in range(n):
        if is_defender(w, k, target, foe) and x.bout[NEEDS, k] < INF:
            w.force_f[F.MARCHED, k] += lasted * 24.0 * x.bout[PACE, k]


@chapter
def fight(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """6.1 Chapter 6 in the sequence of play. Whom a battle leaves part of the impulse may march on into the next."""
    hour = now.hour
    days = now.days
    seed = w.clock[C.SEED]
    clear_bouts(x)
    fight_all(w, g, x, r, hour, days)
    follow_up(w, g, x, r.move, r.combat, r.control, r.mines, hour)
    for again in range(1, ROUNDS):
        lay_down_targets(w, g, x)
        if go_on(w, g, x, x.march_step, r.move, r.combat, r.control, r.mines, now.ways, hour, again) == 0:
            break
        # who fights twice in an impulse must not have the same luck twice
        w.clock[C.SEED] = rng.bits(seed, hour, again, Purpose.FOLLOW + 0, 1) >> 1
        fight_all(w, g, x, r, hour, days)
        follow_up(w, g, x, r.move, r.combat, r.control, r.mines, hour)
        w.clock[C.SEED] = seed
    take_up_targets(w, g, x)


@clause
def clear_bouts(x: Work) -> None:
    """Nobody has fought or broken in this impulse yet."""
    x.battle_days[:] = 0.0
    for f in range(x.order.shape[0]):
        x.bout[CHASED, f] = INF
        x.bout_i[FOUGHT, f] = OFF_MAP


@clause
def lay_down_targets(w: Tables, g: Ground, x: Work) -> None:
    """Who has fought his time out fights no more in this impulse."""
    for f in range(w.force_i.shape[1]):
        if w.force_i[F.TARGET, f] != OFF_MAP:
            x.bout_i[FOUGHT, f] = w.force_i[F.TARGET, f]
            w.force_i[F.TARGET, f] = OFF_MAP


@clause
def take_up_targets(w: Tables, g: Ground, x: Work) -> None:
    """The hex that a force has fought for stays on record, so that its next battle there goes on from this one."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        target = x.bout_i[FOUGHT, f]
        if target != OFF_MAP and fi[F.TARGET, f] == OFF_MAP and fi[F.ORDER, f] == Order.ATTACK:
            if fi[F.HEX, f] != OFF_MAP and direction_to(g, fi[F.HEX, f], target) >= 0:
                fi[F.TARGET, f] = target


@clause
def fight_all(w: Tables, g: Ground, x: Work, r: Ruleset, hour: int, days: float) -> None:
    """6.1 All battles of an impulse, hex by hex."""
    fi = w.force_i
    settle_meetings(w)
    count_presence(w, x)
    terms = x.terms
    n = fi.shape[1]
    for f in range(n):
        x.order[f] = fi[F.TARGET, f]
    for k in range(n):
        target = x.order[k]
        if target == OFF_MAP:
            continue
        for later in range(k + 1, n):
            if x.order[later] == target:
                x.order[later] = OFF_MAP
        lead = form_attack(w, x, target, hour)
        if lead == NO_FACTION:
            continue
        stand_back(w, x, target, lead, hour)
        fight_for(w, g, x, r, target, lead, hour, days, terms)


@clause
def open_way(w: Tables, g: Ground, target: int, foe: int, left: float) -> None:
    """6.5 When no formed enemy is left in the hex, the attackers have paid their way into it and keep `left` days."""
    fi = w.force_i
    if defenders_in(w, target, foe) > 0:
        return
    for f in range(fi.shape[1]):
        if is_attacker(w, f, target):
            w.force_f[F.ADVANCED, f] = g.km
            w.force_f[F.SPARE, f] = max(0.0, left) * 24.0
