"""The calendar's units: a year of 365.25 days, a month its twelfth. Rates "a month" and "a year" are by these."""

from __future__ import annotations

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365.25
DAYS_A_MONTH = 30.4375
HOURS_A_MONTH = 730.5
HOURS_A_YEAR = 8766.0

MILLIONS_A_YEAR = 0.012
"""US$ m a year in a US$ thousand a month, in which treaties state aid."""
