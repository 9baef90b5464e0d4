"""What a stranger's file can be: missing, empty, binary, huge, no YAML, or meant to harm. Each is one clear fault."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from scenario_folder import ScenarioFolder

from game.core.texts import printable
from game.scenario import yamltree


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    return ScenarioFolder.make(tmp_path)


def _lists(depth: int) -> str:
    return "events: " + "[" * depth + "]" * depth + "\n"


def _maps(depth: int) -> str:
    return "\n".join(" " * k + "a:" for k in range(depth)) + " 1\n"


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

HARMFUL = [
    ("empty-file", b"", 0),
    ("empty-file", b"  \n\n", 0),
    ("empty-file", b"# only a comment\n", 1),
    ("not-text", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1),
    ("not-text", b"events: []\n\xff\xfe\n", 2),
    ("not-text", b"events: []\n\0\n", 0),
    ("not-yaml", b"events: [\n", 2),
    ("not-yaml", b"events:\n\t- id: x\n", 2),
    ("not-yaml", b"events: 'abc\n", 1),
    ("unfit-character", b"\x01\x02", 1),
    ("not-a-mapping", b"- 1\n- 2\n", 1),
    ("not-a-mapping", b"just text\n", 1),
    ("two-documents", b"events: []\n---\nevents: []\n", 2),
    ("unsafe-tag", b"events: !!python/object/apply:os.system ['true']\n", 1),
    ("unsafe-tag", b"events: []\nx: !!python/name:os.system\n", 2),
    ("unsafe-tag", b"events: !!binary aGVsbG8=\n", 1),
    ("unsafe-tag", b"events: !custom {a: 1}\n", 1),
    ("aliases", BOMB.encode(), 3),
    ("aliases", b"events: &a [*a]\n", 1),
    ("aliases", b"events: *nowhere\n", 1),
    ("too-deep", _lists(41).encode(), 1),
    ("too-deep", _maps(60).encode(), 41),
    ("bad-key", b"events: []\n? [a, b]\n: 1\n", 2),
    ("bad-key", b"events: []\n? {a: 1}\n: 1\n", 2),
    ("duplicate-key", b"events: []\nevents: []\n", 2),
]


@pytest.mark.parametrize(("code", "content", "line"), HARMFUL, ids=[f"{c}-{k}" for k, (c, _, _) in enumerate(HARMFUL)])
def test_a_bad_file_is_one_clear_fault(war: ScenarioFolder, code: str, content: bytes, line: int) -> None:
    war.write("events.yaml", content)
    fault = war.only_fault()
    assert (fault.code, fault.line) == (code, line)
    assert fault.message
    assert fault.remedy


def test_a_missing_file_is_one_clear_fault(war: ScenarioFolder) -> None:
    (war.path / "events.yaml").unlink()
    assert war.only_fault().code == "missing-file"


def test_a_folder_in_place_of_a_file_is_one_clear_fault(war: ScenarioFolder) -> None:
    (war.path / "events.yaml").unlink()
    (war.path / "events.yaml").mkdir()
    assert war.only_fault().code == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing on this system")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(war: ScenarioFolder) -> None:
    (war.path / "events.yaml").unlink()
    os.mkfifo(war.path / "events.yaml")
    assert war.only_fault().code == "not-a-file"


def test_too_many_values_are_refused_before_they_fill_the_memory(war: ScenarioFolder) -> None:
    war.write("events.yaml", "events: [" + "1," * 200_000 + "]\n")
    assert war.only_fault().code == "too-large"


@pytest.mark.parametrize("name", ["../../../../etc/passwd", "/etc/passwd", "..", "", "a\\0b"])
def test_a_map_outside_the_scenarios_folder_is_unknown(war: ScenarioFolder, name: str) -> None:
    war.replace("scenario.yaml", "map: cambodia_12km", f'map: "{name}"')
    assert {fault.code for fault in war.faults()} <= {"unknown-map", "bad-length", "unfit-character"}
    assert war.faults()


def test_a_huge_file_is_not_read(war: ScenarioFolder) -> None:
    war.write("events.yaml", b"# " + b"x" * yamltree.MAX_BYTES)
    assert war.only_fault().code == "too-large"


@pytest.mark.parametrize("content", [_lists(200_000), "{a: " * 100_000, "- " * 200_000, "? " * 200_000, "!" * 500_000])
def test_bottomless_nesting_ends_soon_and_without_a_crash(war: ScenarioFolder, content: str) -> None:
    war.write("events.yaml", content)
    before = time.perf_counter()
    assert war.only_fault().code in ("too-deep", "not-yaml", "bad-key", "not-a-mapping", "unsafe-tag")
    assert time.perf_counter() - before < 5


def test_a_few_aliases_are_allowed(war: ScenarioFolder) -> None:
    war.replace("forces.yaml", "sources: [guess]", "sources: &s [guess]")
    war.replace("forces.yaml", "sources: [guess]", "sources: *s")
    assert war.faults() == []


def test_what_a_file_says_cannot_disturb_the_terminal(war: ScenarioFolder) -> None:
    war.replace("forces.yaml", "arms: infarty", 'arms: "inf\\e[31m\\n"')
    fault = war.only_fault()
    assert printable(str(fault)) == str(fault)


def test_plain_words_and_numbers_are_read_as_yaml_1_2_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("on: yes\na: 0715\nb: 12:30\nc: 1e3\nd: ~\ne: true\nf: '5'\ng: 1978-12-25\nh: -4\ni: 1978-99-99\n")
    document = yamltree.read(path, "x.yaml")
    assert document.faults == []
    from datetime import date

    assert document.data == {
        "on": "yes",
        "a": "0715",
        "b": "12:30",
        "c": 1000.0,
        "d": None,
        "e": True,
        "f": "5",
        "g": date(1978, 12, 25),
        "h": -4,
        "i": "1978-99-99",
    }
