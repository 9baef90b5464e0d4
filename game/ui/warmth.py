"""How far the rules are compiled, and the line at the window's edge that says so until they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pygame

from game.core import compiling
from game.core.compiling import Progress
from game.ui.fonts import Fonts
from game.ui.theme import BRASS, MUTED, PANEL
from game.ui.work import Task, between_frames

WarmUp: TypeAlias = Callable[[Progress], object]
"""Compiles the rules, and tells how far it is."""
UNCOMPILED = "The rules run uncompiled: slower, same results"


class Warmth:
    """The rules that are made ready in the background from now on. Games are played meanwhile, only slower."""

    def __init__(self, warm_up: WarmUp | None = None) -> None:
        """`warm_up`: None if there is nothing to compile."""
        self._told = ("", 0.0)
        self._shown = ""
        self._task = None if warm_up is None else Task(lambda: warm_up(self._tell), "warm-up")

    def _tell(self, what: str, share: float) -> None:
        between_frames()
        self._told = what, share

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return 1.0 if self.done else self._told[1]

    @property
    def done(self) -> bool:
        """Whether nothing more is compiled."""
        return self._task is None or self._task.done

    @property
    def trouble(self) -> str:
        """Why the rules could not be compiled; empty if they were, or are being."""
        failed = self._task is not None and self._task.done and self._task.error is not None
        return compiling.trouble() or (str(self._task.error) if failed and self._task is not None else "")

    @property
    def words(self) -> str:
        """What is being done; empty once it is."""
        what, share = self._told
        if self.done or not (what or compiling.is_wanted()):
            return ""
        return f"Compiling the rules, once on this machine: {share:.0%}. Turns are slower until then."

    def changed(self) -> bool:
        """Whether the line says something else than when this was last asked."""
        before, self._shown = self._shown, self.words
        return before != self._shown

    def room(self, whole: pygame.Surface, fonts: Fonts) -> pygame.Surface:
        """The part of the window that is left to the screens: the line covers nothing of them."""
        if not self._shown:
            return whole
        width, height = whole.get_size()
        return whole.subsurface((0, 0, width, max(1, height - self._high(fonts))))

    def draw(self, whole: pygame.Surface, fonts: Fonts) -> None:
        """The line, below the screens; nothing once all is done."""
        if not self._shown:
            return
        width, height = whole.get_size()
        strip = pygame.Rect(0, height - self._high(fonts), width, self._high(fonts))
        bar = max(2, round(2 * fonts.scale))
        words = fonts.text(self._shown, "ui", 12, MUTED)
        whole.fill(PANEL, strip)
        whole.fill(BRASS, (0, strip.y, round(width * self.share), bar))
        whole.blit(words, (max(0, (width - words.get_width()) // 2), strip.bottom - words.get_height() - bar))

    @staticmethod
    def _high(fonts: Fonts) -> int:
        """How much of the window the line takes, in pixels."""
        return round(24 * fonts.scale)
