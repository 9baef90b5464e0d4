"""The rules are compiled once before a sweep, by one process, and never again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from game.engine.playable import Playable
from game.headless import ready


def test_a_cold_cache_is_filled_once_and_a_warm_one_is_left_alone(
    small: Playable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    finished: list[bool] = []

    def finish(progress: Callable[[str], None]) -> None:
        progress("rules.battle.fight")
        finished.append(True)

    real = ready.agent

    def agent(name: str, scenario: Playable, side: str) -> object:
        made.append(name)
        return real("passive", scenario, side)

    monkeypatch.setattr(ready, "COMPILED", True)
    monkeypatch.setattr(ready, "agent", agent)
    monkeypatch.setattr(ready, "finish_compiling", finish)
    monkeypatch.setattr(ready, "_note", lambda agents: tmp_path / "-".join(sorted(set(agents.values()))))
    told: list[str] = []
    agents = {"vietnam": "commander", "dk": "passive"}
    ready.make_ready(small, agents, told.append)
    assert (made, finished, told[-1]) == (["commander"], [True], "rules.battle.fight")
    ready.make_ready(small, agents, told.append)
    assert len(finished) == 1
    ready.make_ready(small, {"vietnam": "random", "dk": "passive"}, told.append)
    assert (made, len(finished)) == (["commander", "random"], 2)


def test_without_a_compiler_there_is_nothing_to_do(small: Playable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "COMPILED", False)
    told: list[str] = []
    ready.make_ready(small, {"vietnam": "commander"}, told.append)
    assert told == []
