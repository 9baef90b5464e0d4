"""Chapter 5, second part: who hides where, who shelters whom, and what finds the hidden.

5.10 Insurgents are the armies of insurgencies and of factions without a state, and those of a state that has lost its
     seat. Their formed forces live hidden while they are told to lie in ambush, to raid or to sabotage; so do bands.
     Told otherwise they stand up again as a formed force.
5.11 A base area shelters its faction's men unless an enemy combs it. So does sanctuary: for insurgents, the land of a
     neighbour who grants them passage, where their enemies may not come (3.3).
5.12 People tell what they know to the side that holds them and to that whose cause they prefer (9.28), as far as they
     are safe, and keep back what would harm the side that they prefer.
5.13 Patrols go about their hex and, in part, those beside it. Militias guard the hexes of a faction that arms its
     villages, as far as its control is firm.
"""

from __future__ import annotations

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP, FactionClass, Order, Stance, Status
from game.core.kernels import clause
from game.core.ruleset import Ruleset
from game.core.ruleset_guerrilla import GuerrillaRules
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.collaboration import collaboration
from game.rules.presence import same_side
from game.rules.workspace import Work, is_war


@clause
def fights_beside(w: Tables, a: int, b: int) -> bool:
    """1.3 Whether two factions fight as one side, under one command or as allies."""
    if a == NO_FACTION or b == NO_FACTION:
        return False
    return same_side(w, a, b) or w.stance[a, b] == Stance.ALLIED


@clause
def is_insurgent(w: Tables, a: int) -> bool:
    """5.10 Whether the faction fights without a state behind its front."""
    kind = w.faction_i[A.CLASS, a]
    if kind == FactionClass.STATE:
        return w.faction_i[A.CAPITAL, a] != OFF_MAP and w.faction_f[A.SEAT, a] <= 0.0
    return kind == FactionClass.INSURGENCY or kind == FactionClass.ARMY


@clause
def works_hidden(order: int) -> bool:
    """5.10 Orders under which insurgents live hidden."""
    return order == Order.AMBUSH or order == Order.RAID or order == Order.SABOTAGE


@clause
def grants_sanctuary(w: Tables, g: Ground, faction: int, h: int) -> bool:
    """5.11 Whether the hex is the land of a neighbour who lets the faction's men rest there."""
    host = g.host[h]
    return host != NO_FACTION and host != faction and w.stance[faction, host] >= Stance.ACCESS


@clause
def is_sheltered(w: Tables, g: Ground, x: Work, faction: int, h: int) -> bool:
    """5.11 Whether men of the faction are sheltered in the hex."""
    if g.shelter[h] == faction and x.swept[h] == 0:
        return True
    return grants_sanctuary(w, g, faction, h) and is_insurgent(w, faction)


@clause
def stamp_sweeps(w: Tables, g: Ground, x: Work) -> None:
    """5.11 Mark the base areas that enemies comb in this impulse."""
    x.swept[:] = 0
    fi = w.force_i
    for f in range(fi.shape[1]):
        h = fi[F.HEX, f]
        if fi[F.ORDER, f] == Order.SWEEP and h != OFF_MAP and fi[F.DEST, f] == h and fi[F.STATUS, f] == Status.ACTIVE:
            if is_war(w.stance, fi[F.FACTION, f], g.shelter[h]):
                x.swept[h] = 1


@clause
def prefer(w: Tables, faction: int, h: int) -> float:
    """5.12 Share of the hex's people who prefer the cause of the faction or of an ally of its, whichever has most."""
    most = 0.0
    for b in range(w.faction_i.shape[1]):
        row = w.faction_i[A.MOVEMENT, b]
        if 0 <= row < w.support.shape[0] and w.stance[faction, b] >= Stance.ALLIED and w.support[row, h] > most:
            most = w.support[row, h]
    return most


@clause
def tips(w: Tables, r: Ruleset, viewer: int, hidden: int, h: int) -> float:
    """5.12 What a searcher learns in the hex about the men of the faction `hidden`.

    Formula: tips = (tips_none + how far people tell him what they see (9.28) * security) * (1 - tips_hide * support
        for the other)
    """
    rules = r.guerrilla
    if w.support.shape[0] == 0 or w.hex_i[H.PEOPLE, h] <= 0:
        return rules.tips_none
    told = rules.tips_none + collaboration(w, r.support, viewer, h) * w.hex_f[H.SECURITY, h]
    return told * (1.0 - rules.tips_hide * prefer(w, hidden, h))


@clause
def stamp_patrols(w: Tables, g: Ground, x: Work, rules: GuerrillaRules, sign: int) -> None:
    """5.13 Add (sign 1) or take away (-1) the men whom each faction and its friends have on patrol about each hex.

    Formula: men on patrol in their hex, and patrol_beside of them in each hex beside it
    """
    fi = w.force_i
    for f in range(fi.shape[1]):
        if fi[F.ORDER, f] != Order.PATROL or fi[F.STATUS, f] != Status.ACTIVE or fi[F.HEX, f] == OFF_MAP:
            continue
        h = fi[F.HEX, f]
        men = sign * fi[F.MEN, f]
        beside = sign * int(rules.patrol_beside * fi[F.MEN, f])
        for a in range(x.patrol.shape[1]):
            if not fights_beside(w, a, fi[F.FACTION, f]):
                continue
            x.patrol[h, a] += men
            for d in range(6):
                b = g.neighbours[h, d]
                if b != OFF_MAP:
                    x.patrol[b, a] += beside


@clause
def militia(w: Tables, rules: GuerrillaRules, a: int, h: int) -> float:
    """5.13 Militiamen for the faction `a` that controls the hex; a foreign one has those of the movements that it
    fights beside.

    Formula: men = militia_share * policy * people * firmness of control
    """
    if a == NO_FACTION:
        return 0.0
    armed = w.policy[P.MILITIA, a]
    if w.faction_i[A.MOVEMENT, a] < 0:
        for b in range(w.faction_i.shape[1]):
            if w.faction_i[A.MOVEMENT, b] >= 0 and w.policy[P.MILITIA, b] > armed and fights_beside(w, a, b):
                armed = w.policy[P.MILITIA, b]
    return rules.militia_share * armed * w.hex_i[H.PEOPLE, h] * w.hex_f[H.HOLD, h]


@clause
def guarded(w: Tables, g: Ground, x: Work, rules: GuerrillaRules, reference_km: float, a: int, h: int) -> float:
    """5.13 What is left of the work of raiders and saboteurs under the eyes of the faction's patrols and militias.

    Formula: left = 1 / (1 + (men on patrol + militia_weight * militiamen) / (guard_men * km / reference_km))
    """
    if a == NO_FACTION:
        return 1.0
    men = x.patrol[h, a] + rules.militia_weight * militia(w, rules, a, h)
    return 1.0 / (1.0 + men / (rules.guard_men * g.km / reference_km))


@clause
def forage_share(w: Tables, rules: GuerrillaRules, faction: int, h: int) -> float:
    """5.12 Share of what the country yields that insurgents get of its people.

    Formula: share = min(1, forage_least + (1 - forage_least) * support / forage_full)
    """
    row = w.faction_i[A.MOVEMENT, faction]
    if row < 0 or row >= w.support.shape[0]:
        return 1.0
    return min(1.0, rules.forage_least + (1.0 - rules.forage_least) * w.support[row, h] / rules.forage_full)
