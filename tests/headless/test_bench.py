"""The bench world has the size that figures are stated for, and is the same war every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.columns import faction, force
from game.engine.playable import load
from game.headless import benchworld
from game.headless.probe import Game, peak_rss_mb
from game.scenario.loader import check


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return benchworld.write(tmp_path_factory.mktemp("bench"))


def test_bench_world_is_a_valid_scenario_of_the_stated_size(folder: Path) -> None:
    assert check([str(folder)]) == []
    setting = load(folder).definition.setting
    assert (setting.map.n, len(setting.forces), len(setting.factions)) == (2000, 160, 6)
    assert len(setting.sides) == 6


def test_bench_world_is_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    again = benchworld.write(tmp_path)
    for path in folder.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_bench_world_is_at_war(folder: Path) -> None:
    game = Game(load(folder), by_chapter=True)
    world = game.play(seed=1, most_turns=12)
    assert world.tables.faction_i[faction.KILLED].sum() > 0
    assert world.tables.force_i[force.MEN].sum() > 0
    assert {"views", "agents", "movement", "combat", "supply"} <= set(game.seconds)


def test_peak_memory_is_that_of_a_python_process() -> None:
    peak = peak_rss_mb()
    assert peak is None or 20 < peak < 4000
