"""From the checked files to the means of factions: budgets by year, aid, riches, pipelines, and their state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.core.columns import depot, faction
from game.core.ids import NO_FACTION, OFF_MAP, Life
from game.core.means import Means
from game.scenario.conditions import POLICIES
from game.scenario.ground import locate
from game.scenario.schema_economy import PoliciesEntry, SpanEntry

if TYPE_CHECKING:
    from game.core.setting import Setting
    from game.core.state import Tables
    from game.scenario.build import Files

_KG = 1000.0
_ALWAYS = 12 * 9999


def make_means(files: Files) -> Means:
    """What the scenario says of money and arms from outside."""
    scenario, factions = files.scenario, files.factions.factions
    row = {entry.id: k for k, entry in enumerate(factions)}
    years = scenario.end.year - scenario.start.year + 1
    forces = [entry for group in files.forces.groups for entry in group.forces]
    depot_row = {entry.id: k for k, entry in enumerate(files.forces.depots)}
    pipes, riches = files.forces.pipelines, scenario.riches

    def by_year(spans: list[SpanEntry]) -> npt.NDArray[np.float64]:
        amounts = np.zeros(years)
        for span in spans:
            first = max(0, span.since - scenario.start.year)
            last = years if span.until is None else span.until - scenario.start.year + 1
            amounts[first : max(first, last)] = span.amount
        return amounts

    means = Means(
        keeps=np.array([entry.economy is not None for entry in factions], np.int8),
        home_front=np.array([entry.economy is None or entry.economy.home_front for entry in factions], np.int8),
        outside=np.array([entry.economy is not None and bool(entry.economy.budget) for entry in factions], np.int8),
        first_year=scenario.start.year,
        budget=np.zeros((len(factions), years)),
        vote=np.zeros((len(factions), years)),
        custom=np.zeros((len(factions), len(factions), years)),
        pay=np.zeros(len(factions)),
        graft=np.zeros(len(factions)),
        lift=np.array([entry.lift for entry in factions]),
        quality=np.array([entry.quality for entry in forces]),
        not_before=np.array(
            [0 if f.not_before is None else (f.not_before - scenario.start).days * 24 for f in forces], np.int64
        ),
        rich_hex=np.array([locate(files.map, entry.location) for entry in riches], np.int64),
        rich_value=np.array([entry.amount for entry in riches], np.float64),
        rich_from=np.array([_month(entry.opened, 0) for entry in riches], np.int64),
        rich_until=np.array([_month(entry.closed, _ALWAYS) for entry in riches], np.int64),
        rich_buyer=np.array([row[entry.buyer] for entry in riches], np.int64),
        pipe_donor=np.array([row[entry.donor] for entry in pipes], np.int64),
        pipe_to=np.array([row[entry.recipient] for entry in pipes], np.int64),
        pipe_depot=np.array([depot_row[entry.depot] for entry in pipes], np.int64),
        pipe_kg=np.array([entry.tonnes * _KG for entry in pipes], np.float64),
        pipe_aid=np.array([entry.aid for entry in pipes], np.float64),
        pipe_most=np.array([entry.capacity * _KG for entry in pipes], np.float64),
        pipe_host=np.array([NO_FACTION if p.host is None else row[p.host] for p in pipes], np.int64),
        pipe_port=np.array([OFF_MAP if p.port is None else files.map.place_by_id[p.port].hex for p in pipes], np.int64),
    )
    for k, entry in enumerate(factions):
        if entry.economy is not None:
            means.budget[k] = by_year(entry.economy.budget)
            means.vote[k] = by_year(entry.economy.vote)
            means.pay[k] = -1.0 if entry.economy.pay is None else entry.economy.pay
            means.graft[k] = entry.economy.corruption
    for aid in files.factions.aid:
        means.custom[row[aid.donor], row[aid.recipient]] = by_year(aid.spans)
    return means


def _month(day: date | None, none: int) -> int:
    return none if day is None else day.year * 12 + day.month - 1


def fill_economy(files: Files, setting: Setting, tables: Tables) -> None:
    """What factions have at the start; patrons give as they are used to, and pipelines run."""
    means = setting.cast.means
    tables.faction_f[faction.FUNDED] = 1.0
    for k, entry in enumerate(files.factions.factions):
        if entry.economy is None:
            continue
        tables.faction_i[faction.MANPOWER, k] = entry.economy.manpower
        tables.faction_i[faction.TRAINING, k] = entry.economy.training
        tables.faction_i[faction.KITS, k] = entry.economy.kits
        tables.faction_f[faction.MONEY, k] = entry.economy.money
        tables.faction_f[faction.CORRUPTION, k] = entry.economy.corruption
        tables.faction_f[faction.AID_BUDGET, k] = means.vote[k, 0]
        for name in PoliciesEntry.model_fields:
            tables.policy[POLICIES[name], k] = getattr(entry.economy.policies, name)
    tables.aid[:] = means.custom[:, :, 0]
    fed = set(means.pipe_depot.tolist())
    for d in fed:
        tables.depot_i[depot.INFLOW_KG, d] = 0
    for k, d in enumerate(means.pipe_depot.tolist()):
        recipient = means.pipe_to[k]
        given = tables.aid[means.pipe_donor[k], recipient]
        if tables.faction_i[faction.LIFE, recipient] != Life.ACTIVE:
            continue
        kg = min(means.pipe_most[k], means.pipe_kg[k] * given / means.pipe_aid[k])
        tables.depot_i[depot.INFLOW_KG, d] += int(kg)
