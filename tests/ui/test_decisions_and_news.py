"""Decisions as dialogs at the start of a turn, and the report of a turn with much news."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import _scenario
from driver import Driver
from one_scenario import OneScenario

from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, OPEN, Act
from game.core.reasons import Reason
from game.core.records import Record, RecordKind
from game.scenario.model import Effect, EffectKind, Event, Option
from game.ui.app import first_screen
from game.ui.play.reportpane import FIRST, FLAT
from game.ui.play.telling import Teller
from game.ui.play.tidings import TIDINGS, known_to
from game.ui.screens.decision import DecisionScreen
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings
from game.ui.window import App


@pytest.fixture
def asked(desk_folder, compiled_rules):
    """A game whose first turn puts a decision of a grave kind to the person's side."""
    options = (
        Option("yes", "Agree", "It costs will.", (Effect(EffectKind.WILL, 0, value=-5.0),), False, None),
        Option("no", "Refuse", "", (), True, None),
    )
    base = _scenario(3)
    event = Event(
        "ask", base.start, "A question", "What shall be done?", "famine", True, (), (), asks=0, options=options,
        answer_days=60.0,
    )  # fmt: skip
    state = base.initial
    tables = state.tables
    sizes = state.sizes._replace(events=3)
    grown = type(state)(sizes)
    for name, table in zip(tables._fields, tables, strict=True):
        if name not in ("event_hour", "event_choice"):
            getattr(grown.tables, name)[:] = table
    grown.tables.event_hour[:] = -1
    grown.tables.event_choice[:] = -1
    scenario = replace(base, events=(*base.events, event), initial=grown)
    shelf = OneScenario(scenario)
    settings = Settings(note_read=True, edge_pan=False, reduced_motion=True, ask_idle=False)
    app = App(settings, desk_folder.settings, shelf, (1920, 1080), 1.0, desk_folder.saves)
    session = shelf.begin(app.reading.result()["test"], "s0", {"s1": "passive"}, 5)
    app.stack.append(first_screen(app, session, []))
    driver = Driver(app)
    driver.frames(3)
    yield driver
    app.close()


def test_a_decision_opens_at_the_start_of_the_turn_and_its_answer_is_planned_and_carried_out(asked):
    d = asked
    d.key("enter")
    screen = d.until_screen(DecisionScreen)
    match = screen.match
    assert match.world.tables.event_choice[2] == OPEN
    assert screen.hot("decision.read") is not None
    d.press("decision.read")
    assert screen.hot("decision.read") is None
    d.press("decision.answer0")
    (act,) = match.orders.acts
    assert (act.kind, act.faction, act.a, act.value) == (Act.CHOOSE, 0, 2, 0)
    d.key("esc")
    assert isinstance(d.top, PlayScreen)
    assert d.top.hot("orders.act0") is not None
    d.settle()
    d.key("enter")
    d.until(lambda: match.world.turn == 2 and not d.app.stack[0].resolver.busy)
    assert match.world.tables.event_choice[2] == 0


def test_a_decision_can_be_left_for_later_changed_and_reached_by_keys_alone(asked):
    d = asked
    d.key("enter")
    screen = d.until_screen(DecisionScreen)
    d.key("esc")
    d.key("6")
    assert isinstance(d.top, DecisionScreen)
    for wanted in ("decision.answer0", "decision.answer1"):
        while d.top.marks.focus != wanted:
            d.key("tab")
        d.key("enter")
    assert [a.value for a in screen.match.orders.acts] == [1]
    d.key("enter")
    assert screen.match.orders.acts == ()


def fact(kind, faction=0, other=NO_FACTION, hex_=OFF_MAP, a=0, **more):
    base = {"b": 0, "c": 0, "d": 0, "e": 0, "reason": Reason.NONE}
    base.update(more)
    return Record(0, kind, faction, NO_FORCE, hex_, other, a, **base)


def test_every_kind_of_record_is_told_as_some_kind_of_news():
    assert set(TIDINGS) == set(RecordKind)


def test_who_hears_of_money_treaties_and_relations(open_window):
    d = open_window(side="s0")
    view = d.top.match.view
    assert known_to(fact(RecordKind.LEDGER, 0), view, 0)
    assert not known_to(fact(RecordKind.LEDGER, 1), view, 0)
    assert known_to(fact(RecordKind.ACCEPTED, 1, 1), view, 0)
    assert known_to(fact(RecordKind.AID_CHANGED, 1, 0), view, 0)
    assert not known_to(fact(RecordKind.AID_CHANGED, 1, 1), view, 0)
    assert known_to(fact(RecordKind.HARVEST, NO_FACTION), view, 0)
    assert known_to(fact(RecordKind.LEDGER, 1), view, None)


def test_changes_of_a_relation_are_told_as_one(open_window):
    match = open_window(side="s0").top.match
    moves = [fact(RecordKind.RELATION, 0, 1, a=150, b=b, c=2) for b in (1000, 1150, 1300)]
    (item,) = Teller(match.scenario, match.view, 0).tell(moves)
    assert item.group == "Diplomacy"
    assert "13" in item.detail


def test_an_act_with_a_record_of_its_own_is_told_once_and_a_refused_one_always(open_window):
    match = open_window(side="s0").top.match
    records = [
        fact(RecordKind.ACT, 0, a=int(Act.WAR), b=1),
        fact(RecordKind.ACT, 0, a=int(Act.POLICY), b=0, d=40),
        fact(RecordKind.ACT_REFUSED, 0, a=int(Act.WAR), b=1, reason=Reason.NO_ACCESS),
    ]
    assert len(Teller(match.scenario, match.view, 0).tell(records)) == 2


def test_a_long_report_is_told_by_groups_that_can_be_opened(open_window):
    d = open_window(side="s0")
    report = d.top.report
    kinds = (RecordKind.TREATY_BROKEN, RecordKind.CAMP_CLOSED)
    records = [fact(kinds[n % 2], n % 2, 1 - n % 2, a=1, b=n, c=n, d=0, e=1, hex_=5 + n) for n in range(FLAT + 16)]
    report.set_items(Teller(d.top.match.scenario, d.top.match.view, 0).tell(records))
    d.top.changed()
    d.frames(2)
    assert report.grouped
    assert len(report.shown) == 2 * FIRST
    d.press("report.group_Diplomacy")
    assert len(report.shown) == FIRST + (FLAT + 16) // 2
    d.press("report.group_Diplomacy")
    assert len(report.shown) == 2 * FIRST
