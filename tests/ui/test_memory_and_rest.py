"""What the window holds stays within bounds, and a window in which nothing happens does nothing."""

from __future__ import annotations

import pygame
import pytest
from small_war import OWN

from game.engine.saves import SUFFIX
from game.ui import window as window_module
from game.ui.actions import Pop, Push, Replace
from game.ui.keeping import Keeping, keep, kept, nbytes
from game.ui.mapview import ZOOMS, MapView
from game.ui.screens.help import HelpScreen
from game.ui.screens.menu import Menu
from game.ui.screens.play import PlayScreen
from game.ui.screens.result import ResultScreen
from game.ui.soak import play_minute
from game.ui.window import App, fitting

MB = 1_000_000


@pytest.fixture
def drawings(monkeypatch):
    """Pictures drawn since the list was cleared."""
    made: list[str] = []
    draw = App.draw
    monkeypatch.setattr(App, "draw", lambda app: (made.append(type(app.top).__name__), draw(app))[1])
    monkeypatch.setattr(window_module, "HEARTBEAT_S", 0.01)
    monkeypatch.setattr(window_module, "NAP_S", 0.002)
    return made


def _rest(driver, frames: int = 12) -> None:
    for _ in range(frames):
        driver.app.frame()


def _settle(driver, drawings: list[str]) -> None:
    """Until the picture is finished: what is worked out in the background has come."""

    def quiet() -> bool:
        drawings.clear()
        _rest(driver)
        return drawings == []

    driver.until(lambda: driver.app.reading.done and not driver.app.drawing)
    driver.until(quiet, 20)


@pytest.mark.parametrize("where", ["menu", "play", "selected", "page", "help", "result", "game menu", "save"])
def test_where_nothing_changes_nothing_is_drawn(open_window, drawings, where):
    d = open_window(size=(900, 600), side="" if where == "menu" else "s0")
    if where == "selected":
        d.click(d.at(OWN))
    if where in ("page", "help", "game menu"):
        d.key({"page": "3", "help": "f1", "game menu": "esc"}[where])
    if where == "save":
        d.key("ctrl+s")
        d.frames(2)
        assert d.top.line.cursor_on
    if where == "result":
        d.app.obey(Push(ResultScreen(d.app, d.top.match)))
    _settle(d, drawings)
    _rest(d, 40)
    assert drawings == []


def test_what_happens_is_drawn_at_once(open_window, drawings):
    d = open_window(size=(900, 600), side="s0")
    _settle(d, drawings)
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=d.at(OWN), rel=(0, 0), buttons=(0, 0, 0)))
    d.app.frame()
    assert drawings == ["PlayScreen"]


def test_a_tooltip_comes_to_a_mouse_that_rests(open_window, drawings):
    d = open_window(size=(900, 600), side="s0")
    _settle(d, drawings)
    d.move(d.at(OWN))
    before = pygame.image.tobytes(d.app.window, "RGB")
    d.until(lambda: (_rest(d, 1), pygame.image.tobytes(d.app.window, "RGB") != before)[1])


def test_work_in_the_background_wakes_the_window(open_window, drawings, monkeypatch):
    monkeypatch.setattr(window_module, "HEARTBEAT_S", 60.0)
    d = open_window(size=(900, 600), side="s0")
    d.key("e")
    _rest(d, 2)
    while d.top.resolver.busy:
        d.app.frame()
    assert d.top.match.world.turn == 1


def test_a_cache_is_bounded_by_bytes_and_serves_what_is_too_large_unkept():
    made = []

    def picture(side: int) -> pygame.Surface:
        made.append(side)
        return pygame.Surface((side, side), 0, 32)

    keeper = Keeping(picture, 1.0)
    for side in (*range(100, 400, 10), 1000):
        assert nbytes(keeper(side)) == 4 * side * side
        assert keeper.cache.currsize <= 1.0 * MB
    assert keeper(1000).get_width() == 1000
    assert made.count(1000) == 2
    cache = kept(1.0)
    assert keep(cache, "large", picture(1000)).get_width() == 1000
    assert len(cache) == 0


def _round_trip(d, play: PlayScreen) -> None:
    for command in ("zoom_out",) * len(ZOOMS) + ("zoom_in",) * 6:
        d.app.obey(play.command(command))
        d.frames(1)
    for overlay in ("supply", "control", "people"):
        d.app.obey(play.command(overlay))
        d.frames(1)
        play.view.draw(d.app.window, play.camera, play.scene, settle=True)
    d.app.obey(Push(HelpScreen(d.app)))
    d.frames(1)
    d.app.obey(Pop())
    for by in (1, -1):
        d.app.step_scale(by)
        d.frames(2)


def test_what_is_held_stays_within_bounds_after_zooms_overlays_scales_and_other_games(open_window):
    d = open_window(size=(900, 600), side="s0")
    held = []
    for _ in range(3):
        play = d.top
        _round_trip(d, play)
        held.append(d.app.map_view(play.match.session.scenario).nbytes + d.app.fonts.nbytes)
        session = play.match.session
        d.app.obey(Replace(Menu(d.app)))
        d.frames(2)
        d.app.obey(Replace(PlayScreen(d.app, d.app.library.again(session))))
        d.frames(2)
    assert max(held) < 160 * MB
    assert held[2] - held[1] < 8 * MB


def test_another_map_or_scale_takes_the_place_of_the_last_one(open_window, scenario):
    d = open_window(size=(900, 600), side="s0")
    d.frames(3)
    first: MapView = d.top.view
    first.draw(d.app.window, d.top.camera, d.top.scene, settle=True)
    assert first.nbytes > MB
    d.app.step_scale(1)
    d.frames(2)
    assert d.top.view is not first
    assert first.nbytes == 0


def test_names_stay_while_the_zoom_changes_and_while_the_counters_move(open_window):
    d = open_window(size=(900, 600), side="s0")
    play = d.top
    drawn = []
    labels = play.view.labels
    for _ in range(20):
        for command in ("zoom_in", "zoom_out", "zoom_out", "zoom_in"):
            d.app.obey(play.command(command))
            scene = play.scene
            scene.stacks = scene.stacks[::-1][: len(drawn) % 4 or None]
            layout = play.view._layout(play.camera, scene, False)
            drawn.append(len(layout.towns.sprites))
            assert layout.px == play.camera.zoom
    assert min(drawn) > 0
    assert labels.nbytes < 16 * MB


def test_ground_that_is_not_made_yet_is_shown_out_of_that_of_the_zoom_before(open_window):
    d = open_window(size=(900, 600), side="s0")
    play = d.top
    play.view.draw(d.app.window, play.camera, play.scene, settle=True)
    ground = play.view.ground
    d.app.obey(play.command("zoom_out"))
    key = next(k for k in ground._under(play.camera, play.camera.zoom, 0) if ground._pieces_over(k, 64))
    stand_in = ground._stand_in(key)
    made = ground._make(key, ground.state).surface
    coarse = pygame.transform.average_color(stand_in), pygame.transform.average_color(made)
    assert all(abs(a - b) < 12 for a, b in zip(*coarse, strict=True))
    difference = abs(pygame.surfarray.array3d(stand_in).astype(int) - pygame.surfarray.array3d(made)).mean()
    assert difference < 12


@pytest.mark.parametrize(
    ("wanted", "desktop", "size", "fits"),
    [
        ((1920, 1080), (1366, 768), (1161, 653), False),
        ((1920, 1080), (1920, 1080), (1632, 918), False),
        ((1280, 700), (1366, 768), (1280, 700), True),
        ((1280, 760), (1366, 768), (1161, 653), False),
        ((800, 2000), (1024, 768), (800, 653), False),
    ],
)
def test_the_window_fits_the_desktop_with_its_title_bar(wanted, desktop, size, fits):
    assert fitting(wanted, desktop) == (size, fits)


def test_saves_are_listed_by_game_and_autosaves_say_so(open_window, desk_folder):
    d = open_window(side="s0")
    d.key("e")
    d.until(lambda: not d.top.resolver.busy)
    d.key("ctrl+s")
    d.type("mine")
    d.key("enter")
    d.key("esc")
    other = d.app.library.again(d.top.match.session)
    other.autosave(desk_folder.saves)
    d.key("ctrl+o")
    games = [game.game for game in d.top.games]
    assert games[0] == other.game
    assert games[1:] == [d.app.stack[0].match.session.game] * 2
    assert {p.suffix for p in desk_folder.saves.iterdir()} == {SUFFIX}


def test_a_covered_screen_keeps_no_pictures_until_it_is_seen_again(open_window):
    d = open_window(size=(900, 600), side="s0")
    d.frames(2)
    play = d.top
    assert any(pane._surface is not None for pane in play.panes)
    d.app.obey(Push(ResultScreen(d.app, play.match)))
    d.frames(1)
    assert all(pane._surface is None for pane in play.panes)
    d.app.obey(Pop())
    d.frames(1)
    assert any(pane._surface is not None for pane in play.panes)


def test_a_minute_of_the_soak_plays_a_turn_and_comes_back_to_the_map(open_window):
    d = open_window(size=(900, 600), side="s0")
    play = d.top
    play_minute(d.app, play, 0)
    assert d.top is play
    assert play.match.world.turn == 1
    assert d.app.nbytes > 0


def test_names_that_nobody_waits_for_any_more_do_not_keep_the_window_at_work(open_window):
    d = open_window(size=(900, 600), side="s0")
    play = d.top
    labels = play.view.labels
    play.view._layout(play.camera, play.scene, True)
    stacks = play.scene.stacks
    play.scene.stacks = stacks[:1]
    play.view._layout(play.camera, play.scene, False)
    play.scene.stacks = stacks  # back to names that are kept, before the others are made
    assert labels.busy
    d.until(lambda: (play.view._layout(play.camera, play.scene, False), not labels.busy)[1])
