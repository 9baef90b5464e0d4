"""Replays: scenario, seed and the orders of every turn. Played again they give the same game, to the bit.

A replay is one JSON file. It is written and read with the same care as a saved game; a saved game contains one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.core.version import VERSION
from game.engine import saves
from game.engine.playable import Playable
from game.engine.saves import SaveError
from game.engine.session import Session
from game.engine.world import World

SUFFIX = ".replay.json"
FORMAT_VERSION = 1
_LIMIT = saves.PART_LIMIT


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kampuchea_replay: int
    program: str
    scenario: str
    scenario_hash: str
    seed: Annotated[int, Field(ge=0, lt=2**31)]
    orders: list[dict[str, list[list[Annotated[int, Field(ge=-(2**62), le=2**62)]]]]]
    final_hash: str


@dataclass(frozen=True)
class Replay:
    """A game as its orders tell it. `orders`: turn -> side -> rows; `final_hash`: of the state after them."""

    program: str
    scenario: str
    scenario_hash: str
    seed: int
    orders: tuple[dict[str, list[list[int]]], ...]
    final_hash: str

    @classmethod
    def from_session(cls, session: Session) -> Replay:
        """The turns that the session has played so far."""
        definition = session.scenario.definition
        orders = tuple({side: given.to_list() for side, given in turn.items()} for turn in session.turn_orders)
        return cls(VERSION, definition.id, definition.hash, session.seed, orders, session.world.state_hash())

    def save(self, path: Path) -> None:
        """Write the replay. SaveError if it cannot be written; a file in its place then stays as it was."""
        data = _File(
            kampuchea_replay=FORMAT_VERSION, program=self.program, scenario=self.scenario,
            scenario_hash=self.scenario_hash, seed=self.seed, orders=list(self.orders), final_hash=self.final_hash,
        )  # fmt: skip
        saves.write_whole(path, data.model_dump_json().encode())

    @classmethod
    def load(cls, path: Path) -> Replay:
        """Read a replay. SaveError if it is none; whether it fits a scenario is asked by `play`."""
        content = saves.read_bounded(path, _LIMIT)
        try:
            data = _File.model_validate_json(content)
        except (ValidationError, ValueError) as error:
            raise SaveError(
                f"{path}: not a replay, or damaged; choose a file that the game wrote ({SUFFIX})"
            ) from error
        if data.kampuchea_replay != FORMAT_VERSION:
            raise SaveError(
                f"{path}: a replay in format {data.kampuchea_replay}, this program reads format {FORMAT_VERSION}; "
                "play it with the version of the game that wrote it"
            )
        return cls(data.program, data.scenario, data.scenario_hash, data.seed, tuple(data.orders), data.final_hash)


def play(replay: Replay, scenario: Playable) -> Iterator[World]:
    """The game as it was at its start and after every turn; one world that goes on, so copy what is to be kept.

    SaveError if the replay is of another scenario, of other content of it, or of another version of the game.
    """
    definition = scenario.definition
    where = Path(f"replay of {replay.scenario}")
    saves.check_same_game(where, replay.program, replay.scenario, replay.scenario_hash, definition)
    if len(replay.orders) > definition.setting.turns:
        raise SaveError(f"{where}: it has more turns than the scenario; use another replay")
    for turn in replay.orders:
        saves.check_orders(where, turn, definition)
    world = scenario.start(replay.seed)
    yield world
    for turn in replay.orders:
        world.step(saves.orders_of(turn))
        yield world


def verify(replay: Replay, scenario: Playable) -> str:
    """The state's hash at the end of the replay, played again. SaveError if it is not the one that was recorded."""
    final = ""
    for world in play(replay, scenario):
        final = world.state_hash()
    if final != replay.final_hash:
        raise SaveError(
            f"replay of {replay.scenario}: it ends in {final[:12]}, not in {replay.final_hash[:12]} as recorded; "
            "the file was changed, or the game's rules were"
        )
    return final
