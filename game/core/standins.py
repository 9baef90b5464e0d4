"""Text for outputs whose encoding lacks letters: readable stand-ins, and a spelling for what has none.

Importing this registers `STAND_IN` as a way of handling errors that any text stream can be told to use.
"""

from __future__ import annotations

import codecs
import unicodedata

STAND_IN = "kampuchea_stand_in"
"""Name of the handler, for `errors=` of a stream or of `str.encode`."""

_LIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−─━═╌╶╴", "-"),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("│┃║", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╯╰┏┓┗┛╔╗╚╝╸╺", "+"),
        **dict.fromkeys("•·∙▪●", "*"),
        **dict.fromkeys("\u200b\u200c\u200d"),
        **dict(zip("đĐłŁøØı×", "dDlLoOix", strict=True)),
        **dict(zip("…→←≤≥æÆœŒ±°", ("...", "->", "<-", "<=", ">=", "ae", "AE", "oe", "OE", "+-", " deg"), strict=True)),
    }
)


def stand_in(text: str) -> str:
    r"""The text in ASCII: letters without their marks, like signs for signs, and `\u1780` for what is like nothing."""
    parts = unicodedata.normalize("NFKD", text.translate(_LIKE)).translate(_LIKE)
    # marks of Latin letters only: those of Khmer are letters of their own
    bare = "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
    return bare.encode("ascii", "backslashreplace").decode("ascii")


def encodable(text: str, encoding: str) -> str:
    """The text as an output of that encoding will show it."""
    return text.encode(encoding, STAND_IN).decode(encoding)


def _handle(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return stand_in(error.object[error.start : error.end]), error.end


codecs.register_error(STAND_IN, _handle)
