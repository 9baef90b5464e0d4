"""What kind of news each kind of record is: the group of the report it belongs to, its weight, and who hears of it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from game.core.ids import NO_FACTION, OFF_MAP, Act
from game.core.records import Record, RecordKind
from game.core.view import View

GROUPS = ("Battles", "Places", "Own forces", "People", "Politics", "Diplomacy", "Events")


class Who(Enum):
    """Who can know of a fact."""

    OWN = "the faction whose fact it is"
    PARTIES = "both parties"
    SIGHT = "the parties, and who sees the hex"
    LAND = "as SIGHT; everybody, where it is about a country and not about a hex"
    ALL = "everybody"


class Tiding(NamedTuple):
    group: str
    weight: int
    """Larger is told first."""
    who: Who


K = RecordKind
_B, _P, _O, _L, _H, _D, _E = GROUPS
TIDINGS: dict[RecordKind, Tiding] = {
    K.EVENT: Tiding(_E, 90, Who.ALL),
    K.DECISION_OPEN: Tiding(_E, 92, Who.OWN),
    K.DECIDED: Tiding(_E, 84, Who.ALL),
    # battles and what goes with them
    K.BATTLE: Tiding(_B, 60, Who.SIGHT),
    K.SURRENDERED: Tiding(_B, 78, Who.SIGHT),
    K.DISPERSED: Tiding(_B, 75, Who.SIGHT),
    K.BROKE: Tiding(_B, 70, Who.SIGHT),
    K.AMBUSH: Tiding(_B, 58, Who.SIGHT),
    K.RETREAT: Tiding(_B, 55, Who.SIGHT),
    K.PURSUED: Tiding(_B, 45, Who.SIGHT),
    K.RAID: Tiding(_B, 42, Who.SIGHT),
    K.SWEPT: Tiding(_B, 46, Who.SIGHT),
    K.SABOTAGED: Tiding(_B, 43, Who.SIGHT),
    K.MINED: Tiding(_B, 30, Who.SIGHT),
    # places
    K.CONTROL: Tiding(_P, 15, Who.SIGHT),
    K.DEPOT_TAKEN: Tiding(_P, 72, Who.SIGHT),
    K.TRESPASS: Tiding(_P, 41, Who.PARTIES),
    K.ADMINISTERED: Tiding(_P, 50, Who.ALL),
    # own forces
    K.ORDER: Tiding(_O, 0, Who.OWN),
    K.MOVED: Tiding(_O, 0, Who.OWN),
    K.REFUSED: Tiding(_O, 80, Who.OWN),
    K.ARRIVED: Tiding(_O, 65, Who.OWN),
    K.HALTED: Tiding(_O, 50, Who.OWN),
    K.REFORMED: Tiding(_O, 50, Who.OWN),
    K.HUNGRY: Tiding(_O, 48, Who.OWN),
    K.RALLIED: Tiding(_O, 35, Who.OWN),
    K.CLEARED: Tiding(_O, 34, Who.SIGHT),
    K.SEALED: Tiding(_O, 30, Who.PARTIES),
    K.RAISED: Tiding(_O, 64, Who.OWN),
    K.DISBANDED: Tiding(_O, 62, Who.OWN),
    K.DEFECTED: Tiding(_O, 83, Who.ALL),
    K.CAME_OVER: Tiding(_O, 47, Who.PARTIES),
    K.PIPELINE: Tiding(_O, 52, Who.PARTIES),
    # people
    K.FLED: Tiding(_L, 20, Who.SIGHT),
    K.STARVED: Tiding(_L, 71, Who.LAND),
    K.HARVEST: Tiding(_L, 44, Who.LAND),
    K.RELIEF: Tiding(_L, 32, Who.LAND),
    K.LABOUR: Tiding(_L, 61, Who.LAND),
    K.MINES_CIVIL: Tiding(_L, 57, Who.LAND),
    K.SUPPORT: Tiding(_L, 40, Who.ALL),
    K.CAMP_OPENED: Tiding(_L, 56, Who.ALL),
    K.CAMP_CLOSED: Tiding(_L, 38, Who.ALL),
    K.CAMP_HELD: Tiding(_L, 54, Who.ALL),
    K.CAMP_MOVED: Tiding(_L, 53, Who.ALL),
    K.RETURNED: Tiding(_L, 36, Who.ALL),
    # politics and money
    K.WILL: Tiding(_H, 40, Who.OWN),
    K.WEARINESS: Tiding(_H, 39, Who.OWN),
    K.UNITY: Tiding(_H, 41, Who.OWN),
    K.LEDGER: Tiding(_H, 28, Who.OWN),
    K.MUSTER: Tiding(_H, 26, Who.OWN),
    K.PAID_SHORT: Tiding(_H, 63, Who.OWN),
    K.AID_CHANGED: Tiding(_H, 59, Who.PARTIES),
    K.STAGE: Tiding(_H, 88, Who.ALL),
    K.LAPSED: Tiding(_H, 60, Who.OWN),
    K.FOUNDED: Tiding(_H, 89, Who.ALL),
    K.FRACTURED: Tiding(_H, 96, Who.ALL),
    K.MERGED: Tiding(_H, 87, Who.ALL),
    K.ENDED: Tiding(_H, 91, Who.ALL),
    K.QUARREL: Tiding(_H, 67, Who.ALL),
    K.ACT: Tiding(_H, 25, Who.OWN),
    K.ACT_REFUSED: Tiding(_H, 82, Who.OWN),
    # diplomacy and peace
    K.PROPOSED: Tiding(_D, 66, Who.ALL),
    K.ACCEPTED: Tiding(_D, 85, Who.ALL),
    K.REFUSED_OFFER: Tiding(_D, 49, Who.ALL),
    K.TREATY_ENDED: Tiding(_D, 68, Who.ALL),
    K.TREATY_BROKEN: Tiding(_D, 79, Who.ALL),
    K.WAR_DECLARED: Tiding(_D, 97, Who.ALL),
    K.THREATENED: Tiding(_D, 77, Who.ALL),
    K.SANCTIONED: Tiding(_D, 69, Who.ALL),
    K.VOTED: Tiding(_D, 86, Who.ALL),
    K.RESOLVED: Tiding(_D, 74, Who.ALL),
    K.RECOGNISED: Tiding(_D, 73, Who.ALL),
    K.RELATION: Tiding(_D, 33, Who.PARTIES),
    K.TALKS: Tiding(_D, 81, Who.ALL),
    K.ACCORD: Tiding(_D, 98, Who.ALL),
    K.MISSION: Tiding(_D, 88, Who.ALL),
    K.CANTONED: Tiding(_D, 51, Who.ALL),
    K.REFUSED_DISARM: Tiding(_D, 87, Who.ALL),
    K.ELECTION: Tiding(_D, 97, Who.ALL),
    K.GOVERNMENT: Tiding(_D, 96, Who.ALL),
    K.OUTLAWED: Tiding(_D, 89, Who.ALL),
    K.PARDONED: Tiding(_D, 88, Who.ALL),
    K.CRISIS: Tiding(_D, 95, Who.ALL),
}
OTHER = Tiding(_O, 30, Who.SIGHT)
"""A kind of record that is none of these: told by its sentence alone."""
_TOLD_OTHERWISE = frozenset(Act) - {Act.POLICY, Act.DISARM}
"""Acts that leave a record of their own beside that of the act."""


def tiding(record: Record) -> Tiding:
    """What kind of news a record is."""
    return TIDINGS.get(record.kind, OTHER)


def is_silent(record: Record) -> bool:
    """Whether a fact is not told, because the map or another record tells it."""
    return record.kind in (K.MOVED, K.ORDER) or (record.kind is K.ACT and record.a in _TOLD_OTHERWISE)


def known_to(record: Record, view: View, eyes: int | None) -> bool:
    """Whether the onlooking side can know of a fact. `eyes`: row of the side, None: everything is known."""
    who = tiding(record).who
    if eyes is None or who is Who.ALL or (who is Who.LAND and record.hex == OFF_MAP):
        return True
    if record.faction != NO_FACTION and view.is_own(record.faction):
        return True
    if who is Who.OWN:
        return False
    if record.other != NO_FACTION and view.is_own(record.other):
        return True
    if who is Who.PARTIES or record.hex == OFF_MAP:
        return False
    return bool(view.tables.in_sight[view.side.factions[0], record.hex])
