"""Records of the war in sentences: movement, battle, control, will."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.core.ids import NO_FACTION
from game.core.reasons import Reason
from game.core.sentences_people import about

if TYPE_CHECKING:
    from game.core.records import Names, Record, Said


def odds(to_100: int) -> str:
    """'1.5 to 1'; `to_100`: odds to 100."""
    return f"{to_100 / 100:.1f} to 1"


def tonnes(kg: int) -> str:
    """'12 t', or '600 kg'."""
    return f"{about(round(kg / 1000))} t" if kg >= 1000 else f"{about(kg)} kg"


def _moved(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} came from {n.place(r.a)}", n.why(r, r.a)


def _halted(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} halted before {n.place(r.a)}", n.why(r, r.a)


def _battle(r: Record, n: Names) -> Said:
    defenders = "the defenders" if r.other == NO_FACTION else n.faction(r.other)
    losses = f"losses {n.losses(r.c, r.faction, r.d, r.other)}" if r.c or r.d else "no losses reported"
    return (
        f"{n.count(r.a, r.faction)} men of {n.faction(r.faction)} attacked {n.count(r.b, r.other)} of {defenders}; "
        f"{losses}; odds {odds(r.e)}",
        n.why(r),
    )


def _retreat(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} fell back to {n.place(r.a)} with {n.count(r.b, r.faction)} men", n.why(r, r.c)


def _broke(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} broke, {n.count(r.a, r.faction)} men left", n.why(r, r.b)


def _dispersed(r: Record, n: Names) -> Said:
    return (
        f"{n.force_of(r)} dispersed; {n.loss(r.a, r.faction)} men keep together as bands, "
        f"{n.count(r.b, r.faction)} are scattered",
        n.why(r),
    )


def _surrendered(r: Record, n: Names) -> Said:
    taken = f"{n.loss(r.a, r.faction)} men of {n.force_of(r)} laid down arms"
    to = "" if r.other == NO_FACTION else f" to {n.faction(r.other)}"
    return f"{taken}{to}, {n.count(r.b, r.faction)} slipped away", n.why(r)


def _pursued(r: Record, n: Names) -> Said:
    by = "" if r.other == NO_FACTION else f" by {n.faction(r.other)}"
    parts = [f"{n.force_of(r)}, pursued{by}, lost {n.loss(r.a, r.faction)} men"]
    if r.b:
        parts.append(f"{n.count(r.b, r.faction)} scattered")
    if r.c:
        parts.append(f"{r.c} heavy weapons left behind")
    return ", ".join(parts), n.why(r)


def _control(r: Record, n: Names) -> Said:
    if r.e > 1:
        who = "nobody" if r.faction == NO_FACTION else n.faction(r.faction)
        lost = "" if r.other == NO_FACTION else f" that {n.faction(r.other)} held before"
        return f"{who} is now in control of {r.e} hexes of country{lost}", ""
    before = "" if r.other == NO_FACTION else f"; {n.faction(r.other)} held it before"
    if r.faction == NO_FACTION:
        return f"nobody is in control any more{before}", n.why(r)
    return f"{n.faction(r.faction)} gained control{before}", n.why(r)


def _rallied(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} rallied", n.why(r)


def _reformed(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} formed again out of its bands, {n.count(r.a, r.faction)} men", n.why(r)


def _arrived(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} arrived, {n.count(r.a, r.faction)} men", n.why(r)


def _ambush(r: Record, n: Names) -> Said:
    return (
        f"{n.force_of(r)} ambushed {n.faction(r.other)}; losses {n.losses(r.a, r.faction, r.b, r.other)}",
        n.why(r),
    )


def _raid(r: Record, n: Names) -> Said:
    damage = f", the road damaged by {r.b / 10:.0f} %" if r.b >= 5 else ""
    return f"{n.force_of(r)} raided supply traffic; {tonnes(r.a)} of supplies lost{damage}", n.why(r)


def _depot_taken(r: Record, n: Names) -> Said:
    holder = "" if r.other == NO_FACTION else f" of {n.faction(r.other)}"
    return (
        f"{n.faction(r.faction)} took a depot{holder}; {tonnes(r.a)} captured, {tonnes(r.b)} lost",
        n.why(r),
    )


def _will(r: Record, n: Names) -> Said:
    way = "rose" if r.a > 0 else "fell"
    why = n.why(r)
    if r.a > 0 and r.reason in _REGAINED:
        why = _REGAINED[r.reason]
    return f"political will of {n.faction(r.faction)} {way} by {abs(r.a) / 100:.1f} to {r.b / 100:.0f}", why


_REGAINED = {
    Reason.LAND_LOST: "important places are regained",
    Reason.CAPITAL_LOST: "the seat of government is regained",
}


def _event(r: Record, n: Names) -> Said:
    return n.event(r.a), ""


def _fled(r: Record, n: Names) -> Said:
    return f"about {about(r.a)} civilians fled", n.why(r)


def _hungry(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} lacks {r.a / 10:.0f} % of the supplies it needs", n.why(r)


SENTENCES: dict[str, Callable[[Record, Names], Said]] = {
    "MOVED": _moved,
    "HALTED": _halted,
    "BATTLE": _battle,
    "RETREAT": _retreat,
    "BROKE": _broke,
    "DISPERSED": _dispersed,
    "SURRENDERED": _surrendered,
    "PURSUED": _pursued,
    "CONTROL": _control,
    "RALLIED": _rallied,
    "REFORMED": _reformed,
    "ARRIVED": _arrived,
    "AMBUSH": _ambush,
    "RAID": _raid,
    "DEPOT_TAKEN": _depot_taken,
    "WILL": _will,
    "EVENT": _event,
    "FLED": _fled,
    "HUNGRY": _hungry,
}
