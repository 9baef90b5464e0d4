"""Dates in words. (Not `%-d`: Windows does not know it.)"""

from __future__ import annotations

from datetime import date


def day_month(day: date) -> str:
    """'7 Jan'."""
    return f"{day.day} {day:%b}"


def full_day(day: date) -> str:
    """'7 Jan 1979'."""
    return f"{day.day} {day:%b %Y}"
