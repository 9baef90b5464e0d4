"""Rows of the harm ledger: `harm` int64 [CAUSES, FIGURES]. It only ever grows, and nothing reads it but people."""

FIGHTING = 0  # battles, raids and shelling
HUNGER = 1  # want of food and what follows it
MINES = 2
LABOUR = 3  # sickness and mines among those sent to seal the border
ATTACKS = 4  # attacks on civilians that history records: events, never orders
EXPULSION = 5  # people driven back over a border
CAUSES = 6

DEAD_LOW = 0
DEAD_HIGH = 1
DISPLACED_LOW = 2
DISPLACED_HIGH = 3
COUNTED = 4  # dead by whom the counts of inhabitants fell: between DEAD_LOW and DEAD_HIGH
FIGURES = 5
