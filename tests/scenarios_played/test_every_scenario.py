"""Every shipped scenario is played to its end, agent against agent."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.ai.registry import agent
from game.core.ids import OFF_MAP
from game.core.records import RecordKind, say_reason
from game.engine.playable import load

SCENARIOS = sorted(path.parent.name for path in (Path(__file__).parents[2] / "scenarios").glob("*/scenario.yaml"))


def test_there_are_scenarios() -> None:
    assert "christmas_invasion_1978" in SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize(
    ("agents", "seed"), [(("commander", "commander"), 1), (("random", "commander"), 2), (("commander", "random"), 3)]
)
def test_plays_to_its_end_and_its_records_make_sense(name: str, agents: tuple[str, str], seed: int) -> None:
    scenario = load(name)
    setting = scenario.definition.setting
    world = scenario.start(seed)
    minds = {side: agent(agents[k % 2], scenario, side) for k, side in enumerate(scenario.sides)}
    n, forces, factions = setting.map.n, len(setting.forces), len(setting.factions)
    hour = 0
    while not world.over:
        for record in world.step({side: mind.orders(world.view(side)) for side, mind in minds.items()}):
            assert OFF_MAP <= record.hex < n
            assert -1 <= record.force < forces
            assert -1 <= record.faction < factions
            assert hour <= record.hour < world.hour
            if record.kind in (RecordKind.MOVED, RecordKind.RETREAT, RecordKind.HALTED):
                assert 0 <= record.hex < n
                assert 0 <= record.a < n
            if record.kind == RecordKind.REFUSED:
                # what an agent of ours asks for can be refused only when the front has moved on since
                assert say_reason(record.reason, record.c, record.d, setting)
        hour = world.hour
    assert world.turn == setting.turns
    assert set(world.outcome.results) == set(scenario.sides)
    for result in world.outcome.results.values():
        assert 0.0 <= result.share <= 1.0
        assert result.reason
