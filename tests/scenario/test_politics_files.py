"""What authors may say of politics, and every fault that they can make of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_folder import ScenarioFolder

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import Life
from game.scenario import loader
from game.scenario.yamltree import read

FACTIONS, SCENARIO = "factions.yaml", "scenario.yaml"
FRONT = """  - id: front
    name: The front
    short: Front
    adjective: front
    colour: '#3E8E41'
    shape: plus
    pattern: grid
    kind: army
    latent: true
    parent: dk
    movement: true
    stages:
      - {id: state, name: The state, short: State, adjective: state, when: 'controls(front, svay_rieng)'}
    founding: {when: 'at_war(vietnam, dk)', sponsor: vietnam, land: true, title: A front is founded}
    sources: [guess]

relations:"""
LINE = """fracture:
  - {parent: dk, child: front, groups: [GROUP], places: [svay_rieng], pulls: {purge: 2.0}}
purges:
  - {faction: dk, first: 1978-05-24, last: 1978-08-31, weight: 0.5}

doctrine:"""
PEACE = """peace:
  country: Cambodia
  parties: [dk, front]
  required: [dk]
  guarantors: [vietnam]

sides:"""


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    folder = ScenarioFolder.make(tmp_path)
    groups = [group["id"] for group in read(folder.path / "forces.yaml", "forces.yaml").data["groups"]]
    folder.replace(FACTIONS, "relations:", FRONT)
    folder.replace(FACTIONS, "doctrine:", LINE.replace("GROUP", groups[-1]))
    folder.replace(FACTIONS, "    capital: phnom_penh", "    movement: true\n    capital: phnom_penh")
    folder.replace(SCENARIO, "sides:", PEACE)
    return folder


def test_politics_loads_and_a_latent_faction_has_nothing(war: ScenarioFolder) -> None:
    assert [str(fault) for fault in war.faults()] == []
    scenario = loader.load(war.path)
    front = scenario.setting.faction_index("front")
    t = scenario.initial.tables
    assert t.faction_i[A.LIFE, front] == Life.LATENT
    assert not (t.hex_i[H.CONTROL] == front).any() and not (t.force_i[F.FACTION] == front).any()
    splits = scenario.setting.cast.splits
    assert splits.pull[0, 4] == 2.0 and splits.pull[0, 0] == 1.0
    assert splits.region[0, scenario.setting.hex_of("svay_rieng")] == 1 and splits.region.sum() < 60
    assert scenario.setting.factions[front].stages[0].name == "The state"
    assert scenario.setting.peace is not None and scenario.setting.peace.seats == 120


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "says"),
    [
        (FACTIONS, "short: State", "short: State, holds: [svay_rieng]", "unknown-key", "'holds'"),
        (FACTIONS, "short: State", "short: State, take: svay_rieng", "hand-over", "would hand over a place"),
        (FACTIONS, "land: true, title", "land: true, owner: front, title", "hand-over", "would hand over a place"),
        (FACTIONS, "when: 'controls(front", "when: 'controls(fronnt", "condition", "'fronnt'"),
        (FACTIONS, "    kind: army\n", "    kind: army\n    holds: [krek]\n", "latent-holds", "cannot hold anything"),
        (FACTIONS, "    latent: true\n", "", "not-latent", "from the start"),
        (FACTIONS, "child: front", "child: dkk", "unknown-faction", "'dkk'"),
        (FACTIONS, ", places: [svay_rieng]", "", "missing-key", "needs a region"),
        (FACTIONS, "last: 1978-08-31", "last: 1978-01-31", "date-order", "before the first"),
        (FACTIONS, "purge: 2.0", "purge: 20.0", "out-of-range", "'purge'"),
        (FACTIONS, "purge: 2.0", "purges: 2.0", "unknown-key", "'purges'"),
        (SCENARIO, "required: [dk]", "required: [vietnam]", "no-party", "no party to it"),
        (SCENARIO, "parties: [dk, front]", "parties: [dk, front, front]", "duplicate-id", "twice"),
        (SCENARIO, "parties: [dk, front]", "parties: [dk, vietnam]", "no-movement", "nobody's support"),
        (SCENARIO, "guarantors: [vietnam]", "mission: front", "no-mission", "no mission"),
        (SCENARIO, "  country: Cambodia\n", "  country: Kambodia\n", "unknown-country", "'Kambodia'"),
    ],
)
def test_faults_of_politics_are_named(war: ScenarioFolder, file: str, old: str, new: str, code: str, says: str) -> None:
    war.replace(file, old, new)
    found = war.faults()
    assert any(fault.code == code and says in str(fault) for fault in found), "\n".join(map(str, found))
