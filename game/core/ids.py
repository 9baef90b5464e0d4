"""Names of things: index spaces, sentinels and the enumerations that the rulebook speaks in.

Every entity is a row of a table; an id is the row's number. The sentinels below are the only negative ids.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import numpy as np

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
UNDECIDED: int = -1
"""Option of a decision that was not put yet."""
OPEN: int = -2
"""Option of a decision that waits for the faction asked."""


class Numbering(IntEnum):
    """Names for the numbers of a column."""

    # numpy asks the classes of what it works on for this, and enumerations take long to say that they have none
    __array_ufunc__ = np.ndarray.__array_ufunc__


class Terrain(Numbering):
    """Land cover of a hex."""

    SEA = 0
    LAKE = 1
    RICE = 2
    UPLAND = 3
    DRY_FOREST = 4
    FOREST = 5
    SWAMP = 6
    URBAN = 7


class Relief(Numbering):
    """Shape of the ground of a hex."""

    PLAIN = 0
    HILLS = 1
    PLATEAU = 2
    MOUNTAINS = 3


class Flood(Numbering):
    """What the wet season does to a hex."""

    NONE = 0
    FLOODED = 1
    """Fields under water: no vehicles off the road."""
    LAKE = 2
    """Part of the lake while it is high (Tonle Sap, August to December)."""


class Road(Numbering):
    """Class of a hex-to-hex road link."""

    NONE = 0
    TRACK = 1
    SECONDARY = 2
    PRIMARY = 3


class Rail(Numbering):
    """State of a hex-to-hex railway link."""

    NONE = 0
    CUT = 1
    OPERATING = 2


class River(Numbering):
    """Class of a river that runs along the edge between two hexes."""

    NONE = 0
    MINOR = 1
    MAJOR = 2
    GREAT = 3
    """The Mekong and its arms, the Tonle Sap river, the Bassac."""


class Crossing(Numbering):
    """Means of crossing a river edge."""

    NONE = 0
    FERRY = 1
    BRIDGE = 2


class Mobility(Numbering):
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


class Arms(Numbering):
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


class Surface(Numbering):
    """What a step from hex to hex goes over: the columns of the march tables."""

    PRIMARY = 0
    SECONDARY = 1
    TRACK = 2
    OPEN = 3
    ROUGH = 4
    """Forest, hills, mountains or swamp without a road."""
    WATER = 5


class Season(Numbering):
    DRY = 0
    WET = 1


class Ways(Numbering):
    """How the ways are: the season and the level of the great lake, which falls months after the rains end."""

    DRY = 0
    WET = 1
    DRY_HIGH = 2
    """Roads are dry again and the lake still covers its shores."""
    WET_HIGH = 3


class ForceKind(Numbering):
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


class Status(Numbering):
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


class Order(Numbering):
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
    PATROL = 7
    """Go about the hex and those beside it: find hidden enemies, guard roads and people; not dug in."""
    SWEEP = 8
    """March to the destination and comb it for bands and their stores."""
    SABOTAGE = 9
    """Break roads, bridges and railway near the destination and slip away."""
    CLEAR = 10
    """Lift mines at the destination: engineers, and months."""


class Posture(Numbering):
    """How a force stands this impulse: the key of combat's posture factors."""

    MARCH = 0
    ATTACK = 1
    DELAY = 2
    HASTY = 3
    PREPARED = 4
    FORTIFIED = 5
    REST = 6
    HIDDEN = 7


class Stance(Numbering):
    """What a faction's armed forces may do to another's."""

    WAR = 0
    HOSTILE = 1
    """No passage, no supply; fire only when fired upon."""
    NEUTRAL = 2
    ACCESS = 3
    """Passage and sanctuary granted."""
    ALLIED = 4


class DepotKind(Numbering):
    PORT = 0
    RAILHEAD = 1
    DEPOT = 2
    CACHE = 3
    """Hidden stock of an irregular army in a base area."""


class Act(Numbering):
    """What a faction can do that is no order to a force; the columns of columns.act as stated."""

    POLICY = 1
    """Set the policy A (columns.policy) to VALUE hundredths."""
    AID = 2
    """Give the faction A US$ VALUE thousand a month from now on."""
    PROPOSE = 3
    """Propose the term B (ids.Term) to the faction A: VALUE as the term says; a term that is asked for, not offered,
    has a negative B."""
    ANSWER = 4
    """Accept (VALUE 1) or refuse (0) the proposal in row A of the treaty table."""
    DENOUNCE = 5
    """End the treaty in row A of the treaty table."""
    WAR = 6
    """Go to war with the faction A; UNTIL: months after which it will offer peace, 0: without limit."""
    THREATEN = 7
    """Threaten the faction A with war unless it grants the term B (ids.Term), VALUE as the term says."""
    SANCTION = 8
    """Stop trade with the faction A (VALUE 1), or take it up again (0)."""
    CHOOSE = 9
    """Take the option VALUE of the decision A (row of the event)."""
    RAISE = 10
    """Raise the formation A (row of the force), which is in the scenario's list of those that can be."""
    DISARM = 11
    """In a peace process: send men to cantonment (VALUE 1) or refuse to (0)."""


class Term(Numbering):
    """What a treaty is about; A gives, B receives."""

    ACCESS = 1
    """B's troops may pass through A's land and be supplied there."""
    SANCTUARY = 2
    """B's troops may rest, re-form and be supplied on A's land."""
    AID = 3
    """A gives B US$ VALUE thousand a month."""
    ALLIANCE = 4
    """A and B fight as one side and let each other's troops in."""
    CEASE_FIRE = 5
    """A and B stop fighting."""
    WITHDRAWAL = 6
    """A takes its troops off B's land and out of the country fought over within VALUE months."""
    RECOGNITION = 7
    """A recognises B as its country's government."""
    COALITION = 8
    """A and B form one government with one seat and separate armies; VALUE: B's share in hundredths."""
    POWER_SHARING = 9
    """A and B settle their war: cease-fire, council, elections; VALUE: B's share of the council in hundredths."""
    AMNESTY = 10
    """A pardons B's men, who keep rank and land and come under A's name; VALUE: B's autonomy in hundredths."""
    TRADE = 11
    """A buys B's gems and timber."""
    PEACE = 12
    """A and B end their war."""


class Spoiler(Numbering):
    """What a party to a war would settle for (Stedman 1997)."""

    LIMITED = 0
    """A share."""
    GREEDY = 1
    """As much as it can get at bearable cost."""
    TOTAL = 2
    """All: deals are pauses."""


class TreatyState(Numbering):
    FREE = 0
    PROPOSED = 1
    IN_FORCE = 2
    REFUSED = 3
    LAPSED = 4
    """Not answered, or its time was up."""
    ENDED = 5
    """Denounced in due form."""
    BROKEN = 6


class Life(Numbering):
    """Whether a faction is an actor."""

    LATENT = 0
    """Not yet: it may break from its parent or be founded."""
    ACTIVE = 1
    ENDED = 2
    """Dissolved, merged into another or without men and land."""


class FactionClass(Numbering):
    STATE = 0
    ARMY = 1
    """An army in the field under a patron, without a state yet."""
    INSURGENCY = 2
    BLOC = 3
    """States that act together abroad and not on the map."""
    MISSION = 4
    """A peace-keeping mission."""


class Phase(Numbering):
    """Where the peace process stands."""

    WAR = 0
    TALKS = 1
    """Talks about talks, and rounds of them."""
    ACCORD = 2
    """Signed: cease-fire, a supreme council; the mission comes in."""
    MISSION = 3
    """Cantonment, disarmament, registration."""
    ELECTED = 4
    """Voted; a government is formed."""
    SETTLED = 5
    """A government governs; the mission is gone."""
    COLLAPSED = 6
    """The accord failed; the war goes on."""


class Standing(Numbering):
    """Where a faction stands towards the accord."""

    OUTSIDE = 0
    SIGNED = 1
    CANTONING = 2
    REFUSED = 3
    """Signed, and then refused to disarm."""
    DISARMED = 4
    GOVERNMENT = 5
    OUTLAWED = 6
    RECONCILED = 7
    """Pardoned and taken in."""
