"""What stays fixed while a game runs: map, cast and ruleset. Shared by all worlds of a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.bundles import bundle
from game.core.hexmap import HexMap
from game.core.ids import FactionId, HexIndex, Season, Ways
from game.core.means import Means
from game.core.ruleset import Ruleset

SEED_LIMIT = 2**31
"""Seeds are 0 .. SEED_LIMIT - 1."""


@bundle
class Ground(NamedTuple):
    """The map as kernels read it. One row a hex; link arrays have one column a direction."""

    neighbours: npt.NDArray[np.int32]
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
    prizes: npt.NDArray[np.int64]
    """The hexes of some worth, in order."""
    shelter: npt.NDArray[np.int8]
    """Faction whose base area the hex is, or NO_FACTION."""
    havens: npt.NDArray[np.int64]
    """The hexes of base areas, in order."""
    arteries: npt.NDArray[np.int64]
    """The hexes with a road that is no mere track, or with a railway in operation, in order."""
    km: float
    """Width of a hex."""
    cols: int


@bundle
class Splits(NamedTuple):
    """Which factions may break in two, along which command, and what purges have left behind."""

    parent: npt.NDArray[np.int64]
    """[splits] faction that may break."""
    child: npt.NDArray[np.int64]
    """[splits] latent faction that comes of it."""
    war: npt.NDArray[np.int8]
    """[splits] 1 if the two are at war from then on, else hostile."""
    command: npt.NDArray[np.int8]
    """[splits, groups] 1 for command groups of the regional command."""
    region: npt.NDArray[np.int8]
    """[splits, hexes] 1 in its region and beside it."""
    pull: npt.NDArray[np.float64]
    """[splits, rules.unity.CAUSES] how strongly each cause of disunity moves this command; 1 = as the leaders."""
    purged: npt.NDArray[np.int64]
    """[purges] faction whose leaders history says were purged."""
    purge: npt.NDArray[np.float64]
    """[purges, 3] first and last hour, and weight on unity, 0..1."""


def no_splits(hexes: int, groups: int, causes: int) -> Splits:
    """Of a cast that nothing divides."""
    whole = np.zeros(0, np.int64)
    return Splits(
        whole, whole, np.zeros(0, np.int8), np.zeros((0, groups), np.int8), np.zeros((0, hexes), np.int8),
        np.zeros((0, causes)), whole, np.zeros((0, 3)),
    )  # fmt: skip


@dataclass(frozen=True)
class PeaceTerms:
    """What a scenario says about how its war may be settled."""

    country: str
    parties: tuple[FactionId, ...]
    required: tuple[FactionId, ...]
    """Parties without whose signature there is no accord, while they live."""
    guarantors: tuple[FactionId, ...]
    mission: FactionId
    """NO_FACTION: nobody keeps the peace."""
    council: str
    sites: tuple[str, ...]
    """Where rounds of talks are held, in turn."""
    seats: int


@dataclass(frozen=True)
class Stage:
    """A name that a faction goes by, and what kind of actor it then is."""

    id: str
    name: str
    short: str
    adjective: str
    kind: str


@bundle
class Interests(NamedTuple):
    """What factions want and are thought able to do, as diplomacy reads it. All of it is public."""

    listed: npt.NDArray[np.int8]
    """[factions] 1 where the scenario says what the faction wants: agents deal only for and with those."""
    stake: npt.NDArray[np.float64]
    """[factions] how much it matters to the faction who governs the country fought over, 0..1."""
    fear: npt.NDArray[np.float64]
    """[factions] how much it fears a foreign army next door, 0..1."""
    creed: npt.NDArray[np.float64]
    """[factions] -1 communist .. 1 opposed."""
    purse: npt.NDArray[np.float64]
    """[factions] what it is thought able to give others, US$ m a year."""
    might: npt.NDArray[np.int64]
    """[factions] men that it could bring to a war here beside those on the map."""
    spoiler: npt.NDArray[np.int64]
    """[factions] ids.Spoiler"""
    stain: npt.NDArray[np.float64]
    """[factions] how much its record speaks against it abroad, 0..1."""
    border: npt.NDArray[np.int8]
    """[factions, factions] 1 where their lands touch; a movement has the country fought over."""
    votes: npt.NDArray[np.int64]
    """[blocs] votes in the assembly."""
    lean: npt.NDArray[np.float64]
    """[blocs, factions] whom each bloc follows, -1..1."""
    minds: npt.NDArray[np.float64]
    """[blocs, 3] how much it minds occupation, the claimant's record, and breaks of law: VIEW_ columns."""


VIEW_OCCUPATION = 0
VIEW_RECORD = 1
VIEW_LAW = 2


@bundle
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
    means: Means
    """Money and arms from outside."""
    lands: npt.NDArray[np.int64]
    """The land hexes of that country, in order."""
    champion: npt.NDArray[np.int64]
    """[movements] faction whose cause each movement is."""
    leaning: npt.NDArray[np.float64]
    """[movements, hexes] share of the people who lean to each movement by what they remember and hope, 0..1."""
    ceiling: npt.NDArray[np.float64]
    """[movements] share of a hex's people whom the movement can win at most, 0..1."""
    relief_t: npt.NDArray[np.float64]
    """[months, 2] tonnes of food that the world sends in each month from the start's on: to the country, to camps."""
    first_month: int
    """The start's year * 12 + month."""
    camp_steps: npt.NDArray[np.int16]
    """[camps, hexes] steps from each camp."""
    camp_from: npt.NDArray[np.int64]
    """[camps] hour from which the host lets it be opened."""
    splits: Splits
    """Where factions may break in two."""
    interests: Interests


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
    stages: tuple[Stage, ...] = ()
    """Names that it may come to go by: A.STAGE is 0 for its own, else 1 and up in these."""


@lru_cache(maxsize=256)
def name_of(faction: Faction, stage: int) -> Faction:
    """The faction under the name that it goes by at a stage (faction.STAGE)."""
    if stage <= 0 or stage > len(faction.stages):
        return faction
    new = faction.stages[stage - 1]
    return replace(faction, name=new.name, short=new.short, adjective=new.adjective, kind=new.kind)


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


class Day(NamedTuple):
    """A day of the calendar, and how the country is on it."""

    date: date
    season: Season
    ways: Ways


@dataclass(frozen=True)
class Setting:
    """Map, cast and ruleset of a scenario."""

    scenario_id: str
    map: HexMap
    ruleset: Ruleset
    ruleset_name: str
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
    camp_names: tuple[str, ...] = ()
    blocs: tuple[str, ...] = ()
    """Names of the assembly's blocs."""
    doctrine: dict[str, Any] = field(default_factory=dict)
    """Side id -> its doctrine as written in factions.yaml; agents read it."""
    peace: PeaceTerms | None = None
    """How the war may be settled; None: not by an accord."""
    lake_months: tuple[int, ...] = (8, 9, 10, 11, 12)
    """Months in which the great lake covers its shores."""

    @cached_property
    def impulse_days(self) -> float:
        """Days that one impulse lasts."""
        return self.days_per_turn / self.impulses_per_turn

    def hour_of_impulse(self, impulse: int) -> int:
        """Hour at which an impulse, counted from the game's first, begins: whole, though impulses need not be."""
        return int(impulse * self.impulse_days * 24.0)

    def month_ended(self, impulse: int) -> bool:
        """Whether an impulse is the first that begins in its month of the calendar. The game's first is not."""
        ended = self._month_ends.get(impulse)
        if ended is None:
            before, now = (self.date_of(self.hour_of_impulse(max(0, k))) for k in (impulse - 1, impulse))
            ended = self._month_ends[impulse] = before.month != now.month
        return ended

    @cached_property
    def _month_ends(self) -> dict[int, bool]:
        return {}

    def day_of(self, hour: int) -> Day:
        """The day at `hour` of the game; hour 0 is the start of the first day."""
        days = self._days
        found = days.get(hour // 24)
        if found is None:
            today = self.start + timedelta(days=hour // 24)
            season = Season.WET if today.month in self.wet_months else Season.DRY
            ways = Ways(int(season) + (int(Ways.DRY_HIGH) if today.month in self.lake_months else 0))
            found = days[hour // 24] = Day(today, season, ways)
        return found

    @cached_property
    def _days(self) -> dict[int, Day]:
        return {}

    def date_of(self, hour: int) -> date:
        """Calendar date at `hour` of the game."""
        return self.day_of(hour).date

    def hour_of(self, day: date) -> int:
        """Hour of the game at which `day` begins."""
        return (day - self.start).days * 24

    def season(self, hour: int) -> Season:
        """Season of the monsoon at `hour`."""
        return self.day_of(hour).season

    def named(self, stages: tuple[int, ...]) -> Setting:
        """This setting with the names that factions go by; `stages`: faction.STAGE of every faction."""
        if not any(stages):
            return self
        found = self._by_stages.get(stages)
        if found is None:
            factions = tuple(name_of(f, stage) for f, stage in zip(self.factions, stages, strict=True))
            found = self._by_stages[stages] = replace(self, factions=factions)
        return found

    @cached_property
    def _by_stages(self) -> dict[tuple[int, ...], Setting]:
        return {}

    def ways(self, hour: int) -> Ways:
        """How the ways are at `hour`."""
        return self.day_of(hour).ways

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
