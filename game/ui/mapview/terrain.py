"""The painted land: tints, shaded relief, water, stipple and hex grid of one rectangle of the map.

Everything derives from the HexMap and its lines, so an author's own map is painted as well as a shipped one.
A rectangle is painted with a margin and cut out of it, so that neighbours meet without a seam.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from game.core.hexmap import HexMap, MapLine
from game.core.ids import Flood, Relief, Terrain
from game.ui import theme
from game.ui.mapview import stipple
from game.ui.mapview.areas import Areas
from game.ui.mapview.geometry import (
    F32,
    centres,
    edge_distance,
    hex_grid,
    world_size,
)
from game.ui.mapview.rasters import Field, blur, distance, noise, ridges

MARGIN = 44
"""Pixels painted around a rectangle; more than the reach of the depth lines."""
_DENSITY = 8
_PAD = 3.0
"""World units by which the fields exceed the map."""
_COVER_DENSITY = 24
_LAND = (Terrain.RICE, Terrain.UPLAND, Terrain.DRY_FOREST, Terrain.FOREST, Terrain.SWAMP, Terrain.URBAN)
_PALETTE = np.array(
    [
        theme.SEA_NEAR,
        theme.LAKE,
        theme.RICE,
        theme.UPLAND,
        theme.DRY_FOREST,
        theme.FOREST,
        theme.SWAMP,
        theme.URBAN,
    ],
    np.float32,
)
_RUGGED_M = {Relief.PLAIN: 0.0, Relief.HILLS: 170.0, Relief.PLATEAU: 90.0, Relief.MOUNTAINS: 520.0}
"""Local relief that the shading shows for a class, metres."""
_EXAGGERATION = 9.0
_DEPTH_LINES = ((3.5, 0.42), (8.0, 0.30), (13.5, 0.22), (20.0, 0.16), (28.0, 0.11), (38.0, 0.08))


class MapArt:
    """The smooth fields of a map from which any rectangle is painted, at any zoom. About 0.5 s to make.

    `lines` are those of derive.complete.
    """

    def __init__(self, hexmap: HexMap, lines: Sequence[MapLine]) -> None:
        self.hexmap = hexmap
        self._size = world_size(hexmap)
        land = hexmap.is_land
        everywhere = np.ones(hexmap.n, np.float32)
        self._xs, self._ys = self._axis(self._size[0], _DENSITY), self._axis(self._size[1], _DENSITY)
        number, _, _ = hex_grid(self._xs, self._ys, hexmap.cols, hexmap.rows)
        self._number = number

        elevation = np.maximum(hexmap.elevation_m, 0).astype(np.float32)
        self.elevation = self._field(elevation, everywhere, 0.42)
        beside = np.where(hexmap.neighbours >= 0, elevation[hexmap.neighbours], elevation[:, None])
        rugged = 0.6 * (beside.max(axis=1) - beside.min(axis=1)) + np.array(
            [_RUGGED_M[Relief(int(r))] for r in hexmap.relief], np.float32
        )
        self.rugged = self._field(np.minimum(rugged, 1000).astype(np.float32), everywhere, 0.5)
        flooded = ((hexmap.flood == Flood.FLOODED) | (hexmap.flood == Flood.LAKE)).astype(np.float32)
        self.flooded = self._field(flooded, everywhere, 0.4)
        self.cover = self._cover(land)
        self.areas = Areas(hexmap, lines)
        self.offshore = Field(self._offshore(), _DENSITY, -_PAD, -_PAD)

        tint = _PALETTE[hexmap.terrain].copy()
        at_x = np.clip(((centres(hexmap)[:, 0] + _PAD) * _COVER_DENSITY).astype(int), 0, self.cover.shape[1] - 1)
        at_y = np.clip(((centres(hexmap)[:, 1] + _PAD) * _COVER_DENSITY).astype(int), 0, self.cover.shape[0] - 1)
        tint[~land] = _PALETTE[self.cover[at_y, at_x]][~land]
        spread = ((np.arange(hexmap.n) * 2654435761) % 97 / 97.0 - 0.5) * 3.0
        self.hex_tint = np.vstack([tint + spread[:, None], [theme.RICE]]).astype(np.float32)
        slope = np.zeros(hexmap.n, np.float32)
        for d, share in ((2, 0.5), (1, 0.3), (3, 0.2)):
            slope += share * (beside[:, d] - beside[:, (d + 3) % 6])
        self.hex_shade = np.append(np.clip(1 - slope / 1600, 0.75, 1.2), 1.0).astype(np.float32)

    def _axis(self, length: float, density: int) -> F32:
        count = np.arange((length + 2 * _PAD) * density, dtype=np.float32)
        return (count + np.float32(0.5)) / np.float32(density) - np.float32(_PAD)

    def _spread(self, values: F32, weights: F32, sigma: float) -> tuple[F32, F32]:
        """Blurred weighted sum and weight of a value a hex, on the field raster; `sigma` in world units."""
        w = np.append(weights, 0).astype(np.float32)[self._number]
        v = np.append(values, 0).astype(np.float32)[self._number] * w
        both = blur(np.stack([v, w], axis=2), sigma * _DENSITY)
        return both[:, :, 0], both[:, :, 1]

    def _field(self, values: F32, weights: F32, sigma: float) -> Field:
        value, weight = self._spread(values, weights, sigma)
        far_value, far_weight = self._spread(values, weights, 1.4)
        samples = (value + 1e-4 * far_value) / np.maximum(weight + 1e-4 * far_weight, 1e-9)
        return Field(samples.astype(np.float32), _DENSITY, -_PAD, -_PAD)

    def _cover(self, land: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
        """Land cover with soft borders, on a raster of _COVER_DENSITY samples a world unit; no sea and no lake."""
        xs, ys = self._axis(self._size[0], _COVER_DENSITY), self._axis(self._size[1], _COVER_DENSITY)
        best = np.full((len(ys), len(xs)), -1.0, np.float32)
        cover = np.full(best.shape, int(Terrain.RICE), np.int8)
        for terrain in _LAND:
            here = ((self.hexmap.terrain == terrain) & land).astype(np.float32)
            if not here.any():
                continue
            near, _ = self._spread(here, np.ones_like(here), 0.34)
            far, _ = self._spread(here, np.ones_like(here), 1.3)
            weight = Field(near + 1e-3 * far, _DENSITY, -_PAD, -_PAD).on(xs, ys)
            more = weight > best
            cover[more] = int(terrain)
            best[more] = weight[more]
        return cover

    def _offshore(self) -> F32:
        """Distance from land on the field raster, world units, cut off at 6; islets count less than the mainland."""
        land = self.areas.sampled("coast", self._xs, self._ys)
        far, near = distance(blur(land, 0.8 * _DENSITY) < 0.3, 6 * _DENSITY), distance(land < 0.35, 6 * _DENSITY)
        out: F32 = np.minimum(far, near + np.float32(1.8 * _DENSITY)) / np.float32(_DENSITY)
        return out


def paint(art: MapArt, px: int, x0: int, y0: int, w: int, h: int, wet: bool) -> npt.NDArray[np.uint8]:
    """Paint the land of a rectangle: uint8 [h, w, 3].

    `px` pixels per hex width; (x0, y0) is the rectangle's corner in pixels of the whole map at that zoom.
    """
    m = MARGIN
    xs = (np.arange(-m, w + m, dtype=np.float32) + np.float32(x0 + 0.5)) / np.float32(px)
    ys = (np.arange(-m, h + m, dtype=np.float32) + np.float32(y0 + 0.5)) / np.float32(px)
    box = (float(xs[0] - 0.5 / px), float(ys[0] - 0.5 / px), float(xs[-1] + 0.5 / px), float(ys[-1] + 0.5 / px))
    number, off_x, off_y = hex_grid(xs, ys, art.hexmap.cols, art.hexmap.rows)
    land = art.areas.coverage("coast", px, box, len(xs), len(ys))
    lake = art.areas.coverage("lake", px, box, len(xs), len(ys))
    spill = np.clip(art.areas.coverage("wet_lake", px, box, len(xs), len(ys)) - lake, 0, 1)

    image, cover = _ground(art, px, xs, ys, number)
    image = _flood(art, px, xs, ys, image, spill, land * (1 - lake), wet)
    grain = _grain(xs, ys, px)
    image += grain[:, :, None]
    if px >= 24:
        stipple.apply(image, cover, land * (1 - lake), px, x0 - m, y0 - m)
    if lake.any():
        image = _over(image, _lake(lake), lake)
    if (land < 1).any():
        image = _over(_sea(art, px, xs, ys, land) + 0.6 * grain[:, :, None], image, land)
    for share, strength in ((land, 0.75), (lake, 0.6)):
        if share.any() and not share.all():
            rim = np.clip(1 - np.abs(blur(share, 0.7) - 0.5) * 2.6, 0, 1) * strength
            image = _over(image, np.array(theme.SHORE, np.float32), rim)
    image = _grid(image, px, off_x, off_y, land)
    image[number < 0] = theme.WINDOW
    out: npt.NDArray[np.uint8] = np.clip(image[m:-m, m:-m], 0, 255).astype(np.uint8)
    return out


def _over(below: F32, above: F32, share: F32) -> F32:
    out: F32 = below + (above - below) * share[:, :, None]
    return out


def _ground(art: MapArt, px: int, xs: F32, ys: F32, number: npt.NDArray[np.int32]) -> tuple[F32, npt.NDArray[np.int8]]:
    """Tints and shaded relief: image float32 [h, w, 3] and the cover class of each pixel."""
    warp_x = noise(xs, ys, 0.75, 4, seed=1) - np.float32(0.5)
    warp_y = noise(xs, ys, 0.75, 4, seed=2) - np.float32(0.5)
    grid_x, grid_y = xs[None, :] + np.zeros((len(ys), 1), np.float32), ys[:, None] + np.zeros((1, len(xs)), np.float32)
    at_x = np.clip(((grid_x + 0.9 * warp_x + _PAD) * _COVER_DENSITY).astype(np.int32), 0, art.cover.shape[1] - 1)
    at_y = np.clip(((grid_y + 0.9 * warp_y + _PAD) * _COVER_DENSITY).astype(np.int32), 0, art.cover.shape[0] - 1)
    cover = art.cover[at_y, at_x]
    tint = blur(_PALETTE[cover], 1.1)
    image = 0.55 * tint + 0.45 * art.hex_tint[number]

    elevation, rugged = art.elevation.on(xs, ys), np.clip(art.rugged.on(xs, ys), 0, 900)
    crest = ridges(grid_x + 0.5 * warp_x, grid_y + 0.5 * warp_y, 1.08, 5)
    height = elevation + rugged * np.float32(0.62) * (crest - np.float32(0.5))
    height += (noise(xs, ys, 0.42, 3, seed=3) - np.float32(0.5)) * 10
    height = blur(height, 0.8)
    slope_y, slope_x = np.gradient(height)
    steep = np.float32(px / art.hexmap.km_per_hex / 1000 * _EXAGGERATION)
    nx, ny = -slope_x * steep, -slope_y * steep
    shade = (np.float32(0.72) - np.float32(0.62) * (nx + ny)) / np.sqrt(nx * nx + ny * ny + 1) / np.float32(0.72)
    mountain = np.clip(rugged / 300, 0, 1)
    shade = 1 + (shade - 1) * (np.float32(0.25) + np.float32(0.62) * mountain)
    shade = np.clip(0.8 * shade + 0.2 * art.hex_shade[number], 0.5, 1.30)

    high = (np.clip(elevation / 1100, 0, 1) * 0.30).astype(np.float32)
    image = _over(image, np.array((190, 164, 128), np.float32), high)
    dark = image * shade[:, :, None] + (1 - shade)[:, :, None] * (np.array((70, 58, 86), np.float32) * 0.55)
    light = image + (255 - image) * ((shade - 1) * 0.9)[:, :, None]
    image = np.where((shade < 1)[:, :, None], dark, light)
    texture = noise(xs, ys, 0.06, 2, seed=4) - np.float32(0.5)
    depth = np.zeros(9, np.float32)
    depth[Terrain.FOREST], depth[Terrain.DRY_FOREST], depth[Terrain.SWAMP] = 20, 10, 6
    image += (depth[cover] * texture)[:, :, None]
    return image.astype(np.float32), cover


def _grain(xs: F32, ys: F32, px: int) -> F32:
    """Paper: fine grain and broad blotches."""
    fine = noise(xs, ys, 2.0 / px, 1, seed=5) - np.float32(0.5)
    broad = noise(xs, ys, 5.0, 2, seed=6) - np.float32(0.5)
    out: F32 = fine * 5 + broad * 8
    return out


def _flood(art: MapArt, px: int, xs: F32, ys: F32, image: F32, spill: F32, dry_land: F32, wet: bool) -> F32:
    """Broken water lines where the wet season drowns the land; in the dry season only a trace of the great lake."""
    flooded = np.clip(art.flooded.on(xs, ys) * 4 - 1.5, 0, 1) * dry_land
    reach = np.maximum(flooded, spill) if wet else spill * 0.75
    if not reach.any():
        return image
    if wet:
        image = _over(image, np.array(theme.LAKE, np.float32), 0.80 * spill)
    image = _over(image, np.array((150, 190, 196), np.float32), (0.30 if wet else 0.14) * reach)
    spacing = max(4, round(6 * px / 64))
    row = np.rint(ys * px - 0.5).astype(np.int64)
    on_row = (row % spacing == 0).astype(np.float32)
    band = (row // spacing).astype(np.float32) * np.float32(7.31)
    broken = noise(xs * np.float32(px / 64), band, 0.35, 1, seed=8) > (0.40 if wet else 0.46)
    hatch = on_row[:, None] * broken * (reach > 0.5)
    rim = np.clip(1 - np.abs(spill - 0.5) * 3, 0, 1) * (spill > 0.02) * (0.55 if wet else 0.25)
    image = _over(image, np.array((96, 146, 162), np.float32), hatch * np.float32(0.60 if wet else 0.42))
    return _over(image, np.array(theme.SHORE, np.float32), rim.astype(np.float32))


def _sea(art: MapArt, px: int, xs: F32, ys: F32, land: F32) -> F32:
    """Open water: paler near the shore, with depth lines that follow it."""
    off = art.offshore.on(xs, ys) * art.hexmap.km_per_hex
    far = (1 - np.exp(-off / np.float32(26)))[:, :, None]
    near_colour, far_colour = np.array(theme.SEA_NEAR, np.float32), np.array(theme.SEA_FAR, np.float32)
    sea: F32 = near_colour + (far_colour - near_colour) * far
    return _depth_lines(sea, distance(land < 0.5, 42), px, _DEPTH_LINES)


def _lake(lake: F32) -> F32:
    water = np.zeros((*lake.shape, 3), np.float32) + np.array(theme.LAKE, np.float32)
    return _depth_lines(water, distance(lake > 0.5, 14), 64, ((3.0, 0.4), (7.0, 0.25), (12.0, 0.15)))


def _depth_lines(water: F32, from_shore: F32, px: int, lines: Sequence[tuple[float, float]]) -> F32:
    crowd = min(1.0, max(0.55, px / 64))
    strength = np.zeros_like(from_shore)
    for at, alpha in lines:
        strength = np.maximum(strength, np.exp(-(((from_shore - at * crowd) / 0.8) ** 2)) * np.float32(alpha))
    return _over(water, np.array((76, 127, 144), np.float32), strength)


def _grid(image: F32, px: int, off_x: F32, off_y: F32, land: F32) -> F32:
    """Hairlines between hexes, bevelled at close zoom."""
    edge = edge_distance(off_x, off_y) * np.float32(px)
    strength = 1.0 if px >= 32 else 0.55
    line = np.clip(1.0 - edge / 0.75, 0, 1) * (0.30 * land + 0.13 * (1 - land)) * np.float32(strength)
    if px >= 32:
        bevel = np.clip(1 - edge / (px * 0.08), 0, 1) ** 2 * np.float32(0.10) * land
        lit = (-off_x * 0.6 - off_y * 0.8) > 0
        image = _over(image, np.array((255, 255, 255), np.float32), np.where(lit, bevel * 1.2, 0))
        image = _over(image, np.zeros(3, np.float32), np.where(lit, 0, bevel * 0.8))
    return _over(image, np.array(theme.GRID, np.float32), line)
