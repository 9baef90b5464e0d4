"""Drives the real window with real events, as a person would: no screen method is called to act."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame

from game.core.ids import HexIndex
from game.ui.keyboard import us_place
from game.ui.keys import chord
from game.ui.screen import Screen
from game.ui.window import App

_MODIFIERS = {"ctrl": pygame.KMOD_LCTRL, "shift": pygame.KMOD_LSHIFT, "alt": pygame.KMOD_LALT}


class Driver:
    """Hands and eyes before the window."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def top(self) -> Any:
        return self.app.top

    def frames(self, count: int = 2, seconds: float = 0.05) -> None:
        for _ in range(count):
            if self.app.running:
                self.app.frame(seconds)

    def settle(self) -> None:
        """Wait until a turn that has just begun can be ended."""
        self.frames(12)

    def until(self, done: Callable[[], bool], limit: float = 90.0) -> None:
        """Draw frames until something is so."""
        end = time.monotonic() + limit
        while not done():
            self.frames(1)
            assert time.monotonic() < end, "it never came to pass"
            time.sleep(0.002)

    def until_screen(self, kind: type[Screen]) -> Any:
        self.until(lambda: isinstance(self.app.top, kind))
        self.frames(2)
        return self.app.top

    # --- hands ------------------------------------------------------------------------------------------------
    def _stroke(self, text: str) -> dict[str, Any]:
        """What a key event says of a key written as in the table: on the keyboard that the window knows."""
        c, keyboard = chord(text), self.app.keys.keyboard
        place = us_place(c.key) if c.by_place else keyboard.place(c.key)
        sign = (keyboard.sign(place) if place is not None else None) or c.key
        mod = sum(_MODIFIERS[name] for name in c.modifiers)
        typed = chr(sign) if 32 <= sign < 0x2100 and sign != pygame.K_DELETE and not mod else ""
        return {"key": sign, "mod": mod, "unicode": typed, "scancode": place or 0}

    def key(self, text: str) -> None:
        """Press a key, for example 'm', 'ctrl+s' or 'place:w'."""
        stroke = self._stroke(text)
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, stroke))
        pygame.event.post(pygame.event.Event(pygame.KEYUP, stroke))
        self.frames()

    def hold(self, text: str, frames: int) -> None:
        """Hold a key down for so many frames, with the repeats that a keyboard sends."""
        stroke = self._stroke(text)
        for _ in range(frames):
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, stroke))
            self.frames(1)
        pygame.event.post(pygame.event.Event(pygame.KEYUP, stroke))
        self.frames(1)

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 5) -> None:
        """Press the left button at one place and let it go at another."""
        self.move(start)
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=1))
        for k in range(1, steps + 1):
            at = tuple(round(a + (b - a) * k / steps) for a, b in zip(start, end, strict=True))
            pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(1, 0, 0)))
            self.frames(1)
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=end, button=1))
        self.frames(1)

    def wheel(self, position: tuple[int, int], notches: int) -> None:
        self.move(position)
        pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=notches, flipped=False))
        self.frames()

    def type(self, text: str) -> None:
        for letter in text:
            pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=letter))
        self.frames()

    def move(self, position: tuple[int, int]) -> None:
        pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=position, rel=(0, 0), buttons=(0, 0, 0)))
        self.frames(1)

    def click(self, position: tuple[int, int], button: int = 1) -> None:
        self.move(position)
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=position, button=button))
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=position, button=button))
        self.frames()

    def press(self, id_: str) -> None:
        """Click the region of that id on the topmost screen."""
        hot = self.app.top.hot(id_)
        assert hot is not None, f"no {id_}; there are {[h.id for p in self.app.top.panes for h in p.hots]}"
        assert hot.act is not None, f"{id_} does nothing now"
        self.click(hot.rect.center)

    def press_when_there(self, id_: str) -> None:
        """Click a region that the screen may still have to draw."""
        self.until(lambda: self.app.top.hot(id_) is not None)
        self.press(id_)

    # --- the map ----------------------------------------------------------------------------------------------
    def at(self, hex_: HexIndex) -> tuple[int, int]:
        x, y = self.app.top.camera.hex_centre(hex_)
        return round(x), round(y)

    def picture(self, path: Path) -> None:
        pygame.image.save(self.app.window, str(path))
