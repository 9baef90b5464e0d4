"""Treaties, interests and blocs in factions.yaml: what they become, and what is told of faulty ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from game.core.columns import peace, treaty
from game.core.ids import Stance, Term, TreatyState
from game.scenario import library, loader
from tests.scenario.scenario_folder import ScenarioFolder


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    return ScenarioFolder.make(tmp_path)


def two(war: ScenarioFolder) -> list[str]:
    return [entry["id"] for entry in yaml.safe_load(war.text("factions.yaml"))["factions"]][:2]


def at_peace(war: ScenarioFolder) -> None:
    """The template's stances made neutral."""
    text = war.text("factions.yaml")
    war.write("factions.yaml", text.replace("stance: war", "stance: neutral"))


def test_treaties_interests_and_blocs_become_tables(war: ScenarioFolder) -> None:
    a, b = two(war)
    at_peace(war)
    war.append(
        "factions.yaml",
        f"""
seat: {b}
treaties:
  - {{term: aid, giver: {a}, receiver: {b}, value: 5000, reason: help}}
  - {{term: alliance, giver: {a}, receiver: {b}, reason: allies}}
  - {{term: recognition, giver: {a}, receiver: {b}, reason: embassy}}
interests:
  - {{faction: {a}, stake: 0.5, fear: 0.7, creed: -1, purse: 300, might: 40000, spoiler: total, stain: 0.2}}
blocs:
  - {{name: Neighbours, votes: 12, lean: {{{a}: 1, {b}: -0.5}}, occupation: 1, record: 0.5, law: 0.2}}
""",
    )
    scenario = loader.load(war.path)
    t, interests = scenario.initial.tables, scenario.setting.cast.interests
    assert t.treaty[treaty.TERM, :4].tolist() == [Term.AID, Term.ALLIANCE, Term.RECOGNITION, 0]
    assert (t.treaty[treaty.STATE, :3] == TreatyState.IN_FORCE).all()
    assert t.stance[0, 1] == t.stance[1, 0] == Stance.ALLIED
    assert t.aid[0, 1] == pytest.approx(60.0) and t.recognised[0, 1] == 1 and t.peace[peace.SEAT] == 1
    assert interests.listed[:2].tolist() == [1, 0] and interests.might[0] == 40000 and interests.spoiler[0] == 2
    assert interests.votes.tolist() == [12] and interests.lean[0, :2].tolist() == [1.0, -0.5]
    assert scenario.setting.blocs == ("Neighbours",)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("treaties:\n  - {term: peace, giver: A, receiver: A, reason: odd}\n", "same-faction", "stands against itself"),
        ("treaties:\n  - {term: alliance, giver: A, receiver: B, reason: odd}\n", "war-and-treaty", "are at war"),
        ("treaties:\n  - {term: aid, giver: A, receiver: B, reason: odd}\n", "missing-key", "'aid' needs 'value'"),
        (
            "treaties:\n  - {term: marriage, giver: A, receiver: B, reason: odd}\n",
            "bad-value",
            "not allowed for 'term'",
        ),
        ("treaties:\n  - {term: peace, giver: nobody, receiver: B, reason: odd}\n", "unknown-faction", "no faction"),
        ("interests:\n  - {faction: A}\n  - {faction: A}\n", "duplicate-id", "a second time"),
        ("interests:\n  - {faction: A, stake: 3}\n", "out-of-range", "out of range for 'stake'"),
        ("blocs:\n  - {name: All, votes: 0, lean: {A: 1}}\n", "out-of-range", "out of range for 'votes'"),
        ("blocs:\n  - {name: All, votes: 3, lean: {nobody: 1}}\n", "unknown-faction", "no faction"),
        ("seat: nobody\n", "unknown-faction", "no faction"),
    ],
)
def test_a_fault_is_told_with_its_place_and_remedy(war: ScenarioFolder, text: str, code: str, message: str) -> None:
    a, b = two(war)
    line = war.append("factions.yaml", text.replace("A", a).replace("B", b))
    fault = war.only_fault()
    assert fault.code == code and message in fault.message and fault.remedy
    assert line <= fault.line <= line + 3


def test_nobody_recognises_two_governments_of_a_country(tmp_path: Path) -> None:
    war = ScenarioFolder(tmp_path / "war")
    shutil.copytree(library.data_folder() / "grand_campaign_1977_1997", war.path)
    line = war.replace(
        "factions.yaml", "treaties:\n", "treaties:\n  - {term: recognition, giver: china, receiver: prk}\n"
    )
    faults = [fault for fault in war.faults() if fault.code == "two-governments"]
    assert [fault.message for fault in faults] == ["'china' recognises 'prk' already, and a country has one government"]
    assert faults[0].line > line
