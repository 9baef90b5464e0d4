"""The calendar's units: a year of 365.25 days, a month its twelfth. Rates "a month" and "a year" are by these.

And how days are said: always with their year, in English wherever the program runs.
"""

from __future__ import annotations

from datetime import date

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365.25
DAYS_A_MONTH = 30.4375
HOURS_A_MONTH = 730.5
HOURS_A_YEAR = 8766.0

MILLIONS_A_YEAR = 0.012
"""US$ m a year in a US$ thousand a month, in which treaties state aid."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_day(day: date) -> str:
    """'7 Jan 1979'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_days(first: date, last: date) -> str:
    """'7 Jan 1979', '7 – 9 Jan 1979', '30 Dec 1978 – 2 Jan 1979': what two days have in common is said once."""
    if first == last:
        return say_day(last)
    if first.year != last.year:
        return f"{say_day(first)} – {say_day(last)}"
    month = "" if first.month == last.month else f" {_MONTHS[first.month - 1]}"
    return f"{first.day}{month} – {say_day(last)}"
