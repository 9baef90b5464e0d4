"""What covers each hex: land and water, land cover, relief, elevation, flood, country and province.

Every hex is judged by 37 points spread over it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from game.core import hexes
from game.core.hexmap import Place
from game.core.ids import OFF_MAP, Flood, Relief, Terrain
from game.scenario.mapbuild.frame import Floats, Frame, sample_offsets
from game.scenario.mapbuild.sources import Feature, Grid, MapBuildError

Shares = npt.NDArray[np.float64]
"""Share of each hex's points, [n], 0..1."""

LAND_SHARE = 0.5
ISLAND_HEXES = 0.3
"""An island larger than this many hexes is land at least where most of it lies."""
SPIT_SHARE = 0.1
"""A town on a spit keeps its way ashore: the best of its neighbours is land from this share on."""
OWN_PLACE_SHARE = 0.35
"""A hex goes to the country of its foremost place when at least so much of its land does."""

_SEA, _OPEN, _OPEN_UPLAND, _MOSAIC, _CLOSED, _SWAMP, _TOWN, _LAKE = range(8)
"""Classes of the land cover grid."""

_COVER = {
    "": {_OPEN: Terrain.RICE, _OPEN_UPLAND: Terrain.UPLAND, _MOSAIC: Terrain.DRY_FOREST, _CLOSED: Terrain.FOREST},
    "rice_plain": {
        _OPEN: Terrain.RICE,
        _OPEN_UPLAND: Terrain.RICE,
        _MOSAIC: Terrain.RICE,
        _CLOSED: Terrain.DRY_FOREST,
    },
    "evergreen_forest": {
        _OPEN: Terrain.DRY_FOREST,
        _OPEN_UPLAND: Terrain.DRY_FOREST,
        _MOSAIC: Terrain.FOREST,
        _CLOSED: Terrain.FOREST,
    },
    "dry_deciduous_forest": {
        _OPEN: Terrain.DRY_FOREST,
        _OPEN_UPLAND: Terrain.DRY_FOREST,
        _MOSAIC: Terrain.DRY_FOREST,
        _CLOSED: Terrain.FOREST,
    },
    "plantation": dict.fromkeys((_OPEN, _OPEN_UPLAND, _MOSAIC, _CLOSED), Terrain.DRY_FOREST),
    "mangrove_swamp": dict.fromkeys((_OPEN, _OPEN_UPLAND, _MOSAIC, _CLOSED), Terrain.SWAMP),
}
"""Region of c. 1979 -> class of the 2004 imagery -> terrain. '' is outside all regions."""

_RELIEF = {2: Relief.HILLS, 3: Relief.MOUNTAINS, 4: Relief.PLATEAU}
"""Class of the relief grid -> relief; anything else is plain."""


@dataclass(frozen=True)
class Samples:
    """The points by which hexes are judged: 37 rows a hex, hex by hex."""

    frame: Frame
    points: Floats
    """[n * 37, 2] hex units."""
    lon: Floats
    lat: Floats

    def within(self, area: BaseGeometry) -> npt.NDArray[np.bool_]:
        """Which points lie in `area` (hex units): [n * 37]."""
        shapely.prepare(area)
        return shapely.contains_xy(area, self.points[:, 0], self.points[:, 1])  # type: ignore[no-any-return]

    def share(self, mask: npt.NDArray[np.bool_]) -> Shares:
        shares: Shares = mask.reshape(self.frame.n, -1).mean(axis=1)
        return shares


def make_samples(frame: Frame) -> Samples:
    points = (frame.centres()[:, None, :] + sample_offsets()[None, :, :]).reshape(-1, 2)
    lon, lat = frame.lon_lat(points)
    return Samples(frame, points, lon, lat)


def clip(frame: Frame, features: list[Feature]) -> list[Feature]:
    """Features within the frame, in hex units, repaired; empty ones left out."""
    west, south, east, north = _degrees_around(frame)
    kept = []
    for feature in features:
        part = shapely.clip_by_rect(shapely.make_valid(feature.geometry), west, south, east, north)
        if not part.is_empty:
            kept.append(Feature(feature.properties, frame.project(part)))
    return kept


def _degrees_around(frame: Frame) -> tuple[float, float, float, float]:
    ring = np.array(shapely.segmentize(frame.outline, 5.0).exterior.coords)
    lon, lat = frame.lon_lat(ring)
    return lon.min() - 0.3, lat.min() - 0.3, lon.max() + 0.3, lat.max() + 0.3


def find_land(samples: Samples, land: list[Feature], place_hexes: set[int]) -> npt.NDArray[np.bool_]:
    """Hexes that are land or lake, [n]: half land, or hold a place (and join it to the shore), or
    carry most of a fair-sized island."""
    frame = samples.frame
    cover = samples.share(samples.within(shapely.union_all([f.geometry for f in land])))
    is_land = cover >= LAND_SHARE
    is_land[sorted(place_hexes)] = True
    neighbours = hexes.neighbour_table(frame.cols, frame.rows)
    for hex_ in sorted(place_hexes):
        beside = neighbours[hex_][neighbours[hex_] >= 0]
        if not is_land[beside].any() and cover[beside].max() >= SPIT_SHARE:
            is_land[beside[cover[beside].argmax()]] = True
    hex_area = np.sqrt(3) / 2
    for feature in land:
        for island in shapely.get_parts(feature.geometry):
            if not ISLAND_HEXES * hex_area <= island.area <= 8 * hex_area:
                continue
            part = samples.share(samples.within(island))
            if not (is_land & (part > 0)).any():
                is_land[int(part.argmax())] = True
    return is_land | _inlets(neighbours, is_land)


def _inlets(neighbours: npt.NDArray[np.int32], is_land: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Water hexes cut off from the sea: wide river mouths, which are rivers and not sea. [n]"""
    open_sea = ~is_land & (neighbours == OFF_MAP).any(axis=1)
    while True:
        beside = np.where(neighbours >= 0, open_sea[neighbours], False).any(axis=1) & ~is_land & ~open_sea
        if not beside.any():
            inlets: npt.NDArray[np.bool_] = ~is_land & ~open_sea
            return inlets
        open_sea |= beside


def find_terrain(
    samples: Samples,
    is_land: npt.NDArray[np.bool_],
    landcover: Grid,
    regions: list[Feature],
    lakes: list[Feature],
    places: list[Place],
) -> npt.NDArray[np.int8]:
    """Terrain [n]: the commonest class of each hex's land points; towns and lakes as they lie. `places` come foremost
    first; their hexes are land."""
    n = samples.frame.n
    seen = landcover.at(samples.lon, samples.lat).astype(np.int64)
    region = _region_of(samples, regions)
    point = np.full(seen.shape, int(Terrain.SEA), np.int64)
    for name, table in _COVER.items():
        for grid_class, kind in table.items():
            point[(region == name) & (seen == grid_class)] = int(kind)
    point[(seen == _SWAMP) & (region != "evergreen_forest")] = Terrain.SWAMP
    point[(seen == _SWAMP) & (region == "evergreen_forest")] = Terrain.FOREST
    point[seen == _TOWN] = Terrain.RICE
    counts = np.stack([(point == t).reshape(n, -1).sum(axis=1) for t in Terrain], axis=1)
    counts[:, [Terrain.SEA, Terrain.LAKE, Terrain.URBAN]] = 0
    terrain = np.where(counts.any(axis=1), counts.argmax(axis=1), int(Terrain.DRY_FOREST)).astype(np.int8)
    for feature in regions:
        if feature.properties.get("landcover") == "urban":
            _lay_town(samples, feature, places, terrain)
    lake = samples.share(samples.within(shapely.union_all([f.geometry for f in lakes]))) >= LAND_SHARE
    lake[sorted({p.hex for p in places})] = False
    terrain[lake] = Terrain.LAKE
    terrain[~is_land] = Terrain.SEA
    return terrain


def _region_of(samples: Samples, regions: list[Feature]) -> npt.NDArray[np.str_]:
    """Land cover region of each point; later features override earlier ones; towns are laid on afterwards."""
    region = np.full(len(samples.points), "", dtype="U24")
    for feature in regions:
        kind = str(feature.properties.get("landcover"))
        if kind == "urban":
            continue
        if kind not in _COVER:
            raise MapBuildError(f"landcover_regions.geojson: unknown landcover {kind!r} of {feature.name!r}")
        region[samples.within(feature.geometry)] = kind
    return region


def _lay_town(samples: Samples, town: Feature, places: list[Place], terrain: npt.NDArray[np.int8]) -> None:
    """Hexes mostly built up, and the one hex of a lesser town: that of its place, or else where most of it lies."""
    frame = samples.frame
    cover = samples.share(samples.within(town.geometry))
    terrain[cover >= LAND_SHARE] = Terrain.URBAN
    inside = [p.hex for p in places if shapely.contains_xy(town.geometry, *frame.xy(p.lat, p.lon))]
    if inside or cover.any():
        terrain[inside[0] if inside else int(cover.argmax())] = Terrain.URBAN


def find_relief(
    samples: Samples, relief: Grid, regions: list[Feature], water: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int8]:
    """Relief [n]. The grid is smooth, so a third of rough points makes rough ground, and a hex mostly within a
    region of hills or mountains by hand is at least hills."""
    seen = relief.at(samples.lon, samples.lat).astype(np.int64)
    share = {kind: samples.share(seen == grid_class) for grid_class, kind in _RELIEF.items()}
    result = np.full(samples.frame.n, int(Relief.PLAIN), np.int8)
    rough = share[Relief.HILLS] + share[Relief.MOUNTAINS]
    result[share[Relief.PLATEAU] >= 0.5] = Relief.PLATEAU
    result[rough >= 0.35] = Relief.HILLS
    result[share[Relief.MOUNTAINS] >= 0.35] = Relief.MOUNTAINS
    for feature in regions:
        kind = feature.properties.get("relief_class")
        cover = samples.share(samples.within(feature.geometry))
        if kind in ("hills", "mountains"):
            result[(cover >= 0.4) & (result == Relief.PLAIN)] = Relief.HILLS
        if kind == "mountains":
            result[(cover >= 0.5) & (rough >= 0.6)] = Relief.MOUNTAINS
        if kind == "plateau" and feature.properties.get("typical_elev_m", 0) >= 300:
            result[(cover >= 0.5) & (result == Relief.PLAIN)] = Relief.PLATEAU
        if kind == "floodplain":
            result[(cover >= 0.5) & (rough < 0.5)] = Relief.PLAIN
    result[water] = Relief.PLAIN
    return result


def find_elevation(
    samples: Samples, elevation: Grid, regions: list[Feature], sea: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int16]:
    """Mean height [n] in whole tens of metres. The grid rounds down to 28 m steps, so half a step is added; in
    its lowest step the flood plains have the height of their region."""
    low = elevation.at(samples.lon, samples.lat)
    height = np.where(low > -9000, low + 14.0, 0.0)
    for feature in regions:
        if feature.properties.get("relief_class") == "floodplain":
            typical = float(feature.properties["typical_elev_m"])
            height[samples.within(feature.geometry) & (low < 26)] = typical
    mean = height.reshape(samples.frame.n, -1).mean(axis=1)
    mean[sea] = 0
    tens: npt.NDArray[np.int16] = (np.round(mean / 10) * 10).astype(np.int16)
    return tens


def find_flood(
    samples: Samples,
    flooded: list[Feature],
    wet_lake: list[Feature],
    terrain: npt.NDArray[np.int8],
    made_way: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int8]:
    """Flood [n]: the lake in its wet-season outline, and the plains that the rivers cover each year. A hex with a made
    road or a railway (`made_way`) is flooded at most: these were built above the lake's reach."""
    result = np.full(samples.frame.n, int(Flood.NONE), np.int8)
    for features, kind in ((flooded, Flood.FLOODED), (wet_lake, Flood.LAKE)):
        if features:
            cover = samples.share(samples.within(shapely.union_all([f.geometry for f in features])))
            result[cover >= LAND_SHARE] = kind
    result[(terrain == Terrain.SEA) | (terrain == Terrain.LAKE)] = Flood.NONE
    result[(terrain == Terrain.URBAN) & (result == Flood.FLOODED)] = Flood.NONE
    result[((terrain == Terrain.URBAN) | made_way) & (result == Flood.LAKE)] = Flood.FLOODED
    return result


def assign(
    samples: Samples, land: npt.NDArray[np.bool_], areas: dict[str, list[BaseGeometry]]
) -> tuple[tuple[str, ...], npt.NDArray[np.int16], npt.NDArray[np.float64]]:
    """Gives every land hex to the area with most of its points, or else the nearest.

    Returns the names of the areas that got a hex, sorted; the index into them [n], -1 on water; and the points
    of each area [n, areas], for those who want to weigh it otherwise.
    """
    names = sorted(areas)
    shapes = [shapely.union_all(areas[name]) for name in names]
    cover = np.stack([samples.share(samples.within(shape)) for shape in shapes], axis=1)
    owner = cover.argmax(axis=1).astype(np.int16)
    centres = shapely.points(samples.frame.centres())
    for hex_ in np.flatnonzero(land & ~cover.any(axis=1)):
        owner[hex_] = int(np.argmin([shapely.distance(shape, centres[hex_]) for shape in shapes]))
    owner[~land] = -1
    return tuple(names), owner, cover


def without_idle(names: tuple[str, ...], owner: npt.NDArray[np.int16]) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
    """Drops the areas that own no hex and renumbers the rest."""
    used = [i for i in range(len(names)) if (owner == i).any()]
    renumber = np.full(len(names) + 1, -1, np.int16)
    renumber[used] = np.arange(len(used))
    return tuple(names[i] for i in used), renumber[owner]
