"""The map: what the land is. Never changes during a game, so it is no part of the state and is shared by all worlds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import asin, atan2, cos, degrees, radians, sin, sqrt

import numpy as np
import numpy.typing as npt

from game.core import hexes
from game.core.ids import OFF_MAP, HexIndex, Terrain

EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius, IUGG."""


@dataclass(frozen=True)
class Projection:
    """Sphere to plane, in km, x east and y north of (lat0, lon0).

    `equirectangular`: true along the parallel of lat0. `lambert_azimuthal`: equal-area (Snyder 1987, eq. 24-2..4).
    """

    name: str
    lat0: float
    lon0: float

    def to_km(self, lat: float, lon: float) -> tuple[float, float]:
        p, p0, dl = radians(lat), radians(self.lat0), radians(lon - self.lon0)
        if self.name == "equirectangular":
            return EARTH_RADIUS_KM * cos(p0) * dl, EARTH_RADIUS_KM * (p - p0)
        k = EARTH_RADIUS_KM * sqrt(2 / (1 + sin(p0) * sin(p) + cos(p0) * cos(p) * cos(dl)))
        return k * cos(p) * sin(dl), k * (cos(p0) * sin(p) - sin(p0) * cos(p) * cos(dl))

    def to_lat_lon(self, x: float, y: float) -> tuple[float, float]:
        p0 = radians(self.lat0)
        if self.name == "equirectangular":
            return self.lat0 + degrees(y / EARTH_RADIUS_KM), self.lon0 + degrees(x / EARTH_RADIUS_KM / cos(p0))
        rho = sqrt(x * x + y * y)
        if rho == 0:
            return self.lat0, self.lon0
        c = 2 * asin(rho / (2 * EARTH_RADIUS_KM))
        lat = asin(cos(c) * sin(p0) + y * sin(c) * cos(p0) / rho)
        lon = atan2(x * sin(c), rho * cos(p0) * cos(c) - y * sin(p0) * sin(c))
        return degrees(lat), self.lon0 + degrees(lon)


PROJECTIONS = ("equirectangular", "lambert_azimuthal")


@dataclass(frozen=True)
class Place:
    """A named point of the map: town, port, pass, camp, airfield, stronghold."""

    id: str
    name: str
    """Plain name of the period, ASCII."""
    hex: HexIndex
    kind: str
    country: str
    lat: float
    lon: float
    local_name: str = ""
    """With diacritics: Khmer (UNGEGN romanisation) or Vietnamese; empty if the same."""
    precision_km: float = 0.0
    source: str = ""
    note: str = ""
    script_name: str = ""
    """In Khmer, Thai or Lao letters; empty where the country writes Latin ones or the spelling is not known."""


@dataclass(frozen=True)
class MapLine:
    """A line or outline for drawing only; rules never see it."""

    layer: str
    """coast | lake | wet_lake | river | road | rail | border | province."""
    name: str
    grade: int
    """Road, Rail or River class; 0 where the layer has none."""
    closed: bool
    points: npt.NDArray[np.float32]
    """[m, 2] x, y in the units of hexes.centre (hex widths, y south)."""


@dataclass(frozen=True)
class HexMap:
    """A hex map. Arrays have one row a hex (n = cols*rows); link and edge arrays have one column a direction.

    Links and edges are stored on both sides: `road[a, d] == road[neighbours[a, d], opposite(d)]`.
    """

    name: str
    title: str
    cols: int
    rows: int
    km_per_hex: float
    """Flat to flat, which is also centre to centre."""
    projection: Projection
    origin_km: tuple[float, float]
    """Projected x and y of the map's north-west corner (hex units (0, 0))."""
    terrain: npt.NDArray[np.int8]
    relief: npt.NDArray[np.int8]
    elevation_m: npt.NDArray[np.int16]
    flood: npt.NDArray[np.int8]
    country: npt.NDArray[np.int8]
    """Index into `countries`; -1 at sea."""
    countries: tuple[str, ...]
    province: npt.NDArray[np.int16]
    """Index into `provinces`; -1 at sea or outside the countries."""
    provinces: tuple[str, ...]
    road: npt.NDArray[np.int8]
    rail: npt.NDArray[np.int8]
    river: npt.NDArray[np.int8]
    crossing: npt.NDArray[np.int8]
    places: tuple[Place, ...]
    provenance: dict[str, str] = field(default_factory=dict)
    """Layer -> source, method and licence."""

    @property
    def n(self) -> int:
        """Number of hexes."""
        return self.cols * self.rows

    @cached_property
    def neighbours(self) -> npt.NDArray[np.int32]:
        """int32 [n, 6], OFF_MAP beyond the border."""
        return hexes.neighbour_table(self.cols, self.rows)

    @cached_property
    def is_land(self) -> npt.NDArray[np.bool_]:
        return np.asarray((self.terrain != Terrain.SEA) & (self.terrain != Terrain.LAKE), np.bool_)

    @cached_property
    def is_coast(self) -> npt.NDArray[np.bool_]:
        """Land with the sea beside it."""
        beside = np.where(self.neighbours >= 0, self.terrain[self.neighbours] == Terrain.SEA, False)
        return np.asarray(self.is_land & beside.any(axis=1), np.bool_)

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def place_of_hex(self) -> dict[HexIndex, Place]:
        """The foremost place of each hex that has one (places are listed foremost first)."""
        return {place.hex: place for place in reversed(self.places)}

    def label(self, hex_: HexIndex) -> str:
        """How a person would say where this is: 'Svay Rieng', or '2 hexes NW of Svay Rieng'."""
        if hex_ == OFF_MAP:
            return "off the map"
        if hex_ in self.place_of_hex:
            return self.place_of_hex[hex_].name
        return self._nearby_label(hex_)

    def _nearby_label(self, hex_: HexIndex) -> str:
        best = min(
            self.place_of_hex.items(),
            key=lambda kv: (hexes.distance(kv[0], hex_, self.cols), kv[0]),
            default=None,
        )
        if best is None:
            return f"hex {self.code(hex_)}"
        steps = hexes.distance(best[0], hex_, self.cols)
        x0, y0 = hexes.centre(best[0] % self.cols, best[0] // self.cols)
        x1, y1 = hexes.centre(hex_ % self.cols, hex_ // self.cols)
        compass = ("E", "NE", "N", "NW", "W", "SW", "S", "SE")
        way = compass[round(degrees(atan2(y0 - y1, x1 - x0)) / 45) % 8]
        return f"{round(steps * self.km_per_hex)} km {way} of {best[1].name}"

    def code(self, hex_: HexIndex) -> str:
        """The four-figure number on the map: column then row, '1615'."""
        return f"{hex_ % self.cols:02d}{hex_ // self.cols:02d}"

    def hex_at(self, lat: float, lon: float) -> HexIndex:
        """Hex that holds a point of the Earth, or OFF_MAP."""
        x, y = self.projection.to_km(lat, lon)
        u, v = (x - self.origin_km[0]) / self.km_per_hex, (self.origin_km[1] - y) / self.km_per_hex
        return hexes.at(u, v, self.cols, self.rows)

    def lat_lon(self, hex_: HexIndex) -> tuple[float, float]:
        """Latitude and longitude of the hex's centre, degrees."""
        u, v = hexes.centre(hex_ % self.cols, hex_ // self.cols)
        return self.projection.to_lat_lon(
            self.origin_km[0] + u * self.km_per_hex, self.origin_km[1] - v * self.km_per_hex
        )
