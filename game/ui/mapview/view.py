"""The map in the window: ground, names, orders and counters, drawn in this order each frame.

view = MapView(hexmap, lines, factions, Fonts(scale))
camera = Camera(hexmap, window.get_size())
view.draw(window, camera, scene)
hit = view.counter_at(mouse) or view.hex_at(mouse)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pygame

from game.core.hexmap import HexMap, MapLine
from game.core.ids import OFF_MAP, HexIndex
from game.ui import theme
from game.ui.fonts import Fonts
from game.ui.mapview import marks
from game.ui.mapview.animation import Animation
from game.ui.mapview.arrows import ArrowArt, tag
from game.ui.mapview.camera import Camera
from game.ui.mapview.canvas import blit
from game.ui.mapview.chunks import Ground
from game.ui.mapview.counters import CounterArt
from game.ui.mapview.geometry import Point, extent
from game.ui.mapview.labels import LabelKey, LabelLayout, LabelMaker
from game.ui.mapview.layers import LayerPainter, LayerState
from game.ui.mapview.scene import ArrowKind, MapScene, Marker
from game.ui.mapview.stacks import CounterHit, StackLayer, counter_size
from game.ui.mapview.tiles import TileStore
from game.ui.theme import FactionStyle

_NUMBERS_FROM = 24
_TEXT_FROM = 32
_NEW_ARROWS = 2
"""Most arrows that are made in one frame; the others follow in the next ones."""


class MapView:
    """Draws one map. Keep one per game and interface scale; `close` it to end its background threads."""

    def __init__(
        self,
        hexmap: HexMap,
        lines: Sequence[MapLine],
        factions: Sequence[FactionStyle],
        fonts: Fonts,
        cache_root: Path | None = None,
    ) -> None:
        self.hexmap, self.factions, self.fonts = hexmap, tuple(factions), fonts
        store = TileStore(hexmap, lines, cache_root)
        self.ground = Ground(hexmap, store, LayerPainter(hexmap, store.lines, factions))
        self.counters = CounterArt(factions, fonts)
        self.arrows = ArrowArt(hexmap, fonts)
        self.labels = LabelMaker(hexmap, lines, Fonts(fonts.scale))
        self.stacks = StackLayer(self.counters)
        self.animation: Animation | None = None
        """Set it to play a turn; the view drops it when it is done."""
        self._camera: Camera | None = None
        self._contested: tuple[tuple[HexIndex, ...], dict[HexIndex, int]] = (), {}
        """Contested hexes, and which edges of each have a rim."""

    # --- drawing

    def draw(self, target: pygame.Surface, camera: Camera, scene: MapScene, settle: bool = False) -> None:
        """Draw one frame. Ground that is not ready shows coarsely, unless `settle` makes it wait (for pictures)."""
        self._camera = camera
        px, origin = camera.zoom, camera.origin
        self.ground.show(LayerState.of(self.hexmap, scene))
        if settle:
            self.ground.settle(camera)
        self.ground.draw(target, camera)
        layout = self._layout(camera, scene, settle) if scene.show_labels else None
        if layout:
            layout.under.draw(target, origin)
        if scene.overlay:
            for flow in scene.overlay.flows:
                self.arrows.flow(flow, px).draw(target, origin)
        reach = self.arrows.reach(scene.reach, px)
        if reach:
            reach.draw(target, origin)
        self._draw_contested(target, camera, scene.contested)
        if layout:
            layout.towns.draw(target, origin)
        numbers = self._draw_arrows(target, camera, scene, settle)
        self._draw_rims(target, camera, scene)
        self._draw_markers(target, camera, scene)
        if scene.show_counters:
            under_way = self._under_way()
            self.stacks.draw(target, camera, scene.stacks, under_way, scene.fanned)
            self._draw_animation(target, camera)
        if scene.path is not None and len(scene.path.path) > 1:
            self.arrows.preview(scene.path, px).draw(target, origin)
        for surface, x, y in numbers:
            blit(target, surface, x - origin[0], y - origin[1])
        if scene.overlay:
            self._draw_notes(target, camera, scene.overlay.notes)

    def update(self, dt: float) -> bool:
        """Advance the animation by `dt` seconds. True while it plays."""
        if self.animation is None:
            return False
        self.animation.update(dt)
        if self.animation.done:
            self.animation = None
        return self.animation is not None

    @property
    def nbytes(self) -> int:
        """Bytes of all drawings that are kept."""
        parts = (self.ground, self.ground.store, self.labels, self.labels.fonts, self.arrows, self.counters)
        return sum(part.nbytes for part in parts)

    def skip_animation(self) -> None:
        """End the animation at once."""
        self.animation = None

    def close(self) -> None:
        """End the background threads and give back what is kept. Drawn again, it would have to make everything anew."""
        self.ground.close()
        self.labels.close()
        self.labels.fonts.let_go()
        self.arrows.let_go()
        self.counters.let_go()

    @property
    def busy(self) -> bool:
        """Whether ground, names, arrows or counters are still being made: draw again soon."""
        return self.ground.busy or self.labels.busy or self.arrows.pending or self.stacks.pending

    # --- questions

    def hex_at(self, pos: Point) -> HexIndex:
        """Hex under a screen point, as last drawn; OFF_MAP for none."""
        return OFF_MAP if self._camera is None else self._camera.hex_at(pos)

    def counter_at(self, pos: Point, fan: bool = True) -> CounterHit | None:
        """Counter or pile under a screen point, as last drawn; `fan`: also one of the opened stack beside its hex."""
        return self.stacks.hit(pos, fan)

    def open_stack(self, hex_: HexIndex) -> None:
        """Fan the counters of a hex out; OFF_MAP closes the fan."""
        self.stacks.opened = hex_

    @property
    def open_hex(self) -> HexIndex:
        """Hex of the opened stack, or OFF_MAP."""
        return self.stacks.opened

    # --- parts

    def _layout(self, camera: Camera, scene: MapScene, wait: bool) -> LabelLayout:
        obstacles = self.stacks.obstacles(scene.stacks, camera) if scene.show_counters else ()
        key = LabelKey(camera.zoom, scene.local_names, obstacles, scene.regions)
        return self.labels.layout(key, wait)

    def _draw_arrows(
        self, target: pygame.Surface, camera: Camera, scene: MapScene, wait: bool
    ) -> list[tuple[pygame.Surface, float, float]]:
        """Draw the planned orders; returns their numbers, which go on top of the counters."""
        numbers = []
        self.arrows.pending = False
        left = len(scene.arrows) if wait else _NEW_ARROWS
        for arrow in sorted(scene.arrows, key=lambda a: (a.highlighted, a.kind is ArrowKind.ASSAULT)):
            if len(arrow.path) < 2 or not self._in_sight(camera, arrow.path):
                continue
            style = self.counters.style(arrow.faction)
            key = (arrow.path, arrow.kind, style, camera.zoom, arrow.highlighted)
            left -= not self.arrows.has_arrow(*key)
            found = self.arrows.arrow(*key, make=left >= 0 or arrow.highlighted)
            if found is None:
                continue
            sprite, at = found
            sprite.draw(target, camera.origin)
            if arrow.number and camera.zoom >= _NUMBERS_FROM:
                numbers.append((self.arrows.number(arrow.number, style, camera.zoom), *at))
        return numbers

    def _in_sight(self, camera: Camera, path: tuple[HexIndex, ...]) -> bool:
        """Whether the box about a path touches the window."""
        left, top, right, bottom = extent(self.hexmap, path)
        (west, north), (east, south) = camera.to_world((0, 0)), camera.to_world(camera.size)
        return right > west - 1 and left < east + 1 and bottom > north - 1 and top < south + 1

    def _draw_contested(self, target: pygame.Surface, camera: Camera, contested: tuple[HexIndex, ...]) -> None:
        """One rim about every region of contested hexes."""
        if self._contested[0] != contested:
            those = set(contested)
            beside = self.hexmap.neighbours
            found = {h: sum(1 << d for d in range(6) if int(beside[h, d]) not in those) for h in contested}
            self._contested = contested, {h: sides for h, sides in found.items() if sides}
        for hex_, sides in self._contested[1].items():
            blit(target, marks.contested_rim(camera.zoom, sides), *camera.hex_centre(hex_))

    def _draw_rims(self, target: pygame.Surface, camera: Camera, scene: MapScene) -> None:
        px = camera.zoom
        if scene.hovered_hex not in (OFF_MAP, scene.selected_hex):
            blit(target, marks.hex_rim(px, (255, 246, 222), max(1.0, px * 0.02)), *camera.hex_centre(scene.hovered_hex))
        if scene.selected_hex != OFF_MAP:
            blit(target, marks.hex_rim(px, theme.BRASS, max(2.0, px * 0.045)), *camera.hex_centre(scene.selected_hex))

    def _draw_markers(self, target: pygame.Surface, camera: Camera, scene: MapScene) -> None:
        px = camera.zoom
        counters = self._counter_boxes(camera, scene) if scene.markers and px >= _TEXT_FROM else []
        shares: dict[HexIndex, int] = {}
        for marker in scene.markers:
            slot = shares[marker.hex] = shares.get(marker.hex, -1) + 1
            x, y = camera.hex_centre(marker.hex)
            dx, dy = ((0.30, 0.24), (-0.30, 0.24), (0.30, -0.24), (-0.30, -0.24))[slot % 4]
            self._draw_marker(target, marker, x + dx * px, y + dy * px, px, counters)

    def _counter_boxes(self, camera: Camera, scene: MapScene) -> list[pygame.Rect]:
        """Where counters stand in the window."""
        if not scene.show_counters:
            return []
        ox, oy = camera.origin
        window = pygame.Rect(0, 0, *camera.size).inflate(2 * camera.zoom, 2 * camera.zoom)
        boxes = (pygame.Rect(x - ox, y - oy, w, h) for x, y, w, h in self.stacks.obstacles(scene.stacks, camera))
        return [box for box in boxes if window.colliderect(box)]

    def _draw_marker(
        self, target: pygame.Surface, marker: Marker, x: float, y: float, px: int, counters: list[pygame.Rect]
    ) -> None:
        """A sign, its words beside it where counters cover least of them."""
        style = self.counters.style(marker.faction) if marker.faction >= 0 else None
        picture = marks.marker(marker.kind, px, style)
        blit(target, picture, x, y)
        if marker.text and px >= _TEXT_FROM:
            words = tag(self.fonts, marker.text)
            wide, high = (picture.get_width() + words.get_width()) / 2, (picture.get_height() + words.get_height()) / 2
            ways = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
            places = [(x + dx * wide, y + dy * high) for dx, dy in ways]
            room = words.get_rect()
            blit(target, words, *min(places, key=lambda place: _covered(_centred(room, place), counters)))

    def _draw_notes(self, target: pygame.Surface, camera: Camera, notes: Sequence[tuple[HexIndex, str]]) -> None:
        for hex_, words in notes:
            x, y = camera.hex_centre(hex_)
            picture = tag(self.fonts, words)
            blit(target, picture, x + camera.zoom * 0.30 + picture.get_width() / 2, y - camera.zoom * 0.34)

    def _under_way(self) -> dict[int, Point]:
        if self.animation is None:
            return {}
        clock = self.animation.clock
        return {m.counter.id: m.at(self.hexmap, clock) for m in self.animation.movers}

    def _draw_animation(self, target: pygame.Surface, camera: Camera) -> None:
        if self.animation is None:
            return
        size = counter_size(camera.zoom)
        for mover in self.animation.movers:
            x, y = camera.to_screen(*mover.at(self.hexmap, self.animation.clock))
            blit(target, self.counters.picture(mover.counter, size), x, y)
        for flash in self.animation.flashes:
            share = (self.animation.clock - flash.start) / flash.duration
            if 0 <= share < 1:
                blit(target, marks.flash_ring(camera.zoom, share), *camera.hex_centre(flash.hex))


def _covered(room: pygame.Rect, boxes: Sequence[pygame.Rect]) -> int:
    """Pixels of a box that lie under others."""
    cuts = [room.clip(boxes[k]) for k in room.collidelistall(boxes)]
    return sum(cut.width * cut.height for cut in cuts)


def _centred(room: pygame.Rect, middle: Point) -> pygame.Rect:
    """A box of the same size about another middle."""
    return pygame.Rect(middle[0] - room.width / 2, middle[1] - room.height / 2, room.width, room.height)
