"""YAML text as a tree that knows its lines and columns. Refuses aliases, tags, great depth and further documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from game.core.faults import Fault
from game.core.texts import unfit_places, without_unfit
from game.scenario.characters import scalar_fault, unfit_fault
from game.scenario.syntax import cause

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 12


@dataclass
class FaultList:
    """Faults of one file, as they are found."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, column: int, code: str, message: str, remedy: str = "") -> None:
        self.found.append(Fault(self.file, line, column, code, message, remedy))


@dataclass(frozen=True)
class Node:
    """Any value, with its place in the file: line and column from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Scalar(Node):
    value: str
    block: bool
    """Written as a block of text (|)."""


@dataclass(frozen=True)
class Sequence(Node):
    items: list[Node]


@dataclass(frozen=True)
class Mapping(Node):
    pairs: list[tuple[Scalar, Node]]


class _Refused(Exception):
    """Reading stops here; the fault is recorded."""


def read_document(text: str, faults: FaultList) -> Mapping | None:
    """The one mapping that a file holds; None, with a fault recorded, if it holds anything else."""
    note_unfit(text, faults)
    try:
        root = _Composer(without_unfit(text), faults).document()
    except _Refused:
        return None
    except (yaml.YAMLError, UnicodeError) as error:
        _add_syntax_fault(text, error, faults)
        return None
    if not isinstance(root, Mapping):
        faults.add(1, 1, "not-a-map-file", "the file is not a list of `key: value`", "start from a map that works")
        return None
    return root


def note_unfit(text: str, faults: FaultList) -> None:
    """Note each character that no file may hold."""
    for line, column, character in unfit_places(text):
        faults.add(line, column, *unfit_fault(character))


def _add_syntax_fault(text: str, error: yaml.YAMLError | UnicodeError, faults: FaultList) -> None:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    found = cause(text.splitlines(), error, None)
    faults.add(found.line, found.column, "not-yaml", f"not valid YAML: {problem}", found.remedy)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


class _Composer:
    def __init__(self, text: str, faults: FaultList) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._faults = faults

    def document(self) -> Node | None:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        root = self._node(next(self._events), 0)
        next(self._events)
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            self._refuse(end, "many-documents", "a second document begins here", "remove the `---` line")
        return root

    def _refuse(self, event: yaml.Event, code: str, message: str, remedy: str) -> NoReturn:
        self._faults.add(*_place(event), code, message, remedy)
        raise _Refused

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "alias", "anchors and aliases are not allowed", "write the value out")
        if depth > _MAX_DEPTH:
            self._refuse(event, "too-deep", f"nested more than {_MAX_DEPTH} deep", "flatten it")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self._refuse(event, "tag", f"the tag {tag} is not allowed", "remove it")
        line, column = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            if fault := scalar_fault(event.value, not event.style):
                self._faults.add(line, column, *fault)
            return Scalar(line, column, event.value, event.style == "|")
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(child := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(child, depth + 1))
            return Sequence(line, column, items)
        return self._mapping(line, column, depth)

    def _mapping(self, line: int, column: int, depth: int) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                self._faults.add(key.line, key.column, "bad-key", "a key must be a word")
            elif key.value in seen:
                self._faults.add(key.line, key.column, "key-twice", f"{key.value!r} stands twice", "remove one")
            else:
                seen.add(key.value)
                pairs.append((key, value))
        return Mapping(line, column, pairs)
