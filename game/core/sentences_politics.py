"""Sentences of records of politics and of the peace process: by the name of the kind of record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.core.ids import NO_FACTION
from game.core.setting import name_of

if TYPE_CHECKING:
    from game.core.records import Names, Record

Sentence = Callable[["Record", "Names"], tuple[str, str]]


def _stage(r: Record, n: Names) -> tuple[str, str]:
    faction = n.setting.factions[r.faction]
    return f"{name_of(faction, r.b).short} becomes {name_of(faction, r.a).name}", n.why(r)


def _founded(r: Record, n: Names) -> tuple[str, str]:
    helped = "" if r.other == NO_FACTION else f" with the help of {n.faction(r.other)}"
    return f"{n.faction(r.faction)} was founded{helped}; about {r.a:,} men join, {r.b:,} of them armed", n.why(r)


def _fractured(r: Record, n: Names) -> tuple[str, str]:
    return (
        f"{n.faction(r.faction)} broke away from {n.faction(r.other)} with {n.count(r.a, r.faction)} men in "
        f"{r.b} formation{'s' if r.b != 1 else ''} and {r.c} hex{'es' if r.c != 1 else ''}",
        n.why(r),
    )


def _defected(r: Record, n: Names) -> tuple[str, str]:
    return f"{n.force_of(r)} went over to {n.faction(r.other)} with {n.count(r.a, r.faction)} men", n.why(r)


def _merged(r: Record, n: Names) -> tuple[str, str]:
    body = f"{n.count(r.a, r.faction)} men of {n.faction(r.faction)} passed into the army of {n.faction(r.other)}"
    return body, n.why(r)


def _ended(r: Record, n: Names) -> tuple[str, str]:
    return f"{n.faction(r.faction)} ceased to exist", n.why(r)


def _weariness(r: Record, n: Names) -> tuple[str, str]:
    way = "rose" if r.a > 0 else "fell"
    return f"war weariness of {n.faction(r.faction)} {way} to {r.b / 100:.0f}", n.why(r)


def _unity(r: Record, n: Names) -> tuple[str, str]:
    way = "grew" if r.a > 0 else "shrank"
    return f"unity among the leaders of {n.faction(r.faction)} {way} to {r.b / 10:.0f} %", n.why(r)


def _quarrel(r: Record, n: Names) -> tuple[str, str]:
    parted = " and part" if r.b else ""
    return f"{n.faction(r.faction)} and {n.faction(r.other)} fall out{parted}", n.why(r)


def _administered(r: Record, n: Names) -> tuple[str, str]:
    return f"{n.faction(r.faction)} administers {r.a} more hex{'es' if r.a != 1 else ''}", n.why(r)


def _talks(r: Record, n: Names) -> tuple[str, str]:
    if r.c:
        return "the talks break off", n.why(r)
    if r.a == 0:
        return "talks about a settlement open", n.why(r)
    sites = n.setting.peace.sites if n.setting.peace else ()
    where = f" in {sites[(r.a - 1) % len(sites)]}" if sites else ""
    return f"round {r.a} of the talks{where}, {r.b} parties present", n.why(r)


def _accord(r: Record, n: Names) -> tuple[str, str]:
    council = f"; {n.setting.peace.council} holds the country's seat" if n.setting.peace else ""
    return f"an accord is signed by {r.b} parties after {r.a} rounds: a cease-fire{council}", n.why(r)


def _mission(r: Record, n: Names) -> tuple[str, str]:
    if r.b:
        return f"{n.faction(r.faction)} arrives with about {r.a:,} men", n.why(r)
    return f"{n.faction(r.faction)} leaves", n.why(r)


def _cantoned(r: Record, n: Names) -> tuple[str, str]:
    return f"{n.faction(r.faction)} has {r.a:,} men in cantonment; {r.b:,} were sent home", n.why(r)


def _refused(r: Record, n: Names) -> tuple[str, str]:
    return f"{n.faction(r.faction)} refuses to disarm, with {n.loss(r.a, r.faction)} men under arms", n.why(r)


def _election(r: Record, n: Names) -> tuple[str, str]:
    return (
        f"{n.faction(r.faction)} wins {r.a:,} votes and {r.b} seats, with {r.c:,} registered and a turnout of "
        f"{r.d / 10:.0f} %",
        n.why(r),
    )


def _government(r: Record, n: Names) -> tuple[str, str]:
    partner = "" if r.other == NO_FACTION else f" with {n.faction(r.other)} ({r.b} seats)"
    return f"{n.faction(r.faction)} ({r.a} seats) forms a government{partner}", n.why(r)


def _outlawed(r: Record, n: Names) -> tuple[str, str]:
    return f"the government outlaws {n.faction(r.faction)}", n.why(r)


def _pardoned(r: Record, n: Names) -> tuple[str, str]:
    done = "are part of the common army" if r.b else "are pardoned"
    return f"{n.faction(r.faction)}: {n.loss(r.a, r.faction)} men {done}", n.why(r)


def _crisis(r: Record, n: Names) -> tuple[str, str]:
    one, other = n.faction(r.faction), n.faction(r.other)
    if r.a == 1:
        return f"{one} contests the vote and threatens to secede", n.why(r)
    if r.a == 2:
        return f"fighting between the partners in government, {one} and {other}", n.why(r)
    return "the accord fails", n.why(r)


SENTENCES: dict[str, Sentence] = {
    "STAGE": _stage,
    "FOUNDED": _founded,
    "FRACTURED": _fractured,
    "DEFECTED": _defected,
    "MERGED": _merged,
    "ENDED": _ended,
    "WEARINESS": _weariness,
    "UNITY": _unity,
    "QUARREL": _quarrel,
    "ADMINISTERED": _administered,
    "TALKS": _talks,
    "ACCORD": _accord,
    "MISSION": _mission,
    "CANTONED": _cantoned,
    "REFUSED_DISARM": _refused,
    "ELECTION": _election,
    "GOVERNMENT": _government,
    "OUTLAWED": _outlawed,
    "PARDONED": _pardoned,
    "CRISIS": _crisis,
}
