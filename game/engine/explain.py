"""Why: what made a hex, a force, a relation, support, or a faction's will, weariness, unity or corruption what it is.

Nothing is reckoned here a second time. The contributions are those that the rules themselves write down, asked of the
same functions; what has no such list (control, will) is told by the records of the game.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from game.core.columns import bond as B
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NEVER, NO_FACTION, FactionId, ForceId, HexIndex, Posture, Status
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import Record, RecordKind, say, say_reason
from game.core.setting import Faction, Setting
from game.core.state import Tables
from game.rules import combat, control, economy, support, unity
from game.rules.workspace import Work, make_work
from game.scenario.model import Effect, EffectKind, Scenario

MOST_RECORDS = 6
_NOTHING = 1e-4
"""A cause of less is left out."""


@dataclass(frozen=True)
class Part:
    """One contribution."""

    text: str
    amount: float
    unit: str


@dataclass(frozen=True)
class Explanation:
    """Why something is what it is."""

    title: str
    value: str
    """What it is, in words and figures."""
    says: str
    """What the amounts of the parts mean."""
    parts: tuple[Part, ...]
    """The largest first."""
    records: tuple[str, ...]
    """The latest facts about it, the last first."""

    def as_dict(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "title": self.title,
            "value": self.value,
            "says": self.says,
            "parts": [{"text": p.text, "amount": round(p.amount, 4), "unit": p.unit} for p in self.parts],
            "records": list(self.records),
        }

    def lines(self) -> list[str]:
        """As a terminal or a tooltip shows it."""
        out = [f"{self.title}: {self.value}"]
        if self.parts:
            out.append(f"{self.says}:")
        out += [f"  {_amount(part):>12}  {part.text}" for part in self.parts]
        return [*out, *(f"  {record}" for record in self.records)]


def _amount(part: Part) -> str:
    digits = 0 if abs(part.amount) >= 100 else 1
    return f"{part.amount:+,.{digits}f} {part.unit}".rstrip()


class Explainer:
    """Answers "why" about a game, or about a side's view of it.

    `tables`: the game's or the view's; `records`: what is known to have happened, oldest first.
    """

    def __init__(self, scenario: Scenario, tables: Tables, records: Sequence[Record] = ()) -> None:
        self.scenario = scenario
        self.setting: Setting = scenario.setting.named(tuple(tables.faction_i[A.STAGE].tolist()))
        self.tables = tables
        self.records = records
        self.hour = int(tables.clock[C.HOUR])

    # --- places and forces --------------------------------------------------------------------------------------
    def hex(self, h: HexIndex) -> Explanation:
        """Who is in control of a hex, by whose weight (9.1), and since when by the record."""
        t, s, x = self.tables, self.setting, self._scratch()
        plain(control.spread_weight)(t, s.ground, x, s.ruleset.control)
        parts = [Part(f"troops of {f.short} in and beside it", float(w), "men") for f, w in self._weights(x, h)]
        holder = int(t.hex_i[H.CONTROL, h])
        if holder == NO_FACTION:
            value = "nobody is in control"
        else:
            value = f"{s.factions[holder].name} is in control, {t.hex_f[H.HOLD, h] * 100:.0f} % firm"
        if t.hex_i[H.CONTESTED, h]:
            value += ", contested"
        kinds = (RecordKind.CONTROL, RecordKind.BATTLE, RecordKind.SURRENDERED, RecordKind.ARRIVED, RecordKind.FLED)
        told = self._told(r for r in self.records if r.hex == h and r.kind in kinds)
        if not any(r.hex == h and r.kind is RecordKind.CONTROL for r in self.records):
            told = (
                *told,
                "No change of control is on record: so it was at the start, or it went with the country around.",
            )
        return Explanation(s.map.label(h), value, "Weight on the hex (9.1)", _ordered(parts), told)

    def _weights(self, x: Work, h: HexIndex) -> list[tuple[Faction, float]]:
        return [(f, x.weight[h, a]) for a, f in enumerate(self.setting.factions) if x.weight[h, a] > 0.0]

    def force(self, f: ForceId) -> Explanation:
        """What a force is worth in battle on ground of no account (6.2), factor by factor, and its morale."""
        t, s = self.tables, self.setting
        status, posture = Status(int(t.force_i[F.STATUS, f])), Posture(int(t.force_i[F.POSTURE, f]))
        ff = t.force_f[:, f]
        steps = (
            ("men, by their arms", F.TANKS, None), ("tanks", F.GUNS, None), ("guns", None, None),
            ("quality", None, F.QUALITY), ("cohesion", None, F.COHESION), ("fatigue", None, F.FATIGUE),
        )  # fmt: skip
        one = t._replace(force_i=t.force_i[:, f : f + 1].copy(), force_f=t.force_f[:, f : f + 1].copy())
        was = {row: float(ff[row]) for row in (F.QUALITY, F.COHESION, F.FATIGUE)}
        heavy = {row: int(t.force_i[row, f]) for row in (F.TANKS, F.GUNS)}
        one.force_i[[F.TANKS, F.GUNS], 0] = 0
        one.force_f[[F.QUALITY, F.COHESION], 0] = 1.0
        one.force_f[F.FATIGUE, 0] = 0.0
        parts, before = [], 0.0
        for name, _, real in steps:
            if name in ("tanks", "guns"):
                row = F.TANKS if name == "tanks" else F.GUNS
                one.force_i[row, 0] = heavy[row]
            elif real is not None:
                one.force_f[real, 0] = was[real]
            after = float(plain(combat.force_weight)(one, s.ruleset.combat, 0))
            parts.append(Part(name, after - before, "men-equivalents"))
            before = after
        value = (
            f"{int(t.force_i[F.MEN, f]):,} men, {status.name.lower()}, {posture.name.lower()}; "
            f"worth {before:,.0f}; cohesion {ff[F.COHESION] * 100:.0f} %, fatigue {ff[F.FATIGUE] * 100:.0f} %, "
            f"hunger {ff[F.HUNGER] * 100:.0f} %, works {ff[F.DUG_IN]:.1f}"
        )
        told = self._told(r for r in self.records if r.force == f and r.kind is not RecordKind.MOVED)
        parts = [part for part in parts if abs(part.amount) >= 0.5]
        return Explanation(s.forces[f].name, value, "Worth in battle (6.2)", _ordered(parts), told)

    # --- people and factions --------------------------------------------------------------------------------------
    def relation(self, a: FactionId, b: FactionId) -> Explanation:
        """The bonds of which a relation is the sum (11.1), and the events that made part of it."""
        t, s = self.tables, self.setting
        parts = [Part(_BOND_NAMES[row], float(t.bond[row, a, b]), "") for row in range(B.BONDS) if t.bond[row, a, b]]
        value = f"{t.relation[a, b]:+.0f} of -100 to 100"
        told = self._told(r for r in self.records if {r.faction, r.other} == {a, b} and r.kind not in _OF_THE_FIELD)
        title = f"{s.factions[a].short} and {s.factions[b].short}"
        return Explanation(title, value, "Bonds (11.1)", _ordered(parts), (*told, *self._events_on(a, b)))

    def _happened(self) -> Iterable[tuple[int, str, str, Effect]]:
        """(hour, title, reason, effect) of every effect of events and decisions of this game so far."""
        t = self.tables
        for k, event in enumerate(self.scenario.events):
            hour, choice = int(t.event_hour[k]), int(t.event_choice[k])
            if hour == NEVER:
                continue
            chosen = event.options[choice].effects if 0 <= choice < len(event.options) else ()
            for effect in (*event.effects, *chosen):
                yield hour, event.title, event.why, effect

    def _events_on(self, a: int, b: int) -> tuple[str, ...]:
        """Events that moved the relation of two factions, the last first."""
        kinds = (EffectKind.RELATION, EffectKind.BOND)
        found = [
            (hour, f"{self.setting.date_of(hour)}: {title}{f' ({why})' if why else ''}")
            for hour, title, why, e in self._happened()
            if e.kind in kinds and {e.a, e.b} == {a, b}
        ]
        return tuple(text for _, text in sorted(found, reverse=True)[:MOST_RECORDS])

    def support(self, faction: FactionId, where: HexIndex | None = None) -> Explanation:
        """What the people of a hex, or all of them, would come to think of a movement, cause by cause (9.24)."""
        t, s = self.tables, self.setting
        movement = int(t.faction_i[A.MOVEMENT, faction])
        if movement < 0:
            return Explanation(s.factions[faction].short, "it is no movement of the country fought over", "", (), ())
        lands = np.flatnonzero(s.cast.contested) if where is None else np.array([where])
        people = t.hex_i[H.PEOPLE, lands].astype(np.float64)
        total = max(1.0, float(people.sum()))
        now = float((t.support[movement, lands] * people).sum()) / total
        causes = support.explain_support(
            t, s.ground, s.cast, self._scratch(), s.ruleset, self.hour, movement, lands.tolist()
        )
        parts = [Part(say_reason(why, 0, 0, s), share * 100.0, "%") for why, share in causes if abs(share) > 5e-4]
        place = "the country fought over" if where is None else s.map.label(where)
        goal = sum(share for _, share in causes) * 100.0
        value = f"{now * 100:.1f} % of {total:,.0f} people prefer it, and it moves towards {goal:.1f} %"
        kinds = (RecordKind.SUPPORT,)
        told = self._told(r for r in self.records if r.kind in kinds and r.faction == faction)
        return Explanation(f"{s.factions[faction].short} in {place}", value, "Causes (9.24)", _ordered(parts), told)

    def will(self, a: FactionId, since: int = NEVER, then: float | None = None) -> Explanation:
        """What moved a faction's political will: by the records, and by events. Since the start, or since an hour at
        which it was `then`; the records are to be those of that time.
        """
        t = self.tables
        began = float(self.scenario.initial.tables.faction_f[A.WILL, a]) if then is None else then
        now = float(t.faction_f[A.WILL, a])
        moved: defaultdict[str, float] = defaultdict(float)
        mine = [r for r in self.records if r.kind is RecordKind.WILL and r.faction == a]
        for r in mine:
            moved[say_reason(r.reason, 0, 0, self.setting)] += r.a / 100.0
        for hour, title, _, e in self._happened():
            if e.kind is EffectKind.WILL and e.a == a and hour >= since:
                moved[f"event: {title}"] += e.value
        moved["what is too small to record: losses by and by, recovery, weariness"] += now - began - sum(moved.values())
        parts = [Part(text, points, "points") for text, points in moved.items() if abs(points) >= 0.05]
        value = f"{now:.0f} of 100; {began:.0f} {'at the start' if then is None else 'before'}"
        says = "Moved since the start (12.1-12.3)" if then is None else "Moved in the last turn (12.1-12.3)"
        return Explanation(f"Political will of {self._name(a)}", value, says, _ordered(parts), self._told(mine))

    def weariness(self, a: FactionId) -> Explanation:
        """What wears a faction out, points a month (12.11)."""
        return self._strain(
            a, A.WEARINESS, "War weariness", 1.0, "of 100", "Points a month (12.11)", RecordKind.WEARINESS
        )

    def unity(self, a: FactionId) -> Explanation:
        """What divides a faction's leaders (12.13)."""
        says = "What divides its leaders (12.13); below 0 what holds them together"
        return self._strain(a, A.UNITY, "Unity", 100.0, "%", says, RecordKind.UNITY)

    def corruption(self, a: FactionId) -> Explanation:
        """What corruption goes to (10.10)."""
        t, s, causes = self.tables, self.setting, np.zeros(economy.CORRUPTION_CAUSES)
        plain(economy.what_corrupts)(t, s.cast, s.ruleset.economy, a, causes)
        parts = self._causes(Reason.GRAFT, causes, 100.0, "%")
        value = f"{100.0 * t.faction_f[A.CORRUPTION, a]:.0f} % of what passes through its hands"
        says = "What it goes to in time (10.10)"
        return Explanation(f"Corruption in {self._name(a)}", value, says, _ordered(parts), ())

    def _strain(
        self, a: FactionId, row: int, title: str, scale: float, unit: str, says: str, kind: RecordKind
    ) -> Explanation:
        t, s, x = self.tables, self.setting, self._scratch()
        plain(unity.muster)(t, s.ground, s.cast, x)
        if row == A.WEARINESS:
            plain(unity.weariness_causes)(t, x, s.ruleset.unity, a, x.strain)
            first, count = Reason.WAR_GOES_ON, unity.WEARY_CAUSES
        else:
            plain(unity.disunity_causes)(t, s.cast, x, s.ruleset.unity, a, self.hour, x.strain)
            first, count = Reason.DEFEATS, unity.CAUSES
        sign = "points" if row == A.WEARINESS else "%"
        parts = self._causes(first, x.strain[:count], scale, sign)
        value = f"{t.faction_f[row, a] * scale:.0f} {unit}"
        told = self._told(r for r in self.records if r.kind is kind and r.faction == a)
        return Explanation(f"{title} of {self._name(a)}", value, says, _ordered(parts), told)

    def _causes(self, first: Reason, amounts: npt.NDArray[np.float64], scale: float, unit: str) -> list[Part]:
        """What rules wrote down cause by cause; `first`: the reason of the first, the others' follow it."""
        return [
            Part(say_reason(Reason(first + k), 0, 0, self.setting), float(amount) * scale, unit)
            for k, amount in enumerate(amounts)
            if abs(amount) > _NOTHING
        ]

    def faction(self, a: FactionId) -> tuple[Explanation, ...]:
        """Its will, weariness, unity and, if it keeps accounts, corruption."""
        found = self.will(a), self.weariness(a), self.unity(a)
        return (*found, self.corruption(a)) if self.setting.cast.means.keeps[a] else found

    # --- helpers --------------------------------------------------------------------------------------------------
    def _name(self, a: FactionId) -> str:
        return self.setting.factions[a].short

    def _scratch(self) -> Work:
        return _work(
            self.setting.map.n, self.tables.force_i.shape[1], len(self.setting.factions), len(self.setting.depot_names)
        )

    def _told(self, records: Iterable[Record]) -> tuple[str, ...]:
        latest = list(records)[-MOST_RECORDS:]
        return tuple(say(r, self.setting, self.scenario.headlines) for r in reversed(latest))


_BOND_NAMES = {
    B.PAST: "history and doctrine",
    B.EVENTS: "events",
    B.WAR: "war against each other",
    B.AID: "aid given",
    B.TREATY: "treaties kept and broken",
    B.BORDER: "troops and raids across the border",
    B.FRIENDS: "friends and enemies in common",
    B.PRESENCE: "foreign troops kept in the country",
}
_OF_THE_FIELD = frozenset({
    RecordKind.BATTLE, RecordKind.SURRENDERED, RecordKind.PURSUED, RecordKind.CONTROL, RecordKind.AMBUSH,
    RecordKind.DEPOT_TAKEN, RecordKind.FLED,
})  # fmt: skip
"""Kinds of record about armies that name two factions and do not move relations by themselves."""


@lru_cache(maxsize=2)
def _work(hexes: int, forces: int, factions: int, depots: int) -> Work:
    return make_work(hexes, forces, factions, depots)


def _ordered(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-abs(part.amount), part.text)))
