"""13 The peace process: phases only move along the arrows; what parties do in each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.ai import settlement
from game.ai.manners import manners_of
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import Act, Life, Phase, Spoiler, Stance, Standing, Status, Term, TreatyState
from game.core.reasons import Reason
from game.core.records import Record, RecordKind, Records, say
from game.engine import peace as engine_peace
from game.engine.world import World
from game.rules import election
from game.rules.process import ARROWS, Process, turn_to
from tests.politics.worlds import MISSION, books, sound, stalemate

LONG = 40
PARTIES = (0, 1, 2)


def process(world: World) -> Process:
    assert world.setting.peace is not None
    return Process(world.tables, world.work, world.setting, world.setting.peace, world.month[-1])


def settle(world: World, months: int, refuses: tuple[int, ...] = ()) -> list[Record]:
    """Months of the peace process alone, with what the parties say."""
    found: list[Record] = []
    for _ in range(months):
        world.work.written[0] = 0
        if world.tables.peace[P.PHASE] == Phase.MISSION:
            for a in PARTIES:
                engine_peace.disarm(world, [a, Act.DISARM, 0, 0, int(a not in refuses), 0, Reason.COMMANDED, 0, 0])
        before = Phase(int(world.tables.peace[P.PHASE]))
        world.tables.clock[C.HOUR] += 24 * 30 + 12
        engine_peace.settle(world)
        after = Phase(int(world.tables.peace[P.PHASE]))
        assert after is before or after in ARROWS[before]
        fi = world.tables.force_i
        due = (fi[F.STATUS] == Status.PENDING) & (fi[F.ARRIVES] <= world.hour)
        fi[F.STATUS, due] = Status.ACTIVE
        found += list(Records(world.work.records[: world.work.written[0]].copy()))
    return found


def until(world: World, phase: Phase, refuses: tuple[int, ...] = ()) -> list[Record]:
    found: list[Record] = []
    for _ in range(80):
        if world.tables.peace[P.PHASE] == phase:
            return found
        found += settle(world, 1, refuses)
    raise AssertionError(f"never came to {phase.name}: {Phase(int(world.tables.peace[P.PHASE])).name}")


def test_13_a_stalemate_of_the_weary_ends_in_a_government_and_the_mission_goes_home() -> None:
    world = stalemate()
    kinds = [r.kind for r in until(world, Phase.SETTLED)]
    order = [RecordKind.TALKS, RecordKind.ACCORD, RecordKind.MISSION, RecordKind.ELECTION, RecordKind.GOVERNMENT]
    assert [k for k in dict.fromkeys(kinds) if k in order] == order
    t = world.tables
    assert t.party[P.SEATS, :3].sum() == 120 and t.peace[P.SEAT] == t.peace[P.GOVERNMENT]
    assert t.faction_i[A.LIFE, MISSION] == Life.LATENT and t.force_i[F.MEN, 3] == 0
    assert books(world) == [0, 0, 0, 0] and sound(world) == []
    assert all(say(r, world.setting) for r in settle(world, 3))


def test_13_2_the_fresh_do_not_talk() -> None:
    world = stalemate()
    world.tables.faction_f[A.WEARINESS] = 10.0
    settle(world, LONG)
    assert world.tables.peace[P.PHASE] == Phase.WAR


def test_13_3_without_a_war_there_is_nothing_to_settle() -> None:
    world = stalemate()
    world.tables.stance[:] = Stance.NEUTRAL
    settle(world, LONG)
    assert world.tables.peace[P.PHASE] == Phase.WAR


def test_13_4_talks_break_off_when_somebody_hopes_to_win_again() -> None:
    world = stalemate()
    until(world, Phase.TALKS)
    world.tables.faction_f[A.WEARINESS, 0] = 0.0
    world.tables.faction_f[[A.LAND_VALUE, A.LAND_FELT], 0] = (50.0, 5.0)
    told = until(world, Phase.WAR)
    assert [(r.kind, r.reason) for r in told][-1] == (RecordKind.TALKS, Reason.HOPE_TO_WIN)


def test_13_8_13_9_the_accord_vacates_the_seat_and_ceases_fire_among_all_who_signed() -> None:
    world = stalemate()
    world.tables.peace[P.SEAT] = 1
    until(world, Phase.ACCORD)
    t = world.tables
    assert t.peace[P.SEAT] == -1
    signed = [a for a in PARTIES if t.party[P.STANDING, a] == Standing.SIGNED]
    assert {0, 1} <= set(signed)
    assert all(t.stance[a, b] != Stance.WAR for a in signed for b in signed)
    assert (t.treaty[Y.STATE][t.treaty[Y.TERM] == Term.POWER_SHARING] == TreatyState.IN_FORCE).any()


def test_13_11_13_17_an_accord_fails_when_signatories_fight_and_old_enemies_are_at_war_again() -> None:
    world = stalemate()
    until(world, Phase.MISSION)
    t = world.tables
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    told = settle(world, 1)
    assert t.peace[P.PHASE] == Phase.COLLAPSED
    assert RecordKind.CRISIS in [r.kind for r in told] and t.stance[0, 2] == Stance.WAR
    assert t.faction_i[A.LIFE, MISSION] == Life.LATENT and books(world) == [0, 0, 0, 0]
    until(world, Phase.WAR)
    assert (t.party[P.STANDING, :3] == Standing.OUTSIDE).all()


def test_13_13_silence_is_refusal_in_time() -> None:
    world = stalemate()
    until(world, Phase.MISSION)
    for _ in range(6):
        world.tables.clock[C.HOUR] += 24 * 31
        engine_peace.settle(world)
    signed = world.tables.party[P.STANDING, :3]
    assert Standing.SIGNED not in signed.tolist() and Standing.REFUSED in signed.tolist()


@pytest.mark.parametrize(("phase", "why"), [(Phase.WAR, Reason.NO_ACCORD), (Phase.SETTLED, Reason.NO_ACCORD)])
def test_13_13_nobody_answers_without_an_accord(phase: Phase, why: Reason) -> None:
    world = stalemate()
    until(world, phase)
    assert engine_peace.disarm(world, [0, Act.DISARM, 0, 0, 1, 0, 1, 0, 0]) is why


def test_13_13_who_did_not_sign_has_nothing_to_answer() -> None:
    world = stalemate()
    until(world, Phase.MISSION)
    assert engine_peace.disarm(world, [MISSION, Act.DISARM, 0, 0, 1, 0, 1, 0, 0]) is Reason.NO_PARTY


def test_13_14_one_refusal_slows_the_disarmament_of_all() -> None:
    def sent_home(refuses: tuple[int, ...]) -> int:
        world = stalemate()
        until(world, Phase.MISSION)
        settle(world, 8, refuses)
        assert books(world) == [0, 0, 0, 0]
        return int(world.tables.party[P.DISARMED, 0])

    assert 0 < sent_home((1,)) < sent_home(())


def test_13_20_13_31_who_refuses_does_not_run_and_is_outlawed() -> None:
    world = stalemate()
    until(world, Phase.SETTLED, refuses=(1,))
    t = world.tables
    assert t.party[P.SEATS, 1] == 0 and t.party[P.STANDING, 1] == Standing.REFUSED
    settle(world, 12)
    assert t.party[P.STANDING, 1] == Standing.OUTLAWED
    assert t.stance[1, int(t.peace[P.GOVERNMENT])] == Stance.WAR


def test_13_22_fear_and_insecure_rule_only_cost_votes() -> None:
    world = stalemate()
    until(world, Phase.MISSION)
    settle(world, 6)
    s = process(world)
    free = election.count_votes(s, [0, 2])
    world.tables.hex_f[H.SECURITY] = 1.0
    safe = election.count_votes(s, [0, 2])
    assert all(safe[a] >= free[a] for a in (0, 2))
    s.stand(1, Standing.REFUSED)
    feared = election.count_votes(s, [0, 2])
    assert all(feared[a] <= safe[a] for a in (0, 2))


def test_13_23_seats_are_shared_by_votes_and_all_are_given() -> None:
    s = process(stalemate())
    assert election.allot(s, {0: 6, 1: 3, 2: 3}) == {0: 60, 1: 30, 2: 30}
    assert sum(election.allot(s, {0: 1, 1: 1, 2: 5}).values()) == 120
    assert election.allot(s, {0: 0, 1: 0}) == {0: 0, 1: 0}


def test_13_23_symmetric_parties_are_elected_alike_on_average() -> None:
    seats = np.zeros(2)
    for seed in range(200):
        won = election.allot(process(stalemate(seed=seed)), {0: 7, 1: 7, 2: 3})
        seats += (won[0], won[1])
    assert abs(seats[0] - seats[1]) <= 60


def test_13_30_partners_with_unequal_power_come_to_blows_and_the_accord_stays() -> None:
    world = stalemate(peace__breakdown=50.0, peace__join_share=0.0)
    until(world, Phase.SETTLED)
    t = world.tables
    head, partner = int(t.peace[P.GOVERNMENT]), int(t.peace[P.PARTNER])
    assert partner >= 0
    t.relation[head, partner] = t.relation[partner, head] = -80.0
    told = settle(world, 12)
    assert RecordKind.CRISIS in [r.kind for r in told]
    assert t.stance[head, partner] == Stance.WAR and t.peace[P.PARTNER] == -1
    assert t.peace[P.PHASE] == Phase.SETTLED and sound(world) == []


def test_13_29_in_time_the_partners_men_are_in_one_army() -> None:
    world = stalemate(peace__breakdown=0.0, peace__join_share=1.0)
    until(world, Phase.SETTLED)
    partner = int(world.tables.peace[P.PARTNER])
    settle(world, 3)
    assert world.tables.force_i[F.MEN][world.tables.force_i[F.FACTION] == partner].sum() == 0
    assert books(world) == [0, 0, 0, 0]


@pytest.mark.parametrize(("autonomy", "ends"), [(20, True), (80, False)])
def test_13_32_the_pardoned_become_part_of_the_state_unless_they_have_autonomy(autonomy: int, ends: bool) -> None:
    world = stalemate()
    until(world, Phase.SETTLED, refuses=(1,))
    t = world.tables
    head = int(t.peace[P.GOVERNMENT])
    t.treaty[:, 190] = 0
    t.treaty[[Y.TERM, Y.STATE, Y.A, Y.B, Y.VALUE, Y.SINCE], 190] = (
        Term.AMNESTY, TreatyState.IN_FORCE, head, 1, autonomy, world.hour,
    )  # fmt: skip
    settle(world, 8)
    assert (t.faction_i[A.LIFE, 1] == Life.ENDED) == ends
    assert ends or t.party[P.STANDING, 1] == Standing.RECONCILED
    assert books(world) == [0, 0, 0, 0] and sound(world) == []


def test_13_1_a_phase_cannot_be_skipped() -> None:
    with pytest.raises(ValueError, match="cannot go from WAR to MISSION"):
        turn_to(process(stalemate()), Phase.MISSION)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000), refuses=st.sets(st.sampled_from(PARTIES)), war=st.integers(0, 60))
def test_whatever_parties_do_men_are_conserved_and_phases_follow_the_arrows(
    seed: int, refuses: set[int], war: int
) -> None:
    world = stalemate(seed=seed)
    for month in range(50):
        if month == war:
            world.tables.stance[0, 1] = world.tables.stance[1, 0] = Stance.WAR
        settle(world, 1, tuple(refuses))
        assert books(world) == [0, 0, 0, 0]
        assert sound(world) == []
    again = stalemate(seed=seed)
    for month in range(50):
        if month == war:
            again.tables.stance[0, 1] = again.tables.stance[1, 0] = Stance.WAR
        settle(again, 1, tuple(refuses))
    assert again.state_hash() == world.state_hash()


def at_the_mission(support: tuple[float, float, float], weary: float) -> World:
    """Three parties, 9,000, 5,000 and 3,000 strong, under a mission, as the agents see them."""
    world = stalemate()
    until(world, Phase.MISSION)
    t = world.tables
    t.support[:3] = np.array(support)[:, None]
    t.faction_f[A.WEARINESS, :3] = weary
    t.party[P.STANDING, :3] = Standing.SIGNED
    t.in_sight[:] = 1
    return world


def answer(world: World, a: int) -> tuple[int, Reason]:
    act = settlement.answer(world.view(f"s{a}"), manners_of(world.setting, f"s{a}"), a)
    return act.value, act.reason


@contextmanager
def wanting_all(world: World, *factions: int) -> Iterator[None]:
    """While the factions want all (11.26). Worlds of a test share what is given."""
    spoiler = world.setting.cast.interests.spoiler
    before = spoiler.copy()
    spoiler[list(factions)] = Spoiler.TOTAL
    try:
        yield
    finally:
        spoiler[:] = before


def test_13_13_an_agent_with_votes_disarms_under_a_mission_and_one_with_arms_alone_stays_armed() -> None:
    world = at_the_mission((0.1, 0.05, 0.8), weary=0.0)
    assert answer(world, 2) == (1, Reason.CANTON_TRUST)
    assert answer(world, 0) == (0, Reason.REFUSE_OUTSIDE)


def test_13_13_the_weary_disarm_for_what_the_fresh_do_not() -> None:
    assert answer(at_the_mission((0.1, 0.05, 0.8), weary=90.0), 0)[0] == 1


def test_13_13_an_agent_that_would_win_the_vote_stays_armed_if_the_others_word_is_worth_little() -> None:
    world = at_the_mission((0.45, 0.1, 0.4), weary=0.0)
    assert answer(world, 0)[0] == 1
    with wanting_all(world, 1, 2):
        world.tables.faction_i[A.REPUTED, 0] = 12_000
        assert answer(world, 0) == (0, Reason.REFUSE_DISTRUST)


def test_13_13_who_wants_all_spoils_if_it_has_money_of_its_own_to_live_on() -> None:
    world = at_the_mission((0.1, 0.05, 0.8), weary=90.0)
    with wanting_all(world, 0):
        assert answer(world, 0)[0] == 1
        world.tables.faction_f[[A.INCOME, A.TRADED], 0] = (10.0, 8.0)
        assert answer(world, 0) == (0, Reason.REFUSE_OUTSIDE)


def test_13_13_a_refusal_counts_by_the_land_that_it_closes_to_the_vote() -> None:
    world = at_the_mission((0.5, 0.05, 0.4), weary=0.0)
    t = world.tables
    before = settlement.credibility(world.view("s0"), 0)
    t.party[P.STANDING, 1] = Standing.REFUSED
    t.hex_i[H.CONTROL] = t.known_control[:] = 0
    assert settlement.credibility(world.view("s0"), 0) == before
    assert answer(world, 0)[0] == 1, "few arms are given up while another refuses"
    t.hex_i[H.CONTROL] = t.known_control[:] = 1
    assert settlement.credibility(world.view("s0"), 0) == 0.0
    assert answer(world, 0)[0] == 0


def test_13_13_what_a_party_answered_last_does_not_change_what_it_answers() -> None:
    for weary in (0.0, 40.0, 90.0):
        world = at_the_mission((0.3, 0.3, 0.3), weary)
        told = set()
        for standing in (Standing.SIGNED, Standing.CANTONING, Standing.REFUSED):
            world.tables.party[P.STANDING, 0] = standing
            told.add(answer(world, 0))
        assert len(told) == 1


def test_a_view_shows_who_is_an_actor_and_hides_how_united_others_are() -> None:
    world = stalemate()
    t = world.tables
    t.faction_f[A.UNITY, 1] = 0.11
    t.faction_i[A.STAGE, 1] = 1
    seen = world.view("s0").tables
    rules = world.setting.ruleset.sight
    assert seen.faction_f[A.UNITY, 1] == rules.typical_unity
    assert seen.faction_i[[A.LIFE, A.STAGE, A.MERGED], 1].tolist() == [Life.ACTIVE, 1, -1]
    assert seen.faction_f[A.UNITY, 0] == 1.0


def test_13_32_a_government_pardons_those_who_stand_against_it_and_not_its_partners() -> None:
    world = stalemate()
    until(world, Phase.SETTLED)
    t = world.tables
    head = int(t.peace[P.GOVERNMENT])
    others = [a for a in PARTIES if a != head]
    t.stance[head, others] = Stance.HOSTILE
    manners = manners_of(world.setting, f"s{head}")

    def asked() -> list[int]:
        return [act.a for act in settlement.state_acts(world.view(f"s{head}"), manners)]

    assert asked() == []
    t.faction_i[A.MERGED, others[0]] = -1
    t.stance[head, others[0]] = Stance.WAR
    assert asked() == [others[0]]
