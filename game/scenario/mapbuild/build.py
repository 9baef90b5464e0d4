"""From a folder of public geography and a folder of hand-made layers to a hex map and its drawing lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from game.core import hexes
from game.core.hexmap import HexMap, MapLine, Place
from game.core.ids import HexIndex, Rail, River, Road, Terrain
from game.scenario.mapbuild import areas, corrections, drawing, places, rivers, routes
from game.scenario.mapbuild.frame import Frame, make_frame
from game.scenario.mapbuild.sources import Feature, MapBuildError, read_features, read_grid, read_table

_LAST_YEAR = 1979
"""Reservoirs made later are left out."""

PROVENANCE = {
    "terrain": "Natural Earth land (public domain); land cover of 2004 from NASA Blue Marble with elevation, "
    "corrected by regions of c. 1979 by hand (CC0); commonest of 37 points a hex; a place's hex is land",
    "relief": "Relief class from 5' terrain tiles (SRTM, GMTED2010: USGS; ETOPO1: NOAA), with regions by hand (CC0)",
    "elevation": "5' terrain tiles (SRTM, GMTED2010: USGS; ETOPO1: NOAA) in 28 m steps; mean of 37 points, "
    "flood plains by hand (CC0)",
    "flood": "Wet-season outline of the Tonle Sap and flood regions by hand (CC0), coarse",
    "country": "Natural Earth 1:10m (public domain), today's borders; a hex counts to most of its points, or to its "
    "foremost place's country from 35 % of them",
    "province": "Natural Earth 1:10m admin-1 (public domain) merged to the provinces of 1979 by hand (CC0)",
    "rivers": "Natural Earth 1:10m (public domain) and by hand (CC0), laid along hex sides; classes by hand",
    "crossings": "Ferries and bridges c. 1979 by hand (CC0); bridges where made roads cross minor rivers",
    "roads": "Schematic network c. 1979 by hand (CC0)",
    "rail": "Schematic network c. 1979 by hand (CC0)",
    "places": "Natural Earth 1:10m (public domain) and by hand (CC0); see each place's source and precision",
}


@dataclass(frozen=True)
class Request:
    """What to build. Folders as described in assets/geo/README.md."""

    geo: Path
    hand: Path
    bbox: tuple[float, float, float, float]
    """west, south, east, north, degrees"""
    km_per_hex: float
    projection: str
    name: str
    title: str = ""


@dataclass(frozen=True)
class Sources:
    """All layers in hex units, clipped to the frame."""

    land: list[Feature]
    countries: list[Feature]
    provinces: list[Feature]
    coast: list[Feature]
    borders: list[Feature]
    lakes: list[Feature]
    wet_lake: list[Feature]
    flooded: list[Feature]
    rivers: list[Feature]
    roads: list[Feature]
    rails: list[Feature]
    crossings: list[Feature]
    cover: list[Feature]
    relief: list[Feature]


def _public(request: Request, name: str) -> list[Feature]:
    return [f for f in read_features(request.geo / name) if not f.by_hand]


def read_sources(request: Request, frame: Frame) -> Sources:
    """Reads every layer. Raises MapBuildError."""

    def hand(name: str) -> list[Feature]:
        return read_features(request.hand / name)

    def near(features: list[Feature]) -> list[Feature]:
        return areas.clip(frame, features)

    river_names = read_table(request.hand / "river_names.csv", rivers.NAME_COLUMNS)
    lakes = [f for f in _public(request, "lakes.geojson") if float(f.properties.get("year") or 0) <= _LAST_YEAR]
    return Sources(
        land=near(_public(request, "land.geojson") + hand("islands_hand.geojson")),
        countries=near(_public(request, "countries.geojson")),
        provinces=near(read_features(request.geo / "admin1.geojson")),
        coast=near(_public(request, "coastline.geojson")),
        borders=near(_public(request, "borders.geojson")),
        lakes=near(lakes),
        wet_lake=near(hand("lakes_hand.geojson")),
        flooded=near(hand("flood_regions.geojson")),
        rivers=near(rivers.rename(_public(request, "rivers.geojson"), river_names) + hand("rivers_hand.geojson")),
        roads=near(hand("roads_1979.geojson")),
        rails=near(hand("railroads_1979.geojson")),
        crossings=near(hand("river_crossings_1979.geojson")),
        cover=near(hand("landcover_regions.geojson")),
        relief=near(hand("relief_regions.geojson")),
    )


def _read_places(request: Request, frame: Frame) -> list[Place]:
    tables = [read_table(request.hand / f"{n}.csv", places.COLUMNS) for n in ("places_1979", "places_extra")]
    local, script = (
        {row["id"]: row[key] for row in read_table(request.hand / f"{key}s.csv", ("id", key))}
        for key in ("local_name", "script_name")
    )
    names = places.Names(local, script)
    towns = read_features(request.geo / "populated_places.geojson")
    return places.make_places(frame, tables, names, towns)


def build_map(request: Request) -> tuple[HexMap, tuple[MapLine, ...]]:
    """Builds the map and its drawing lines; the same input gives the same result. Raises MapBuildError."""
    frame = make_frame(request.bbox, request.km_per_hex, request.projection)
    sources = read_sources(request, frame)
    found = _read_places(request, frame)
    samples = areas.make_samples(frame)
    place_hexes = {p.hex for p in found}

    is_land = areas.find_land(samples, sources.land, place_hexes)
    cover = read_grid(request.geo / "landcover_5min.asc")
    terrain = areas.find_terrain(samples, is_land, cover, sources.cover, sources.lakes, found)
    water = (terrain == Terrain.SEA) | (terrain == Terrain.LAKE)
    relief_grid = read_grid(request.geo / "relief_class_5min.asc")
    height_grid = read_grid(request.geo / "elevation_terrain_5min.asc")
    country_names, country = _countries(samples, sources, found, terrain)
    province_names, province = _provinces(request, samples, sources, country_names, country)
    here = {h: country_names[country[h]] for h in place_hexes}

    neighbours = hexes.neighbour_table(frame.cols, frame.rows)
    lattice = rivers.make_lattice(frame, neighbours)
    classes = {row["name"]: row["class"] for row in read_table(request.hand / "river_classes.csv", ("name", "class"))}
    banks = places.read_banks(read_table(request.hand / "river_banks.csv", ("place", "river", "bank")))
    graded = rivers.classify(sources.rivers, classes)
    net = rivers.lay_rivers(lattice, graded, found, banks)
    ground = routes.Ground(frame, neighbours, terrain, net, graded, sources.crossings)
    river = _river_links(ground)
    road = routes.lay_routes(ground, sources.roads, found, routes.road_grade)
    rail = routes.lay_routes(ground, sources.rails, found, routes.rail_grade)
    made_way = (road.max(axis=1) >= Road.SECONDARY) | (rail.max(axis=1) > Rail.NONE)
    hex_map = HexMap(
        name=request.name,
        title=request.title or request.name,
        cols=frame.cols,
        rows=frame.rows,
        km_per_hex=frame.km_per_hex,
        projection=frame.projection,
        origin_km=frame.origin_km,
        terrain=terrain,
        relief=areas.find_relief(samples, relief_grid, sources.relief, water),
        elevation_m=areas.find_elevation(samples, height_grid, sources.relief, terrain == Terrain.SEA),
        flood=areas.find_flood(samples, sources.flooded, sources.wet_lake, terrain, made_way),
        country=country.astype(np.int8),
        countries=country_names,
        province=province,
        provinces=province_names,
        road=road,
        rail=rail,
        river=river,
        crossing=routes.lay_crossings(ground, river, road),
        places=places.settle(found, here),
        provenance=dict(PROVENANCE),
    )
    by_hand = request.hand / "corrections" / f"{request.name}.csv"
    rows = read_table(by_hand, corrections.COLUMNS) if by_hand.exists() else []
    return corrections.apply(hex_map, rows, str(by_hand)), _drawing_lines(frame, sources, graded)


def _river_links(ground: routes.Ground) -> routes.Links:
    """Rivers as [n, 6], only where land lies on both banks."""
    links = np.zeros((ground.frame.n, 6), np.int8)
    for (hex_, d), grade in ground.rivers.grade.items():
        if not ground.is_water(hex_) and not ground.is_water(int(ground.neighbours[hex_, d])):
            routes.join(links, ground, hex_, d, int(grade))
    return links


def _countries(
    samples: areas.Samples, sources: Sources, found: list[Place], terrain: npt.NDArray[np.int8]
) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
    shapes: dict[str, list[BaseGeometry]] = {}
    for feature in sources.countries:
        shapes.setdefault(feature.name, []).append(feature.geometry)
    if not shapes:
        raise MapBuildError("countries.geojson: no country lies within the box; choose another --bbox")
    mainland = shapely.union_all([f.geometry for f in sources.countries])
    for island in sources.land:
        owner = str(island.properties.get("country"))
        small = island.properties.get("featurecla") == "Minor island"
        if small and owner in shapes and not shapely.intersects(island.geometry, mainland):
            shapes[owner].append(island.geometry)
    names, country, cover = areas.assign(samples, terrain != Terrain.SEA, shapes)
    foremost: dict[HexIndex, Place] = {}
    for place in found:
        foremost.setdefault(place.hex, place)
    for hex_, place in foremost.items():
        if place.country in names:
            own = names.index(place.country)
            if cover[hex_, own] >= areas.OWN_PLACE_SHARE * cover[hex_].sum():
                country[hex_] = own
    return areas.without_idle(names, country)


def _provinces(
    request: Request,
    samples: areas.Samples,
    sources: Sources,
    country_names: tuple[str, ...],
    country: npt.NDArray[np.int16],
) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
    """Provinces of 1979: each hex goes to one of its own country."""
    rows = read_table(request.hand / "provinces_1979.csv", ("country", "name_modern", "province_1979"))
    then = {(row["country"], row["name_modern"]): row["province_1979"] for row in rows}
    names: list[str] = []
    province = np.full(samples.frame.n, -1, np.int16)
    for index, owner in enumerate(country_names):
        shapes: dict[str, list[BaseGeometry]] = {}
        for feature in sources.provinces:
            if feature.properties.get("country") == owner:
                shapes.setdefault(then.get((owner, feature.name), feature.name), []).append(feature.geometry)
        if not shapes:
            continue
        some, of_hex = areas.without_idle(*areas.assign(samples, country == index, shapes)[:2])
        province[of_hex >= 0] = of_hex[of_hex >= 0] + len(names)
        names += some
    return tuple(names), province


def _drawing_lines(frame: Frame, sources: Sources, graded: list[tuple[River, Feature]]) -> tuple[MapLine, ...]:
    layers: list[tuple[str, list[tuple[str, int, BaseGeometry]]]] = [
        ("coast", [("", 0, shapely.union_all([f.geometry for f in sources.land]))]),
        ("lake", [(f.name, 0, f.geometry) for f in sources.lakes]),
        ("wet_lake", [(f.name, 0, f.geometry) for f in sources.wet_lake]),
        ("river", [(f.name, int(grade), f.geometry) for grade, f in graded if not _is_in_lake(f)]),
        ("road", [(f.name, routes.road_grade(f), f.geometry) for f in sources.roads]),
        ("rail", [(f.name, routes.rail_grade(f), f.geometry) for f in sources.rails]),
        ("border", [(_border_name(f), 0, f.geometry) for f in sources.borders]),
        ("province", [("", 0, _province_net(sources))]),
    ]
    return tuple(
        line for layer, items in layers for name, grade, geometry in items
        for line in drawing.draw(frame, layer, name, grade, geometry)
    )  # fmt: skip


def _is_in_lake(river: Feature) -> bool:
    return river.properties.get("featurecla") == "Lake Centerline"


def _border_name(feature: Feature) -> str:
    return f"{feature.properties.get('left')} - {feature.properties.get('right')}"


def _province_net(sources: Sources) -> BaseGeometry:
    """Lines between provinces inside a country, each once."""
    rings = shapely.union_all([shapely.boundary(f.geometry) for f in sources.provinces])
    frontier = shapely.union_all([f.geometry for f in sources.borders] + [f.geometry for f in sources.coast])
    return shapely.line_merge(shapely.difference(rings, shapely.buffer(frontier, 0.25)))
