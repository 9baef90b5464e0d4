"""Statecraft: how a faction deals with others. Everything it reads is a View's; every act carries its reason.

S.1 Once a month it answers what was proposed to it, by the odds that everybody can work out. Asked to withdraw sooner
    than it likes, it names its own time if it refuses.
S.2 It ends a treaty that is worth nothing to it any more.
S.3 It proposes what is worth most to it, worth times odds, to a third of the others in turn: one proposal a month.
    What was refused it proposes again, the sooner the better the odds are. Aid it asks of richer ones alone, and gives
    to poorer ones.
S.4 It goes to war, punishes for a time, stands by an ally, threatens or stops trade, when relations are bad enough and
    the chance is good; by chance over months rather than at once.
Only factions whose interests the scenario states deal with each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from game.ai.actbook import blank, read, write
from game.ai.manners import Manners
from game.core import rng
from game.core.calendar import HOURS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, Act, FactionClass, Phase, Stance, Term, TreatyState
from game.core.kernels import chapter, clause
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.ruleset_diplomacy import BargainRules
from game.core.setting import Cast
from game.core.state import Tables
from game.core.view import View
from game.rules.bargain import bars, odds_of, weigh
from game.rules.presence import is_actor, same_side
from game.rules.treaties import between, in_force, proposed
from game.rules.truce import fire_ceased
from game.rules.worth import PARTS, at_war, chance, ruler


@clause
def drawn(w: Tables, hour: int, me: int, other: int, salt: int) -> float:
    """S.4 A number of the view's own luck."""
    return rng.uniform(w.clock[C.SEED], hour, me * 64 + other, Purpose.INITIATIVE + 0, salt)


@clause
def tried(w: Tables, m: Manners, term: int, giver: int, taker: int, odds: float, hour: int) -> bool:
    """S.3 Whether the same is open, or was turned down or not answered lately.

    Formula: lately is within patience_months * (1 - odds)
    """
    if proposed(w, term, giver, taker) >= 0:
        return True
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] != term or w.treaty[Y.A, k] != giver or w.treaty[Y.B, k] != taker:
            continue
        if w.treaty[Y.STATE, k] >= TreatyState.REFUSED:
            if hour - w.treaty[Y.SINCE, k] < m.patience_months * (1.0 - odds) * HOURS_A_MONTH:
                return True
    return False


@clause
def answer_all(
    w: Tables,
    c: Cast,
    r: Ruleset,
    m: Manners,
    me: int,
    hour: int,
    p: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64],
    n: int,
) -> int:
    """S.1"""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == 0 or w.treaty[Y.STATE, k] != TreatyState.PROPOSED or w.treaty[Y.BY, k] == me:
            continue
        gives = w.treaty[Y.A, k] == me
        if not gives and w.treaty[Y.B, k] != me:
            continue
        other = w.treaty[Y.B, k] if gives else w.treaty[Y.A, k]
        term = w.treaty[Y.TERM, k]
        value = w.treaty[Y.VALUE, k]
        threatened = w.treaty[Y.REASON, k] == Reason.UNDER_THREAT
        worth = weigh(w, c, r, me, other, term, gives, value, threatened, p)
        odds = odds_of(r.bargain, worth)
        if rng.uniform(w.clock[C.SEED], hour, k, Purpose.ANSWER + 0, me) < odds:
            n = write(out, n, me, Act.ANSWER + 0, k, 0, 1, 0, Reason.WEIGHED_ACCEPT + 0, 100.0 * odds, worth)
        elif w.treaty[Y.REASON, k] != Reason.LIMITED_WAR:  # which ends in time, whatever the answer
            n = write(out, n, me, Act.ANSWER + 0, k, 0, 0, 0, Reason.WEIGHED_REFUSE + 0, 100.0 * odds, worth)
            n = counter(w, c, r, m, me, other, k, gives, p, out, n)
    return n


@clause
def counter(
    w: Tables, c: Cast, r: Ruleset, m: Manners, me: int, other: int, k: int, gives: bool,
    p: npt.NDArray[np.float64], out: npt.NDArray[np.int64], n: int,
) -> int:  # fmt: skip
    """S.1 Instead of proposal k less money, a greater share, a later withdrawal, or a cease-fire instead of peace: if
    that is worth something."""
    term = w.treaty[Y.TERM, k]
    value = w.treaty[Y.VALUE, k]
    new = value
    if term == Term.AID and gives:
        new = value // 2
    elif term == Term.POWER_SHARING or term == Term.COALITION:
        new = value - 20 if gives else value + 20
    elif term == Term.WITHDRAWAL and gives and value < int(m.offer_months):
        new = int(m.offer_months)
    elif term == Term.PEACE and w.stance[me, other] == Stance.WAR:
        term = Term.CEASE_FIRE + 0
    else:
        return n
    giver = me if gives else other
    taker = other if gives else me
    if new <= 0 and term != Term.CEASE_FIRE:
        return n
    if new > 100 and term != Term.AID:
        return n
    same = proposed(w, term, giver, taker)
    if bars(w, c, giver, taker, term, new) != Reason.NONE or (same >= 0 and same != k):
        return n
    worth = weigh(w, c, r, me, other, term, gives, new, False, p)
    if worth < m.least_worth:
        return n
    odds = odds_of(r.bargain, weigh(w, c, r, other, me, term, not gives, new, False, p))
    why = Reason.OFFERS_AID + 0 if term == Term.AID else Reason.SEEKS_END + 0
    if term == Term.COALITION:
        why = Reason.SEEKS_COALITION + 0
    signed = term if gives else -term
    return write(out, n, me, Act.PROPOSE + 0, other, signed, new, 0, why, 100.0 * odds, worth)


@clause
def in_one_state(w: Tables, a: int, b: int) -> bool:
    """S.2, S.4 Whether one of the two is part of the state that the other governs (13.26-13.32)."""
    return w.faction_i[A.MERGED, a] == b or w.faction_i[A.MERGED, b] == a


@clause
def end_bad(
    w: Tables, c: Cast, r: Ruleset, m: Manners, me: int, p: npt.NDArray[np.float64], out: npt.NDArray[np.int64], n: int
) -> int:
    """S.2"""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == 0 or w.treaty[Y.STATE, k] != TreatyState.IN_FORCE:
            continue
        gives = w.treaty[Y.A, k] == me
        if not gives and w.treaty[Y.B, k] != me:
            continue
        term = w.treaty[Y.TERM, k]
        mutual = term == Term.ALLIANCE or term == Term.COALITION
        if not (mutual or (gives and (term <= Term.AID or term == Term.RECOGNITION or term == Term.TRADE))):
            continue
        other = w.treaty[Y.B, k] if gives else w.treaty[Y.A, k]
        if term == Term.ALLIANCE and (w.relation[me, other] > m.friendly or in_one_state(w, me, other)):
            continue  # nobody leaves a friend, and partners in a government part by chapter 13
        worth = weigh(w, c, r, me, other, term, gives, w.treaty[Y.VALUE, k], False, p)
        if term == Term.RECOGNITION and w.stance[me, other] != Stance.WAR:
            continue  # nobody takes back recognition for mere dislike
        if worth < m.turned_bad:
            n = write(
                out, n, me, Act.DENOUNCE + 0, k, 0, 0, 0, Reason.TURNED_BAD + 0, w.relation[me, other], worth
            )  # fmt: skip
    return n


@clause
def aid_value(w: Tables, c: Cast, m: Manners, giver: int, taker: int) -> int:
    """S.3 US$ thousand a month: what the taker's men need, at most a part of the giver's purse; 0 if it has enough.
    Aid by custom is no subject of treaties: the giver's treasury sees to it."""
    for year in range(c.means.custom.shape[2]):
        if c.means.custom[giver, taker, year] > 0.0:
            return 0
    need = float(w.faction_i[A.REPUTED, taker]) * m.aid_man / 1.0e6
    if w.aid[giver, taker] >= 0.5 * need or need < 1.0 or w.faction_i[A.CLASS, taker] == FactionClass.BLOC:
        return 0
    return int(min(need, m.aid_purse * c.interests.purse[giver]) / 0.012)


@clause
def fights_same(w: Tables, a: int, b: int) -> bool:
    """S.3 Whether both are at war with somebody."""
    for e in range(w.faction_i.shape[1]):
        if e != a and e != b and w.stance[a, e] == Stance.WAR and w.stance[b, e] == Stance.WAR and is_actor(w, e):
            return True
    return False


@clause
def offer_of(
    w: Tables, c: Cast, rules: BargainRules, m: Manners, me: int, other: int, idea: int
) -> tuple[int, bool, int, int]:
    """S.3 The term, whether it is asked for, its value and its reason for one idea of what to propose; term 0: none."""
    war = w.stance[me, other] == Stance.WAR
    mine = c.movement[me] >= 0
    theirs = c.movement[other] >= 0
    fights = at_war(w, me)
    if idea == 0 and war:
        return Term.CEASE_FIRE + 0, False, 0, Reason.SEEKS_END + 0
    if idea == 1 and war:
        return Term.PEACE + 0, False, 0, Reason.SEEKS_END + 0
    if idea == 2 and mine and theirs and w.stance[me, other] <= Stance.HOSTILE and w.peace[P.PHASE] <= Phase.TALKS:
        # each keeps the share that it could win by arms
        return Term.POWER_SHARING + 0, False, max(1, int(100.0 * chance(w, rules, other, me))), Reason.SEEKS_END + 0
    friend = w.stance[me, other] == Stance.ALLIED
    if idea == 3 and w.faction_i[A.ABROAD, me] >= m.force_abroad and not mine and theirs and (war or friend):
        return Term.WITHDRAWAL + 0, False, int(m.offer_months), Reason.SEEKS_END + 0
    if (
        idea == 4
        and w.faction_i[A.ABROAD, other] >= m.force_abroad
        and not theirs
        and (war or c.interests.fear[me] >= m.fearful)
    ):
        return Term.WITHDRAWAL + 0, True, int(m.demand_months), Reason.DEMANDS_WITHDRAWAL + 0
    if idea == 5 and mine and fights and not theirs and c.interests.border[me, other] == 1 and not war:
        if w.faction_i[A.CLASS, other] == FactionClass.STATE and w.stance[me, other] < Stance.ACCESS:
            return Term.SANCTUARY + 0, True, 0, Reason.SEEKS_SANCTUARY + 0
    richer = c.interests.purse[other] - c.interests.purse[me]
    if idea == 6 and fights and richer > 0.0 and w.relation[me, other] >= m.aid_from:
        return Term.AID + 0, True, aid_value(w, c, m, other, me), Reason.SEEKS_AID + 0
    if idea == 7 and richer < 0.0 and at_war(w, other) and w.relation[me, other] >= m.aid_from:
        return Term.AID + 0, False, aid_value(w, c, m, me, other), Reason.OFFERS_AID + 0
    if idea == 8 and not war and w.relation[me, other] > m.ally_from and w.stance[me, other] != Stance.ALLIED:
        if w.faction_i[A.CLASS, other] == FactionClass.STATE and w.faction_i[A.CLASS, me] == FactionClass.STATE:
            return Term.ALLIANCE + 0, False, 0, Reason.SEEKS_ALLIANCE + 0
    if idea == 9 and mine and theirs and not war and fights_same(w, me, other):
        both = float(w.faction_i[A.REPUTED, me] + w.faction_i[A.REPUTED, other])
        share = int(100.0 * w.faction_i[A.REPUTED, other] / max(1.0, both))
        return Term.COALITION + 0, False, min(70, max(30, share)), Reason.SEEKS_COALITION + 0
    if idea == 10 and mine and not theirs and (ruler(w, c) == me or w.peace[P.SEAT] == me):
        return Term.RECOGNITION + 0, True, 0, Reason.SEEKS_RECOGNITION + 0
    if (
        idea == 11
        and mine
        and not theirs
        and c.interests.border[me, other] == 1
        and w.relation[me, other] > m.estranged
    ):
        return Term.TRADE + 0, True, 0, Reason.SEEKS_TRADE + 0
    if idea == 12 and not mine and not theirs and fights and c.interests.border[me, other] == 1 and not war:
        states = w.faction_i[A.CLASS, me] == FactionClass.STATE and w.faction_i[A.CLASS, other] == FactionClass.STATE
        if states and w.stance[me, other] < Stance.ACCESS:
            return Term.ACCESS + 0, True, 0, Reason.SEEKS_PASSAGE + 0
    return 0, False, 0, Reason.NONE + 0


IDEAS = 13


@clause
def propose_best(
    w: Tables, c: Cast, r: Ruleset, m: Manners, me: int, turn: int, hour: int, p: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64], n: int,
) -> int:  # fmt: skip
    """S.3"""
    best = 0.0
    for other in range(w.faction_i.shape[1]):
        if (other + turn) % 3 != 0 or not deals(w, c, me, other):
            continue
        for idea in range(IDEAS):
            term, asks, value, why = offer_of(w, c, r.bargain, m, me, other, idea)
            if term == 0 or (term == Term.AID and value <= 0):
                continue
            giver = other if asks else me
            taker = me if asks else other
            if bars(w, c, giver, taker, term, value) != Reason.NONE or proposed(w, term, giver, taker) >= 0:
                continue
            worth = weigh(w, c, r, me, other, term, not asks, value, False, p)
            if worth < m.least_worth:
                continue
            odds = odds_of(r.bargain, weigh(w, c, r, other, me, term, asks, value, False, p))
            if odds < m.least_odds or worth * odds <= best:
                continue
            if not tried(w, m, term, giver, taker, odds, hour):
                best = worth * odds
                signed = -term if asks else term
                write(out, n, me, Act.PROPOSE + 0, other, signed, value, 0, why, 100.0 * odds, worth)
    return n + 1 if best > 0.0 and n < out.shape[0] else n


@clause
def deals(w: Tables, c: Cast, me: int, other: int) -> bool:
    """Whether the two can deal with each other."""
    if other == me or c.interests.listed[other] == 0 or not is_actor(w, other) or same_side(w, me, other):
        return False
    return w.faction_i[A.CLASS, other] != FactionClass.MISSION and w.faction_i[A.CLASS, me] != FactionClass.MISSION


@clause
def punished(w: Tables, me: int, other: int) -> bool:
    """S.4 Whether it has punished the other before, as far as anybody remembers."""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] != 0 and w.treaty[Y.REASON, k] == Reason.LIMITED_WAR and between(w, k, me, other):
            return True
    return False


@clause
def friend_attacked(w: Tables, m: Manners, me: int, by: int) -> int:
    """S.4 The best friend with whom `by` is at war: above the relation of a friend; or nobody."""
    best = NO_FACTION
    for k in range(w.faction_i.shape[1]):
        if (
            k != me
            and k != by
            and w.stance[k, by] == Stance.WAR
            and w.relation[me, k] > m.friend_from
            and is_actor(w, k)
        ):
            if best == NO_FACTION or w.relation[me, k] > w.relation[me, best]:
                best = k
    return best


@clause
def use_force(
    w: Tables, c: Cast, r: Ruleset, m: Manners, me: int, hour: int, out: npt.NDArray[np.int64], n: int
) -> int:
    """S.4"""
    if w.faction_f[A.WILL, me] < m.war_will or w.faction_f[A.WEARINESS, me] > m.war_weary:
        return n
    bound = w.peace[P.PHASE] == Phase.ACCORD or w.peace[P.PHASE] == Phase.MISSION
    if w.faction_i[A.CLASS, me] != FactionClass.STATE or bound:
        return n
    for other in range(w.faction_i.shape[1]):
        if not deals(w, c, me, other) or w.stance[me, other] == Stance.WAR or c.interests.border[me, other] == 0:
            continue
        if in_one_state(w, me, other):
            continue
        if w.faction_i[A.CLASS, other] >= FactionClass.BLOC or in_force(w, Term.ALLIANCE + 0, me, other) >= 0:
            continue
        feeling = w.relation[me, other]
        win = chance(w, r.bargain, me, other)
        friend = friend_attacked(w, m, me, other)
        ally = friend != NO_FACTION and w.stance[me, friend] == Stance.ALLIED
        fit = w.faction_i[A.REPUTED, me] >= m.fit_share * w.faction_i[A.REPUTED, other]
        settled = fire_ceased(w, me, other)
        if (
            ally
            and fit
            and not settled
            and feeling < m.stand_below
            and win > m.even_chance
            and not punished(w, friend, other)
        ):
            if drawn(w, hour, me, other, 1) < m.stand_hazard:
                return write(out, n, me, Act.WAR + 0, other, 0, 0, 0, Reason.STANDS_BY_ALLY + 0, feeling, 100.0 * win)
        big = w.faction_i[A.ABROAD, other] >= m.big_army
        if (
            friend != NO_FACTION
            and big
            and feeling < m.punish_below
            and win > m.punish_chance
            and not punished(w, me, other)
        ):
            if drawn(w, hour, me, other, 2) < m.punish_hazard:
                return write(
                    out, n, me, Act.WAR + 0, other, 0, 0, int(m.punish_months), Reason.PUNISHES + 0, feeling,
                    100.0 * win,
                )  # fmt: skip
        if feeling < m.rage and win > m.war_chance and drawn(w, hour, me, other, 3) < m.war_hazard:
            return write(out, n, me, Act.WAR + 0, other, 0, 0, 0, Reason.GOES_TO_WAR + 0, feeling, 100.0 * win)
        if big and feeling < m.threat_below and win > m.even_chance and c.interests.fear[me] >= m.fearful:
            if drawn(w, hour, me, other, 4) < m.threat_hazard and not tried(
                w, m, Term.WITHDRAWAL + 0, other, me, 0.0, hour
            ):
                return write(
                    out, n, me, Act.THREATEN + 0, other, Term.WITHDRAWAL + 0, int(m.demand_months), 0,
                    Reason.THREATENS + 0, feeling, 100.0 * win,
                )  # fmt: skip
    return n


@clause
def set_trade(w: Tables, c: Cast, m: Manners, me: int, hour: int, out: npt.NDArray[np.int64], n: int) -> int:
    """S.4 Whoever has a purse stops trade with one who keeps an army abroad, and takes it up when it is gone."""
    if c.interests.purse[me] < m.embargo_purse:
        return n
    for other in range(w.faction_i.shape[1]):
        if not deals(w, c, me, other):
            continue
        men = w.faction_i[A.ABROAD, other]
        feeling = w.relation[me, other]
        on = w.sanction[me, other] == 1
        if (
            not on
            and men >= m.big_army
            and feeling < m.embargo_below
            and drawn(w, hour, me, other, 5) < m.embargo_hazard
        ):
            n = write(out, n, me, Act.SANCTION + 0, other, 0, 1, 0, Reason.ISOLATES + 0, feeling, men / 1000.0)
        elif (
            on
            and men < m.relent_share * m.big_army
            and feeling > m.embargo_below
            and drawn(w, hour, me, other, 6) < m.relent_hazard
        ):
            n = write(out, n, me, Act.SANCTION + 0, other, 0, 0, 0, Reason.RELENTS + 0, feeling, men / 1000.0)
    return n


@chapter
def consult(
    w: Tables, c: Cast, r: Ruleset, m: Manners, me: int, turn: int, hour: int, p: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64],
) -> int:  # fmt: skip
    """S.1-S.4 The acts of one faction into `out` [ROOM, act columns]; returns how many."""
    if c.interests.listed[me] == 0 or not is_actor(w, me):
        return 0
    n = answer_all(w, c, r, m, me, hour, p, out, 0)
    n = end_bad(w, c, r, m, me, p, out, n)
    n = propose_best(w, c, r, m, me, turn, hour, p, out, n)
    n = use_force(w, c, r, m, me, hour, out, n)
    return set_trade(w, c, m, me, hour, out, n)


def state_acts(view: View, manners: Manners) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming month."""
    setting, today, hour = view.setting, view.date, view.hour
    parts, out = np.zeros(PARTS), blank()
    for me in view.side.factions:
        months = today.year * 12 + today.month
        written = consult(view.tables, setting.cast, setting.ruleset, manners, me, months, hour, parts, out)
        yield from read(out[:written])
