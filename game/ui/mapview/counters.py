"""Counters: one picture a formation or stack, cached by what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, pi, sin

import pygame

from game.ui import theme
from game.ui.fonts import Fonts, with_halo
from game.ui.keeping import keeping
from game.ui.mapview.canvas import Canvas, draw_pattern, draw_shape
from game.ui.mapview.geometry import Point
from game.ui.mapview.scene import Counter, Symbol
from game.ui.mapview.symbols import draw_posture, draw_symbol
from game.ui.theme import FactionStyle, Rgb, mix

TEXT_FROM = 30
"""Counters smaller than this carry no words."""
_FULL_FROM = 44
"""Counters smaller than this carry only their strength."""
_KEPT_MB = 24.0
PAD = 0.32
"""Room around a counter for its shadow, rim and badge, as a share of its size."""
_UNKNOWN = theme.faction_style("unknown", "#7C7A74", "square", "solid")


def men_text(men: int) -> str:
    """Thousands of men: '8.5', '37', '0.6'; fewer than fifty are '<0.1'."""
    if men <= 0:
        return ""
    if men < 50:
        return "<0.1"
    return f"{men / 1000:.1f}" if men < 9950 else f"{men / 1000:.0f}"


def outline(silhouette: str, x: float, y: float, s: float, r: float) -> list[Point]:
    """Outline of a counter of side `s` with corners about `r`, by its owner's silhouette (theme.SILHOUETTES)."""
    c, k = r * 1.5, s * 0.24
    cut: dict[str, list[Point]] = {
        "chamfered": [(c, 0), (s - c, 0), (s, c), (s, s - c), (s - c, s), (c, s), (0, s - c), (0, c)],
        "gabled": [(k, 0), (s - k, 0), (s, k), (s, s), (0, s), (0, k)],
        "square": [(0, 0), (s, 0), (s, s), (0, s)],
        "hexagonal": [(c, 0), (s - c, 0), (s, s * 0.5), (s - c, s), (c, s), (0, s * 0.5)],
        "notched": [(0, 0), (s * 0.5 - c, 0), (s * 0.5, c * 0.6), (s * 0.5 + c, 0), (s, 0), (s, s), (0, s)],
        "pointed": [(0, c * 0.8), (s * 0.5, 0), (s, c * 0.8), (s, s), (0, s)],
        "stepped": [(c, 0), (s - c, 0), (s - c, c), (s, c), (s, s), (0, s), (0, c), (c, c)],
        "keel": [(0, 0), (s, 0), (s, s - k), (s - k, s), (k, s), (0, s - k)],
    }
    if silhouette in cut:
        return [(x + a, y + b) for a, b in cut[silhouette]]
    r = {"pill": s * 0.30, "slab": r * 0.3}.get(silhouette, r)
    points: list[Point] = []
    for cx, cy, start in ((s - r, r, 0), (s - r, s - r, 90), (r, s - r, 180), (r, r, 270)):
        for turn in range(0, 91, 15):
            a = (start + turn) * pi / 180
            points.append((x + cx + r * sin(a), y + cy - r * cos(a)))
    return points


class CounterArt:
    """Draws and keeps counters for the factions of a view."""

    def __init__(self, factions: Sequence[FactionStyle], fonts: Fonts) -> None:
        self.factions = tuple(factions)
        self.fonts = fonts
        self._picture = keeping(_KEPT_MB)(self._draw)

    def let_go(self) -> None:
        """Forget what has been drawn."""
        self._picture.cache.clear()

    @property
    def nbytes(self) -> int:
        """Bytes of the counters that are kept."""
        return int(self._picture.cache.currsize)

    def style(self, faction: int) -> FactionStyle:
        """Look of a faction; grey for none."""
        return self.factions[faction] if 0 <= faction < len(self.factions) else _UNKNOWN

    def picture(self, counter: Counter, size: int, stack: int = 1, men: int | None = None) -> pygame.Surface:
        """Premultiplied picture of a counter `size` pixels wide, its middle the counter's middle.

        `stack` > 1 shows edges behind it and a badge; `men` replaces its own figure by the stack's.
        """
        seen = replace(
            counter,
            id=0,
            men=0 if size < TEXT_FROM else (counter.men if men is None else men),
            morale=round(max(0.0, min(1.0, counter.morale)) * 12) / 12,
            label=counter.label[:5] if size >= _FULL_FROM else "",
            echelon=counter.echelon if size >= _FULL_FROM else "",
        )
        return self._picture(seen, size, stack)

    def _draw(self, counter: Counter, size: int, stack: int) -> pygame.Surface:
        style = self.style(counter.faction)
        if counter.believed:
            style = replace(style, colour=mix(style.colour, (150, 146, 138), 0.5))
        pad = round(size * PAD)
        u = size / 50
        canvas = Canvas(size + 2 * pad, size + 2 * pad, 4)
        self._body(canvas, counter, style, pad, size, u, stack)
        if size < TEXT_FROM:
            self._plain_face(canvas, counter, style, pad, size)
        else:
            self._face(canvas, counter, style, pad, size, u)
        out = canvas.surface()
        if size >= TEXT_FROM:
            self._words(out, counter, style, pad, size, u)
            if stack > 1:
                self._badge(out, stack, pad, size, u)
        if counter.believed:
            out.fill((214, 214, 214, 214), special_flags=pygame.BLEND_RGBA_MULT)
        return out

    def _body(
        self, canvas: Canvas, counter: Counter, style: FactionStyle, at: float, s: float, u: float, stack: int
    ) -> None:
        kind, r = style.silhouette, 5 * u
        for i in range(4):
            canvas.polygon(outline(kind, at + 1.6 * u, at + 2.4 * u + i * 0.6 * u, s, r), (20, 14, 8, 60 - 8 * i))
        for i in range(min(stack - 1, 2), 0, -1):
            d = 2.6 * u * i
            canvas.polygon(outline(kind, at + d, at - d, s, r), (24, 18, 14))
            canvas.polygon(outline(kind, at + d + 0.8, at - d + 0.8, s - 1.6, r), mix(style.colour, style.dark, 0.5))
        if counter.selected:
            canvas.polygon(outline(kind, at - 4 * u, at - 4 * u, s + 8 * u, r * 1.5), (40, 30, 14))
            canvas.polygon(outline(kind, at - 3 * u, at - 3 * u, s + 6 * u, r * 1.4), (255, 246, 214))
        canvas.polygon(outline(kind, at, at, s, r), style.dark)
        inset = 1.3 * u
        inner = outline(kind, at + inset, at + inset, s - 2 * inset, r * 0.8)
        canvas.polygon(inner, style.colour)
        marks = Canvas(canvas.w, canvas.h, canvas.n)
        faint = mix(style.colour, style.light, 0.34)
        draw_pattern(
            marks, style.pattern, (at + inset, at + s * 0.64, s - 2 * inset, s * 0.36 - inset), faint, 4.2 * u, 0.75 * u
        )
        mask = Canvas(canvas.w, canvas.h, canvas.n)
        mask.polygon(inner, (255, 255, 255, 255))
        marks.big.blit(mask.big, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
        canvas.big.blit(marks.big, (0, 0))
        shine = mix(style.colour, (255, 255, 255), 0.38)
        edge = s * 0.27
        canvas.line([(at + edge, at + 1.9 * u), (at + s - edge, at + 1.9 * u)], shine, 0.9 * u)

    def _plain_face(self, canvas: Canvas, counter: Counter, style: FactionStyle, at: int, s: int) -> None:
        """Under TEXT_FROM: the symbol, and the owner's shape as large as it goes."""
        w, h = s * 0.68, s * 0.44
        symbol = Symbol.UNKNOWN if counter.symbol is Symbol.UNKNOWN else counter.symbol
        draw_symbol(canvas, symbol, at + (s - w) / 2, at + s * 0.10, w, h)
        draw_shape(canvas, style.shape, at + s / 2, at + s * 0.77, s * 0.14, style.mark)

    def _face(self, canvas: Canvas, counter: Counter, style: FactionStyle, at: int, s: int, u: float) -> None:
        full = s >= _FULL_FROM
        w, h = (25 * u, 16 * u) if full else (28 * u, 19 * u)
        top = at + (12.2 * u if full else 6.4 * u)
        ground = theme.CREAM if not counter.believed else (222, 216, 202)
        draw_symbol(canvas, counter.symbol, at + s / 2 - w / 2, top, w, h, ground)
        draw_shape(canvas, style.shape, at + (6.6 if full else 5.8) * u, top + 8.2 * u, 3.4 * u, style.mark)
        for pip in range(4):
            y = top + 12.0 * u - pip * 4.3 * u
            canvas.rect(at + s - (9.0 if full else 7.6) * u, y, 5.4 * u, 3.7 * u, style.dark, 0.8 * u)
            if pip < counter.supply_pips:
                canvas.rect(at + s - (8.3 if full else 6.9) * u, y + 0.6 * u, 4.0 * u, 2.5 * u, theme.CREAM, 0.5 * u)
        x, y = at + s / 2 - w / 2, top + h + 0.8 * u
        canvas.rect(x, y, w, 2.8 * u, style.dark, 0.8 * u)
        if counter.morale > 0.02:
            canvas.rect(
                x + 0.5 * u, y + 0.5 * u, (w - u) * counter.morale, 1.8 * u, morale_colour(counter.morale), 0.4 * u
            )
        draw_posture(canvas, counter.posture, at + s - 9 * u, at + s - 9.5 * u, u, style.light, style.dark)
        if counter.moved:
            tick = [(at - 3.6 * u, at - 1.2 * u), (at - 1.2 * u, at + 1.4 * u), (at + 3.0 * u, at - 3.8 * u)]
            canvas.circle(at - 0.4 * u, at - 1.0 * u, 6 * u, (24, 20, 16))
            canvas.line(tick, theme.GOOD, 1.7 * u)

    def _words(self, out: pygame.Surface, counter: Counter, style: FactionStyle, at: int, s: int, u: float) -> None:
        ink: Rgb = style.text
        rim = style.dark if ink[0] > 128 else mix(style.colour, (255, 248, 226), 0.55)
        small = self.fonts.exact("ui_bold", round(9 * u))
        gable = 5 * u if style.silhouette in ("gabled", "stepped", "hexagonal", "chamfered", "pill") else 0.0
        for words, right in ((counter.echelon, True), (counter.label, False)):
            if words:
                picture = small.render(words, True, ink).premul_alpha()
                margin = 4.2 * u + gable * (0.9 if style.silhouette == "gabled" else 0.35)
                x = at + s - margin - picture.get_width() if right else at + margin
                y = at + 6.9 * u - picture.get_height() / 2
                out.blit(picture, (round(x), round(y)), special_flags=pygame.BLEND_PREMULTIPLIED)
        figure = "?" if counter.believed and not counter.men else men_text(counter.men)
        if counter.believed and counter.men:
            figure = f"~{figure}"
        if figure:
            height = (15 if s >= _FULL_FROM else 18) * u * (1 if len(figure) < 4 else 0.86)
            font = self.fonts.exact("ui_bold", round(height))
            picture = with_halo(font, figure, ink, rim, 1, 0.9)
            y = at + s - 9.2 * u - picture.get_height() / 2
            out.blit(picture, (round(at + 4.0 * u), round(y)), special_flags=pygame.BLEND_PREMULTIPLIED)

    def _badge(self, out: pygame.Surface, stack: int, at: int, s: int, u: float) -> None:
        u = max(u, 0.8)
        w, h = round(21 * u), round(15 * u)
        badge = Canvas(w, h, 4)
        badge.rect(0, 0, w, h, (24, 20, 16), h / 2)
        badge.rect(1, 1, w - 2, h - 2, theme.CREAM, h / 2 - 1)
        words = (
            self.fonts.exact("ui_bold", max(9, round(11 * u))).render(f"×{stack}", True, (30, 24, 18)).premul_alpha()
        )
        x, y = at + s - 7 * u, at - 11 * u
        out.blit(badge.surface(), (round(x), round(y)), special_flags=pygame.BLEND_PREMULTIPLIED)
        out.blit(
            words,
            (round(x + (w - words.get_width()) / 2), round(y + (h - words.get_height()) / 2)),
            special_flags=pygame.BLEND_PREMULTIPLIED,
        )


def morale_colour(morale: float) -> Rgb:
    """Teal when steady, yellow when shaken, orange near breaking."""
    return theme.GOOD if morale >= 0.6 else theme.WARN if morale >= 0.35 else theme.BAD
