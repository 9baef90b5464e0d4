"""`kampuchea replay`: what it says of sound, changed, moved and foreign games."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import TEMPLATE, CommandLine

from game.ai.registry import agent
from game.engine.playable import load
from game.engine.replay import Replay
from game.engine.session import Session
from game.scenario.library import OWN_FOLDERS

SAVE, REPLAY = "game.kampuchea", "game.replay.json"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scenario, and a saved game and a replay of two turns of it."""
    folder = tmp_path_factory.mktemp("recorded")
    shutil.copytree(TEMPLATE, folder / "my_war")
    session = Session(load(folder / "my_war"), 5, "vietnam", {"dk": "random"}, agent)
    planner = agent("commander", session.scenario, "vietnam")
    for _ in range(2):
        session.plan(planner.orders(session.view()))
        list(session.end_turn())
    session.save(folder / SAVE)
    Replay.from_session(session).save(folder / REPLAY)
    return folder


@pytest.fixture
def table(recorded: Path, kampuchea: CommandLine) -> CommandLine:
    """The command line in a folder with the records; their scenario is where it was."""
    for name in (SAVE, REPLAY):
        shutil.copy(recorded / name, kampuchea.folder)
    kampuchea.environment = {**kampuchea.environment, OWN_FOLDERS: str(kampuchea.folder / "shelf")}
    (kampuchea.folder / "shelf").mkdir()
    return kampuchea


def changed(table: CommandLine, **keys: object) -> None:
    path = table.folder / REPLAY
    path.write_text(json.dumps({**json.loads(path.read_text()), **keys}))


def orders(table: CommandLine) -> list[dict[str, dict[str, list[list[int]]]]]:
    found: list[dict[str, dict[str, list[list[int]]]]] = json.loads((table.folder / REPLAY).read_text())["orders"]
    return found


@pytest.mark.parametrize("name", [SAVE, REPLAY])
def test_a_sound_game_ends_alike_from_any_folder(table: CommandLine, name: str) -> None:
    assert "my_war, seed 5: 2 turns played over, same end" in table.run("replay", name).stdout
    found = json.loads(table.run("replay", name, "--json").stdout)
    assert (found["scenario"], found["seed"], found["turns"], found["same"]) == ("my_war", 5, 2, True)
    assert found["state_hash"] == json.loads((table.folder / REPLAY).read_text())["final_hash"]


def test_a_saved_game_is_written_as_a_replay_of_the_same_bytes(table: CommandLine) -> None:
    table.run("replay", SAVE, "--out", "written.replay.json")
    assert (table.folder / "written.replay.json").read_bytes() == (table.folder / REPLAY).read_bytes()
    assert ".replay.json" in table.run("replay", SAVE, "--out", "written.json", status=2).stderr


def test_changed_orders_are_found_out(table: CommandLine) -> None:
    tampered = orders(table)
    tampered[0]["vietnam"] = {"forces": [], "acts": []}
    changed(table, orders=tampered)
    assert "as recorded; the file was changed" in table.run("replay", REPLAY, status=2).stderr


def test_orders_under_another_side_are_refused(table: CommandLine) -> None:
    changed(table, orders=[{"thailand": turn["dk"]} for turn in orders(table)])
    assert "there is no side 'thailand'" in table.run("replay", REPLAY, status=2).stderr


def test_other_rules_are_a_warning(table: CommandLine) -> None:
    changed(table, rules="others", program="0.0.1", final_hash="0" * 64)
    done = table.run("replay", REPLAY)
    assert "another end" in done.stdout
    assert "recorded by version 0.0.1 of the game, with other rules" in done.stderr


def test_a_changed_scenario_is_refused_with_remedy(table: CommandLine, recorded: Path) -> None:
    war = shutil.copytree(recorded / "my_war", table.folder / "changed")
    forces = war / "forces.yaml"
    forces.write_text(forces.read_text().replace("men: 8500", "men: 8400"))
    told = table.run("replay", SAVE, "--scenario", war, status=2).stderr
    assert "has changed since" in told
    assert "bring back the scenario's files of then" in told


def test_a_missing_scenario_is_named_with_remedy_and_found_on_the_shelf_or_by_option(
    table: CommandLine, recorded: Path
) -> None:
    (recorded / "my_war").rename(recorded / "away")
    try:
        for name in (SAVE, REPLAY):
            told = table.run("replay", name, status=2).stderr
            assert f"'my_war' was in {recorded / 'my_war'} and is not there" in told
            table.run("replay", name, "--scenario", recorded / "away")
        shutil.copytree(recorded / "away", table.folder / "shelf" / "found")
        table.run("replay", REPLAY)
    finally:
        (recorded / "away").rename(recorded / "my_war")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.kampuchea", None, "cannot be read: No such file"),
        ("none.replay.json", None, "cannot be read: No such file"),
        ("a.kampuchea", b"", "not a saved game"),
        ("a.kampuchea", b"\x00\xff" * 50, "not a saved game"),
        ("a.replay.json", b"{", "not a replay"),
        ("a.replay.json", b"[" * 100_000, "not a replay"),
    ],
)
def test_what_is_no_record_gets_one_message_and_status_2(
    kampuchea: CommandLine, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (kampuchea.folder / name).write_bytes(content)
    done = kampuchea.run("replay", name, status=2)
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
