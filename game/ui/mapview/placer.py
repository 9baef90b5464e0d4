"""Finds room for labels among counters, signs and other labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np

Rect: TypeAlias = tuple[float, float, float, float]
"""x, y, width, height in pixels of the whole map."""


class Placer:
    """Remembers what is taken. Deterministic: the same questions in the same order get the same places."""

    def __init__(self, obstacles: Iterable[Rect]) -> None:
        taken = [(x, y, x + w, y + h) for x, y, w, h in obstacles]
        self._count = len(taken)
        self._taken = np.zeros((max(64, 2 * len(taken)), 4))
        if taken:
            self._taken[: len(taken)] = taken

    def block(self, rect: Rect) -> None:
        """Take a rectangle."""
        if self._count == len(self._taken):
            self._taken = np.vstack([self._taken, np.zeros_like(self._taken)])
        x, y, w, h = rect
        self._taken[self._count] = (x, y, x + w, y + h)
        self._count += 1

    def crowd(self, rect: Rect) -> float:
        """Share of the rectangle that is taken; more than 1 where things lie upon each other."""
        x, y, w, h = rect
        t = self._taken[: self._count]
        across = np.minimum(t[:, 2], x + w) - np.maximum(t[:, 0], x)
        down = np.minimum(t[:, 3], y + h) - np.maximum(t[:, 1], y)
        return float((np.maximum(across, 0) * np.maximum(down, 0)).sum() / (w * h))

    def blocked(self, rect: Rect) -> bool:
        return self.crowd(rect) > 0

    def place(
        self, w: float, h: float, x: float, y: float, px: float, gap: float = 8.0, must: bool = False
    ) -> tuple[float, float] | None:
        """Corner for a label of w x h at the sign (x, y), and take it; None when there is no room.

        Tried in order: beside the sign, below and above it, askew, then further out around a counter.
        With `must`, the least crowded place is taken.
        """
        options = [
            (x + gap, y - h / 2),
            (x - gap - w, y - h / 2),
            (x - w / 2, y + gap),
            (x - w / 2, y - gap - h),
            (x + gap * 0.7, y - h - gap * 0.4),
            (x + gap * 0.7, y + gap * 0.4),
            (x - w - gap * 0.7, y - h - gap * 0.4),
            (x - w - gap * 0.7, y + gap * 0.4),
        ]
        for reach in (0.30, 0.45, 0.62):
            far = max(gap, px * reach)
            options += [
                (x - w / 2, y + far),
                (x + far, y - h / 2),
                (x - far - w, y - h / 2),
                (x - w / 2, y - far - h),
                (x + far * 0.7, y + far * 0.6),
                (x - far * 0.7 - w, y + far * 0.6),
                (x + far * 0.7, y - far * 0.6 - h),
                (x - far * 0.7 - w, y - far * 0.6 - h),
            ]
        crowds = []
        for corner in options:
            crowd = self.crowd((*corner, w, h))
            if crowd == 0:
                self.block((*corner, w, h))
                return corner
            crowds.append(crowd)
        if not must:
            return None
        best = options[int(np.argmin(crowds))]
        self.block((*best, w, h))
        return best
