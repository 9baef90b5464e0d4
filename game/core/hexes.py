"""Hex geometry: pointy-top hexes in offset rows, every second row shifted half a hex to the east ("odd-r").

A hex is the number `row * cols + col`, row 0 in the north. The six directions run counter-clockwise from the
east, and direction `d` of one hex is direction `opposite(d)` of the other. Conventions after the field's
reference, Amit Patel's "Hexagonal Grids" (redblobgames.com/grids/hexagons).
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import numpy.typing as npt

from game.core.ids import OFF_MAP, HexIndex

E, NE, NW, W, SW, SE = range(6)

_STEPS_EVEN = ((1, 0), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1))
_STEPS_ODD = ((1, 0), (1, -1), (0, -1), (-1, 0), (0, 1), (1, 1))

EDGE = 0.57735
"""Length of an edge in widths of a hex: 1 / sqrt(3)."""


def opposite(direction: int) -> int:
    """The direction back: 0..5."""
    return (direction + 3) % 6


def step(col: int, row: int, direction: int) -> tuple[int, int]:
    """Column and row of the neighbour in `direction`, on an endless grid."""
    dcol, drow = (_STEPS_ODD if row % 2 else _STEPS_EVEN)[direction]
    return col + dcol, row + drow


def neighbour_table(cols: int, rows: int) -> npt.NDArray[np.int32]:
    """Neighbours of every hex: int32 [cols*rows, 6], OFF_MAP beyond the border."""
    col, row = np.meshgrid(np.arange(cols), np.arange(rows))
    odd = row % 2 == 1
    table = np.empty((rows, cols, 6), np.int32)
    for direction in range(6):
        (even_col, even_row), (odd_col, odd_row) = _STEPS_EVEN[direction], _STEPS_ODD[direction]
        c, r = col + np.where(odd, odd_col, even_col), row + np.where(odd, odd_row, even_row)
        inside = (c >= 0) & (c < cols) & (r >= 0) & (r < rows)
        table[..., direction] = np.where(inside, r * cols + c, OFF_MAP)
    return table.reshape(-1, 6)


def cube(col: int, row: int) -> tuple[int, int, int]:
    """Cube coordinates (q, r, s), q + r + s = 0."""
    q = col - (row - (row & 1)) // 2
    return q, row, -q - row


def distance(a: HexIndex, b: HexIndex, cols: int) -> int:
    """Steps from hex `a` to hex `b` over open ground."""
    qa, ra, sa = cube(a % cols, a // cols)
    qb, rb, sb = cube(b % cols, b // cols)
    return max(abs(qa - qb), abs(ra - rb), abs(sa - sb))


def centre(col: int, row: int) -> tuple[float, float]:
    """Centre in units of the hex's width (flat to flat = 1), x east, y south; hex 0 at (0.5, 1/sqrt 3)."""
    return col + 0.5 + 0.5 * (row & 1), 1 / sqrt(3) + row * sqrt(3) / 2


def at(x: float, y: float, cols: int, rows: int) -> HexIndex:
    """Hex that holds the point (x, y), in the units of `centre`; OFF_MAP when none does."""
    row = round((y - 1 / sqrt(3)) / (sqrt(3) / 2))
    best, best_distance = OFF_MAP, 1e9
    for r in (row - 1, row, row + 1):
        col = round(x - 0.5 - 0.5 * (r & 1))
        for c in (col - 1, col, col + 1):
            cx, cy = centre(c, r)
            d = (cx - x) ** 2 + (cy - y) ** 2
            if d < best_distance:
                best_distance = d
                best = r * cols + c if 0 <= c < cols and 0 <= r < rows else OFF_MAP
    return best
