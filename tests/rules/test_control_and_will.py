"""Chapters 9 and 12 (and 14): control, people in the way of war, political will, dated events."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, Order, River, Status
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.engine.world import World
from tests.builders import force, links, plain_map, small_game


def day(forces: list[dict], *, days: int = 1, **more: object) -> World:
    world = small_game(forces, **{"days_per_turn": 1.0, "impulses": 1} | more)
    for _ in range(days):
        world.step({})
    return world


def holder(world: World, at: int) -> int:
    return int(world.tables.hex_i[H.CONTROL, at])


def test_9_2_a_garrison_takes_the_hex_it_stands_in_and_too_small_a_one_does_not() -> None:
    assert holder(day([force(0, 50, 300), force(1, 0)], control=1), 50) == 0
    assert holder(day([force(0, 50, 250), force(1, 0)], control=1), 50) == 1


def test_9_2_garrisons_scale_with_the_area_of_a_hex() -> None:
    wide = plain_map(km=24.0)
    assert holder(day([force(0, 50, 1100), force(1, 0)], control=1, hexmap=wide), 50) == 1
    assert holder(day([force(0, 50, 1200), force(1, 0)], control=1, hexmap=wide), 50) == 0


def test_9_2_bands_hold_no_ground() -> None:
    bands = force(0, 50, 5000, status=Status.BANDS, order=Order.REST)
    assert holder(day([bands, force(1, 51, 3000)], control=1, days=8), 50) == 1


def test_9_3_control_slips_in_days_while_one_is_overawed() -> None:
    world = small_game([force(0, 50, 4000), force(1, 0)], control=1, days_per_turn=1.0, impulses=1)
    lost = []
    for turn in range(8):
        world.step({})
        lost += [
            turn + 1 for r in world.records.of_kind(RecordKind.CONTROL) if r.hex == 51 and r.reason == Reason.OVERAWED
        ]
    # 30 % of 4,000 men weigh on the hex beside them: 1,200 against 600 wanted; five days to slip
    assert lost in ([5], [6])


def test_9_3_a_garrison_that_is_not_outnumbered_threefold_keeps_control() -> None:
    assert holder(day([force(0, 50, 4000), force(1, 51, 500)], control=1, days=8), 51) == 1


def test_9_1_a_great_river_keeps_troops_from_weighing_on_the_other_bank() -> None:
    river = plain_map(river=links([(50, at) for at in (49, 51, 38, 37, 61, 62)], River.GREAT))
    assert holder(day([force(0, 50, 4000), force(1, 0)], control=1, days=8, hexmap=river), 51) == 1


def test_9_4_a_hex_is_contested_while_both_weigh_on_it() -> None:
    world = day([force(0, 50), force(1, 52)], control=1)
    assert world.tables.hex_i[H.CONTESTED, 51] == 1
    assert world.tables.hex_i[H.CONTESTED, 100] == 0


def test_9_4_allies_do_not_contest_each_other() -> None:
    world = day([force(0, 50), force(1, 52)], control=1, sides=[(0, 1)])
    assert world.tables.hex_i[H.CONTESTED].sum() == 0
    assert holder(world, 50) == 1


FIGHT = [force(0, 52, 12_000, order=Order.ATTACK, dest=53, stock=10**7), force(1, 53, 12_000, stock=10**7)]


def test_9_10_people_flee_battle_and_none_are_lost_or_made() -> None:
    world = day(FIGHT, people=10_000)
    t = world.tables
    fled = list(world.records.of_kind(RecordKind.FLED))
    dead = int(t.harm[M.FIGHTING, M.COUNTED])
    gone = int(t.faction_i[A.FLED, 0])
    assert [(r.hex, r.a) for r in fled][:1] == [(53, gone)]
    assert gone == pytest.approx(0.12 * (10_000 - dead), abs=1)
    assert t.hex_i[H.PEOPLE].sum() == 108 * 10_000 - dead
    assert t.faction_i[A.FLED].tolist() == [gone, gone]
    assert 0 < t.hex_i[H.DISPLACED].sum() <= gone
    assert t.harm[M.FIGHTING, [M.DISPLACED_LOW, M.DISPLACED_HIGH]].tolist() == [gone, gone]
    assert (t.hex_i[H.DISPLACED] <= t.hex_i[H.PEOPLE]).all()


def test_9_11_civilian_dead_are_a_range_on_the_account_of_all_who_fought() -> None:
    world = day(FIGHT, people=20_000)
    lost = sum(r.c + r.d for r in world.records.of_kind(RecordKind.BATTLE))
    t = world.tables.faction_i
    for column, share in ((A.CIVIL_DEAD_LOW, 0.05), (A.CIVIL_DEAD_HIGH, 0.3)):
        assert t[column, 0] == t[column, 1]
        assert t[column, 0] in (int(lost * share), int(lost * share) + 1)
    harm = world.tables.harm[M.FIGHTING]
    assert (harm[M.DEAD_LOW], harm[M.DEAD_HIGH]) == (t[A.CIVIL_DEAD_LOW, 0], t[A.CIVIL_DEAD_HIGH, 0])
    assert harm[M.DEAD_LOW] <= harm[M.COUNTED] <= harm[M.DEAD_HIGH]
    assert day(FIGHT).tables.faction_i[A.CIVIL_DEAD_HIGH].tolist() == [0, 0]


def test_9_12_the_displaced_settle_by_a_half_life_where_it_is_quiet() -> None:
    world = small_game([force(0, 0)], days_per_turn=60.0, impulses=20, people=10_000)
    world.tables.hex_i[H.DISPLACED, 50] = 4000
    world.step({})
    assert world.tables.hex_i[H.DISPLACED, 50] == pytest.approx(2000, abs=12)


def will(world: World, a: int = 1) -> float:
    return float(world.tables.faction_f[A.WILL, a])


def test_12_1_will_falls_with_the_share_of_men_lost_for_good() -> None:
    world = small_game([force(0, 0), force(1, 99, 10_000)], days_per_turn=1.0, impulses=1)
    world.tables.faction_i[A.KILLED, 1] = 500
    world.tables.faction_i[A.CAPTURED, 1] = 500
    world.tables.faction_i[A.DESERTED, 1] = 3000
    world.step({})
    assert will(world) == pytest.approx(70 - 60 * 0.1)
    assert [r.reason for r in world.records.of_kind(RecordKind.WILL)] == [Reason.CASUALTIES]


def test_12_1_will_returns_slowly_to_its_resting_level_and_no_further() -> None:
    world = small_game([force(0, 0)], days_per_turn=10.0, impulses=10)
    world.tables.faction_f[A.WILL, 0] = 50.0
    world.step({})
    assert will(world, 0) == pytest.approx(51.0)
    rested = small_game([force(0, 0)], days_per_turn=10.0, impulses=10)
    rested.step({})
    assert will(rested, 0) == 70.0


VALUE = np.zeros(108)
VALUE[[53, 90]] = 10.0, 30.0


def land_game(**more: object) -> World:
    return small_game([force(0, 0), force(1, 99)], control=1, value=VALUE, days_per_turn=1.0, impulses=1, **more)


def test_12_2_will_moves_with_the_places_that_are_held() -> None:
    world = land_game()
    world.tables.hex_i[H.CONTROL, 53] = NO_FACTION
    world.step({})
    assert will(world) == pytest.approx(70 - 40 * 0.25)
    world.tables.hex_i[H.CONTROL, 53] = 1
    world.step({})
    assert will(world) == pytest.approx(70.0, abs=0.11)


def test_12_3_the_loss_of_the_seat_of_government_is_a_blow_that_retaking_undoes() -> None:
    world = land_game(capitals={1: 53})
    world.tables.hex_i[H.CONTROL, 53] = NO_FACTION
    world.step({})
    assert will(world) == pytest.approx(70 - 40 * 0.25 - 15, abs=0.11)
    assert [r.reason for r in world.records.of_kind(RecordKind.WILL)] == [Reason.CAPITAL_LOST]
    world.tables.hex_i[H.CONTROL, 53] = 1
    world.step({})
    assert will(world) == pytest.approx(70.0, abs=0.11)


def test_1_2_forces_enter_play_on_the_hour_they_are_due() -> None:
    world = small_game([force(0, 0), force(1, 99, status=Status.PENDING, arrives=48)], days_per_turn=1.0, impulses=1)
    arrived = []
    for turn in range(4):
        world.step({})
        arrived += [(turn, r.force) for r in world.records.of_kind(RecordKind.ARRIVED)]
    assert arrived == [(2, 1)]
    assert world.tables.force_i[F.STATUS, 1] == Status.ACTIVE


def test_1_a_date_is_the_day_that_the_hour_falls_on() -> None:
    world = small_game([force(0, 0)])
    assert world.date == date(1979, 1, 1)
    world.step({})
    assert world.date == date(1979, 1, 5)
