"""Agents: each knows its View alone, says why, and asks for what may be asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from game.ai.doctrine import Doctrine
from game.ai.registry import UnknownAgent, agent, names
from game.core.columns import force as F
from game.core.ids import OFF_MAP, Order
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.engine.playable import Playable, load
from game.scenario.schema_doctrine import DoctrineEntry


@pytest.fixture(scope="module")
def scenario() -> Playable:
    return load("christmas_invasion_1978")


def test_the_registry_knows_its_agents_and_names_them_when_asked_for_another(scenario: Playable) -> None:
    assert {"commander", "passive", "random"} <= set(names())
    with pytest.raises(UnknownAgent, match="commander"):
        agent("napoleon", scenario, "dk")
    with pytest.raises(KeyError):
        agent("commander", scenario, "nowhere")


def test_passive_gives_no_orders(scenario: Playable) -> None:
    assert len(agent("passive", scenario, "dk").orders(scenario.start(1).view("dk"))) == 0


@pytest.mark.parametrize("name", ["commander", "random"])
@pytest.mark.parametrize("side", ["vietnam", "dk"])
def test_what_a_side_cannot_see_does_not_change_its_orders(scenario: Playable, name: str, side: str) -> None:
    world, other = scenario.start(1), scenario.start(1)
    number = world.setting.side_index(side)
    own = world.setting.sides[number].factions
    hidden = world.view(side).tables.force_i[F.HEX] == OFF_MAP
    changed = 0
    for f in range(hidden.shape[0]):
        if hidden[f] and world.tables.force_i[F.FACTION, f] not in own:
            other.tables.force_i[F.MEN, f] = 77
            other.tables.force_f[F.QUALITY, f] = 0.2
            other.tables.force_i[F.GUNS, f] = 99
            changed += 1
    mind = agent(name, scenario, side)
    assert mind.orders(world.view(side)).to_lists() == agent(name, scenario, side).orders(other.view(side)).to_lists()
    assert changed > 0 or side == "vietnam"


@pytest.mark.parametrize("name", ["commander", "random"])
def test_the_same_agent_thinks_the_same_twice(scenario: Playable, name: str) -> None:
    world = scenario.start(5)
    mind = agent(name, scenario, "dk")
    assert mind.orders(world.view("dk")).to_lists() == mind.orders(world.view("dk")).to_lists()


def test_every_order_of_the_commander_has_a_reason_and_hardly_any_is_refused(scenario: Playable) -> None:
    world = scenario.start(2)
    minds = {side: agent("commander", scenario, side) for side in scenario.sides}
    given = refused = 0
    for _ in range(10):
        orders = {side: mind.orders(world.view(side)) for side, mind in minds.items()}
        for said in orders.values():
            for order in said:
                assert order.reason not in (Reason.NONE, Reason.COMMANDED)
                assert order.kind in Order
                given += 1
        refused += len(world.step(orders).of_kind(RecordKind.REFUSED))
    assert given > 100
    assert refused < 0.02 * given


def test_a_group_waits_for_the_day_of_its_task_and_then_sets_out_for_it(scenario: Playable) -> None:
    world = scenario.start(4)
    setting = world.setting
    marines = [k for k, info in enumerate(setting.forces) if info.id in ("pavn_101_mar", "pavn_126_mar")]
    minds = {side: agent("commander", scenario, side) for side in scenario.sides}
    sent: dict[bool, set[int]] = {True: set(), False: set()}
    for _ in range(4):
        early = world.date < date(1979, 1, 6)
        orders = {side: mind.orders(world.view(side)) for side, mind in minds.items()}
        sent[early] |= {order.kind for order in orders["vietnam"] if order.force in marines}
        world.step(orders)
    assert sent[True] == {Order.HOLD}
    assert Order.ATTACK in sent[False]


def test_a_corps_seeks_its_tasks_before_anything_else(scenario: Playable) -> None:
    world = scenario.start(1)
    setting = world.setting
    mr7 = [k for k, info in enumerate(setting.forces) if info.id in ("pavn_5_div", "pavn_303_div")]
    orders = {o.force: o for o in agent("commander", scenario, "vietnam").orders(world.view("vietnam"))}
    ends = {setting.hex_of("snuol"), setting.hex_of("kratie")}
    assert all({orders[k].dest, orders[k].then} & ends for k in mr7)


def test_every_number_of_a_doctrine_has_a_key_that_says_what_it_means() -> None:
    keys = DoctrineEntry.model_fields
    for name in Doctrine._fields:
        assert name == "leader" or keys[name].description


def test_a_doctrine_may_name_hexes_by_their_figures(scenario: Playable) -> None:
    setting = scenario.definition.setting
    said = setting.doctrine["dk"] | {"base_areas": ["1020"]}
    changed = replace(setting, doctrine=setting.doctrine | {"dk": said})
    mind = agent("commander", Playable(replace(scenario.definition, setting=changed)), "dk")
    assert len(mind.orders(scenario.start(1).view("dk"))) > 0
