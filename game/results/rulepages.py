"""The rulebook as Markdown: a page for each chapter, an index, and what there is to say about one number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.core.ruleset import CHAPTERS
from game.results.rulebook import TITLES, Chapter, Clause, Function, Rulebook
from game.scenario.rulesets import Number, RulesetFile

INDEX = "index.md"
MADE = "Made by `kampuchea docs` from the code of the rules; do not edit."

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("agent", "whoever gives orders: a person or a program"),
    ("bands", "what is left of a broken force as guerrillas: hidden, barring no way, living off the land"),
    ("base area", "hexes where a faction's bands find shelter and food and can re-form"),
    ("broken", "of a force that has left a battle in flight: it takes no orders until it rallies"),
    ("cohesion", "how firmly a force holds together, 0 to 1"),
    ("control", "who can enforce his will in a hex"),
    ("ensemble", "many runs of one scenario"),
    ("faction", "an actor, on the map or a patron outside it"),
    ("fatigue", "how tired a force is, 0 to 1"),
    ("force", "a formation on the map"),
    ("haul", "way of supplies in km of primary road: other ways count for more"),
    ("hunger", "what a force lacks of its needs, felt over some days, 0 to 1"),
    ("impulse", "the part of a turn in which all act together"),
    ("milestone", "a dated fact of history to be scored"),
    ("order", "what a side asks of a force"),
    ("posture", "how a force stands in a battle: on the march, attacking, delaying, in works, at rest or hidden"),
    ("record", "what happened"),
    ("side", "factions under one command"),
    ("stragglers", "men who have lost their force and may come in again or go home"),
    ("support", "whom people prefer, whoever controls them"),
    ("turn", "from one giving of orders to the next"),
    ("view", "what a side knows"),
    ("will", "a faction's political will to go on, 0 to 100"),
    ("works", "how well a force is dug in: 1 hasty, 2 prepared, 3 fortified"),
    ("world", "one running game"),
)
"""The words of the rulebook."""

_NOTATION = (
    "Formulas name the numbers of the ruleset as they are written there. N(0, 1) is a draw with mean 0 and standard "
    "deviation 1, the sum of four uniform draws; U(0, 1) a uniform one; x ^ y is x to the power of y. Shares a day "
    "and rates a day go with the time that an impulse takes. GK is general knowledge of the period and its armies, "
    "OURS a setting of this project."
)


_MONTHS = (
    "What is done once a month is done in the first impulse that begins in a new month of the calendar, for the month "
    "that has ended, whatever the length of turns."
)

_WHEN = {
    "TURN": "once a turn",
    "MONTH": "once a month",
    "IMPULSE": "in every impulse",
}
"""How often a step is taken, by the engine's name for it."""


def pages(book: Rulebook, file: RulesetFile) -> dict[str, str]:
    """File name -> page, the index first. The same sources give the same bytes."""
    made = {INDEX: index_page(book)}
    for chapter in book.chapters:
        made[page_name(chapter.id)] = chapter_page(book, chapter, file)
    return made


def page_name(chapter: str) -> str:
    """'04_supply.md', for the chapter '4'."""
    words = TITLES[chapter].lower().replace(" ", "_")
    return f"{int(chapter):02}_{words}.md" if chapter.isdigit() else f"appendix_{words}.md"


def heading(chapter: str) -> str:
    """'4 Supply', for the chapter '4'."""
    return f"{chapter} {TITLES[chapter]}"


def index_page(book: Rulebook) -> str:
    """The chapters, the sequence of play and the glossary."""
    known = {chapter.id for chapter in book.chapters}
    parts = [
        "# Rulebook",
        f"{MADE} In a terminal: `kampuchea rules 4`, `kampuchea rules haul_limit_km`.",
        "## Chapters",
    ]
    parts.append("\n".join(f"- {_link(chapter.id, known)}: {_extent(chapter)}" for chapter in book.chapters))
    parts += ["## Sequence of play", "\n".join(_steps(book, known)), _MONTHS, "## Notation", _NOTATION, "## Words"]
    parts.append("\n".join(f"- **{word}**: {meaning}" for word, meaning in GLOSSARY))
    return "\n\n".join(parts) + "\n"


def chapter_page(book: Rulebook, chapter: Chapter, file: RulesetFile, whole: bool = True) -> str:
    """A chapter: its place in the sequence of play, its clauses, its numbers and, if `whole`, its functions."""
    parts = [f"# {heading(chapter.id)}"]
    if whole:
        parts.append(f"{MADE} [All chapters]({INDEX})")
    steps = [f"{step.name} ({_WHEN[step.when]})" for step in book.steps if chapter.id in step.chapters]
    if steps:
        parts.append(f"In the sequence of play: {', '.join(steps)}.")
    parts += chapter.notes
    for clause in chapter.clauses:
        parts.append(f"## {clause.id}")
        parts += _clause(book, clause, file)
    read = {number for clause in chapter.clauses for number in book.numbers_of(clause.id)}
    numbers = [name for name in file.numbers if name in read]
    if numbers:
        parts.append("## Numbers")
        parts.append("\n".join(_entry(name, file.numbers[name], book) for name in numbers))
    if whole:
        functions = [f for f in book.functions if any(c.split(".")[0] == chapter.id for c in f.clauses)]
        parts += ["## Functions", "\n".join(map(_told, functions))]
    return "\n\n".join(parts) + "\n"


def clause_page(book: Rulebook, clause: Clause, file: RulesetFile) -> str:
    """One clause by itself."""
    chapter = clause.id.split(".")[0]
    return "\n\n".join([f"# {clause.id} ({TITLES[chapter]})", *_clause(book, clause, file)]) + "\n"


def number_page(book: Rulebook, name: str, file: RulesetFile) -> str:
    """All that is known about the number `name` ('chapter.name') of the ruleset `file`, and where it is used."""
    number = file.numbers[name]
    lines = [
        f"- value: {_amount(number)}",
        f"- range: {number.low:g} to {number.high:g}",
        f"- source: {_plain(number.source)}",
        f"- confidence: {number.confidence}",
    ]
    parts = [f"# {name}", _meaning(number), "\n".join(lines)]
    used = [f"- {c} ({TITLES[c.split('.')[0]]}): {book.clauses[c].text}" for c in book.clauses_with(name)]
    parts += ["## Clauses", "\n".join(used) if used else "No clause reads it."]
    readers = book.readers_of(name)
    if readers:
        parts += ["## Code", "\n".join(_told(function) for function in readers)]
    return "\n\n".join(parts) + "\n"


def figures(number: Number) -> str:
    """The value of a number or the values of a row."""
    row = number.value if isinstance(number.value, tuple) else (number.value,)
    return ", ".join(f"{value:g}" for value in row)


def _clause(book: Rulebook, clause: Clause, file: RulesetFile) -> Iterator[str]:
    functions = book.functions_of(clause.id)
    yield clause.text
    stated = [formula for function in functions for formula in function.formulas if clause.id in formula.clauses]
    if stated:
        yield "Formulas:"
        yield "\n".join(f"- `{formula.text.replace('`', '')}`" for formula in stated)
    numbers = [(name, file.numbers[name]) for name in book.numbers_of(clause.id)]
    if numbers:
        yield "Numbers:"
        yield "\n".join(f"- `{name}` {_amount(n)} ({_plain(n.source)})" for name, n in numbers)
    yield f"Code: {', '.join(f'`{function.path}`' for function in functions)}"


def _told(function: Function) -> str:
    clauses = f" ({', '.join(function.clauses)})" if function.clauses else ""
    return f"- `{function.path}`{clauses}" + (f": {function.summary}" if function.summary else "")


def _entry(name: str, number: Number, book: Rulebook) -> str:
    span = f"{number.low:g} to {number.high:g}"
    known = f"Source: {_plain(number.source)}; confidence {number.confidence}."
    read = ", ".join(book.clauses_with(name))
    return f"- `{name}` {_amount(number)} ({span}): {_meaning(number)} {known} Read in {read}."


def _amount(number: Number) -> str:
    """Value and unit; a pure number has the unit 1, which nobody says."""
    return f"**{figures(number)}**" if number.unit == "1" else f"**{figures(number)}** {_plain(number.unit)}"


def _meaning(number: Number) -> str:
    return f"{_plain(number.doc.rstrip('.'))}."


def _plain(text: str) -> str:
    """A ruleset's text as Markdown that shows it as it is: brackets and stars are no links and no emphasis."""
    return _MARKS.sub(r"\\\g<0>", text)


_MARKS = re.compile(r"[\\\[\]<>*`]")


def _extent(chapter: Chapter) -> str:
    ids = [clause.id for clause in chapter.clauses]
    return f"{len(ids)} clauses, {ids[0]} to {ids[-1]}" if len(ids) > 1 else f"clause {ids[0]}"


def _link(chapter: str, known: set[str]) -> str:
    return f"[{heading(chapter)}]({page_name(chapter)})" if chapter in known else heading(chapter)


def _steps(book: Rulebook, known: set[str]) -> Iterator[str]:
    for place, step in enumerate(book.steps, 1):
        chapters = ", ".join(_link(chapter, known) for chapter in step.chapters)
        rule = f", `{step.rule}`" if step.rule else ""
        yield f"{place}. **{step.name}**, {_WHEN[step.when]}: {chapters}{rule}"


def aliases(book: Rulebook) -> dict[str, str]:
    """Word -> chapter that a reader may mean by it: its number, its title, its part of the ruleset, its modules."""
    found: dict[str, str] = {}
    for chapter in book.chapters:
        found[chapter.id.lower()] = found[chapter.title.lower()] = chapter.id
        found.update({clause.module.rsplit(".", 1)[1]: chapter.id for clause in reversed(chapter.clauses)})
    known = set(found.values())
    for name, kind in CHAPTERS.items():
        number = (kind.__doc__ or "").split()[1].rstrip(",.;:")
        if number in known:
            found.setdefault(name, number)
    for chapter in book.chapters:
        for word in (*(module.rsplit(".", 1)[1] for module in chapter.modules), *chapter.title.lower().split()):
            if len(word) > _SMALL:
                found.setdefault(word, chapter.id)
    return found


_SMALL = 3
"""Words up to this length mean nothing by themselves, such as 'and'."""
