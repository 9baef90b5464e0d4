"""Replays: scenario, seed and the orders of every turn. Played again they give the same game, to the bit.

A replay is one JSON file. It is written and read with the same care as a saved game; a saved game contains one.
Under other rules than those it was recorded with, it may end otherwise: that is told, not refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.core.version import VERSION
from game.engine import saves
from game.engine.playable import Playable, place_of, recall
from game.engine.saves import OrdersData, SaveError
from game.engine.session import MakeAgent, Session
from game.engine.versions import REPLAY_FORMAT, REPLAY_MIGRATIONS, migrated, rules_digest
from game.engine.world import World

SUFFIX = ".replay.json"
_LIMIT = saves.PART_LIMIT


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kampuchea_replay: int
    program: str
    rules: str
    scenario: str
    scenario_hash: str
    place: str
    seed: Annotated[int, Field(ge=0, lt=2**31)]
    orders: list[dict[str, OrdersData]]
    final_hash: str


@dataclass(frozen=True)
class Replay:
    """A game as its orders tell it.

    `program`, `rules`: the version it was recorded with; `place`: the scenario's folder, empty for a shipped one;
    `orders`: turn -> side -> rows; `final_hash`: of the state after them.
    """

    program: str
    rules: str
    scenario: str
    scenario_hash: str
    place: str
    seed: int
    orders: tuple[dict[str, OrdersData], ...]
    final_hash: str

    @classmethod
    def from_session(cls, session: Session) -> Replay:
        """The turns that the session has played so far."""
        definition = session.scenario.definition
        orders = tuple({side: OrdersData.of(given) for side, given in turn.items()} for turn in session.turn_orders)
        return cls(
            VERSION, session.rules, definition.id, definition.hash, place_of(definition), session.seed, orders,
            session.world.state_hash(),
        )  # fmt: skip

    @classmethod
    def from_save(cls, path: Path, scenario: Playable | None = None) -> tuple[Replay, Playable]:
        """The turns that a saved game has played, and its scenario, which is looked for if not given. SaveError."""
        meta, snapshot = saves.read(path)
        if scenario is None:
            scenario = recall(path, meta.scenario, meta.scenario_hash, meta.place)
        state = saves.restore(path, meta, snapshot, scenario.definition)
        replay = cls(
            meta.program, meta.rules, meta.scenario, meta.scenario_hash, meta.place, meta.seed, tuple(meta.orders),
            state.hash(),
        )  # fmt: skip
        return replay, scenario

    def save(self, path: Path) -> None:
        """Write the replay. SaveError if it cannot be written; a file in its place then stays as it was."""
        saves.check_name(path)
        data = _File(
            kampuchea_replay=REPLAY_FORMAT, program=self.program, rules=self.rules, scenario=self.scenario,
            scenario_hash=self.scenario_hash, place=self.place, seed=self.seed, orders=list(self.orders),
            final_hash=self.final_hash,
        )  # fmt: skip
        saves.write_whole(path, data.model_dump_json().encode())

    @classmethod
    def load(cls, path: Path) -> Replay:
        """Read a replay. SaveError if it is none; whether it fits a scenario is asked by `play`."""
        content = saves.read_bounded(path, _LIMIT)
        try:
            raw = json.loads(content)
            format_ = raw["kampuchea_replay"]
            if type(format_) is not int:
                raise TypeError("its format is no number")
            saves.check_format(path, format_, REPLAY_FORMAT, REPLAY_MIGRATIONS)
            raw = migrated(raw, format_, REPLAY_FORMAT, REPLAY_MIGRATIONS)
            data = _File.model_validate_json(json.dumps(raw))
        except (ValidationError, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
            raise SaveError(
                f"{path}: not a replay, or damaged; choose a file that the game wrote ({SUFFIX})"
            ) from error
        return cls(
            data.program, data.rules, data.scenario, data.scenario_hash, data.place, data.seed, tuple(data.orders),
            data.final_hash,
        )  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """How a replay, played again, ended. `warning`: why it ended otherwise than recorded; empty if it did not."""

    final_hash: str
    warning: str


def check(replay: Replay, scenario: Playable) -> None:
    """SaveError if the replay is of another scenario, of other content of it, or cannot be played on it."""
    definition, where = scenario.definition, _where(replay)
    saves.check_same_game(where, replay.scenario, replay.scenario_hash, definition)
    if len(replay.orders) > definition.setting.turns:
        raise SaveError(f"{where}: it has more turns than the scenario; use another replay")
    for turn in replay.orders:
        saves.check_orders(where, turn, definition)


def play(replay: Replay, scenario: Playable) -> Iterator[World]:
    """The game as it was at its start and after every turn; one world that goes on, so copy what is to be kept.

    SaveError as `check`.
    """
    check(replay, scenario)
    world = scenario.start(replay.seed)
    yield world
    for turn in replay.orders:
        world.step(saves.orders_of(turn))
        yield world


def verify(replay: Replay, scenario: Playable) -> Verdict:
    """Play the replay again. SaveError if it ends otherwise than recorded under the rules that it was recorded with."""
    final = ""
    for world in play(replay, scenario):
        final = world.state_hash()
    if final == replay.final_hash:
        return Verdict(final, "")
    ends = f"it ends in {final[:12]}, not in {replay.final_hash[:12]} as recorded"
    if replay.rules == rules_digest():
        raise SaveError(f"{_where(replay)}: {ends}; the file was changed: use another copy of it")
    return Verdict(final, f"{ends}: it was recorded by version {replay.program} of the game, with other rules")


def replayed(path: Path, make_agent: MakeAgent, agent: str, scenario: Playable | None = None) -> Session:
    """The game of a replay's file after its last turn; nobody plays, and should it go on, `agent` gives all orders.

    Its scenario is looked for if it is not given. SaveError if it cannot be played over.
    """
    replay = Replay.load(path)
    if scenario is None:
        scenario = recall(path, replay.scenario, replay.scenario_hash, replay.place)
    check(replay, scenario)
    session = Session(scenario, replay.seed, None, dict.fromkeys(scenario.sides, agent), make_agent)
    for turn in replay.orders:
        for _ in session.resolve(saves.orders_of(turn)):
            pass
    return session


def _where(replay: Replay) -> Path:
    return Path(f"replay of {replay.scenario}")
