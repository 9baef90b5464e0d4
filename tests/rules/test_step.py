"""What comes of a war does not hang on the length of an impulse: halving the step changes nothing but noise."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import Order, Road
from game.engine.world import World
from tests.builders import force, line, links, plain_map, small_game

DAYS = 6.0
SEEDS = 60
ROAD = plain_map(road=links(line(48, 59), Road.PRIMARY))
"""A road along the middle row, which the attackers come along from the west."""


def attacker(at: int, men: int = 20_000) -> dict:
    return force(0, at, men, cohesion=0.9, order=Order.ATTACK, dest=59, stock=men * 60)


def defender(at: int, men: int = 6000, **more: object) -> dict:
    return force(1, at, men, cohesion=0.9, stock=men * 60, base=59, **more)


CASES: dict[str, list[dict]] = {
    "a march into contact": [attacker(49), defender(53)],
    "a stack": [attacker(52), attacker(51), defender(53), defender(53), defender(53)],
    "defenders in depth": [attacker(52), defender(53), defender(55)],
    "a delaying force": [attacker(52), defender(53, order=Order.WITHDRAW, dest=59)],
}


def course(forces: list[dict], impulses: int, seed: int) -> tuple[float, float, float, float]:
    """Days until hexes 53 and 55 are taken, by the middle of the impulse, and the men of both sides at the end."""
    world = small_game(
        forces, hexmap=ROAD, seed=seed, days_per_turn=DAYS, impulses=impulses, turns=1,
        control=np.where(np.arange(108) % 12 > 4, 1, 0),
    )  # fmt: skip
    fell = {53: DAYS, 55: DAYS}
    for _ in world.step_impulses({}):
        middle = (world.hour - world.impulse_hours / 2) / 24
        for h, day in fell.items():
            if day == DAYS and world.tables.hex_i[H.CONTROL, h] == 0:
                fell[h] = middle
    return fell[53], fell[55], men_of(world, 0), men_of(world, 1)


def men_of(world: World, a: int) -> float:
    fi = world.tables.force_i
    return float(fi[F.MEN][fi[F.FACTION] == a].sum())


@cache
def sample(case: str, hours: int) -> npt.NDArray[np.float64]:
    return np.array([course(CASES[case], int(DAYS * 24 / hours), seed) for seed in range(SEEDS)])


@pytest.mark.parametrize(("case", "hours"), [*((case, 12) for case in CASES), ("a march into contact", 6)])
def test_impulses_of_a_day_and_of_a_part_of_a_day_give_the_same_war(case: str, hours: int) -> None:
    """The margin beyond 3 standard errors is a tenth of a day and one part in fifty of the men: what the middle of an
    impulse cannot tell."""
    whole, part = sample(case, 24), sample(case, hours)
    error = np.sqrt((whole.var(axis=0, ddof=1) + part.var(axis=0, ddof=1)) / SEEDS)
    margin = 3 * error + np.array([0.1, 0.1, 0.02 * 20_000, 0.02 * 6000])
    difference = np.abs(whole.mean(axis=0) - part.mean(axis=0))
    assert (difference < margin).all(), (case, difference, error)


def test_3_5_a_halt_at_a_way_point_costs_no_hours() -> None:
    arrived = []
    for impulses in (4, 8, 16):
        world = small_game([force(0, 48, order=Order.MOVE, dest=51, stock=10**6)], hexmap=ROAD, impulses=impulses)
        world.tables.force_i[F.THEN, 0] = 56
        for k, _ in enumerate(world.step_impulses({}), 1):
            if world.tables.force_i[F.HEX, 0] >= 54:
                arrived.append(k * 4 / impulses)
                break
    # 6 hexes of 12 km at 24 km a day
    assert arrived == [3.0, 3.0, 3.0]
