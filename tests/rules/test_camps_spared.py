"""1.9: no order of attack names a border camp, whoever gives it; fighting may reach one by movement alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.ai.defence import weakest_beside
from game.ai.picture import is_wanted
from game.ai.random_agent import RandomAgent
from game.ai.rear import clean_up
from game.ai.security import base_to_comb, strike_goal
from game.core.columns import camp as K
from game.core.columns import force as F
from game.core.ids import OFF_MAP, Order, Road, Status
from game.core.kernels import plain
from game.core.orders import ForceOrder, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, say
from game.engine.legality import Refusal, why_not
from game.engine.playable import Playable
from game.engine.world import World
from tests.ai.test_security_of_land import DRY, Mind
from tests.builders import force, line, links, plain_map, small_game, spot

CAMP, BESIDE, BEYOND = 53, 52, 54
STRIKES = (Order.ATTACK, Order.AMBUSH, Order.RAID, Order.SABOTAGE, Order.SWEEP)


def war(people: int = 5000, men_at: int = CAMP, **more: Any) -> World:
    """Faction 0 stands beside a camp; the host, faction 1, has men in it or at `men_at`. The two are at war."""
    camp = {"hex": CAMP, "host": 1, "people": people, "opened": 0 if people else -1}
    forces = [force(0, BESIDE, 8000), force(1, men_at, 500), force(0, BESIDE - 2, 600, status=Status.BANDS)]
    return small_game(forces, camps=[camp], **{"control": 1, **more})


def judged(world: World, kind: Order, dest: int, then: int = OFF_MAP, f: int = 0) -> Refusal | None:
    order = ForceOrder(f, kind, dest, then=then)
    return why_not(world.setting, world.routes, world.tables, 0, order, world.ways)


@pytest.mark.parametrize("people", [5000, 0])
@pytest.mark.parametrize("kind", STRIKES)
def test_1_9_an_order_of_attack_may_not_name_a_camp_even_of_an_enemy(kind: Order, people: int) -> None:
    world = war(people)
    f = 2 if kind in (Order.AMBUSH, Order.RAID) else 0
    found = judged(world, kind, CAMP, f=f)
    assert found is not None and found.reason is Reason.CAMP_THERE
    assert "the site of a border camp" in found.text(world.setting)
    assert judged(war(people, BEYOND), kind, BEYOND, f=f) is None


def test_1_9_nor_may_it_name_one_as_its_next_goal_or_as_the_place_where_it_lies_in_wait() -> None:
    world = war()
    assert judged(world, Order.ATTACK, BESIDE, then=CAMP) == Refusal(Reason.CAMP_THERE, CAMP)
    world.tables.force_i[F.HEX, 0] = CAMP
    assert judged(world, Order.AMBUSH, OFF_MAP) == Refusal(Reason.CAMP_THERE, CAMP)


@pytest.mark.parametrize("kind", [Order.MOVE, Order.WITHDRAW, Order.CLEAR])
def test_1_9_marches_and_the_clearing_of_mines_may_go_to_a_camp(kind: Order) -> None:
    assert judged(war(), kind, CAMP) is None


def test_1_9_the_engine_refuses_it_with_the_reason_and_a_march_there_halts_before_the_enemy() -> None:
    world = war()
    orders = Orders()
    orders.give(0, Order.ATTACK, CAMP, Reason.COMMANDED)
    records = world.step({"s0": orders})
    (refused,) = records.of_kind(RecordKind.REFUSED)
    assert refused.reason is Reason.CAMP_THERE and "site of a border camp" in say(refused, world.setting)
    assert world.tables.force_i[F.ORDER, 0] == Order.HOLD
    march = Orders()
    march.give(0, Order.MOVE, CAMP, Reason.COMMANDED)
    records = world.step({"s0": march})
    assert len(records.of_kind(RecordKind.HALTED)) == 1 and not len(records.of_kind(RecordKind.BATTLE))


def seen(world: World) -> Mind:
    """What side 0 makes of it, knowing of the men in the camp."""
    spot(world, 0, 1, 0)
    return Mind(world, 0, odds_attack=0.01)


def test_1_9_agents_aim_no_attack_at_a_camp() -> None:
    aims = {}
    for name, site in (("camp", CAMP), ("elsewhere", 0)):
        world = war()
        world.tables.camp_i[K.HEX, 0] = site
        m = seen(world)
        plain(clean_up)(m.tables, m.ground, m.doctrine, m.scratch, 0)
        aims[name] = [
            [dest for _, dest, _ in m.given()],
            plain(weakest_beside)(m.tables, m.ground, m.scratch, BESIDE),
            plain(is_wanted)(m.tables, m.doctrine, m.scratch, CAMP),
        ]
    assert aims == {"camp": [[], OFF_MAP, False], "elsewhere": [[CAMP], CAMP, True]}


def test_1_9_agents_neither_comb_nor_raid_a_camp() -> None:
    shelter = np.full(108, -1, np.int8)
    shelter[CAMP] = 1
    road = plain_map(road=links(line(CAMP, CAMP + 1), Road.SECONDARY))
    aims = {}
    for name, site in (("camp", CAMP), ("elsewhere", 0)):
        world = war(men_at=107, shelter=shelter, hexmap=road, start=DRY)
        world.tables.camp_i[K.HEX, 0] = site
        m = Mind(world, 0)
        aims[name] = (
            plain(base_to_comb)(m.tables, m.ground, m.doctrine, m.scratch, 0),
            plain(strike_goal)(m.tables, m.ground, m.doctrine, m.scratch, m.aims, 2),
        )
    assert aims == {"camp": (OFF_MAP, OFF_MAP), "elsewhere": (CAMP, CAMP)}


def test_1_9_the_random_agent_names_no_camp_either() -> None:
    world = war()
    world.tables.camp_i[K.HEX, 0] = world.setting.map.places[0].hex
    agent = RandomAgent(Playable(world.scenario), "s0")
    kinds = set()
    for _ in range(30):
        given = agent.orders(world.view("s0"))
        kinds |= {int(row[1]) for row in given.rows}
        world.tables.clock[1] += 96
    assert kinds and not kinds & set(map(int, STRIKES))
