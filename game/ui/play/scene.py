"""What the map shows: the View, the plan and the selection put into a MapScene."""

from __future__ import annotations

import itertools

import numpy as np

from game.core.columns import force
from game.core.columns import hex as hexc
from game.core.ids import NEVER, OFF_MAP, ForceId, HexIndex, Order, Stance, Status
from game.core.view import View
from game.ui.mapview import (
    ICON_OF_POSTURE,
    ArrowKind,
    Counter,
    CounterStack,
    HexOverlay,
    MapScene,
    OrderArrow,
    PathPreview,
    Symbol,
    supply_overlay,
)
from game.ui.match import Match, turn_hours
from game.ui.play.desk import Desk
from game.ui.play.facts import force_facts, in_play, supply_pips
from game.ui.play.overlays import camp_markers, overlay_of
from game.ui.play.supplies import SupplyPicture, supply_picture
from game.ui.work import Task

ARROWS = {
    Order.MOVE: ArrowKind.MOVE,
    Order.ATTACK: ArrowKind.ASSAULT,
    Order.WITHDRAW: ArrowKind.WITHDRAW,
    Order.RAID: ArrowKind.RAID,
    Order.SWEEP: ArrowKind.ASSAULT,
    Order.SABOTAGE: ArrowKind.RAID,
    Order.CLEAR: ArrowKind.MOVE,
}
SUPPLY_BOUNDS = (40.0, 25.0, 12.0, 5.0, 1.0)
SUPPLY_LABELS = ("full", "good", "strained", "poor", "foraging", "cut off")
_SYMBOLS = {s.value: s for s in Symbol}


def counter_of(view: View, f: ForceId, desk: Desk | None = None) -> Counter:
    """The counter of one force as the view knows it."""
    facts = force_facts(view, f)
    own = view.is_own(facts.faction)
    bands = facts.status is Status.BANDS
    stale = not own and facts.seen_hour != NEVER and view.hour - facts.seen_hour >= 48
    return Counter(
        id=f,
        faction=facts.faction,
        label=facts.short[:5],
        echelon=facts.echelon,
        symbol=Symbol.BANDS if bands else _SYMBOLS.get(facts.symbol, Symbol.INFANTRY),
        men=facts.men,
        posture=ICON_OF_POSTURE[facts.posture],
        supply_pips=supply_pips(view, f) if own else 0,
        morale=facts.cohesion,
        believed=stale,
        selected=desk is not None and f in desk.selected,
        moved=desk is not None and desk.match.order_of(f) is not None,
    )


def stacks_of(view: View, desk: Desk | None = None) -> tuple[CounterStack, ...]:
    """All counters, by hex; the side's own first, then the largest."""
    piles: dict[HexIndex, list[ForceId]] = {}
    where, men = view.tables.force_i[force.HEX], view.tables.force_i[force.MEN]
    for f in in_play(view):
        piles.setdefault(int(where[f]), []).append(f)
    out = []
    for hex_, here in sorted(piles.items()):
        ranked = sorted(
            here,
            key=lambda f: (
                desk is None or f not in desk.selected,
                not view.is_own(int(view.tables.force_i[force.FACTION, f])),
                -int(men[f]),
                f,
            ),
        )
        out.append(CounterStack(hex_, tuple(counter_of(view, f, desk) for f in ranked)))
    return tuple(out)


class SceneMaker:
    """Builds the scene and keeps what is costly until it changes."""

    def __init__(self, desk: Desk, local_names: bool) -> None:
        self.desk, self.local_names = desk, local_names
        self._supply_key: object = None
        self._supply_task: Task[SupplyPicture] | None = None
        self._paths: dict[tuple[object, ForceId, HexIndex], tuple[HexIndex, ...]] = {}

    @property
    def match(self) -> Match:
        return self.desk.match

    def base(self, view: View) -> MapScene:
        """Ground truth of the picture: season, control, sight, counters; no plan."""
        t = view.tables
        visible = None
        if self.desk.fog and self.match.eyes is not None:
            visible = t.in_sight[view.side.factions[0]] > 0
        contested = np.flatnonzero(t.hex_i[hexc.CONTESTED]).tolist()
        return MapScene(
            season=view.season,
            control=t.hex_i[hexc.CONTROL].astype(np.int8),
            at_war=np.asarray(t.stance == Stance.WAR),
            contested=tuple(contested),
            visible=visible,
            stacks=stacks_of(view, self.desk),
            markers=camp_markers(view),
            local_names=self.local_names,
        )

    def planning(self) -> MapScene:
        """The whole picture while orders are planned."""
        desk = self.desk
        scene = self.base(self.match.view)
        if desk.overlay in ("", "reach"):
            scene.arrows = self._arrows()
        scene.selected_hex = desk.pointed if desk.pointed != OFF_MAP else desk.stack
        scene.fanned = desk.armed is None
        scene.overlay = self._overlay()
        if desk.overlay == "reach":
            scene.reach = self._reach()
        self.point(scene)
        return scene

    def point(self, scene: MapScene) -> None:
        """Put what is pointed at into the scene: the hovered hex and the way there."""
        desk = self.desk
        scene.hovered_hex = desk.hovered
        target = desk.cursor if desk.cursor != OFF_MAP else desk.hovered
        aims = desk.selected and desk.looked_at == OFF_MAP and target not in (OFF_MAP, desk.stack)
        scene.path = self._path(target) if aims else None

    # --- parts ------------------------------------------------------------------------------------------------
    def _arrows(self) -> tuple[OrderArrow, ...]:
        arrows = []
        i = self.match.view.tables.force_i
        for order in self.match.planned():
            if order.kind in ARROWS:
                lit = bool(set(order.forces) & set(self.desk.selected))
                path = self._shown_way(order.forces[0], order.dest, lit)
                faction = int(i[force.FACTION, order.forces[0]])
                arrows.append(OrderArrow(path, ARROWS[order.kind], faction, order.number, lit))
        if self.match.side is not None:
            arrows += self._standing()
        return tuple(a for a in arrows if len(a.path) > 1)

    def _standing(self) -> list[OrderArrow]:
        """Arrows of earlier orders that go on."""
        i = self.match.view.tables.force_i
        replaced = {o.force for o in self.match.orders}
        seen: set[tuple[int, int, int]] = set()
        arrows = []
        for f in in_play(self.match.view):
            kind, dest, at = Order(int(i[force.ORDER, f])), int(i[force.DEST, f]), int(i[force.HEX, f])
            key = (at, int(kind), dest)
            if kind not in ARROWS or f in replaced or dest in (OFF_MAP, at) or not self.match.mine(f) or key in seen:
                continue
            seen.add(key)
            arrows.append(
                OrderArrow(
                    self._shown_way(f, dest, f in self.desk.selected),
                    ARROWS[kind],
                    int(i[force.FACTION, f]),
                    0,
                    f in self.desk.selected,
                )
            )
        return arrows

    def _shown_way(self, f: ForceId, dest: HexIndex, whole: bool) -> tuple[HexIndex, ...]:
        """The way to draw an arrow along: all of it for the selection, else as far as this turn may bring the force."""
        path = self._way(f, dest)
        if whole or len(path) < 3:
            return path
        limit = self._hours_from(f, path[0], dest) - turn_hours(self.match.setting)
        ahead = [k for k, hex_ in enumerate(path) if self._hours_from(f, hex_, dest) >= limit]
        return path[: max(2, ahead[-1] + 1)]

    def _way(self, f: ForceId, dest: HexIndex) -> tuple[HexIndex, ...]:
        at = int(self.match.view.tables.force_i[force.HEX, f])
        key = ((self.match.view.hour, at), f, dest)
        if key not in self._paths:
            if len(self._paths) > 2000:
                self._paths.clear()
            self._paths[key] = tuple(self.match.path(f, dest) or ())
        return self._paths[key]

    def _path(self, target: HexIndex) -> PathPreview | None:
        desk = self.desk
        way = desk.way(desk.selected, target)
        if way is None:
            return None
        path, hours = way
        refused = bool(desk.refusals(desk.default_order(target), target))
        flags = [*self._turn_flags(path), (target, desk.arrival(hours))]
        return PathPreview(tuple(path), tuple(flags), not refused)

    def _turn_flags(self, path: list[HexIndex]) -> list[tuple[HexIndex, str]]:
        """Where the force will stand at the end of each turn on the way."""
        desk = self.desk
        f = desk.slowest(desk.selected, path[-1])
        if f is None:
            return []
        total = self.match.hours_to(f, path[-1])
        per_turn = turn_hours(self.match.setting)
        flags, turn = [], 1
        for hex_, following in itertools.pairwise(path):
            hours = total - self._hours_from(f, following, path[-1])
            while hours > turn * per_turn and turn < 9:
                flags.append((hex_, f"turn {self.match.view.turn + turn}"))
                turn += 1
        return [flag for flag in flags if flag[0] != path[0]]

    def _hours_from(self, f: ForceId, hex_: HexIndex, dest: HexIndex) -> float:
        """Hours of march that remain from a hex of the way."""
        view = self.match.view
        i = view.tables.force_i
        field = self.match.world.routes.field(
            view.tables, int(i[force.FACTION, f]), dest, int(i[force.MOBILITY, f]), view.ways
        )
        return float(field[hex_])

    def _reach(self) -> dict[HexIndex, str]:
        desk = self.desk
        per_turn = turn_hours(self.match.setting)
        if not desk.selected:
            return {}
        hours = np.max([self.match.reach(f) for f in desk.selected], axis=0)
        within = np.flatnonzero((hours <= per_turn) & (hours > 0))
        return {int(h): f"{hours[h] / 24:.1f} d" for h in within}

    def _overlay(self) -> HexOverlay | None:
        if self.desk.overlay == "supply":
            return self._supply(self.match.view)
        return overlay_of(self.desk.overlay, self.match.view, self.desk.movement)

    def _supply(self, view: View) -> HexOverlay | None:
        """The supply overlay; worked out in the background, None until it is done."""
        key = (view.hour, self.match.eyes)
        if self._supply_key != key:
            self._supply_key = key
            self._supply_task = Task(lambda: supply_picture(view, self.match.world.routes), "supply")
        if self._supply_task is None or not self._supply_task.done:
            return None
        found = self._supply_task.result()
        made = supply_overlay(found.tonnes, SUPPLY_BOUNDS, SUPPLY_LABELS)
        return HexOverlay(made.title, made.subtitle, made.classes, made.class_of_hex, found.flows, found.depots)
