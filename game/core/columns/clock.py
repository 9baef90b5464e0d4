"""Columns of the clock: `clock` int64 [INTS]."""

HOUR = 0  # hours since the scenario's start
TURN = 1  # turns finished
SEED = 2  # the game's seed, 0 .. 2**31 - 1
START_ORDINAL = 3  # proleptic ordinal of the start date: date.fromordinal
IMPULSE = 4  # impulses finished
INTS = 5
