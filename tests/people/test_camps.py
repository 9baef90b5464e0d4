"""9.40-9.46: flight, camps, return."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from months import country, month

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import peace as Q
from game.core.columns import record as R
from game.core.ids import NO_FACTION, Life, Phase, Road, Stance
from game.core.records import RecordKind
from game.engine.world import World
from tests.builders import force, line, links, plain_map, standard_ruleset

RULES = standard_ruleset().camps
HOST = 2
"""The neighbour on whose land the camps lie, the four rows in the south."""


def border(camps: list[dict[str, int]], forces: list[dict[str, Any]] = (), **more: Any) -> World:
    """Two movements in the north, a neutral neighbour in the south with camps; danger and want as `trouble` says."""
    contested = (np.arange(108) < 60).astype(np.int8)
    world = country(
        forces, factions=3, control=np.where(contested == 1, 0, HOST), camps=[{"host": HOST} | c for c in camps],
        host=np.where(contested == 1, NO_FACTION, HOST).astype(np.int8),
        cast={"contested": contested, **more.pop("cast", {})}, **more,
    )  # fmt: skip
    t = world.tables
    t.faction_i[A.MOVEMENT, HOST] = -1
    t.stance[HOST, :2] = t.stance[:2, HOST] = Stance.NEUTRAL
    t.camp_f[K.WANT] = 0.0
    return world


def trouble(world: World, want: float = 0.6) -> World:
    world.tables.hex_f[H.WANT, :60] = want
    world.tables.hex_f[H.FOOD_T, :60] = 0.0
    return world


CAMP = {"hex": 66}
FED = {"relief_t": np.full((400, 2), 1e6), "first_month": 1979 * 12}


def people(world: World) -> int:
    t = world.tables
    return int(t.hex_i[H.PEOPLE].sum() + t.camp_i[K.PEOPLE].sum() + t.harm[:, M.COUNTED].sum()) - int(
        t.hex_i[H.BORN].sum() + t.camp_i[K.BORN].sum()
    )


def test_9_40_nobody_leaves_where_it_is_safe_and_fed() -> None:
    world = border([CAMP])
    month(world, times=3)
    assert world.tables.camp_i[K.PEOPLE, 0] == 0
    assert world.tables.hex_i[H.DISPLACED].sum() == 0


def test_9_40_people_leave_danger_and_want_and_fewer_come_from_afar() -> None:
    world = trouble(border([CAMP], cast=FED))
    before = people(world)
    month(world)
    gone = 20_000 - world.tables.hex_i[H.PEOPLE]
    assert gone[54] > 1.2 * gone[18] > 0
    assert world.tables.camp_i[K.PEOPLE, 0] > 0
    assert people(world) == before
    low, high = world.tables.harm[M.HUNGER, [M.DISPLACED_LOW, M.DISPLACED_HIGH]]
    assert low == high >= world.tables.camp_i[K.PEOPLE, 0] - world.tables.camp_i[K.BORN, 0] > 0


def test_9_40_they_go_to_better_places_beside_and_more_by_road() -> None:
    world = border([], hexmap=plain_map(road=links(line(28, 29), Road.PRIMARY)))
    world.tables.hex_f[H.SECURITY, 28] = 0.0
    world.tables.hex_f[H.FOOD_T, 28] = 1e6
    world.tables.hex_i[H.FOUGHT, 28] = 24 * 20
    month(world)
    came = world.tables.hex_i[H.DISPLACED]
    assert came[29] > came[27] > 0
    assert came[[0, 12, 59]].sum() == 0


def test_9_41_a_camp_opens_when_people_come_and_its_host_lets_them() -> None:
    later = trouble(border([CAMP], cast={"camp_from": np.array([24 * 45])}))
    assert not [r for r in month(later) if r[R.KIND] == RecordKind.CAMP_OPENED]
    opened = [r for r in month(later) if r[R.KIND] == RecordKind.CAMP_OPENED]
    assert [(r[R.HEX], r[R.OTHER]) for r in opened] == [(66, HOST)]
    assert later.tables.camp_i[K.OPENED, 0] == later.hour


def test_9_41_a_camp_takes_in_no_more_than_it_has_room_for() -> None:
    world = trouble(border([CAMP | {"capacity": 500}]))
    month(world, times=2)
    assert world.tables.camp_i[K.PEOPLE, 0] <= 500 + world.tables.camp_i[K.BORN, 0]


def test_9_42_the_movement_with_men_there_runs_the_camp() -> None:
    full = CAMP | {"people": 5000, "opened": 0}
    world = border([full, {"hex": 100, "people": 5000, "opened": 0}], [force(1, 66, 800)], cast=FED)
    month(world)
    assert world.tables.camp_i[K.HOLDER].tolist() == [NO_FACTION, NO_FACTION], "the host lets nobody in"
    world.tables.stance[HOST, 1] = world.tables.stance[1, HOST] = Stance.ACCESS
    rows = month(world)
    assert world.tables.camp_i[K.HOLDER].tolist() == [1, NO_FACTION]
    assert [(r[R.FACTION], r[R.HEX]) for r in rows if r[R.KIND] == RecordKind.CAMP_HELD] == [(1, 66)]
    world.tables.force_i[5, 0] = 10
    month(world)
    assert world.tables.camp_i[K.HOLDER, 0] == 1
    world.tables.faction_i[A.LIFE, 1] = Life.ENDED
    month(world)
    assert world.tables.camp_i[K.HOLDER, 0] == NO_FACTION


def test_9_42_a_camp_that_the_host_runs_is_no_movement_s() -> None:
    world = border([CAMP | {"people": 5000, "opened": 0}], [force(1, 66, 800)], cast=FED)
    world.tables.camp_i[K.HOLDER, 0] = HOST
    world.tables.stance[HOST, 1] = world.tables.stance[1, HOST] = Stance.ACCESS
    month(world)
    assert world.tables.camp_i[K.HOLDER, 0] == HOST


def test_9_42_an_enemy_of_the_host_runs_no_camp() -> None:
    world = border([CAMP | {"people": 5000, "opened": 0}], [force(1, 66, 800)])
    world.tables.stance[HOST, 1] = world.tables.stance[1, HOST] = Stance.WAR
    month(world)
    assert world.tables.camp_i[K.HOLDER, 0] == NO_FACTION


def test_9_43_relief_feeds_camps_and_no_policy_holds_it_back() -> None:
    def fed(tonnes: float, policies: float = 0.0) -> tuple[int, float]:
        cast = {"relief_t": np.array([[0.0, tonnes]]), "first_month": 1979 * 12 + 2}
        world = border([CAMP | {"people": 10_000, "opened": 0}], cast=cast)
        world.tables.policy[:, HOST] = policies
        month(world)
        return int(world.tables.camp_i[K.RELIEF_KG, 0]), float(world.tables.camp_f[K.WANT, 0])

    ration = int(10_000 * RULES.ration_kg * 30)
    assert fed(1e6) == (ration, 0.0)
    assert fed(1e6, 1.0) == (ration, 0.0)
    assert fed(ration / 4000)[0] == pytest.approx(ration / 4, abs=1)
    assert fed(0.0)[1] > 0.1


def test_9_44_fighting_moves_a_camp_to_the_nearest_with_room() -> None:
    full = {"people": 9000, "opened": 0}
    world = border([CAMP | full, {"hex": 90, "capacity": 6000}, {"hex": 104}], cast=FED)
    world.tables.hex_i[H.FOUGHT, 66] = 24 * 20
    before = people(world)
    rows = [r for r in month(world) if r[R.KIND] == RecordKind.CAMP_MOVED]
    assert [r[R.B] for r in rows] == [90, 104]
    assert world.tables.camp_i[K.PEOPLE, 0] == 0
    assert world.tables.camp_i[K.CLOSED, 0] == world.hour
    assert world.tables.camp_i[K.PEOPLE, 1] <= 6000 + world.tables.camp_i[K.BORN, 1]
    assert people(world) == before
    beside = border([CAMP | full, {"hex": 104}], cast=FED)
    beside.tables.hex_i[H.FOUGHT, 54] = 24 * 20
    month(beside)
    assert beside.tables.camp_i[K.PEOPLE, 1] == pytest.approx(RULES.evacuate_beside * 9000, rel=0.05)


def test_9_44_a_camp_that_was_left_stays_shut_for_a_while() -> None:
    world = trouble(border([CAMP]))
    world.tables.hex_i[H.FOUGHT, 66] = 0
    month(world, times=2)
    assert world.tables.camp_i[K.PEOPLE, 0] == 0
    month(world, times=3)
    assert world.tables.camp_i[K.PEOPLE, 0] > 0


def home(phase: Phase, safe: float = 0.6) -> int:
    world = border([CAMP | {"people": 10_000, "opened": 0}], cast=FED | {"fields_ha": np.full(108, 4000.0)})
    world.tables.peace[Q.PHASE] = phase
    world.tables.hex_f[H.SECURITY, :60] = safe
    world.tables.hex_i[H.QUIET] = 365 if safe > 0 else 0
    if safe == 0:
        world.tables.hex_i[H.CONTROL, :60] = NO_FACTION
    month(world)
    return 10_000 + int(world.tables.camp_i[K.BORN, 0]) - int(world.tables.camp_i[K.PEOPLE, 0])


def test_9_45_few_go_home_in_war_most_after_an_accord_none_into_danger() -> None:
    war, peace = home(Phase.WAR), home(Phase.MISSION)
    assert war == pytest.approx(RULES.return_war * 10_000, rel=0.1)
    assert war < peace / 2
    assert peace == pytest.approx(RULES.return_peace * 10_000, rel=0.1)
    assert home(Phase.MISSION, 0.0) <= 0


def test_9_45_they_go_where_there_are_fields() -> None:
    fields = np.where(np.arange(108) == 54, 0.0, 4000.0)
    world = border([CAMP | {"people": 10_000, "opened": 0}], cast=FED | {"fields_ha": fields})
    world.tables.hex_i[H.PEOPLE, :60] = 0
    world.tables.peace[Q.PHASE] = Phase.MISSION
    world.tables.hex_f[H.SECURITY, :60] = 0.6
    world.tables.hex_i[H.QUIET] = 365
    month(world)
    assert world.tables.hex_i[H.PEOPLE, 54] == 0 < world.tables.hex_i[H.PEOPLE, 53]


def test_9_46_an_empty_camp_closes_and_says_so() -> None:
    world = border([CAMP | {"people": 1, "opened": 0}], cast=FED)
    world.tables.camp_i[K.PEOPLE, 0] = 0
    rows = month(world)
    assert [r[R.HEX] for r in rows if r[R.KIND] == RecordKind.CAMP_CLOSED] == [66]
    assert not [r for r in month(world) if r[R.KIND] == RecordKind.CAMP_CLOSED]
