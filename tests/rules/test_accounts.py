"""The accounts of supplies and heavy weapons, step by step: nothing comes from nowhere, nothing goes uncounted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import Arms, Order, Status
from game.core.kernels import plain
from game.engine.sequence import Step
from game.engine.world import World
from game.rules.supply import consume, issue, need_per_day
from tests.builders import standard_ruleset
from tests.rules.test_conservation import as_orders, commands, forces, small_war

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
IN_BATTLE = 2
"""4.1 The activity that needs most."""


class Books:
    """What supplies and weapons are where, and what causes are on record for their going and coming."""

    def __init__(self, world: World) -> None:
        t = world.tables
        own = [t.force_i[F.FACTION] == a for a in range(t.faction_i.shape[1])]
        self.carried = np.array([t.force_i[F.STOCK_KG][mine].sum() for mine in own])
        self.stored = int(t.depot_i[D.STOCK_KG].sum())
        self.issued, self.lost, self.taken = t.faction_i[[A.KG_ISSUED, A.KG_LOST, A.KG_TAKEN]].copy()
        self.tanks = np.array([t.force_i[F.TANKS][mine].sum() for mine in own])
        self.guns = np.array([t.force_i[F.GUNS][mine].sum() for mine in own])
        self.tanks_lost, self.guns_lost, self.tanks_taken, self.guns_taken = t.faction_i[
            [A.TANKS_LOST, A.GUNS_LOST, A.TANKS_TAKEN, A.GUNS_TAKEN]
        ].copy()

    @property
    def stock(self) -> int:
        return int(self.carried.sum()) + self.stored

    @property
    def out(self) -> int:
        """Kg lost for good: what a captor uses of what the other side has lost is in stock again."""
        return int(self.lost.sum() - self.taken.sum())


def received(world: World) -> int:
    """4.3 Kg that the rears send in an impulse to the depots that they still hold."""
    t = world.tables
    home = t.depot_i[D.FACTION] == t.depot_i[D.OWNER]
    return int((t.depot_i[D.INFLOW_KG][home] * world.impulse_days).astype(np.int64).sum())


def most_eaten(world: World) -> int:
    """4.1 Kg that all forces can use up in an impulse, if all of them fight all the time."""
    t, rules = world.tables, world.setting.ruleset.supply
    need = [plain(need_per_day)(t, rules, f, IN_BATTLE) + 1 for f in range(t.force_i.shape[1])]
    return int(np.ceil(sum(need) * world.impulse_days))


class Auditor:
    """Plays worlds step by step, supply in its two parts, and audits each."""

    def __init__(self) -> None:
        self.received = 0
        self.eaten = 0

    def at_work(self) -> AbstractContextManager[Any]:
        auditor = self

        def act(step: Step, world: World) -> None:
            if step.name == "supply":
                t, g, x, _, now = world.impulse
                rules, guerrilla = world.setting.ruleset.supply, world.setting.ruleset.guerrilla
                auditor.audit_issue(world, lambda: plain(issue)(t, g, x, rules, now.season, now.hour, now.days))
                auditor.audit_meal(world, lambda: plain(consume)(t, g, x, rules, guerrilla, now.days))
            else:
                auditor.audit(world, lambda: plain_act(step, world))

        plain_act = Step.act
        return patch.object(Step, "act", act)

    def audit(self, world: World, act: Callable[[], None]) -> tuple[Books, Books]:
        """Any step but supply: stocks go by loss and come by capture, and weapons only by loss."""
        before = Books(world)
        act()
        after = Books(world)
        assert after.stock - before.stock == before.out - after.out
        assert (after.issued == before.issued).all()
        audit_weapons(before, after)
        return before, after

    def audit_issue(self, world: World, act: Callable[[], None]) -> None:
        """4.3-4.7: forces get what is issued to them, and the rest stays, comes in or is lost."""
        before = Books(world)
        act()
        after = Books(world)
        self.received += received(world)
        assert after.stock - before.stock == received(world) + before.out - after.out
        assert (after.carried - before.carried == after.issued - before.issued).all()
        audit_weapons(before, after)

    def audit_meal(self, world: World, act: Callable[[], None]) -> None:
        """4.2: forces eat from what they carry, no more than they need."""
        before = Books(world)
        act()
        after = Books(world)
        eaten = before.stock - after.stock
        assert 0 <= eaten <= most_eaten(world)
        assert (after.carried <= before.carried).all()
        assert after.stored == before.stored
        assert (after.lost == before.lost).all()
        assert (after.taken == before.taken).all()
        assert (after.issued == before.issued).all()
        self.eaten += eaten


def audit_weapons(before: Books, after: Books) -> None:
    """6.4, 6.12: a tank or gun that a faction no longer has is on record as lost, and taken by one enemy at most."""
    for had, has, lost, then_lost, taken, then_taken in (
        (before.tanks, after.tanks, before.tanks_lost, after.tanks_lost, before.tanks_taken, after.tanks_taken),
        (before.guns, after.guns, before.guns_lost, after.guns_lost, before.guns_taken, after.guns_taken),
    ):
        assert (had - has == then_lost - lost).all()
        assert (then_taken >= taken).all()
        assert (then_taken - taken).sum() <= (then_lost - lost).sum()


def play(world: World, turns: list) -> Auditor:
    """The turns, audited; the whole account at the end."""
    world.timer = {}
    first = Books(world)
    auditor = Auditor()
    with auditor.at_work():
        for given_ in turns:
            world.step(as_orders(given_))
    last = Books(world)
    assert first.stock + auditor.received == last.stock + auditor.eaten + last.out - first.out
    for start, left, lost in (
        (first.tanks, last.tanks, last.tanks_lost),
        (first.guns, last.guns, last.guns_lost),
    ):
        assert (start == left + lost).all()
    return auditor


def with_depots_held(world: World) -> World:
    """The same war with every depot's hex in its owner's hands."""
    t = world.tables
    t.hex_i[H.CONTROL, t.depot_i[D.HEX]] = t.depot_i[D.OWNER]
    return world


@FEW
@given(
    specs=forces, turns=st.lists(commands, min_size=2, max_size=3), seed=st.integers(0, 2**31 - 1), held=st.booleans(),
    capacity=st.sampled_from([500, 20_000, 10**9]),
)  # fmt: skip
def test_tonnes_tanks_and_guns_are_conserved_by_cause(
    specs: list[dict], turns: list, seed: int, held: bool, capacity: int
) -> None:
    world = small_war(specs, seed, rules=standard_ruleset(supply__full_days=1e6))
    world.tables.depot_i[D.CAPACITY_KG] = capacity
    play(with_depots_held(world) if held else world, turns)


def test_the_accounts_see_every_cause_in_a_war_that_has_them_all() -> None:
    """Supplies come in, are issued, eaten, lost and captured; weapons are lost and captured: no audit is of nothing."""
    specs = [
        {"faction": 0, "at": 21, "men": 20_000, "tanks": 30, "guns": 60, "order": Order.ATTACK, "dest": 23, "stock": 0},
        {"faction": 1, "at": 23, "men": 3000, "tanks": 20, "guns": 40, "cohesion": 0.4, "base": 7, "arms": Arms.MECH},
        {"faction": 2, "at": 18, "men": 900, "status": Status.BANDS, "order": Order.RAID, "dest": 18, "stock": 100},
    ]
    world = with_depots_held(small_war(specs, rules=standard_ruleset(combat__break_base=50.0)))
    auditor = play(world, [[]] * 5)
    last = Books(world)
    assert auditor.received > 0
    assert auditor.eaten > 0
    for column in (last.issued, last.lost, last.taken, last.tanks_lost, last.guns_lost, last.guns_taken):
        assert column.sum() > 0
