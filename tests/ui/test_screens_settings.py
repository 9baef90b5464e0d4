"""Settings are kept, and no file of settings can stop the game."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import settings as fuzz
from hypothesis import strategies as st

from game.ui.screens.dialogs import Dialog
from game.ui.screens.settings import SettingsScreen
from game.ui.settings import Settings, load_settings, store_settings


def test_what_is_stored_is_read_again(tmp_path):
    path = tmp_path / "deep" / "settings.json"
    mine = Settings(scale=1.5, speed="fast", reduced_motion=True, keys={"undo": "u"})
    store_settings(mine, path)
    assert load_settings(path) == (mine, [])
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_a_missing_file_gives_the_usual_settings_without_a_word(tmp_path):
    assert load_settings(tmp_path / "none.json") == (Settings(), [])


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b"null", b"[" * 100_000])
def test_a_corrupt_file_falls_back_with_a_notice(tmp_path, raw):
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    settings, notices = load_settings(path)
    assert settings == Settings()
    assert len(notices) == 1
    assert str(path) in notices[0]


def test_wrong_and_unknown_entries_are_named_and_the_others_kept(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"scale": 9, "speed": "fast", "colour": 1, "edge_pan": "yes"}))
    settings, notices = load_settings(path)
    assert settings == Settings(speed="fast")
    assert len(notices) == 3


VALUES = st.none() | st.integers(-9, 99999) | st.floats(-3, 3) | st.text(max_size=6) | st.booleans() | st.just([1])


@fuzz(max_examples=40, deadline=None)
@given(found=st.dictionaries(st.sampled_from(sorted(vars(Settings()))), VALUES, max_size=6))
def test_no_value_is_ever_taken_that_the_window_cannot_use(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("s") / "settings.json"
    path.write_text(json.dumps(found))
    settings, _ = load_settings(path)
    assert 1 <= settings.scale <= 2
    assert settings.width >= 320
    assert settings.speed in ("slow", "normal", "fast")
    for name in ("edge_pan", "reduced_motion", "hide_sensitive", "note_read", "local_names", "fullscreen"):
        assert isinstance(getattr(settings, name), bool)


def test_the_settings_screen_keeps_each_choice_at_once(open_window, desk_folder):
    d = open_window()
    d.press("menu.settings")
    d.until_screen(SettingsScreen)
    d.press("settings.scale2")
    d.press("settings.speed2")
    d.press("settings.hide_sensitive")
    kept, notices = load_settings(desk_folder.settings)
    assert (kept.scale, kept.speed, kept.hide_sensitive, notices) == (1.5, "fast", False, [])
    assert d.app.fonts.scale == 1.5


def test_letters_grow_and_shrink_by_key(open_window, desk_folder):
    d = open_window(side="s0")
    d.key("ctrl+=")
    assert d.app.fonts.scale == 1.25
    d.key("ctrl+minus")
    assert d.app.fonts.scale == 1.0
    assert load_settings(desk_folder.settings)[0].scale == 1.0


def test_settings_that_cannot_be_kept_give_a_message(open_window, desk_folder):
    desk_folder.settings.mkdir()
    d = open_window()
    d.press("menu.settings")
    d.until_screen(SettingsScreen)
    d.press("settings.speed0")
    assert "could not be kept" in d.top.notice


def test_a_notice_about_the_settings_is_shown_at_the_menu(open_window):
    from game.ui.screens.menu import Menu

    d = open_window()
    d.app.stack = [Menu(d.app, ["The settings are not valid JSON; the usual ones are used."])]
    dialog = d.until_screen(Dialog)
    assert "JSON" in dialog.text
