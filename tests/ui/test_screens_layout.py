"""Panels stay in the window and off one another at every size and scale; everything can be reached by keys."""

from __future__ import annotations

import pygame
import pytest
from small_war import OTHER, OWN

from game.ui.actions import Push
from game.ui.framebench import pan
from game.ui.keys import BINDINGS, EVERYWHERE, LISTS, KeyMap, chord
from game.ui.pane import HEAD, Pane
from game.ui.screens.gamemenu import GameMenu
from game.ui.screens.help import HelpScreen
from game.ui.screens.picker import Picker
from game.ui.screens.play import PlayScreen
from game.ui.screens.result import ResultScreen
from game.ui.screens.saves import LoadScreen
from game.ui.screens.settings import SettingsScreen

SIZES = [(1280, 720), (1920, 1080)]
SCALES = [1.0, 1.5, 2.0]
FLOATING = {"card", "legend"}


def check_panes(screen, size, scale):
    window = pygame.Rect(0, 0, *size)
    shown = [p for p in screen.panes if p.shown]
    for pane in shown:
        rect = pane.rect(scale)
        assert window.contains(rect), f"{pane.name} {rect} leaves the window"
        assert rect.width > 40, f"{pane.name} has no width"
        assert rect.height > 20, f"{pane.name} has no height"
        if pane.foot_height:
            assert pane.view_height > 20, f"{pane.name} has no room for its body"
        for hot in pane.hots:
            assert rect.inflate(2, 2).contains(hot.rect) or hot.rect.width == 0 or hot.rect.height == 0, (
                f"{hot.id} leaves its panel"
            )
    fixed = [p for p in shown if p.name not in FLOATING]
    for k, a in enumerate(fixed):
        for b in fixed[k + 1 :]:
            assert not a.rect(scale).colliderect(b.rect(scale)), f"{a.name} overlaps {b.name}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_the_play_screen_fits(open_window, size, scale):
    d = open_window(size, scale, side="s0")
    check_panes(d.top, size, scale)
    if not d.top.layouter.wide:
        for tab in ("hex", "orders", "report", "theatre", "stack"):
            d.press(f"tabs.{tab}")
            check_panes(d.top, size, scale)
        d.press("tabs.toggle")
        check_panes(d.top, size, scale)
    d.key("f3")
    d.until(lambda: d.top.scene.overlay is not None)
    d.frames(3)
    assert d.top.legend.pane.shown or not d.top.layouter.wide
    check_panes(d.top, size, scale)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_every_other_screen_fits(open_window, size, scale):
    d = open_window(size, scale)
    check_panes(d.top, size, scale)
    d.app.obey(Push(Picker(d.app)))
    d.until(lambda: d.top.draft.chosen == "test")
    for tab in range(3):
        if d.top.hot(f"tabs.tab{tab}"):
            d.press(f"tabs.tab{tab}")
        d.frames(2)
        check_panes(d.top, size, scale)
    match = PlayScreen(d.app, d.app.library.begin(d.app.reading.result()["test"], "s0", {"s1": "passive"}, 1)).match
    for screen in (
        HelpScreen(d.app), SettingsScreen(d.app), LoadScreen(d.app),
        GameMenu(d.app, match, False), ResultScreen(d.app, match),
    ):  # fmt: skip
        d.app.obey(Push(screen))
        d.frames(2)
        check_panes(screen, size, scale)


def test_at_double_size_the_panels_are_tabs_of_one_drawer(open_window):
    d = open_window((1920, 1080), 2.0, side="s0")
    assert not d.top.layouter.wide
    assert [p.name for p in d.top.panes if p.shown and p.name in ("stack", "hex", "orders", "report", "theatre")] == [
        "stack"
    ]


def test_the_battle_card_stands_beside_its_hex_and_never_over_it(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.key("x")
    d.move(d.at(OTHER))
    d.frames(2)
    card = d.top.card.pane
    assert card.shown
    assert not card.rect(1.0).collidepoint(d.at(OTHER))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_tab_reaches_every_button_of_the_picker(open_window, scale):
    d = open_window((1920, 1080), scale)
    d.press("menu.new")
    d.until(lambda: isinstance(d.top, Picker) and d.top.draft.chosen == "test")
    d.frames(2)
    wanted = {h.id for p in d.top.panes if p.shown for h in p.hots if h.focusable}
    seen = set()
    for _ in range(3 * len(wanted)):
        d.key("tab")
        seen.add(d.top.marks.focus)
    assert seen == wanted


def test_the_marked_button_is_drawn_with_a_ring(open_window):
    d = open_window((1280, 720))
    d.key("tab")
    hot = d.top.hot(d.top.marks.focus)
    edge = d.app.window.get_at((hot.rect.centerx, hot.rect.top - 1))[:3]
    d.key("tab")
    assert d.app.window.get_at((hot.rect.centerx, hot.rect.top - 1))[:3] != edge


def test_help_lists_every_key(open_window):
    d = open_window(side="s0")
    d.key("f1")
    help_screen = d.until_screen(HelpScreen)
    for binding in BINDINGS:
        assert d.app.keys.caps(binding.id)
    assert help_screen.pane.content > HEAD
    d.key("f1")
    assert isinstance(d.top, PlayScreen)


@pytest.mark.parametrize("binding", [b for b in BINDINGS if b.group not in (EVERYWHERE, LISTS)], ids=lambda b: b.id)
def test_every_key_of_help_gives_its_command(open_window, monkeypatch, binding):
    d = open_window((1280, 720), side="s0")
    heard = []
    obeyed = PlayScreen.command
    monkeypatch.setattr(PlayScreen, "command", lambda self, c: heard.append(c) or obeyed(self, c))
    if binding.id == "end_turn":
        monkeypatch.setattr(PlayScreen, "end_turn", lambda self: None)
    for key in binding.keys:
        d.key(key)
        if heard[-1] in ("menu", "save", "back"):
            d.key("esc")
    assert set(heard) == {binding.id}


def test_own_keys_replace_the_tables_and_wrong_ones_are_named():
    own = KeyMap({"undo": "ctrl+u", "raid": "nosuchkey", "dance": "x"})
    assert own.shown("undo") == "Ctrl+U"
    assert own.shown("raid") == "R"
    assert len(own.faults) == 2


def test_no_key_has_two_meanings_on_one_screen():
    for groups in ({"Map", "Orders"}, {"Map", "Result and replay"}):
        taken = {}
        for binding in BINDINGS:
            if binding.group in groups:
                for key in binding.keys:
                    assert taken.setdefault(chord(key), binding.id) == binding.id, key


def test_a_frame_of_the_whole_play_screen_costs_far_less_than_a_sixtieth_of_a_second(open_window):
    d = open_window(side="s0")
    d.frames(10)
    _, work_ms = pan(d.app, d.top, 60)
    assert sorted(work_ms)[30] < 16


def test_a_panel_that_only_moves_is_not_painted_again_and_its_regions_move_along(open_window):
    d = open_window(side="s0")
    painted = []
    pane = Pane("probe", lambda brush: painted.append(1) or brush.button("b", (4, 4, 40, 20), "x", lambda: None) or 30)
    for box in ((10, 10, 100, 60), (40, 25, 100, 60)):
        pane.place(box)
        pane.draw(d.app.window, d.app.fonts, d.top.marks)
    assert len(painted) == 1
    assert pane.hots[0].rect.topleft == (44, 29)
