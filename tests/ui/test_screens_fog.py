"""The window tells and shows a side only what its View knows."""

from __future__ import annotations

import numpy as np
import pytest
from builders import force, plain_map, small_game, spot

from game.core.columns import force as F
from game.core.ids import NEVER, NO_FACTION, NO_FORCE, OFF_MAP
from game.core.reasons import Reason
from game.core.records import Record, RecordKind, Records, say
from game.ui.match import Frame
from game.ui.play.facts import in_play
from game.ui.play.resolve import film_of
from game.ui.play.scene import stacks_of
from game.ui.play.supplies import supply_picture
from game.ui.play.telling import Teller
from game.ui.play.tidings import known_to

COLS = 12
HERE, FAR = 4 * COLS + 1, 4 * COLS + 10


@pytest.fixture
def world():
    control = [0 if k % COLS < 6 else 1 for k in range(COLS * 9)]
    forces = [force(0, HERE, 6000), force(1, FAR, 4000)]
    w = small_game(forces, hexmap=plain_map(COLS, 9), control=control, depots=[(HERE, 0, 500_000)])
    w.tables.seen[:] = NEVER
    w.tables.in_sight[:] = 0
    w.tables.in_sight[0, HERE] = 1
    return w


def record(kind, faction=NO_FACTION, f=NO_FORCE, hex_=OFF_MAP, other=NO_FACTION, a=0):
    return Record(0, kind, faction, f, hex_, other, a, 0, 0, 0, 0, Reason.NONE)


def test_a_hidden_enemy_has_no_counter_for_the_side_and_one_without_fog(world):
    assert {s.hex for s in stacks_of(world.view("s0"))} == {HERE}
    spot(world, 0, 1, 0)
    assert {s.hex for s in stacks_of(world.view("s0"))} == {HERE, FAR}


@pytest.mark.parametrize("kind", [RecordKind.MOVED, RecordKind.ORDER, RecordKind.WILL, RecordKind.HUNGRY])
def test_the_enemys_own_affairs_are_never_told(world, kind):
    view = world.view("s0")
    theirs = record(kind, 1, 1, HERE)
    assert not known_to(theirs, view, 0)
    assert known_to(theirs, view, None)
    assert known_to(record(kind, 0, 0, HERE), view, 0)


def test_control_is_told_only_where_the_side_sees(world):
    view = world.view("s0")
    assert known_to(record(RecordKind.CONTROL, 1, hex_=HERE), view, 0)
    assert not known_to(record(RecordKind.CONTROL, 1, hex_=FAR), view, 0)


def test_the_film_shows_no_enemy_that_was_not_seen(world):
    before = world.view("s0")
    moved = Records(np.array([[0, RecordKind.MOVED, 1, 1, FAR - 1, NO_FACTION, FAR, 0, 0, 0, 0, 0]], np.int64))
    assert film_of(before, Frame(moved, world.view("s0")), 0, 1.0).movers == ()


def test_estimates_of_enemy_losses_are_rounded_and_own_ones_exact(world):
    view = world.view("s0")
    fight = Record(0, RecordKind.BATTLE, 0, NO_FORCE, HERE, 1, 6123, 4321, 213, 377, 150, Reason.NONE)
    (item,) = Teller(world.scenario, view, 0).tell([fight])
    assert "213" in item.detail
    assert "about 380" in item.detail
    assert "377" not in item.detail


def test_supplies_reach_own_land_and_not_the_enemys(world):
    picture = supply_picture(world.view("s0"), world.routes)
    assert picture.tonnes[HERE] > 0
    assert picture.tonnes[HERE + 2] > 0
    assert picture.tonnes[FAR] == 0
    assert picture.depots == ((HERE, "500 t"),)


def test_a_force_that_is_gone_is_not_in_play(world):
    world.tables.force_i[F.STATUS, 0] = 4
    assert in_play(world.view("s0")) == []


def test_the_report_says_what_the_record_says_in_the_same_words(world):
    view = world.view("s0")
    back = Record(30, RecordKind.RETREAT, 0, 0, HERE, NO_FACTION, HERE + 1, 5000, 240, 0, 0, Reason.PUSHED_BACK)
    (item,) = Teller(world.scenario, view, None).tell([back])
    said = say(back, world.setting)
    assert f"{item.when}, {item.title}: {item.detail}".lower() == said.lower()


def test_days_of_one_battle_are_one_line_with_the_losses_added_up(world):
    view = world.view("s0")
    days = [
        Record(24 * k, RecordKind.BATTLE, 0, NO_FORCE, HERE, 1, 6000, 4000, 100 + k, 200, 150, Reason.NONE)
        for k in range(3)
    ]
    (item,) = Teller(world.scenario, view, 0).tell(days)
    assert "losses 303 and about 600" in item.detail
    assert item.when == "1 – 3 Jan 1979"


def test_open_country_is_told_of_in_one_line_and_each_town_in_its_own(world):
    view = world.view("s0")
    hexes = [record(RecordKind.CONTROL, 0, hex_=HERE + k, other=1) for k in range(3)]
    (item,) = Teller(world.scenario, view, 0).tell(hexes)
    assert "3 hexes of country" in item.detail
