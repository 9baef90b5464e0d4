"""Which facts of a turn the report shows, in what order and colour. The words themselves are those of core.records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from game.core.ids import NO_FACTION, OFF_MAP, HexIndex
from game.core.records import Record, RecordKind, say_day, say_what
from game.core.view import View
from game.scenario.model import Scenario
from game.ui.theme import BAD, BRASS, GOOD, MUTED, WARN, Rgb
from game.ui.words import reflowed

FILTERS = ("All", "Battles", "Places", "Own forces", "People", "Politics", "Diplomacy", "Events")

_OWN_ONLY = {
    RecordKind.ORDER, RecordKind.REFUSED, RecordKind.HALTED, RecordKind.RALLIED, RecordKind.REFORMED,
    RecordKind.ARRIVED, RecordKind.WILL, RecordKind.HUNGRY, RecordKind.MOVED,
}  # fmt: skip
_SILENT = {RecordKind.MOVED, RecordKind.ORDER}
_GROUP = {
    RecordKind.BATTLE: "Battles", RecordKind.RETREAT: "Battles", RecordKind.BROKE: "Battles",
    RecordKind.DISPERSED: "Battles", RecordKind.SURRENDERED: "Battles", RecordKind.PURSUED: "Battles",
    RecordKind.AMBUSH: "Battles", RecordKind.RAID: "Battles",
    RecordKind.CONTROL: "Places", RecordKind.DEPOT_TAKEN: "Places", RecordKind.FLED: "Places",
    RecordKind.EVENT: "Events", RecordKind.WILL: "Events",
}  # fmt: skip
_CHAPTERS = (
    (30, 39, "People", 46), (40, 49, "Battles", 44), (50, 59, "Politics", 40), (60, 74, "Diplomacy", 68),
    (75, 84, "Politics", 74), (85, 94, "Diplomacy", 86), (95, 97, "Events", 88), (98, 99, "Politics", 30),
)  # fmt: skip
"""First and last number of kinds of record that are told alike, their group, their weight."""
_PUBLIC = (60, 74), (75, 80), (83, 94), (96, 97)
"""First and last number of kinds of record that everybody hears of."""
_HEADING = {RecordKind.WILL: "Political will", RecordKind.REFUSED: "Order refused"}
"""Headings of facts that have no place."""
_WEIGHT = {
    RecordKind.EVENT: 90, RecordKind.REFUSED: 80, RecordKind.SURRENDERED: 78, RecordKind.DISPERSED: 75,
    RecordKind.DEPOT_TAKEN: 72, RecordKind.BROKE: 70, RecordKind.ARRIVED: 65, RecordKind.BATTLE: 60,
    RecordKind.AMBUSH: 58, RecordKind.RETREAT: 55, RecordKind.HALTED: 50, RecordKind.REFORMED: 50,
    RecordKind.HUNGRY: 48, RecordKind.PURSUED: 45, RecordKind.RAID: 42, RecordKind.WILL: 40, RecordKind.RALLIED: 35,
    RecordKind.FLED: 20,
}  # fmt: skip
_TOWN, _COUNTRY = 95, 15
"""Weights of a place and of open country that changes hands."""
_SEATS = {"capital": 4, "provincial": 2}
"""What is added for places that weigh more."""
_FEWEST_FLED = 500
"""A flight of fewer people is not told of."""
_LEAST_WILL = 50
"""Hundredths of a point: a smaller change of will is not told of."""
_SUCCESSES = {RecordKind.RALLIED, RecordKind.REFORMED, RecordKind.ARRIVED, RecordKind.AMBUSH, RecordKind.RAID}
_NOTICES = {RecordKind.REFUSED, RecordKind.HALTED, RecordKind.BATTLE}


@dataclass(frozen=True)
class ReportItem:
    """One line of the report."""

    hour: int
    hex: HexIndex
    group: str
    title: str
    """Where, or what about."""
    when: str
    detail: str
    """The sentence."""
    colour: Rgb
    weight: int
    """Larger is told first."""
    sensitive: bool = False
    event: int = -1


def known_to(record: Record, view: View, eyes: int | None) -> bool:
    """Whether the onlooking side can know of a fact: its own, an event, or in its sight."""
    if eyes is None or record.kind is RecordKind.EVENT:
        return True
    if any(first <= record.kind <= last for first, last in _PUBLIC):
        return True
    own = record.faction != NO_FACTION and view.is_own(record.faction)
    if own or record.kind in _OWN_ONLY:
        return own
    if record.other != NO_FACTION and view.is_own(record.other):
        return True
    if record.hex == OFF_MAP:
        return False
    return bool(view.tables.in_sight[view.side.factions[0], record.hex])


class Teller:
    """Turns records into report items for one onlooker."""

    def __init__(self, scenario: Scenario, view: View, eyes: int | None) -> None:
        self.scenario, self.view, self.eyes = scenario, view, eyes
        self.setting = scenario.setting

    def tell(self, records: Iterable[Record]) -> list[ReportItem]:
        """Items of facts that are known (see `known_to`), the weightiest first; days of one battle are told as one."""
        items = [self._item(first, last) for first, last in self._folded(records)]
        return sorted(items, key=lambda i: (-i.weight, i.hour))

    def _mine(self, k: int) -> bool:
        return k != NO_FACTION and self.eyes is not None and self.view.is_own(k)

    def _exact(self, k: int) -> bool:
        return self.eyes is None or self.view.is_own(k)

    # --- facts told as one ------------------------------------------------------------------------------------
    def _folded(self, records: Iterable[Record]) -> list[tuple[int, Record]]:
        """Facts with the hour of their beginning; what belongs together is one record."""
        parts: dict[tuple[int, ...], list[Record]] = {}
        for number, r in enumerate(records):
            if r.kind not in _SILENT:
                parts.setdefault(self._belongs(r) or (-1, number), []).append(r)
        facts = [(group[0].hour, _sum(group)) for group in parts.values()]
        return [(first, r) for first, r in facts if _is_worth_telling(r)]

    def _belongs(self, r: Record) -> tuple[int, ...]:
        """What a fact is a part of; empty for a fact of its own."""
        if r.kind is RecordKind.BATTLE:
            return r.kind, r.hex, r.faction, r.other
        if r.kind is RecordKind.FLED:
            return r.kind, r.hex
        if r.kind is RecordKind.WILL:
            return r.kind, r.faction
        if r.kind is RecordKind.CONTROL and r.hex not in self.setting.map.place_of_hex:
            return r.kind, r.faction, r.other
        return ()

    # --- one item ---------------------------------------------------------------------------------------------
    def _item(self, first: int, r: Record) -> ReportItem:
        begun, ended = say_day(self.setting, first), say_day(self.setting, r.hour)
        when = ended if begun == ended else f"{begun} – {ended}"
        group = self._group(r)
        if r.kind is RecordKind.EVENT:
            event = self.scenario.events[r.a]
            text = reflowed(event.text)
            return ReportItem(
                r.hour, OFF_MAP, group, event.title, when, text, BRASS, _WEIGHT[r.kind], event.sensitive, r.a
            )
        words = say_what(r, self.setting, [event.title for event in self.scenario.events], self._exact)
        place = self.setting.map.label(r.hex) if r.hex != OFF_MAP else ""
        title = _HEADING.get(r.kind, place) or self._who(r)
        colour, weight = self._rank(r)
        return ReportItem(r.hour, r.hex, group, title, when, f"{words[:1].upper()}{words[1:]}.", colour, weight)

    def _who(self, r: Record) -> str:
        """Heading of a fact without a place: whom it is about."""
        parties = [self.setting.factions[k].short for k in (r.faction, r.other) if k != NO_FACTION]
        return " and ".join(parties) or self._group(r)

    @staticmethod
    def _group(r: Record) -> str:
        if r.kind in _GROUP:
            return _GROUP[r.kind]
        return next((group for first, last, group, _ in _CHAPTERS if first <= r.kind <= last), "Own forces")

    def _rank(self, r: Record) -> tuple[Rgb, int]:
        """Colour (good, bad or neither for the onlooker) and weight."""
        mine = self._mine(r.faction)
        if r.kind is RecordKind.CONTROL:
            if r.hex not in self.setting.map.place_of_hex:
                return MUTED, _COUNTRY
            kind = self.setting.map.place_of_hex[r.hex].kind
            colour = GOOD if mine else BAD if self._mine(r.other) else BRASS
            return colour, _TOWN + _SEATS.get(kind, 0)
        weight = _weight(r)
        if r.kind not in _WEIGHT:
            return (BAD if r.kind is RecordKind.ACT_REFUSED else BRASS if mine else MUTED), weight
        if r.kind in _NOTICES:
            return WARN, weight + (min(30, r.c // 50) if r.kind is RecordKind.BATTLE else 0)
        if r.kind is RecordKind.FLED:
            return MUTED, weight
        if r.kind is RecordKind.DEPOT_TAKEN:
            return (GOOD if mine else BAD), weight
        fortunate = r.a > 0 if r.kind is RecordKind.WILL else r.kind in _SUCCESSES
        return (GOOD if fortunate == (mine or self.eyes is None) else BAD), weight


def _weight(r: Record) -> int:
    """Larger is told first."""
    if r.kind in _WEIGHT:
        return _WEIGHT[r.kind]
    return next((weight for first, last, _, weight in _CHAPTERS if first <= r.kind <= last), 30)


def _sum(group: list[Record]) -> Record:
    """Facts that belong together as one: losses, flights and changes added up, the largest numbers of men."""
    last = group[-1]
    if len(group) == 1:
        return last
    a, c, d = (sum(getattr(r, column) for r in group) for column in "acd")
    if last.kind is RecordKind.BATTLE:
        return replace(last, a=max(r.a for r in group), b=max(r.b for r in group), c=c, d=d)
    if last.kind is RecordKind.CONTROL:
        return replace(last, e=len(group))
    if last.kind is RecordKind.WILL:
        heaviest = max(group, key=lambda r: abs(r.a))
        return replace(last, a=a, c=heaviest.c, d=heaviest.d, reason=heaviest.reason)
    return replace(last, a=a)


def _is_worth_telling(r: Record) -> bool:
    if r.kind is RecordKind.FLED:
        return r.a >= _FEWEST_FLED
    return r.kind is not RecordKind.WILL or abs(r.a) >= _LEAST_WILL
