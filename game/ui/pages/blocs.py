"""Who stands with whom, as a picture: factions in a ring, lines where relations are strong."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from itertools import pairwise
from math import cos, hypot, pi, sin

import pygame

from game.core.ids import FactionId, Stance
from game.ui.actors import name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.matrix import relation_words
from game.ui.pane import Pane
from game.ui.theme import BAD, BRASS, GOOD, HOVER, PANEL, TEXT, WINDOW, Rgb

STRONG = 50.0
"""Least relation, good or bad, that is drawn."""
_LEAST = 150.0
"""Least height at which the picture can be read."""
_PARTS, _FINE = 18, 360


class BlocsPane:
    """A click on a faction compares the side with it."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("blocs", self._body, lambda: ("Blocs", f"lines: relation of {STRONG:.0f} or more, or war"))

    def _body(self, brush: Brush) -> float:
        h, w = self.pane.view_height, brush.width
        shown = self.council.actors()
        if h < _LEAST or len(shown) < 3:
            return 30.0
        spots = self._spots(shown, w, h)
        for n, a in enumerate(shown):
            for b in shown[:n]:
                self._line(brush, a, b, spots, (w / 2, h / 2))
        for k in shown:
            self._node(brush, k, spots[k])
        return h

    def _spots(self, shown: list[FactionId], w: float, h: float) -> dict[FactionId, tuple[float, float]]:
        """Places along an ellipse, equally far apart; friends stand side by side."""
        relation = self.council.view.tables.relation
        order, left = [shown[0]], list(shown[1:])
        while left:
            last = order[-1]
            following = max(left, key=lambda k: (float(relation[last, k]), -k))
            order.append(following)
            left.remove(following)
        rx, ry = w / 2 - 74, h / 2 - 40
        ring = [(rx * cos(a), ry * sin(a)) for a in (-pi / 2 + 2 * pi * n / _FINE for n in range(_FINE + 1))]
        along = [0.0]
        for (x0, y0), (x1, y1) in pairwise(ring):
            along.append(along[-1] + hypot(x1 - x0, y1 - y0))
        places = [ring[bisect_left(along, along[-1] * n / len(order))] for n in range(len(order))]
        return {k: (w / 2 + x, h / 2 - 6 + y) for k, (x, y) in zip(order, places, strict=True)}

    def _line(
        self,
        brush: Brush,
        a: FactionId,
        b: FactionId,
        spots: dict[FactionId, tuple[float, float]],
        middle: tuple[float, float],
    ) -> None:
        view = self.council.view
        value = float(view.tables.relation[a, b])
        war = int(view.tables.stance[a, b]) == Stance.WAR
        if abs(value) < STRONG and not war:
            return
        (x0, y0), (x2, y2) = spots[a], spots[b]
        x1, y1 = ((x0 + x2) / 2 * 0.55 + middle[0] * 0.45, (y0 + y2) / 2 * 0.55 + middle[1] * 0.45)
        points = []
        for n in range(_PARTS + 1):
            t = n / _PARTS
            u = 1 - t
            points.append((u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2))
        colour: Rgb = BAD if value < 0 or war else GOOD
        width = 3 if war or abs(value) >= 80 else 2
        pixels = [(brush.left + x * brush.fonts.scale, brush.top + y * brush.fonts.scale) for x, y in points]
        if colour is GOOD:
            pygame.draw.lines(brush.surface, colour, False, pixels, max(width, brush.px(width)))
            return
        for n in range(0, _PARTS, 2):
            pygame.draw.line(brush.surface, colour, pixels[n], pixels[n + 1], max(width, brush.px(width)))

    def _node(self, brush: Brush, k: FactionId, spot: tuple[float, float]) -> None:
        c, view = self.council, self.council.view
        x, y = spot
        name = short_now(view, k)
        chosen = k in (c.who, c.other)
        wide = brush.measure(name, "ui_medium", 12)
        brush.box((x - 22, y - 14, 44, 28), HOVER if chosen else PANEL, 6, BRASS if chosen else None)
        brush.chip(style_now(view, k), x - 17, y, 34)
        brush.box((x - wide / 2 - 4, y + 15, wide + 8, 17), WINDOW, 4)
        brush.text(name, x, y + 23, TEXT, "ui_medium", 12, "c")
        key = f"node{k}"
        rows: tuple[tuple[str, str], ...] = ()
        if k != c.who:
            rows = ((f"With {short_now(view, c.who)}", relation_words(float(view.tables.relation[c.who, k]))),)
        brush.hot(key, (x - 24, y - 16, 48, 48), partial(c.compare, k), Tip(name_now(view, k), "", rows), None, False)
