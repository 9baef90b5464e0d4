"""Chapter 6, sixth part: how long each side stands in a battle (6.5-6.7 of chapter 6, combat).

The hours at which forces leave a battle are drawn within the impulse, so that what comes of a
battle does not hang on how long an impulse is.
"""

from __future__ import annotations

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import force as F
from game.core.ids import Order, Status
from game.core.kernels import clause
from game.core.realmath import ln
from game.core.reasons import Reason
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.combat import break_hazard, is_attacker, is_defender
from game.rules.workspace import HAZARD, INF, LEAVES, NEEDS, NERVE, WHY, Work


@clause
def patience(w: Tables, f: int, hour: int, purpose: int) -> float:
    """6.6, 6.7 Hazard that a force withstands, drawn so that a hazard of h a day is withstood for 1 / h days on
    average.

    Formula: hazard withstood = -ln(1 - U(0, 1))
    """
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

    Formula (6.5): pushed out after (km of the hex - km gained) / advance a day
    Formula (6.6): breaks when hazard * days = hazard withstood; the hazard is multiplied by the odds where these
        are below 1; morale is weighed with will_weight
    Formula (6.7): gives way at odds above give_way_odds, after (give_way_share * km of the hex - km gained) /
        advance a day
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
    """6.7 When attackers at bad odds break off. Returns the days that the battle lasts: until all of them have.

    Formula: hazard a day of breaking off at odds below 1 = break_attacker * (1 - odds + break_loss * loss)
    """
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
