"""The preview of a battle is the battle: same function, same picture, other luck."""

from __future__ import annotations

import numpy as np
import pytest

from game.core.columns import clock as C
from game.core.columns import force as F
from game.core.ids import ForceKind, Order, Status
from game.core.orders import Orders
from game.engine.world import World
from game.rules.preview import Preview, preview
from tests.builders import force, plain_map, small_game

HERE, THERE = 40, 41


def battle(own: int = 9000, other: int = 5000, **more: object) -> World:
    """One force beside another, which the side of the first has just seen as it is."""
    world = small_game([force(0, HERE, own), force(1, THERE, other, **more)], people=20000)
    world.tables.seen[0, :, 1] = (0, THERE, other)
    return world


def foresee(world: World, attackers: list[int] | None = None, **more: int) -> Preview:
    found = preview(world.setting, world.view("s0").tables, attackers or [0], THERE, **more)
    assert found is not None
    return found


def test_the_causes_add_up_to_the_chance_and_stand_by_size() -> None:
    for own in (2000, 6000, 15000):
        found = foresee(battle(own))
        assert 50 + sum(points for _, points in found.causes) == pytest.approx(found.won * 100)
        sizes = [abs(points) for _, points in found.causes]
        assert sizes == sorted(sizes, reverse=True)


def test_more_men_never_lower_the_chance_and_the_shares_are_all_of_it() -> None:
    chances = []
    for own in (1500, 3000, 6000, 12000):
        found = foresee(battle(own))
        assert found.won + found.contested + found.repulsed == pytest.approx(1)
        chances.append((found.odds, found.won))
    assert chances == sorted(chances)
    assert chances[0][1] < 0.3 and chances[-1][1] > 0.9


def test_works_of_the_defender_count_against_the_attack() -> None:
    found = foresee(battle(dug_in=2.8))
    assert dict(found.causes)["Posture and works"] < -5
    assert found.odds < foresee(battle()).odds


def test_the_same_question_has_the_same_answer_and_the_picture_is_left_alone() -> None:
    view = battle().view("s0")
    before = view.state.hash()
    first = preview(view.setting, view.tables, [0], THERE)
    assert preview(view.setting, view.tables, [0], THERE) == first
    assert view.state.hash() == before


def test_there_is_nothing_to_foresee_without_an_enemy_or_without_attackers() -> None:
    world = battle()
    tables = world.view("s0").tables
    assert preview(world.setting, tables, [0], HERE - 1) is None
    assert preview(world.setting, tables, [], THERE) is None
    tables.force_i[F.KIND, 0] = ForceKind.AIR
    assert preview(world.setting, tables, [0], THERE) is None


def test_an_enemy_that_was_not_seen_is_not_foreseen() -> None:
    world = battle()
    world.tables.seen[0, :, 1] = (-1, -1, 0)
    assert preview(world.setting, world.view("s0").tables, [0], THERE) is None


def test_an_attacker_from_afar_is_weighed_where_it_would_arrive() -> None:
    world = small_game([force(0, HERE - 4, 9000), force(1, THERE, 5000)])
    world.tables.seen[0, :, 1] = (0, THERE, 5000)
    river = plain_map().river.copy()
    found = foresee(world)
    assert river.sum() == 0 and found.odds == pytest.approx(foresee(battle()).odds, rel=0.2)


def test_civilians_who_flee_are_counted_and_never_more_than_live_there() -> None:
    found = foresee(battle())
    assert 0 < found.fled[1] <= found.fled[0] <= found.fled[2] <= 20000


def test_the_mean_of_many_previews_is_that_of_many_battles() -> None:
    """Against the real sequence of play, whose first day is the same day of battle."""
    world = battle(7000)
    orders = {"s0": Orders(), "s1": Orders()}
    orders["s0"].give(0, Order.ATTACK, THERE)
    taken, days, lost = [], [], []
    for seed in range(150):
        game = world.copy()
        game.tables.clock[C.SEED] = seed
        held = 0
        for _ in range(2):
            for _records in game.step_impulses(orders if not held else {}):
                formed = game.tables.force_i[F.STATUS, 1] in (Status.ACTIVE, Status.ROUTED)
                if held < 6 and (not taken or len(taken) <= seed):
                    held += 1
                    gone = not formed or game.tables.force_i[F.HEX, 1] != THERE
                    if gone or held == 6:
                        taken.append(gone)
                        days.append(held)
                        lost.append(7000 - int(game.tables.force_i[F.MEN, 0]))
    found = foresee(world, draws=400)
    assert len(taken) == 150
    assert found.won == pytest.approx(np.mean(taken), abs=0.15)
    assert found.days[0] == pytest.approx(np.median(days), abs=1)
    assert found.own_loss[0] == pytest.approx(np.median(lost), rel=0.25)
