"""Columns of the peace process, `peace` int64 [INTS], and of each faction's part, `party` int64 [PARTY, factions]."""

PHASE = 0  # ids.Phase
SINCE = 1  # hour at which the phase began
ACCORD = 2  # hour at which the accord was signed, or NEVER
ELECTION = 3  # hour of the election, or NEVER
SEAT = 4  # faction that holds the country's seat at the United Nations, or NO_FACTION: vacant or a council's
SEAT_FOR = 5  # votes for the holder at the last contest
SEAT_AGAINST = 6
SEAT_ABSTAIN = 7
GOVERNMENT = 8  # faction that leads the recognised government, or NO_FACTION
PARTNER = 9  # faction that shares it, or NO_FACTION
REGISTERED = 10  # voters registered
TURNOUT = 11  # of which voted
RESOLUTION_FOR = 12  # votes for the resolution on withdrawal at the last session
RESOLUTION_AGAINST = 13
RESOLUTION_ABSTAIN = 14
VOTED = 15  # hour of the last vote on the seat, or NEVER
TALKS = 16  # rounds of talks held
INTS = 17

# --- a faction's part -----------------------------------------------------------------------------------------
STANDING = 0  # ids.Standing
CANTONED = 1  # men in cantonment
DISARMED = 2  # men demobilised under the accord
VOTES = 3  # votes at the election
SEATS = 4  # seats won
WITHDRAWN = 5  # men whose withdrawal was verified
TALKED = 6  # rounds that it took part in
PARTY = 7
