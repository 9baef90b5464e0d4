"""Chapter 14: decisions that are put to factions, and what effects change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from game.ai import decisions
from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import harm
from game.core.columns import hex as H
from game.core.columns import treaty as Y
from game.core.ids import OPEN, UNDECIDED, Act, Life, Stance, Term, TreatyState
from game.core.orders import FactionAct, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, say
from game.engine.effects import say_effect, take_effect
from game.engine.events import open_decisions, wrong_choice
from game.engine.playable import Playable
from game.engine.world import World
from game.scenario.conditions import Condition, Kind, read_condition
from game.scenario.model import Effect, EffectKind, Event, Option
from tests.builders import force, small_game


def condition(text: str) -> Condition:
    return read_condition(text).bound(lambda kind, name: 0 if kind is Kind.COUNTRY else int(name[1:]))


def option(id_: str, *effects: Effect, default: bool = False, weight: str = "") -> Option:
    return Option(id_, f"Do {id_}", "", effects, default, condition(weight) if weight else None)


def decision(*options: Option, on: date = date(1979, 1, 1)) -> Event:
    return Event("q", on, "A question", "Text.", "politics", False, (), ("x",), asks=0, options=options, answer_days=10)


TWO = (option("a", Effect(EffectKind.WILL, 0, value=-3.0)), option("b", default=True))


def game(*options: Option) -> World:
    return small_game([force(0, 50), force(1, 20)], events=(decision(*(options or TWO)),))


def choice(value: int, faction: int = 0, row: int = 0) -> Orders:
    return Orders(acts=(FactionAct(faction, Act.CHOOSE, row, value=value),))


def test_14_6_a_decision_stays_open_until_the_faction_has_chosen() -> None:
    world = game()
    asked = world.step({}).of_kind(RecordKind.DECISION_OPEN)
    assert "has 10 days to decide: A question" in say(next(iter(asked)), world.setting, world.scenario.headlines)
    assert world.tables.event_choice[0] == OPEN
    (open_,) = open_decisions(world.scenario, world.view("s0").tables, "s0")
    assert (open_.until, open_.default) == (date(1979, 1, 11), 1)
    assert open_.answers[0].effects == ("political will of F0 -3",)
    decided = world.step({"s0": choice(0)}).of_kind(RecordKind.DECIDED)
    assert "F0 on 'A question': Do a: as ordered" in say(next(iter(decided)), world.setting, world.scenario.headlines)
    assert world.tables.event_choice[0] == 0
    assert world.tables.faction_f[A.WILL, 0] < 68.0
    assert open_decisions(world.scenario, world.tables, "s0") == ()


def test_14_6_without_an_answer_the_default_is_taken_when_time_is_over() -> None:
    world = game()
    found = [(r.hour // 24, r.b, r.reason) for _ in range(4) for r in world.step({}).of_kind(RecordKind.DECIDED)]
    assert found == [(10, 1, Reason.NO_ANSWER)]


@pytest.mark.parametrize(
    ("orders", "side", "why"),
    [
        (choice(0, faction=1), "s1", Reason.NOT_ASKED), (choice(0, row=7), "s0", Reason.NOT_ASKED),
        (choice(2), "s0", Reason.NO_SUCH_OPTION), (choice(-2), "s0", Reason.NO_SUCH_OPTION),
    ],
)  # fmt: skip
def test_14_6_an_answer_that_nobody_asked_for_is_refused(orders: Orders, side: str, why: Reason) -> None:
    world = game()
    world.step({})
    (refused,) = world.step({side: orders}).of_kind(RecordKind.ACT_REFUSED)
    assert refused.reason is why
    assert world.tables.event_choice[0] == OPEN


def test_14_6_who_is_no_actor_is_not_asked() -> None:
    world = game()
    world.tables.faction_i[A.LIFE, 0] = Life.LATENT
    world.step({})
    assert world.tables.event_choice[0] == UNDECIDED


def test_14_7_nobody_else_knows_of_an_open_decision() -> None:
    world = game()
    world.step({})
    theirs = world.view("s1").tables
    assert (int(theirs.event_choice[0]), int(theirs.event_hour[0])) == (UNDECIDED, -1)
    assert open_decisions(world.scenario, theirs, "s0") == ()


def test_an_agent_takes_options_as_often_as_they_weigh() -> None:
    options = (option("a", weight="will(f0) / 70"), option("b", default=True, weight="3"), option("c", weight="0 - 5"))
    taken = []
    for seed in range(80):
        world = small_game([force(0, 50)], events=(decision(*options),), seed=seed)
        world.step({})
        (act,) = decisions.state_acts(world.view("s0"), Playable(world.scenario), "s0")
        assert (act.kind, act.reason, act.rb) == (Act.CHOOSE, Reason.DECISION_WEIGHED, 3)
        assert act == next(iter(decisions.state_acts(world.view("s0"), Playable(world.scenario), "s0")))
        taken.append(act.value)
    assert set(taken) == {0, 1}
    assert 0.12 < taken.count(0) / 80 < 0.40


def test_an_agent_without_a_view_of_worth_takes_the_default() -> None:
    world = small_game(
        [force(0, 50)], events=(decision(option("a", weight="0"), option("b", default=True, weight="0")),)
    )
    world.step({})
    (act,) = decisions.state_acts(world.view("s0"), Playable(world.scenario), "s0")
    assert act.value == 1


def test_a_state_from_outside_may_choose_only_what_there_is() -> None:
    world = game()
    for wrong in (2, -3):
        world.tables.event_choice[0] = wrong
        assert "none of its options" in wrong_choice(world.scenario, world.tables)
    world.tables.event_choice[0] = OPEN
    assert wrong_choice(world.scenario, world.tables) == ""
    plain = replace(world.scenario, events=(replace(world.scenario.events[0], options=()),))
    assert wrong_choice(plain, world.tables)


def after(effect: Effect, world: World | None = None) -> World:
    world = world or small_game([force(0, 50), force(1, 20)], people=1000)
    take_effect(world.setting, world.tables, world.work, effect, 0, world.hour)
    return world


def test_14_4_a_relation_stays_the_bounded_sum_of_its_bonds() -> None:
    world = after(Effect(EffectKind.RELATION, 0, 1, value=-40.0))
    t = world.tables
    for one, other in ((0, 1), (1, 0)):
        t.bond[B.WAR, one, other] -= 10.0
        t.relation[one, other] -= 10.0
    after(Effect(EffectKind.BOND, 0, 1, value=15.0), world)
    assert t.relation[0, 1] == t.relation[1, 0] == t.bond[: B.BONDS, 0, 1].sum() == -35.0
    after(Effect(EffectKind.RELATION, 1, 0, value=20.0), world)
    assert t.relation[0, 1] == t.bond[: B.BONDS, 1, 0].sum() == 20.0
    after(Effect(EffectKind.BOND, 1, 0, value=95.0), world)
    assert t.relation[0, 1] == 100.0


def test_14_3_support_of_all_movements_together_stays_a_share() -> None:
    world = small_game([force(0, 50), force(1, 20)], people=1000)
    t = world.tables
    t.support[0], t.support[1] = 0.5, 0.4
    after(Effect(EffectKind.SUPPORT, 0, value=0.3), world)
    assert t.support[0] == pytest.approx(np.full(108, 0.8))
    assert t.support[1] == pytest.approx(np.full(108, 0.2))
    after(Effect(EffectKind.SUPPORT, 1, value=-0.5), world)
    assert t.support[1].max() == 0.0


def test_14_3_relief_goes_by_the_number_of_people_and_all_of_it_arrives() -> None:
    world = small_game([force(0, 50)], people=10)
    world.tables.hex_i[H.PEOPLE, 4] = 500
    before = world.tables.hex_f[H.FOOD_T].copy()
    after(Effect(EffectKind.RELIEF, row=0, value=80.0), world)
    food = world.tables.hex_f[H.FOOD_T] - before
    assert food.sum() == pytest.approx(80.0)
    assert food[4] == pytest.approx(50 * food[5])


def test_14_5_harm_enters_the_ledger_and_changes_nothing_else() -> None:
    world = small_game([force(0, 50)], people=10)
    clean = world.state.copy()
    after(Effect(EffectKind.HARM, 0, row=harm.ATTACKS, figures=(10, 30, 0, 5)), world)
    assert world.tables.harm[harm.ATTACKS].tolist() == [10, 30, 0, 5, 0]
    world.tables.harm[:] = 0
    assert world.state_hash() == clean.hash()


def test_14_3_a_treaty_is_proposed_once_and_not_again() -> None:
    effect = Effect(EffectKind.TREATY, 0, 1, row=int(Term.CEASE_FIRE), months=6)
    world = after(effect, after(effect))
    rows = np.flatnonzero(world.tables.treaty[Y.TERM])
    assert len(rows) == 1
    assert world.tables.treaty[Y.STATE, rows[0]] == TreatyState.PROPOSED
    assert world.tables.treaty[Y.UNTIL, rows[0]] == 4383


def test_11_18_a_proposal_of_an_event_takes_the_row_of_what_was_finished_first_when_all_have_been_used() -> None:
    world = small_game([force(0, 50), force(1, 20)])
    y = world.tables.treaty
    y[Y.TERM], y[Y.STATE], y[Y.A], y[Y.B] = Term.TRADE, TreatyState.REFUSED, 0, 1
    y[Y.SINCE] = np.arange(Y.ROWS) + 5
    y[Y.SINCE, 7] = 1
    after(Effect(EffectKind.TREATY, 0, 1, row=int(Term.CEASE_FIRE), months=6), world)
    assert (y[Y.TERM, 7], y[Y.STATE, 7]) == (Term.CEASE_FIRE, TreatyState.PROPOSED)


def test_14_3_a_treaty_made_at_once_brings_all_that_it_brings_when_it_is_agreed() -> None:
    world = small_game([force(0, 50), force(1, 20)])
    world.work.written[0] = 0
    after(Effect(EffectKind.TREATY, 0, 1, row=int(Term.ALLIANCE), at_once=True), world)
    t = world.tables
    assert t.treaty[Y.STATE, 0] == TreatyState.IN_FORCE
    assert t.stance[0, 1] == t.stance[1, 0] == Stance.ALLIED
    assert RecordKind.ACCEPTED in world.work.records[: world.work.written[0], 1]


@pytest.mark.parametrize("kind", list(EffectKind))
def test_14_3_every_effect_can_be_done_and_told(kind: EffectKind) -> None:
    world = small_game([force(0, 50), force(1, 20)], depots=[(50, 0, 1000)], people=10)
    world.tables.faction_f[A.AID_BUDGET, 0] = 10.0
    row = {EffectKind.STANCE: 2, EffectKind.TREATY: 1}.get(kind, 0)
    value = {EffectKind.UNITY: -0.5, EffectKind.LIFT: 0.5, EffectKind.BUDGET: 0.5}.get(kind, 1.0)
    effect = Effect(kind, 0, 1, row=row, value=value, province=0, figures=(1, 2, 3, 4))
    before = world.state_hash()
    after(effect, world)
    assert world.state_hash() != before
    words = say_effect(world.setting, effect)
    assert words
    assert "{" not in words


def test_14_3_numbers_stay_in_their_bounds() -> None:
    world = after(Effect(EffectKind.WILL, 0, value=500.0))
    after(Effect(EffectKind.UNITY, 0, value=5.0), world)
    after(Effect(EffectKind.WEARINESS, 0, value=-5.0), world)
    after(Effect(EffectKind.MONEY, 0, value=-5.0), world)
    t = world.tables.faction_f
    assert [t[row, 0] for row in (A.WILL, A.UNITY, A.WEARINESS, A.MONEY)] == [100.0, 1.0, 0.0, 0.0]
