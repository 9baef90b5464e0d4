"""Chapter 7, mines: belts and scattered mines hurt every side, outlast the fighting and are cleared by hand."""

from __future__ import annotations

from datetime import date
from math import exp
from typing import Any

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as X
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import Arms, Order, Posture, Stance, Status
from game.core.kernels import plain
from game.core.records import RecordKind, say
from game.core.ruleset import Ruleset
from game.engine.world import World
from game.rules.mines import belt_hours, lay_mines
from game.rules.workspace import IN_BATTLE
from tests.builders import force, plain_map, small_game, standard_ruleset

STEADY = {"morale__desert_month": 0.0, "morale__sick_month_dry": 0.0, "morale__hospital_lost": 0.0}
HERE = 53
KM2 = 0.8660254 * 144.0


def rules(**more: object) -> Ruleset:
    return standard_ruleset(**{**STEADY, **more})


def game(forces: list[dict[str, Any]], **more: Any) -> World:
    return small_game(forces, **{"rules": rules(), "days_per_turn": 1.0, "impulses": 1} | more)


def rows(world: World, kind: RecordKind) -> list[Any]:
    return list(world.records.of_kind(kind))


def crossing(mines: float, holder: int = 1, **more: Any) -> World:
    world = game(
        [force(0, HERE - 1, 10_000, order=Order.MOVE, dest=HERE), force(1, 0)], days_per_turn=4.0, impulses=4, **more
    )
    world.tables.hex_f[H.MINES, HERE] = mines
    world.tables.hex_i[H.CONTROL, HERE] = holder
    return world


def test_7_2_men_in_file_who_cross_a_belt_tread_on_mines_and_half_of_those_hit_die() -> None:
    world = crossing(500.0)
    world.step({})
    told = rows(world, RecordKind.MINED)
    first = told[0]
    assert first.a == pytest.approx(10_000 * 0.1 * (1.0 - exp(-500 * 0.3 / 1000)), abs=1)
    assert first.b == pytest.approx(first.a / 2, abs=1)
    assert "men to mines" in say(first, world.setting)
    dead = world.tables.faction_i[A.DIED_IN_RANKS, 0]
    assert dead == sum(r.b for r in told)
    hit = sum(r.a for r in told)
    assert world.tables.force_i[F.MEN, 0] + hit >= 10_000


def test_7_2_who_holds_the_belt_knows_the_lanes() -> None:
    world = crossing(500.0, holder=0)
    world.step({})
    assert world.tables.force_i[F.HEX, 0] == HERE
    assert all(r.a < 5 for r in rows(world, RecordKind.MINED))


@pytest.mark.parametrize(("mines", "hours"), [(0.0, 0.0), (1.0, 6.0), (1200.0, 15.0), (2400.0, 24.0), (5000.0, 24.0)])
def test_7_2_a_belt_costs_hours(mines: float, hours: float) -> None:
    world = crossing(mines)
    assert plain(belt_hours)(world.tables, world.setting.ruleset.mines, 0, HERE) == pytest.approx(hours, abs=0.1)


def test_7_2_and_so_a_column_comes_later() -> None:
    free, barred = crossing(0.0), crossing(2400.0)
    for world in (free, barred):
        next(world.step_impulses({}))
    assert (free.tables.force_i[F.HEX, 0], barred.tables.force_i[F.HEX, 0]) == (HERE, HERE - 1)


@pytest.mark.parametrize("impulses", [1, 8])
def test_7_3_scattered_mines_take_men_of_all_sides_by_the_day_whatever_the_step(impulses: int) -> None:
    lost = []
    for order in (Order.HOLD, Order.PATROL):
        world = game(
            [force(k, HERE + 3 * k, 20_000, order=order) for k in (0, 1)], days_per_turn=8.0, impulses=impulses
        )
        world.tables.hex_f[H.SCATTER] = 200.0
        world.step({})
        lost.append([20_000 - int(m) for m in world.tables.force_i[F.MEN]])
    day = 200.0 * 0.3 / 1000.0 * 6.0 * 0.05
    assert lost[1] == pytest.approx([20_000 * (1.0 - (1.0 - day) ** 8)] * 2, rel=0.1)
    assert lost[0] == pytest.approx([20_000 * day * 0.15 * 8] * 2, rel=0.2)


def test_7_4_defenders_leave_mines_and_attackers_none() -> None:
    laid = []
    for arms in (Arms.LIGHT, Arms.AIR):
        world = game([force(0, HERE - 1, 8000, order=Order.ATTACK, dest=HERE), force(1, HERE, 8000, arms=arms)])
        world.step({})
        laid.append(world.tables.hex_f[H.SCATTER].copy())
    assert 0 < laid[0][HERE] <= 30 * 8 / KM2
    assert laid[0][HERE - 1] == 0.0
    assert not laid[1].any()


def test_7_4_raiders_leave_fewer_behind() -> None:
    def laid(order: Order) -> float:
        world = game([force(0, HERE, 2000, status=Status.BANDS, order=order, dest=HERE)])
        world.work.bout[IN_BATTLE, 0] = 5.0
        world.tables.force_i[F.POSTURE, 0] = Posture.HIDDEN
        plain(lay_mines)(world.tables, world.setting.ground, world.work, world.setting.ruleset.mines, 0, HERE)
        return float(world.tables.hex_f[H.SCATTER, HERE])

    fewer = standard_ruleset().mines.lay_raid * laid(Order.HOLD)
    assert laid(Order.RAID) == laid(Order.SABOTAGE) == pytest.approx(fewer)
    assert fewer > 0.0


def test_7_5_mines_decay_by_their_half_life() -> None:
    world = game(
        [force(0, 0), force(1, 107)], days_per_turn=30.4375, impulses=2, turns=70,
        rules=rules(mines__half_life_years=0.5),
    )  # fmt: skip
    world.tables.hex_f[[H.MINES, H.SCATTER], HERE] = 1000.0, 80.0
    while world.date < date(1979, 7, 20):
        world.step({})
    assert world.tables.hex_f[H.MINES, HERE] == pytest.approx(500.0, rel=0.02)
    assert world.tables.hex_f[H.SCATTER, HERE] == pytest.approx(40.0, rel=0.02)


def test_7_6_mines_harm_those_who_live_among_them_and_help_nobody() -> None:
    world = game([force(0, 0), force(1, 107)], days_per_turn=31.0, people=50_000)
    t = world.tables
    t.hex_f[H.SCATTER, HERE] = 100.0
    before = t.faction_i.copy()
    world.step({})
    world.step({})
    low, high = t.harm[X.MINES, [X.DEAD_LOW, X.DEAD_HIGH]]
    assert low <= high
    assert high == pytest.approx(0.5 * 50_000 * 100.0 * 2.5e-6, abs=1.0)
    assert rows(world, RecordKind.MINES_CIVIL)[0].b == high
    assert (t.faction_i[A.RECRUITED] == before[A.RECRUITED]).all()


def clearing(men: int, days: float, impulses: int, **mines: float) -> World:
    world = game(
        [force(0, HERE, men, order=Order.CLEAR, dest=HERE), force(1, 0)], days_per_turn=days, impulses=impulses
    )
    world.tables.hex_i[H.CONTROL, HERE] = 0
    world.tables.hex_f[H.MINES, HERE] = mines.get("belt", 0.0)
    world.tables.hex_f[H.SCATTER, HERE] = mines.get("scatter", 0.0)
    world.step({})
    return world


def test_7_7_clearing_a_belt_goes_by_square_metres_a_man_and_day() -> None:
    once, often = clearing(1000, 30.0, 1, belt=1000.0), clearing(1000, 30.0, 30, belt=1000.0)
    left = 1000.0 * exp(-25 * 1000 * 30 / (100 * 12_000))
    assert once.tables.hex_f[H.MINES, HERE] == pytest.approx(left, rel=0.01)
    assert often.tables.hex_f[H.MINES, HERE] == pytest.approx(left, rel=0.02)
    assert sum(r.a for r in rows(once, RecordKind.CLEARED)) == pytest.approx((1000 - left) * 12, abs=2)


def test_7_7_scattered_mines_come_after_the_belt_and_take_longer() -> None:
    world = clearing(1000, 30.0, 1, belt=100.0, scatter=50.0)
    assert world.tables.hex_f[H.SCATTER, HERE] == 50.0
    alone = clearing(1000, 30.0, 1, scatter=50.0)
    assert 0.5 * 50.0 < alone.tables.hex_f[H.SCATTER, HERE] < 0.95 * 50.0


def test_7_7_more_men_than_find_work_clear_no_faster_and_who_finds_none_holds() -> None:
    two, ten = clearing(2000, 10.0, 1, belt=1000.0), clearing(10_000, 10.0, 1, belt=1000.0)
    assert two.tables.hex_f[H.MINES, HERE] == pytest.approx(ten.tables.hex_f[H.MINES, HERE])
    assert clearing(2000, 1.0, 1).tables.force_i[F.ORDER, 0] == Order.HOLD


def border(policy: float, men: int = 2000, stance: Stance = Stance.HOSTILE) -> World:
    host = np.zeros(108, np.int8)
    host[np.arange(108) % 12 >= 6] = 2
    world = game(
        [force(0, HERE, men), force(1, 0, 1), force(2, 59)], factions=3, host=host, control=host,
        days_per_turn=31.0, turns=6,
    )  # fmt: skip
    t = world.tables
    t.stance[0, 2] = t.stance[2, 0] = stance
    t.policy[P.SEAL, 0] = policy
    for _ in range(4):
        world.step({})
    return world


def test_7_8_sealing_grows_month_by_month_where_men_hold_the_border() -> None:
    sealed = border(0.5)
    t = sealed.tables
    assert np.flatnonzero(t.hex_f[H.MINES]).tolist() == [HERE]
    assert 0.9 * 3 * 30 < t.hex_f[H.MINES, HERE] <= 3 * 30
    assert t.hex_f[H.WORKS, HERE] == pytest.approx(3 * 0.05)
    assert "sealing of its border" in say(rows(sealed, RecordKind.SEALED)[0], sealed.setting)
    assert not border(0.0).tables.hex_f[H.MINES].any()


def test_7_8_nobody_seals_a_border_with_friends_or_with_neutrals_who_shelter_no_enemy() -> None:
    assert not border(1.0, stance=Stance.ACCESS).tables.hex_f[H.MINES].any()
    quiet = border(1.0, stance=Stance.NEUTRAL)
    assert not quiet.tables.hex_f[H.MINES].any()
    host = border(1.0, stance=Stance.NEUTRAL)
    host.tables.stance[1, 2] = host.tables.stance[2, 1] = Stance.ACCESS
    host.step({})
    assert host.tables.hex_f[H.MINES, HERE] > 0


def test_7_2_a_belt_is_hidden_from_those_who_do_not_see_it() -> None:
    world = game([force(0, 0), force(1, 107)], hexmap=plain_map())
    world.tables.hex_f[H.MINES, [0, 107]] = 100.0
    assert world.view("s0").tables.hex_f[H.MINES, [0, 107]].tolist() == [100.0, 0.0]


def test_posture_of_those_who_clear_is_not_dug_in() -> None:
    assert clearing(2000, 1.0, 1, belt=1000.0).tables.force_i[F.POSTURE, 0] == Posture.MARCH
