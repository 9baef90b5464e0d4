"""How many men the ground of a hex has room for. The rules march by it and the check of a scenario places by it."""

from __future__ import annotations

from game.core.ids import Relief, Terrain
from game.core.kernels import clause


@clause
def is_rough_ground(terrain: int, relief: int) -> bool:
    """Forest, swamp, hills or mountains."""
    return terrain == Terrain.FOREST or terrain == Terrain.SWAMP or relief == Relief.HILLS or relief == Relief.MOUNTAINS


@clause
def area_of(km: float, reference_km: float) -> float:
    """Area of a hex `km` wide, in hexes of the reference width."""
    return (km / reference_km) * (km / reference_km)


@clause
def room_of(terrain: int, relief: int, room_open: float, room_rough: float, area: float) -> float:
    """Men that find room in a hex of this area, where so many find room in one of the reference width."""
    if is_rough_ground(terrain, relief):
        return room_rough * area
    return room_open * area
