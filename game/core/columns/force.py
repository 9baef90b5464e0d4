"""Columns of the force table: `force_i` int64 [INTS, forces] and `force_f` float64 [REALS, forces]."""

# --- integers -------------------------------------------------------------------------------------------------
FACTION = 0  # faction row
GROUP = 1  # command group (corps, military region) row of the scenario; NO_FORCE = -1 for none
KIND = 2  # ids.ForceKind
MOBILITY = 3  # ids.Mobility
STATUS = 4  # ids.Status
HEX = 5  # hex, or OFF_MAP
MEN = 6  # men under arms, >= 0
TANKS = 7  # tanks and APC-class vehicles, >= 0
GUNS = 8  # tubes of 76 mm and up, >= 0
SORTIES = 9  # air sorties a day it can fly, >= 0
STOCK_KG = 10  # supplies carried: food, ammunition, fuel, kg, >= 0
ORDER = 11  # ids.Order, the standing order
DEST = 12  # destination hex of the order, or OFF_MAP
TARGET = 13  # hex that it fights for this impulse, or OFF_MAP; set by movement, read by combat
POSTURE = 14  # ids.Posture
ARRIVES = 15  # hour of the game at which it enters play; 0 = from the start
START_MEN = 16  # men at the start: its establishment
BASE = 17  # home hex it falls back to, or OFF_MAP
LAST_FOUGHT = 18  # hour of its last battle, or NEVER
FROM_HEX = 19  # hex it came from last, or OFF_MAP: the way back
ARMS = 20  # equipment class, row of the ruleset's `arms`
THEN = 21  # hex that the order goes on to from DEST, or OFF_MAP
ORIGIN = 22  # faction that it came over from, or NO_FACTION
INTS = 23

UNRAISED = 1 << 40  # ARRIVES of a formation in reserve: it exists only on paper

# --- reals ----------------------------------------------------------------------------------------------------
QUALITY = 0  # training and leadership, 0.2..1.3; 1 = PAVN main force of 1978
COHESION = 1  # holding together as a unit, 0..1
FATIGUE = 2  # 0 fresh .. 1 spent
DUG_IN = 3  # works in its hex, 0 none, 1 hasty, 2 prepared, 3 fortified; continuous
MARCHED = 4  # hours of march saved towards the next hex
ADVANCED = 5  # km gained against opposition towards TARGET
SURPRISE = 6  # factor on its power while the enemy does not expect it, 1 = none; fades with the day
HUNGER = 7  # share of need not met lately, 0..1
SPARE = 8  # hours of the last impulse that are left to it after a fight or a halt: its next impulse has them too
REALS = 9
