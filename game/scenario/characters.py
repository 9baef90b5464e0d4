"""Faults of the letters of a file, whoever reads it: what no text may hold, quotes that quote nothing."""

from __future__ import annotations

from game.core.texts import blank, called, unfit

Said = tuple[str, str, str]
"""Code, message and remedy of a fault."""

_STRAIGHT = frozenset("'\"")
_CURLY = frozenset("‘’‚‛“”„‟«»‹›「」＂＇")
"""Quotes of printed matter, which YAML takes for letters."""
_MAX_SHOWN = 40


def unfit_fault(character: str) -> Said:
    """Of a character that no text may hold."""
    return "unfit-character", f"no text may hold {called(character)}: it hides or changes what is shown", "remove it"


def scalar_fault(text: str, plain: bool) -> Said | None:
    """What is wrong with the letters of a value; `plain`: it stands in no quotes and no block.

    What a file may not hold as such may still come in by an escape.
    """
    if character := unfit(text):
        return unfit_fault(character)
    if plain and len(text) > 1 and text[0] in _CURLY and text[-1] in _CURLY | _STRAIGHT:
        message = f"the quotes around {text[:_MAX_SHOWN]} are typographic: they would be part of the text"
        return "curly-quotes", message, "write straight quotes, ' or \"; to show these, put straight ones around them"
    return None


def line_fault(name: str, text: str) -> Said | None:
    """What is wrong with a text that is shown in a line of its own."""
    if blank(text):
        return "blank-text", f"'{name}' shows nothing", "write some words"
    if "\n" in text or "\t" in text:
        return "several-lines", f"'{name}' holds a tab or the end of a line", "write it in one line"
    return None
