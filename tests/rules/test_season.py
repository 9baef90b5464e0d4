"""Chapter 3, the season: mud, floods, rivers and the rise of the great lake change the ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from game.core.columns import force as F
from game.core.ids import Flood, ForceKind, Mobility, Order, River, Road, Terrain, Ways
from game.core.kernels import plain
from game.engine.routes import Routes
from game.engine.world import World
from game.rules.combat import air_support
from tests.builders import force, line, links, plain_map, small_game, standard_ruleset

HERE = 53


def routes(**layers: Any) -> Routes:
    return small_game([force(0, HERE)], hexmap=plain_map(**layers)).routes


def flooded(kind: Flood) -> Any:
    layer = np.zeros(108, np.int8)
    layer[[HERE, HERE + 1]] = kind
    return layer


@pytest.mark.parametrize(
    ("day", "ways"),
    [
        (date(1979, 2, 1), Ways.DRY),
        (date(1979, 6, 15), Ways.WET),
        (date(1979, 9, 1), Ways.WET_HIGH),
        (date(1979, 12, 24), Ways.DRY_HIGH),
    ],
)
def test_3_9_the_lake_is_high_for_months_after_the_rains(day: date, ways: Ways) -> None:
    world = small_game([force(0, HERE)], start=day)
    assert world.ways == ways == world.view("s0").ways == world.now.ways


def test_3_9_wheels_leave_the_road_in_flooded_fields_last_and_men_wade() -> None:
    steps = routes(flood=flooded(Flood.FLOODED)).steps
    for mobility in (Mobility.FOOT, Mobility.TRACKED, Mobility.MOTORISED):
        dry, wet = (steps[mobility, ways, HERE, 0] for ways in (Ways.DRY, Ways.WET))
        mud = steps[mobility, Ways.WET, 40, 0]
        assert dry < mud < wet
    assert steps[Mobility.TRACKED, Ways.WET, HERE, 0] > 10.0 * steps[Mobility.TRACKED, Ways.DRY, HERE, 0]


def test_3_9_a_paved_road_stands_above_the_flood() -> None:
    road = links(line(48, 58), Road.PRIMARY)
    steps = routes(flood=flooded(Flood.FLOODED), road=road).steps
    table = small_game([force(0, HERE)]).setting.map.neighbours
    east = int(np.flatnonzero(table[HERE] == HERE + 1)[0])
    assert steps[Mobility.TRACKED, Ways.WET, HERE, east] < 1.2 * steps[Mobility.TRACKED, Ways.DRY, HERE, east]


def test_3_9_the_high_lake_is_crossed_by_local_craft_and_nobody_is_left_on_an_island() -> None:
    steps = routes(flood=flooded(Flood.LAKE)).steps
    assert steps[Mobility.FOOT, Ways.DRY_HIGH, HERE, 0] == pytest.approx(24.0 * 12.0 / 8.0)
    assert steps[Mobility.TRACKED, Ways.WET_HIGH, HERE, 0] == pytest.approx(24.0 * 12.0 / 3.0)
    assert steps[Mobility.FOOT, Ways.DRY, HERE, 0] == steps[Mobility.FOOT, Ways.DRY, 40, 0]


def test_3_9_boats_go_over_the_shores_of_the_high_lake_and_keep_to_channels_when_it_falls() -> None:
    terrain = np.full(108, Terrain.RICE, np.int8)
    terrain[HERE - 1] = Terrain.LAKE
    hexmap = plain_map(terrain=terrain, flood=flooded(Flood.LAKE))
    steps = small_game([force(0, HERE)], hexmap=hexmap).routes.steps
    east = int(np.flatnonzero(hexmap.neighbours[HERE] == HERE + 1)[0])
    low, high = (steps[Mobility.BOAT, ways, HERE, east] for ways in (Ways.DRY, Ways.DRY_HIGH))
    assert high == pytest.approx(24.0 * 12.0 / 100.0)
    assert low == pytest.approx(4.0 * high)


def test_3_2_rivers_take_longer_to_cross_in_the_wet_season() -> None:
    steps = routes(river=links(line(48, 58), River.GREAT)).steps[Mobility.FOOT]
    table = small_game([force(0, HERE)]).setting.map.neighbours
    east = int(np.flatnonzero(table[HERE] == HERE + 1)[0])
    land = 24.0 * 12.0 / 15.0
    assert steps[Ways.DRY, HERE, east] == pytest.approx(land + 72.0)
    assert steps[Ways.WET, HERE, east] == pytest.approx(land / 0.7 + 108.0)


def test_6_2_fewer_sorties_fly_in_the_wet_season() -> None:
    support = []
    for start in (date(1979, 2, 1), date(1979, 7, 1)):
        air = force(0, HERE, 500, kind=ForceKind.AIR, mobility=Mobility.AIR, sorties=20)
        world = small_game([air, force(1, 0)], start=start)
        world.step({})
        t, g, x, _, _ = world.impulse
        support.append(plain(air_support)(t, g, x, world.setting.ruleset.combat, 0, HERE, 1.0))
    assert support[1] == pytest.approx(0.6 * support[0])


def days_to_march(start: date) -> int:
    world: World = small_game(
        [force(0, 48, 5000, mobility=Mobility.MOTORISED, order=Order.MOVE, dest=56, stock=10**8), force(1, 107)],
        hexmap=plain_map(road=links(line(48, 58), Road.TRACK)), start=start, turns=60, days_per_turn=1.0, impulses=1,
        rules=standard_ruleset(),
    )  # fmt: skip
    while world.tables.force_i[F.HEX, 0] != 56 and world.turn < 60:
        world.step({})
    return world.turn


def test_3_1_a_motorised_advance_by_track_takes_four_times_as_long_in_the_mud() -> None:
    dry, wet = days_to_march(date(1979, 1, 1)), days_to_march(date(1979, 7, 1))
    assert 3 * dry <= wet <= 5 * dry
