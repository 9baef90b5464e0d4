"""How many men the ground of a hex has room for. The rules march by it and the check of a scenario places by it."""

from __future__ import annotations

from game.core.ids import Relief, Terrain
from game.core.kernels import clause
from game.core.ruleset import MoveRules


@clause
def is_rough_ground(terrain: int, relief: int) -> bool:
    """2.1 Forest, swamp, hills or mountains."""
    return terrain == Terrain.FOREST or terrain == Terrain.SWAMP or relief == Relief.HILLS or relief == Relief.MOUNTAINS


@clause
def area_of(rules: MoveRules, km: float) -> float:
    """2.2 Area of a hex `km` wide, in hexes of the reference width."""
    return (km / rules.reference_km) * (km / rules.reference_km)


@clause
def room_of(rules: MoveRules, km: float, terrain: int, relief: int) -> float:
    """3.4 Men that find room in a hex `km` wide."""
    if is_rough_ground(terrain, relief):
        return rules.room_rough * area_of(rules, km)
    return rules.room_open * area_of(rules, km)
