"""9.50, 9.51: the ledger only ever costs. What is true of people whatever happens."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from months import DAYS, country, month

import game
from game.core.calendar import DAYS_A_MONTH
from game.core.columns import camp as K
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.columns import record as R
from game.core.records import RecordKind
from game.engine.world import World
from tests.builders import plain_map, small_game, standard_ruleset

ROOMS = Path(game.__file__).parent
RULES = standard_ruleset().people


def readers_of_harm(room: str) -> list[str]:
    """Where a room touches the ledger's table, but for adding to it in the clauses of chapter 9.50."""
    found = []
    for path in sorted((ROOMS / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        added = {
            id(node.target.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.AugAssign)
            and isinstance(node.op, ast.Add)
            and isinstance(node.target, ast.Subscript)
        }
        allowed = added if path == ROOMS / "rules" / "harm.py" else set()
        found += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "harm" and id(node) not in allowed
        ]
    return found


@pytest.mark.parametrize("room", ["rules", "ai"])
def test_9_50_no_rule_and_no_agent_reads_the_ledger(room: str) -> None:
    assert readers_of_harm(room) == []


def test_9_51_sealing_a_border_costs_lives_among_those_who_are_ruled() -> None:
    world = country(control=np.where(np.arange(108) < 54, 0, 1))
    world.tables.policy[P.SEAL, 0] = 1.0
    rows = [r for r in month(world) if r[R.KIND] == RecordKind.LABOUR]
    sent = 54 * 20_000 * RULES.labour_month * DAYS / DAYS_A_MONTH
    low, high, counted = world.tables.harm[M.LABOUR, [M.DEAD_LOW, M.DEAD_HIGH, M.COUNTED]]
    assert [(r[R.FACTION], r[R.A], r[R.B]) for r in rows] == [(0, low, high)]
    assert rows[0][R.C] == pytest.approx(sent, rel=0.01)
    assert (low, high) == (
        pytest.approx(sent * RULES.labour_low, rel=0.3),
        pytest.approx(sent * RULES.labour_high, rel=0.3),
    )
    assert low <= counted <= high
    assert world.tables.hex_i[H.PEOPLE, 60] >= 20_000


def people(world: World) -> int:
    t = world.tables
    born = t.hex_i[H.BORN].sum() + t.camp_i[K.BORN].sum()
    return int(t.hex_i[H.PEOPLE].sum() + t.camp_i[K.PEOPLE].sum() + t.harm[:, M.COUNTED].sum() - born)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**31 - 1), first=st.integers(1, 12))
def test_people_are_accounted_for_and_nothing_is_negative_whatever_happens(seed: int, first: int) -> None:
    chance = np.random.default_rng(seed)
    camps = [{"hex": int(h), "capacity": int(chance.integers(1, 90_000))} for h in chance.integers(0, 108, 3)]
    world = country(
        control=chance.integers(-1, 2, 108), camps=camps, cast={
            "fields_ha": 9000 * chance.random(108), "leaning": 0.7 * chance.random((2, 108)),
            "relief_t": 9000 * chance.random((4, 2)), "first_month": 1979 * 12 + first, "ceiling": chance.random(2),
            "contested": (chance.random(108) < 0.4).astype(np.int8),
        },
    )  # fmt: skip
    t = world.tables
    inside = world.setting.cast.lands
    t.policy[:] = chance.random(t.policy.shape)
    t.hex_f[H.WANT, inside], t.hex_f[H.SECURITY, inside] = chance.random((2, len(inside)))
    t.hex_f[H.FOOD_T, inside] = 900 * chance.random(len(inside))
    t.hex_f[H.SCATTER, inside] = 9 * chance.random(len(inside))
    t.hex_i[H.PEOPLE] = chance.integers(0, 40_000, 108)
    before, harm = people(world), t.harm.copy()
    for number in range(4):
        t.hex_i[H.FOUGHT, chance.integers(0, 108, 3)] = world.hour + 200
        t.hex_i[H.CONTESTED, chance.integers(0, 108, 9)] = number % 2
        month(world, first + number)
        assert people(world) == before
        assert (t.harm >= harm).all()
        assert (t.harm[:, M.DEAD_LOW] <= t.harm[:, M.COUNTED]).all()
        assert (t.harm[:, M.COUNTED] <= t.harm[:, M.DEAD_HIGH]).all()
        assert (t.harm[:, M.DISPLACED_LOW] <= t.harm[:, M.DISPLACED_HIGH]).all()
        harm = t.harm.copy()
        assert (t.hex_i[[H.PEOPLE, H.DISPLACED, H.BORN, H.QUIET]] >= 0).all()
        assert (t.hex_i[H.DISPLACED] <= t.hex_i[H.PEOPLE]).all()
        assert (t.camp_i[[K.PEOPLE, K.RELIEF_KG]] >= 0).all()
        shares = t.hex_f[[H.WANT, H.SECURITY, H.PLANTED]]
        assert ((shares >= 0) & (shares <= 1)).all()
        assert (t.hex_f[[H.FOOD_T, H.RELIEF_T]] >= 0).all()
        assert (t.support >= 0).all()
        assert t.support.sum(axis=0).max() <= 1 + 1e-9


def test_half_as_long_impulses_make_the_same_months() -> None:
    """The months are the calendar's; only the hour at which a month's end is noticed differs."""
    ends = []
    for impulses in (2, 4):
        world = small_game(
            [], people=20_000, control=0, days_per_turn=30.0, impulses=impulses, turns=9,
            hexmap=plain_map(cols=4, rows=3), cast={"fields_ha": np.full(12, 4000.0), "leaning": np.full((2, 12), 0.3)},
        )  # fmt: skip
        t = world.tables
        t.hex_f[H.FOOD_T] = 600.0
        for _ in range(8):
            world.step({})
        ends.append(
            [t.support[0].sum(), t.hex_f[H.WANT].sum(), t.hex_i[H.PEOPLE].sum() / 1e5, t.hex_f[H.SECURITY].sum()]
        )
    assert ends[0] == pytest.approx(ends[1], rel=0.02)
    assert ends[0][0] > 1.0
    assert ends[0][1] > 0.1
