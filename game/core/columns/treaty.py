"""Columns of the table of treaties and proposals: `treaty` int64 [INTS, rows]. A row with TERM 0 is free."""

TERM = 0  # ids.Term; 0: a free row
STATE = 1  # ids.TreatyState
A = 2  # faction that gives (grants passage, pays, withdraws, recognises, yields a share)
B = 3  # faction that receives
VALUE = 4  # how much, as ids.Term says
SINCE = 5  # hour at which it was proposed, or came into force
UNTIL = 6  # hour at which it ends, or NEVER: without end
BY = 7  # faction that proposed, or that broke or ended it
REASON = 8  # core.reasons.Reason of the last change
RA = 9  # the reason's figure
LINK = 10  # treaty of which it is the price or the counter-proposal, or -1
INTS = 11
ROWS = 192  # rows in every game
