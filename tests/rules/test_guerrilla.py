"""The war without fronts: hiding, shelter, patrols, sweeps, sabotage and trespass (5, 6); militias (9)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.columns import sighting as S
from game.core.ids import (
    DepotKind,
    FactionClass,
    ForceKind,
    Order,
    Posture,
    Rail,
    Road,
    Stance,
    Status,
    Terrain,
)
from game.core.kernels import plain
from game.core.orders import ForceOrder
from game.core.reasons import Reason
from game.core.records import RecordKind, say
from game.core.ruleset import Ruleset
from game.engine.legality import why_not
from game.engine.world import World
from game.rules.hiding import forage_share, is_sheltered, tips
from game.rules.presence import count_presence
from game.rules.sight import hidden_rate
from game.rules.supply import pass_kg
from tests.builders import force, line, links, plain_map, small_game, standard_ruleset

STEADY = {
    "morale__desert_month": 0.0,
    "morale__sick_month_dry": 0.0,
    "morale__straggler_home": 0.0,
    "morale__straggler_return": 0.0,
}
HERE = 53


def rules(**more: object) -> Ruleset:
    return standard_ruleset(**{**STEADY, **more})


def game(forces: list[dict[str, Any]], **more: Any) -> World:
    """A small game in which faction 1 is an insurgency."""
    world = small_game(forces, **{"rules": rules(), "days_per_turn": 1.0, "impulses": 1} | more)
    world.tables.faction_i[A.CLASS, 1] = FactionClass.INSURGENCY
    return world


def rows(world: World, kind: RecordKind) -> list[Any]:
    return list(world.records.of_kind(kind))


# --- orders ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("spec", "order", "reason"),
    [
        ({"status": Status.BANDS}, Order.PATROL, Reason.BANDS_CANNOT),
        ({"status": Status.BANDS}, Order.SWEEP, Reason.BANDS_CANNOT),
        ({"status": Status.BANDS}, Order.CLEAR, Reason.BANDS_CANNOT),
        ({"status": Status.BANDS}, Order.SABOTAGE, None),
        ({}, Order.PATROL, None),
        ({}, Order.SWEEP, None),
        ({}, Order.CLEAR, None),
        ({"kind": ForceKind.AIR}, Order.PATROL, Reason.KIND_CANNOT),
        ({"kind": ForceKind.ARTILLERY}, Order.SABOTAGE, Reason.KIND_CANNOT),
        ({"kind": ForceKind.ARMOUR}, Order.SWEEP, Reason.KIND_CANNOT),
    ],
)
def test_1_4_who_may_patrol_sweep_sabotage_and_clear(spec: dict[str, Any], order: Order, reason: Reason | None) -> None:
    world = game([force(0, HERE, **spec)])
    asked = ForceOrder(0, order, -1 if order == Order.PATROL else HERE + 1)
    refused = why_not(world.setting, world.routes, world.tables, 0, asked, world.ways)
    assert (None if refused is None else refused.reason) == reason


def test_1_5_a_sweep_needs_a_destination_that_can_be_reached() -> None:
    world = game([force(0, HERE)])
    refused = why_not(world.setting, world.routes, world.tables, 0, ForceOrder(0, Order.SWEEP, -1), world.ways)
    assert refused is not None
    assert refused.reason == Reason.BAD_DESTINATION


# --- hiding and shelter ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("order", [Order.AMBUSH, Order.RAID, Order.SABOTAGE])
def test_5_10_a_formed_force_of_insurgents_lives_hidden_while_it_works_hidden(order: Order) -> None:
    world = game([force(1, HERE, order=order, dest=HERE), force(0, 0)])
    world.step({})
    assert world.tables.force_i[F.POSTURE, 0] == Posture.HIDDEN
    world.tables.force_i[F.ORDER, 0] = Order.HOLD
    world.step({})
    assert world.tables.force_i[F.POSTURE, 0] == Posture.HASTY
    assert world.tables.force_i[F.STATUS, 0] == Status.ACTIVE


def test_5_10_raiders_of_a_state_do_not_hide() -> None:
    world = game([force(0, HERE, order=Order.RAID, dest=HERE), force(1, 0)])
    world.step({})
    assert world.tables.force_i[F.POSTURE, 0] == Posture.MARCH


def test_3_8_hidden_insurgents_pass_between_enemy_troops_and_formed_ones_are_stopped() -> None:
    wall = [force(0, HERE + 1, 3000), force(0, HERE - 11, 3000), force(0, HERE + 12, 3000), force(0, HERE + 13, 3000)]
    for order, gets_through in ((Order.RAID, True), (Order.MOVE, False)):
        world = game([force(1, HERE, 500, order=order, dest=HERE + 3), *wall], days_per_turn=8.0, impulses=8)
        world.step({})
        assert (world.tables.force_i[F.HEX, 0] >= HERE + 2) == gets_through


def test_5_11_a_sweep_takes_its_shelter_from_a_base_area() -> None:
    shelter = np.full(108, -1, np.int8)
    shelter[HERE] = 1
    for order, sheltered in ((Order.HOLD, True), (Order.SWEEP, False)):
        world = game(
            [force(0, HERE, order=order, dest=HERE), force(1, HERE, 300, status=Status.BANDS)], shelter=shelter
        )
        world.step({})
        t, g, x, _, _ = world.impulse
        assert plain(is_sheltered)(t, g, x, 1, HERE) == sheltered


def test_5_11_insurgents_find_sanctuary_where_a_neighbour_grants_passage_and_their_enemies_may_not_follow() -> None:
    host = np.full(108, -1, np.int8)
    host[[HERE, HERE + 1]] = 2
    bands = force(1, HERE, 2000, status=Status.BANDS, cohesion=0.9)
    world = game([bands, force(0, HERE - 1), force(2, 0, 100)], factions=3, host=host)
    t, g, x = world.tables, world.setting.ground, world.work
    t.faction_i[A.MOVEMENT, 2] = -1
    t.stance[:, 2] = t.stance[2, :] = Stance.NEUTRAL
    assert not plain(is_sheltered)(t, g, x, 1, HERE)
    t.stance[1, 2] = t.stance[2, 1] = Stance.ACCESS
    assert plain(is_sheltered)(t, g, x, 1, HERE)
    assert not plain(is_sheltered)(t, g, x, 0, HERE)
    refused = why_not(world.setting, world.routes, t, 0, ForceOrder(1, Order.MOVE, HERE), world.ways)
    assert refused is not None
    assert refused.reason == Reason.NO_ACCESS


def test_6_16_bands_form_again_in_sanctuary() -> None:
    host = np.full(108, -1, np.int8)
    host[HERE] = 2
    world = game(
        [force(1, HERE, 2000, status=Status.BANDS, cohesion=0.9), force(0, 0), force(2, 107, 100)],
        factions=3, host=host,
    )  # fmt: skip
    world.tables.stance[1, 2] = world.tables.stance[2, 1] = Stance.ACCESS
    world.step({})
    assert [(r.force, r.reason) for r in rows(world, RecordKind.REFORMED)] == [(0, Reason.IN_SANCTUARY)]


# --- visibility --------------------------------------------------------------------------------------------------
def hidden(world: World, viewer: int = 0, f: int = 1, open_rate: float = 1.0) -> float:
    t, g, x, r, _ = world.impulse
    plain(count_presence)(t, x)
    return plain(hidden_rate)(t, g, x, r, viewer, f, open_rate)


def two() -> World:
    return game([force(0, HERE - 1), force(1, HERE, 1000, status=Status.BANDS)], people=5000)


def test_5_2_patrols_movement_belts_and_open_ground_find_the_hidden() -> None:
    plainly = hidden(two())
    patrolled = two()
    patrolled.work.patrol[HERE, 0] = 2000
    moving = two()
    moving.tables.force_i[[F.ORDER, F.DEST], 1] = Order.WITHDRAW, 0
    belt = two()
    belt.tables.hex_i[H.CONTROL, HERE] = 0
    belt.tables.hex_f[H.MINES, HERE] = 100.0
    for world in (patrolled, moving, belt):
        assert hidden(world) > 1.2 * plainly
    forest = game(
        [force(0, HERE - 1), force(1, HERE, 1000, status=Status.BANDS)],
        hexmap=plain_map(terrain=np.full(108, Terrain.FOREST, np.int8)),
    )
    assert hidden(forest) < 0.4 * plainly


def test_5_2_a_wide_hex_hides_more() -> None:
    wide = game([force(0, HERE - 1), force(1, HERE, 1000, status=Status.BANDS)], hexmap=plain_map(km=24.0))
    assert hidden(wide) == pytest.approx(hidden(two()) / 4.0)


def test_5_12_people_tell_those_whom_they_prefer_as_far_as_they_are_safe() -> None:
    world = two()
    t, rules = world.tables, world.setting.ruleset
    t.support[:], t.hex_f[H.SECURITY, HERE] = 0.0, 0.0
    nothing = plain(tips)(t, rules, 0, 1, HERE)
    assert nothing == pytest.approx(0.3)
    t.support[0, HERE] = 0.6
    assert plain(tips)(t, rules, 0, 1, HERE) == pytest.approx(0.3)
    t.hex_f[H.SECURITY, HERE] = 0.5
    assert plain(tips)(t, rules, 0, 1, HERE) == pytest.approx(0.6)
    t.support[:, HERE] = 0.0, 0.8
    assert plain(tips)(t, rules, 0, 1, HERE) == pytest.approx(0.3 * 0.6)


def test_5_12_an_ally_s_cause_counts_for_those_who_have_none_of_their_own() -> None:
    world = game([force(0, 0), force(1, HERE), force(2, 1)], factions=3, people=100)
    t = world.tables
    t.faction_i[A.MOVEMENT, 0] = -1
    t.support[2, HERE], t.hex_f[H.SECURITY, HERE] = 0.4, 1.0
    assert plain(tips)(t, world.setting.ruleset, 0, 1, HERE) == pytest.approx(0.3)
    t.stance[0, 2] = t.stance[2, 0] = Stance.ALLIED
    assert plain(tips)(t, world.setting.ruleset, 0, 1, HERE) == pytest.approx(0.7)


def test_5_12_insurgents_eat_from_those_who_prefer_them() -> None:
    world = two()
    t, hiding = world.tables, world.setting.ruleset.guerrilla
    assert plain(forage_share)(t, hiding, 1, HERE) == pytest.approx(0.4)
    t.support[1, HERE] = 0.3
    assert plain(forage_share)(t, hiding, 1, HERE) == pytest.approx(1.0)
    t.faction_i[A.MOVEMENT, 1] = -1
    assert plain(forage_share)(t, hiding, 1, HERE) == 1.0


# --- sabotage and raids ------------------------------------------------------------------------------------------
def on_the_road(*more: dict[str, Any], **options: Any) -> World:
    road = links(line(48, 58), Road.PRIMARY)
    band = force(1, HERE, 400, status=Status.BANDS, order=Order.SABOTAGE, dest=HERE, base=20)
    control = np.zeros(108, np.int8)
    return game([band, force(0, 0), *more], **{"hexmap": plain_map(road=road), "control": control} | options)


def test_6_23_saboteurs_damage_the_way_by_the_day_and_slip_away_when_enough_is_broken() -> None:
    world = on_the_road()
    world.step({})
    assert world.tables.hex_f[H.CUT, HERE] == pytest.approx(1.5 * 0.4)
    told = rows(world, RecordKind.SABOTAGED)
    assert [(r.force, r.hex, r.other) for r in told] == [(0, HERE, 0)]
    assert "damaged the ways by 60 %" in say(told[0], world.setting)
    assert world.tables.force_i[F.ORDER, 0] == Order.SABOTAGE
    world.step({})
    assert (world.tables.force_i[F.ORDER, 0], world.tables.force_i[F.DEST, 0]) == (Order.WITHDRAW, 20)
    world.step({})
    assert not rows(world, RecordKind.SABOTAGED)


def test_6_23_half_the_impulse_twice_breaks_as_much() -> None:
    once, twice = on_the_road(), on_the_road(impulses=2)
    once.step({})
    twice.step({})
    # what is broken in the first half is mended a little in the second
    assert twice.tables.hex_f[H.CUT, HERE] == pytest.approx(once.tables.hex_f[H.CUT, HERE], rel=0.15)


def test_5_13_patrols_and_militias_keep_part_of_the_damage_from_happening() -> None:
    plainly, patrolled, armed = on_the_road(), on_the_road(force(0, HERE - 1, 2000, order=Order.PATROL)), on_the_road()
    armed.tables.hex_i[H.PEOPLE] = 50_000
    armed.tables.policy[P.MILITIA, 0] = 1.0
    for world in (plainly, patrolled, armed):
        world.step({})
    damage = [world.tables.hex_f[H.CUT, HERE] for world in (plainly, patrolled, armed)]
    assert damage[1] == pytest.approx(damage[0] / (1.0 + 0.2 * 2000 / 400))
    assert damage[2] == pytest.approx(damage[0] / (1.0 + 0.4 * 0.015 * 50_000 / 400))
    assert not patrolled.work.patrol.any()


def test_6_22_raiders_under_patrols_burn_less() -> None:
    burnt = []
    for guards in ((), (force(0, HERE + 12, 4000, order=Order.PATROL),)):
        world = on_the_road(*guards, depots=[(48, 0, 10**8)])
        world.tables.force_i[F.ORDER, 0] = Order.RAID
        world.step({})
        burnt.append(sum(r.a for r in rows(world, RecordKind.RAID)))
    assert 0 < burnt[1] < 0.6 * burnt[0]


def test_4_5_a_railway_stops_before_a_road_does() -> None:
    world = on_the_road(hexmap=plain_map(rail=links(line(48, 58), Rail.OPERATING)))
    carries = []
    for damage in (0.0, 0.2, 0.4, 1.0):
        world.tables.hex_f[H.CUT, HERE] = damage
        carries.append(plain(pass_kg)(world.tables, world.setting.ground, world.setting.ruleset.supply, HERE, 0))
    trail = 20_000.0
    assert carries == pytest.approx([300_000 + trail, 150_000 + 0.8 * trail, 0.6 * trail, 0.0])


# --- ambush ------------------------------------------------------------------------------------------------------
def test_6_20_the_room_for_an_ambush_goes_with_the_width_of_the_hex() -> None:
    hit = []
    for km in (12.0, 24.0):
        world = game(
            [force(1, HERE, 3000, order=Order.AMBUSH), force(0, HERE - 1, 8000, order=Order.MOVE, dest=HERE)],
            hexmap=plain_map(km=km), days_per_turn=4.0, impulses=4, rules=rules(combat__ambush_most=1.0),
        )  # fmt: skip
        world.step({})
        hit.append(sum(r.b for r in rows(world, RecordKind.AMBUSH)))
    assert hit[1] == pytest.approx(2.0 * hit[0], rel=0.1)


def test_6_21_in_a_long_impulse_a_party_strikes_again_when_it_has_rested() -> None:
    columns = [force(0, HERE - away, 800, order=Order.MOVE, dest=HERE + 1) for away in (2, 4, 5)]
    struck = []
    for rest in (24.0, 240.0):
        world = game(
            [force(1, HERE, 300, order=Order.AMBUSH), *columns], days_per_turn=8.0,
            hexmap=plain_map(terrain=np.full(108, Terrain.FOREST, np.int8)), rules=rules(combat__ambush_rest=rest),
        )  # fmt: skip
        world.step({})
        struck.append([r.hour for r in rows(world, RecordKind.AMBUSH)])
    assert len(struck[1]) == 1
    assert len(struck[0]) >= 2
    assert struck[0] == sorted(set(struck[0]))


# --- sweeps ------------------------------------------------------------------------------------------------------
def swept(order: Order = Order.SWEEP, men: int = 10_000, days: float = 4.0, impulses: int = 4, seed: int = 1) -> World:
    world = game(
        [force(0, HERE, men, order=order, dest=HERE), force(1, HERE, 900, status=Status.BANDS, order=Order.REST)],
        days_per_turn=days, impulses=impulses, seed=seed,
        depots=[(HERE, 1, 100_000)],
    )  # fmt: skip
    world.tables.depot_i[D.KIND, 0] = DepotKind.CACHE
    world.step({})
    return world


def test_6_24_a_sweep_finds_hidden_men_and_scatters_more_than_it_takes() -> None:
    world = swept()
    account = world.tables.faction_i[:, 1]
    assert account[A.STRAGGLERS] > account[A.KILLED] + account[A.CAPTURED] > 0
    assert world.tables.force_i[F.MEN, 1] > 500
    assert rows(world, RecordKind.SWEPT)
    assert world.tables.seen[0, S.HOUR, 1] >= 0


def test_6_24_more_sweepers_find_more() -> None:
    found = [
        sum(r.a for s in range(4) for r in rows(swept(men=men, seed=s), RecordKind.SWEPT)) for men in (200, 10_000)
    ]
    assert found[0] < found[1]


def test_6_24_a_sweep_halts_before_formed_enemies() -> None:
    world = game([force(0, HERE, order=Order.SWEEP, dest=HERE + 2), force(1, HERE + 1)], days_per_turn=4.0)
    world.step({})
    assert (world.tables.force_i[F.HEX, 0], world.tables.force_i[F.ORDER, 0]) == (HERE, Order.HOLD)


def test_6_25_a_sweep_destroys_hidden_stores_and_says_so() -> None:
    world = swept()
    stock = world.tables.depot_i[D.STOCK_KG, 0]
    assert stock == pytest.approx(100_000 * 0.9**4, rel=0.01)
    assert world.tables.faction_i[A.KG_LOST, 1] == 100_000 - stock
    assert "hidden stores" in say(rows(world, RecordKind.SWEPT)[-1], world.setting)


def test_6_25_who_only_holds_the_place_finds_no_stores() -> None:
    assert swept(Order.HOLD).tables.depot_i[D.STOCK_KG, 0] == 100_000


def test_6_17_hidden_forces_that_were_found_are_hunted_like_bands() -> None:
    world = game([force(0, HERE, 20_000), force(1, HERE, 900, order=Order.AMBUSH, dest=HERE)])
    world.tables.seen[0, [S.HOUR, S.HEX], 1] = 0, HERE
    world.step({})
    assert world.tables.faction_i[A.KILLED, 1] + world.tables.faction_i[A.CAPTURED, 1] > 0


# --- borders -----------------------------------------------------------------------------------------------------
def test_6_26_troops_on_land_that_grants_them_nothing_trespass_once_a_month() -> None:
    host = np.full(108, -1, np.int8)
    host[HERE] = 2
    world = game(
        [force(0, HERE, 700), force(1, 0), force(2, 107)], factions=3, host=host, days_per_turn=15.0, impulses=3,
        turns=6,
    )  # fmt: skip
    t = world.tables
    t.stance[0, 2] = t.stance[2, 0] = Stance.NEUTRAL
    told = []
    for _ in range(6):
        world.step({})
        told += rows(world, RecordKind.TRESPASS)
    assert [(r.faction, r.other, r.hex, r.b) for r in told] == [(0, 2, HERE, 0)] * len(told)
    assert 2 <= len(told) <= 3
    assert told[0].a == 700


def test_6_26_fighting_beside_a_border_is_put_on_record() -> None:
    host = np.full(108, -1, np.int8)
    host[HERE + 1] = 2
    world = game([force(0, HERE), force(1, 0), force(2, 107)], factions=3, host=host, days_per_turn=31.0, turns=3)
    t = world.tables
    t.stance[0, 2] = t.stance[2, 0] = Stance.NEUTRAL
    t.force_i[F.LAST_FOUGHT, 0] = 24
    world.step({})
    world.step({})
    assert [(r.faction, r.other, r.b) for r in rows(world, RecordKind.TRESPASS)] == [(0, 2, 1)]


def test_9_5_militias_hold_a_hex_against_bands_that_would_overawe_it() -> None:
    lost = []
    for policy in (0.0, 1.0):
        world = game(
            [force(1, HERE, 3000, status=Status.BANDS, order=Order.REST), force(0, 0)],
            control=np.zeros(108, np.int8), days_per_turn=10.0, impulses=10, people=60_000,
        )  # fmt: skip
        world.tables.policy[P.MILITIA, 0] = policy
        world.step({})
        lost.append(int(world.tables.hex_i[H.CONTROL, HERE]) == 1)
    assert lost == [True, False]
