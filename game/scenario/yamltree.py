"""YAML files as plain data that remembers where each word stood.

Files come from strangers, so nothing is constructed but text, numbers, truth values, dates, lists and mappings;
size, depth, aliases and tags are bounded before anything is trusted. The parser's events are read one by one,
without recursion, so that no file can exhaust the stack.

A plain scalar is read as YAML 1.2 does (`yes` and `on` are text), and `1978-12-25` is a date.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import Any

import yaml

from game.core.faults import Fault
from game.core.texts import printable, unfit_places, without_unfit
from game.scenario.characters import Said, scalar_fault, unfit_fault
from game.scenario.syntax import cause, swallows

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_ALIASES = 16
MAX_VALUES = 100_000

Path_ = Sequence[str | int]
"""Keys and list positions from the root of a file to a value."""

_MERGE = "<<"
_QUOTES = frozenset("'\"")
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]{1,3})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "True": True,
    "false": False,
    "False": False,
}


_NO_PARTS: dict[str | int, Spot] = {}
_NO_KEYS: dict[str, Spot] = {}
"""Of all single values, of which there are tens of thousands."""


class Spot:
    """Where a value stands, and its parts: line and column from 1."""

    __slots__ = ("children", "column", "keys", "line")

    def __init__(self, line: int, column: int, *, has_parts: bool = True) -> None:
        self.line = line
        self.column = column
        self.children: dict[str | int, Spot] = {} if has_parts else _NO_PARTS
        self.keys: dict[str, Spot] = {} if has_parts else _NO_KEYS


class Document:
    """One file: its data, its spots and the faults found while reading it. `data` is None if it could not be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: dict[str, Any] | None = None
        self.root = Spot(0, 0)
        self.raw = b""
        self.faults: list[Fault] = []
        self._misspelt: set[tuple[int, int]] = set()
        """Lines and columns of values whose letters are wrong: nothing else is said of them."""

    def spot(self, path: Path_, key: bool = False) -> Spot:
        """Spot of the value at `path` (of its key if `key`), or of the nearest thing around it."""
        here = self.root
        for depth, part in enumerate(path):
            if key and depth == len(path) - 1 and part in here.keys:
                return here.keys[str(part)]
            if part not in here.children:
                break
            here = here.children[part]
        return here

    def add(self, path: Path_, code: str, message: str, remedy: str = "", key: bool = False) -> None:
        """Note a fault at `path`."""
        spot = self.spot(path, key)
        self.note(spot.line, spot.column, code, message, remedy)

    def note(self, line: int, column: int, code: str, message: str, remedy: str) -> None:
        """Note a fault at a line and column."""
        if (line, column) in self._misspelt:
            return
        self.faults.append(Fault(self.file, line, column, code, printable(message), printable(remedy)))

    def note_letters(self, line: int, column: int, fault: Said) -> None:
        """Note what is wrong with the letters at a line and column."""
        self.note(line, column, *fault)
        self._misspelt.add((line, column))

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines as they were read."""
        return self.raw.decode("utf-8-sig", "replace").splitlines()

    def inside(self, path: Path_, text: str, offset: int) -> Spot:
        """Spot of the character at `offset` in the text that stands at `path`, or of the text if it was written
        otherwise (with escapes, say) than it reads."""
        whole = self.spot(path)
        row, column = whole.line - 1, whole.column - 1
        if row < len(self.lines) and self.lines[row][column : column + 1] in ("|", ">"):
            row, column = row + 1, 0
        elif row < len(self.lines) and self.lines[row][column : column + 1] in _QUOTES:
            column += 1
        for k, letter in enumerate(text[: offset + 1]):
            if letter.isspace():
                continue
            while row < len(self.lines) and not self.lines[row][column:].strip():
                row, column = row + 1, 0
            if row >= len(self.lines):
                return whole
            column += len(self.lines[row][column:]) - len(self.lines[row][column:].lstrip())
            if self.lines[row][column] != letter:
                return whole
            if k == offset:
                return Spot(row + 1, column + 1, has_parts=False)
            column += 1
        return whole

    def get(self, *path: str | int) -> Any:
        """Data at `path`, or None where there is nothing."""
        here: Any = self.data
        for part in path:
            if isinstance(part, int):
                here = here[part] if isinstance(here, list) and part < len(here) else None
            else:
                here = here.get(part) if isinstance(here, dict) else None
        return here

    def rows(self, *path: str | int) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
        """The mappings in the list at `path`, each with its own path; empty if there is no list."""
        found = self.get(*path)
        if not isinstance(found, list):
            return []
        return [((*path, k), row) for k, row in enumerate(found) if isinstance(row, dict)]


class _Stop(Exception):
    """Reading cannot go on; the fault has been noted."""


def read(path: Path, shown: str) -> Document:
    """Read one file, called `shown` in faults. Whatever its bytes, the worst outcome is a document with faults."""
    document = Document(shown)
    text = _text(path, document)
    letters = list(document.faults)
    if text is not None:
        try:
            _Reader(document).run(text)
        except _Stop:
            document.data = None
            if letters:  # of which the other may come
                document.faults = letters
    return document


def _text(path: Path, document: Document) -> str | None:
    def refuse(code: str, message: str, remedy: str, line: int = 0) -> str | None:
        document.note(line, 0, code, message, remedy)
        return None

    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return refuse("not-a-file", "this is a folder or a device, not a file", "put a text file in its place")
        if status.st_size > MAX_BYTES:
            return refuse(
                "too-large", f"larger than {MAX_BYTES:,} bytes", "a scenario file is text of a few hundred lines"
            )
        document.raw = path.read_bytes()
    except FileNotFoundError:
        return refuse(
            "missing-file", "there is no such file", _alike(path) or "write it, or start from `kampuchea new`"
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return refuse("unreadable", f"cannot be read: {reason}", "check the name and the permissions")
    try:
        text = document.raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = document.raw.count(b"\n", 0, error.start) + 1
        return refuse("not-text", "this is no UTF-8 text", "save the file as plain UTF-8 text", line)
    if "\0" in text:
        return refuse("not-text", "this is a binary file", "save the file as plain UTF-8 text")
    if not text.strip():
        return refuse("empty-file", "the file is empty", "write it, or start from `kampuchea new`")
    for line, column, character in unfit_places(text):
        document.note_letters(line, column, unfit_fault(character))
    return without_unfit(text)


def _alike(path: Path) -> str:
    """A remedy if the file seems to be there under another name: forces.yml, force.yaml."""
    try:
        names = sorted(found.name for found in path.parent.iterdir() if found.suffix in (".yaml", ".yml"))
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, names, 1, 0.8)
    return f"rename '{close[0]}' to '{path.name}'" if close else ""


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("anchor", "brought", "data", "key", "spot")

    def __init__(self, data: dict[str, Any] | list[Any], spot: Spot, anchor: str | None) -> None:
        self.data = data
        self.spot = spot
        self.anchor = anchor
        self.key: str | None = None
        self.brought: list[tuple[Any, Spot]] = []
        """What stands under a merge key."""


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, Spot]] = {}
        self.aliases = 0
        self.documents = 0
        self.values = 0
        self.merges = False
        """Whether a merge key has been told of."""
        self.quoted: tuple[int, int] | None = None
        """Where the first text within quotes began that goes on over lines which look like keys."""

    def run(self, text: str) -> None:
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                self._take(event)
        except yaml.YAMLError as error:
            self._not_yaml(error)
        if self.document.data is None and not self.document.faults:
            self._stop(Spot(1, 1), "empty-file", "the file holds nothing but comments", "write its keys")

    def _not_yaml(self, error: yaml.YAMLError) -> None:
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        found = cause(self.document.lines, error, self.quoted)
        self._stop(Spot(found.line, found.column), "not-yaml", f"this is no YAML: {problem}", found.remedy)

    def _stop(self, spot: Spot, code: str, message: str, remedy: str) -> None:
        self.document.note(spot.line, spot.column, code, message, remedy)
        raise _Stop

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            begins = event.start_mark
            spot = Spot(begins.line + 1, begins.column + 1, has_parts=False)
            self._check_tag(event, spot)
            ends = event.end_mark.line
            in_quotes = event.style in _QUOTES and begins.line != ends
            if self.quoted is None and in_quotes and swallows(self.document.lines, begins.line, ends):
                self.quoted = spot.line, spot.column
            if fault := scalar_fault(event.value, not event.style):
                self.document.note_letters(spot.line, spot.column, fault)
            frame = self.stack[-1] if self.stack else None
            if frame is not None and frame.key is None and isinstance(frame.data, dict):
                self._take_key(frame, event.value, spot)
            else:
                value = _resolve(event.value) if event.implicit[0] else event.value
                self._put(value, spot, event.anchor)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frame = self.stack.pop()
            for value, spots in frame.brought:
                self._merge(frame, value, spots)
            self._put(frame.data, frame.spot, frame.anchor)
        elif kind is yaml.AliasEvent:
            self._take_alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                spot = Spot(event.start_mark.line + 1, event.start_mark.column + 1)
                self._stop(spot, "two-documents", "a second document begins here", "remove the line '---'")

    def _check_tag(self, event: Any, spot: Spot) -> None:
        if event.tag is not None and event.tag != "!":
            remedy = "write plain values; tags are not allowed"
            self._stop(spot, "unsafe-tag", f"the tag '{event.tag}' is not allowed", remedy)

    def _open(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        spot = Spot(event.start_mark.line + 1, event.start_mark.column + 1)
        self._check_tag(event, spot)
        if len(self.stack) >= MAX_DEPTH:
            self._stop(spot, "too-deep", f"nested deeper than {MAX_DEPTH} levels", "a scenario needs six at most")
        if self.stack and isinstance(self.stack[-1].data, dict) and self.stack[-1].key is None:
            self._stop(spot, "bad-key", "a key must be a single word", "put the key before a colon")
        self.stack.append(_Frame(data, spot, event.anchor))

    def _take_key(self, frame: _Frame, key: str, spot: Spot) -> None:
        frame.key = key
        if key in frame.spot.keys:
            first = frame.spot.keys[key].line
            remedy = f"keep one; the first is on line {first}"
            message = f"the key '{key[:40]}' stands here a second time"
            self.document.note(spot.line, spot.column, "duplicate-key", message, remedy)
        else:
            frame.spot.keys[key] = spot

    def _merge(self, frame: _Frame, value: Any, spots: Spot) -> None:
        """Read `<<` as it was meant, so that what it would bring is not missed as well, but say that it may not be."""
        spot = frame.spot.keys[_MERGE]
        if not self.merges:
            message = "merge keys ('<<') are not supported"
            self.document.note(
                spot.line, spot.column, "merge-key", message, "write the keys and values out, everywhere"
            )
        self.merges = True
        for key, brought in value.items() if isinstance(value, dict) else ():
            if key not in frame.data and isinstance(frame.data, dict):
                frame.data[key] = brought
                frame.spot.children[key] = spots.children[key]

    def _take_alias(self, event: Any) -> None:
        spot = Spot(event.start_mark.line + 1, event.start_mark.column + 1)
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self._stop(spot, "aliases", f"more than {MAX_ALIASES} aliases", "write the values out")
        if event.anchor not in self.anchors:
            self._stop(spot, "aliases", f"no anchor '&{event.anchor}' ends before this alias", "write the value out")
        if self.stack and isinstance(self.stack[-1].data, dict) and self.stack[-1].key is None:
            self._stop(spot, "bad-key", "an alias cannot be a key", "write the key out")
        value, spots = self.anchors[event.anchor]
        self._put(value, spots, None)

    def _put(self, value: Any, spot: Spot, anchor: str | None) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self._stop(spot, "too-large", f"more than {MAX_VALUES:,} values", "a scenario has some thousands")
        if anchor is not None:
            self.anchors[anchor] = (value, spot)
        if not self.stack:
            self.document.root = spot
            if not isinstance(value, dict):
                remedy = "begin with a key and a colon, for example 'title: My war'"
                self._stop(spot, "not-a-mapping", "the file must hold keys with values", remedy)
            self.document.data = value
            return
        frame = self.stack[-1]
        if isinstance(frame.data, list):
            frame.spot.children[len(frame.data)] = spot
            frame.data.append(value)
        elif frame.key is not None:
            if frame.key == _MERGE:
                frame.brought.append((value, spot))
            elif frame.key not in frame.data:
                frame.data[frame.key] = value
                frame.spot.children[frame.key] = spot
            frame.key = None


def _resolve(text: str) -> Any:
    """Value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
