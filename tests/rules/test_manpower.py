"""Chapter 10, second part: men and arms; deeds on policy, aid and raising."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.calendar import DAYS_A_MONTH
from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NEVER, NO_FACTION, Act, FactionClass, Stance, Status, Terrain
from game.core.kernels import plain
from game.core.orders import FactionAct, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, Records, say_what
from game.engine.world import World
from game.rules.condition import desertion_rate
from game.rules.economy import keep_accounts
from game.rules.manpower import muster
from tests.builders import force, plain_map, small_game, standard_ruleset
from tests.rules.test_economy import TOWN, state

FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def a_month(world: World) -> Records:
    world.work.written[0] = 0
    plain(keep_accounts)(*world.month)
    plain(muster)(*world.month)
    return Records(world.work.records[: int(world.work.written[0])].copy())


def army(men: int = 2500, establishment: int = 5000, manpower: int = 0, kits: int = 0, **more: Any) -> World:
    """One formation of faction 0 below its establishment, paid and fed."""
    world = state([force(0, TOWN, men)], **more)
    t = world.tables
    t.force_i[F.START_MEN, 0] = establishment
    t.faction_i[[A.MANPOWER, A.KITS], 0] = manpower, kits
    t.faction_f[A.MONEY, 0] = 1000.0
    return world


def account(world: World, a: int) -> int:
    """START + RECRUITED less all who are in the ranks or have left them by a cause."""
    t = world.tables
    alive = (t.force_i[F.FACTION] == a) & (t.force_i[F.STATUS] != Status.GONE)
    causes = (
        A.KILLED, A.CAPTURED, A.DESERTED, A.SICK, A.HOSPITAL, A.STRAGGLERS, A.DEFECTED_OUT, A.DEMOBILISED,
        A.DIED_IN_RANKS,
    )  # fmt: skip
    out = int(t.force_i[F.MEN][alive].sum()) + sum(int(t.faction_i[k, a]) for k in causes)
    return int(t.faction_i[A.START, a] + t.faction_i[A.RECRUITED, a] + t.faction_i[A.DEFECTED_IN, a]) - out


def pool(world: World, a: int, first: int = 0) -> int:
    """Men called up (and those there at first) less all who are in the pipe, in the ranks or have gone home."""
    t = world.tables.faction_i[:, a]
    return int(first + t[A.RAISED] - t[A.TRAINING] - t[A.MANPOWER] - t[A.RECRUITED] - t[A.LEFT_TRAINING])


def test_10_20_men_are_called_up_by_policy_and_support_while_formations_lack_men() -> None:
    called = {}
    for policy, support in ((0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 1.0)):
        world = army(people=20_000, establishment=100_000)
        world.tables.policy[P.CONSCRIPTION, 0] = policy
        world.tables.support[0] = support
        world.tables.faction_i[A.MOVEMENT] = [0, 1]
        called[policy, support] = int(next((r.a for r in a_month(world).of_kind(RecordKind.MUSTER)), 0))
    assert called[0.0, 0.0] == 0 < called[0.5, 0.0]
    assert called[1.0, 0.0] == pytest.approx(2 * called[0.5, 0.0], abs=2)
    assert called[1.0, 1.0] == pytest.approx(called[1.0, 0.0] / 0.4, rel=0.01)


def test_10_20_nobody_is_called_up_beyond_the_ceiling_or_for_full_formations() -> None:
    world = army(people=500, establishment=100_000)
    world.tables.policy[P.CONSCRIPTION, 0] = 1.0
    a_month(world)  # 2,500 of 54,000 people are under arms: the ceiling leaves 200
    assert world.tables.faction_i[A.RAISED, 0] <= 0.05 * 54_000 - 2500 + 1
    full = army(men=5000, people=20_000)
    full.tables.policy[P.CONSCRIPTION, 0] = 1.0
    for _ in range(12):
        a_month(full)
    pipe = full.tables.faction_i[[A.TRAINING, A.MANPOWER], 0].sum()
    assert pipe <= 0.1 * 5000 + 1


def test_10_21_volunteers_come_from_supporters_and_camps_and_fewer_without_sanctuary() -> None:
    counts = []
    for supporters, camp, sanctuary in ((0.0, 0, True), (1.0, 0, False), (1.0, 0, True), (0.0, 50_000, True)):
        world = army(people=20_000, establishment=100_000, factions=3, camps=[{}])
        t = world.tables
        t.faction_i[A.MOVEMENT] = [0, 1, -1]
        t.faction_i[A.CLASS, 2] = FactionClass.STATE
        t.support[0] = supporters
        t.camp_i[K.HOLDER, 0] = 0
        t.camp_i[K.PEOPLE, 0] = camp
        if sanctuary:
            t.stance[0, 2] = t.stance[2, 0] = Stance.ACCESS
        counts.append(int(next((r.b for r in a_month(world).of_kind(RecordKind.MUSTER)), 0)))
    none, without, with_, from_camp = counts
    assert none == 0 < without
    assert without == pytest.approx(0.4 * with_, abs=2)
    month = standard_ruleset().manpower.camp_month * 28 / DAYS_A_MONTH
    assert from_camp == pytest.approx(50_000 * month, abs=2)


def test_10_22_training_takes_months_and_some_go_home() -> None:
    world = army(men=5000)
    world.tables.faction_i[A.TRAINING, 0] = 1000
    for _ in range(4):
        a_month(world)
    t = world.tables.faction_i[:, 0]
    assert 0 < t[A.TRAINING] < 400
    assert t[A.MANPOWER] > 400
    assert t[A.LEFT_TRAINING] > 100
    assert pool(world, 0, 1000) == 0


def test_10_22_volunteers_do_not_go_home_from_training() -> None:
    def left(policy: float) -> int:
        world = army(people=20_000, establishment=100_000, camps=[{}])
        t = world.tables
        t.policy[P.CONSCRIPTION, 0] = policy
        t.faction_i[A.MOVEMENT] = [0, 1]
        t.camp_i[[K.HOLDER, K.PEOPLE], 0] = 0, 50_000
        for _ in range(4):
            a_month(world)
        return int(t.faction_i[A.LEFT_TRAINING, 0])

    assert left(0.0) == 0 < left(1.0)


def test_10_21_nobody_recruits_in_a_camp_that_its_host_runs() -> None:
    world = army(people=20_000, establishment=100_000, camps=[{}])
    world.tables.faction_i[A.MOVEMENT] = [-1, 1]
    world.tables.camp_i[[K.HOLDER, K.PEOPLE], 0] = 0, 50_000
    a_month(world)
    assert world.tables.faction_i[A.RAISED, 0] == 0


def test_10_23_replacements_need_men_and_arms_and_both_are_used_up() -> None:
    world = army(manpower=400, kits=300)
    world.tables.faction_f[A.MONEY, 0] = 0.2  # none to buy arms with
    a_month(world)
    t = world.tables
    assert t.force_i[F.MEN, 0] == 2800
    assert t.faction_i[[A.MANPOWER, A.KITS, A.RECRUITED], 0].tolist() == [100, 0, 300]
    assert account(world, 0) == 0
    assert world.tables.force_f[F.QUALITY, 0] < 1.0


@pytest.mark.parametrize("bar", ["hungry", "fought", "enemy in the place", "broken", "bands outside their base"])
def test_10_23_no_replacements_for_the_hungry_the_broken_and_those_in_contact(bar: str) -> None:
    world = state([force(0, TOWN, 2500), force(1, TOWN if bar == "enemy in the place" else TOWN + 5, 500)])
    t = world.tables
    t.force_i[F.START_MEN, 0] = 5000
    t.faction_i[[A.MANPOWER, A.KITS], 0] = 1000
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    if bar == "hungry":
        t.force_f[F.HUNGER, 0] = 0.9
    elif bar == "fought":
        t.force_i[F.LAST_FOUGHT, 0] = world.hour
    elif bar == "broken":
        t.force_i[F.STATUS, 0] = Status.ROUTED
    elif bar == "bands outside their base":
        t.force_i[F.STATUS, 0] = Status.BANDS
    a_month(world)
    assert t.force_i[F.MEN, 0] == 2500


@pytest.mark.parametrize("who", ["formed, the enemy beside", "bands in their base, the enemy in it"])
def test_10_23_replacements_come_where_nobody_fights(who: str) -> None:
    bands = who.startswith("bands")
    world = state([force(0, TOWN, 2500), force(1, TOWN if bands else TOWN + 1, 500)])
    t = world.tables
    t.force_i[F.START_MEN, 0] = 5000
    t.faction_i[[A.MANPOWER, A.KITS], 0] = 1000
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    if bands:
        t.force_i[F.STATUS, 0] = Status.BANDS
        world.setting.ground.shelter[TOWN] = 0
    a_month(world)
    assert t.force_i[F.MEN, 0] > 2500


def test_10_24_training_brings_quality_back_and_fighting_leads_beyond() -> None:
    quality = []
    for fought in (NEVER, 0):
        world = army()
        world.tables.force_f[F.QUALITY, 0] = 0.9
        world.tables.force_i[F.LAST_FOUGHT, 0] = fought
        for _ in range(60):
            a_month(world)
        quality.append(float(world.tables.force_f[F.QUALITY, 0]))
    assert quality[0] == pytest.approx(1.0, abs=0.01)
    assert 1.05 < quality[1] <= 1.1


def raising(**changes: int) -> tuple[World, Reason, Records]:
    """Faction 0 raises the second formation, which is in reserve."""
    world = state([force(0, TOWN, 2500), force(0, TOWN + 3, 0, arrives=F.UNRAISED, status=Status.PENDING)])
    t = world.tables
    t.force_i[F.START_MEN, 1] = 2000
    t.faction_i[A.MANPOWER, 0] = changes.get("manpower", 1500)
    t.faction_i[A.KITS, 0] = changes.get("kits", 1800)
    t.faction_f[A.ARREARS, 0] = changes.get("arrears", 0)
    t.hex_i[H.CONTROL, TOWN + 3] = changes.get("holder", 0)
    world.setting.cast.means.not_before[1] = changes.get("not_before", 0)
    orders = Orders(acts=(FactionAct(0, Act.RAISE, a=changes.get("force", 1)),))
    records = world.step({"s0": orders})
    refused = list(records.of_kind(RecordKind.ACT_REFUSED))
    return world, refused[0].reason if refused else Reason.NONE, records


def test_10_25_a_formation_is_raised_with_the_men_there_are_and_comes_in_weeks_later() -> None:
    world, why, records = raising()
    assert why is Reason.NONE
    t = world.tables
    assert t.force_i[[F.MEN, F.STATUS], 1].tolist() == [1500, Status.PENDING]
    assert t.faction_i[[A.MANPOWER, A.KITS], 0].tolist() == [0, 300]
    assert account(world, 0) == 0
    (told,) = list(records.of_kind(RecordKind.RAISED))
    assert say_what(told, world.setting) == (
        "Force 1 (F0) is raised with 1,500 men and comes in after 60 days: as ordered"
    )
    assert t.force_i[F.ARRIVES, 1] == 60 * 24


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"manpower": 900}, Reason.NO_MANPOWER),
        ({"kits": 900}, Reason.NO_KITS),
        ({"arrears": 3}, Reason.NO_MONEY),
        ({"holder": NO_FACTION}, Reason.PLACE_NOT_HELD),
        ({"holder": 1}, Reason.PLACE_NOT_HELD),
        ({"not_before": 9999}, Reason.NOT_YET_DUE),
        ({"force": 0}, Reason.NOT_IN_RESERVE),
        ({"force": 7}, Reason.NO_SUCH_FORCE),
    ],
)
def test_10_25_raising_is_refused_with_the_reason_and_changes_nothing(change: dict[str, int], why: Reason) -> None:
    world, refused, _ = raising(**change)
    assert refused is why
    assert world.tables.force_i[F.MEN, 1] == 0
    assert world.tables.faction_i[A.RECRUITED, 0] == 0


def test_10_26_a_shell_that_nobody_can_fill_is_disbanded_and_its_men_go_home() -> None:
    world = state([force(0, TOWN, 100), force(0, TOWN + 3, 3000)])
    world.tables.force_i[F.START_MEN, 0] = 5000
    (told,) = list(a_month(world).of_kind(RecordKind.DISBANDED))
    assert told.reason is Reason.TOO_FEW
    assert world.tables.faction_i[[A.DEMOBILISED, A.KITS], 0].tolist() == [100, 100]
    assert account(world, 0) == 0


def test_10_26_a_faction_that_cannot_pay_loses_formations_one_by_one_but_never_its_last() -> None:
    world = state([force(0, TOWN + k, 1000 + k) for k in range(3)])
    gone = []
    for _ in range(14):
        gone.append(len(a_month(world).of_kind(RecordKind.DISBANDED)))
    assert sum(gone) == 2
    assert max(gone) == 1
    assert sum(gone[:8]) == 0
    assert account(world, 0) == 0


def test_10_27_arms_of_the_sick_and_of_some_deserters_stay_with_the_army_and_count_once() -> None:
    world = army(men=5000)
    world.tables.faction_i[[A.SICK, A.DESERTED], 0] = 1000, 400
    for _ in range(3):
        a_month(world)
    rules = standard_ruleset().manpower
    left = round(1000 * rules.arms_left_sick + 400 * rules.arms_left_gone)
    assert world.tables.faction_i[[A.KITS, A.KITS_LEFT], 0].tolist() == [left, left]


def test_8_4_few_fall_sick_in_quarters_at_home() -> None:
    sick = []
    for host in (0, 1):
        world = small_game(
            [force(0, TOWN, 50_000)], hexmap=plain_map(terrain=np.full(108, Terrain.FOREST, np.int8)), control=0,
            host=np.full(108, host, np.int8), depots=[(TOWN, 0, 10**9)],
        )  # fmt: skip
        world.tables.faction_i[A.MOVEMENT, 1] = -1
        for _ in range(4):
            world.step({})
        sick.append(int(world.tables.faction_i[A.SICK, 0]))
    assert sick[0] < 0.2 * sick[1]


def amnesty(**changes: float) -> tuple[World, int]:
    """A year of faction 0's amnesty for 10,000 men of faction 1 beside its land; how many came over."""
    world = state([force(0, TOWN, 1000), force(1, TOWN + 12, 10_000)])
    t = world.tables
    t.hex_i[H.CONTROL] = NO_FACTION
    t.hex_i[H.CONTROL, TOWN + int(changes.get("away", 0))] = 0
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    t.policy[P.AMNESTY, 0] = changes.get("policy", 1.0)
    t.faction_f[A.MONEY, 0] = changes.get("money", 100.0)
    t.faction_f[A.MONEY, 1] = changes.get("their_money", 100.0)
    t.faction_f[A.UNITY, 1] = changes.get("unity", 1.0)
    for _ in range(12):
        a_month(world)
    assert account(world, 0) == account(world, 1) == 0
    assert pool(world, 0) == 0
    return world, int(t.faction_i[A.CAME_OVER, 0])


def test_10_35_an_amnesty_draws_single_men_and_most_go_home() -> None:
    world, came = amnesty()
    assert 150 < came < 320
    t = world.tables.faction_i
    assert t[A.DEFECTED_OUT, 1] == came
    assert 0.1 * came < t[A.RAISED, 0] < 0.4 * came


def test_10_35_more_of_the_unpaid_and_of_those_whose_leaders_are_at_odds_and_none_out_of_reach_or_without_money() -> (
    None
):
    usual = amnesty()[1]
    assert amnesty(their_money=0.0)[1] > 1.4 * usual
    assert amnesty(unity=0.3)[1] > 1.6 * usual
    assert amnesty(policy=0.0)[1] == 0
    assert amnesty(away=5)[1] == 0
    assert amnesty(money=0.0)[1] == 0


def test_8_3_men_desert_more_when_they_are_not_paid() -> None:
    world = army()
    t, g, _, r, _ = world.impulse
    paid = plain(desertion_rate)(t, g, r, 0, 0, False)
    t.faction_f[A.ARREARS, 0] = 3.0
    unpaid = plain(desertion_rate)(t, g, r, 0, 0, False)
    t.faction_f[A.ARREARS, 0] = 12.0
    assert unpaid == pytest.approx(1.6 * paid) == plain(desertion_rate)(t, g, r, 0, 0, False)


def act(world: World, act_: FactionAct) -> Reason:
    refused = list(world.step({"s0": Orders(acts=(act_,))}).of_kind(RecordKind.ACT_REFUSED))
    return refused[0].reason if refused else Reason.NONE


@pytest.mark.parametrize(
    ("policy", "value", "home_front", "keeps", "why"),
    [
        (P.CIVIC, 60, 1, 1, Reason.NONE),
        (P.CIVIC, 101, 1, 1, Reason.OUT_OF_BOUNDS),
        (P.CIVIC, -1, 1, 1, Reason.OUT_OF_BOUNDS),
        (P.POLICIES, 50, 1, 1, Reason.OUT_OF_BOUNDS),
        (P.CONSCRIPTION, 50, 0, 1, Reason.NO_HOME_FRONT),
        (P.PAY, 50, 0, 1, Reason.NONE),
        (P.PAY, 50, 1, 0, Reason.NO_ECONOMY),
    ],
)
def test_10_40_policies_are_set_within_bounds_by_those_who_have_a_home_front(
    policy: int, value: int, home_front: int, keeps: int, why: Reason
) -> None:
    world = army()
    world.setting.cast.means.home_front[0] = home_front
    world.setting.cast.means.keeps[0] = keeps
    before = world.tables.policy.copy()
    assert act(world, FactionAct(0, Act.POLICY, a=policy, value=value)) is why
    if why is Reason.NONE:
        assert world.tables.policy[policy, 0] == value / 100
    else:
        assert (world.tables.policy == before).all()


def test_10_40_a_policy_set_is_said_in_words() -> None:
    world = army()
    records = world.step({"s0": Orders(acts=(FactionAct(0, Act.POLICY, a=P.CIVIC, value=40),))})
    (told,) = list(records.of_kind(RecordKind.ACT))
    assert say_what(told, world.setting) == "F0 sets civic work to 40 %: as ordered"


@pytest.mark.parametrize(
    ("to", "thousand", "vote", "stance", "why"),
    [
        (1, 1000, 12.0, Stance.NEUTRAL, Reason.NONE),
        (1, 1001, 12.0, Stance.NEUTRAL, Reason.BEYOND_VOTE),
        (1, -1, 12.0, Stance.NEUTRAL, Reason.BEYOND_VOTE),
        (1, 10, 0.0, Stance.NEUTRAL, Reason.NO_VOTE),
        (1, 10, 12.0, Stance.WAR, Reason.NO_RECIPIENT),
        (0, 10, 12.0, Stance.NEUTRAL, Reason.NO_RECIPIENT),
        (9, 10, 12.0, Stance.NEUTRAL, Reason.NO_RECIPIENT),
    ],
)
def test_10_41_aid_is_given_within_the_vote_to_who_can_take_it(
    to: int, thousand: int, vote: float, stance: Stance, why: Reason
) -> None:
    world = army()
    t = world.tables
    t.faction_f[A.AID_BUDGET, 0] = vote
    t.stance[0, 1] = t.stance[1, 0] = stance
    assert act(world, FactionAct(0, Act.AID, a=to, value=thousand)) is why
    assert t.aid[0, 1] == (thousand * 12 / 1000 if why is Reason.NONE else 0.0)


@FEW
@given(
    men=st.lists(st.integers(1, 8000), min_size=4, max_size=4),
    lacks=st.integers(0, 6000),
    seed=st.integers(0, 2**31 - 1),
    manpower=st.integers(0, 9000),
    training=st.integers(0, 9000),
    kits=st.integers(0, 9000),
    money=st.floats(0, 10),
    conscription=st.floats(0, 1),
    amnesty_=st.floats(0, 1),
    unity=st.floats(0, 1),
    people=st.integers(0, 20_000),
)
def test_men_are_conserved_and_nothing_is_ever_negative(
    men: list[int], lacks: int, seed: int, manpower: int, training: int, kits: int, money: float,
    conscription: float, amnesty_: float, unity: float, people: int,
) -> None:  # fmt: skip
    specs = [force(k % 2, (5, 20, 60, 90)[k], men[k]) for k in range(4)]
    world = state(specs, people=people, seed=seed)
    t = world.tables
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    t.hex_i[H.CONTROL, 50:] = 1
    t.force_i[F.START_MEN] += lacks
    t.faction_i[[A.MANPOWER, A.TRAINING, A.KITS]] = np.array([[manpower], [training], [kits]])
    t.faction_f[A.MONEY] = money
    t.faction_f[A.UNITY] = unity
    t.policy[[P.CONSCRIPTION, P.AMNESTY]] = np.array([[conscription], [amnesty_]])
    for _ in range(6):
        a_month(world)
        for a in range(2):
            assert account(world, a) == 0
            assert pool(world, a, manpower + training) == 0
        assert (t.force_i[F.MEN] >= 0).all()
        assert (t.faction_i[[A.MANPOWER, A.TRAINING, A.KITS]] >= 0).all()
        assert (t.faction_f[[A.MONEY, A.ARREARS, A.INCOME, A.OUTLAY]] >= 0.0).all()


def test_a_symmetric_world_gives_both_the_same() -> None:
    world = state([force(0, 5, 3000), force(1, 90, 3000)], people=5000)
    t = world.tables
    t.hex_i[H.CONTROL, 54:] = 1
    t.force_i[F.START_MEN] = 6000
    t.faction_i[[A.MANPOWER, A.KITS]] = 500
    t.policy[[P.TAX, P.CIVIC]] = 0.5
    a_month(world)
    for table in (t.faction_f, t.faction_i[[A.RECRUITED, A.MANPOWER, A.KITS]], t.force_i[F.MEN][None]):
        assert (table[:, 0] == table[:, 1]).all()


@pytest.mark.parametrize("aid", [(0.0, 20.0), (20.0, 80.0)])
def test_more_aid_never_means_fewer_men(aid: tuple[float, float]) -> None:
    strengths = []
    for given_ in aid:
        world = state([force(0, TOWN, 3000), force(0, TOWN + 3, 2000)], people=2000)
        t = world.tables
        t.force_i[F.START_MEN] = 8000
        t.policy[P.CONSCRIPTION, 0] = 0.5
        t.aid[1, 0] = given_
        world.setting.cast.means.vote[1] = 100.0
        t.faction_f[A.AID_BUDGET, 1] = 100.0
        for _ in range(18):
            a_month(world)
        strengths.append(int(t.force_i[F.MEN].sum()))
    assert strengths[0] <= strengths[1]


@pytest.mark.parametrize("days", [2.0, 4.0, 8.0])
def test_the_length_of_the_turn_changes_nothing(days: float) -> None:
    """Two months in three lengths of a turn: the same money and men as in turns of eight days."""
    ends = []
    for length in (days, 8.0):
        world = army(people=5000, days_per_turn=length, impulses=2, turns=100)
        t = world.tables
        t.policy[[P.TAX, P.CONSCRIPTION], 0] = 0.5
        while world.hour < 72 * 24:
            world.step({})
        ends.append(np.append(t.faction_f[[A.MONEY, A.ARREARS, A.TAXES], 0], t.faction_i[[A.RAISED, A.TRAINING], 0]))
    assert ends[0] == pytest.approx(ends[1], rel=0.02)
