"""Mistakes that people make, put into a scenario's files at random, and where each stands afterwards."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from game.scenario.yamltree import Document, Path_, Spot


@dataclass(frozen=True)
class Token:
    """A value of a file, or the key of one if `is_key`: where and how it stands."""

    path: Path_
    value: Any
    line: int
    """From 0."""
    column: int
    """From 0."""
    text: str
    is_key: bool
    block: Spot
    """Of the mapping or list around it."""


@dataclass(frozen=True)
class Mutant:
    """A file with one mistake."""

    kind: str
    text: str
    at: frozenset[tuple[int, int]]
    """Lines and columns, from 1, at which a person would look."""


def tokens(document: Document) -> Iterator[Token]:
    """Every key, and every value that stands on one line."""
    yield from _tokens(document, document.data, document.root, ())


_PLAIN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s#\[\]{},][^#\[\]{},]*?(?=\s*(?:$|[\[\]{},]|\s#))""")
_LINE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|\S.*?(?=\s*$|\s+#)""")


def _tokens(document: Document, data: Any, spot: Spot, path: Path_) -> Iterator[Token]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        here = (*path, key)
        if isinstance(key, str):
            at = spot.keys[key]
            if document.lines[at.line - 1].startswith(key, at.column - 1):
                yield Token(here, key, at.line - 1, at.column - 1, key, True, spot)
        child = spot.children[key]
        if isinstance(value, dict | list):
            yield from _tokens(document, value, child, here)
            continue
        line = document.lines[child.line - 1]
        if line[child.column - 1 : child.column] in ("|", ">", ""):
            continue
        in_flow = bool(re.search(r"[\[{]", re.sub(r"'[^']*'|\"[^\"]*\"", "", line[: child.column - 1])))
        found = (_PLAIN if in_flow else _LINE).match(line, child.column - 1)
        if found is None or (found[0][0] in "'\"") != (found[0][-1] in "'\"" and len(found[0]) > 1):
            continue
        if isinstance(value, str) and found[0].strip("'\"") != value:
            continue
        yield Token(here, value, child.line - 1, child.column - 1, found[0], False, spot)


def misspelt(word: str, rng: random.Random) -> str:
    """The word with two letters swapped, one dropped, doubled or changed."""
    letters = [k for k, c in enumerate(word) if c.isalnum()]
    k = rng.choice(letters)
    choices = [
        word[:k] + word[k + 1 :],
        word[: k + 1] + word[k:],
        word[:k] + ("x" if word[k] != "x" else "y") + word[k + 1 :],
    ]
    return rng.choice([c for c in choices if c])


class Spoiler:
    """Makes mutants of one file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = document.lines
        self.tokens = list(tokens(document))

    def _with(self, row: int, *lines: str) -> str:
        return "\n".join([*self.lines[:row], *lines, *self.lines[row + 1 :]]) + "\n"

    def _swap(
        self, kind: str, token: Token, new: str, shift: int = 0, also: tuple[tuple[int, int], ...] = ()
    ) -> Mutant:
        line = self.lines[token.line]
        end = token.column + len(token.text)
        places = {(token.line + 1, token.column + 1 + shift), (token.line + 1, token.column + 1), *also}
        text = self._with(token.line, line[: token.column] + new + line[end:])
        return Mutant(kind, text, frozenset(places))

    def mutant(self, kind: str, token: Token, rng: random.Random) -> Mutant | None:
        """The token's file with a mistake of this kind, or None if it cannot be made of it."""
        made: Callable[..., Mutant | None] = getattr(self, "_" + kind.replace("-", "_"))
        return made(kind, token, rng)

    # -- keys ------------------------------------------------------------------------------------------------------

    def _key_misspelt(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        return self._swap(kind, t, misspelt(t.text, rng)) if t.is_key else None

    def _key_dropped(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        whole = re.fullmatch(r"\s*" + re.escape(t.text) + r":\s+[^|>&\[{\s].*", line)
        if not t.is_key or whole is None or (t.line + 1 < len(self.lines) and self._deeper(t)):
            return None
        places = {(t.block.line, t.block.column), (t.block.line, 1)}
        places |= {(t.block.line, column) for column in range(max(1, t.block.column - 2), t.block.column + 1)}
        text = "\n".join([*self.lines[: t.line], *self.lines[t.line + 1 :]]) + "\n"
        return Mutant(kind, text, frozenset(places | {self._named(t)}))

    def _named(self, t: Token) -> tuple[int, int]:
        """Where the block that holds the token begins with its first key."""
        first = min(t.block.keys.values(), key=lambda spot: (spot.line, spot.column))
        return first.line, first.column

    def _deeper(self, t: Token) -> bool:
        after = self.lines[t.line + 1]
        return bool(after.strip()) and len(after) - len(after.lstrip()) > t.column

    def _key_doubled(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        if not t.is_key or line[: t.column].strip() or self._deeper(t) or not line[t.column :].split(":", 1)[1].strip():
            return None
        text = self._with(t.line, line, line)
        return Mutant(kind, text, frozenset({(t.line + 2, t.column + 1), (t.line + 1, t.column + 1)}))

    def _no_space_after_colon(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        end = t.column + len(t.text)
        if not t.is_key or line[: t.column].strip(" -") or line[end : end + 2] != ": ":
            return None
        return Mutant(kind, self._with(t.line, line[: end + 1] + line[end + 2 :]), self._around(t))

    def _no_colon(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        end = t.column + len(t.text)
        if not t.is_key or line[: t.column].strip(" -") or line[end : end + 1] != ":":
            return None
        return Mutant(kind, self._with(t.line, line[:end] + line[end + 1 :]), self._around(t))

    def _around(self, t: Token) -> frozenset[tuple[int, int]]:
        return frozenset({(t.line + 1, t.column + 1), (t.line + 1, t.column + len(t.text) + 1)})

    # -- values ----------------------------------------------------------------------------------------------------

    def _value(self, kind: str, t: Token, new: str, wants: type | tuple[type, ...]) -> Mutant | None:
        fits = not t.is_key and isinstance(t.value, wants) and not isinstance(t.value, bool)
        return self._swap(kind, t, new) if fits else None

    def _wrong_type(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        if t.is_key:
            return None
        return self._swap(kind, t, rng.choice(["[1, 2]", "{a: 1}", "17.5" if isinstance(t.value, str) else "many"]))

    def _out_of_range(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        return self._value(kind, t, "99999999999", (int, float))

    def _negative(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        return self._value(kind, t, f"-{t.text.lstrip('-')}", (int, float))

    def _unit(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        return self._value(kind, t, f"{t.text} km", (int, float))

    def _thousands(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        if isinstance(t.value, int) and abs(t.value) >= 1000:
            found = self._value(kind, t, f"{t.value:,}", int)
            places = {(t.line + 1, t.column + 1 + k) for k in range(len(t.text) + 3)}
            return found and Mutant(kind, found.text, frozenset(places))
        return None

    def _yes_no(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        return self._swap(kind, t, rng.choice(["yes", "no", "on"])) if isinstance(t.value, bool) else None

    def _empty(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        if t.is_key:
            return None
        line = self.lines[t.line]
        before = line[: t.column].rstrip()
        return self._swap(
            kind, t, "", also=((t.line + 1, len(before) + 1), (t.line + 1, len(before)), *self._list_of(t))
        )

    def _list_of(self, t: Token) -> list[tuple[int, int]]:
        """The list that lacks the token if it is dropped, which is the block around it."""
        return [(t.block.line, t.block.column)] if isinstance(t.path[-1], int) else []

    def _reference_misspelt(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        name = isinstance(t.value, str) and re.fullmatch(r"[a-z][a-z0-9_]+", t.value)
        return self._swap(kind, t, misspelt(t.text, rng)) if name and not t.is_key else None

    def _reference_of_another_kind(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        others = [o.text for o in self.tokens if isinstance(o.value, str) and re.fullmatch(r"[a-z][a-z0-9_]+", o.value)]
        name = isinstance(t.value, str) and re.fullmatch(r"[a-z][a-z0-9_]+", t.value)
        return self._swap(kind, t, rng.choice(others)) if name and not t.is_key else None

    def _date_impossible(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        return self._value(kind, t, f"{t.text[:4]}-{rng.choice(['02-30', '13-01', '11-31', '00-10'])}", date)

    def _date_swapped(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        if isinstance(t.value, date):
            return self._value(kind, t, rng.choice([f"{t.value:%d-%m-%Y}", f"{t.value:%d/%m/%Y}"]), date)
        return None

    # -- syntax ----------------------------------------------------------------------------------------------------

    def _bracket_open(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        opened = re.match(r"\s*(?:- )?(?:\w+: )?[\[{]", line)
        closed = line.rstrip()
        if (
            opened is None
            or closed[-1:] not in "]}"
            or closed.count(closed[-1]) != closed.count("[{"["]}".index(closed[-1])])
        ):
            return None
        places = {(t.line + 1, opened.end()), (t.line + 1, len(closed)), (t.line + 1, len(closed) + 1)}
        return Mutant(kind, self._with(t.line, closed[:-1]), frozenset(places | {(t.line + 1, opened.end() + 1)}))

    def _quote_missing(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        if t.text[:1] not in ("'", '"'):
            return None
        return self._swap(kind, t, t.text[:-1])

    def _indented(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        if not t.is_key or line[: t.column].strip(" -"):
            return None
        column = len(line) - len(line.lstrip())
        new = " " + line if column == 0 or rng.random() < 0.5 else line[1:]
        at = len(new) - len(new.lstrip()) + 1
        return Mutant(
            kind, self._with(t.line, new), frozenset({(t.line + 1, at), (t.line + 1, at + 2), (t.line + 1, 1)})
        )

    def _tab(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        bare = line.lstrip()
        if not t.is_key or bare == line:
            return None
        places = frozenset((t.line + 1, column) for column in (1, 2, 3))
        return Mutant(kind, self._with(t.line, "\t" + bare), places)

    def _comma(self, kind: str, t: Token, rng: random.Random) -> Mutant | None:
        line = self.lines[t.line]
        flow = "{" in line[: t.column] and t.text[:1] not in "'\""
        if not flow or t.is_key or not isinstance(t.value, str):
            return None
        at = t.column + len(t.text) + 3
        return self._swap(kind, t, f"{t.text}, the border", also=((t.line + 1, at),))


KINDS = (
    "key-misspelt", "key-dropped", "key-doubled", "no-space-after-colon", "no-colon", "wrong-type", "out-of-range",
    "negative", "unit", "thousands", "yes-no", "empty", "reference-misspelt", "reference-of-another-kind",
    "date-impossible", "date-swapped", "bracket-open", "quote-missing", "indented", "tab", "comma",
)  # fmt: skip
