"""The columns of the state's tables. One module a table; each name is a row number of the table's 2-D array.

A table is stored field-major (`force_i[HEX]` is the column of all forces' hexes), so that a rule binds the columns
it reads at its top and then speaks of `men[f]`. `_i` tables are integers, `_f` tables float64. Every name states
unit, range and its "none".
"""
