"""A still picture of a scenario's theatre, for the menu and the picker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pygame

from game.core.setting import Setting
from game.engine.playable import Playable
from game.ui.mapview import Camera, MapScene
from game.ui.mapview.geometry import centre, world_size
from game.ui.theme import WINDOW

if TYPE_CHECKING:
    from game.ui.window import App

_DARK_FROM = 0.45
"""Share of the shaded foot from which on it is as dark as it gets: names of towns do not show through the title."""
_MARGIN = 0.06
"""Share of the country's width and height that is shown beyond it."""


class Picture:
    """The land with its names, filling whatever rectangle it is given; drawn again only while it gets finer."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._playable: Playable | None = None
        self._made: pygame.Surface | None = None
        self._made_for: object = None
        self._final = False

    def show(self, playable: Playable) -> None:
        self._playable = playable
        self._made_for = None

    @property
    def unfinished(self) -> bool:
        """Whether the picture still gets finer."""
        return self._playable is not None and not self._final

    def update(self) -> bool:
        """Take the first scenario's map once it has been read. True while the picture still gets finer."""
        if self._playable is None and self.app.reading.done and self.app.reading.error is None:
            playables = self.app.reading.result()
            if playables:
                self.show(next(iter(playables.values())))
        return self.unfinished

    def draw(self, target: pygame.Surface, rect: pygame.Rect) -> None:
        if self._playable is None:
            target.fill(WINDOW, rect)
            return
        key = (rect.size, self._playable.definition.hash, self.app.fonts.scale, self.app.settings.local_names)
        if key != self._made_for or not self._final:
            self._make(key, rect.size)
        if self._made is not None:
            target.blit(self._made, rect)

    def _make(self, key: object, size: tuple[int, int]) -> None:
        assert self._playable is not None
        setting = self._playable.definition.setting
        view = self.app.map_view(self._playable)
        camera = Camera(setting.map, size)
        w, h = world_size(setting.map)
        left, top, right, bottom = _fought_over(setting)
        camera.set_zoom(round(min(size[0] / (right - left), size[1] / (bottom - top))))
        while camera.zoom * w < size[0] or camera.zoom * h < size[1]:
            if not camera.zoom_by(1):
                break
        camera.look_at((left + right) / 2, (top + bottom) / 2)
        made = pygame.Surface(size)
        idle = self._made_for == key and not view.busy
        view.draw(made, camera, MapScene(local_names=self.app.settings.local_names))
        self._made, self._made_for, self._final = made, key, idle and not view.busy

    def shade(self, target: pygame.Surface, rect: pygame.Rect) -> None:
        """Darken the foot of the picture so that words on it can be read."""
        height = rect.height // 4
        strip = pygame.Surface((1, height), pygame.SRCALPHA)
        for y in range(height):
            strip.set_at((0, y), (*WINDOW, round(245 * min(1.0, y / height / _DARK_FROM) ** 1.3)))
        target.blit(pygame.transform.scale(strip, (rect.width, height)), (rect.x, rect.bottom - height))


def _fought_over(setting: Setting) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in world units of the country fought over, with a margin."""
    places = [centre(setting.map, h) for h in np.flatnonzero(setting.cast.contested == 1).tolist()]
    if not places:
        w, h = world_size(setting.map)
        return 0.1 * w, 0.1 * h, 0.9 * w, 0.9 * h
    xs, ys = [x for x, _ in places], [y for _, y in places]
    x, y = _MARGIN * (max(xs) - min(xs)), _MARGIN * (max(ys) - min(ys))
    return min(xs) - x, min(ys) - y, max(xs) + x, max(ys) + y
