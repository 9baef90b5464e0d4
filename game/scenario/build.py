"""From checked files to the scenario that games start from: the setting, and the state at hour 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from game.core.columns import bond, clock, depot, faction, force, peace, sighting
from game.core.columns import hex as hex_columns
from game.core.hexmap import HexMap
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, UNDECIDED, HexIndex, Life, Phase, Stance, Status
from game.core.ruleset import Ruleset
from game.core.setting import Faction, ForceInfo, Setting, Side
from game.core.state import Sizes, State, Tables
from game.scenario import cast, diplomacy, ground, people, politics
from game.scenario.conditions import TERMS, Condition, read_condition
from game.scenario.happenings import Names, make_events
from game.scenario.means import fill_economy, make_means
from game.scenario.model import (
    Founding,
    Metric,
    MetricKind,
    Milestone,
    Objective,
    Scenario,
    VictoryLevel,
)
from game.scenario.schema import MetricEntry, ScenarioFile
from game.scenario.schema_cast import FactionsFile
from game.scenario.schema_doctrine import DoctrineEntry
from game.scenario.schema_events import EventsFile
from game.scenario.schema_forces import ForceEntry, ForcesFile, GroupEntry

_KG = 1000
_NO_DOCTRINE = {"posture": "watch"}
"""Doctrine of a side that is given none."""


@dataclass(frozen=True)
class Files:
    """A scenario's four files, its map and its ruleset, all checked."""

    scenario: ScenarioFile
    factions: FactionsFile
    forces: ForcesFile
    events: EventsFile
    map: HexMap
    ruleset: Ruleset
    ruleset_name: str


@dataclass(frozen=True)
class _Rows:
    """Row of each id."""

    faction: dict[str, int]
    side: dict[str, int]
    depot: dict[str, int]


def build(files: Files, folder: Path, hash_: str) -> Scenario:
    """The scenario of checked files."""
    scenario = files.scenario
    rows = _Rows(
        faction={entry.id: k for k, entry in enumerate(files.factions.factions)},
        side={entry.id: k for k, entry in enumerate(scenario.sides)},
        depot={entry.id: k for k, entry in enumerate(files.forces.depots)},
    )
    names = Names(rows.faction, rows.depot, files.map)
    setting = _setting(files, rows)
    confidences = [f.confidence for _, f in _forces(files)] + [d.confidence for d in files.forces.depots]
    cite = scenario.sources
    return Scenario(
        id=scenario.id,
        title=scenario.title,
        summary=scenario.summary.strip(),
        briefing=scenario.briefing.strip(),
        content_note=scenario.content_note.strip(),
        start=scenario.start,
        end=scenario.end,
        setting=setting,
        initial=_state(files, rows, setting),
        stages=tuple(tuple(_bound(stage.when, names) for stage in f.stages) for f in files.factions.factions),
        foundings=tuple(
            Founding(
                rows.faction[f.id],
                _bound(f.founding.when, names),
                NO_FACTION if f.founding.sponsor is None else rows.faction[f.founding.sponsor],
                f.founding.camps,
                f.founding.land,
            )
            for f in files.factions.factions
            if f.founding is not None
        ),
        events=make_events(files.events.events, names, cite, scenario.start),
        milestones=tuple(
            Milestone(
                m.id,
                m.title,
                _metric(m.metric, files.map, rows),
                m.never,
                _figure(m.value),
                _figure(m.low),
                _figure(m.high),
                m.unit,
                tuple(cite[s] for s in m.sources),
            )
            for m in scenario.milestones
        ),
        objectives=tuple(
            Objective(
                o.id,
                rows.side[o.side],
                o.title,
                _metric(o.metric, files.map, rows),
                float(o.points),
                o.by,
                o.at_least,
                o.at_most,
                o.never,
            )
            for o in scenario.objectives
        ),
        levels=tuple(VictoryLevel(level.title, float(level.share)) for level in scenario.victory),
        sources=tuple(cite.values()),
        confidence=fmean(confidences) if confidences else 0.0,
        folder=folder,
        hash=hash_,
    )


def _figure(value: date | float) -> date | float:
    return value if isinstance(value, date) else float(value)


def _metric(entry: MetricEntry, map_: HexMap, rows: _Rows) -> Metric:
    return Metric(
        MetricKind(entry.kind),
        tuple(rows.faction[name] for name in entry.subjects),
        OFF_MAP if entry.place is None else ground.locate(map_, entry.place),
        entry.country or "",
        entry.date,
        float(entry.days),
        entry.men,
        NO_FACTION if entry.other is None else rows.faction[entry.other],
        0 if entry.term is None else TERMS[entry.term],
        0 if entry.phase is None else Phase[entry.phase.upper()],
        float(entry.share),
    )


def _forces(files: Files) -> list[tuple[GroupEntry, ForceEntry]]:
    return [(group, entry) for group in files.forces.groups for entry in group.forces]


def _setting(files: Files, rows: _Rows) -> Setting:
    scenario, cite = files.scenario, files.scenario.sources
    contested = ground.make_contested(files.map, scenario.fought_over)
    of_people = people.cast_of_people(files.map, files.factions.factions, contested, scenario.people, scenario.start)
    return Setting(
        scenario_id=scenario.id,
        map=files.map,
        ruleset=files.ruleset,
        ruleset_name=files.ruleset_name,
        start=scenario.start,
        turns=ceil(((scenario.end - scenario.start).days + 1) / scenario.days_per_turn),
        days_per_turn=float(scenario.days_per_turn),
        impulses_per_turn=scenario.impulses_per_turn,
        wet_months=tuple(scenario.wet_months),
        lake_months=tuple(scenario.lake_months),
        factions=tuple(
            Faction(
                f.id,
                f.name,
                f.short,
                f.adjective,
                f.colour,
                f.shape,
                f.pattern,
                f.kind,
                f.note.strip(),
                politics.stages(f),
            )
            for f in files.factions.factions
        ),
        sides=tuple(
            Side(
                s.id,
                s.name,
                tuple(rows.faction[name] for name in s.factions),
                s.playable,
                s.briefing.strip(),
                s.note.strip(),
            )
            for s in scenario.sides
        ),
        forces=tuple(
            ForceInfo(
                f.id,
                f.name,
                f.short,
                cast.FORCE_TYPES[f.type].echelon,
                cast.FORCE_TYPES[f.type].symbol,
                f.status,
                f.confidence,
                tuple(cite[s] for s in f.sources),
            )
            for _, f in _forces(files)
        ),
        groups=tuple(group.name for group in files.forces.groups),
        depot_names=tuple(d.name for d in files.forces.depots),
        ground=ground.make_ground(files.map, files.factions.factions, scenario.place_value),
        camp_names=tuple(site.name for site in scenario.people.camps),
        cast=ground.make_cast(
            files.map,
            files.factions.factions,
            contested,
            make_means(files),
            politics.make_splits(
                files.map,
                files.factions,
                rows.faction,
                {group.id: k for k, group in enumerate(files.forces.groups)},
                scenario.start,
            ),
            diplomacy.make_interests(
                files.factions, files.map, ground.hosts(files.map, files.factions.factions), scenario.fought_over
            ),
            of_people,
        ),
        peace=politics.peace_terms(scenario.peace, rows.faction),
        blocs=tuple(bloc.name for bloc in files.factions.blocs),
        doctrine={side.id: _doctrine(files, side.id) for side in scenario.sides},
    )


def _bound(text: str, names: Names) -> Condition:
    return read_condition(text).bound(names.row_of)


def _doctrine(files: Files, side: str) -> dict[str, Any]:
    """A side's doctrine; the groups of its tasks and theatres are rows."""
    entry = files.factions.doctrine.get(side, DoctrineEntry.model_validate(_NO_DOCTRINE)).model_dump()
    group_row = {group.id: k for k, group in enumerate(files.forces.groups)}
    rows = {key: [part | {"group": group_row[part["group"]]} for part in entry[key]] for key in ("tasks", "theatres")}
    return entry | rows


def _state(files: Files, rows: _Rows, setting: Setting) -> State:
    sizes = Sizes(
        hexes=files.map.n,
        forces=len(setting.forces),
        factions=len(setting.factions),
        depots=len(files.forces.depots),
        events=len(files.events.events),
        movements=sum(entry.movement for entry in files.factions.factions),
        camps=len(files.scenario.people.camps),
    )
    state = State(sizes)
    tables = state.tables
    tables.clock[clock.START_ORDINAL] = setting.start.toordinal()
    _fill_hexes(files, setting, tables)
    _fill_forces(files, rows, setting, tables)
    _fill_depots(files, rows, tables)
    _fill_factions(files, rows, setting, tables)
    _fill_stances(files, rows, tables)
    people.fill_people(files.map, files.factions.factions, setting.cast, files.ruleset, files.scenario.people, tables)
    fill_economy(files, setting, tables)
    tables.event_hour[:] = NEVER
    tables.event_choice[:] = UNDECIDED
    for column in (peace.SEAT, peace.GOVERNMENT, peace.PARTNER, peace.ACCORD, peace.ELECTION, peace.VOTED):
        tables.peace[column] = NEVER
    diplomacy.fill_treaties(files.factions, setting, tables)
    tables.seen[:, sighting.HOUR, :] = NEVER
    tables.seen[:, sighting.HEX, :] = OFF_MAP
    tables.known_control[:] = tables.hex_i[hex_columns.CONTROL].astype(np.int8)
    return state


def _fill_hexes(files: Files, setting: Setting, tables: Tables) -> None:
    holders = ground.control(files.map, files.factions.factions, setting.ground.host)
    tables.hex_i[hex_columns.CONTROL] = holders
    tables.hex_i[hex_columns.PEOPLE] = ground.people(files.map, files.scenario.population)
    tables.hex_f[hex_columns.HOLD] = np.where(holders != NO_FACTION, 1.0, 0.0)
    for entry in files.scenario.mines:
        for location in entry.places:
            hex_ = ground.locate(files.map, location)
            tables.hex_f[hex_columns.MINES, hex_] = entry.belt
            tables.hex_f[hex_columns.SCATTER, hex_] = entry.scattered


def _fill_forces(files: Files, rows: _Rows, setting: Setting, tables: Tables) -> None:
    group_row = {group.id: k for k, group in enumerate(files.forces.groups)}
    for f, (group, entry) in enumerate(_forces(files)):
        hex_ = ground.locate(files.map, entry.location)
        arrives = 0 if entry.arrives is None else setting.hour_of(entry.arrives)
        if entry.reserve:
            arrives = force.UNRAISED
        column = tables.force_i[:, f]
        column[force.FACTION] = rows.faction[entry.faction or group.faction]
        column[force.GROUP] = group_row[group.id]
        column[force.KIND] = cast.FORCE_TYPES[entry.type].kind
        column[force.MOBILITY] = cast.MOBILITY[entry.mobility]
        column[force.STATUS] = Status.PENDING if arrives > 0 else Status.ACTIVE
        column[force.HEX] = hex_
        column[force.MEN] = 0 if entry.reserve else entry.men
        column[force.START_MEN] = entry.men
        column[force.TANKS] = entry.tanks
        column[force.GUNS] = entry.guns
        column[force.SORTIES] = entry.sorties
        column[force.STOCK_KG] = _carried_kg(entry, setting.ruleset)
        column[force.ORDER] = cast.ORDERS[entry.order]
        column[force.DEST] = _hex_or_none(files.map, entry.destination)
        column[force.TARGET] = OFF_MAP
        column[force.THEN] = OFF_MAP
        column[force.POSTURE] = cast.POSTURES[entry.posture]
        column[force.ARRIVES] = arrives
        column[force.BASE] = hex_ if entry.base is None else ground.locate(files.map, entry.base)
        column[force.LAST_FOUGHT] = NEVER
        column[force.FROM_HEX] = OFF_MAP
        column[force.ARMS] = cast.ARMS[entry.arms]
        column[force.ORIGIN] = NO_FACTION
        reals = tables.force_f[:, f]
        reals[force.QUALITY] = entry.quality
        reals[force.COHESION] = entry.cohesion
        reals[force.FATIGUE] = entry.fatigue
        reals[force.DUG_IN] = cast.WORKS.get(entry.posture, 0.0)
        reals[force.SURPRISE] = 1.0


def _hex_or_none(map_: HexMap, location: str | None) -> HexIndex:
    return OFF_MAP if location is None else ground.locate(map_, location)


def _carried_kg(entry: ForceEntry, ruleset: Ruleset) -> int:
    """A force's load: days of marching need, fuel included."""
    days = ruleset.supply.carried_days if entry.supply_days is None else entry.supply_days
    need = entry.men * ruleset.supply.need_march[cast.ARMS[entry.arms]] + entry.tanks * ruleset.supply.fuel_tank
    return round(float(days * need))


def _fill_depots(files: Files, rows: _Rows, tables: Tables) -> None:
    for d, entry in enumerate(files.forces.depots):
        column = tables.depot_i[:, d]
        column[depot.HEX] = ground.locate(files.map, entry.location)
        column[depot.FACTION] = rows.faction[entry.faction]
        column[depot.OWNER] = rows.faction[entry.owner or entry.faction]
        column[depot.KIND] = cast.DEPOT_KINDS[entry.kind]
        column[depot.STOCK_KG] = round(entry.stock * _KG)
        column[depot.INFLOW_KG] = round(entry.inflow * _KG)
        column[depot.CAPACITY_KG] = round(entry.capacity * _KG)


def _fill_factions(files: Files, rows: _Rows, setting: Setting, tables: Tables) -> None:
    side_of = {name: rows.side[side.id] for side in files.scenario.sides for name in side.factions}
    for k, entry in enumerate(files.factions.factions):
        own = tables.force_i[force.FACTION] == k
        tables.faction_i[faction.SIDE, k] = side_of.get(entry.id, NO_FACTION)
        tables.faction_i[faction.START, k] = int(tables.force_i[force.MEN][own].sum())
        tables.faction_i[faction.LIFE, k] = Life.LATENT if entry.latent else Life.ACTIVE
        tables.faction_i[faction.CLASS, k] = cast.CLASSES[entry.kind]
        tables.faction_i[faction.MOVEMENT, k] = setting.cast.movement[k]
        tables.faction_i[faction.PARENT, k] = NO_FACTION if entry.parent is None else rows.faction[entry.parent]
        tables.faction_i[faction.MERGED, k] = NO_FACTION
        tables.faction_f[faction.UNITY, k] = 1.0
        tables.faction_i[faction.CAPITAL, k] = _hex_or_none(files.map, entry.capital)
        tables.faction_f[faction.WILL, k] = entry.will
        tables.faction_f[faction.LIFT_TKM, k] = entry.lift


def _fill_stances(files: Files, rows: _Rows, tables: Tables) -> None:
    tables.stance[:] = Stance.NEUTRAL
    for side in files.scenario.sides:
        members = [rows.faction[name] for name in side.factions]
        for a in members:
            tables.stance[a, members] = Stance.ALLIED
    np.fill_diagonal(tables.stance, Stance.ALLIED)
    np.fill_diagonal(tables.relation, 100.0)
    for stance in files.factions.stances:
        a, b = (rows.faction[name] for name in stance.between)
        tables.stance[a, b] = tables.stance[b, a] = cast.STANCES[stance.stance]
    for relation in files.factions.relations:
        a, b = (rows.faction[name] for name in relation.between)
        tables.relation[a, b] = tables.relation[b, a] = relation.value
    tables.bond[bond.PAST] = tables.relation
