"""`kampuchea play`: what it opens, and what it refuses before a window opens."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from command_line import TEMPLATE

from game.ai.registry import agent
from game.cli import build_app
from game.cli.arguments import UsageError
from game.engine.playable import load
from game.engine.replay import Replay
from game.engine.saves import SaveError
from game.engine.session import Session
from game.scenario.loader import ScenarioError
from game.ui import app as window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[window.Opening]:
    """What windows would open with, instead of windows."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TEMPLATE, tmp_path / "shelf" / "my_war")
    found: list[window.Opening] = []
    monkeypatch.setattr(window, "run", found.append)
    return found


def play(*arguments: object) -> None:
    typer.main.get_command(build_app())(["play", *map(str, arguments)], standalone_mode=False)


def saved(folder: Path) -> tuple[Path, Path]:
    session = Session(load(folder / "shelf" / "my_war"), 5, "dk", {"vietnam": "passive"}, agent)
    list(session.end_turn())
    paths = folder / "a.kampuchea", folder / "a.replay.json"
    session.save(paths[0])
    Replay.from_session(session).save(paths[1])
    return paths


def test_without_arguments_it_is_the_menu(opened: list[window.Opening]) -> None:
    play()
    assert opened == [window.Opening()]


def test_a_scenario_begins_at_once_with_side_seed_and_agents(opened: list[window.Opening]) -> None:
    play("shelf/my_war", "--side", "dk", "--seed", 7, "--agents", "vietnam=random")
    (found,) = opened
    assert found.playable is not None
    assert (found.playable.definition.id, found.side, found.seed, found.load) == ("my_war", "dk", 7, None)
    session = window.prepare(window.Library(), found)
    assert session is not None
    assert (session.side, session.seed, session.agents) == ("dk", 7, {"vietnam": "random"})


def test_the_first_playable_side_is_the_usual_one_and_watching_is_a_choice(opened: list[window.Opening]) -> None:
    play("shelf/my_war")
    play("shelf/my_war/forces.yaml", "--side", "watch")
    assert [found.side for found in opened] == ["vietnam", None]


def test_a_folder_of_scenarios_is_the_menu_with_these(opened: list[window.Opening], tmp_path: Path) -> None:
    play("shelf")
    (found,) = opened
    assert found.playable is None
    assert str((tmp_path / "shelf" / "my_war").resolve()) in window.Library(found.named).ids()


def test_a_saved_game_and_a_replay_are_opened_by_name_and_by_option(
    opened: list[window.Opening], tmp_path: Path
) -> None:
    save, replay = saved(tmp_path)
    play(save)
    play("--load", save)
    play(replay)
    assert [found.load for found in opened] == [save, save, replay]
    sessions = [window.prepare(window.Library(), found) for found in opened]
    assert [(s.side, s.world.turn) for s in sessions if s is not None] == [("dk", 1), ("dk", 1), (None, 1)]
    assert [found.shows_replay for found in opened] == [False, False, True]


def test_a_saved_game_of_a_moved_scenario_is_opened_with_the_scenario_named(
    opened: list[window.Opening], tmp_path: Path
) -> None:
    save, replay = saved(tmp_path)
    (tmp_path / "shelf" / "my_war").rename(tmp_path / "moved")
    for path in (save, replay):
        with pytest.raises(SaveError, match="is not there; bring it back"):
            window.prepare(window.Library(), window.Opening(load=path))
        play("moved", "--load", path)
        session = window.prepare(window.Library(), opened[-1])
        assert session is not None
        assert session.scenario.definition.folder.name == "moved"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--side", "dk"], "go with one scenario"),
        (["shelf", "--seed", "3"], "go with one scenario"),
        (["shelf/my_war", "--side", "dkk"], "did you mean 'dk'"),
        (["shelf/my_war", "--agents", "dk=comander"], "did you mean 'commander'"),
        (["shelf/my_war", "--agents", "thailand=passive"], "names no side 'thailand'"),
        (["shelf/my_war", "--agents", "vietnam=passive"], "which is yours"),
        (["empty"], "holds no scenario; write one there: kampuchea new my_war --in empty"),
        (["--load", "a.kampuchea", "--seed", "3"], "has its own side, seed and agents"),
    ],
)
def test_arguments_that_cannot_work_are_refused_with_a_remedy(
    opened: list[window.Opening], tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=told):
        play(*arguments)
    assert opened == []


@pytest.mark.parametrize(("option", "value"), [("--seed", "abc"), ("--seed", "-1"), ("--seed", "2147483648")])
def test_a_seed_that_is_none_is_refused(opened: list[window.Opening], option: str, value: str) -> None:
    with pytest.raises(typer.BadParameter):
        play("shelf/my_war", option, value)
    assert opened == []


def test_a_scenario_that_is_none_is_refused_with_the_names_there_are(opened: list[window.Opening]) -> None:
    with pytest.raises(ScenarioError, match=r"no_war: there is no such scenario; .*christmas_invasion_1978"):
        play("no_war")


def test_a_side_that_only_agents_play_is_refused(opened: list[window.Opening], tmp_path: Path) -> None:
    file = tmp_path / "shelf" / "my_war" / "scenario.yaml"
    file.write_text(file.read_text().replace("  - id: dk\n", "  - id: dk\n    playable: false\n", 1))
    with pytest.raises(UsageError, match="agents play it in this scenario; choose vietnam or watch"):
        play("shelf/my_war", "--side", "dk")


def test_a_machine_whose_display_does_not_answer_is_told_so(
    opened: list[window.Opening], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Any) -> None:
        raise window.NoWindow("no display answers to :99")

    monkeypatch.setattr(window, "run", refuse)
    with pytest.raises(UsageError, match=r"cannot be opened: no display answers to :99; .*make simulate"):
        play()
