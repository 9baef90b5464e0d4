"""The keyboard before the person: which sign each of its keys types, learned from the window system.

A key has a place (its scancode: where it lies) and a sign (what it types). Places are called by what a US keyboard
types there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pygame

_SIGNS = range(ord("!"), 0x2100)
"""Signs that keys are looked for by: all alphabets in which keyboards are made, and currency signs."""
_PLACES = 512
"""Scancodes that the window system has room for."""
_MARKS = {
    "-": pygame.KSCAN_MINUS,
    "=": pygame.KSCAN_EQUALS,
    "[": pygame.KSCAN_LEFTBRACKET,
    "]": pygame.KSCAN_RIGHTBRACKET,
    "\\": pygame.KSCAN_BACKSLASH,
    ";": pygame.KSCAN_SEMICOLON,
    "'": pygame.KSCAN_APOSTROPHE,
    "`": pygame.KSCAN_GRAVE,
    ",": pygame.KSCAN_COMMA,
    ".": pygame.KSCAN_PERIOD,
    "/": pygame.KSCAN_SLASH,
}
US: dict[int, int] = {
    **{pygame.KSCAN_A + k: ord("a") + k for k in range(26)},
    **{pygame.KSCAN_1 + k: ord("1") + k for k in range(9)},
    pygame.KSCAN_0: ord("0"),
    **{place: ord(sign) for sign, place in _MARKS.items()},
}
"""Place -> what a US keyboard types there, for all keys that type something and are no modifiers or pads."""
_US_PLACES = {sign: place for place, sign in US.items()}


class Keyboard:
    """One layout. `signs`: place -> code of the sign that the key there types without modifiers."""

    def __init__(self, signs: Mapping[int, int] = US) -> None:
        self._signs = {place: sign for place, sign in signs.items() if place in US}
        self._places = {sign: place for place, sign in self._signs.items()}

    @classmethod
    def present(cls) -> Keyboard:
        """The layout in force now; the display must be open.

        pygame does not tell what a place types, only the place of a sign, and that by way of the object that it
        gives for pressed keys: one that holds its own indices answers with places.
        """
        places = pygame.key.ScancodeWrapper(cast("tuple[bool, ...]", tuple(range(_PLACES))))
        return cls({int(places[sign]): sign for sign in _SIGNS if places[sign]})

    def is_denied_by(self, event: pygame.event.Event) -> bool:
        """Whether a key event shows that a key types another sign than thought."""
        return event.scancode in US and event.key in _SIGNS and self._signs.get(event.scancode) != event.key

    def corrected(self, event: pygame.event.Event) -> Keyboard:
        """The keyboard with what a key event shows: for systems that change it without a word."""
        others = {place: sign for place, sign in self._signs.items() if sign != event.key}
        return Keyboard({**others, event.scancode: event.key})

    def place(self, sign: int) -> int | None:
        """Where a sign is typed without modifiers; None if nowhere."""
        return self._places.get(sign)

    def sign(self, place: int) -> int | None:
        """What the key at a place types; None if it types nothing by itself, as a dead key does."""
        return self._signs.get(place)


def us_place(sign: int) -> int | None:
    """Where a US keyboard types a sign; None if nowhere."""
    return _US_PLACES.get(sign)
