"""Columns of the depot table: `depot_i` int64 [INTS, depots]."""

HEX = 0  # hex
FACTION = 1  # who uses it, or NO_FACTION
KIND = 2  # ids.DepotKind
STOCK_KG = 3  # kg, >= 0
INFLOW_KG = 4  # kg a day that reach it from the national rear or a patron; stops when captured
CAPACITY_KG = 5  # kg a day that it can hand out
OWNER = 6  # faction whose rear or patron feeds it
INTS = 7
