"""Chapter 11, diplomacy, first part: relations.

11.1 A relation is the bounded sum of its bonds, the same both ways. At the start the past is what the scenario's figure
     leaves when the other bonds stand where these rules want them.
11.2 What history and events left behind fades over years.
11.3 War against each other takes more the longer it lasts, and heals more slowly than it grew.
11.4 Aid binds by what it is to the receiver: dollars a year and man under arms.
11.5 Treaties kept bind by their terms. A broken one is remembered for some years.
11.6 Troops across the border without leave, and enemies harboured on the other's land, estrange; so does a border
     crossed in war.
11.7 Friends in common and enemies in common bring together; a friend who is the other's enemy parts.
11.8 A foreign army abroad worries whoever fears for his own border, and, in part, the host who let it in.
11.9 Once a month it is counted how many men each faction is believed to have, and how many of them abroad. A relation
     that has moved far enough since it was last on record is put on record, with the bond that has moved it most since
     then. An event that moves one so far is on record at once, by its name.
"""

from __future__ import annotations

from game.core.calendar import HOURS_A_YEAR
from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, OFF_MAP, Stance, Status, TreatyState
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.ruleset_diplomacy import RelationRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.presence import is_actor
from game.rules.workspace import Now, Work, note


@clause
def sated(x: float, half: float) -> float:
    """0 at 0, a half at `half`, towards 1."""
    return x / (x + half)


@clause
def count_men(w: Tables, g: Ground, c: Cast, x: Work) -> None:
    """11.9 Men of every faction on every other's land (`x.on_land`; the last column: in the country fought over), and
    what the world believes of each.
    """
    x.on_land[:, :] = 0
    factions = w.faction_i.shape[1]
    for a in range(factions):
        w.faction_i[A.REPUTED, a] = c.interests.might[a]
        w.faction_i[A.ABROAD, a] = 0
    for f in range(w.force_i.shape[1]):
        h = w.force_i[F.HEX, f]
        status = w.force_i[F.STATUS, f]
        if h == OFF_MAP or status < Status.ACTIVE or status > Status.BANDS:
            continue
        a = w.force_i[F.FACTION, f]
        men = w.force_i[F.MEN, f]
        w.faction_i[A.REPUTED, a] += men
        native = c.contested[h] == 1 and c.movement[a] >= 0
        if g.host[h] != NO_FACTION and g.host[h] != a and not native:
            x.on_land[a, g.host[h]] += men
            w.faction_i[A.ABROAD, a] += men
        if c.contested[h] == 1:
            x.on_land[a, factions] += men


@clause
def war_bond(w: Tables, rules: RelationRules, a: int, b: int) -> float:
    """11.3 Where the bond of war tends.

    Formula: -war_floor while they are at war, else 0
    """
    return -rules.war_floor if w.stance[a, b] == Stance.WAR else 0.0


@clause
def aid_bond(w: Tables, rules: RelationRules, a: int, b: int) -> float:
    """11.4 Where the bond of aid tends.

    Formula: aid_most * m / (m + aid_half), m: US$ a year and man under arms of the receiver,
        aid_men at least
    """
    most = 0.0
    for way in range(2):
        giver = a if way == 0 else b
        taker = b if way == 0 else a
        if w.aid[giver, taker] > 0.0:
            each = w.aid[giver, taker] * 1.0e6 / max(rules.aid_men, float(w.faction_i[A.REPUTED, taker]))
            most = max(most, sated(each, rules.aid_half))
    return rules.aid_most * most


@clause
def treaty_bond(w: Tables, rules: RelationRules, a: int, b: int, hour: int) -> float:
    """11.5 Where the bond of treaties tends.

    Formula: the terms in force, at most terms_most, less broken * (1 - years since / broken_years) for each broken
    """
    kept = 0.0
    broken = 0.0
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == 0:
            continue
        one = w.treaty[Y.A, k]
        other = w.treaty[Y.B, k]
        if not ((one == a and other == b) or (one == b and other == a)):
            continue
        if w.treaty[Y.STATE, k] == TreatyState.IN_FORCE:
            kept += rules.terms[w.treaty[Y.TERM, k] - 1]
        elif w.treaty[Y.STATE, k] == TreatyState.BROKEN:
            years = (hour - w.treaty[Y.SINCE, k]) / HOURS_A_YEAR
            broken += rules.broken * max(0.0, 1.0 - years / rules.broken_years)
    return min(kept, rules.terms_most) - broken


@clause
def border_bond(w: Tables, x: Work, rules: RelationRules, a: int, b: int) -> float:
    """11.6 Where the bond of the border tends.

    Formula: -border_most * m / (m + border_men), m: men across it without leave and enemies harboured
    """
    men = 0.0
    if w.stance[a, b] < Stance.ACCESS:
        men += float(x.on_land[a, b] + x.on_land[b, a])
    for e in range(w.faction_i.shape[1]):
        if e == a or e == b:
            continue
        if w.stance[e, a] == Stance.WAR and w.stance[e, b] != Stance.WAR:
            men += float(x.on_land[e, b])
        if w.stance[e, b] == Stance.WAR and w.stance[e, a] != Stance.WAR:
            men += float(x.on_land[e, a])
    return -rules.border_most * sated(men, rules.border_men)


@clause
def friends_bond(w: Tables, x: Work, rules: RelationRules, a: int, b: int) -> float:
    """11.7 Where the bond of common friends and enemies tends.

    Formula: friends * sum over thirds c of (a to c) * (b to c) / 10,000 * m / (m + friends_men), m: men of c, at most
        friends_most either way; (a to c): the relation without this bond
    """
    total = 0.0
    for c in range(w.faction_i.shape[1]):
        if c == a or c == b or not is_actor(w, c):
            continue
        weight = sated(float(w.faction_i[A.REPUTED, c]), rules.friends_men)
        total += x.hard[a, c] * x.hard[b, c] / 10000.0 * weight
    total *= rules.friends
    return min(rules.friends_most, max(-rules.friends_most, total))


@clause
def presence_bond(w: Tables, c: Cast, x: Work, rules: RelationRules, a: int, b: int) -> float:
    """11.8 Where the bond of foreign armies tends.

    Formula: -presence_most * fear * m / (m + presence_men), m: men abroad; times guest for a host or ally
    """
    total = 0.0
    for way in range(2):
        army = a if way == 0 else b
        feels = b if way == 0 else a
        if c.movement[feels] >= 0 and w.stance[army, feels] < Stance.ACCESS:
            continue  # at home it is an enemy or a friend, not a neighbour
        weight = c.interests.fear[feels]
        if w.stance[army, feels] >= Stance.ACCESS:
            weight *= rules.guest
        total += weight * sated(float(w.faction_i[A.ABROAD, army]), rules.presence_men)
    return -rules.presence_most * min(1.0, total)


@clause
def aim_of(w: Tables, c: Cast, x: Work, rules: RelationRules, bond: int, a: int, b: int, hour: int) -> float:
    """11.3-11.8 Where a bond of a pair tends: what `explain` may name as its cause."""
    if bond == B.WAR:
        return war_bond(w, rules, a, b)
    if bond == B.AID:
        return aid_bond(w, rules, a, b)
    if bond == B.TREATY:
        return treaty_bond(w, rules, a, b, hour)
    if bond == B.BORDER:
        return border_bond(w, x, rules, a, b)
    if bond == B.FRIENDS:
        return friends_bond(w, x, rules, a, b)
    return presence_bond(w, c, x, rules, a, b)


@clause
def sum_bonds(w: Tables, a: int, b: int) -> float:
    """11.1 The relation that the bonds make.

    Formula: relation = the sum of the bonds, within -100..100
    """
    total = 0.0
    for k in range(B.BONDS):
        total += w.bond[k, a, b]
    return min(100.0, max(-100.0, total))


@clause
def keep_told(w: Tables, a: int, b: int) -> None:
    """11.9 What the relation is made of by now is known: later changes are counted from here."""
    for k in range(B.BONDS):
        w.bond[B.TOLD + k, a, b] = w.bond[k, a, b]
        w.bond[B.TOLD + k, b, a] = w.bond[k, a, b]


@clause
def tell_relation(w: Tables, x: Work, rules: RelationRules, a: int, b: int, headline: int, hour: int) -> None:
    """11.9 A relation that has moved far enough goes on record. headline: once more than the row of the scenario's
    headlines that tells of the event, or 0.

    Formula: a change of told points since the last record; the cause is the bond that moved most in its direction
    """
    before = 0.0
    for k in range(B.BONDS):
        before += w.bond[B.TOLD + k, a, b]
    moved = w.relation[a, b] - min(100.0, max(-100.0, before))
    if abs(moved) < rules.told:
        return
    most = 0.0
    cause = B.EVENTS + 0
    for k in range(B.BONDS):
        way = w.bond[k, a, b] - w.bond[B.TOLD + k, a, b]
        if moved < 0.0:
            way = -way
        if way > most:
            most = way
            cause = k
    keep_told(w, a, b)
    if cause != B.EVENTS:
        headline = 0
    note(
        x, hour, RecordKind.RELATION + 0, b, -1, OFF_MAP, a,
        int(moved * 100.0), int(w.relation[a, b] * 100.0), cause, headline, 0, Reason.BOND_PAST + cause,
    )  # fmt: skip


@clause
def take_hard(w: Tables, x: Work) -> None:
    """11.7 Relations without the bond of friends, so that it does not feed itself."""
    factions = w.faction_i.shape[1]
    for a in range(factions):
        for b in range(factions):
            x.hard[a, b] = min(100.0, max(-100.0, w.relation[a, b] - w.bond[B.FRIENDS, a, b]))


@chapter
def settle_bonds(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset) -> None:
    """11.1 The first day: every bond stands where it tends, and the past is the rest of the scenario's figure."""
    rules = r.relations
    count_men(w, g, c, x)
    take_hard(w, x)
    factions = w.faction_i.shape[1]
    for a in range(factions):
        for b in range(a):
            rest = w.relation[a, b]
            for k in range(B.WAR, B.BONDS):
                aim = aim_of(w, c, x, rules, k, a, b, 0)
                w.bond[k, a, b] = aim
                w.bond[k, b, a] = aim
                rest -= aim
            w.bond[B.PAST, a, b] = rest
            w.bond[B.PAST, b, a] = rest
            keep_told(w, a, b)


@chapter
def weigh_relations(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """11.1-11.9 One month.

    Formula (11.2): past and events lose 1 / (12 * fade_years) of themselves
    Formula (11.3): the bond moves 1 / war_in of the way down, 1 / war_out up
    Formula (11.4-11.6, 11.7, 11.8): each other bond moves 1 / pace of the way
    """
    rules = r.relations
    count_men(w, g, c, x)
    take_hard(w, x)
    fade = 1.0 / (12.0 * rules.fade_years)
    factions = w.faction_i.shape[1]
    for a in range(factions):
        for b in range(a):
            if not (is_actor(w, a) and is_actor(w, b)):
                continue
            for k in range(B.BONDS):
                before = w.bond[k, a, b]
                if k <= B.EVENTS:
                    after = before * (1.0 - fade)
                else:
                    aim = aim_of(w, c, x, rules, k, a, b, now.hour)
                    months = rules.pace
                    if k == B.WAR:
                        months = rules.war_in if aim < before else rules.war_out
                    after = before + (aim - before) / months
                w.bond[k, a, b] = after
                w.bond[k, b, a] = after
            w.relation[a, b] = sum_bonds(w, a, b)
            w.relation[b, a] = w.relation[a, b]
            tell_relation(w, x, rules, a, b, 0, now.hour)


def set_relation(w: Tables, a: int, b: int, value: float) -> None:
    """11.2 An event brings a relation to `value`: what it changed is its own bond."""
    moved = value - float(w.bond[: B.BONDS, a, b].sum())
    for one, other in ((a, b), (b, a)):
        w.bond[B.EVENTS, one, other] += moved
        w.relation[one, other] = value


def move_relation(w: Tables, a: int, b: int, points: float) -> None:
    """11.2 Something that the two did moves a relation at once, as an event does."""
    set_relation(w, a, b, min(100.0, max(-100.0, float(w.relation[a, b]) + points)))
