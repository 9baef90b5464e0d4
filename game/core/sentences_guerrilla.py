"""What records of the war without fronts and of mines say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.core.records import Names, Record, Said


def sabotaged(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} damaged the ways by {r.a / 10:.0f} %; {r.b / 10:.0f} % of them are out of use", n.why(r)


def swept(r: Record, n: Names) -> Said:
    parts = []
    if r.a:
        parts.append(f"found {'a party in hiding' if r.a == 1 else f'{r.a} parties in hiding'}")
    if r.b:
        parts.append(f"scattered {n.loss(r.b, r.other)} men")
    if r.c:
        parts.append(f"found {n.tonnes(r.c)} of hidden stores")
    return f"{n.force_of(r)} combed the country and {' and '.join(parts) if parts else 'found nobody'}", n.why(r)


def mined(r: Record, n: Names) -> Said:
    men = "a man" if r.a == 1 else f"{n.loss(r.a, r.faction)} men"
    dead = "none" if r.b == 0 else n.count(r.b, r.faction)
    fate = f", {dead} of them dead" if r.a > 1 else ", who died" if r.b else ", who lives"
    return f"{n.force_of(r)} lost {men} to mines{fate}", n.why(r)


def mines_civil(r: Record, n: Names) -> Said:
    if r.b == 0:
        return "mines are known to have killed no civilians in the month", n.why(r)
    low = "up to" if r.a == 0 else f"about {n.about(r.a)} to"
    return f"mines killed {low} {n.about(r.b)} civilians in the month", n.why(r)


def cleared(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} lifted about {n.about(r.a)} mines; {r.b / 100:.1f} for each km² are left", n.why(r)


def trespass(r: Record, n: Names) -> Said:
    men = n.count(r.a, r.faction)
    if r.b:
        return f"{n.force_of(r)} fought at the border of {n.faction(r.other)} with {men} men", n.why(r)
    return f"{n.force_of(r)} stood on the land of {n.faction(r.other)} without leave, {men} men", n.why(r)


def sealed(r: Record, n: Names) -> Said:
    return f"{n.faction(r.faction)} worked on the sealing of its border, {r.a} hexes; {n.about(r.b)} mines a km", n.why(
        r
    )
