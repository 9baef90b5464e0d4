"""Small worlds for tests: say what matters to the case, the rest is plain."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from game.core import ruleset as rulesets
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import sighting as S
from game.core.columns import treaty as Y
from game.core.hexes import distance, neighbour_table
from game.core.hexmap import HexMap, Place, Projection
from game.core.ids import (
    NEVER,
    NO_FACTION,
    OFF_MAP,
    UNDECIDED,
    Arms,
    DepotKind,
    ForceKind,
    Life,
    Mobility,
    Order,
    Stance,
    Status,
    Terrain,
)
from game.core.kernels import plain
from game.core.means import Means, no_means
from game.core.setting import Cast, Faction, ForceInfo, Ground, Interests, PeaceTerms, Setting, Side, Splits, no_splits
from game.core.state import Sizes, State
from game.engine.routes import Routes
from game.engine.world import World
from game.rules import sight
from game.rules.unity import CAUSES
from game.scenario.ground import arteries
from game.scenario.model import Event, Metric, MetricKind, Milestone, Objective, Scenario, VictoryLevel

RULESET_FILE = Path(__file__).parents[1] / "scenarios" / "rulesets" / "standard.yaml"


@cache
def _shipped_numbers() -> Any:
    return yaml.safe_load(RULESET_FILE.read_text())


def standard_ruleset(**overrides: Any) -> rulesets.Ruleset:
    """The shipped ruleset; overrides as `combat__fortune=0.0`."""
    text = _shipped_numbers()
    chapters = []
    for name, chapter in rulesets.CHAPTERS.items():
        values = {}
        for field in chapter._fields:
            value = overrides.get(f"{name}__{field}", text[name][field]["value"])
            values[field] = tuple(float(v) for v in value) if isinstance(value, list | tuple) else float(value)
        chapters.append(rulesets.make_chapter(chapter, values.values()))
    return rulesets.Ruleset(*chapters)


def plain_map(cols: int = 12, rows: int = 9, km: float = 12.0, **layers: Any) -> HexMap:
    """Open rice land without roads; `layers` replace whole arrays."""
    n = cols * rows
    base: dict[str, Any] = {
        "terrain": np.full(n, Terrain.RICE, np.int8),
        "relief": np.zeros(n, np.int8),
        "elevation_m": np.zeros(n, np.int16),
        "flood": np.zeros(n, np.int8),
        "country": np.zeros(n, np.int8),
        "province": np.zeros(n, np.int16),
        "road": np.zeros((n, 6), np.int8),
        "rail": np.zeros((n, 6), np.int8),
        "river": np.zeros((n, 6), np.int8),
        "crossing": np.zeros((n, 6), np.int8),
    }
    base.update(layers)
    return HexMap(
        name="plain", title="Plain", cols=cols, rows=rows, km_per_hex=km,
        projection=Projection("equirectangular", 12.0, 105.0), origin_km=(0.0, 0.0),
        countries=("Land",), provinces=("Province",), places=(Place("town", "Town", n // 2, "town", "Land", 12, 105),),
        **base,
    )  # fmt: skip


def links(pairs: list[tuple[int, int]], kind: int, cols: int = 12, rows: int = 9) -> Any:
    """A link layer of a plain map: `kind` of road, river or crossing between the hexes of each pair, both ways."""
    layer = np.zeros((cols * rows, 6), np.int8)
    table = neighbour_table(cols, rows)
    for a, b in pairs:
        for one, other in ((a, b), (b, a)):
            layer[one, np.flatnonzero(table[one] == other)[0]] = kind
    return layer


def line(first: int, last: int) -> list[tuple[int, int]]:
    """The pairs of neighbours along a row, from hex `first` east to hex `last`."""
    return [(h, h + 1) for h in range(first, last)]


def force(faction: int, at: int, men: int = 5000, **more: Any) -> dict[str, Any]:
    """A force for `small_game`."""
    return {"faction": faction, "at": at, "men": men, **more}


def no_interests(factions: int, **more: Any) -> Interests:
    """Factions that all care alike, fear nobody and vote nowhere; `more` replaces whole arrays."""
    plain_ones: dict[str, Any] = {
        "listed": np.ones(factions, np.int8), "stake": np.ones(factions),
        "fear": np.zeros(factions), "creed": np.zeros(factions),
        "purse": np.zeros(factions), "might": np.zeros(factions, np.int64), "spoiler": np.zeros(factions, np.int64),
        "stain": np.zeros(factions), "border": np.ones((factions, factions), np.int8),
        "votes": np.zeros(0, np.int64), "lean": np.zeros((0, factions)), "minds": np.zeros((0, 3)),
    }  # fmt: skip
    return Interests(**{**plain_ones, **more})


def small_game(
    forces: list[dict[str, Any]],
    *,
    hexmap: HexMap | None = None,
    factions: int = 2,
    depots: list[tuple[int, ...]] = (),
    turns: int = 10,
    days_per_turn: float = 4.0,
    impulses: int = 4,
    seed: int = 1,
    control: Any = None,
    shelter: Any = None,
    people: int = 0,
    sides: list[tuple[int, ...]] | None = None,
    rules: rulesets.Ruleset | None = None,
    host: Any = None,
    value: Any = None,
    start: date = date(1979, 1, 1),
    capitals: dict[int, int] | None = None,
    events: tuple[Event, ...] = (),
    means: Means | None = None,
    camps: list[dict[str, int]] = (),
    cast: dict[str, Any] | None = None,
    splits: Splits | None = None,
    peace: PeaceTerms | None = None,
    interests: Interests | None = None,
) -> World:
    """A world of `factions` factions all at war with each other, each its own side.

    depots: (hex, faction, stock kg[, kg a day that flow in[, kg a day handed out]]). Control: owner of every hex, or
    nobody. host, value, shelter: arrays of the ground. capitals: faction -> hex of its seat of government. camps:
    columns of camp_i by lower-case name, `hex` at least. cast: fields of Cast that differ.
    """
    hexmap = hexmap or plain_map()
    n = hexmap.n
    rules = rules or standard_ruleset()
    side_members = sides or [(k,) for k in range(factions)]
    worth = np.zeros(n) if value is None else value
    refuge = np.full(n, NO_FACTION, np.int8) if shelter is None else shelter
    ground = Ground(
        neighbours=hexmap.neighbours, terrain=hexmap.terrain, relief=hexmap.relief, flood=hexmap.flood,
        road=hexmap.road, rail=hexmap.rail, river=hexmap.river, crossing=hexmap.crossing,
        host=np.full(n, NO_FACTION, np.int8) if host is None else host, value=worth, prizes=np.flatnonzero(worth > 0.0),
        shelter=refuge, havens=np.flatnonzero(refuge != NO_FACTION), arteries=arteries(hexmap),
        km=float(hexmap.km_per_hex), cols=hexmap.cols,
    )  # fmt: skip
    setting = Setting(
        scenario_id="test", map=hexmap, ruleset=rules, ruleset_name="standard", start=start, turns=turns,
        days_per_turn=days_per_turn, impulses_per_turn=impulses, wet_months=(6, 7, 8, 9, 10),
        factions=tuple(
            Faction(f"f{k}", f"Faction {k}", f"F{k}", f"F{k}", "#808080", "circle", "solid") for k in range(factions)
        ),
        sides=tuple(Side(f"s{k}", f"Side {k}", members) for k, members in enumerate(side_members)),
        forces=tuple(ForceInfo(f"x{k}", f"Force {k}", str(k), "XX", "infantry") for k in range(len(forces))),
        groups=("group",), depot_names=tuple(f"depot {k}" for k in range(len(depots))), ground=ground,
        cast=_cast(hexmap, factions, camps, {
            "means": means or no_means(factions, len(forces)),
            "interests": interests or no_interests(factions),
            "splits": no_splits(n, 1, CAUSES) if splits is None else splits,
            **(cast or {}),
        }),
        peace=peace,
    )  # fmt: skip
    state = State(Sizes(n, len(forces), factions, len(depots), len(events), factions, len(camps)))
    t = state.tables
    t.clock[3] = start.toordinal()
    for k, spec in enumerate(forces):
        _place(t, rules, k, spec)
    t.seen[:] = NEVER
    t.event_hour[:] = NEVER
    t.event_choice[:] = UNDECIDED
    for row in (Y.A, Y.B, Y.BY, Y.LINK, Y.UNTIL):
        t.treaty[row] = NEVER
    for row in (P.SEAT, P.GOVERNMENT, P.PARTNER, P.ACCORD, P.ELECTION, P.VOTED):
        t.peace[row] = NEVER
    t.hex_i[H.CONTROL] = NO_FACTION if control is None else control
    t.hex_i[H.PEOPLE] = people
    t.known_control[:] = t.hex_i[H.CONTROL]
    t.stance[:] = Stance.WAR
    t.hex_f[H.HOLD] = 1.0
    t.faction_f[A.FUNDED] = 1.0
    t.hex_i[H.FOUGHT] = NEVER
    t.hex_i[H.QUIET] = 365
    t.hex_f[H.SECURITY] = 0.6
    t.hex_f[H.FOOD_T] = 1e9
    for k, spec in enumerate(camps):
        t.camp_i[:, k] = [
            spec.get(name, default)
            for name, default in zip(
                ("hex", "host", "holder", "people", "relief_kg", "opened", "closed", "capacity", "born"),
                (0, NO_FACTION, NO_FACTION, 0, 0, NEVER, NEVER, 10**6, 0),
                strict=True,
            )
        ]
    for k in range(factions):
        t.stance[k, k] = Stance.ALLIED
        t.faction_i[A.SIDE, k] = next((s for s, m in enumerate(side_members) if k in m), NO_FACTION)
        t.faction_i[A.START, k] = t.force_i[F.MEN][t.force_i[F.FACTION] == k].sum()
        t.faction_i[A.LIFE, k] = Life.ACTIVE
        t.faction_i[A.MOVEMENT, k] = k
        t.faction_i[A.PARENT, k] = t.faction_i[A.MERGED, k] = NO_FACTION
        t.faction_f[A.UNITY, k] = 1.0
        t.faction_i[A.CAPITAL, k] = (capitals or {}).get(k, OFF_MAP)
        t.faction_f[A.WILL, k] = 70.0
        t.faction_f[A.LIFT_TKM, k] = 1e9
    for members in side_members:
        for a in members:
            for b in members:
                t.stance[a, b] = Stance.ALLIED
    for k, spec in enumerate(depots):
        at, owner, stock, inflow, capacity = (*spec, *(0, 10**9)[len(spec) - 3 :])
        t.depot_i[:, k] = (at, owner, DepotKind.DEPOT, stock, inflow, capacity, owner)
    scenario = Scenario(
        id="test", title="Test", summary="", briefing="", content_note="", start=setting.start, end=date(1979, 12, 31),
        setting=setting, initial=state, events=events,
        milestones=(
            Milestone("town", "Town falls", Metric(MetricKind.CONTROL_DATE, (0,), n // 2, "", None, 1.0), False,
                      date(1979, 1, 10), date(1979, 1, 5), date(1979, 1, 20), "date", ()),
        ),
        objectives=(
            Objective("hold", 0, "Hold the town", Metric(MetricKind.HOLDS, (0,), n // 2, "", None), 1.0, at_least=1.0),
        ),
        levels=(VictoryLevel("Victory", 0.5), VictoryLevel("Defeat", 0.0)), sources=(), confidence=0.0,
        folder=Path(), hash="test",
    )  # fmt: skip
    return World.start(scenario, Routes(setting), seed)


def _cast(hexmap: HexMap, factions: int, camps: list[dict[str, int]], more: dict[str, Any]) -> Cast:
    n = hexmap.n
    contested = more.get("contested", np.ones(n, np.int8))
    base = {
        "movement": np.arange(factions), "province": hexmap.province.astype(np.int16), "fields_ha": np.zeros(n),
        "contested": contested, "lands": np.flatnonzero(contested), "champion": np.arange(factions),
        "leaning": np.zeros((factions, n)), "ceiling": np.ones(factions), "relief_t": np.zeros((0, 2)),
        "first_month": 0, "camp_from": np.zeros(len(camps), np.int64),
        "camp_steps": np.array(
            [[distance(spec.get("hex", 0), h, hexmap.cols) for h in range(n)] for spec in camps], np.int16
        ).reshape(len(camps), n),
    }  # fmt: skip
    return Cast(**{**base, **more})


def _place(t: Any, rules: rulesets.Ruleset, k: int, spec: dict[str, Any]) -> None:
    fi, ff = t.force_i, t.force_f
    men = spec["men"]
    values = {
        F.FACTION: spec["faction"], F.GROUP: spec.get("group", 0), F.KIND: spec.get("kind", ForceKind.INFANTRY),
        F.MOBILITY: spec.get("mobility", Mobility.FOOT), F.STATUS: spec.get("status", Status.ACTIVE),
        F.HEX: spec["at"], F.MEN: men, F.TANKS: spec.get("tanks", 0), F.GUNS: spec.get("guns", 0),
        F.SORTIES: spec.get("sorties", 0), F.STOCK_KG: spec.get("stock", men * 60),
        F.ORDER: spec.get("order", Order.HOLD), F.DEST: spec.get("dest", OFF_MAP), F.THEN: OFF_MAP,
        F.TARGET: OFF_MAP, F.POSTURE: 3, F.ARRIVES: spec.get("arrives", 0),
        F.START_MEN: men, F.BASE: spec.get("base", spec["at"]), F.LAST_FOUGHT: NEVER, F.FROM_HEX: OFF_MAP,
        F.ARMS: spec.get("arms", Arms.INF), F.ORIGIN: NO_FACTION,
    }  # fmt: skip
    for column, value in values.items():
        fi[column, k] = value
    ff[F.QUALITY, k] = spec.get("quality", 1.0)
    ff[F.COHESION, k] = spec.get("cohesion", 0.9)
    ff[F.DUG_IN, k] = spec.get("dug_in", 0.0)
    ff[F.SURPRISE, k] = 1.0


def spot(world: World, viewer: int, f: int, hour: int, men: int | None = None, at: int | None = None) -> None:
    """The faction has seen the force at `hour`, as it now is, or with other men or elsewhere."""
    fi = world.tables.force_i
    plain(sight.spot)(world.tables, viewer, f, hour, int(fi[F.MEN, f]) if men is None else men)
    if at is not None:
        world.tables.seen[viewer, S.HEX, f] = at
