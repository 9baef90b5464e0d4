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
from game.core.realmath import ln, share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import (
    ATTACK,
    DEFENCE,
    MEN,
    ROOM,
    advance_km,
    break_hazard,
    direction_to,
    is_attacker,
    is_defender,
    is_turned,
    longest_bout,
    loss_share,
    weigh,
)
from game.rules.losses import battle_loss, count_of
from game.rules.movement import follow_up, go_on, step_into
from game.rules.presence import count_presence
from game.rules.retreat import break_force, fall_back
from game.rules.workspace import (
    CHASED,
    ENGAGED,
    FOUGHT,
    GOES,
    HAZARD,
    INF,
    JOINED,
    LEAVES,
    NEEDS,
    NERVE,
    PACE,
    WEIGHT,
    WHY,
    Work,
    is_war,
    note,
)

ROUNDS = 6
"""Battles at most that a force on the advance fights in an impulse; hours that it has left then are the next one's."""


@clause
def settle_meetings(w: Tables) -> None:
    """6.1 Where two sides attack each other's hexes, the side with more men and arms there attacks."""
    fi = w.force_i
    n = fi.shape[1]
    for f in range(n):
        t = fi[F.TARGET, f]
        if t == OFF_MAP:
            continue
        own = 0.0
        foes = 0.0
        for k in range(n):
            weight = fi[F.MEN, k] * w.force_f[F.QUALITY, k] * w.force_f[F.COHESION, k]
            if fi[F.TARGET, k] == t and fi[F.HEX, k] == fi[F.HEX, f]:
                own += weight
            elif fi[F.HEX, k] == t and fi[F.TARGET, k] == fi[F.HEX, f]:
                if is_war(w.stance, fi[F.FACTION, f], fi[F.FACTION, k]):
                    foes += weight
        if foes > own:
            for k in range(n):
                if fi[F.TARGET, k] == t and fi[F.HEX, k] == fi[F.HEX, f] and k != f:
                    fi[F.TARGET, k] = OFF_MAP
            fi[F.TARGET, f] = OFF_MAP


@clause
def defenders_in(w: Tables, target: int, a: int) -> int:
    """Forces that stand in the hex, formed, against the faction."""
    n = 0
    for f in range(w.force_i.shape[1]):
        if is_defender(w, f, target, a):
            n += 1
    return n


@clause
def form_attack(w: Tables, x: Work, target: int, hour: int) -> int:
    """6.9 Who attacks the hex together: the strongest faction there and those at war with none of the others, the
    stronger first. The forces of the rest stand back. Returns the faction that leads; NO_FACTION if there is no battle.
    """
    fi = w.force_i
    n = fi.shape[1]
    factions = w.faction_i.shape[1]
    x.bloc[:, :] = 0.0
    for f in range(n):
        if is_attacker(w, f, target):
            weight = fi[F.MEN, f] * w.force_f[F.QUALITY, f] * w.force_f[F.COHESION, f]
            x.bloc[WEIGHT, fi[F.FACTION, f]] += weight
    lead = NO_FACTION
    while True:
        best = NO_FACTION
        most = 0.0
        for a in range(factions):
            if x.bloc[JOINED, a] != 0.0 or x.bloc[WEIGHT, a] <= 0.0:
                continue
            weight = x.bloc[WEIGHT, a]
            if weight == most:
                # neither is the stronger: chance decides, not the faction's number
                if rng.uniform(w.clock[C.SEED], hour, target, Purpose.RIVALRY + 0, a) < 0.5:
                    best = a
            elif weight > most:
                best = a
                most = weight
        if best == NO_FACTION:
            return lead
        joins = 1.0 if defenders_in(w, target, best) > 0 else -1.0
        for a in range(factions):
            if x.bloc[JOINED, a] > 0.0 and is_war(w.stance, a, best):
                joins = -1.0
        x.bloc[JOINED, best] = joins
        if joins > 0.0 and lead == NO_FACTION:
            lead = best


@clause
def stand_back(w: Tables, x: Work, target: int, lead: int, hour: int) -> None:
    """6.9 The rivals of those who attack the hex wait for another day."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        if is_attacker(w, f, target) and x.bloc[JOINED, fi[F.FACTION, f]] < 0.0:
            fi[F.TARGET, f] = OFF_MAP
            note(
                x,
                hour,
                RecordKind.HALTED + 0,
                fi[F.FACTION, f],
                f,
                fi[F.HEX, f],
                lead,
                target,
                0,
                0,
                0,
                0,
                Reason.RIVALS + 0,
            )


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
    """6.8 Attackers whom the defenders had not seen lately surprise them on the first day."""
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
    """6.2-6.8 The battle for one hex in an impulse of `days`."""
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
            lost_a += hit(w, rules, f, loss_a, present, hour, Purpose.LOSS_ATTACK + 0)
        elif is_defender(w, f, target, foe):
            lost_d += hit(w, rules, f, loss_d, min(lasted, x.bout[LEAVES, f]), hour, Purpose.LOSS_DEFENCE + 0)
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
def hit(w: Tables, rules: CombatRules, f: int, loss: float, days: float, hour: int, purpose: int) -> int:
    """6.4, 6.8 One force's losses and tiredness of `days` of battle; returns the men lost."""
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
    return lost


@clause
def patience(w: Tables, f: int, hour: int, purpose: int) -> float:
    """Hazard that a force withstands, drawn so that a hazard of h a day is withstood for 1 / h days on average."""
    return -ln(1.0 - rng.uniform(w.clock[C.SEED], hour, f, purpose, 0))


@clause
def time_departures(
    w: Tables,
    g: Ground,
    x: Work,
    r: Ruleset,
    target: int,
    foe: int,
    odds: float,
    pace: float,
    gained: float,
    turned: bool,
    loss: float,
    hour: int,
    span: float,
) -> float:
    """6.5-6.7 When and why each defender leaves within `span` days: one after the other, as a neighbour who breaks
    leaves the others a harder stand from that hour on. Returns the days until the last has left, `span` if one stays.
    """
    rules = r.combat
    fi = w.force_i
    n = fi.shape[1]
    pushed = INF
    yields = INF
    if pace > 0.0:
        pushed = max(0.0, g.km - gained) / pace
        if odds > rules.give_way_odds:
            yields = max(0.0, rules.give_way_share * g.km - gained) / pace
    for f in range(n):
        if is_defender(w, f, target, foe):
            x.bout[LEAVES, f] = INF
            x.bout[NERVE, f] = patience(w, f, hour, Purpose.BREAK_DEFENCE + 0)
    now = 0.0
    gone = False
    while True:
        first = -1
        when = span
        for f in range(n):
            if not is_defender(w, f, target, foe) or x.bout[LEAVES, f] < INF:
                continue
            leaves = pushed
            why = Reason.PUSHED_BACK + 0
            x.bout[HAZARD, f] = 0.0
            if x.bout[NEEDS, f] < leaves:
                leaves = x.bout[NEEDS, f]
                why = Reason.NONE + 0
            if fi[F.STATUS, f] != Status.ROUTED:
                if fi[F.ORDER, f] == Order.WITHDRAW and yields < leaves:
                    leaves = yields
                    why = Reason.COMMANDED + 0
                hazard, cause = break_hazard(w, g, x, rules, f, loss, turned, gone, r.morale.will_weight)
                if odds < 1.0:
                    hazard *= odds
                x.bout[HAZARD, f] = hazard
                if hazard > 0.0 and now + x.bout[NERVE, f] / hazard < leaves:
                    leaves = now + x.bout[NERVE, f] / hazard
                    why = cause
            if leaves < when or (first < 0 and leaves <= when):
                first = f
                when = leaves
                x.bout_i[WHY, f] = why
        if first < 0:
            break
        for f in range(n):
            if is_defender(w, f, target, foe) and x.bout[LEAVES, f] >= INF:
                x.bout[NERVE, f] -= x.bout[HAZARD, f] * (when - now)
        now = when
        x.bout[LEAVES, first] = now
        if breaks_for(x.bout_i[WHY, first]):
            gone = True
    for f in range(n):
        if is_defender(w, f, target, foe) and x.bout[LEAVES, f] >= INF:
            return span
    return now


@clause
def breaks_for(why: int) -> bool:
    """Whether a defender that leaves the hex for this reason has broken."""
    return why != Reason.PUSHED_BACK and why != Reason.COMMANDED and why != Reason.NONE


@clause
def time_giving_up(
    w: Tables,
    x: Work,
    rules: CombatRules,
    target: int,
    foe: int,
    odds: float,
    loss: float,
    hour: int,
    lasted: float,
) -> float:
    """6.7 When attackers at bad odds break off. Returns the days that the battle lasts: until all of them have."""
    fi = w.force_i
    last = 0.0
    for f in range(fi.shape[1]):
        if not is_attacker(w, f, target):
            continue
        x.bout[LEAVES, f] = INF
        if odds < 1.0:
            hazard = rules.break_attacker * (1.0 - odds + rules.break_loss * loss)
            if hazard > 0.0:
                stays = patience(w, f, hour, Purpose.BREAK_ATTACK + 0) / hazard
                if stays < lasted:
                    x.bout[LEAVES, f] = stays
        last = max(last, min(lasted, x.bout[LEAVES, f]))
    if last < lasted:
        for f in range(fi.shape[1]):
            if is_defender(w, f, target, foe) and x.bout[LEAVES, f] > last:
                x.bout[LEAVES, f] = INF
    return last


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
        elif why == Reason.NONE:
            w.force_f[F.MARCHED, f] = 0.0
            step_into(w, g, x, r.move, r.combat, r.control, f, x.bout_i[GOES, f], hour)
        else:
            fall_back(w, g, x, r, f, foe, why, figure, hour)
        if fi[F.STATUS, f] == Status.ROUTED or fi[F.ORDER, f] == Order.WITHDRAW:
            w.force_f[F.SPARE, f] = left * 24.0
    for k in range(n):
        if is_defender(w, k, target, foe) and x.bout[NEEDS, k] < INF:
            w.force_f[F.MARCHED, k] += lasted * 24.0 * x.bout[PACE, k]


@chapter
def fight(
    w: Tables,
    g: Ground,
    x: Work,
    all_steps: npt.NDArray[np.float64],
    r: Ruleset,
    season: int,
    hour: int,
    days: float,
) -> None:
    """Chapter 6 in the sequence of play. Whom a battle leaves part of the impulse may march on into the next."""
    seed = w.clock[C.SEED]
    clear_bouts(x)
    fight_all(w, g, x, r, hour, days)
    follow_up(w, g, x, r.move, r.combat, r.control, hour)
    for again in range(1, ROUNDS):
        lay_down_targets(w, g, x)
        if go_on(w, g, x, all_steps, r.move, r.combat, r.control, season, hour, again) == 0:
            break
        # who fights twice in an impulse must not have the same luck twice
        w.clock[C.SEED] = rng.bits(seed, hour, again, Purpose.FOLLOW + 0, 1) >> 1
        fight_all(w, g, x, r, hour, days)
        follow_up(w, g, x, r.move, r.combat, r.control, hour)
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
    """All battles of an impulse, hex by hex."""
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
