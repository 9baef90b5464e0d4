"""How agents secure what they hold and how insurgents strike: with an eye to the season."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from game.ai.doctrine import make_doctrine
from game.ai.offence import choose_goal
from game.ai.picture import Aims, Places, Scratch, assess, make_scratch
from game.ai.security import comb_or_guard, guard, help_near, strike_goal
from game.core.columns import hex as H
from game.core.columns import order as O
from game.core.columns import policy as P
from game.core.ids import OFF_MAP, ForceKind, Mobility, Order, Road, Status, Ways
from game.core.kernels import plain
from game.core.reasons import Reason
from game.engine.world import World
from game.scenario.schema_doctrine import defaults
from tests.builders import force, line, links, plain_map, small_game, spot

HERE = 53
DRY, WET = date(1979, 2, 1), date(1979, 7, 1)


class Mind:
    """A side's picture of a small world, as the commander makes it."""

    def __init__(self, world: World, side: int, **doctrine: Any) -> None:
        view = world.view(f"s{side}")
        self.tables, self.ground = view.tables, world.setting.ground
        self.doctrine = make_doctrine({**defaults(), **doctrine}, side)
        n, forces = world.setting.map.n, self.tables.force_i.shape[1]
        self.scratch: Scratch = make_scratch(n, forces, 1, 0)
        steps = world.routes.steps[:, int(view.ways)]
        self.aims: Any = type("Aims", (), {"steps": steps, "wet": int(view.season)})()
        plain(assess)(self.tables, self.ground, world.setting.ruleset, self.doctrine, self.scratch)

    def given(self) -> list[tuple[int, int, int]]:
        rows = self.scratch.orders[: self.scratch.written[0]]
        return [(int(r[O.KIND]), int(r[O.DEST]), int(r[O.REASON])) for r in rows]


def raiders(start: date) -> Mind:
    """Bands of side 1 beside a track on which a regiment of side 0 stands two hexes on."""
    world = small_game(
        [force(1, HERE - 2, 1200, status=Status.BANDS), force(0, HERE + 1, 9000, mobility=Mobility.MOTORISED)],
        hexmap=plain_map(road=links(line(HERE, HERE + 1), Road.SECONDARY)), start=start,
        control=np.zeros(108, np.int8),
    )  # fmt: skip
    spot(world, 1, 1, 0)
    return Mind(world, 1, raid_from_bands=1)


def test_p_16_mud_delays_help_and_insurgents_raid_in_the_wet_season_what_they_leave_alone_in_the_dry() -> None:
    dry, wet = raiders(DRY), raiders(WET)
    help_ = [plain(help_near)(m.ground, m.scratch, m.aims, HERE) for m in (dry, wet)]
    assert 0 < help_[1] < help_[0]
    risk = (help_[0] + help_[1]) / 2.0 / dry.scratch.weight[0]
    goals = [
        plain(strike_goal)(m.tables, m.ground, m.doctrine._replace(raid_risk=risk), m.scratch, m.aims, 0)
        for m in (dry, wet)
    ]
    assert goals == [OFF_MAP, HERE]


def holder(start: date = DRY, kind: ForceKind = ForceKind.INFANTRY, **mines: float) -> Mind:
    shelter = np.full(108, -1, np.int8)
    shelter[HERE + 2] = 1
    world = small_game(
        [force(0, HERE, 5000, kind=kind), force(1, 0, 10)], start=start, shelter=shelter,
        hexmap=plain_map(road=links(line(HERE, HERE + 1), Road.PRIMARY)),
    )  # fmt: skip
    world.tables.hex_f[H.SCATTER, HERE] = mines.get("scatter", 0.0)
    world.tables.hex_f[H.MINES, HERE] = mines.get("belt", 0.0)
    world.tables.policy[P.SEAL, 0] = mines.get("seal", 0.0)
    return Mind(world, 0)


@pytest.mark.parametrize(
    ("mines", "secure", "order", "reason"),
    [
        ({}, True, Order.PATROL, Reason.PLAN_PATROL),
        ({}, False, Order.HOLD, Reason.PLAN_GARRISON),
        ({"scatter": 40.0}, True, Order.CLEAR, Reason.PLAN_CLEAR),
        ({"scatter": 40.0}, False, Order.HOLD, Reason.PLAN_GARRISON),
        ({"scatter": 40.0, "belt": 100.0, "seal": 1.0}, True, Order.PATROL, Reason.PLAN_PATROL),
    ],
)
def test_p_15_troops_patrol_or_clear_roads_where_nobody_threatens_them_and_leave_their_own_belt_alone(
    mines: dict[str, float], secure: bool, order: Order, reason: Reason
) -> None:
    mind = holder(**mines)
    plain(guard)(mind.tables, mind.ground, mind.doctrine, mind.scratch, 0, secure)
    assert [(k, r) for k, _, r in mind.given()] == [(order, reason)]


@pytest.mark.parametrize(("start", "order"), [(DRY, Order.SWEEP), (WET, Order.PATROL)])
def test_p_15_base_areas_are_combed_in_the_dry_season(start: date, order: Order) -> None:
    mind = holder(start)
    plain(comb_or_guard)(mind.tables, mind.ground, mind.doctrine, mind.scratch, mind.aims, 0, True)
    assert mind.given() == [
        (order, HERE + 2, Reason.PLAN_SWEEP_BASE) if order == Order.SWEEP else (order, OFF_MAP, Reason.PLAN_PATROL)
    ]


def test_p_15_guns_neither_patrol_nor_sweep() -> None:
    mind = holder(kind=ForceKind.ARTILLERY)
    plain(comb_or_guard)(mind.tables, mind.ground, mind.doctrine, mind.scratch, mind.aims, 0, True)
    assert [k for k, _, _ in mind.given()] == [Order.HOLD]


def goal_of(start: date, road: Road, task: int = 0) -> int:
    """The objective (row) of a motorised group: a place four hexes off by such a road; -1 for none."""
    control = np.ones(108, np.int8)
    control[[48, 49]] = 0
    world = small_game(
        [force(0, 48, 9000, mobility=Mobility.MOTORISED), force(1, 107, 10)], start=start, control=control,
        hexmap=plain_map(road=links(line(48, 58), road)),
    )  # fmt: skip
    mind = Mind(world, 0)
    ways = [(52, Mobility.MOTORISED, when) for when in (world.ways, Ways.DRY)]
    fields, rows = world.routes.find(world.tables, 0, ways)
    steps = world.routes.steps[:, int(world.ways)]
    aims = Aims(
        fields=fields, goals=Places(np.array([52]), np.array([5.0]), np.array([rows[:1]])),
        posts=Places(*[np.zeros(0)] * 3), bases=Places(*[np.zeros(0)] * 3),
        classes=np.zeros(len(Mobility), np.int64), steps=steps, dry=np.array([rows[1:]]),
        wet=int(world.season), tasks=np.array([[task]], np.int8),
    )  # fmt: skip
    scratch = mind.scratch._replace(given=np.zeros(1), resist=np.zeros(1))
    numbers = world.setting.ruleset
    return int(
        plain(choose_goal)(
            mind.tables, mind.ground, numbers, mind.doctrine, scratch, aims, 0, 0, float(scratch.weight[0]), 48.0
        )
    )


@pytest.mark.parametrize(
    ("start", "road", "task", "goal"),
    [(DRY, Road.TRACK, 0, 0), (WET, Road.TRACK, 0, -1), (WET, Road.PRIMARY, 0, 0), (WET, Road.TRACK, 1, 0)],
)
def test_p_2_the_same_group_attacks_in_the_dry_season_where_mud_makes_it_wait_in_the_wet(
    start: date, road: Road, task: int, goal: int
) -> None:
    assert goal_of(start, road, task) == goal
