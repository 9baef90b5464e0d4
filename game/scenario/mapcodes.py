"""The vocabulary of map files: codes of the pictures, words of the lists, kinds of places."""

from __future__ import annotations

from itertools import product

from game.core.ids import Crossing, Flood, Rail, Relief, River, Road, Terrain

FORMAT = "1"

SEA_CODE, LAKE_CODE, NO_AREA = "~~", "oo", ".."
TERRAIN_LETTERS = {
    Terrain.RICE: "r",
    Terrain.UPLAND: "u",
    Terrain.DRY_FOREST: "d",
    Terrain.FOREST: "f",
    Terrain.SWAMP: "s",
    Terrain.URBAN: "U",
}
RELIEF_SIGNS = {Relief.PLAIN: ".", Relief.HILLS: "^", Relief.PLATEAU: "=", Relief.MOUNTAINS: "A"}
TERRAIN_CODES: dict[str, tuple[Terrain, Relief]] = {
    SEA_CODE: (Terrain.SEA, Relief.PLAIN),
    LAKE_CODE: (Terrain.LAKE, Relief.PLAIN),
    **{
        letter + sign: (terrain, relief)
        for (terrain, letter), (relief, sign) in product(TERRAIN_LETTERS.items(), RELIEF_SIGNS.items())
    },
}
FLOOD_CODES = {NO_AREA: Flood.NONE, "ww": Flood.FLOODED, "LL": Flood.LAKE}

ROAD_WORDS = {"primary": Road.PRIMARY, "secondary": Road.SECONDARY, "track": Road.TRACK}
RAIL_WORDS = {"operating": Rail.OPERATING, "cut": Rail.CUT}
RIVER_WORDS = {"great": River.GREAT, "major": River.MAJOR, "minor": River.MINOR}
CROSSING_WORDS = {"bridge": Crossing.BRIDGE, "ferry": Crossing.FERRY}

PLACE_KINDS = (
    "capital",
    "city",
    "provincial capital",
    "port",
    "town",
    "airbase",
    "stronghold",
    "border camp",
    "pass",
    "island",
    "temple",
)
"""Foremost first: the order of places in a map and so which of two names a hex goes by."""


def area_codes(names: tuple[str, ...]) -> list[str]:
    """Two letters for each name, all different, the same for the same names."""
    codes: list[str] = []
    for name in names:
        letters = [c for c in name if c.isascii() and c.isalpha()] or ["X"]
        first = letters[0].upper()
        tries = [first + c.lower() for c in letters[1:]]
        tries += [a + b for a in (first, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ") for b in "0123456789abcdefghijklmnopqrstuvwxyz"]
        codes.append(next(code for code in tries if code not in codes))
    return codes
