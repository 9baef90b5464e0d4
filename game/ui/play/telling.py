"""Which facts of a turn the report shows, in what order and colour. The words themselves are those of core.records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from game.core.calendar import say_days
from game.core.ids import NO_FACTION, OFF_MAP, HexIndex
from game.core.records import Record, RecordKind, say_what
from game.core.view import View
from game.scenario.model import Scenario
from game.ui.actors import setting_now
from game.ui.play.tidings import GROUPS, is_silent, tiding
from game.ui.theme import BAD, BRASS, GOOD, MUTED, WARN, Rgb
from game.ui.words import reflowed

FILTERS = ("All", *GROUPS)

_HEADING = {RecordKind.WILL: "Political will", RecordKind.REFUSED: "Order refused"}
"""Headings of facts that have no place."""
_TOWN = 95
"""Weight of a place that changes hands."""
_SEATS = {"capital": 4, "provincial": 2}
"""What is added for places that weigh more."""
_FEWEST_FLED = 500
"""A flight of fewer people is not told of."""
_FEWEST_MINED = 10
"""Men of a force lost to mines in a turn; fewer are not told of one by one, they stand in its losses."""
_MOVES = {
    RecordKind.WILL: 50, RecordKind.WEARINESS: 100, RecordKind.UNITY: 20, RecordKind.RELATION: 200,
    RecordKind.SUPPORT: 50,
}  # fmt: skip
"""Changes of a figure, which are added up; smaller ones, in the record's own measure, are not told of."""
_SUCCESSES = {RecordKind.RALLIED, RecordKind.REFORMED, RecordKind.ARRIVED, RecordKind.AMBUSH, RecordKind.RAID}
_FORTUNES = {
    *_SUCCESSES, RecordKind.WILL, RecordKind.BATTLE, RecordKind.REFUSED, RecordKind.HALTED, RecordKind.FLED,
    RecordKind.DEPOT_TAKEN, RecordKind.SURRENDERED, RecordKind.DISPERSED, RecordKind.BROKE, RecordKind.RETREAT,
    RecordKind.PURSUED, RecordKind.HUNGRY,
}  # fmt: skip
"""Facts that are good news for one and bad for the other."""
_GRAVE = {
    RecordKind.ACT_REFUSED, RecordKind.STARVED, RecordKind.LABOUR, RecordKind.MINES_CIVIL, RecordKind.WAR_DECLARED,
    RecordKind.TREATY_BROKEN, RecordKind.FRACTURED, RecordKind.PAID_SHORT, RecordKind.CRISIS,
}  # fmt: skip
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


class Teller:
    """Turns records into report items for one onlooker."""

    def __init__(self, scenario: Scenario, view: View, eyes: int | None) -> None:
        self.scenario, self.view, self.eyes = scenario, view, eyes
        self.setting = setting_now(view)

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
            if not is_silent(r):
                parts.setdefault(self._belongs(r) or (-1, number), []).append(r)
        facts = [(group[0].hour, _sum(group)) for group in parts.values()]
        return [(first, r) for first, r in facts if _is_worth_telling(r)]

    def _belongs(self, r: Record) -> tuple[int, ...]:
        """What a fact is a part of; empty for a fact of its own."""
        if r.kind is RecordKind.BATTLE:
            return r.kind, r.hex, r.faction, r.other
        if r.kind is RecordKind.FLED:
            return r.kind, r.hex
        if r.kind is RecordKind.MINED:
            return r.kind, r.force
        if r.kind in _MOVES:
            return r.kind, r.faction, r.other
        if r.kind is RecordKind.CONTROL and r.hex not in self.setting.map.place_of_hex:
            return r.kind, r.faction, r.other
        return ()

    # --- one item ---------------------------------------------------------------------------------------------
    def _item(self, first: int, r: Record) -> ReportItem:
        when = say_days(self.setting.date_of(first), self.setting.date_of(r.hour))
        news = tiding(r)
        group = news.group
        if r.kind is RecordKind.EVENT:
            event = self.scenario.events[r.a]
            text = reflowed(event.text)
            return ReportItem(r.hour, OFF_MAP, group, event.title, when, text, BRASS, news.weight, event.sensitive, r.a)
        words = say_what(r, self.setting, self.scenario.headlines, self._exact)
        place = self.setting.map.label(r.hex) if r.hex != OFF_MAP else ""
        title = _HEADING.get(r.kind, place) or self._who(r)
        colour, weight = self._rank(r)
        return ReportItem(r.hour, r.hex, group, title, when, f"{words[:1].upper()}{words[1:]}.", colour, weight)

    def _who(self, r: Record) -> str:
        """Heading of a fact without a place: whom it is about."""
        parties = [self.setting.factions[k].short for k in (r.faction, r.other) if k != NO_FACTION]
        return " and ".join(parties) or tiding(r).group

    def _rank(self, r: Record) -> tuple[Rgb, int]:
        """Colour (good, bad or neither for the onlooker) and weight."""
        mine = self._mine(r.faction)
        if r.kind is RecordKind.CONTROL:
            if r.hex not in self.setting.map.place_of_hex:
                return MUTED, tiding(r).weight
            kind = self.setting.map.place_of_hex[r.hex].kind
            colour = GOOD if mine else BAD if self._mine(r.other) else BRASS
            return colour, _TOWN + _SEATS.get(kind, 0)
        weight = tiding(r).weight
        if r.kind not in _FORTUNES:
            return (BAD if r.kind in _GRAVE else BRASS if mine or self._mine(r.other) else MUTED), weight
        if r.kind in _NOTICES:
            return WARN, weight + (min(30, r.c // 50) if r.kind is RecordKind.BATTLE else 0)
        if r.kind is RecordKind.FLED:
            return MUTED, weight
        if r.kind is RecordKind.DEPOT_TAKEN:
            return (GOOD if mine else BAD), weight
        fortunate = r.a > 0 if r.kind is RecordKind.WILL else r.kind in _SUCCESSES
        return (GOOD if fortunate == (mine or self.eyes is None) else BAD), weight


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
    if last.kind is RecordKind.MINED:
        return replace(last, a=a, b=sum(r.b for r in group))
    if last.kind in _MOVES:
        heaviest = max(group, key=lambda r: abs(r.a))
        return replace(last, a=a, c=heaviest.c, d=heaviest.d, reason=heaviest.reason)
    return replace(last, a=a)


def _is_worth_telling(r: Record) -> bool:
    if r.kind is RecordKind.FLED:
        return r.a >= _FEWEST_FLED
    if r.kind is RecordKind.MINED:
        return r.a >= _FEWEST_MINED
    return abs(r.a) >= _MOVES.get(r.kind, 0)
