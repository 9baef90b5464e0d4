"""Chapter 11, diplomacy, sixth part: the assembly, recognition and sanctions.

11.30 Every year, in the month of its session, the assembly votes, if a foreign army is at war in the country
      fought over or if its seat is contested. It votes by blocs, which follow the relations of those they lean
      on, and split.
11.31 The seat is contested while another movement than its holder's coalition rules in fact. It is not contested again
      once the last vote was lost by a great margin, as long as nobody new claims it.
11.32 For the holder speak relations, the law, and dislike of a rival whom foreign troops keep in power; against it its
      record, which partners in a coalition cover in part.
11.33 A holder who loses the vote loses the seat: to the ruler if most of those who vote want it, else it stays vacant.
      A vacant seat goes to the ruler whom most want.
11.34 The resolution on withdrawal: dislike of occupation, and relations with the occupier. It is about the largest
      foreign army that stands in the country and is at war with one who contends for it; a mission is no army.
11.35 Who leads a bloc that stands by the holder recognises it, and stands by it more; who leads one that votes for the
      withdrawal stands off the occupier. A vote of the world against it costs the occupier political will.
"""

from __future__ import annotations

from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, OFF_MAP, FactionClass, Term, TreatyState
from game.core.kernels import chapter, clause
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.ruleset_diplomacy import AssemblyRules
from game.core.setting import VIEW_LAW, VIEW_OCCUPATION, VIEW_RECORD, Cast, Ground
from game.core.state import Tables
from game.rules.bargain import fights_there
from game.rules.presence import is_actor
from game.rules.relations import sated
from game.rules.treaties import recognise
from game.rules.workspace import Now, Work, note
from game.rules.worth import imposed, ruler


@clause
def partners(w: Tables, a: int, b: int) -> bool:
    """11.31 Whether the two form one coalition, themselves or through a third."""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == Term.COALITION and w.treaty[Y.STATE, k] == TreatyState.IN_FORCE:
            one = w.treaty[Y.A, k]
            other = w.treaty[Y.B, k]
            if (one == a and other == b) or (one == b and other == a):
                return True
    return False


@clause
def covered(w: Tables, c: Cast, a: int) -> float:
    """11.32 Share of a coalition that is not a's own, by heads of its partners: 0 alone, 1/2 with one, 2/3 with two."""
    others = 0.0
    for k in range(w.faction_i.shape[1]):
        if k != a and is_actor(w, k) and partners(w, a, k) and c.interests.stain[k] < c.interests.stain[a]:
            others += 1.0
    return others / (others + 1.0)


@clause
def occupier(w: Tables, c: Cast, x: Work) -> int:
    """11.34 The foreign faction at war there with most men in the country fought over, or NO_FACTION."""
    last = w.faction_i.shape[1]
    most = 0
    found = NO_FACTION
    for a in range(last):
        if c.movement[a] >= 0 or w.faction_i[A.CLASS, a] >= FactionClass.BLOC or not fights_there(w, c, a):
            continue
        if w.faction_i[A.ABROAD, a] > 0 and x.on_land[a, last] > most:
            most = x.on_land[a, last]
            found = a
    return found


@clause
def follows(w: Tables, c: Cast, bloc: int, a: int) -> float:
    """11.30 What a bloc thinks of a faction, -1..1: the relations of those it leans on, a faction itself in full."""
    total = 0.0
    weight = 0.0
    for k in range(w.faction_i.shape[1]):
        lean = c.interests.lean[bloc, k]
        if lean == 0.0 or not is_actor(w, k):
            continue
        total += lean * (1.0 if k == a else w.relation[k, a] / 100.0)
        weight += abs(lean)
    return total / weight if weight > 0.0 else 0.0


@clause
def seat_score(w: Tables, c: Cast, rules: AssemblyRules, bloc: int, holder: int, rival: int) -> float:
    """11.32 How far a bloc is for the holder rather than the rival.

    Formula: lean * (what it thinks of the holder - of the rival) + occupied * view of occupation * how far foreign
        troops keep the rival + law * view of law - record * view of the record * stain * (1 - partners * covered)
    """
    kept = imposed(w, c, rival, rules.troops)
    stain = c.interests.stain[holder] * (1.0 - rules.partners * covered(w, c, holder))
    score = rules.lean * (follows(w, c, bloc, holder) - follows(w, c, bloc, rival))
    score += rules.occupied * c.interests.minds[bloc, VIEW_OCCUPATION] * kept
    score += rules.law * c.interests.minds[bloc, VIEW_LAW]
    return score - rules.record * c.interests.minds[bloc, VIEW_RECORD] * stain


@clause
def share_for(rules: AssemblyRules, score: float) -> float:
    """11.30 Share of a bloc that votes for what it thinks so of.

    Formula: 1 / (1 + exp(-(score - margin) / spread))
    """
    return 1.0 / (1.0 + exp(-(score - rules.margin) / rules.spread))


@clause
def count_seat(w: Tables, c: Cast, rules: AssemblyRules, holder: int, rival: int) -> tuple[int, int, int]:
    """11.30, 11.32 Votes for the holder, against it, and abstaining."""
    ayes = 0.0
    noes = 0.0
    whole = 0
    for k in range(c.interests.votes.shape[0]):
        score = seat_score(w, c, rules, k, holder, rival)
        ayes += c.interests.votes[k] * share_for(rules, score)
        noes += c.interests.votes[k] * share_for(rules, -score)
        whole += c.interests.votes[k]
    return int(ayes + 0.5), int(noes + 0.5), whole - int(ayes + 0.5) - int(noes + 0.5)


@clause
def resolution_score(w: Tables, c: Cast, rules: AssemblyRules, bloc: int, army: int) -> float:
    """11.34 How far a bloc is for the withdrawal.

    Formula: resolve * view of occupation * m / (m + troops) - lean * what it thinks of the occupier, m: its men abroad
    """
    size = sated(float(w.faction_i[A.ABROAD, army]), rules.troops)
    minds = rules.resolve * c.interests.minds[bloc, VIEW_OCCUPATION] * size
    return minds - rules.lean * follows(w, c, bloc, army)


@clause
def leader_of(c: Cast, bloc: int) -> int:
    """11.35 The faction that a bloc leans on most."""
    best = NO_FACTION
    for k in range(c.interests.lean.shape[1]):
        if c.interests.lean[bloc, k] > 0.0 and (
            best == NO_FACTION or c.interests.lean[bloc, k] > c.interests.lean[bloc, best]
        ):
            best = k
    return best


@clause
def move_standing(w: Tables, a: int, b: int, points: float) -> None:
    """11.35"""
    if a == b or a == NO_FACTION or not is_actor(w, a) or not is_actor(w, b):
        return
    w.bond[B.EVENTS, a, b] += points
    w.bond[B.EVENTS, b, a] = w.bond[B.EVENTS, a, b]


@clause
def contest_seat(w: Tables, c: Cast, x: Work, r: Ruleset, holder: int, rival: int, now: Now) -> None:
    """11.31-11.33, 11.35 The vote on the seat.

    Formula (11.33): lost if more vote against than for
    Formula (11.35): relations with the holder += standing with leaders of blocs whose score is recognise or more
    """
    rules = r.assembly
    ayes, noes, rest = count_seat(w, c, rules, holder, rival)
    w.peace[P.SEAT_FOR] = ayes
    w.peace[P.SEAT_AGAINST] = noes
    w.peace[P.SEAT_ABSTAIN] = rest
    w.peace[P.VOTED] = now.hour
    kept = ayes >= noes
    for k in range(c.interests.votes.shape[0]):
        leader = leader_of(c, k)
        if leader == NO_FACTION or not is_actor(w, leader):
            continue
        score = seat_score(w, c, rules, k, holder, rival)
        if score >= rules.recognise and c.movement[leader] < 0:
            if w.recognised[leader, holder] == 0:
                recognise(w, c, x, r.relations, leader, holder, now.hour)
                note(
                    x, now.hour, RecordKind.RECOGNISED + 0, leader, -1, OFF_MAP, holder,
                    1, 0, 0, 0, 0, Reason.BY_VOTE + 0,
                )  # fmt: skip
            move_standing(w, leader, holder, rules.standing)
    if not kept:
        w.peace[P.SEAT] = NO_FACTION
    note(x, now.hour, RecordKind.VOTED + 0, holder, -1, OFF_MAP, rival, ayes, noes, rest, 1 if kept else 0, 0,
         Reason.NONE + 0)  # fmt: skip


@clause
def fill_seat(w: Tables, c: Cast, x: Work, rules: AssemblyRules, claimant: int, now: Now) -> None:
    """11.33 Whether the ruler is given a vacant seat: the vote on it as though it held it, without the law."""
    ayes = 0.0
    noes = 0.0
    whole = 0
    for k in range(c.interests.votes.shape[0]):
        score = rules.lean * follows(w, c, k, claimant)
        score -= rules.occupied * c.interests.minds[k, VIEW_OCCUPATION] * imposed(w, c, claimant, rules.troops)
        score -= rules.record * c.interests.minds[k, VIEW_RECORD] * c.interests.stain[claimant]
        ayes += c.interests.votes[k] * share_for(rules, score)
        noes += c.interests.votes[k] * share_for(rules, -score)
        whole += c.interests.votes[k]
    if ayes <= noes:
        return
    w.peace[P.SEAT] = claimant
    w.peace[P.SEAT_FOR] = int(ayes + 0.5)
    w.peace[P.SEAT_AGAINST] = int(noes + 0.5)
    w.peace[P.SEAT_ABSTAIN] = whole - int(ayes + 0.5) - int(noes + 0.5)
    w.peace[P.VOTED] = now.hour
    note(x, now.hour, RecordKind.VOTED + 0, claimant, -1, OFF_MAP, NO_FACTION, int(ayes + 0.5), int(noes + 0.5),
         w.peace[P.SEAT_ABSTAIN], 2, 0, Reason.NONE + 0)  # fmt: skip


@clause
def resolve(w: Tables, c: Cast, x: Work, rules: AssemblyRules, army: int, now: Now) -> None:
    """11.34, 11.35 The vote on the withdrawal of foreign troops.

    Formula (11.35): will -= will * votes for / all votes; relations with the occupier -= standing with the leaders of
        blocs for it
    """
    ayes = 0.0
    noes = 0.0
    whole = 0
    for k in range(c.interests.votes.shape[0]):
        score = resolution_score(w, c, rules, k, army)
        ayes += c.interests.votes[k] * share_for(rules, score)
        noes += c.interests.votes[k] * share_for(rules, -score)
        whole += c.interests.votes[k]
        if score >= rules.recognise:
            move_standing(w, leader_of(c, k), army, -rules.standing)
    w.peace[P.RESOLUTION_FOR] = int(ayes + 0.5)
    w.peace[P.RESOLUTION_AGAINST] = int(noes + 0.5)
    w.peace[P.RESOLUTION_ABSTAIN] = whole - int(ayes + 0.5) - int(noes + 0.5)
    w.faction_f[A.WILL, army] = max(0.0, w.faction_f[A.WILL, army] - rules.will * ayes / max(1, whole))
    note(x, now.hour, RecordKind.RESOLVED + 0, army, -1, OFF_MAP, NO_FACTION, w.peace[P.RESOLUTION_FOR],
         w.peace[P.RESOLUTION_AGAINST], w.peace[P.RESOLUTION_ABSTAIN], 0, 0, Reason.NONE + 0)  # fmt: skip


@chapter
def vote(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """11.30, 11.31, 11.33 The votes of the year's session.

    Formula (11.31): not contested again after a margin of hopeless votes, unless the holder or the ruler is another
    """
    rules = r.assembly
    if now.month != int(rules.session) or c.interests.votes.shape[0] == 0:
        return
    rival = ruler(w, c)
    holder = w.peace[P.SEAT]
    if rival != NO_FACTION and holder == NO_FACTION:
        fill_seat(w, c, x, rules, rival, now)
    elif rival != NO_FACTION and holder != rival and not partners(w, holder, rival):
        lost = w.peace[P.SEAT_FOR] - w.peace[P.SEAT_AGAINST] >= rules.hopeless and w.peace[P.VOTED] >= 0
        if not lost:
            contest_seat(w, c, x, r, holder, rival, now)
    army = occupier(w, c, x)
    if army != NO_FACTION:
        resolve(w, c, x, rules, army, now)
