"""Tooltips: what a number is, its parts, and where it comes from."""

from __future__ import annotations

from functools import partial

import pygame

from game.ui import shapes
from game.ui.brush import Brush, Marks, Tip
from game.ui.fonts import Fonts
from game.ui.keeping import once
from game.ui.theme import BRASS, MUTED, TEXT, Rgb

GROUND: Rgb = (20, 24, 27)
WIDTH = 300
_PAD = 12


def _content(brush: Brush, tip: Tip) -> float:
    inner = WIDTH - 2 * _PAD
    y: float = _PAD - 2
    y += brush.para(tip.title, _PAD, y, inner, BRASS, "ui_semibold", 12) + 2
    if tip.text:
        y += brush.para(tip.text, _PAD, y, inner, TEXT, "ui", 12) + 4
    for label, value in tip.rows:
        used = brush.measure(value, "ui_semibold", 12)
        brush.text(label, _PAD, y + 9, TEXT, "ui", 12, "l", inner - used - 10)
        brush.text(value, WIDTH - _PAD, y + 9, TEXT, "ui_semibold", 12, "r")
        y += 19
    if tip.source:
        y += 4 + brush.para(tip.source, _PAD, y + 2, inner, MUTED, "ui_italic", 11)
    return y + _PAD - 4


def _painted(fonts: Fonts, tip: Tip) -> pygame.Surface:
    scratch = pygame.Surface((8, 8), pygame.SRCALPHA)
    height = _content(Brush(scratch, fonts, Marks(), "tip", WIDTH, 0), tip)
    k = fonts.scale
    surface = pygame.Surface((round(WIDTH * k), round(height * k)), pygame.SRCALPHA)
    brush = Brush(surface, fonts, Marks(), "tip", WIDTH, height)
    brush.box((0, 0, WIDTH, height), GROUND, 5, BRASS)
    _content(brush, tip)
    return surface


def draw_tip(window: pygame.Surface, fonts: Fonts, tip: Tip, beside: pygame.Rect) -> pygame.Rect:
    """Draw a tooltip beside a small rectangle (the mouse or a focused region), inside the window. Returns its place."""
    surface = once(fonts.drawn, tip, partial(_painted, fonts, tip))
    gap = round(10 * fonts.scale)
    rect = surface.get_rect(topleft=(beside.right + gap, beside.bottom + gap))
    bounds = window.get_rect().inflate(-gap, -gap)
    if rect.right > bounds.right:
        rect.right = max(bounds.left + rect.width, beside.left - gap)
    if rect.bottom > bounds.bottom:
        rect.bottom = max(bounds.top + rect.height, beside.top - gap)
    rect.clamp_ip(bounds)
    shapes.cast_shadow(window, rect, round(8 * fonts.scale))
    shapes.stamp(window, surface, rect.x, rect.y)
    return rect
