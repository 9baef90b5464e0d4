"""The sequence of play is one list, and the rules of an impulse are entered in its order."""

from __future__ import annotations

from typing import Any

from game.core.columns import faction as A
from game.core.ids import Life
from game.core.orders import Orders
from game.core.view import View
from game.engine.sequence import SEQUENCE_OF_PLAY, When
from game.rules import impulse, month
from tests.builders import force, small_game
from tests.engine.conftest import small_scenario


def test_an_impulse_plays_the_rules_of_the_sequence_in_its_order(monkeypatch: Any) -> None:
    listed = [step.rule for step in SEQUENCE_OF_PLAY if step.when is When.IMPULSE and step.rule is not None]
    called: list[str] = []
    names = {name: value for name, value in vars(impulse).items() if value in listed}
    body = getattr(impulse.play_impulse, "py_func", impulse.play_impulse)
    for name in names:
        monkeypatch.setitem(body.__globals__, name, lambda *_, name=name: called.append(name))
    body(None, None, None, None, None)
    assert [names[name] for name in called] == listed


def test_a_month_plays_the_rules_of_the_sequence_in_its_order(monkeypatch: Any) -> None:
    listed = [step.rule for step in SEQUENCE_OF_PLAY if step.when is When.MONTH and step.rule is not None]
    called: list[str] = []
    names = {name: value for name, value in vars(month).items() if value in listed}
    body = getattr(month.play_month, "py_func", month.play_month)
    for name in names:
        monkeypatch.setitem(body.__globals__, name, lambda *_, name=name: called.append(name))
    body(None, None, None, None, None, None)
    assert [names[name] for name in called] == listed


def test_a_turn_timed_step_by_step_ends_like_one_played_in_one_piece() -> None:
    one, timed = small_scenario().start(3), small_scenario().start(3)
    timed.timer = {}
    for _ in range(4):
        one.step({})
        timed.step({})
        assert one.state_hash() == timed.state_hash()
    timed_daily = {step.name for step in SEQUENCE_OF_PLAY if step.when is not When.MONTH}
    assert timed_daily <= set(timed.timer) <= {step.name for step in SEQUENCE_OF_PLAY}


def test_a_side_without_a_living_faction_is_not_asked_for_orders() -> None:
    class Counts:
        asked = 0

        def orders(self, view: View) -> Orders:
            self.asked += 1
            return Orders()

    world = small_game([force(0, 20), force(1, 60)])
    planners = {side.id: Counts() for side in world.setting.sides}
    assert set(world.ask(planners)) == set(planners)
    world.tables.faction_i[A.LIFE, 1] = Life.LATENT
    assert set(world.ask(planners)) == set(planners) - {world.setting.sides[1].id}
    assert [planner.asked for planner in planners.values()] == [2, 1]
