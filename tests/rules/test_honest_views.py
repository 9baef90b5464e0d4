"""5.3, 5.4 A view holds what its side can know: what nobody of the side has seen cannot be read off it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import sighting as S
from game.core.ids import OFF_MAP, Order, Posture, Status
from game.engine.world import World
from tests.builders import force, small_game, spot

FIXED = (F.FACTION, F.GROUP, F.KIND, F.MOBILITY, F.ARMS)
"""What never changes about a force and is in its description."""


def war() -> World:
    """Four turns into a war of three sides, two of which the first sees in part."""
    forces = [force(0, at, 6000, order=Order.ATTACK, dest=at + 5, stock=10**6) for at in (26, 50, 74)]
    forces += [
        force(a, at, 5000, tanks=9, guns=9, stock=10**6, base=at) for a in (1, 2) for at in (29 + a, 54, 82, 106)
    ]
    forces += [force(1, 106, 5000), force(2, 107, 5000)]
    control = np.where(np.arange(108) % 12 < 5, 0, 1)
    world = small_game(
        forces, factions=3, people=9000, control=control, depots=[(48, 0, 10**6), (59, 1, 10**6), (95, 2, 10**5)]
    )
    for _ in range(2):
        world.step({})
    return world


START = war()
START.tables.support[:] = 0.2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**31 - 1))
def test_two_worlds_that_differ_only_in_what_a_side_cannot_see_give_it_the_same_view(seed: int) -> None:
    other = START.copy()
    t, chance = other.tables, np.random.default_rng(seed)
    theirs = np.flatnonzero(t.force_i[F.FACTION] != 0)
    for column in set(range(F.INTS)) - set(FIXED):
        t.force_i[column, theirs] = chance.integers(0, 100, len(theirs))
    t.force_i[F.STATUS, theirs] = chance.integers(Status.PENDING, Status.GONE + 1, len(theirs))
    t.force_i[F.POSTURE, theirs] = chance.integers(Posture.MARCH, Posture.HIDDEN + 1, len(theirs))
    t.force_f[:, theirs] = chance.random((F.REALS, len(theirs)))
    unseen = np.flatnonzero(t.in_sight[0] == 0)
    assert len(unseen) > 10
    t.support[:, unseen] = 0.01 + 0.3 * chance.random((3, len(unseen)))
    t.hex_i[H.CONTROL, unseen] = chance.integers(1, 3, len(unseen))
    for column in (H.PEOPLE, H.DISPLACED, H.CONTESTED):
        t.hex_i[column, unseen] = chance.integers(0, 9000, len(unseen))
    for column in (H.QUIET, H.FOUGHT, H.BORN):
        t.hex_i[column, unseen] = chance.integers(0, 300, len(unseen))
    for column in (H.HOLD, H.CUT, H.FOOD_T, H.PLANTED, H.WANT, H.RELIEF_T, H.SECURITY):
        t.hex_f[column, unseen] = chance.random(len(unseen))
    t.faction_i[A.START : A.CAPITAL, 1:] = chance.integers(0, 9, t.faction_i[A.START : A.CAPITAL, 1:].shape)
    secret = [column for column in range(A.REALS) if column != A.SUPPORT]
    t.faction_f[np.ix_(secret, [1, 2])] = chance.random((len(secret), 2))
    away = np.isin(t.depot_i[D.HEX], unseen) & (t.depot_i[D.FACTION] != 0)
    for column, high in ((D.STOCK_KG, 999), (D.INFLOW_KG, 9), (D.CAPACITY_KG, 9)):
        t.depot_i[column, t.depot_i[D.FACTION] != 0] = chance.integers(0, high)
    t.depot_i[D.FACTION, away] = chance.integers(1, 3)
    t.seen[1:] = chance.integers(0, 9, t.seen[1:].shape)
    t.known_control[1:] = 1
    t.known_people[1:] = 7
    t.in_sight[1:] = 1
    assert other.state_hash() != START.state_hash()
    assert other.view("s0").state.hash() == START.view("s0").state.hash()


def test_5_3_an_enemy_is_known_as_it_was_when_it_was_seen() -> None:
    world = small_game([force(0, 50), force(1, 60, 5000, tanks=10, dug_in=2.0)])
    fi, ff = world.tables.force_i, world.tables.force_f
    fi[F.POSTURE, 1], fi[F.LAST_FOUGHT, 1] = Posture.PREPARED, 0
    spot(world, 0, 1, 0, men=2500)
    fi[F.POSTURE, 1], fi[F.STATUS, 1], fi[F.LAST_FOUGHT, 1] = Posture.MARCH, Status.ROUTED, 24
    fi[F.MEN, 1], fi[F.TANKS, 1], fi[F.HEX, 1], ff[F.DUG_IN, 1] = 100, 1, OFF_MAP, 0.0
    known = world.view("s0").tables
    assert known.force_i[[F.HEX, F.MEN, F.TANKS, F.STATUS, F.POSTURE, F.LAST_FOUGHT], 1].tolist() == [
        60, 2500, 5, Status.ACTIVE, Posture.PREPARED, 0,
    ]  # fmt: skip
    assert known.force_f[F.DUG_IN, 1] == pytest.approx(2.0)


def test_5_4_people_are_known_as_last_seen() -> None:
    world = small_game([force(0, 50), force(1, 107)], people=9000, control=1, days_per_turn=1.0, impulses=1)
    people = world.tables.hex_i[H.PEOPLE]
    people[[51, 100]] = 500
    world.step({})
    known = world.view("s0").tables.hex_i[H.PEOPLE]
    assert known[[51, 100]].tolist() == [500, 9000]
    assert world.tables.seen.shape[1] == S.INTS
