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
    AidBudgetEffect,
    AidEffect,
    BondEffect,
    BudgetEffect,
    EffectEntry,
    EventEntry,
    HarmEffect,
    InflowEffect,
    KitsEffect,
    LiftEffect,
    ManpowerEffect,
    MinesEffect,
    MoneyEffect,
    OptionEntry,
    PolicyEffect,
    RecognitionEffect,
    RelationEffect,
    ReliefEffect,
    SanctionEffect,
    StanceEffect,
    SupportEffect,
    TreatyEffect,
    UnityEffect,
    WearinessEffect,
    WillEffect,
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


def _relation(e: RelationEffect, n: Names) -> Effect:
    a, b = (n.faction[name] for name in e.between)
    return Effect(EffectKind.RELATION, a, b, value=float(e.value))


def _bond(e: BondEffect, n: Names) -> Effect:
    a, b = (n.faction[name] for name in e.between)
    return Effect(EffectKind.BOND, a, b, value=float(e.points))


def _stance(e: StanceEffect, n: Names) -> Effect:
    a, b = (n.faction[name] for name in e.between)
    return Effect(EffectKind.STANCE, a, b, row=int(STANCES[e.stance]))


def _will(e: WillEffect, n: Names) -> Effect:
    return Effect(EffectKind.WILL, n.faction[e.faction], value=float(e.points))


def _weariness(e: WearinessEffect, n: Names) -> Effect:
    return Effect(EffectKind.WEARINESS, n.faction[e.faction], value=float(e.points))


def _unity(e: UnityEffect, n: Names) -> Effect:
    return Effect(EffectKind.UNITY, n.faction[e.faction], value=float(e.share))


def _inflow(e: InflowEffect, n: Names) -> Effect:
    return Effect(EffectKind.INFLOW, row=n.depot[e.depot], value=float(round(e.inflow * _KG)))


def _lift(e: LiftEffect, n: Names) -> Effect:
    return Effect(EffectKind.LIFT, n.faction[e.faction], value=float(e.factor))


def _aid_budget(e: AidBudgetEffect, n: Names) -> Effect:
    return Effect(EffectKind.AID_BUDGET, n.faction[e.faction], value=float(e.amount))


def _budget(e: BudgetEffect, n: Names) -> Effect:
    return Effect(EffectKind.BUDGET, n.faction[e.faction], value=float(e.factor))


def _aid(e: AidEffect, n: Names) -> Effect:
    return Effect(EffectKind.AID, n.faction[e.donor], n.faction[e.to], value=float(e.amount))


def _money(e: MoneyEffect, n: Names) -> Effect:
    return Effect(EffectKind.MONEY, n.faction[e.faction], value=float(e.amount))


def _manpower(e: ManpowerEffect, n: Names) -> Effect:
    return Effect(EffectKind.MANPOWER, n.faction[e.faction], value=float(e.men))


def _kits(e: KitsEffect, n: Names) -> Effect:
    return Effect(EffectKind.KITS, n.faction[e.faction], value=float(e.men))


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


_MAKERS: dict[str, Callable[[Any, Names], Effect]] = {
    "relation": _relation,
    "bond": _bond,
    "stance": _stance,
    "will": _will,
    "weariness": _weariness,
    "unity": _unity,
    "inflow": _inflow,
    "lift": _lift,
    "aid_budget": _aid_budget,
    "budget": _budget,
    "aid": _aid,
    "money": _money,
    "manpower": _manpower,
    "kits": _kits,
    "policy": _policy,
    "treaty": _treaty,
    "sanction": _sanction,
    "recognition": _recognition,
    "relief": _relief,
    "harm": _harm,
    "support": _support,
    "mines": _mines,
}
