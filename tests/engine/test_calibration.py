"""The preview is calibrated: what it calls likely happens that often, and losses fall where it says they will."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import Order, Status
from game.core.orders import Orders
from game.core.records import RecordKind
from game.engine.world import World
from game.rules.preview import STEEPNESS, preview
from tests.builders import force, small_game, spot, standard_ruleset

HERE, THERE = 40, 41
BATTLES, FIGHTS = 60, 6
WON, LOW, HIGH, ODDS = range(4)


def meeting(chance: np.random.Generator) -> World:
    """A battle of any size, odds and works, the enemy as the picture supposes him."""
    rules = standard_ruleset()
    own = int(chance.uniform(2000, 15_000))
    world = small_game(
        [
            force(0, HERE, own, cohesion=0.9, stock=own * 50),
            force(
                1, THERE, max(500, int(own * chance.uniform(0.15, 1.4))), dug_in=float(chance.uniform(0, 3)),
                quality=rules.sight.typical_quality, cohesion=rules.sight.typical_cohesion, stock=10**6,
            ),
        ],
        people=20_000,
    )  # fmt: skip
    world.tables.faction_f[A.WILL, 1] = rules.politics.will_rest
    spot(world, 0, 1, 0)
    return world


def fight(world: World, seed: int) -> tuple[bool, int]:
    """Whether the hex was taken within six days, and the attacker's loss."""
    game = world.copy()
    game.tables.clock[C.SEED] = seed
    men = int(game.tables.force_i[F.MEN, 0])
    orders = Orders()
    orders.give(0, Order.ATTACK, THERE)
    for impulse, records in enumerate(
        r for turn in range(2) for r in game.step_impulses({} if turn else {"s0": orders})
    ):
        formed = game.tables.force_i[F.STATUS, 1] in (Status.ACTIVE, Status.ROUTED)
        taken = not formed or int(game.tables.force_i[F.HEX, 1]) != THERE
        given_up = any(r.force == 0 for r in records.of_kind(RecordKind.HALTED, RecordKind.BROKE))
        if taken or given_up or impulse == 5:
            return taken, men - int(game.tables.force_i[F.MEN, 0])
    raise AssertionError


@cache
def outcomes() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """[battles, 4] of what was foreseen, [battles, fights] of won and of losses."""
    chance = np.random.default_rng(7)
    foreseen, won, lost = [], [], []
    for k in range(BATTLES):
        world = meeting(chance)
        found = preview(world.setting, world.view("s0").tables, [0], THERE, draws=200)
        assert found is not None
        foreseen.append((found.won, found.own_loss[1], found.own_loss[2], found.odds))
        fought = [fight(world, 1000 * k + seed) for seed in range(FIGHTS)]
        won.append([f[0] for f in fought])
        lost.append([f[1] for f in fought])
    return np.array(foreseen), np.array(won, float), np.array(lost, float)


def test_a_chance_that_the_preview_gives_comes_true_that_often() -> None:
    foreseen, won, _ = outcomes()
    edges = (0.0, 0.3, 0.7, 1.01)
    for low, high in pairwise(edges):
        within = (foreseen[:, WON] >= low) & (foreseen[:, WON] < high)
        if within.sum() < 4:
            continue
        error = 0.5 / np.sqrt(within.sum() * FIGHTS)
        assert abs(foreseen[within, WON].mean() - won[within].mean()) < 0.04 + 3 * error, (low, high)


def test_losses_fall_into_the_interval_from_the_tenth_to_the_ninetieth_percentile_about_four_times_in_five() -> None:
    foreseen, _, lost = outcomes()
    inside = (lost >= foreseen[:, [LOW]] - 1) & (lost <= foreseen[:, [HIGH]] + 1)
    assert 0.70 < inside.mean() < 0.90


def test_the_curve_that_divides_the_chance_among_its_causes_fits_the_battles() -> None:
    """P.4 The log-likelihood of the curve's steepness is within reach of the best there is."""
    foreseen, won, _ = outcomes()
    wins = won.mean(axis=1)

    def score(steepness: float) -> float:
        p = np.clip(1 / (1 + np.maximum(foreseen[:, ODDS], 0.05) ** -steepness), 0.01, 0.99)
        return float((wins * np.log(p) + (1 - wins) * np.log(1 - p)).mean())

    assert score(STEEPNESS) > max(score(k / 4) for k in range(1, 40)) - 0.01
