"""The frame of a map: bounding box, projection and hex grid, and the way from degrees to hex units and back."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from game.core import hexes
from game.core.hexmap import PROJECTIONS, Projection
from game.core.ids import HexIndex
from game.scenario.mapbuild.sources import MapBuildError

Floats = npt.NDArray[np.float64]
AnyGeometry = TypeVar("AnyGeometry", bound=BaseGeometry)

MAX_COLS, MAX_ROWS = 100, 100
"""Hex numbers have two figures a column and two a row."""
_RINGS = 3
_ROW_HEIGHT = sqrt(3) / 2


@dataclass(frozen=True)
class Frame:
    """Hex units: hex widths from the north-west corner, x east and y south, as in `hexes.centre`."""

    cols: int
    rows: int
    km_per_hex: float
    projection: Projection
    origin_km: tuple[float, float]

    @property
    def n(self) -> int:
        return self.cols * self.rows

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Hex units of a point of the Earth."""
        x, y = self.projection.to_km(lat, lon)
        return (x - self.origin_km[0]) / self.km_per_hex, (self.origin_km[1] - y) / self.km_per_hex

    def hex_at(self, lat: float, lon: float) -> HexIndex:
        return hexes.at(*self.xy(lat, lon), self.cols, self.rows)

    def project(self, geometry: AnyGeometry) -> AnyGeometry:
        """A geometry in (lon, lat) as one in hex units."""

        def to_units(points: Floats) -> Floats:
            return np.array([self.xy(lat, lon) for lon, lat in points], dtype=np.float64).reshape(-1, 2)

        return shapely.transform(geometry, to_units)  # type: ignore[no-any-return]

    def centres(self) -> Floats:
        """[n, 2] hex units."""
        return np.array([hexes.centre(h % self.cols, h // self.cols) for h in range(self.n)])

    def lon_lat(self, points: Floats) -> tuple[Floats, Floats]:
        """Longitude and latitude of points [m, 2] in hex units."""
        back = [
            self.projection.to_lat_lon(self.origin_km[0] + x * self.km_per_hex, self.origin_km[1] - y * self.km_per_hex)
            for x, y in points
        ]
        pairs = np.array(back, dtype=np.float64).reshape(-1, 2)
        return pairs[:, 1], pairs[:, 0]

    @property
    def outline(self) -> BaseGeometry:
        """Rectangle around all hexes, a little larger."""
        return shapely.box(-0.2, -0.2, self.cols + 0.7, (self.rows - 1) * _ROW_HEIGHT + 2 / sqrt(3) + 0.2)


def make_frame(bbox: tuple[float, float, float, float], km_per_hex: float, projection: str) -> Frame:
    """Frame of the smallest grid over bbox = (west, south, east, north), degrees, but for the teeth of the hexes at its
    edges, half a hex deep. Raises MapBuildError."""
    west, south, east, north = bbox
    if projection not in PROJECTIONS:
        raise MapBuildError(f"--projection {projection}: unknown; choose {' or '.join(PROJECTIONS)}")
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85 and east - west < 90):
        raise MapBuildError(f"--bbox {bbox}: give west,south,east,north in degrees, less than 90 degrees wide")
    if not 0.1 <= km_per_hex <= 500:
        raise MapBuildError(f"--km {km_per_hex}: kilometres per hex must be from 0.1 to 500")
    plane = Projection(projection, round((south + north) / 2, 4), round((west + east) / 2, 4))
    edge = np.linspace(0, 1, 33)
    around = [plane.to_km(lat, west + (east - west) * t) for t in edge for lat in (south, north)]
    around += [plane.to_km(south + (north - south) * t, lon) for t in edge for lon in (west, east)]
    xs, ys = [x for x, _ in around], [y for _, y in around]
    cols = ceil((max(xs) - min(xs)) / km_per_hex)
    rows = ceil((max(ys) - min(ys)) / km_per_hex / _ROW_HEIGHT)
    if cols > MAX_COLS or rows > MAX_ROWS:
        least = km_per_hex * max(cols / MAX_COLS, rows / MAX_ROWS)
        raise MapBuildError(
            f"--km {km_per_hex:g} makes {cols} x {rows} hexes, more than {MAX_COLS} x {MAX_ROWS}; "
            f"take a smaller box or at least {least:.1f} km per hex"
        )
    return Frame(cols, rows, km_per_hex, plane, (round(min(xs), 3), round(max(ys), 3)))


def sample_offsets() -> Floats:
    """Points spread evenly over a hex, [37, 2], relative to its centre, in hex units."""
    reach = range(-_RINGS, _RINGS + 1)
    spacing = 1 / (2 * _RINGS + 1) / _ROW_HEIGHT
    points = [(spacing * r * _ROW_HEIGHT, spacing * (q + r / 2)) for q in reach for r in reach if abs(q + r) <= _RINGS]
    return np.array(points)
