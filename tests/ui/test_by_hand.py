"""What a player's hands do without thinking: a key held too long, a game saved twice, left after it was saved, looked
back upon; the first game of all.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from small_war import COLS, OTHER, OWN, ROWS, TOWN

from game.engine.playable import Playable
from game.ui import window as window_module
from game.ui.keys import chord
from game.ui.match import Match
from game.ui.play.facts import side_figures
from game.ui.screens.briefing import BriefingScreen
from game.ui.screens.dialogs import Dialog
from game.ui.screens.entry import EntryDialog
from game.ui.screens.menu import Menu
from game.ui.screens.picker import Picker
from game.ui.screens.play import PlayScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.saves import LoadScreen
from game.ui.settings import Settings


def told_often(d, text: str, times: int) -> None:
    """One press of a key while the window is at work: the keyboard tells it several times before it is let go."""
    c = chord(text)
    mod = sum({"ctrl": pygame.KMOD_LCTRL, "shift": pygame.KMOD_LSHIFT}[name] for name in c.modifiers)
    for _ in range(times):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=c.key, mod=mod, unicode="", scancode=0))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=c.key, mod=mod, unicode="", scancode=0))
    d.frames()


def play_turns(d, count: int) -> None:
    play = d.top
    goal = play.match.world.turn + count
    while play.match.world.turn < goal:
        d.key("e")
        d.until(lambda: not play.resolver.busy)
        d.settle()


# --- keys that are held down ------------------------------------------------------------------------------------------


def test_one_press_that_is_told_five_times_makes_letters_one_step_larger(open_window):
    d = open_window(side="s0")
    told_often(d, "ctrl+=", 5)
    assert d.app.fonts.scale == 1.25
    told_often(d, "ctrl+=", 5)
    assert d.app.fonts.scale == 1.5


def test_enter_that_is_held_down_ends_one_turn(open_window):
    d = open_window(side="s0")
    d.hold("enter", 30)
    d.until(lambda: not d.top.resolver.busy)
    d.frames(5)
    assert d.top.match.world.turn == 1


def test_an_overlay_stays_while_its_key_is_held_down(open_window):
    d = open_window(side="s0")
    told_often(d, "f8", 4)
    assert d.top.desk.overlay == "people"


def test_a_key_that_moves_goes_on_while_it_is_held_down(open_window):
    d = open_window(side="s0")
    told_often(d, "shift+right", 4)
    first = d.top.desk.cursor
    told_often(d, "shift+right", 4)
    assert d.top.desk.cursor == first + 4


# --- a picture that stands still --------------------------------------------------------------------------------------


def drawn(d, frames: int, monkeypatch) -> int:
    count = [0]
    real = d.app.draw

    def draw() -> None:
        count[0] += 1
        real()

    monkeypatch.setattr(d.app, "draw", draw)
    for _ in range(frames):
        d.app.frame()
    monkeypatch.undo()
    return count[0]


def test_while_a_key_moves_the_map_every_frame_is_drawn(open_window, monkeypatch):
    d = open_window(side="s0", size=(900, 600))
    d.until(lambda: not d.app.drawing)
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_d, mod=0, unicode="d", scancode=0))
    d.frames(1)
    d.frames(1, 0.5)
    assert drawn(d, 6, monkeypatch) == 6


# --- saving, leaving, looking back ------------------------------------------------------------------------------------


def test_a_name_that_is_taken_can_be_changed_without_losing_the_save(open_window, desk_folder):
    d = open_window(side="s0")
    for _ in range(2):
        d.key("ctrl+s")
        d.type("mine")
        d.key("enter")
        if isinstance(d.top, Dialog) and d.top.title == "Saved":
            d.key("enter")
    assert d.top.title == "Replace it?"
    d.key("enter")
    assert isinstance(d.top, EntryDialog)
    d.type("mine too")
    d.key("enter")
    assert {p.stem for p in desk_folder.saves.glob("*.kampuchea")} == {"mine", "mine too"}


def test_who_has_saved_his_plan_is_not_told_that_it_would_be_lost(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.click(d.at(TOWN), button=3)
    d.key("f10")
    d.press("gamemenu.leave")
    assert isinstance(d.top, Dialog)
    assert "1 order." in d.top.text
    d.key("esc")
    d.key("ctrl+s")
    assert isinstance(d.top, EntryDialog), "the game menu shows the key and must obey it"
    d.key("enter")
    d.key("enter")
    d.press("gamemenu.leave")
    d.until_screen(Menu)


def test_a_plan_that_was_loaded_is_not_at_risk_until_it_is_changed(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.key("h")
    d.key("ctrl+s")
    d.key("enter")
    d.key("enter")
    d.key("ctrl+o")
    d.until_screen(LoadScreen)
    d.key("enter")
    d.until(lambda: isinstance(d.top, PlayScreen) and len(d.top.match.orders) > 0 and len(d.app.stack) == 1)
    d.frames(3)
    d.key("ctrl+o")
    d.until_screen(LoadScreen)
    assert d.app.stack[0].at_risk() == ""
    d.key("esc")
    d.click(d.at(OWN))
    d.key("b")
    assert "not saved" in d.top.at_risk()


def test_the_keys_that_the_game_menu_shows_do_what_they_say(open_window):
    d = open_window(side="s0")
    d.key("f10")
    d.key("i")
    assert isinstance(d.top, BriefingScreen)
    d.key("esc")
    d.key("ctrl+o")
    assert isinstance(d.top, LoadScreen)


def test_the_list_of_saves_says_whose_game_it_is_and_how_many_turns_were_played(open_window):
    d = open_window(side="s0")
    play_turns(d, 1)
    d.key("ctrl+s")
    d.key("enter")
    d.key("enter")
    d.key("ctrl+o")
    games = d.until_screen(LoadScreen).games
    assert games
    name = d.app.stack[0].match.setting.sides[0].name
    assert all("1 turn played" in game.says and name in game.says for game in games)


def test_the_turns_so_far_are_replayed_through_the_players_own_eyes_only(open_window):
    d = open_window(side="s0")
    d.key("f10")
    assert d.top.hot("gamemenu.replay").act is None, "nothing has been played yet"
    d.key("esc")
    play_turns(d, 1)
    d.key("f10")
    d.key("p")
    replay = d.until_screen(ReplayScreen)
    assert (replay.reel.turns, replay.match.eyes, replay.changed) == (1, 0, False)
    d.key("k")
    assert replay.match.eyes == 0
    assert d.top.hot("head.eyes").act is None
    d.key(".")
    assert replay.turn == 1
    d.key("esc")
    d.key("esc")
    assert isinstance(d.top, PlayScreen)


# --- the first game ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (900, 600)])
def test_the_first_game_begins_with_the_enter_key_and_the_note_in_sight(open_window, size):
    d = open_window(size, settings=Settings(note_read=False, edge_pan=False, reduced_motion=True))
    shelf = d.app.library
    shelf.playable = Playable(replace(shelf.playable.definition, content_note="What this is about. " * 24))
    d.press("menu.new")
    picker = d.until_screen(Picker)
    d.until(lambda: picker.draft.chosen == "test")
    d.frames(3)
    d.key("enter")
    tick = d.top.hot("note.read")
    assert tick.rect.height >= 20, "the box to tick is in sight"
    assert d.top.marks.focus == tick.id
    d.key("enter")
    assert d.app.settings.note_read
    d.key("enter")
    d.until_screen(PlayScreen)


def test_a_replay_opens_where_the_war_is_and_not_between_all_the_armies_of_the_map(open_window, monkeypatch):
    near = np.zeros(COLS * ROWS, np.bool_)
    near[[OTHER, TOWN]] = True
    monkeypatch.setattr(Match, "near_the_war", property(lambda self: near))
    d = open_window((700, 500), 2.0, side="s0")
    play_turns(d, 1)
    d.key("f10")
    d.key("p")
    replay = d.until_screen(ReplayScreen)
    middle = sum(replay.camera.hex_centre(h)[0] for h in (OTHER, TOWN)) / 2
    assert abs(middle - replay.steer.middle()[0]) < replay.camera.zoom / 2


def test_a_loaded_game_shows_how_its_figures_changed_in_the_last_turn(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.click(d.at(TOWN), button=3)
    before = side_figures(d.top.match.view).men
    play_turns(d, 1)
    d.key("ctrl+s")
    d.key("enter")
    d.key("enter")
    played = d.top
    d.key("ctrl+o")
    d.until_screen(LoadScreen)
    d.key("enter")
    d.until(lambda: d.app.stack[0] is not played)
    d.until(lambda: d.top.top.before is not None)
    d.frames(2)
    assert d.top.top.before.men == before
    assert dict(d.top.hot("top.men").tip.rows)["A turn ago"] == f"{before:,}"
    assert len(d.top.match.last_records) == len(played.match.session.last_records)


def test_a_reel_gives_every_turns_state_to_the_bit_from_a_fraction_of_its_room(open_window):
    d = open_window(side="s0")
    before = d.top.match.world.state_hash()
    play_turns(d, 1)
    reel = d.app.library.reel(d.top.match.session)
    assert reel.state(0).hash() == before
    assert reel.state(1).hash() == d.top.match.world.state_hash()
    assert sum(map(len, reel._packed)) < 2 * reel.state(0).buffer.nbytes / 2


def test_the_timeline_of_a_long_game_has_years_and_that_of_a_short_one_turns(open_window):
    d = open_window(side="s0")
    play_turns(d, 1)
    d.key("f10")
    d.key("p")
    replay = d.until_screen(ReplayScreen)
    assert replay._time_marks(5, 10) == {n: str(n) for n in range(6)}
    marks = replay._time_marks(700, 30)
    assert set(marks.values()) <= {str(year) for year in range(1979, 2000)}
    assert len(marks) == len(set(marks.values())) >= 2


def test_no_name_of_a_town_shows_through_the_title_of_a_scenario(open_window):
    d = open_window()
    d.press("menu.new")
    picker = d.until_screen(Picker)
    d.until(lambda: picker.draft.chosen == "test")
    foot = pygame.Surface((600, 400), 0, 32)
    foot.fill((255, 255, 255))
    picker.picture.shade(foot, foot.get_rect())
    assert pygame.surfarray.array3d(foot)[:, 345:].max() < 60
    assert pygame.surfarray.array3d(foot)[:, :300].min() == 255


def test_a_key_of_which_nobody_heard_that_it_was_let_go_works_again(open_window, monkeypatch):
    d = open_window(side="s0")
    c = chord("f8")
    down = pygame.event.Event(pygame.KEYDOWN, key=c.key, mod=0, unicode="", scancode=0)
    pygame.event.post(down)
    d.frames()
    monkeypatch.setattr(window_module, "HELD_S", 0.0)
    pygame.event.post(down)
    d.frames()
    assert d.top.desk.overlay == ""
