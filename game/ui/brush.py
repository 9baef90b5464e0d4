"""How panels are painted: in units at scale 1, so that no panel knows the size of a pixel.

A brush draws on one panel's surface and notes the regions that can be pointed at or focused (`Hot`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import pygame

from game.ui import shapes
from game.ui.actions import Action
from game.ui.fonts import Fonts
from game.ui.theme import BRASS, DIM, HOVER, LINE, MUTED, PANEL, RAISED, TEXT, WINDOW, FactionStyle, Rgb, mix

Box: TypeAlias = tuple[float, float, float, float]
"""x, y, width, height at scale 1."""
Act: TypeAlias = Callable[[], "Action | None"]
Drag: TypeAlias = Callable[[float], "Action | None"]
"""Is told where along a region it was let go, 0..1."""

KEYCAP_INK: Rgb = (250, 240, 210)
BUTTON_INK: Rgb = (30, 24, 10)


@dataclass(frozen=True)
class Tip:
    """What a tooltip says: what it is, its parts, where it comes from."""

    title: str
    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Hot:
    """A region of the window that answers the mouse or the keyboard."""

    id: str
    rect: pygame.Rect
    """In window pixels, cut to what is visible."""
    top: float
    """Upper edge within the panel's body, scale 1, for scrolling it into sight."""
    bottom: float
    act: Act | None = None
    tip: Tip | None = None
    focusable: bool = False
    alternative: Act | None = None
    """What the right button does."""
    drag: Drag | None = None
    """What letting go of it does, where it can be held and drawn along."""

    def share(self, x: int) -> float:
        """Where a point of the window is along the region, 0 at its left edge and 1 at its right."""
        return min(1.0, max(0.0, (x - self.rect.left) / max(1, self.rect.width)))


@dataclass
class Marks:
    """Which region the mouse is over and which one has the keyboard."""

    hover: str = ""
    focus: str = ""
    pressed: str = ""
    share: float = 0.0
    """How far the pressed region is drawn along, 0..1, if it can be."""


@dataclass
class Brush:
    """Paints on `surface`; (0, 0) of the brush is at pixel (left, top) of the surface."""

    surface: pygame.Surface
    fonts: Fonts
    marks: Marks
    name: str
    """Prefix of the ids of all regions."""
    width: float
    height: float
    left: int = 0
    top: int = 0
    window_at: tuple[int, int] = (0, 0)
    """Where the surface's corner is in the window."""
    clip: pygame.Rect | None = None
    """Part of the surface in which regions count; all of it if none."""
    hots: list[Hot] = field(default_factory=list)

    def px(self, size: float) -> int:
        return round(size * self.fonts.scale)

    def rect(self, box: Box) -> pygame.Rect:
        """The box in pixels of the surface, edges rounded so that neighbours meet."""
        k, (x, y, w, h) = self.fonts.scale, box
        x0, y0 = round(x * k), round(y * k)
        return pygame.Rect(self.left + x0, self.top + y0, round((x + w) * k) - x0, round((y + h) * k) - y0)

    # --- marks ------------------------------------------------------------------------------------------------
    def box(self, box: Box, fill: Rgb, radius: float = 0, line: Rgb | None = None, width: float = 1) -> None:
        shapes.soft_box(self.surface, self.rect(box), fill, self.px(radius), line, max(1, self.px(width)))

    def rule(self, x: float, y: float, width: float, colour: Rgb = LINE) -> None:
        """A thin horizontal line."""
        r = self.rect((x, y, width, 1))
        self.surface.fill(colour, (r.x, r.y, r.width, max(1, self.px(1))))

    def text(
        self,
        words: str,
        x: float,
        y: float,
        colour: Rgb = TEXT,
        face: str = "ui",
        size: float = 13,
        anchor: str = "l",
        room: float = 0,
    ) -> float:
        """Words centred on height `y`, anchored l(eft), c(entre) or r(ight) at `x`; cut with '…' to `room` units.

        Returns the width used, in units.
        """
        if room:
            words = self.fonts.shortened(words, face, size, self.px(room))
        drawing = self.fonts.text(words, face, size, colour)
        w, h = drawing.get_size()
        px = self.left + self.px(x) - {"l": 0, "c": w // 2, "r": w}[anchor]
        self.surface.blit(drawing, (px, self.top + self.px(y) - h // 2))
        return w / self.fonts.scale

    def measure(self, words: str, face: str = "ui", size: float = 13) -> float:
        """Width of the words in units."""
        return self.fonts.width(words, face, size) / self.fonts.scale

    def para(
        self,
        words: str,
        x: float,
        y: float,
        width: float,
        colour: Rgb = TEXT,
        face: str = "ui",
        size: float = 13,
        leading: float = 1.4,
    ) -> float:
        """Wrapped text whose upper edge is at `y`. Returns its height."""
        step = size * leading
        for k, line in enumerate(self.fonts.wrapped(words, face, size, self.px(width))):
            if line:
                self.text(line, x, y + (k + 0.5) * step, colour, face, size)
        return len(self.fonts.wrapped(words, face, size, self.px(width))) * step

    def para_height(self, words: str, width: float, face: str = "ui", size: float = 13, leading: float = 1.4) -> float:
        return len(self.fonts.wrapped(words, face, size, self.px(width))) * size * leading

    def icon(self, name: str, x: float, y: float, colour: Rgb = MUTED, size: float = 22) -> None:
        """A sign of shapes.ICONS centred on (x, y)."""
        drawing = shapes.icon(name, self.px(size), colour)
        self.stamp(drawing, x, y)

    def stamp(self, drawing: pygame.Surface, x: float, y: float) -> None:
        """A premultiplied drawing centred on (x, y)."""
        w, h = drawing.get_size()
        shapes.stamp(self.surface, drawing, self.left + self.px(x) - w // 2, self.top + self.px(y) - h // 2)

    def chip(self, style: FactionStyle, x: float, y: float, width: float = 30) -> None:
        """A faction's little flag, left edge at x, centred on height y."""
        self.stamp(shapes.faction_chip(style, self.px(width)), x + width / 2, y)

    def hatch(self, box: Box, colour: Rgb) -> None:
        """A box of slanting lines, like the fog of the map."""
        r = self.rect(box)
        before = self.surface.get_clip()
        self.surface.set_clip(r.clip(before))
        for x in range(r.left - r.height, r.right, max(3, self.px(5))):
            pygame.draw.line(self.surface, colour, (x, r.bottom), (x + r.height, r.top), max(1, self.px(1)))
        self.surface.set_clip(before)

    def bar(self, box: Box, share: float, colour: Rgb, ground: Rgb = (20, 24, 27)) -> None:
        """A bar filled to `share` (0..1)."""
        x, y, w, h = box
        self.box(box, ground, h / 2)
        if share > 0:
            self.box((x, y, max(h, w * min(1.0, share)), h), colour, h / 2)

    def blocks(self, right: float, y: float, filled: int, colour: Rgb = BRASS) -> None:
        """Confidence as 0..4 blocks that end at `right`."""
        for k in range(4):
            self.box((right - 30 + k * 8, y - 4, 6, 8), colour if k < filled else HOVER)

    def heading(self, words: str, x: float, y: float, right: str = "", width: float = 0) -> None:
        """A small brass heading, with a muted note at the right end of `width`."""
        self.text(words.upper(), x, y, BRASS, "ui_semibold", 12)
        if right:
            self.text(right, x + width, y, MUTED, "ui", 11, "r")

    # --- regions ----------------------------------------------------------------------------------------------
    def hot(
        self,
        key: str,
        box: Box,
        act: Act | None = None,
        tip: Tip | None = None,
        alternative: Act | None = None,
        focusable: bool = True,
        drag: Drag | None = None,
    ) -> str:
        """Make a region answer; it can be focused if it does something, unless the keyboard has another way there.
        Returns its full id.
        """
        id_ = f"{self.name}.{key}"
        rect = self.rect(box)
        if self.clip is not None:
            rect = rect.clip(self.clip)
        rect = rect.move(self.window_at)
        self.hots.append(
            Hot(id_, rect, box[1], box[1] + box[3], act, tip, focusable and act is not None, alternative, drag)
        )
        return id_

    def drawn_to(self, key: str) -> float | None:
        """How far a region is drawn along just now, 0..1; None if it is not held."""
        return self.marks.share if self.marks.pressed == f"{self.name}.{key}" else None

    def is_hover(self, key: str) -> bool:
        return self.marks.hover == f"{self.name}.{key}"

    def is_focus(self, key: str) -> bool:
        return self.marks.focus == f"{self.name}.{key}"

    def ring(self, key: str, box: Box, radius: float = 5) -> None:
        """The sign of the keyboard's focus, if it is here."""
        if self.is_focus(key):
            r = self.rect(box).inflate(self.px(2), self.px(2))
            pygame.draw.rect(self.surface, KEYCAP_INK, r, max(2, self.px(2)), border_radius=self.px(radius + 1))

    def button(
        self,
        key: str,
        box: Box,
        label: str,
        act: Act | None,
        cap: str = "",
        kind: str = "normal",
        tip: Tip | None = None,
        size: float = 13,
    ) -> None:
        """A button; `cap` is the key shown on it, kind is normal | primary | quiet | on; no act means disabled."""
        x, y, w, h = box
        fill = {"normal": HOVER, "primary": BRASS, "quiet": RAISED, "on": mix(HOVER, BRASS, 0.35)}[kind]
        ink = BUTTON_INK if kind == "primary" else TEXT
        if act is None:
            fill, ink = RAISED, mix(DIM, RAISED, 0.25)
        elif self.is_hover(key):
            fill = mix(fill, (255, 255, 255), 0.10)
        self.box(box, fill, 5, mix(fill, (255, 255, 255), 0.18))
        cap_width = self.measure(cap, "ui_medium", 11) + 10 if cap else 0
        room = w - 8 - (cap_width + 8 if cap else 0)
        while size > 11 and self.measure(label, "ui_semibold", size) > room:
            size -= 1
        fits = self.measure(label, "ui_semibold", size) + 2 * cap_width + 26 <= w
        middle = x + w / 2 if fits else x + 4 + room / 2
        self.text(label, middle, y + h / 2, ink, "ui_semibold", size, "c", room)
        if cap:
            self.keycap(cap, x + w - 5 - cap_width, y + h / 2, fill)
        self.hot(key, box, act, tip)
        self.ring(key, box)

    def keycap(self, cap: str, x: float, y: float, ground: Rgb = PANEL) -> float:
        """A little key with its left edge at x. Returns its width."""
        width = self.measure(cap, "ui_medium", 11) + 10
        self.box((x, y - 9, width, 18), mix(ground, (0, 0, 0), 0.35), 3)
        self.text(cap, x + width / 2, y, KEYCAP_INK, "ui_medium", 11, "c")
        return width

    def row(self, key: str, box: Box, act: Act | None, chosen: bool = False, tip: Tip | None = None) -> None:
        """The ground of a list row: raised, lighter under the mouse, with a brass edge when chosen."""
        x, y, _, h = box
        fill = HOVER if chosen or self.is_hover(key) else RAISED
        self.box(box, fill, 4)
        if chosen:
            self.box((x, y, 3, h), BRASS)
        self.hot(key, box, act, tip)
        self.ring(key, box, 4)

    def check(self, key: str, x: float, y: float, label: str, on: bool, act: Act | None, room: float) -> None:
        """A box to tick, its label wrapped to `room`; centred on height y of its first line."""
        side = 20
        self.box((x, y - side / 2, side, side), BRASS if on else WINDOW, 4, None if on else LINE)
        if on:
            self.icon("tick", x + side / 2, y, BUTTON_INK, 20)
        height = self.para(label, x + side + 10, y - 9, room - side - 10)
        self.hot(key, (x, y - 11, room, max(22, height + 4)), act)
        self.ring(key, (x - 3, y - 13, room + 4, max(26, height + 6)), 4)

    def pair(
        self, key: str, y: float, label: str, value: str, colour: Rgb = TEXT, tip: Tip | None = None, right: float = 0
    ) -> None:
        """A line 'label ....... value' across the panel; the tip is on the whole line."""
        right = right or self.width - 12
        label_width = self.text(label, 12, y, MUTED, "ui", 13)
        self.text(value, right, y, colour, "ui_medium", 13, "r", max(30, right - 22 - label_width))
        if tip is not None:
            self.hot(key, (8, y - 11, self.width - 16, 22), None, tip)
