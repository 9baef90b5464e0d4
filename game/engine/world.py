"""One running game."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Iterator
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import order as O
from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, Order, Season, Status
from game.core.orders import ForceOrder, Orders
from game.core.reasons import Reason
from game.core.records import RecordKind, Records
from game.core.setting import Setting
from game.core.state import State, Tables
from game.core.view import View
from game.engine.legality import why_not
from game.engine.measure import Outcome, Tracker, Value, judge
from game.engine.routes import FieldKey, Routes
from game.engine.sequence import SEQUENCE_OF_PLAY, When
from game.rules.politics import count_land
from game.rules.sight import look, veil
from game.rules.workspace import Work, make_work, note_row
from game.scenario.model import Scenario

SEED_LIMIT = 2**31
"""Seeds are 0 .. SEED_LIMIT - 1."""


class World:
    """A game of a scenario: state, clock, and what has happened in it.

    `timer`: if set to a dict, `step` adds the seconds that each step of the sequence of play takes to it.
    """

    def __init__(self, scenario: Scenario, routes: Routes, state: State, tracker: Tracker) -> None:
        sizes = state.sizes
        self.scenario = scenario
        self.routes = routes
        self.state = state
        self.tracker = tracker
        self.records = Records()
        self.timer: dict[str, float] | None = None
        self._slots: OrderedDict[FieldKey, int] = OrderedDict()
        self._users: Counter[int] = Counter()
        self._goals = np.full((2, sizes.forces), OFF_MAP, np.int64)
        self._slot_of = np.full((2, sizes.forces), -1, np.int64)
        self._lands: tuple[int, bytes] | None = None
        self._orders: dict[str, Orders] = {}

    @classmethod
    def start(cls, scenario: Scenario, routes: Routes, seed: int) -> World:
        """A new game. ValueError if the seed is out of range."""
        if not 0 <= seed < SEED_LIMIT:
            raise ValueError(f"seed {seed} is out of range: use 0 to {SEED_LIMIT - 1}")
        state = scenario.initial.copy()
        state.tables.clock[C.SEED] = seed
        world = cls(scenario, routes, state, Tracker.fresh(scenario))
        rules = scenario.setting.chapters.sight
        count_land(world.tables, scenario.setting.ground)
        # what reconnaissance brought in before the first day
        look(world.tables, scenario.setting.ground, world.work, rules, 0, scenario.setting.ruleset.sight.fade_days)
        world.tables.seen[:, 0, :] = np.minimum(world.tables.seen[:, 0, :], 0)
        world.tracker.observe(world.scenario, world.tables, 0)
        return world

    @cached_property
    def work(self) -> Work:
        """The game's scratch tables, made when it is first played on: a copy that is only looked at needs none."""
        sizes = self.state.sizes
        work = make_work(sizes.hexes, sizes.forces, sizes.factions, sizes.depots, 2 * sizes.forces + 2)
        work.haul_step[:] = self.routes.haul_steps
        return work

    # --- reading -------------------------------------------------------------------------------------------------
    @property
    def setting(self) -> Setting:
        return self.scenario.setting

    @property
    def tables(self) -> Tables:
        return self.state.tables

    @property
    def hour(self) -> int:
        """Hours since the scenario's start."""
        return int(self.tables.clock[C.HOUR])

    @property
    def turn(self) -> int:
        """Turns finished."""
        return int(self.tables.clock[C.TURN])

    @property
    def seed(self) -> int:
        return int(self.tables.clock[C.SEED])

    @property
    def date(self) -> date:
        return self.setting.date_of(self.hour)

    @property
    def season(self) -> Season:
        return self.setting.season(self.hour)

    @property
    def impulse_days(self) -> float:
        return self.setting.impulse_days

    @property
    def impulse_hours(self) -> float:
        return self.setting.impulse_days * 24.0

    @property
    def over(self) -> bool:
        """Whether the last turn has been played."""
        return self.turn >= self.setting.turns

    @property
    def outcome(self) -> Outcome:
        """The result as it stands now; final when `over`."""
        return judge(self.scenario, self.tables, self.tracker)

    @property
    def history(self) -> dict[str, list[list[float]]]:
        """Series by turn: name -> turns x factions."""
        return self.tracker.series

    def milestones(self) -> dict[str, Value]:
        """Milestone id -> date, number, or None where it did not happen."""
        return self.tracker.milestones(self.scenario, self.tables)

    def state_hash(self) -> str:
        """SHA-256 of the state, hex."""
        return self.state.hash()

    def copy(self) -> World:
        """An independent game from here on."""
        world = World(self.scenario, self.routes, self.state.copy(), self.tracker.copy())
        world.records = self.records
        return world

    def view(self, side: str) -> View:
        """What the side knows. KeyError if there is no such side."""
        sides = self.setting.sides
        number = self.setting.side_index(side)
        leader = sides[number].factions[0]
        known = self.state.copy()
        veil(self.tables, known.tables, self.setting.chapters.sight, leader, self.hour)
        return View(self.setting, sides[number], known)

    # --- acting --------------------------------------------------------------------------------------------------
    def step(self, orders: dict[str, Orders]) -> Records:
        """Play one turn. Refused orders are recorded with their reason and change nothing.

        RuntimeError if the game is over; KeyError if a side does not exist.
        """
        parts = [records.rows for records in self.step_impulses(orders)]
        self.records = Records(np.vstack(parts))
        return self.records

    def step_impulses(self, orders: dict[str, Orders]) -> Iterator[Records]:
        """Play one turn, giving the records of each impulse as it ends (the first also holds the orders')."""
        if self.over:
            raise RuntimeError("the game is over: start a new one, or load a save of an earlier turn")
        for side in orders:
            self.setting.side_index(side)
        self._orders = orders
        self.work.written[0] = 0
        self._run(When.TURN)
        for _ in range(self.setting.impulses_per_turn):
            self._assign_fields()
            self._run(When.IMPULSE)
            clock = self.tables.clock
            clock[C.HOUR] += int(self.impulse_hours)
            clock[C.IMPULSE] += 1
            self.tracker.observe(self.scenario, self.tables, self.hour)
            written = int(self.work.written[0])
            records = Records(self.work.records[:written].copy())
            self.work.written[0] = 0
            if clock[C.IMPULSE] % self.setting.impulses_per_turn == 0:
                clock[C.TURN] += 1
                self.tracker.end_turn(self.tables)
            yield records

    def _run(self, when: When) -> None:
        for step in SEQUENCE_OF_PLAY:
            if step.when is not when:
                continue
            if self.timer is None:
                step.act(self)
            else:
                began = time.perf_counter()
                step.act(self)
                self.timer[step.name] = self.timer.get(step.name, 0.0) + time.perf_counter() - began

    # --- steps that are bookkeeping rather than rules ---------------------------------------------------------------
    def take_orders(self) -> None:
        """1.1 Orders that may be given replace the standing ones; the others are refused, with the reason.

        An order that already stands is not given again.
        """
        fi = self.tables.force_i
        season = self.season
        for side, orders in sorted(self._orders.items()):
            number = self.setting.side_index(side)
            for row in orders.rows[~self._stands(orders.rows, number)].tolist():
                f = row[O.FORCE]
                order = ForceOrder(f, Order(row[O.KIND]), row[O.DEST], then=row[O.THEN])
                refusal = why_not(self.setting, self.routes, self.tables, number, order, season)
                if refusal is not None:
                    self._note(RecordKind.REFUSED, f, order, refusal.reason, refusal.a, refusal.b)
                    continue
                self._note(RecordKind.ORDER, f, order, Reason(row[O.REASON]), row[O.A], row[O.B])
                if order.kind != Order.ATTACK:
                    self.tables.force_f[F.ADVANCED, f] = 0.0
                fi[F.ORDER, f] = order.kind
                fi[F.DEST, f] = order.dest
                fi[F.THEN, f] = order.then

    def _stands(self, rows: npt.NDArray[np.int64], side: int) -> npt.NDArray[np.bool_]:
        """Which of the orders already stand: the force is the side's, fit for orders, and does just that."""
        fi = self.tables.force_i
        known = (rows[:, O.FORCE] >= 0) & (rows[:, O.FORCE] < fi.shape[1])
        f = np.where(known, rows[:, O.FORCE], 0)
        same = (fi[F.ORDER][f] == rows[:, O.KIND]) & (fi[F.DEST][f] == rows[:, O.DEST])
        same &= fi[F.THEN][f] == rows[:, O.THEN]
        fit = (fi[F.STATUS][f] == Status.ACTIVE) | (fi[F.STATUS][f] == Status.BANDS)
        own = self.tables.faction_i[A.SIDE][fi[F.FACTION][f]] == side
        return np.asarray(known & same & fit & own, np.bool_)

    def _note(self, kind: RecordKind, f: int, order: ForceOrder, reason: Reason, a: int, b: int) -> None:
        known = 0 <= f < self.tables.force_i.shape[1]
        faction = int(self.tables.force_i[F.FACTION, f]) if known else NO_FACTION
        at = int(self.tables.force_i[F.HEX, f]) if known else OFF_MAP
        note_row(
            self.work, self.hour, kind, faction, f if known else NO_FORCE, at, NO_FACTION,
            order.kind, order.dest, a, b, 0, reason,
        )  # fmt: skip

    def apply_events(self) -> None:
        """14.1 Dated events of this impulse take effect."""
        until = self.hour + int(self.impulse_hours)
        t = self.tables
        for k, event in enumerate(self.scenario.events):
            if not self.hour <= self.setting.hour_of(event.on) < until:
                continue
            for effect in event.effects:
                if effect.relation is not None:
                    a, b, value = effect.relation
                    t.relation[a, b] = t.relation[b, a] = value
                if effect.stance is not None:
                    a, b, stance = effect.stance
                    t.stance[a, b] = t.stance[b, a] = stance
                if effect.will is not None:
                    a, points = effect.will
                    t.faction_f[A.WILL, a] = min(100.0, max(0.0, t.faction_f[A.WILL, a] + points))
                if effect.inflow is not None:
                    depot, kg = effect.inflow
                    t.depot_i[4, depot] = kg
                if effect.lift is not None:
                    a, factor = effect.lift
                    t.faction_f[A.LIFT_TKM, a] *= factor
            note_row(
                self.work, self.hour, RecordKind.EVENT, NO_FACTION, NO_FORCE, OFF_MAP, NO_FACTION,
                k, 0, 0, 0, 0, Reason.EVENT,
            )  # fmt: skip

    def bring_arrivals(self) -> None:
        """1.2 Forces that are due enter play."""
        fi = self.tables.force_i
        due = np.flatnonzero((fi[F.STATUS] == Status.PENDING) & (fi[F.ARRIVES] <= self.hour) & (fi[F.HEX] != OFF_MAP))
        for f in due.tolist():
            fi[F.STATUS, f] = Status.ACTIVE
            note_row(
                self.work, self.hour, RecordKind.ARRIVED, int(fi[F.FACTION, f]), f, int(fi[F.HEX, f]), NO_FACTION,
                int(fi[F.MEN, f]), 0, 0, 0, 0, Reason.NONE,
            )  # fmt: skip

    def _assign_fields(self) -> None:
        """Give every force the slots of its fields to destination and base. Only what has changed is looked up."""
        fi = self.tables.force_i
        lands = (int(self.season), self.tables.stance.tobytes())
        if lands != self._lands:
            self._lands = lands
            self._goals[:] = OFF_MAP
            self.work.to_dest[:] = -1
            self.work.to_base[:] = -1
            self._users.clear()
        goals = fi[[F.DEST, F.BASE]]
        slots_now = np.stack([self.work.to_dest, self.work.to_base])
        stale = (goals != self._goals) | ((slots_now < 0) & (goals != OFF_MAP))
        changed = np.nonzero(stale & (fi[F.MEN] > 0))
        for k, f in zip(*(axis.tolist() for axis in changed), strict=True):
            slots = self.work.to_base if k else self.work.to_dest
            if self._goals[k, f] != OFF_MAP:
                self._users[self._slot_of[k, f]] -= 1
            goal = int(goals[k, f])
            self._goals[k, f] = goal
            slots[f] = self._slot_of[k, f] = self._slot(f, goal) if goal != OFF_MAP else -1

    def _slot(self, f: int, goal: int) -> int:
        """The slot of the field to `goal` for a force; one that nobody uses is given up for it if need be."""
        fi = self.tables.force_i
        key, field = self.routes.field(self.tables, int(fi[F.FACTION, f]), goal, int(fi[F.MOBILITY, f]), self.season)
        slot = self._slots.get(key)
        if slot is None:
            if len(self._slots) < self.work.fields.shape[0]:
                slot = len(self._slots)
            else:
                oldest = next(k for k, s in self._slots.items() if not self._users[s])
                slot = self._slots.pop(oldest)
            self.work.fields[slot] = field
            self._slots[key] = slot
        self._slots.move_to_end(key)
        self._users[slot] += 1
        return slot


def men_under_arms(tables: Tables, factions: tuple[int, ...]) -> int:
    """Men of the factions in play, bands included."""
    fi = tables.force_i
    in_play = (fi[F.STATUS] >= Status.ACTIVE) & (fi[F.STATUS] <= Status.BANDS)
    return int(fi[F.MEN][in_play & np.isin(fi[F.FACTION], factions)].sum())
