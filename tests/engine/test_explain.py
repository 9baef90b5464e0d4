"""Why things are as they are: contributions that add up, in order of size, and the record beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.kernels import plain
from game.core.setting import Stage
from game.engine.explain import Explainer, Explanation
from game.engine.world import World
from game.rules import combat
from game.rules.control import spread_weight
from game.scenario.model import Effect, EffectKind, Event
from tests.builders import force, small_game
from tests.rules.test_economy import means


def game() -> World:
    event = Event(
        "e", date(1979, 1, 2), "A treaty is signed", "Text.", "diplomacy", False,
        (Effect(EffectKind.BOND, 0, 1, value=12.0), Effect(EffectKind.WILL, 0, value=-4.0)), ("x",), "the treaty",
    )  # fmt: skip
    world = small_game(
        [force(0, 50, tanks=20, guns=10, cohesion=0.6, quality=0.8), force(1, 52)], people=800, events=(event,)
    )
    world.tables.bond[B.WAR, 0, 1] = world.tables.bond[B.WAR, 1, 0] = -60.0
    return world


def explained(world: World, turns: int = 0) -> Explainer:
    records = [record for _ in range(turns) for record in world.step({})]
    return Explainer(world.scenario, world.tables, records)


def total(found: Explanation) -> float:
    return sum(part.amount for part in found.parts)


def test_11_1_a_relation_is_the_sum_of_what_is_told_and_events_are_named() -> None:
    world = game()
    found = explained(world, 1).relation(0, 1)
    assert total(found) == pytest.approx(float(world.tables.relation[0, 1]))
    assert found.parts[0].text == "war against each other"
    assert any("A treaty is signed (the treaty)" in text for text in found.records)
    told = [text for text in found.records if "relations of" in text]
    assert told and all(text.startswith("2 Jan 1979: ") and text.endswith(": the treaty.") for text in told)


def test_6_2_the_worth_of_a_force_is_the_sum_of_its_factors() -> None:
    world = game()
    found = explained(world).force(0)
    worth = plain(combat.force_weight)(world.tables, world.setting.ruleset.combat, 0)
    assert total(found) == pytest.approx(worth, abs=3.0)
    assert {part.text for part in found.parts} >= {"tanks", "guns", "quality", "cohesion"}
    assert "5,000 men" in found.value


def test_9_1_a_hex_is_told_by_the_weight_on_it_and_by_the_record() -> None:
    world = game()
    explainer = explained(world, 2)
    found = explainer.hex(int(world.tables.force_i[F.HEX, 0]))
    assert found.parts[0].text.startswith("troops of F0")
    assert found.value.startswith("Faction 0 is in control")
    assert "No change of control" in explained(world).hex(50).records[-1]


def test_9_24_support_is_told_cause_by_cause_and_sums_to_where_it_goes() -> None:
    world = small_game([force(0, 50)], people=900, control=0)
    world.tables.hex_f[H.SECURITY] = 0.8
    found = explained(world).support(0, 50)
    assert f"moves towards {total(found):.1f} %" in found.value
    assert [abs(part.amount) for part in found.parts] == sorted((abs(p.amount) for p in found.parts), reverse=True)
    everywhere = explained(world).support(0)
    assert f"{900 * 108:,} people" in everywhere.value


def test_12_1_what_moved_will_adds_up_to_how_far_it_moved() -> None:
    world = game()
    found = explained(world, 3).will(0)
    moved = float(world.tables.faction_f[A.WILL, 0] - world.scenario.initial.tables.faction_f[A.WILL, 0])
    assert total(found) == pytest.approx(moved, abs=0.15)
    assert any(part.text == "event: A treaty is signed" and part.amount == -4.0 for part in found.parts)


def test_12_11_weariness_and_unity_have_their_causes() -> None:
    world = game()
    weary = explained(world).weariness(0)
    assert weary.parts[0].text == "the war goes on"
    assert "of 100" in weary.value
    world.tables.faction_f[A.WEARINESS, 0] = 50.0
    assert explained(world).unity(0).parts


ASKED: dict[str, Callable[[Explainer], Explanation]] = {
    "hex": lambda e: e.hex(50),
    "force": lambda e: e.force(0),
    "relation": lambda e: e.relation(0, 1),
    "support": lambda e: e.support(0, 50),
    "support everywhere": lambda e: e.support(0),
    "will": lambda e: e.will(0),
    "weariness": lambda e: e.weariness(0),
    "unity": lambda e: e.unity(0),
}


@pytest.mark.parametrize("what", ASKED)
def test_contributions_stand_in_order_of_size_and_none_is_nothing(what: str) -> None:
    world = game()
    t = world.tables
    t.bond[B.AID, 0, 1] = t.bond[B.AID, 1, 0] = 25.0
    t.faction_f[A.WEARINESS, 0], t.faction_f[A.ARREARS, 0] = 50.0, 3.0
    found = ASKED[what](explained(world, 2))
    assert found.value and found.parts
    sizes = [abs(part.amount) for part in found.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes)
    assert [line.split()[-1] for line in found.lines()[2:3]] == [found.parts[0].text.split()[-1]]


def test_9_1_the_weights_told_of_a_hex_are_those_that_decide_its_control() -> None:
    world = game()
    found = explained(world, 1).hex(50)
    t, s = world.tables, world.setting
    plain(spread_weight)(t, s.ground, world.work, s.ruleset.control)
    assert total(found) == pytest.approx(float(world.work.weight[50].sum()))


def test_explaining_changes_nothing() -> None:
    world = game()
    world.step({})
    before = world.state_hash()
    explainer = explained(world)
    for found in (explainer.hex(50), explainer.force(1), explainer.relation(1, 0), *explainer.faction(0)):
        assert found.lines()[0].startswith(found.title)
        assert found.as_dict()["value"] == found.value
    explainer.support(1, 52)
    assert world.state_hash() == before


def test_who_is_no_movement_has_no_support() -> None:
    world = game()
    world.tables.faction_i[A.MOVEMENT, 1] = -1
    assert "no movement" in explained(world).support(1).value


def test_a_view_is_explained_as_far_as_it_knows() -> None:
    world = game()
    world.step({})
    view = world.view("s0")
    found = Explainer(world.scenario, view.tables).relation(0, 1)
    assert found.parts
    assert np.isfinite(total(found))


def test_10_10_corruption_is_told_by_what_it_goes_to() -> None:
    world = small_game([force(0, 50)], means=means(2, 1, graft=np.array([0.2, 0.0])))
    t = world.tables
    t.faction_f[[A.INCOME, A.TRADED, A.ARREARS, A.CORRUPTION], 0] = 10.0, 5.0, 3.0, 0.25
    found = explained(world).corruption(0)
    rules = world.setting.ruleset.economy
    owed = min(1.0, 3.0 / rules.unpaid_months)
    assert total(found) == pytest.approx(20.0 + 100.0 * (0.5 * rules.corrupt_trade + owed * rules.corrupt_unpaid))
    assert found.value.startswith("25 %")
    amounts = [abs(part.amount) for part in found.parts]
    assert amounts == sorted(amounts, reverse=True) and len(amounts) == 3


def test_factions_are_called_by_the_names_that_they_go_by_now() -> None:
    world = game()
    faction = replace(world.setting.factions[0], stages=(Stage("new", "The New State", "NS", "New", "state"),))
    setting = replace(world.setting, factions=(faction, *world.setting.factions[1:]))
    scenario = replace(world.scenario, setting=setting)
    assert Explainer(scenario, world.tables).will(0).title.endswith(faction.short)
    world.tables.faction_i[A.STAGE, 0] = 1
    assert Explainer(scenario, world.tables).will(0).title == "Political will of NS"
