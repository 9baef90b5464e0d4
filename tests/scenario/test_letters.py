"""Letters that no file may hold, quotes that are none, titles that show nothing: refused with their place."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from scenario_folder import ScenarioFolder

from game.core import texts
from game.scenario import library, loader
from game.scenario.schema import FILES

MAPS = library.data_folder() / "maps"
UNFIT = "\x01\x1b\x7f\x85\x9b\u200e\u202a\u202e\u2066\u2069\u2028\u2029\ufeff\u00ad"


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    return ScenarioFolder.make(tmp_path)


def test_every_invisible_character_of_unicode_is_unfit_but_for_those_that_languages_need() -> None:
    fit = {chr(k) for k in range(0x110000) if not texts.unfit(chr(k))}
    invisible = {chr(k) for k in range(0x110000) if unicodedata.category(chr(k)) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    needed = set("\t\n\u200b\u200c\u200d")
    numbering = {c for c in fit & invisible if unicodedata.category(c) == "Cf"} - needed
    assert fit & invisible == needed | numbering
    assert all(
        "ARABIC" in unicodedata.name(c) or "KAITHI" in unicodedata.name(c) or "SYRIAC" in unicodedata.name(c)
        or "EGYPTIAN" in unicodedata.name(c) or "SHORTHAND" in unicodedata.name(c) or "MUSICAL" in unicodedata.name(c)
        for c in numbering
    )  # fmt: skip
    assert all(texts.unfit(c) for c in UNFIT)


@pytest.mark.parametrize("character", UNFIT, ids=lambda c: f"{ord(c):04x}")
def test_an_unfit_character_is_refused_where_it_stands(war: ScenarioFolder, character: str) -> None:
    line = war.replace("scenario.yaml", "title: ", f"title: War{character} and ")
    fault = war.only_fault()
    assert (Path(fault.file).name, fault.line, fault.column) == ("scenario.yaml", line, len("title: War") + 1)
    assert fault.code == "unfit-character"
    assert f"U+{ord(character):04X}" in fault.message
    assert fault.remedy
    assert character not in str(fault)


@pytest.mark.parametrize("character", UNFIT, ids=lambda c: f"{ord(c):04x}")
def test_an_escape_does_not_bring_it_in(war: ScenarioFolder, character: str) -> None:
    line = war.replace("scenario.yaml", "title: ", f'title: "War\\u{ord(character):04x} and " # ')
    fault = war.only_fault()
    assert (fault.code, fault.line, fault.column) == ("unfit-character", line, len("title: ") + 1)


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_a_scenario_is_read_so(war: ScenarioFolder, file: str) -> None:
    line = war.append(file, "# a note \u202e for nobody\n")
    fault = war.only_fault()
    assert (Path(fault.file).name, fault.line, fault.column) == (file, line, 10)


def test_each_line_with_one_is_told_and_what_else_is_wrong_too(war: ScenarioFolder) -> None:
    war.append("events.yaml", "# \u202e\n# \u202e\nno_such_key: 1\n")
    assert [fault.code for fault in war.faults()] == ["unfit-character", "unfit-character", "unknown-key"]


def test_joiners_and_breaks_of_khmer_words_are_letters(war: ScenarioFolder) -> None:
    war.replace("scenario.yaml", "title: ", "title: ភ្នំ\u200bពេញ \u200c\u200d ")
    assert war.faults() == []


@pytest.mark.parametrize("quotes", ["“”", "„“", "‘’", "«»", "””", '“"'])
def test_typographic_quotes_are_no_text(war: ScenarioFolder, quotes: str) -> None:
    line = war.replace("scenario.yaml", "title: ", f"title: {quotes[0]}Base{quotes[1]} # ")
    fault = war.only_fault()
    assert (fault.code, fault.line, fault.column) == ("curly-quotes", line, len("title: ") + 1)
    assert "straight quotes" in fault.remedy


def test_typographic_quotes_within_straight_ones_or_within_a_text_are(war: ScenarioFolder) -> None:
    war.replace("scenario.yaml", "title: ", "title: '“Year Zero”' # ")
    assert war.faults() == []
    war.replace("scenario.yaml", "title: ", "title: The “Year Zero”, ended # ")
    assert war.faults() == []


def test_of_a_wrong_value_in_typographic_quotes_only_these_are_told(war: ScenarioFolder) -> None:
    war.replace("forces.yaml", "arms: infarty", "arms: “infarty”")
    assert war.only_fault().code == "curly-quotes"


@pytest.mark.parametrize("title", ["' '", '"\\u00a0"', '"\\u200b\\u3164"', '"\\n"'])
def test_a_title_that_shows_nothing_is_refused(war: ScenarioFolder, title: str) -> None:
    line = war.replace("scenario.yaml", "title: ", f"title: {title} # ")
    fault = war.only_fault()
    assert (fault.code, fault.line, fault.column) == ("blank-text", line, len("title: ") + 1)


def test_a_title_of_two_lines_is_refused(war: ScenarioFolder) -> None:
    war.replace("scenario.yaml", "title: ", 'title: "One\\nTwo" # ')
    assert war.only_fault().code == "several-lines"


@pytest.mark.parametrize("file", ["factions.yaml", "forces.yaml"])
def test_names_show_something_too(war: ScenarioFolder, file: str) -> None:
    war.replace(file, "short: ", "short: ' ' # ")
    assert war.only_fault().code == "blank-text"


def test_maps_are_read_so(tmp_path: Path) -> None:
    source = (MAPS / "cambodia_12km.yaml").read_text("utf-8")
    for new, code, column in (
        ('title: "War\\e[31m"\n', "unfit-character", 8),
        ("title: War\u202e\n", "unfit-character", 11),
        ("title: “War”\n", "curly-quotes", 8),
        ("title: ' '\n", "blank-text", 8),
    ):
        at = source.index("title:")
        end = source.index("\n", at) + 1
        file = tmp_path / "land.yaml"
        file.write_text(source[:at] + new + source[end:], "utf-8")
        (fault,) = loader.check([file])
        assert (fault.code, fault.line, fault.column) == (code, source.count("\n", 0, at) + 1, column)
    at = source.index("name: ", source.index("\nplaces:"))
    file.write_text(source[:at] + "name: ' ', note: " + source[at + 6 :], "utf-8")
    assert "blank-text" in {fault.code for fault in loader.check([file])}


def test_rulesets_are_read_so(tmp_path: Path) -> None:
    source = (library.data_folder() / "rulesets" / "standard.yaml").read_text("utf-8")
    file = tmp_path / "rules.yaml"
    file.write_text(source.replace('doc: "', 'doc: "\u202e', 1), "utf-8")
    (fault,) = loader.check([file])
    assert fault.code == "unfit-character"
    assert fault.line > 1
