"""A game at the table: the session, whose eyes look on, and the orders planned so far with undo and redo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from game.core.columns import force, order
from game.core.ids import OFF_MAP, ForceId, HexIndex, Order, Status
from game.core.orders import FactionAct, ForceOrder, Orders
from game.core.records import Records
from game.core.setting import Setting
from game.core.view import View
from game.engine.legality import OF_THE_FORCE, why_not
from game.engine.session import Session
from game.rules.preview import Preview, preview
from game.ui.work import between_frames

TARGETED = (Order.MOVE, Order.ATTACK, Order.RAID, Order.WITHDRAW, Order.SWEEP, Order.SABOTAGE, Order.CLEAR)
"""Orders that need a destination."""


_NEAR = 5
"""Hexes from the country fought over within which a force counts as near the war."""


@dataclass(frozen=True)
class Planned:
    """One line of the order list: the same order given to one or more forces of a stack."""

    number: int
    kind: Order
    dest: HexIndex
    forces: tuple[ForceId, ...]


@dataclass(frozen=True)
class Frame:
    """One impulse of a turn: what happened in it, and the picture after it."""

    records: Records
    view: View


class Match:
    """What the play screen works on. `side` is the row of the person's side; None watches."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.world = session.world
        self.setting: Setting = session.world.setting
        self.scenario = session.scenario.definition
        self.side: int | None = None if session.side is None else self.setting.side_index(session.side)
        self.eyes: int | None = self.side
        """Whose View is shown; None shows everything (only when watching, replaying, or after the end)."""
        self._view: tuple[object, View] | None = None
        self._saved = self._plan()
        self.recalled: Records | None = None
        """What happened in the last turn of a game that was taken up from a save, once it is known."""
        self.shown: View | None = None
        """A picture to show instead of the world's own, while a turn is resolved or a replay is looked at."""
        self._settled = set(self._holding()) if self.world.turn else set()
        """Forces that hold as they were left to: told so, or passed over when a turn was ended."""

    @property
    def event_titles(self) -> list[str]:
        """Titles of the scenario's events, by row."""
        return [event.title for event in self.scenario.events]

    # --- seeing -----------------------------------------------------------------------------------------------
    @property
    def may_choose_eyes(self) -> bool:
        """Whether fog may be lifted: nobody plays, or the game is over."""
        return self.side is None or bool(self.world.over)

    def next_eyes(self) -> None:
        """Whose eyes next: each playable side in turn, then nobody's."""
        if self.may_choose_eyes:
            row = -1 if self.eyes is None else self.eyes
            self.eyes = row + 1 if row + 1 < len(self.setting.sides) else None

    @property
    def view(self) -> View:
        """What is shown now."""
        if self.shown is not None:
            return self.shown
        key = (int(self.world.hour), int(self.world.turn), self.eyes)
        if self._view is None or self._view[0] != key:
            self._view = (key, self.look())
        return self._view[1]

    @property
    def day(self) -> date:
        """The day of the picture; the scenario's last day at most, though the last turn may go on beyond it."""
        return min(self.view.date, self.scenario.end)

    def look(self) -> View:
        """A picture of the world as it is, through the chosen eyes; it does not change when the world does."""
        if self.eyes is None:
            return View(self.setting, self.setting.sides[0], self.world.state.copy())
        view: View = self.world.view(self.setting.sides[self.eyes].id)
        return view

    def mine(self, f: ForceId) -> bool:
        """Whether the person commands this force and it can take orders."""
        if self.side is None:
            return False
        i = self.view.tables.force_i
        own = int(i[force.FACTION, f]) in self.setting.sides[self.side].factions
        return own and int(i[force.STATUS, f]) in (Status.ACTIVE, Status.BANDS, Status.ROUTED)

    def own_stacks(self) -> list[HexIndex]:
        """Hexes with forces of the person's, from the west to the east within rows from the north."""
        i = self.view.tables.force_i
        hexes = {int(i[force.HEX, f]) for f in range(i.shape[1]) if self.mine(f)}
        return sorted(hexes - {OFF_MAP})

    @cached_property
    def near_the_war(self) -> npt.NDArray[np.bool_]:
        """[hexes] whether a hex lies in the country fought over, or within a few hexes of it."""
        m = self.setting.map
        grid = (self.setting.cast.contested == 1).reshape(m.rows, m.cols)
        near = grid.copy()
        for _ in range(_NEAR):
            wider = near.copy()
            wider[1:] |= near[:-1]
            wider[:-1] |= near[1:]
            wider[:, 1:] |= near[:, :-1]
            wider[:, :-1] |= near[:, 1:]
            near = wider
        return np.asarray(near.ravel() if not grid.all() else np.ones(m.n, np.bool_))

    @property
    def last_records(self) -> Records:
        """What happened in the last turn."""
        found: Records = self.session.last_records
        return found if len(found) or self.recalled is None else self.recalled

    # --- planning ---------------------------------------------------------------------------------------------
    @property
    def orders(self) -> Orders:
        """What is planned for the coming turn."""
        return self.session.planned

    def give(self, forces: Sequence[ForceId], kind: Order, dest: HexIndex = OFF_MAP) -> None:
        """Plan an order for forces; one step of undo."""
        orders = self.orders.copy()
        for f in forces:
            orders.give(f, kind, dest)
        self.session.plan(orders)

    def act(self, act: FactionAct) -> str:
        """Plan an act of a faction of the person's, one step of undo; why it may not be done, or nothing."""
        refusal = self.session.plan_act(act)
        return "" if refusal is None else refusal.text(self.setting)

    def why_not_act(self, act: FactionAct) -> str:
        """Why the rules refuse an act, or nothing."""
        refusal = self.session.why_not_act(act)
        return "" if refusal is None else refusal.text(self.setting)

    def drop_act(self, act: FactionAct) -> None:
        """Take a planned act back; one step of undo."""
        self.session.drop_act(act)

    def take_back(self, forces: Sequence[ForceId]) -> bool:
        """Take back the planned orders of forces; False if there were none."""
        before = len(self.orders)
        self.session.withdraw(*forces)
        return len(self.orders) < before

    def clear(self) -> None:
        """Take back everything planned; one step of undo."""
        self.session.clear()

    def undo(self) -> bool:
        return self.session.undo()

    def redo(self) -> bool:
        return self.session.redo()

    @property
    def can_undo(self) -> bool:
        return self.session.can_undo

    @property
    def can_redo(self) -> bool:
        return self.session.can_redo

    def planned(self) -> list[Planned]:
        """The order list, in the order in which orders were given; equal orders from one hex are one line."""
        lines: dict[tuple[int, int, int], list[ForceId]] = {}
        where = self.view.tables.force_i[force.HEX]
        for given in self.orders:
            lines.setdefault((int(where[given.force]), given.kind, given.dest), []).append(given.force)
        return [
            Planned(k + 1, Order(kind), dest, tuple(forces))
            for k, ((_, kind, dest), forces) in enumerate(lines.items())
        ]

    def order_of(self, f: ForceId) -> ForceOrder | None:
        """The order planned for a force this turn, if any."""
        rows = self.orders.rows[self.orders.rows[:, order.FORCE] == f]
        return next(iter(Orders(rows)), None)

    def _holding(self) -> list[ForceId]:
        """The person's forces whose order, planned or standing, is to hold."""
        i = self.world.tables.force_i
        orders = {f: int(i[force.ORDER, f]) for f in range(i.shape[1]) if self.mine(f)}
        orders |= {o.force: int(o.kind) for o in self.orders}
        return [f for f, kind in orders.items() if kind == Order.HOLD]

    def wants_order(self, f: ForceId) -> bool:
        """Whether a force of the person's has nothing to do: what it was told is done or broken off, or, before the
        first turn, it has been told nothing.
        """
        holds = int(self.view.tables.force_i[force.ORDER, f]) == Order.HOLD
        return holds and f not in self._settled and self.order_of(f) is None

    # --- asking the rules -------------------------------------------------------------------------------------
    def why_not(self, order: ForceOrder) -> str:
        """Why the rules refuse an order, or nothing."""
        assert self.side is not None
        view = self.view
        refusal = why_not(self.setting, self.world.routes, view.tables, self.side, order, view.ways)
        return "" if refusal is None else refusal.text(self.setting)

    def cannot(self, f: ForceId, kind: Order) -> str:
        """Why a force can carry out no order of this kind wherever it be pointed, or nothing."""
        assert self.side is not None
        view = self.view
        here = ForceOrder(f, kind, int(view.tables.force_i[force.HEX, f]))
        refusal = why_not(self.setting, self.world.routes, view.tables, self.side, here, view.ways)
        return refusal.text(self.setting) if refusal is not None and refusal.reason in OF_THE_FORCE else ""

    def path(self, f: ForceId, dest: HexIndex) -> list[HexIndex] | None:
        """The way a force would take, its own hex first; None if there is none."""
        found: list[HexIndex] | None = self.world.routes.path(self.view.tables, f, dest, self.view.ways)
        return found

    def hours_to(self, f: ForceId, dest: HexIndex) -> float:
        """Hours of march; infinity if there is no way."""
        return float(self.world.routes.hours_to(self.view.tables, f, dest, self.view.ways))

    def reach(self, f: ForceId) -> npt.NDArray[np.float64]:
        """Hours of march to every hex, infinity out of reach: float64 [n]."""
        found: npt.NDArray[np.float64] = self.world.routes.reach(self.view.tables, f, self.view.ways)
        return found

    def preview(self, forces: Sequence[ForceId], target: HexIndex) -> Preview | None:
        """The battle that an assault would bring, as far as the person's View knows; None if there would be none."""
        return preview(self.setting, self.view.tables, list(forces), target)

    # --- turns ------------------------------------------------------------------------------------------------
    def play_turn(self) -> list[Frame]:
        """Let the agents plan and the turn be resolved; what was seen after each impulse. Slow: call it in a Task,
        with `shown` set, so that nobody looks at the world meanwhile."""
        self._settled = set(self._holding())
        frames = []
        for records in self.session.end_turn():
            frames.append(Frame(records, self.look()))
            between_frames()
        return frames

    def turn_played(self) -> None:
        """The new turn is on the table."""
        self._view = self.recalled = None
        self.shown = None

    def save(self, path: Path) -> None:
        """Raises SaveError."""
        self.session.save(path)
        self._saved = self._plan()

    def autosave(self, folder: Path) -> None:
        """Raises SaveError."""
        self.session.autosave(folder)
        self._saved = self._plan()

    def _plan(self) -> tuple[int, bytes, tuple[FactionAct, ...]]:
        """The turn, and what is planned in it."""
        orders = self.session.planned
        return int(self.world.turn), orders.rows.tobytes(), tuple(orders.acts)

    def unsaved(self) -> str:
        """What is planned and not in the save that was written or loaded last, in words; or nothing."""
        if self._plan() == self._saved:
            return ""
        counts = (len(self.orders), "order"), (len(self.orders.acts), "act")
        return " and ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counts if n)


def turn_hours(setting: Setting) -> float:
    """Hours in a turn."""
    return setting.days_per_turn * 24
