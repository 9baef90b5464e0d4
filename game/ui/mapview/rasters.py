"""Small raster tools: smooth fields, noise, blur and distances, all float32 and numpy only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.ui.mapview.geometry import F32

_LATTICE = np.random.default_rng(7).random((256, 256)).astype(np.float32)


def _taps(at: F32, size: int) -> tuple[list[npt.NDArray[np.int32]], list[F32]]:
    """Indices and weights of the cubic B-spline at positions `at` in samples."""
    base = np.floor(at)
    t = (at - base).astype(np.float32)
    weights: list[F32] = [
        ((1 - t) ** 3 / 6).astype(np.float32),
        ((3 * t**3 - 6 * t**2 + 4) / 6).astype(np.float32),
        ((-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6).astype(np.float32),
        (t**3 / 6).astype(np.float32),
    ]
    start = base.astype(np.int32) - 1
    return [np.clip(start + k, 0, size - 1) for k in range(4)], weights


class Field:
    """A smooth quantity over the map, stored as `density` samples per world unit from (x0, y0) on."""

    def __init__(self, samples: F32, density: float, x0: float, y0: float) -> None:
        self.samples, self.density, self.x0, self.y0 = samples, density, x0, y0

    def on(self, xs: F32, ys: F32) -> F32:
        """Values on a raster, cubic B-spline: float32 [len(ys), len(xs)]."""
        ix, wx = _taps((xs - np.float32(self.x0)) * np.float32(self.density) - np.float32(0.5), self.samples.shape[1])
        iy, wy = _taps((ys - np.float32(self.y0)) * np.float32(self.density) - np.float32(0.5), self.samples.shape[0])
        rows = sum(self.samples[i] * w[:, None] for i, w in zip(iy, wy, strict=True))
        assert isinstance(rows, np.ndarray)
        out = np.zeros((len(ys), len(xs)), np.float32)
        for i, w in zip(ix, wx, strict=True):
            out += np.take(rows, i, axis=1) * w
        return out


def noise(xs: F32, ys: F32, size: float, octaves: int, seed: int = 0) -> F32:
    """Value noise 0..1 on a raster; `size` is the largest cell in world units. The mean is about 0.5."""
    out = np.zeros((len(ys), len(xs)), np.float32)
    amplitude, total, f = 1.0, 0.0, 1.0 / size
    for k in range(octaves):
        px, py = xs * np.float32(f) + np.float32(91.7 * k + 13.3 * seed), ys * np.float32(f) + np.float32(37.1 * k)
        x0, y0 = np.floor(px), np.floor(py)
        tx, ty = px - x0, py - y0
        tx, ty = tx * tx * (3 - 2 * tx), ty * ty * (3 - 2 * ty)
        ix, iy = x0.astype(np.int32), y0.astype(np.int32)
        rows = _LATTICE[iy & 255] * (1 - ty)[:, None] + _LATTICE[(iy + 1) & 255] * ty[:, None]
        out += np.float32(amplitude) * (
            np.take(rows, ix & 255, axis=1) * (1 - tx) + np.take(rows, (ix + 1) & 255, axis=1) * tx
        )
        total += amplitude
        amplitude *= 0.5
        f *= 2.03
    return out / np.float32(total)


def ridges(x: F32, y: F32, size: float, octaves: int) -> F32:
    """Ridged value noise 0..1 at free points (crests near 1): float32 of x's shape."""
    out = np.zeros_like(x)
    amplitude, total, f = 1.0, 0.0, 1.0 / size
    for k in range(octaves):
        px, py = x * np.float32(f) + np.float32(91.7 * k), y * np.float32(f) + np.float32(37.1 * k)
        x0, y0 = np.floor(px), np.floor(py)
        tx, ty = px - x0, py - y0
        ix, iy = x0.astype(np.int32), y0.astype(np.int32)
        left, right = ix & 255, (ix + 1) & 255
        top, bottom = (iy & 255) << 8, ((iy + 1) & 255) << 8
        flat = _LATTICE.ravel()
        upper = flat[top + left] * (1 - tx) + flat[top + right] * tx
        lower = flat[bottom + left] * (1 - tx) + flat[bottom + right] * tx
        value = upper + (lower - upper) * ty
        out += np.float32(amplitude) * (1 - np.abs(2 * value - 1))
        total += amplitude
        amplitude *= 0.5
        f *= 2.03
    return out / np.float32(total)


def blur(a: F32, sigma: float) -> F32:
    """Gaussian blur over the first two axes, `sigma` in samples; edges repeat."""
    reach = max(1, round(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2).astype(np.float32)
    kernel /= kernel.sum()
    for axis in (0, 1):
        pad = [(0, 0)] * a.ndim
        pad[axis] = (reach, reach)
        wide = np.pad(a, pad, mode="edge")
        out = np.zeros_like(a)
        for k, weight in enumerate(kernel):
            part = wide[k : k + a.shape[0]] if axis == 0 else wide[:, k : k + a.shape[1]]
            out += part * weight
        a = out
    return a


def distance(inside: npt.NDArray[np.bool_], reach: int) -> F32:
    """Pixels from every pixel to the nearest one that is not inside, cut off at `reach`: 0 outside.

    Two passes after Saito and Toriwaki (1994): along the columns, then over the rows within reach.
    """
    h, _ = inside.shape
    run = np.where(inside, np.float32(reach), np.float32(0))
    for y in range(1, h):
        np.minimum(run[y], run[y - 1] + 1, out=run[y])
    for y in range(h - 2, -1, -1):
        np.minimum(run[y], run[y + 1] + 1, out=run[y])
    squared = run * run
    best = squared.copy()
    for step in range(1, reach):
        cost = np.float32(step * step)
        np.minimum(best[:, step:], squared[:, :-step] + cost, out=best[:, step:])
        np.minimum(best[:, :-step], squared[:, step:] + cost, out=best[:, :-step])
    out: F32 = np.sqrt(best)
    return out


def hash01(x: npt.NDArray[np.int64], y: npt.NDArray[np.int64], seed: int) -> F32:
    """A fixed random number 0..1 for each lattice point."""
    h = (x * 374761393 + y * 668265263 + seed * 2246822519) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 16)) * 2654435761) & 0xFFFFFFFF
    return ((h ^ (h >> 15)) & 0xFFFFFF).astype(np.float32) / np.float32(0x1000000)
