"""Records of chapter 9 in sentences: food, flight, camps, support."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.core.records import Names, Record, Said


def about(count: int) -> str:
    """A count to two figures, as anybody would report it; small ones as they are."""
    scale = 10 ** max(0, len(str(abs(count))) - 2)
    return f"{round(count / scale) * scale:,}"


def _harvest(r: Record, n: Names) -> Said:
    return f"about {about(r.a)} t of rice were brought in from {r.b / 10:.0f} % of the fields", n.why(r)


def _relief(r: Record, n: Names) -> Said:
    return f"about {about(r.a)} t of {about(r.b)} t of relief food reached the hungry", n.why(r)


def _starved(r: Record, n: Names) -> Said:
    if r.b == 0:
        return f"about {about(r.c)} people lack food; nobody is known to have died of want this month", n.why(r)
    return f"{_range(r.a, r.b)} civilians died of want this month; about {about(r.c)} lack food", n.why(r)


def _labour(r: Record, n: Names) -> Said:
    return f"{_range(r.a, r.b)} of about {about(r.c)} people whom {n.faction(r.faction)} sent to labour died", n.why(r)


def _support(r: Record, n: Names) -> Said:
    way = "rose" if r.a > 0 else "fell"
    return f"support for {n.faction(r.faction)} {way} by {abs(r.a) / 100:.1f} to {r.b / 100:.0f} %", n.why(r)


def _camp_opened(r: Record, n: Names) -> Said:
    return f"a camp took in about {about(r.b)} people", n.why(r)


def _camp_closed(r: Record, n: Names) -> Said:
    return "the camp is empty and closes", n.why(r)


def _camp_held(r: Record, n: Names) -> Said:
    who = "relief agencies alone run" if r.faction < 0 else f"{n.faction(r.faction)} runs"
    return f"{who} the camp of about {about(r.b)} people", n.why(r) if r.faction >= 0 else ""


def _camp_moved(r: Record, n: Names) -> Said:
    return f"about {about(r.a)} people were moved from the camp here to {n.place(r.b)}", n.why(r)


def _returned(r: Record, n: Names) -> Said:
    return f"about {about(r.a)} people went home from the camp; about {about(r.b)} are left", n.why(r)


def _range(low: int, high: int) -> str:
    if low == high:
        return f"about {about(low)}"
    return f"{'up to' if low == 0 else f'about {about(low)} to'} {about(high)}"


SENTENCES: dict[str, Callable[[Record, Names], Said]] = {
    "HARVEST": _harvest,
    "RELIEF": _relief,
    "STARVED": _starved,
    "LABOUR": _labour,
    "SUPPORT": _support,
    "CAMP_OPENED": _camp_opened,
    "CAMP_CLOSED": _camp_closed,
    "CAMP_HELD": _camp_held,
    "CAMP_MOVED": _camp_moved,
    "RETURNED": _returned,
}
"""Name of the kind of record -> what happened, and why."""
