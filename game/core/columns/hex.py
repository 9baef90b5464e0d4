"""Columns of the hex table: `hex_i` int64 [INTS, hexes] and `hex_f` float64 [REALS, hexes]."""

# --- integers -------------------------------------------------------------------------------------------------
CONTROL = 0  # faction that can enforce its will here, or NO_FACTION
PEOPLE = 1  # inhabitants present, >= 0
DISPLACED = 2  # of these, driven from elsewhere, >= 0
CONTESTED = 3  # 1 while two hostile factions have men in reach, else 0
QUIET = 4  # days since men last fought here or beside it, counted up to a year at every month's end
FOUGHT = 5  # hour at which men last fought here, or NEVER
BORN = 6  # natural increase of its inhabitants over the game
INTS = 7

# --- reals ----------------------------------------------------------------------------------------------------
HOLD = 0  # firmness of control, 0 slipping .. 1 firm
WORKS = 1  # fortification of the ground itself, 0..3, as DUG_IN
MINES = 2  # mines per km of front, >= 0
CUT = 3  # damage to roads here, 0 open .. 1 cut; heals
SCATTER = 4  # mines scattered over the land, per km2, >= 0
FOOD_T = 5  # food in store with the people, tonnes of milled rice, >= 0
PLANTED = 6  # share of the fields under crop this season, 0..1
WANT = 7  # famine: share of people's need of food unmet lately, 0..1; a slow variable
RELIEF_T = 8  # food relief that reached the people last month, tonnes
SECURITY = 9  # how safe people are from all armed men, 0..1; a slow variable
REALS = 10
