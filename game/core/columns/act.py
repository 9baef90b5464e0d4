"""Columns of an act: int64 rows, COLUMNS wide. What a faction does that is no order to a force. See ids.Act."""

FACTION = 0  # who acts
KIND = 1  # ids.Act
A = 2  # whom or what it concerns: a faction, a treaty, a policy, an event, as ids.Act says
B = 3  # further figure, as ids.Act says
VALUE = 4  # how much, as ids.Act says
UNTIL = 5  # months that it is to last; 0: without end
REASON = 6  # core.reasons.Reason: why the agent does it
RA = 7  # the reason's first figure
RB = 8
COLUMNS = 9
