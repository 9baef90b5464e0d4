"""An order goes where the person points, once, and says what it does beside: before the real window."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from small_war import COLS, OTHER, OWN, ROWS

from game.core.columns import force
from game.core.ids import OFF_MAP, ForceId, Order
from game.core.orders import ForceOrder
from game.core.reasons import Reason
from game.engine.legality import why_not
from game.ui.screens.dialogs import Dialog
from game.ui.settings import Settings

THEIRS = 3
"""The enemy at OTHER."""
HIS = Settings(note_read=True, edge_pan=False, reduced_motion=True)
MOVING = Settings(note_read=True, edge_pan=False, ask_idle=False)


@pytest.fixture
def game(open_window):
    """A game, its first stack selected and opened."""
    d = open_window(side="s0")
    d.top.camera.centre_on(OWN, glide=False)
    d.frames()
    d.key("esc")
    d.click(d.at(OWN))
    assert d.top.view.open_hex == OWN
    assert d.top.view.stacks.tray is not None
    return d


def _orders(d):
    return {(o.force, o.kind, o.dest) for o in d.top.match.orders}


def _hex_under_the_fan(d):
    """A hex with a counter of the fan drawn over its middle; the fan is laid there if it is nowhere so."""
    stacks, camera = d.top.view.stacks, d.top.camera
    for place in stacks._fan:
        beneath = camera.hex_at((place.x, place.y))
        if beneath not in (OFF_MAP, OWN):
            return beneath, (round(place.x), round(place.y))
    raise AssertionError("the fan covers no other hex")


# --- the fan ----------------------------------------------------------------------------------------------------------


def test_while_an_order_is_aimed_the_fan_is_out_of_the_way_and_a_click_means_the_hex_under_it(game):
    d = game
    beneath, at = _hex_under_the_fan(d)
    d.key("m")
    assert d.top.view.stacks.tray is None, "the fan is in the way"
    d.click(at)
    assert {dest for _, _, dest in _orders(d)} == {beneath}
    d.frames()
    assert d.top.view.stacks.tray is not None, "the fan comes back when the order is given"


def test_a_right_click_on_the_fan_means_the_hex_drawn_under_it(game):
    d = game
    beneath, at = _hex_under_the_fan(d)
    d.click(at, 3)
    assert {dest for _, _, dest in _orders(d)} == {beneath}


def test_a_left_click_on_the_fan_still_takes_one_force_of_it(game):
    d = game
    _, at = _hex_under_the_fan(d)
    d.click(at)
    assert len(d.top.desk.selected) == 1
    assert not _orders(d)


def test_a_right_click_on_the_own_hex_says_why_it_does_nothing(game):
    d = game
    d.click(d.at(OWN), 3)
    assert not _orders(d)
    assert "stands there already" in d.top.desk.refusal


def test_the_fan_lies_on_the_side_where_it_covers_no_enemy(game):
    d = game
    for k in range(9):
        d.top.camera.zoom_by(1 if k < 4 else -1)
        d.frames()
        tray = d.top.view.stacks.tray
        if tray is not None:
            assert not tray.collidepoint(d.at(OTHER))
            assert not tray.collidepoint(d.at(OWN))


@pytest.mark.parametrize("towards", [-COLS, COLS, 1, -1])
def test_every_accepted_click_means_the_hex_drawn_under_the_pointer(game, towards):
    d = game
    d.key("m")
    d.click(d.at(OWN + towards))
    assert {dest for _, _, dest in _orders(d)} == {OWN + towards}


# --- an assault needs an enemy ----------------------------------------------------------------------------------------


def test_an_assault_on_a_hex_where_no_enemy_is_known_is_refused_with_the_reason(game):
    d = game
    for where in (OWN, OWN + 1):
        d.key("x")
        d.click(d.at(where))
        assert not _orders(d)
        assert "no enemy is known" in d.top.desk.refusal
        assert d.top.desk.armed is Order.ATTACK, "it is still being aimed"
        d.key("esc")
    d.key("x")
    d.click(d.at(OTHER))
    assert {(kind, dest) for _, kind, dest in _orders(d)} == {(Order.ATTACK, OTHER)}


def test_the_refusal_of_an_assault_tells_nothing_of_enemies_whom_the_side_does_not_see(game):
    session = game.top.match.session
    view = session.view()
    far = COLS * ROWS - 1
    session.world.tables.force_i[force.HEX, THEIRS] = far
    hidden = session.why_not(ForceOrder(ForceId(0), Order.ATTACK, far))
    assert hidden is not None
    assert hidden.reason is Reason.NO_ENEMY_THERE, "he stands there, and the side cannot know it"
    assert view.tables.force_i[force.HEX, THEIRS] == OTHER
    blind = view.tables._replace(force_i=view.tables.force_i.copy())
    blind.force_i[force.HEX, THEIRS] = OFF_MAP
    world = session.world
    order = ForceOrder(ForceId(0), Order.ATTACK, OTHER)
    assert why_not(world.setting, world.routes, view.tables, 0, order, world.ways) is None
    assert why_not(world.setting, world.routes, blind, 0, order, world.ways) is not None


# --- the card ---------------------------------------------------------------------------------------------------------


def _shown_card(d):
    d.until(lambda: not d.top.previews.busy)
    d.frames(3)
    return d.top.card.pane


def test_the_card_closes_when_the_order_is_given_and_opens_again_with_the_order_list(game):
    d = game
    d.key("x")
    d.move(d.at(OTHER))
    assert _shown_card(d).shown
    d.click(d.at(OTHER))
    assert not _shown_card(d).shown
    d.move((4, 500))
    assert not _shown_card(d).shown
    d.press("orders.order1")
    assert _shown_card(d).shown


def test_clicks_go_through_the_card_to_what_is_drawn_under_it(game):
    d = game
    d.click(d.at(OTHER), 3)
    d.press("orders.order1")
    card = _shown_card(d)
    box = card.rect(1.0)
    beneath = d.top.camera.hex_at(box.center)
    assert beneath != OFF_MAP
    before = _orders(d)
    d.click(box.center)
    assert _orders(d) == before
    assert not set(d.top.desk.selected) & {0, 1}, "the click reached the ground, where nothing stands"


# --- replacing --------------------------------------------------------------------------------------------------------


def test_an_order_that_replaces_another_says_so(game):
    d = game
    d.click(d.at(OTHER), 3)
    assert d.top.desk.notice_left == 0
    d.click(d.at(OWN + COLS), 3)
    assert d.top.desk.notice_left > 0
    label = d.top.match.setting.map.label(OTHER)
    assert d.top.desk.notice == f"Replaces: assault on {label}"
    d.click(d.at(OWN + COLS), 3)
    assert d.top.desk.notice_left < 4, "the same order again replaces nothing"


# --- following a report -----------------------------------------------------------------------------------------------


def test_a_report_that_is_followed_draws_no_march_and_aims_nothing(game):
    d = game
    play = d.top
    item = SimpleNamespace(hex=OTHER + 2 * COLS)
    play._go(item)
    d.frames(3)
    assert play.scene.path is None
    assert not play.card.pane.shown
    assert play.desk.focus_hex == item.hex
    d.key("m")
    d.key("enter")
    assert not _orders(d)


# --- one press too many -----------------------------------------------------------------------------------------------


def test_three_quick_presses_of_enter_end_one_turn(open_window):
    d = open_window(side="s0", settings=MOVING)
    play = d.top
    d.key("enter")
    d.until(lambda: play.resolver.film is not None)
    d.key("enter")
    assert play.resolver.film is not None, "Enter skips no pictures"
    assert "skips the pictures" in play.desk.notice
    d.key("space")
    assert play.resolver.film is None
    assert play.match.world.turn == 1
    for _ in range(6):
        d.key("enter")
    assert not play.resolver.busy
    assert play.match.world.turn == 1
    d.frames(12)
    d.key("enter")
    assert play.resolver.busy


@pytest.mark.parametrize("key", ["space", "esc"])
def test_space_and_esc_skip_the_pictures(open_window, key):
    d = open_window(side="s0", settings=MOVING)
    d.key("enter")
    d.until(lambda: d.top.resolver.film is not None)
    d.key(key)
    assert not d.top.resolver.busy
    assert d.top.desk.selected, "nothing else is let go"


def test_the_button_skips_the_pictures_and_two_clicks_too_many_end_no_turn(open_window):
    d = open_window(side="s0", settings=MOVING)
    play = d.top
    d.press("turn.end")
    d.until(lambda: play.resolver.film is not None)
    d.frames()
    d.press("turn.end")
    assert not play.resolver.busy
    d.press("turn.end")
    d.press("turn.end")
    assert not play.resolver.busy
    assert play.match.world.turn == 1


def test_a_turn_with_nothing_ordered_is_asked_about_once_a_game(open_window):
    d = open_window(side="s0", settings=HIS)
    play = d.top
    d.key("enter")
    assert isinstance(d.top, Dialog)
    d.key("enter")
    assert d.top is play, "Enter goes on planning"
    assert not play.resolver.busy
    d.key("enter")
    d.until(lambda: not play.resolver.busy and play.match.world.turn == 1)
    assert d.top is play


def test_the_question_is_not_put_when_something_is_ordered_or_the_settings_forbid_it(open_window):
    d = open_window(side="s0", settings=HIS)
    d.key("h")
    d.key("enter")
    assert not isinstance(d.top, Dialog)
    d = open_window(side="s0", settings=Settings(note_read=True, edge_pan=False, reduced_motion=True, ask_idle=False))
    d.key("enter")
    assert not isinstance(d.top, Dialog)


def test_what_was_said_while_a_turn_went_on_is_not_said_after_it(open_window):
    d = open_window(side="s0", settings=MOVING)
    d.key("enter")
    d.key("place:2")
    assert "wait until the turn" in d.top.desk.refusal
    d.until(lambda: d.top.resolver.film is not None)
    d.key("space")
    assert not d.top.desk.telling
