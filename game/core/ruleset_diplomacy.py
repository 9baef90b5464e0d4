"""The numbers of chapter 11, diplomacy: relations and treaties, bargaining, the assembly."""

from typing import NamedTuple

from game.core.bundles import Row, bundle


@bundle
class RelationRules(NamedTuple):
    """Chapter 11, first part: relations and treaties."""

    fade_years: float  # years in which two thirds of what history and events left fade
    war_floor: float  # points that a long war takes
    war_in: float  # months in which hatred grows
    war_out: float  # months in which it heals
    aid_most: float  # points that aid gives at most
    aid_half: float  # US$ a year and man under arms that give half of them
    aid_men: float  # men under arms by whom aid is divided at least
    terms: Row  # points of a treaty in force by ids.Term, from the first
    terms_most: float  # points that treaties give together at most
    broken: float  # points that a broken treaty takes
    broken_years: float  # years in which that is forgotten
    border_most: float  # points that trespassers and harboured enemies take at most
    border_men: float  # men across the border that take half of them
    friends: float  # points of a friend or enemy in common whom both feel about in full
    friends_most: float  # points that friends and enemies in common give or take at most
    friends_men: float  # men under arms of a third who counts half
    presence_most: float  # points that a foreign army next door takes at most, where fear is full
    presence_men: float  # men abroad that take half of them
    guest: float  # share of that which a host feels who let them in
    pace: float  # months in which the other bonds move two thirds of the way
    told: float  # points of change that go on record
    answer_months: float  # months for which a proposal stays open
    threat_months: float  # months within which a threat is to be carried out
    threat_will: float  # points of political will that an empty threat costs
    hostile: float  # relation below which peace stays unfriendly
    stay_share: float  # share of the men to be withdrawn that may be left at the end
    aid_kept: float  # share of the aid promised below which the promise has ended


@bundle
class BargainRules(NamedTuple):
    """Chapter 11, second part: what a deal is worth to whom. Points; about a hundred is all that can be had."""

    noise: float  # points by which judgement goes astray: the logistic's scale
    relation: float  # weight of the relation, points at 100
    enemies: float  # points of the worst enemy in common
    enemy_least: float  # how far an enemy in the field counts as one at least
    danger: float  # points of a foreign army of any size next door, where fear is full
    danger_men: float  # men abroad who are half of that
    revenge: float  # points of the fear of a stronger enemy's revenge, where fear is full
    sanctuary: float  # what it costs a host to shelter foreign troops
    access: float  # what it costs to let them pass and build on its land
    alliance: float  # what it costs to be bound by an alliance
    entangled: float  # points of the partner's wars, if they are all that it has to fight
    need: float  # what help is worth to one at war
    need_peace: float  # share of that in peace
    purse: float  # points that aid of the whole purse costs
    purse_empty: float  # factor on that for one who has nothing to give
    rivalry: float  # points of spiting the rival behind the enemy
    war_cost: float  # what going on with a war costs the unwearied
    weary: float  # weariness at which that is double
    stalemate: float  # points of a long war that neither side can win
    hope: float  # chance that a movement with sanctuary and patrons sees at least against a foreign army
    handover_months: float  # months in which a departing army's friends take over two thirds of what it holds
    stake_least: float  # stake that anybody has in his own war at least
    pardon_gain: float  # share of the stake that full autonomy is to those who are pardoned
    pardon_cost: float  # what it costs whoever pardons
    trust_alone: float  # credibility of a deal that nobody guarantees
    trust_talks: float  # while talks are held
    trust_guarded: float  # under a mission
    trust_broken: float  # credibility lost by each treaty that the other broke
    honour: Row  # what it costs at home to grant a term, by ids.Term, from the first
    pressure: float  # points of patrons who pay for all and agree in full with the other side's
    press_help: float  # share of it where a client is to shelter another or let him pass
    press_friend: float  # share of it with which a friend who pays another asks for him
    common_aid: float  # US$ m a year to a partner that give a common patron half of his influence
    common_like: float  # influence of a common friend who pays nobody
    common_most: float  # influence of all common patrons at most
    isolation: float  # points of sanctions by all who have purses
    spoiler_total: float  # points that a deal takes from one who wants all and is paid for it
    spoiler_greedy: float  # the same from one who wants more
    spoiler_alone: float  # share of these that is left without a patron
    spoiler_aid: float  # US$ m a year that bring back half of the rest
    spoiler_trust: float  # factor on the credibility of one who wants all
    seat: float  # what a share of the seat at the United Nations is worth
    creed: float  # points of opposite creeds
    effective: float  # what it counts for recognition to hold the capital
    recognised_now: float  # share of the relation with whom one recognises now that speaks against a change
    imposed: float  # what it counts against a government that foreign troops keep
    market: float  # what trade is worth
    threat: float  # points of a threat by one far stronger
    ally_share: float  # share of an ally's men that counts though it is not at war


@bundle
class AssemblyRules(NamedTuple):
    """Chapter 11, third part: the annual vote."""

    lean: float  # weight of the leaders' relations
    occupied: float  # weight of foreign troops who keep a government
    troops: float  # men at which they weigh half
    record: float  # weight of the claimant's record
    partners: float  # share of a stained record that partners in a coalition cover
    law: float  # weight of the seat's holder being the holder
    margin: float  # score either way from which half of a bloc votes so
    spread: float  # score over which a bloc's votes are spread
    hopeless: float  # margin of votes after which the seat is not contested again
    session: float  # month of the vote, 1..12
    recognise: float  # score from which a bloc's leaders recognise the holder
    resolve: float  # weight of foreign troops in the resolution on withdrawal
    standing: float  # points of relations with each who voted so that the vote leaves
    will: float  # points of will that a vote of all for its withdrawal takes from an occupier
