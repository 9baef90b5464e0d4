"""Keys on keyboards of other lands: by their place where it matters, by their letter where it means something."""

from __future__ import annotations

import pygame
import pytest
from layouts import layout

from game.core.ids import Order
from game.ui.keyboard import Keyboard
from game.ui.keys import BINDINGS, GROUPS, KeyMap
from game.ui.pages.screen import PagesScreen
from game.ui.screens.help import HelpScreen
from game.ui.screens.play import PlayScreen

LANDS = ("us", "french", "german", "russian", "thai", "vietnamese", "dvorak")


@pytest.fixture
def seated(open_window):
    """A game in a window before a keyboard of a land."""

    def make(land):
        d = open_window((1280, 720), side="s0")
        d.app.keys.learn(layout(land))
        return d

    return make


@pytest.mark.parametrize("land", LANDS)
def test_pages_overlays_orders_and_the_map_answer_on_every_keyboard(seated, land):
    d = seated(land)
    play, camera = d.top, d.top.camera
    for number, page in (("2", "page_diplomacy"), ("3", "page_home"), ("4", "page_peace"), ("5", "page_ledger")):
        d.key(f"place:{number}")
        assert isinstance(d.top, PagesScreen)
        assert d.top.chosen == page
        d.key("place:1")
        assert d.top is play
    for _ in range(9):
        camera.zoom_by(1)
    for key, axis, sign in (("w", 1, -1), ("a", 0, -1), ("s", 1, 1), ("d", 0, 1)):
        camera.look_at(*[v / 2 for v in camera.world])
        before = camera.origin[axis]
        d.hold(f"place:{key}", 2)
        assert (camera.origin[axis] - before) * sign > 50, key
        rested = camera.origin
        d.frames(2)
        assert camera.origin == rested
        assert not play.match.can_undo
        assert play.desk.armed is None
        assert not play.resolver.busy
    for command, overlay in (("supply", "supply"), ("reach", "reach"), ("mines", "mines")):
        _press(d, command)
        assert play.desk.overlay == overlay
    for command, kind in (("move", Order.MOVE), ("attack", Order.ATTACK), ("withdraw", Order.WITHDRAW)):
        _press(d, command)
        assert play.desk.armed is kind
    d.key("esc")
    _press(d, "hold")
    assert {o.kind for o in play.match.orders} == {Order.HOLD}
    _press(d, "undo")
    assert not len(play.match.orders)


def _press(d, command):
    """Press the key that the window shows for a command, as its place is found on the keyboard."""
    keys = d.app.keys
    c = keys.chords(command)[0]
    place, _ = keys._found(c, command)
    if place is None:
        d.key(next(b for b in BINDINGS if b.id == command).keys[0])
        return
    stroke = {"key": keys.keyboard.sign(place) or 0, "mod": 0, "unicode": "", "scancode": place}
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, stroke))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, stroke))
    d.frames()


@pytest.mark.parametrize("land", LANDS)
def test_on_no_keyboard_has_a_key_two_commands_by_place_and_letter(land):
    keys = KeyMap(None, layout(land))
    taken: dict = {}
    for group in GROUPS:
        for binding in (b for b in BINDINGS if b.group == group):
            for c in keys.chords(binding.id):
                place, way = keys._found(c, binding.id)
                if place is not None:
                    other = taken.setdefault((place, c.modifiers, way), binding.id)
                    assert other == binding.id or way == 3, (other, binding.id)


@pytest.mark.parametrize(
    ("land", "names"),
    [
        ("french", {"pan_up": "Z", "pan_left": "Q", "withdraw": "A", "undo": "W", "move": "M", "page_peace": "'"}),
        ("german", {"undo": "Z", "redo": "Y", "pan_up": "W", "zoom_out": "−"}),
        ("vietnamese", {"page_map": "Ă", "page_diplomacy": "Â", "decisions": "6", "move": "M"}),
        ("russian", {"pan_up": "W", "move": "M", "undo": "Z"}),
        ("dvorak", {"pan_up": ",", "pan_right": "E", "move": "M", "end_turn": "Enter"}),
    ],
)
def test_keys_are_named_as_they_are_on_the_keyboard(land, names):
    keys = KeyMap(None, layout(land))
    assert {command: keys.shown(command) for command in names} == names


def test_help_and_buttons_change_their_names_with_the_keyboard(open_window, monkeypatch):
    d = open_window(side="s0")
    shown = pygame.image.tobytes(d.app.window, "RGB")
    monkeypatch.setattr(Keyboard, "present", classmethod(lambda cls: layout("french")))
    pygame.event.post(pygame.event.Event(pygame.KEYMAPCHANGED))
    d.frames(2)
    assert d.app.keys.shown("withdraw") == "A"
    assert pygame.image.tobytes(d.app.window, "RGB") != shown
    d.key("f1")
    assert isinstance(d.top, HelpScreen)
    assert d.app.keys.caps("undo") == ["W", "Ctrl+Z"]


def test_a_keyboard_that_changes_without_a_word_is_learned_from_its_keys(open_window):
    d = open_window(side="s0")
    play = d.top
    pressed = {"key": pygame.K_m, "mod": 0, "unicode": "m", "scancode": pygame.KSCAN_SEMICOLON}
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, pressed))
    d.frames()
    assert play.desk.armed is Order.MOVE
    pressed = {"key": ord("ц"), "mod": 0, "unicode": "ц", "scancode": pygame.KSCAN_W}
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, pressed))
    d.frames()
    assert play.steer.moving


def test_a_digit_typed_with_shift_opens_its_page_where_the_keyboard_asks_for_shift(seated):
    d = seated("french")
    pressed = {"key": ord("é"), "mod": pygame.KMOD_LSHIFT, "unicode": "2", "scancode": pygame.KSCAN_2}
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, pressed))
    d.frames()
    assert isinstance(d.top, PagesScreen)


def test_the_layout_in_force_is_learned_from_the_window_system(open_window):
    d = open_window(side="s0")
    assert isinstance(d.top, PlayScreen)
    assert Keyboard.present().place(ord("q")) == pygame.KSCAN_Q
    assert Keyboard.present().sign(pygame.KSCAN_1) == ord("1")


def test_a_key_of_ones_own_goes_before_a_place_of_the_table_and_can_itself_be_a_place():
    keys = KeyMap({"raid": "w", "rest": "place:q"}, layout("french"))
    assert not keys.faults

    def given(place):
        sign = keys.keyboard.sign(place)
        event = pygame.event.Event(pygame.KEYDOWN, key=sign, mod=0, unicode=chr(sign), scancode=place)
        return keys.command(event, GROUPS)

    assert given(pygame.KSCAN_Z) == "raid"
    assert given(pygame.KSCAN_Q) == "rest"
    assert keys.shown("rest") == "A"
    assert given(pygame.KSCAN_W) == "pan_up"
    wrong = KeyMap({"rest": "place:f3"})
    assert "place:w" in wrong.faults[0]
