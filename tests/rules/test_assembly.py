"""Chapter 11: the annual vote by blocs, the seat, and the resolution on withdrawal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.ids import NO_FACTION, FactionClass, Stance, Term
from game.core.kernels import plain
from game.core.records import RecordKind, Records, say
from game.engine.world import World
from game.rules import assembly, relations
from tests.builders import force
from tests.rules.diplomatic import agree, peaceful, relate

HOLDER, RULER, ARMY, NORTH, SOUTH, PARTNER = range(6)
"""Who holds the seat in exile, who rules with the army's help, and whom the two blocs follow."""


def session(
    troops: int = 150000, stain: float = 0.9, coalition: bool = False, votes: tuple[int, int] = (40, 100)
) -> World:
    """A country whose ruler is kept by a foreign army; the north is its friend, the south fears it."""
    blocs: dict[str, Any] = {
        "votes": np.array(votes), "lean": np.zeros((2, 6)), "stain": np.array([stain, 0, 0, 0, 0, 0]),
        "minds": np.array([[0.0, 0.5, 0.0], [1.0, 0.7, 0.6]]),
    }  # fmt: skip
    blocs["lean"][0, NORTH] = blocs["lean"][1, SOUTH] = 1.0
    forces = [force(ARMY, 50, troops), force(RULER, 40, 1000), force(HOLDER, 5, 1000)]
    world = peaceful(6, forces, movements=(HOLDER, RULER, PARTNER), contested=1, **blocs)
    t = world.tables
    t.faction_i[A.CAPITAL, RULER] = 54
    t.hex_i[0, 54] = ARMY
    t.peace[P.SEAT] = HOLDER
    relate(world, RULER, ARMY, 90.0, Stance.ALLIED)
    relate(world, HOLDER, ARMY, 0.0, Stance.WAR)
    relate(world, NORTH, ARMY, 80.0)
    relate(world, NORTH, RULER, 70.0)
    relate(world, SOUTH, ARMY, -50.0)
    relate(world, SOUTH, RULER, -50.0)
    relate(world, SOUTH, HOLDER, 20.0)
    if coalition:
        agree(world, Term.COALITION, HOLDER, PARTNER)
    return world


def hold_session(world: World, month: int = 10) -> list[Any]:
    """The vote of a month, with its records."""
    _, ground, cast, work, _, now = world.month
    rules = world.setting.ruleset
    plain(relations.count_men)(world.tables, ground, cast, work)
    work.written[0] = 0
    plain(assembly.vote)(world.tables, ground, cast, work, rules, now._replace(month=month, hour=world.hour))
    return list(Records(work.records[: work.written[0]]))


def votes(world: World) -> tuple[int, int, int]:
    """For the holder, against, abstaining."""
    row = world.tables.peace
    return int(row[P.SEAT_FOR]), int(row[P.SEAT_AGAINST]), int(row[P.SEAT_ABSTAIN])


def test_the_assembly_meets_once_a_year_and_every_vote_is_counted() -> None:
    world = session()
    assert hold_session(world, 9) == [] and votes(world) == (0, 0, 0)
    hold_session(world)
    assert sum(votes(world)) == 140
    row = world.tables.peace
    assert row[[P.RESOLUTION_FOR, P.RESOLUTION_AGAINST, P.RESOLUTION_ABSTAIN]].sum() == 140


def test_the_holder_in_exile_keeps_the_seat_while_foreign_troops_keep_its_rival() -> None:
    world = session()
    hold_session(world)
    assert votes(world)[0] > votes(world)[1] and world.tables.peace[P.SEAT] == HOLDER


def test_fewer_foreign_troops_a_cleaner_record_and_partners_move_votes() -> None:
    worlds = {
        "plain": session(), "few": session(troops=5000), "clean": session(stain=0.0),
        "partners": session(coalition=True),
    }  # fmt: skip
    ayes = {}
    for name, world in worlds.items():
        hold_session(world)
        ayes[name] = votes(world)[0]
    assert ayes["few"] < ayes["plain"] < ayes["clean"]
    assert ayes["plain"] < ayes["partners"]


def test_who_loses_the_vote_loses_the_seat_and_the_ruler_gets_it_a_year_later() -> None:
    world = session(troops=500, votes=(120, 20))
    (record, *_) = hold_session(world)
    assert record.kind is RecordKind.VOTED and world.tables.peace[P.SEAT] == NO_FACTION
    assert "loses the seat at the United Nations" in say(record, world.setting)
    hold_session(world)
    assert world.tables.peace[P.SEAT] == RULER


def test_the_seat_is_not_contested_again_after_a_hopeless_vote() -> None:
    world = session()
    world.tables.peace[P.SEAT_FOR], world.tables.peace[P.SEAT_AGAINST] = 100, 30
    assert any(r.kind is RecordKind.VOTED for r in hold_session(world))
    world.tables.peace[P.SEAT_FOR], world.tables.peace[P.SEAT_AGAINST] = 100, 30
    assert not any(r.kind is RecordKind.VOTED for r in hold_session(world))


def test_nothing_is_voted_on_where_nobody_is_occupied_and_the_ruler_has_the_seat() -> None:
    world = session(troops=1)
    world.tables.force_i[5, 0] = 0
    world.tables.peace[P.SEAT] = RULER
    world.setting.cast.contested[0] = 0
    assert hold_session(world) == []


def test_the_resolution_counts_the_army_and_costs_it_standing_and_will() -> None:
    world = session()
    will = float(world.tables.faction_f[A.WILL, ARMY])
    before = float(world.tables.bond[1, SOUTH, ARMY])
    records = hold_session(world)
    row = world.tables.peace
    assert row[P.RESOLUTION_FOR] > row[P.RESOLUTION_AGAINST] > 0
    assert world.tables.faction_f[A.WILL, ARMY] < will and world.tables.bond[1, SOUTH, ARMY] < before
    assert any("for the withdrawal of F2's troops" in say(r, world.setting) for r in records)


@pytest.mark.parametrize("why", ["at peace", "a mission", "not there"])
def test_11_34_no_withdrawal_is_voted_on_of_who_is_no_army_at_war_in_the_country(why: str) -> None:
    world = session()
    t = world.tables
    if why == "at peace":
        t.stance[HOLDER, ARMY] = t.stance[ARMY, HOLDER] = Stance.HOSTILE
    elif why == "a mission":
        t.faction_i[A.CLASS, ARMY] = FactionClass.MISSION
    else:
        world.setting.cast.contested[:] = 0
    assert not any(r.kind is RecordKind.RESOLVED for r in hold_session(world))


def test_a_bloc_that_stands_by_the_holder_has_its_leader_recognise_it() -> None:
    world = session(stain=0.0)
    hold_session(world)
    assert world.tables.recognised[SOUTH, HOLDER] == 1 and world.tables.recognised[NORTH, HOLDER] == 0


@pytest.mark.parametrize("spread", [0.0, 0.5, 2.0])
def test_shares_for_and_against_never_pass_a_whole(spread: float) -> None:
    rules = peaceful().setting.ruleset.assembly
    share = plain(assembly.share_for)
    assert 0.0 <= share(rules, spread) + share(rules, -spread) <= 1.0
