"""Columns of the faction table: `faction_i` int64 [INTS, factions] and `faction_f` float64 [REALS, factions].

The account of men: START + RECRUITED =
under arms (arrived or due) + KILLED + CAPTURED + DESERTED + SICK + HOSPITAL + STRAGGLERS + DEFECTED_OUT
+ DEMOBILISED + DIED_IN_RANKS - DEFECTED_IN. RECRUITED counts men who joined a unit; those who wait are MANPOWER.
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
LIFE = 20  # ids.Life: whether it is an actor at present
CLASS = 21  # ids.FactionClass
STAGE = 22  # row of the name it goes by, in the order of its `stages`; 0 at first
MOVEMENT = 23  # row of `support`, or -1: nobody's cause in the country fought over
PARENT = 24  # faction that it broke from or was founded by, or NO_FACTION
MANPOWER = 25  # trained men who wait for a unit, >= 0
TRAINING = 26  # men in training, >= 0
KITS = 27  # arms in store, in men equipped, >= 0
DEFECTED_IN = 28  # men who came over from others
DEFECTED_OUT = 29  # men who went over to others
DEMOBILISED = 30  # men sent home under an accord or for want of pay
MERGED = 31  # faction whose army it has joined, or NO_FACTION
KITS_TAKEN = 32  # arms captured, in men equipped
RAISED = 33  # men called up, who pass into TRAINING, over the game
DIED_IN_RANKS = 34  # men dead of mines
CAME_OVER = 35  # men of its enemies who took its amnesty
LEFT_TRAINING = 36  # men called up who went home from training
REPUTED = 37  # men that the world believes it can bring to a war; counted once a month, public
ABROAD = 38  # of its men, those said to stand on the land of others; public
KITS_BOUGHT = 39  # arms bought, in men equipped
KITS_LEFT = 40  # arms that men who fell sick or went home left behind, in men equipped
INTS = 41

# --- reals ----------------------------------------------------------------------------------------------------
WILL = 0  # political will to go on, 0..100
LIFT_TKM = 1  # road transport, tonne-kilometres a day
LIFT_USED = 2  # of which used in the last issue of supplies
LAND_VALUE = 3  # value of the places it held when last counted, ruleset units
LOSSES_FELT = 4  # men lost for good that will has already felt
SEAT = 5  # 1 while its side holds its seat of government, else 0
LAND_AT_START = 6  # value of the places it held at the start
MONEY = 7  # money at hand, US$ m
INCOME = 8  # what came in last month, US$ m
OUTLAY = 9  # what was spent last month, US$ m
ARREARS = 10  # months of pay owed, >= 0
CORRUPTION = 11  # share of what passes through its hands that is lost, 0..1
WEARINESS = 12  # war weariness, 0..100
AID_BUDGET = 13  # what it can give as a patron, US$ m a year
UNITY = 14  # how far its leaders hold together, 0..1
TAXES = 15  # of INCOME: taxes
TRADED = 16  # of INCOME: gems and timber
AIDED = 17  # of INCOME: patrons' aid
BUDGETED = 18  # of INCOME: means of its own
GIVEN = 19  # aid that it gave last month as a patron, US$ m
FUNDED = 20  # share of its programmes that it could pay for last month, 0..1
STORES = 21  # arms and stores that patrons' aid brought last month, US$ m
LOSSES_WEARY = 22  # men lost for good that weariness has already felt
AID_FELT = 23  # aid that it has come to count on, US$ m a month; a slow mean
LAND_FELT = 24  # value of the places that it has come to count on; a slow mean
SUPPORT = 25  # share of the people of the country fought over who prefer it, as last counted; public
REALS = 26
