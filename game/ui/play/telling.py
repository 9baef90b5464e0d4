"""What happened in a turn, in sentences, as far as the onlooking side can know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, HexIndex, Order
from game.core.records import Record, RecordKind, say_reason
from game.core.setting import Setting
from game.core.view import View
from game.scenario.model import Scenario
from game.ui.play.facts import ORDER_WORDS, about, thousands, tonnes
from game.ui.theme import BAD, BRASS, GOOD, MUTED, WARN, Rgb
from game.ui.words import reflowed

FILTERS = ("All", "Battles", "Places", "Own forces", "Events")

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


@dataclass(frozen=True)
class ReportItem:
    """One line of the report."""

    hour: int
    hex: HexIndex
    group: str
    title: str
    detail: str
    colour: Rgb
    weight: int
    """Larger is told first within a day."""
    sensitive: bool = False
    event: int = -1


def known_to(record: Record, view: View, eyes: int | None) -> bool:
    """Whether the onlooking side can know of a fact: its own, an event, or in its sight."""
    if eyes is None or record.kind is RecordKind.EVENT:
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
        self.setting: Setting = scenario.setting

    def tell(self, records: Iterable[Record]) -> list[ReportItem]:
        """Items of facts that are known (see `known_to`), the weightiest first; days of one battle are told as one."""
        heard = [r for r in records if r.kind not in _SILENT]
        items = self._battles([r for r in heard if r.kind is RecordKind.BATTLE])
        items += self._flights([r for r in heard if r.kind is RecordKind.FLED])
        places = [r for r in heard if r.kind is RecordKind.CONTROL]
        items += self._places(places)
        folded = (RecordKind.BATTLE, RecordKind.FLED, RecordKind.CONTROL, RecordKind.WILL)
        items += [self._item(r) for r in heard if r.kind not in folded]
        items += self._will([r for r in heard if r.kind is RecordKind.WILL])
        return sorted(items, key=lambda i: (-i.weight, i.hour))

    # --- names ------------------------------------------------------------------------------------------------
    def _at(self, hex_: HexIndex) -> str:
        return self.setting.map.label(hex_)

    def _who(self, f: int) -> str:
        return self.setting.forces[f].name if f != NO_FORCE else "A force"

    def _faction(self, k: int) -> str:
        return self.setting.factions[k].short if k != NO_FACTION else "nobody"

    def _mine(self, k: int) -> bool:
        return k != NO_FACTION and self.eyes is not None and self.view.is_own(k)

    def _men(self, men: int, faction: int) -> str:
        return thousands(men) if self.eyes is None or self._mine(faction) else about(men)

    # --- kinds ------------------------------------------------------------------------------------------------
    def _battles(self, records: list[Record]) -> list[ReportItem]:
        fields: dict[tuple[int, int], list[Record]] = {}
        for r in records:
            fields.setdefault((r.hex, r.faction), []).append(r)
        items = []
        for (hex_, attacker), days in fields.items():
            last, defender = days[-1], days[-1].other
            lost = sum(r.c for r in days), sum(r.d for r in days)
            attack, defence = max(r.a for r in days), max(r.b for r in days)
            detail = (
                f"{self._faction(attacker)} attacked with {self._men(attack, attacker)} men, "
                f"{self._faction(defender)} held with {self._men(defence, defender)}; odds {last.e} to 100. "
                f"Losses: {self._faction(attacker)} {self._men(lost[0], attacker)}, "
                f"{self._faction(defender)} {self._men(lost[1], defender)}."
            )
            span = "" if len(days) == 1 else f", {len(days)} impulses"
            title = f"Battle at {self._at(hex_)}{span}"
            items.append(ReportItem(last.hour, hex_, "Battles", title, detail, WARN, 60 + min(30, lost[0] // 50)))
        return items

    def _flights(self, records: list[Record]) -> list[ReportItem]:
        total: dict[int, int] = {}
        for r in records:
            total[r.hex] = total.get(r.hex, 0) + r.a
        return [
            ReportItem(
                0, hex_, "Places", f"{about(people).capitalize()} people fled {self._at(hex_)}",
                "Driven out by the fighting.", MUTED, 20,
            )
            for hex_, people in total.items() if people >= 500
        ]  # fmt: skip

    def _places(self, records: list[Record]) -> list[ReportItem]:
        items = []
        named = self.setting.map.place_of_hex
        by_owner: dict[tuple[int, int], list[Record]] = {}
        for r in records:
            if r.hex in named:
                colour = GOOD if self._mine(r.faction) else BAD if self._mine(r.other) else BRASS
                was = f", held by {self._faction(r.other)} before" if r.other != NO_FACTION else ""
                why = say_reason(r.reason, r.a, r.b, self.setting)
                detail = f"{why.capitalize()}{was}." if why else f"Now {self._faction(r.faction)}{was}."
                title = f"{named[r.hex].name} under control of {self._faction(r.faction)}"
                items.append(ReportItem(r.hour, r.hex, "Places", title, detail, colour, 95))
            else:
                by_owner.setdefault((r.faction, r.other), []).append(r)
        for (faction, _), lost in by_owner.items():
            title = f"{len(lost)} {'hex' if len(lost) == 1 else 'hexes'} of country under {self._faction(faction)}"
            where = ", ".join(dict.fromkeys(self._at(r.hex) for r in lost[:3]))
            items.append(ReportItem(lost[-1].hour, lost[-1].hex, "Places", title, f"Round {where}.", MUTED, 15))
        return items

    def _will(self, records: list[Record]) -> list[ReportItem]:
        items = []
        for faction in dict.fromkeys(r.faction for r in records):
            mine = [r for r in records if r.faction == faction]
            change, level = sum(r.a for r in mine) / 100, mine[-1].b / 100
            if abs(change) < 0.5:
                continue
            heaviest = max(mine, key=lambda r: abs(r.a))
            why = say_reason(heaviest.reason, heaviest.c, heaviest.d, self.setting)
            sign = "+" if change > 0 else "−"
            title = f"Political will of {self._faction(faction)} {sign}{abs(change):.1f} to {level:.0f}"
            detail = f"{why.capitalize()}." if why else ""
            colour = GOOD if change > 0 else BAD
            items.append(ReportItem(mine[-1].hour, OFF_MAP, "Events", title, detail, colour, 40))
        return items

    def _item(self, r: Record) -> ReportItem:
        if r.kind is RecordKind.EVENT:
            event = self.scenario.events[r.a]
            return ReportItem(
                r.hour, OFF_MAP, "Events", event.title, reflowed(event.text), BRASS, 90, event.sensitive, r.a
            )
        mine = self._mine(r.faction)
        bad = BAD if mine or self.eyes is None else GOOD
        title, why, colour, weight = self._sentence(r, bad)
        group = "Own forces" if r.kind in _OWN_ONLY else _GROUP[r.kind]
        detail = f"{why[0].upper()}{why[1:]}." if why else ""
        return ReportItem(r.hour, r.hex, group, title, detail, colour, weight)

    def _sentence(self, r: Record, bad: Rgb) -> tuple[str, str, Rgb, int]:
        """Title, reason, colour and weight of one fact."""
        who, at, s = self._who(r.force), self._at(r.hex), self.setting
        good = GOOD if bad == BAD else BAD
        kind = r.kind
        if kind is RecordKind.REFUSED:
            return f"{who} did not {ORDER_WORDS[Order(r.a)].lower()}", say_reason(r.reason, r.c, r.d, s), WARN, 80
        if kind is RecordKind.HALTED:
            return f"{who} halted at {at}", say_reason(r.reason, r.a, r.b, s), WARN, 50
        if kind is RecordKind.RETREAT:
            return f"{who} fell back from {at} to {self._at(r.a)}", say_reason(r.reason, r.c, r.d, s), bad, 55
        if kind is RecordKind.BROKE:
            return f"{who} broke at {at}", say_reason(r.reason, r.b, r.c, s), bad, 70
        if kind is RecordKind.DISPERSED:
            why = f"about {r.a:,} keep together in bands, {r.b:,} scattered"
            return f"{who} dispersed near {at}", why, bad, 75
        if kind is RecordKind.SURRENDERED:
            why = f"{say_reason(r.reason, r.c, r.d, s)}; {r.a:,} laid down arms, {r.b:,} slipped away"
            return f"{who} surrendered at {at}", why, bad, 78
        if kind is RecordKind.PURSUED:
            return f"{who} pursued near {at}", f"{r.a:,} lost, {r.b:,} scattered, {r.c} heavy weapons left", bad, 45
        if kind is RecordKind.RALLIED:
            return f"{who} rallied", f"{r.a:,} men at {at}", good, 35
        if kind is RecordKind.REFORMED:
            return f"{who} re-formed at {at}", f"{r.a:,} men", good, 50
        if kind is RecordKind.ARRIVED:
            return f"{who} arrived at {at}", f"{r.a:,} men", good, 65
        if kind is RecordKind.AMBUSH:
            return f"{who} sprang an ambush at {at}", f"{r.b:,} lost against {r.a:,}", good, 58
        if kind is RecordKind.RAID:
            why = f"{tonnes(r.a)} destroyed, road damage {r.b / 10:.0f} %"
            return f"{who} raided traffic near {at}", why, good, 42
        if kind is RecordKind.DEPOT_TAKEN:
            why = f"{tonnes(r.a)} captured, {tonnes(r.b)} lost"
            return f"Depot at {at} taken by {self._faction(r.faction)}", why, good, 72
        return f"{who} goes hungry at {at}", f"{r.a / 10:.0f} % of its need is not met", bad, 48
