"""The pages of a game: they fit, the keyboard reaches everything, acts are planned, listed, refused and undone."""

from __future__ import annotations

import gc
import weakref

import pygame
import pytest
from full_tables import fill
from small_war import OWN
from test_screens_layout import SCALES, SIZES, check_panes

from game.core.columns import policy
from game.core.ids import NO_FACTION, Act, Stance, Term
from game.core.reasons import Reason
from game.engine import acts
from game.rules.bargain import Offer, judge
from game.ui.pages.screen import PAGE_COMMANDS, PagesScreen
from game.ui.pane import Pane
from game.ui.screens.play import PlayScreen

KEYS = dict(zip(PAGE_COMMANDS, "2345", strict=True))


@pytest.fixture
def every_deed_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in Act:
        monkeypatch.setitem(acts.DEEDS, kind, lambda world, row: Reason.NONE)


def filled(open_window, *args, **more):
    d = open_window(*args, side="s0", **more)
    fill(d.top.match.world)
    d.top.match.turn_played()
    d.top.touch()
    d.frames(2)
    return d


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_every_page_fits_and_every_panel_of_it_can_be_opened(open_window, size, scale):
    d = filled(open_window, size, scale)
    for command, key in KEYS.items():
        d.key(key)
        assert isinstance(d.top, PagesScreen)
        assert d.top.chosen == command
        check_panes(d.top, size, scale)
        seen = {p.name for p in d.top.panes if p.shown}
        for tab in range(len(d.top.page.panes)):
            if d.top.tabs.shown:
                d.press(f"tabs.tab{tab}")
                check_panes(d.top, size, scale)
                seen |= {p.name for p in d.top.panes if p.shown}
        left_out = {c.spare.name for c in d.top.page.columns if c.spare is not None}
        assert {p.name for p in d.top.page.panes} - left_out <= seen
    d.key("esc")
    assert isinstance(d.top, PlayScreen)


def test_a_page_is_a_click_in_the_top_bar_away_and_the_map_is_a_key_away(open_window):
    d = filled(open_window)
    for command in PAGE_COMMANDS:
        d.press(f"top.{command}")
        assert d.top.chosen == command
        d.key("1")
        assert isinstance(d.top, PlayScreen)


def test_a_page_that_is_left_gives_back_its_pictures(open_window, monkeypatch):
    """They are as large as the window, and the next look for garbage may be an hour away."""
    pictures = weakref.WeakSet[pygame.Surface]()
    show = Pane._show

    def noted(pane: Pane, window: pygame.Surface, surface: pygame.Surface, *rest: object) -> None:
        pictures.add(surface)
        show(pane, window, surface, *rest)

    d = filled(open_window)
    monkeypatch.setattr(Pane, "_show", noted)
    gc.disable()
    try:
        d.frames(2)
        of_map = len(pictures)
        for leave in ("esc", "1"):
            for key in KEYS.values():
                d.key(key)
            assert 0 < len(pictures) <= len(d.top.panes), "of one page, whatever was shown before"
            d.key(leave)
            assert isinstance(d.top, PlayScreen)
            assert len(pictures) == of_map
    finally:
        gc.enable()


def test_nothing_opens_while_a_turn_is_carried_out(open_window):
    d = filled(open_window)
    d.top.resolver._task = object()
    assert d.top.command("page_home") is None
    d.top.resolver._task = None


def test_tab_and_arrows_reach_every_button_of_the_diplomacy_page(open_window):
    d = filled(open_window)
    d.key("2")
    wanted = {h.id for p in d.top.panes if p.shown for h in p.hots if h.focusable}
    seen = set()
    for _ in range(len(wanted) + 1):
        d.key("tab")
        seen.add(d.top.marks.focus)
    assert seen == wanted


def test_a_proposal_is_planned_listed_undone_and_taken_back(open_window, every_deed_is_done):
    d = filled(open_window)
    match = d.top.match
    match.world.tables.stance[:] = Stance.NEUTRAL
    match.turn_played()
    d.key("2")
    d.press(f"proposals.ask{int(Term.AID)}")
    d.press("proposals.value_more")
    d.press("proposals.months_more")
    d.press("proposals.foot.send")
    (act,) = match.orders.acts
    assert (act.kind, act.faction, act.a, act.b) == (Act.PROPOSE, 0, 1, -Term.AID)
    assert act.value == 2000
    assert act.until == 24
    d.key("z")
    assert match.orders.acts == ()
    d.key("y")
    assert match.orders.acts == (act,)
    d.key("esc")
    assert d.top.hot("orders.act0") is not None
    d.press("orders.xact0")
    assert match.orders.acts == ()
    d.key("z")
    assert match.orders.acts == (act,)


def test_an_act_that_the_rules_refuse_is_not_planned_and_the_reason_is_shown(open_window, monkeypatch):
    for kind in Act:
        monkeypatch.setitem(acts.DEEDS, kind, lambda world, row: Reason.NO_ACCESS)
    d = filled(open_window)
    d.key("2")
    d.press("proposals.foot.send")
    assert d.top.match.orders.acts == ()
    assert d.top.council.refusal


def test_what_is_tried_leaves_the_game_as_it_was(open_window, monkeypatch):
    def tax(world, row):
        world.tables.policy[policy.TAX, 0] = 0.9
        return Reason.NONE

    monkeypatch.setitem(acts.DEEDS, Act.POLICY, tax)
    d = filled(open_window)
    before = d.top.match.world.state_hash()
    d.key("3")
    d.press("policies.policy0_more")
    assert len(d.top.match.orders.acts) == 1
    assert d.top.match.world.state_hash() == before


def test_a_policy_put_back_to_where_it_stands_is_no_act(open_window, every_deed_is_done):
    d = filled(open_window)
    d.key("3")
    now = round(float(d.top.match.view.tables.policy[policy.TAX, 0]) * 100)
    d.press(f"policies.policy{policy.TAX}_more")
    (act,) = d.top.match.orders.acts
    assert (act.kind, act.a) == (Act.POLICY, policy.TAX)
    assert act.value == min(100, now + 5)
    d.press(f"policies.policy{policy.TAX}_less")
    assert d.top.match.orders.acts == ()


def test_a_proposal_received_is_answered_by_key_alone(open_window, every_deed_is_done):
    d = filled(open_window)
    d.key("2")
    ids = [h.id for p in d.top.panes for h in p.hots if h.id.startswith("incoming.accept")]
    d.key("tab")
    while d.top.marks.focus != ids[0]:
        d.key("tab")
    d.key("enter")
    (act,) = d.top.match.orders.acts
    assert act.kind is Act.ANSWER
    assert act.value == 1
    d.key("enter")
    assert d.top.match.orders.acts == ()


def test_overlays_of_people_support_mines_and_season_have_a_legend_and_a_tip(open_window):
    d = filled(open_window)
    for key, title in (("f5", "Support"), ("f8", "People"), ("f9", "Mines"), ("f12", "Season")):
        d.key(key)
        d.frames(2)
        overlay = d.top.scene.overlay
        assert overlay.title == title
        assert d.top.legend.pane.shown
        here = next(h for h in range(len(overlay.class_of_hex)) if overlay.class_of_hex[h] >= 0)
        d.top.camera.centre_on(here, glide=False)
        d.frames(2)
        d.move(d.at(here))
        d.top._rested = 9.0
        assert d.top.ground_tip().title.startswith(title)


def test_the_support_overlay_shows_the_movement_chosen_by_key_or_click(open_window):
    d = filled(open_window)
    d.key("f5")
    assert d.top.desk.movement == NO_FACTION
    d.key("shift+f5")
    assert d.top.desk.movement == 0
    d.frames(2)
    d.press("legend.movement2")
    assert d.top.desk.movement == 1
    assert "F1" in d.top.scene.overlay.subtitle or d.top._stale
    d.press("legend.movement0")
    assert d.top.desk.movement == NO_FACTION


def test_the_ledger_during_play_shows_each_cause_and_their_sum(open_window):
    d = filled(open_window, (1280, 720))
    d.key("5")
    assert len([h for p in d.top.panes for h in p.hots if h.id.startswith("harm.harm")]) == 6
    assert pygame.display.get_surface() is not None


def test_a_proposal_that_can_mean_nothing_cannot_be_added_and_says_why(open_window):
    d = filled(open_window)
    d.top.match.world.tables.stance[:] = Stance.NEUTRAL
    d.top.match.turn_played()
    d.key("2")
    assert d.top.hot("proposals.foot.send").act is None
    assert d.top.hot(f"proposals.propose{int(Term.CEASE_FIRE)}").tip.text.count(".") == 2


def test_the_odds_shown_are_those_by_which_the_other_side_decides(open_window):
    d = filled(open_window)
    d.key("2")
    view = d.top.match.view
    found = judge(view.tables, view.setting, Offer(0, 1, Term.CEASE_FIRE, False, 0, 12))
    *rows, (_, in_all) = d.top.hot("proposals.odds").tip.rows
    assert len(rows) == len(found.parts) > 0
    points = [int(text.replace("−", "-")) for _, text in rows]
    assert sum(points) == int(in_all.replace("−", "-")) == round(found.worth)
    assert dict(d.top.hot(f"proposals.propose{int(Term.CEASE_FIRE)}").tip.rows)["Accepted"] == (
        f"{found.odds * 100:.0f} %"
    )


def test_a_hex_that_is_pointed_at_for_a_moment_says_why_it_is_held_and_what_its_people_think(open_window):
    d = filled(open_window)
    d.move(d.at(OWN))
    d.until(lambda: d.top.hex.whys.known(("hex", OWN)) is not None)
    d.until(lambda: d.top.hex.whys.known(("support", OWN)) is not None)
    d.frames(2)
    rows = dict(d.top.hot("hex.control").tip.rows)
    assert any("troops of F0" in text for text in rows)
    assert len(d.top.hot("hex.support").tip.rows) > 3


def test_weariness_unity_and_relations_say_why(open_window):
    d = filled(open_window)
    d.key("3")
    d.until(lambda: not d.top.council.whys.busy)
    d.frames(2)
    assert len(d.top.hot("standing.weariness").tip.rows) > 2
    d.key("2")
    d.until(lambda: not d.top.council.whys.busy)
    d.frames(2)
    assert len(d.top.hot("pair.value").tip.rows) > 3
