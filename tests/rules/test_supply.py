"""Chapter 4: needs, forage, lines of communication, capacity, lift, thin and forward depots, capture, interdiction."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, Arms, FactionClass, Order, Road, Stance, Status
from game.core.records import RecordKind
from game.engine.world import World
from tests.builders import force, line, links, plain_map, small_game, standard_ruleset

STAY = standard_ruleset(morale__desert_month=0.0)
PAVED = links(line(48, 59), Road.PRIMARY)


def day(forces: list[dict], *, days: int = 1, support: float = 0.0, **more: object) -> World:
    """A world after `days` turns of a day, nobody deserting."""
    world = small_game(forces, days_per_turn=1.0, impulses=1, rules=more.pop("rules", STAY), **more)
    world.tables.support[:] = support
    for _ in range(days):
        world.step({})
    return world


def stock(world: World, f: int = 0) -> int:
    return int(world.tables.force_i[F.STOCK_KG, f])


def depot(world: World, k: int = 0) -> int:
    return int(world.tables.depot_i[D.STOCK_KG, k])


@pytest.mark.parametrize(
    ("arms", "idle", "march"),
    [(Arms.LIGHT, 0.9, 1.0), (Arms.INF, 1.0, 1.2), (Arms.INFARTY, 2.0, 3.0), (Arms.MECH, 4.0, 15.0)],
)
def test_4_1_need_goes_with_arms_and_activity(arms: Arms, idle: float, march: float) -> None:
    spec = {"men": 1000, "arms": arms, "stock": 100_000}
    assert 100_000 - stock(day([force(0, 50, **spec)])) == 1000 * idle
    assert 100_000 - stock(day([force(0, 50, order=Order.MOVE, dest=59, **spec)])) == 1000 * march


def test_4_1_tanks_burn_fuel_and_guns_fire_shells_in_battle() -> None:
    rules = standard_ruleset(
        morale__desert_month=0.0, combat__loss_attacker=0.0, combat__break_attacker=0.0, combat__break_base=0.0,
        combat__break_loss=0.0, combat__break_reserve=0.0, combat__advance_hasty=[0, 0, 0, 0],
    )  # fmt: skip
    fighting = force(0, 50, men=1000, tanks=10, guns=20, stock=10**6, order=Order.ATTACK, dest=51)
    world = day([fighting, force(1, 51, men=1000)], rules=rules)
    assert 10**6 - stock(world) == 1000 * 3 + 10 * 150 + 20 * 200


SHORT = standard_ruleset(
    morale__desert_month=0.0, combat__loss_attacker=0.0, combat__loss_defender=0.0, combat__break_attacker=0.0,
    combat__break_base=0.0, combat__break_loss=0.0, combat__break_reserve=0.0, combat__advance_hasty=[24, 24, 24, 24],
    combat__advance_odds=[0, 0.1, 0.2, 0.3],
)  # fmt: skip
"""Battles for a hex of 12 km last half a day and cost no men."""


@pytest.mark.parametrize("impulses", [1, 2, 4, 8])
def test_4_1_a_battle_costs_ammunition_for_the_hours_that_it_lasts(impulses: int) -> None:
    forces = [
        force(0, 50, men=1000, guns=10, stock=10**6, order=Order.ATTACK, dest=51),
        force(1, 51, men=500, stock=10**6, base=59),
    ]
    world = small_game(forces, days_per_turn=1.0, impulses=impulses, rules=SHORT)
    world.step({})
    assert world.tables.hex_i[H.CONTROL, 51] == 0
    fought = 0.5 * (1000 * 3 + 10 * 200)
    # once there it holds, which costs 1 kg a man and day; on the march it would cost 1.2
    assert 10**6 - stock(world) == pytest.approx(fought + 0.5 * 1000, abs=0.5 * 0.2 * 1000)
    assert 10**6 - stock(world, 1) == pytest.approx(0.5 * 500 * 3 + 0.5 * 500, abs=8)


@pytest.mark.parametrize("impulses", [1, 2, 4, 8])
def test_8_2_the_hours_after_a_battle_are_hours_of_rest(impulses: int) -> None:
    forces = [force(0, 50, men=1000, order=Order.ATTACK, dest=51), force(1, 51, men=500, base=59)]
    world = small_game(forces, days_per_turn=1.0, impulses=impulses, rules=SHORT)
    world.step({})
    tired = 0.5 * world.setting.ruleset.combat.tired
    assert world.tables.force_f[F.FATIGUE, 1] == pytest.approx(tired * 0.5 ** (0.5 / 6))


def test_4_2_regulars_find_half_of_their_idle_need_among_people_and_bands_most() -> None:
    assert 60_000 - stock(day([force(0, 50, men=1000)], people=3000)) == 500
    assert 60_000 - stock(day([force(0, 50, men=1000)], people=1500)) == 750
    bands = force(0, 50, men=1000, status=Status.BANDS, order=Order.REST)
    assert 60_000 - stock(day([bands], people=3000, support=1.0)) == 200
    assert 60_000 - stock(day([bands], people=3000, support=0.0)) == 1000 - 800 * 0.4


def test_4_2_bands_live_off_their_base_area_without_people() -> None:
    bands = force(0, 50, men=1000, status=Status.BANDS, order=Order.REST)
    assert 60_000 - stock(day([bands], shelter=np.zeros(108, np.int8))) == 200
    assert 60_000 - stock(day([bands])) == 1000


def test_4_2_insurgents_who_live_hidden_live_off_their_base_area_as_bands_do() -> None:
    def hungry(status: Status, order: Order) -> tuple[int, float]:
        spec = force(1, 50, men=1000, status=status, order=order, stock=0)
        world = small_game([spec], days_per_turn=1.0, impulses=1, rules=STAY, shelter=np.ones(108, np.int8))
        world.tables.faction_i[A.CLASS, 1] = FactionClass.INSURGENCY
        for _ in range(3):
            world.step({})
        return stock(world), float(world.tables.force_f[F.HUNGER, 0])

    assert hungry(Status.ACTIVE, Order.AMBUSH) == hungry(Status.BANDS, Order.REST)
    felt = 1.0 - exp(-3.0 / STAY.supply.hunger_days)
    assert hungry(Status.ACTIVE, Order.AMBUSH)[1] == pytest.approx(0.2 * felt, abs=0.01)
    assert hungry(Status.ACTIVE, Order.HOLD)[1] == pytest.approx(felt, abs=0.01), (
        "who stands in the open waits for what he is sent"
    )


def test_4_3_what_the_rear_sends_comes_in() -> None:
    assert depot(day([force(1, 0)], days=3, depots=[(50, 0, 100, 7000)])) == 21_100


def test_4_3_a_depot_serves_the_whole_side_and_nobody_else() -> None:
    forces = [force(0, 50, men=1000, stock=0), force(1, 50, men=1000, stock=0)]
    allied = day(forces, factions=3, sides=[(0, 1), (2,)], depots=[(50, 0, 10**6)])
    assert stock(allied, 0) == stock(allied, 1) == 5000
    alone = day([forces[0], force(2, 80, men=1000, stock=0)], factions=3, sides=[(0, 1), (2,)], depots=[(50, 0, 10**6)])
    assert stock(alone, 1) == 0


def test_4_4_a_full_force_carries_five_days_of_the_march() -> None:
    world = day([force(0, 52, men=1000, stock=0)], depots=[(50, 0, 10**6)])
    assert stock(world) == 1000 * 1.2 * 5 - 1000
    assert depot(world) == 10**6 - 6000


def test_4_4_enemy_land_cuts_the_line_and_hunger_follows() -> None:
    control = np.zeros(108, np.int64)
    control[(np.arange(108) % 12) == 4] = 1
    world = day([force(0, 54, men=1000, stock=0)], days=3, depots=[(50, 0, 10**6)], control=control)
    assert stock(world) == 0
    assert world.tables.force_f[F.HUNGER, 0] == pytest.approx(1 - exp(-1))


def test_4_4_a_line_goes_round_what_is_held() -> None:
    control = np.zeros(108, np.int64)
    control[(np.arange(108) % 12) == 4] = 1
    control[64] = 0
    assert stock(day([force(0, 54, men=1000, stock=0)], depots=[(50, 0, 10**6)], control=control)) > 0


def test_4_4_no_haul_is_longer_than_its_limit() -> None:
    # trails count eightfold: six hexes of 12 km are 576 km, seven are 672
    for at, fed in ((56, True), (57, False)):
        assert (stock(day([force(0, at, men=100, stock=0)], depots=[(50, 0, 10**6)])) > 0) is fed


def test_4_4_a_thin_depot_counts_as_farther_so_that_a_full_one_takes_over() -> None:
    near_full = day([force(0, 52, men=1000, stock=0)], depots=[(51, 0, 10**6), (50, 0, 10**6)])
    assert (depot(near_full, 0), depot(near_full, 1)) == (994_000, 10**6)
    near_thin = day([force(0, 52, men=1000, stock=0)], depots=[(51, 0, 10_000), (50, 0, 10**6)])
    assert (depot(near_thin, 0), depot(near_thin, 1)) == (10_000, 994_000)


def test_4_4_a_depot_that_was_empty_serves_again_once_it_is_filled() -> None:
    world = small_game(
        [force(0, 51, men=1000, stock=0)], depots=[(50, 0, 0)], days_per_turn=1.0, impulses=1, rules=STAY
    )
    world.step({})
    assert stock(world) == 0
    world.tables.depot_i[D.INFLOW_KG] = 50_000
    world.step({})
    assert stock(world) == 5000


def test_4_5_a_hex_passes_no_more_than_its_roads_carry() -> None:
    big = force(0, 51, men=30_000, stock=0)
    assert 10**7 - depot(day([big], depots=[(50, 0, 10**7)])) == 20_000
    paved = day([force(0, 51, men=30_000, stock=0)], depots=[(50, 0, 10**7)], hexmap=plain_map(road=PAVED))
    assert 10**7 - depot(paved) == 30_000 * 6


def test_4_5_two_forces_on_one_road_share_its_capacity() -> None:
    forces = [force(0, 51, men=3000, stock=0), force(0, 52, men=3000, stock=0)]
    world = day(forces, depots=[(50, 0, 10**7)])
    assert 10**7 - depot(world) == 20_000
    assert stock(world, 0) == 3000 * 5
    assert stock(world, 1) == 0 < world.tables.force_f[F.HUNGER, 1]


def test_4_5_a_depot_hands_out_no_more_than_its_capacity_to_all_together() -> None:
    forces = [force(0, at, men=1000, stock=0) for at in (50, 50, 51)]
    world = day(forces, depots=[(50, 0, 10**7, 0, 9000)])
    assert 10**7 - depot(world) == 9000


def test_4_5_what_the_nearest_depot_cannot_hand_out_that_day_comes_from_the_next_ones() -> None:
    depots = [(51, 0, 10**6, 0, 1000), (52, 0, 10**6, 0, 2000), (49, 0, 10**6)]
    world = day([force(0, 51, men=1000, stock=0)], depots=depots)
    assert [10**6 - depot(world, k) for k in range(3)] == [1000, 2000, 3000]
    assert stock(world) == 5000
    assert world.tables.faction_i[A.KG_ISSUED, 0] == 6000


def test_4_5_what_the_nearest_depot_no_longer_has_comes_from_the_next() -> None:
    # all but full, so that it does not count as farther away
    rules = standard_ruleset(morale__desert_month=0.0, supply__thin_t=1.0)
    world = day([force(0, 51, men=1000, stock=0)], depots=[(51, 0, 2000), (49, 0, 10**6)], rules=rules)
    assert (depot(world, 0), depot(world, 1)) == (0, 10**6 - 4000)


def test_4_5_a_depot_serves_those_nearest_to_it_before_those_whose_own_is_spent() -> None:
    forces = [force(0, 48, men=1000, stock=0, order=Order.ATTACK, dest=59), force(0, 57, men=1000, stock=0)]
    world = day(forces, depots=[(48, 0, 10**6, 0, 1000), (57, 0, 10**6, 0, 6500)], hexmap=plain_map(road=PAVED))
    assert [10**6 - depot(world, k) for k in range(2)] == [1000, 6500]
    assert stock(world, 1) == 5000


def test_4_5_when_all_depots_are_spent_nobody_gets_more() -> None:
    forces = [force(0, at, men=5000, stock=0) for at in (49, 50, 52)]
    world = day(forces, depots=[(at, 0, 10**6, 0, 3000) for at in (49, 50, 51, 53)])
    assert [10**6 - depot(world, k) for k in range(4)] == [3000] * 4
    assert world.tables.faction_i[A.KG_ISSUED, 0] == 12_000


def test_4_5_the_next_depot_is_beyond_reach_when_the_enemy_holds_the_land_between() -> None:
    control = np.zeros(108, np.int64)
    control[(np.arange(108) % 12) == 4] = 1
    world = day([force(0, 54, men=1000, stock=0)], depots=[(54, 0, 10**6, 0, 500), (49, 0, 10**6)], control=control)
    assert [10**6 - depot(world, k) for k in range(2)] == [500, 0]


def test_4_5_no_side_hauls_more_than_its_transport() -> None:
    world = small_game(
        [force(0, 52, men=1000, stock=0)], depots=[(50, 0, 10**6)], days_per_turn=1.0, impulses=1, rules=STAY,
        hexmap=plain_map(road=PAVED),
    )  # fmt: skip
    world.tables.faction_f[A.LIFT_TKM] = 48.0
    world.step({})
    assert 10**6 - depot(world) == 2000
    assert world.tables.faction_f[A.LIFT_USED, 0] == pytest.approx(48.0)


def test_4_5_attackers_are_served_first() -> None:
    forces = [force(0, 50, men=1000, stock=0), force(0, 53, men=1000, stock=0, order=Order.ATTACK, dest=59)]
    world = day(forces, depots=[(50, 0, 10**7, 0, 6000)])
    assert world.tables.force_f[F.HUNGER, 1] == 0.0 < world.tables.force_f[F.HUNGER, 0]


@pytest.mark.parametrize("men", [0, 500, 2000])
def test_4_6_bands_take_their_share_of_convoys(men: int) -> None:
    forces = [force(0, 53, men=1000, stock=0), force(1, 51, men=max(men, 1), status=Status.BANDS, order=Order.REST)]
    world = day(forces, depots=[(50, 0, 10**7)], control=0)
    # the line's hexes 50, 51 and 52 lie in the bands' reach; 53 does not
    share = 1 - exp(-0.03 * 3 * men / 100 * 0.12)
    assert world.tables.faction_i[A.KG_LOST, 0] == pytest.approx(6000 * share, abs=3)
    assert stock(world) == 6000 - world.tables.faction_i[A.KG_LOST, 0] - 1000


def test_4_7_a_depot_that_falls_serves_its_captor_in_part_and_its_rear_sends_no_more() -> None:
    control = np.full(108, NO_FACTION)
    control[50] = 1
    world = day([force(1, 0)], depots=[(50, 0, 10_000, 500)], control=control, days=2)
    row = next(iter(world.records), None)
    t = world.tables
    assert (t.depot_i[D.FACTION, 0], depot(world)) == (1, 3000)
    assert (t.faction_i[A.KG_LOST, 0], t.faction_i[A.KG_TAKEN, 1]) == (10_000, 3000)
    assert row is None or row.kind != RecordKind.DEPOT_TAKEN


def test_4_7_a_depot_retaken_by_its_owner_is_fed_again() -> None:
    control = np.full(108, NO_FACTION)
    control[50] = 1
    world = day([force(1, 0)], depots=[(50, 0, 10_000, 500)], control=control)
    world.tables.hex_i[H.CONTROL, 50] = 0
    world.step({})
    assert (world.tables.depot_i[D.FACTION, 0], depot(world)) == (0, 900 + 500)


def test_4_8_hunger_fades_as_a_force_is_fed() -> None:
    world = small_game([force(0, 50, stock=10**6)], days_per_turn=1.0, impulses=1)
    world.tables.force_f[F.HUNGER, 0] = 0.9
    world.step({})
    assert world.tables.force_f[F.HUNGER, 0] == pytest.approx(0.9 * exp(-1 / 3))


@pytest.mark.parametrize("impulses", [1, 2, 4, 8])
def test_4_8_hunger_grows_with_the_days_however_long_an_impulse_is(impulses: int) -> None:
    world = small_game([force(0, 50, stock=0)], days_per_turn=2.0, impulses=impulses, rules=STAY)
    world.step({})
    assert world.tables.force_f[F.HUNGER, 0] == pytest.approx(1 - exp(-2 / 3))


def test_4_9_damaged_roads_carry_less_and_are_mended_in_a_week() -> None:
    world = small_game(
        [force(0, 51, men=30_000, stock=0)], depots=[(50, 0, 10**7)], days_per_turn=1.0, impulses=1, rules=STAY
    )
    world.tables.hex_f[H.CUT, 51] = 0.75
    world.step({})
    assert 10**7 - depot(world) == 5000
    for _ in range(6):
        world.step({})
    assert world.tables.hex_f[H.CUT, 51] == 0.0


def test_4_10_transport_that_is_left_fills_forward_depots() -> None:
    world = day([force(0, 0)], depots=[(50, 0, 10**7, 1000), (53, 0, 0)], days=2)
    assert depot(world, 1) == 40_000
    assert depot(world, 0) == 10**7 + 2000 - 40_000


def test_4_10_a_captured_depot_is_filled_by_its_captor() -> None:
    world = day([force(0, 53)], depots=[(50, 0, 10**7, 1000), (53, 1, 0)], control=0, days=3)
    assert world.tables.depot_i[D.FACTION, 1] == 0
    assert depot(world, 1) > 0


def test_4_3_a_depot_has_room_for_so_many_days_of_handing_out() -> None:
    world = small_game([], depots=[(40, 0, 55_000, 5000, 1000)], control=0)
    world.step({})
    assert depot(world) == 60_000
    world.tables.depot_i[D.STOCK_KG, 0] = 90_000
    world.step({})
    assert depot(world) == 90_000


def test_4_4_a_depot_serves_allies() -> None:
    issued = []
    for stance in (Stance.ACCESS, Stance.ALLIED):
        world = small_game([force(0, 42, stock=0)], depots=[(40, 1, 10**7)], control=0)
        world.tables.stance[0, 1] = world.tables.stance[1, 0] = stance
        world.step({})
        issued.append(int(world.tables.faction_i[A.KG_ISSUED, 0]))
    assert issued[0] == 0 < issued[1]
