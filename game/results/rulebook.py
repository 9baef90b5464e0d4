"""The rulebook, read from the sources of the rules: clauses, the functions that carry them out, and what they read.

Nothing is imported or run: a chapter is the docstring of its modules, a clause a paragraph of it that begins with its
number (`4.6 Enemy bands ...`; P.1 in an appendix). A function's docstring begins with the numbers of the clauses that
it carries out (`4.5, 4.6`, `6.2-6.8`) and may end in formulas: `Formula: ...`, or `Formula (6.3): ...` for one of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

from game.core.ruleset import CHAPTERS

ROOMS = ("rules", "engine")
"""Rooms whose modules hold chapters."""
SEQUENCE_MODULE = "game.engine.sequence"

TITLES: dict[str, str] = {
    "1": "Sequence of play",
    "2": "Map",
    "3": "Movement",
    "4": "Supply",
    "5": "Visibility",
    "6": "Combat",
    "7": "Fortification and mines",
    "8": "Morale",
    "9": "Population and control",
    "10": "Economy and aid",
    "11": "Diplomacy",
    "12": "Politics",
    "13": "Peace process",
    "14": "Events and decisions",
    "15": "Victory",
    "P": "The preview of a battle",
}
"""Chapter -> title, in order; P is an appendix."""

_ID = r"(?:P|\d{1,2})\.\d{1,2}"
_IDS = rf"{_ID}(?:-{_ID})?(?:, {_ID}(?:-{_ID})?)*"
_LEADING = re.compile(rf"({_IDS})(?=\s|$)\s*")
_MENTIONED = re.compile(rf"\(({_IDS})\)")
_CLAUSE = re.compile(rf"({_ID}) (.*)")
_CHAPTER = re.compile(r"Chapters? (\d{1,2})\b")
_FORMULA = re.compile(rf"Formula(?: \(({_IDS})\))?: (.*)")


@dataclass(frozen=True)
class Clause:
    """A numbered sentence of the rulebook."""

    id: str
    text: str
    module: str


@dataclass(frozen=True)
class Formula:
    """A formula as a function's docstring states it."""

    text: str
    clauses: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """What it names."""
        return frozenset(re.findall(r"\w+", self.text))


@dataclass(frozen=True)
class Function:
    """A function with what its docstring says and the numbers that its body reads."""

    module: str
    name: str
    summary: str
    clauses: tuple[str, ...]
    """Clauses that it carries out."""
    mentions: tuple[str, ...]
    """Clauses to which its text refers."""
    formulas: tuple[Formula, ...]
    reads: frozenset[str]
    """'chapter.name' of the ruleset's numbers."""
    parameters: frozenset[str]
    """Words that its formulas may use for what it is given."""

    @property
    def path(self) -> str:
        """Its place in the code."""
        return f"{self.module}.{self.name}"

    def clauses_of(self, number: str) -> tuple[str, ...]:
        """For which of its clauses it reads the number: those whose formula names it, else all."""
        word = number.split(".")[1]
        named = {c for formula in self.formulas if word in formula.words for c in formula.clauses}
        return tuple(c for c in self.clauses if c in named) or self.clauses


@dataclass(frozen=True)
class Chapter:
    """A chapter: its clauses, in order, and remarks of its modules that are no clauses."""

    id: str
    title: str
    clauses: tuple[Clause, ...]
    notes: tuple[str, ...]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A step of the sequence of play."""

    name: str
    chapters: tuple[str, ...]
    when: str
    """TURN, MONTH or IMPULSE: how often, as the engine names it."""
    rule: str
    """Path of the rule's function; empty where the engine keeps the books."""


@dataclass(frozen=True)
class Rulebook:
    """All of it."""

    chapters: tuple[Chapter, ...]
    functions: tuple[Function, ...]
    steps: tuple[Step, ...]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Clause by its number, in order."""
        return {clause.id: clause for chapter in self.chapters for clause in chapter.clauses}

    def functions_of(self, clause: str) -> list[Function]:
        """The functions that carry a clause out."""
        return [function for function in self.functions if clause in function.clauses]

    def numbers_of(self, clause: str) -> list[str]:
        """'chapter.name' of the numbers that these functions read for it, in the order of the rulebook."""
        read = {n for f in self.functions_of(clause) for n in f.reads if clause in f.clauses_of(n)}
        return [number for number in numbers_in_order() if number in read]

    def clauses_with(self, number: str) -> list[str]:
        """The clauses that read a number."""
        readers = self.readers_of(number)
        named = {clause for function in readers for clause in function.clauses_of(number)}
        return [clause for clause in self.clauses if clause in named]

    def readers_of(self, number: str) -> list[Function]:
        """The functions that read a number."""
        return [function for function in self.functions if number in function.reads]


def numbers_in_order() -> tuple[str, ...]:
    """'chapter.name' of every number that a ruleset has."""
    return tuple(f"{chapter}.{name}" for chapter, kind in CHAPTERS.items() for name in kind.__annotations__)


def sources() -> dict[str, str]:
    """Module -> source text, for every module of ROOMS, sorted."""
    found: dict[str, str] = {}
    for room in ROOMS:
        found.update(_sources_in(files("game") / room, f"game.{room}"))
    return dict(sorted(found.items()))


def _sources_in(folder: Traversable, package: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _sources_in(item, f"{package}.{item.name}")
        elif item.name.endswith(".py"):
            module = package if item.name == "__init__.py" else f"{package}.{item.name[:-3]}"
            yield module, item.read_text(encoding="utf-8")


def read_rulebook(texts: Mapping[str, str] | None = None) -> Rulebook:
    """The rulebook that the given sources (module -> text) hold; the game's own if left out."""
    texts = sources() if texts is None else texts
    clauses: list[Clause] = []
    notes: dict[str, list[str]] = {}
    modules: dict[str, set[str]] = {}
    functions: list[Function] = []
    steps: tuple[Step, ...] = ()
    for module, text in sorted(texts.items()):
        tree = ast.parse(text)
        if module == SEQUENCE_MODULE:
            steps = tuple(_steps(tree))
        own, remarks = _prose(ast.get_docstring(tree) or "", module)
        chapter = _chapter_of(ast.get_docstring(tree) or "", own)
        clauses += own
        if chapter is not None:
            notes.setdefault(chapter, []).extend(remarks)
        found = list(_functions(tree, module))
        functions += found
        for number in (*(c.id for c in own), *(c for f in found for c in f.clauses)):
            modules.setdefault(number.split(".")[0], set()).add(module)
    chapters = []
    for id_, title in TITLES.items():
        inside = sorted((c for c in clauses if c.id.split(".")[0] == id_), key=lambda c: clause_key(c.id))
        if inside:
            chapters.append(
                Chapter(id_, title, tuple(inside), tuple(notes.get(id_, ())), tuple(sorted(modules.get(id_, ()))))
            )
    return Rulebook(tuple(chapters), tuple(functions), steps)


def clause_key(clause: str) -> tuple[int, int]:
    """Sorts clauses by chapter and number, those of the appendix last."""
    chapter, number = clause.split(".")
    return list(TITLES).index(chapter) if chapter in TITLES else len(TITLES), int(number)


def faults(book: Rulebook, numbers: tuple[str, ...]) -> list[str]:
    """Where prose and code disagree, one sentence each; `numbers`: 'chapter.name' of those that the ruleset has."""
    found = []
    prose = [clause for chapter in book.chapters for clause in chapter.clauses]
    for k, clause in enumerate(prose):
        if any(other.id == clause.id for other in prose[:k]):
            found.append(f"{clause.module}: clause {clause.id} is in the prose twice")
        if not book.functions_of(clause.id):
            found.append(f"{clause.module}: no function carries out clause {clause.id}")
    for function in book.functions:
        for cited in (*function.clauses, *function.mentions):
            if cited not in book.clauses:
                found.append(f"{function.path} cites {cited}, which is in no chapter's prose")
        for formula in function.formulas:
            known = function.parameters | {number.split(".")[1] for number in function.reads}
            for word in re.findall(r"[a-z]+(?:_[a-z0-9]+)+", formula.text):
                if word not in known:
                    found.append(f"{function.path}: a formula names {word}, which the function does not read")
            for cited in formula.clauses:
                if cited not in function.clauses:
                    found.append(f"{function.path}: a formula is for {cited}, which the function does not carry out")
    return found + [f"no clause reads {number}" for number in numbers if not book.clauses_with(number)]


def _prose(text: str, module: str) -> tuple[list[Clause], list[str]]:
    """Clauses and remarks of a module's docstring; its first paragraph is its title."""
    clauses: list[list[str]] = []
    notes: list[list[str]] = []
    at: list[str] | None = None
    for line in text.split("\n\n", 1)[-1].splitlines() if "\n\n" in text else []:
        begun = _CLAUSE.fullmatch(line)
        if begun:
            at = [begun[1], begun[2]]
            clauses.append(at)
        elif not line.strip():
            at = None
        elif at is not None and (line.startswith(" ") or at in notes):
            at.append(line.strip())
        else:
            at = [line.strip()]
            notes.append(at)
    return [Clause(c[0], " ".join(c[1:]), module) for c in clauses], [" ".join(note) for note in notes]


def _chapter_of(text: str, clauses: list[Clause]) -> str | None:
    """The chapter to which a module's remarks belong: the one that it names first, else that of its first clause."""
    named = _CHAPTER.search(text.split("\n\n")[0])
    if named:
        return named[1]
    return clauses[0].id.split(".")[0] if clauses else None


def _functions(tree: ast.Module, module: str) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield _function(node, module, node.name)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield _function(inner, module, f"{node.name}.{inner.name}")


def _function(node: ast.FunctionDef, module: str, name: str) -> Function:
    text = ast.get_docstring(node) or ""
    leading = _LEADING.match(text)
    clauses = _expand(leading[1]) if leading else ()
    body = text[leading.end() :] if leading else text
    prose: list[str] = []
    formulas: list[list[str]] = []
    in_formula = False
    for line in body.splitlines():
        begun = _FORMULA.fullmatch(line.strip())
        if begun:
            formulas.append([begun[1] or "", begun[2]])
            in_formula = True
        elif not line.strip():
            in_formula = False
            prose.append("")
        elif in_formula:
            formulas[-1].append(line.strip())
        else:
            prose.append(line.strip())
    mentions = tuple(dict.fromkeys(c for group in _MENTIONED.findall(" ".join(prose)) for c in _expand(group)))
    stated = tuple(Formula(" ".join(f[1:]), _expand(f[0]) if f[0] else clauses) for f in formulas)
    summary = " ".join(" ".join(prose).split())
    given = frozenset(argument.arg for argument in node.args.args)
    return Function(module, name, summary, clauses, mentions, stated, _reads(node), given)


def _expand(text: str) -> tuple[str, ...]:
    """'6.2-6.4, 8.1' -> 6.2, 6.3, 6.4, 8.1."""
    out: list[str] = []
    for part in text.split(", "):
        first, _, last = part.partition("-")
        chapter, low = first.split(".")
        high = last.split(".")[1] if last else low
        out += [f"{chapter}.{k}" for k in range(int(low), int(high) + 1)]
    return tuple(out)


_RECORDS = {kind.__name__: chapter for chapter, kind in CHAPTERS.items()}
_FIELDS = {chapter: frozenset(kind.__annotations__) for chapter, kind in CHAPTERS.items()}


def _reads(node: ast.FunctionDef) -> frozenset[str]:
    """Numbers that a function reads from the ruleset's records: `rules.name` or `anything.chapter.name`."""
    records: dict[str, str] = {}
    for argument in (*node.args.args, *node.args.kwonlyargs):
        if isinstance(argument.annotation, ast.Name) and argument.annotation.id in _RECORDS:
            records[argument.arg] = _RECORDS[argument.annotation.id]
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Attribute) and inner.value.attr in _FIELDS:
            for target in inner.targets:
                if isinstance(target, ast.Name):
                    records[target.id] = inner.value.attr
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute):
            chapter = None
            if isinstance(inner.value, ast.Name):
                chapter = records.get(inner.value.id)
            elif isinstance(inner.value, ast.Attribute):
                chapter = inner.value.attr
            if chapter in _FIELDS and inner.attr in _FIELDS[chapter]:
                found.add(f"{chapter}.{inner.attr}")
    return frozenset(found)


def _steps(tree: ast.Module) -> Iterator[Step]:
    """The steps in SEQUENCE_OF_PLAY, a tuple of Step(name, 'N Title', When.X, rule, bookkeeping)."""
    paths = {
        name.asname or name.name: f"{node.module}.{name.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Tuple):
            for call in node.value.elts:
                if isinstance(call, ast.Call) and len(call.args) >= 3:
                    name, title, when = call.args[:3]
                    rule = call.args[3] if len(call.args) > 3 else None
                    assert isinstance(name, ast.Constant) and isinstance(title, ast.Constant)
                    assert isinstance(when, ast.Attribute)
                    chapters = re.match(r"\d+(?:-\d+)?", str(title.value))
                    yield Step(
                        str(name.value),
                        tuple(_span(chapters[0])) if chapters else (),
                        when.attr,
                        paths[rule.id] if isinstance(rule, ast.Name) else "",
                    )


def _span(text: str) -> Iterator[str]:
    low, _, high = text.partition("-")
    yield from map(str, range(int(low), int(high or low) + 1))
