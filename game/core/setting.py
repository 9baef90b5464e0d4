"""What stays fixed while a game runs: map, cast and ruleset. Shared by all worlds of a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.hexmap import HexMap
from game.core.ids import FactionId, HexIndex, Season, Ways
from game.core.ruleset import CHAPTERS, Ruleset, pack


class Ground(NamedTuple):
    """The map as kernels read it. One row a hex; link arrays have one column a direction."""

    neighbours: npt.NDArray[np.int64]
    terrain: npt.NDArray[np.int8]
    relief: npt.NDArray[np.int8]
    flood: npt.NDArray[np.int8]
    road: npt.NDArray[np.int8]
    rail: npt.NDArray[np.int8]
    river: npt.NDArray[np.int8]
    crossing: npt.NDArray[np.int8]
    host: npt.NDArray[np.int8]
    """Faction whose sovereign territory the hex is (its state, or who claims it), or NO_FACTION."""
    value: npt.NDArray[np.float64]
    """Worth of the place in the hex, ruleset units; 0 without one."""
    shelter: npt.NDArray[np.int8]
    """Faction whose base area the hex is, or NO_FACTION."""
    km: float
    """Width of a hex."""
    cols: int


class Cast(NamedTuple):
    """What never changes about people, factions and the world outside, as the rules of a month read it."""

    movement: npt.NDArray[np.int64]
    """[factions] row of `support` of the faction's cause, or -1."""
    province: npt.NDArray[np.int16]
    """[hexes] province, or -1."""
    fields_ha: npt.NDArray[np.float64]
    """[hexes] hectares of rice land."""
    contested: npt.NDArray[np.int8]
    """[hexes] 1 in the country whose people the movements contend for."""


@dataclass(frozen=True)
class Faction:
    """An actor's fixed description."""

    id: str
    name: str
    short: str
    adjective: str
    colour: str
    """'#RRGGBB'."""
    shape: str
    """circle | diamond | triangle | square | hexagon | star | pentagon | plus | inverted_triangle | ring | bar."""
    pattern: str
    """solid | diagonal | dots | horizontal | vertical | cross_hatch | grid | back_diagonal."""
    kind: str = "state"
    note: str = ""


@dataclass(frozen=True)
class Side:
    """Who plays together under one command; the first faction leads."""

    id: str
    name: str
    factions: tuple[FactionId, ...]
    playable: bool = True
    briefing: str = ""
    note: str = ""


@dataclass(frozen=True)
class ForceInfo:
    """What never changes about a force."""

    id: str
    name: str
    short: str
    """At most six characters, for the counter: '7', '703', 'KUF1'."""
    echelon: str
    """APP-6 echelon mark: 'XX' division, 'X' brigade, 'III' regiment, 'II' battalion, 'XXX' corps."""
    symbol: str
    """infantry | armour | mechanised | artillery | air | naval | marine | garrison | political."""
    status: str = ""
    """How far to trust the entry, in words."""
    confidence: int = 0
    """0 (guess) .. 4 (documented)."""
    sources: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def _season(start: date, wet_months: tuple[int, ...], day: int) -> Season:
    return Season.WET if (start + timedelta(days=day)).month in wet_months else Season.DRY


@dataclass(frozen=True)
class Setting:
    """Map, cast and ruleset of a scenario."""

    scenario_id: str
    map: HexMap
    ruleset: Ruleset
    start: date
    turns: int
    days_per_turn: float
    impulses_per_turn: int
    wet_months: tuple[int, ...]
    factions: tuple[Faction, ...]
    sides: tuple[Side, ...]
    forces: tuple[ForceInfo, ...]
    groups: tuple[str, ...]
    depot_names: tuple[str, ...]
    ground: Ground
    cast: Cast
    doctrine: dict[str, Any] = field(default_factory=dict)
    """Side id -> its doctrine as written in factions.yaml; agents read it."""
    lake_months: tuple[int, ...] = (8, 9, 10, 11, 12)
    """Months in which the great lake covers its shores."""

    @cached_property
    def numbers(self) -> Any:
        """The ruleset as kernels take it: same names, one record."""
        return pack(self.ruleset)

    @cached_property
    def chapters(self) -> SimpleNamespace:
        """The chapters of `numbers` by name, looked up once: attribute access on a numpy record is slow."""
        return SimpleNamespace(**{name: self.numbers[name] for name in CHAPTERS})

    @cached_property
    def impulse_days(self) -> float:
        """Days that one impulse lasts."""
        return self.days_per_turn / self.impulses_per_turn

    def hour_of_impulse(self, impulse: int) -> int:
        """Hour at which an impulse, counted from the game's first, begins: whole, though impulses need not be."""
        return int(impulse * self.impulse_days * 24.0)

    def date_of(self, hour: int) -> date:
        """Calendar date at `hour` of the game; hour 0 is the start of the first day."""
        return self.start + timedelta(hours=hour)

    def hour_of(self, day: date) -> int:
        """Hour of the game at which `day` begins."""
        return (day - self.start).days * 24

    def season(self, hour: int) -> Season:
        """Season of the monsoon at `hour`."""
        return _season(self.start, self.wet_months, hour // 24)

    def ways(self, hour: int) -> Ways:
        """How the ways are at `hour`."""
        high = self.date_of(hour).month in self.lake_months
        return Ways(int(self.season(hour)) + (int(Ways.DRY_HIGH) if high else 0))

    def faction_index(self, id_: str) -> FactionId:
        """Row of the faction; KeyError if there is none of that id."""
        return self._faction_rows[id_]

    def side_index(self, id_: str) -> int:
        """Row of the side; KeyError if there is none of that id."""
        return self._side_rows[id_]

    def hex_of(self, place_id: str) -> HexIndex:
        """Hex of a place of the map; KeyError if there is none of that id."""
        return self.map.place_by_id[place_id].hex

    @cached_property
    def _faction_rows(self) -> dict[str, int]:
        return {f.id: k for k, f in enumerate(self.factions)}

    @cached_property
    def _side_rows(self) -> dict[str, int]:
        return {s.id: k for k, s in enumerate(self.sides)}
