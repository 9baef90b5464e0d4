"""The Christmas invasion, agent against agent: what it must show, and that the length of a step does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import NO_FACTION, OFF_MAP, Status
from game.engine.playable import Playable
from game.engine.world import World
from tests.rules.test_conservation import men_accounted
from tests.scenarios_played.playing import apart, as_number, play, playable

pytestmark = pytest.mark.slow

SEEDS = range(40)
PHNOM_PENH, KRATIE, KAMPONG_SOM, BATTAMBANG, SURVIVORS = "ci01", "ci02", "ci06", "ci07", "ci09"


@cache
def final_worlds() -> tuple[World, ...]:
    """`commander` against `commander`."""
    return tuple(play(playable(), seed) for seed in SEEDS)


def figures(milestone: str) -> list[float]:
    """The milestone in each game: days after the start, or a number."""
    return [as_number(world.milestones()[milestone], playable()) for world in final_worlds()]


def day_of(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - playable().definition.setting.start).days


def test_phnom_penh_falls_about_7_january_1979() -> None:
    assert abs(float(np.median(figures(PHNOM_PENH))) - day_of(1979, 1, 7)) <= 5


def test_phnom_penh_has_fallen_by_the_end_of_january_in_nine_games_of_ten() -> None:
    assert np.mean(np.array(figures(PHNOM_PENH)) <= day_of(1979, 1, 31)) >= 0.9


@pytest.mark.parametrize(("first", "then"), [
    (KRATIE, PHNOM_PENH), (PHNOM_PENH, KAMPONG_SOM), (KAMPONG_SOM, BATTAMBANG), (PHNOM_PENH, BATTAMBANG),
])  # fmt: skip
def test_towns_fall_in_the_order_of_history_in_most_games(first: str, then: str) -> None:
    assert np.mean(np.array(figures(first)) <= np.array(figures(then))) > 0.5


def test_all_four_towns_fall_in_the_order_of_history_in_most_games() -> None:
    days = np.array([figures(town) for town in (KRATIE, PHNOM_PENH, KAMPONG_SOM, BATTAMBANG)])
    # days are whole: two towns on one day count as in order
    assert np.mean((np.diff(days, axis=0) >= 0).all(axis=0)) > 0.5


def test_the_northwest_falls_within_january() -> None:
    assert abs(float(np.median(figures(KRATIE))) - day_of(1978, 12, 30)) <= 6
    assert abs(float(np.median(figures(KAMPONG_SOM))) - day_of(1979, 1, 10)) <= 6
    assert day_of(1979, 1, 8) <= float(np.median(figures(BATTAMBANG))) <= day_of(1979, 1, 25)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_quarter_more_or_less_of_every_weight_changes_little(seed: int) -> None:
    setting = playable().definition.setting
    rng = np.random.default_rng(seed)
    doctrine = {
        side: said | {"objectives": [aim | {"weight": weighed(side, aim, rng)} for aim in said["objectives"]]}
        for side, said in setting.doctrine.items()
    }
    scenario = Playable(replace(playable().definition, setting=replace(setting, doctrine=doctrine)))
    games = [play(scenario, run) for run in range(12)]
    days = np.array([sample(games, town) for town in (KRATIE, PHNOM_PENH, KAMPONG_SOM, BATTAMBANG)])
    assert abs(np.median(days[1]) - np.median(figures(PHNOM_PENH))) <= 4
    assert np.mean((np.diff(days, axis=0) >= 0).all(axis=0)) >= 0.5


def weighed(side: str, aim: dict[str, Any], rng: np.random.Generator) -> float:
    """The aim's worth to the side's commander, a quarter up or down at random."""
    setting = playable().definition.setting
    hex_ = setting.hex_of(aim["place"])
    points = sum(o.points for o in playable().definition.objectives
                 if o.side == setting.side_index(side) and o.metric.hex == hex_)  # fmt: skip
    return float((setting.ground.value[hex_] + points) * rng.choice([0.75, 1.25]))


def test_at_the_end_of_april_15000_to_40000_men_survive() -> None:
    assert 15_000 <= float(np.median(figures(SURVIVORS))) <= 40_000


def test_the_survivors_are_mostly_bands_in_the_west_and_along_the_border() -> None:
    setting = playable().definition.setting
    dk = setting.faction_index("dk")
    phnom_penh_column = setting.hex_of("phnom_penh") % setting.map.cols
    dangrek_row = setting.hex_of("siem_reap") // setting.map.cols
    bands, west = [], []
    for world in final_worlds():
        fi = world.tables.force_i
        own = (fi[F.FACTION] == dk) & (fi[F.STATUS] >= Status.ACTIVE) & (fi[F.STATUS] <= Status.BANDS)
        men, at = fi[F.MEN][own], fi[F.HEX][own]
        bands.append(men[fi[F.STATUS][own] == Status.BANDS].sum() / men.sum())
        there = (at % setting.map.cols < phnom_penh_column) | (at // setting.map.cols < dangrek_row)
        west.append(men[there].sum() / men.sum())
    assert np.median(bands) > 0.5
    assert np.median(west) > 0.5


def swapped(side: str, agent: str, seeds: int) -> list[World]:
    return [play(playable(), seed, {side: agent}) for seed in range(seeds)]


def sample(games: list[World], milestone: str) -> list[float]:
    return [as_number(world.milestones()[milestone], playable()) for world in games]


def shares(games: list[World] | tuple[World, ...], side: str) -> list[float]:
    return [world.outcome.results[side].share for world in games]


def test_a_passive_vietnam_takes_no_town() -> None:
    games = swapped("vietnam", "passive", 4)
    for milestone in (PHNOM_PENH, KRATIE, KAMPONG_SOM, BATTAMBANG):
        assert [world.milestones()[milestone] for world in games] == [None] * 4
    assert min(sample(games, SURVIVORS)) > 80_000


def test_a_vietnam_without_a_plan_takes_far_longer_and_gets_far_less() -> None:
    games = swapped("vietnam", "random", 10)
    assert np.median(sample(games, PHNOM_PENH)) > np.median(figures(PHNOM_PENH)) + 10
    assert np.median(sample(games, BATTAMBANG)) > np.median(figures(BATTAMBANG)) + 30
    assert np.mean(shares(games, "vietnam")) < np.mean(shares(final_worlds(), "vietnam")) - 0.2


def test_a_democratic_kampuchea_without_a_plan_does_worse() -> None:
    games = swapped("dk", "random", 16)
    survivors = figures(SURVIVORS)[:16]
    assert np.mean(sample(games, SURVIVORS)) < np.mean(survivors)
    assert np.mean(shares(games, "dk")) < np.mean(shares(final_worlds()[:16], "dk"))


def killed(games: list[World] | tuple[World, ...], *factions: str) -> list[int]:
    """Soldiers of the factions killed in each game."""
    rows = [playable().definition.setting.faction_index(name) for name in factions]
    return [int(world.tables.faction_i[A.KILLED, rows].sum()) for world in games]


def test_a_passive_democratic_kampuchea_does_clearly_worse() -> None:
    games = swapped("dk", "passive", 24)
    led = final_worlds()[:24]
    # its commander costs the enemy far more, saves men from capture, and ends with more of them and a better result
    assert np.mean(killed(games, "vietnam", "kufns")) < 0.8 * np.mean(killed(led, "vietnam", "kufns"))
    assert np.mean(sample(games, SURVIVORS)) < np.mean(figures(SURVIVORS)[:24]) - 500
    assert np.mean(shares(games, "dk")) < np.mean(shares(led, "dk"))


def test_halving_the_turn_leaves_the_war_as_it_was() -> None:
    halved = playable(days=2.0, impulses=2)
    seeds = range(24)
    games = [play(halved, seed) for seed in seeds]
    for milestone in (PHNOM_PENH, BATTAMBANG, SURVIVORS):
        found = [as_number(world.milestones()[milestone], halved) for world in games]
        assert apart(found, figures(milestone)[: len(seeds)]) < 3.0, milestone


def test_men_are_conserved_to_the_last_day() -> None:
    for world in final_worlds():
        assert set(men_accounted(world)) == {0}


def test_no_force_stands_where_it_may_not() -> None:
    setting = playable().definition.setting
    thailand = setting.faction_index("thailand")
    for world in final_worlds():
        fi = world.tables.force_i
        in_play = (fi[F.STATUS] >= Status.ACTIVE) & (fi[F.STATUS] <= Status.BANDS)
        assert (fi[F.HEX][in_play] != OFF_MAP).all()
        for f in np.flatnonzero(in_play).tolist():
            host = int(setting.ground.host[fi[F.HEX, f]])
            a = int(fi[F.FACTION, f])
            if host == thailand and a != thailand:
                assert world.tables.stance[a, host] in (0, 3, 4)
            assert host == NO_FACTION or host < len(setting.factions)
