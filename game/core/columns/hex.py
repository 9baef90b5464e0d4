"""Columns of the hex table: `hex_i` int64 [INTS, hexes] and `hex_f` float64 [REALS, hexes]."""

# --- integers -------------------------------------------------------------------------------------------------
CONTROL = 0  # faction that can enforce its will here, or NO_FACTION
PEOPLE = 1  # inhabitants present, >= 0
DISPLACED = 2  # of these, driven from elsewhere, >= 0
CONTESTED = 3  # 1 while two hostile factions have men in reach, else 0
INTS = 4

# --- reals ----------------------------------------------------------------------------------------------------
HOLD = 0  # firmness of control, 0 slipping .. 1 firm
WORKS = 1  # fortification of the ground itself, 0..3, as DUG_IN
MINES = 2  # mines per km of front, >= 0
CUT = 3  # damage to roads here, 0 open .. 1 cut; heals
REALS = 4
