"""Rows of what makes relations: `bond` float64 [ROWS, factions, factions].

The sum of the first BONDS, bounded, is the relation. TOLD + k is bond k as it was when the relation was last put on
record: no part of the sum.
"""

PAST = 0  # history and doctrine: the scenario's figure less what the other rows explain
EVENTS = 1  # what events did
WAR = 2  # fighting each other, and for how long
AID = 3  # money, arms and food given
TREATY = 4  # treaties kept and broken
BORDER = 5  # troops and raids across the other's border
FRIENDS = 6  # friends and enemies in common
PRESENCE = 7  # foreign troops kept on the land of a friend
BONDS = 8
TOLD = 8
ROWS = 16
