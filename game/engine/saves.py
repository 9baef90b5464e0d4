"""Saved games: one file each, written whole or not at all, and read without trusting it.

A file is a header (magic, format version, lengths, SHA-256 of all the rest), then two deflated parts: what the game
is (JSON: `Meta`) and a snapshot of the state. Nothing in it is code, and nothing of it is used before the checksum,
the types, the scenario's hash and the bounds of every number that is an index have been checked.
"""

from __future__ import annotations

import hashlib
import json
import stat
import struct
import zlib
from collections.abc import Container
from datetime import date
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.core import files
from game.core.columns import act as T
from game.core.columns import order as O
from game.core.filenames import name_fault
from game.core.files import make_folder
from game.core.ids import Act, Order
from game.core.orders import Orders
from game.core.reasons import Reason
from game.core.state import State
from game.core.texts import printable
from game.engine.events import wrong_choice
from game.engine.measure import SERIES, Tracker
from game.engine.metrics import metrics
from game.engine.sound import unsound
from game.engine.versions import SAVE_FORMAT, SAVE_MIGRATIONS, layout_digest, migrated
from game.scenario.model import Scenario

SUFFIX = ".kampuchea"
MAGIC = b"KMPUCHEA"
PART_LIMIT = 64 * 1024 * 1024
"""Bytes of either part, inflated, at most."""
GAME_BYTES = 6
"""Length of what tells games apart."""
_HEADER = struct.Struct(">8sHIIII")
"""Magic, format version, deflated and inflated bytes of the JSON, and of the state. The digest follows."""
_DIGEST_BYTES = 32

_Whole = Annotated[int, Field(ge=-(2**62), le=2**62)]
_Real = Annotated[float, Field(allow_inf_nan=False)]
_Rows = list[list[_Whole]]


class OrdersData(BaseModel):
    """Orders of a side for a turn in JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)

    forces: _Rows
    acts: _Rows

    @classmethod
    def of(cls, orders: Orders) -> OrdersData:
        """Orders as they are saved."""
        forces, acts = orders.to_lists()
        return cls(forces=forces, acts=acts)

    def orders(self) -> Orders:
        """Inverse of `of`."""
        return Orders.from_lists(self.forces, self.acts)


class SaveError(Exception):
    """A game that cannot be saved or loaded; the text says where, why and what to do."""


class TrackerData(BaseModel):
    """`measure.Tracker` in JSON; a figure not measured yet is null."""

    model_config = ConfigDict(extra="forbid", strict=True)

    since: list[_Whole]
    reached: list[_Whole]
    figure: list[_Real | None]
    series: dict[str, list[list[_Real]]]


class Meta(BaseModel):
    """What a saved game is, apart from the snapshot of its state."""

    model_config = ConfigDict(extra="forbid", strict=True)

    program: str
    """Version of the program that saved it: for people, the program does not go by it."""
    rules: str
    """`versions.rules_digest` of the rules that it was played under; UNKNOWN_RULES if there were several."""
    layout: str
    """`versions.layout_digest` of the snapshot."""
    scenario: str
    scenario_hash: str
    place: str
    """Folder of the scenario, absolute; empty for a shipped one."""
    title: str
    seed: Annotated[int, Field(ge=0, lt=2**31)]
    game: Annotated[str, Field(pattern=f"^[0-9a-f]{{{2 * GAME_BYTES}}}$")]
    """Which game it is, of all that were ever begun."""
    turn: Annotated[int, Field(ge=0)]
    date: date
    side: str | None
    agents: dict[str, str]
    orders: list[dict[str, OrdersData]]
    """Turn -> side -> its orders and acts."""
    planned: OrdersData
    """Orders of the person's side, given for the coming turn."""
    tracker: TrackerData


def pack_tracker(tracker: Tracker) -> TrackerData:
    """A tracker as it is saved."""
    figures = [None if value != value else value for value in tracker.figure]
    return TrackerData(since=tracker.since, reached=tracker.reached, figure=figures, series=tracker.series)


def unpack_tracker(data: TrackerData) -> Tracker:
    """Inverse of pack_tracker."""
    figures = [float("nan") if value is None else value for value in data.figure]
    return Tracker(list(data.since), list(data.reached), figures, data.series)


# --- writing ---------------------------------------------------------------------------------------------------
def write(path: Path, meta: Meta, state: State) -> None:
    """Save a game. SaveError if it cannot be written; an older save in its place then stays as it was."""
    check_name(path)
    body = meta.model_dump_json().encode()
    snapshot = state.buffer.tobytes()
    parts = [zlib.compress(body, 6), zlib.compress(snapshot, 6)]
    head = _HEADER.pack(MAGIC, SAVE_FORMAT, len(parts[0]), len(body), len(parts[1]), len(snapshot))
    digest = hashlib.sha256(head + parts[0] + parts[1]).digest()
    write_whole(path, head + digest + parts[0] + parts[1])


def check_name(path: Path) -> None:
    """SaveError if no file of that name can be written, here or where the file may be taken to."""
    if fault := name_fault(path.name):
        raise SaveError(f"{printable(str(path))}: not saved: no good name for a file: {fault}")


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place in one step. SaveError with place, cause and remedy if it cannot be written."""
    try:
        make_folder(path.parent)
        files.write_whole(path, content)
    except OSError as error:
        raise SaveError(
            f"{path}: not saved: {error.strerror or error}; free some room there or choose another folder"
        ) from error


# --- reading ---------------------------------------------------------------------------------------------------
def read(path: Path) -> tuple[Meta, bytes]:
    """What the save is, and the bytes of its state, not yet checked against a scenario. SaveError if it is no save."""
    content = read_bounded(path, 2 * PART_LIMIT)
    if content[: len(MAGIC)] != MAGIC:
        raise SaveError(f"{path}: not a saved game; choose a file that the game saved ({SUFFIX})")
    first = _HEADER.size + _DIGEST_BYTES
    if len(content) < first:
        raise _damaged(path, "it ends too early")
    _, version, meta_packed, meta_bytes, state_packed, state_bytes = _HEADER.unpack_from(content)
    check_format(path, version, SAVE_FORMAT, SAVE_MIGRATIONS)
    if len(content) != first + meta_packed + state_packed:
        raise _damaged(path, "its length is wrong")
    digest = hashlib.sha256(content[: _HEADER.size] + content[first:]).digest()
    if digest != content[_HEADER.size : first]:
        raise _damaged(path, "its checksum is wrong")
    body = _inflate(path, content[first : first + meta_packed], meta_bytes)
    snapshot = _inflate(path, content[first + meta_packed :], state_bytes)
    try:
        return Meta.model_validate_json(_brought_up(body, version)), snapshot
    except (ValidationError, ValueError, KeyError, RecursionError) as error:
        raise _damaged(path, f"it does not hold a game ({_first_fault(error)})") from error


def check_format(path: Path, format_: int, latest: int, steps: Container[int]) -> None:
    """SaveError unless this program can read a file of format `format_`, as it is or by the `steps` of migration."""
    if format_ > latest:
        raise SaveError(
            f"{path}: saved in format {format_}, this program reads up to format {latest}; load it with a newer game"
        )
    if format_ < latest and format_ not in steps:
        raise _damaged(path, f"there never was a format {format_}")


def read_bounded(path: Path, limit: int) -> bytes:
    """The content of a plain file of at most `limit` bytes. SaveError if there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SaveError(f"{path}: not a file; choose a file that the game saved")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SaveError(f"{path}: cannot be read: {cause}; choose another save") from error
    if len(content) > limit:
        raise _damaged(path, "it is too large")
    return content


def restore(path: Path, meta: Meta, snapshot: bytes, scenario: Scenario) -> State:
    """The state of a save, checked against the scenario. SaveError if they do not go together."""
    check_same_game(path, meta.scenario, meta.scenario_hash, scenario)
    if meta.layout != layout_digest():
        raise SaveError(
            f"{path}: saved by version {meta.program} of the game, which laid its state out otherwise; "
            f"load it with version {meta.program}, or start anew"
        )
    setting = scenario.setting
    sides = [side.id for side in setting.sides]
    if meta.side is not None and meta.side not in sides:
        raise _damaged(path, f"there is no side '{meta.side}'")
    try:
        state = State(scenario.initial.sizes, np.frombuffer(bytearray(snapshot), np.uint8))
    except ValueError as error:
        raise _damaged(path, "its state has the wrong size") from error
    fault = unsound(setting, state.tables, meta.seed, meta.turn) or wrong_choice(scenario, state.tables)
    if fault:
        raise _damaged(path, fault)
    if len(meta.orders) != meta.turn:
        raise _damaged(path, f"it has orders of {len(meta.orders)} turns, not of {meta.turn}")
    for orders in (*meta.orders, {} if meta.side is None else {meta.side: meta.planned}):
        check_orders(path, orders, scenario)
    _check_tracker(path, meta, scenario)
    return state


def check_same_game(path: Path, id_: str, hash_: str, scenario: Scenario) -> None:
    """SaveError if the file was made with another scenario than this, or with other content of it."""
    if id_ != scenario.id:
        raise SaveError(f"{path}: a game of '{id_}', not of '{scenario.id}'; open it with its own scenario")
    if hash_ != scenario.hash:
        raise SaveError(
            f"{path}: scenario '{id_}' in {scenario.folder} has changed since: it was {hash_[:12]}, "
            f"it is {scenario.hash[:12]}; bring back the scenario's files of then, or start anew"
        )


def check_orders(path: Path, orders: dict[str, OrdersData], scenario: Scenario) -> None:
    """SaveError if orders of a turn, by side, cannot be put to a game of this scenario.

    Whether they may be given is for the game to say, which refuses an order to a force or hex that is not there.
    """
    sides = {side.id for side in scenario.setting.sides}
    for side, given in orders.items():
        if side not in sides:
            raise _damaged(path, f"there is no side '{side}'")
        for row in given.forces:
            if len(row) != O.COLUMNS:
                raise _damaged(path, f"an order has {len(row)} numbers, not {O.COLUMNS}")
            if row[O.KIND] not in _ORDERS or row[O.REASON] not in _REASONS:
                raise _damaged(path, f"there can be no order {row}")
        for row in given.acts:
            if len(row) != T.COLUMNS:
                raise _damaged(path, f"an act has {len(row)} numbers, not {T.COLUMNS}")
            if row[T.KIND] not in _ACTS or row[T.REASON] not in _REASONS:
                raise _damaged(path, f"there can be no act {row}")


_ORDERS = frozenset(int(order) for order in Order)
_ACTS = frozenset(int(act) for act in Act)
_REASONS = frozenset(int(reason) for reason in Reason)


def orders_of(data: dict[str, OrdersData]) -> dict[str, Orders]:
    """Orders of a turn out of their saved form."""
    return {side: given.orders() for side, given in data.items()}


def _check_tracker(path: Path, meta: Meta, scenario: Scenario) -> None:
    tracker, n = meta.tracker, len(metrics(scenario))
    if not len(tracker.since) == len(tracker.reached) == len(tracker.figure) == n:
        raise _damaged(path, "its measurements are of other milestones and objectives")
    last_hour = scenario.setting.turns * scenario.setting.days_per_turn * 24
    if not all(-1 <= hour <= last_hour for hour in (*tracker.since, *tracker.reached)):
        raise _damaged(path, "its measurements are of no date of the game")
    factions = len(scenario.setting.factions)
    whole = tuple(tracker.series) == SERIES and all(
        len(rows) == meta.turn and all(len(row) == factions for row in rows) for rows in tracker.series.values()
    )
    if not whole:
        raise _damaged(path, "its series are incomplete")


def _inflate(path: Path, packed: bytes, size: int) -> bytes:
    if size > PART_LIMIT:
        raise _damaged(path, "it is too large")
    inflater = zlib.decompressobj()
    try:
        out = inflater.decompress(packed, size + 1)
    except zlib.error as error:
        raise _damaged(path, "it cannot be unpacked") from error
    if len(out) != size or not inflater.eof or inflater.unused_data:
        raise _damaged(path, "its parts have the wrong length")
    return out


def _brought_up(body: bytes, format_: int) -> bytes:
    if format_ == SAVE_FORMAT:
        return body
    return json.dumps(migrated(json.loads(body), format_, SAVE_FORMAT, SAVE_MIGRATIONS)).encode()


def _first_fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}".strip(": ")
    return str(error)


def _damaged(path: Path, cause: str) -> SaveError:
    return SaveError(f"{path}: the file is damaged: {cause}; use another save")
