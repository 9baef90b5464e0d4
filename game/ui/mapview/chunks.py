"""The ground picture in small pieces, made by one background thread in the order in which the view needs them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pygame

from game.core.hexmap import HexMap
from game.core.ids import Season
from game.ui.mapview.camera import Camera
from game.ui.mapview.geometry import world_size
from game.ui.mapview.layers import LayerPainter, LayerState
from game.ui.mapview.tiles import LEVELS, TILE, TileStore, flat_picture, tile_counts
from game.ui.theme import WINDOW
from game.ui.work import between_frames

CHUNK = 256
"""Side of a piece in pixels."""
_KEPT = 500
_LAND_KEPT = 260
_STAND_INS_KEPT = 120

ChunkKey: TypeAlias = tuple[int, int, int]
"""Zoom, column, row."""


@dataclass(frozen=True)
class _Piece:
    surface: pygame.Surface
    mark: bytes


class Ground:
    """Land with the layers of a turn merged in. `draw` never waits: what is not ready shows coarsely."""

    def __init__(self, hexmap: HexMap, store: TileStore, painter: LayerPainter) -> None:
        self.hexmap, self.store, self.painter = hexmap, store, painter
        self.state: LayerState | None = None
        self._pieces: OrderedDict[ChunkKey, _Piece] = OrderedDict()
        self._current: dict[ChunkKey, LayerState] = {}
        self._land: OrderedDict[tuple[int, Season, int, int], pygame.Surface] = OrderedDict()
        self._coarse_px = LEVELS[0]
        self._coarse = flat_picture(hexmap, self._coarse_px)
        self._coarse_season: Season | None = None
        self._stand_ins: OrderedDict[ChunkKey, pygame.Surface] = OrderedDict()
        self._wanted: list[ChunkKey] = []
        self._done: dict[ChunkKey, tuple[_Piece, LayerState]] = {}
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
        assert self.state is not None
        self._collect()
        px = camera.zoom
        ox, oy = camera.origin
        missing: list[ChunkKey] = []
        for key in self._under(camera, 0):
            piece = self._pieces.get(key)
            if piece is None or not self._is_current(key, piece):
                missing.append(key)
            surface = self._coarse_piece(key) if piece is None else piece.surface
            target.blit(surface, (key[1] * CHUNK - ox, key[2] * CHUNK - oy))
        self._margin(target, camera)
        ahead = [k for k in self._under(camera, 1) if k not in self._pieces]
        cx, cy = (ox + camera.size[0] / 2) / CHUNK, (oy + camera.size[1] / 2) / CHUNK
        for wanted in (missing, ahead):
            wanted.sort(key=lambda k: (k[1] + 0.5 - cx) ** 2 + (k[2] + 0.5 - cy) ** 2)
        self._request(missing + [k for k in ahead if k[0] == px and k not in missing])

    def settle(self, camera: Camera) -> None:
        """Make everything under the camera now, in this thread: for pictures and tests."""
        assert self.state is not None
        for key in self._under(camera, 0):
            piece = self._pieces.get(key)
            if piece is None or not self._is_current(key, piece):
                self._keep(key, self._make(key, self.state), self.state)

    def close(self) -> None:
        """Stop the background thread."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout=5)

    @property
    def busy(self) -> bool:
        """Whether pieces are still being made."""
        with self._wake:
            return bool(self._wanted)

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

    def _under(self, camera: Camera, ring: int) -> Iterable[ChunkKey]:
        px = camera.zoom
        ox, oy = camera.origin
        w, h = world_size(self.hexmap)
        last_col, last_row = int(w * px - 1) // CHUNK, int(h * px - 1) // CHUNK
        for row in range(max(0, oy // CHUNK - ring), min(last_row, (oy + camera.size[1] - 1) // CHUNK + ring) + 1):
            for col in range(max(0, ox // CHUNK - ring), min(last_col, (ox + camera.size[0] - 1) // CHUNK + ring) + 1):
                yield px, col, row

    def _margin(self, target: pygame.Surface, camera: Camera) -> None:
        """Plain ground beyond the last pieces."""
        px = camera.zoom
        ox, oy = camera.origin
        w, h = world_size(self.hexmap)
        right, bottom = (int(w * px - 1) // CHUNK + 1) * CHUNK - ox, (int(h * px - 1) // CHUNK + 1) * CHUNK - oy
        sw, sh = camera.size
        for box in ((0, 0, -ox, sh), (0, 0, sw, -oy), (right, 0, sw - right, sh), (0, bottom, sw, sh - bottom)):
            if box[2] > 0 and box[3] > 0:
                target.fill(WINDOW, box)

    def _is_current(self, key: ChunkKey, piece: _Piece) -> bool:
        if self._current.get(key) is self.state:
            return True
        assert self.state is not None
        if piece.mark == self.state.mark(_box(key)):
            self._current[key] = self.state
            return True
        return False

    def _keep(self, key: ChunkKey, piece: _Piece, state: LayerState) -> None:
        self._pieces[key] = piece
        self._pieces.move_to_end(key)
        self._current[key] = state
        while len(self._pieces) > _KEPT:
            old, _ = self._pieces.popitem(last=False)
            self._current.pop(old, None)

    def _collect(self) -> None:
        with self._wake:
            done, self._done = self._done, {}
            coarse, self._new_coarse = self._new_coarse, None
        for key, (piece, state) in done.items():
            self._keep(key, piece, state)
        if coarse is not None:
            self._coarse_season, self._coarse = coarse
            self._stand_ins.clear()

    def _coarse_piece(self, key: ChunkKey) -> pygame.Surface:
        """What stands in for a piece that is not made yet: a part of the overview picture, scaled once."""
        if key in self._stand_ins:
            return self._stand_ins[key]
        px, col, row = key
        step = px / self._coarse_px
        left, top = int(col * CHUNK / step), int(row * CHUNK / step)
        w, h = int((col + 1) * CHUNK / step) + 1 - left, int((row + 1) * CHUNK / step) + 1 - top
        cut = pygame.Surface((w, h), 0, 32)
        cut.fill(WINDOW)
        cut.blit(self._coarse, (-left, -top))
        wide = pygame.transform.scale(cut, (round(w * step), round(h * step)))
        out = pygame.Surface((CHUNK, CHUNK), 0, 32)
        out.blit(wide, (round(left * step) - col * CHUNK, round(top * step) - row * CHUNK))
        self._stand_ins[key] = out
        while len(self._stand_ins) > _STAND_INS_KEPT:
            self._stand_ins.popitem(last=False)
        return out

    def _request(self, keys: Sequence[ChunkKey]) -> None:
        assert self.state is not None
        stale_coarse = self._coarse_season != self.state.season
        if not keys and not stale_coarse:
            return
        with self._wake:
            self._wanted = [k for k in keys if k not in self._done]
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
            between_frames()
            assert state is not None
            if key is None or (self._coarse_season is None and self._new_coarse is None):
                self._new_coarse = (state.season, self._whole_map(state.season))
            if key is not None:
                piece = self._make(key, state)
                with self._wake:
                    if self.state is state:
                        self._done[key] = (piece, state)

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
        return _Piece(surface, state.mark(_box(key)))

    def _land_piece(self, px: int, season: Season, col: int, row: int) -> pygame.Surface:
        """A piece of bare land, scaled from the tiles of the nearest finer level."""
        key = (px, season, col, row)
        with self._wake:
            if key in self._land:
                self._land.move_to_end(key)
                return self._land[key]
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
            while len(self._land) > _LAND_KEPT:
                self._land.popitem(last=False)
        return out


def _box(key: ChunkKey) -> tuple[float, float, float, float]:
    px, col, row = key
    return col * CHUNK / px, row * CHUNK / px, (col + 1) * CHUNK / px, (row + 1) * CHUNK / px
