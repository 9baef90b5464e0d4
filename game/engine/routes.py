"""Ways over the map: least-cost march fields to a hex, kept as long as they are good.

A field depends on the map, the force's movement class, the state of the ways and the lands it may enter, not on who
stands where; so it is solved once and shared by all games of a scenario in a process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from math import inf

import numpy as np
import numpy.typing as npt

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import OFF_MAP, ForceId, HexIndex, Mobility, Ways
from game.core.kernels import plain
from game.core.setting import Setting
from game.core.state import Tables
from game.rules.ground import fill_steps, march_field
from game.rules.ground import lets_in as _lets_in
from game.rules.ground import may_enter as _may_enter
from game.rules.ground import may_enter_disputed as _may_enter_disputed
from game.rules.lines import fill_haul_steps
from game.rules.orders import spread_regions
from game.rules.workspace import INF

FieldKey = tuple[int, int, int, int]
"""Destination, movement class, state of the ways, and number of the lands that may be entered."""

_MEMORY_BYTES = 24 * 1024 * 1024
"""Fields kept at most; a game of the main scenario asks for half as many."""


lets_in, may_enter, may_enter_disputed = plain(_lets_in), plain(_may_enter), plain(_may_enter_disputed)


class Routes:
    """The shared store of march fields of one setting. Safe to use from several threads."""

    def __init__(self, setting: Setting) -> None:
        n = setting.map.n
        self.setting = setting
        self.steps = np.zeros((len(Mobility), len(Ways), n, 6))
        """[mobilities, states of the ways, hexes, 6] hours of each step."""
        fill_steps(setting.ground, setting.chapters.move, self.steps)
        self._into = np.full_like(self.steps, INF)
        """[mobilities, ways, hexes, 6] hours of the step into a hex from its neighbour: for march_field."""
        for d in range(6):
            back = setting.ground.neighbours[:, d]
            there = back != OFF_MAP
            self._into[:, :, there, d] = self.steps[:, :, back[there], (d + 3) % 6]
        self.haul_steps = np.zeros((n, 6))
        """[hexes, 6] haul of each step."""
        fill_haul_steps(setting.ground, setting.chapters.supply, self.haul_steps)
        self._fields: OrderedDict[FieldKey, npt.NDArray[np.float64]] = OrderedDict()
        self._room = max(64, _MEMORY_BYTES // (n * 8))
        self._lock = threading.Lock()
        self._heap = (np.zeros(n * 7 + 8), np.zeros(n * 7 + 8, np.int64))
        self._hosts = np.unique(setting.ground.host)
        self._entry_ids: dict[tuple[int, bytes], int] = {}
        self._keys: dict[bytes, int] = {}
        self._regions: dict[tuple[int, tuple[int, ...]], npt.NDArray[np.int32]] = {}

    def entry_key(self, tables: Tables, faction: int) -> int:
        """Which factions' lands the faction may enter, as a number: the same for all who may enter the same."""
        row = (faction, tables.stance[faction].tobytes() + tables.faction_i[A.LIFE].tobytes())
        found = self._entry_ids.get(row)
        if found is None:
            lands = self._entry(tables, faction).tobytes()
            found = self._entry_ids[row] = self._keys.setdefault(lands, len(self._keys))
        return found

    def field(
        self, tables: Tables, faction: int, dest: HexIndex, mobility: int, ways: Ways
    ) -> tuple[FieldKey, npt.NDArray[np.float64]]:
        """(key, hours of march from every hex to `dest`): float64 [hexes], INF where there is no way."""
        key = (dest, mobility, int(ways), self.entry_key(tables, faction))
        with self._lock:
            found = self._fields.get(key)
            if found is not None:
                self._fields.move_to_end(key)
                return key, found
            entry = self._entry(tables, faction)
            found = np.empty(self.setting.map.n)
            march_field(self.setting.ground, self._into[mobility, int(ways)], entry, dest, found, *self._heap)
            self._fields[key] = found
            if len(self._fields) > self._room:
                self._fields.popitem(last=False)
            return key, found

    def regions(self, tables: Tables, ways: Ways) -> npt.NDArray[np.int32]:
        """Regions within which each faction's forces find ways, by movement class: see rules.orders.spread_regions.

        int32 [factions, mobilities, hexes]; shared, not to be written to.
        """
        lands = tuple(self.entry_key(tables, a) for a in range(tables.stance.shape[0]))
        with self._lock:
            found = self._regions.get((int(ways), lands))
            if found is None:
                found = self._regions[int(ways), lands] = self._solve_regions(tables, ways, lands)
            return found

    def _solve_regions(self, tables: Tables, ways: Ways, lands: tuple[int, ...]) -> npt.NDArray[np.int32]:
        n = self.setting.map.n
        out = np.empty((len(lands), len(Mobility), n), np.int32)
        queue = np.empty(n, np.int64)
        for a, land in enumerate(lands):
            if land in lands[:a]:
                out[a] = out[lands.index(land)]
                continue
            entry = self._entry(tables, a)
            for mobility in Mobility:
                steps = self.steps[mobility, int(ways)]
                spread_regions(self.setting.ground.neighbours, steps, entry, INF, queue, out[a, mobility])
        return out

    def _entry(self, tables: Tables, faction: int) -> npt.NDArray[np.int8]:
        host = self.setting.ground.host
        entry = np.ones(len(host), np.int8)
        disputed = may_enter_disputed(tables, faction)
        for other in self._hosts.tolist():
            if other < 0 or other == faction or lets_in(tables.stance, faction, other):
                continue
            if not (disputed and tables.faction_i[A.MOVEMENT, other] >= 0):
                entry[host == other] = 0
        return entry

    def path(self, tables: Tables, force: ForceId, dest: HexIndex, ways: Ways) -> list[HexIndex] | None:
        """Hexes of the least-cost way from the force to `dest`, both included; None if there is none."""
        faction, at = int(tables.force_i[F.FACTION, force]), int(tables.force_i[F.HEX, force])
        mobility = int(tables.force_i[F.MOBILITY, force])
        if at == OFF_MAP or not may_enter(tables, self.setting.ground, faction, dest):
            return None
        _, field = self.field(tables, faction, dest, mobility, ways)
        if field[at] >= INF:
            return None
        steps = self.steps[mobility, int(ways)]
        neighbours = self.setting.ground.neighbours
        way = [at]
        while at != dest:
            options = [(steps[at, d] + field[b], int(b)) for d, b in enumerate(neighbours[at].tolist()) if b != OFF_MAP]
            at = min(options)[1]
            way.append(at)
        return way

    def hours_to(self, tables: Tables, force: ForceId, dest: HexIndex, ways: Ways) -> float:
        """Hours of march to `dest`; inf if there is no way."""
        faction, _, _, mobility, _, at = tables.force_i[: F.HEX + 1, force].tolist()
        if at == OFF_MAP:
            return inf
        _, field = self.field(tables, faction, dest, mobility, ways)
        hours = field.item(at)
        # to the neighbour of a land that may not be entered there is a way, but not into it
        if hours >= INF or not may_enter(tables, self.setting.ground, faction, dest):
            return inf
        return hours

    def reach(self, tables: Tables, force: ForceId, ways: Ways) -> npt.NDArray[np.float64]:
        """Hours of march from the force to every hex: float64 [hexes], inf out of reach."""
        n = self.setting.map.n
        at = int(tables.force_i[F.HEX, force])
        if at == OFF_MAP:
            return np.full(n, inf)
        mobility = int(tables.force_i[F.MOBILITY, force])
        out = np.empty(n)
        heap = (np.zeros(n * 7 + 8), np.zeros(n * 7 + 8, np.int64))
        entry = self._entry(tables, int(tables.force_i[F.FACTION, force]))
        # steps out of a hex instead of into it: the way from the force, not to it
        march_field(self.setting.ground, self.steps[mobility, int(ways)], entry, at, out, *heap)
        out[out >= INF] = inf
        return out
