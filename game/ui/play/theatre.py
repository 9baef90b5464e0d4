"""The little map of the whole theatre, with switches for overlays and fog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.ui.actions import Action
from game.ui.brush import Box, Brush, Tip
from game.ui.keys import KeyMap
from game.ui.mapview import Camera, MapScene, MapView, Minimap
from game.ui.pane import HEAD, Pane
from game.ui.play.desk import Desk

SWITCHES = (
    ("control", "Control"), ("supply", "Supply"), ("support", "Support"), ("people", "People"),
    ("mines", "Mines"), ("season", "Season"), ("reach", "Reach"), ("fog", "Fog"),
)  # fmt: skip
_ROW, _FOUR = 29.0, 4
"""Height of a row of switches, and how many stand in one."""
_ASIDE = 132.0
"""Width of the switches where they stand beside the little map."""


class TheatrePane:
    """Left panel: click to jump."""

    def __init__(self, desk: Desk, keys: KeyMap, command: Callable[[str], Action | None]) -> None:
        self.desk, self.keys, self.command = desk, keys, command
        self.minimap: Minimap | None = None
        self._made_for: object = None
        self._at = (0, 0)
        self.area = pygame.Rect(0, 0, 0, 0)
        """Where the little map lies in the window, as last drawn."""
        self.pane = Pane("theatre", self._body, lambda: ("Theatre", "click to jump"))

    @property
    def _low(self) -> bool:
        """Whether there is so little height that the switches stand beside the little map."""
        return self.pane.view_height < 190 and self.pane.box[2] > 280

    def _body(self, brush: Brush) -> float:
        height = self.pane.view_height
        w = _ASIDE / 2 - 8 if self._low else (brush.width - 16 - 18) / _FOUR
        for k, (command, label) in enumerate(SWITCHES):
            row, column = divmod(k, _FOUR)
            on = self.desk.fog if command == "fog" else self.desk.overlay == command
            tip = Tip(label, f"Key {self.keys.shown(command)}")
            box: Box = (8 + column * (w + 6), height - 2 * _ROW - 4 + row * _ROW, w, _ROW - 4)
            if self._low:
                step = (height - 16) / _FOUR
                box = (brush.width - (2 - row) * (w + 6) - 2, 8 + column * step, w, step - 5)
            brush.button(
                command, box, label, partial(self.command, command), "", "on" if on else "quiet", tip, 12
            )  # fmt: skip
        return height

    def room(self, scale: float) -> pygame.Rect:
        """Pixels of the window that the little map may use."""
        rect = self.pane.rect(scale)
        pad = round(8 * scale)
        top = rect.y + round(HEAD * scale) + pad
        right = rect.right - (round((_ASIDE + 8) * scale) if self._low else pad)
        bottom = rect.bottom - (pad if self._low else round((2 * _ROW + 12) * scale))
        return pygame.Rect(rect.x + pad, top, right - rect.x - pad, max(0, bottom - top))

    def draw(self, window: pygame.Surface, view: MapView, camera: Camera, scene: MapScene, scale: float) -> None:
        """Draw the little map over its panel."""
        if not self.pane.shown:
            return
        room = self.room(scale)
        if room.width < 20 or room.height < 20:
            return
        key = (id(view), room.size)
        if self._made_for != key:
            self._made_for = key
            self.minimap = Minimap(view, room.size)
        assert self.minimap is not None
        w, h = self.minimap.size
        self._at = room.x + (room.width - w) // 2, room.y + (room.height - h) // 2
        self.area = self.minimap.draw(window, *self._at, camera, scene)

    def jump(self, position: tuple[int, int], camera: Camera, glide: bool) -> bool:
        """Point the camera at what was clicked; False if the click was elsewhere."""
        if self.minimap is None or not self.pane.shown or not self.area.collidepoint(position):
            return False
        self.minimap.jump(position, *self._at, camera, glide)
        return True
