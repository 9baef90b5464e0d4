"""Rows of factions' standing policies: `policy` float64 [POLICIES, factions], each 0 (none) .. 1 (all it can)."""

TAX = 0  # what it takes from people and trade where it rules
CONSCRIPTION = 1  # how hard it calls up men
CIVIC = 2  # wells, schools, clinics, honest officials: money for support
AMNESTY = 3  # rewards for enemies who come over
SEAL = 4  # sealing the border: obstacles, patrols, and conscript labour that costs lives, health and support
MILITIA = 5  # arming villages
TRADE = 6  # sale of gems and timber across a border
RETIRED = 7  # was: letting relief through, which nobody may hold back; acts of older games still name it
PAY = 8  # share of its soldiers' pay that it pays
POLITICAL = 9  # political work among the people
POLICIES = 10
