"""Sentences of the records of chapter 14."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.core.records import Names, Record


def decision_open(r: Record, n: Names) -> tuple[str, str]:
    """What a faction is asked."""
    return f"{n.faction(r.faction)} has {r.b} days to decide: {n.event(r.a)}", n.why(r)


def decided(r: Record, n: Names) -> tuple[str, str]:
    """What it decided."""
    return f"{n.faction(r.faction)} on '{n.event(r.a)}': {n.event(r.c)}", n.why(r, r.d, r.e)
