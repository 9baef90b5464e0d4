"""The numbers of the rulebook, by chapter. Types and names are here; the values, with unit, range, source and
confidence for each, are in `scenarios/rulesets/*.yaml`, and a scenario may override them by name.

A chapter holds floats and rows of floats. The index of a row is named in its comment.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import numpy as np

from game.core.bundles import Row, bundle
from game.core.ruleset_diplomacy import AssemblyRules, BargainRules, RelationRules
from game.core.ruleset_economy import EconomyRules, ManpowerRules
from game.core.ruleset_guerrilla import GuerrillaRules, MineRules
from game.core.ruleset_people import CampRules, HarvestRules, SupportRules
from game.core.ruleset_politics import FractureRules, PeaceRules, UnityRules

Chapter = TypeVar("Chapter")


@bundle
class MoveRules(NamedTuple):
    """Chapter 3, movement."""

    march_foot: Row  # km/day by ids.Surface
    march_motorised: Row
    march_tracked: Row
    march_boat: Row
    march_amphibious: Row
    wet_foot: Row  # factor in the wet season by ids.Surface
    wet_wheels: Row
    wet_boat: Row
    ford_hours: Row  # by ids.River: to cross without ferry or bridge
    ferry_hours: Row  # by ids.River
    bridge_hours: Row  # by ids.River
    room_open: float  # men that find room in an open hex of the reference width
    room_rough: float
    room_overfull: float  # how far a force in retreat may overfill a hex
    reference_km: float  # the hex width that room is stated for
    near_enemy: float  # factor on the march rate beside an enemy
    march_fatigue: float  # fatigue per day of marching
    wet_river: float  # factor on fords and ferries in the wet season
    flood_foot: float  # factor off the road in flooded fields in the wet season, on foot
    flood_wheels: float  # the same for wheels and tracks
    lake_foot: float  # km/day by local craft where the lake covers its shores
    lake_wheels: float  # the same for vehicles, on rafts
    lake_low: float  # factor on boats where the lake has left its bed


@bundle
class SupplyRules(NamedTuple):
    """Chapter 4, supply."""

    need_idle: Row  # kg per man and day by ids.Arms
    need_march: Row
    need_fight: Row
    fuel_tank: float  # kg per vehicle and day on the move or in battle
    shells_gun: float  # kg per tube and day of battle
    carried_days: float  # days of need that a force carries when full
    road_t_dry: Row  # t/day by ids.Road, index 0 = trail by porters
    road_t_wet: Row
    rail_t: float  # t/day over an operating line
    rail_break: float  # damage at which no train passes
    road_cost: Row  # cost per km of haul by ids.Road, index 0 = trail, relative to a primary road
    rail_cost: float  # the same for an operating railway
    ford_km: float  # haul that a river without crossing adds, per class above minor
    ferry_km: float  # haul that a ferry adds
    thin_t: float  # stock below which a depot counts as running low, t
    thin_km: float  # haul by which an empty depot counts as farther away
    full_days: float  # days of handing out that a depot has room for
    forward_t: float  # stock up to which a forward depot is filled, t
    haul_limit_km: float  # longest haul from a depot, in km of primary road
    wet_lift: float  # factor on road transport in the wet season
    forage_regular: float  # share of idle need that regulars find in populated country
    forage_bands: float  # the same for bands
    forage_people: float  # people per man at which forage is full
    interdict: float  # share of a convoy lost per 100 active enemy men and 100 km
    captured_share: float  # share of a depot's stock that falls to the captor; the rest is burnt or looted
    hunger_days: float  # days over which unmet need is felt
    mend_days: float  # days to mend a road that is cut
    starving_after: float  # HUNGER above which men begin to leave


@bundle
class SightRules(NamedTuple):
    """Chapter 5, visibility."""

    near_rate: float  # chance per day to detect an open force from a neighbouring hex
    far_rate: float  # from two hexes away
    air_rate: float  # by air reconnaissance within range
    cover: Row  # concealment by ids.Terrain, 0..1
    hidden: float  # factor on detection of forces that lie hidden
    size_men: float  # men at which detection is as stated
    error: float  # standard deviation of an estimate of strength, relative
    error_least: float  # the least share of a force's men that an estimate reports
    typical_quality: float  # quality assumed of an enemy
    typical_cohesion: float  # cohesion assumed of an enemy
    typical_unity: float  # unity assumed of others' leaders
    fade_days: float  # days after which a sighting no longer counts
    air_reach_km: float


@bundle
class CombatRules(NamedTuple):
    """Chapter 6, combat."""

    loss_attacker: float  # share a day at equal odds, a division on flat ground
    loss_defender: float
    cap_attacker: float  # most that a day can cost
    cap_defender: float
    size_reference: float  # men at which the size factor is 1
    size_exponent: float
    size_low: float
    size_high: float
    odds_exponent: float
    odds_low: float
    odds_high: float
    intensity_attack: float
    ground_loss: Row  # loss factor by ids.Relief
    cover_loss: Row  # divisor of the defender's loss by posture hasty..fortified
    ground_power: Row  # defender's power factor by ids.Terrain
    relief_power: Row  # defender's power factor by ids.Relief
    posture_power: Row  # by ids.Posture
    works_prepared: float  # works at which a force that holds counts as prepared, levels of force.DUG_IN
    works_fortified: float
    landing_power: float  # defender's power factor when every attacker lands from the sea
    river_power: Row  # defender's power factor by ids.River when every attacker crosses it
    men_arms: Row  # weight of a man by ids.Arms
    tank_men: float  # men-equivalents
    gun_men: float
    sortie_men: float
    tank_ground: Row  # share of armour that can act by ids.Surface
    supply_floor: float  # power of a force without supplies
    cohesion_power: float  # share of power that lost cohesion takes
    morale_least: float  # morale of the most shaken force, for hazards
    fatigue_power: float  # share of power that full fatigue takes
    width_open: float  # men a side that find room to fight in a hex of the reference width, open ground
    width_rough: float
    width_side: float  # share of that for each side of the hex that is attacked from, beyond the first
    fortune: float  # standard deviation of a day's luck on the ratio of power
    fortune_least: float  # the worst day's luck
    advance_odds: Row  # lower bounds of the power ratio classes
    advance_hasty: Row  # km/day by class of ratio
    advance_prepared: Row
    advance_fortified: Row
    advance_relief: Row  # factor by ids.Relief
    break_base: float  # hazard per day of the defender's breaking
    break_loss: float  # per share of men lost that day
    break_turned: float
    break_neighbour: float
    break_reserve: float
    break_supply: float
    break_attacker: float  # factor for attackers, who break off rather than break
    give_way_odds: float  # ratio at which a defender told to delay gives way
    give_way_share: float  # share of the hex's width that it yields before it does
    tired: float  # fatigue per day of battle
    surprise_first: float  # factor of a force that the enemy had not seen near
    surprise_days: float  # days in which surprise fades
    air_reach_km: float
    air_battle_share: float  # largest share of a faction's sorties over one battle
    killed_share: float  # share of battle losses that die
    tank_loss: float  # share of vehicles lost per share of men lost
    gun_loss: float
    ambush_hours: float  # length of an ambush
    ambush_column: float  # share of the column lost per ambusher and man of the column, per hour; Deitchman's a
    ambush_ambusher: float  # area fire's rate; Deitchman's b/A
    ambush_room: float  # men at most that an ambush can engage
    ambush_most: float  # largest share of either side that one ambush hits
    ambush_fire: float  # largest ratio of column to ambushers that adds to the column's fire
    ambush_rest: float  # hours between two strikes of a party
    raid_kg: float  # kg destroyed per raider and day
    raid_cut: float  # road damage per 1,000 raiders and day
    wet_air: float  # share of air sorties that the wet season lets fly


@bundle
class RetreatRules(NamedTuple):
    """Chapter 6, second part: retreat, pursuit, surrender."""

    pursuit_loss: float  # share of a broken force killed or captured per day in reach of pursuers
    pursuit_scatter: float  # share scattered per day in reach of pursuers
    pursuit_guns: float  # share of heavy weapons left behind per day
    rough_factor: float  # factor on these in forest or hills
    captured_share: float  # of the loss in pursuit, captured and not killed
    surrender_share: float  # share that lays down arms when no way back is open
    scatter_no_way: float  # share of the rest that slips away
    enemy_detour: float  # hours of extra way that a retreat makes to keep out of an enemy's reach
    rout_days: float  # days out of contact before a force can rally
    rally_rate: float  # chance per day to rally once out of contact, at full cohesion
    rout_cohesion: float  # cohesion left after a break, as a factor
    sweep_loss: float  # share of bands lost per day when found by a superior force in their hex
    sweep_days: float  # days for which bands once found stay found
    sweep_ratio: float  # superiority at which that holds in full
    bands_below: float  # cohesion under which a broken force disperses into bands
    bands_keep: float  # share of men who stay together as bands; the rest straggle


@bundle
class MoraleRules(NamedTuple):
    """Chapter 8, morale."""

    desert_month: float  # share a month, base
    desert_firm: float  # the rate goes with this less cohesion
    desert_far: float
    desert_hungry: float
    desert_defeat: float
    defeat_days: float  # days after a fight for which defeat is recent
    starve_month: float  # share a month added at full hunger
    sick_month_dry: float  # share a month lost to disease and exhaustion on campaign
    sick_month_wet: float
    recover_rest: float  # half-life in days of lost cohesion, rested and fed
    recover_field: float
    refresh_rest: float  # half-life in days of fatigue at rest
    refresh_field: float
    dig_hasty_days: float  # days to hasty, prepared, fortified works
    dig_prepared_days: float
    dig_fortified_days: float
    straggler_return: float  # share a day of stragglers who reach a base area
    straggler_home: float  # share a day who go home instead
    reform_men: float  # men at which bands in a base area count as a formed force again
    reform_days: float  # half-life of the gap to the establishment's cohesion while re-forming
    hospital_return: float  # share a day of the wounded who return
    hospital_lost: float  # share a day who are discharged or die
    will_weight: float  # share of morale that political will makes
    sick_quarters: float  # factor on sickness of a fed force in quarters at home
    sick_shelter: float  # factor on sickness of insurgents who are fed, in a base area or sanctuary
    quarters_days: float  # days without battle after which it is
    quarters_hunger: float  # hunger below which it is fed
    desert_unpaid: float  # added when men are not paid at all


@bundle
class ControlRules(NamedTuple):
    """Chapter 9, control."""

    garrison_men: float  # men that hold a hex of the reference width against bands
    neighbour_weight: float  # weight of troops in a neighbouring hex
    bands_weight: float  # weight of men in bands
    overawe_ratio: float  # superiority at which control begins to slip
    overawe_men: float  # weighted men needed to overawe a hex
    slip_days: float  # days for firm control to slip away
    firm_days: float  # days for new control to become firm


@bundle
class PeopleRules(NamedTuple):
    """Chapter 9, population: first form."""

    flee_battle: float  # share of inhabitants who flee per day of battle
    flee_rout: float  # share who leave with a force that breaks there
    dead_low: float  # civilian dead per soldier lost in a populated hex: low estimate
    dead_high: float
    crowd_people: float  # people in the hex at which these are as stated
    return_days: float  # half-life in days of displacement once the hex is quiet
    labour_month: float  # share of those ruled who are sent a month to seal the border, at full policy
    labour_low: float  # of these, dead of sickness and mines: low estimate
    labour_high: float


@bundle
class PoliticsRules(NamedTuple):
    """Chapter 12, political will: first form."""

    will_per_loss: float  # points lost per share of all its men killed or captured
    will_land: float  # points per share of its places' value lost, regained when retaken
    will_capital: float  # points lost with the seat of government
    will_drift: float  # points a day back towards the resting level
    will_told: float  # change in an impulse that is put on record
    will_rest: float  # resting level while at war


@bundle
class Ruleset(NamedTuple):
    """All chapters."""

    move: MoveRules
    supply: SupplyRules
    sight: SightRules
    combat: CombatRules
    retreat: RetreatRules
    morale: MoraleRules
    control: ControlRules
    people: PeopleRules
    support: SupportRules
    harvest: HarvestRules
    camps: CampRules
    politics: PoliticsRules
    economy: EconomyRules
    manpower: ManpowerRules
    unity: UnityRules
    fracture: FractureRules
    peace: PeaceRules
    relations: RelationRules
    bargain: BargainRules
    assembly: AssemblyRules
    guerrilla: GuerrillaRules
    mines: MineRules


CHAPTERS: dict[str, type] = {
    "move": MoveRules,
    "supply": SupplyRules,
    "sight": SightRules,
    "combat": CombatRules,
    "retreat": RetreatRules,
    "morale": MoraleRules,
    "control": ControlRules,
    "people": PeopleRules,
    "support": SupportRules,
    "harvest": HarvestRules,
    "camps": CampRules,
    "politics": PoliticsRules,
    "economy": EconomyRules,
    "manpower": ManpowerRules,
    "unity": UnityRules,
    "fracture": FractureRules,
    "peace": PeaceRules,
    "relations": RelationRules,
    "bargain": BargainRules,
    "assembly": AssemblyRules,
    "guerrilla": GuerrillaRules,
    "mines": MineRules,
}
"""Chapter name in the YAML -> its type."""


def make_chapter(kind: type[Chapter], values: Iterable[float | tuple[float, ...]]) -> Chapter:
    """A chapter of these values, in the order of its fields."""
    return kind(*(_row(v) if isinstance(v, tuple) else float(v) for v in values))


def _row(values: tuple[float, ...]) -> Row:
    row = np.array(values, np.float64)
    row.flags.writeable = False
    return row
