"""From the checked entries of events.yaml to the events and decisions of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from game.core.columns import harm
from game.core.hexmap import HexMap
from game.core.ids import NO_FACTION
from game.scenario.cast import STANCES
from game.scenario.conditions import POLICIES, TERMS, Condition, Kind, folded, read_condition
from game.scenario.model import Effect, EffectKind, Event, Option
from game.scenario.schema_events import (
    AidEffect,
    EffectEntry,
    EventEntry,
    HarmEffect,
    InflowEffect,
    MinesEffect,
    OptionEntry,
    PolicyEffect,
    RecognitionEffect,
    ReliefEffect,
    SanctionEffect,
    StanceEffect,
    SupportEffect,
    TreatyEffect,
)

_KG = 1000


@dataclass(frozen=True)
class Names:
    """What the names in an event stand for."""

    faction: Mapping[str, int]
    depot: Mapping[str, int]
    map: HexMap

    def row_of(self, kind: Kind, name: str) -> int:
        """Row or hex of a name in a condition."""
        if kind in (Kind.FACTION, Kind.MOVEMENT):
            return self.faction[name]
        if kind is Kind.PROVINCE:
            return [folded(province) for province in self.map.provinces].index(name)
        return self.map.countries.index(name) if kind is Kind.COUNTRY else self.map.place_by_id[name].hex

    def province(self, name: str | None) -> int:
        """Row of a province; -1 for none."""
        return -1 if name is None else self.map.provinces.index(name)


_Maker = Callable[[Any, Names], Effect]


def make_events(entries: list[EventEntry], names: Names, cite: Mapping[str, str], start: date) -> tuple[Event, ...]:
    """The events in the order of their dates; those without one stand with the first day's."""
    ordered = sorted(entries, key=lambda entry: entry.date or start)
    return tuple(_event(entry, names, cite) for entry in ordered)


def _event(e: EventEntry, names: Names, cite: Mapping[str, str]) -> Event:
    return Event(
        e.id,
        e.date,
        e.title,
        e.text.strip(),
        e.kind,
        e.sensitive,
        tuple(make_effect(x, names) for x in e.effects),
        tuple(cite[s] for s in e.sources),
        e.why or "",
        _condition(e.when, names),
        e.chance,
        e.again_after,
        NO_FACTION if e.asks is None else names.faction[e.asks],
        _options(e.options, names),
        e.answer_days,
    )


def _options(entries: list[OptionEntry], names: Names) -> tuple[Option, ...]:
    said = any(o.default for o in entries)
    return tuple(
        Option(
            o.id,
            o.title,
            o.text.strip(),
            tuple(make_effect(x, names) for x in o.effects),
            o.default if said else k == 0,
            _condition(o.ai, names),
        )
        for k, o in enumerate(entries)
    )


def _condition(text: str | None, names: Names) -> Condition | None:
    return None if text is None else read_condition(text).bound(names.row_of)


def make_effect(entry: EffectEntry, names: Names) -> Effect:
    """The effect of an entry, of whose keys one is given."""
    key = next(name for name in EffectEntry.model_fields if getattr(entry, name) is not None)
    return _MAKERS[key](getattr(entry, key), names)


def _between(kind: EffectKind, figure: str) -> _Maker:
    """The effect `kind` on the two factions of an entry, by its key `figure`."""

    def make(e: Any, n: Names) -> Effect:
        a, b = (n.faction[name] for name in e.between)
        return Effect(kind, a, b, value=float(getattr(e, figure)))

    return make


def _on_one(kind: EffectKind, figure: str) -> _Maker:
    """The effect `kind` on the faction of an entry, by its key `figure`."""
    return lambda e, n: Effect(kind, n.faction[e.faction], value=float(getattr(e, figure)))


def _stance(e: StanceEffect, n: Names) -> Effect:
    a, b = (n.faction[name] for name in e.between)
    return Effect(EffectKind.STANCE, a, b, row=int(STANCES[e.stance]))


def _inflow(e: InflowEffect, n: Names) -> Effect:
    return Effect(EffectKind.INFLOW, row=n.depot[e.depot], value=float(round(e.inflow * _KG)))


def _aid(e: AidEffect, n: Names) -> Effect:
    return Effect(EffectKind.AID, n.faction[e.donor], n.faction[e.to], value=float(e.amount))


def _policy(e: PolicyEffect, n: Names) -> Effect:
    return Effect(EffectKind.POLICY, n.faction[e.faction], row=POLICIES[e.policy], value=float(e.value))


def _treaty(e: TreatyEffect, n: Names) -> Effect:
    return Effect(
        EffectKind.TREATY,
        n.faction[e.giver],
        n.faction[e.taker],
        row=TERMS[e.term],
        value=float(e.value),
        months=e.months,
        at_once=e.in_force,
    )


def _sanction(e: SanctionEffect, n: Names) -> Effect:
    return Effect(EffectKind.SANCTION, n.faction[e.by], n.faction[e.against], value=float(not e.lifted))


def _recognition(e: RecognitionEffect, n: Names) -> Effect:
    return Effect(EffectKind.RECOGNITION, n.faction[e.by], n.faction[e.of], value=float(not e.withdrawn))


def _relief(e: ReliefEffect, n: Names) -> Effect:
    country = -1 if e.country is None else n.map.countries.index(e.country)
    return Effect(EffectKind.RELIEF, row=country, value=float(e.tonnes), province=n.province(e.province))


def _harm(e: HarmEffect, n: Names) -> Effect:
    by = NO_FACTION if e.by is None else n.faction[e.by]
    figures = (*sorted(e.dead), *sorted(e.displaced))
    return Effect(EffectKind.HARM, by, row=int(getattr(harm, e.cause.upper())), figures=figures)


def _support(e: SupportEffect, n: Names) -> Effect:
    province = n.province(e.province)
    return Effect(EffectKind.SUPPORT, n.faction[e.movement], value=float(e.share), province=province)


def _mines(e: MinesEffect, n: Names) -> Effect:
    return Effect(EffectKind.MINES, value=float(e.density), province=n.province(e.province))


_MAKERS: dict[str, _Maker] = {
    "relation": _between(EffectKind.RELATION, "value"),
    "bond": _between(EffectKind.BOND, "points"),
    "stance": _stance,
    "will": _on_one(EffectKind.WILL, "points"),
    "weariness": _on_one(EffectKind.WEARINESS, "points"),
    "unity": _on_one(EffectKind.UNITY, "share"),
    "inflow": _inflow,
    "lift": _on_one(EffectKind.LIFT, "factor"),
    "aid_budget": _on_one(EffectKind.AID_BUDGET, "amount"),
    "budget": _on_one(EffectKind.BUDGET, "factor"),
    "aid": _aid,
    "money": _on_one(EffectKind.MONEY, "amount"),
    "manpower": _on_one(EffectKind.MANPOWER, "men"),
    "kits": _on_one(EffectKind.KITS, "men"),
    "policy": _policy,
    "treaty": _treaty,
    "sanction": _sanction,
    "recognition": _recognition,
    "relief": _relief,
    "harm": _harm,
    "support": _support,
    "mines": _mines,
}
