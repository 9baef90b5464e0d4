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
from game.core.realmath import chance_within, share_within
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
    is_attacker,
    is_defender,
    is_turned,
    loss_share,
    weigh,
)
from game.rules.losses import battle_loss, count_of
from game.rules.presence import count_presence
from game.rules.retreat import break_force, fall_back
from game.rules.workspace import Work, is_war, note


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
def lead_faction(w: Tables, target: int) -> int:
    """The faction with most men attacking into the hex that has an enemy there; NO_FACTION if there is no battle."""
    fi = w.force_i
    best = NO_FACTION
    most = 0
    for a in range(w.faction_i.shape[1]):
        men = 0
        for f in range(fi.shape[1]):
            if fi[F.TARGET, f] == target and fi[F.FACTION, f] == a:
                men += fi[F.MEN, f]
        if men > most:
            for f in range(fi.shape[1]):
                if is_defender(w, f, target, a):
                    best = a
                    most = men
                    break
    return best


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
    """6.2-6.8 `days` of battle for one hex."""
    rules = r.combat
    fi = w.force_i
    ff = w.force_f
    n = fi.shape[1]
    mark_surprise(w, rules, target, foe, hour)
    battles = battles_of_side(w, w.faction_i[A.SIDE, foe])
    share = min(rules.air_battle_share, 1.0 / max(1, battles))
    ways = weigh(w, g, rules, r.move, target, foe, share, terms)
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
    shelter = shelter / max(1.0, men_defending)
    ground = rules.ground_loss[g.relief[target]]
    heat = rules.intensity_attack
    loss_a = loss_share(rules, ATTACK, terms[ATTACK, MEN], own, other, ground, 1.0, heat)
    loss_d = loss_share(rules, DEFENCE, terms[DEFENCE, MEN], other, own, ground, max(1.0, shelter), heat)
    gained = advance_km(rules, odds, posture, g.relief[target]) * days
    lost_a = 0
    lost_d = 0
    men_attacking = 0
    farthest = 0.0
    for f in range(n):
        if is_attacker(w, f, target):
            men_attacking += fi[F.MEN, f]
            ff[F.ADVANCED, f] += gained
            farthest = max(farthest, ff[F.ADVANCED, f])
            lost_a += hit(w, x, rules, f, loss_a, days, hour, Purpose.LOSS_ATTACK + 0)
        elif is_defender(w, f, target, foe):
            lost_d += hit(w, x, rules, f, loss_d, days, hour, Purpose.LOSS_DEFENCE + 0)
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
    turned = is_turned(ways)
    defend_outcome(w, g, x, r, target, foe, odds, farthest, turned, loss_d, hour, days)
    for f in range(n):
        if is_attacker(w, f, target) and odds < 1.0:
            tired_of = rules.break_attacker * (1.0 - odds + rules.break_loss * loss_a)
            if rng.uniform(w.clock[C.SEED], hour, f, Purpose.BREAK_ATTACK + 0, 0) < chance_within(tired_of, days):
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


@clause
def hit(w: Tables, x: Work, rules: CombatRules, f: int, loss: float, days: float, hour: int, purpose: int) -> int:
    """6.4, 6.8 One force's losses and tiredness of the battle; returns the men lost."""
    fi = w.force_i
    ff = w.force_f
    share = share_within(loss, days)
    x.loss[f] = loss
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
def defend_outcome(
    w: Tables,
    g: Ground,
    x: Work,
    r: Ruleset,
    target: int,
    foe: int,
    odds: float,
    gained: float,
    turned: bool,
    loss: float,
    hour: int,
    days: float,
) -> None:
    """6.5-6.7 Who breaks, who gives way, who is pushed out."""
    rules = r.combat
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not is_defender(w, f, target, foe) or fi[F.STATUS, f] == Status.ROUTED:
            continue
        hazard, reason = break_hazard(w, g, x, rules, f, loss, turned, r.morale.will_weight)
        if odds < 1.0:
            hazard *= odds
        roll = rng.uniform(w.clock[C.SEED], hour, f, Purpose.BREAK_DEFENCE + 0, 0)
        if roll < chance_within(hazard, days):
            break_force(w, g, x, r, f, foe, reason, int(loss * 1000.0), hour)
        elif fi[F.ORDER, f] == Order.WITHDRAW and odds > rules.give_way_odds:
            fall_back(w, g, x, r, f, foe, Reason.COMMANDED + 0, int(odds * 100.0), hour)
        elif gained >= g.km:
            fall_back(w, g, x, r, f, foe, Reason.PUSHED_BACK + 0, int(odds * 100.0), hour)
    for f in range(fi.shape[1]):
        if is_defender(w, f, target, foe) and fi[F.STATUS, f] == Status.ROUTED and gained >= g.km:
            fall_back(w, g, x, r, f, foe, Reason.PUSHED_BACK + 0, int(odds * 100.0), hour)


@chapter
def fight(w: Tables, g: Ground, x: Work, r: Ruleset, hour: int, days: float) -> None:
    """Chapter 6 in the sequence of play."""
    fight_all(w, g, x, r, hour, days)


@clause
def fight_all(w: Tables, g: Ground, x: Work, r: Ruleset, hour: int, days: float) -> None:
    """All battles of an impulse, hex by hex."""
    fi = w.force_i
    x.loss[:] = 0.0
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
        foe = lead_faction(w, target)
        if foe == NO_FACTION:
            continue
        fight_for(w, g, x, r, target, foe, hour, days, terms)
        open_way(w, g, target, foe)


@clause
def open_way(w: Tables, g: Ground, target: int, foe: int) -> None:
    """6.5 When no formed enemy is left in the hex, the attackers have paid their way into it."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        if is_defender(w, f, target, foe):
            return
    for f in range(fi.shape[1]):
        if is_attacker(w, f, target):
            w.force_f[F.ADVANCED, f] = g.km
