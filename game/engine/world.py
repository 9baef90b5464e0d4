"""One running game."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import Life, Season, Ways
from game.core.orders import Orders
from game.core.records import Records
from game.core.setting import SEED_LIMIT, Cast, Ground, Setting
from game.core.state import Rooms, State, Tables
from game.core.view import View
from game.engine.events import Happenings, hide_decisions
from game.engine.measure import Outcome, Tracker, judge
from game.engine.routes import Routes
from game.engine.sequence import SEQUENCE_OF_PLAY, Step, When
from game.engine.verdict import Value
from game.rules.impulse import play_impulse
from game.rules.month import play_month
from game.rules.orders import take_orders
from game.rules.politics import count_land
from game.rules.relations import settle_bonds
from game.rules.sight import look
from game.rules.veil import UNVEILED, veil
from game.rules.ways import find_ways
from game.rules.workspace import Now, Work, make_work
from game.scenario.model import Scenario

_ACTIVE = int(Life.ACTIVE)
_BOOKKEEPING = tuple(
    step.bookkeeping for step in SEQUENCE_OF_PLAY if step.when is When.IMPULSE and step.bookkeeping is not None
)
"""The engine's own steps of an impulse, none of which comes after a rule that it depends on."""
_OF_A_MONTH = tuple(
    step.bookkeeping for step in SEQUENCE_OF_PLAY if step.when is When.MONTH and step.bookkeeping is not None
)
"""The engine's own steps of a month, which come after its rules."""


class Planner(Protocol):
    """What a game asks of an agent (ai.agent has the whole story)."""

    def orders(self, view: View) -> Orders:
        """Orders for the coming turn."""
        ...


class World:
    """A game of a scenario: state, clock, and what has happened in it.

    `timer`: if set to a dict, `step` adds the seconds that each step of the sequence of play takes to it.
    """

    def __init__(self, scenario: Scenario, routes: Routes, state: State, tracker: Tracker) -> None:
        self.scenario = scenario
        self.routes = routes
        self.state = state
        self.tracker = tracker
        self.records = Records()
        self.timer: dict[str, float] | None = None
        self._now: Now | None = None
        self._lands: tuple[int, bytes] | None = None
        self._slots: dict[int, int] = {}
        self._orders: dict[str, Orders] = {}
        self._rooms = Rooms(state.sizes)

    @classmethod
    def start(cls, scenario: Scenario, routes: Routes, seed: int) -> World:
        """A new game. ValueError if the seed is out of range."""
        if not 0 <= seed < SEED_LIMIT:
            raise ValueError(f"seed {seed} is out of range: use 0 to {SEED_LIMIT - 1}")
        state = scenario.initial.copy()
        state.tables.clock[C.SEED] = seed
        world = cls(scenario, routes, state, Tracker.fresh(scenario))
        count_land(world.tables, scenario.setting.ground)
        setting = scenario.setting
        settle_bonds(world.tables, setting.ground, setting.cast, world.work, setting.ruleset)
        world.tables.known_people[:] = world.tables.hex_i[H.PEOPLE]
        # what reconnaissance brought in before the first day
        before = world.now._replace(days=scenario.setting.ruleset.sight.fade_days)
        look(world.tables, scenario.setting.ground, world.work, scenario.setting.ruleset, before)
        world.tables.seen[:, 0, :] = np.minimum(world.tables.seen[:, 0, :], 0)
        world.tracker.observe(world.scenario, world.tables, 0)
        return world

    @cached_property
    def work(self) -> Work:
        """The game's scratch tables, made when it is first played on: a copy that is only looked at needs none."""
        sizes = self.state.sizes
        work = make_work(sizes.hexes, sizes.forces, sizes.factions, sizes.depots)
        return work._replace(march_step=self.routes.steps, haul_step=self.routes.haul_steps)

    @cached_property
    def happenings(self) -> Happenings:
        """The scenario's events as they are looked at in every impulse."""
        return Happenings(self.scenario)

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
        return self.tables.clock.item(C.HOUR)

    @property
    def turn(self) -> int:
        """Turns finished."""
        return self.tables.clock.item(C.TURN)

    @property
    def seed(self) -> int:
        return self.tables.clock.item(C.SEED)

    @property
    def date(self) -> date:
        return self.setting.date_of(self.hour)

    @property
    def season(self) -> Season:
        return self.setting.season(self.hour)

    @property
    def ways(self) -> Ways:
        """How the ways are now."""
        return self.setting.ways(self.hour)

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
        known = self._rooms.room()
        self.state.copy_into(known, but=UNVEILED)
        rules = self.setting.ruleset.sight
        known.shown = veil(self.tables, self.setting.cast, known.tables, rules, leader, self.hour, known.shown)
        hide_decisions(self.scenario, known.tables, number)
        self._rooms.keep(known)
        return View(self.setting, sides[number], known)

    def ask(self, planners: Mapping[str, Planner]) -> dict[str, Orders]:
        """What those who plan for the sides order for the coming turn. A side without a living faction is not asked."""
        active = {a for a, life in enumerate(self.tables.faction_i[A.LIFE].tolist()) if life == _ACTIVE}
        sides = {side.id: side for side in self.setting.sides}
        return {
            side: planner.orders(self.view(side))
            for side, planner in planners.items()
            if not active.isdisjoint(sides[side].factions)
        }

    # --- acting --------------------------------------------------------------------------------------------------
    def step(self, orders: dict[str, Orders]) -> Records:
        """Play one turn. Refused orders are recorded with their reason and change nothing.

        RuntimeError if the game is over; KeyError if a side does not exist.
        """
        parts = [records.rows for records in self.step_impulses(orders)]
        self.records = Records(np.concatenate(parts))
        return self.records

    def step_impulses(self, orders: dict[str, Orders]) -> Iterator[Records]:
        """Play one turn, giving the records of each impulse as it ends (the first also holds the orders')."""
        if self.over:
            raise RuntimeError("the game is over: start a new one, or load a save of an earlier turn")
        for side in orders:
            self.setting.side_index(side)
        self._orders = orders
        self.work.written[0] = 0
        self._act([step for step in SEQUENCE_OF_PLAY if step.when is When.TURN])
        tables, setting, clock = self.tables, self.setting, self.tables.clock
        for _ in range(setting.impulses_per_turn):
            self._play_impulse()
            impulse = clock.item(C.IMPULSE) + 1
            clock[C.IMPULSE] = impulse
            clock[C.HOUR] = setting.hour_of_impulse(impulse)
            self.tracker.observe(self.scenario, tables, clock.item(C.HOUR))
            work = self.work
            records = Records(work.records[: work.written.item(0)]).by_hour()
            work.written[0] = 0
            if impulse % setting.impulses_per_turn == 0:
                clock[C.TURN] += 1
                self.tracker.end_turn(tables)
            yield records

    def _play_impulse(self) -> None:
        """The steps of an impulse. Unless they are timed one by one, all rules are entered at once."""
        ended = self.month_ended
        if self.timer is None:
            if ended:
                play_month(*self.month)
                for step in _OF_A_MONTH:
                    step(self)
            for step in _BOOKKEEPING:
                step(self)
            play_impulse(*self.impulse)
        else:
            whens = (When.MONTH, When.IMPULSE) if ended else (When.IMPULSE,)
            self._act([step for step in SEQUENCE_OF_PLAY if step.when in whens])

    @property
    def month_ended(self) -> bool:
        """Whether this impulse is the first that begins in its month of the calendar. The game's first is not."""
        return self.setting.month_ended(self.tables.clock.item(C.IMPULSE))

    def _act(self, steps: Sequence[Step]) -> None:
        for step in steps:
            began = time.perf_counter()
            step.act(self)
            if self.timer is not None:
                self.timer[step.name] = self.timer.get(step.name, 0.0) + time.perf_counter() - began

    @property
    def impulse(self) -> tuple[Tables, Ground, Work, Any, Now]:
        """What the rules of an impulse are given."""
        return self.tables, self.setting.ground, self.work, self.setting.ruleset, self.now

    @property
    def now(self) -> Now:
        """The impulse in hand."""
        hour = self.hour
        if self._now is None or self._now.hour != hour:
            today, season, ways = self.setting.day_of(hour)
            self._now = Now(hour, self.impulse_days, int(season), today.month, today.year, int(ways))
        return self._now

    @property
    def month(self) -> tuple[Tables, Ground, Cast, Work, Any, Now]:
        """What the rules of the month that has just ended are given."""
        last = self.date.replace(day=1) - timedelta(days=1)
        _, season, ways = self.setting.day_of(self.setting.hour_of(last))
        now = Now(self.hour, float(last.day), int(season), last.month, last.year, int(ways))
        return self.tables, self.setting.ground, self.setting.cast, self.work, self.setting.ruleset, now

    def acts(self) -> list[tuple[int, list[int]]]:
        """(side, row) of every act of the turn, in the order of the sides' names."""
        index = self.setting.side_index
        return [(index(side), row) for side, orders in sorted(self._orders.items()) for row in orders.act_rows]

    # --- steps that are bookkeeping rather than rules ---------------------------------------------------------------
    def take_orders(self) -> None:
        """1.1 The orders of all sides, in the order of the sides' names."""
        given = [(self.setting.side_index(side), orders.rows) for side, orders in sorted(self._orders.items())]
        if not given:
            return
        rows = np.concatenate([rows for _, rows in given])
        side = np.array([number for number, rows in given for _ in range(len(rows))], np.int64)
        regions = self.routes.regions(self.tables, self.ways)
        take_orders(self.tables, self.setting.ground, self.work, regions, rows, side, self.hour)

    def find_ways(self) -> None:
        """Give every force the fields to its destination and base. Only what has changed is looked up."""
        ways, lands = int(self.ways), self.tables.stance.tobytes() + self.tables.faction_i[A.LIFE].tobytes()
        if (ways, lands) != self._lands or self.work.fields is not self.routes.pool:
            if self._lands is None or ways != self._lands[0]:
                self._slots = {}
            self._lands = ways, lands
            self._look_up_lands()
        while unsolved := find_ways(self.tables, self.work):
            self._solve_ways(self.work.unsolved[:unsolved].tolist())

    def _look_up_lands(self) -> None:
        """Look into the pool that is in use now, by the lands that each faction may enter now. What is known of lands
        that others could enter before stays."""
        if self.work.fields is not self.routes.pool:
            self.work = self.work._replace(fields=self.routes.pool)
            self._slots = {}
        x = self.work
        keys = [self.routes.entry_key(self.tables, a) for a in range(len(x.lands))]
        slots = {key: slot for key, slot in self._slots.items() if key in keys}
        free = [slot for slot in range(len(keys)) if slot not in slots.values()]
        for key in keys:
            if key not in slots:
                slots[key] = free.pop()
                x.row_of[slots[key]] = -1
        self._slots = slots
        x.lands[:] = [slots[key] for key in keys]
        for table in (x.goal, x.to_dest, x.to_base, x.way_from):
            table[:] = -1

    def _solve_ways(self, goals: list[list[int]]) -> None:
        """Have the fields to such goals solved: (destination 0 or base 1, force)."""
        fi, ways = self.tables.force_i, int(self.ways)
        lands, ends = self.work.lands.tolist(), (fi[F.DEST].tolist(), fi[F.BASE].tolist())
        whose, mobilities = fi[F.FACTION].tolist(), fi[F.MOBILITY].tolist()
        keys = {slot: key for key, slot in self._slots.items()}
        # many forces share a goal
        wanted = {(lands[whose[f]], mobilities[f], ends[k][f]) for k, f in goals}
        for land, mobility, goal in sorted(wanted):
            row = self.routes.row_to(goal, mobility, ways, keys[land])
            if self.routes.pool is not self.work.fields:
                self._look_up_lands()
                return
            self.work.row_of[land, mobility, goal] = row
