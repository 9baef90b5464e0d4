"""Chapter 14, events: what happens by date or condition, and what it changes.

14.1 An event with a date happens on that day. One with a condition happens when the condition holds, not before its
     date if it has one. One with a chance happens by that chance a day while it can.
14.2 An event happens once, or again when its interval has passed.
14.3 Events change relations, stances, political will, what depots receive and transport: what comes from outside.
     None hands over a place or a force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.ids import NEVER, NO_FACTION, NO_FORCE, OFF_MAP
from game.core.kernels import plain
from game.core.realmath import share_within as _share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.rng import uniform as _uniform
from game.core.state import Tables
from game.engine.conditions import holds
from game.rules.relations import set_relation
from game.rules.workspace import note_row
from game.scenario.model import Effect, Event

if TYPE_CHECKING:
    from game.engine.world import World

share_within, uniform = plain(_share_within), plain(_uniform)


def play_events(world: World) -> None:
    """14.1-14.3 The events of an impulse, in their dates' order."""
    t = world.tables
    for k, event in enumerate(world.scenario.events):
        if not _comes(world, k, event):
            continue
        t.event_hour[k] = world.hour
        for effect in event.effects:
            take_effect(t, effect)
        note_row(
            world.work, world.hour, RecordKind.EVENT, NO_FACTION, NO_FORCE, OFF_MAP, NO_FACTION,
            k, 0, 0, 0, 0, Reason.EVENT,
        )  # fmt: skip


def _comes(world: World, k: int, event: Event) -> bool:
    """14.1, 14.2 Whether an event happens in this impulse."""
    last = int(world.tables.event_hour[k])
    if last != NEVER and (event.again_after is None or world.hour - last < event.again_after * 24.0):
        return False
    if event.on is not None:
        first = world.setting.hour_of(event.on)
        if first >= world.hour + int(world.impulse_hours):
            return False
        # a day before the game's first is history, unless a condition is to be met after it
        if event.when is None and first < 0:
            return False
    if event.when is not None and not holds(event.when, world.setting, world.tables, world.hour):
        return False
    if event.chance >= 1.0:
        return True
    drawn = uniform(int(world.tables.clock[C.SEED]), world.hour, k, int(Purpose.EVENT), 0)
    return bool(drawn < share_within(event.chance, world.impulse_days))


def take_effect(t: Tables, effect: Effect) -> None:
    """14.3"""
    if effect.relation is not None:
        a, b, value = effect.relation
        set_relation(t, a, b, value)
    if effect.stance is not None:
        a, b, stance = effect.stance
        t.stance[a, b] = t.stance[b, a] = stance
    if effect.will is not None:
        a, points = effect.will
        t.faction_f[A.WILL, a] = min(100.0, max(0.0, t.faction_f[A.WILL, a] + points))
    if effect.inflow is not None:
        depot, kg = effect.inflow
        t.depot_i[D.INFLOW_KG, depot] = kg
    if effect.lift is not None:
        a, factor = effect.lift
        t.faction_f[A.LIFT_TKM, a] *= factor
