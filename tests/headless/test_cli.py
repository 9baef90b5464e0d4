"""The command line as a whole, and `play` where there is no display."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import REPOSITORY, TEMPLATE, CommandLine

import game

COMMANDS = ("play", "simulate", "replay", "bench", "new", "check", "schema", "docs", "rules", "map")

_INTERRUPTED = """
def build():
    os.kill(os.getpid(), signal.SIGINT)
game.cli.build_app = build
game.cli.main([])
"""
"""Interrupts the command line while it makes its commands."""
_INTERRUPTED_IMPORT = """
import os, runpy, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
sys.argv = ["kampuchea", "--version"]
runpy.run_module("game", run_name="__main__")
"""
"""Interrupts `python -m game` while it imports what the command line is made with."""
MAP = str(REPOSITORY / "scenarios" / "maps" / "cambodia_12km.yaml")


def test_version_is_the_packages(kampuchea: CommandLine) -> None:
    assert kampuchea.run("--version").stdout == f"kampuchea {game.__version__}\n"


def test_help_names_every_command(kampuchea: CommandLine) -> None:
    printed = kampuchea.run("--help").stdout
    assert all(f"  {command}" in printed for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(kampuchea: CommandLine, command: str) -> None:
    assert "Usage: kampuchea" in kampuchea.run(command, "--help").stdout


def test_an_unknown_command_gets_one_message_and_status_2(kampuchea: CommandLine) -> None:
    assert "simulat" in kampuchea.run("simulat", status=2).stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there can a display be missing")
def test_play_without_a_display_says_so_in_one_line_and_names_simulate(kampuchea: CommandLine) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        kampuchea.environment = {k: v for k, v in kampuchea.environment.items() if k != name}
    done = kampuchea.run("play", status=2)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "make simulate" in done.stderr


def test_play_with_a_scenario_that_is_none_says_so_before_a_window_opens(kampuchea: CommandLine) -> None:
    assert "no_such_war" in kampuchea.run("play", "no_such_war", status=2, SDL_VIDEODRIVER="dummy").stderr


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"a: [", b"- 1\n", b"x" * 9_000_000])
def test_a_scenario_file_that_cannot_be_used_is_named_with_place_and_status_2(
    kampuchea: CommandLine, content: bytes
) -> None:
    folder = shutil.copytree(TEMPLATE, kampuchea.folder / "broken")
    (folder / "forces.yaml").write_bytes(content)
    done = kampuchea.run("simulate", folder, status=2)
    assert "forces.yaml" in done.stderr
    assert len(done.stderr) < 4000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("check",), ("map", "show", MAP)])
def test_output_to_a_full_disk_gets_one_message_and_status_2(
    kampuchea: CommandLine, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            kampuchea.command(*arguments), env=kampuchea.environment, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "kampuchea: the output: No space left on device\n"


def test_output_to_a_reader_that_has_gone_is_no_matter(kampuchea: CommandLine) -> None:
    with subprocess.Popen(
        kampuchea.command("map", "show", MAP), env=kampuchea.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process there")
def test_an_interruption_before_anything_has_begun_is_no_traceback(kampuchea: CommandLine) -> None:
    code = "import os, signal, game.cli\n" + _INTERRUPTED
    kampuchea.command = lambda *arguments: [sys.executable, *arguments]  # type: ignore[method-assign]
    assert kampuchea.run("-c", code, status=130).stderr == "kampuchea: interrupted\n"


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process there")
def test_an_interruption_while_the_command_line_is_imported_is_no_traceback(kampuchea: CommandLine) -> None:
    kampuchea.command = lambda *arguments: [sys.executable, *arguments]  # type: ignore[method-assign]
    assert kampuchea.run("-c", _INTERRUPTED_IMPORT, status=130).stderr == "kampuchea: interrupted\n"


@pytest.mark.parametrize(
    ("agent", "why"), [("unsound", "No module named 'no_such_package'"), ("lacking", "no attribute 'Lacking'")]
)
@pytest.mark.parametrize("command", ["play", "simulate"])
def test_an_agent_whose_package_does_not_load_gets_one_message_and_status_2(
    kampuchea: CommandLine, command: str, agent: str, why: str
) -> None:
    done = kampuchea.run(command, TEMPLATE, "--agents", f"dk={agent}", status=2, SDL_VIDEODRIVER="dummy")
    (message,) = done.stderr.splitlines()
    assert agent in message and "misbehaving-agents" in message and why in message and "uninstall" in message


def test_a_scenario_on_the_users_shelf_is_known_by_name(kampuchea: CommandLine) -> None:
    shutil.copytree(TEMPLATE, kampuchea.folder / "shelf" / "mine")
    assert kampuchea.run("check", "mine", KAMPUCHEA_SCENARIOS=str(kampuchea.folder / "shelf")).stdout == "No faults.\n"
    assert "mine: there is no such scenario" in kampuchea.run("check", "mine", status=2).stdout


def test_nothing_is_no_scenario(kampuchea: CommandLine) -> None:
    assert "there is no such scenario" in kampuchea.run("simulate", "", status=2).stderr


def test_importing_the_package_does_no_work(kampuchea: CommandLine) -> None:
    code = "import sys, json, game; print(json.dumps([m for m in ('numpy', 'numba', 'pygame') if m in sys.modules]))"
    kampuchea.command = lambda *arguments: [sys.executable, *arguments]  # type: ignore[method-assign]
    assert json.loads(kampuchea.run("-c", code).stdout) == []
