"""What a text may hold, and how one that may hold anything is shown.

Some characters show nothing and change what is shown around them: control characters (a terminal obeys them),
overrides of the direction of writing, breaks of lines that are none in a file, halves of characters. A file's text
may not hold them, and whatever is shown without having been read from a checked file has them spelt out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for the tab and the end of a line
    "\u00ad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # breaks, directions, invisible signs
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of characters, and none at all
)
"""U+200B to U+200D are not among them: Khmer, Thai and Lao part their words with the first, and shape letters with the
others."""
_UNFIT_IN_LINE = re.compile(f"[\t\n]|{_UNFIT.pattern}")
_LINE_END = re.compile("\r\n|\r|\n")
_SHOWS_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by name that are drawn as a space."""


def unfit(text: str) -> str:
    """The first character that no text may hold; empty if there is none."""
    found = _UNFIT.search(text)
    return found[0] if found else ""


def unfit_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Line and column, from 1, of the first character of each line that no file may hold, and the character."""
    for line, row in enumerate(_LINE_END.split(text), 1):
        if found := _UNFIT.search(row):
            yield line, found.start() + 1, found[0]


def without_unfit(text: str) -> str:
    """A file's text with '?' for what it may not hold, each character in its place."""
    return _UNFIT.sub(lambda found: found[0] if found[0] == "\r" else "?", text)


def called(character: str) -> str:
    """'U+202E (right-to-left override)'."""
    name = unicodedata.name(character, "")
    known = name.lower() or ("control character" if unicodedata.category(character) == "Cc" else "no character")
    return f"U+{ord(character):04X} ({known})"


def printable(text: str, lines: bool = False) -> str:
    r"""The text with what no text may hold spelt out (`\x1b`), and with `lines` unset also tabs and ends of lines."""
    return (_UNFIT if lines else _UNFIT_IN_LINE).sub(lambda found: _spelt(found[0]), text)


def _spelt(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def blank(text: str) -> bool:
    """Whether nothing of the text is to be seen."""
    return all(c in _SHOWS_NOTHING or unicodedata.category(c)[0] in "ZCM" for c in text)
