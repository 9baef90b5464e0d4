"""Chapter 11, diplomacy, second part: treaties.

11.10 A proposal stays open for some months and is accepted, refused or lapses. A term binds its giver and its receiver.
11.11 Terms in force make the stance between two factions, the highest of them counting: peace, the end of fire, access
      and sanctuary, coalition, alliance. It holds both ways: who grants passage may himself pass. Without any, stances
      stay as they are; when the last ends, they fall back to war, unfriendly peace or neutrality.
11.12 Aid agreed is paid, recognition granted, trade taken up again, while the treaty is in force. A country has one
      government: who recognises one recognises no other of that country any more. Partners in a coalition are one
      government, which is recognised in the one that leads it.
11.13 A treaty ends when its time is up, when it is denounced, or when a party is no actor any more.
11.14 An army that has to leave is counted: who keeps more than a small share of it there at the end broke its word.
      Who has left stays away until the two go to war anew, or the other is no actor any more.
      Aid cut below aid_kept of what was promised ends the promise.
11.15 War between two parties breaks every treaty between them.
11.16 Whoever threatened and does nothing in time loses political will at home: an empty threat.
11.17 An attacker who has said when it will stop does so on that day, whether the other agrees or not.
11.18 The table of treaties holds a fixed number; the one that was finished first makes room.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.calendar import HOURS_A_MONTH, MILLIONS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, Life, Stance, Term, TreatyState
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.ruleset_diplomacy import RelationRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.presence import same_side
from game.rules.workspace import Now, Work, note

KEPT = 1
"""RA of a threat that still waits to be carried out."""


@clause
def stance_of(term: int) -> int:
    """11.11 The stance that a term in force makes, or -1 where it makes none."""
    if term == Term.ALLIANCE:
        return Stance.ALLIED + 0
    if term == Term.ACCESS or term == Term.SANCTUARY or term == Term.COALITION or term == Term.AMNESTY:
        return Stance.ACCESS + 0
    if term == Term.PEACE:
        return Stance.NEUTRAL + 0
    if term == Term.CEASE_FIRE or term == Term.POWER_SHARING:
        return Stance.HOSTILE + 0
    return -1


@clause
def between(w: Tables, k: int, a: int, b: int) -> bool:
    """11.10 Whether row k of the table is between the two."""
    one = w.treaty[Y.A, k]
    other = w.treaty[Y.B, k]
    return (one == a and other == b) or (one == b and other == a)


@chapter
def in_force(w: Tables, term: int, a: int, b: int) -> int:
    """11.10 Row of the term in force that a gives b, or -1."""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == term and w.treaty[Y.STATE, k] == TreatyState.IN_FORCE:
            if w.treaty[Y.A, k] == a and w.treaty[Y.B, k] == b:
                return k
    return -1


@chapter
def proposed(w: Tables, term: int, a: int, b: int) -> int:
    """11.10 Row of an open proposal that a give b the term, or -1."""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == term and w.treaty[Y.STATE, k] == TreatyState.PROPOSED:
            if w.treaty[Y.A, k] == a and w.treaty[Y.B, k] == b:
                return k
    return -1


@clause
def restance(w: Tables, rules: RelationRules, a: int, b: int, ended: int) -> None:
    """11.11 The stance between two after a treaty came into force or one of the term `ended` (0: none) ended.

    Formula: the highest of the terms in force; without any, war if fire had only been ceased, else hostile below the
        relation `hostile`, else neutral
    """
    if same_side(w, a, b):
        return
    best = -1
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] != 0 and w.treaty[Y.STATE, k] == TreatyState.IN_FORCE and between(w, k, a, b):
            best = max(best, stance_of(w.treaty[Y.TERM, k]))
    if best < 0:
        if ended == 0 or stance_of(ended) < 0:
            return
        if w.stance[a, b] == Stance.WAR:
            best = Stance.WAR + 0
        elif stance_of(ended) == Stance.HOSTILE:
            best = Stance.WAR + 0
        elif w.relation[a, b] < rules.hostile:
            best = Stance.HOSTILE + 0
        else:
            best = Stance.NEUTRAL + 0
    w.stance[a, b] = best
    w.stance[b, a] = best


@clause
def men_on(w: Tables, c: Cast, x: Work, a: int, b: int) -> int:
    """11.14 Men of a on b's land and, if b contends for it and a does not, in the country fought over."""
    men = x.on_land[a, b]
    if c.movement[a] < 0 and c.movement[b] >= 0:
        men = max(men, x.on_land[a, w.faction_i.shape[1]])
    return men


@clause
def change_aid(w: Tables, x: Work, a: int, b: int, yearly: float, why: int, ra: int, rb: int, hour: int) -> None:
    """11.12 a gives b so much from now on, US$ m a year; a change goes on record, from what to what."""
    before = int(w.aid[a, b] / MILLIONS_A_YEAR + 0.5)
    after = int(yearly / MILLIONS_A_YEAR + 0.5)
    w.aid[a, b] = yearly
    if after != before:
        note(x, hour, RecordKind.AID_CHANGED + 0, a, -1, OFF_MAP, b, after, before, ra, rb, 0, why)


@clause
def end_treaty(w: Tables, x: Work, rules: RelationRules, k: int, state: int, by: int, why: int, hour: int) -> None:
    """11.11-11.13 The treaty in force in row k ends (ENDED, LAPSED) or is broken (BROKEN) by `by`."""
    term = w.treaty[Y.TERM, k]
    a = w.treaty[Y.A, k]
    b = w.treaty[Y.B, k]
    w.treaty[Y.STATE, k] = state
    w.treaty[Y.SINCE, k] = hour
    w.treaty[Y.BY, k] = by
    w.treaty[Y.REASON, k] = why
    if term == Term.AID:
        less = max(0.0, w.aid[a, b] - w.treaty[Y.VALUE, k] * MILLIONS_A_YEAR)
        change_aid(w, x, a, b, less, Reason.AID_ENDED + 0, 0, 0, hour)
    elif term == Term.RECOGNITION:
        w.recognised[a, b] = 0
    restance(w, rules, a, b, term)
    kind = RecordKind.TREATY_BROKEN + 0 if state == TreatyState.BROKEN else RecordKind.TREATY_ENDED + 0
    other = b if by == a else a
    note(x, hour, kind, by, -1, OFF_MAP, other, term, w.treaty[Y.VALUE, k], k, a, b, why)


@clause
def end_recognition(w: Tables, x: Work, rules: RelationRules, a: int, b: int, why: int, hour: int) -> None:
    """11.12 a recognises b no longer, and a treaty by which it did is over."""
    k = in_force(w, Term.RECOGNITION + 0, a, b)
    if k >= 0:
        end_treaty(w, x, rules, k, TreatyState.ENDED + 0, a, why, hour)
    w.recognised[a, b] = 0
    note(x, hour, RecordKind.RECOGNISED + 0, a, -1, OFF_MAP, b, 0, 0, 0, 0, 0, why)


@clause
def recognise(w: Tables, c: Cast, x: Work, rules: RelationRules, a: int, b: int, hour: int) -> None:
    """11.12 a recognises b as its country's government, and no other of that country; what that ends is on record."""
    for other in range(w.faction_i.shape[1]):
        rivals = c.movement[other] >= 0 and c.movement[b] >= 0
        if other != b and rivals and w.recognised[a, other] == 1:
            end_recognition(w, x, rules, a, other, Reason.OTHER_GOVERNMENT + 0, hour)
    w.recognised[a, b] = 1


@clause
def bring_into_force(
    w: Tables, c: Cast, x: Work, rules: RelationRules, k: int, hour: int, why: int, ra: int, rb: int
) -> None:
    """11.10-11.12, 11.14 The treaty in row k begins; what it was to supersede ends."""
    term = w.treaty[Y.TERM, k]
    a = w.treaty[Y.A, k]
    b = w.treaty[Y.B, k]
    if w.treaty[Y.UNTIL, k] != NEVER:
        w.treaty[Y.UNTIL, k] += hour - w.treaty[Y.SINCE, k]
    old = in_force(w, term, a, b)
    if old >= 0:
        w.treaty[Y.STATE, old] = TreatyState.ENDED
        w.treaty[Y.SINCE, old] = hour
        w.treaty[Y.REASON, old] = Reason.SUPERSEDED
    w.treaty[Y.STATE, k] = TreatyState.IN_FORCE
    w.treaty[Y.SINCE, k] = hour
    w.treaty[Y.RA, k] = 0
    if term == Term.WITHDRAWAL:
        w.treaty[Y.UNTIL, k] = hour + int(w.treaty[Y.VALUE, k] * HOURS_A_MONTH)
        w.treaty[Y.RA, k] = men_on(w, c, x, a, b)
    elif term == Term.AID:
        most = max(w.aid[a, b], w.treaty[Y.VALUE, k] * MILLIONS_A_YEAR)
        change_aid(w, x, a, b, most, Reason.AID_AGREED + 0, 0, 0, hour)
    elif term == Term.RECOGNITION:
        recognise(w, c, x, rules, a, b, hour)
    elif term == Term.TRADE:
        w.sanction[a, b] = 0
        w.sanction[b, a] = 0
    restance(w, rules, a, b, 0)
    note(
        x,
        hour,
        RecordKind.ACCEPTED + 0,
        a,
        -1,
        OFF_MAP,
        b,
        term,
        w.treaty[Y.VALUE, k],
        k,
        ra,
        rb,
        why,
    )


@clause
def binds_still(w: Tables, k: int) -> bool:
    """11.14 A withdrawal that was carried out binds until the two go to war anew, or one is no actor any more."""
    done = w.treaty[Y.TERM, k] == Term.WITHDRAWAL and w.treaty[Y.STATE, k] == TreatyState.ENDED
    lives = w.faction_i[A.LIFE, w.treaty[Y.B, k]] != Life.ENDED
    return done and lives and w.treaty[Y.REASON, k] == Reason.FULFILLED


@clause
def has_left(w: Tables, a: int, b: int) -> bool:
    """11.14 Whether a has withdrawn by treaty with b and may not come back."""
    for k in range(w.treaty.shape[1]):  # noqa: SIM110 - kernels have no generators
        if w.treaty[Y.A, k] == a and w.treaty[Y.B, k] == b and binds_still(w, k):
            return True
    return False


@clause
def free_row(w: Tables) -> int:
    """11.18 A free row of the table, or that of the treaty finished longest ago; -1 if all are open or in force."""
    oldest = -1
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == 0:
            return k
        state = w.treaty[Y.STATE, k]
        if state == TreatyState.PROPOSED or state == TreatyState.IN_FORCE or binds_still(w, k):
            continue
        if oldest < 0 or w.treaty[Y.SINCE, k] < w.treaty[Y.SINCE, oldest]:
            oldest = k
    return oldest


@clause
def go_to_war(w: Tables, x: Work, rules: RelationRules, a: int, b: int, hour: int) -> None:
    """11.15 The stance is war, and every treaty between the two is broken by a; what was kept binds no longer."""
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == 0 or not between(w, k, a, b):
            continue
        if binds_still(w, k):
            w.treaty[Y.REASON, k] = Reason.WENT_TO_WAR
        if w.treaty[Y.STATE, k] == TreatyState.IN_FORCE:
            end_treaty(w, x, rules, k, TreatyState.BROKEN + 0, a, Reason.WENT_TO_WAR + 0, hour)
        elif w.treaty[Y.STATE, k] == TreatyState.PROPOSED:
            w.treaty[Y.STATE, k] = TreatyState.LAPSED
            w.treaty[Y.SINCE, k] = hour
            w.treaty[Y.REASON, k] = Reason.WENT_TO_WAR
            w.treaty[Y.RA, k] = 0
    w.stance[a, b] = Stance.WAR
    w.stance[b, a] = Stance.WAR


@clause
def watch_threat(w: Tables, x: Work, rules: RelationRules, k: int, hour: int) -> None:
    """11.16 A threat that was not carried out within threat_months costs threat_will.

    Formula: will -= threat_will
    """
    if w.treaty[Y.REASON, k] != Reason.UNDER_THREAT or w.treaty[Y.RA, k] != KEPT:
        return
    by = w.treaty[Y.BY, k]
    other = w.treaty[Y.B, k] if by == w.treaty[Y.A, k] else w.treaty[Y.A, k]
    if hour - w.treaty[Y.SINCE, k] < int(rules.threat_months * HOURS_A_MONTH):
        return
    w.treaty[Y.RA, k] = 0
    if w.stance[by, other] != Stance.WAR:
        w.faction_f[A.WILL, by] = max(0.0, w.faction_f[A.WILL, by] - rules.threat_will)
        note(x, hour, RecordKind.THREATENED + 0, by, -1, OFF_MAP, other, w.treaty[Y.TERM, k], 0, k, 0, 1,
             Reason.THREAT_EMPTY + 0)  # fmt: skip


@clause
def watch_terms(w: Tables, c: Cast, x: Work, rules: RelationRules, k: int, hour: int) -> None:
    """11.13, 11.14 A treaty in force is watched.

    Formula (11.14): broken if the men left there > stay_share * the men at the beginning
    """
    term = w.treaty[Y.TERM, k]
    a = w.treaty[Y.A, k]
    b = w.treaty[Y.B, k]
    due = w.treaty[Y.UNTIL, k] != NEVER and hour >= w.treaty[Y.UNTIL, k]
    if term == Term.WITHDRAWAL:
        left = men_on(w, c, x, a, b)
        w.party[P.WITHDRAWN, a] = max(w.party[P.WITHDRAWN, a], w.treaty[Y.RA, k] - left)
        if due and left > rules.stay_share * w.treaty[Y.RA, k]:
            end_treaty(w, x, rules, k, TreatyState.BROKEN + 0, a, Reason.NOT_WITHDRAWN + 0, hour)
        elif due or left == 0:
            end_treaty(w, x, rules, k, TreatyState.ENDED + 0, a, Reason.FULFILLED + 0, hour)
        return
    if term == Term.AID and w.aid[a, b] < rules.aid_kept * w.treaty[Y.VALUE, k] * MILLIONS_A_YEAR:
        end_treaty(w, x, rules, k, TreatyState.ENDED + 0, a, Reason.AID_STOPPED + 0, hour)
    elif due:
        end_treaty(w, x, rules, k, TreatyState.LAPSED + 0, NO_FACTION, Reason.TERM_OVER + 0, hour)


@chapter
def keep_treaties(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """11.10, 11.13, 11.16, 11.17 One month: open proposals lapse after answer_months, treaties are kept, end or break.

    Formula (11.10): a proposal lapses answer_months after it was made
    """
    rules = r.relations
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == 0:
            continue
        state = w.treaty[Y.STATE, k]
        a = w.treaty[Y.A, k]
        b = w.treaty[Y.B, k]
        gone = w.faction_i[A.LIFE, a] == Life.ENDED or w.faction_i[A.LIFE, b] == Life.ENDED
        if state == TreatyState.IN_FORCE:
            if gone:
                end_treaty(w, x, rules, k, TreatyState.ENDED + 0, NO_FACTION, Reason.PARTY_GONE + 0, now.hour)
            else:
                watch_terms(w, c, x, rules, k, now.hour)
        elif state == TreatyState.PROPOSED:
            if w.treaty[Y.REASON, k] == Reason.LIMITED_WAR:
                if gone or w.stance[a, b] != Stance.WAR:
                    w.treaty[Y.STATE, k] = TreatyState.LAPSED
                elif now.hour >= w.treaty[Y.UNTIL, k]:
                    w.treaty[Y.UNTIL, k] = NEVER
                    bring_into_force(w, c, x, rules, k, now.hour, Reason.LIMITED_WAR + 0, 0, 0)
            elif gone or now.hour - w.treaty[Y.SINCE, k] >= int(rules.answer_months * HOURS_A_MONTH):
                w.treaty[Y.STATE, k] = TreatyState.LAPSED
                by = w.treaty[Y.BY, k]
                note(x, now.hour, RecordKind.REFUSED_OFFER + 0, b if by == a else a, -1, OFF_MAP, by,
                     w.treaty[Y.TERM, k], w.treaty[Y.VALUE, k], k, 0, 0, Reason.UNANSWERED + 0)  # fmt: skip
        watch_threat(w, x, rules, k, now.hour)


def must_leave(w: Tables, a: int) -> list[tuple[int, int]]:
    """11.14 (whose land, hour by which) for every withdrawal that binds faction a: in force, or carried out."""
    rows = np.empty(w.treaty.shape[1], np.int64)
    found = find_withdrawals(w, a, rows)
    if not found:
        return []
    bind = rows[:found]
    return list(zip(w.treaty[Y.B, bind].tolist(), w.treaty[Y.UNTIL, bind].tolist(), strict=True))


@chapter
def find_withdrawals(w: Tables, a: int, rows: npt.NDArray[np.int64]) -> int:
    """11.14 The treaties of withdrawal that bind faction a, into `rows` [treaties]; returns how many there are."""
    found = 0
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == Term.WITHDRAWAL and w.treaty[Y.A, k] == a:
            if w.treaty[Y.STATE, k] == TreatyState.IN_FORCE or binds_still(w, k):
                rows[found] = k
                found += 1
    return found
