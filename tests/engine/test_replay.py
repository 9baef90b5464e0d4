"""A replay tells the same game again, or says why it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from game.core.ids import Order
from game.core.orders import ForceOrder
from game.engine.playable import Playable
from game.engine.replay import Replay, play, verify
from game.engine.saves import SaveError
from game.engine.session import Session
from tests.engine.conftest import play as play_turns


@pytest.fixture
def replay(new_session: Callable[..., Session]) -> Replay:
    session = new_session()
    session.give(ForceOrder(0, Order.ATTACK, 44), ForceOrder(1, Order.ATTACK, 44))
    play_turns(session, 4)
    return Replay.from_session(session)


def test_a_replay_ends_in_the_same_state_to_the_bit(replay: Replay, scenario: Playable, tmp_path: Path) -> None:
    replay.save(tmp_path / "game.replay.json")
    again = Replay.load(tmp_path / "game.replay.json")
    assert again == replay
    assert verify(again, scenario) == replay.final_hash
    assert [world.turn for world in play(again, scenario)] == [0, 1, 2, 3, 4]


def test_a_replay_with_another_order_is_found_out(replay: Replay, scenario: Playable) -> None:
    changed = json.loads(json.dumps(list(replay.orders)))
    changed[0]["s0"][0][2] = 30
    with pytest.raises(SaveError, match="as recorded"):
        verify(replace(replay, orders=tuple(changed)), scenario)


def test_a_replay_of_a_changed_scenario_names_both(replay: Replay, scenario: Playable) -> None:
    with pytest.raises(SaveError, match=r"changed since: it was aaaa.*it is test"):
        verify(replace(replay, scenario_hash="aaaa"), scenario)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"kampuchea_replay": 1}', b"[" * 100000])
def test_what_is_no_replay_is_refused_with_a_clear_message(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.replay.json"
    path.write_bytes(content)
    with pytest.raises(SaveError, match="not a replay"):
        Replay.load(path)


def test_a_replay_of_a_later_format_names_both_formats(replay: Replay, tmp_path: Path) -> None:
    path = tmp_path / "x.replay.json"
    replay.save(path)
    path.write_text(path.read_text().replace('"kampuchea_replay":1', '"kampuchea_replay":9'))
    with pytest.raises(SaveError, match=r"format 9.*format 1"):
        Replay.load(path)
