"""9.20-9.22: how safe people are."""

from __future__ import annotations

from months import country, month

from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import Order, Status
from tests.builders import force


def security(world: object, at: int = 50, months: int = 12) -> float:
    month(world, times=months)
    return float(world.tables.hex_f[H.SECURITY, at])


def test_9_20_quiet_is_counted_from_the_last_fight_here_or_beside() -> None:
    world = country()
    world.tables.hex_i[H.FOUGHT, 50] = 0
    month(world)
    quiet = world.tables.hex_i[H.QUIET]
    assert quiet[[50, 51, 49]].tolist() == [30, 30, 30]
    assert quiet[54] == 365
    month(world)
    assert quiet[50] == 60


def test_9_21_a_garrison_makes_people_safer_and_one_on_patrol_guards_the_hexes_beside() -> None:
    bare = security(country())
    held = country([force(0, 50, 400)])
    assert security(held) > bare + 0.2
    patrol = country([force(0, 50, 400, order=Order.PATROL)])
    month(patrol, times=12)
    assert patrol.tables.hex_f[H.SECURITY, 51] > held.tables.hex_f[H.SECURITY, 51] + 0.1


def test_9_21_armed_villages_guard_themselves() -> None:
    world = country()
    world.tables.policy[P.MILITIA, 0] = 1.0
    assert security(world) > security(country()) + 0.05


def test_9_22_security_is_lost_slowly_where_there_is_fighting_and_to_enemies_about() -> None:
    world = country()
    before = float(world.tables.hex_f[H.SECURITY, 50])
    seen = []
    for _ in range(4):
        world.tables.hex_i[H.FOUGHT, 50] = world.hour + 600
        month(world)
        seen.append(float(world.tables.hex_f[H.SECURITY, 50]))
    assert before > seen[0] > seen[1] > seen[2] > seen[3] > 0.0
    assert seen[0] > 0.5 * before
    bands = country([force(1, 50, 2000, status=Status.BANDS)])
    assert security(bands) < 0.6 * security(country())
