"""Chapter 6, after the battle: breaking, retreat, pursuit, surrender, bands, stragglers; ambush and raid."""

from __future__ import annotations

import numpy as np
import pytest

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import sighting as S
from game.core.ids import NEVER, Order, Road, Status, Terrain
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.engine.world import World
from tests.builders import force, line, links, plain_map, small_game, standard_ruleset

STAY = {"morale__desert_month": 0.0, "morale__straggler_home": 0.0, "morale__straggler_return": 0.0}
RING = (52, 40, 41, 54, 65, 64)
"""Neighbours of hex 53, in the order of a walk around it."""


def rules(**more: object) -> Ruleset:
    return standard_ruleset(**{**STAY, **more})


def day(forces: list[dict], ruleset: Ruleset | None = None, **more: object) -> World:
    world = small_game(forces, rules=ruleset or rules(), **{"days_per_turn": 1.0, "impulses": 1} | more)
    world.step({})
    return world


def rows(world: World, kind: RecordKind) -> list:
    return list(world.records.of_kind(kind))


def test_6_10_a_broken_force_loses_cohesion_and_falls_back_at_once_towards_its_base() -> None:
    attacker = force(0, 52, 15_000, order=Order.ATTACK, dest=53, stock=10**7)
    world = day([attacker, force(1, 53, 9000, base=59)], rules(combat__break_base=1000.0))
    assert [r.force for r in rows(world, RecordKind.BROKE)] == [1]
    assert [(r.hex, r.a) for r in rows(world, RecordKind.RETREAT)] == [(53, 54)]
    assert world.tables.force_i[F.STATUS, 1] == Status.ROUTED
    assert world.tables.force_f[F.COHESION, 1] < 0.9 * 0.55


def test_6_11_without_a_way_back_part_lay_down_arms_most_slip_away_the_rest_are_bands() -> None:
    ring = [force(0, at, 2000, order=Order.ATTACK, dest=53) for at in RING]
    world = day([*ring, force(1, 53, 4000, tanks=7, guns=11, base=59)], rules(combat__break_base=1000.0))
    lost = rows(world, RecordKind.SURRENDERED)
    assert [r.force for r in lost] == [6]
    men = 4000 - rows(world, RecordKind.BATTLE)[0].d
    t = world.tables
    assert t.faction_i[A.CAPTURED, 1] >= lost[0].a == pytest.approx(0.25 * men, abs=1)
    assert lost[0].b == pytest.approx(0.7 * 0.75 * men, abs=2)
    assert (t.force_i[F.STATUS, 6], t.force_i[F.TANKS, 6], t.force_i[F.GUNS, 6]) == (Status.BANDS, 0, 0)
    assert t.faction_i[A.TANKS_TAKEN, 0] + t.faction_i[A.TANKS_LOST, 0] >= 6


def test_6_11_a_gap_in_the_ring_is_a_way_back() -> None:
    ring = [force(0, at, 2000, order=Order.ATTACK, dest=53) for at in RING if at != 54]
    world = day([*ring, force(1, 53, 4000, base=59)], rules(combat__break_base=1000.0))
    assert rows(world, RecordKind.SURRENDERED) == []
    assert [r.a for r in rows(world, RecordKind.RETREAT)] == [54]


def routed(at: int = 53, men: int = 10_000, **more: object) -> dict:
    return force(1, at, men, **{"status": Status.ROUTED, "base": at, "cohesion": 0.9} | more)


@pytest.mark.parametrize(("terrain", "factor"), [(Terrain.RICE, 1.0), (Terrain.FOREST, 0.5)])
def test_6_12_pursuit_captures_scatters_and_takes_heavy_weapons_half_as_much_in_rough_country(
    terrain: Terrain, factor: float
) -> None:
    hexmap = plain_map(terrain=np.full(108, terrain, np.int8))
    no_fever = rules(morale__sick_month_dry=0.0)
    world = day([force(0, 52, 3000), routed(guns=1000)], no_fever, hexmap=hexmap)
    t = world.tables.faction_i
    hit = 10_000 * 0.08 * factor
    assert t[A.KILLED, 1] + t[A.CAPTURED, 1] == pytest.approx(hit, abs=1)
    assert t[A.CAPTURED, 1] == pytest.approx(0.6 * hit, abs=1)
    assert t[A.STRAGGLERS, 1] == pytest.approx((10_000 - hit) * 0.18 * factor, abs=1)
    assert t[A.GUNS_LOST, 1] == t[A.GUNS_TAKEN, 0] == pytest.approx(1000 * 0.45 * factor, abs=1)


def test_6_12_nobody_is_pursued_out_of_contact() -> None:
    world = day([force(0, 49, 3000), routed()])
    assert world.tables.force_i[F.MEN, 1] == 10_000


def test_6_13_a_force_rallies_only_out_of_contact_and_some_days_on() -> None:
    eager = rules(retreat__rally_rate=1000.0)
    world = small_game([force(0, 0), routed()], rules=eager, days_per_turn=1.0, impulses=1)
    world.tables.force_i[F.LAST_FOUGHT, 1] = 0
    when = []
    for turn in range(6):
        world.step({})
        when += [turn for _ in rows(world, RecordKind.RALLIED)]
    assert when == [3]
    pressed = small_game([force(0, 52), routed()], rules=eager, days_per_turn=1.0, impulses=1)
    pressed.tables.force_i[F.LAST_FOUGHT, 1] = 0
    for _ in range(6):
        pressed.step({})
        assert rows(pressed, RecordKind.RALLIED) == []


def test_6_14_a_broken_force_without_cohesion_disperses_into_bands_and_stragglers() -> None:
    world = day([force(0, 52, 3000), routed(cohesion=0.31, guns=9)])
    gone = rows(world, RecordKind.DISPERSED)
    assert [r.force for r in gone] == [1]
    t = world.tables
    assert (t.force_i[F.STATUS, 1], t.force_i[F.GUNS, 1]) == (Status.BANDS, 0)
    keep = standard_ruleset().retreat.bands_keep
    assert gone[0].a == pytest.approx(keep * (gone[0].a + gone[0].b), abs=1)
    assert t.faction_i[A.STRAGGLERS, 1] > gone[0].b
    firm = day([force(0, 52, 3000), routed(cohesion=0.6)])
    assert rows(firm, RecordKind.DISPERSED) == []


def test_6_15_stragglers_join_the_weakest_force_in_a_base_area_or_go_home() -> None:
    shelter = np.full(108, -1, np.int8)
    shelter[53] = 1
    for at, comes in ((53, True), (55, False)):
        world = small_game(
            [force(0, 0), force(1, at, 5000, stock=10**7)], rules=standard_ruleset(morale__desert_month=0.0),
            shelter=shelter, days_per_turn=1.0, impulses=1,
        )  # fmt: skip
        t = world.tables
        t.force_i[F.MEN, 1] = 2000
        t.faction_i[A.STRAGGLERS, 1] = 3000
        world.step({})
        rules = standard_ruleset().morale
        home = 3000 * rules.straggler_home
        assert t.faction_i[A.DESERTED, 1] == pytest.approx(home, abs=1)
        came = rules.straggler_return * (3000 - home)
        assert t.force_i[F.MEN, 1] - 2000 == (pytest.approx(came, abs=1) if comes else 0)
        assert t.faction_i[A.STRAGGLERS, 1] + t.faction_i[A.DESERTED, 1] + t.force_i[F.MEN, 1] == 5000


def band(at: int = 53, men: int = 2000, **more: object) -> dict:
    return force(1, at, men, **{"status": Status.BANDS, "order": Order.HOLD, "cohesion": 0.7, "stock": 10**6} | more)


@pytest.mark.parametrize(("spec", "others", "reforms"), [
    (band(), [], True),
    (band(men=1400), [], False),
    (band(cohesion=0.4), [], False),
    (band(order=Order.REST), [], False),
    (band(at=55), [], False),
    (band(), [force(0, 54)], False),
])  # fmt: skip
def test_6_16_bands_re_form_in_a_base_area_when_many_whole_and_left_alone(
    spec: dict, others: list, reforms: bool
) -> None:
    shelter = np.full(108, -1, np.int8)
    shelter[53] = 1
    world = day([spec, *others], rules(sight__hidden=0.0), shelter=shelter)
    assert bool(rows(world, RecordKind.REFORMED)) is reforms
    assert bool(world.tables.force_i[F.STATUS, 0] == Status.ACTIVE) is reforms


@pytest.mark.parametrize(("men", "share"), [(20_000, 0.03), (10_000, 0.015)])
def test_6_17_bands_that_are_found_lose_by_the_enemy_s_superiority(men: int, share: float) -> None:
    world = small_game([force(0, 53, men), band(order=Order.REST)], rules=rules(), days_per_turn=1.0, impulses=1)
    world.tables.seen[0, S.HOUR, 1] = 0
    world.tables.seen[0, S.HEX, 1] = 53
    world.step({})
    t = world.tables.faction_i
    assert t[A.KILLED, 1] + t[A.CAPTURED, 1] == pytest.approx(2000 * share, abs=1)


def test_6_17_bands_that_nobody_has_found_lose_nobody() -> None:
    world = small_game([force(0, 53, 20_000), band(order=Order.REST)], rules=rules(), days_per_turn=1.0, impulses=1)
    world.tables.seen[0, S.HOUR, 1] = NEVER
    world.step({})
    assert world.tables.force_i[F.MEN, 1] == 2000


def ambush(column: int = 5000, party: int = 1000, **more: object) -> World:
    forces = [force(0, 52, column, order=Order.MOVE, dest=53), force(1, 53, party, order=Order.AMBUSH, **more)]
    return day(forces, days_per_turn=2.0, impulses=2)


def test_6_20_the_exchange_of_an_ambush_is_the_model_s() -> None:
    found = rows(ambush(), RecordKind.AMBUSH)
    assert len(found) == 1
    # 800 find room and fire aimed for an hour; the column of 5,000 fires back at an area at four times their number
    assert found[0].b == pytest.approx(0.3 * 800, abs=1)
    assert found[0].a == pytest.approx(0.02 * 4 * 800, abs=1)
    assert 3 <= found[0].b / found[0].a <= 8


def test_6_20_no_more_than_a_fifth_of_the_column_is_hit() -> None:
    found = rows(ambush(column=600), RecordKind.AMBUSH)
    assert found[0].b == pytest.approx(120, abs=1)


def test_6_20_bands_and_friends_march_past_an_ambush() -> None:
    bands = force(0, 52, 1000, status=Status.BANDS, order=Order.MOVE, dest=53)
    world = day([bands, force(1, 53, 1000, order=Order.AMBUSH)], days_per_turn=2.0, impulses=2)
    assert rows(world, RecordKind.AMBUSH) == []


def test_6_21_an_ambush_strikes_once_a_day_and_is_then_known() -> None:
    columns = [force(0, 52, 3000, order=Order.MOVE, dest=53) for _ in range(3)]
    world = day([*columns, force(1, 53, 1000, order=Order.AMBUSH)], rules(sight__hidden=0.0))
    assert len(rows(world, RecordKind.AMBUSH)) == 1
    assert world.tables.seen[0, S.HEX, 3] == 53


PAVED = plain_map(road=links(line(48, 59), Road.PRIMARY))


def raid(**more: object) -> World:
    raiders = force(1, 52, 1000, status=Status.BANDS, order=Order.RAID, dest=52, stock=10**6)
    return day([force(0, 56), raiders], control=0, depots=[(50, 0, 10**6)], **{"hexmap": PAVED} | more)


def test_6_22_raiders_burn_supplies_and_damage_the_road() -> None:
    world = raid()
    found = rows(world, RecordKind.RAID)
    assert [(r.a, r.b) for r in found] == [(20_000, 300)]
    assert world.tables.hex_f[H.CUT, 52] == pytest.approx(0.3)
    handed_out = 10**6 - world.tables.depot_i[D.STOCK_KG, 0]
    assert handed_out >= 20_000 <= world.tables.faction_i[A.KG_LOST, 0]


def test_6_22_there_is_nothing_to_raid_without_a_road() -> None:
    assert rows(raid(hexmap=plain_map()), RecordKind.RAID) == []


def test_6_22_a_game_copied_under_raid_goes_on_as_the_original() -> None:
    world = raid()
    copy = world.copy()
    world.step({})
    copy.step({})
    assert copy.state_hash() == world.state_hash()
