"""Chapter 10, first part: money, patrons, pipelines, corruption."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import FactionClass, Life, Stance
from game.core.kernels import plain
from game.core.means import Means, no_means
from game.core.reasons import Reason
from game.core.records import RecordKind, Records, say_what
from game.engine.world import World
from game.rules.aid import open_share
from game.rules.economy import keep_accounts
from tests.builders import force, small_game

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOWN = 54
"""Hex in the middle of the plain map."""


def means(factions: int, forces: int, **more: Any) -> Means:
    """Everybody keeps accounts on the ruleset's pay of an army; `more` replaces fields."""
    usual = {
        "keeps": np.ones(factions, np.int8),
        "pay": np.full(factions, 10.0),
        "quality": np.ones(forces),
        "first_year": 1978,
        "budget": np.zeros((factions, 3)),
        "vote": np.zeros((factions, 3)),
        "custom": np.zeros((factions, factions, 3)),
    }
    return no_means(factions, forces)._replace(**(usual | more))


def state(forces: list[dict[str, Any]] | None = None, factions: int = 2, people: int = 1000, **more: Any) -> World:
    """Faction 0 holds the map, faction 1 is elsewhere and at peace with it."""
    forces = [force(0, TOWN, 5000)] if forces is None else forces
    given_ = {key: more.pop(key) for key in list(more) if key in Means._fields}
    world = small_game(
        forces, factions=factions, people=people, means=means(factions, len(forces), **given_),
        **{"control": 0, "start": date(1979, 3, 1), **more},
    )  # fmt: skip
    t = world.tables
    t.stance[:] = Stance.NEUTRAL
    np.fill_diagonal(t.stance, Stance.ALLIED)
    t.policy[P.PAY] = 1.0
    return world


def a_month(world: World) -> Records:
    world.work.written[0] = 0
    plain(keep_accounts)(*world.month)
    return Records(world.work.records[: int(world.work.written[0])].copy())


def figure(world: World, column: int, faction: int = 0) -> float:
    return float(world.tables.faction_f[column, faction])


def test_10_1_without_an_economy_nothing_happens() -> None:
    world = small_game([force(0, TOWN)], people=1000, control=0)
    before = world.state_hash()
    assert len(a_month(world)) == 0
    assert world.state_hash() == before


def test_10_2_taxes_go_with_policy_hold_and_food() -> None:
    world = state(people=10_000)
    t = world.tables
    t.policy[P.TAX, 0] = 0.5
    a_month(world)
    full = figure(world, A.TAXES)
    rules = world.setting.ruleset.economy
    assert full == pytest.approx(rules.tax_head * 0.5 * 10_000 * t.hex_i.shape[1] / 12 / 1e6)
    t.hex_f[H.HOLD] = 0.5
    a_month(world)
    assert figure(world, A.TAXES) == pytest.approx(full / 2)
    t.hex_f[H.WANT] = 0.25
    a_month(world)
    assert figure(world, A.TAXES) == pytest.approx(full / 2 * 0.75)


def test_10_2_a_foreign_army_holds_the_land_for_the_movement_it_is_allied_with() -> None:
    world = state(factions=2, people=10_000)
    t = world.tables
    t.faction_i[A.MOVEMENT] = [-1, 0]
    t.policy[P.TAX] = 1.0
    a_month(world)
    assert figure(world, A.TAXES, 0) == figure(world, A.TAXES, 1) == 0.0
    t.stance[0, 1] = t.stance[1, 0] = Stance.ALLIED
    a_month(world)
    assert figure(world, A.TAXES, 0) == 0.0
    assert figure(world, A.TAXES, 1) > 0.0


def test_10_3_a_budget_is_the_years() -> None:
    world = state(budget=np.array([[12.0, 24.0, 36.0], [0.0, 0.0, 0.0]]), outside=np.array([1, 0], np.int8))
    a_month(world)
    assert figure(world, A.BUDGETED) == 2.0
    assert figure(world, A.TAXES) == 0.0


def riches(**more: Any) -> World:
    """Gems in the town that faction 1 buys."""
    world = state(
        rich_hex=np.array([TOWN]), rich_value=np.array([120.0]), rich_from=np.array([more.pop("opened", 0)]),
        rich_until=np.array([99999]), rich_buyer=np.array([1]), **more,
    )  # fmt: skip
    world.tables.policy[P.TRADE, 0] = 0.5
    return world


def test_10_4_gems_are_sold_by_whoever_controls_the_place() -> None:
    world = riches()
    a_month(world)
    assert figure(world, A.TRADED) == pytest.approx(5.0)
    world.tables.hex_i[H.CONTROL, TOWN] = 1
    a_month(world)
    assert figure(world, A.TRADED) == 0.0


@pytest.mark.parametrize("bar", ["hostile", "sanction", "not yet", "no policy"])
def test_10_4_no_trade_with_an_enemy_under_sanctions_before_its_time_or_against_policy(bar: str) -> None:
    world = riches(opened=1989 * 12 if bar == "not yet" else 0)
    t = world.tables
    if bar == "hostile":
        t.stance[0, 1] = t.stance[1, 0] = Stance.HOSTILE
    elif bar == "sanction":
        t.sanction[1, 0] = 1
    elif bar == "no policy":
        t.policy[P.TRADE, 0] = 0.0
    a_month(world)
    assert figure(world, A.TRADED) == 0.0


def patron(aid: float, vote: float, factions: int = 2, **more: Any) -> World:
    """Faction 1 has promised faction 0 `aid` US$ m a year and has `vote` to give."""
    world = state(factions=factions, **more)
    world.tables.aid[1, 0] = aid
    world.tables.faction_f[A.AID_BUDGET, 1] = vote
    return world


def test_10_5_a_patron_gives_at_most_its_vote_and_the_same_share_to_all() -> None:
    world = patron(60.0, 45.0, factions=3)
    world.tables.aid[1, 2] = 30.0
    a_month(world)
    assert figure(world, A.GIVEN, 1) == pytest.approx(45.0 / 12)
    assert figure(world, A.AIDED, 0) == pytest.approx(2 * figure(world, A.AIDED, 2))


@pytest.mark.parametrize("why", ["war", "no actor"])
def test_10_5_nobody_aids_an_enemy_or_who_is_no_actor(why: str) -> None:
    world = patron(60.0, 60.0)
    if why == "war":
        world.tables.stance[0, 1] = world.tables.stance[1, 0] = Stance.WAR
    else:
        world.tables.faction_i[A.LIFE, 0] = Life.LATENT
    a_month(world)
    assert figure(world, A.GIVEN, 1) == 0.0
    assert world.tables.faction_i[A.KITS, 0] == 0


def test_10_5_a_patron_without_a_command_keeps_to_its_custom_and_has_a_new_vote_at_new_year() -> None:
    custom = np.zeros((2, 2, 3))
    custom[1, 0] = [6.0, 7.0, 8.0]
    world = patron(1.0, 1.0, custom=custom, sides=[(0,)], start=date(1979, 1, 1))
    world.setting.cast.means.vote[1] = 50.0
    a_month(world)  # December 1978
    assert world.tables.aid[1, 0] == 7.0
    assert figure(world, A.AID_BUDGET, 1) == 50.0


def piped(host: int = -1, port: int = -1, **more: Any) -> World:
    """10 t a day for 60 m a year into faction 0's depot."""
    return patron(
        60.0, 60.0, factions=3, depots=[(TOWN, 0, 0, 0, 10**6)], pipe_donor=np.array([1]), pipe_to=np.array([0]),
        pipe_depot=np.array([0]), pipe_kg=np.array([10_000.0]), pipe_aid=np.array([60.0]),
        pipe_most=np.array([12_000.0]), pipe_host=np.array([host]), pipe_port=np.array([port]), **more,
    )  # fmt: skip


def test_10_6_a_pipeline_brings_tonnes_in_proportion_to_the_aid_up_to_its_capacity() -> None:
    world = piped()
    t = world.tables
    for aid, kg in ((60.0, 10_000), (30.0, 5_000), (90.0, 10_000)):
        t.aid[1, 0] = aid
        a_month(world)
        assert t.depot_i[D.INFLOW_KG, 0] == kg
    t.faction_f[A.AID_BUDGET, 1] = 90.0
    a_month(world)
    assert t.depot_i[D.INFLOW_KG, 0] == 12_000


def test_10_6_a_host_that_grants_no_passage_shuts_the_way_and_it_is_told_why() -> None:
    world = piped(host=2)
    t = world.tables
    t.depot_i[D.INFLOW_KG, 0] = 10_000
    (told,) = list(a_month(world).of_kind(RecordKind.PIPELINE))
    assert t.depot_i[D.INFLOW_KG, 0] == 0
    assert told.reason is Reason.WAY_SHUT
    assert "gets nothing any more from F1: the way is shut" in say_what(told, world.setting)
    assert t.faction_i[A.KITS, 0] == 0
    assert figure(world, A.GIVEN, 1) == pytest.approx(60.0 / 12 * world.setting.ruleset.economy.aid_money)
    t.stance[0, 2] = t.stance[2, 0] = Stance.ACCESS
    (told,) = list(a_month(world).of_kind(RecordKind.PIPELINE))
    assert t.depot_i[D.INFLOW_KG, 0] == 10_000
    assert t.faction_i[A.KITS, 0] > 0
    assert "gets about 10 t a day through F1's pipeline again" in say_what(told, world.setting)


def test_10_6_a_port_in_other_hands_shuts_the_way() -> None:
    world = piped(port=3)
    a_month(world)
    assert world.tables.depot_i[D.INFLOW_KG, 0] > 0
    world.tables.hex_i[H.CONTROL, 3] = 2
    a_month(world)
    assert world.tables.depot_i[D.INFLOW_KG, 0] == 0


def test_10_6_a_donor_who_promises_and_has_no_vote_gives_nothing_and_nothing_breaks() -> None:
    world = piped()
    t = world.tables
    t.faction_f[A.AID_BUDGET, 1] = 0.0
    a_month(world)
    assert (figure(world, A.GIVEN, 1), int(t.depot_i[D.INFLOW_KG, 0])) == (0.0, 0)
    assert np.isfinite(t.faction_f).all()
    assert plain(open_share)(t, world.setting.cast, 1, 0, 0.0) == plain(open_share)(t, world.setting.cast, 1, 0, -1.0)


def test_10_7_corruption_takes_its_share() -> None:
    world = patron(60.0, 60.0)
    a_month(world)
    clean, kits = figure(world, A.AIDED), int(world.tables.faction_i[A.KITS, 0])
    world.tables.faction_f[A.CORRUPTION, 0] = 0.5
    a_month(world)
    assert figure(world, A.AIDED) == pytest.approx(clean / 2)
    assert int(world.tables.faction_i[A.KITS, 0]) - kits == pytest.approx(kits / 2, abs=1)


def test_10_8_pay_comes_first_and_programmes_get_what_is_left() -> None:
    world = state(people=10_000)
    t = world.tables
    t.policy[P.CIVIC, 0] = 1.0
    a_month(world)
    assert figure(world, A.FUNDED) == 0.0
    rules = world.setting.ruleset.economy
    due = 5000 * (10.0 + rules.upkeep_man) / 1e6
    civic = rules.civic_head * 10_000 * t.hex_i.shape[1] / 12 / 1e6
    t.faction_f[A.MONEY, 0] = due + civic / 4
    t.faction_f[A.ARREARS, 0] = 0.0
    a_month(world)
    assert figure(world, A.FUNDED) == pytest.approx(0.25)
    assert figure(world, A.ARREARS) == pytest.approx(0.0)
    assert figure(world, A.MONEY) == pytest.approx(0.0, abs=1e-12)


def test_10_9_what_is_not_paid_is_owed_told_and_made_good_later() -> None:
    world = state()
    t = world.tables
    (told,) = list(a_month(world).of_kind(RecordKind.PAID_SHORT))
    assert figure(world, A.ARREARS) == 1.0
    assert say_what(told, world.setting) == (
        "F0 paid 0 % of its soldiers' pay and owes 1.0 months of it: there is not enough money"
    )
    t.faction_f[A.MONEY, 0] = 100.0
    for _ in range(12):
        a_month(world)
    assert figure(world, A.ARREARS) < 0.05
    t.faction_f[A.MONEY, 0] = 0.0
    for _ in range(20):
        a_month(world)
    assert figure(world, A.ARREARS) == world.setting.ruleset.economy.arrears_most


def test_10_9_a_policy_not_to_pay_in_full_is_owed_too() -> None:
    world = state()
    world.tables.faction_f[A.MONEY, 0] = 100.0
    world.tables.policy[P.PAY, 0] = 0.4
    a_month(world)
    assert figure(world, A.ARREARS) == pytest.approx(0.6)


def test_10_12_who_has_men_without_arms_buys_them_with_what_is_beyond_the_reserve() -> None:
    world = state(forces=[force(0, TOWN, 1000)])
    t = world.tables
    t.faction_i[A.MANPOWER, 0] = 1500
    a_month(world)
    assert t.faction_i[A.KITS, 0] == 0
    t.faction_f[A.MONEY, 0] = 100.0
    a_month(world)
    assert t.faction_i[[A.KITS, A.KITS_BOUGHT], 0].tolist() == [1500, 1500]
    price = world.setting.ruleset.economy.arms_price
    assert figure(world, A.OUTLAY) > 1500 * price / 1e6


def test_10_3_what_a_state_outside_does_not_need_goes_to_its_own_affairs() -> None:
    world = state(budget=np.array([[240.0] * 3, [0.0] * 3]), outside=np.array([1, 0], np.int8))
    for _ in range(12):
        a_month(world)
    rules = world.setting.ruleset.economy
    assert figure(world, A.MONEY) == pytest.approx(rules.keep_months * 5000 * (10.0 + rules.upkeep_man) / 1e6)


def test_10_10_corruption_rises_where_soldiers_are_unpaid_and_falls_under_oversight() -> None:
    worse, better, rest = state(), state(), state()
    for world in (worse, better, rest):
        world.tables.faction_f[A.CORRUPTION, 0] = 0.2
        world.setting.cast.means.graft[0] = 0.2
        world.tables.faction_f[A.MONEY, 0] = 0.0 if world is worse else 1000.0
    better.tables.policy[P.CIVIC, 0] = 1.0
    for world in (worse, better, rest):
        for _ in range(12):
            a_month(world)
    assert figure(rest, A.CORRUPTION) == pytest.approx(0.2)
    assert figure(better, A.CORRUPTION) < 0.19
    assert figure(worse, A.CORRUPTION) > 0.25


def test_10_11_transport_wears_out_without_upkeep_and_aid_keeps_it_up() -> None:
    world = patron(0.0, 60.0, lift=np.array([1000.0, 0.0]))
    world.tables.faction_f[A.LIFT_TKM, 0] = 1000.0
    a_month(world)
    assert figure(world, A.LIFT_TKM) < 1000.0
    world.tables.faction_f[A.MONEY, 0] = 1000.0
    world.tables.aid[1, 0] = 60.0
    for _ in range(48):
        a_month(world)
    assert figure(world, A.LIFT_TKM) > 1500.0


@FEW
@given(
    money=st.floats(0, 50), aid=st.floats(0, 200), vote=st.floats(0, 200), tax=st.floats(0, 1), civic=st.floats(0, 1),
    seal=st.floats(0, 1), pay=st.floats(0, 1), corruption=st.floats(0, 1), men=st.integers(1, 100_000),
    hold=st.floats(0, 1),
)  # fmt: skip
def test_10_1_money_is_conserved_and_nothing_is_ever_negative(
    money: float, aid: float, vote: float, tax: float, civic: float, seal: float, pay: float, corruption: float,
    men: int, hold: float,
) -> None:  # fmt: skip
    world = patron(aid, vote, forces=[force(0, TOWN, men)], people=5000)
    t = world.tables
    t.faction_f[A.MONEY, 0] = money
    t.faction_f[A.CORRUPTION, 0] = corruption
    t.hex_f[H.HOLD] = hold
    t.policy[[P.TAX, P.CIVIC, P.SEAL, P.PAY], 0] = tax, civic, seal, pay
    for _ in range(3):
        before = figure(world, A.MONEY)
        a_month(world)
        assert figure(world, A.MONEY) == pytest.approx(before + figure(world, A.INCOME) - figure(world, A.OUTLAY))
        assert figure(world, A.INCOME) == pytest.approx(
            sum(figure(world, k) for k in (A.BUDGETED, A.TAXES, A.TRADED, A.AIDED))
        )
        assert (t.faction_f >= 0.0).all()
        assert (t.faction_i[[A.KITS, A.MANPOWER, A.TRAINING]] >= 0).all()
        assert 0.0 <= figure(world, A.CORRUPTION) <= 1.0 and 0.0 <= figure(world, A.FUNDED) <= 1.0
        assert figure(world, A.GIVEN, 1) <= vote / 12 + 1e-9


def test_the_ledger_is_said_in_a_sentence() -> None:
    world = patron(60.0, 60.0)
    world.tables.faction_i[A.CLASS, 1] = FactionClass.STATE
    told = next(iter(a_month(world).of_kind(RecordKind.LEDGER)))
    assert say_what(told, world.setting) == "F0 took in US$ 1.5 m in the month (aid US$ 1.5 m) and spent US$ 110,000"
