"""A replay tells the same game again, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from game.core.ids import Act, Order
from game.core.orders import FactionAct, ForceOrder, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.engine.playable import Playable
from game.engine.replay import Replay, Verdict, play, verify
from game.engine.saves import OrdersData, SaveError
from game.engine.session import Session
from game.engine.versions import REPLAY_FORMAT, REPLAY_MIGRATIONS, UNKNOWN_RULES
from tests.engine.conftest import play as play_turns


@pytest.fixture
def replay(new_session: Callable[..., Session]) -> Replay:
    session = new_session()
    session.give(ForceOrder(0, Order.MOVE, 44), ForceOrder(1, Order.MOVE, 44))
    play_turns(session, 4)
    return Replay.from_session(session)


def test_a_replay_ends_in_the_same_state_to_the_bit(replay: Replay, scenario: Playable, tmp_path: Path) -> None:
    replay.save(tmp_path / "game.replay.json")
    again = Replay.load(tmp_path / "game.replay.json")
    assert again == replay
    assert verify(again, scenario) == Verdict(replay.final_hash, "")
    assert [world.turn for world in play(again, scenario)] == [0, 1, 2, 3, 4]


def test_a_replay_with_another_order_is_found_out(replay: Replay, scenario: Playable) -> None:
    forces = [list(row) for row in replay.orders[0]["s0"].forces]
    forces[0][2] = 30
    first = {**replay.orders[0], "s0": OrdersData(forces=forces, acts=[])}
    with pytest.raises(SaveError, match="as recorded"):
        verify(replace(replay, orders=(first, *replay.orders[1:])), scenario)


def test_a_replay_of_an_older_game_that_sets_relief_plays_and_the_act_is_refused(
    replay: Replay, scenario: Playable
) -> None:
    """Letting relief through was policy 7; agents wrote it with the reason of their treasury."""
    act = FactionAct(0, Act.POLICY, a=7, value=0, reason=Reason.TREASURY_HUNGER)
    first = {side: OrdersData(forces=given.forces, acts=[]) for side, given in replay.orders[0].items()}
    first["s0"] = OrdersData.of(Orders.from_lists(first["s0"].forces, Orders(acts=(act,)).to_lists()[1]))
    older = replace(replay, orders=(first, *replay.orders[1:]), rules="others", final_hash="f" * 64)
    refused = [r for world in play(older, scenario) for r in world.records if r.kind is RecordKind.ACT_REFUSED]
    assert refused and refused[0].reason in (Reason.RELIEF_PASSES, Reason.NO_ECONOMY)
    assert verify(older, scenario).warning


def test_orders_put_under_the_other_side_are_found_out(replay: Replay, scenario: Playable) -> None:
    swapped = tuple({"s0": turn["s1"], "s1": turn["s0"]} for turn in replay.orders)
    with pytest.raises(SaveError, match="the file was changed"):
        verify(replace(replay, orders=swapped), scenario)


def test_orders_of_a_side_that_is_not_there_are_refused(replay: Replay, scenario: Playable) -> None:
    with pytest.raises(SaveError, match="there is no side 's9'"):
        verify(replace(replay, orders=({"s9": OrdersData(forces=[], acts=[])}, *replay.orders[1:])), scenario)


def test_a_replay_of_another_scenario_names_both(replay: Replay, scenario: Playable) -> None:
    with pytest.raises(SaveError, match="a game of 'other', not of 'test'"):
        verify(replace(replay, scenario="other"), scenario)


def test_under_other_rules_a_replay_that_ends_otherwise_warns(replay: Replay, scenario: Playable) -> None:
    verdict = verify(replace(replay, rules="others", program="0.0.9", final_hash="f" * 64), scenario)
    assert verdict.final_hash == replay.final_hash
    assert "recorded by version 0.0.9 of the game, with other rules" in verdict.warning


def test_under_other_rules_a_replay_that_ends_alike_does_not_warn(replay: Replay, scenario: Playable) -> None:
    assert verify(replace(replay, rules="others"), scenario).warning == ""


def test_a_saved_game_is_a_replay(new_session: Callable[..., Session], scenario: Playable, tmp_path: Path) -> None:
    session = new_session()
    play_turns(session, 2)
    session.save(tmp_path / "game.kampuchea")
    replay, found = Replay.from_save(tmp_path / "game.kampuchea", scenario)
    assert replay == Replay.from_session(session)
    assert verify(replay, found).final_hash == session.world.state_hash()


def test_a_replay_of_format_1_is_brought_up_and_played(scenario: Playable) -> None:
    """The file was written by the program when it wrote format 1."""
    replay = Replay.load(Path(__file__).parent / "data" / "format1.replay.json")
    assert (replay.place, replay.rules, len(replay.orders)) == ("", UNKNOWN_RULES, 2)
    assert len(verify(replay, scenario).final_hash) == 64


def test_every_older_format_has_its_step_to_the_next() -> None:
    assert sorted(REPLAY_MIGRATIONS) == list(range(1, REPLAY_FORMAT))


def test_a_replay_of_a_changed_scenario_names_both(replay: Replay, scenario: Playable) -> None:
    with pytest.raises(SaveError, match=r"changed since: it was aaaa.*it is test"):
        verify(replace(replay, scenario_hash="aaaa"), scenario)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"kampuchea_replay": 1}',
        b"[" * 100000,
        b"7",
        b'{"kampuchea_replay": true}',
        b'{"kampuchea_replay": "2"}',
    ],
)
def test_what_is_no_replay_is_refused_with_a_clear_message(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.replay.json"
    path.write_bytes(content)
    with pytest.raises(SaveError, match="not a replay"):
        Replay.load(path)


def test_a_replay_of_a_later_format_names_both_formats(replay: Replay, tmp_path: Path) -> None:
    path = tmp_path / "x.replay.json"
    replay.save(path)
    path.write_text(path.read_text().replace(f'"kampuchea_replay":{REPLAY_FORMAT}', '"kampuchea_replay":9'))
    with pytest.raises(SaveError, match=rf"format 9.*format {REPLAY_FORMAT}"):
        Replay.load(path)
