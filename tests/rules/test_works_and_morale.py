"""Chapters 7 and 8: works, fatigue, cohesion, desertion, sickness, hunger, the wounded."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from game.core.calendar import DAYS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import Order, Status, Terrain
from game.engine.world import World
from tests.builders import force, plain_map, small_game, standard_ruleset

FOREST = np.full(108, Terrain.FOREST, np.int8)


def after(days: float, spec: dict, impulses: int = 1, fought: int | None = None, **more: object) -> World:
    """A world with one force of faction 0, after one turn of `days`; faction 1 does not contend for the country."""
    world = small_game([spec], days_per_turn=days, impulses=impulses, **more)
    world.tables.faction_i[A.MOVEMENT, 1] = -1
    for key in ("fatigue", "hunger"):
        if key in spec:
            world.tables.force_f[getattr(F, key.upper()), 0] = spec[key]
    if fought is not None:
        world.tables.clock[C.HOUR] = 24 * 365
        world.tables.force_i[F.LAST_FOUGHT, 0] = 24 * (365 - fought)
    world.step({})
    return world


@pytest.mark.parametrize("impulses", [1, 2, 8])
def test_7_1_works_are_the_same_for_any_step(impulses: int) -> None:
    # half a day to hasty works, four more days to prepared ones: one day gives 1 + 0.5 / 4
    world = after(1.0, force(0, 50), impulses)
    assert world.tables.force_f[F.DUG_IN, 0] == pytest.approx(1.125)


def test_7_1_prepared_works_take_days_and_fortified_ones_months() -> None:
    works = [after(days, force(0, 50), 4).tables.force_f[F.DUG_IN, 0] for days in (4.0, 8.0, 60.0, 80.0)]
    assert 1.8 < works[0] < 2.0 < works[1] < 2.2
    assert works[2] < 3.0 == works[3]


def test_7_1_moving_leaves_works_behind() -> None:
    world = after(1.0, force(0, 50, dug_in=2.0, order=Order.MOVE, dest=55))
    assert world.tables.force_f[F.DUG_IN, 0] == 0.0


def test_7_1_resting_forces_do_not_dig() -> None:
    assert after(4.0, force(0, 50, order=Order.REST)).tables.force_f[F.DUG_IN, 0] == 0.0


@pytest.mark.parametrize(("order", "half_life"), [(Order.REST, 2.0), (Order.HOLD, 6.0)])
def test_8_2_fatigue_halves_at_rest_in_two_days_and_in_the_field_in_six(order: Order, half_life: float) -> None:
    world = after(half_life, force(0, 50, order=order, fatigue=0.8), 4)
    assert world.tables.force_f[F.FATIGUE, 0] == pytest.approx(0.4)


def test_8_2_fatigue_does_not_go_on_the_march() -> None:
    world = after(1.0, force(0, 50, order=Order.MOVE, dest=55, fatigue=0.5))
    assert world.tables.force_f[F.FATIGUE, 0] > 0.5


@pytest.mark.parametrize(("order", "half_life"), [(Order.REST, 30.0), (Order.HOLD, 90.0)])
def test_8_2_cohesion_recovers_by_half_lives(order: Order, half_life: float) -> None:
    world = after(half_life, force(0, 50, cohesion=0.4, order=order, stock=10**7), 4)
    assert world.tables.force_f[F.COHESION, 0] == pytest.approx(0.7)


def test_8_2_a_base_area_is_as_good_as_rest() -> None:
    shelter = np.full(108, 0, np.int8)
    world = after(30.0, force(0, 50, cohesion=0.4, stock=10**7), 4, shelter=shelter)
    assert world.tables.force_f[F.COHESION, 0] == pytest.approx(0.7)


def test_8_2_the_hungry_do_not_recover() -> None:
    world = after(1.0, force(0, 50, cohesion=0.4, order=Order.REST, stock=0, hunger=1.0))
    assert world.tables.force_f[F.HUNGER, 0] == 1.0
    assert world.tables.force_f[F.COHESION, 0] == pytest.approx(0.4)


def deserted(**spec: object) -> int:
    host, fought = spec.pop("host", None), spec.pop("fought", None)
    men = force(0, 50, men=400_000, stock=spec.pop("stock", 10**9), cohesion=1.0, **spec)
    return int(after(30.0, men, host=host, fought=fought).tables.faction_i[A.DESERTED, 0])


def test_8_3_men_desert_by_the_month_and_cohesion_keeps_them() -> None:
    # base one in a hundred a month, times 1.5 - cohesion
    assert deserted() == pytest.approx(400_000 * 0.01 * 0.5 * 30.0 / DAYS_A_MONTH, abs=1)
    low = after(30.0, force(0, 50, men=400_000, stock=10**9, cohesion=0.2)).tables.faction_i[A.DESERTED, 0]
    assert low > 2 * deserted()


def test_8_3_more_desert_far_from_home() -> None:
    abroad = np.full(108, 1, np.int8)
    assert deserted(host=abroad) == pytest.approx(1.8 * deserted(), rel=0.01)
    assert deserted(host=np.full(108, 0, np.int8)) == deserted()


def test_8_3_more_desert_when_beaten() -> None:
    bands = {"status": Status.BANDS, "order": Order.REST}
    assert deserted(fought=10, **bands) == pytest.approx(1.5 * deserted(), rel=0.02)
    assert deserted(fought=200, **bands) == deserted(**bands) == deserted()


def test_8_5_hunger_drives_men_away() -> None:
    assert deserted(stock=0) > 10 * deserted()


def sick(month: int, terrain: np.ndarray | None) -> int:
    hexmap = plain_map() if terrain is None else plain_map(terrain=terrain)
    world = after(10.0, force(0, 50, men=100_000, stock=10**9), start=date(1979, month, 1), hexmap=hexmap)
    return int(world.tables.faction_i[A.SICK, 0])


def test_8_4_disease_takes_men_in_rough_country_most_of_all_in_the_wet_season() -> None:
    assert sick(1, None) == sick(7, None) == 0
    dry, wet = sick(1, FOREST), sick(7, FOREST)
    assert dry == pytest.approx(100_000 * (1 - 0.99 ** (10 / DAYS_A_MONTH)), abs=4)
    assert wet == pytest.approx(3 * dry, rel=0.05)


def test_8_6_the_wounded_return_to_the_force_shortest_of_men() -> None:
    world = small_game(
        [force(0, 50, men=4000), force(0, 51, men=4000)],
        depots=[(50, 0, 10**8)],
        control=0,
        days_per_turn=1.0,
        impulses=1,
    )
    t = world.tables
    t.force_i[F.MEN, 1] = 2000
    t.faction_i[A.HOSPITAL, 0] = 2000
    world.step({})
    back = t.force_i[F.MEN, 1] - 2000 + t.faction_i[A.DESERTED, 0]
    assert t.faction_i[A.HOSPITAL, 0] < 2000
    assert 12 <= back <= 20
    assert t.force_i[F.MEN, 0] <= 4000


def test_8_6_nobody_reaches_a_force_that_is_cut_off_and_the_unfit_are_discharged() -> None:
    rules = standard_ruleset(morale__desert_month=0.0)
    world = small_game([force(0, 50, men=4000)], days_per_turn=1.0, impulses=1, rules=rules)
    t = world.tables
    t.force_i[F.MEN, 0] = 3000
    t.faction_i[A.HOSPITAL, 0] = 1000
    world.step({})
    assert t.force_i[F.MEN, 0] == 3000
    assert t.faction_i[A.HOSPITAL, 0] == 992
    assert t.faction_i[A.SICK, 0] == 8
