"""The ground picture in small pieces, made by one background thread in the order in which the view needs them."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pygame
from cachetools import LRUCache

from game.core.hexmap import HexMap
from game.core.ids import Season
from game.ui.keeping import MB, kept, nbytes, total
from game.ui.mapview.camera import ZOOMS, Camera
from game.ui.mapview.geometry import world_size
from game.ui.mapview.layers import LayerPainter, LayerState
from game.ui.mapview.tiles import LEVELS, TILE, TileStore, flat_picture, tile_counts
from game.ui.theme import WINDOW
from game.ui.work import between_frames, wake

CHUNK = 256
"""Side of a piece in pixels."""
_BYTES = CHUNK * CHUNK * 4
_LEAST_MB, _LAND_MB = 48.0, 24.0
"""Room for pieces, more if the window needs it, and for pieces of bare land."""
_BASE = 16
"""Zoom at which the land under a closer look is made first: few pieces that soon stand in for all the others."""
_FINER_A_FRAME = 2
"""Stand-ins made anew in a frame: more would make it late."""
_STAND_IN_REACH = 2.5
"""How many times larger or smaller the pieces of another zoom may be that stand in."""

ChunkKey: TypeAlias = tuple[int, int, int]
"""Zoom, column, row."""


@dataclass
class _Piece:
    surface: pygame.Surface
    mark: bytes
    fits: LayerState
    """The last state that it is known to show."""

    @property
    def nbytes(self) -> int:
        return nbytes(self.surface)


class Ground:
    """Land with the layers of a turn merged in. `draw` never waits: what is not ready shows coarsely."""

    def __init__(self, hexmap: HexMap, store: TileStore, painter: LayerPainter) -> None:
        self.hexmap, self.store, self.painter = hexmap, store, painter
        self.state: LayerState | None = None
        self._pieces: LRUCache[ChunkKey, _Piece] = kept(_LEAST_MB)
        self._land: LRUCache[tuple[int, Season, int, int], pygame.Surface] = kept(_LAND_MB)
        self._coarse_px = LEVELS[0]
        self._coarse = flat_picture(hexmap, self._coarse_px)
        self._coarse_season: Season | None = None
        self._stand_ins: dict[ChunkKey, pygame.Surface] = {}
        self._blurred: set[ChunkKey] = set()
        """Stand-ins that can be made finer by now."""
        self._wanted: list[ChunkKey] = []
        self._making: tuple[ChunkKey | None, LayerState] | None = None
        """What the thread is at: a piece, or the overview (None), of a state."""
        self._done: dict[ChunkKey, _Piece] = {}
        self._new_coarse: tuple[Season, pygame.Surface] | None = None
        self._wake = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def show(self, state: LayerState) -> None:
        """Lay another state over the land; only pieces that look different are made again."""
        if state.same(self.state):
            return
        self.state = state
        with self._wake:
            self._done.clear()

    def draw(self, target: pygame.Surface, camera: Camera) -> None:
        """Blit the pieces under the camera and ask for the missing ones."""
        self._make_room(camera)
        self._collect()
        px = camera.zoom
        ox, oy = camera.origin
        missing: list[ChunkKey] = []
        stand_ins: dict[ChunkKey, pygame.Surface] = {}
        left = _FINER_A_FRAME
        for key in self._under(camera, px, 0):
            piece = self._pieces.get(key)
            if piece is None or not self._is_current(key, piece):
                missing.append(key)
            if piece is None:
                if key in self._blurred and left:
                    left -= 1
                    self._blurred.discard(key)
                    self._stand_ins.pop(key, None)
                stand_ins[key] = self._stand_ins.get(key) or self._stand_in(key)
            surface = stand_ins[key] if piece is None else piece.surface
            target.blit(surface, (key[1] * CHUNK - ox, key[2] * CHUNK - oy))
        self._stand_ins = stand_ins
        self._margin(target, camera)
        base = [k for k in self._under(camera, _BASE, 0) if not self._has(k)] if stand_ins and px > _BASE else []
        ahead = [k for k in self._under(camera, px, 1) if k not in self._pieces]
        cx, cy = (ox + camera.size[0] / 2) / CHUNK, (oy + camera.size[1] / 2) / CHUNK
        for wanted in (missing, ahead):
            wanted.sort(key=lambda k: (k[1] + 0.5 - cx) ** 2 + (k[2] + 0.5 - cy) ** 2)
        self._request(base + missing + [k for k in ahead if k not in missing])

    def settle(self, camera: Camera) -> None:
        """Make everything under the camera now, in this thread: for pictures and tests."""
        assert self.state is not None
        self._make_room(camera)
        for key in self._under(camera, camera.zoom, 0):
            if not self._has(key):
                self._pieces[key] = self._make(key, self.state)

    def close(self) -> None:
        """Stop the background thread and forget what has been made."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._pieces.clear()
        self._land.clear()
        self._done.clear()
        self._stand_ins.clear()
        self.store.let_go()

    @property
    def busy(self) -> bool:
        """Whether pieces are still being made, or wait to be drawn."""
        with self._wake:
            return bool(self._making or self._wanted or self._done or self._new_coarse)

    def overview(self, w: int, h: int) -> pygame.Surface:
        """The whole land, without layers, scaled to w x h pixels: for the minimap."""
        season = Season.DRY if self.state is None else self.state.season
        if self._coarse_season is None and self.store.ready(LEVELS[0], season):
            self._new_coarse = (season, self._whole_map(season))
            self._collect()
        return pygame.transform.smoothscale(self._coarse, (w, h))

    @property
    def coarse_season(self) -> Season | None:
        """Season of the overview's picture; None while it is only flat."""
        return self._coarse_season

    @property
    def nbytes(self) -> int:
        """Bytes of all pieces that are kept."""
        with self._wake:
            return int(self._pieces.currsize + self._land.currsize) + total(self._stand_ins.values())

    def _make_room(self, camera: Camera) -> None:
        """Room for the pieces in the window, the ring of those about it and a few of the zoom before."""
        across, down = (-(-side // CHUNK) + 3 for side in camera.size)
        needed = 1.5 * across * down * _BYTES
        if needed > self._pieces.maxsize:
            wider: LRUCache[ChunkKey, _Piece] = kept(needed / MB)
            wider.update(self._pieces)
            self._pieces = wider

    def _under(self, camera: Camera, px: int, ring: int) -> Iterable[ChunkKey]:
        """Pieces of the zoom `px` in the window of the camera, and so many rings about them."""
        share = px / camera.zoom
        left, top = (math.floor(at * share / CHUNK) - ring for at in camera.origin)
        right, bottom = (
            math.floor((at + side - 1) * share / CHUNK) + ring
            for at, side in zip(camera.origin, camera.size, strict=True)
        )
        last_col, last_row = self._last(px)
        for row in range(max(0, top), min(last_row, bottom) + 1):
            for col in range(max(0, left), min(last_col, right) + 1):
                yield px, col, row

    def _last(self, px: int) -> tuple[int, int]:
        """Column and row of the last piece of a zoom."""
        w, h = world_size(self.hexmap)
        return int(w * px - 1) // CHUNK, int(h * px - 1) // CHUNK

    def _margin(self, target: pygame.Surface, camera: Camera) -> None:
        """Plain ground beyond the last pieces."""
        ox, oy = camera.origin
        last_col, last_row = self._last(camera.zoom)
        right, bottom = (last_col + 1) * CHUNK - ox, (last_row + 1) * CHUNK - oy
        sw, sh = camera.size
        for box in ((0, 0, -ox, sh), (0, 0, sw, -oy), (right, 0, sw - right, sh), (0, bottom, sw, sh - bottom)):
            if box[2] > 0 and box[3] > 0:
                target.fill(WINDOW, box)

    def _has(self, key: ChunkKey) -> bool:
        """Whether a piece is there that shows the present state."""
        piece = self._pieces.get(key)
        return piece is not None and self._is_current(key, piece)

    def _is_current(self, key: ChunkKey, piece: _Piece) -> bool:
        assert self.state is not None
        if piece.fits is not self.state and piece.mark == self.state.mark(_box(key)):
            piece.fits = self.state
        return piece.fits is self.state

    def _collect(self) -> None:
        with self._wake:
            done, self._done = self._done, {}
            coarse, self._new_coarse = self._new_coarse, None
        self._pieces.update(done)
        if coarse is not None:
            self._coarse_season, self._coarse = coarse
        if coarse is not None or any(key[0] == _BASE for key in done):
            self._blurred = set(self._stand_ins)

    def _stand_in(self, key: ChunkKey) -> pygame.Surface:
        """What shows for a piece that is not made yet: the same land out of pieces of another zoom, the nearest first,
        or out of the overview picture.
        """
        px = key[0]
        others = sorted((z for z in ZOOMS if z != px), key=lambda z: (z == _BASE, max(z / px, px / z)))
        for zoom in others:
            if zoom == _BASE or max(zoom / px, px / zoom) <= _STAND_IN_REACH:
                found = self._pieces_over(key, zoom)
                if found:
                    return _rescaled(key, zoom, found)
        return _rescaled(key, self._coarse_px, [(self._coarse, 0, 0)])

    def _pieces_over(self, key: ChunkKey, zoom: int) -> list[tuple[pygame.Surface, int, int]]:
        """Pictures of another zoom that cover a piece, with their places; none unless all are there and current."""
        left, top, right, bottom = (round(side * zoom) for side in _box(key))
        last_col, last_row = self._last(zoom)
        found = []
        for row in range(top // CHUNK, min(last_row, (bottom - 1) // CHUNK) + 1):
            for col in range(left // CHUNK, min(last_col, (right - 1) // CHUNK) + 1):
                other = zoom, col, row
                if not self._has(other):
                    return []
                found.append((self._pieces[other].surface, col * CHUNK, row * CHUNK))
        return found

    def _request(self, keys: Sequence[ChunkKey]) -> None:
        assert self.state is not None
        stale_coarse = self._coarse_season != self.state.season
        if not keys and not stale_coarse:
            return
        with self._wake:
            at_work = self._making[0] if self._making is not None and self._making[1] is self.state else None
            self._wanted = [k for k in keys if k not in self._done and k != at_work]
            if self._thread is None and not self._stopping:
                self._thread = threading.Thread(target=self._work, name="map pieces", daemon=True)
                self._thread.start()
            self._wake.notify()

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._stopping and not self._wanted and not self._coarse_is_due():
                    self._wake.wait()
                if self._stopping:
                    return
                key = self._wanted.pop(0) if self._wanted else None
                state = self.state
                assert state is not None
                self._making = key, state
            between_frames()
            if key is None or (self._coarse_season is None and self._new_coarse is None):
                self._new_coarse = (state.season, self._whole_map(state.season))
            if key is not None:
                piece = self._make(key, state)
                with self._wake:
                    if self.state is state:
                        self._done[key] = piece
            with self._wake:
                self._making = None
            wake()

    def _coarse_is_due(self) -> bool:
        return self.state is not None and self._new_coarse is None and self._coarse_season != self.state.season

    def _whole_map(self, season: Season) -> pygame.Surface:
        out = pygame.Surface(self._coarse.get_size(), 0, 32)
        cols, rows = tile_counts(self.hexmap, LEVELS[0])
        for row in range(rows):
            for col in range(cols):
                out.blit(self.store.get(LEVELS[0], season, col, row), (col * TILE, row * TILE))
        return out

    def _make(self, key: ChunkKey, state: LayerState) -> _Piece:
        px, col, row = key
        land = self._land_piece(px, state.season, col, row)
        between_frames()
        surface = self.painter.merge(land, px, col * CHUNK, row * CHUNK, state)
        return _Piece(surface, state.mark(_box(key)), state)

    def _land_piece(self, px: int, season: Season, col: int, row: int) -> pygame.Surface:
        """A piece of bare land, scaled from the tiles of the nearest finer level."""
        key = (px, season, col, row)
        with self._wake:
            found = self._land.get(key)
        if found is not None:
            return found
        level = next((v for v in LEVELS if v >= px), LEVELS[-1])
        share = level / px
        left, top, side = col * CHUNK * share, row * CHUNK * share, CHUNK * share
        pad = 0 if level == px else 4
        x0, y0 = int(left) - pad, int(top) - pad
        x1, y1 = int(left + side) + 1 + pad, int(top + side) + 1 + pad
        source = pygame.Surface((x1 - x0, y1 - y0), 0, 32)
        cols, rows = tile_counts(self.hexmap, level)
        for tile_row in range(max(0, y0 // TILE), min(rows - 1, (y1 - 1) // TILE) + 1):
            for tile_col in range(max(0, x0 // TILE), min(cols - 1, (x1 - 1) // TILE) + 1):
                tile = self.store.get(level, season, tile_col, tile_row)
                between_frames()
                source.blit(tile, (tile_col * TILE - x0, tile_row * TILE - y0))
        out = pygame.Surface((CHUNK, CHUNK), 0, 32)
        if level == px:
            out.blit(source, (0, 0))
        else:
            scaled = pygame.transform.smoothscale(
                source, (round(source.get_width() / share), round(source.get_height() / share))
            )
            out.blit(scaled, (-round((left - x0) / share), -round((top - y0) / share)))
        with self._wake:
            self._land[key] = out
        return out


def _rescaled(key: ChunkKey, zoom: int, pictures: Sequence[tuple[pygame.Surface, int, int]]) -> pygame.Surface:
    """A piece cut out of pictures of another zoom, given with their places in pixels of the whole map."""
    px, col, row = key
    step = px / zoom
    left, top = int(col * CHUNK / step), int(row * CHUNK / step)
    w, h = int((col + 1) * CHUNK / step) + 1 - left, int((row + 1) * CHUNK / step) + 1 - top
    cut = pygame.Surface((w, h), 0, 32)
    cut.fill(WINDOW)
    cut.blits([(picture, (x - left, y - top)) for picture, x, y in pictures])
    wide = pygame.transform.smoothscale(cut, (round(w * step), round(h * step)))
    out = pygame.Surface((CHUNK, CHUNK), 0, 32)
    out.blit(wide, (round(left * step) - col * CHUNK, round(top * step) - row * CHUNK))
    return out


def _box(key: ChunkKey) -> tuple[float, float, float, float]:
    px, col, row = key
    return col * CHUNK / px, row * CHUNK / px, (col + 1) * CHUNK / px, (row + 1) * CHUNK / px
