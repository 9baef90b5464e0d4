"""What moves while a turn is resolved: counters along their way, and a sober ring where there was fighting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from game.core.hexmap import HexMap
from game.core.ids import HexIndex
from game.ui.mapview.geometry import Point, along, centre, lengths, smooth
from game.ui.mapview.scene import Counter


@dataclass(frozen=True)
class MovingCounter:
    """A counter under way. Times are seconds from the start of the animation."""

    counter: Counter
    path: tuple[HexIndex, ...]
    start: float
    duration: float

    def at(self, hexmap: HexMap, clock: float) -> Point:
        """World point at a time: on the first hex before it starts, on the last one after it has arrived."""
        if len(self.path) == 1:
            return centre(hexmap, self.path[0])
        line = smooth([centre(hexmap, h) for h in self.path], 2)
        t = min(1.0, max(0.0, (clock - self.start) / max(1e-6, self.duration)))
        x, y = along(line, np.array([t * t * (3 - 2 * t) * lengths(line)[-1]]))[0]
        return float(x), float(y)


@dataclass(frozen=True)
class BattleFlash:
    """A ring that opens over a hex and fades."""

    hex: HexIndex
    start: float
    duration: float = 0.9


class Animation:
    """A film of a turn: add movers and rings, `update` each frame, until `done`. `skip` jumps to the end."""

    def __init__(self, movers: Iterable[MovingCounter] = (), flashes: Iterable[BattleFlash] = ()) -> None:
        self.movers, self.flashes = tuple(movers), tuple(flashes)
        self.clock = 0.0
        self.length = max(
            [m.start + m.duration for m in self.movers] + [f.start + f.duration for f in self.flashes], default=0.0
        )

    @property
    def done(self) -> bool:
        return self.clock >= self.length

    def update(self, dt: float) -> None:
        """Advance by `dt` seconds."""
        self.clock = min(self.length, self.clock + dt)

    def skip(self) -> None:
        self.clock = self.length
