"""One game of a person, or of nobody, with agents for the other sides: planning, turns, saves.

Chance belongs to turn, place and purpose, so nothing that is undone and done again here changes the luck.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from game.core.ids import ForceId
from game.core.orders import FactionAct, ForceOrder, Orders
from game.core.reasons import Reason
from game.core.records import Records
from game.core.version import VERSION
from game.core.view import View
from game.engine import autosaves, saves
from game.engine.acts import why_not_act
from game.engine.legality import Refusal, why_not
from game.engine.measure import Outcome
from game.engine.playable import Playable, place_of, recall
from game.engine.saves import SaveError
from game.engine.versions import UNKNOWN_RULES, layout_digest, rules_digest
from game.engine.world import Planner, World

MakeAgent = Callable[[str, Playable, str], Planner]
"""Makes an agent from its name, the scenario and a side's id: `game.agent`."""


class Session:
    """A game and the orders planned for its coming turn.

    scenario, seed, side (the person's, or None to watch) and agents (side -> name) say which game it is; `world` is
    the game itself and only `end_turn`, `resolve` and `restart` change it. `turn_orders` has the orders of every
    turn played, side -> Orders; `last_records` what happened since the last turn began; `rules` is the digest of the
    rules that all of it was played under, or UNKNOWN_RULES if they changed meanwhile; `game` tells this game from any
    other that was begun.
    """

    def __init__(
        self, scenario: Playable, seed: int, side: str | None, agents: Mapping[str, str], make_agent: MakeAgent
    ) -> None:
        """A new game. ValueError for a seed out of range or a side without an agent; KeyError for an unknown side."""
        if side is not None:
            scenario.definition.setting.side_index(side)
        others = [name for name in scenario.sides if name != side]
        if lacking := [name for name in others if name not in agents]:
            raise ValueError(f"nobody gives the orders of {', '.join(lacking)}: name an agent")
        self.scenario = scenario
        self.seed = seed
        self.side = side
        self.agents = {name: agents[name] for name in others}
        self._planners = {name: make_agent(agent, scenario, name) for name, agent in self.agents.items()}
        self.restart()

    def restart(self) -> None:
        """The same game from its first day."""
        self._begin(self.scenario.start(self.seed))

    def _begin(self, world: World) -> None:
        self.world = world
        self.planned = Orders()
        self.turn_orders: list[dict[str, Orders]] = []
        self.last_records = Records()
        self.rules = rules_digest()
        self.game = secrets.token_hex(saves.GAME_BYTES)
        self._undo: list[Orders] = []
        self._redo: list[Orders] = []
        self._resolving = False

    @property
    def outcome(self) -> Outcome:
        """The result as it stands; final when the world is `over`."""
        return self.world.outcome

    def view(self, side: str | None = None) -> View:
        """What `side` knows; without one, what the person's side knows, or everything if nobody plays."""
        shown = side if side is not None else self.side
        if shown is not None:
            return self.world.view(shown)
        setting = self.world.setting
        return View(setting, setting.sides[0], self.world.state.copy())

    # --- planning --------------------------------------------------------------------------------------------------
    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def give(self, *orders: ForceOrder) -> Refusal | None:
        """Plan orders, as one step of undo; the refusal of the first that may not be given, and then none is."""
        planned = self.planned.copy()
        for order in orders:
            if refusal := self.why_not(order):
                return refusal
            planned.give(order.force, order.kind, order.dest, order.reason, order.a, order.b, order.then)
        self.plan(planned)
        return None

    def why_not(self, order: ForceOrder) -> Refusal | None:
        """Why the person may not give this order now; None if it may be given."""
        world = self.world
        if self.side is None:
            return Refusal(Reason.NOT_YOURS)
        number = world.setting.side_index(self.side)
        return why_not(world.setting, world.routes, self.view().tables, number, order, world.ways)

    def plan_act(self, act: FactionAct) -> Refusal | None:
        """Plan an act of a faction, as one step of undo, in place of one that concerns the same thing; or why it may
        not be done, and then it is not planned."""
        refusal = self.why_not_act(act)
        if refusal is None:
            planned = self.planned.copy()
            planned.act(act)
            self.plan(planned)
        return refusal

    def why_not_act(self, act: FactionAct) -> Refusal | None:
        """Why the person may not do this after what is planned already, as far as the side can know; None if it may be
        done."""
        if self.side is None:
            return Refusal(Reason.NOT_YOURS)
        planned = self.planned.copy()
        planned.act(act)
        reason = why_not_act(self.world, self.side, planned)
        return None if reason is Reason.NONE else Refusal(reason)

    def drop_act(self, act: FactionAct) -> None:
        """Take back the planned act that concerns the same thing, as one step of undo."""
        planned = self.planned.copy()
        planned.drop(act)
        if planned.acts != self.planned.acts:
            self.plan(planned)

    def withdraw(self, *forces: ForceId) -> None:
        """Take back what is planned for forces, as one step of undo; their standing orders go on."""
        planned = self.planned.copy()
        for f in forces:
            planned.withdraw(f)
        if len(planned) != len(self.planned):
            self.plan(planned)

    def clear(self) -> None:
        """Take back everything planned, as one step of undo."""
        if len(self.planned) or self.planned.acts:
            self.plan(Orders())

    def plan(self, orders: Orders) -> None:
        """Replace the whole plan, as one step of undo."""
        self._undo.append(self.planned)
        self._redo.clear()
        self.planned = orders

    def undo(self) -> bool:
        """Go back a step of planning; False if there is none."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Go forward again; False if nothing was undone."""
        return self._step(self._redo, self._undo)

    def _step(self, source: list[Orders], other: list[Orders]) -> bool:
        if not source:
            return False
        other.append(self.planned)
        self.planned = source.pop()
        return True

    # --- turns -----------------------------------------------------------------------------------------------------
    def think(self) -> dict[str, Orders]:
        """The agents' orders for the coming turn. Changes nothing, so it may run in a thread while the person plans."""
        return self.world.ask(self._planners)

    def end_turn(self, agent_orders: Mapping[str, Orders] | None = None) -> Iterator[Records]:
        """Play the turn with the plan and `agent_orders` (from `think`, which is asked if they are left out).

        Gives the records of each impulse when it has been played. RuntimeError if the game is over.
        """
        orders = dict(self.think() if agent_orders is None else agent_orders)
        if self.side is not None:
            orders[self.side] = self.planned
        yield from self.resolve(orders)

    def resolve(self, orders: Mapping[str, Orders]) -> Iterator[Records]:
        """Play the turn with the orders of all sides. As `end_turn`; a caller who stops listening still gets a whole
        turn, not a part of one."""
        given = {side: side_orders.copy() for side, side_orders in sorted(orders.items())}
        before = self.world.turn
        impulses = self.world.step_impulses(given)
        self._resolving = True
        self.last_records = Records()
        try:
            for records in impulses:
                self.last_records += records
                yield records
        finally:
            for records in impulses:
                self.last_records += records
            self._resolving = False
            if self.world.turn > before:
                self._turn_played(given)

    def _turn_played(self, given: dict[str, Orders]) -> None:
        self.world.records = self.last_records
        self.turn_orders.append(given)
        self.planned = Orders()
        self._undo.clear()
        self._redo.clear()

    # --- files -----------------------------------------------------------------------------------------------------
    def save(self, path: Path) -> None:
        """Write the game to a file. SaveError, and an older file left as it was, if that fails."""
        if self._resolving:
            raise SaveError(f"{path}: not saved: a turn is being played; wait for its end")
        world = self.world
        definition = self.scenario.definition
        meta = saves.Meta(
            game=self.game, program=VERSION, rules=self.rules, layout=layout_digest(), scenario=definition.id,
            scenario_hash=definition.hash, place=place_of(definition), title=definition.title, seed=self.seed,
            turn=world.turn, date=world.date, side=self.side, agents=self.agents,
            orders=[{side: saves.OrdersData.of(given) for side, given in turn.items()} for turn in self.turn_orders],
            planned=saves.OrdersData.of(self.planned), tracker=saves.pack_tracker(world.tracker),
        )  # fmt: skip
        saves.write(path, meta, world.state)

    def autosave(self, folder: Path) -> Path:
        """Save as the game's latest autosave in `folder`, as `autosaves` keeps them. SaveError as `save`."""
        return autosaves.autosave(folder, self.game, self.save)

    @classmethod
    def load(cls, path: Path, make_agent: MakeAgent, scenario: Playable | None = None) -> Session:
        """The game in a save; its scenario is looked for if it is not given. SaveError if it cannot go on."""
        meta, snapshot = saves.read(path)
        if scenario is None:
            scenario = recall(path, meta.scenario, meta.scenario_hash, meta.place)
        definition = scenario.definition
        state = saves.restore(path, meta, snapshot, definition)
        try:
            session = cls(scenario, meta.seed, meta.side, meta.agents, make_agent)
        except (ValueError, KeyError) as error:
            raise SaveError(f"{path}: cannot be gone on with: {error}; add what is missing or start anew") from error
        session._begin(World(definition, scenario.routes, state, saves.unpack_tracker(meta.tracker)))
        session.turn_orders = [saves.orders_of(turn) for turn in meta.orders]
        session.planned = meta.planned.orders()
        session.game = meta.game
        session.rules = meta.rules if meta.rules == rules_digest() else UNKNOWN_RULES
        return session
