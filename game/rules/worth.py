"""Chapter 11, diplomacy, third part: what help, alliances, coalitions and recognition are worth.

11.21 Strength is men believed under arms, with allies; an ally who is at war with the same enemy counts in full. To a
      movement a foreign ally brings the men whom he has abroad, and no more once these have gone home.
11.22 To shelter another's troops, let them pass or pay them: relations, the worst enemy in common and a foreign army
      next door speak for it; the cost and fear of a stronger enemy's revenge against it. Help is worth most in war.
11.23 An alliance: danger from enemies in common for it, the partner's own wars against it.
11.27 A coalition is worth joining if its chance times one's share beats going alone (Christia 2012). A common patron
      and the seat at the United Nations are the glue, creed and relations the solvent.
11.28 Recognition goes with relations, and to who holds the capital; not to a government that foreign troops keep.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.calendar import MILLIONS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import NO_FACTION, OFF_MAP, Stance, Term
from game.core.kernels import clause
from game.core.ruleset_diplomacy import BargainRules
from game.core.setting import Cast
from game.core.state import Tables
from game.rules.presence import is_actor
from game.rules.relations import sated

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
FRIENDS = 18
PARTS = 19
"""Rows of what a deal is worth, points."""

PART_TEXTS = (
    "relations", "an enemy in common", "a foreign army next door", "fear of revenge", "what it costs", "what it brings",
    "what the war promises", "weariness of war", "a war that neither can win", "doubt of the other's word",
    "pressure of patrons", "sanctions", "aims that no deal satisfies", "honour at home",
    "the seat at the United Nations", "creed", "who governs in fact", "the threat", "a friend who is its enemy",
)  # fmt: skip


@clause
def strength(w: Tables, rules: BargainRules, a: int, against: int) -> float:
    """11.21 Men that a has against another.

    Formula: own men + allies' at war with the other + ally_share * other allies'; of a movement's foreign allies those
        abroad
    """
    total = float(w.faction_i[A.REPUTED, a])
    for k in range(w.faction_i.shape[1]):
        if k != a and k != against and w.stance[a, k] == Stance.ALLIED and is_actor(w, k):
            share = 1.0 if w.stance[k, against] == Stance.WAR else rules.ally_share
            sent = w.faction_i[A.MOVEMENT, a] >= 0 and w.faction_i[A.MOVEMENT, k] < 0
            total += share * float(w.faction_i[A.ABROAD, k] if sent else w.faction_i[A.REPUTED, k])
    return total


@clause
def chance(w: Tables, rules: BargainRules, a: int, b: int) -> float:
    """11.21 a's chance of prevailing over b.

    Formula: own strength / (own + the other's)
    """
    own = strength(w, rules, a, b)
    return own / max(1.0, own + strength(w, rules, b, a))


@clause
def weighs(w: Tables, rules: BargainRules, a: int, e: int) -> float:
    """11.22 How far e counts as an enemy of a: 0..1."""
    if not is_actor(w, e):
        return 0.0
    hatred = max(0.0, -w.relation[a, e]) / 100.0
    return max(hatred, rules.enemy_least) if w.stance[a, e] == Stance.WAR else hatred


@clause
def worst_enemy(w: Tables, rules: BargainRules, me: int, other: int) -> int:
    """11.22 The enemy in common who weighs most: of mine, among those with whom the other is at war; or nobody."""
    worst = NO_FACTION
    most = 0.0
    for e in range(w.faction_i.shape[1]):
        if e == me or e == other or w.stance[other, e] != Stance.WAR:
            continue
        if weighs(w, rules, me, e) > most:
            most = weighs(w, rules, me, e)
            worst = e
    return worst


@clause
def dearest_foe(w: Tables, me: int, other: int) -> float:
    """11.22 How dear to me the dearest of those is with whom the other is at war: 0..1."""
    most = 0.0
    for e in range(w.faction_i.shape[1]):
        if e != me and e != other and w.stance[other, e] == Stance.WAR and is_actor(w, e):
            most = max(most, w.relation[me, e] / 100.0)
    return most


@clause
def at_war(w: Tables, a: int) -> bool:
    """11.22 Whether the faction has an enemy in the field."""
    for e in range(w.faction_i.shape[1]):  # noqa: SIM110 - kernels have no generators
        if e != a and w.stance[a, e] == Stance.WAR and is_actor(w, e):
            return True
    return False


@clause
def ruler(w: Tables, c: Cast) -> int:
    """11.28 The movement that holds its capital, itself or through an ally; NO_FACTION if none does."""
    for a in range(w.faction_i.shape[1]):
        if c.movement[a] < 0 or not is_actor(w, a) or w.faction_i[A.CAPITAL, a] == OFF_MAP:
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
def weigh_help(
    w: Tables, c: Cast, rules: BargainRules, me: int, other: int, term: int, gives: bool, value: int,
    p: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """11.22 Sanctuary, access and aid.

    Formula (11.22, who gives): relation * r / 100 + enemies * h + danger * fear * m / (m + danger_men)
        - revenge * fear * (1 - chance against the enemy) - enemies * f - the cost (sanctuary, access; for aid purse *
        US$ / purse at hand, and rivalry with the enemy's patrons for it); h: how far the enemy in common is one,
        m: the largest army abroad of those whom the other fights,
        f: how dear the dearest is whom the other fights
    Formula (11.22, who receives): relation * r / 100 + need while at war, need_peace of it in peace
    """
    p[RELATION] += rules.relation * w.relation[me, other] / 100.0
    if not gives:
        p[GAIN] += rules.need if at_war(w, other) or at_war(w, me) else rules.need_peace * rules.need
        return
    p[FRIENDS] -= rules.enemies * dearest_foe(w, me, other)
    enemy = worst_enemy(w, rules, me, other)
    if enemy != NO_FACTION:
        hatred = weighs(w, rules, me, enemy)
        p[ENEMIES] += rules.enemies * hatred
        army = 0.0
        for e in range(w.faction_i.shape[1]):
            if e != me and w.stance[other, e] == Stance.WAR and is_actor(w, e):
                army = max(army, float(w.faction_i[A.ABROAD, e]))
        p[DANGER] += rules.danger * c.interests.fear[me] * sated(army, rules.danger_men)
        if term == Term.AID:
            most = 0.0
            for k in range(w.faction_i.shape[1]):
                if k != me and w.aid[k, enemy] > 0.0:
                    most = max(most, -w.relation[me, k] / 100.0)
            p[PATRONS] += rules.rivalry * most
        else:
            p[REVENGE] -= rules.revenge * c.interests.fear[me] * (1.0 - chance(w, rules, me, enemy))
            p[PATRONS] += rules.press_help * rules.pressure * patrons_press(w, me, other)
            for k in range(w.faction_i.shape[1]):  # a friend who pays them asks for it too
                if k != me and w.aid[k, other] > 0.0 and w.relation[me, k] > 0.0:
                    p[PATRONS] += rules.pressure * rules.press_friend * w.relation[me, k] / 100.0
    if term == Term.AID:
        if c.interests.purse[me] > 0.0:
            p[COST] -= rules.purse * value * MILLIONS_A_YEAR / c.interests.purse[me]
        else:
            p[COST] -= rules.purse_empty * rules.purse
    elif term == Term.ACCESS:
        p[COST] -= rules.access
    else:
        p[COST] -= rules.sanctuary


@clause
def weigh_alliance(w: Tables, c: Cast, rules: BargainRules, me: int, other: int, p: npt.NDArray[np.float64]) -> None:
    """11.23 An alliance.

    Formula: relation * r / 100 + enemies * h * (1 - chance alone against it) - enemies * f - alliance
        - entangled * the other's enemies' men / (those + both partners')
    """
    p[RELATION] += rules.relation * w.relation[me, other] / 100.0
    most = 0.0
    foes = 0.0
    for e in range(w.faction_i.shape[1]):
        if e == me or e == other or not is_actor(w, e):
            continue
        hatred = weighs(w, rules, me, e)
        if w.relation[other, e] < 0.0 or w.stance[other, e] == Stance.WAR:
            most = max(most, hatred * (1.0 - chance(w, rules, me, e)))
        if w.stance[other, e] == Stance.WAR and w.stance[me, e] != Stance.WAR:
            foes += float(w.faction_i[A.REPUTED, e])
    p[ENEMIES] += rules.enemies * most
    p[FRIENDS] -= rules.enemies * dearest_foe(w, me, other)
    p[COST] -= rules.alliance
    own = float(w.faction_i[A.REPUTED, me] + w.faction_i[A.REPUTED, other])
    p[REVENGE] -= rules.entangled * foes / max(1.0, foes + own)


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
        if is_actor(w, e) and e != me and e != other and w.stance[me, e] == Stance.WAR:
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
        pays = sated(w.aid[k, me], rules.common_aid) * sated(w.aid[k, other], rules.common_aid)
        likes = max(0.0, w.relation[k, me]) * max(0.0, w.relation[k, other]) / 10000.0
        common += max(pays, rules.common_like * likes)
    p[PATRONS] += rules.pressure * min(rules.common_most, common)
    p[CREED] -= rules.creed * abs(c.interests.creed[me] - c.interests.creed[other]) / 2.0
    p[HONOUR] -= rules.honour[Term.COALITION - 1]


@clause
def weigh_recognition(
    w: Tables, c: Cast, rules: BargainRules, troops: float, me: int, other: int, gives: bool,
    p: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """11.28 Formula: relation * r / 100 + effective if it rules - imposed * how far foreign troops keep it, if I fear
    foreign armies or am no friend of theirs - recognised_now * relation * r / 100 with whom I recognise now - honour
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
            p[COST] -= rules.recognised_now * rules.relation * max(0.0, w.relation[me, k]) / 100.0
    p[HONOUR] -= rules.honour[Term.RECOGNITION - 1]
