"""Names of things: index spaces, sentinels and the enumerations that the rulebook speaks in.

Every entity is a row of a table; an id is the row's number. The sentinels below are the only negative ids.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

HexIndex: TypeAlias = int
"""Row of HexMap, or OFF_MAP."""
ForceId: TypeAlias = int
"""Row of the force table, or NO_FORCE."""
FactionId: TypeAlias = int
"""Row of the faction table, or NO_FACTION."""

OFF_MAP: int = -1
"""Not in play: not yet arrived, destroyed or left the map."""
NO_FACTION: int = -1
"""Nobody's: no faction can enforce its will there."""
NO_FORCE: int = -1
NEVER: int = -1
"""A day that has not come: 'not seen yet', 'not planned'."""


class Terrain(IntEnum):
    """Land cover of a hex."""

    SEA = 0
    LAKE = 1
    RICE = 2
    UPLAND = 3
    DRY_FOREST = 4
    FOREST = 5
    SWAMP = 6
    URBAN = 7


class Relief(IntEnum):
    """Shape of the ground of a hex."""

    PLAIN = 0
    HILLS = 1
    PLATEAU = 2
    MOUNTAINS = 3


class Flood(IntEnum):
    """What the wet season does to a hex."""

    NONE = 0
    FLOODED = 1
    """Fields under water: no vehicles off the road."""
    LAKE = 2
    """Part of the lake from August to December (Tonle Sap)."""


class Road(IntEnum):
    """Class of a hex-to-hex road link."""

    NONE = 0
    TRACK = 1
    SECONDARY = 2
    PRIMARY = 3


class Rail(IntEnum):
    """State of a hex-to-hex railway link."""

    NONE = 0
    CUT = 1
    OPERATING = 2


class River(IntEnum):
    """Class of a river that runs along the edge between two hexes."""

    NONE = 0
    MINOR = 1
    MAJOR = 2
    GREAT = 3
    """The Mekong and its arms, the Tonle Sap river, the Bassac."""


class Crossing(IntEnum):
    """Means of crossing a river edge."""

    NONE = 0
    FERRY = 1
    BRIDGE = 2


class Mobility(IntEnum):
    """Movement class of a force."""

    FOOT = 0
    MOTORISED = 1
    """Infantry whose lorries lift it by shuttles on roads; on foot elsewhere."""
    TRACKED = 2
    BOAT = 3
    """Ships and river craft: water and the land beside it."""
    AIR = 4
    """Acts from its airfield and does not march."""
    AMPHIBIOUS = 5
    """Marines: by landing craft at sea, on foot ashore."""


class Arms(IntEnum):
    """Equipment class, as in the orders of battle."""

    LIGHT = 0
    INF = 1
    INFARTY = 2
    MECH = 3
    ARMOUR = 4
    ARTILLERY = 5
    AIR = 6
    NAVAL = 7
    MILITIA = 8
    UNARMED = 9


class Surface(IntEnum):
    """What a step from hex to hex goes over: the columns of the march tables."""

    PRIMARY = 0
    SECONDARY = 1
    TRACK = 2
    OPEN = 3
    ROUGH = 4
    """Forest, hills, mountains or swamp without a road."""
    WATER = 5


class Season(IntEnum):
    DRY = 0
    WET = 1


class ForceKind(IntEnum):
    """Formation type; its numbers are in the ruleset's `kinds`."""

    INFANTRY = 0
    ARMOUR = 1
    ARTILLERY = 2
    AIR = 3
    NAVAL = 4
    MARINE = 5
    GARRISON = 6
    """Security, border and garrison troops: hold, do not campaign."""
    POLITICAL = 7


class Status(IntEnum):
    """Condition of a force."""

    PENDING = 0
    """Not arrived yet; HEX is where it will arrive, on day ARRIVES."""
    ACTIVE = 1
    ROUTED = 2
    """Broken and falling back; takes no orders until it rallies."""
    BANDS = 3
    """Dispersed into guerrilla bands: hides, cannot hold ground, re-forms in a base area."""
    GONE = 4
    """Destroyed, surrendered or merged: MEN is 0."""


class Order(IntEnum):
    """What a force can be told to do. HOLD is the standing order of a force never told anything."""

    HOLD = 0
    """Stay and dig in."""
    MOVE = 1
    """March to the destination; halt on contact."""
    ATTACK = 2
    """Advance to the destination and fight whatever bars the way."""
    AMBUSH = 3
    """Lie hidden and strike the first enemy that passes."""
    RAID = 4
    """Strike supply traffic near the destination and slip away."""
    WITHDRAW = 5
    """Fall back to the destination avoiding battle."""
    REST = 6
    """Stay, refit and recover; not dug in."""


class Posture(IntEnum):
    """How a force stands this impulse: the key of combat's posture factors."""

    MARCH = 0
    ATTACK = 1
    DELAY = 2
    HASTY = 3
    PREPARED = 4
    FORTIFIED = 5
    REST = 6
    HIDDEN = 7


class Stance(IntEnum):
    """What a faction's armed forces may do to another's."""

    WAR = 0
    HOSTILE = 1
    """No passage, no supply; fire only when fired upon."""
    NEUTRAL = 2
    ACCESS = 3
    """Passage and sanctuary granted."""
    ALLIED = 4


class DepotKind(IntEnum):
    PORT = 0
    RAILHEAD = 1
    DEPOT = 2
    CACHE = 3
    """Hidden stock of an irregular army in a base area."""
