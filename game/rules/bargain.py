"""Chapter 11, diplomacy, third part: what a deal is worth.

11.20 A proposal is accepted with odds that go with what the deal is worth to the one who is asked, against going on as
      now. Judgement is uncertain: the odds are logistic. The same figures serve whoever proposes, answers or looks on.
11.21 Strength is men believed under arms, with allies; an ally who is at war with the same enemy counts in full.
11.22 To shelter another's troops, let them pass or pay them: relations, the worst enemy in common and a foreign army
      next door speak for it; the cost and fear of a stronger enemy's revenge against it. Help is worth most in war.
11.23 An alliance: danger from enemies in common for it, the partner's own wars against it.
11.24 To end a war: the chance of winning times what is at stake, and the cost of going on, which grows with weariness
      (Fearon 1995); against them the share that the deal gives times the credibility of the other's word, which is low
      unless somebody guarantees it (Walter 1997). A long war that neither wins makes ripe (Zartman).
11.25 Patrons press on those they pay, as far as they agree with the other side and with its patrons. Sanctions weigh on
      those who keep troops abroad.
11.26 Spoilers (Stedman 1997): who wants all takes a deal as a pause, the more so while a patron pays; his word counts
      for less.
11.27 A coalition is worth joining if its chance times one's share beats going alone (Christia 2012). A common patron
      and the seat at the United Nations are the glue, creed and relations the solvent.
11.28 Recognition goes with relations, and to who holds the capital; not to a government that foreign troops keep.
11.29 A threat adds fear by the strength of who threatens. To yield, and to break off what was agreed, costs honour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, OFF_MAP, Phase, Spoiler, Stance, Term, TreatyState
from game.core.kernels import chapter, clause, kernel, plain
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.ruleset_diplomacy import BargainRules, RelationRules
from game.core.setting import Cast, Setting
from game.core.state import Tables
from game.rules.relations import acts, sated
from game.rules.treaties import in_force

RELATION = 0
ENEMIES = 1
DANGER = 2
REVENGE = 3
COST = 4
GAIN = 5
FIGHT = 6
WEARINESS = 7
STALEMATE = 8
TRUST = 9
PATRONS = 10
ISOLATION = 11
SPOILER = 12
HONOUR = 13
SEAT = 14
CREED = 15
GOVERNS = 16
THREAT = 17
PARTS = 18
"""Rows of what a deal is worth, points."""

PART_TEXTS = (
    "relations", "an enemy in common", "a foreign army next door", "fear of revenge", "what it costs", "what it brings",
    "what the war promises", "weariness of war", "a war that neither can win", "doubt of the other's word",
    "pressure of patrons", "sanctions", "aims that no deal satisfies", "honour at home",
    "the seat at the United Nations", "creed", "who governs in fact", "the threat",
)  # fmt: skip


@clause
def strength(w: Tables, rules: BargainRules, a: int, against: int) -> float:
    """11.21 Men that a has against another.

    Formula: own men + allies' at war with the other + ally_share * other allies'
    """
    total = float(w.faction_i[A.REPUTED, a])
    for k in range(w.faction_i.shape[1]):
        if k != a and k != against and w.stance[a, k] == Stance.ALLIED and acts(w, k):
            share = 1.0 if w.stance[k, against] == Stance.WAR else rules.ally_share
            total += share * float(w.faction_i[A.REPUTED, k])
    return total


@clause
def chance(w: Tables, rules: BargainRules, a: int, b: int) -> float:
    """11.21 a's chance of prevailing over b.

    Formula: own strength / (own + the other's)
    """
    own = strength(w, rules, a, b)
    return own / max(1.0, own + strength(w, rules, b, a))


@clause
def weighs(w: Tables, a: int, e: int) -> float:
    """11.22 How far e counts as an enemy of a: 0..1."""
    if not acts(w, e):
        return 0.0
    hatred = max(0.0, -w.relation[a, e]) / 100.0
    return max(hatred, 0.6) if w.stance[a, e] == Stance.WAR else hatred


@clause
def worst_enemy(w: Tables, me: int, other: int) -> int:
    """11.22 The enemy in common who weighs most: of mine, among those with whom the other is at war; or nobody."""
    worst = NO_FACTION
    most = 0.0
    for e in range(w.faction_i.shape[1]):
        if e == me or e == other or w.stance[other, e] != Stance.WAR:
            continue
        if weighs(w, me, e) > most:
            most = weighs(w, me, e)
            worst = e
    return worst


@clause
def at_war(w: Tables, a: int) -> bool:
    """11.22 Whether the faction has an enemy in the field."""
    for e in range(w.faction_i.shape[1]):  # noqa: SIM110 - kernels have no generators
        if e != a and w.stance[a, e] == Stance.WAR and acts(w, e):
            return True
    return False


@clause
def ruler(w: Tables, c: Cast) -> int:
    """11.28 The movement that holds its capital, itself or through an ally; NO_FACTION if none does."""
    for a in range(w.faction_i.shape[1]):
        if c.movement[a] < 0 or not acts(w, a) or w.faction_i[A.CAPITAL, a] == OFF_MAP:
            continue
        holder = w.hex_i[H.CONTROL, w.faction_i[A.CAPITAL, a]]
        if holder == a or (holder != NO_FACTION and c.movement[holder] < 0 and w.stance[a, holder] == Stance.ALLIED):
            return a
    return NO_FACTION


@clause
def imposed(w: Tables, c: Cast, a: int, troops: float) -> float:
    """11.28 How far foreign troops keep a movement in power, 0..1.

    Formula: f / (f + troops), f: men abroad of allies who are no movements
    """
    men = 0.0
    if c.movement[a] >= 0:
        for k in range(w.faction_i.shape[1]):
            if k != a and c.movement[k] < 0 and w.stance[a, k] == Stance.ALLIED:
                men += float(w.faction_i[A.ABROAD, k])
    return sated(men, troops)


@clause
def paid(w: Tables, a: int) -> float:
    """11.25 US$ m a year that all patrons give."""
    total = 0.0
    for k in range(w.faction_i.shape[1]):
        total += w.aid[k, a]
    return total


@clause
def patrons_press(w: Tables, me: int, other: int) -> float:
    """11.25 How far those who pay me want me to agree with the other, -1..1.

    Formula: sum over patrons of their share of the aid * the best of their relations with the other and with its
        patrons / 100
    """
    whole = paid(w, me)
    total = 0.0
    if whole <= 0.0:
        return total
    for k in range(w.faction_i.shape[1]):
        if w.aid[k, me] <= 0.0 or k == other:
            continue
        best = w.relation[k, other]
        for q in range(w.faction_i.shape[1]):
            if q != k and q != me and w.aid[q, other] > 0.0:
                best = max(best, w.relation[k, q])
        total += w.aid[k, me] / whole * best / 100.0
    return total


@clause
def credibility(w: Tables, c: Cast, rules: BargainRules, other: int) -> float:
    """11.24, 11.26 What the other's word is worth, 0..1.

    Formula (11.24): trust_alone, trust_talks while talks are held, trust_guarded under an accord, less trust_broken for
        each treaty that it broke
    Formula (11.26): times spoiler_trust for one who wants all
    """
    phase = w.peace[P.PHASE]
    trust = rules.trust_alone
    if phase == Phase.TALKS:
        trust = rules.trust_talks
    elif phase >= Phase.ACCORD and phase <= Phase.ELECTED:
        trust = rules.trust_guarded
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] != 0 and w.treaty[Y.STATE, k] == TreatyState.BROKEN and w.treaty[Y.BY, k] == other:
            trust -= rules.trust_broken
    if c.interests.spoiler[other] == Spoiler.TOTAL:
        trust *= rules.spoiler_trust
    return max(0.0, trust)


@clause
def clients_keep(w: Tables, c: Cast, rules: BargainRules, army: int, against: int) -> float:
    """11.24 What the friends of a departing army could keep without it: their chance against those they fight.

    Formula: men of movements allied with it / (those + men of movements at war with it)
    """
    friends = 0.0
    foes = 1.0
    for k in range(w.faction_i.shape[1]):
        if c.movement[k] < 0 or k == army or not acts(w, k):
            continue
        if w.stance[army, k] == Stance.ALLIED:
            friends += float(w.faction_i[A.REPUTED, k])
        elif k == against or w.stance[army, k] == Stance.WAR:
            foes += float(w.faction_i[A.REPUTED, k])
    return friends / (friends + foes)


@clause
def weigh_help(
    w: Tables, c: Cast, rules: BargainRules, me: int, other: int, term: int, gives: bool, value: int,
    p: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """11.22 Sanctuary, access and aid.

    Formula (11.22, who gives): relation * r / 100 + enemies * h + danger * fear * m / (m + 100,000)
        - revenge * fear * (1 - chance against the enemy) * h - the cost (sanctuary, access; for aid purse * US$ / purse
        at hand, and rivalry with the enemy's patrons for it); h: how far the enemy in common is one
    Formula (11.22, who receives): relation * r / 100 + need while at war
    """
    p[RELATION] += rules.relation * w.relation[me, other] / 100.0
    if not gives:
        p[GAIN] += rules.need if at_war(w, other) or at_war(w, me) else 0.2 * rules.need
        return
    enemy = worst_enemy(w, me, other)
    if enemy != NO_FACTION:
        hatred = weighs(w, me, enemy)
        p[ENEMIES] += rules.enemies * hatred
        p[DANGER] += rules.danger * c.interests.fear[me] * sated(float(w.faction_i[A.ABROAD, enemy]), 100000.0)
        if term == Term.AID:
            most = 0.0
            for k in range(w.faction_i.shape[1]):
                if k != me and w.aid[k, enemy] > 0.0:
                    most = max(most, -w.relation[me, k] / 100.0)
            p[PATRONS] += rules.rivalry * most
        else:
            p[REVENGE] -= rules.revenge * c.interests.fear[me] * (1.0 - chance(w, rules, me, enemy))
            p[PATRONS] += 0.5 * rules.pressure * patrons_press(w, me, other)
            for k in range(w.faction_i.shape[1]):  # a friend who pays them asks for it too
                if k != me and w.aid[k, other] > 0.0 and w.relation[me, k] > 0.0:
                    p[PATRONS] += rules.pressure * 0.3 * w.relation[me, k] / 100.0
    if term == Term.AID:
        if c.interests.purse[me] > 0.0:
            p[COST] -= rules.purse * value * 0.012 / c.interests.purse[me]
        else:
            p[COST] -= 10.0 * rules.purse
    elif term == Term.ACCESS:
        p[COST] -= rules.access
    else:
        p[COST] -= rules.sanctuary


@clause
def weigh_alliance(w: Tables, c: Cast, rules: BargainRules, me: int, other: int, p: npt.NDArray[np.float64]) -> None:
    """11.23 An alliance.

    Formula: relation * r / 100 + enemies * h * (1 - chance alone against it) - alliance - entangled * the other's
        enemies' men / (those + both partners')
    """
    p[RELATION] += rules.relation * w.relation[me, other] / 100.0
    most = 0.0
    foes = 0.0
    for e in range(w.faction_i.shape[1]):
        if e == me or e == other or not acts(w, e):
            continue
        hatred = weighs(w, me, e)
        if w.relation[other, e] < 0.0 or w.stance[other, e] == Stance.WAR:
            most = max(most, hatred * (1.0 - chance(w, rules, me, e)))
        if w.stance[other, e] == Stance.WAR and w.stance[me, e] != Stance.WAR:
            foes += float(w.faction_i[A.REPUTED, e])
    p[ENEMIES] += rules.enemies * most
    p[COST] -= rules.alliance
    own = float(w.faction_i[A.REPUTED, me] + w.faction_i[A.REPUTED, other])
    p[REVENGE] -= rules.entangled * foes / max(1.0, foes + own)


@clause
def weigh_settlement(
    w: Tables, c: Cast, rules: BargainRules, bonds: RelationRules, me: int, other: int, term: int, gives: bool,
    value: int, p: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """11.24-11.26 Cease-fire, peace, withdrawal, power sharing and amnesty.

    Formula (11.24): 100 * share * stake * credibility - 100 * chance * stake + war_cost * (1 + weariness / weary)
        + stalemate * length of the war * 4 * chance * (1 - chance) - honour of the term
    Formula (11.25): pressure * what patrons want + isolation * share of the purses that sanction
    Formula (11.26): -spoiler_total or spoiler_greedy * (spoiler_alone + (1 - spoiler_alone) * aid / (aid + 20))
    """
    stake = max(0.15, c.interests.stake[me])
    win = chance(w, rules, me, other)
    trust = credibility(w, c, rules, other)
    share = win
    if term == Term.WITHDRAWAL:
        keep = clients_keep(w, c, rules, me if gives else other, other if gives else me)
        share = keep if gives else max(win, 1.0 - keep)
        if gives:
            trust = 1.0
    elif term == Term.POWER_SHARING:
        share = value / 100.0 if not gives else 1.0 - value / 100.0
    elif term == Term.AMNESTY:
        share = 0.5 * value / 100.0 if not gives else 1.0 - 0.1 * value / 100.0
    if term != Term.WITHDRAWAL or gives:
        p[FIGHT] -= 100.0 * win * stake
    p[GAIN] += 100.0 * share * stake
    p[TRUST] -= 100.0 * share * stake * (1.0 - trust)
    if w.stance[me, other] == Stance.WAR:
        long = min(1.0, max(0.0, -w.bond[B.WAR, me, other] / bonds.war_floor))
        p[WEARINESS] += rules.war_cost * (1.0 + w.faction_f[A.WEARINESS, me] / rules.weary)
        p[STALEMATE] += rules.stalemate * long * 4.0 * win * (1.0 - win)
    if gives or term != Term.WITHDRAWAL:
        p[HONOUR] -= rules.honour[term - 1]
        p[PATRONS] += rules.pressure * patrons_press(w, me, other)
        if c.interests.spoiler[me] != Spoiler.LIMITED:
            aims = rules.spoiler_greedy
            if c.interests.spoiler[me] == Spoiler.TOTAL:
                aims = rules.spoiler_total
            p[SPOILER] -= aims * (rules.spoiler_alone + (1.0 - rules.spoiler_alone) * sated(paid(w, me), 20.0))
    if gives and term == Term.WITHDRAWAL:
        whole = 1.0
        barred = 0.0
        for k in range(w.faction_i.shape[1]):
            whole += c.interests.purse[k]
            if w.sanction[k, me] == 1:
                barred += c.interests.purse[k]
        p[ISOLATION] += rules.isolation * barred / whole


@clause
def weigh_coalition(
    w: Tables, c: Cast, rules: BargainRules, me: int, other: int, part: float, p: npt.NDArray[np.float64]
) -> None:
    """11.27 part: my share of it, 0..1.

    Formula: 100 * (chance together * own weight in it - chance alone) + seat if one of the two holds it + pressure *
        common patrons + relation * r / 100 - creed * distance / 2 - honour
    """
    foes = 1.0
    for e in range(w.faction_i.shape[1]):
        if acts(w, e) and e != me and e != other and w.stance[me, e] == Stance.WAR:
            foes += float(w.faction_i[A.REPUTED, e])
    mine = float(w.faction_i[A.REPUTED, me])
    theirs = float(w.faction_i[A.REPUTED, other])
    together = (mine + theirs) / (mine + theirs + foes)
    p[FIGHT] -= 100.0 * mine / (mine + foes)
    p[GAIN] += 100.0 * together * max(part, mine / max(1.0, mine + theirs))
    p[RELATION] += rules.relation * w.relation[me, other] / 100.0
    if w.peace[P.SEAT] == other or w.peace[P.SEAT] == me:
        p[SEAT] += rules.seat
    common = 0.0
    for k in range(w.faction_i.shape[1]):
        if k == me or k == other:
            continue
        pays = sated(w.aid[k, me], 5.0) * sated(w.aid[k, other], 5.0)
        likes = max(0.0, w.relation[k, me]) * max(0.0, w.relation[k, other]) / 10000.0
        common = max(common, max(pays, likes))
    p[PATRONS] += rules.pressure * common
    p[CREED] -= rules.creed * abs(c.interests.creed[me] - c.interests.creed[other]) / 2.0
    p[HONOUR] -= rules.honour[Term.COALITION - 1]


@clause
def weigh_recognition(
    w: Tables, c: Cast, rules: BargainRules, troops: float, me: int, other: int, gives: bool,
    p: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """11.28 Formula: relation * r / 100 + effective if it rules - imposed * how far foreign troops keep it, if I fear
    foreign armies or am no friend of theirs - half of relation * r / 100 with whom I recognise now - honour
    """
    p[RELATION] += rules.relation * w.relation[me, other] / 100.0
    if not gives:
        p[GAIN] += rules.market
        return
    if ruler(w, c) == other:
        p[GOVERNS] += rules.effective
    p[DANGER] -= rules.imposed * imposed(w, c, other, troops)
    for k in range(w.faction_i.shape[1]):
        if k != other and w.recognised[me, k] == 1 and c.movement[k] >= 0 and c.movement[other] >= 0:
            p[COST] -= 0.5 * rules.relation * max(0.0, w.relation[me, k]) / 100.0
    p[HONOUR] -= rules.honour[Term.RECOGNITION - 1]


@kernel
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


@kernel
def bars(w: Tables, c: Cast, giver: int, taker: int, term: int, value: int) -> int:
    """11.20 Why the term can mean nothing between the two, or Reason.NONE."""
    movements = c.movement[giver] >= 0 and c.movement[taker] >= 0
    war = w.stance[giver, taker] == Stance.WAR
    if in_force(w, term, giver, taker) >= 0:
        return Reason.ALREADY_AGREED + 0
    if term == Term.ACCESS or term == Term.SANCTUARY or term == Term.ALLIANCE:
        if war:
            return Reason.STILL_AT_WAR + 0
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
        if w.faction_i[A.ABROAD, giver] <= 0:
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


def judge(tables: Tables, setting: Setting, offer: Offer) -> Judgement:
    """11.20 The odds that the offer is accepted and what makes them. On a view: as far as the side can know."""
    p: npt.NDArray[Any] = np.zeros(PARTS)
    giver, taker = (offer.to, offer.by) if offer.asks else (offer.by, offer.to)
    bar = Reason(plain(bars)(tables, setting.cast, giver, taker, int(offer.term), offer.value))
    if bar is not Reason.NONE:
        return Judgement(0.0, (), bar)
    odds = judge_offer(
        tables, setting.cast, setting.numbers, offer.by, offer.to, int(offer.term), offer.asks, offer.value,
        offer.threat, p,
    )  # fmt: skip
    found = [(PART_TEXTS[k], float(p[k])) for k in range(PARTS) if abs(p[k]) >= 0.5]
    return Judgement(float(odds), tuple(sorted(found, key=lambda part: -abs(part[1]))), bar)
