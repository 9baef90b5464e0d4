"""Short words over the map: why something cannot be done, what was done, and that the others are thinking."""

from __future__ import annotations

import pygame

from game.ui import shapes
from game.ui.brush import Brush, Marks
from game.ui.fonts import Fonts
from game.ui.play.layout import Insets
from game.ui.theme import BAD, BRASS, TEXT
from game.ui.tooltip import GROUND

_MOST = 320.0


def draw_notice(
    window: pygame.Surface, fonts: Fonts, words: str, at: tuple[int, int], warning: bool = True
) -> pygame.Rect:
    """A label beside a point: a sign, and why something cannot be done or what was done. Returns where it stands."""
    colour, sign = (BAD, "warn") if warning else (BRASS, "flag")
    k = fonts.scale
    scratch = Brush(window, fonts, Marks(), "notice", 0, 0)
    sentence = words[:1].upper() + words[1:]
    width = min(_MOST, scratch.measure(sentence, "ui_medium", 13) + 52)
    height = scratch.para_height(sentence, width - 50, "ui_medium", 13) + 16
    surface = pygame.Surface((round(width * k), round(height * k)), pygame.SRCALPHA)
    brush = Brush(surface, fonts, Marks(), "notice", width, height)
    brush.box((0, 0, width, height), GROUND, 5, colour)
    brush.icon(sign, 20, height / 2, colour, 22)
    brush.para(sentence, 38, 8, width - 50, TEXT, "ui_medium", 13)
    rect = surface.get_rect(topleft=(at[0] + round(18 * k), at[1] + round(18 * k)))
    rect.clamp_ip(window.get_rect().inflate(-8, -8))
    shapes.cast_shadow(window, rect, round(8 * k))
    shapes.stamp(window, surface, rect.x, rect.y)
    return rect


def draw_banner(window: pygame.Surface, fonts: Fonts, words: str, insets: Insets) -> None:
    """A strip under the top bar, in the middle of the free map, with dots that walk."""
    k = fonts.scale
    dots = pygame.time.get_ticks() // 350 % 4
    scratch = Brush(window, fonts, Marks(), "banner", 0, 0)
    width = scratch.measure(words, "ui_semibold", 14) + 74
    surface = pygame.Surface((round(width * k), round(36 * k)), pygame.SRCALPHA)
    brush = Brush(surface, fonts, Marks(), "banner", width, 36)
    brush.box((0, 0, width, 36), GROUND, 6, BRASS)
    used = brush.text(words, 20, 18, TEXT, "ui_semibold", 14)
    for n in range(3):
        brush.box((28 + used + n * 10, 16, 5, 5), BRASS if n < dots else (70, 66, 54), 2)
    free = window.get_width() - (insets.left + insets.right) * k
    x = round(insets.left * k + free / 2 - surface.get_width() / 2)
    shapes.stamp(window, surface, x, round((insets.top + 12) * k))
