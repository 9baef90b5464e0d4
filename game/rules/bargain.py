"""Chapter 11, diplomacy, fifth part: offers and how they are judged.

11.20 A proposal is accepted with odds that go with what the deal is worth to the one who is asked, against going on as
      now. Judgement is uncertain: the odds are logistic. The same figures serve whoever proposes, answers or looks on.
11.29 A threat adds fear by the strength of who threatens. To yield, and to break off what was agreed, costs honour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.columns import faction as A
from game.core.ids import FactionClass, Stance, Term
from game.core.kernels import chapter, clause
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.ruleset_diplomacy import BargainRules
from game.core.setting import Cast, Setting
from game.core.state import Tables
from game.rules.presence import is_actor
from game.rules.treaties import has_left, in_force
from game.rules.truce import weigh_settlement
from game.rules.worth import (
    GAIN,
    PART_TEXTS,
    PARTS,
    RELATION,
    THREAT,
    chance,
    weigh_alliance,
    weigh_coalition,
    weigh_help,
    weigh_recognition,
)


@chapter
def weigh(
    w: Tables, c: Cast, r: Ruleset, me: int, other: int, term: int, gives: bool, value: int, threatened: bool,
    p: npt.NDArray[np.float64],
) -> float:  # fmt: skip
    """11.20-11.29 What the deal is worth to `me`, points; what makes it up goes into `p` [PARTS].

    Formula (11.22): trade: market + relation * r / 100
    Formula (11.29): under a threat + threat * (1 - own chance against who threatens), * 2 for one at least as strong
    """
    rules = r.bargain
    for k in range(PARTS):
        p[k] = 0.0
    if term == Term.ACCESS or term == Term.SANCTUARY or term == Term.AID:
        weigh_help(w, c, rules, me, other, term, gives, value, p)
    elif term == Term.ALLIANCE:
        weigh_alliance(w, c, rules, me, other, p)
    elif term == Term.COALITION:
        share = value / 100.0 if not gives else 1.0 - value / 100.0
        weigh_coalition(w, c, rules, me, other, share, p)
    elif term == Term.RECOGNITION:
        weigh_recognition(w, c, rules, r.assembly.troops, me, other, gives, p)
    elif term == Term.TRADE:
        p[RELATION] += rules.relation * w.relation[me, other] / 100.0
        p[GAIN] += rules.market
    else:
        weigh_settlement(w, c, rules, r.relations, me, other, term, gives, value, p)
    if threatened:
        p[THREAT] += rules.threat * 2.0 * (1.0 - chance(w, rules, me, other))
    total = 0.0
    for k in range(PARTS):
        total += p[k]
    return total


@clause
def odds_of(rules: BargainRules, worth: float) -> float:
    """11.20 Chance that a deal of such worth is accepted.

    Formula: 1 / (1 + exp(-worth / noise))
    """
    return 1.0 / (1.0 + exp(-worth / rules.noise))


@clause
def fights_there(w: Tables, c: Cast, a: int) -> bool:
    """11.25 Whether a faction is at war with one who contends for the country fought over."""
    for m in range(w.faction_i.shape[1]):
        if c.movement[m] >= 0 and w.stance[a, m] == Stance.WAR and is_actor(w, m):
            return True
    return False


@chapter
def bars(w: Tables, c: Cast, giver: int, taker: int, term: int, value: int) -> int:
    """11.20 Why the term can mean nothing between the two, or Reason.NONE."""
    movements = c.movement[giver] >= 0 and c.movement[taker] >= 0
    war = w.stance[giver, taker] == Stance.WAR
    both = term == Term.ALLIANCE or term == Term.COALITION or term == Term.POWER_SHARING or term == Term.PEACE
    if in_force(w, term, giver, taker) >= 0 or (both and in_force(w, term, taker, giver) >= 0):
        return Reason.ALREADY_AGREED + 0
    if term == Term.ACCESS or term == Term.SANCTUARY or term == Term.ALLIANCE:
        if war:
            return Reason.STILL_AT_WAR + 0
        if term == Term.ALLIANCE and (
            w.faction_i[A.CLASS, giver] > FactionClass.ARMY or w.faction_i[A.CLASS, taker] > FactionClass.ARMY
        ):
            return Reason.NOT_A_STATE + 0
    elif term == Term.AID:
        if value <= 0:
            return Reason.BAD_VALUE + 0
    elif term == Term.CEASE_FIRE:
        if not war:
            return Reason.NOT_AT_WAR + 0
    elif term == Term.PEACE:
        if w.stance[giver, taker] > Stance.HOSTILE:
            return Reason.NOT_AT_WAR + 0
    elif term == Term.WITHDRAWAL:
        if has_left(w, giver, taker):
            return Reason.ALREADY_AGREED + 0
        there = war or (c.movement[taker] >= 0 and fights_there(w, c, giver))
        if w.faction_i[A.ABROAD, giver] <= 0 or c.movement[giver] >= 0 or not there:
            return Reason.NO_TROOPS_THERE + 0
        if value <= 0 or value > 120:
            return Reason.BAD_VALUE + 0
    elif term == Term.RECOGNITION:
        if c.movement[taker] < 0 or w.recognised[giver, taker] == 1:
            return Reason.NO_CLAIM + 0
    elif term == Term.COALITION or term == Term.POWER_SHARING or term == Term.AMNESTY:
        if not movements:
            return Reason.NO_CLAIM + 0
        if value < 0 or value > 100:
            return Reason.BAD_VALUE + 0
        if term == Term.COALITION and war:
            return Reason.STILL_AT_WAR + 0
    return Reason.NONE + 0


@chapter
def judge_offer(
    w: Tables, c: Cast, r: Ruleset, by: int, to: int, term: int, asks: bool, value: int, threatened: bool,
    p: npt.NDArray[np.float64],
) -> float:  # fmt: skip
    """11.20 Odds that `to` accepts what `by` proposes; the parts of its worth to `to` go into `p` [PARTS]."""
    worth = weigh(w, c, r, to, by, term, asks, value, threatened, p)
    return odds_of(r.bargain, worth)


@dataclass(frozen=True)
class Offer:
    """A proposal, made or thought of."""

    by: int
    to: int
    term: Term
    asks: bool
    """Whether the proposer asks for the term (the one asked gives it) or offers it."""
    value: int = 0
    """As ids.Term says."""
    until: int = 0
    """Months that it is to last; 0: without end."""
    threat: bool = False
    """Whether it is made under threat of war."""


@dataclass(frozen=True)
class Judgement:
    """How an offer will be taken, and why."""

    odds: float
    """Chance of acceptance, 0..1."""
    parts: tuple[tuple[str, float], ...]
    """What speaks for (points > 0) and against it, largest first."""
    bar: Reason
    """Why it cannot be proposed at all, or Reason.NONE."""
    worth: float = 0.0
    """What it is worth in all, in points: the sum of what speaks for and against it; 0 is an even chance."""


def judge(tables: Tables, setting: Setting, offer: Offer) -> Judgement:
    """11.20 The odds that the offer is accepted and what makes them. On a view: as far as the side can know."""
    p: npt.NDArray[Any] = np.zeros(PARTS)
    giver, taker = (offer.to, offer.by) if offer.asks else (offer.by, offer.to)
    bar = Reason(bars(tables, setting.cast, giver, taker, int(offer.term), offer.value))
    if bar is not Reason.NONE:
        return Judgement(0.0, (), bar)
    odds = judge_offer(
        tables, setting.cast, setting.ruleset, offer.by, offer.to, int(offer.term), offer.asks, offer.value,
        offer.threat, p,
    )  # fmt: skip
    found = [(PART_TEXTS[k], float(p[k])) for k in range(PARTS) if abs(p[k]) >= 0.5]
    return Judgement(float(odds), tuple(sorted(found, key=lambda part: -abs(part[1]))), bar, float(p.sum()))
