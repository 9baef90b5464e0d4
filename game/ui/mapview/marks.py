"""Small signs on hexes: contested rims, selection, battles, depots, camps, tags."""

from __future__ import annotations

import numpy as np
import pygame

from game.ui import theme
from game.ui.keeping import keeping
from game.ui.mapview.canvas import Canvas, draw_pattern, draw_shape
from game.ui.mapview.geometry import CORNERS, EDGE_CORNERS, F64, dashes
from game.ui.mapview.scene import MarkerKind
from game.ui.theme import FactionStyle, Rgb


def _hexagon(canvas: Canvas, px: int, factor: float) -> F64:
    middle = np.array([canvas.w / 2, canvas.h / 2])
    ring = np.array([*CORNERS, CORNERS[0]], np.float64) * px * factor
    placed: F64 = ring + middle
    return placed


ALL_SIDES = 0b111111


@keeping(4)
def contested_rim(px: int, sides: int = ALL_SIDES) -> pygame.Surface:
    """Dashed rim of a hex in which both sides stand; premultiplied, centred. `sides`: bit d is set for an edge towards
    a hex that is not contested, so that a region of such hexes has one rim about it.
    """
    canvas = Canvas(px * 1.2, px * 1.3, 3)
    ring = _hexagon(canvas, px, 0.95)
    thick = max(2.0, px * 0.06)
    edges = [ring[list(EDGE_CORNERS[d])] for d in range(6) if sides >> d & 1]
    for edge in edges:
        canvas.line(edge, (24, 20, 16), thick)
    for edge in edges:
        for dash in dashes(edge, (px * 0.115,), px * 0.096):
            canvas.line(dash, (232, 178, 70), thick * 0.72)
    return canvas.surface()


@keeping(2)
def hex_rim(px: int, colour: Rgb, thick: float) -> pygame.Surface:
    """Rim of a selected or hovered hex; premultiplied, centred."""
    canvas = Canvas(px * 1.25, px * 1.35, 3)
    ring = _hexagon(canvas, px, 0.985)[:-1]
    canvas.line(ring, (30, 22, 12, 255), thick + 2.0, closed=True)
    canvas.line(ring, colour, thick, closed=True)
    return canvas.surface()


def flash_ring(px: int, share: float) -> pygame.Surface:
    """The ring of a battle, `share` 0..1 of its time; premultiplied, centred."""
    canvas = Canvas(px * 1.5, px * 1.5, 2)
    c = canvas.w / 2
    radius = px * (0.26 + 0.40 * share)
    fade = round(235 * (1 - share) ** 0.7)
    canvas.circle(c, c, radius + 1.5, (60, 24, 16), max(2.5, px * 0.07))
    canvas.circle(c, c, radius, (255, 236, 196), max(1.2, px * 0.035))
    out = canvas.surface()
    out.fill((fade,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
    return out


@keeping(4)
def marker(kind: MarkerKind, px: int, style: FactionStyle | None) -> pygame.Surface:
    """A marker's sign; premultiplied, centred."""
    s = max(12.0, px * 0.34)
    canvas = Canvas(s + 4, s + 4, 4)
    c, u = canvas.w / 2, s / 16
    ground: Rgb = style.colour if style else theme.RAISED
    face: Rgb = style.light if style else theme.BRASS
    if kind is MarkerKind.WARNING:
        canvas.polygon([(c, c - 8 * u), (c + 8.6 * u, c + 7 * u), (c - 8.6 * u, c + 7 * u)], (30, 22, 12))
        canvas.polygon([(c, c - 5.6 * u), (c + 6.4 * u, c + 5.7 * u), (c - 6.4 * u, c + 5.7 * u)], theme.WARN)
        canvas.line([(c, c - 2 * u), (c, c + 2 * u)], (30, 22, 12), 1.8 * u)
        canvas.circle(c, c + 4.1 * u, 1.0 * u, (30, 22, 12))
        return canvas.surface()
    canvas.circle(c, c, 8 * u, (24, 20, 16))
    canvas.circle(c, c, 7 * u, ground)
    if kind is MarkerKind.DEPOT:
        canvas.polygon([(c, c - 4.6 * u), (c + 4.6 * u, c - 1 * u), (c - 4.6 * u, c - 1 * u)], face)
        canvas.rect(c - 3.6 * u, c - 1 * u, 7.2 * u, 4.6 * u, face)
    elif kind is MarkerKind.CAMP:
        canvas.polygon([(c, c - 4.4 * u), (c + 4.6 * u, c + 3.2 * u), (c - 4.6 * u, c + 3.2 * u)], face)
        canvas.polygon([(c, c - 0.6 * u), (c + 1.4 * u, c + 3.2 * u), (c - 1.4 * u, c + 3.2 * u)], ground)
    elif kind is MarkerKind.AIRFIELD:
        canvas.line([(c, c - 4.4 * u), (c, c + 4 * u)], face, 1.8 * u)
        canvas.line([(c - 4.4 * u, c + 0.6 * u), (c, c - 1.4 * u), (c + 4.4 * u, c + 0.6 * u)], face, 1.6 * u)
    elif kind is MarkerKind.OBJECTIVE:
        canvas.line([(c - 2.4 * u, c + 4.6 * u), (c - 2.4 * u, c - 4.8 * u)], face, 1.3 * u)
        canvas.polygon([(c - 2.4 * u, c - 4.8 * u), (c + 4.4 * u, c - 2.6 * u), (c - 2.4 * u, c - 0.2 * u)], face)
    else:
        canvas.line([(c - 3.6 * u, c - 3.6 * u), (c + 3.6 * u, c + 3.6 * u)], face, 1.6 * u)
        canvas.line([(c - 3.6 * u, c + 3.6 * u), (c + 3.6 * u, c - 3.6 * u)], face, 1.6 * u)
    return canvas.surface()


@keeping(2)
def unit_fan(width: int, height: int) -> pygame.Surface:
    """The tray under an opened stack; premultiplied."""
    canvas = Canvas(width, height, 3)
    canvas.rect(0, 0, width, height, (22, 20, 18, 225), 10)
    canvas.rect(1, 1, width - 2, height - 2, (70, 66, 58, 120), 9)
    canvas.rect(2, 2, width - 4, height - 4, (30, 28, 26, 225), 8)
    return canvas.surface()


def legend_swatch(colour: Rgb, pattern: str, w: int, h: int) -> pygame.Surface:
    """A chip of an overlay's legend, as the class looks on rice land; premultiplied."""
    canvas = Canvas(w, h, 4)
    canvas.rect(0, 0, w, h, theme.mix(colour, theme.INK, 0.45), 3)
    canvas.rect(1, 1, w - 2, h - 2, colour, 2)
    draw_pattern(canvas, pattern, (1, 1, w - 2, h - 2), theme.mix(colour, theme.INK, 0.45), 5, 0.8)
    return canvas.surface()


def faction_chip(style: FactionStyle, w: int, h: int) -> pygame.Surface:
    """A faction's chip with its colour, pattern and shape, for lists and legends; premultiplied."""
    canvas = Canvas(w, h, 4)
    canvas.rect(0, 0, w, h, style.dark, 3)
    canvas.rect(1, 1, w - 2, h - 2, style.colour, 2)
    draw_pattern(canvas, style.pattern, (1, 1, w - 2, h - 2), theme.mix(style.colour, style.light, 0.4), 5, 0.8)
    canvas.circle(w / 2, h / 2, h * 0.36, style.dark)
    draw_shape(canvas, style.shape, w / 2, h / 2, h * 0.22, style.light)
    return canvas.surface()
