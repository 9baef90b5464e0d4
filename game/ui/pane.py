"""A panel of the window: a title, a body that scrolls if it must, and a foot; painted again only when changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame

from game.ui import shapes
from game.ui.brush import Box, Brush, Hot, Marks
from game.ui.fonts import Fonts
from game.ui.theme import BRASS, HOVER, LINE, MUTED, PANEL, PAPER, PROVINCE, RAISED, WINDOW

HEAD = 32
"""Height of a title bar."""
_TITLE = 0.6
"""Share of a title bar that the title has before the note at the right is cut."""
_BAR = 6
"""Width of a scroll bar."""

PaintBody = Callable[[Brush], float]
PaintFoot = Callable[[Brush], None]


class Pane:
    """One panel. `body` paints and returns the height of what it painted, in units at scale 1."""

    def __init__(
        self,
        name: str,
        body: PaintBody,
        title: Callable[[], tuple[str, str]] | None = None,
        foot: PaintFoot | None = None,
        foot_height: float = 0,
        kind: str = "panel",
        still: bool = False,
        in_the_way: bool = True,
    ) -> None:
        """`kind`: panel (dark, framed), card (paper, framed), plain (window ground, no frame). `still`: it looks the
        same wherever the mouse is, and the screen frames the region under it: for panels that take long to paint.
        `in_the_way`: the mouse is over it and not over what it covers; else it only tells, and clicks go through.
        """
        self.name, self._body, self._title, self._foot = name, body, title, foot
        self.foot_height = foot_height
        self.kind, self.still, self.in_the_way = kind, still, in_the_way
        self.has_title = title is not None
        self.box: Box = (0, 0, 0, 0)
        self.shown = True
        self.scroll = 0.0
        self.content = 0.0
        self.hots: list[Hot] = []
        self._surface: pygame.Surface | None = None
        self._solid: pygame.Surface | None = None
        self._painted_for: object = None
        self._painted_at = (0, 0)

    @property
    def head_height(self) -> float:
        return HEAD if self.has_title else 0

    @property
    def view_height(self) -> float:
        """Height of the body's window."""
        return max(0.0, self.box[3] - self.head_height - self.foot_height)

    @property
    def natural(self) -> float:
        """Height at which nothing needs to scroll; known after the first painting."""
        return self.content + self.head_height + self.foot_height

    def place(self, box: Box) -> None:
        """Give the panel its box, units at scale 1."""
        if box[2:] != self.box[2:]:
            self.touch()
        self.box = box

    def needed(self, fonts: Fonts, marks: Marks, box: Box) -> float:
        """Height that it would need in a box: it is painted there to find out, and stays scrolled as it was."""
        kept = self.scroll
        self.place(box)
        self.refresh(fonts, marks)
        if self.scroll != kept:
            self.scroll = kept
            self.touch()
        return self.natural

    def fit(self, fonts: Fonts, marks: Marks, width: float, within: tuple[float, float], rise: float = 0.4) -> None:
        """Stand in the middle of a window of the size `within`, as high as the body needs; `rise`: share of the free
        height that is left above.
        """
        w, most = min(width, within[0] - 24), within[1] - 24
        self.touch()
        h = min(most, self.needed(fonts, marks, (0, 0, w, most)))
        self.place(((within[0] - w) / 2, (within[1] - h) * rise, w, h))

    def touch(self) -> None:
        """Have it painted again."""
        self._painted_for = None

    @property
    def stale(self) -> bool:
        """Whether it is shown and has to be painted again."""
        return self.shown and self._painted_for is None

    def let_go(self) -> None:
        """Give back the pictures, until it is painted again."""
        self._surface = self._solid = None
        self.touch()

    def rect(self, scale: float) -> pygame.Rect:
        """The panel in window pixels."""
        x, y, w, h = self.box
        x0, y0 = round(x * scale), round(y * scale)
        return pygame.Rect(x0, y0, round((x + w) * scale) - x0, round((y + h) * scale) - y0)

    def scroll_by(self, units: float) -> bool:
        """Scroll the body; False if there is nothing to scroll."""
        limit = max(0.0, self.content - self.view_height)
        target = min(limit, max(0.0, self.scroll + units))
        if target != self.scroll:
            self.scroll = target
            self.touch()
        return limit > 0

    def reveal(self, hot: Hot) -> None:
        """Scroll so that a region of the body is in sight."""
        if not hot.id.startswith(f"{self.name}.foot."):
            if hot.top < self.scroll:
                self.scroll_by(hot.top - 8 - self.scroll)
            elif hot.bottom > self.scroll + self.view_height:
                self.scroll_by(hot.bottom + 8 - self.scroll - self.view_height)

    def refresh(self, fonts: Fonts, marks: Marks) -> None:
        """Paint if something has changed."""
        pointed = "" if self.still else marks.hover
        mine = tuple(m if m.startswith(self.name + ".") else "" for m in (pointed, marks.focus))
        rect = self.rect(fonts.scale)
        wanted = (mine, fonts.scale, rect.size)
        if wanted == self._painted_for and rect.topleft != self._painted_at:
            self._move(rect)
        if wanted != self._painted_for and self.shown:
            self._painted_for = wanted
            before = self.content
            self._paint(fonts, marks)
            if self.scroll > max(0.0, self.content - self.view_height):
                self.scroll = max(0.0, self.content - self.view_height)
                self._paint(fonts, marks)
            elif before != self.content and (before > self.view_height) != (self.content > self.view_height):
                self._paint(fonts, marks)

    def _move(self, rect: pygame.Rect) -> None:
        """The panel stands elsewhere and looks the same: only its regions move."""
        by = rect.x - self._painted_at[0], rect.y - self._painted_at[1]
        self._painted_at = rect.topleft
        self.hots = [replace(hot, rect=hot.rect.move(by)) for hot in self.hots]

    def draw(self, window: pygame.Surface, fonts: Fonts, marks: Marks) -> None:
        if not self.shown:
            return
        self.refresh(fonts, marks)
        rect = self.rect(fonts.scale)
        if self.kind != "plain":
            spread = round((14 if self.kind == "card" else 10) * fonts.scale)
            shapes.cast_shadow(window, rect, spread, 130 if self.kind == "card" else 110)
        if self._surface is not None and self._solid is not None:
            self._show(window, self._surface, self._solid, rect, round(shapes.CORNER * fonts.scale))

    def _show(
        self, window: pygame.Surface, surface: pygame.Surface, solid: pygame.Surface, rect: pygame.Rect, corner: int
    ) -> None:
        """Blit the panel: blended where its corners are round, the rest solid, which costs a fraction."""
        corner = 0 if self.kind == "plain" else min(corner, rect.height // 2)
        w, h = rect.size
        window.blit(solid, (rect.x, rect.y + corner), (0, corner, w, h - 2 * corner))
        for top in (0, h - corner) if corner else ():
            area = (0, top, w, corner)
            window.blit(surface, (rect.x, rect.y + top), area, special_flags=pygame.BLEND_PREMULTIPLIED)

    def _paint(self, fonts: Fonts, marks: Marks) -> None:
        rect = self.rect(fonts.scale)
        if rect.width < 2 or rect.height < 2:
            self._surface, self._solid, self.hots = None, None, []
            return
        self._painted_at = rect.topleft
        surface = pygame.Surface(rect.size, pygame.SRCALPHA)
        _, _, w, h = self.box
        whole = Brush(surface, fonts, marks, self.name, w, h, 0, 0, rect.topleft)
        self._frame(whole, w, h)
        top = round(self.head_height * fonts.scale)
        clip = pygame.Rect(0, top, rect.width, round(self.view_height * fonts.scale))
        surface.set_clip(clip)
        scrolls = self.content > self.view_height + 0.5
        body = Brush(
            surface,
            fonts,
            marks,
            self.name,
            w - (_BAR + 4 if scrolls else 0),
            self.view_height,
            0,
            top - round(self.scroll * fonts.scale),
            rect.topleft,
            clip,
        )
        self.content = self._body(body)
        surface.set_clip(None)
        self.hots = [hot for hot in body.hots if hot.rect.width > 0 or hot.focusable]
        if scrolls:
            self._scroll_bar(whole, w)
        if self._foot is not None:
            foot_top = rect.height - round(self.foot_height * fonts.scale)
            foot = Brush(surface, fonts, marks, f"{self.name}.foot", w, self.foot_height, 0, foot_top, rect.topleft)
            self._foot(foot)
            self.hots += foot.hots
        self._surface, self._solid = surface, surface.convert()

    def _frame(self, brush: Brush, w: float, h: float) -> None:
        if self.kind == "card":
            brush.box((0, 0, w, h), PAPER, 7, PROVINCE)
        elif self.kind == "panel":
            brush.box((0, 0, w, h), PANEL, 6, LINE)
        else:
            brush.surface.fill(WINDOW)
        if self._title is not None and self.has_title:
            title, right = self._title()
            brush.box((1, 1, w - 2, HEAD - 2), RAISED, 5)
            brush.box((1, HEAD / 2, w - 2, HEAD / 2 - 1), RAISED)
            brush.rule(1, HEAD - 1, w - 2, BRASS)
            room = w - 36 - (brush.measure(right, "ui", 11) if right else 0)
            room = max(room, min(w - 36, (w - 36) * _TITLE))
            used = brush.text(title.upper(), 12, HEAD / 2, BRASS, "ui_semibold", 12, "l", room)
            if right:
                brush.text(right, w - 12, HEAD / 2, MUTED, "ui", 11, "r", w - 36 - used)

    def _scroll_bar(self, brush: Brush, w: float) -> None:
        room = self.view_height - 8
        length = max(24.0, room * self.view_height / self.content)
        span = max(1.0, self.content - self.view_height)
        at = self.head_height + 4 + (room - length) * self.scroll / span
        brush.box((w - _BAR - 3, self.head_height + 4, _BAR, room), WINDOW, 3)
        brush.box((w - _BAR - 3, at, _BAR, length), LINE if self.kind == "card" else HOVER, 3, LINE)
