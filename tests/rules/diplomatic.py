"""A small world of factions that talk: nobody at war unless the case says so, no troops unless it places them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.ai.manners import manners_of
from game.ai.statecraft import state_acts
from game.core.calendar import HOURS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import treaty as Y
from game.core.ids import NEVER, Stance, Term, TreatyState
from game.core.kernels import plain
from game.core.orders import Orders
from game.core.records import RecordKind, Records
from game.engine.acts import take_acts
from game.engine.world import World
from game.rules import relations, treaties
from tests.builders import force, no_interests, small_game

COLS, ROWS = 12, 9


def halves() -> Any:
    """Hosts of the plain map: the west is faction 0's, the east faction 1's."""
    return np.where(np.arange(COLS * ROWS) % COLS < COLS // 2, 0, 1).astype(np.int8)


def peaceful(
    factions: int = 3,
    forces: list[dict[str, Any]] | None = None,
    movements: tuple[int, ...] = (),
    contested: Any = None,
    **interests: Any,
) -> World:
    """Neutral factions, none of which contends for a country unless listed as a movement."""
    some = [force(k, 10 * COLS // 10 + 20 * k, 1000) for k in range(factions)] if forces is None else forces
    world = small_game(some, factions=factions, host=halves(), interests=no_interests(factions, **interests), turns=400,
                       days_per_turn=30.0)  # fmt: skip
    t, cast = world.tables, world.setting.cast
    cast.movement[:] = [movements.index(k) if k in movements else -1 for k in range(factions)]
    cast.contested[:] = 0 if contested is None else contested
    t.stance[:] = Stance.NEUTRAL
    np.fill_diagonal(t.stance, Stance.ALLIED)
    t.faction_i[A.REPUTED] = [1000] * factions
    t.relation[:] = t.bond[:] = 0.0
    return world


def relate(world: World, a: int, b: int, value: float, stance: Stance | None = None) -> None:
    """Two factions stand so to each other."""
    relations.set_relation(world.tables, a, b, value)
    if stance is not None:
        world.tables.stance[a, b] = world.tables.stance[b, a] = stance


def men(world: World, *counts: int) -> None:
    """What the world believes of every faction's men."""
    world.tables.faction_i[A.REPUTED] = counts


def agree(world: World, term: Term, a: int, b: int, value: int = 0, until: int = NEVER) -> int:
    """A treaty in force; its row."""
    t = world.tables
    k = int(plain(treaties.free_row)(t))
    t.treaty[:, k] = 0
    for column, figure in (
        (Y.TERM, term), (Y.STATE, TreatyState.PROPOSED), (Y.A, a), (Y.B, b), (Y.VALUE, value), (Y.BY, a),
        (Y.SINCE, world.hour), (Y.UNTIL, until), (Y.LINK, -1),
    ):  # fmt: skip
        t.treaty[column, k] = figure
    setting = world.setting
    plain(relations.count_men)(t, setting.ground, setting.cast, world.work)
    plain(treaties.bring_into_force)(
        t, setting.cast, world.work, setting.ruleset.relations, k, world.hour, 0, 0, 0
    )  # fmt: skip
    return k


def pass_months(world: World, months: int) -> None:
    """The rules of chapter 11 for so many months, without anything else."""
    for month in range(months):
        _, ground, cast, work, _, now = world.month
        later = now._replace(hour=world.hour + int((month + 1) * HOURS_A_MONTH))
        for rule in (relations.weigh_relations, treaties.keep_treaties):
            plain(rule)(world.tables, ground, cast, work, world.setting.ruleset, later)


def talk(world: World, months: int, prepare: Callable[[], None] = lambda: None) -> list[Any]:
    """Every side's statecraft at work for so many months, with the rules of chapter 11 and nothing else.

    Returns the records of diplomacy. prepare: done before each month.
    """
    found: list[Any] = []
    setting = world.setting
    for _ in range(months):
        prepare()
        world.work.written[0] = 0
        orders = {
            side.id: Orders(acts=tuple(state_acts(world.view(side.id), manners_of(world.setting, side.id))))
            for side in setting.sides
        }
        world._orders = orders
        take_acts(world)
        world.tables.clock[C.HOUR] += int(HOURS_A_MONTH)
        world.tables.clock[C.TURN] += 1
        _, ground, people, work, _, now = world.month
        for rule in (relations.weigh_relations, treaties.keep_treaties):
            plain(rule)(world.tables, ground, people, work, setting.ruleset, now._replace(hour=world.hour))
        found += [
            r
            for r in Records(work.records[: work.written[0]].copy())
            if r.kind not in (RecordKind.ACT, RecordKind.RELATION)
        ]
    return found
