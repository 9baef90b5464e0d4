"""A still picture of a scenario's theatre, for the menu and the picker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.engine.playable import Playable
from game.ui.mapview import Camera, MapScene
from game.ui.mapview.geometry import world_size
from game.ui.theme import WINDOW

if TYPE_CHECKING:
    from game.ui.window import App


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

    def update(self) -> bool:
        """Take the first scenario's map once it has been read. True while the picture still gets finer."""
        if self._playable is None and self.app.reading.done and self.app.reading.error is None:
            playables = self.app.reading.result()
            if playables:
                self.show(next(iter(playables.values())))
        return self._playable is not None and not self._final

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
        camera.set_zoom(round(max(size[0] / (w * 0.8), size[1] / (h * 0.8))))
        while camera.zoom * w < size[0] or camera.zoom * h < size[1]:
            if not camera.zoom_by(1):
                break
        camera.look_at(w * 0.5, h * 0.5)
        made = pygame.Surface(size)
        idle = self._made_for == key and not view.busy
        view.draw(made, camera, MapScene(local_names=self.app.settings.local_names))
        self._made, self._made_for, self._final = made, key, idle and not view.busy

    def shade(self, target: pygame.Surface, rect: pygame.Rect) -> None:
        """Darken the foot of the picture so that words on it can be read."""
        height = rect.height // 4
        strip = pygame.Surface((1, height), pygame.SRCALPHA)
        for y in range(height):
            strip.set_at((0, y), (*WINDOW, round(235 * (y / height) ** 1.3)))
        target.blit(pygame.transform.scale(strip, (rect.width, height)), (rect.x, rect.bottom - height))
