"""Ruleset files: every number of the rulebook with unit, range, source and confidence, checked against the chapters.

A ruleset holds exactly the chapters and names of `game.core.ruleset`. A row has one figure for each member of the
list that indexes it; the rows of advance by class of odds are all as long as `advance_odds`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from game.core.bundles import Row
from game.core.faults import Fault
from game.core.ids import Arms, FactionClass, Posture, Relief, River, Road, Surface, Term, Terrain
from game.core.ruleset import CHAPTERS, Ruleset, make_chapter
from game.scenario.validate import nearest, shown
from game.scenario.yamltree import Document, Path_, read

_INDEX: dict[str, type[IntEnum]] = {
    **{
        f"move.{name}": Surface
        for name in ("march_foot", "march_motorised", "march_tracked", "march_boat", "march_amphibious")
    },
    **{f"move.{name}": Surface for name in ("wet_foot", "wet_wheels", "wet_boat")},
    **{f"move.{name}": River for name in ("ford_hours", "ferry_hours", "bridge_hours")},
    **{f"supply.{name}": Arms for name in ("need_idle", "need_march", "need_fight")},
    **{f"supply.{name}": Road for name in ("road_t_dry", "road_t_wet", "road_cost")},
    "harvest.relief_road": Road,
    "sight.cover": Terrain,
    "combat.ground_loss": Relief,
    "combat.cover_loss": Posture,
    "combat.ground_power": Terrain,
    "combat.relief_power": Relief,
    "combat.posture_power": Posture,
    "combat.river_power": River,
    "combat.men_arms": Arms,
    "combat.tank_ground": Surface,
    "combat.advance_relief": Relief,
    "economy.pay_man": FactionClass,
    "relations.terms": Term,
    "bargain.honour": Term,
    "mines.lay": Arms,
}
_BY_ODDS = ("combat.advance_odds", "combat.advance_hasty", "combat.advance_prepared", "combat.advance_fortified")
_ALIKE = 0.7
"""difflib's likeness from which a number's name is taken for a misspelling of another of its chapter."""
_ENTRY_KEYS = ("value", "unit", "range", "source", "confidence", "doc")
_CONFIDENCES = ("low", "medium", "high")


class RulesetError(Exception):
    """A ruleset that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


Figures = tuple[float, ...]
"""A row as a file has it."""


@dataclass(frozen=True)
class Number:
    """One number or row of a ruleset with what is known about it."""

    value: float | Figures
    unit: str
    low: float
    high: float
    source: str
    confidence: str
    doc: str


@dataclass(frozen=True)
class RulesetFile:
    """A ruleset as its file says it."""

    name: str
    numbers: Mapping[str, Number]
    """'chapter.name' -> number, in the order of the rulebook."""
    raw: bytes


def rule_names() -> tuple[str, ...]:
    """'chapter.name' of every number, in the order of the rulebook."""
    return tuple(name for chapter in CHAPTERS for name in _names_in(chapter))


@cache
def _fields(chapter: str) -> tuple[str, ...]:
    """Names of a chapter's numbers in order."""
    return tuple(get_type_hints(CHAPTERS[chapter]))


def _names_in(chapter: str) -> tuple[str, ...]:
    return tuple(f"{chapter}.{field}" for field in _fields(chapter))


@cache
def _row_fields(chapter: str) -> frozenset[str]:
    return frozenset(name for name, kind in get_type_hints(CHAPTERS[chapter]).items() if kind == Row)


def read_ruleset(path: Path, shown_as: str) -> tuple[RulesetFile | None, list[Fault]]:
    """The ruleset file at `path`, called `shown_as` in faults; None with the faults if there are any."""
    document = read(path, shown_as)
    if document.data is None:
        return None, document.faults
    numbers: dict[str, Number] = {}
    name = document.get("name")
    if not isinstance(name, str) or not name:
        document.add(("name",), "missing-key", "the ruleset has no name", "add 'name: my_rules'")
    for key in document.data:
        if key != "name" and key not in CHAPTERS:
            document.add((key,), "unknown-key", f"unknown chapter '{key[:40]}'", nearest(key, CHAPTERS), key=True)
    for chapter in CHAPTERS:
        _read_chapter(document, chapter, _fields(chapter), numbers)
    _check_rows_by_odds(document, numbers)
    if document.faults:
        return None, document.faults
    return RulesetFile(str(name), numbers, document.raw), []


def _read_chapter(document: Document, chapter: str, names: tuple[str, ...], numbers: dict[str, Number]) -> None:
    entries = document.get(chapter)
    if not isinstance(entries, dict):
        document.add((chapter,), "missing-key", f"the chapter '{chapter}' is missing", "copy it from 'standard'")
        return
    for name in entries:
        if name not in names:
            document.add(
                (chapter, name), "unknown-key", f"unknown number '{name[:40]}'", nearest(name, names), key=True
            )
    for name in names:
        path = (chapter, name)
        if name not in entries:
            document.add(
                (chapter,), "missing-key", f"the number '{chapter}.{name}' is missing", "copy it from 'standard'"
            )
        elif isinstance(entries[name], dict):
            number = _read_number(document, path, entries[name])
            if number is not None:
                numbers[f"{chapter}.{name}"] = number
        else:
            message = f"'{chapter}.{name}' must be keys with values"
            document.add(path, "wrong-type", message, "write '{value: ..., unit: ..., range: [low, high], ...}'")


def _read_number(document: Document, path: tuple[str, str], entry: dict[str, Any]) -> Number | None:
    before = len(document.faults)
    for key in entry:
        if key not in _ENTRY_KEYS:
            document.add((*path, key), "unknown-key", f"unknown key '{key[:40]}'", nearest(key, _ENTRY_KEYS), key=True)
    for key in _ENTRY_KEYS:
        if key not in entry:
            document.add(path, "missing-key", f"the key '{key}' is missing in '{'.'.join(path)}'", "add it")
    for key in ("unit", "source", "doc"):
        if key in entry and not isinstance(entry[key], str | int | float):
            document.add((*path, key), "wrong-type", f"'{key}' must be text", "put the value in quotes")
    if "confidence" in entry and entry["confidence"] not in _CONFIDENCES:
        remedy = nearest(str(entry["confidence"]), _CONFIDENCES)
        document.add((*path, "confidence"), "bad-value", f"{shown(entry['confidence'])} is no confidence", remedy)
    bounds = entry.get("range")
    low, high = 0.0, 0.0
    if isinstance(bounds, list) and len(bounds) == 2 and all(map(_is_number, bounds)) and bounds[0] <= bounds[1]:
        low, high = float(bounds[0]), float(bounds[1])
    elif "range" in entry:
        wrong = _wrong_bound(bounds, entry.get("value"))
        document.add((*path, "range", *wrong), "wrong-type", "'range' must be two numbers", "write [low, high]")
    if len(document.faults) > before:
        return None
    value = check_value(document, (*path, "value"), ".".join(path), entry["value"], low, high)
    if value is None:
        return None
    texts = {key: str(entry[key]) for key in ("unit", "source", "confidence", "doc")}
    return Number(value, texts["unit"], low, high, texts["source"], texts["confidence"], texts["doc"])


def _wrong_bound(bounds: Any, value: Any) -> tuple[int, ...]:
    """Which of two bounds is wrong, as far as can be told: the one that is no number, or that shuts the value out."""
    if not isinstance(bounds, list):
        return ()
    no_numbers = [k for k, bound in enumerate(bounds) if not _is_number(bound)]
    if no_numbers or len(bounds) != 2:
        return tuple(no_numbers[:1])
    figures = [figure for figure in (value if isinstance(value, list) else [value]) if _is_number(figure)]
    return (1,) if any(figure > bounds[1] for figure in figures) else (0,)


def check_value(
    document: Document, path: Path_, name: str, value: Any, low: float, high: float
) -> float | Figures | None:
    """The value of the number `name` as kernels take it, or None with its faults noted at `path`.

    Zero is always within range: it stands for 'cannot' or 'none' in rows.
    """
    chapter, field = name.split(".", 1)
    is_row = field in _row_fields(chapter)
    figures = value if isinstance(value, list) else [value]
    if is_row != isinstance(value, list) or not all(map(_is_number, figures)):
        wanted = "a list of numbers" if is_row else "a number"
        at, found = path, value
        if is_row and isinstance(value, list):
            k = next(k for k, figure in enumerate(figures) if not _is_number(figure))
            at, found = (*path, k), figures[k]
        document.add(at, "wrong-type", f"'{name}' must be {wanted}, not {shown(found)}", f"write {wanted}")
        return None
    index = _INDEX.get(name)
    if index is not None and len(figures) != len(index):
        members = ", ".join(member.name.lower() for member in index)
        message = f"'{name}' has {len(figures)} figures and needs {len(index)}"
        document.add(path, "bad-length", message, f"one for each of {members}")
        return None
    outside = [v for v in figures if v != 0 and not low <= v <= high]
    if outside:
        remedy = f"it must be from {low:g} to {high:g}"
        at = (*path, figures.index(outside[0])) if is_row else path
        document.add(at, "out-of-range", f"{shown(outside[0])} is out of range for '{name}'", remedy)
        return None
    return tuple(float(v) for v in figures) if is_row else float(value)


def _check_rows_by_odds(document: Document, numbers: Mapping[str, Number]) -> None:
    rows = {name: numbers[name].value for name in _BY_ODDS if name in numbers}
    lengths = {name: len(row) for name, row in rows.items() if isinstance(row, tuple)}
    for name, length in lengths.items():
        wanted = lengths.get(_BY_ODDS[0], length)
        if length != wanted:
            message = f"'{name}' has {length} figures and needs {wanted}"
            document.add((*name.split("."), "value"), "bad-length", message, "one for each of combat.advance_odds")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def assemble(file: RulesetFile, overrides: Mapping[str, float | Figures]) -> Ruleset:
    """The ruleset that rules read: the file's numbers with the given ones instead."""
    return Ruleset(
        *(
            make_chapter(kind, (overrides.get(name, file.numbers[name].value) for name in _names_in(chapter)))
            for chapter, kind in CHAPTERS.items()
        )
    )


def check_overrides(
    document: Document, file: RulesetFile, overrides: Mapping[str, Any], path: tuple[str | int, ...]
) -> dict[str, float | Figures]:
    """The overrides in a file as kernels take them; faults are noted at `path` in `document`."""
    found: dict[str, float | Figures] = {}
    for name, given in overrides.items():
        if name not in file.numbers:
            remedy = _number_remedy(name, given, file)
            document.add((*path, name), "unknown-number", f"the ruleset has no number {shown(name)}", remedy, key=True)
            continue
        number = file.numbers[name]
        value = check_value(document, (*path, name), name, given, number.low, number.high)
        if value is None:
            continue
        if isinstance(number.value, tuple) and isinstance(value, tuple) and len(value) != len(number.value):
            message = f"'{name}' has {len(value)} figures and needs {len(number.value)}"
            document.add((*path, name), "bad-length", message, "as many as the ruleset has")
            continue
        found[name] = value
    return found


def _number_remedy(name: str, given: Any, file: RulesetFile) -> str:
    chapter = name.split(".")[0]
    inside = [number for number in file.numbers if number.startswith(f"{chapter}.")]
    if inside and isinstance(given, Mapping):
        meant = next((number for number in inside if number.split(".", 1)[1] in given), inside[0])
        return f"write each number on a line of its own, '{meant}: ...'"
    if not inside:
        return nearest(name, file.numbers)
    words = sorted(number.split(".", 1)[1] for number in inside)
    word = name.partition(".")[2]
    alike = [w for w in words if word and word in w] or difflib.get_close_matches(word, words, 1, _ALIKE)
    return f"did you mean '{chapter}.{alike[0]}'?" if alike else f"the numbers of '{chapter}': {', '.join(words)}"


def load_ruleset(path: Path, overrides: Mapping[str, Any] | None = None) -> Ruleset:
    """The ruleset at `path`, with numbers overridden by 'chapter.name'. Raises RulesetError with every fault."""
    file, faults = read_ruleset(path, str(path))
    if file is None:
        raise RulesetError(sorted(faults))
    document = Document("overrides")
    found = check_overrides(document, file, overrides or {}, ())
    if document.faults:
        raise RulesetError(document.faults)
    return assemble(file, found)
