"""Chapters 2 and 3: ground, march rates, rivers, room, enemies on the way, goals, access."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, Crossing, ForceKind, Mobility, Order, Relief, River, Road, Stance, Status, Terrain
from game.core.orders import Orders
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.engine.world import World
from tests.builders import force, line, links, plain_map, small_game

COLS = 60
"""A strip of three rows of 60 hexes; row 1 starts at hex 60."""


def marched_km(world: World, km_day: float) -> float:
    """Km covered in row 1, hours saved towards the next hex included."""
    fi, ff = world.tables.force_i, world.tables.force_f
    return 12.0 * (int(fi[F.HEX, 0]) - COLS) + ff[F.MARCHED, 0] * km_day / 24.0


RATES = [
    (Mobility.FOOT, Road.PRIMARY, 24, 0.9),
    (Mobility.FOOT, Road.NONE, 15, 0.7),
    (Mobility.MOTORISED, Road.PRIMARY, 45, 0.9),
    (Mobility.MOTORISED, Road.TRACK, 20, 0.25),
    (Mobility.TRACKED, Road.PRIMARY, 100, 0.9),
    (Mobility.TRACKED, Road.SECONDARY, 80, 0.6),
    (Mobility.TRACKED, Road.NONE, 40, 0.25),
]


@pytest.mark.parametrize(("mobility", "road", "km_day", "wet"), RATES)
@pytest.mark.parametrize("month", [1, 7])
def test_3_1_march_rates_by_class_surface_and_season(
    mobility: Mobility, road: Road, km_day: float, wet: float, month: int
) -> None:
    roads = links(line(60, 119), road, COLS, 3)
    world = small_game(
        [force(0, 60, mobility=mobility, order=Order.MOVE, dest=119)], hexmap=plain_map(COLS, 3, road=roads),
        days_per_turn=5.0, impulses=5, start=date(1979, month, 1),
    )  # fmt: skip
    world.step({})
    rate = km_day * (wet if month == 7 else 1.0)
    assert marched_km(world, rate) == pytest.approx(5 * rate)


def test_2_1_rough_ground_is_forest_swamp_hills_and_mountains() -> None:
    cases = [{"terrain": t} for t in (Terrain.FOREST, Terrain.SWAMP)] + [
        {"relief": r} for r in (Relief.HILLS, Relief.MOUNTAINS)
    ]
    for layer in cases:
        layers = {name: np.full(3 * COLS, value, np.int8) for name, value in layer.items()}
        world = small_game([force(0, 60, order=Order.MOVE, dest=119)], hexmap=plain_map(COLS, 3, **layers))
        world.step({})
        assert marched_km(world, 8.0) == pytest.approx(4 * 8.0)


def test_3_1_motorised_troops_cannot_be_lifted_without_a_road() -> None:
    world = small_game(
        [force(0, 60, mobility=Mobility.MOTORISED, order=Order.MOVE, dest=119)], hexmap=plain_map(COLS, 3)
    )
    world.step({})
    assert marched_km(world, 15.0) == pytest.approx(60.0)


def test_3_1_boats_keep_to_the_water() -> None:
    terrain = np.full(108, Terrain.RICE, np.int8)
    terrain[48:54] = Terrain.LAKE
    world = small_game(
        [force(0, 48, mobility=Mobility.BOAT, order=Order.MOVE, dest=53), force(1, 8)],
        hexmap=plain_map(terrain=terrain),
    )
    orders = Orders()
    orders.give(0, Order.MOVE, 60 + 6)
    records = world.step({"s0": orders})
    assert [r.reason for r in records.of_kind(RecordKind.REFUSED)] == [Reason.NO_PATH]
    assert world.tables.force_i[F.HEX, 0] == 53


def hours_over(river: River, crossing: Crossing) -> float:
    """Hours of a foot march of one hex over open ground across an edge."""
    world = small_game(
        [force(0, 50, order=Order.MOVE, dest=51)],
        hexmap=plain_map(river=links([(50, 51)], river), crossing=links([(50, 51)], crossing)),
    )
    return float(world.routes.steps[Mobility.FOOT, 0, 50, 0])


def test_3_2_a_river_costs_most_to_ford_less_by_ferry_least_by_bridge() -> None:
    open_ground = hours_over(River.NONE, Crossing.NONE)
    assert open_ground == pytest.approx(19.2)
    for river, ford, ferry, bridge in ((River.MINOR, 6, 3, 0), (River.MAJOR, 24, 8, 0.5), (River.GREAT, 72, 14, 1)):
        found = [hours_over(river, c) - open_ground for c in (Crossing.NONE, Crossing.FERRY, Crossing.BRIDGE)]
        assert found == pytest.approx([ford, ferry, bridge])


def test_3_2_a_march_goes_round_by_the_ferry_rather_than_ford_a_great_river() -> None:
    edges = [(a, b) for a in range(3, 108, 12) for b in (a + 1, a + 13, a - 11) if 0 <= b < 108]
    river = links([(a, b) for a, b in edges if b in plain_map().neighbours[a]], River.GREAT)
    crossing = links([(75, 76)], Crossing.FERRY)
    world = small_game([force(0, 50)], hexmap=plain_map(river=river, crossing=crossing))
    way = world.routes.path(world.tables, 0, 54, world.season)
    assert way is not None
    assert (75, 76) in pairwise(way)


def test_3_3_no_entry_without_access() -> None:
    host = np.full(108, -1, np.int8)
    host[(np.arange(108) % 12) >= 6] = 2
    for stance, enters in ((Stance.NEUTRAL, False), (Stance.HOSTILE, False), (Stance.ACCESS, True), (Stance.WAR, True)):
        world = small_game([force(0, 53), force(2, 11)], factions=3, host=host)
        world.tables.faction_i[A.MOVEMENT, 2] = -1
        world.tables.stance[0, 2] = world.tables.stance[2, 0] = stance
        orders = Orders()
        orders.give(0, Order.MOVE, 55)
        records = world.step({"s0": orders})
        refused = [r.reason for r in records.of_kind(RecordKind.REFUSED)]
        assert refused == ([] if enters else [Reason.NO_ACCESS])
        assert bool(world.tables.force_i[F.HEX, 0] == 55) is enters


def test_3_3_a_march_begun_stops_at_a_border_that_closes() -> None:
    host = np.full(108, -1, np.int8)
    host[(np.arange(108) % 12) >= 6] = 2
    world = small_game([force(0, 50, order=Order.MOVE, dest=58), force(2, 11)], factions=3, host=host)
    world.tables.faction_i[A.MOVEMENT, 2] = -1
    world.tables.stance[0, 2] = world.tables.stance[2, 0] = Stance.NEUTRAL
    world.step({})
    assert world.tables.force_i[F.HEX, 0] % 12 < 6


@pytest.mark.parametrize(
    ("contends", "friend", "enters"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_3_3_land_that_movements_fight_over_is_open_to_them_and_to_their_friends(
    contends: bool, friend: bool, enters: bool
) -> None:
    host = np.full(108, -1, np.int8)
    host[(np.arange(108) % 12) >= 6] = 2
    world = small_game([force(0, 53, order=Order.MOVE, dest=55), force(2, 11), force(1, 107)], factions=3, host=host)
    t = world.tables
    t.stance[0, 1:] = t.stance[1:, 0] = Stance.NEUTRAL
    if not contends:
        t.faction_i[A.MOVEMENT, 0] = -1
    if friend:
        t.stance[0, 1] = t.stance[1, 0] = Stance.ACCESS
    world.step({})
    assert bool(t.force_i[F.HEX, 0] == 55) is enters


def test_3_4_a_hex_full_of_friends_lets_nobody_else_in_but_holds_one_large_force() -> None:
    world = small_game([force(0, 52, men=40_000), force(0, 50, men=6000, order=Order.MOVE, dest=52)])
    world.step({})
    assert world.tables.force_i[F.HEX, 1] == 51
    fits = small_game([force(0, 52, men=38_000), force(0, 50, men=6000, order=Order.MOVE, dest=52)])
    fits.step({})
    assert fits.tables.force_i[F.HEX, 1] == 52
    alone = small_game([force(0, 50, men=90_000, order=Order.MOVE, dest=52)])
    alone.step({})
    assert alone.tables.force_i[F.HEX, 0] == 52


def through_friends(*full: int, road: int = Road.PRIMARY, dest: int = 59, **more: object) -> World:
    """A column of 6,000 men that sets out from hex 50 along a road on which friends fill the hexes `full`."""
    forces = [force(0, 50, men=6000, order=Order.MOVE, dest=dest), *(force(0, h, men=40_000) for h in full)]
    others = more.pop("others", [])
    return small_game([*forces, *others], hexmap=plain_map(road=links(line(48, 59), road)), **more)


def arrival(world: World, h: int) -> float | None:
    """Days until the first force has come as far as the hex, by the end of the impulse; None if it never does."""
    for k, _ in enumerate(world.step_impulses({}), 1):
        if world.tables.force_i[F.HEX, 0] >= h:
            return k * world.setting.impulse_days
    return None


@pytest.mark.parametrize("full", [(52,), (51, 52), (51, 52, 53, 54), (51, 53)])
def test_3_4_friends_who_fill_a_hex_do_not_bar_a_paved_road(full: tuple[int, ...]) -> None:
    # 6 hexes of 12 km at 24 km a day
    assert arrival(through_friends(*full), 56) == arrival(through_friends(), 56) == 3.0


@pytest.mark.parametrize("road", [Road.NONE, Road.TRACK])
def test_3_4_off_a_paved_road_nobody_passes_through_a_full_hex(road: Road) -> None:
    world = through_friends(52, road=road)
    world.step({})
    assert world.tables.force_i[F.HEX, 0] == 51


def test_3_4_a_column_waits_before_a_full_hex_until_it_has_the_hours_for_the_next() -> None:
    world = through_friends(51, impulses=8)
    at = [int(world.tables.force_i[F.HEX, 0]) for _ in world.step_impulses({})]
    assert at == [50, 52, 53, 54, 55, 56, 57, 58]


def test_3_4_nobody_stays_in_a_full_hex() -> None:
    to_the_full_one = through_friends(52, dest=52)
    to_the_full_one.step({})
    assert to_the_full_one.tables.force_i[F.HEX, 0] == 51
    enemy_beyond = through_friends(52, others=[force(1, 53, men=20_000)])
    enemy_beyond.step({})
    assert enemy_beyond.tables.force_i[F.HEX, 0] == 51
    five_in_a_row = through_friends(51, 52, 53, 54, 55)
    five_in_a_row.step({})
    assert five_in_a_row.tables.force_i[F.HEX, 0] == 50


def test_3_4_room_goes_with_the_area_of_the_hex() -> None:
    world = small_game(
        [force(0, 51, men=11_000), force(0, 50, men=2000, order=Order.MOVE, dest=51)], hexmap=plain_map(km=6.0)
    )
    world.step({})
    assert world.tables.force_i[F.HEX, 1] == 50


def test_3_5_beside_an_enemy_a_force_marches_at_half_its_rate() -> None:
    world = small_game(
        [force(0, 60, order=Order.MOVE, dest=119), force(1, 0)],
        hexmap=plain_map(COLS, 3),
        impulses=1,
        days_per_turn=1.0,
    )
    world.step({})
    assert world.tables.force_i[F.HEX, 0] == 60
    assert world.tables.force_f[F.MARCHED, 0] == pytest.approx(12.0)


def test_3_6_contact_halts_a_march_beside_the_enemy() -> None:
    world = small_game([force(0, 50, order=Order.MOVE, dest=55), force(1, 53)])
    records = world.step({})
    halted = [r for r in records.of_kind(RecordKind.HALTED) if r.force == 0]
    assert (world.tables.force_i[F.HEX, 0], world.tables.force_i[F.ORDER, 0]) == (52, Order.HOLD)
    assert [(r.a, r.reason) for r in halted] == [(53, Reason.CONTACT)]
    assert len(records.of_kind(RecordKind.BATTLE)) == 0


def test_3_6_an_attack_fights_for_the_hex_that_bars_its_way() -> None:
    world = small_game([force(0, 50, order=Order.ATTACK, dest=55), force(1, 53, men=9000)])
    records = world.step({})
    assert {r.hex for r in records.of_kind(RecordKind.BATTLE)} == {53}


def test_3_6_a_withdrawal_looks_for_another_way() -> None:
    world = small_game([force(0, 50, order=Order.WITHDRAW, dest=55), force(1, 53)], days_per_turn=10.0, impulses=10)
    records = world.step({})
    assert world.tables.force_i[F.HEX, 0] == 55
    assert 53 not in [r.hex for r in records.of_kind(RecordKind.MOVED) if r.force == 0]


def test_3_6_allies_do_not_bar_the_way() -> None:
    world = small_game([force(0, 50, order=Order.MOVE, dest=53), force(1, 52)], sides=[(0, 1)])
    world.step({})
    assert world.tables.force_i[F.HEX, 0] == 53


def test_3_7_no_side_moves_first() -> None:
    # two columns race for one hex between them; over many games each is there first about as often
    first = []
    for seed in range(40):
        forces = [force(0, 51, order=Order.MOVE, dest=52), force(1, 53, order=Order.MOVE, dest=52)]
        world = small_game(forces, seed=seed)
        world.step({})
        at = world.tables.force_i[F.HEX].tolist()
        assert at in ([52, 53], [51, 52])
        first.append(at == [52, 53])
    assert 10 <= sum(first) <= 30


def test_3_8_bands_neither_bar_the_way_nor_are_barred() -> None:
    bands = force(1, 53, men=1000, status=Status.BANDS, order=Order.MOVE, dest=48)
    world = small_game([force(0, 50, order=Order.MOVE, dest=55), bands, force(0, 51)])
    world.step({})
    assert world.tables.force_i[F.HEX, 0] == 55
    assert world.tables.force_i[F.HEX, 1] == 48


def test_3_8_a_broken_force_makes_for_its_base_and_takes_no_orders() -> None:
    world = small_game([force(0, 50, base=55, status=Status.ROUTED)])
    orders = Orders()
    orders.give(0, Order.MOVE, 48)
    records = world.step({"s0": orders})
    assert [r.reason for r in records.of_kind(RecordKind.REFUSED)] == [Reason.ROUTED]
    assert world.tables.force_i[F.HEX, 0] == 55


def test_3_5_an_order_goes_on_to_its_second_goal() -> None:
    world = small_game([force(0, 50)], days_per_turn=8.0, impulses=8)
    orders = Orders()
    orders.give(0, Order.MOVE, 52, then=76)
    world.step({"s0": orders})
    t = world.tables.force_i
    assert (t[F.HEX, 0], t[F.ORDER, 0], t[F.THEN, 0]) == (76, Order.HOLD, OFF_MAP)


def test_3_5_a_march_ends_in_holding_the_ground() -> None:
    world = small_game([force(0, 50, order=Order.MOVE, dest=52)])
    world.step({})
    assert world.tables.force_i[F.ORDER, 0] == Order.HOLD
    assert world.tables.force_f[F.DUG_IN, 0] > 0.0


def test_9_2_marching_in_takes_enemy_land_but_not_a_friend_s() -> None:
    control = np.full(108, 1)
    control[52] = 0
    world = small_game([force(0, 50, order=Order.MOVE, dest=54), force(1, 0)], control=control)
    records = world.step({})
    taken = [r.hex for r in records.of_kind(RecordKind.CONTROL) if r.faction == 0]
    assert {51, 53, 54} <= set(taken)
    assert 52 not in taken
    assert world.tables.hex_i[H.CONTROL, 54] == 0


def test_3_1_the_march_of_a_force_of_the_air_is_refused() -> None:
    world = small_game([force(0, 50, kind=ForceKind.AIR, mobility=Mobility.AIR, sorties=10)])
    orders = Orders()
    orders.give(0, Order.ATTACK, 55)
    records = world.step({"s0": orders})
    assert [r.reason for r in records.of_kind(RecordKind.REFUSED)] == [Reason.KIND_CANNOT]
