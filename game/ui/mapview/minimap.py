"""The whole map in a corner, with what the window shows."""

from __future__ import annotations

import pygame

from game.core import hexes
from game.core.ids import HexIndex
from game.ui import theme
from game.ui.mapview.camera import Camera
from game.ui.mapview.geometry import Point, centre, world_size
from game.ui.mapview.scene import MapScene
from game.ui.mapview.view import MapView


class Minimap:
    """A picture of the theatre within `size` pixels, keeping the map's proportions."""

    def __init__(self, view: MapView, size: tuple[int, int]) -> None:
        self.view = view
        w, h = world_size(view.hexmap)
        self.zoom = min(size[0] / w, size[1] / h)
        self.size = max(1, round(w * self.zoom)), max(1, round(h * self.zoom))
        self._still: pygame.Surface | None = None
        self._still_of: tuple[object, ...] = ()

    def draw(self, target: pygame.Surface, x: int, y: int, camera: Camera, scene: MapScene) -> pygame.Rect:
        """Draw at (x, y): land, a dot a stack in its owner's colour, the window's rectangle."""
        area = pygame.Rect(x, y, *self.size)
        key = (self.view.ground.coarse_season, self.view.ground.state, scene.stacks, scene.control is not None)
        if self._still is None or not _same(key, self._still_of):
            self._still, self._still_of = self._draw_still(scene), key
        before = target.get_clip()
        target.set_clip(area.clip(before))
        target.blit(self._still, area)
        x0, y0, x1, y1 = camera.visible_box()
        (left, top), (right, bottom) = self._point(area, (x0, y0)), self._point(area, (x1, y1))
        frame = pygame.Rect(left, top, right - left, bottom - top).clip(area)
        pygame.draw.rect(target, (30, 24, 18), frame.inflate(2, 2), 3)
        pygame.draw.rect(target, (255, 246, 222), frame, 1)
        target.set_clip(before)
        pygame.draw.rect(target, theme.BRASS, area, 1)
        return area

    def _draw_still(self, scene: MapScene) -> pygame.Surface:
        """Land, fronts and stacks: all that stays while the camera moves."""
        still = self.view.ground.overview(*self.size)
        area = still.get_rect()
        if scene.control is not None:
            self._fronts(still, area)
        radius = max(2.0, self.zoom * 0.45)
        for stack in scene.stacks:
            style = self.view.counters.style(stack.counters[0].faction)
            px, py = self._point(area, centre(self.view.hexmap, stack.hex))
            pygame.draw.circle(still, theme.CREAM, (px, py), radius + 1.2)
            pygame.draw.circle(still, style.colour, (px, py), radius)
        return still

    def hex_at(self, pos: Point, x: int, y: int) -> HexIndex:
        """Hex under a screen point when the minimap stands at (x, y), or OFF_MAP."""
        m = self.view.hexmap
        return hexes.at((pos[0] - x) / self.zoom, (pos[1] - y) / self.zoom, m.cols, m.rows)

    def jump(self, pos: Point, x: int, y: int, camera: Camera, glide: bool = False) -> None:
        """Point the camera at what lies under a screen point."""
        camera.look_at((pos[0] - x) / self.zoom, (pos[1] - y) / self.zoom, glide)

    def _fronts(self, target: pygame.Surface, area: pygame.Rect) -> None:
        state = self.view.ground.state
        for line, _ in state.fronts if state is not None else ():
            points = [self._point(area, (px, py)) for px, py in line.tolist()]
            pygame.draw.lines(target, (122, 40, 30), False, points, 2)

    def _point(self, area: pygame.Rect, world: Point) -> Point:
        return area.x + world[0] * self.zoom, area.y + world[1] * self.zoom


def _same(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    """Whether two keys are the same objects; plain values may merely be equal."""
    return len(a) == len(b) and all(
        x is y or (isinstance(x, (tuple, bool)) and x == y) for x, y in zip(a, b, strict=True)
    )
