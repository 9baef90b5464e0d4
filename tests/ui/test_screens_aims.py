"""What a first-time player must find: objectives, record, replays; and numbers that add up."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_war import OTHER, OWN

from game.core.ids import Order
from game.core.orders import ForceOrder
from game.engine import routes
from game.engine.playable import load
from game.ui.brush import Brush, Marks
from game.ui.fonts import Fonts
from game.ui.play.aims import Aims
from game.ui.play.facts import whole
from game.ui.screens.briefing import BriefingScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.result import ResultScreen
from game.ui.screens.saves import LoadScreen


def test_every_side_has_its_objectives_in_the_briefing_and_its_record_behind_one_click():
    pygame.font.init()
    scenario = load("christmas_invasion_1978").definition
    for number, side in enumerate(scenario.setting.sides):
        opened = []
        aims = Aims(lambda: True, lambda opened=opened: opened.append(True))
        brush = Brush(pygame.Surface((700, 2000), pygame.SRCALPHA), Fonts(1.0), Marks(), "aims", 700, 2000)
        short = aims.paint(brush, scenario, number, 0)
        shown = {hot.id for hot in brush.hots}
        assert {f"aims.goal_{o.id}" for o in scenario.objectives if o.side == number} <= shown, side.id
        next(hot for hot in brush.hots if hot.id == "aims.record").act()
        assert opened
        assert aims.paint(brush, scenario, number, 0) > short


@pytest.mark.parametrize("way", ["i", "menu", "top"])
def test_the_briefing_is_a_key_a_menu_entry_and_a_click_away(open_window, way):
    d = open_window(side="s0")
    if way == "i":
        d.key("i")
    elif way == "menu":
        d.key("f10")
        d.press("gamemenu.aims")
    else:
        d.press("top.side")
    assert isinstance(d.top, BriefingScreen)
    d.key("esc")
    assert not isinstance(d.top, BriefingScreen)


def test_a_game_is_kept_as_a_replay_and_played_from_the_list_of_saves(open_window, desk_folder: SimpleNamespace):
    d = open_window(side="s0")
    for _ in range(2):
        d.settle()
        d.key("enter")
        d.until(lambda: not d.app.stack[0].resolver.busy)
    d.until_screen(ResultScreen)
    d.press("foot.keep")
    d.key("enter")
    d.key("enter")
    (path,) = desk_folder.saves.glob("*.replay.json")
    d.key("ctrl+o")
    assert isinstance(d.top, LoadScreen)
    d.press(f"saves.{path.name}")
    screen = d.until_screen(ReplayScreen)
    assert screen.reel.turns == 2
    assert not screen.changed


def test_a_replay_that_ends_otherwise_than_recorded_says_so(open_window, desk_folder: SimpleNamespace):
    d = open_window(side="s0")
    path = desk_folder.saves / "old.replay.json"
    session = d.top.match.session
    desk_folder.saves.mkdir()
    d.app.library.keep_replay(session, path)
    path.write_text(path.read_text().replace(session.world.state_hash(), "0" * 64))
    d.key("ctrl+o")
    d.press("saves.old.replay.json")
    screen = d.until_screen(ReplayScreen)
    assert screen.changed
    assert screen.hot("head.changed") is not None


def test_the_first_order_of_a_game_has_nothing_left_to_solve(open_window, monkeypatch: pytest.MonkeyPatch):
    d = open_window(side="s0")

    def never(*_: object) -> None:
        raise AssertionError("the window's thread solves regions")

    monkeypatch.setattr(routes, "spread_regions", never)
    assert d.top.match.why_not(ForceOrder(0, Order.MOVE, OWN + 1)) == ""


@pytest.mark.parametrize(("size", "scale"), [((1280, 720), 2.0), ((1280, 720), 1.5), ((1920, 1080), 2.0)])
def test_a_planned_assault_keeps_its_card_in_a_narrow_window(open_window, size, scale):
    d = open_window(size, scale, side="s0")
    d.key("c")
    d.frames(20)
    d.click(d.at(OTHER), 3)
    d.move((4, size[1] // 2))
    d.top.layouter.tab = "orders"
    d.top.relayout()
    d.frames(2)
    d.press("orders.order1")
    d.frames(20)
    d.until(lambda: not d.top.previews.busy)
    d.frames(3)
    card = d.top.card.pane
    assert d.top.match.planned()[0].kind is Order.ATTACK
    assert card.shown
    assert not card.rect(scale).collidepoint(d.at(OTHER))
    assert d.app.window.get_rect().contains(card.rect(scale))


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=9))
def test_the_points_of_the_card_add_up_to_the_chance(parts: list[float]):
    total = round(sum(parts))
    told = whole(parts, total)
    assert sum(told) == total
    assert all(abs(a - b) < 1.0 for a, b in zip(told, parts, strict=True))


def test_a_date_that_an_objective_asks_for_is_in_its_tooltip():
    pygame.font.init()
    scenario = load("christmas_invasion_1978").definition
    dated = next(o for o in scenario.objectives if o.by is not None)
    brush = Brush(pygame.Surface((700, 2000), pygame.SRCALPHA), Fonts(1.0), Marks(), "aims", 700, 2000)
    Aims(lambda: False, lambda: None).paint(brush, scenario, dated.side, 0)
    tip = next(hot.tip for hot in brush.hots if hot.id == f"aims.goal_{dated.id}")
    assert isinstance(dated.by, date)
    assert str(dated.by.year) in dict(tip.rows)["By"]
