"""From the map and the cast to the ground that rules read: whose land, worth of places, base areas, people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.hexmap import HexMap
from game.core.ids import NO_FACTION, OFF_MAP, HexIndex, Rail, Road, Terrain
from game.core.means import Means
from game.core.setting import Cast, Ground, Interests, Splits
from game.scenario.schema import PlaceValueEntry, PopulationEntry
from game.scenario.schema_cast import FactionEntry

_HEX_AREA = 0.8660254037844386
"""Area of a hex of width 1: sqrt(3) / 2."""


def locate(map_: HexMap, location: str) -> HexIndex:
    """Hex of a place id or of a hex's four figures; OFF_MAP if neither is on the map."""
    place = map_.place_by_id.get(location)
    if place is not None:
        return place.hex
    if len(location) == 4 and location.isascii() and location.isdigit():
        col, row = int(location[:2]), int(location[2:])
        if col < map_.cols and row < map_.rows:
            return row * map_.cols + col
    return OFF_MAP


def hosts(map_: HexMap, factions: list[FactionEntry]) -> npt.NDArray[np.int8]:
    """int8 [n]: faction whose territory each land hex is, or NO_FACTION."""
    owner = np.full(len(map_.countries) + 1, NO_FACTION, np.int8)
    for row, faction in enumerate(factions):
        for country in faction.territory:
            owner[map_.countries.index(country)] = row
    return np.where(map_.is_land, owner[map_.country], NO_FACTION).astype(np.int8)


def control(map_: HexMap, factions: list[FactionEntry], host: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """int8 [n]: who controls each hex at the start: its host, or who is said to hold the place."""
    holders = host.copy()
    for row, faction in enumerate(factions):
        for location in faction.holds:
            holders[locate(map_, location)] = row
    return holders


def shelter(map_: HexMap, factions: list[FactionEntry]) -> npt.NDArray[np.int8]:
    """int8 [n]: faction whose base area each land hex is: the hexes named, then the land beside them."""
    found = np.full(map_.n, NO_FACTION, np.int8)
    bases = [(row, locate(map_, name)) for row, faction in enumerate(factions) for name in faction.base_areas]
    for row, base in bases:
        if found[base] == NO_FACTION:
            found[base] = row
    for row, base in bases:
        for beside in map_.neighbours[base].tolist():
            if beside != OFF_MAP and map_.is_land[beside] and found[beside] == NO_FACTION:
                found[beside] = row
    return found


def place_values(map_: HexMap, entry: PlaceValueEntry) -> npt.NDArray[np.float64]:
    """float64 [n]: worth of each hex: that of its worthiest place."""
    worth = np.zeros(map_.n)
    for place in map_.places:
        value = entry.places.get(place.id, entry.kinds.get(place.kind, 0.0))
        worth[place.hex] = max(worth[place.hex], value)
    return worth


def arteries(map_: HexMap) -> npt.NDArray[np.int64]:
    """int64 [any]: the hexes with a road that is no mere track, or with a railway in operation, in order."""
    return np.flatnonzero((map_.road >= Road.SECONDARY).any(axis=1) | (map_.rail == Rail.OPERATING).any(axis=1))


def make_ground(map_: HexMap, factions: list[FactionEntry], values: PlaceValueEntry) -> Ground:
    """The map as kernels read it."""
    value = place_values(map_, values)
    refuge = shelter(map_, factions)
    return Ground(
        neighbours=map_.neighbours,
        terrain=map_.terrain,
        relief=map_.relief,
        flood=map_.flood,
        road=map_.road,
        rail=map_.rail,
        river=map_.river,
        crossing=map_.crossing,
        host=hosts(map_, factions),
        value=value,
        prizes=np.flatnonzero(value > 0.0),
        shelter=refuge,
        havens=np.flatnonzero(refuge != NO_FACTION),
        arteries=arteries(map_),
        km=map_.km_per_hex,
        cols=map_.cols,
    )


_FIELD_SHARE = {
    Terrain.RICE: 0.35, Terrain.UPLAND: 0.06, Terrain.DRY_FOREST: 0.03, Terrain.FOREST: 0.01, Terrain.SWAMP: 0.02,
}  # fmt: skip
"""Share of a hex's land under rice in peace, in the forests as clearings that move; others have none."""


def make_contested(map_: HexMap, fought_over: str | None) -> npt.NDArray[np.int8]:
    """int8 [n]: 1 on the land of the country fought over."""
    if fought_over is None:
        return np.zeros(map_.n, np.int8)
    inside: npt.NDArray[np.int8] = (map_.is_land & (map_.country == map_.countries.index(fought_over))).astype(np.int8)
    return inside


def make_cast(
    map_: HexMap,
    factions: list[FactionEntry],
    contested: npt.NDArray[np.int8],
    means: Means,
    splits: Splits,
    interests: Interests,
    people: Mapping[str, Any],
) -> Cast:
    """People, factions and the world outside as the rules of a month read them; `people`: what scenario.people adds."""
    rows = iter(range(len(factions)))
    share = np.zeros(len(Terrain))
    for terrain, part in _FIELD_SHARE.items():
        share[terrain] = part
    hectares = _HEX_AREA * map_.km_per_hex**2 * 100.0
    return Cast(
        movement=np.array([next(rows) if entry.movement else -1 for entry in factions], np.int64),
        province=map_.province.astype(np.int16),
        fields_ha=np.where(map_.is_land, share[map_.terrain], 0.0) * hectares,
        means=means,
        contested=contested,
        **people,
        splits=splits,
        interests=interests,
    )


def people(map_: HexMap, entry: PopulationEntry) -> npt.NDArray[np.int32]:
    """int32 [n]: inhabitants of each hex.

    A province's people, less those of its listed towns, are spread over its land by the weight of the land cover;
    town people stand in the town's hex. Provinces that are not listed take their country's density.
    """
    weights = np.zeros(len(Terrain))
    for terrain in Terrain:
        weights[terrain] = getattr(entry.weights, terrain.name.lower(), 0.0)
    weight = np.where(map_.is_land, weights[map_.terrain], 0.0)
    found = np.zeros(map_.n)
    town_hex = {locate(map_, town): 1000.0 * thousands for town, thousands in entry.towns.items()}
    for row, name in enumerate(map_.provinces):
        inside = (map_.province == row) & map_.is_land
        if not inside.any():
            continue
        in_towns = sum(count for hex_, count in town_hex.items() if map_.province[hex_] == row)
        if name in entry.provinces:
            total = 1000.0 * entry.provinces[name]
        else:
            country = map_.countries[int(map_.country[np.flatnonzero(inside)[0]])]
            area = float(inside.sum()) * _HEX_AREA * map_.km_per_hex**2
            total = entry.density.get(country, 0.0) * area
        spread = np.where(inside, weight, 0.0)
        if spread.sum() > 0:
            found += spread / spread.sum() * max(total - in_towns, 0.0)
    for hex_, count in town_hex.items():
        found[hex_] += count
    return np.rint(found).astype(np.int32)
