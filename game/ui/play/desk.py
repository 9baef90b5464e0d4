"""What lies on the player's desk: the selection, the order being given, what is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isinf

from game.core.columns import force, order
from game.core.ids import NO_FACTION, OFF_MAP, FactionId, ForceId, HexIndex, Order
from game.core.orders import ForceOrder
from game.ui.match import TARGETED, Match, Planned, turn_hours
from game.ui.play.facts import forces_at, hostile, order_words

NOTICE_S = 4.0
"""Seconds for which a refusal or a notice is shown."""


@dataclass
class Desk:
    """The state of planning. Panels read it, the play screen changes it."""

    match: Match
    stack: HexIndex = OFF_MAP
    """Hex of the selected stack."""
    selected: tuple[ForceId, ...] = ()
    armed: Order | None = None
    """The order for which a destination is being chosen."""
    hovered: HexIndex = OFF_MAP
    cursor: HexIndex = OFF_MAP
    """Hex cursor of the keyboard, or OFF_MAP."""
    looked_at: HexIndex = OFF_MAP
    """The place that a report was followed to: looked at, nothing is aimed there."""
    given: HexIndex = OFF_MAP
    """Where the selection was sent since it was selected: about that there is nothing left to choose."""
    overlay: str = ""
    """What lies over the map: a command of hands.OVERLAYS, or nothing."""
    movement: FactionId = NO_FACTION
    """Whose support the overlay shows; NO_FACTION: whichever leads."""
    fog: bool = True
    refusal: str = ""
    """Why something cannot be done."""
    refusal_left: float = 0.0
    """Seconds for which the refusal is still shown."""
    notice: str = ""
    """What was done beside what was asked."""
    notice_left: float = 0.0
    show_sensitive: set[int] = field(default_factory=set)
    """Events whose text has been opened."""

    @property
    def focus_hex(self) -> HexIndex:
        """The hex that the hex panel speaks of."""
        if self.pointed != OFF_MAP:
            return self.pointed
        return self.hovered if self.hovered != OFF_MAP else self.stack

    @property
    def pointed(self) -> HexIndex:
        """The hex that the keyboard or a report points at, or OFF_MAP."""
        return self.cursor if self.cursor != OFF_MAP else self.looked_at

    # --- selecting --------------------------------------------------------------------------------------------
    def own_at(self, hex_: HexIndex) -> list[ForceId]:
        """The person's forces in a hex, largest first."""
        return [f for f in forces_at(self.match.view, hex_) if self.match.mine(f)]

    def select_hex(self, hex_: HexIndex) -> None:
        """Select the person's forces in a hex; again, each of them in turn and then all. An empty hex lets go."""
        own = self.own_at(hex_)
        self.given = OFF_MAP
        if not own:
            self.stack, self.selected, self.armed = (hex_ if forces_at(self.match.view, hex_) else OFF_MAP), (), None
        elif hex_ == self.stack and self.selected:
            self.next_force()
        else:
            self.stack, self.selected, self.armed = hex_, tuple(own), None

    def select_force(self, f: ForceId, add: bool = False) -> None:
        """Select one force of a stack, or add it to the selection or take it out."""
        if not self.match.mine(f):
            return
        self.given = OFF_MAP
        hex_ = int(self.match.view.tables.force_i[force.HEX, f])
        if add and hex_ == self.stack:
            kept = tuple(x for x in self.selected if x != f)
            self.selected = kept if f in self.selected and kept else (*kept, f)
        else:
            self.stack, self.selected = hex_, (f,)

    def next_force(self) -> None:
        """The next single force of the stack; after the last, all of them."""
        own = self.own_at(self.stack)
        self.given = OFF_MAP
        if len(own) < 2:
            self.selected = tuple(own)
        elif len(self.selected) != 1:
            self.selected = (own[0],)
        else:
            at = own.index(self.selected[0]) if self.selected[0] in own else -1
            self.selected = (own[at + 1],) if at + 1 < len(own) else tuple(own)

    def step_stack(self, by: int) -> None:
        """The next stack of the person's."""
        stacks = self.match.own_stacks()
        if stacks:
            at = stacks.index(self.stack) + by if self.stack in stacks else (0 if by > 0 else -1)
            hex_ = stacks[at % len(stacks)]
            self.stack, self.selected, self.armed = hex_, tuple(self.own_at(hex_)), None
            self.given = OFF_MAP

    def select_order(self, planned: Planned) -> None:
        """Select the forces of a line of the order list."""
        self.stack = int(self.match.view.tables.force_i[force.HEX, planned.forces[0]])
        self.selected, self.armed, self.given = planned.forces, None, OFF_MAP

    def next_unordered(self) -> bool:
        """Select the next force that has nothing to do; False if none is so."""
        waiting = [f for hex_ in self.match.own_stacks() for f in self.own_at(hex_) if self.match.wants_order(f)]
        if not waiting:
            return False
        at = waiting.index(self.selected[0]) + 1 if self.selected and self.selected[0] in waiting else 0
        self.select_force(waiting[at % len(waiting)])
        self.armed = None
        return True

    def let_go(self) -> bool:
        """Drop the armed order, else the cursor, else the selection. False if there was nothing."""
        if self.armed is not None:
            self.armed = None
        elif self.pointed != OFF_MAP:
            self.point_at(OFF_MAP)
        elif self.selected or self.stack != OFF_MAP:
            self.stack, self.selected = OFF_MAP, ()
        else:
            return False
        return True

    def point_at(self, hex_: HexIndex) -> None:
        """Put the keyboard's hex cursor somewhere, or take it away."""
        self.cursor, self.looked_at = hex_, OFF_MAP

    def look_at(self, hex_: HexIndex) -> None:
        """Follow a report to its place."""
        self.cursor, self.looked_at = OFF_MAP, hex_

    def forget(self) -> None:
        """After a turn: what was selected may be gone, and what was said is past."""
        self.armed, self.given = None, OFF_MAP
        self.point_at(OFF_MAP)
        self.pass_time(NOTICE_S)
        own = [f for f in self.selected if self.match.mine(f)]
        self.selected = tuple(own)
        self.stack = int(self.match.view.tables.force_i[force.HEX, own[0]]) if own else OFF_MAP
        if own:
            here = set(self.own_at(self.stack))
            self.selected = tuple(f for f in own if f in here)

    def assault_on(self, dest: HexIndex) -> tuple[ForceId, ...]:
        """All forces of the person's with a planned assault on a hex: they fight one battle."""
        rows = self.match.orders.rows
        there = (rows[:, order.KIND] == Order.ATTACK) & (rows[:, order.DEST] == dest)
        return tuple(rows[there, order.FORCE].tolist())

    # --- ordering ---------------------------------------------------------------------------------------------
    def refuse(self, text: str) -> None:
        """Show why something cannot be done."""
        self.refusal, self.refusal_left, self.notice_left = text, NOTICE_S, 0.0

    def tell(self, text: str) -> None:
        """Show what was done beside what was asked."""
        self.notice, self.notice_left, self.refusal_left = text, NOTICE_S, 0.0

    @property
    def telling(self) -> bool:
        """Whether a refusal or a notice is shown."""
        return self.refusal_left > 0 or self.notice_left > 0

    def pass_time(self, seconds: float) -> None:
        """Let refusals and notices fade."""
        self.refusal_left = max(0.0, self.refusal_left - seconds)
        self.notice_left = max(0.0, self.notice_left - seconds)

    def arm(self, kind: Order) -> None:
        """Choose an order; one without destination is given at once."""
        if not self.selected:
            self.refuse("select a force of yours first: click it, or press Tab")
        elif why := self.cannot(kind):
            self.refuse(why)
        elif kind in TARGETED:
            self.armed = None if self.armed is kind else kind
            self.given = OFF_MAP
        else:
            self.give(kind, OFF_MAP)

    def refusals(self, kind: Order, dest: HexIndex) -> list[tuple[ForceId, str]]:
        """Which of the selected forces cannot carry out the order, and why."""
        tried = [(f, self.match.why_not(ForceOrder(f, kind, dest))) for f in self.selected]
        return [(f, why) for f, why in tried if why]

    def cannot(self, kind: Order) -> str:
        """Why none of the selected forces can carry out an order of this kind, or nothing if one can."""
        whys = [self.match.cannot(f, kind) for f in self.selected]
        return whys[0] if whys and all(whys) else ""

    def give(self, kind: Order, dest: HexIndex) -> bool:
        """Give the order to those of the selected forces that can carry it out; say why the others cannot."""
        if not self.selected:
            return False
        refused = self.refusals(kind, dest)
        able = [f for f in self.selected if f not in {r for r, _ in refused}]
        words = self._replaced(able, kind, dest)
        if refused:
            names = self.match.setting.forces[refused[0][0]].short
            more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
            why = f"{names}{more}: {refused[0][1]}" if len(self.selected) > 1 else refused[0][1]
            self.refuse(f"{why}. {words}" if words else why)
        elif words:
            self.tell(words)
        if able:
            self.match.give(able, kind, dest)
            self.armed, self.given = None, dest if dest != OFF_MAP else self.stack
        return bool(able)

    def _replaced(self, forces: Sequence[ForceId], kind: Order, dest: HexIndex) -> str:
        """'Replaces: assault on Svay Rieng': what was planned for forces before an order; empty if nothing else was."""
        plans = [self.match.order_of(f) for f in forces]
        others = [p for p in plans if p is not None and (p.kind, p.dest) != (kind, dest)]
        told = [order_words(self.match.setting, p.kind, p.dest) for p in others]
        words = dict.fromkeys(text[:1].lower() + text[1:] for text in told)
        return f"Replaces: {', '.join(words)}" if words else ""

    def default_order(self, hex_: HexIndex) -> Order:
        """What pointing at a hex usually means."""
        if self.armed is not None:
            return self.armed
        view = self.match.view
        enemy = any(
            hostile(view, int(view.tables.force_i[force.FACTION, f]))
            for f in forces_at(view, hex_)
            if not self.match.mine(f)
        )
        return Order.ATTACK if enemy else Order.MOVE

    def act_at(self, hex_: HexIndex) -> bool:
        """Give the armed or the usual order towards a hex."""
        if not self.selected or hex_ == OFF_MAP:
            return False
        if hex_ == self.stack and self.armed is None:
            self.refuse("the selection stands there already")
            return False
        return self.give(self.default_order(hex_), hex_)

    # --- ways -------------------------------------------------------------------------------------------------
    def slowest(self, forces: Sequence[ForceId], dest: HexIndex) -> ForceId | None:
        """The force of these that needs longest to a hex, or None if one of them cannot get there."""
        hours = [(self.match.hours_to(f, dest), f) for f in forces]
        if not hours or any(isinf(h) for h, _ in hours):
            return None
        return max(hours)[1]

    def way(self, forces: Sequence[ForceId], dest: HexIndex) -> tuple[list[HexIndex], float] | None:
        """Path and hours of the slowest of the forces to a hex."""
        f = self.slowest(forces, dest)
        path = self.match.path(f, dest) if f is not None else None
        if f is None or not path:
            return None
        return path, self.match.hours_to(f, dest)

    def arrival(self, hours: float) -> str:
        """'turn 1 · 1.5 d'."""
        per_turn = turn_hours(self.match.setting)
        return f"turn {self.match.world.turn + 1 + int(max(0.0, hours - 1e-6) // per_turn)} · {hours / 24:.1f} d"
