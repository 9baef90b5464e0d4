"""Words of the scenario files and what they stand for in the tables."""

from __future__ import annotations

from typing import NamedTuple

from game.core.ids import Arms, DepotKind, FactionClass, ForceKind, Mobility, Order, Posture, Stance


class ForceType(NamedTuple):
    """What a force's `type` says."""

    kind: ForceKind
    echelon: str
    """APP-6 mark."""
    symbol: str


FORCE_TYPES: dict[str, ForceType] = {
    "infantry_division": ForceType(ForceKind.INFANTRY, "XX", "infantry"),
    "infantry_brigade": ForceType(ForceKind.INFANTRY, "X", "infantry"),
    "infantry_regiment": ForceType(ForceKind.INFANTRY, "III", "infantry"),
    "infantry_battalion": ForceType(ForceKind.INFANTRY, "II", "infantry"),
    "mechanised_division": ForceType(ForceKind.ARMOUR, "XX", "mechanised"),
    "mechanised_regiment": ForceType(ForceKind.ARMOUR, "III", "mechanised"),
    "armoured_brigade": ForceType(ForceKind.ARMOUR, "X", "armour"),
    "tank_regiment": ForceType(ForceKind.ARMOUR, "III", "armour"),
    "artillery_brigade": ForceType(ForceKind.ARTILLERY, "X", "artillery"),
    "artillery_regiment": ForceType(ForceKind.ARTILLERY, "III", "artillery"),
    "marine_brigade": ForceType(ForceKind.MARINE, "X", "marine"),
    "naval_division": ForceType(ForceKind.GARRISON, "XX", "marine"),
    "naval_group": ForceType(ForceKind.NAVAL, "X", "naval"),
    "air_division": ForceType(ForceKind.AIR, "XX", "air"),
    "border_security": ForceType(ForceKind.GARRISON, "III", "garrison"),
    "regional_regiment": ForceType(ForceKind.GARRISON, "III", "garrison"),
    "garrison": ForceType(ForceKind.GARRISON, "X", "garrison"),
    "militia": ForceType(ForceKind.GARRISON, "II", "garrison"),
    "political": ForceType(ForceKind.POLITICAL, "II", "political"),
}
"""`type` in forces.yaml -> kind, echelon and symbol. A naval division is coastal infantry: it defends the shore."""

ARMS: dict[str, Arms] = {arms.name.lower(): arms for arms in Arms}
MOBILITY: dict[str, Mobility] = {mobility.name.lower(): mobility for mobility in Mobility}
POSTURES: dict[str, Posture] = {posture.name.lower(): posture for posture in Posture}
ORDERS: dict[str, Order] = {order.name.lower(): order for order in Order}
STANCES: dict[str, Stance] = {stance.name.lower(): stance for stance in Stance}
CLASSES: dict[str, FactionClass] = {class_.name.lower(): class_ for class_ in FactionClass}
DEPOT_KINDS: dict[str, DepotKind] = {kind.name.lower(): kind for kind in DepotKind}

WORKS: dict[str, float] = {"hasty": 1.0, "prepared": 2.0, "fortified": 3.0}
"""Depth of works that goes with a posture at the start; none for the others."""

ORDERS_WITH_DESTINATION = frozenset({"move", "attack", "raid", "withdraw", "sweep", "sabotage", "clear"})
"""Orders that need a destination."""

ON_WATER = frozenset({Mobility.BOAT, Mobility.AMPHIBIOUS})
"""Movement classes that may stand on sea or lake."""
