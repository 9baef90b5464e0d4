"""The preview of a battle is the battle: same function, same picture, other luck."""

from __future__ import annotations

import numpy as np
import pytest

from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import ForceKind, Order, Status
from game.core.orders import Orders
from game.core.records import RecordKind
from game.engine.world import World
from game.rules.preview import Preview, preview
from tests.builders import force, small_game, spot, standard_ruleset

HERE, THERE = 40, 41


def battle(own: int = 9000, other: int = 5000, **more: object) -> World:
    """One force beside another, which the side of the first has just seen as it is."""
    world = small_game([force(0, HERE, own), force(1, THERE, other, **more)], people=20000)
    spot(world, 0, 1, 0)
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
    world.tables.seen[0, :, 1] = -1
    assert preview(world.setting, world.view("s0").tables, [0], THERE) is None


def test_an_attacker_from_afar_is_weighed_where_it_would_arrive() -> None:
    world = small_game([force(0, HERE - 4, 9000), force(1, THERE, 5000)])
    spot(world, 0, 1, 0)
    found = foresee(world)
    assert found.odds == pytest.approx(foresee(battle()).odds, rel=0.2)


def test_civilians_who_flee_are_counted_and_never_more_than_live_there() -> None:
    found = foresee(battle())
    assert 0 < found.fled[1] <= found.fled[0] <= found.fled[2] <= 20000


@pytest.mark.parametrize(("own", "dug_in"), [(5000, 0.0), (7000, 0.0), (9000, 2.8), (12000, 1.6)])
def test_the_previews_draws_come_out_as_that_many_battles_do(own: int, dug_in: float) -> None:
    """Against the real sequence of play, with an enemy who is as the picture supposes."""
    rules = standard_ruleset()
    world = battle(own, quality=rules.sight.typical_quality, cohesion=rules.sight.typical_cohesion, dug_in=dug_in)
    world.tables.faction_f[A.WILL, 1] = rules.politics.will_rest
    found = foresee(world, draws=400)
    fought = np.array([fight_it_out(world, seed) for seed in range(150)])
    assert found.won == pytest.approx(fought[:, 0].mean(), abs=0.1)
    assert found.days[0] == pytest.approx(np.median(fought[:, 1]), abs=1)
    a_day = fought[:, 2].mean() / fought[:, 1].mean()
    assert found.own_loss[0] == pytest.approx(np.median(fought[:, 2]), abs=1.1 * a_day)


def fight_it_out(world: World, seed: int) -> tuple[bool, float, int]:
    """Whether the hex was taken within six days, the days of battle, and the attacker's loss."""
    game = world.copy()
    game.tables.clock[C.SEED] = seed
    men = int(game.tables.force_i[F.MEN, 0])
    orders = Orders()
    orders.give(0, Order.ATTACK, THERE)
    days = 0.0
    impulses = 0
    for turn in range(2):
        for records in game.step_impulses({"s0": orders} if turn == 0 else {}):
            days += float(game.work.battle_days[THERE])
            impulses += 1
            formed = game.tables.force_i[F.STATUS, 1] in (Status.ACTIVE, Status.ROUTED)
            taken = not formed or int(game.tables.force_i[F.HEX, 1]) != THERE
            given_up = any(r.force == 0 for r in records.of_kind(RecordKind.HALTED, RecordKind.BROKE))
            if taken or given_up or impulses == 6:
                return taken, days, men - int(game.tables.force_i[F.MEN, 0])
    raise AssertionError
