"""What a button does, it does where it stood; grave acts are asked about; figures that belong together agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_war import OTHER, OWN
from test_pages import every_deed_is_done, filled  # noqa: F401

from game.core.columns import force, policy, treaty
from game.core.ids import NO_FACTION, Act, ForceKind, Order, Stance, Status, Term, TreatyState
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.records import Record, RecordKind, say_what
from game.rules.bargain import Offer, judge
from game.ui.fonts import Fonts
from game.ui.pages.proposals import told_parts
from game.ui.pages.screen import PagesScreen
from game.ui.play.desk import Desk
from game.ui.play.telling import FILTERS, Teller
from game.ui.screens.dialogs import Dialog
from game.ui.settings import Settings


def fact(kind, hour=0, **columns):
    """A record of which only some columns matter."""
    blank = {"faction": NO_FACTION, "force": -1, "hex": OTHER, "other": NO_FACTION}
    figures = dict.fromkeys("abcde", 0)
    return Record(hour, kind, **{**blank, **figures, "reason": Reason.NONE, **columns})


pytestmark = pytest.mark.usefixtures("every_deed_is_done")


def test_buttons_of_the_draft_and_of_war_stay_where_they_are_whatever_is_drafted(open_window):
    d = filled(open_window)
    d.key("2")
    places = set()
    for id_ in ("proposals.propose1", "proposals.offer7", "proposals.ask7"):
        if d.top.hot(id_) is not None:
            d.press(id_)
        d.frames(2)
        places.add(tuple(tuple(d.top.hot(f"proposals.foot.{key}").rect) for key in ("send", "war")))
    d.top.pages["page_diplomacy"].panes[-1].scroll_by(500)
    d.frames(2)
    places.add(tuple(tuple(d.top.hot(f"proposals.foot.{key}").rect) for key in ("send", "war")))
    assert len(places) == 1


def _at_peace(d):
    t = d.top.match.world.tables
    t.stance[:] = Stance.NEUTRAL
    d.top.match.turn_played()
    d.key("2")
    d.frames(2)


def test_going_to_war_is_asked_about_and_enter_does_not_go(open_window):
    d = filled(open_window)
    _at_peace(d)
    pages = d.top
    d.press("proposals.foot.war")
    assert isinstance(d.top, Dialog)
    d.key("enter")
    assert d.top is pages
    assert d.top.match.orders.acts == ()
    d.press("proposals.foot.war")
    d.press("dialog.foot.choice0")
    assert [a.kind for a in d.top.match.orders.acts] == [Act.WAR]
    d.press("proposals.foot.war")
    assert d.top is pages, "to take it back is not asked about"
    assert d.top.match.orders.acts == ()


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        (lambda who, row: FactionAct(who, Act.DENOUNCE, row), True),
        (lambda who, row: FactionAct(who, Act.PROPOSE, 1, int(Term.WITHDRAWAL), 12, 0), True),
        (lambda who, row: FactionAct(who, Act.PROPOSE, 1, -int(Term.WITHDRAWAL), 12, 0), False),
        (lambda who, row: FactionAct(who, Act.ANSWER, row, 0, 1), True),
        (lambda who, row: FactionAct(who, Act.ANSWER, row, 0, 0), False),
        (lambda who, row: FactionAct(who, Act.SANCTION, 1, 0, 1), False),
    ],
)
def test_withdrawal_and_the_breaking_of_a_treaty_are_asked_about_and_nothing_else(open_window, act, asked):
    d = filled(open_window)
    _at_peace(d)
    t = d.top.match.world.tables.treaty
    t[treaty.TERM, 0], t[treaty.A, 0], t[treaty.B, 0] = Term.WITHDRAWAL, d.top.council.who, 1
    t[treaty.STATE, 0] = TreatyState.PROPOSED
    d.top.match.turn_played()
    d.app.obey(d.top.council.act(act(d.top.council.who, 0)))
    assert isinstance(d.top, Dialog) == asked
    if asked:
        d.frames(2)
        d.press("dialog.foot.choice0")
    assert len(d.top.match.orders.acts) == 1


# --- sliders ----------------------------------------------------------------------------------------------------------


def test_a_slider_is_drawn_to_its_place_as_one_step_of_undo(open_window):
    d = filled(open_window)
    d.key("3")
    track = d.top.hot(f"policies.policy{policy.TAX}").rect
    at = lambda share: (track.left + round(share * track.width), track.centery)  # noqa: E731
    d.drag(at(0.1), at(0.8))
    (act,) = d.top.match.orders.acts
    assert (act.kind, act.a, act.value) == (Act.POLICY, policy.TAX, 80)
    d.drag(at(0.8), (track.right + 300, track.centery + 200))
    (act,) = d.top.match.orders.acts
    assert act.value == 100
    d.key("z")
    (act,) = d.top.match.orders.acts
    assert act.value == 80
    d.click(at(0.3))
    (act,) = d.top.match.orders.acts
    assert act.value == 30


# --- what is told -----------------------------------------------------------------------------------------------------


def test_a_key_without_a_decision_answers_on_every_page(open_window):
    d = filled(open_window)
    for page in "2345":
        d.key(page)
        before = d.app.window.copy()
        d.key("6")
        assert isinstance(d.top, PagesScreen)
        assert "no decision" in d.top.council.refusal
        assert d.top.moving
        middle = d.app.window.get_width() // 2
        area = (middle, 60, 300, 60)
        assert d.app.window.subsurface(area).get_buffer().raw != before.subsurface(area).get_buffer().raw
        d.key("esc")


def test_the_filters_of_the_report_stay_while_the_list_scrolls(open_window):
    d = open_window((1280, 720), side="s0")
    play = d.top
    item = Teller(play.match.scenario, play.match.view, 0).tell([fact(RecordKind.EVENT, a=1)])[0]
    play.report.set_items([item] * 20)
    play.layouter.tab = "report"
    play.changed()
    d.frames(2)
    chip = d.top.hot("report.foot.filter1").rect
    d.wheel(play.report.pane.rect(1.0).center, -20)
    assert play.report.pane.scroll > 0
    assert d.top.hot("report.foot.filter1").rect == chip
    d.press("report.foot.filter1")
    assert FILTERS[play.report.filter] == FILTERS[1]
    assert len([h for h in play.report.pane.hots if ".filter" in h.id]) == len(FILTERS)


@pytest.mark.parametrize(("kind", "status"), [(ForceKind.AIR, Status.ACTIVE), (ForceKind.INFANTRY, Status.BANDS)])
def test_orders_that_no_force_of_the_selection_can_obey_are_dim_and_say_why(open_window, kind, status):
    d = open_window(side="s0")
    t = d.top.match.world.tables
    t.force_i[force.KIND, 2], t.force_i[force.STATUS, 2] = kind, status
    d.top.match.turn_played()
    d.top.desk.select_force(2)
    d.top.changed()
    d.frames(2)
    attack = d.top.hot("stack.foot.attack")
    assert attack.act is None
    assert attack.tip.text
    assert d.top.hot("stack.foot.rest").act is not None
    d.key("x")
    assert d.top.desk.armed is None
    assert d.top.desk.refusal
    d.click(d.at(OWN))
    assert d.top.hot("stack.foot.attack").act is not None


def test_a_force_that_goes_on_as_told_is_not_without_an_order(open_window):
    d = open_window(side="s0")
    play = d.top
    desk: Desk = play.desk
    own = [f for h in play.match.own_stacks() for f in desk.own_at(h)]
    assert all(play.match.wants_order(f) for f in own), "before the first turn nobody has been told anything"
    d.key("h")
    assert not any(play.match.wants_order(f) for f in desk.selected)
    d.key("enter")
    d.until(lambda: not play.resolver.busy and play.match.world.turn == 1)
    assert not any(play.match.wants_order(f) for f in own if play.match.mine(f))
    assert not any("without an order" in words for _, words, _ in play.turn._notes())


def test_a_force_whose_march_is_over_wants_an_order(open_window):
    d = open_window(side="s0")
    play = d.top
    d.click(d.at(OWN))
    d.click(d.at(OWN - 1), 3)
    moved = play.desk.selected
    d.key("enter")
    d.until(lambda: not play.resolver.busy and play.match.world.turn == 1)
    orders = play.match.world.tables.force_i[force.ORDER]
    done = [f for f in moved if orders[f] == Order.HOLD]
    assert done, "the march of one hex is over within the turn"
    assert all(play.match.wants_order(f) for f in done)


# --- sentences --------------------------------------------------------------------------------------------------------


def test_nothing_is_told_as_about_nothing_to_nothing(open_window):
    setting = open_window(side="s0").top.match.setting

    def said(kind, **columns):
        return say_what(fact(kind, **columns), setting, exact=lambda faction: True)

    assert "0 to 0" not in said(RecordKind.STARVED, a=0, b=0, c=34)
    assert "nobody" in said(RecordKind.STARVED, a=0, b=0, c=34)
    assert said(RecordKind.STARVED, a=0, b=120, c=340).startswith("up to 120")
    assert "0 to 0" not in said(RecordKind.MINES_CIVIL, a=0, b=0)
    assert said(RecordKind.MINED, force=0, faction=0, a=1, b=0).endswith("lost a man to mines, who lives")
    assert said(RecordKind.MINED, force=0, faction=0, a=12, b=0).endswith("12 men to mines, none of them dead")


def test_mines_are_told_of_once_a_force_and_only_where_they_weigh(open_window):
    match = open_window(side="s0").top.match
    records = [fact(RecordKind.MINED, h, force=0, faction=0, a=4, b=1) for h in (6, 12, 18)]
    told = Teller(match.scenario, match.view, 0).tell([*records, replace(records[0], force=1, a=1, b=0)])
    assert len(told) == 1
    assert "12 men to mines, 3 of them dead" in told[0].detail


# --- figures ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-60, 60).filter(lambda x: abs(x) >= 0.5), max_size=14), st.floats(-0.4, 0.4))
def test_the_points_told_of_an_offer_add_up_to_its_worth(parts, slight):
    named = sorted(((f"part {k}", p) for k, p in enumerate(parts)), key=lambda part: -abs(part[1]))
    worth = sum(parts) + slight
    told = told_parts(worth, named)
    assert len(told) <= 7
    if told:
        assert sum(points for _, points in told) == round(worth)


def test_what_an_offer_is_worth_is_the_sum_of_its_parts_and_gives_its_odds(open_window):
    d = filled(open_window)
    view = d.top.match.view
    found = judge(view.tables, view.setting, Offer(0, 1, Term.CEASE_FIRE, True, 0, 12))
    assert found.worth == pytest.approx(sum(p for _, p in found.parts), abs=4)
    assert (found.odds > 0.5) == (found.worth > 0)


def test_lift_is_told_in_tonnes_over_a_distance(open_window):
    d = open_window(side="s0")
    tip = d.top.hot("top.lift").tip
    assert "tkm" not in str(tip)
    assert all("t a day over 100 km" in value for _, value in tip.rows)


def test_places_are_spelled_alike_on_the_map_and_in_texts():
    assert Settings().local_names is False


def test_the_end_of_a_game_is_no_later_than_the_scenarios(open_window):
    d = open_window(side="s0")
    match = d.top.match
    match.scenario = replace(match.scenario, end=date(1979, 1, 2))
    match.world.tables.clock[0] = 24 * 9
    match.turn_played()
    assert match.day == date(1979, 1, 2)


def test_objectives_and_milestones_read_one_figure_at_the_scenarios_end():
    from game.engine.metrics import Watch
    from game.scenario.loader import load

    scenario = load("christmas_invasion_1978")
    due = {hour for hour, _, _ in Watch(scenario).later if hour > scenario.setting.hour_of(scenario.end)}
    assert due == {scenario.setting.hour_of(scenario.end) + 24}


def test_the_card_and_the_stepper_cut_no_title(open_window, monkeypatch):
    cut = []
    real = Fonts._shortened

    def shortened(fonts, words, *rest):
        found = real(fonts, words, *rest)
        if found != words:
            cut.append(words)
        return found

    monkeypatch.setattr(Fonts, "_shortened", shortened)
    d = open_window(side="s0")
    name = "12 km NW of Svay Chrum and some way beyond it"
    monkeypatch.setattr(type(d.top.match.setting.map), "label", lambda self, hex_: name)
    d.key("x")
    d.move(d.at(OTHER))
    d.until(lambda: not d.top.previews.busy)
    d.frames(3)
    assert d.top.card.pane.shown
    assert not [words for words in cut if words.startswith("Assault on")]
