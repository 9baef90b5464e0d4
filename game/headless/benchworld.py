"""A made-up war of a fixed size for measuring speed: 2,000 hexes, 160 forces, 6 factions, `commander` everywhere.

Six countries in two rows of three, each with a capital, five towns, roads between them and to the neighbours'
capitals, and rivers along the borders with bridges where roads cross. Every faction is at war with two neighbours in
a ring, half of them attack and half hold, so movement, battle, supply and sight all have work to do. The folder is
made anew from these lines: the same program always measures the same war.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from game.core import hexes, rng
from game.core.hexmap import HexMap, Place, Projection
from game.core.ids import OFF_MAP, Crossing, HexIndex, Relief, River, Road, Terrain
from game.core.kernels import plain
from game.scenario.mapfile import dump_map

_uniform = plain(rng.uniform)

COLS, ROWS = 50, 40
FORCES = 160
FACTIONS = 6
SCENARIO_ID = "bench_world"

_ACROSS, _DOWN = 3, 2
_WARS = ((0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (2, 5))
_TOWNS = ((0.5, 0.5), (0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8), (0.5, 0.15))
"""Where a country's capital and towns lie, as shares of its width and height."""
_SHAPES = ("circle", "diamond", "triangle", "square", "hexagon", "star")
_PATTERNS = ("solid", "diagonal", "dots", "horizontal", "vertical", "grid")
_COLOURS = ("#B23A2E", "#34363F", "#2E6FB2", "#3C8C4A", "#8C5A2E", "#6B4A9C")
_SOURCE = {"bench": "made up for measuring speed"}


def write(folder: Path) -> Path:
    """Write the scenario into a new folder `bench_world` in `folder`; returns it. OSError if that fails."""
    target = folder / SCENARIO_ID
    target.mkdir(parents=True)
    map_ = make_map()
    (target / "bench_map.yaml").write_text(dump_map(map_), encoding="utf-8")
    contents = {"scenario": _scenario(), "factions": _factions(), "forces": _forces(), "events": {"events": []}}
    for name, content in contents.items():
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        (target / f"{name}.yaml").write_text(text, encoding="utf-8")
    return target


# --- the land ---------------------------------------------------------------------------------------------------
def make_map() -> HexMap:
    """The map: plains in the middle of countries, forest and hills towards their borders."""
    n = COLS * ROWS
    cols, rows = np.arange(n) % COLS, np.arange(n) // COLS
    country = (rows * _DOWN // ROWS * _ACROSS + cols * _ACROSS // COLS).astype(np.int8)
    rough = np.array([_roughness(k) for k in range(n)])
    terrain = np.select(
        [rough < 0.45, rough < 0.6, rough < 0.75, rough < 0.92],
        [Terrain.RICE, Terrain.UPLAND, Terrain.DRY_FOREST, Terrain.FOREST],
        Terrain.SWAMP,
    ).astype(np.int8)
    relief = np.where((rough > 0.7) & (rough < 0.92), Relief.HILLS, Relief.PLAIN).astype(np.int8)
    places = _places()
    road, river, crossing = (np.zeros((n, 6), np.int8) for _ in range(3))
    for place in places:
        terrain[place.hex], relief[place.hex] = Terrain.URBAN, Relief.PLAIN
    for start, end, grade in _roads(places):
        _lay_road(road, start, end, grade)
    _lay_rivers(river, crossing, country, road)
    bare = HexMap(
        name="bench_map",
        title="Bench map",
        cols=COLS,
        rows=ROWS,
        km_per_hex=12.0,
        projection=Projection("equirectangular", 12.5, 105.0),
        origin_km=(-300.0, 208.0),
        terrain=terrain,
        relief=relief,
        elevation_m=np.where(relief == Relief.HILLS, 300, 20).astype(np.int16),
        flood=np.zeros(n, np.int8),
        country=country,
        countries=tuple(_country(k) for k in range(FACTIONS)),
        province=country.astype(np.int16),
        provinces=tuple(f"Province {k + 1}" for k in range(FACTIONS)),
        road=road,
        rail=np.zeros((n, 6), np.int8),
        river=river,
        crossing=crossing,
        places=(),
        provenance={"all": _SOURCE["bench"]},
    )
    return replace(bare, places=tuple(_located(place, bare) for place in places))


def _located(place: Place, map_: HexMap) -> Place:
    lat, lon = map_.lat_lon(place.hex)
    return replace(place, lat=lat, lon=lon)


def _roughness(hex_: HexIndex) -> float:
    """0..1: even chance for each hex, softened by its blocks of 4 x 4."""
    col, row = hex_ % COLS, hex_ // COLS
    block = row // 4 * COLS + col // 4
    return 0.6 * _uniform(1978, 0, block, rng.Purpose.WEATHER, 0) + 0.4 * _uniform(
        1978, 0, hex_, rng.Purpose.WEATHER, 1
    )


def _country(k: int) -> str:
    return f"Country {k + 1}"


def _town(faction: int, number: int) -> str:
    return f"town_{faction + 1}_{number}"


def _town_hex(faction: int, number: int) -> HexIndex:
    x, y = _TOWNS[number]
    col = int((faction % _ACROSS + x) * COLS / _ACROSS)
    row = int((faction // _ACROSS + y) * ROWS / _DOWN)
    return row * COLS + col


def _places() -> list[Place]:
    return [
        Place(
            id=_town(faction, number),
            name=f"Town {faction + 1}-{number}",
            hex=_town_hex(faction, number),
            kind="capital" if number == 0 else "town",
            country=_country(faction),
            lat=0.0,
            lon=0.0,
        )
        for faction in range(FACTIONS)
        for number in range(len(_TOWNS))
    ]


def _roads(places: list[Place]) -> list[tuple[HexIndex, HexIndex, Road]]:
    at = {place.id: place.hex for place in places}
    inland = [
        (at[_town(f, 0)], at[_town(f, k)], Road.SECONDARY) for f in range(FACTIONS) for k in range(1, len(_TOWNS))
    ]
    across = [(a, b) for a in range(FACTIONS) for b in (a + 1, a + _ACROSS) if b < FACTIONS and (b - a > 1 or b % 3)]
    return inland + [(at[_town(a, 0)], at[_town(b, 0)], Road.PRIMARY) for a, b in across]


def _lay_road(road: npt.NDArray[np.int8], start: HexIndex, end: HexIndex, grade: Road) -> None:
    neighbours = hexes.neighbour_table(COLS, ROWS)
    here = start
    while here != end:
        ways = [
            (hexes.distance(int(there), end, COLS), d) for d, there in enumerate(neighbours[here]) if there != OFF_MAP
        ]
        way = min(ways)[1]
        there = int(neighbours[here, way])
        road[here, way] = road[there, hexes.opposite(way)] = max(int(road[here, way]), grade)
        here = there


def _lay_rivers(
    river: npt.NDArray[np.int8],
    crossing: npt.NDArray[np.int8],
    country: npt.NDArray[np.int8],
    road: npt.NDArray[np.int8],
) -> None:
    """A river along every border, great between the rows of countries; bridges under roads."""
    neighbours = hexes.neighbour_table(COLS, ROWS)
    for here in range(COLS * ROWS):
        for way, there in enumerate(neighbours[here].tolist()):
            if there == OFF_MAP or country[here] == country[there]:
                continue
            between_rows = country[here] // _ACROSS != country[there] // _ACROSS
            river[here, way] = River.MAJOR if between_rows else River.MINOR
            crossing[here, way] = Crossing.BRIDGE if road[here, way] else Crossing.NONE


# --- the cast ---------------------------------------------------------------------------------------------------
def _scenario() -> dict[str, Any]:
    sides = [
        {"id": f"side_{k + 1}", "name": f"Side {k + 1}", "factions": [f"faction_{k + 1}"]} for k in range(FACTIONS)
    ]
    objectives = [
        {
            "id": f"hold_{k + 1}",
            "side": f"side_{k + 1}",
            "title": "Hold the capital",
            "points": 10.0,
            "metric": {"kind": "holds", "subjects": [f"faction_{k + 1}"], "place": _town(k, 0)},
        }
        for k in range(FACTIONS)
    ]
    return {
        "format": 1,
        "id": SCENARIO_ID,
        "title": "Bench world",
        "summary": "A made-up war of six countries, for measuring speed.",
        "briefing": "A made-up war of six countries, for measuring speed.",
        "start": date(1979, 1, 1),
        "end": date(1979, 12, 31),
        "days_per_turn": 4.0,
        "impulses_per_turn": 4,
        "map": "bench_map.yaml",
        "sides": sides,
        "objectives": objectives,
        "victory": [{"title": "Success", "share": 0.5}, {"title": "Failure", "share": 0.0}],
        "population": {"density": {_country(k): 60.0 for k in range(FACTIONS)}},
        "sources": _SOURCE,
    }


def _factions() -> dict[str, Any]:
    factions = [
        {
            "id": f"faction_{k + 1}",
            "name": f"Faction {k + 1}",
            "short": f"F{k + 1}",
            "adjective": f"F{k + 1}",
            "colour": _COLOURS[k],
            "shape": _SHAPES[k],
            "pattern": _PATTERNS[k],
            "capital": _town(k, 0),
            "territory": [_country(k)],
            "base_areas": [_town(k, 5)],
            "will": 65.0,
            "lift": 60000.0,
            "sources": ["bench"],
        }
        for k in range(FACTIONS)
    ]
    enemies = {k: [b if a == k else a for a, b in _WARS if k in (a, b)] for k in range(FACTIONS)}
    doctrine = {
        f"side_{k + 1}": {
            "posture": "offensive" if k % 2 == 0 else "delay",
            "objectives": [
                {"place": _town(owner, number), "weight": 30.0 if number == 0 else 10.0}
                for owner in [*enemies[k], k]
                for number in range(len(_TOWNS))
            ],
            "odds_attack": 1.3,
            "odds_withdraw": 0.5,
            "base_areas": [_town(k, 5)],
            "garrison_places": [_town(k, 0)],
            "raid_from_bands": True,
        }
        for k in range(FACTIONS)
    }
    pairs = [[f"faction_{a + 1}", f"faction_{b + 1}"] for a, b in _WARS]
    return {
        "factions": factions,
        "relations": [{"between": pair, "value": -80.0, "reason": "war"} for pair in pairs],
        "stances": [{"between": pair, "stance": "war"} for pair in pairs],
        "doctrine": doctrine,
    }


def _forces() -> dict[str, Any]:
    per_faction = [FORCES // FACTIONS + (k < FORCES % FACTIONS) for k in range(FACTIONS)]
    groups = [
        {
            "id": f"army_{k + 1}",
            "name": f"Army {k + 1}",
            "faction": f"faction_{k + 1}",
            "forces": [_force(k, number) for number in range(count)],
        }
        for k, count in enumerate(per_faction)
    ]
    depots = [
        {
            "id": f"depot_{k + 1}_{number}",
            "name": f"Depot {k + 1}-{number}",
            "faction": f"faction_{k + 1}",
            "kind": "depot",
            "location": _town(k, number),
            "stock": 3000.0,
            "inflow": 200.0 if number == 0 else 20.0,
            "capacity": 600.0,
            "confidence": 0,
            "sources": ["bench"],
        }
        for k in range(FACTIONS)
        for number in (0, 1, 3)
    ]
    return {"groups": groups, "depots": depots}


def _force(faction: int, number: int) -> dict[str, Any]:
    """Mostly infantry divisions, one force in nine armour, one in nine artillery; round the towns in turn."""
    kind = {4: "tank_regiment", 8: "artillery_regiment"}.get(number % 9, "infantry_division")
    home = _town_hex(faction, number % len(_TOWNS))
    spread = number // len(_TOWNS)
    ring = [home, *[h for h in hexes.neighbour_table(COLS, ROWS)[home].tolist() if h != OFF_MAP]]
    at = ring[spread % len(ring)]
    return {
        "id": f"force_{faction + 1}_{number + 1}",
        "name": f"Force {faction + 1}-{number + 1}",
        "short": f"{faction + 1}{number + 1:02d}",
        "type": kind,
        "men": 1200 if kind != "infantry_division" else 5000 + 250 * (number % 7),
        "tanks": 40 if kind == "tank_regiment" else 0,
        "guns": 36 if kind == "artillery_regiment" else 12,
        "quality": 0.8 + 0.05 * ((faction + number) % 5),
        "cohesion": 0.9,
        "arms": {"tank_regiment": "armour", "artillery_regiment": "artillery"}.get(kind, "inf"),
        "mobility": "tracked" if kind == "tank_regiment" else "motorised" if number % 2 else "foot",
        "location": f"{at % COLS:02d}{at // COLS:02d}",
        "posture": "hasty",
        "base": _town(faction, 0),
        "confidence": 0,
        "sources": ["bench"],
    }
