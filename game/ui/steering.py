"""How a person moves the map: drag, wheel, keys held down, the window's edge. The same on every screen with a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.core.ids import OFF_MAP, HexIndex
from game.ui.mapview import Camera
from game.ui.mapview.geometry import Point

if TYPE_CHECKING:
    from game.ui.window import App

NUDGE = 40
"""Pixels that one touch of a key moves the map."""
KEY_SPEED = 1100.0
EDGE = 3
"""Width of the window's edge that moves the map, pixels."""
EDGE_SPEED = 900.0
DRAG_FROM = 6
"""Pixels that the mouse moves before a press becomes a drag."""
_PAN = {"pan_left": (-1, 0), "pan_right": (1, 0), "pan_up": (0, -1), "pan_down": (0, 1)}


class Steering:
    """Turns events and commands into moves of one camera."""

    def __init__(self, app: App, camera: Camera) -> None:
        self.app, self.camera = app, camera
        self._held: set[str] = set()
        self._from: tuple[int, int] | None = None
        self.dragging = False
        self._seen = camera.origin
        self._moving = False

    @property
    def moving(self) -> bool:
        """Whether the map moves, or is about to."""
        return self._moving or self.dragging or bool(self._held) or self.camera.moving

    def command(self, command: str) -> bool:
        """Obey a command that moves the map; False if it is none."""
        if command in _PAN:
            if command not in self._held:
                self._held.add(command)
                self._pan(_PAN[command], NUDGE)
        elif command in ("zoom_in", "zoom_out"):
            self.camera.zoom_by(1 if command == "zoom_in" else -1)
        else:
            return False
        return True

    def let_go(self) -> None:
        """Count every key and button as released."""
        self._held.clear()
        self._from, self.dragging = None, False

    def on_event(self, event: pygame.event.Event, mouse: tuple[int, int]) -> tuple[int, int] | None:
        """Take an event of the map; returns the place of a left click, which is a press without a drag."""
        if event.type == pygame.KEYUP:
            self._held -= {c for c in self._held if self.app.keys.is_key_of(event, c)}
        elif event.type == pygame.MOUSEWHEEL:
            self.camera.zoom_by(1 if event.y > 0 else -1, mouse if mouse[0] >= 0 else None)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button in (1, 2):
            self._from, self.dragging = event.pos, False
        elif event.type == pygame.MOUSEMOTION and self._from is not None:
            self._drag(event)
        elif event.type == pygame.MOUSEBUTTONUP and event.button in (1, 2):
            clicked = self._from is not None and not self.dragging and event.button == 1
            self._from, self.dragging = None, False
            return event.pos if clicked else None
        return None

    def _drag(self, event: pygame.event.Event) -> None:
        assert self._from is not None
        dx, dy = event.pos[0] - self._from[0], event.pos[1] - self._from[1]
        if self.dragging or abs(dx) + abs(dy) > DRAG_FROM:
            self.dragging = True
            self.camera.pan(-dx, -dy)
            self._from = event.pos

    def update(self, seconds: float, mouse: tuple[int, int]) -> bool:
        """Let time pass. True when the map has just come to rest: something else may be under the mouse now."""
        for command in self._held:
            self._pan(_PAN[command], KEY_SPEED * seconds)
        self._edge(seconds, mouse)
        self.camera.update(seconds)
        moved = self.camera.origin != self._seen
        rested = self._moving and not moved
        self._seen, self._moving = self.camera.origin, moved
        return rested

    def _edge(self, seconds: float, mouse: tuple[int, int]) -> None:
        if not self.app.settings.edge_pan or mouse[0] < 0 or self._from is not None or not pygame.mouse.get_focused():
            return
        w, h = self.app.window.get_size()
        dx = -1 if mouse[0] < EDGE else 1 if mouse[0] >= w - EDGE else 0
        dy = -1 if mouse[1] < EDGE else 1 if mouse[1] >= h - EDGE else 0
        self._pan((dx, dy), EDGE_SPEED * seconds)

    def _pan(self, direction: tuple[int, int], pixels: float) -> None:
        if direction != (0, 0):
            self.camera.pan(direction[0] * pixels, direction[1] * pixels)

    # --- looking ----------------------------------------------------------------------------------------------
    def keep_in_sight(self, hex_: HexIndex) -> None:
        """Centre on a hex unless it is well within the free part of the window."""
        (x, y), margin = self.camera.hex_centre(hex_), self.camera.zoom
        left, top, right, bottom = self.camera.insets
        w, h = self.camera.size
        if not (left + margin < x < w - right - margin and top + margin < y < h - bottom - margin):
            self.camera.centre_on(hex_)

    def look_at(self, hex_: HexIndex) -> None:
        """Centre on a hex, if there is one."""
        if hex_ != OFF_MAP:
            self.camera.centre_on(hex_)

    def middle(self) -> Point:
        """Middle of the free part of the window."""
        left, top, right, bottom = self.camera.insets
        w, h = self.camera.size
        return (left + w - right) / 2, (top + h - bottom) / 2
