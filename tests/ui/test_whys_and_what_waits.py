"""Will and forces say why; what others ask is told beside the turn, and what an agent would answer to it."""

from __future__ import annotations

import pytest
from full_tables import fill
from small_war import OWN

from game.core.columns import faction, peace, treaty
from game.core.ids import Act, Standing, Term
from game.core.setting import PeaceTerms
from game.rules.bargain import Offer, judge
from game.ui.play.asked import unanswered


def filled(open_window, *args):
    d = open_window(*args, side="s0")
    fill(d.top.match.world)
    d.top.match.turn_played()
    d.top.changed()
    d.top.touch()
    d.frames(2)
    return d


def test_will_says_in_the_top_bar_and_on_its_page_what_moved_it(open_window):
    d = filled(open_window)
    world = d.top.match.world
    world.history["will"].extend([[80.0, 80.0], [72.0, 80.0]])
    world.tables.faction_f[faction.WILL, 0] = 72.0
    d.until(lambda: not d.top.whys.busy)
    d.top.whys._known.clear()  # worked out for this hour before its figures were changed
    d.top.match.turn_played()
    d.top.touch()
    d.frames(1)
    d.until(lambda: not d.top.whys.busy)
    d.frames(2)
    rows = d.top.hot("top.will").tip.rows
    assert any("last turn" in text for text, _ in rows)
    assert rows[-1][1].startswith("−8.0")
    d.key("3")
    d.until(lambda: not d.top.council.whys.busy)
    d.frames(2)
    assert d.top.hot("standing.will").tip.rows[-1][1].startswith("−8.0")


def test_a_force_that_is_pointed_at_says_what_it_is_worth_and_why(open_window):
    d = filled(open_window)
    d.click(d.at(OWN))
    key = next(h.id for h in d.top.stack.pane.hots if h.id.startswith("stack.force"))
    before = len(d.top.hot(key).tip.rows)
    d.move(d.top.hot(key).rect.center)
    d.frames(1)
    d.until(lambda: not d.top.whys.busy)
    d.frames(2)
    assert len(d.top.hot(key).tip.rows) > before + 1


def test_proposals_that_wait_are_told_beside_the_turn_until_they_are_answered(open_window):
    d = filled(open_window)
    asked = unanswered(d.top.match)
    assert len(asked) == 2
    assert d.top.turn._notes()[0][1] == "2 proposals wait: 2"
    assert dict(d.top.hot("top.page_diplomacy").tip.rows) == {"Proposals to be answered": "2"}
    d.key("2")
    d.press(f"incoming.refuse{asked[0]}")
    d.key("1")
    assert d.top.turn._notes()[0][1] == "1 proposal waits: 2"
    assert "3" not in dict(d.top.hot("top.page_diplomacy").tip.rows).values()


def test_a_proposal_received_says_what_an_agent_would_answer(open_window):
    d = filled(open_window)
    view = d.top.match.view
    row = next(r for r in unanswered(d.top.match) if int(view.tables.treaty[treaty.TERM, r]) == Term.CEASE_FIRE)
    found = judge(view.tables, view.setting, Offer(1, 0, Term.CEASE_FIRE, True, 0))
    d.key("2")
    d.frames(2)
    rows = dict(d.top.hot(f"incoming.offer{row}").tip.rows)
    assert rows["It would agree"] == f"{found.odds * 100:.0f} %"
    assert len(rows) == len(found.parts) + 1


def test_the_orders_of_a_squeezed_stack_keep_room_for_its_forces_and_name_their_keys(open_window):
    d = filled(open_window, (1280, 720))
    d.click(d.at(OWN))
    d.key("e")
    d.until(lambda: d.top.match.world.turn == 1 and not d.top.resolver.busy)
    d.frames(2)
    assert d.top.stack.pane.view_height > 90


def test_nothing_can_be_planned_on_a_page_once_the_game_is_over(open_window):
    d = filled(open_window)
    for turn in (1, 2):
        d.key("e")
        d.until(lambda turn=turn: d.top.match.world.turn == turn and not d.app.stack[0].resolver.busy)
        d.settle()
    assert d.top.match.world.over
    d.key("esc")
    d.key("2")
    assert d.top.hot("proposals.foot.send") is None
    assert d.top.hot("proposals.foot.war") is None


def test_arrows_lead_the_keyboard_to_figures_that_only_say_something_and_enter_does_nothing_there(open_window):
    d = filled(open_window)
    d.key("f6")
    for key in ["up"] * 12 + ["left"] * 12 + ["right"] * 12:
        d.key(key)
        if d.top.marks.focus == "top.will":
            break
    assert d.top.marks.focus == "top.will"
    d.key("enter")
    assert not d.top.resolver.busy
    d.key("esc")
    assert d.top.marks.focus == ""


@pytest.fixture
def terms(open_window):
    """A window on a war whose parties have signed an accord."""
    d = filled(open_window)
    setting, party = d.top.match.setting, d.top.match.world.tables.party
    object.__setattr__(setting, "peace", PeaceTerms("Land", (0, 1), (0, 1), (), -1, "council", ("Town",), 10))
    party[peace.STANDING, :2] = Standing.SIGNED
    d.top.match.turn_played()
    d.top.touch()
    d.frames(2)
    yield d
    object.__setattr__(setting, "peace", None)


def test_13_13_an_accord_that_waits_for_an_answer_is_told_beside_the_turn_with_what_an_agent_would_do(terms):
    d, waits = terms, "has not said whether it disarms: 4"
    assert any(words.endswith(waits) for _, words, _ in d.top.turn._notes())
    d.key("4")
    d.frames(2)
    assert d.top.hot("parties.canton0").tip.text.startswith("It would ")
    assert d.top.hot("parties.canton1") is None, "others answer for themselves"
    d.press("parties.keep0")
    assert [(a.kind, a.value) for a in d.top.match.orders.acts] == [(Act.DISARM, 0)]
    d.key("1")
    assert not any(words.endswith(waits) for _, words, _ in d.top.turn._notes())
