"""The numbers of chapter 10; see `game.core.ruleset`."""

from typing import NamedTuple

from game.core.bundles import Row, bundle


@bundle
class EconomyRules(NamedTuple):
    """Chapter 10, first part: money, aid, corruption."""

    tax_head: float  # US$ a head and year that full taxation takes where control is firm and nobody lacks food
    pay_man: Row  # US$ a man and month by ids.FactionClass, where the scenario does not say
    upkeep_man: float  # US$ a man and month for food bought, clothing and small arms
    upkeep_tank: float  # US$ a vehicle and month
    upkeep_gun: float  # US$ a tube and month
    civic_head: float  # US$ a head and year of full civic work
    militia_head: float  # US$ a head and year of full armament of villages
    political_head: float  # US$ a head and year of full political work
    seal_km: float  # US$ thousand a km and month of a border sealed in full
    aid_money: float  # share of aid that comes as money; the rest as arms and stores
    kits_aid: float  # men equipped per US$ m of arms and stores
    lift_aid: float  # tonne-km a day of road transport kept up per US$ m a year of arms and stores
    lift_days: float  # half-life of the gap to the transport that can be kept up
    arrears_most: float  # months of pay owed that anybody still counts on
    back_pay: float  # share of what is owed that is paid a month when there is money
    unpaid_months: float  # months of arrears that count as unpaid altogether
    keep_months: float  # months of what an army costs that are kept in reserve
    hoard_month: float  # share of a hoard beyond that which is lost a month under full corruption
    arms_price: float  # US$ for a man's arms on the market
    corrupt_unpaid: float  # corruption added when unpaid
    corrupt_trade: float  # corruption added per share of income from gems and timber
    corrupt_civic: float  # corruption kept down by full civic work: oversight
    corrupt_days: float  # half-life of the gap to where corruption is going


@bundle
class ManpowerRules(NamedTuple):
    """Chapter 10, second part: men and arms."""

    call_month: float  # share of the people who are called up a month at full conscription
    call_least: float  # share of those called who come where nobody supports the faction
    call_ceiling: float  # most of the people under arms at full conscription, share
    pool_share: float  # men in training and waiting beyond vacancies, share of those under arms
    volunteer_month: float  # share of its supporters in reach who volunteer a month
    camp_month: float  # share of the people of its camps who volunteer a month
    no_sanctuary: float  # factor on volunteers without sanctuary across a border
    train_days: float  # mean length of training
    leak_month: float  # share of the men in training who go home a month
    fill_month: float  # share of its establishment that a formation takes in a month
    fill_quiet_days: float  # days without battle before it does
    fill_hunger: float  # hunger from which on it does not
    recruit_quality: float  # quality of a recruit as a share of his formation's at its establishment
    recruit_cohesion: float  # cohesion of recruits with the others, 0..1
    learn_days: float  # half-life of the gap to the establishment's quality
    veteran: float  # quality beyond that which a month with fighting can lead to
    raise_share: float  # share of the establishment with which a formation is raised
    raise_days: float  # from raising to its coming into play
    raise_cohesion: float  # cohesion of a formation that is raised, 0..1
    rebuild_days: float  # from the end of a formation to the day on which it can be raised again
    disband_share: float  # share of the establishment below which a formation that nobody can fill is disbanded
    disband_arrears: float  # months of arrears from which on formations go home
    arms_left_sick: float  # share of the sick and discharged whose arms stay with the army
    arms_left_gone: float  # share of deserters whose arms stay with the army
    arms_taken: float  # share of captured or fallen enemies whose arms are taken
    defect_month: float  # share of an enemy's men in reach who take a full amnesty a month
    defect_most: float  # most a month
    defect_unpaid: float  # added when unpaid
    defect_hungry: float  # added when hungry
    defect_split: float  # added when its leaders do not hold together
    defect_join: float  # share of those who come over who take service; the rest go home
    amnesty_man: float  # US$ a man who comes over
