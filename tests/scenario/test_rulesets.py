"""Ruleset files: the exact set of numbers, each typed, bounded and explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.ids import Arms, Surface
from game.scenario import library
from game.scenario.rulesets import RulesetError, load_ruleset, read_ruleset, rule_names

STANDARD = library.data_folder() / "rulesets" / "standard.yaml"


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    path = tmp_path / "house.yaml"
    path.write_text(STANDARD.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def _replace(path: Path, old: str, new: str) -> int:
    text = path.read_text(encoding="utf-8")
    at = text.index(old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, at) + 1


def test_the_standard_ruleset_has_every_number_with_unit_and_source() -> None:
    file, faults = read_ruleset(STANDARD, "standard.yaml")
    assert faults == []
    assert file is not None
    assert tuple(file.numbers) == rule_names()
    assert all(number.unit and number.source and number.doc for number in file.numbers.values())


def test_rows_are_as_long_as_what_indexes_them() -> None:
    rules = load_ruleset(STANDARD)
    assert len(rules.move.march_foot) == len(Surface)
    assert len(rules.supply.need_idle) == len(Arms)
    assert isinstance(rules.move.room_open, float)


def test_overrides_replace_by_name() -> None:
    rules = load_ruleset(STANDARD, {"combat.fortune": 0.3, "combat.river_power": [1, 1.2, 1.3, 1.6]})
    assert rules.combat.fortune == 0.3
    assert rules.combat.river_power.tolist() == [1.0, 1.2, 1.3, 1.6]
    assert rules.combat.loss_attacker == load_ruleset(STANDARD).combat.loss_attacker


@pytest.mark.parametrize(
    ("overrides", "code", "text"),
    [
        ({"combat.fortun": 0.3}, "unknown-number", "did you mean 'combat.fortune'?"),
        ({"combat.fortune": 5}, "out-of-range", "from 0 to 0.6"),
        ({"combat.fortune": True}, "wrong-type", "a number"),
        ({"combat.river_power": [1, 1.2]}, "bad-length", "none, minor, major, great"),
        ({"combat.advance_hasty": [1, 2, 3]}, "bad-length", "as many"),
    ],
)
def test_a_wrong_override_is_refused(overrides: dict[str, object], code: str, text: str) -> None:
    with pytest.raises(RulesetError) as raised:
        load_ruleset(STANDARD, overrides)
    (fault,) = raised.value.faults
    assert fault.code == code
    assert text in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("fortune: {", "fortunes: {", "unknown-key"),
        ("\nmorale:", "\nmorals:", "unknown-key"),
        ("unit: km/day, range: [0, 40]", "unit: km/day, range: [40, 0]", "wrong-type"),
        ("confidence: medium", "confidence: certain", "bad-value"),
        ("value: [24, 20, 18, 15, 8, 0]", "value: [24, 20, 18]", "bad-length"),
        ("value: [24, 20, 18, 15, 8, 0]", "value: fast", "wrong-type"),
        ("value: [24, 20, 18, 15, 8, 0]", "value: [24, 20, 18, 15, 8, 4000]", "out-of-range"),
    ],
)
def test_a_wrong_number_has_its_line(spoilt: Path, old: str, new: str, code: str) -> None:
    line = _replace(spoilt, old, new) + old.startswith("\n")
    _, faults = read_ruleset(spoilt, "house.yaml")
    assert (code, line) in {(fault.code, fault.line) for fault in faults}


def test_a_missing_number_is_named(spoilt: Path) -> None:
    text = spoilt.read_text(encoding="utf-8")
    spoilt.write_text("".join(x for x in text.splitlines(True) if "  fortune:" not in x), encoding="utf-8")
    _, faults = read_ruleset(spoilt, "house.yaml")
    assert [fault.code for fault in faults] == ["missing-key"]
    assert "combat.fortune" in faults[0].message
