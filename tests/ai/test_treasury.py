"""What the treasury does, and that it says why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.ai import statesman, treasury
from game.ai.manners import manners_of
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import policy as P
from game.core.ids import Act, FactionClass, Life, Stance, Status
from game.core.orders import FactionAct, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, say
from game.engine.playable import Playable
from game.engine.world import World
from tests.builders import force
from tests.rules.test_economy import TOWN, state


def acts(world: World, side: str = "s0") -> list[FactionAct]:
    return list(treasury.state_acts(world.view(side)))


def policies(world: World) -> dict[int, float]:
    return {act.a: act.value / 100 for act in acts(world) if act.kind is Act.POLICY}


def government(money: float = 50.0, arrears: float = 0.0, support: float = 0.6, **more: Any) -> World:
    """Faction 0 governs a million people and has taken in US$ 5 m last month."""
    world = state(people=10_000, **more)
    t = world.tables
    t.policy[:, 0] = 0.0
    t.faction_f[[A.MONEY, A.INCOME, A.ARREARS], 0] = money, 5.0, arrears
    t.support[0] = support
    return world


def test_it_pays_its_soldiers_and_spends_what_is_left() -> None:
    wanted = policies(government())
    assert wanted[P.PAY] == 1.0
    assert wanted[P.CIVIC] > 0.5
    assert P.MILITIA not in wanted


def test_who_owes_pay_taxes_more_and_cuts_programmes() -> None:
    world = government(arrears=3.0)
    world.tables.policy[P.CIVIC, 0] = 0.8
    wanted = policies(world)
    assert wanted[P.CIVIC] == 0.0
    assert wanted[P.TAX] == 0.8
    (civic,) = [act for act in acts(world) if act.a == P.CIVIC]
    assert (civic.reason, civic.ra) == (Reason.TREASURY_OWES, 3)


def test_who_has_little_support_taxes_less() -> None:
    world = government(support=0.1)
    assert policies(world)[P.TAX] == 0.3


def test_rebels_bring_militias_and_an_amnesty() -> None:
    world = government()
    world.tables.stance[0, 1] = world.tables.stance[1, 0] = Stance.WAR
    wanted = policies(world)
    assert wanted[P.AMNESTY] == 1.0
    assert wanted[P.MILITIA] > 0.0


def test_an_amnesty_is_taken_back_when_no_rebels_are_left() -> None:
    world = government()
    world.tables.policy[P.AMNESTY, 0] = 1.0
    assert policies(world)[P.AMNESTY] == 0.0
    world.tables.faction_i[A.CLASS, 0] = FactionClass.INSURGENCY
    assert policies(world)[P.AMNESTY] == 0.0, "who is no state takes it back too"
    (act,) = [act for act in acts(world) if act.a == P.AMNESTY]
    assert (act.reason, act.ra) == (Reason.TREASURY_REBELS, 0)


def test_relief_is_no_policy_that_an_agent_sets() -> None:
    world = government()
    world.tables.policy[:] = 0.0
    assert P.RETIRED not in policies(world)


def test_nothing_is_asked_for_twice_and_every_act_is_taken_and_has_a_reason() -> None:
    world = government()
    asked = acts(world)
    assert asked and all(act.reason is not Reason.COMMANDED for act in asked)
    records = world.step({"s0": Orders(acts=tuple(asked))})
    assert len(records.of_kind(RecordKind.ACT)) == len(asked)
    assert acts(world) == []


def test_a_command_without_a_home_front_sets_only_what_is_the_armys() -> None:
    world = government()
    world.setting.cast.means.home_front[0] = 0
    assert set(policies(world)) <= {P.PAY, P.TRADE, P.AMNESTY}


def patron(custom: float = 60.0, vote: float = 100.0, relation: float = 80.0, given: float = 60.0) -> World:
    """Faction 0 pays faction 1; faction 2 looks on."""
    table = np.zeros((3, 3, 3))
    table[0, 1] = [60.0, custom, custom]
    world = state(factions=3, custom=table)
    t = world.tables
    t.faction_f[A.AID_BUDGET, 0] = vote
    t.relation[0, 1] = t.relation[1, 0] = relation
    t.aid[0, 1] = given
    return world


def test_a_change_of_aid_is_told_from_what_to_what_with_the_figures_that_decided_it() -> None:
    for world, why in (
        (patron(custom=30.0), "from US$ 5.0 m to US$ 2.5 m a month: US$ 30 m a year is what it is used to"),
        (patron(relation=-12.0), "from US$ 5.0 m to US$ 0 a month: relations stand at -12"),
    ):
        (act,) = [act for act in acts(world) if act.kind is Act.AID]
        records = world.step({"s0": Orders(acts=(act,))}).of_kind(RecordKind.AID_CHANGED)
        assert why in say(next(iter(records)), world.setting)


def gift(world: World) -> tuple[float, Reason] | None:
    found = [(act.value * 12 / 1000, act.reason) for act in acts(world) if act.kind is Act.AID]
    return found[0] if found else None


def test_a_patron_gives_what_it_is_used_to() -> None:
    assert gift(patron()) is None
    assert gift(patron(given=0.0)) == (pytest.approx(60.0, abs=0.1), Reason.PATRON_CUSTOM)
    assert gift(patron(custom=0.3, given=0.0)) == (pytest.approx(0.3, abs=0.02), Reason.PATRON_SMALL)


@pytest.mark.parametrize(
    ("change", "amount", "why"),
    [
        ({"vote": 30.0}, 30.0, Reason.PATRON_VOTE),
        ({"relation": 10.0}, 30.0, Reason.PATRON_COOL),
        ({"relation": -30.0}, 0.0, Reason.PATRON_COOL),
        ({"custom": 0.0, "relation": 30.0}, 0.0, Reason.PATRON_ENDS),
    ],
)
def test_a_patron_gives_less_when_its_vote_falls_or_relations_cool_or_its_programme_ends(
    change: dict[str, float], amount: float, why: Reason
) -> None:
    assert gift(patron(**change)) == (pytest.approx(amount, abs=0.1), why)


def test_a_patron_gives_more_to_a_client_who_loses_and_nothing_to_an_enemy_or_who_is_no_actor() -> None:
    world = patron()
    t = world.tables
    t.faction_i[A.MOVEMENT, 1] = 1
    t.stance[1, 2] = t.stance[2, 1] = Stance.WAR
    assert gift(world) == (pytest.approx(75.0, abs=0.1), Reason.PATRON_LOSING)
    world = patron()
    world.tables.faction_i[A.LIFE, 1] = Life.LATENT
    assert gift(world) == (0.0, Reason.PATRON_COOL)


def test_formations_are_raised_while_men_and_arms_wait_that_others_do_not_need() -> None:
    paper = {"arrives": F.UNRAISED, "status": Status.PENDING}
    world = state([force(0, TOWN, 4000), force(0, TOWN + 1, 0, **paper), force(0, TOWN + 2, 0, **paper)])
    t = world.tables
    t.force_i[F.START_MEN] = [4000, 2000, 2000]
    t.faction_i[A.MANPOWER, 0] = 2500
    t.faction_i[A.KITS, 0] = 9000
    (act,) = [act for act in acts(world) if act.kind is Act.RAISE]
    assert (act.a, act.reason) == (1, Reason.TREASURY_RAISES)
    t.force_i[F.START_MEN, 0] = 12_000
    assert not [act for act in acts(world) if act.kind is Act.RAISE]


def test_acts_come_once_a_month() -> None:
    world = government()

    def asked() -> tuple[FactionAct, ...]:
        return statesman.acts_of(world.view("s0"), Playable(world.scenario), "s0", manners_of(world.setting, "s0"))

    assert {act.kind for act in asked()} == {act.kind for act in acts(world)} != set()
    world.step({})
    assert asked() == () != tuple(acts(world))


def test_5_4_a_view_hides_others_money_men_and_policies() -> None:
    world = state(factions=3)
    t = world.tables
    t.faction_f[A.MONEY] = 7.0
    t.faction_i[A.MANPOWER] = 500
    t.policy[P.CIVIC] = 0.5
    seen = world.view("s0").tables
    assert seen.faction_f[A.MONEY].tolist() == [7.0, 0.0, 0.0]
    assert seen.faction_i[A.MANPOWER].tolist() == [500, 0, 0]
    assert seen.policy[P.CIVIC].tolist() == [0.5, 0.0, 0.0]
    assert (seen.faction_i[A.LIFE] == Life.ACTIVE).all()
