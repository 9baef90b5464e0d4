"""The same scenario, seed and orders are the same game: twice, in a copy, compiled or not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import game
from game.core.kernels import COMPILED
from game.engine.session import Session
from tests.engine.conftest import Wanderer, play, small_scenario
from tests.rules.test_month_properties import country

ROOT = Path(__file__).parents[2]


def watched(seed: int) -> Session:
    return Session(small_scenario(), seed, None, {"s0": "wanderer", "s1": "wanderer"}, Wanderer)


def fingerprint() -> str:
    """Hash of a small war after three turns, its records included."""
    session = watched(11)
    play(session, 3)
    return f"{session.world.state_hash()} {session.last_records.rows.sum()} {len(session.last_records)}"


def year() -> str:
    """Hash of a country of small movements after a year of months with every chapter on."""
    world = country(20.0, 1, seed=5)
    rows = 0
    while not world.over:
        rows += int(world.step({}).rows.sum())
    return f"{world.state_hash()} {rows}"


def test_two_games_of_one_seed_end_alike_and_of_another_seed_differ() -> None:
    one, two, other = watched(5), watched(5), watched(6)
    for session in (one, two, other):
        play(session, 8)
    assert one.world.state_hash() == two.world.state_hash() != other.world.state_hash()
    assert one.world.history == two.world.history


def test_a_copy_goes_its_own_way() -> None:
    session = watched(5)
    play(session, 2)
    before = session.world.state_hash()
    copy = session.world.copy()
    copy.step({})
    assert session.world.state_hash() == before != copy.state_hash()
    assert len(session.world.history["men"]) == 2


def test_a_war_taken_up_anew_from_its_state_every_turn_ends_like_one_played_through() -> None:
    """Nothing that rules read is kept outside the state: a copy has scratch of its own."""
    scenario = game.load("christmas_invasion_1978")
    agents = {side: game.agent("commander", scenario, side) for side in scenario.sides}
    through = scenario.start(7)
    anew = through.copy()
    while not through.over:
        for world in (through, anew):
            world.step({side: agent.orders(world.view(side)) for side, agent in agents.items()})
        assert anew.state_hash() == through.state_hash(), f"turn {through.turn}"
        anew = anew.copy()


def test_looking_changes_nothing() -> None:
    session = watched(5)
    before = session.world.state_hash()
    session.view("s0").tables.force_i[:] = 0
    session.view().tables.force_i[:] = 0
    session.think()
    assert session.world.state_hash() == before


@pytest.mark.parametrize("what", [fingerprint, year])
def test_compiled_and_uncompiled_rules_give_the_same_bits(what: Callable[[], str]) -> None:
    flag = "1" if COMPILED else "0"
    code = f"from tests.engine.test_determinism import {what.__name__} as what; print(what())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "KAMPUCHEA_UNCOMPILED": flag, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert other.returncode == 0, other.stderr
    assert other.stdout.strip() == what()
