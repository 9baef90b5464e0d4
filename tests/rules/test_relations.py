"""Chapter 11: relations are the bounded sum of their bonds, and every bond moves for its own reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game.core.columns import bond as B
from game.core.ids import Stance, Term
from game.core.kernels import plain
from game.core.records import RecordKind, Records, say
from game.engine.world import World
from game.rules import relations
from tests.builders import force
from tests.rules.diplomatic import agree, men, pass_months, peaceful, relate


def value(world: World, a: int = 0, b: int = 1) -> float:
    return float(world.tables.relation[a, b])


def test_relations_are_symmetric_and_within_their_bounds_whatever_happens() -> None:
    world = peaceful(4, [force(0, 8, 60000), force(1, 1, 60000), force(2, 100), force(3, 3)], fear=np.ones(4))
    relate(world, 0, 1, -95.0, Stance.WAR)
    relate(world, 0, 2, 98.0, Stance.ALLIED)
    relate(world, 1, 2, -97.0, Stance.WAR)
    world.tables.aid[2, 0] = 500.0
    agree(world, Term.ALLIANCE, 0, 2)
    pass_months(world, 60)
    t = world.tables
    assert (t.relation == t.relation.T).all() and np.abs(t.relation).max() <= 100.0
    assert (t.bond == t.bond.transpose(0, 2, 1)).all()
    for a in range(4):
        for b in range(a):
            assert t.relation[a, b] == min(100.0, max(-100.0, sum(t.bond[k, a, b] for k in range(B.BONDS))))


def test_on_the_first_day_the_sum_is_the_scenarios_figure() -> None:
    world = peaceful(3, [force(0, 8, 20000), force(1, 1), force(2, 100)], fear=np.ones(3))
    relate(world, 0, 1, -30.0, Stance.WAR)
    relate(world, 0, 2, 55.0)
    t = world.tables
    t.bond[:] = 0.0
    setting = world.setting
    plain(relations.settle_bonds)(t, setting.ground, setting.cast, world.work, setting.ruleset)
    assert t.bond[: B.BONDS, 0, 1].sum() == pytest.approx(-30.0) and t.bond[B.WAR, 0, 1] < 0.0
    assert t.bond[: B.BONDS, 0, 2].sum() == pytest.approx(55.0)


def test_war_takes_more_the_longer_it_lasts_and_heals_more_slowly() -> None:
    world = peaceful()
    relate(world, 0, 1, 0.0, Stance.WAR)
    pass_months(world, 3)
    short = value(world)
    pass_months(world, 9)
    long = value(world)
    assert long < short < 0.0
    world.tables.stance[0, 1] = world.tables.stance[1, 0] = Stance.NEUTRAL
    pass_months(world, 12)
    healed = value(world) - long
    assert 0.0 < healed < -long / 2


def test_aid_binds_by_what_it_is_to_the_receiver() -> None:
    world = peaceful()
    men(world, 1000, 1000, 1000)
    world.tables.aid[2, 0] = 5.0
    world.tables.aid[2, 1] = 1.0
    pass_months(world, 12)
    assert value(world, 2, 0) > value(world, 2, 1) > 0.0
    world.tables.aid[2, 0] = 0.0
    before = value(world, 2, 0)
    pass_months(world, 12)
    assert value(world, 2, 0) < before


def test_troops_across_the_border_estrange_unless_passage_was_granted() -> None:
    world, allowed = (peaceful(2, [force(0, 10, 8000), force(1, 11)]) for _ in range(2))
    allowed.tables.stance[:] = Stance.ACCESS
    pass_months(world, 6)
    pass_months(allowed, 6)
    assert world.tables.bond[B.BORDER, 0, 1] < -5.0
    assert allowed.tables.bond[B.BORDER, 0, 1] == 0.0


def test_an_enemy_harboured_on_the_others_land_estranges() -> None:
    world = peaceful(3, [force(0, 1), force(1, 11), force(2, 22, 8000)])
    relate(world, 0, 2, -50.0, Stance.WAR)
    pass_months(world, 6)
    assert world.tables.bond[B.BORDER, 0, 1] < -5.0


def test_an_enemy_in_common_brings_together_and_a_friends_enemy_parts() -> None:
    world = peaceful(4, might=np.array([0, 0, 500000, 500000]))
    relate(world, 0, 2, -80.0)
    relate(world, 1, 2, -80.0)
    relate(world, 0, 3, 80.0)
    pass_months(world, 12)
    assert value(world, 0, 1) > 3.0
    assert value(world, 2, 3) < 0.0


def test_a_foreign_army_worries_whoever_fears_and_the_more_the_larger_it_is() -> None:
    small, large = (peaceful(3, [force(0, 10, count), force(1, 11), force(2, 30)], fear=np.array([0, 0, 1.0]))
                    for count in (5000, 100000))  # fmt: skip
    pass_months(small, 6)
    pass_months(large, 6)
    assert large.tables.bond[B.PRESENCE, 0, 2] < small.tables.bond[B.PRESENCE, 0, 2] < 0.0
    assert large.tables.bond[B.PRESENCE, 0, 1] == 0.0


def test_what_events_left_fades_over_years() -> None:
    world = peaceful()
    relate(world, 0, 1, 60.0)
    pass_months(world, 144)
    assert 15.0 < value(world) < 30.0


def test_an_event_sets_the_sum_through_its_own_bond() -> None:
    world = peaceful()
    relations.set_relation(world.tables, 0, 1, 20.0)
    relations.set_relation(world.tables, 0, 1, -45.0)
    assert value(world) == -45.0 and world.tables.bond[B.EVENTS, 0, 1] == -45.0
    relations.move_relation(world.tables, 0, 1, -70.0)
    assert value(world) == -100.0


def test_a_relation_that_moved_far_is_on_record_with_the_bond_that_moved_most() -> None:
    world = peaceful()
    relate(world, 0, 1, 0.0, Stance.WAR)
    world.work.written[0] = 0
    pass_months(world, 6)
    records = [r for r in Records(world.work.records[: world.work.written[0]]) if r.kind is RecordKind.RELATION]
    assert records and all(r.c == B.WAR and r.a < 0 for r in records)
    assert "worse" in say(records[0], world.setting) and "war between them" in say(records[0], world.setting)


@pytest.mark.parametrize("bond", range(B.BONDS))
def test_11_9_what_makes_a_relation_worse_is_told_otherwise_than_what_makes_it_better(bond: int) -> None:
    world = peaceful()
    relate(world, 0, 1, 0.0, Stance.WAR)
    world.work.written[0] = 0
    pass_months(world, 6)
    record = relations_told(world)[0]
    worse, better = (say(replace(record, a=moved, b=0, c=bond), world.setting) for moved in (-1500, 1500))
    assert " worse by 15, now 0: " in worse and " better by 15, now 0: " in better
    assert worse.partition("now 0: ")[2] != better.partition("now 0: ")[2]
    assert "heal" not in worse and "quarrel" not in worse


def test_factions_that_are_no_actors_yet_stand_still() -> None:
    world = peaceful()
    relate(world, 0, 1, 40.0)
    world.tables.faction_i[20, 1] = 0
    pass_months(world, 12)
    assert value(world) == 40.0


def relations_told(world: World) -> list[Any]:
    return [r for r in Records(world.work.records[: world.work.written[0]]) if r.kind is RecordKind.RELATION]


def test_11_9_the_cause_is_what_moved_most_since_the_last_record_the_jump_of_an_event_included() -> None:
    world = peaceful()
    for table in (world.tables.bond[B.PAST], world.tables.relation):
        table[[0, 1], [1, 0]] = -60.0
    plain(relations.keep_told)(world.tables, 1, 0)
    world.work.written[0] = 0
    relations.move_relation(world.tables, 0, 1, -15.0)
    pass_months(world, 1)
    (record,) = relations_told(world)
    assert record.c == B.EVENTS and record.a < -1000, "the past only faded in that month"
    assert "old quarrels" not in say(record, world.setting)


def test_11_9_small_steps_of_one_bond_outweigh_the_last_month_of_another() -> None:
    world = peaceful()
    relate(world, 0, 1, 0.0)
    plain(relations.keep_told)(world.tables, 1, 0)
    for bond, points in ((B.TREATY, 3.0), (B.TREATY, 3.0), (B.AID, 5.0)):
        world.tables.bond[bond, [0, 1], [1, 0]] -= points
    world.tables.relation[0, 1] = world.tables.relation[1, 0] = -11.0
    world.work.written[0] = 0
    rules = world.setting.ruleset.relations
    plain(relations.tell_relation)(world.tables, world.work, rules, 0, 1, 0, world.hour)
    plain(relations.tell_relation)(world.tables, world.work, rules, 0, 1, 0, world.hour)
    (record,) = relations_told(world)
    assert (record.c, record.a, record.b) == (B.TREATY, -1100, -1100)
