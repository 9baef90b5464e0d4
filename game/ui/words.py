"""Dates and texts in words. (Not `%-d`: Windows does not know it.)"""

from __future__ import annotations

from datetime import date


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
