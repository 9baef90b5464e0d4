"""Columns of a record: int64 rows, COLUMNS wide. `kind` says how to read A..E; see core.records.RecordKind."""

HOUR = 0  # when
KIND = 1  # records.RecordKind
FACTION = 2  # whose act or loss, or NO_FACTION
FORCE = 3  # force concerned, or NO_FORCE
HEX = 4  # where, or OFF_MAP
OTHER = 5  # the other faction, or NO_FACTION
A = 6
B = 7
C = 8
D = 9
E = 10
REASON = 11  # core.records.Reason
COLUMNS = 12
