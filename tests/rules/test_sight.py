"""Chapter 5: who sees what, how sightings fade, and what a view keeps from its owner."""

from __future__ import annotations

import numpy as np
import pytest

from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import sighting as S
from game.core.ids import NEVER, OFF_MAP, Arms, ForceKind, Mobility, Order, Posture, Status, Terrain
from game.engine.world import World
from tests.builders import force, plain_map, small_game, spot


def share_seen(*forces: dict, seeds: int = 40, **more: object) -> float:
    """Share of games in which faction 0 detects its last enemy on the first day."""
    seen = 0
    for seed in range(seeds):
        world = small_game(list(forces), seed=seed, days_per_turn=1.0, impulses=1, **more)
        world.step({})
        seen += bool(world.tables.seen[0, S.HOUR, len(forces) - 1] == 24)
    return seen / seeds


def test_5_2_an_open_force_is_seen_beside_and_less_two_hexes_off_and_not_beyond() -> None:
    beside, two, three = (share_seen(force(0, 50, 3000), force(1, 50 + k, 3000)) for k in (1, 2, 3))
    # 1 - exp(-1.2 x 0.9) and 1 - exp(-0.4 x 0.9)
    assert beside == pytest.approx(0.66, abs=0.17)
    assert two == pytest.approx(0.30, abs=0.17)
    assert three == 0.0


def test_5_2_who_hides_is_hard_to_see() -> None:
    hidden = share_seen(force(0, 50), force(1, 51, 3000, order=Order.AMBUSH))
    bands = share_seen(force(0, 50), force(1, 51, 3000, status=Status.BANDS, order=Order.REST))
    assert hidden < 0.35
    assert bands < 0.35


def test_5_2_cover_conceals_and_numbers_betray() -> None:
    forest = plain_map(terrain=np.full(108, Terrain.FOREST, np.int8))
    assert share_seen(force(0, 50), force(1, 51, 3000), hexmap=forest) < 0.4
    assert share_seen(force(0, 50), force(1, 52, 30_000)) > share_seen(force(0, 50), force(1, 52, 1000)) + 0.2


def test_5_2_aircraft_see_farther() -> None:
    plane = force(0, 48, 100, kind=ForceKind.AIR, mobility=Mobility.AIR, arms=Arms.AIR, sorties=10)
    assert share_seen(plane, force(1, 58, 6000)) > 0.1
    idle = plane | {"sorties": 0}
    assert share_seen(idle, force(1, 58, 6000)) == 0.0


def test_5_2_fighting_reveals() -> None:
    found = share_seen(force(0, 50), force(1, 51, 400, order=Order.ATTACK, dest=50), seeds=20)
    # unless the viewer itself was beaten out of sight
    assert found >= 0.9


def world_with_enemy(at: int = 51, **more: object) -> World:
    return small_game(
        [force(0, 50), force(1, at, 5000, tanks=10, **more)], depots=[(58, 1, 9000, 70), (48, 0, 8000, 60)]
    )


def see(world: World, hour: int, men: int = 4000, at: int = 51) -> None:
    spot(world, 0, 1, hour, men, at)


def test_5_3_an_estimate_of_men_has_an_error_and_no_bias() -> None:
    guesses = []
    for seed in range(80):
        world = small_game([force(0, 50, 20_000), force(1, 51, 20_000)], seed=seed)
        if world.tables.seen[0, S.HOUR, 1] != NEVER:
            guesses.append(world.tables.seen[0, S.MEN, 1] / 20_000)
    assert np.mean(guesses) == pytest.approx(1.0, abs=0.08)
    assert np.std(guesses) == pytest.approx(0.2, abs=0.07)


def test_5_3_a_sighting_fades_after_its_days() -> None:
    for hour, known in ((6 * 24, True), (6 * 24 + 1, False)):
        world = world_with_enemy()
        see(world, 0)
        world.tables.clock[C.HOUR] = hour
        assert (1 in world.view("s0").known_enemies()) is known


def test_5_3_a_view_shows_where_and_how_many_were_seen_not_where_they_are() -> None:
    world = world_with_enemy(at=57, quality=0.31, cohesion=0.17, order=Order.MOVE, dest=40)
    see(world, 0, men=4000, at=54)
    t = world.view("s0").tables
    assert (t.force_i[F.HEX, 1], t.force_i[F.MEN, 1], t.force_i[F.TANKS, 1]) == (54, 4000, 8)
    assert (t.force_f[F.QUALITY, 1], t.force_f[F.COHESION, 1]) == (0.85, 0.8)
    assert (t.force_i[F.ORDER, 1], t.force_i[F.DEST, 1], t.force_i[F.BASE, 1]) == (Order.HOLD, OFF_MAP, OFF_MAP)


def test_5_3_two_forces_that_were_not_seen_look_the_same_in_a_view() -> None:
    blank = []
    for spec in (
        {"men": 900, "quality": 0.3, "dug_in": 2.7, "order": Order.HOLD},
        {"men": 9000, "quality": 1.1, "tanks": 40, "guns": 9, "order": Order.AMBUSH, "status": Status.ACTIVE},
        {"men": 50, "order": Order.REST, "status": Status.BANDS, "cohesion": 0.2},
    ):
        world = small_game([force(0, 0), force(1, 59, **spec)], days_per_turn=1.0, impulses=1)
        world.step({})
        world.tables.seen[0, S.HOUR, 1] = NEVER
        t = world.view("s0").tables
        blank.append((t.force_i[:, 1].tolist(), t.force_f[:, 1].tolist()))
        assert (t.force_i[F.HEX, 1], t.force_i[F.MEN, 1], t.force_i[F.POSTURE, 1]) == (OFF_MAP, 0, Posture.HASTY)
    assert blank[0] == blank[1] == blank[2]


def test_5_3_own_forces_are_exact_and_the_game_is_not_touched() -> None:
    world = world_with_enemy()
    before = world.state_hash()
    t = world.view("s0").tables
    assert t.force_i[:, 0].tolist() == world.tables.force_i[:, 0].tolist()
    assert t.force_f[:, 0].tolist() == world.tables.force_f[:, 0].tolist()
    t.force_i[:] = 0
    assert world.state_hash() == before


def test_5_3_the_enemy_s_stocks_and_accounts_are_blank() -> None:
    world = world_with_enemy()
    world.tables.faction_i[A.KILLED, 1] = 777
    t = world.view("s0").tables
    assert t.depot_i[[D.STOCK_KG, D.INFLOW_KG, D.CAPACITY_KG], 0].tolist() == [0, 0, 0]
    assert t.depot_i[[D.STOCK_KG, D.INFLOW_KG], 1].tolist() == [8000, 60]
    assert t.faction_i[[A.START, A.KILLED], 1].tolist() == [0, 0]
    assert t.faction_f[A.WILL, 1] == 0.0
    assert (t.seen[1] == -1).all()


def test_5_4_control_is_known_where_one_sees_and_elsewhere_as_last_known() -> None:
    world = small_game([force(0, 50), force(1, 107)], control=0, days_per_turn=1.0, impulses=1)
    t = world.tables
    t.hex_i[H.CONTROL, 51] = t.hex_i[H.CONTROL, 59] = 1
    world.step({})
    known = world.view("s0").tables.hex_i[H.CONTROL]
    assert world.tables.hex_i[H.CONTROL, 59] == 1
    assert known[59] == 0


def test_5_the_seed_of_a_view_is_not_the_game_s_and_sides_have_different_ones() -> None:
    world = world_with_enemy()
    seeds = [int(world.view(side).tables.clock[C.SEED]) for side in ("s0", "s1")]
    assert len({world.seed, *seeds}) == 3
    assert all(0 <= seed < 2**31 for seed in seeds)
