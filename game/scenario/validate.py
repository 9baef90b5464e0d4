"""What a single file's schema finds: pydantic's errors turned into faults with place, allowed values and remedy."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game.scenario.characters import line_fault
from game.scenario.fields import LINE_FAULT, Entry
from game.scenario.schema_economy import PoliciesEntry
from game.scenario.schema_events import EffectEntry
from game.scenario.schema_politics import FoundingEntry, FractureEntry, StageEntry
from game.scenario.yamltree import Document

_EXPECTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date",
    "list": "a list",
    "dict": "keys with values",
    "model": "keys with values",
}
_REMEDY = {
    "string": "put the value in quotes",
    "int": "write figures without point, comma, unit or quotes",
    "float": "write figures without comma, unit or quotes",
    "bool": "write true or false without quotes",
    "date": "write year-month-day without quotes, for example 1978-12-25",
    "list": "write [a, b], or begin each item on its own line with '- '",
    "dict": "write 'key: value' on lines of their own, indented",
    "model": "write 'key: value' on lines of their own, indented",
}
_HAND_OVER = ("control", "capture", "captures", "take", "give", "hand", "cede", "transfer", "owner", "fall", "place")
_HANDS_OVER_NOTHING = (EffectEntry, StageEntry, FoundingEntry, FractureEntry)
_MAX_SHOWN = 40
_MEANT = 0.75
"""The same for words of which all are listed beside it."""
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ALIKE = 0.6
"""difflib's likeness from which a word is taken for a misspelling of another."""


def nearest(word: str, known: Iterable[str]) -> str:
    """'did you mean ...' for a misspelt name, or the names there are; empty if there are none."""
    names = sorted(known)
    close = difflib.get_close_matches(word[:80], names, 1, _ALIKE)
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return ""
    if len(names) > 24:
        return f"one of {len(names)} names: {', '.join(names[:12])} ..."
    return "allowed: " + ", ".join(names)


def one_of(word: str, allowed: Iterable[str]) -> str:
    """All the words that are allowed, which are few, after the one that was probably meant."""
    names = sorted(allowed)
    close = difflib.get_close_matches(word[:80], names, 1, _MEANT)
    return (f"did you mean '{close[0]}'? " if close else "") + "allowed: " + ", ".join(names)


def no_such_day(text: str) -> str:
    """Why a text that is written as a date is none: 'there is no 30 February 1979; February has 28 days'; else ''."""
    found = _DATE.fullmatch(text)
    if found is None:
        return ""
    year, month, day = map(int, found.groups())
    if year == 0:
        return "there is no year 0"
    if not 1 <= month <= 12:
        swapped = f"; the month comes before the day: {year:04}-{day:02}-{month:02}" if 1 <= day <= 12 else ""
        return f"there is no month {month}{swapped}"
    days = calendar.monthrange(year, month)[1]
    name = _MONTHS[month - 1]
    return "" if 1 <= day <= days else f"there is no {day} {name} {year}; {name} has {days} days"


def shown(value: Any) -> str:
    """A value as a fault quotes it, cut to a bearable length."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    text = "nothing" if value is None else str(value)
    return f"'{text[:_MAX_SHOWN]}...'" if len(text) > _MAX_SHOWN else f"'{text}'"


def check_schema(document: Document, schema: type[Entry]) -> Entry | None:
    """The file's entry, or None with all the schema's faults noted in the document."""
    if document.data is None:
        return None
    try:
        return schema.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        misspelt = _misspelt(details)
        seen: set[tuple[tuple[str | int, ...], str]] = set()
        for detail in details:
            if not (detail["type"] == "missing" and detail["loc"] in misspelt):
                _note(document, schema, detail, seen)
        return None


def _misspelt(details: list[ErrorDetails]) -> set[tuple[str | int, ...]]:
    """Places of missing keys that stand there misspelt: the unknown key's fault says all."""
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    found = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *around, word = detail["loc"]
            names = [str(loc[-1]) for loc in missing if list(loc[:-1]) == around]
            found |= {(*around, name) for name in difflib.get_close_matches(str(word), names, 1, _ALIKE)}
    return found


def _note(
    document: Document,
    schema: type[Entry],
    detail: ErrorDetails,
    seen: set[tuple[tuple[str | int, ...], str]],
) -> None:
    path = _path(document, detail["loc"])
    if detail["type"] == "too_long":
        # the first that is one too many, not the list
        path = (*path, detail["ctx"]["max_length"])
    code, message, remedy, on_key = _say(document, schema, path, detail)
    if (path, code) not in seen:
        seen.add((path, code))
        document.add(path, code, message, remedy, on_key)


def _path(document: Document, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The error's place without the names of union members and the like that pydantic adds at its end."""
    path: list[str | int] = []
    here: Any = document.data
    for depth, part in enumerate(loc):
        last = depth == len(loc) - 1
        if isinstance(here, dict) and isinstance(part, str) and (part in here or (last and part not in _EXPECTED)):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            break
        path.append(part)
    return tuple(path)


def _say(
    document: Document, schema: type[Entry], path: tuple[str | int, ...], detail: ErrorDetails
) -> tuple[str, str, str, bool]:
    kind = detail["type"]
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), document.file)
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return *_unknown_key(document, schema, path), True
    if kind == "missing":
        return "missing-key", f"the key '{path[-1]}' is missing{_owner(document, path)}", "add it", False
    value = shown(detail["input"])
    if kind == "literal_error":
        allowed = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return "bad-value", f"{value} is not allowed for '{name}'", one_of(str(detail["input"]), allowed), False
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        word = {"greater_than": "more than", "greater_than_equal": "at least"}.get(kind)
        word = word or {"less_than": "less than", "less_than_equal": "at most"}[kind]
        limit = next(iter(context.values()))
        return "out-of-range", f"{value} is out of range for '{name}'", f"it must be {word} {limit:,}", False
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        return "bad-length", f"'{name}' has the wrong length", _length_remedy(kind, context), False
    if kind == "string_pattern_mismatch":
        remedy = "write a colour like '#B23A2E'" if name == "colour" else "use lower-case letters, figures and _"
        return "bad-value", f"{value} is not allowed for '{name}'", remedy, False
    if kind == LINE_FAULT and (fault := line_fault(name, detail["input"])):
        return *fault, False
    if kind == "finite_number":
        return "out-of-range", f"{value} is no finite number", "write a smaller number", False
    expected = kind.rsplit("_", 1)[0].removesuffix("_type")
    expected = {"model_attributes": "model", "mapping": "dict", "date_from_datetime": "date"}.get(expected, expected)
    if expected not in _EXPECTED:
        return "bad-value", f"{value} does not fit '{name}'", detail["msg"], False
    impossible = no_such_day(detail["input"]) if expected == "date" and isinstance(detail["input"], str) else ""
    if impossible:
        return "wrong-type", f"'{name}' must be a date, and {impossible}", _REMEDY[expected], False
    return "wrong-type", f"'{name}' must be {_EXPECTED[expected]}, not {value}", _REMEDY[expected], False


def _length_remedy(kind: str, context: dict[str, Any]) -> str:
    low, high = context.get("min_length"), context.get("max_length")
    thing = "characters" if kind.startswith("string") else "items"
    count = low if low is not None else high
    return f"at {'least' if low is not None else 'most'} {count} {thing if count != 1 else thing[:-1]}"


def _owner(document: Document, path: tuple[str | int, ...]) -> str:
    """' in force 'x'' for a path inside a named list item."""
    owner = document.get(*path[:-1])
    if isinstance(owner, dict) and isinstance(owner.get("id"), str) and len(path) > 1:
        return f" in '{owner['id'][:_MAX_SHOWN]}'"
    return ""


def _unknown_key(document: Document, schema: type[Entry], path: tuple[str | int, ...]) -> tuple[str, str, str]:
    key = str(path[-1])
    model = model_at(schema, path[:-1])
    known = list(model.model_fields) if model else []
    if model in _HANDS_OVER_NOTHING and any(word in key.lower() for word in _HAND_OVER):
        remedy = "towns change hands by armies only; allowed: " + ", ".join(known)
        who = "event" if model is EffectEntry else "stage, founding or fracture"
        return "hand-over", f"no {who} may do '{key}': it would hand over a place", remedy
    if model is PoliciesEntry and key == "relief":
        return "unknown-key", "relief is no policy: it passes, and nobody can hold it back", "take the key out"
    message = f"unknown key '{key[:_MAX_SHOWN]}'{_owner(document, path)}"
    if document.get(*path) is None and _has_no_colon(document, path):
        remedy = "a comma ends the value before it: put a text with commas in quotes, and write figures without"
        return "unknown-key", message, remedy
    return "unknown-key", message, nearest(key, known)


def _has_no_colon(document: Document, path: tuple[str | int, ...]) -> bool:
    """Whether the key at `path` is what a comma within braces left over."""
    spot, key = document.spot(path, key=True), str(path[-1])
    rest = document.lines[spot.line - 1][spot.column - 1 :] if 0 < spot.line <= len(document.lines) else ""
    return rest.startswith(key) and not rest[len(key) :].lstrip().startswith(":")


def model_at(schema: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """The schema of the mapping at `path`, or None where the schema has no mapping of named keys."""
    here: Any = schema
    for part in path:
        if isinstance(part, str) and isinstance(here, type) and issubclass(here, BaseModel):
            if part not in here.model_fields:
                return None
            here = here.model_fields[part].annotation
        else:
            here = _inside(here)
        here = _plain(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _plain(annotation: Any) -> Any:
    """An annotation without Annotated and without None."""
    while not isinstance(annotation, type) and get_args(annotation):
        args = [a for a in get_args(annotation) if a is not type(None)]
        origin = getattr(annotation, "__origin__", None)
        if origin in (list, dict):
            return annotation
        annotation = args[0]
    return annotation


def _inside(annotation: Any) -> Any:
    """What a list or a dictionary holds."""
    args = get_args(annotation)
    return args[-1] if args else None
