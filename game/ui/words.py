"""Dates and texts in words. (Not `%-d`: Windows does not know it.)"""

from __future__ import annotations

from datetime import date, timedelta

from game.core.setting import Setting

_MONTHLY = 20.0
"""Days a turn from which turns are named by their months."""


def day_month(day: date) -> str:
    """'7 Jan'."""
    return f"{day.day} {day:%b}"


def full_day(day: date) -> str:
    """'7 Jan 1979'."""
    return f"{day.day} {day:%b %Y}"


def reflowed(text: str) -> str:
    """A text from a file without its line breaks; paragraphs, parted by an empty line, stay."""
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def month_year(day: date) -> str:
    """'January 1977'."""
    return f"{day:%B %Y}"


def turn_day(setting: Setting, day: date) -> str:
    """The day on which a turn begins: the day itself, or where a turn is a month, the month that most of it is in."""
    if setting.days_per_turn < _MONTHLY:
        return full_day(day)
    return month_year(day + timedelta(days=setting.days_per_turn / 2))


def short_turn_day(setting: Setting, day: date) -> str:
    """As turn_day, short: '7 Jan', or 'Jan 1977'."""
    if setting.days_per_turn < _MONTHLY:
        return day_month(day)
    return f"{day + timedelta(days=setting.days_per_turn / 2):%b %Y}"


def turn_length(setting: Setting) -> str:
    """'4 days a turn', 'a month a turn'."""
    return "a month a turn" if 28 <= setting.days_per_turn <= 31 else f"{setting.days_per_turn:g} days a turn"
