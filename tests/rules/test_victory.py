"""Chapter 15: objectives, levels, and milestones that have to last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import Life, Phase, Status, Term, TreatyState
from game.engine.routes import Routes
from game.engine.verdict import detail
from game.engine.world import World
from game.scenario.model import NATURE, Metric, MetricKind, Nature, Objective
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


def test_15_1_a_side_without_objectives_has_no_level_and_no_share() -> None:
    world = game((objective(MetricKind.HOLDS),), 0)
    result = world.outcome.results["s1"]
    assert (result.level, result.share, result.objectives) == (None, None, ())
    assert "has no objectives here, and so no level of victory" in result.reason


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


@pytest.mark.parametrize("kind", [MetricKind.HOLDS, MetricKind.CONTROL_DATE])
@pytest.mark.parametrize(("holder", "spared"), [(0, 0.0), (1, 1.0)])
def test_15_1_a_milestone_that_should_never_be_is_1_where_it_has_not_come_to_pass(
    kind: MetricKind, holder: int, spared: float
) -> None:
    world = game((), holder)
    milestone = replace(world.scenario.milestones[0], metric=Metric(kind, (0,), TOWN, "", None), never=True)
    scenario = replace(world.scenario, milestones=(milestone,))
    world = World.start(scenario, world.routes, 1)
    while not world.over:
        world.step({})
    assert world.milestones() == {milestone.id: spared}


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


def test_15_5_the_reason_names_what_was_met_and_what_was_not() -> None:
    goals = (objective(MetricKind.HOLDS), replace(objective(MetricKind.HELD_SHARE, at_least=2.0), title="Too much"))
    world = game(goals, 0)
    reason = world.outcome.results["s0"].reason
    assert reason == (
        "Side 0 reached 10 of 20 points: Victory. It achieved one of its two aims: It (so it is). It missed one of its "
        "two aims: Too much (0 %, 200 % too few; at least 200 % was wanted)."
    )


def measured(kind: MetricKind, changes: Callable[[World], None], at_turn: int = 3, **more: object) -> object:
    """The value of an objective's metric after ten days, `changes` made to the game after some turns."""
    metric = replace(Metric(kind, (0,), TOWN, "Land", None, 1.0, 1), **more)  # type: ignore[arg-type]
    world = game((Objective("it", 0, "It", metric, 10.0, at_least=0.0),), 1)
    world.tables.party[P.SEATS, 0] = 40
    while not world.over:
        world.step({})
        if world.turn == at_turn:
            changes(world)
    return world.tracker.value(world.scenario, world.tables, len(world.scenario.milestones))


def leave(world: World) -> None:
    world.tables.force_i[[F.STATUS, F.MEN], 0] = (Status.GONE, 0)


def test_15_4_a_withdrawal_counts_while_the_client_stands_and_not_otherwise() -> None:
    assert measured(MetricKind.WITHDRAWAL_DATE, leave, men=0) == date(1979, 1, 4)
    assert measured(MetricKind.WITHDRAWAL_DATE, leave, men=0, other=1, share=0.0) == date(1979, 1, 4)
    assert measured(MetricKind.WITHDRAWAL_DATE, leave, men=0, other=1, share=0.5) is None
    assert measured(MetricKind.WITHDRAWAL_DATE, lambda world: None, men=0) is None


def test_15_4_what_is_held_from_day_to_day_is_added_up() -> None:
    def seat(world: World) -> None:
        world.tables.peace[P.SEAT] = 0
        world.tables.aid[1, 0] = 365.25

    assert measured(MetricKind.SEAT_SHARE, seat) == pytest.approx(0.7)
    assert measured(MetricKind.AID_RECEIVED, seat) == pytest.approx(7.0)
    assert measured(MetricKind.SEAT_HELD, seat) == 1.0
    assert measured(MetricKind.PATRONS, seat) == 1.0


def test_15_4_treaties_phases_and_lives_are_dated() -> None:
    def settle(world: World) -> None:
        t = world.tables
        t.treaty[[Y.TERM, Y.STATE, Y.A, Y.B], 0] = (Term.CEASE_FIRE, TreatyState.IN_FORCE, 1, 0)
        t.peace[P.PHASE] = Phase.ACCORD
        t.faction_i[A.LIFE, 0] = Life.ENDED

    day = date(1979, 1, 4)
    assert measured(MetricKind.TREATY_DATE, settle, term=int(Term.CEASE_FIRE), other=1) == day
    assert measured(MetricKind.TREATY_DATE, settle, term=int(Term.ALLIANCE)) is None
    assert measured(MetricKind.PHASE_DATE, settle, phase=int(Phase.ACCORD)) == day
    assert measured(MetricKind.ENDED_DATE, settle) == day
    assert measured(MetricKind.SURVIVES, settle) == 0.0
    assert measured(MetricKind.SEATS, settle) == 40.0


@pytest.mark.parametrize("kind", list(MetricKind))
def test_15_4_every_measurement_has_a_value_and_words(kind: MetricKind) -> None:
    value = measured(kind, leave, other=1, term=1)
    assert NATURE[kind] is Nature.DATE or isinstance(value, float) or kind is MetricKind.MEN_COMMITTED
    metric = Metric(kind, (0,), TOWN, "Land", None)
    for bounds in ({"at_least": 1e6}, {"at_most": -1e6}, {"by": date(1979, 1, 2)}, {"never": True}):
        words = detail(Objective("it", 0, "It", metric, 10.0, **bounds), value)  # type: ignore[arg-type]
        assert words
        assert "None" not in words


def test_15_1_a_place_that_was_never_held_is_not_lost() -> None:
    assert measured(MetricKind.LOSS_DATE, lambda world: None) is None
