"""Chapter 15: objectives, levels, and milestones that have to last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from game.core.columns import hex as H
from game.engine.routes import Routes
from game.engine.world import World
from game.scenario.model import Metric, MetricKind, Objective
from tests.builders import force, small_game

TOWN = 54


def game(objectives: tuple[Objective, ...], holder: int) -> World:
    """A game of ten days, a turn a day, whose town is `holder`'s."""
    plain = small_game([force(0, 0), force(1, 107)], control=holder, days_per_turn=1.0, impulses=1)
    scenario = replace(plain.scenario, objectives=objectives)
    scenario.initial.tables.hex_i[H.CONTROL] = holder
    return World.start(scenario, Routes(scenario.setting), 1)


def objective(kind: MetricKind, **more: object) -> Objective:
    metric = Metric(kind, (0,), TOWN, "", more.pop("at", None))
    return Objective("it", 0, "It", metric, 10.0, **more)


@pytest.mark.parametrize(("holder", "met"), [(0, True), (1, False)])
@pytest.mark.parametrize("at", [None, date(1979, 1, 4)])
def test_15_1_a_place_to_be_held_counts_only_for_who_holds_it(holder: int, met: bool, at: date | None) -> None:
    world = game((objective(MetricKind.HOLDS, at=at),), holder)
    while not world.over:
        world.step({})
    result = world.outcome.results["s0"]
    assert result.objectives[0].met is met
    assert (result.share, result.level) == ((1.0, "Victory") if met else (0.0, "Defeat"))


def test_15_1_a_place_held_on_the_day_and_lost_after_it_counts() -> None:
    world = game((objective(MetricKind.HOLDS, at=date(1979, 1, 4)),), 0)
    while not world.over:
        world.step({})
        if world.turn == 6:
            world.tables.hex_i[H.CONTROL, TOWN] = 1
    assert world.outcome.results["s0"].objectives[0].met


def test_15_1_a_thing_that_should_never_be_counts_while_it_has_not_come_to_pass() -> None:
    spared = game((objective(MetricKind.CONTROL_DATE, never=True),), 1)
    taken = game((objective(MetricKind.CONTROL_DATE, never=True),), 0)
    for world in (spared, taken):
        while not world.over:
            world.step({})
    assert spared.outcome.results["s0"].objectives[0].met
    assert not taken.outcome.results["s0"].objectives[0].met


def test_15_2_a_town_counts_as_taken_on_the_day_it_fell_if_it_was_kept_and_not_if_it_was_not() -> None:
    for days_kept, fallen in ((2, None), (4, date(1979, 1, 3))):
        world = game((objective(MetricKind.CONTROL_DATE),), 1)
        while not world.over:
            world.step({})
            if world.turn == 2:
                world.tables.hex_i[H.CONTROL, TOWN] = 0
            elif world.turn == 2 + days_kept:
                world.tables.hex_i[H.CONTROL, TOWN] = 1
        first = len(world.scenario.milestones)
        assert world.tracker.value(world.scenario, world.tables, first) == fallen


def test_15_1_the_reason_names_what_was_met_and_what_was_not() -> None:
    goals = (objective(MetricKind.HOLDS), replace(objective(MetricKind.HELD_SHARE, at_least=2.0), title="Too much"))
    world = game(goals, 0)
    reason = world.outcome.results["s0"].reason
    assert "10 of 20" in reason
    assert "Met: It" in reason
    assert "Not met: Too much" in reason
