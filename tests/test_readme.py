"""The README tells the truth: its Python runs, its files exist, its commands are there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
import typer

from game.cli import build_app

REPOSITORY = Path(__file__).resolve().parents[1]
TEXT = (REPOSITORY / "README.md").read_text("utf-8")


def test_the_session_of_the_readme_runs_as_printed() -> None:
    found = doctest.testfile(str(REPOSITORY / "README.md"), module_relative=False, encoding="utf-8")
    assert found.attempted >= 7
    assert found.failed == 0


def test_the_agent_of_the_readme_gives_orders() -> None:
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", TEXT, re.S) if "class " in block)
    names: dict[str, type] = {}
    exec(code, names)
    from game.engine.playable import load

    scenario = load(REPOSITORY / "assets" / "template")
    world = scenario.start(seed=1)
    agent = names["Steadfast"](scenario, "vietnam")
    assert len(agent.orders(world.view("vietnam"))) == 2


def test_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in link]
    if not (REPOSITORY / "assets" / "screenshots").exists():
        links = [link for link in links if not link.startswith("assets/screenshots/")]
    missing = [link for link in links if not (REPOSITORY / link).exists()]
    assert links
    assert missing == []


def test_make_targets_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for target in re.findall(r"`?make (\w+)`?", TEXT):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_commands_exist() -> None:
    known = set(typer.main.get_command(build_app()).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"kampuchea (\w+)", TEXT))
    assert named <= known


def test_the_keys_of_the_readme_are_those_of_the_window() -> None:
    keys = pytest.importorskip("game.ui.keys")
    said = {
        "F1": "help", "F3": "supply", "Ctrl+S": "save", "Enter": "end_turn", "I": "aims", "M": "move",
        "X": "attack", "Q": "withdraw", "H": "hold", "B": "ambush", "R": "raid", "T": "rest", "Z": "undo", "Y": "redo",
        "F4": "control", "F5": "support", "F6": "panels", "F8": "people", "F9": "mines", "F12": "season", "U": "patrol",
        "Shift+U": "sweep",
        "Shift+R": "sabotage", "Shift+C": "clear",
    }  # fmt: skip
    assert set(re.findall(r"\*\*([A-Z][+A-Za-z0-9]{,6})\*\*", TEXT)) == set(said)
    for key, command in said.items():
        assert key.lower() in keys.COMMANDS[command].keys, command
