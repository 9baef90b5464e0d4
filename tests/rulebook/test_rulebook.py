"""The rulebook that is made from the code: it agrees with the code, and its pages are up to date."""

from __future__ import annotations

import re

import pytest

from game.core.kernels import plain
from game.results import rulepages
from game.results.rulebook import Rulebook, faults, numbers_in_order, read_rulebook, sources
from game.scenario import library
from game.scenario.rulesets import RulesetFile, read_ruleset

UNREAD = {"move.border_caution", "combat.intensity_probe", "morale.base_radius"}
"""Numbers of the ruleset that wait for a clause; none may be added."""

CHAPTER = '''"""Chapter 4, supply.

4.1 Forces eat.
4.2 Convoys go by road, as far
    as they can.

A remark on both.
"""

def eat(w, rules: SupplyRules, f):
    """4.1 What it eats.

    Formula: kg = men * need_idle
    """
    return rules.need_idle[0] * w.men[f]

def haul(r: Ruleset):
    """4.1, 4.2 How far it goes (see 4.1).

    Formula (4.2): at most haul_limit_km
        or so
    """
    rules = r.supply
    return rules.haul_limit_km + r.move.reference_km
'''
NUMBERS = ("supply.need_idle", "supply.haul_limit_km", "move.reference_km")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return read_rulebook()


@pytest.fixture(scope="module")
def file() -> RulesetFile:
    found, _ = read_ruleset(library.data_folder() / "rulesets" / "standard.yaml", "standard.yaml")
    assert found is not None
    return found


def small(*changes: tuple[str, str]) -> Rulebook:
    """The small chapter, changed."""
    text = CHAPTER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_rulebook({"game.rules.supply": text})


def test_prose_and_code_of_the_game_agree(book: Rulebook) -> None:
    waiting = {f"no clause reads {number}" for number in UNREAD}
    assert [fault for fault in faults(book, numbers_in_order()) if fault not in waiting] == []


def test_a_chapter_is_its_clauses_and_its_remarks() -> None:
    (chapter,) = small().chapters
    assert [(clause.id, clause.text) for clause in chapter.clauses] == [
        ("4.1", "Forces eat."),
        ("4.2", "Convoys go by road, as far as they can."),
    ]
    assert chapter.notes == ("A remark on both.",)
    assert faults(small(), NUMBERS) == []


def test_numbers_are_found_by_parameter_by_alias_and_by_chain_and_go_where_a_formula_names_them() -> None:
    book = small()
    assert book.numbers_of("4.1") == ["move.reference_km", "supply.need_idle"]
    assert book.numbers_of("4.2") == ["move.reference_km", "supply.haul_limit_km"]
    assert [formula.text for formula in book.functions[1].formulas] == ["at most haul_limit_km or so"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("4.2 Convoys", "4.1 Convoys", "clause 4.1 is in the prose twice"),
        ("4.2 Convoys", "4.3 Convoys", "no function carries out clause 4.3"),
        ('"""4.1 What', '"""4.1, 4.9 What', "eat cites 4.9, which is in no chapter's prose"),
        ("it goes.", "it goes (4.9).", "haul cites 4.9, which is in no chapter's prose"),
        ("men * need_idle", "men * need_march", "eat: a formula names need_march, which the function does not read"),
        ("Formula (4.2)", "Formula (4.3)", "haul: a formula is for 4.3, which the function does not carry out"),
        ("rules.need_idle[0]", "1.0", "no clause reads supply.need_idle"),
    ],
)
def test_what_does_not_agree_is_a_fault(old: str, new: str, fault: str) -> None:
    book = small(("(see 4.1).", "it goes."), (old, new))
    assert any(found.endswith(fault) for found in faults(book, NUMBERS)), faults(book, NUMBERS)


def test_the_sequence_of_play_is_the_one_that_is_played(book: Rulebook) -> None:
    from game.engine.sequence import SEQUENCE_OF_PLAY

    rules = [plain(step.rule) if step.rule else None for step in SEQUENCE_OF_PLAY]
    paths = [f"{rule.__module__}.{rule.__name__}" if rule else "" for rule in rules]
    played = [(step.name, step.when.name, path) for step, path in zip(SEQUENCE_OF_PLAY, paths, strict=True)]
    assert [(step.name, step.when, step.rule) for step in book.steps] == played


def test_the_committed_pages_are_up_to_date(book: Rulebook, file: RulesetFile) -> None:
    folder = library.assets_folder() / "docs" / "rulebook"
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    made = rulepages.pages(book, file)
    assert sorted(committed) == sorted(made)
    stale = [name for name, text in made.items() if committed[name] != text]
    assert stale == [], "run kampuchea docs and commit the pages"


def test_the_same_sources_in_another_order_give_the_same_bytes(book: Rulebook, file: RulesetFile) -> None:
    turned = read_rulebook(dict(reversed(sources().items())))
    assert rulepages.pages(turned, file) == rulepages.pages(book, file)


def test_links_between_the_pages_lead_somewhere(book: Rulebook, file: RulesetFile) -> None:
    pages = rulepages.pages(book, file)
    links = {link for text in pages.values() for link in re.findall(r"\]\(([^)]+)\)", text)}
    assert links
    assert links <= set(pages)


def test_every_clause_stands_on_its_chapters_page_with_its_numbers_units_and_sources(
    book: Rulebook, file: RulesetFile
) -> None:
    pages = rulepages.pages(book, file)
    for chapter in book.chapters:
        page = pages[rulepages.page_name(chapter.id)]
        for clause in chapter.clauses:
            section = page.split(f"\n## {clause.id}\n")[1].split("\n## ")[0]
            assert clause.text in section
            assert all(f"`{function.path}`" in section for function in book.functions_of(clause.id))
            for name in book.numbers_of(clause.id):
                number = file.numbers[name]
                unit = "" if number.unit == "1" else f" {number.unit}"
                assert f"`{name}` **{rulepages.figures(number)}**{unit} ({number.source})" in section


def test_the_index_has_the_chapters_the_steps_and_the_words(book: Rulebook, file: RulesetFile) -> None:
    index = rulepages.pages(book, file)[rulepages.INDEX]
    assert all(f"[{chapter.id} {chapter.title}]" in index for chapter in book.chapters)
    assert all(f". **{step.name}**" in index for step in book.steps)
    for name, when in (("orders", "once a turn"), ("harvest", "once a month"), ("supply", "in every impulse")):
        assert f". **{name}**, {when}" in index
    assert all(f"- **{word}**" in index for word, _ in rulepages.GLOSSARY)
    assert [word for word, _ in rulepages.GLOSSARY] == sorted(word for word, _ in rulepages.GLOSSARY)
