"""kampuchea rules: the rulebook in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game.cli import output
from game.cli.arguments import UsageError, nearest
from game.core.texts import printable
from game.results import rulepages
from game.results.rulebook import Rulebook, read_rulebook
from game.scenario import library, loader, rulesets

if TYPE_CHECKING:
    from game.scenario.rulesets import RulesetFile

app = typer.Typer(rich_markup_mode=None)

_CLAUSE = re.compile(r"(?:\d{1,2}|p)\.\d{1,2}")


@app.command(short_help="Print the rulebook: a chapter, a clause or a number.")
def rules(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[CHAPTER]",
            help="A chapter by number or name, a clause (4.6), or a number of the ruleset; all chapters if left out.",
            show_default=False,
        ),
    ] = None,
    number: Annotated[
        str | None, typer.Option(help="Explain a number of the ruleset, for example haul_limit_km.", show_default=False)
    ] = None,
    ruleset: Annotated[str, typer.Option(help="The ruleset whose numbers to show, by name or file.")] = "standard",
    scenario: Annotated[
        str | None,
        typer.Option(help="Show the numbers that hold in a scenario, by name or folder.", show_default=False),
    ] = None,
) -> None:
    """Print the rulebook: what a chapter says, with its formulas and numbers, or all about one number."""
    book = read_rulebook()
    file, changed = _numbers(ruleset, scenario)
    if number is not None:
        if what is not None:
            raise UsageError(f"give a chapter or --number, not both: {what!r} and {number!r}")
        _show("\n".join(rulepages.number_page(book, name, file) for name in _number("--number names", number, file)))
    elif what is None:
        _list(book)
    else:
        _show(_page(book, what, file))
    if scenario is not None:
        told = f"differs in {', '.join(changed)}; its values are shown." if changed else "changes no number."
        output.say(f"{scenario} {told}")


def _page(book: Rulebook, what: str, file: RulesetFile) -> str:
    """The page that the argument means. UsageError if it means none."""
    word = " ".join(what.lower().split())
    known = rulepages.aliases(book)
    if word in known:
        chapter = next(chapter for chapter in book.chapters if chapter.id == known[word])
        return rulepages.chapter_page(book, chapter, file, whole=False)
    if word.upper() in book.clauses:
        return rulepages.clause_page(book, book.clauses[word.upper()], file)
    if _CLAUSE.fullmatch(word):
        chapter_id = word.upper().split(".")[0]
        inside = [clause for clause in book.clauses if clause.split(".")[0] == chapter_id]
        has = f"chapter {chapter_id} has {', '.join(inside)}" if inside else f"chapters: {_chapters(book)}"
        raise UsageError(f"there is no clause {what!r}; {has}")
    if names := _named(word, file):
        return "\n".join(rulepages.number_page(book, name, file) for name in names)
    words = [*known, *file.numbers, *(name.split(".")[1] for name in file.numbers)]
    raise UsageError(
        f"the rulebook has no chapter, clause or number {what!r}{nearest(word, words)}; chapters: {_chapters(book)}"
    )


def _number(said: str, name: str, file: RulesetFile) -> list[str]:
    """'chapter.name' of the numbers that a name means. UsageError if it means none."""
    found = _named(name.lower(), file)
    if not found:
        words = [*file.numbers, *(full.split(".")[1] for full in file.numbers)]
        close = nearest(name.lower(), words)
        raise UsageError(f"{said} no number {name!r}{close}; the ruleset reference lists them all")
    return found


def _named(name: str, file: RulesetFile) -> list[str]:
    return [full for full in file.numbers if name in (full, full.split(".")[1])]


def _chapters(book: Rulebook) -> str:
    return ", ".join(rulepages.heading(chapter.id) for chapter in book.chapters)


def _numbers(ruleset: str, scenario: str | None) -> tuple[RulesetFile, list[str]]:
    """The ruleset's numbers, and which of them the scenario has otherwise: these are shown as it has them."""
    path = Path(ruleset) if Path(ruleset).is_file() else library.resolve("rulesets", ruleset, Path())
    if path is None:
        known = library.shipped_rulesets()
        raise UsageError(f"--ruleset: there is no ruleset {ruleset!r}{nearest(ruleset, known)}; give a name or a file")
    file, faults = rulesets.read_ruleset(path, str(path))
    if file is None:
        raise rulesets.RulesetError(sorted(faults))
    if scenario is None:
        return file, []
    held = loader.load(scenario).setting.ruleset
    numbers = dict(file.numbers)
    changed = []
    for name, entry in file.numbers.items():
        chapter, field = name.split(".")
        value = getattr(getattr(held, chapter), field)
        if not isinstance(value, float):
            value = tuple(value.tolist())
        if value != entry.value:
            numbers[name] = replace(entry, value=value)
            changed.append(name)
    return replace(file, numbers=numbers), changed


def _list(book: Rulebook) -> None:
    for chapter in book.chapters:
        clauses = len(chapter.clauses)
        output.say(f"{chapter.id:>3}  {chapter.title:<26} {clauses:>3} {'clause' if clauses == 1 else 'clauses'}")
    output.say("\nRead one with kampuchea rules 4, or kampuchea rules supply; a clause with kampuchea rules 4.6;")
    output.say("a number of the ruleset with kampuchea rules haul_limit_km.")


def _show(markdown: str) -> None:
    from rich.markdown import Markdown

    output.show(Markdown(printable(markdown, lines=True)))
