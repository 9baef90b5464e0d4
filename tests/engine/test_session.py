"""A person's game: planning, undoing, turns, saves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from game.core.ids import OFF_MAP, Order
from game.core.orders import ForceOrder
from game.core.reasons import Reason
from game.engine.autosaves import GAMES_KEPT
from game.engine.playable import Playable
from game.engine.saves import SaveError
from game.engine.session import Session
from tests.engine.conftest import Wanderer, play

NewSession = Callable[..., Session]


def test_a_refused_order_carries_its_reason_and_is_not_planned(new_session: NewSession) -> None:
    session = new_session()
    refusal = session.give(ForceOrder(3, Order.MOVE, 50))
    assert refusal is not None and refusal.reason is Reason.NOT_YOURS and refusal.text(session.world.setting)
    assert len(session.planned) == 0 and not session.can_undo


@pytest.mark.parametrize("order", [ForceOrder(0, Order.HOLD, 10**9), ForceOrder(0, Order.MOVE, 44, then=10**9)])
def test_a_hex_that_is_not_on_the_map_is_refused_for_every_order(new_session: NewSession, order: ForceOrder) -> None:
    refusal = new_session().give(order)
    assert refusal is not None and refusal.reason is Reason.BAD_DESTINATION


def test_nobody_gives_orders_who_only_watches(new_session: NewSession) -> None:
    refusal = new_session(side=None).give(ForceOrder(0, Order.HOLD))
    assert refusal is not None and refusal.reason is Reason.NOT_YOURS


def test_of_several_orders_none_is_planned_if_one_is_refused(new_session: NewSession) -> None:
    session = new_session()
    assert session.give(ForceOrder(0, Order.MOVE, 44), ForceOrder(4, Order.HOLD)) is not None
    assert len(session.planned) == 0


def test_undo_and_redo_walk_the_plan_step_by_step(new_session: NewSession) -> None:
    session = new_session()
    session.give(ForceOrder(0, Order.MOVE, 44), ForceOrder(1, Order.MOVE, 44))
    session.give(ForceOrder(0, Order.HOLD))
    session.withdraw(1)
    plans = [session.planned.to_lists()]
    while session.undo():
        plans.append(session.planned.to_lists())
    assert [len(p[0]) for p in plans] == [1, 2, 2, 0]
    for wanted in plans[-2::-1]:
        assert session.redo() and session.planned.to_lists() == wanted
    assert not session.can_redo


def test_a_new_order_ends_what_could_be_redone(new_session: NewSession) -> None:
    session = new_session()
    session.give(ForceOrder(0, Order.MOVE, 44))
    session.undo()
    session.give(ForceOrder(1, Order.MOVE, 44))
    assert not session.redo() and len(session.planned) == 1


def test_undoing_and_planning_again_does_not_change_the_luck(new_session: NewSession) -> None:
    straight, hesitant = new_session(), new_session()
    for session in (straight, hesitant):
        session.give(ForceOrder(0, Order.MOVE, 44), ForceOrder(1, Order.MOVE, 44))
    for _ in range(3):
        hesitant.think()
        hesitant.undo()
        hesitant.give(ForceOrder(2, Order.MOVE, 30))
        hesitant.undo()
        hesitant.redo()
        hesitant.undo()
        hesitant.give(ForceOrder(0, Order.MOVE, 44), ForceOrder(1, Order.MOVE, 44))
    play(straight, 3)
    play(hesitant, 3)
    assert straight.world.state_hash() == hesitant.world.state_hash()


def test_a_turn_gives_records_by_impulse_and_keeps_them_and_the_orders(new_session: NewSession) -> None:
    session = new_session()
    session.give(ForceOrder(0, Order.MOVE, 44))
    parts = list(session.end_turn())
    assert len(parts) == session.world.setting.impulses_per_turn
    assert sum(map(len, parts)) == len(session.last_records) > 0
    assert session.turn_orders[0]["s0"].to_lists()[0][0][:3] == [0, Order.MOVE, 44]
    assert len(session.planned) == 0 and not session.can_undo


def test_a_caller_who_stops_listening_still_gets_a_whole_turn(new_session: NewSession) -> None:
    left, heard = new_session(), new_session()
    turn = left.end_turn()
    next(turn)
    turn.close()
    play(heard)
    assert left.world.state_hash() == heard.world.state_hash()
    assert left.world.turn == len(left.turn_orders) == 1


def test_a_game_that_is_over_says_so_and_stays_as_it_is(new_session: NewSession) -> None:
    session = new_session(side=None)
    play(session, 8)
    before = session.world.state_hash()
    with pytest.raises(RuntimeError, match="over"):
        play(session)
    assert session.world.state_hash() == before and len(session.turn_orders) == 8
    assert set(session.outcome.results) == {"s0", "s1"}


def test_restart_begins_the_same_game_anew(new_session: NewSession) -> None:
    session, other = new_session(), new_session()
    play(session, 2)
    session.restart()
    assert session.world.state_hash() == other.world.state_hash() and session.turn_orders == []


def test_the_person_sees_what_the_side_knows_and_a_watcher_everything(new_session: NewSession) -> None:
    player, watcher = new_session(), new_session(side=None)
    assert player.view().side.id == "s0"
    assert watcher.view().state.hash() == watcher.world.state_hash()
    assert watcher.view("s1").side.id == "s1"


def test_every_side_needs_somebody_who_gives_its_orders(scenario: Playable) -> None:
    with pytest.raises(ValueError, match="s1"):
        Session(scenario, 1, "s0", {}, Wanderer)


def test_a_game_saved_and_loaded_midway_ends_as_if_never_interrupted(
    new_session: NewSession, scenario: Playable, tmp_path: Path
) -> None:
    session = new_session()
    session.give(ForceOrder(0, Order.MOVE, 44))
    play(session, 2)
    session.give(ForceOrder(1, Order.MOVE, 44), ForceOrder(2, Order.MOVE, 30))
    session.save(tmp_path / "game.kampuchea")
    loaded = Session.load(tmp_path / "game.kampuchea", Wanderer, scenario)
    assert loaded.planned.to_lists() == session.planned.to_lists() and loaded.agents == session.agents
    for both in (session, loaded):
        play(both, 6)
    assert loaded.world.state_hash() == session.world.state_hash()
    assert loaded.world.milestones() == session.world.milestones()
    assert loaded.world.history == session.world.history and loaded.outcome == session.outcome
    assert [{k: v.to_lists() for k, v in t.items()} for t in loaded.turn_orders] == [
        {k: v.to_lists() for k, v in t.items()} for t in session.turn_orders
    ]


def test_a_turn_under_way_is_not_saved(new_session: NewSession, tmp_path: Path) -> None:
    session = new_session()
    turn = session.end_turn()
    next(turn)
    with pytest.raises(SaveError, match="wait for its end"):
        session.save(tmp_path / "game.kampuchea")


def _autosaved(folder: Path, scenario: Playable) -> dict[str, list[int]]:
    """Game -> turns of its autosaves."""
    found: dict[str, list[int]] = {}
    for path in folder.iterdir():
        session = Session.load(path, Wanderer, scenario)
        found.setdefault(session.game, []).append(session.world.turn)
    return {game: sorted(turns) for game, turns in found.items()}


def test_each_game_keeps_its_last_ten_autosaves_and_takes_none_from_another(
    new_session: NewSession, scenario: Playable, tmp_path: Path
) -> None:
    first, second = new_session(side=None), new_session(side=None)
    for _ in range(2):
        play(first)
        first.autosave(tmp_path)
    for _ in range(6):
        play(second)
        second.autosave(tmp_path)
        latest = second.autosave(tmp_path)
    assert Session.load(latest, Wanderer, scenario).world.turn == 6
    assert _autosaved(tmp_path, scenario) == {first.game: [1, 2], second.game: [2, 2, 3, 3, 4, 4, 5, 5, 6, 6]}


def test_a_game_taken_up_again_goes_on_in_its_own_ring(
    new_session: NewSession, scenario: Playable, tmp_path: Path
) -> None:
    session = new_session(side=None)
    play(session)
    again = Session.load(session.autosave(tmp_path), Wanderer, scenario)
    play(again)
    again.autosave(tmp_path)
    assert _autosaved(tmp_path, scenario) == {session.game: [1, 2]}


def test_autosaves_of_the_last_games_only_are_kept_and_all_that_people_named(
    new_session: NewSession, scenario: Playable, tmp_path: Path
) -> None:
    games = [new_session(side=None) for _ in range(GAMES_KEPT + 2)]
    named = [tmp_path / f"{name}.kampuchea" for name in ("mine", "autosave", "autosave-1", "autosave-mine")]
    for path in named:
        games[0].save(path)
    for k, session in enumerate(games):
        os.utime(session.autosave(tmp_path), (k, k))
    games[-1].autosave(tmp_path)
    assert set(_autosaved(tmp_path, scenario)) == {session.game for session in (games[0], *games[-GAMES_KEPT:])}
    assert all(path.exists() for path in named)
    assert not any(games[0].game in path.name for path in tmp_path.iterdir())


def test_orders_with_no_destination_are_planned(new_session: NewSession) -> None:
    assert new_session().give(ForceOrder(0, Order.REST, OFF_MAP)) is None
