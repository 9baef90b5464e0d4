"""Columns of what each faction knows of each force: `seen` int64 [INTS, factions, forces]. All as they were then."""

HOUR = 0  # hour of the last sighting, or NEVER
HEX = 1  # where, or OFF_MAP
MEN = 2  # how many men were believed seen
STATUS = 3  # ids.Status
POSTURE = 4  # ids.Posture
FOUGHT = 5  # hour of its last battle, or NEVER
WORKS = 6  # its works, hundredths of a level (force.DUG_IN)
TANKS = 7  # vehicles believed seen
GUNS = 8  # tubes believed seen
INTS = 9
