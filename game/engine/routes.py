"""Ways over the map: least-cost march fields to a hex, kept as long as there is room.

A field depends on the map, the force's movement class, the state of the ways and the lands it may enter, not on who
stands where; so it is solved once and shared by all games of a scenario in a process. The fields are rows of a pool
that rules and agents look into. A row once given stays as it is: when the pool is full a new one takes its place, and
whoever looks into the old one goes on to do so until he asks again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from math import inf

import numpy as np
import numpy.typing as npt

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import OFF_MAP, ForceId, HexIndex, Mobility, Ways
from game.core.kernels import plain
from game.core.setting import Setting
from game.core.state import Tables
from game.rules.ground import BUCKETS, FIELD_PARTS, NO_WAY, count_parts, fill_steps, march_field
from game.rules.ground import lets_in as _lets_in
from game.rules.ground import may_enter as _may_enter
from game.rules.ground import may_enter_disputed as _may_enter_disputed
from game.rules.lines import fill_haul_steps
from game.rules.orders import spread_regions
from game.rules.workspace import INF

Pool = npt.NDArray[np.uint16]
"""[rows, hexes] march from every hex to a row's destination, in parts: see rules.ground.field_hours."""
Wanted = tuple[HexIndex, int, Ways]
"""Destination, movement class (ids.Mobility) and state of the ways of a field."""

_POOL_BYTES = 56 * 1024 * 1024
"""Size of the pool; some runs of the grand campaign ask for about as much."""
_REGIONS_KEPT = 4
_LEAST_ROWS = 2048
"""Rows of a pool at least: more than what one game or one agent looks into at a time."""

lets_in, may_enter, may_enter_disputed = plain(_lets_in), plain(_may_enter), plain(_may_enter_disputed)


class Routes:
    """The shared store of march fields of one setting. Safe to use from several threads."""

    def __init__(self, setting: Setting) -> None:
        n = setting.map.n
        self.setting = setting
        self.steps = np.zeros((len(Mobility), len(Ways), n, 6))
        """[mobilities, states of the ways, hexes, 6] hours of each step."""
        fill_steps(setting.ground, setting.ruleset.move, self.steps)
        self._into = np.full_like(self.steps, INF)
        """[mobilities, ways, hexes, 6] hours of the step into a hex from its neighbour: for march_field."""
        for d in range(6):
            back = setting.ground.neighbours[:, d]
            there = back != OFF_MAP
            self._into[:, :, there, d] = self.steps[:, :, back[there], (d + 3) % 6]
        self._alike = [
            [next(k for k in Ways if np.array_equal(of_class[k], of_class[ways])) for ways in Ways]
            for of_class in self.steps
        ]
        """By movement class and state of the ways: the first state in which the class marches just so."""
        self.haul_steps = np.zeros((n, 6))
        """[hexes, 6] haul of each step."""
        fill_haul_steps(setting.ground, setting.ruleset.supply, self.haul_steps)
        self._pool: Pool = np.empty((max(_LEAST_ROWS, _POOL_BYTES // (n * 2)), n), np.uint16)
        self._rows: dict[tuple[int, int, int, int], int] = {}
        self._solved = np.empty(n)
        self._lock = threading.RLock()
        ways = self.steps[self.steps < INF]
        self._width = float(ways.max()) / (BUCKETS - 2) if len(ways) else 1.0
        self._queue = (np.full(BUCKETS, -1, np.int32), np.zeros((3, n), np.int32))
        self._hosts = sorted(set(setting.ground.host.tolist()))
        self._entry_ids: dict[tuple[int, bytes], int] = {}
        self._keys: dict[bytes, int] = {}
        self._entries: list[npt.NDArray[np.int8]] = []
        self._regions: dict[tuple[int, bytes], npt.NDArray[np.int32]] = {}
        self._regions_of: dict[tuple[int, int], npt.NDArray[np.int32]] = {}

    @property
    def pool(self) -> Pool:
        """The pool in use. Whoever looks into an older one had better ask anew, to let it go."""
        return self._pool

    def entry_key(self, tables: Tables, faction: int) -> int:
        """Which factions' lands the faction may enter, as a number: the same for all who may enter the same."""
        row = (faction, tables.stance[faction].tobytes() + tables.faction_i[A.LIFE].tobytes())
        found = self._entry_ids.get(row)
        if found is None:
            entry = self._find_entry(tables, faction)
            with self._lock:
                found = self._entry_ids[row] = self._keys.setdefault(entry.tobytes(), len(self._keys))
                if found == len(self._entries):
                    self._entries.append(entry)
        return found

    def find(self, tables: Tables, faction: int, wanted: Iterable[Wanted]) -> tuple[Pool, list[int]]:
        """The pool, and the row of each field that is wanted. The pool is another one than before if it was full."""
        with self._lock:
            lands = self.entry_key(tables, faction)
            listed = [(dest, mobility, self._alike[mobility][ways], lands) for dest, mobility, ways in wanted]
            missing = {key for key in listed if key not in self._rows}
            if len(self._rows) + len(missing) > len(self._pool):
                self._new_pool(2 * len(listed))
            for key in listed:
                if key not in self._rows:
                    self._solve(key)
            return self._pool, [self._rows[key] for key in listed]

    def row_to(self, dest: HexIndex, mobility: int, ways: int, lands: int) -> int:
        """Row of a field for those who may enter such lands (`entry_key`). The pool may be another one afterwards."""
        key = dest, mobility, self._alike[mobility][ways], lands
        row = self._rows.get(key)
        if row is None:
            with self._lock:  # another thread may have solved it meanwhile
                row = self._rows.get(key)
                if row is None:
                    row = self._solve(key)
        return row

    def _new_pool(self, rows: int) -> None:
        self._pool = np.empty((max(len(self._pool), rows), self.setting.map.n), np.uint16)
        self._rows = {}

    def _solve(self, key: tuple[int, int, int, int]) -> int:
        dest, mobility, ways, lands = key
        if len(self._rows) == len(self._pool):
            self._new_pool(0)
        row = len(self._rows)
        ground = self.setting.ground
        steps, entry = self._into[mobility, ways], self._entries[lands]
        march_field(ground.neighbours, steps, entry, dest, self._width, self._solved, *self._queue)
        count_parts(self._solved, ground.km, self._pool[row])
        self._rows[key] = row
        return row

    def field(self, tables: Tables, faction: int, dest: HexIndex, mobility: int, ways: Ways) -> npt.NDArray[np.float64]:
        """Hours of march from every hex to `dest`: float64 [hexes], INF where there is no way."""
        pool, (row,) = self.find(tables, faction, [(dest, mobility, ways)])
        return np.where(pool[row] == NO_WAY, INF, pool[row] * (self.setting.ground.km / FIELD_PARTS))

    def regions(self, tables: Tables, ways: Ways) -> npt.NDArray[np.int32]:
        """Regions within which each faction's forces find ways, by movement class: see rules.orders.spread_regions.

        int32 [factions, mobilities, hexes]; shared, not to be written to.
        """
        key = int(ways), tables.stance.tobytes() + tables.faction_i[A.LIFE].tobytes()
        with self._lock:
            found = self._regions.get(key)
            if found is None:
                if len(self._regions) >= _REGIONS_KEPT:
                    del self._regions[next(iter(self._regions))]
                lands = [self.entry_key(tables, a) for a in range(tables.stance.shape[0])]
                found = self._regions[key] = np.stack([self._regions_in(ways, land) for land in lands])
            return found

    def _regions_in(self, ways: Ways, land: int) -> npt.NDArray[np.int32]:
        """[mobilities, hexes] the regions of those who may enter such lands."""
        found = self._regions_of.get((int(ways), land))
        if found is None:
            n = self.setting.map.n
            found = self._regions_of[int(ways), land] = np.empty((len(Mobility), n), np.int32)
            queue = np.empty(n, np.int64)
            for mobility in Mobility:
                steps = self.steps[mobility, int(ways)]
                entry = self._entries[land]
                spread_regions(self.setting.ground.neighbours, steps, entry, INF, queue, found[mobility])
        return found

    def _entry(self, tables: Tables, faction: int) -> npt.NDArray[np.int8]:
        """[hexes] 1 where the faction may enter."""
        return self._entries[self.entry_key(tables, faction)]

    def _find_entry(self, tables: Tables, faction: int) -> npt.NDArray[np.int8]:
        host = self.setting.ground.host
        entry = np.ones(len(host), np.int8)
        disputed = may_enter_disputed(tables, faction)
        for other in self._hosts:
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
        field = self.field(tables, faction, dest, mobility, ways)
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
        field = self.field(tables, faction, dest, mobility, ways)
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
        queue = (np.full(BUCKETS, -1, np.int32), np.zeros((3, n), np.int32))
        entry = self._entry(tables, int(tables.force_i[F.FACTION, force]))
        # steps out of a hex instead of into it: the way from the force, not to it
        march_field(
            self.setting.ground.neighbours, self.steps[mobility, int(ways)], entry, at, self._width, out, *queue
        )
        out[out >= INF] = inf
        return out
