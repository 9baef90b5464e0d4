"""The commander: an opponent that plans operations from its View alone. How it thinks is in `planning`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from game.ai.doctrine import make_doctrine
from game.ai.homeward import forbidden, lead_home
from game.ai.manners import manners_of
from game.ai.picture import OUTSIDE, Aims, Places, make_scratch
from game.ai.planning import plan
from game.ai.statesman import acts_of
from game.core.columns import force as F
from game.core.columns import order as O
from game.core.ids import OFF_MAP, Mobility, Ways
from game.core.orders import Orders
from game.core.setting import Setting
from game.core.view import View
from game.engine.playable import Playable
from game.rules.treaties import must_leave
from game.scenario.ground import locate
from game.scenario.schema_doctrine import defaults

AIMS_KEPT = 64
"""Pictures of the ways kept for a side in all games of a scenario: those of a year, by whose lands it may enter."""


def _hexes(setting: Setting, locations: Iterable[str]) -> npt.NDArray[np.int64]:
    """Hexes of places, or of hexes by their four figures."""
    return np.array([locate(setting.map, location) for location in locations], np.int64)


class Commander:
    """Plans every `planning_days` for all forces of its side; between plans the standing orders go on.

    It keeps nothing from turn to turn, so a saved game goes on as if never interrupted.
    """

    name = "commander"

    def __init__(self, scenario: Playable, side: str) -> None:
        self.side = side
        self._scenario = scenario
        self._routes = scenario.routes
        setting = scenario.definition.setting
        number = setting.side_index(side)
        self._leader = setting.sides[number].factions[0]
        said: dict[str, Any] = {**defaults(), **setting.doctrine.get(side, {})}
        self._doctrine = make_doctrine(said, self._leader)
        self._manners = manners_of(setting, side)
        self._planning_hours = said["planning_days"] * 24.0
        weights = {o["place"]: o["weight"] for o in said["objectives"]}
        for task in said["tasks"]:
            weights |= {place: None for place in task["places"] if place not in weights}
        self._goals = _hexes(setting, weights)
        stakes = setting.ground.value.copy()
        for objective in scenario.definition.objectives:
            if objective.side == number and objective.metric.hex != OFF_MAP:
                stakes[objective.metric.hex] += objective.points
        self._worth = np.array(
            [float(stakes[h] if w is None else w) for h, w in zip(self._goals, weights.values(), strict=True)]
        )
        self._base_worth = stakes[_hexes(setting, said["base_areas"])]
        self._tasks = np.zeros((len(weights), max(1, len(setting.groups))), np.int8)
        # less than any task: choose_goal passes over it
        for theatre in said["theatres"]:
            outside = [k for k, place in enumerate(weights) if place not in theatre["places"]]
            self._tasks[outside, theatre["group"]] = OUTSIDE
        for task in said["tasks"]:
            self._tasks[[list(weights).index(place) for place in task["places"]], task["group"]] = 1
        self._posts = _hexes(setting, said["garrison_places"])
        self._bases = _hexes(setting, said["base_areas"])
        self._timetable = [
            (task["group"], task["not_before"], locate(setting.map, task["places"][0]))
            for task in said["tasks"]
            if task["not_before"] is not None
        ]
        sizes = scenario.definition.initial.sizes
        self._scratch = make_scratch(sizes.hexes, sizes.forces, len(setting.groups), len(weights))
        forces = scenario.definition.initial.tables.force_i
        own = np.isin(forces[F.FACTION], setting.sides[number].factions)
        used = sorted(set(forces[F.MOBILITY][own].tolist()) - {int(Mobility.AIR)})
        self._classes = np.zeros(len(Mobility), np.int64)
        for k, mobility in enumerate(used):
            self._classes[mobility] = k
        self._mobilities = used or [int(Mobility.FOOT)]
        self._aims: dict[tuple[int, int], Aims] = scenario.notes.setdefault((Aims, side), {})

    def orders(self, view: View) -> Orders:
        """The plan, or no orders to forces between two plans; and the acts of its factions."""
        acts = acts_of(view, self._scenario, self.side, self._manners)
        whose = view.tables.force_i[F.FACTION]
        if not any((whose == a).any() for a in view.side.factions):
            return Orders(acts=acts)
        turn_hours = view.setting.days_per_turn * 24.0
        if view.hour % self._planning_hours >= turn_hours:
            return Orders(acts=acts)
        for group, day, hex_ in self._timetable:
            self._scratch.held[group] = hex_ if view.date < day else OFF_MAP
        aims = self._look_up(view)
        promises = must_leave(view.tables, self._leader)
        self._scratch.barred[:] = forbidden(view, self._leader, promises) if promises else 0
        written = plan(view.tables, view.setting.ground, view.setting.ruleset, self._doctrine, self._scratch, aims)
        rows = self._scratch.orders[:written]
        if promises:
            home = lead_home(view, self._leader, promises, aims)
            rows = np.vstack([rows[~np.isin(rows[:, O.FORCE], home[:, O.FORCE])], home])
        return Orders(rows.copy(), acts)

    def _look_up(self, view: View) -> Aims:
        """Where forces can be sent, and the ways there; made anew when the ways or access change."""
        key = (int(view.ways), self._routes.entry_key(view.tables, self._leader))
        aims = self._aims.get(key)
        if aims is None or aims.fields is not self._routes.pool:
            for stale in [k for k, old in list(self._aims.items()) if old.fields is not self._routes.pool]:
                self._aims.pop(stale, None)  # it would keep a pool that is full
            if len(self._aims) >= AIMS_KEPT:
                self._aims.pop(next(iter(self._aims)), None)
            aims = self._aims[key] = self._make_aims(view)
        return aims

    def _make_aims(self, view: View) -> Aims:
        parts = (
            (self._goals, view.ways), (self._posts, view.ways), (self._bases, view.ways), (self._goals, Ways.DRY),
        )  # fmt: skip
        wanted = [(int(h), m, ways) for hexes, ways in parts for h in hexes for m in self._mobilities]
        fields, found = self._routes.find(view.tables, self._leader, wanted)
        ends = np.cumsum([len(hexes) for hexes, _ in parts])[:-1]
        goals, posts, bases, dry = np.split(np.array(found, np.int64).reshape(-1, len(self._mobilities)), ends)
        return Aims(
            fields=fields,
            goals=Places(self._goals, self._worth, goals),
            posts=Places(self._posts, np.zeros(len(self._posts)), posts),
            bases=Places(self._bases, self._base_worth, bases),
            classes=self._classes,
            steps=self._routes.steps[:, int(view.ways)],
            dry=dry,
            wet=int(view.season),
            tasks=self._tasks,
        )
