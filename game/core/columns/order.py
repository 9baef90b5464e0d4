"""Columns of an order: int64 rows, COLUMNS wide."""

FORCE = 0  # force row
KIND = 1  # ids.Order
DEST = 2  # hex, or OFF_MAP
REASON = 3  # core.records.Reason: why the agent gave it
A = 4  # the reason's first figure
B = 5
THEN = 6  # hex to go on to once DEST is reached, or OFF_MAP
COLUMNS = 7
