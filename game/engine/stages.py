"""Chapter 12, fifth part: the names that factions go by, and factions that are founded. Both hang on conditions of the
scenario, in the language of events.

12.20 A faction goes by the last of its stages whose condition was met. A stage changes its name and what kind of actor
     it is, and hands over nothing.
12.21 What a faction ordered as a state ends with the state: when a stage makes it something else, its conscription, its
     amnesty and the sealing of its border lapse, on record. It may order anew what it can as what it is now.
12.22 A latent faction is founded when its condition is met, at war with the faction that it belonged to, if any. Men
     join it from the border camps, a fixed number at most, and from land under its sponsor's rule, and wait to be
     raised; its sponsor's store arms part of them. It is given no land.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NEVER, NO_FACTION, NO_FORCE, OFF_MAP, FactionClass, Life
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.engine.conditions import worth
from game.rules.allegiance import be_born as _be_born
from game.rules.treaties import go_to_war as _go_to_war
from game.rules.workspace import note_row
from game.scenario.model import Founding

if TYPE_CHECKING:
    from game.engine.world import World

OF_A_STATE = (P.CONSCRIPTION, P.AMNESTY, P.SEAL)
"""12.21 Policies that only a state can order: its laws, and what guards its border."""
be_born, go_to_war = plain(_be_born), plain(_go_to_war)


def turn_pages(world: World) -> None:
    """12.20, 12.22 Once a month."""
    for founding in world.scenario.foundings:
        latent = world.tables.faction_i[A.LIFE, founding.faction] == Life.LATENT
        if latent and worth(founding.when, world.setting, world.tables, world.hour):
            found(world, founding)
    for a, conditions in enumerate(world.scenario.stages):
        reach_stage(world, a, len(conditions))


def reach_stage(world: World, a: int, stages: int) -> None:
    """12.20 The faction's name, if it is another now: the last of those to come whose condition holds."""
    t = world.tables
    now = int(t.faction_i[A.STAGE, a])
    if now >= stages or t.faction_i[A.LIFE, a] != Life.ACTIVE:
        return
    for stage in range(stages, now, -1):
        if worth(world.scenario.stages[a][stage - 1], world.setting, t, world.hour):
            was = int(t.faction_i[A.CLASS, a])
            kind = FactionClass[world.setting.factions[a].stages[stage - 1].kind.upper()]
            t.faction_i[A.STAGE, a] = stage
            t.faction_i[A.CLASS, a] = kind
            note_row(
                world.work, world.hour, RecordKind.STAGE, a, NO_FORCE, OFF_MAP, NO_FACTION,
                stage, now, 0, 0, 0, Reason.STAGE_REACHED,
            )  # fmt: skip
            if was == FactionClass.STATE and kind is not FactionClass.STATE:
                end_state(world, a)
            return


def end_state(world: World, a: int) -> None:
    """12.21 The faction is no state any more."""
    policies = world.tables.policy
    for policy in OF_A_STATE:
        before = round(100.0 * float(policies[policy, a]))
        policies[policy, a] = 0.0
        if before:
            note_row(
                world.work, world.hour, RecordKind.LAPSED, a, NO_FORCE, OFF_MAP, NO_FACTION,
                policy, before, 0, 0, 0, Reason.STATE_ENDED,
            )  # fmt: skip


def found(world: World, founding: Founding) -> None:
    """12.22 The faction is an actor from now on.

    Formula: men = found_camps * people in open camps that nobody or its sponsor administers, at most found_most +
        found_land * people under the sponsor's rule in the country fought over; armed = found_kits *
        men, as far as the store goes
    """
    t = world.tables
    rules = world.setting.ruleset.fracture
    a, sponsor = founding.faction, founding.sponsor
    men = 0
    if founding.camps:
        open_ = (t.camp_i[K.OPENED] != NEVER) & (t.camp_i[K.CLOSED] == NEVER)
        free = (t.camp_i[K.HOLDER] == NO_FACTION) | (t.camp_i[K.HOLDER] == a) | (t.camp_i[K.HOLDER] == sponsor)
        people = int(t.camp_i[K.PEOPLE][open_ & free].sum())
        men += min(int(rules.found_most), int(rules.found_camps * people))
    if founding.land and sponsor != NO_FACTION:
        ruled = (t.hex_i[H.CONTROL] == sponsor) & (world.setting.cast.contested == 1)
        men += int(rules.found_land * int(t.hex_i[H.PEOPLE][ruled].sum()))
    be_born(t, a, NO_FACTION, 1.0)
    parent = int(t.faction_i[A.PARENT, a])
    if parent != NO_FACTION:
        go_to_war(t, world.work, world.setting.ruleset.relations, a, parent, world.hour)
    t.faction_i[A.MANPOWER, a] += men
    t.faction_i[A.RAISED, a] += men
    kits = 0
    if sponsor != NO_FACTION:
        kits = min(int(rules.found_kits * men), int(t.faction_i[A.KITS, sponsor]))
        t.faction_i[A.KITS, sponsor] -= kits
        t.faction_i[A.KITS, a] += kits
    note_row(
        world.work, world.hour, RecordKind.FOUNDED, a, NO_FORCE, OFF_MAP, sponsor,
        men, kits, 0, 0, 0, Reason.FOUNDED_WITH_HELP,
    )  # fmt: skip
