"""Cover marks on the painted land: trees, scrub, paddy ticks and reeds, on a jittered lattice that never repeats."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pygame

from game.core.ids import Terrain
from game.ui.mapview.geometry import F32
from game.ui.mapview.rasters import hash01, noise

_STEP = 7.2
"""Mean spacing of the lattice in pixels."""
_SHARE = {
    Terrain.FOREST: 0.60,
    Terrain.DRY_FOREST: 0.22,
    Terrain.RICE: 0.050,
    Terrain.SWAMP: 0.20,
    Terrain.UPLAND: 0.03,
}
_SUPER = 6


def apply(image: F32, cover: npt.NDArray[np.int8], dry_land: F32, px: int, x0: int, y0: int) -> None:
    """Draw the marks into the image (float32 [h, w, 3]) in place; (x0, y0): its corner in map pixels."""
    h, w = cover.shape
    cols = np.arange(x0 // _STEP, (x0 + w) // _STEP + 1).astype(np.int64)
    rows = np.arange(y0 // _STEP, (y0 + h) // _STEP + 1).astype(np.int64)
    cx, cy = (a.ravel() for a in np.meshgrid(cols, rows))
    x = ((cx + 0.9 * hash01(cx, cy, 1)) * _STEP).astype(np.int64) - x0
    y = ((cy + 0.9 * hash01(cx, cy, 2)) * _STEP).astype(np.int64) - y0
    chance, kind = hash01(cx, cy, 3), hash01(cx, cy, 4)
    inside = (x >= 6) & (x < w - 6) & (y >= 6) & (y < h - 6)
    x, y, chance, kind = x[inside], y[inside], chance[inside], kind[inside]
    share = np.zeros(9, np.float32)
    for terrain, value in _SHARE.items():
        share[terrain] = value
    here = cover[y, x]
    clump = noise(_centres(x0, w, px), _centres(y0, h, px), 0.9, 2, seed=9)[y, x]
    drawn = (chance < share[here] * (0.55 + 0.9 * clump)) & (dry_land[y, x] > 0.9)
    size = max(0.62, min(1.0, px / 64))
    surface = pygame.Surface((w, h), pygame.SRCALPHA)
    stamps = {int(t): _stamps(int(t), size) for t in _SHARE}
    marks = zip(x[drawn].tolist(), y[drawn].tolist(), here[drawn].tolist(), kind[drawn].tolist(), strict=True)
    blits = [(stamps[t][int(k * len(stamps[t]))], (mx - 6, my - 6)) for mx, my, t, k in marks]
    surface.fblits(blits, pygame.BLEND_PREMULTIPLIED)
    colour = pygame.surfarray.pixels3d(surface).swapaxes(0, 1)
    alpha = pygame.surfarray.pixels_alpha(surface).T.astype(np.float32)
    image *= (1 - alpha / 255)[:, :, None]
    image += colour


def _centres(start: int, count: int, px: int) -> F32:
    """Pixel centres of a row or column, world units."""
    return (np.arange(count, dtype=np.float32) + np.float32(start + 0.5)) / np.float32(px)


@lru_cache(maxsize=64)
def _stamps(terrain: int, size: float) -> list[pygame.Surface]:
    """Variants of a mark, 12 x 12 pixels, premultiplied."""
    out = []
    for variant in range(6):
        big = pygame.Surface((12 * _SUPER, 12 * _SUPER), pygame.SRCALPHA)
        _DRAW[Terrain(terrain)](big, size * (0.85 + 0.09 * variant), variant)
        out.append(pygame.transform.smoothscale(big.premul_alpha(), (12, 12)))
    return out


def _at(x: float, y: float) -> tuple[float, float]:
    return (6 + x) * _SUPER, (6 + y) * _SUPER


def _tree(s: pygame.Surface, z: float, variant: int) -> None:
    r = 1.9 * z
    pygame.draw.circle(s, (80, 94, 62, 105), _at(0.6, 0.8), r * _SUPER)
    pygame.draw.circle(s, (132, 148, 104, 165), _at(0, 0), r * _SUPER)
    pygame.draw.circle(s, (170, 184, 140, 170), _at(-0.45 * z, -0.5 * z), r * 0.5 * _SUPER)


def _scrub(s: pygame.Surface, z: float, variant: int) -> None:
    pygame.draw.circle(s, (110, 112, 70, 85), _at(0.4, 0.5), 1.5 * z * _SUPER)
    pygame.draw.circle(s, (158, 158, 110, 160), _at(0, 0), 1.3 * z * _SUPER)


def _paddy(s: pygame.Surface, z: float, variant: int) -> None:
    for j in range(2 + variant % 2):
        x, y = -2.6 + 1.1 * j, -2.0 + 2.1 * j
        pygame.draw.line(s, (138, 136, 84, 110), _at(x * z, y * z), _at((x + 3 + variant % 3) * z, y * z), _SUPER - 1)


def _reeds(s: pygame.Surface, z: float, variant: int) -> None:
    pygame.draw.line(s, (86, 128, 120, 150), _at(-3 * z, 1), _at(3 * z, 1), _SUPER - 2)
    for j in (-1.6, 0.0, 1.6):
        pygame.draw.line(s, (86, 128, 96, 150), _at(j * z, 1), _at(j * 1.5 * z, 1 - 3 * z), _SUPER - 2)


def _tuft(s: pygame.Surface, z: float, variant: int) -> None:
    for j in (-1.3, 0.0, 1.3):
        pygame.draw.line(s, (150, 130, 86, 120), _at(j * 0.5 * z, 1.4), _at(j * z, -1.4 * z), _SUPER - 2)


_DRAW = {
    Terrain.FOREST: _tree,
    Terrain.DRY_FOREST: _scrub,
    Terrain.RICE: _paddy,
    Terrain.SWAMP: _reeds,
    Terrain.UPLAND: _tuft,
}
