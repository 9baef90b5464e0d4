"""A small war of the tests' own, replayed: its last state is recorded in tests/golden/small_war.json.

A change of the rules on purpose changes it. Then write it anew, and say so in the commit:

    KAMPUCHEA_WRITE_GOLDEN=1 python -m pytest tests/scenarios_played/test_golden.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from game.core.ids import Arms, Order, River, Road, Terrain
from game.core.kernels import COMPILED
from game.core.orders import Orders
from game.engine.world import World
from tests.builders import force, line, links, plain_map, small_game

FILE = Path(__file__).parents[1] / "golden" / "small_war.json"


def small_war() -> World:
    """Two armies on a road across a river, a third party's bands behind one of them; eight turns, seed 1."""
    terrain = np.resize(np.array([Terrain.RICE, Terrain.RICE, Terrain.FOREST, Terrain.UPLAND], np.int8), 108)
    hexmap = plain_map(
        terrain=terrain,
        road=links(line(48, 59), Road.PRIMARY),
        river=links([(53, 54), (41, 54), (65, 54)], River.MAJOR),
    )
    shelter = np.full(108, -1, np.int8)
    shelter[[59, 71, 11]] = 1, 1, 2
    world = small_game(
        [
            force(0, 50, 9000, tanks=30, guns=50, arms=Arms.INFARTY, order=Order.ATTACK, dest=58, base=48),
            force(0, 62, 8000, guns=30, arms=Arms.INFARTY, order=Order.ATTACK, dest=58, base=48),
            force(1, 54, 6000, quality=0.8, dug_in=1.5, base=59),
            force(1, 57, 4000, quality=0.8, base=59),
            force(2, 40, 1500, arms=Arms.LIGHT, order=Order.AMBUSH, dest=52, base=11),
        ],
        hexmap=hexmap, factions=3, depots=[(48, 0, 10**6, 60_000), (59, 1, 5 * 10**5, 20_000), (11, 2, 50_000, 1000)],
        control=np.where(np.arange(108) % 12 < 5, 0, 1), shelter=shelter, people=8000, turns=8,
    )  # fmt: skip
    while not world.over:
        orders = Orders()
        if world.turn == 4:
            orders.give(1, Order.MOVE, 54, then=58)
        world.step({"s0": orders})
    return world


def test_the_small_war_ends_as_recorded() -> None:
    world = small_war()
    found = {
        "state_hash": world.state_hash(),
        "men": world.tables.force_i[6].tolist(),
        "hexes": world.tables.force_i[5].tolist(),
    }
    if os.environ.get("KAMPUCHEA_WRITE_GOLDEN") == "1":
        FILE.write_text(json.dumps(found, indent=1) + "\n")
    assert found == json.loads(FILE.read_text())


@pytest.mark.skipif(not COMPILED, reason="this is the uncompiled run")
def test_the_small_war_ends_the_same_uncompiled() -> None:
    program = "from tests.scenarios_played.test_golden import small_war; print(small_war().state_hash())"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=FILE.parents[2],
        env={**os.environ, "KAMPUCHEA_UNCOMPILED": "1"},
    )  # fmt: skip
    assert run.stdout.strip() == json.loads(FILE.read_text())["state_hash"]
