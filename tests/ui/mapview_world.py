"""A small country for tests of the map drawing: 14 x 12 hexes, sea in the west, hills in the east, a lake, a road."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import numpy as np
import pygame

from game.core.hexmap import HexMap, Place, Projection
from game.core.ids import Flood, Relief, River, Road, Terrain
from game.ui import theme

COLS, ROWS = 14, 12
FACTIONS = (theme.FACTION_PRESETS["vietnam"], theme.FACTION_PRESETS["dk"], theme.FACTION_PRESETS["kufns"])
SEA_COLS = 3


def at(col: int, row: int) -> int:
    return row * COLS + col


def small_country() -> HexMap:
    pygame.font.init()
    n = COLS * ROWS
    col = np.arange(n) % COLS
    terrain = np.where(col < SEA_COLS, Terrain.SEA, Terrain.RICE).astype(np.int8)
    terrain[col >= 10] = Terrain.FOREST
    terrain[[at(6, 5), at(7, 5)]] = Terrain.LAKE
    relief = np.where(col >= 10, Relief.MOUNTAINS, Relief.PLAIN).astype(np.int8)
    elevation = np.where(col >= 10, 300 * (col - 9), 5).astype(np.int16)
    flood = np.zeros(n, np.int8)
    flood[[at(5, 5), at(5, 6), at(6, 6)]] = Flood.LAKE
    land = terrain != Terrain.SEA
    country = np.where(land, np.where(np.arange(n) // COLS < 6, 0, 1), -1).astype(np.int8)
    links = [np.zeros((n, 6), np.int8) for _ in range(4)]
    hexmap = HexMap(
        "small_country", "A small country", COLS, ROWS, 12.0, Projection("equirectangular", 12.0, 105.0), (0.0, 0.0),
        terrain, relief, elevation, flood, country, ("North", "South"), np.full(n, -1, np.int16), (),
        links[0], links[1], links[2], links[3],
        (
            Place("alpha", "Alpha", at(5, 3), "capital", "North", 0, 0, "Âlpha"),
            Place("beta", "Beta", at(8, 8), "town", "South", 0, 0),
            Place("gamma", "Gamma", at(9, 3), "provincial capital", "North", 0, 0),
        ),
    )  # fmt: skip
    for c in range(4, 12):
        hexmap.road[at(c, 3), 0] = Road.PRIMARY
        hexmap.road[at(c + 1, 3), 3] = Road.PRIMARY
    for r in range(2, 9, 2):
        hexmap.river[at(9, r), 0], hexmap.river[at(10, r), 3] = River.GREAT, River.GREAT
    return hexmap
