"""Chapter 11, diplomacy, fourth part: what the end of a war is worth.

11.24 To end a war: the chance of winning times what is at stake, and the cost of going on, which grows with weariness
      (Fearon 1995); against them the share that the deal gives times the credibility of the other's word, which is low
      unless somebody guarantees it (Walter 1997). A long war that neither wins makes ripe (Zartman). A cease-fire only
      puts a war off.
11.25 Patrons press on those they pay, as far as they agree with the other side and with its patrons. Sanctions weigh on
      those who keep troops abroad.
11.26 Spoilers (Stedman 1997): who wants all takes a deal as a pause, the more so while a patron pays; his word counts
      for less. A pardon that it accepts is no pause: it comes under another's name for good.
11.36 Friends whom an army leaves behind learn to stand alone while it is still there: the sooner it is to be gone, the
      less they will keep, and the less a withdrawal is worth to the army and the more to its enemies.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, FactionClass, Phase, Spoiler, Stance, Term, TreatyState
from game.core.kernels import clause
from game.core.realmath import exp
from game.core.ruleset_diplomacy import BargainRules, RelationRules
from game.core.setting import Cast
from game.core.state import Tables
from game.rules.presence import is_actor
from game.rules.relations import sated
from game.rules.treaties import in_force
from game.rules.worth import (
    FIGHT,
    GAIN,
    HONOUR,
    ISOLATION,
    PATRONS,
    SPOILER,
    STALEMATE,
    TRUST,
    WEARINESS,
    chance,
    paid,
    patrons_press,
)


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
def clients_keep(w: Tables, c: Cast, rules: BargainRules, army: int, against: int, months: int) -> float:
    """11.24, 11.36 What the friends of an army that is gone in so many months could keep without it: their chance
    against those they fight.

    Formula (11.24): f / (f + men of movements at war with it)
    Formula (11.36): f = men of movements allied with it * (1 - exp(-months / handover_months))
    """
    friends = 0.0
    foes = 1.0
    for k in range(w.faction_i.shape[1]):
        if c.movement[k] < 0 or k == army or not is_actor(w, k):
            continue
        if w.stance[army, k] == Stance.ALLIED:
            friends += float(w.faction_i[A.REPUTED, k])
        elif k == against or w.stance[army, k] == Stance.WAR:
            foes += float(w.faction_i[A.REPUTED, k])
    friends *= 1.0 - exp(-months / rules.handover_months)
    return friends / (friends + foes)


@clause
def war_costs(w: Tables, rules: BargainRules, me: int) -> float:
    """11.24 What it costs to go on with a war, points.

    Formula: war_cost * (1 + weariness / weary)
    """
    return rules.war_cost * (1.0 + w.faction_f[A.WEARINESS, me] / rules.weary)


@clause
def fire_ceased(w: Tables, a: int, b: int) -> bool:
    """11.24 Whether a cease-fire keeps the two from fighting."""
    return in_force(w, Term.CEASE_FIRE + 0, a, b) >= 0 or in_force(w, Term.CEASE_FIRE + 0, b, a) >= 0


@clause
def aims(c: Cast, rules: BargainRules, me: int) -> float:
    """11.26 What it takes from one who wants more than a share to give up the rest for good, points.

    Formula: spoiler_total, spoiler_greedy or nothing
    """
    if c.interests.spoiler[me] == Spoiler.TOTAL:
        return rules.spoiler_total
    return 0.0 if c.interests.spoiler[me] == Spoiler.LIMITED else rules.spoiler_greedy


@clause
def spoils(w: Tables, c: Cast, rules: BargainRules, me: int) -> float:
    """11.26 What a deal that it can take as a pause takes from one who wants more than a share, points.

    Formula: what it would take for good * (spoiler_alone + (1 - spoiler_alone) * aid / (aid + spoiler_aid))
    """
    return aims(c, rules, me) * (
        rules.spoiler_alone + (1.0 - rules.spoiler_alone) * sated(paid(w, me), rules.spoiler_aid)
    )


@clause
def refuge(w: Tables, me: int) -> float:
    """11.24 How far a movement can outlast a foreign army: a half each for a sanctuary and for a patron."""
    safe = 0.0
    pays = 0.0
    for k in range(w.faction_i.shape[1]):
        if k != me and w.stance[me, k] >= Stance.ACCESS and w.faction_i[A.CLASS, k] == FactionClass.STATE:
            safe = 0.5
        if w.aid[k, me] > 0.0:
            pays = 0.5
    return safe + pays


@clause
def weigh_going_home(
    w: Tables, c: Cast, rules: BargainRules, me: int, gives: bool, value: int, stake: float, p: npt.NDArray[np.float64]
) -> None:
    """11.24 An army offers its ally to leave him his war, within `value` months.

    Formula (the army): -100 * stake * (1 - what its friends keep) + war_cost * weariness / weary - honour, and 11.25
    Formula (the ally): relation as it is worth; he cannot hold it
    """
    if not gives:
        p[GAIN] += rules.market
        return
    p[FIGHT] -= 100.0 * stake * (1.0 - clients_keep(w, c, rules, me, NO_FACTION, value))
    p[WEARINESS] += rules.war_cost * w.faction_f[A.WEARINESS, me] / rules.weary
    p[HONOUR] -= rules.honour[Term.WITHDRAWAL - 1]
    isolate(w, c, rules, me, p)
    for k in range(w.faction_i.shape[1]):  # who pays for the war may want it to end
        if w.aid[k, me] > 0.0:
            p[PATRONS] += rules.pressure * (1.0 - max(0.0, c.interests.stake[k])) * w.faction_f[A.WEARINESS, k] / 100.0


@clause
def isolate(w: Tables, c: Cast, rules: BargainRules, me: int, p: npt.NDArray[np.float64]) -> None:
    """11.25 What the sanctions against an army abroad weigh.

    Formula: isolation * share of the purses that sanction
    """
    whole = 1.0
    barred = 0.0
    for k in range(w.faction_i.shape[1]):
        whole += c.interests.purse[k]
        if w.sanction[k, me] == 1:
            barred += c.interests.purse[k]
    p[ISOLATION] += rules.isolation * barred / whole


@clause
def weigh_settlement(
    w: Tables, c: Cast, rules: BargainRules, bonds: RelationRules, me: int, other: int, term: int, gives: bool,
    value: int, p: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """11.24-11.26 Cease-fire, peace, withdrawal, power sharing and amnesty.

    Formula (11.24): 100 * share * stake * credibility - 100 * chance * stake + what war costs + stalemate * length of
        the war * 4 * chance * (1 - chance) - honour of the term; a movement with sanctuary and patrons hopes for hope
        at least against a foreign army
    Formula (11.25): pressure * what patrons want + isolation * share of the purses that sanction
    Formula (11.26): - what a deal takes from one who wants more
    """
    stake = max(rules.stake_least, c.interests.stake[me])
    win = chance(w, rules, me, other)
    hope = win
    if c.movement[me] >= 0 and c.movement[other] < 0:
        hope = max(win, rules.hope * refuge(w, me))
    trust = credibility(w, c, rules, other)
    share = win
    if term == Term.WITHDRAWAL:
        keep = clients_keep(w, c, rules, me if gives else other, other if gives else me, value)
        share = keep if gives else max(win, 1.0 - keep)
        if gives:
            trust = 1.0
    elif term == Term.POWER_SHARING:
        share = value / 100.0 if not gives else 1.0 - value / 100.0
    elif term == Term.AMNESTY:
        share = rules.pardon_gain * value / 100.0 if not gives else 1.0 - rules.pardon_cost * value / 100.0
    if term == Term.WITHDRAWAL and w.stance[me, other] == Stance.ALLIED:
        weigh_going_home(w, c, rules, me, gives, value, stake, p)
        return
    if term != Term.WITHDRAWAL or gives:
        p[FIGHT] -= 100.0 * hope * stake
    p[GAIN] += 100.0 * share * stake
    p[TRUST] -= 100.0 * share * stake * (1.0 - trust)
    if w.stance[me, other] == Stance.WAR or (term != Term.CEASE_FIRE and fire_ceased(w, me, other)):
        long = min(1.0, max(0.0, -w.bond[B.WAR, me, other] / bonds.war_floor))
        p[WEARINESS] += war_costs(w, rules, me)
        p[STALEMATE] += rules.stalemate * long * 4.0 * win * (1.0 - win)
    if gives or term != Term.WITHDRAWAL:
        p[HONOUR] -= rules.honour[term - 1]
        p[PATRONS] += rules.pressure * patrons_press(w, me, other)
        for_good = term == Term.AMNESTY and not gives
        p[SPOILER] -= aims(c, rules, me) if for_good else spoils(w, c, rules, me)
    if gives and term == Term.WITHDRAWAL:
        isolate(w, c, rules, me, p)
