"""Pages of a long game: numbers say what they are made of, panels do not overlap or stand empty, charts have scales."""

from __future__ import annotations

import re

import pytest
from small_war import COLS, OWN
from test_pages import filled

from game.core.columns import bond, faction, peace
from game.core.columns import hex as hexc
from game.core.ids import Act, Life, Phase, Stance
from game.core.reasons import Reason
from game.core.setting import PeaceTerms
from game.engine import acts
from game.ui.brush import Brush, Marks
from game.ui.fonts import Fonts
from game.ui.pages.ledger import estimate
from game.ui.pages.lines import _round_up
from game.ui.pages.page import SPARE_FROM, Column, Page
from game.ui.pane import Pane
from game.ui.play.deeds import POLICIES

TURNS = 30


def aged(open_window, *args, **more):
    """A game with every table filled and some years of figures kept."""
    d = filled(open_window, *args, **more)
    world = d.top.match.world
    rows = {"men": 40000.0, "manpower": 900.0, "money": 30.0, "income": 4.0, "corruption": 0.2, "will": 60.0,
            "weariness": 20.0, "unity": 0.9, "support": 0.4, "killed": 300.0, "captured": 20.0, "deserted": 900.0,
            "camp_people": 5000.0}  # fmt: skip
    for name, value in rows.items():
        factions = world.tables.faction_i.shape[1]
        world.history[name] = [[value * (1 + turn / TURNS)] * factions for turn in range(TURNS)]
    return d


def number(text: str) -> int:
    return int(re.sub(r"[^0-9−]", "", text).replace("−", "-"))


def painted(monkeypatch) -> list[str]:
    """Whatever is painted as words from now on."""
    words: list[str] = []
    real = Brush.text

    def text(self, said, *args, **more):
        words.append(said)
        return real(self, said, *args, **more)

    monkeypatch.setattr(Brush, "text", text)
    return words


def tip_of(d, id_: str):
    d.move(d.top.hot(id_).rect.center)
    d.frames(3, 0.2)
    return d.top.hot(id_).tip


def test_the_men_under_arms_are_explained_by_an_account_whose_parts_are_in_order_of_size(open_window):
    d = aged(open_window)
    t = d.top.match.world.tables
    t.faction_i[[faction.START, faction.RECRUITED, faction.KILLED, faction.DESERTED], 0] = 1500, 900, 40, 160
    d.top.match.turn_played()
    d.key("3")
    rows = tip_of(d, "standing.men0").rows
    sizes = [abs(number(value)) for _, value in rows]
    assert sizes == sorted(sizes, reverse=True)
    found = {words: number(value) for words, value in rows}
    assert found["Joined a unit"] == 900
    assert found["Killed"] == -40
    assert found["At the start, and due to come"] == 1500


def test_what_came_in_is_explained_by_its_sources_in_order_of_size_and_money_by_the_month(open_window):
    d = aged(open_window)
    f = d.top.match.world.tables.faction_f
    f[[faction.MONEY, faction.INCOME, faction.OUTLAY], 0] = 40.0, 9.0, 5.0
    f[[faction.TAXES, faction.TRADED, faction.AIDED, faction.BUDGETED], 0] = 1.0, 0.0, 6.0, 2.0
    d.top.match.turn_played()
    d.key("3")
    assert [words for words, _ in tip_of(d, "money.income").rows] == ["Patrons' aid", "Means of its own", "Taxes"]
    assert dict(tip_of(d, "money.cash").rows)["A month ago"] == "US$ 36.0 m"


def test_the_aid_of_a_patron_is_told_as_money_and_as_arms_that_make_up_the_month(open_window):
    d = aged(open_window)
    t = d.top.match.world.tables
    t.aid[1, 0] = 120.0
    d.top.match.turn_played()
    d.key("3")
    rows = dict(tip_of(d, "money.from1").rows)
    arms, money = (float(rows[k].split()[1]) for k in ("of it as arms and stores", "of it as money"))
    assert arms + money == pytest.approx(10.0, abs=0.11)


def test_aid_is_not_offered_to_an_enemy(open_window):
    d = aged(open_window)
    t = d.top.match.world.tables
    t.aid[:] = 0.0
    t.faction_f[faction.AID_BUDGET, 0] = 50.0
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    t.relation[0, 1] = t.relation[1, 0] = -80.0
    d.top.match.turn_played()
    d.key("3")
    assert d.top.hot("money.give1_more") is None


def test_each_policy_says_what_it_does_where_there_is_room(open_window, monkeypatch):
    d = aged(open_window)
    words = painted(monkeypatch)
    d.key("3")
    assert any("officials who take" in line for line in words)


@pytest.mark.parametrize("key", ["3", "4", "5"])
def test_pages_have_charts_with_scales_where_panels_would_be_empty(open_window, monkeypatch, key):
    d = aged(open_window)
    words = painted(monkeypatch)
    d.key(key)
    charts = {"3": ("lines.political", "accounts.cash", "menlines.men"), "4": ("prefer.prefer",),
              "5": ("lost.lost", "sheltered.sheltered")}  # fmt: skip
    for id_ in charts[key]:
        hot = d.top.hot(id_)
        if id_ == "prefer.prefer" and hot is None:
            continue  # nobody in this war has a cause among the people
        assert hot is not None, id_
        assert hot.tip.rows
    if key == "5":
        assert "2k" in words or "2000" in words, "the scale of 1,800 deserters ends at 2,000"


def test_a_scale_ends_above_its_greatest_value_and_in_round_quarters():
    for value in (0.0, 0.3, 1.0, 7.0, 60.0, 351_322.0):
        assert _round_up(value) >= value
    assert [_round_up(v) for v in (351_322.0, 130.0, 61.0)] == [400_000.0, 200.0, 80.0]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_the_relation_of_a_pair_stands_clear_of_its_buttons_and_names(open_window, scale):
    d = aged(open_window, (1920, 1080), scale)
    d.top.match.world.tables.relation[:] = -100.0
    d.top.match.turn_played()
    d.key("2")
    if d.top.tabs.shown:
        d.press("tabs.tab3")
    value = d.top.hot("pair.value").rect
    for other in ("second_back", "second_on", "second_name", "first_name"):
        assert not value.colliderect(d.top.hot(f"pair.{other}").rect), other


def test_a_panel_that_can_be_spared_is_left_out_rather_than_too_low_to_show_anything(open_window):
    fonts = open_window().app.fonts
    tall, spare = Pane("tall", lambda brush: 560.0), Pane("spare", lambda brush: 50.0)
    page = Page("", (Column(1.0, (tall, spare), fill=1, least=0.1, spare=spare),), ("Tall", "Spare"))
    page.place(1200, 1100, 54, fonts, Marks())
    assert spare.shown
    assert spare.box[3] >= SPARE_FROM
    page.place(1200, 760, 54, fonts, Marks())
    assert not spare.shown
    assert tall.box[3] == pytest.approx(760 - 54 - 24)


def test_a_range_that_begins_at_nothing_is_told_by_its_upper_end():
    assert estimate(0, 9_600) == "up to 9,600"
    assert estimate(3_100, 8_200) == "about 3,100–8,200"
    assert estimate(0, 1_210_000) == "up to 1.3 million"
    assert estimate(697_000, 30_400_000) == "about 0.69–31 million"


def test_the_peace_page_says_how_ripe_the_own_party_is_and_what_makes_it_so(open_window):
    d = aged(open_window)
    match = d.top.match
    match.world.tables.peace[peace.PHASE] = Phase.WAR
    match.world.tables.party[:] = 0
    match.world.tables.faction_f[faction.WEARINESS, :2] = 80.0, 10.0
    terms = PeaceTerms("Land", (0, 1), (0, 1), (0, 1), -1, "council", ("Town",), 10)
    object.__setattr__(match.setting, "peace", terms)
    try:
        match.turn_played()
        d.key("4")
        rows = tip_of(d, "parties.ripe0").rows
        assert {words for words, _ in rows} == {"Weariness", "Stalemate", "Patrons' pressure"}
        points = [float(value) for _, value in rows]
        assert points == sorted(points, reverse=True)
        assert d.top.hot("parties.patrons").tip.rows
        assert d.top.hot("parties.party1") is not None
        assert d.top.hot("parties.ripe1") is None, "what wears the enemy out is not known"
    finally:
        object.__setattr__(match.setting, "peace", None)


def test_the_key_of_decisions_answers_on_a_page_as_well(open_window):
    d = aged(open_window)
    d.key("3")
    d.key("6")
    assert "no decision" in d.top.council.refusal


def test_every_order_of_the_small_panel_shows_its_key_whole(open_window, monkeypatch):
    cut: list[str] = []
    real = Fonts._shortened

    def shortened(fonts, words, face, size, pixels):
        found = real(fonts, words, face, size, pixels)
        if found != words and len(words) <= 4:
            cut.append(words)
        return found

    monkeypatch.setattr(Fonts, "_shortened", shortened)
    d = filled(open_window, (1280, 720))
    d.key("e")
    d.until(lambda: d.top.match.world.turn == 1 and not d.top.resolver.busy)
    d.frames(2)
    d.click(d.at(OWN))
    assert d.top.stack.small
    d.frames(3)
    assert cut == []


def test_who_plays_a_faction_that_is_not_founded_yet_is_told_so_beside_the_end_of_the_turn(open_window, monkeypatch):
    d = filled(open_window)
    match = d.top.match
    match.world.tables.faction_i[faction.LIFE, 0] = Life.LATENT
    match.turn_played()
    words = painted(monkeypatch)
    d.top.touch()
    d.frames(2)
    assert any(line.endswith("has not been founded yet") for line in words)
    assert not any(line.startswith("No forces") for line in words)


def test_money_in_the_top_bar_is_explained_by_what_moved_it_in_order_of_size(open_window):
    d = filled(open_window)
    f = d.top.match.world.tables.faction_f
    f[[faction.TAXES, faction.TRADED, faction.AIDED, faction.BUDGETED, faction.OUTLAY], 0] = 1.0, 0.0, 6.0, 2.0, 4.0
    d.top.match.turn_played()
    d.top.touch()
    rows = tip_of(d, "top.money").rows
    assert rows[-4:] == (("Patrons' aid", "US$ +6.0 m"), ("Spent", "US$ −4.0 m"), ("Means of its own", "US$ +2.0 m"),
                         ("Taxes", "US$ +1.0 m"))  # fmt: skip


def test_a_panel_stays_scrolled_when_something_on_the_page_changes(open_window, monkeypatch):
    for kind in Act:
        monkeypatch.setitem(acts.DEEDS, kind, lambda world, row: Reason.NONE)
    d = aged(open_window, (1280, 720))
    d.key("3")
    buttons = [f"policies.policy{p}_{way}" for p in POLICIES for way in ("more", "less")]
    pressed = {button.rpartition("_")[0]: button for button in reversed(buttons) if d.top.hot(button)}
    for button in pressed.values():
        d.press(button)
    pane = next(p for p in d.top.panes if p.name == "plannedhome")
    assert pane.content > pane.view_height + 60
    d.wheel(pane.rect(1.0).center, -1)
    scrolled = pane.scroll
    assert scrolled > 0
    planned = len(d.app.top.match.session.planned.act_rows)
    d.press(next(button for button in pressed.values() if d.top.hot(button)))
    assert len(d.app.top.match.session.planned.act_rows) == planned
    assert pane.scroll == scrolled


def test_a_relation_in_the_table_is_explained_by_its_parts_in_order_of_size(open_window):
    d = aged(open_window)
    t = d.top.match.world.tables
    t.bond[:, 0, 1] = 0.0
    t.bond[[bond.PAST, bond.WAR, bond.AID], 0, 1] = -12.0, -40.0, 7.0
    d.top.match.turn_played()
    d.key("2")
    rows = tip_of(d, "matrix.cell0_1").rows
    assert rows[2:] == (("Fighting each other", "−40"), ("History and doctrine", "−12"),
                        ("Money, arms and food given", "+7"))  # fmt: skip


def test_the_displaced_are_told_by_where_most_of_them_are(open_window):
    d = aged(open_window)
    people = d.top.match.world.tables.hex_i
    people[hexc.DISPLACED] = 0
    seen = [OWN, OWN + 3 * COLS]
    people[hexc.PEOPLE, seen] = 9000
    people[hexc.DISPLACED, seen] = 400, 7000
    d.top.match.turn_played()
    d.key("5")
    label = d.app.stack[0].match.setting.map.label
    assert tip_of(d, "harm.still").rows == ((label(seen[1]), "about 7,000"), (label(seen[0]), "about 400"))
