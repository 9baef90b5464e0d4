"""References made from the code: keys of the scenario files, numbers of a ruleset, JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.scenario.cast import FORCE_TYPES
from game.scenario.conditions import FUNCTIONS, VALUES, spelling
from game.scenario.fields import InScenario, Refers
from game.scenario.rulesets import RulesetFile
from game.scenario.schema import FILES

_REFERENCES = {
    "place": "place of the map",
    "location": "place of the map, or a hex's four figures in quotes",
    "country": "country of the map",
    "province": "province of the map",
    "faction": "faction",
    "movement": "faction with `movement: true`",
    "side": "side",
    "depot": "depot",
    "group": "id of a group",
    "source": "source",
    "condition": "condition (below)",
}
_SIMPLE: dict[Any, str] = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "any value"}

MEASUREMENTS: dict[str, str] = {
    "control_date": "First day on which `subjects` control `place` and keep it for `days` days.",
    "loss_date": "First day on which `subjects` no longer control `place` after having held it.",
    "holds": "Whether `subjects` control `place` on `date`.",
    "held_share": "Share (0-1) of the worth of the places in `country` that `subjects` control on `date`.",
    "strength_at": "Men of `subjects` under arms on `date`, bands included, stragglers not.",
    "men_committed": "Largest number of men of `subjects` at one time inside `country` or in battle.",
    "enters": "Day on which a formed force of `subjects` of at least `men` men first enters `country`.",
    "military_losses": "Dead of `subjects` over the game.",
    "withdrawal_date": "First day from which no more than `men` men of `subjects` are in `country`, after more had "
    "been there; with `other`, only while that faction is an actor and holds `share` of the country by worth.",
    "treaty_date": "First day on which a treaty about `term` binds one of `subjects`, and `other` if it is given.",
    "phase_date": "First day on which the peace process has come to `phase`.",
    "founded_date": "First day on which one of `subjects` is an actor.",
    "ended_date": "First day on which none of `subjects` is an actor any more.",
    "survives": "Whether one of `subjects` is an actor on `date` and they have `men` men under arms.",
    "seat_held": "Whether one of `subjects` holds the country's seat at the United Nations on `date`.",
    "seat_share": "Share (0-1) of the time until `date` in which one of `subjects` held it.",
    "votes_for": "Votes for the holder of the seat at the last contest before `date`.",
    "recognised": "Share (0-1) of the other actors that recognise one of `subjects` on `date`.",
    "in_government": "Whether one of `subjects` leads or shares the recognised government on `date`.",
    "seats": "Seats that `subjects` won at the election.",
    "support_share": "Share (0-1) of the people fought over who prefer the movements of `subjects` on `date`.",
    "foreign_troops": "Men of `subjects` in `country` on `date`.",
    "aid_received": "US$ m that patrons gave `subjects` until `date`.",
    "aid_given": "US$ m that `subjects` gave others until `date`.",
    "patrons": "How many factions give aid to `subjects` on `date`.",
    "unity": "Mean unity (0-1) of `subjects` on `date`.",
    "will": "Mean political will of `subjects` on `date`.",
    "weariness": "Mean war weariness of `subjects` on `date`.",
    "relation": "Mean relation of `subjects` with `other` on `date`.",
    "displaced": "Civilians displaced, whole map. For milestones only: harm can never be an objective.",
    "camp_people": "People in border camps on `date`. For milestones only.",
    "civil_dead": "Civilian dead by the harm ledger until `date`, middle of the range. For milestones only.",
}
"""What each measurement measures, in the words of the files."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """File name -> JSON Schema (draft 2020-12) for editors' completion and hints."""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in FILES.items()
    }


def key_reference() -> str:
    """Every key of the four files in Markdown."""
    parts = [
        "# Key reference\n",
        "Made by `kampuchea docs` from the code that checks the files; do not edit. The author's guide explains by "
        "example, this page lists. Dates are written 1978-12-25. A key without a default must be given.\n",
    ]
    for name, model in FILES.items():
        parts.append(f"## {name}\n")
        parts.append(f"{_doc(model)}\n")
        for entry in _models(model):
            if entry is not model:
                parts.append(f"### {name.split('.')[0]}: {_title(entry)}\n")
                parts.append(f"{_doc(entry)}\n")
            parts.append(_table(entry))
    parts.append("## Measurements\n")
    parts.append("What `metric.kind` of objectives and milestones can be.\n")
    parts.append(_rows(("kind", "measures"), [(f"`{kind}`", text) for kind, text in MEASUREMENTS.items()]))
    parts.append("## Conditions\n")
    parts.append(
        "What `when` of an event, and `ai` of an option, can say: numbers, dates, `and`, `or`, `not`, `<` `<=` `>` "
        "`>=` `==` `!=`, `+` `-` `*` `/`, and these. Names are ids; a province is written in small letters with `_` "
        "for spaces. What comes in kinds is compared with the name of one: `phase == talks`.\n"
    )
    words = [(name, value.means, value.gives) for name, value in VALUES.items()]
    words += [(spelling(name), function.means, function.gives) for name, function in FUNCTIONS.items()]
    parts.append(_rows(("word", "gives"), [(f"`{word}`", f"{means}{_names_of(of)}") for word, means, of in words]))
    parts.append("## Types of force\n")
    parts.append("What `type` of a force says.\n")
    types = [(f"`{n}`", t.kind.name.lower(), t.echelon, t.symbol) for n, t in FORCE_TYPES.items()]
    parts.append(_rows(("type", "kind", "echelon", "symbol"), types))
    return "\n".join(parts)


def ruleset_reference(file: RulesetFile) -> str:
    """Every number of a ruleset in Markdown."""
    parts = [
        f"# Ruleset reference: {file.name}\n",
        "Made by `kampuchea docs` from the ruleset's file; do not edit. A scenario overrides a number by its name, for "
        "example `overrides: {combat.fortune: 0.3}`; the value must lie in the range, and a row must keep its length. "
        "GK is general knowledge, OURS a setting of this project.\n",
    ]
    chapters: dict[str, list[tuple[str, ...]]] = {}
    for name, number in file.numbers.items():
        figures = number.value if isinstance(number.value, tuple) else (number.value,)
        shown = ", ".join(f"{v:g}" for v in figures)
        span = f"{number.low:g} to {number.high:g}"
        row = (f"`{name}`", shown, number.unit, span, number.doc, number.source, number.confidence)
        chapters.setdefault(name.split(".")[0], []).append(row)
    for chapter, rows in chapters.items():
        parts.append(f"## {chapter}\n")
        parts.append(_rows(("name", "value", "unit", "range", "meaning", "source", "confidence"), rows))
    return "\n".join(parts)


def _names_of(kinds: type[IntEnum] | None) -> str:
    """': `war`, `talks` ...' for what is compared with a name."""
    return "" if kinds is None else ": " + ", ".join(f"`{kind.name.lower()}`" for kind in kinds)


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The model and all that it holds, in reading order."""
    found = [model]
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            found += [m for m in _models(inner) if m not in found]
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        if not isinstance(part, str):
            yield from _models_in(part)


def _doc(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split())


def _title(model: type[BaseModel]) -> str:
    name = model.__name__.removesuffix("Entry")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _table(model: type[BaseModel]) -> str:
    rows = []
    for key, field in model.model_fields.items():
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        rows.append((f"`{key}`", _field_type(field), unit, _default(field), field.description or ""))
    return _rows(("key", "value", "unit", "default", "meaning"), rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None:
        return "left out"
    if isinstance(value, BaseModel):
        return "as below"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{k}: {v:g}" for k, v in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, int | float) else str(value) or "empty"


def _field_type(field: FieldInfo) -> str:
    return _type(field.annotation, tuple(field.metadata))


def _type(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    if hasattr(annotation, "__metadata__"):
        return _type(annotation.__origin__, (*metadata, *annotation.__metadata__))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "one of " + ", ".join(f"`{a}`" for a in args)
    if origin is list:
        return f"list of {_type(args[0])}{_length(metadata)}"
    if origin is dict:
        return f"{_type(args[0])}: {_type(args[1])}"
    if origin in (Union, UnionType):
        return " or ".join(_type(a, metadata) for a in args if a is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"{_title(annotation)} (below)"
    refers = next((m.to for m in metadata if isinstance(m, Refers)), None)
    if refers is not None:
        return _REFERENCES[refers]
    name = _SIMPLE.get(annotation, "date")
    if name == "date" and any(isinstance(m, InScenario) for m in metadata):
        name = "date within the scenario"
    return name + _bounds(metadata)


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for item in metadata:
        if isinstance(item, FieldInfo):
            yield from item.metadata
        else:
            yield item


def _bounds(metadata: tuple[Any, ...]) -> str:
    low = high = above = None
    for item in _flat(metadata):
        if isinstance(item, annotated_types.Ge):
            low = item.ge
        elif isinstance(item, annotated_types.Le):
            high = item.le
        elif isinstance(item, annotated_types.Gt):
            above = item.gt
    if low is not None and high is not None:
        return f", {low:,} to {high:,}"
    if above is not None:
        return f", more than {above}" + (f" to {high:,}" if high is not None else "")
    return _length(metadata)


def _length(metadata: tuple[Any, ...]) -> str:
    for item in _flat(metadata):
        if isinstance(item, annotated_types.MaxLen) and item.max_length < 20:
            return f", at most {item.max_length}"
    return ""


def _rows(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
