"""Figures of a View put in words: what panels, counters and tooltips say. Nothing here sees more than the View."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
import numpy.typing as npt

from game.core.columns import depot, faction, force, sighting
from game.core.columns import hex as hexc
from game.core.ids import (
    NEVER,
    NO_FACTION,
    OFF_MAP,
    Arms,
    Crossing,
    Flood,
    ForceId,
    HexIndex,
    Mobility,
    Order,
    Posture,
    Rail,
    Relief,
    River,
    Road,
    Season,
    Status,
    Terrain,
)
from game.core.setting import Setting
from game.core.view import View
from game.ui.brush import Tip
from game.ui.theme import BAD, GOOD, TEXT, WARN, Rgb
from game.ui.words import full_day

ORDER_WORDS: dict[Order, str] = {
    Order.HOLD: "Dig in",
    Order.MOVE: "Move",
    Order.ATTACK: "Assault",
    Order.AMBUSH: "Ambush",
    Order.RAID: "Raid",
    Order.WITHDRAW: "Withdraw",
    Order.REST: "Rest",
    Order.PATROL: "Patrol",
    Order.SWEEP: "Sweep",
    Order.SABOTAGE: "Sabotage",
    Order.CLEAR: "Clear mines",
}
POSTURE_WORDS: dict[Posture, str] = {
    Posture.MARCH: "on the march",
    Posture.ATTACK: "attacking",
    Posture.DELAY: "delaying",
    Posture.HASTY: "hasty defence",
    Posture.PREPARED: "prepared defence",
    Posture.FORTIFIED: "fortified",
    Posture.REST: "resting",
    Posture.HIDDEN: "hidden",
}
STATUS_WORDS: dict[Status, str] = {
    Status.PENDING: "not arrived yet",
    Status.ACTIVE: "",
    Status.ROUTED: "broken, falling back",
    Status.BANDS: "dispersed in bands",
    Status.GONE: "gone",
}
MOBILITY_WORDS: dict[Mobility, str] = {
    Mobility.FOOT: "on foot",
    Mobility.MOTORISED: "lorries on roads",
    Mobility.TRACKED: "tracked",
    Mobility.BOAT: "ships and boats",
    Mobility.AIR: "from its airfield",
    Mobility.AMPHIBIOUS: "landing craft",
}
TERRAIN_WORDS: dict[Terrain, str] = {
    Terrain.SEA: "Sea",
    Terrain.LAKE: "Lake",
    Terrain.RICE: "Rice plain",
    Terrain.UPLAND: "Upland fields",
    Terrain.DRY_FOREST: "Dry forest",
    Terrain.FOREST: "Closed forest",
    Terrain.SWAMP: "Swamp",
    Terrain.URBAN: "Town",
}
RELIEF_WORDS: dict[Relief, str] = {
    Relief.PLAIN: "",
    Relief.HILLS: "hills",
    Relief.PLATEAU: "plateau",
    Relief.MOUNTAINS: "mountains",
}
ROAD_WORDS: dict[Road, str] = {
    Road.NONE: "none",
    Road.TRACK: "track",
    Road.SECONDARY: "secondary",
    Road.PRIMARY: "primary",
}
RIVER_WORDS: dict[River, str] = {
    River.NONE: "",
    River.MINOR: "stream",
    River.MAJOR: "river",
    River.GREAT: "great river",
}
WORKS_WORDS = ("none", "hasty", "prepared", "fortified")
COMPASS = ("E", "NE", "NW", "W", "SW", "SE")


def order_words(setting: Setting, kind: Order, dest: HexIndex) -> str:
    """'Assault on Svay Rieng', 'Move to Takeo', 'Dig in'."""
    if dest == OFF_MAP:
        return ORDER_WORDS[kind]
    link = {Order.ATTACK: "on", Order.RAID: "near", Order.SABOTAGE: "near", Order.CLEAR: "at", Order.SWEEP: "at"}
    return f"{ORDER_WORDS[kind]} {link.get(kind, 'to')} {setting.map.label(dest)}"


def whole(parts: list[float], total: int) -> list[int]:
    """Whole numbers close to `parts` that add up to `total`: what a person adds up must come out."""
    low = [floor(part) for part in parts]
    missing = total - sum(low)
    nearest = sorted(range(len(parts)), key=lambda k: low[k] - parts[k])
    return [n + (k in nearest[: max(0, missing)]) for k, n in enumerate(low)]


def thousands(value: float) -> str:
    """'178,600'."""
    return f"{round(value):,}"


def about(value: float) -> str:
    """A count that is only an estimate, to two figures: 'about 31,000'."""
    if value < 100:
        return "under 100" if value > 0 else "none"
    size = 10 ** (len(str(round(value))) - 2)
    return f"about {round(value / size) * size:,}"


def rounded(value: float) -> str:
    """A forecast to two figures: '2,600'."""
    size = 10 ** max(0, len(str(round(value))) - 2)
    return f"{round(value / size) * size:,}"


def tonnes(kg: float) -> str:
    """'18,400 t'."""
    t = kg / 1000
    return f"{t:,.1f} t" if abs(t) < 10 else f"{t:,.0f} t"


def signed(value: float, unit: str = "") -> str:
    """'+2', '−1,150 t', '±0': a true minus sign."""
    rounded = round(value)
    if rounded == 0:
        return f"±0{unit}"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):,}{unit}"


def percent(share: float) -> str:
    return f"{round(share * 100)} %"


@dataclass(frozen=True)
class ForceFacts:
    """What a side knows of one force."""

    id: ForceId
    name: str
    short: str
    symbol: str
    echelon: str
    faction: int
    hex: HexIndex
    men: int
    start_men: int
    tanks: int
    guns: int
    sorties: int
    cohesion: float
    fatigue: float
    quality: float
    days: float
    """Days of supply in hand at rest."""
    posture: Posture
    status: Status
    mobility: Mobility
    order: Order
    dest: HexIndex
    seen_hour: int
    """Hour of the sighting it is known by, NEVER for one's own."""

    @property
    def cohesion_colour(self) -> Rgb:
        return GOOD if self.cohesion >= 0.7 else WARN if self.cohesion >= 0.45 else BAD

    @property
    def supply_colour(self) -> Rgb:
        return GOOD if self.days >= 3 else WARN if self.days >= 1 else BAD


def need_per_day(setting: Setting, men: int, arms: Arms) -> float:
    """Supplies that a force needs at rest, kg a day."""
    return float(men * setting.ruleset.supply.need_idle[arms])


def force_facts(view: View, f: ForceId) -> ForceFacts:
    """The row of a force, as the view has it."""
    t, info = view.tables, view.setting.forces[f]
    i, r = t.force_i, t.force_f
    men = int(i[force.MEN, f])
    need = need_per_day(view.setting, men, Arms(int(i[force.ARMS, f])))
    own = view.is_own(int(i[force.FACTION, f]))
    lead = view.side.factions[0]
    return ForceFacts(
        id=f,
        name=info.name,
        short=info.short,
        symbol=info.symbol,
        echelon=info.echelon,
        faction=int(i[force.FACTION, f]),
        hex=int(i[force.HEX, f]),
        men=men,
        start_men=int(i[force.START_MEN, f]),
        tanks=int(i[force.TANKS, f]),
        guns=int(i[force.GUNS, f]),
        sorties=int(i[force.SORTIES, f]),
        cohesion=float(r[force.COHESION, f]),
        fatigue=float(r[force.FATIGUE, f]),
        quality=float(r[force.QUALITY, f]),
        days=float(i[force.STOCK_KG, f]) / need if need > 0 else 0.0,
        posture=Posture(int(i[force.POSTURE, f])),
        status=Status(int(i[force.STATUS, f])),
        mobility=Mobility(int(i[force.MOBILITY, f])),
        order=Order(int(i[force.ORDER, f])),
        dest=int(i[force.DEST, f]),
        seen_hour=NEVER if own else int(t.seen[lead, sighting.HOUR, f]),
    )


def supply_pips(view: View, f: ForceId) -> int:
    """Supply as 0..4 pips: stock in hand against what the force carries when full."""
    t = view.tables
    full = (
        need_per_day(view.setting, int(t.force_i[force.MEN, f]), Arms(int(t.force_i[force.ARMS, f])))
        * view.setting.ruleset.supply.carried_days
    )
    if full <= 0:
        return 4
    return int(min(4, np.ceil(4 * float(t.force_i[force.STOCK_KG, f]) / full - 1e-9)))


def in_play(view: View) -> list[ForceId]:
    """Forces that the view has on the map, own and believed."""
    status, at = view.tables.force_i[force.STATUS], view.tables.force_i[force.HEX]
    alive = (status >= Status.ACTIVE) & (status <= Status.BANDS) & (at != OFF_MAP)
    return [int(f) for f in np.flatnonzero(alive)]


def forces_at(view: View, hex_: HexIndex) -> list[ForceId]:
    """Forces in a hex, the largest first."""
    here = [f for f in in_play(view) if int(view.tables.force_i[force.HEX, f]) == hex_]
    return sorted(here, key=lambda f: (-int(view.tables.force_i[force.MEN, f]), f))


def hostile(view: View, other: int) -> bool:
    """Whether the side's leading faction is at war with a faction."""
    return other != NO_FACTION and any(int(view.tables.stance[own, other]) == 0 for own in view.side.factions)


def force_tip(view: View, facts: ForceFacts) -> Tip:
    """The tooltip of a force."""
    info = view.setting.forces[facts.id]
    own = view.is_own(facts.faction)
    rows = [("Men", thousands(facts.men)), ("of establishment", thousands(facts.start_men))]
    if not own:
        rows = [("Men, estimated", about(facts.men))]
    if facts.tanks:
        rows.append(("Tanks and carriers", str(facts.tanks)))
    if facts.guns:
        rows.append(("Guns of 76 mm and up", str(facts.guns)))
    if own:
        rows += [
            ("Quality (1 = PAVN main force 1978)", f"{facts.quality:.2f}"),
            ("Cohesion", percent(facts.cohesion)),
            ("Fatigue", percent(facts.fatigue)),
            ("Supply in hand", f"{facts.days:.1f} days"),
        ]
    elif facts.seen_hour != NEVER:
        rows.append(("Last seen", full_day(view.setting.date_of(facts.seen_hour))))
    source = f"Order of battle, confidence {info.confidence} of 4. {info.status}".strip()
    if info.sources:
        source += " Sources: " + ", ".join(info.sources)
    return Tip(facts.name, STATUS_WORDS[facts.status], tuple(rows), source)


@dataclass(frozen=True)
class SideFigures:
    """The figures of the top bar."""

    will: float
    men: int
    establishment: int
    """Men that the formations in play have room for."""
    start_men: int
    """Men in play at the start."""
    stocks_kg: int
    lift: float
    lift_used: float
    sorties: int
    weariness: float
    money: float
    """US$ m at hand, of those of the side's factions that keep accounts."""
    income: float
    """US$ m that came in last month less what was spent."""
    moved: tuple[tuple[str, float], ...]
    """What moved money last month, US$ m, the largest first."""
    keeps: bool
    """Whether any of them keeps accounts."""


def side_figures(view: View) -> SideFigures:
    """Sums over the side's factions."""
    t = view.tables
    own = list(view.side.factions)
    forces = [f for f in in_play(view) if view.is_own(int(t.force_i[force.FACTION, f]))]
    depots = [d for d in range(t.depot_i.shape[1]) if int(t.depot_i[depot.FACTION, d]) in own]
    return SideFigures(
        will=float(t.faction_f[faction.WILL, own[0]]),
        men=sum(int(t.force_i[force.MEN, f]) for f in forces),
        establishment=sum(int(t.force_i[force.START_MEN, f]) for f in forces),
        start_men=sum(int(t.faction_i[faction.START, k]) for k in own),
        stocks_kg=sum(int(t.depot_i[depot.STOCK_KG, d]) for d in depots),
        lift=sum(float(t.faction_f[faction.LIFT_TKM, k]) for k in own),
        lift_used=sum(float(t.faction_f[faction.LIFT_USED, k]) for k in own),
        sorties=sum(int(t.force_i[force.SORTIES, f]) for f in forces),
        weariness=float(t.faction_f[faction.WEARINESS, own[0]]),
        money=sum(float(t.faction_f[faction.MONEY, k]) for k in own),
        income=sum(float(t.faction_f[faction.INCOME, k] - t.faction_f[faction.OUTLAY, k]) for k in own),
        moved=_money_moved(t.faction_f[:, own].sum(axis=1)),
        keeps=any(bool(view.setting.cast.means.keeps[k]) for k in own),
    )


def _money_moved(column: npt.NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
    parts = (
        ("Taxes", column[faction.TAXES]), ("Gems and timber", column[faction.TRADED]),
        ("Patrons' aid", column[faction.AIDED]), ("Means of its own", column[faction.BUDGETED]),
        ("Spent", -column[faction.OUTLAY]),
    )  # fmt: skip
    return tuple((name, float(v)) for name, v in sorted(parts, key=lambda part: -abs(part[1])) if v)


def ground_words(setting: Setting, hex_: HexIndex, season: Season) -> str:
    """'Rice plain, flooded · town'."""
    m = setting.map
    parts = [TERRAIN_WORDS[Terrain(int(m.terrain[hex_]))]]
    relief = RELIEF_WORDS[Relief(int(m.relief[hex_]))]
    if relief:
        parts.append(relief)
    flood = Flood(int(m.flood[hex_]))
    if flood is not Flood.NONE:
        wet = {Flood.FLOODED: "fields under water", Flood.LAKE: "part of the lake"}[flood]
        parts.append(wet if season is Season.WET else "dry; flooded in the wet season")
    return ", ".join(parts)


def road_words(setting: Setting, hex_: HexIndex) -> str:
    """Best road and railway that touch the hex."""
    m = setting.map
    road = Road(int(m.road[hex_].max()))
    rail = Rail(int(m.rail[hex_].max()))
    words = ROAD_WORDS[road]
    if rail is not Rail.NONE:
        words += ", railway" if rail is Rail.OPERATING else ", railway cut"
    return words


def river_words(setting: Setting, hex_: HexIndex) -> str:
    """Rivers along the hex's edges: 'great river E, NE (ferry)'."""
    m = setting.map
    parts: list[str] = []
    for grade in (River.GREAT, River.MAJOR, River.MINOR):
        sides = [d for d in range(6) if int(m.river[hex_, d]) == grade]
        if sides:
            means = {Crossing(int(m.crossing[hex_, d])) for d in sides} - {Crossing.NONE}
            tail = f" ({', '.join(c.name.lower() for c in sorted(means))})" if means else ""
            parts.append(f"{RIVER_WORDS[grade]} {', '.join(COMPASS[d] for d in sides)}{tail}")
    return "; ".join(parts) or "none"


def control_of(view: View, hex_: HexIndex) -> int:
    """Faction last known in control."""
    return int(view.tables.hex_i[hexc.CONTROL, hex_])


def firmness_words(hold: float) -> str:
    return "firm" if hold >= 0.75 else "settling" if hold >= 0.4 else "slipping"


def season_words(season: Season) -> tuple[str, str]:
    """Name of the season and what it means on the ground."""
    if season is Season.DRY:
        return "Dry season", "roads firm, lake falling"
    return "Wet season", "mud, fields flooded"


def hex_value(view: View, hex_: HexIndex, column: int) -> float:
    """A real column of the hex table."""
    return float(view.tables.hex_f[column, hex_])


def works_words(level: float) -> str:
    return WORKS_WORDS[min(3, int(level + 0.25))]


def value_colour(value: float, good_up: bool = True) -> Rgb:
    """Colour of a change: better, worse or neither."""
    if round(value) == 0:
        return TEXT
    return GOOD if (value > 0) == good_up else BAD
