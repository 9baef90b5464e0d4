"""A saved game finds its scenario again, wherever the user keeps it, or says where it was and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.ai.registry import agent
from game.engine.playable import load
from game.engine.saves import SaveError
from game.engine.session import Session
from game.scenario import library

TEMPLATE = library.assets_folder() / "template"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder of scenarios, empty."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv(library.OWN_FOLDERS, str(folder))
    monkeypatch.setattr(library, "own_folder", lambda: tmp_path / "usual")
    return folder


@pytest.fixture
def war(tmp_path: Path) -> Path:
    return shutil.copytree(TEMPLATE, tmp_path / "wars" / "my_war")


def saved(war: Path, folder: Path) -> Path:
    path = folder / "game.kampuchea"
    Session(load(war), 1, "vietnam", {"dk": "passive"}, agent).save(path)
    return path


def test_a_game_of_a_users_own_scenario_is_loaded_from_its_folder(war: Path, tmp_path: Path) -> None:
    session = Session.load(saved(war, tmp_path), agent)
    assert session.scenario.definition.folder == war.resolve()


def test_a_scenario_that_moved_to_the_users_shelf_is_found_there(war: Path, shelf: Path, tmp_path: Path) -> None:
    path = saved(war, tmp_path)
    shutil.move(war, shelf / "another_name")
    assert Session.load(path, agent).scenario.definition.folder == (shelf / "another_name").resolve()


def test_a_scenario_that_moved_elsewhere_is_missed_with_place_and_remedy(war: Path, tmp_path: Path) -> None:
    path = saved(war, tmp_path)
    shutil.move(war, tmp_path / "elsewhere")
    with pytest.raises(SaveError, match=rf"'my_war' was in {war.resolve()} and is not there; bring it back, put it"):
        Session.load(path, agent)
    assert Session.load(path, agent, load(tmp_path / "elsewhere")).world.turn == 0


def test_a_changed_scenario_is_refused_with_its_folder(war: Path, tmp_path: Path) -> None:
    path = saved(war, tmp_path)
    forces = war / "forces.yaml"
    forces.write_text(forces.read_text().replace("men: 8500", "men: 8400"))
    with pytest.raises(SaveError, match=rf"scenario 'my_war' in {war.resolve()} has changed since.*; bring back"):
        Session.load(path, agent)


def test_a_copy_of_the_files_of_then_on_the_shelf_serves_for_a_changed_scenario(
    war: Path, shelf: Path, tmp_path: Path
) -> None:
    path = saved(war, tmp_path)
    shutil.copytree(war, shelf / "of_then")
    forces = war / "forces.yaml"
    forces.write_text(forces.read_text().replace("men: 8500", "men: 8400"))
    assert Session.load(path, agent).scenario.definition.folder == (shelf / "of_then").resolve()


def test_a_scenario_that_has_faults_now_is_refused_with_the_first_of_them(war: Path, tmp_path: Path) -> None:
    path = saved(war, tmp_path)
    (war / "events.yaml").write_text("events: [")
    with pytest.raises(SaveError, match=r"its scenario has faults now: .*events\.yaml:2.*; mend it"):
        Session.load(path, agent)


def test_a_game_of_a_shipped_scenario_notes_no_folder() -> None:
    from game.engine.playable import place_of

    assert place_of(load(library.list_scenarios()[0]).definition) == ""
