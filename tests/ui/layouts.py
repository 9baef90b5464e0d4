"""Keyboards of other lands: what each key types without modifiers, by its place."""

from __future__ import annotations

import pygame

from game.ui.keyboard import US, Keyboard

_ROWS = (
    [pygame.KSCAN_GRAVE, *range(pygame.KSCAN_1, pygame.KSCAN_0 + 1), pygame.KSCAN_MINUS, pygame.KSCAN_EQUALS],
    [getattr(pygame, f"KSCAN_{k}") for k in "QWERTYUIOP"] + [pygame.KSCAN_LEFTBRACKET, pygame.KSCAN_RIGHTBRACKET],
    [getattr(pygame, f"KSCAN_{k}") for k in "ASDFGHJKL"] + [pygame.KSCAN_SEMICOLON, pygame.KSCAN_APOSTROPHE],
    [getattr(pygame, f"KSCAN_{k}") for k in "ZXCVBNM"] + [pygame.KSCAN_COMMA, pygame.KSCAN_PERIOD, pygame.KSCAN_SLASH],
)
"""Places of the four rows of signs, from the left."""
_TYPED = {
    "french": ("²&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù", "wxcvbn,;:!"),
    "german": ("^1234567890ß´", "qwertzuiopü+", "asdfghjklöä", "yxcvbnm,.-"),
    "russian": ("ё1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."),
    "thai": ("_ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ"),
    "vietnamese": ("`ăâêô\0\0\0\0\0đ-₫", "qwertyuiopươ", "asdfghjkl;'", "zxcvbnm,./"),
    "dvorak": ("`1234567890[]", "',.pyfgcrl/=", "aoeuidhtns-", ";qjkxbmwvz"),
}
"""Layout -> its rows; \\0 for a dead key, which types nothing by itself."""


def layout(name: str) -> Keyboard:
    """The keyboard of that name, or the US one."""
    if name == "us":
        return Keyboard(US)
    rows = zip(_ROWS, _TYPED[name], strict=True)
    typed = [(place, sign) for places, signs in rows for place, sign in zip(places, signs, strict=True)]
    return Keyboard({place: ord(sign) for place, sign in typed if sign != "\0"})
