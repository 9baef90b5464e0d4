"""Chapter 11: the life of treaties, and the stances that they make."""

from __future__ import annotations

import pytest

from game.core.calendar import HOURS_A_MONTH
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import Act, Stance, Term, TreatyState
from game.core.kernels import plain
from game.core.orders import FactionAct, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, Records, say
from game.engine import acts
from game.engine.world import World
from game.rules import treaties
from tests.builders import force
from tests.rules.diplomatic import agree, pass_months, peaceful, relate


def do(world: World, me: int, kind: Act, a: int = 0, b: int = 0, value: int = 0, until: int = 0) -> Reason:
    """Do an act as the sequence of play does; NONE, or why it was refused."""
    row = [me, int(kind), a, b, value, until, int(Reason.COMMANDED), 0, 0]
    return acts.DEEDS[kind](world, row)


def state(world: World, k: int) -> TreatyState:
    return TreatyState(int(world.tables.treaty[Y.STATE, k]))


def stance(world: World, a: int = 0, b: int = 1) -> Stance:
    return Stance(int(world.tables.stance[a, b]))


def offer(world: World, me: int, to: int, term: int, value: int = 0, until: int = 0) -> int:
    """Propose and return the row."""
    assert do(world, me, Act.PROPOSE, to, term, value, until) is Reason.NONE
    return max(k for k in range(Y.ROWS) if world.tables.treaty[Y.STATE, k] == TreatyState.PROPOSED)


def test_a_proposal_binds_only_when_the_one_addressed_accepts_it() -> None:
    world = peaceful()
    k = offer(world, 0, 1, -Term.SANCTUARY)
    assert (world.tables.treaty[Y.A, k], world.tables.treaty[Y.B, k]) == (1, 0)
    assert stance(world) is Stance.NEUTRAL
    assert do(world, 0, Act.ANSWER, k, value=1) is Reason.NOT_ADDRESSED
    assert do(world, 2, Act.ANSWER, k, value=1) is Reason.NOT_ADDRESSED
    assert do(world, 1, Act.ANSWER, k, value=1) is Reason.NONE
    assert state(world, k) is TreatyState.IN_FORCE and stance(world) is Stance.ACCESS
    assert do(world, 1, Act.ANSWER, k, value=1) is Reason.NO_SUCH_TREATY


def test_refused_and_unanswered_proposals_change_nothing() -> None:
    world = peaceful()
    refused, silent = offer(world, 0, 1, Term.ALLIANCE), offer(world, 0, 2, Term.ALLIANCE)
    assert do(world, 1, Act.ANSWER, refused, value=0) is Reason.NONE
    assert state(world, refused) is TreatyState.REFUSED
    pass_months(world, 3)
    assert state(world, silent) is TreatyState.LAPSED
    assert stance(world) is stance(world, 0, 2) is Stance.NEUTRAL


@pytest.mark.parametrize(
    ("term", "before", "after"),
    [
        (Term.ACCESS, Stance.NEUTRAL, Stance.ACCESS),
        (Term.ALLIANCE, Stance.NEUTRAL, Stance.ALLIED),
        (Term.CEASE_FIRE, Stance.WAR, Stance.HOSTILE),
        (Term.PEACE, Stance.WAR, Stance.NEUTRAL),
        (Term.TRADE, Stance.HOSTILE, Stance.HOSTILE),
    ],
)
def test_a_term_makes_its_stance(term: Term, before: Stance, after: Stance) -> None:
    world = peaceful()
    relate(world, 0, 1, 0.0, before)
    agree(world, term, 0, 1)
    assert stance(world) is stance(world, 1, 0) is after


def test_stances_without_treaties_stay_as_the_scenario_set_them() -> None:
    world = peaceful()
    relate(world, 0, 1, 0.0, Stance.ALLIED)
    relate(world, 0, 2, 0.0, Stance.WAR)
    agree(world, Term.AID, 0, 1, 1000)
    pass_months(world, 12)
    assert stance(world) is Stance.ALLIED and stance(world, 0, 2) is Stance.WAR


@pytest.mark.parametrize(
    ("term", "relation", "after"),
    [(Term.ALLIANCE, 20.0, Stance.NEUTRAL), (Term.ACCESS, -60.0, Stance.HOSTILE), (Term.CEASE_FIRE, 0.0, Stance.WAR)],
)
def test_when_the_last_treaty_ends_the_stance_falls_back(term: Term, relation: float, after: Stance) -> None:
    world = peaceful()
    relate(world, 0, 1, relation, Stance.WAR if term is Term.CEASE_FIRE else Stance.NEUTRAL)
    k = agree(world, term, 0, 1)
    assert do(world, 2, Act.DENOUNCE, k) is Reason.NOT_PARTY
    assert do(world, 1, Act.DENOUNCE, k) is Reason.NONE
    assert state(world, k) is TreatyState.ENDED and stance(world) is after


def test_a_treaty_lapses_when_its_time_is_up_counted_from_the_day_it_came_into_force() -> None:
    world = peaceful()
    k = agree(world, Term.ACCESS, 0, 1, until=int(6 * HOURS_A_MONTH))
    pass_months(world, 5)
    assert state(world, k) is TreatyState.IN_FORCE
    pass_months(world, 6)
    assert state(world, k) is TreatyState.LAPSED


def test_war_breaks_every_treaty_and_leaves_a_memory() -> None:
    world = peaceful()
    k = agree(world, Term.ALLIANCE, 0, 1)
    assert do(world, 0, Act.WAR, 1) is Reason.NONE
    assert state(world, k) is TreatyState.BROKEN and stance(world) is Stance.WAR
    assert do(world, 0, Act.WAR, 1) is Reason.ALREADY_AT_WAR
    pass_months(world, 6)
    assert world.tables.bond[4, 0, 1] < -10.0


def test_a_limited_war_ends_on_the_day_its_beginner_named() -> None:
    world = peaceful()
    assert do(world, 0, Act.WAR, 1, until=2) is Reason.NONE
    pass_months(world, 1)
    assert stance(world) is Stance.WAR
    pass_months(world, 2)
    assert stance(world) is Stance.HOSTILE


def test_a_limited_war_ends_in_time_though_the_other_will_not_hear_of_it() -> None:
    """11.17"""
    world = peaceful()
    assert do(world, 0, Act.WAR, 1, until=2) is Reason.NONE
    (k,) = [k for k in range(Y.ROWS) if world.tables.treaty[Y.STATE, k] == TreatyState.PROPOSED]
    assert do(world, 1, Act.ANSWER, k, value=0) is Reason.NONE
    pass_months(world, 1)
    assert stance(world) is Stance.WAR
    pass_months(world, 2)
    assert stance(world) is Stance.HOSTILE


def test_who_does_not_withdraw_in_time_has_broken_its_word_and_who_does_has_kept_it() -> None:
    stays, leaves = (peaceful(2, [force(0, 10, 5000), force(1, 11)]) for _ in range(2))
    broken, kept = (agree(world, Term.WITHDRAWAL, 0, 1, 2) for world in (stays, leaves))
    assert treaties.must_leave(stays.tables, 0) == [(1, int(2 * HOURS_A_MONTH))]
    leaves.tables.force_i[5, 0] = 13
    pass_months(stays, 2)
    pass_months(leaves, 2)
    assert state(stays, broken) is TreatyState.BROKEN
    assert state(leaves, kept) is TreatyState.ENDED
    assert leaves.tables.party[P.WITHDRAWN, 0] == 5000 and stays.tables.party[P.WITHDRAWN, 0] == 0


def test_who_has_left_may_not_come_back_while_the_war_goes_on_but_in_a_new_one() -> None:
    """11.14, 11.15"""
    world = peaceful(2, [force(0, 13, 5000), force(1, 11)])
    relate(world, 0, 1, -50.0, Stance.WAR)
    k = agree(world, Term.WITHDRAWAL, 0, 1, 2)
    pass_months(world, 2)
    assert state(world, k) is TreatyState.ENDED
    assert [whose for whose, _ in treaties.must_leave(world.tables, 0)] == [1]
    relate(world, 0, 1, -50.0, Stance.HOSTILE)
    assert do(world, 0, Act.WAR, 1) is Reason.NONE
    assert treaties.must_leave(world.tables, 0) == []


def test_aid_agreed_is_paid_and_a_cut_ends_the_promise() -> None:
    world = peaceful()
    k = agree(world, Term.AID, 0, 1, 5000)
    assert world.tables.aid[0, 1] == pytest.approx(60.0)
    world.tables.aid[0, 1] = 20.0
    pass_months(world, 1)
    assert state(world, k) is TreatyState.ENDED


def test_aid_that_a_treaty_or_an_embargo_changes_is_told_from_what_to_what() -> None:
    world = peaceful()
    world.tables.aid[0, 1] = 12.0
    world.work.written[0] = 0
    agree(world, Term.AID, 0, 1, 4000)
    assert do(world, 0, Act.SANCTION, 1, value=1) is Reason.NONE
    rows = Records(world.work.records[: world.work.written[0]].copy()).of_kind(RecordKind.AID_CHANGED)
    assert [(r.b, r.a) for r in rows] == [(1000, 4000), (4000, 0)]
    first, last = (say(r, world.setting) for r in rows)
    assert "raises its aid to F1 from US$ 1.0 m to US$ 4.0 m a month: as agreed by treaty" in first
    assert "cuts its aid to F1 from US$ 4.0 m to US$ 0 a month" in last


def test_one_recognises_one_government_of_a_country() -> None:
    world = peaceful(3, movements=(1, 2))
    agree(world, Term.RECOGNITION, 0, 1)
    first = 0
    world.work.written[0] = 0
    agree(world, Term.RECOGNITION, 0, 2)
    assert world.tables.recognised[0].tolist() == [0, 0, 1]
    assert state(world, first) is TreatyState.ENDED
    told = [say(r, world.setting) for r in Records(world.work.records[: world.work.written[0]])]
    assert any("F0 no longer recognises F1" in words and "it recognises another" in words for words in told)


def test_sanctions_end_trade_and_aid() -> None:
    world = peaceful()
    trade, aid = agree(world, Term.TRADE, 0, 1), agree(world, Term.AID, 0, 1, 1000)
    assert do(world, 0, Act.SANCTION, 1, value=1) is Reason.NONE
    assert state(world, trade) is state(world, aid) is TreatyState.ENDED
    assert world.tables.aid[0, 1] == 0.0 and world.tables.sanction[0, 1] == 1
    assert do(world, 0, Act.SANCTION, 1, value=1) is Reason.NO_CHANGE


def test_an_empty_threat_costs_will_and_one_carried_out_does_not() -> None:
    empty, meant = (peaceful(3, [force(0, 1), force(1, 10, 5000), force(2, 30)], movements=(0, 2)) for _ in range(2))
    for world in (empty, meant):
        relate(world, 1, 2, -50.0, Stance.WAR)
        world.tables.faction_i[A.ABROAD, 1] = 5000
        assert do(world, 0, Act.THREATEN, 1, Term.WITHDRAWAL, 6) is Reason.NONE
    assert do(meant, 0, Act.WAR, 1) is Reason.NONE
    before = empty.tables.faction_f[A.WILL, 0]
    pass_months(empty, 10)
    pass_months(meant, 10)
    assert empty.tables.faction_f[A.WILL, 0] < before == meant.tables.faction_f[A.WILL, 0]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ((Act.PROPOSE, 9, Term.PEACE), Reason.NO_SUCH_FACTION),
        ((Act.PROPOSE, 0, Term.PEACE), Reason.SAME_COMMAND),
        ((Act.PROPOSE, 1, 99), Reason.NO_SUCH_TERM),
        ((Act.PROPOSE, 1, Term.AID), Reason.BAD_VALUE),
        ((Act.PROPOSE, 1, Term.CEASE_FIRE), Reason.NOT_AT_WAR),
        ((Act.PROPOSE, 1, Term.COALITION, 50), Reason.NO_CLAIM),
        ((Act.PROPOSE, 1, Term.WITHDRAWAL, 12), Reason.NO_TROOPS_THERE),
        ((Act.PROPOSE, 1, Term.ALLIANCE, 0, 9999), Reason.BAD_VALUE),
        ((Act.ANSWER, 999), Reason.NO_SUCH_TREATY),
        ((Act.DENOUNCE, 3), Reason.NO_SUCH_TREATY),
        ((Act.SANCTION, 1, 0, 7), Reason.BAD_VALUE),
        ((Act.WAR, 0), Reason.SAME_COMMAND),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason_and_changes_nothing(act: tuple[int, ...], why: Reason) -> None:
    world = peaceful()
    before = world.state_hash()
    assert do(world, 0, *act) is why  # type: ignore[arg-type]
    assert world.state_hash() == before


def test_the_same_is_not_proposed_twice_nor_what_is_agreed() -> None:
    world = peaceful()
    k = offer(world, 0, 1, Term.ALLIANCE)
    assert do(world, 0, Act.PROPOSE, 1, Term.ALLIANCE) is Reason.ALREADY_PROPOSED
    do(world, 1, Act.ANSWER, k, value=1)
    assert do(world, 0, Act.PROPOSE, 1, Term.ALLIANCE) is Reason.ALREADY_AGREED


def test_a_full_table_takes_the_row_finished_longest_ago_and_else_refuses() -> None:
    world = peaceful()
    t = world.tables.treaty
    t[Y.TERM], t[Y.STATE], t[Y.A], t[Y.B] = Term.TRADE, TreatyState.IN_FORCE, 1, 2
    assert do(world, 0, Act.PROPOSE, 1, Term.ALLIANCE) is Reason.TABLE_FULL
    for k, since in ((50, 900), (60, 300), (70, 600)):
        t[Y.STATE, k], t[Y.SINCE, k] = TreatyState.ENDED, since
    assert plain(treaties.free_row)(world.tables) == 60
    assert do(world, 0, Act.PROPOSE, 1, Term.ALLIANCE) is Reason.NONE
    assert t[Y.BY, 60] == 0 and t[Y.TERM, 60] == Term.ALLIANCE


def test_a_proposal_right_after_a_refusal_is_its_counter() -> None:
    world = peaceful()
    k = offer(world, 0, 1, -Term.AID, 4000)
    do(world, 1, Act.ANSWER, k, value=0)
    other = offer(world, 1, 0, Term.AID, 2000)
    assert world.tables.treaty[Y.LINK, other] == k


def test_acts_of_diplomacy_run_through_a_turn_and_are_told() -> None:
    world = peaceful()
    records = world.step({"s0": Orders(acts=(FactionAct(0, Act.PROPOSE, 1, -Term.AID, 4000, 12),))})
    (record,) = [r for r in records if r.kind is RecordKind.PROPOSED]
    assert "F0 asks F1 for aid of US$ 4 m a month" in say(record, world.setting)
    records = world.step({"s1": Orders(acts=(FactionAct(1, Act.ANSWER, 0, 0, 1),))})
    (record,) = [r for r in records if r.kind is RecordKind.ACCEPTED]
    assert "F1 and F0 agree: the first grants aid" in say(record, world.setting)


def test_a_treaty_ends_with_a_party_that_is_no_more() -> None:
    world = peaceful()
    k = agree(world, Term.ALLIANCE, 0, 1)
    world.tables.faction_i[A.LIFE, 1] = 2
    pass_months(world, 1)
    assert state(world, k) is TreatyState.ENDED
