"""The commander: an opponent that plans operations from its View alone. How it thinks is in `planning`."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from game.ai.planning import DELAY, OFFENSIVE, WATCH, Doctrine, Scratch, plan
from game.core.columns import order as O
from game.core.ids import Mobility
from game.core.orders import Orders
from game.core.view import View
from game.engine.playable import Playable

_POSTURES = {"offensive": OFFENSIVE, "delay": DELAY, "watch": WATCH}

DEFAULTS: dict[str, Any] = {
    "posture": "delay",
    "planning_days": 4.0,
    "odds_attack": 1.5,
    "odds_withdraw": 0.6,
    "reserve_share": 0.1,
    "raid_from_bands": False,
    "near_hours": 48.0,
    "days_wanted": 2.0,
    "starving": 0.5,
    "rest_fatigue": 0.7,
    "rest_cohesion": 0.35,
    "wait_hours": 36.0,
    "reach_hours": 96.0,
    "outmatched": 0.45,
    "raid_hexes": 3,
    "leave_behind": 0.2,
    "unseen": 300.0,
    "least_chance": 0.7,
    "lone_weight": 4000.0,
}
"""A doctrine's values where factions.yaml says nothing. Meaning: planning.Doctrine."""

Fields = npt.NDArray[np.float64]


class Commander:
    """Plans every `planning_days` for all forces of its side; between plans the standing orders go on.

    It keeps nothing from turn to turn, so a saved game goes on as if never interrupted.
    """

    name = "commander"

    def __init__(self, scenario: Playable, side: str) -> None:
        self.side = side
        self._routes = scenario.routes
        setting = scenario.definition.setting
        number = setting.side_index(side)
        self._leader = setting.sides[number].factions[0]
        said = {**DEFAULTS, **setting.doctrine.get(side, {})}
        self._planning_hours = float(said["planning_days"]) * 24.0
        self._doctrine = Doctrine(
            posture=_POSTURES[said["posture"]],
            leader=self._leader,
            odds_attack=float(said["odds_attack"]),
            odds_withdraw=float(said["odds_withdraw"]),
            reserve_share=float(said["reserve_share"]),
            raids=int(bool(said["raid_from_bands"])),
            near_hours=float(said["near_hours"]),
            days_wanted=float(said["days_wanted"]),
            starving=float(said["starving"]),
            rest_fatigue=float(said["rest_fatigue"]),
            rest_cohesion=float(said["rest_cohesion"]),
            wait_hours=float(said["wait_hours"]),
            reach_hours=float(said["reach_hours"]),
            outmatched=float(said["outmatched"]),
            raid_hexes=int(said["raid_hexes"]),
            leave_behind=float(said["leave_behind"]),
            unseen=float(said["unseen"]),
            least_chance=float(said["least_chance"]),
            lone_weight=float(said["lone_weight"]),
        )
        objectives = said.get("objectives", [])
        self._goals = np.array([setting.hex_of(o["place"]) for o in objectives], np.int64)
        self._worth = np.array([float(o["weight"]) for o in objectives])
        self._posts = np.array([setting.hex_of(p) for p in said.get("garrison_places", [])], np.int64)
        self._bases = np.array([setting.hex_of(p) for p in said.get("base_areas", [])], np.int64)
        sizes = scenario.definition.initial.sizes
        self._scratch = Scratch(
            enemy=np.zeros(sizes.hexes),
            enemy_at=np.zeros(sizes.hexes),
            friend=np.zeros(sizes.hexes),
            weight=np.zeros(sizes.forces),
            free=np.zeros(sizes.forces, np.int64),
            given=np.zeros(len(self._goals)),
            group=np.zeros(max(1, len(setting.groups))),
            resist=np.zeros(len(self._goals)),
        )
        self._out = np.zeros((sizes.forces + 1, O.COLUMNS), np.int64)
        own = np.isin(scenario.definition.initial.tables.force_i[0], setting.sides[number].factions)
        used = sorted(set(scenario.definition.initial.tables.force_i[3][own].tolist()) - {int(Mobility.AIR)})
        self._classes = np.zeros(len(Mobility), np.int64)
        for k, mobility in enumerate(used):
            self._classes[mobility] = k
        self._mobilities = used or [int(Mobility.FOOT)]
        self._fields: dict[tuple[int, int], tuple[Fields, Fields, Fields]] = {}

    def orders(self, view: View) -> Orders:
        """The plan, or no orders between two plans."""
        turn_hours = view.setting.days_per_turn * 24.0
        if view.hour % self._planning_hours >= turn_hours:
            return Orders()
        goal_fields, post_fields, base_fields = self._ways(view)
        written = plan(
            view.tables,
            view.setting.ground,
            view.setting.numbers,
            self._doctrine,
            self._scratch,
            self._goals,
            self._worth,
            goal_fields,
            self._posts,
            post_fields,
            self._bases,
            base_fields,
            self._classes,
            self._routes.steps[:, int(view.season)],
            self._out,
        )
        return Orders(self._out[:written].copy())

    def _ways(self, view: View) -> tuple[Fields, Fields, Fields]:
        """March fields to objectives, garrison posts and base areas; made anew when season or access change."""
        key = (int(view.season), self._routes.entry_key(view.tables, self._leader))
        if key not in self._fields:
            self._fields[key] = (
                self._stack(view, self._goals),
                self._stack(view, self._posts),
                self._stack(view, self._bases),
            )
        return self._fields[key]

    def _stack(self, view: View, hexes: npt.NDArray[np.int64]) -> Fields:
        out = np.empty((len(hexes), len(self._mobilities), view.setting.map.n))
        for k, hex_ in enumerate(hexes.tolist()):
            for m, mobility in enumerate(self._mobilities):
                out[k, m] = self._routes.field(view.tables, self._leader, hex_, mobility, view.season)[1]
        return out
