"""9.23-9.28: whom people prefer, and what they tell."""

from __future__ import annotations

from typing import Any

import months
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from months import SOME, month

from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.columns import record as R
from game.core.ids import NO_FACTION, FactionClass, Life, Stance
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind, Records, say
from game.engine.world import World
from game.rules.collaboration import collaboration
from game.rules.support import explain_support
from tests.builders import force, standard_ruleset

RULES = standard_ruleset().support
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def country(*forces: Any, **more: Any) -> World:
    return months.country(*forces, **more | {"cast": {"contested": SOME} | more.get("cast", {})})


def share(world: World, times: int = 24, m: int = 0, at: int = 50) -> float:
    month(world, times=times)
    return float(world.tables.support[m, at])


def leaning(value: float, other: float = 0.0) -> dict:
    return {"cast": {"leaning": np.array([[value] * 108, [other] * 108])}}


def foreign(world: World, a: int, friend: int, enemy: int) -> World:
    t = world.tables
    t.faction_i[A.MOVEMENT, a] = -1
    t.stance[a, friend] = t.stance[friend, a] = Stance.ALLIED
    t.stance[a, enemy] = t.stance[enemy, a] = Stance.WAR
    return world


def test_9_25_support_closes_its_gap_slowly_and_faster_where_troops_are_about() -> None:
    alone, guarded = country(**leaning(0.3)), country([force(0, 50, 400)], **leaning(0.3))
    one = share(alone, 1)
    assert 0.0 < one < 0.06
    assert share(guarded, 1) > 2 * one
    assert share(alone, 120) == pytest.approx(0.3 + RULES.gain_control + RULES.gain_security * 0.013, abs=0.02)


def test_9_24_whoever_rules_is_preferred_and_nobodys_land_prefers_by_leaning_alone() -> None:
    control = np.where(np.arange(108) < 54, 0, NO_FACTION)
    world = country(control=control, **leaning(0.2, 0.2))
    month(world, times=24)
    s = world.tables.support
    assert s[0, 20] > s[1, 20] + 0.15
    assert s[0, 80] == pytest.approx(s[1, 80])


@pytest.mark.parametrize("policy", [P.TAX, P.CONSCRIPTION, P.SEAL])
def test_9_24_what_is_asked_of_people_costs_support(policy: int) -> None:
    asked = country(**leaning(0.3))
    asked.tables.policy[policy, 0] = 1.0
    assert share(asked) < share(country(**leaning(0.3))) - 0.04


def test_9_24_civic_work_wins_people_and_corruption_undoes_it() -> None:
    clean, rotten = country(), country()
    for world in (clean, rotten):
        world.tables.policy[P.CIVIC, 0] = 1.0
    rotten.tables.faction_f[A.CORRUPTION, 0] = 0.8
    assert share(clean) > share(country()) + 0.08 > share(rotten) + 0.08


def test_9_24_political_work_needs_men_about() -> None:
    def worked(men: int) -> float:
        world = country([force(1, 50, men)] if men else [])
        world.tables.policy[P.POLITICAL, 1] = 1.0
        return share(world, 30, 1)

    assert worked(0) == 0.0
    assert worked(100) < worked(1000)


def test_9_24_fighting_costs_those_whose_troops_fought() -> None:
    world = country([force(1, 50, 3000)], **leaning(0.0, 0.4))
    world.tables.support[1] = 0.4
    month(world)
    calm = float(world.tables.support[1, 50])
    world.tables.force_i[18, 0] = world.hour + 1
    month(world)
    assert world.tables.support[1, 50] < calm - 0.01


def test_9_24_hunger_is_blamed_on_whoever_rules() -> None:
    world = country(**leaning(0.3, 0.3))
    world.tables.hex_f[H.FOOD_T] = 0.0
    world.tables.hex_f[H.WANT] = 0.5
    month(world, times=24)
    assert world.tables.support[0, 50] < share(country(**leaning(0.3, 0.3)), 24) - 0.03
    assert world.tables.support[1, 50] == pytest.approx(share(country(**leaning(0.3, 0.3)), 24, 1), abs=0.01)


def test_9_24_no_movement_wins_more_than_its_ceiling_and_all_never_more_than_all() -> None:
    low = country(cast={"leaning": np.full((2, 108), 0.5), "ceiling": np.array([0.1, 1.0])})
    assert share(low, 40) <= 0.1
    full = country(**leaning(0.9, 0.9))
    month(full, times=40)
    assert full.tables.support.sum(axis=0).max() <= 1.0 + 1e-9


def test_9_26_foreign_troops_cost_their_friends_and_serve_their_enemies() -> None:
    def occupied(men: int) -> np.ndarray:
        forces = [force(0, 50, 3000)] + ([force(2, 50, men)] if men else [])
        world = foreign(country(forces, factions=3, cast={"leaning": np.full((3, 108), 0.3)}), 2, 0, 1)
        month(world, times=24)
        return world.tables.support[:, 50].copy()

    bare, held = occupied(0), occupied(3000)
    assert held[0] < bare[0]
    assert held[1] > bare[1]


def test_9_26_a_peace_mission_is_not_counted_as_foreign_troops() -> None:
    world = foreign(country([force(2, 50, 3000)], factions=3, cast={"leaning": np.full((3, 108), 0.3)}), 2, 0, 1)
    world.tables.faction_i[A.CLASS, 2] = FactionClass.MISSION
    parts = why(world, 0)
    assert Reason.SUPPORT_FOREIGN not in dict(parts)


def test_9_23_what_foreign_friends_hold_is_put_down_to_the_movement() -> None:
    world = foreign(country(factions=3, control=2), 2, 0, 1)
    assert share(world) > 0.15


def test_9_27_a_movement_to_come_has_no_support_and_one_that_joins_another_hands_its_own_on() -> None:
    world = country(**leaning(0.3, 0.3))
    t = world.tables
    t.faction_i[A.LIFE, 1] = Life.LATENT
    assert share(world, 12, 1) == 0.0
    t.support[1, SOME == 1] = 0.2
    before = t.support.sum()
    t.faction_i[A.LIFE, 1], t.faction_i[A.MERGED, 1] = Life.ENDED, 0
    month(world)
    assert t.support[1].sum() == 0.0
    assert t.support[0].sum() > 0.8 * before


def why(world: World, m: int, at: int = 50) -> list[tuple[Reason, float]]:
    s = world.setting
    return explain_support(world.tables, s.ground, s.cast, world.work, s.ruleset, world.hour, m, [at])


def test_the_explanation_lists_the_causes_largest_first_and_they_sum_to_where_support_goes() -> None:
    world = country([force(0, 50, 300)], **leaning(0.2))
    world.tables.policy[[P.TAX, P.CIVIC], 0] = 0.5
    parts = why(world, 0)
    sizes = [abs(value) for _, value in parts]
    assert sizes == sorted(sizes, reverse=True)
    assert {Reason.SUPPORT_TAXES, Reason.SUPPORT_CIVIC, Reason.SUPPORT_MEMORY} <= {cause for cause, _ in parts}
    target = sum(value for _, value in parts)
    month(world, times=150)
    assert world.tables.support[0, 50] == pytest.approx(sum(v for _, v in why(world, 0)), abs=0.01)
    assert 0.0 < target < 1.0


def test_a_change_of_support_goes_on_record_with_its_reason() -> None:
    world = country(**leaning(0.6))
    rows = [r for r in month(world, times=3) if r[R.KIND] == RecordKind.SUPPORT]
    assert rows
    sentence = say(next(iter(Records(np.array(rows)))), world.setting)
    assert "support for F0 rose by" in sentence
    assert "remember" in sentence
    assert world.tables.faction_f[A.SUPPORT, 0] == pytest.approx(world.tables.support[0, SOME == 1].mean(), rel=1e-3)


def told(world: World, a: int, at: int = 50) -> float:
    return float(plain(collaboration)(world.tables, RULES, a, at))


def test_9_28_people_tell_whoever_holds_them_and_more_if_they_prefer_him() -> None:
    world = country()
    world.tables.hex_f[H.HOLD] = 1.0
    feared = told(world, 0)
    assert 0.0 < feared < 1.0
    world.tables.support[0] = 0.8
    assert told(world, 0) > feared
    world.tables.support[:] = 0.0
    assert told(world, 1) == 0.0
    world.tables.support[1] = 0.8
    under = told(world, 1)
    world.tables.hex_f[H.HOLD] = 0.2
    assert told(world, 1) > under > 0.0


@FEW
@given(
    policies=st.lists(st.tuples(st.integers(0, 9), st.floats(0, 1)), max_size=6),
    held=st.integers(0, 107), men=st.integers(0, 3000), lean=st.floats(0, 0.5),
)  # fmt: skip
def test_alike_movements_get_alike_support(policies: list, held: int, men: int, lean: float) -> None:
    """Exchange the two movements and the world is the same with the names exchanged."""
    worlds = []
    for a in (0, 1):
        control = np.where(np.arange(108) < held, a, 1 - a)
        forces = [force(a, 30, men), force(1 - a, 70, 500)] if men else []
        world = country(forces, control=control, **leaning(*((lean, 0.1) if a == 0 else (0.1, lean))))
        for number, value in policies:
            world.tables.policy[number, a] = value
        month(world, times=3)
        worlds.append(world.tables.support.copy())
    assert np.allclose(worlds[0], worlds[1][::-1], rtol=0, atol=1e-12)


@FEW
@given(
    civic=st.floats(0, 0.9),
    more=st.floats(0.01, 0.5),
    tax=st.floats(0, 1),
    safe=st.floats(0, 0.9),
    lean=st.floats(0, 1),
)
def test_more_civic_work_or_safety_never_lowers_support(
    civic: float, more: float, tax: float, safe: float, lean: float
) -> None:
    def mean(civic: float, safe: float) -> float:
        world = country(**leaning(lean, 0.3))
        world.tables.policy[P.CIVIC, 0], world.tables.policy[P.TAX, 0] = civic, tax
        world.tables.hex_f[H.SECURITY] = safe
        month(world, times=2)
        return float(world.tables.support[0].mean())

    plain_ = mean(civic, safe)
    assert mean(min(1.0, civic + more), safe) >= plain_ - 1e-12
    assert mean(civic, min(1.0, safe + more)) >= plain_ - 1e-12
