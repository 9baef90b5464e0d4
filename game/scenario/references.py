"""Names that must be known: every reference in the files, wherever the schema marks one, checked on the raw data.

Working on the raw data means that one fault does not hide another: a file with a wrong number still has all its
names checked.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.core.hexmap import Place
from game.scenario.conditions import ConditionError, Kind, folded, read_condition
from game.scenario.fields import InScenario, Refers
from game.scenario.validate import nearest, shown
from game.scenario.yamltree import Document

_ALIKE = 0.7
"""difflib's likeness from which a name is taken for another spelling of a place's."""
_CODES = {"location": "unknown-place", "place": "unknown-place"}


@dataclass(frozen=True)
class Known:
    """The names there are, by what they name; None for a kind that cannot be checked because its file is faulty."""

    names: Mapping[str, frozenset[str] | None]
    start: date | None
    end: date | None
    places: Mapping[str, str]
    """Names of places as people write them, folded by `fold`: their ids."""

    def has(self, day: date) -> bool:
        """Whether a day lies in the scenario, as far as its bounds are known."""
        if self.start is None or self.end is None or self.end < self.start:
            return True
        return self.start <= day <= self.end


def fold(text: str) -> str:
    """A name without case, accents, spaces and hyphens: 'Mộc Bài' and 'moc_bai' are the same."""
    marked = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in marked if c not in " _-'’" and not unicodedata.combining(c))


def fold_places(places: Iterable[Place]) -> dict[str, str]:
    """Every name of every place, folded, and the place's id; of two places with one name the foremost."""
    found: dict[str, str] = {}
    for place in places:
        for name in (place.id, place.name, place.local_name, place.script_name):
            if name:
                found.setdefault(fold(name), place.id)
    return found


@dataclass(frozen=True)
class _Shape:
    """What the references walk needs of an annotation."""

    refers: str | None
    dated: bool
    key: _Shape | None
    item: _Shape | None
    model: type[BaseModel] | None

    @property
    def idle(self) -> bool:
        return not (self.refers or self.dated or self.key or self.item or self.model)


def _shape(annotation: Any, metadata: tuple[Any, ...] = ()) -> _Shape:
    refers = next((m.to for m in metadata if isinstance(m, Refers)), None)
    dated = any(isinstance(m, InScenario) for m in metadata)
    if hasattr(annotation, "__metadata__"):
        return _shape(annotation.__origin__, (*metadata, *annotation.__metadata__))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is list:
        return _Shape(None, False, None, _shape(args[0]), None)
    if origin is dict:
        return _Shape(None, False, _shape(args[0]), _shape(args[1]), None)
    if args:
        inner = next((a for a in args if a is not type(None)), None)
        return _shape(inner, metadata)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Shape(refers, dated, None, None, annotation)
    return _Shape(refers, dated, None, None, None)


@cache
def _fields(model: type[BaseModel]) -> dict[str, _Shape]:
    def of(field: FieldInfo) -> _Shape:
        return _shape(field.annotation, tuple(field.metadata))

    shapes = {name: of(field) for name, field in model.model_fields.items()}
    return {name: shape for name, shape in shapes.items() if not shape.idle}


def check_references(document: Document, model: type[BaseModel], known: Known) -> None:
    """Note every name of the file that nothing carries and every date outside the scenario."""
    _walk_model(document, model, document.data, (), known)


def _walk_model(
    document: Document, model: type[BaseModel], data: Any, path: tuple[str | int, ...], known: Known
) -> None:
    if not isinstance(data, dict):
        return
    for name, shape in _fields(model).items():
        if name in data:
            _walk(document, shape, data[name], (*path, name), known)


def _walk(document: Document, shape: _Shape, data: Any, path: tuple[str | int, ...], known: Known) -> None:
    if shape.model is not None:
        _walk_model(document, shape.model, data, path, known)
    elif shape.key is not None and shape.item is not None:
        for key, value in data.items() if isinstance(data, dict) else ():
            _check(document, shape.key, key, (*path, key), known, on_key=True)
            _walk(document, shape.item, value, (*path, key), known)
    elif shape.item is not None:
        for k, value in enumerate(data) if isinstance(data, list) else ():
            _walk(document, shape.item, value, (*path, k), known)
    else:
        _check(document, shape, data, path, known)


def _check(
    document: Document, shape: _Shape, value: Any, path: tuple[str | int, ...], known: Known, on_key: bool = False
) -> None:
    if shape.dated and isinstance(value, date) and not known.has(value):
        remedy = f"choose a day from {known.start} to {known.end}"
        document.add(path, "date-outside", f"{value} lies outside the scenario", remedy)
    if shape.refers is None or not isinstance(value, str):
        return
    if shape.refers == "condition":
        _check_condition(document, value, path, known)
        return
    names = known.names.get(shape.refers)
    if names is not None and value not in names:
        code = _CODES.get(shape.refers, f"unknown-{shape.refers}")
        what = "place or hex" if shape.refers == "location" else shape.refers
        message = f"there is no {what} {shown(value)}"
        remedy = _place_remedy(value, shape.refers, known) if shape.refers in _CODES else nearest(value, names)
        document.add(path, code, message, remedy or f"define the {what} first", on_key)


def _check_condition(document: Document, text: str, path: tuple[str | int, ...], known: Known) -> None:
    def note(column: int, message: str, remedy: str) -> None:
        spot = document.inside(path, text, column)
        document.note(spot.line, spot.column, "condition", f"at character {column + 1}: {message}", remedy)

    try:
        condition = read_condition(text)
    except ConditionError as error:
        note(error.column, str(error), error.remedy)
        try:
            # what stands before the fault has names of its own
            condition = read_condition(text[: error.column])
        except ConditionError:
            return
    for kind, node in condition.names():
        names = known.names.get(kind.value)
        if names is not None and kind is Kind.PROVINCE:
            names = frozenset(map(folded, names))
        if names is not None and node.name not in names:
            note(node.column, f"there is no {kind.value} {shown(node.name)}", nearest(node.name, names))


def _place_remedy(value: str, kind: str, known: Known) -> str:
    alike = difflib.get_close_matches(fold(value[:80]), known.places, 1, _ALIKE)
    if alike:
        return f"did you mean '{known.places[alike[0]]}'?"
    remedy = f"the map lists its {len(set(known.places.values()))} places under `places`"
    return f"{remedy}; a hex is four figures in quotes, as the map shows them" if kind == "location" else remedy
