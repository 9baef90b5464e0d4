"""Where the window looks: pan, zoom about a point, glide."""

from __future__ import annotations

from dataclasses import dataclass

from game.core import hexes
from game.core.hexmap import HexMap
from game.core.ids import HexIndex
from game.ui.mapview.geometry import Point, centre, world_size

ZOOMS = (12, 16, 20, 24, 32, 40, 48, 64, 80, 96)
"""Pixels per hex width."""
GLIDE_S = 0.45


@dataclass
class _Glide:
    start: Point
    end: Point
    elapsed: float = 0.0


class Camera:
    """A rectangle of `size` pixels that looks at the world point (x, y) with ZOOMS[level] pixels per hex.

    `insets` (left, top, right, bottom) are pixels hidden by panels: the map's rim may be dragged as far as them,
    and centring aims at the middle of what is free.
    """

    def __init__(
        self,
        hexmap: HexMap,
        size: tuple[int, int],
        zoom: int = 64,
        insets: tuple[int, int, int, int] = (0, 0, 0, 0),
        reduced_motion: bool = False,
    ) -> None:
        self.hexmap = hexmap
        self.size = size
        self.insets = insets
        self.reduced_motion = reduced_motion
        self.world = world_size(hexmap)
        self._level = ZOOMS.index(min(ZOOMS, key=lambda z: abs(z - zoom)))
        self._glide: _Glide | None = None
        self.x, self.y = self.world[0] / 2, self.world[1] / 2
        self._clamp()

    @property
    def zoom(self) -> int:
        """Pixels per hex width."""
        return ZOOMS[self._level]

    @property
    def origin(self) -> tuple[int, int]:
        """Position of the window's corner in pixels of the whole map; whole pixels, so that panning is steady."""
        return round(self.x * self.zoom - self.size[0] / 2), round(self.y * self.zoom - self.size[1] / 2)

    @property
    def moving(self) -> bool:
        return self._glide is not None

    def resize(self, size: tuple[int, int], insets: tuple[int, int, int, int] | None = None) -> None:
        self.size = size
        self.insets = self.insets if insets is None else insets
        self._clamp()

    def to_screen(self, x: float, y: float) -> Point:
        """Screen point of a world point."""
        ox, oy = self.origin
        return x * self.zoom - ox, y * self.zoom - oy

    def to_world(self, pos: Point) -> Point:
        """World point under a screen point."""
        ox, oy = self.origin
        return (pos[0] + ox) / self.zoom, (pos[1] + oy) / self.zoom

    def hex_centre(self, hex_: HexIndex) -> Point:
        """Screen point of a hex's centre."""
        return self.to_screen(*centre(self.hexmap, hex_))

    def hex_at(self, pos: Point) -> HexIndex:
        """Hex under a screen point, or OFF_MAP."""
        x, y = self.to_world(pos)
        return hexes.at(x, y, self.hexmap.cols, self.hexmap.rows)

    def pan(self, dx: float, dy: float) -> None:
        """Move the view by screen pixels: positive dx shows what lies to the east."""
        self._glide = None
        self.x += dx / self.zoom
        self.y += dy / self.zoom
        self._clamp()

    def zoom_by(self, steps: int, about: Point | None = None) -> bool:
        """Zoom in (positive) or out, keeping what lies under `about` in place. False at the end of the scale."""
        level = min(len(ZOOMS) - 1, max(0, self._level + steps))
        if level == self._level:
            return False
        about = about or (self.size[0] / 2, self.size[1] / 2)
        x, y = self.to_world(about)
        self._level = level
        self._glide = None
        self.x = x - (about[0] - self.size[0] / 2) / self.zoom
        self.y = y - (about[1] - self.size[1] / 2) / self.zoom
        self._clamp()
        return True

    def set_zoom(self, zoom: int, about: Point | None = None) -> None:
        """Zoom to the nearest of ZOOMS."""
        self.zoom_by(ZOOMS.index(min(ZOOMS, key=lambda z: abs(z - zoom))) - self._level, about)

    def centre_on(self, hex_: HexIndex, glide: bool = True) -> None:
        """Bring a hex to the middle of the free part of the window, gliding unless motion is reduced."""
        self.look_at(*centre(self.hexmap, hex_), glide=glide)

    def look_at(self, x: float, y: float, glide: bool = False) -> None:
        """Bring a world point to the middle of the free part of the window."""
        left, top, right, bottom = self.insets
        goal = self._clamped(x - (left - right) / 2 / self.zoom, y - (top - bottom) / 2 / self.zoom)
        if glide and not self.reduced_motion:
            self._glide = _Glide((self.x, self.y), goal)
        else:
            self._glide = None
            self.x, self.y = goal

    def fit(self) -> None:
        """Show the whole map, or as much as the widest zoom can."""
        left, top, right, bottom = self.insets
        free = (self.size[0] - left - right) / self.world[0], (self.size[1] - top - bottom) / self.world[1]
        fitting = [k for k, z in enumerate(ZOOMS) if z <= min(free)]
        self._level = fitting[-1] if fitting else 0
        self.look_at(self.world[0] / 2, self.world[1] / 2)

    def update(self, dt: float) -> bool:
        """Advance a glide by `dt` seconds. True while the view moves."""
        if self._glide is None:
            return False
        g = self._glide
        g.elapsed += dt
        t = min(1.0, g.elapsed / GLIDE_S)
        eased = t * t * (3 - 2 * t)
        self.x = g.start[0] + (g.end[0] - g.start[0]) * eased
        self.y = g.start[1] + (g.end[1] - g.start[1]) * eased
        if t >= 1:
            self._glide = None
        return True

    def visible_box(self) -> tuple[float, float, float, float]:
        """World rectangle in the window: x0, y0, x1, y1."""
        (x0, y0), (x1, y1) = self.to_world((0, 0)), self.to_world(self.size)
        return x0, y0, x1, y1

    def _clamp(self) -> None:
        self.x, self.y = self._clamped(self.x, self.y)

    def _clamped(self, x: float, y: float) -> Point:
        left, top, right, bottom = self.insets
        return (
            self._clamped_axis(x, self.world[0], self.size[0], left, right),
            self._clamped_axis(y, self.world[1], self.size[1], top, bottom),
        )

    def _clamped_axis(self, value: float, length: float, size: int, before: int, after: int) -> float:
        low = (size / 2 - before) / self.zoom
        high = length - (size / 2 - after) / self.zoom
        return (low + high) / 2 if low > high else min(high, max(low, value))
