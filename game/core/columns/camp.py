"""Columns of the table of border camps: `camp_i` int64 [INTS, camps] and `camp_f` float64 [REALS, camps].

A camp is a civilian site: nobody can order an attack on it. Its people are not counted in the hex's inhabitants.
"""

# --- integers -------------------------------------------------------------------------------------------------
HEX = 0  # where it lies
HOST = 1  # faction on whose land it lies, or NO_FACTION
HOLDER = 2  # faction that administers it, or NO_FACTION: run by relief agencies alone
PEOPLE = 3  # people in it, >= 0
RELIEF_KG = 4  # food that relief brought in the last month, kg
OPENED = 5  # hour at which it was opened, or NEVER
CLOSED = 6  # hour at which it was closed, or NEVER
CAPACITY = 7  # people that it can shelter
BORN = 8  # natural increase of its people over the game
INTS = 9

# --- reals ----------------------------------------------------------------------------------------------------
WANT = 0  # share of its need of food unmet lately, 0..1; a slow variable
REALS = 1
