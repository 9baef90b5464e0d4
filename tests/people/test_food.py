"""9.30-9.37: fields, harvests, trade, relief, want."""

from __future__ import annotations

import numpy as np
import pytest
from months import DAYS, country, month

from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.columns import record as R
from game.core.ids import Road, Stance
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind, Records, say
from game.engine.world import World
from game.rules.harvest import can_plant, open_way, starving, trade
from game.rules.people import suffer
from game.rules.presence import take
from tests.builders import force, line, links, plain_map, small_game, standard_ruleset

RULES = standard_ruleset().harvest
NEED = 20_000 * RULES.need_kg / 1000 * DAYS / 365.25
"""Tonnes that 20,000 people need in a month of the tests."""
FIELDS = np.full(108, 4000.0)
A_YEAR = 4000 * RULES.yield_t * RULES.milled * RULES.kept
"""Tonnes that a hex brings in in a year, all planted."""


def land(*, food: float = 0.0, **more: object) -> World:
    """A country with 4,000 ha of fields a hex, which 20,000 people can farm, and so much food in store."""
    cast = {"fields_ha": FIELDS, **more.pop("cast", {})}
    world = country(cast=cast, **more)
    world.tables.hex_f[H.FOOD_T] = food
    return world


def test_9_30_a_year_brings_in_a_year_s_crop_in_its_months() -> None:
    world = land(food=1e6)
    t, came = world.tables, {}
    for number in range(6, 18):
        rows = month(world, number)
        came[(number - 1) % 12 + 1] = sum(r[R.A] for r in rows if r[R.KIND] == RecordKind.HARVEST)
    assert {number for number, tonnes in came.items() if tonnes} == {11, 12, 1, 3, 4}
    assert came[11] == pytest.approx(108 * A_YEAR * 0.3, rel=1e-3)
    assert sum(came.values()) == pytest.approx(108 * A_YEAR, rel=1e-3)
    assert t.hex_f[H.PLANTED].max() == 0.0


def planted(world: World, at: int = 50) -> float:
    s = world.setting
    return float(plain(can_plant)(world.tables, s.cast, s.ruleset.harvest, at))


def test_9_31_fields_lie_idle_for_danger_mines_and_want_of_hands() -> None:
    assert planted(land()) == 1.0
    for column, value, share in (
        (H.SECURITY, RULES.safe_plant / 2, 0.5), (H.SCATTER, RULES.mines_half, 0.5),
        (H.WANT, 1.0, min(1.0, 20_000 * RULES.ha_per_head / 4000 * (1 - RULES.labour_want))),
    ):  # fmt: skip
        world = land()
        world.tables.hex_f[column] = value
        assert planted(world) == pytest.approx(share)
    contested, empty, drafted = land(), land(people=5000), land(people=11_000)
    contested.tables.hex_i[H.CONTESTED] = 1
    assert planted(contested) == RULES.contested_plant
    assert planted(empty) == pytest.approx(5000 * RULES.ha_per_head / 4000)
    drafted.tables.policy[[P.CONSCRIPTION, P.SEAL], 0] = 1.0
    hands = 1 - RULES.labour_draft - RULES.labour_seal
    assert planted(drafted) == pytest.approx(11_000 * RULES.ha_per_head / 4000 * hands)


def test_9_32_men_under_arms_eat_of_the_people_s_stock() -> None:
    world = land(food=1000.0, forces=[force(0, 50, 4000)])
    month(world)
    alone, beside = world.tables.hex_f[H.FOOD_T, [50, 54]]
    assert beside - alone == pytest.approx(4000 * RULES.forage_kg * DAYS / 1000, rel=0.2)


def traded(control: object, **state: float) -> tuple[World, np.ndarray]:
    """A month of trade in spring: hex 50 has plenty, hex 51 beside it nothing, all others just enough."""
    world = land(food=0.75 * 9 * NEED, control=control)
    t, s = world.tables, world.setting
    t.hex_f[H.FOOD_T, [50, 51]] = 20 * NEED, 0.0
    t.hex_f[H.SECURITY] = state.get("security", 0.8)
    before = t.hex_f[H.FOOD_T].copy()
    plain(trade)(t, s.ground, s.cast, world.work, s.ruleset.harvest, 2, DAYS)
    return world, t.hex_f[H.FOOD_T] - before


def test_9_33_who_has_more_than_lasts_sells_to_those_who_lack_and_nothing_is_lost() -> None:
    _, moved = traded(0)
    assert moved[51] > 0.0 > moved[50]
    assert moved.sum() == pytest.approx(0.0, abs=1e-6)
    assert np.flatnonzero(np.abs(moved) > 1e-9).tolist() == [50, 51]
    _, in_danger = traded(0, security=0.2)
    assert 0.0 < in_danger[51] < moved[51]


def test_9_33_no_front_is_traded_across() -> None:
    _, moved = traded(np.where(np.arange(108) == 51, 1, 0))
    assert not moved.any()


def test_9_33_roads_help() -> None:
    s = land().setting
    with_road = land(hexmap=plain_map(road=links(line(48, 59), Road.SECONDARY)))
    way = [float(plain(open_way)(w.tables, w.setting.ground, s.ruleset.harvest, 50)) for w in (land(), with_road)]
    assert 0.0 < way[0] < way[1]


def test_9_38_an_enemy_who_takes_the_land_finds_part_of_stocks_and_crop_gone() -> None:
    def left(at_war: bool) -> tuple[float, float]:
        world = land(food=1000.0)
        t, s, x = world.tables, world.setting, world.work
        t.hex_f[H.PLANTED] = 0.8
        t.stance[0, 1] = t.stance[1, 0] = Stance.WAR if at_war else Stance.ALLIED
        x.written[0] = 0
        plain(take)(t, x, 50, 1, int(Reason.OCCUPIED), 0)
        plain(suffer)(t, s.ground, x, s.ruleset, world.now)
        return float(t.hex_f[H.FOOD_T, 50]), float(t.hex_f[H.PLANTED, 50])

    assert left(True) == pytest.approx((1000.0 * (1 - RULES.spoil_stock), 0.8 * (1 - RULES.spoil_crop)))
    assert left(False) == (1000.0, 0.8)


def test_9_35_nobody_eats_rice_for_what_he_has_otherwise() -> None:
    world = land(food=NEED * 100)
    month(world, 2)
    assert NEED * 100 - world.tables.hex_f[H.FOOD_T, 50] == pytest.approx(NEED * (1 - RULES.coping), rel=1e-3)
    assert world.tables.hex_f[H.WANT, 50] == 0.0


def relieved(tonnes: float, at: int = 50, kept_back: float = 0.0) -> float:
    roads = plain_map(road=links(line(48, 59), Road.PRIMARY))
    world = land(hexmap=roads, cast={"relief_t": np.array([[tonnes, 0.0]]), "first_month": 1979 * 12 + 2})
    world.tables.hex_f[H.WANT] = 0.5
    world.tables.policy[P.RETIRED] = kept_back
    month(world)
    return float(world.tables.hex_f[H.RELIEF_T, at])


def test_9_34_relief_reaches_the_hungry_by_road_whoever_rules_and_whatever_he_orders() -> None:
    assert relieved(0.0) == 0.0
    assert relieved(5000.0) > 3 * relieved(5000.0, at=20) > 0.0
    assert relieved(1e9, kept_back=0.0) == relieved(1e9, kept_back=1.0) > 0.0
    assert relieved(1e9) <= 0.5 * NEED


def test_9_35_want_comes_slowly_and_is_slowly_made_good() -> None:
    world = land()
    felt = []
    for _ in range(4):
        month(world)
        felt.append(float(world.tables.hex_f[H.WANT, 50]))
    lack = 1 - RULES.coping
    assert 0.0 < felt[0] < 0.5 * lack
    assert felt == sorted(felt)
    world.tables.hex_f[H.FOOD_T] = 1e6
    month(world)
    assert 0.3 * felt[-1] < world.tables.hex_f[H.WANT, 50] < felt[-1]


def test_9_35_people_make_a_short_stock_last() -> None:
    world = land(food=NEED * 4)
    month(world, 2)
    eaten = NEED * 4 - world.tables.hex_f[H.FOOD_T, 50]
    assert eaten == pytest.approx(NEED * RULES.ration_least, rel=1e-3)


def test_9_36_deaths_follow_want_by_the_table() -> None:
    points = zip(RULES.starve_want, RULES.starve_month, strict=True)
    assert all(plain(starving)(RULES, want) == pytest.approx(dead) for want, dead in points)
    assert plain(starving)(RULES, 0.5) == pytest.approx(0.006)
    assert plain(starving)(RULES, 0.0) == 0.0


def test_9_36_the_dead_are_entered_as_a_range_and_are_missing() -> None:
    world = land()
    world.tables.hex_f[H.WANT] = 0.9
    people = int(world.tables.hex_i[H.PEOPLE].sum())
    rows = month(world)
    low, high, counted = (int(v) for v in world.tables.harm[M.HUNGER, [M.DEAD_LOW, M.DEAD_HIGH, M.COUNTED]])
    assert 0.02 * people < counted < 0.06 * people
    assert low < counted < high
    assert world.tables.hex_i[H.PEOPLE].sum() == people - counted + world.tables.hex_i[H.BORN].sum()
    told = [say(r, world.setting) for r in Records(np.array(rows)).of_kind(RecordKind.STARVED)]
    assert len(told) == 1
    assert "died of want this month" in told[0]


def test_9_37_people_grow_in_number_and_hardly_in_want() -> None:
    fed, hungry = land(food=1e6), land()
    hungry.tables.hex_f[H.WANT] = 0.9
    for world in (fed, hungry):
        month(world, times=1)
    born = 108 * 20_000 * RULES.born_year * DAYS / 365.25
    assert fed.tables.hex_i[H.BORN].sum() == pytest.approx(born, rel=0.03)
    assert hungry.tables.hex_i[H.BORN].sum() < 0.3 * born


def test_hungry_land_feeds_fewer_troops() -> None:
    stocks = []
    for want in (0.0, 0.8):
        world = small_game([force(0, 50, 2000, stock=10**6)], people=20_000, control=0, impulses=1)
        world.tables.hex_f[H.WANT] = want
        world.step({})
        stocks.append(int(world.tables.force_i[10, 0]))
    assert stocks[0] > stocks[1]
