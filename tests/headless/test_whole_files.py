"""A file of ours is the old one or the new one, whole, whatever fails while it is written and at whatever moment."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from command_line import TEMPLATE
from faulty_disk import Died, FaultyDisk
from typer.testing import CliRunner

from game.ai.registry import agent
from game.cli.author_commands import app
from game.core.files import clear_drafts
from game.engine import saves
from game.engine.playable import Playable, load
from game.engine.saves import SaveError
from game.engine.session import Session
from game.ui.settings import Settings, load_settings, store_settings


@cache
def _scenario() -> Playable:
    return load(TEMPLATE)


def _save(path: Path, version: int) -> None:
    scenario = _scenario()
    session = Session(scenario, version, None, dict.fromkeys(scenario.sides, "passive"), agent)
    session.game = "0" * 2 * saves.GAME_BYTES  # which is drawn anew for each
    session.save(path)


def _settings(path: Path, version: int) -> None:
    store_settings(Settings(width=1000 + version), path)


@pytest.mark.parametrize("dies", [True, False], ids=["killed", "full"])
@pytest.mark.parametrize("write", [_save, _settings], ids=["save", "settings"])
def test_the_old_or_the_new_file_is_there_and_whole(
    tmp_path: Path, write: Callable[[Path, int], None], dies: bool
) -> None:
    wanted = []
    for version in (1, 2):
        write(tmp_path / f"{version}", version)
        wanted.append((tmp_path / f"{version}").read_bytes())
    path, moment, failed, found = tmp_path / "deep" / "file", 0, True, []
    while failed:
        moment += 1
        write(path, 1)
        with pytest.MonkeyPatch.context() as patch:
            disk = FaultyDisk(patch, moment, dies)
            try:
                write(path, 2)
            except (Died, OSError, SaveError):
                assert disk.failed
            failed = disk.failed
        found.append(path.read_bytes())
        assert found[-1] in wanted
        left = [entry.name for entry in path.parent.iterdir() if entry != path]
        assert all(dies and name.endswith(".part") for name in left), left
        clear_drafts(path.parent)
    assert wanted[0] in found and found[-1] == wanted[1] and moment > 3


def test_the_error_names_the_file_and_not_its_draft(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        FaultyDisk(patch, 2, dies=False)  # the first is to make the folder, which is there
        with pytest.raises(OSError, match=r"No space left on device: .*settings\.json'$") as caught:
            store_settings(Settings(), tmp_path / "settings.json")
    assert caught.value.errno == errno.ENOSPC
    assert load_settings(tmp_path / "settings.json") == (Settings(), [])


def test_a_new_scenario_is_there_whole_or_not_at_all(tmp_path: Path, small: Playable) -> None:
    moment, failed, whole = 0, True, {path.name for path in small.definition.folder.iterdir() if path.is_file()}
    while failed:
        moment += 1
        target = tmp_path / str(moment) / "my_war"
        with pytest.MonkeyPatch.context() as patch:
            disk = FaultyDisk(patch, moment, dies=True)
            with suppress(Died):
                CliRunner().invoke(app, ["new", "my_war", "--in", str(target.parent)])
            failed = disk.failed
        assert not target.exists() or {path.name for path in target.iterdir()} == whole
    assert target.exists() and moment > 3
