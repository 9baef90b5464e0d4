"""Keys, drags and the wheel before the real window: panning, zooming, ending the turn, paging lists."""

from __future__ import annotations

import pygame
import pytest
from small_war import COLS, OTHER, OWN

from game.core.ids import OFF_MAP, Order
from game.ui.screens.gamemenu import GameMenu
from game.ui.screens.help import HelpScreen
from game.ui.screens.picker import Picker


@pytest.mark.parametrize("key", ["enter", "e", "ctrl+enter", "kp_enter"])
def test_enter_ends_the_turn(open_window, key):
    d = open_window(side="s0")
    play = d.top
    d.key(key)
    d.until(lambda: not play.resolver.busy and play.match.world.turn == 1)


def test_enter_in_a_dialog_answers_the_dialog_and_not_the_turn(open_window):
    d = open_window(side="s0")
    play = d.top
    d.key("f10")
    assert isinstance(d.top, GameMenu)
    d.key("enter")  # the marked button: go on
    assert d.top is play
    assert not play.resolver.busy
    assert play.match.world.turn == 0


def test_enter_gives_an_order_that_is_aimed_with_the_hex_cursor_before_it_ends_a_turn(open_window):
    d = open_window(side="s0")
    play = d.top
    d.key("m")
    d.key("shift+down")
    d.key("enter")
    assert [o.dest for o in play.match.orders] == [OWN + COLS] * 2
    assert not play.resolver.busy


def test_space_acts_at_the_hex_cursor(open_window):
    d = open_window(side="s0")
    play = d.top
    d.key("space")
    assert "move the hex cursor" in play.desk.refusal
    d.key("shift+right")
    d.key("shift+right")
    d.key("space")
    assert {(o.kind, o.dest) for o in play.match.orders} == {(Order.ATTACK, OTHER)}


@pytest.mark.parametrize(
    ("keys", "axis", "sign"), [("d right", 0, 1), ("a left", 0, -1), ("s down", 1, 1), ("w up", 1, -1)]
)
def test_letters_and_arrows_move_the_map_while_they_are_held(open_window, keys, axis, sign):
    d = open_window((1280, 720), side="s0")
    camera = d.top.camera
    for _ in range(9):
        camera.zoom_by(1)
    for key in keys.split():
        camera.look_at(*[v / 2 for v in camera.world])
        before = camera.origin[axis]
        d.hold(key, 2)
        moved = (camera.origin[axis] - before) * sign
        assert moved > 50, key
        rested = camera.origin
        d.frames(3)
        assert camera.origin == rested, "the map goes on after the key is let go"


def test_a_key_held_while_a_dialog_opens_does_not_move_the_map_for_ever(open_window):
    d = open_window((1280, 720), side="s0")
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_d, mod=0, unicode="d", scancode=0))
    d.frames(1)
    d.key("f1")
    assert isinstance(d.top, HelpScreen)
    d.key("esc")
    rested = d.top.camera.origin
    d.frames(3)
    assert d.top.camera.origin == rested


def test_a_drag_moves_the_map_with_the_mouse_and_selects_nothing(open_window):
    d = open_window((1280, 720), side="s0")
    play = d.top
    for _ in range(4):
        play.camera.zoom_by(1)
    play.desk.let_go()
    play.desk.let_go()
    before, stack = play.camera.origin, play.desk.stack
    d.drag((700, 300), (640, 340))
    assert (play.camera.origin[0] - before[0], play.camera.origin[1] - before[1]) == pytest.approx((60, -40), abs=1)
    assert play.desk.stack == stack


def test_the_wheel_zooms_about_the_mouse(open_window):
    d = open_window((1280, 720), side="s0")
    camera = d.top.camera
    camera.set_zoom(80)
    mouse = (700, 400)
    under = camera.to_world(mouse)
    zoom = camera.zoom
    d.wheel(mouse, 1)
    assert camera.zoom > zoom
    assert camera.to_world(mouse) == pytest.approx(under, abs=0.05)


def test_a_click_on_the_little_map_goes_there(open_window):
    d = open_window((1280, 720), side="s0")
    for _ in range(9):
        d.top.camera.zoom_by(1)
    d.frames()
    area = d.top.theatre.area
    before = d.top.camera.origin
    d.click((area.right - 4, area.bottom - 4))
    assert d.top.camera.origin > before


def test_the_edge_of_the_window_moves_the_map(open_window, monkeypatch):
    monkeypatch.setattr(pygame.mouse, "get_focused", lambda: True)
    d = open_window((1280, 720), side="s0")
    d.app.settings.edge_pan = True
    for _ in range(9):
        d.top.camera.zoom_by(1)
    before = d.top.camera.origin
    d.move((1279, 400))
    d.frames(3)
    assert d.top.camera.origin[0] > before[0]


def test_home_end_and_pages_move_the_mark_in_a_list(open_window):
    d = open_window()
    d.press("menu.new")
    d.until(lambda: isinstance(d.top, Picker) and d.top.chosen == "test")
    d.key("tab")
    side = [h.id for p in d.top.panes if p.name == "side" for h in p.hots if h.focusable]
    d.top.marks.focus = side[1]
    d.key("home")
    assert d.top.marks.focus == side[0]
    d.key("end")
    assert d.top.marks.focus == side[-1]
    d.key("pageup")
    assert d.top.marks.focus == side[0]
    d.key("pagedown")
    assert d.top.marks.focus == side[-1]


def test_pages_scroll_the_panel_under_the_mouse(open_window):
    d = open_window((1280, 720), 2.0)
    d.key("f1")
    pane = d.until_screen(HelpScreen).pane
    assert pane.scroll == 0
    d.key("pagedown")
    one = pane.scroll
    assert one > 50
    d.key("end")
    assert pane.scroll == pytest.approx(pane.content - pane.view_height)
    d.key("home")
    assert pane.scroll == 0


def test_a_single_stack_is_found_by_tab_and_its_orders_by_letter(open_window):
    d = open_window(side="s0")
    play = d.top
    seen = set()
    for _ in range(2):
        d.key("tab")
        seen.add(play.desk.stack)
    assert len(seen) == 2
    assert OFF_MAP not in seen
    for key, kind in (("h", Order.HOLD), ("b", Order.AMBUSH), ("t", Order.REST)):
        d.key(key)
        assert {o.kind for o in play.match.orders if o.force in play.desk.selected} == {kind}
    for key, kind in (("m", Order.MOVE), ("x", Order.ATTACK), ("q", Order.WITHDRAW), ("r", Order.RAID)):
        d.key(key)
        assert play.desk.armed is kind
