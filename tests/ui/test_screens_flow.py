"""A whole game by mouse and keys: menu, picker, orders, turns, save, load, result, replay."""

from __future__ import annotations

import pygame
from small_war import OTHER, OWN, TOWN

from game.core.columns import force as F
from game.core.ids import Order
from game.ui.screens.dialogs import Dialog
from game.ui.screens.entry import EntryDialog
from game.ui.screens.menu import Menu
from game.ui.screens.picker import Picker
from game.ui.screens.play import PlayScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.result import ResultScreen
from game.ui.screens.saves import LoadScreen
from game.ui.settings import Settings, load_settings


def test_from_the_menu_to_the_map_by_mouse_with_the_content_note_read_first(open_window, desk_folder):
    d = open_window(settings=Settings(edge_pan=False, reduced_motion=True))
    d.press("menu.new")
    picker = d.until_screen(Picker)
    d.until(lambda: picker.draft.chosen == "test")
    d.frames(2)
    d.press("begin.begin")
    assert "content note" in picker.notice
    assert isinstance(d.top, Picker)
    d.press("note.read")
    assert load_settings(desk_folder.settings)[0].note_read
    d.press("begin.begin")
    play = d.until_screen(PlayScreen)
    assert play.match.setting.sides[play.match.side].id == "s0"


def test_from_the_menu_to_the_map_by_keyboard_alone(open_window):
    d = open_window()
    d.key("enter")
    d.until_screen(Picker)
    d.until(lambda: d.top.draft.chosen == "test")
    d.key("enter")  # takes the marked scenario
    d.key("tab")
    d.key("down")
    d.top.marks.focus = ""
    d.key("enter")
    d.until_screen(PlayScreen)


def test_watching_is_a_choice_of_the_picker(open_window):
    d = open_window()
    d.press("menu.new")
    picker = d.until_screen(Picker)
    d.until(lambda: picker.draft.chosen == "test")
    d.frames(2)
    d.press("side.side_")
    d.press("begin.begin")
    play = d.until_screen(PlayScreen)
    assert play.match.side is None
    d.key("m")
    assert "watch" in play.desk.refusal


def test_the_seed_is_typed_and_checked(open_window):
    d = open_window()
    d.press("menu.new")
    picker = d.until_screen(Picker)
    d.until(lambda: picker.draft.chosen == "test")
    d.frames(2)
    d.press("side.seed")
    entry = d.until_screen(EntryDialog)
    d.type("x")
    d.key("enter")
    assert "whole number" in entry.notice
    d.key("backspace")
    d.type("77")
    d.key("enter")
    assert picker.draft.seed == 77


def test_select_order_undo_redo_and_take_back(open_window):
    d = open_window(side="s0")
    match, desk = d.top.match, d.top.desk
    d.click(d.at(OWN))
    assert desk.stack == OWN
    d.key("esc")
    d.click(d.at(OWN))
    assert desk.selected == (0, 1)
    d.key("m")
    d.click(d.at(OWN + 16))
    assert [(o.force, o.kind, o.dest) for o in match.orders] == [(0, Order.MOVE, OWN + 16), (1, Order.MOVE, OWN + 16)]
    d.key("z")
    assert len(match.orders) == 0
    d.key("y")
    assert len(match.orders) == 2
    d.press("orders.x1")
    assert len(match.orders) == 0
    d.press("orders.foot.undo")
    assert len(match.orders) == 2


def test_a_right_click_on_an_enemy_is_an_assault_and_on_open_land_a_move(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.click(d.at(OTHER), button=3)
    assert {o.kind for o in d.top.match.orders} == {Order.ATTACK}
    d.click(d.at(OWN + 1), button=3)
    assert {o.kind for o in d.top.match.orders} == {Order.MOVE}


def test_the_stack_opens_and_single_forces_take_orders_of_their_own(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.press("stack.force1")
    assert d.top.desk.selected == (1,)
    d.key("h")
    assert [(o.force, o.kind) for o in d.top.match.orders] == [(1, Order.HOLD)]
    d.key("n")
    assert d.top.desk.selected == (0, 1)


def test_a_refusal_says_why_beside_the_mouse(open_window):
    d = open_window(side="s0")
    d.top.desk.let_go()
    d.key("esc") if d.top.desk.selected else None
    d.key("m")
    assert "select a force" in d.top.desk.refusal
    assert d.top.desk.refusal_left > 0
    d.key("z")
    assert d.top.desk.refusal == "nothing to undo"


def test_an_order_that_the_rules_refuse_is_not_planned_and_says_why(open_window):
    d = open_window(side="s0")
    world = d.top.match.world
    world.state.tables.force_i[4, :2] = 2  # both forces are broken
    d.top.match.turn_played()
    d.click(d.at(OWN))
    d.key("h")
    assert len(d.top.match.orders) == 0
    assert "broken" in d.top.desk.refusal


def test_end_turn_resolves_in_the_background_and_reports(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.click(d.at(OTHER), button=3)
    d.key("e")
    play = d.top
    d.until(lambda: not play.resolver.busy)
    d.frames(3)
    assert play.match.world.turn == 1
    assert any(item.group == "Battles" and "attacked" in item.detail for item in play.report.items)
    assert "A plain fact" in [item.title for item in play.report.items]
    d.key("j")
    assert play.desk.looked_at == play.report.shown[play.report.at].hex


def test_sensitive_text_stays_behind_one_click(open_window):
    d = open_window(side="s0")
    d.key("e")
    d.until(lambda: not d.top.resolver.busy)
    d.frames(3)
    at = next(k for k, item in enumerate(d.top.report.shown) if item.sensitive)
    assert d.top.desk.show_sensitive == set()
    d.press(f"report.item{at}")
    assert d.top.desk.show_sensitive == {0}


def test_the_film_of_a_turn_can_be_skipped(open_window):
    d = open_window(side="s0", settings=Settings(note_read=True, edge_pan=False, speed="slow"))
    d.click(d.at(OWN))
    d.click(d.at(OTHER), button=3)
    d.key("e")
    play = d.top
    d.until(lambda: play.resolver.film is not None)
    d.frames(2)
    assert play.view.animation is not None
    d.key("space")
    assert not play.resolver.busy
    assert play.match.world.turn == 1


def test_save_load_and_the_autosave(open_window, desk_folder):
    d = open_window(side="s0")
    d.key("e")
    d.until(lambda: not d.top.resolver.busy)
    assert len(list(desk_folder.saves.glob("autosave-*.kampuchea"))) == 1
    d.key("ctrl+s")
    d.until_screen(EntryDialog)
    d.type("first")
    d.key("enter")
    d.until_screen(Dialog)
    d.key("esc")
    assert (desk_folder.saves / "first.kampuchea").exists()
    d.key("ctrl+o")
    d.until_screen(LoadScreen)
    d.press("saves.first.kampuchea")
    play = d.until_screen(PlayScreen)
    assert play.match.world.turn == 1
    d.until(lambda: play.report.items != [])
    assert "A plain fact" in [item.title for item in play.report.items]


def test_a_broken_save_is_listed_with_its_fault_and_gives_a_message(open_window, desk_folder):
    desk_folder.saves.mkdir()
    (desk_folder.saves / "bad.kampuchea").write_bytes(b"\x00\x01")
    d = open_window()
    d.press("menu.load")
    d.until_screen(LoadScreen)
    d.press("saves.bad.kampuchea")
    dialog = d.until_screen(Dialog)
    assert "not a saved game" in dialog.text
    d.key("esc")
    assert isinstance(d.top, LoadScreen)


def test_an_unwritable_folder_gives_a_message_and_the_game_goes_on(open_window, desk_folder):
    desk_folder.saves.write_text("a file where the folder should be")
    d = open_window(side="s0")
    d.key("e")
    dialog = d.until_screen(Dialog)
    assert "saved" in dialog.title
    d.key("esc")
    assert isinstance(d.top, PlayScreen)


def test_quitting_with_unsaved_orders_asks_first(open_window):
    import pygame

    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.key("h")
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    d.frames()
    assert isinstance(d.top, Dialog)
    assert d.app.running
    d.key("esc")
    assert isinstance(d.top, PlayScreen)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    d.frames()
    d.press("dialog.foot.choice0")
    assert not d.app.running


def test_the_last_turn_leads_to_the_result_and_the_replay(open_window):
    d = open_window(side="s0")
    d.click(d.at(OWN))
    d.click(d.at(TOWN), button=3)
    for _ in range(2):
        d.key("e")
        d.until(lambda: isinstance(d.top, ResultScreen) or not d.top.resolver.busy)
        d.settle()
    result = d.until_screen(ResultScreen)
    final = result.match.world.state_hash()
    d.key("p")
    replay = d.until_screen(ReplayScreen)
    assert replay.reel.turns == 2
    d.key(".")
    assert replay.turn == 1
    d.press("reel.turn2")
    assert replay.turn == 2
    assert replay.reel.state(2).hash() == final
    d.press("head.eyes")
    assert replay.match.eyes != result.match.eyes
    d.key(",")
    assert replay.turn == 1
    d.key("esc")
    assert d.top is result


def test_the_game_menu_begins_again_and_leaves(open_window):
    d = open_window(side="s0")
    d.key("e")
    d.until(lambda: not d.top.resolver.busy)
    d.frames()
    d.key("f10")
    d.press("gamemenu.again")
    d.press("dialog.foot.choice0")
    assert d.until_screen(PlayScreen).match.world.turn == 0
    d.key("f10")
    d.press("gamemenu.leave")
    d.until_screen(Menu)


def test_begin_is_never_locked_and_the_window_says_how_far_the_rules_are_until_they_are(open_window, request):
    import threading

    from game.ui.theme import PANEL
    from game.ui.warmth import Warmth

    d = open_window()
    gate, told = threading.Event(), threading.Event()

    def warm_up(progress):
        progress("rules.month.play_month", 0.34)
        told.set()
        gate.wait()
        progress("rules.month.play_month", 0.5)

    whole = pygame.display.get_surface()
    bare = whole.copy()
    request.addfinalizer(gate.set)
    d.app.warmth = Warmth(warm_up)
    assert told.wait(60)
    d.frames(2)
    assert d.app.warmth.words == "Compiling the rules, once on this machine: 34%. Turns are slower until then."
    corner = (bare.get_width() - 2, bare.get_height() - 8)
    assert whole.get_at(corner) != bare.get_at(corner)
    assert d.top._status_words() == "Compiling the rules: 34%; you can play meanwhile"
    d.press("menu.new")
    picker = d.until_screen(Picker)
    d.until(lambda: picker.draft.chosen == "test")
    d.frames(2)
    d.app.settings.note_read = False
    d.press("begin.begin")
    assert "content note" in picker.notice
    said = picker.begin_pane.rect(d.app.fonts.scale)
    assert d.app.window.get_rect().contains(said)  # the line covers no word of it
    d.press("note.read")
    d.press("begin.begin")
    d.until_screen(PlayScreen)
    assert not d.app.warm
    d.frames(2)
    assert d.top.hot("turn.end").rect.bottom < d.app.window.get_height() < whole.get_height()
    assert whole.get_at(corner)[:3] == PANEL
    gate.set()
    d.until(lambda: d.app.warm)
    d.frames(2)
    assert d.app.warmth.words == ""
    assert whole.get_at(corner)[:3] != PANEL


def test_rules_that_cannot_be_compiled_are_no_reason_not_to_play_and_the_menu_says_so(open_window):
    from game.ui.warmth import UNCOMPILED, Warmth

    def fail(progress):
        raise ValueError("no compiler")

    d = open_window()
    d.app.warmth = Warmth(fail)
    d.until(lambda: d.app.warm)
    assert d.app.warmth.trouble == "no compiler"
    assert d.top._status_words() == UNCOMPILED


def test_resting_on_a_counter_tells_its_men_and_on_a_pile_each_force(open_window):
    d = open_window(side="s0")
    d.key("esc")
    d.move(d.at(OTHER))
    d.frames(1, 1.0)
    assert d.top.ground_tip().title == d.top.match.setting.forces[3].name
    d.move(d.at(OWN))
    d.frames(1, 1.0)
    assert [row[0] for row in d.top.ground_tip().rows] == [d.top.match.setting.forces[f].name for f in (0, 1)]


def test_the_turn_panel_counts_the_forces_that_go_hungry(open_window):
    d = open_window(side="s0")
    notes = [words for _, words, _ in d.top.turn._notes()]
    assert any("every force" in words.lower() for words in notes)
    d.top.match.world.state.tables.force_i[F.STOCK_KG, 0] = 0
    d.top.match.turn_played()
    notes = [words for _, words, _ in d.top.turn._notes()]
    assert any(words.startswith("1 force with under a day") for words in notes)


def test_quitting_is_never_the_answer_that_enter_gives(open_window):
    import pygame

    d = open_window(side="s0")
    d.key("h")
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    d.frames()
    assert isinstance(d.top, Dialog)
    d.key("enter")
    assert isinstance(d.top, PlayScreen)
    assert d.app.running


def test_orders_of_one_battle_show_one_chance(open_window):
    d = open_window(side="s0")
    play = d.top
    for force_id in (0, 1):
        play.desk.select_force(force_id)
        play.desk.give(Order.ATTACK, OTHER)
        play.changed()
    d.until(lambda: not play.previews.busy and play.previews.known((0, 1), OTHER))
    one, other = play.match.planned()[0], play.match.planned()[-1]
    assert play.previews.chance(one) == play.previews.chance(other)
    d.press("orders.order1")
    d.frames(3)
    assert set(play.card.subject[0]) == {0, 1}
