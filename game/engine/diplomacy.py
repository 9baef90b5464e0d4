"""Chapter 11, diplomacy: what factions do to each other by word.

11.40 To propose a term, to answer, to end a treaty, to go to war, to threaten and to stop trade are acts. Nobody
      agrees with himself, with one under the same command, or with one who is no actor.
11.41 Who proposes something right after having turned down what the other proposed makes a counter-proposal. Who
      proposes what the other has proposed accepts it.
11.42 War breaks what was agreed. Blocs and missions wage none. An ally is not at war by that: it decides for itself.
11.43 Sanctions end trade agreements and aid, and weigh on who keeps troops abroad; what they cost is in chapter 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.core.calendar import HOURS_A_MONTH
from game.core.columns import act as T
from game.core.columns import faction as A
from game.core.columns import treaty as Y
from game.core.ids import NEVER, NO_FORCE, OFF_MAP, Act, FactionClass, Life, Stance, Term, TreatyState
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.rules import bargain, presence, relations, treaties
from game.rules.workspace import note_row

if TYPE_CHECKING:
    from game.engine.acts import Deed
    from game.engine.world import World

_bars, _same_side, _count_men = plain(bargain.bars), plain(presence.same_side), plain(relations.count_men)
_free_row, _change_aid = plain(treaties.free_row), plain(treaties.change_aid)
_begin, _end, _go_to_war = plain(treaties.bring_into_force), plain(treaties.end_treaty), plain(treaties.go_to_war)

_MONTHS_AT_MOST = 600


def _note(world: World, kind: RecordKind, a: int, b: int, *figures: int, reason: int = 0) -> None:
    five = (*figures, 0, 0, 0, 0, 0)[:5]
    note_row(world.work, world.hour, kind, a, NO_FORCE, OFF_MAP, b, *five, reason)


def _other(world: World, a: int, b: int) -> Reason:
    """11.40 Why nothing can be agreed with b."""
    t = world.tables
    if not 0 <= b < t.faction_i.shape[1]:
        return Reason.NO_SUCH_FACTION
    if _same_side(t, a, b):
        return Reason.SAME_COMMAND
    return Reason.NONE if t.faction_i[A.LIFE, b] == Life.ACTIVE else Reason.NO_ACTOR


def _enter(world: World, row: list[int], term: int, giver: int, taker: int) -> tuple[int, Reason]:
    """11.40 A new open proposal in the table: its row, or why there can be none."""
    t = world.tables
    if term not in set(Term):
        return -1, Reason.NO_SUCH_TERM
    why = Reason(_bars(t, world.setting.cast, giver, taker, term, row[T.VALUE]))
    if why is not Reason.NONE:
        return -1, why
    if not 0 <= row[T.UNTIL] <= _MONTHS_AT_MOST:
        return -1, Reason.BAD_VALUE
    if treaties.proposed(t, term, giver, taker) >= 0:
        return -1, Reason.ALREADY_PROPOSED
    k = _free_row(t)
    if k < 0:
        return -1, Reason.TABLE_FULL
    by = row[T.FACTION]
    until = NEVER if row[T.UNTIL] == 0 else world.hour + int(row[T.UNTIL] * HOURS_A_MONTH)
    t.treaty[:, k] = 0
    for column, value in (
        (Y.TERM, term), (Y.STATE, TreatyState.PROPOSED), (Y.A, giver), (Y.B, taker), (Y.VALUE, row[T.VALUE]),
        (Y.SINCE, world.hour), (Y.UNTIL, until), (Y.BY, by), (Y.REASON, row[T.REASON]),
        (Y.LINK, _answered(world, by, taker if giver == by else giver)),
    ):  # fmt: skip
        t.treaty[column, k] = value
    return k, Reason.NONE


def _answered(world: World, by: int, other: int) -> int:
    """11.41 The row of the other's proposal that `by` has just turned down, or -1."""
    t = world.tables.treaty
    fresh = (t[Y.TERM] != 0) & (t[Y.STATE] == TreatyState.REFUSED) & (t[Y.SINCE] == world.hour)
    rows = np.flatnonzero(fresh & (t[Y.BY] == other) & ((t[Y.A] == by) | (t[Y.B] == by)))
    return int(rows[0]) if len(rows) else -1


def propose(world: World, row: list[int]) -> Reason:
    """11.40, 11.41"""
    by, to = row[T.FACTION], row[T.A]
    why = _other(world, by, to)
    if why is not Reason.NONE:
        return why
    term, (giver, taker) = abs(row[T.B]), ((to, by) if row[T.B] < 0 else (by, to))
    open_ = world.tables.treaty
    k = treaties.proposed(world.tables, term, giver, taker)
    if k >= 0 and open_[Y.BY, k] == to and open_[Y.VALUE, k] == row[T.VALUE]:
        return answer(world, [by, int(Act.ANSWER), k, 0, 1, 0, *row[T.REASON :]])
    k, why = _enter(world, row, term, giver, taker)
    if why is Reason.NONE:
        counter = int(world.tables.treaty[Y.LINK, k] >= 0)
        figures = row[T.B], row[T.VALUE], 2 * k + counter, row[T.RA], row[T.RB]
        _note(world, RecordKind.PROPOSED, by, to, *figures, reason=row[T.REASON])
    return why


def answer(world: World, row: list[int]) -> Reason:
    """11.40"""
    t, k, me = world.tables, row[T.A], row[T.FACTION]
    if not 0 <= k < Y.ROWS or t.treaty[Y.TERM, k] == 0 or t.treaty[Y.STATE, k] != TreatyState.PROPOSED:
        return Reason.NO_SUCH_TREATY
    term, a, b, by = (int(t.treaty[column, k]) for column in (Y.TERM, Y.A, Y.B, Y.BY))
    if me == by or me not in (a, b):
        return Reason.NOT_ADDRESSED
    if row[T.VALUE] not in (0, 1):
        return Reason.BAD_VALUE
    rules, setting = world.setting.ruleset.relations, world.setting
    if row[T.VALUE] == 0:
        if t.treaty[Y.REASON, k] != Reason.LIMITED_WAR:
            t.treaty[Y.STATE, k] = TreatyState.REFUSED
            t.treaty[Y.SINCE, k] = world.hour
        figures = term, int(t.treaty[Y.VALUE, k]), k, row[T.RA], row[T.RB]
        _note(world, RecordKind.REFUSED_OFFER, me, by, *figures, reason=row[T.REASON])
        return Reason.NONE
    if t.treaty[Y.REASON, k] == Reason.LIMITED_WAR:
        t.treaty[Y.UNTIL, k] = NEVER
    else:
        why = Reason(_bars(t, setting.cast, a, b, term, int(t.treaty[Y.VALUE, k])))
        if why is not Reason.NONE:
            return why
    if term == Term.WITHDRAWAL:
        _count_men(t, setting.ground, setting.cast, world.work)
    _begin(t, setting.cast, world.work, rules, k, world.hour, row[T.REASON], row[T.RA], row[T.RB])
    return Reason.NONE


def denounce(world: World, row: list[int]) -> Reason:
    """11.40"""
    t, k, me = world.tables, row[T.A], row[T.FACTION]
    if not 0 <= k < Y.ROWS or t.treaty[Y.TERM, k] == 0 or t.treaty[Y.STATE, k] != TreatyState.IN_FORCE:
        return Reason.NO_SUCH_TREATY
    if me not in (t.treaty[Y.A, k], t.treaty[Y.B, k]):
        return Reason.NOT_PARTY
    rules = world.setting.ruleset.relations
    _end(t, world.work, rules, k, int(TreatyState.ENDED), me, int(Reason.DENOUNCED), world.hour)
    return Reason.NONE


def declare_war(world: World, row: list[int]) -> Reason:
    """11.40, 11.42"""
    t, me, other = world.tables, row[T.FACTION], row[T.A]
    why = _other(world, me, other)
    if why is not Reason.NONE:
        return why
    if t.stance[me, other] == Stance.WAR:
        return Reason.ALREADY_AT_WAR
    if t.faction_i[A.CLASS, me] >= FactionClass.BLOC or t.faction_i[A.CLASS, other] >= FactionClass.BLOC:
        return Reason.NOT_A_FIGHTER
    if not 0 <= row[T.UNTIL] <= _MONTHS_AT_MOST:
        return Reason.BAD_VALUE
    rules = world.setting.ruleset.relations
    _go_to_war(t, world.work, rules, me, other, world.hour)
    _note(world, RecordKind.WAR_DECLARED, me, other, row[T.UNTIL], row[T.RA], row[T.RB], reason=row[T.REASON])
    if row[T.UNTIL]:
        k = _free_row(t)
        if k >= 0:
            until = world.hour + int(row[T.UNTIL] * HOURS_A_MONTH)
            t.treaty[:, k] = 0
            for column, value in (
                (Y.TERM, Term.CEASE_FIRE), (Y.STATE, TreatyState.PROPOSED), (Y.A, me), (Y.B, other),
                (Y.SINCE, world.hour), (Y.UNTIL, until), (Y.BY, me), (Y.REASON, Reason.LIMITED_WAR), (Y.LINK, -1),
            ):  # fmt: skip
                t.treaty[column, k] = value
    return Reason.NONE


def threaten(world: World, row: list[int]) -> Reason:
    """11.40 A demand under threat of war is a proposal that asks."""
    by, to = row[T.FACTION], row[T.A]
    why = _other(world, by, to)
    if why is not Reason.NONE:
        return why
    t = world.tables
    if t.stance[by, to] == Stance.WAR:
        return Reason.ALREADY_AT_WAR
    if t.faction_i[A.CLASS, by] >= FactionClass.BLOC:
        return Reason.NOT_A_FIGHTER
    k, why = _enter(world, row, row[T.B], to, by)
    if why is Reason.NONE:
        t.treaty[Y.REASON, k] = Reason.UNDER_THREAT
        t.treaty[Y.RA, k] = treaties.KEPT
        figures = row[T.B], row[T.VALUE], row[T.RA], row[T.RB]
        _note(world, RecordKind.THREATENED, by, to, *figures, reason=row[T.REASON])
    return why


def sanction(world: World, row: list[int]) -> Reason:
    """11.40, 11.43"""
    t, me, other, on = world.tables, row[T.FACTION], row[T.A], row[T.VALUE]
    why = _other(world, me, other)
    if why is not Reason.NONE:
        return why
    if on not in (0, 1):
        return Reason.BAD_VALUE
    if t.sanction[me, other] == on:
        return Reason.NO_CHANGE
    t.sanction[me, other] = on
    if on:
        rules = world.setting.ruleset.relations
        for term, a, b in ((Term.TRADE, me, other), (Term.TRADE, other, me), (Term.AID, me, other)):
            k = treaties.in_force(t, int(term), a, b)
            if k >= 0:
                _end(t, world.work, rules, k, int(TreatyState.ENDED), me, int(Reason.DENOUNCED), world.hour)
        _change_aid(t, world.work, me, other, 0.0, int(Reason.TRADE_STOPPED), 0, 0, world.hour)
    _note(world, RecordKind.SANCTIONED, me, other, on, row[T.RA], row[T.RB], reason=row[T.REASON])
    return Reason.NONE


DEEDS: dict[Act, Deed] = {
    Act.PROPOSE: propose,
    Act.ANSWER: answer,
    Act.DENOUNCE: denounce,
    Act.WAR: declare_war,
    Act.THREATEN: threaten,
    Act.SANCTION: sanction,
}
