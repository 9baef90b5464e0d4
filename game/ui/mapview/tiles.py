"""The painted land in tiles: baked once per map, kept as JPEG files, read when the view comes near.

A shipped map has its tiles in assets/ui/tiles/<map name>/. Any other map is painted tile by tile in the background
and kept in the user's cache folder; a folder that cannot be written only costs painting again.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import platformdirs
import pygame
from cachetools import LRUCache

from game.core.hexmap import HexMap, MapLine
from game.core.ids import Flood, Season
from game.ui import theme
from game.ui.keeping import kept
from game.ui.mapview.derive import complete
from game.ui.mapview.geometry import corners, hex_grid, world_size
from game.ui.mapview.terrain import MapArt, paint
from game.ui.mapview.vectors import LineArt
from game.ui.resources import asset

LEVELS = (16, 32, 64)
"""Zooms that are painted, pixels per hex; the view scales between them."""
TILE = 512
"""Side of a tile in pixels."""
ART_VERSION = 1
"""Raised whenever the painting changes, so that kept tiles are painted anew."""
_KEPT_MB = 24.0

TileKey: TypeAlias = tuple[int, Season, int, int]
"""Level, season, column, row."""


def digest(hexmap: HexMap, lines: Sequence[MapLine]) -> str:
    """Fingerprint of all that the picture of a map and its lines depends on."""
    return _fingerprint(hexmap, complete(hexmap, lines))


def _fingerprint(hexmap: HexMap, lines: Sequence[MapLine]) -> str:
    h = hashlib.sha256(f"{ART_VERSION} {hexmap.cols} {hexmap.rows} {hexmap.km_per_hex}".encode())
    for array in (hexmap.terrain, hexmap.relief, hexmap.elevation_m, hexmap.flood):
        h.update(np.ascontiguousarray(array).tobytes())
    for line in lines:
        h.update(f"{line.layer} {line.grade} {line.closed}".encode())
        h.update(np.ascontiguousarray(line.points, np.float32).tobytes())
    return h.hexdigest()


def tile_counts(hexmap: HexMap, level: int) -> tuple[int, int]:
    """Columns and rows of tiles at a level."""
    w, h = world_size(hexmap)
    return -int(-w * level // TILE), -int(-h * level // TILE)


class Painter:
    """Paints tiles of one map, whose lines are complete; the smooth fields are made at the first tile."""

    def __init__(self, hexmap: HexMap, lines: Sequence[MapLine]) -> None:
        self.hexmap, self.lines = hexmap, lines
        self._art: tuple[MapArt, LineArt] | None = None
        self._lock = threading.Lock()

    def tile(self, level: int, season: Season, col: int, row: int) -> pygame.Surface:
        """Paint one tile: 0.2 s at 64 pixels per hex."""
        return self.picture(level, season, col * TILE, row * TILE, TILE, TILE)

    def picture(self, px: int, season: Season, x0: int, y0: int, w: int, h: int) -> pygame.Surface:
        """Paint any rectangle, given in pixels of the whole map at `px` pixels per hex."""
        with self._lock:
            if self._art is None:
                art = MapArt(self.hexmap, self.lines)
                self._art = art, LineArt(self.hexmap, self.lines)
            land, line_art = self._art
        pixels = paint(land, px, x0, y0, w, h, season == Season.WET)
        surface = pygame.Surface((w, h), 0, 32)
        pygame.surfarray.blit_array(surface, pixels.swapaxes(0, 1))
        line_art.draw(surface, px, x0, y0)
        self._cut_rim(surface, px, x0, y0)
        return surface

    def _cut_rim(self, surface: pygame.Surface, px: int, x0: int, y0: int) -> None:
        w, h = surface.get_size()
        xs = ((np.arange(w) + x0 + 0.5) / px).astype(np.float32)
        ys = ((np.arange(h) + y0 + 0.5) / px).astype(np.float32)
        outside = hex_grid(xs, ys, self.hexmap.cols, self.hexmap.rows)[0] < 0
        if outside.any():
            pygame.surfarray.pixels3d(surface)[outside.T] = theme.WINDOW


def bake(
    hexmap: HexMap,
    lines: Sequence[MapLine],
    out_dir: Path,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Paint all tiles of a map into a folder; returns their size in bytes. `progress(done, total)` may be given.

    The wet season is kept only where it differs. Raises OSError when the folder cannot be written.
    """
    lines = complete(hexmap, lines)
    painter = Painter(hexmap, lines)
    jobs = [
        (level, season, col, row)
        for level in LEVELS
        for row in range(tile_counts(hexmap, level)[1])
        for col in range(tile_counts(hexmap, level)[0])
        for season in (Season.DRY, Season.WET)
        if season == Season.DRY or floods(hexmap, lines, level, col, row)
    ]
    size = 0
    for done, key in enumerate(jobs):
        path = _file(out_dir, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        pygame.image.save(painter.tile(*key), str(path))
        size += path.stat().st_size
        if progress:
            progress(done + 1, len(jobs))
    (out_dir / "digest.txt").write_text(_fingerprint(hexmap, lines) + "\n", encoding="ascii")
    return size


def floods(hexmap: HexMap, lines: Sequence[MapLine], level: int, col: int, row: int) -> bool:
    """Whether the wet season changes a tile."""
    pad = 1.5
    x0, y0 = col * TILE / level - pad, row * TILE / level - pad
    x1, y1 = x0 + TILE / level + 2 * pad, y0 + TILE / level + 2 * pad
    for line in lines:
        if line.layer == "wet_lake":
            low, high = line.points.min(axis=0), line.points.max(axis=0)
            if low[0] < x1 and high[0] > x0 and low[1] < y1 and high[1] > y0:
                return True
    drowned = np.flatnonzero(hexmap.flood != Flood.NONE)
    x = drowned % hexmap.cols + 0.5
    y = drowned // hexmap.cols * 0.866 + 0.577
    return bool(((x > x0) & (x < x1) & (y > y0) & (y < y1)).any())


def _file(folder: Path, key: TileKey) -> Path:
    level, season, col, row = key
    return folder / str(level) / f"{season.name.lower()}_{col}_{row}.jpg"


class TileStore:
    """Tiles of one map from memory, from the shipped or kept files, or painted. Safe to call from any thread."""

    def __init__(self, hexmap: HexMap, lines: Sequence[MapLine], cache_root: Path | None = None) -> None:
        self.hexmap, self.lines = hexmap, complete(hexmap, lines)
        self.painter = Painter(hexmap, self.lines)
        mark = _fingerprint(hexmap, self.lines)
        shipped = asset("ui", "tiles", hexmap.name)
        self.shipped = _read(shipped / "digest.txt").strip() == mark
        root = cache_root or Path(platformdirs.user_cache_dir("kampuchea")) / "tiles"
        self.folder = shipped if self.shipped else root / f"{hexmap.name}-{mark[:12]}"
        self._memory: LRUCache[TileKey, pygame.Surface] = kept(_KEPT_MB)
        self._lock = threading.Lock()

    def get(self, level: int, season: Season, col: int, row: int) -> pygame.Surface:
        """A tile, painted if there is no other way."""
        if season == Season.WET and not floods(self.hexmap, self.lines, level, col, row):
            season = Season.DRY
        key = (level, season, col, row)
        with self._lock:
            found = self._memory.get(key)
        if found is not None:
            return found
        surface = self._load(key) or self._paint(key)
        with self._lock:
            self._memory[key] = surface
        return surface

    def let_go(self) -> None:
        """Forget the tiles in memory."""
        with self._lock:
            self._memory.clear()

    @property
    def nbytes(self) -> int:
        """Bytes of the tiles in memory."""
        with self._lock:
            return int(self._memory.currsize)

    def ready(self, level: int, season: Season) -> bool:
        """Whether every tile of a level can be read without painting."""
        cols, rows = tile_counts(self.hexmap, level)
        return self.shipped or all(
            _file(self.folder, (level, Season.DRY, c, r)).is_file() for c in range(cols) for r in range(rows)
        )

    def _load(self, key: TileKey) -> pygame.Surface | None:
        path = _file(self.folder, key)
        if not path.is_file():
            return None
        try:
            picture = pygame.image.load(str(path))
        except pygame.error:
            return None
        if picture.get_size() != (TILE, TILE):
            return None
        return _plain(picture)

    def _paint(self, key: TileKey) -> pygame.Surface:
        surface = self.painter.tile(*key)
        path = _file(self.folder, key)
        draft = path.with_name(f"{path.stem}.part.jpg")
        with contextlib.suppress(OSError, pygame.error):
            path.parent.mkdir(parents=True, exist_ok=True)
            pygame.image.save(surface, str(draft))
            draft.replace(path)
        return surface


def _plain(picture: pygame.Surface) -> pygame.Surface:
    out = pygame.Surface(picture.get_size(), 0, 32)
    out.blit(picture, (0, 0))
    return out


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


_FLAT = (
    theme.SEA_FAR,
    theme.LAKE,
    theme.RICE,
    theme.UPLAND,
    theme.DRY_FOREST,
    theme.FOREST,
    theme.SWAMP,
    theme.URBAN,
)


def flat_picture(hexmap: HexMap, px: int) -> pygame.Surface:
    """The whole map in one colour a hex: what shows until the painting is done. About 30 ms."""
    w, h = world_size(hexmap)
    surface = pygame.Surface((round(w * px), round(h * px)), 0, 32)
    surface.fill(theme.WINDOW)
    for hex_ in range(hexmap.n):
        outline = [(x * px, y * px) for x, y in corners(hexmap, hex_, 1.03)]
        pygame.draw.polygon(surface, _FLAT[hexmap.terrain[hex_]], outline)
    return surface
