"""Columns of what each faction knows of each force: `seen` int64 [INTS, factions, forces]."""

HOUR = 0  # hour of the last sighting, or NEVER
HEX = 1  # where, or OFF_MAP
MEN = 2  # how many men were believed seen
INTS = 3
