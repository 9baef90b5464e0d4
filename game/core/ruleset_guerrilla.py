"""The numbers of the war without fronts and of mines: sections `guerrilla` and `mines` of the ruleset files.

As in `game.core.ruleset`: types and names are here; values, units, ranges and sources in the YAML.
"""

from typing import NamedTuple

from game.core.bundles import Row, bundle


@bundle
class GuerrillaRules(NamedTuple):
    """Chapters 5 and 6: hiding, patrols, sweeps, sabotage; chapter 9: militias."""

    patrol_rate: float  # hazard per day and battalion on patrol that it finds hidden men
    patrol_men: float  # men of a battalion
    patrol_beside: float  # share of a patrol that goes about each hex beside its own
    party_men: float  # size of a hidden party at which detection by patrols is as stated
    tips_none: float  # what patrols learn without any help from the people
    tips_hide: float  # share of tips that people who prefer the hidden party's cause keep back
    moving: float  # factor on detection of hidden forces on the move
    belt_watch: float  # factor added to detection in a belt that the viewer's side holds
    guard_men: float  # men on patrol in a hex of the reference width that halve what raiders do there
    sabotage_cut: float  # damage to roads and railway per 1,000 men and day
    sabotage_men: float  # men at most who find work at it in a hex of the reference width
    sabotage_done: float  # damage at which they slip away
    sweep_rate: float  # hazard per day that a sweep in full strength finds a hidden party in the open
    sweep_men: float  # men who comb a hex of the reference width in full strength
    sweep_scatter: float  # share of a found party scattered per day, at full superiority
    sweep_cache: float  # share of a hidden store found per day by a sweep in full strength
    militia_share: float  # militiamen per inhabitant at full policy
    militia_weight: float  # weight of a militiaman against enemies in a hex of its faction
    forage_least: float  # share of forage that insurgents find among people who do not prefer them
    forage_full: float  # support at which they find all of it


@bundle
class MineRules(NamedTuple):
    """Chapter 7, mines."""

    width_m: float  # width in which a man on foot sets off a mine, m
    in_file: float  # factor for troops in file behind a guide
    killed_share: float  # share of those hit who die
    delay_least: float  # hours that a belt costs at few mines
    delay_most: float  # and at `full` mines
    full: float  # mines per km at which a belt delays most
    walk_km: float  # km that a man walks a day on operations
    walk_still: float  # share of that in garrison
    tread: float  # share of mines on a man's way that he treads on: the others he sees or goes round
    belt_share: float  # share of a belt's mines that lie where people and troops in the hex go
    lay: Row  # mines laid per 1,000 men and day of defence, by ids.Arms
    lay_raid: float  # factor on that for raiders and saboteurs
    half_life_years: float  # of mines that nobody tends
    clear_m2: float  # m2 cleared by a man a day
    clear_depth_m: float  # depth of a belt, m
    clear_share: float  # share of a hex that has to be searched for scattered mines
    clear_men: float  # men at most who find work at it in a hex of the reference width
    clear_loss: float  # men hit per mine lifted
    civil_hit: float  # civilians hit per head, month and mine per km2
    civil_low: float  # share of them who die: low estimate
    civil_high: float
    seal_month: float  # mines per km added a month at full policy
    seal_most: float  # mines per km at most
    seal_works: float  # works of the ground added a month at full policy, levels
