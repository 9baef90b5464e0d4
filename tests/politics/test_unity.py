"""12.10-12.28 Weariness, unity, stages and founding."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as L
from game.core.ids import FactionClass, Life, Stance
from game.core.kernels import plain
from game.core.records import RecordKind, Records, say
from game.core.setting import Faction, Stage, name_of
from game.engine.stages import turn_pages
from game.engine.world import World
from game.rules import politics, unity
from game.scenario import politics as scenario_politics
from game.scenario.conditions import read_condition
from game.scenario.model import Founding
from tests.builders import force, standard_ruleset
from tests.politics.worlds import HEXES, anew, quick_game

RULES = standard_ruleset().unity


def pair() -> World:
    world = anew(_pair(), 1)
    muster(world)
    return world


@cache
def _pair() -> World:
    return quick_game([force(0, 20), force(1, 60)], control=np.arange(HEXES) // 54, people=1000)


def muster(world: World) -> None:
    plain(unity.muster)(world.tables, world.setting.ground, world.setting.cast, world.work)


def weariness(world: World, a: int = 0) -> np.ndarray:
    out = np.zeros(unity.WEARY_CAUSES)
    plain(unity.weariness_causes)(world.tables, world.work, RULES, a, out)
    return out


def disunity(world: World, a: int = 0) -> np.ndarray:
    out = np.zeros(unity.CAUSES)
    plain(unity.disunity_causes)(world.tables, world.setting.cast, world.work, RULES, a, world.hour, out)
    return out


def test_12_11_weariness_is_the_sum_of_its_causes() -> None:
    world = pair()
    t = world.tables
    t.faction_i[A.KILLED, 0] = 150
    t.faction_f[A.ARREARS, 0] = 3.0
    causes = weariness(world)
    assert causes[unity.LONG_WAR] == RULES.weary_war
    assert causes[unity.LOSSES] == pytest.approx(RULES.weary_losses * 100 * 150 / (5000 + 0.02 * 54_000))
    assert causes[unity.UNPAID] == pytest.approx(3 * RULES.weary_arrears)
    assert causes[unity.PEACE] == causes[unity.GARRISON] == 0.0


def test_12_11_peace_lets_weariness_fall() -> None:
    world = pair()
    world.tables.stance[0, 1] = world.tables.stance[1, 0] = Stance.NEUTRAL
    assert weariness(world)[unity.PEACE] == -RULES.weary_peace
    assert weariness(world)[unity.LONG_WAR] == 0.0


def test_12_11_an_army_abroad_wearies_only_who_is_foreign_there() -> None:
    world = quick_game([force(0, 20), force(1, 60)], host=np.ones(HEXES, np.int8))
    muster(world)
    assert weariness(world)[unity.GARRISON] == 0.0
    world.setting.cast.movement[0] = -1
    muster(world)
    assert weariness(world)[unity.GARRISON] == RULES.weary_abroad


def test_12_12_the_weary_settle_on_a_lower_will() -> None:
    def will(weary: float) -> float:
        world = pair()
        world.tables.faction_f[A.WEARINESS, 0] = weary
        world.tables.faction_f[A.WILL, 0] = 95.0
        now = world.now._replace(days=500.0)
        plain(politics.weigh_will)(world.tables, world.setting.ground, world.work, world.setting.ruleset, now)
        return float(world.tables.faction_f[A.WILL, 0])

    assert will(0.0) == 95.0
    assert will(100.0) < will(50.0) < will(0.0)


@pytest.mark.parametrize(
    ("column", "value", "cause"),
    [(A.ARREARS, 6.0, unity.ARREARS), (A.WEARINESS, 100.0, unity.WEARY), (A.LAND_FELT, 50.0, unity.DEFEAT)],
)
def test_12_13_each_cause_divides_leaders_by_its_own_weight(column: int, value: float, cause: int) -> None:
    world = pair()
    assert disunity(world)[cause] == 0.0
    world.tables.faction_f[column, 0] = value
    weight = {unity.ARREARS: RULES.unity_arrears, unity.WEARY: RULES.unity_weary, unity.DEFEAT: RULES.unity_defeat}
    assert disunity(world)[cause] == pytest.approx(weight[cause])


def test_12_13_a_patron_who_stops_paying_divides_and_one_who_pays_does_not() -> None:
    world = pair()
    world.tables.faction_f[[A.AID_FELT, A.AIDED], 0] = (8.0, 8.0)
    assert disunity(world)[unity.PATRON] == 0.0
    world.tables.faction_f[A.AIDED, 0] = 2.0
    assert disunity(world)[unity.PATRON] == pytest.approx(0.75 * RULES.unity_patron)


def test_12_13_money_of_ones_own_divides_and_a_strong_enemy_unites() -> None:
    world = pair()
    world.tables.faction_f[[A.INCOME, A.TRADED], 0] = (10.0, 5.0)
    causes = disunity(world)
    assert causes[unity.REVENUE] == pytest.approx(0.5 * RULES.unity_revenue)
    assert causes[unity.THREAT] == pytest.approx(-0.5 * RULES.unity_threat)


def test_12_14_symmetric_factions_stay_symmetric() -> None:
    world = pair()
    for _ in range(12):
        plain(unity.weigh_leaders)(
            world.tables, world.setting.ground, world.setting.cast, world.work, world.setting.ruleset,
            world.now._replace(days=30.0),
        )  # fmt: skip
    for column in (A.WEARINESS, A.UNITY, A.LAND_FELT):
        assert world.tables.faction_f[column, 0] == world.tables.faction_f[column, 1]


def test_12_16_a_movement_with_nothing_left_ends_and_one_with_land_does_not() -> None:
    for land, life in ((0, Life.ENDED), (1, Life.ACTIVE)):
        world = quick_game([force(0, 20), force(1, 60)])
        world.tables.force_i[F.MEN, 1] = 0
        world.tables.force_i[F.STATUS, 1] = 4
        world.tables.hex_i[H.CONTROL, :land] = 1
        muster(world)
        plain(unity.bury_spent)(
            world.tables, world.setting.ground, world.setting.cast, world.work, world.setting.ruleset, world.now
        )
        assert world.tables.faction_i[A.LIFE, 1] == life


def staged(world: World, **more: object) -> World:
    """Faction 0 becomes a state when it holds the town, and is founded on a condition if that is given."""

    def rows(kind: object, name: str) -> int:
        return HEXES // 2 if name == "town" else int(name[1:])

    stage = Stage("state", "State of F", "SF", "SF", "state")
    first = replace(world.setting.factions[0], kind="army", stages=(stage,))
    setting = replace(world.setting, factions=(first, *world.setting.factions[1:]))
    when = read_condition("controls(f0, town)").bound(rows)
    founding = Founding(1, read_condition("men(f0) > 100").bound(rows), 0, True, True)
    world.scenario = replace(
        world.scenario, setting=setting, stages=((when,), *(() for _ in world.setting.factions[1:])),
        foundings=(founding,) if more.get("founding") else (),
    )  # fmt: skip
    return world


def told(world: World, *kinds: RecordKind) -> list[str]:
    records = Records(world.work.records[: world.work.written[0]].copy()).of_kind(*kinds)
    return [say(r, world.setting) for r in records]


def test_12_20_a_faction_that_holds_its_capital_goes_by_another_name_and_gains_nothing_else() -> None:
    world = staged(quick_game([force(0, 20), force(1, 60)]))
    turn_pages(world)
    assert world.tables.faction_i[A.STAGE, 0] == 0
    world.tables.hex_i[H.CONTROL, HEXES // 2] = 0
    before = world.tables.hex_i.copy(), world.tables.force_i.copy()
    world.work.written[0] = 0
    turn_pages(world)
    assert world.tables.faction_i[[A.STAGE, A.CLASS], 0].tolist() == [1, FactionClass.STATE]
    assert (world.tables.hex_i == before[0]).all() and (world.tables.force_i == before[1]).all()
    assert "F0 becomes State of F" in told(world, RecordKind.STAGE)[0]
    world.tables.hex_i[H.CONTROL, HEXES // 2] = 1
    turn_pages(world)
    assert world.tables.faction_i[A.STAGE, 0] == 1


def test_12_21_what_was_ordered_as_a_state_ends_with_the_state_and_is_told() -> None:
    world = staged(quick_game([force(0, 20), force(1, 60)]))
    t = world.tables
    guerrilla = Stage("guerrilla", "Guerrillas of F", "GF", "GF", "insurgency")
    first = replace(world.setting.factions[0], kind="state", stages=(guerrilla,))
    setting = replace(world.setting, factions=(first, *world.setting.factions[1:]))
    world.scenario = replace(world.scenario, setting=setting)
    t.faction_i[A.CLASS, 0] = FactionClass.STATE
    t.policy[:, 0] = 0.5
    t.policy[L.SEAL, 0] = 0.0
    t.hex_i[H.CONTROL, HEXES // 2] = 0
    world.work.written[0] = 0
    turn_pages(world)
    assert t.policy[[L.AMNESTY, L.CONSCRIPTION, L.SEAL, L.PAY, L.TAX], 0].tolist() == [0.0, 0.0, 0.0, 0.5, 0.5]
    conscription, amnesty = told(world, RecordKind.LAPSED)
    assert "conscription, 50 % so far, ends: it was ordered as a state" in conscription and "its amnesty" in amnesty


def test_12_21_who_becomes_a_state_or_stays_one_keeps_its_policies() -> None:
    world = staged(quick_game([force(0, 20), force(1, 60)]))
    for kind in (FactionClass.ARMY, FactionClass.STATE):
        world.tables.faction_i[[A.CLASS, A.STAGE], 0] = kind, 0
        world.tables.policy[L.AMNESTY, 0] = 0.5
        world.tables.hex_i[H.CONTROL, HEXES // 2] = 0
        turn_pages(world)
        assert world.tables.faction_i[A.CLASS, 0] == FactionClass.STATE
        assert world.tables.policy[L.AMNESTY, 0] == 0.5


def test_names_are_those_of_the_stage() -> None:
    plain_name = Faction("a", "A", "A", "A", "#000000", "circle", "solid", stages=(Stage("b", "B", "B", "B", "army"),))
    assert name_of(plain_name, 0) is plain_name
    assert (name_of(plain_name, 1).name, name_of(plain_name, 1).kind) == ("B", "army")
    world = staged(quick_game([force(0, 20), force(1, 60)]))
    assert world.setting.named((0, 0)) is world.setting
    assert world.setting.named((1, 0)).factions[0].short == "SF"
    assert world.setting.named((1, 0)) is world.setting.named((1, 0))


def test_12_22_a_latent_faction_is_founded_with_men_who_join_arms_of_its_sponsor_and_no_land() -> None:
    world = staged(quick_game([force(0, 20)], control=np.zeros(HEXES, np.int64), people=10_000), founding=True)
    t = world.tables
    t.faction_i[A.LIFE, 1] = Life.LATENT
    t.faction_i[A.KITS, 0] = 100_000
    world.work.written[0] = 0
    turn_pages(world)
    rules = world.setting.ruleset.fracture
    men = int(rules.found_land * 10_000 * HEXES)
    assert t.faction_i[[A.LIFE, A.MANPOWER, A.RAISED], 1].tolist() == [Life.ACTIVE, men, men]
    assert t.faction_i[A.KITS].tolist() == [100_000 - int(rules.found_kits * men), int(rules.found_kits * men)]
    assert (t.hex_i[H.CONTROL] == 0).all()
    assert "F1 was founded with the help of F0" in told(world, RecordKind.FOUNDED)[0]


def test_12_22_more_people_in_camps_make_no_larger_army() -> None:
    rules = standard_ruleset().fracture
    assert rules.found_most < rules.found_camps * 300_000
    assert K.PEOPLE >= 0


def test_causes_have_the_same_order_in_the_rules_and_in_the_files() -> None:
    names = ["defeat", "patron", "arrears", "revenue", "purge", "regional", "weary", "success", "threat"]
    assert list(scenario_politics.CAUSES) == names
    assert [getattr(unity, name.upper()) for name in names] == list(range(unity.CAUSES))
