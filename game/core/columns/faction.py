"""Columns of the faction table: `faction_i` int64 [INTS, factions] and `faction_f` float64 [REALS, factions].

The account of men: START + RECRUITED =
under arms (arrived or due) + KILLED + CAPTURED + DESERTED + SICK + HOSPITAL + STRAGGLERS.
"""

# --- integers -------------------------------------------------------------------------------------------------
SIDE = 0  # side (row of the scenario's sides) that commands it, or NO_FACTION
START = 1  # men under arms at the start, including those due to arrive
KILLED = 2  # dead in battle
CAPTURED = 3  # surrendered or captured
DESERTED = 4  # went home
SICK = 5  # lost for the campaign to disease, mines and exhaustion
HOSPITAL = 6  # wounded who may return
STRAGGLERS = 7  # scattered, making for base areas
RECRUITED = 8  # men raised during the game
TANKS_LOST = 9
GUNS_LOST = 10
TANKS_TAKEN = 11  # captured from enemies and usable
GUNS_TAKEN = 12
KG_ISSUED = 13  # supplies delivered to forces
KG_LOST = 14  # supplies lost on the way or captured
CIVIL_DEAD_LOW = 15  # civilian dead in fighting this faction took part in: low estimate
CIVIL_DEAD_HIGH = 16
FLED = 17  # civilians displaced by that fighting
CAPITAL = 18  # hex of its seat of government, or OFF_MAP
KG_TAKEN = 19  # supplies captured
INTS = 20

# --- reals ----------------------------------------------------------------------------------------------------
WILL = 0  # political will to go on, 0..100
LIFT_TKM = 1  # road transport, tonne-kilometres a day
LIFT_USED = 2  # of which used in the last issue of supplies
LAND_VALUE = 3  # value of the places it held when last counted, ruleset units
LOSSES_FELT = 4  # men lost for good that will has already felt
SEAT = 5  # 1 while its side holds its seat of government, else 0
LAND_AT_START = 6  # value of the places it held at the start
REALS = 7
