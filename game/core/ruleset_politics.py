"""The numbers of chapters 12 and 13: weariness and unity, fracture and allegiance, the peace process."""

from typing import NamedTuple

from game.core.bundles import bundle


@bundle
class UnityRules(NamedTuple):
    """Chapter 12, war weariness and unity."""

    weary_war: float  # points a month while at war
    weary_losses: float  # points per hundredth of the men who bear the war lost in a month
    weary_pool: float  # share of the people who bear the war beside those under arms
    weary_arrears: float  # points a month per month of pay owed
    weary_abroad: float  # points a month with the whole army abroad
    weary_peace: float  # points a month by which it falls in peace
    weary_fade: float  # share a month by which people grow used to it
    weary_will: float  # share of will's resting level that full weariness takes
    arrears_most: float  # months of pay owed beyond which it grows no worse
    memory: float  # months after which half of what was counted on is forgotten
    aid_least: float  # aid whose end is felt, US$ m a month
    unity_defeat: float  # unity lost with all the land counted on
    unity_success: float  # unity won with as much again
    unity_patron: float  # unity lost when all aid ends
    unity_arrears: float  # unity lost at arrears_most
    unity_revenue: float  # unity lost when all income is from regional trade
    unity_regional: float  # unity lost when all men stand under one regional command
    unity_weary: float  # unity lost at full weariness
    unity_threat: float  # unity that an enemy far stronger restores
    unity_half: float  # months in which unity goes half the way to where its causes put it
    purge_half: float  # months in which a purge's after-effect halves


@bundle
class FractureRules(NamedTuple):
    """Chapter 12, fracture, defection, merger and coalition."""

    split_hazard: float  # chance a month per unit of disunity above split_least
    split_least: float  # disunity below which nobody breaks away
    split_men: float  # men without whom a command does not break away
    split_purged: float  # share of its men that a command has lost where a purge alone drives it away
    split_follow: float  # share of the parent's supporters who follow where the command rules
    split_enmity: float  # points of relation that a break costs
    split_unity: float  # unity of the new faction
    found_camps: float  # share of the people in the border camps who join a faction that is founded
    found_most: float  # men at most who join from the camps, however many people are in them
    found_land: float  # share of the people under its sponsor's rule who join
    found_kits: float  # men armed by the sponsor, per man who joins, as far as its store goes
    defect_hazard: float  # chance a month per unit of grievance above defect_least
    defect_least: float  # grievance below which no formation goes over
    defect_unpaid: float  # grievance at arrears_most months of pay owed
    defect_patron: float  # grievance when all aid has ended
    defect_disunity: float  # grievance when unity is gone
    defect_odds: float  # grievance when overawed
    defect_firm: float  # grievance that full cohesion takes away
    defect_shaken: float  # factor on the cohesion of a formation that goes over
    return_hazard: float  # chance a month that one goes back, per unit of its new side's arrears and disunity
    quarrel_hazard: float  # chance a month of a quarrel between partners, per unit of inequality
    quarrel_points: float  # points of relation that a quarrel costs
    quarrel_end: float  # relation below which a coalition ends


@bundle
class PeaceRules(NamedTuple):
    """Chapter 13, the peace process."""

    ripe_weary: float  # weight of weariness in ripeness
    ripe_stale: float  # weight of a stalemate
    ripe_press: float  # weight of patrons' pressure
    ripe_least: float  # ripeness from which a party talks
    stale_share: float  # share of the land's value won or lost at which nothing is stale
    thaw_from: float  # mean relation of opposed patrons at which pressure begins
    thaw_full: float  # and at which it is full
    talks_hazard: float  # chance a month that talks open once all are ripe
    round_chance: float  # chance a month that a round is held
    talks_off: float  # chance a month that talks break off, per unit of ripeness lacking
    draft_rounds: float  # rounds before a draft is on the table
    deploy_months: float  # months from the accord until the mission is there
    answer_months: float  # months in which a party may answer whether it disarms
    canton_share: float  # share of its men that a party cantons in a month
    canton_alone: float  # factor on that while another has refused
    demobilise: float  # share of the cantoned who go home in a month
    adult_share: float  # share of the people who may vote
    register_share: float  # share of those not yet registered who register in a month
    register_least: float  # share registered without which there is no vote
    mission_months: float  # least months of the mission before the vote
    mission_most: float  # months after which a mission without a vote has failed
    turnout: float  # share of the registered who vote where it is safe
    turnout_fear: float  # share of these who stay away where armed men who refused are masters
    turnout_rule: float  # share of these who stay away where a party that runs for election rules by fear
    undecided: float  # share of those without a preference who vote, for each party alike
    majority: float  # share of the seats that a government needs
    crisis_hazard: float  # chance that a loser who holds the land contests the vote, per share of the land
    crisis_war: float  # chance that this ends the accord
    form_months: float  # months from the vote to the government
    outlaw_months: float  # months of government before those who stayed armed are outlawed
    pardon_months: float  # months from a pardon until the pardoned are part of the army
    autonomy: float  # hundredths of autonomy from which a pardoned party keeps its men and land
    join_share: float  # chance a month that a formation of the partner passes into the common army
    breakdown: float  # chance a month that partners fight, per unit of unequal power and enmity
    collapse_months: float  # months until a failed accord is forgotten
