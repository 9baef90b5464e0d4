"""Where scenarios are looked for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from game.scenario import library

TEMPLATE = library.assets_folder() / "template"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A folder that the environment names, and the usual one."""
    named, usual = tmp_path / "named", tmp_path / "usual"
    named.mkdir()
    usual.mkdir()
    monkeypatch.setenv(library.OWN_FOLDERS, f"{named}{os.pathsep}{tmp_path / 'nowhere'}")
    monkeypatch.setattr(library, "own_folder", lambda: usual)
    return named, usual


def test_own_scenarios_are_those_of_every_folder_each_once(folders: tuple[Path, Path], tmp_path: Path) -> None:
    named, usual = folders
    for place in (named / "b", named / "a", usual / "c"):
        shutil.copytree(TEMPLATE, place)
    (named / "no_scenario").mkdir()
    found = library.own_scenarios([named / "b", named])
    assert [path.name for path in found] == ["b", "a", "nowhere", "c"]


def test_a_scenario_without_its_first_file_is_still_one(folders: tuple[Path, Path]) -> None:
    broken = shutil.copytree(TEMPLATE, folders[0] / "broken")
    (broken / "scenario.yaml").unlink()
    assert broken.resolve() in library.own_scenarios()


def test_a_named_folder_without_any_scenario_is_kept_to_be_complained_of(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert empty in library.own_scenarios([empty])


def test_shipped_scenarios_are_nobodys_own(folders: tuple[Path, Path]) -> None:
    assert not any(library.is_shipped(path) for path in library.own_scenarios([library.data_folder()]))


def test_an_own_scenario_is_found_by_name_after_the_shipped_ones(folders: tuple[Path, Path]) -> None:
    mine = shutil.copytree(TEMPLATE, folders[1] / "mine")
    shutil.copytree(TEMPLATE, folders[1] / library.list_scenarios()[0])
    assert library.find("mine") == mine
    assert library.find(library.list_scenarios()[0]) == library.data_folder() / library.list_scenarios()[0]
    assert library.find("nobodys") is None
