"""Acts are judged before they are given, by what their side can know."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.columns import treaty as Y
from game.core.ids import NEVER, Act, Status, Term, TreatyState
from game.core.means import no_means
from game.core.orders import FactionAct, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, say
from game.engine.acts import why_not_act
from game.engine.world import World
from tests.builders import force, small_game

HOME = 54


def world_with_a_formation_to_raise() -> World:
    """s0 can raise its second formation in hex HOME, which it last knew to be its own."""
    means = no_means(3, 4)._replace(keeps=np.ones(3, np.int8), quality=np.ones(4), home_front=np.ones(3, np.int8))
    world = small_game(
        [force(0, 20), force(0, HOME, status=Status.PENDING, arrives=F.UNRAISED), force(1, 80), force(2, 90)],
        factions=3, means=means, control=0,
    )  # fmt: skip
    t = world.tables
    t.force_i[F.MEN, 1] = 0
    t.faction_i[[A.MANPOWER, A.KITS], 0] = 9000
    return world


def judged(world: World, act: FactionAct) -> Reason:
    orders = Orders()
    orders.act(act)
    return why_not_act(world, "s0", orders)


RAISE = FactionAct(0, Act.RAISE, a=1)


def test_1_8_a_refusal_never_tells_what_the_side_cannot_know() -> None:
    world = world_with_a_formation_to_raise()
    assert judged(world, RAISE) is Reason.NONE
    world.tables.hex_i[H.CONTROL, HOME] = 1
    world.tables.in_sight[0] = 0
    assert judged(world, RAISE) is Reason.NONE, "that the enemy took the place is not known yet"
    world.tables.known_control[0, HOME] = 1
    assert judged(world, RAISE) is Reason.PLACE_NOT_HELD


@pytest.mark.parametrize("value", [0, 40, 100])
def test_10_40_no_order_of_a_player_an_agent_or_an_older_game_sets_relief(value: int) -> None:
    world = world_with_a_formation_to_raise()
    act = FactionAct(0, Act.POLICY, a=P.RETIRED, value=value)
    assert judged(world, act) is Reason.RELIEF_PASSES
    orders = Orders()
    orders.act(act)
    before = world.tables.policy.copy()
    (refused,) = world.step({"s0": orders}).of_kind(RecordKind.ACT_REFUSED)
    assert (world.tables.policy == before).all()
    assert "relief passes whoever rules: it is no policy" in say(refused, world.setting)


def open_proposal(world: World) -> None:
    """f1 has proposed a treaty to f2: nobody else knows."""
    t = world.tables
    for column, value in (
        (Y.TERM, Term.ALLIANCE), (Y.STATE, TreatyState.PROPOSED), (Y.A, 1), (Y.B, 2), (Y.BY, 1), (Y.UNTIL, NEVER),
    ):  # fmt: skip
        t.treaty[column, 0] = value


def rich(world: World) -> None:
    world.tables.faction_f[A.MONEY, 1] = 1e6
    world.tables.faction_i[[A.MANPOWER, A.KITS], 1] = 10**6


@pytest.mark.parametrize("secret", [open_proposal, rich])
@pytest.mark.parametrize(
    "act",
    [
        RAISE,
        FactionAct(0, Act.POLICY, a=P.TAX, value=40),
        FactionAct(0, Act.ANSWER, a=0, value=1),
        FactionAct(0, Act.DENOUNCE, a=0),
        FactionAct(0, Act.PROPOSE, a=1, b=int(Term.CEASE_FIRE)),
        FactionAct(0, Act.AID, a=1, value=1),
    ],
    ids=lambda act: act.kind.name.lower() if isinstance(act, FactionAct) else None,
)
def test_1_8_the_judgement_is_the_same_whatever_others_keep_secret(act: FactionAct, secret: Any) -> None:
    world = world_with_a_formation_to_raise()
    before = judged(world, act)
    secret(world)
    assert judged(world, act) is before


def test_1_8_judging_an_act_changes_nothing() -> None:
    world = world_with_a_formation_to_raise()
    before = world.state_hash()
    assert judged(world, FactionAct(0, Act.POLICY, a=P.TAX, value=40)) is Reason.NONE
    assert world.state_hash() == before
