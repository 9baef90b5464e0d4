"""The picker: the user's own scenarios, broken ones, an agent for each other side, pages by keys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.scenario import library
from game.ui import shelf as shelf_module
from game.ui.app import first_screen
from game.ui.screens.picker import Picker
from game.ui.screens.play import PlayScreen
from game.ui.screens.saves import LoadScreen
from game.ui.settings import Settings
from game.ui.shelf import Library
from game.ui.window import App
from tests.ui.driver import Driver

TEMPLATE = library.assets_folder() / "template"
MAIN = "christmas_invasion_1978"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv(library.OWN_FOLDERS, str(folder))
    monkeypatch.setattr(library, "own_folder", lambda: tmp_path / "usual")
    return folder


@pytest.fixture
def picker(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Opens the picker on the real shelf, of which one shipped scenario is enough here."""
    monkeypatch.setattr(shelf_module, "list_scenarios", lambda: (MAIN,))
    made = []

    def make(size: tuple[int, int] = (1920, 1080)) -> Driver:
        settings = Settings(note_read=True, edge_pan=False, reduced_motion=True)
        app = App(settings, tmp_path / "settings.json", Library(), size, 1.0, tmp_path / "saves")
        made.append(app)
        app.stack.append(first_screen(app, None, []))
        d = Driver(app)
        d.press_when_there("menu.new")
        d.until(lambda: isinstance(d.top, Picker) and bool(d.top.draft.entries))
        d.frames(3)
        return d

    yield make
    for app in made:
        app.close()


def test_own_scenarios_are_listed_after_reading_their_folder_and_played_from_there(shelf: Path, picker) -> None:
    war = shutil.copytree(TEMPLATE, shelf / "my_war").resolve()
    d = picker()
    d.press(f"list.{war}")
    entry = d.top.draft.entry
    assert (entry.own, entry.title, entry.formations) == (True, "My war", 4)
    d.press("begin.begin")
    play = d.until_screen(PlayScreen)
    assert play.match.scenario.folder == war
    play.match.save(d.app.saves / "mine.kampuchea")
    d.key("ctrl+o")
    d.until_screen(LoadScreen)
    d.press("saves.mine.kampuchea")
    d.until(lambda: isinstance(d.top, PlayScreen) and d.top is not play)
    assert d.top.match.scenario.folder == war


def test_a_broken_scenario_is_listed_in_one_line_with_its_faults_and_cannot_be_begun(shelf: Path, picker) -> None:
    war = shutil.copytree(TEMPLATE, shelf / "broken").resolve()
    text = (war / "forces.yaml").read_text()
    (war / "forces.yaml").write_text(text.replace("men:", "menn:", 2))
    d = picker()
    assert d.top.draft.chosen == MAIN
    d.press(f"list.{war}")
    entry = d.top.draft.entry
    assert len(entry.faults) > 1
    assert entry.complaint.startswith("forces.yaml:")
    assert "\n" not in entry.complaint
    assert entry.complaint.endswith(f"(and {len(entry.faults) - 1} more)")
    assert d.top.hot("begin.begin").act is None
    d.key("enter")
    assert isinstance(d.top, Picker)


def test_a_mended_scenario_plays_when_the_page_is_opened_again(shelf: Path, picker) -> None:
    war = shutil.copytree(TEMPLATE, shelf / "broken").resolve()
    text = (war / "forces.yaml").read_text()
    (war / "forces.yaml").write_text(text.replace("men:", "menn:", 1))
    d = picker()
    assert [e.id for e in d.top.draft.entries if e.faults] == [str(war)]
    d.key("esc")
    (war / "forces.yaml").write_text(text)
    d.press("menu.new")
    d.until(lambda: isinstance(d.top, Picker) and bool(d.top.draft.entries))
    assert not any(e.faults for e in d.top.draft.entries)


def test_two_scenarios_of_one_id_are_two_rows(shelf: Path, picker) -> None:
    shutil.copytree(library.data_folder() / MAIN, shelf / "copy")
    d = picker()
    assert [d.top.draft._playables[e.id].definition.id for e in d.top.draft.entries] == [MAIN, MAIN]
    assert len({e.id for e in d.top.draft.entries}) == 2


def test_each_other_side_has_an_agent_of_its_own(picker, monkeypatch: pytest.MonkeyPatch) -> None:
    d = picker()
    draft = d.top.draft
    sides = [side.id for side in draft.sides]
    assert draft.side == sides[0]
    assert d.top.hot(f"side.agent_{sides[0]}") is None
    d.press(f"side.agent_{sides[1]}")
    d.press(f"side.agent_{sides[2]}")
    d.press(f"side.agent_{sides[2]}")
    assert [draft.agent(side) for side in sides[1:]] == ["passive", "random"]
    d.click(d.top.hot(f"side.agent_{sides[2]}").rect.center, button=3)
    assert draft.agent(sides[2]) == "passive"
    d.press("begin.begin")
    play = d.until_screen(PlayScreen)
    assert play.match.session.agents == {sides[1]: "passive", sides[2]: "passive"}


@pytest.mark.parametrize("size", [(1920, 1080), (800, 600)])
def test_page_keys_home_and_end_go_through_the_list(shelf: Path, picker, size: tuple[int, int]) -> None:
    for k in range(30):
        shutil.copytree(TEMPLATE, shelf / f"war_{k:02d}")
    d = picker(size)
    draft = d.top.draft
    rows = [f"list.{e.id}" for e in draft.entries]
    for key, least, most in (("pagedown", 2, 29), ("end", 30, 30), ("pageup", 1, 29), ("home", 0, 0)):
        d.key(key)
        focus = d.top.marks.focus
        assert least <= rows.index(focus) <= most, key
        assert d.top.hot(focus).rect.height > 0, "the row is in sight"
        d.key("enter")
        assert f"list.{draft.chosen}" == focus


def test_page_keys_turn_the_panel_that_has_the_mouse(picker) -> None:
    d = picker((1280, 640))
    pane = d.top.briefing.pane
    assert pane.content > pane.view_height
    d.top.marks.focus = ""
    d.move((round(pane.box[0] + 40), round(pane.box[1] + 60)))
    d.key("end")
    assert pane.scroll > 0
    d.key("home")
    assert pane.scroll == 0
