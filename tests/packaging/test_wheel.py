"""The built wheel is whole: scenarios, maps, rulesets and assets travel with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
HANGS_S = 1800
"""Nothing takes so long on any machine."""


def _run(*command: str | Path, cwd: Path) -> str:
    # to compile an installed game's rules for one run takes minutes; the same bits come out without
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"KAMPUCHEA_UNCOMPILED": "1"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=HANGS_S
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder),
        REPOSITORY,
        cwd=folder,
    )
    (built,) = folder.glob("kampuchea-*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scripts folder of a new environment that holds the wheel and, by a path entry, only our dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    _run(
        *(sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet", "--no-deps", wheel),
        cwd=folder,
    )
    return scripts


@pytest.mark.slow
def test_wheel_carries_scenarios_and_assets_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "game/_data/scenarios/christmas_invasion_1978/scenario.yaml" in names
    assert "game/_data/scenarios/rulesets/standard.yaml" in names
    assert "game/_data/assets/docs/rulebook/index.md" in names
    assert any(name.startswith("game/_data/assets/fonts/") for name in names)
    assert not any(name.startswith(("tests/", "scenarios/", "assets/")) for name in names)


@pytest.mark.slow
def test_installed_wheel_is_the_one_that_runs(environment: Path, tmp_path: Path) -> None:
    place = _run(environment / "python", "-c", "import game; print(game.__file__)", cwd=tmp_path).strip()
    assert Path(place).is_relative_to(environment.parent)


@pytest.mark.slow
def test_installed_wheel_runs_the_scenario_from_another_folder(environment: Path, tmp_path: Path) -> None:
    printed = _run(
        *(environment / "kampuchea", "simulate", "christmas_invasion_1978", "--runs", "1", "--seed", "3", "--json"),
        cwd=tmp_path,
    )
    (run,) = json.loads(printed)["runs"]
    assert run["error"] is None
    assert len(run["state_hash"]) == 64
