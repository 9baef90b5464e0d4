"""Tables of worlds, and back."""

from __future__ import annotations

import pytest

import game
from game.engine.playable import Playable
from game.results.runs import RunError, RunResult, result_of
from game.results.tables import runs_of, schemas, tables_of


@pytest.fixture(scope="module")
def played(small: Playable) -> RunResult:
    world = small.start(seed=11)
    while not world.over:
        world.step({})
    return result_of(world, run=4, cpu_s=0.5)


def test_tables_give_back_the_runs_that_they_were_made_of(small: Playable, played: RunResult) -> None:
    setting = small.definition.setting
    failed = RunResult(5, 12, 0.0, error=RunError("ValueError", "no plan"))
    back = runs_of(setting, tables_of(setting, [played, failed]), {4: 0.5})
    assert [run.as_dict() for run in back] == [played.as_dict(), failed.as_dict()]


def test_types_do_not_depend_on_what_happened(small: Playable, played: RunResult) -> None:
    setting = small.definition.setting
    for runs in ([], [played], [RunResult(5, 12, 0.0, error=RunError("ValueError", ""))]):
        found = tables_of(setting, runs)
        assert {name: table.schema for name, table in found.items()} == schemas(setting)


def test_turns_hold_every_faction_at_every_turn(small: Playable, played: RunResult) -> None:
    turns = tables_of(small.definition.setting, [played])["turns"].to_pylist()
    assert [(row["turn"], row["faction"]) for row in turns[:3]] == [(1, "vietnam"), (1, "dk"), (2, "vietnam")]
    assert turns[-1]["date"] == played.end
    assert turns[-1]["men"] == played.result["dk"].men


def test_the_account_of_men_balances(played: RunResult) -> None:
    for name, row in played.result.items():
        gone = row.dead + row.captured + row.deserted + row.sick + row.hospital + row.stragglers
        assert row.start + row.recruited == row.men + gone, name


def test_tables_of_worlds_from_a_notebook(small: Playable) -> None:
    worlds = [small.start(seed) for seed in (1, 2)]
    for world in worlds:
        world.step({})
    found = game.tables(*worlds)
    assert found["runs"]["seed"].to_pylist() == [1, 2]
    with pytest.raises(ValueError):
        game.tables()
