"""Chapter 4, first part: hauls that are mended as the war moves on are those that a fresh reckoning gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.columns import depot as D
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Road
from game.core.kernels import plain
from game.engine.world import World
from game.rules.lines import (
    ANY_DEPOT,
    NEXT_DEPOT,
    REAR_DEPOT,
    before_on_line,
    depot_at,
    follow_line,
    solve_lines,
    solve_next,
)
from game.rules.presence import count_presence
from game.rules.workspace import INF
from tests.builders import force, line, links, plain_map, small_game

ROADS = links(line(48, 59), Road.PRIMARY)
count, solve, solve_on, follow, start, before = (
    plain(count_presence),
    plain(solve_lines),
    plain(solve_next),
    plain(follow_line),
    plain(depot_at),
    plain(before_on_line),
)

Change = tuple[int, int, int]
changes = st.lists(
    st.lists(st.tuples(st.integers(0, 107), st.integers(NO_FACTION, 1), st.integers(0, 400)), min_size=1, max_size=12),
    min_size=1,
    max_size=4,
)


def war() -> World:
    world = small_game(
        [force(0, 50, men=1000), force(1, 57, men=1000)],
        hexmap=plain_map(road=ROADS),
        depots=[(48, 0, 400_000, 20_000), (62, 0, 90_000), (59, 1, 300_000, 5_000), (33, 1, 200_000)],
    )
    world.step({})
    return world


def solved(world: World) -> World:
    world.work.active[:] = 1
    solve(world.tables, world.setting.ground, world.work, world.setting.ruleset.supply)
    return world


def solved_on(world: World, spent: set[int]) -> World:
    """The lines from the next depots too, when those in `spent` have handed out what they may."""
    world.work.depot_kg[:] = [0.0 if k in spent else 1e6 for k in range(world.tables.depot_i.shape[1])]
    for faction in (0, 1):
        solve_on(world.tables, world.setting.ground, world.work, world.setting.ruleset.supply, faction)
    return world


@settings(max_examples=25, deadline=None)
@given(changes, st.lists(st.none() | st.sets(st.integers(0, 3)), min_size=4, max_size=4))
def test_4_4_mended_hauls_are_those_solved_anew(rounds: list[list[Change]], spent: list[set[int] | None]) -> None:
    """`spent`: round by round the depots that are spent, None where nobody asks for the next depot."""
    world = solved(war())
    for changed, dry in zip(rounds, spent, strict=False):
        for h, holder, tonnes in changed:
            world.tables.hex_i[H.CONTROL, h] = holder
            world.tables.depot_i[D.STOCK_KG, h % world.tables.depot_i.shape[1]] = tonnes * 1000
        solved(world)
        fresh = world.copy()
        count(fresh.tables, fresh.work)
        solved(fresh)
        if dry is not None:
            solved_on(world, dry)
            solved_on(fresh, dry)
        lines = NEXT_DEPOT if dry is None else NEXT_DEPOT + 1
        assert np.array_equal(world.work.haul[:lines], fresh.work.haul[:lines])
        assert np.array_equal(world.work.haul_start[:lines], fresh.work.haul_start[:lines])


def test_4_5_lines_from_the_next_depots_set_out_from_those_that_are_not_spent() -> None:
    world = solved_on(solved(war()), {0})
    hauls, starts = world.work.haul[:, 0], world.work.haul_start[:, 0]
    assert starts[ANY_DEPOT, 0] < INF <= starts[NEXT_DEPOT, 0]
    assert starts[NEXT_DEPOT, 1] == starts[ANY_DEPOT, 1] < INF
    assert hauls[ANY_DEPOT, 48] < hauls[NEXT_DEPOT, 48] < INF
    assert (hauls[NEXT_DEPOT] >= hauls[ANY_DEPOT]).all()


def test_4_4_a_line_leads_hex_by_hex_to_the_depot_that_it_sets_out_from() -> None:
    world = solved(war())
    x, g = world.work, world.setting.ground
    reached = 0
    for h in np.flatnonzero(x.haul[ANY_DEPOT, 0] < INF).tolist():
        hexes = follow(g, x, ANY_DEPOT, 0, h)
        way = x.path[:hexes].tolist()
        assert way[0] == h
        assert all(before(g, x, ANY_DEPOT, 0, b) == a for b, a in pairwise(way))
        assert before(g, x, ANY_DEPOT, 0, way[-1]) == OFF_MAP
        assert start(world.tables, x, ANY_DEPOT, 0, way[-1]) >= 0
        reached += 1
    assert reached > 50


def test_4_10_rear_lines_set_out_from_rear_depots_only() -> None:
    world = war()
    world.tables.depot_i[D.INFLOW_KG, :] = 0
    solved(world)
    assert (world.work.haul[REAR_DEPOT] >= INF).all()
    assert (world.work.haul[ANY_DEPOT, 0] < INF).any()
