"""The numbers of chapter 9 about people: support, harvest, flight and camps. See `core.ruleset`."""

from typing import NamedTuple

from game.core.bundles import Row, bundle


@bundle
class SupportRules(NamedTuple):
    """Chapter 9, security, support and collaboration."""

    secure_days: float  # time constant of security
    quiet_days: float  # days without fighting at which quiet counts half
    quiet_most: float  # days up to which quiet is counted
    secure_hold: float  # share of security that firm control gives; guards give the rest
    guard_ratio: float  # men per inhabitant at which a hex is fully guarded
    guard_least: float  # men that it takes at least
    patrol_weight: float  # further weight of a force on patrol, on its hex and those beside
    militia_guard: float  # guard that armed villages give, at full policy
    threat_weight: float  # share of security lost where enemies of the holder outnumber his men by far
    drift_month: float  # share of the gap to its target that support closes a month with nobody about
    drift_held: float  # the same added under firm control
    drift_guarded: float  # the same added under full guard
    gain_control: float  # share of people who come to prefer whoever rules firmly
    gain_security: float  # per unit of security above or below one half
    gain_civic: float  # per unit of the policy, without corruption
    cost_corruption: float
    gain_political: float  # at full political work with men about
    political_men: float  # men about at which it works by half
    cost_tax: float
    cost_draft: float
    cost_seal: float
    cost_fighting: float  # for those whose troops fought here this month
    fighting_men: float  # men at which that counts half
    cost_want: float  # for whoever rules a hungry land
    cost_foreign: float  # for the friends of foreign troops who stand here; part of it goes to their enemies
    foreign_ratio: float  # foreign men per inhabitant at which this counts half
    foreign_shift: float  # share of cost_foreign that the enemies of foreign troops gain
    foreign_stay: float  # points of relations lost to their presence at which foreign troops weigh double
    gain_relief: float  # for whoever lets relief through, at full relief
    told: float  # change of a movement's share of the country in a month that goes on record
    tips_base: float  # what people tell whoever holds them firmly, whatever they think of him
    tips_enemy: float  # how much of a friend's word gets out from under an enemy's firm hold


@bundle
class HarvestRules(NamedTuple):
    """Chapter 9, food."""

    ha_per_head: float  # ha that a head of the people present can farm
    yield_t: float  # t of paddy per ha and year
    milled: float  # milled rice per paddy
    kept: float  # share left after seed and loss
    dry_share: float  # of a year's crop
    plant_first: float  # month in which planting of the wet-season crop begins, 1..12
    plant_months: float  # months that it takes
    cut_first: float  # month in which it begins to be cut
    cut_months: float  # months that this takes; in the last of them the dry-season crop is planted
    dry_first: float  # month in which the dry-season crop begins to be cut
    dry_months: float  # months that this takes
    need_kg: float  # milled rice a head and year
    coping: float  # share of the need that fish, roots and gardens meet
    safe_plant: float  # security at which all fields are planted
    contested_plant: float  # factor on planting and on the crop cut where armies contend
    mines_half: float  # mines scattered per km2 at which half of the fields lie idle
    labour_seal: float  # share of labour that sealing the border takes, at full policy
    labour_draft: float  # share that conscription takes, at full policy
    labour_want: float  # share that hunger takes, at full want
    spoil_stock: float  # share of the stocks lost when an enemy takes the land
    spoil_crop: float  # share of the crop in the fields lost then
    market_month: float  # share of what is to spare that comes to market in a month
    market_road: Row  # share of trade that gets through, by ids.Road
    ration_least: float  # share of the need that people eat while stocks last, however far off the harvest
    want_days: float  # time constant of want
    forage_kg: float  # food that a man under arms takes from the people, kg a day
    relief_road: Row  # share of relief that gets through, by ids.Road
    relief_danger: float  # share of relief that gets through where there is no security
    starve_want: Row  # want, and
    starve_month: Row  # share of hungry people who die of it a month
    starve_low: float  # of that, low estimate
    starve_high: float
    born_year: float  # natural increase of people not in want, a year


@bundle
class CampRules(NamedTuple):
    """Chapter 9, flight, camps, return."""

    leave_month: float  # share of people who would leave a place of utter danger and hunger a month
    push_danger: float  # exponent per unit of security lacking
    push_want: float  # exponent per unit of want above the least at which people die of it
    push_mines: float  # the same at mines_half
    safe_enough: float  # security from which nobody leaves for want of it
    flight_km: float  # distance over which the number who make it falls by e
    road_pull: float  # more people go where there is a road, per class of it
    town_pull: float  # draw of a town, as security
    camp_pull: float  # draw of a camp with full rations, as security
    ration_kg: float  # relief in a camp, kg a head and day
    camp_coping: float  # share of the need met otherwise
    evacuate_in: float  # share of a camp moved after fighting in its hex
    evacuate_beside: float  # after fighting beside it
    shut_days: float  # days without fighting before a camp that was left may open again
    return_peace: float  # share who go home a month after an accord
    return_war: float  # the same in war, to safe country
    home_safe: float  # security from which people go home
    told: float  # people who go home from a camp in a month above which it is on record
