"""What saves and replays are compared by across versions of the game, and how older formats become the present one.

Three things are told apart. The *format* is how a file is laid out; an older one is migrated step by step, a later one
refused. The *layout* is what each number of a state's snapshot means; a snapshot of another layout cannot be read. The
*rules* are the code that plays a turn; under other rules a save still goes on, and a replay may end differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from game.core.columns import (
    act,
    bond,
    camp,
    clock,
    depot,
    faction,
    force,
    harm,
    order,
    peace,
    policy,
    sighting,
    treaty,
)
from game.core.columns import hex as hex_columns
from game.core.state import Sizes, State

Migration = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the content of one format into that of the next."""

SAVE_FORMAT = 4
REPLAY_FORMAT = 3

LAYOUT_OF_FORMAT_1 = "1b8284c3e2ec4872"
"""Format 1 did not note its layout: it never had another."""
UNKNOWN_RULES = ""
"""Rules of a file that does not note them, or of a game that was played under more than one version of them."""

_COLUMNS: tuple[ModuleType, ...] = (
    act, bond, camp, clock, depot, faction, force, harm, hex_columns, order, peace, policy, sighting, treaty,
)  # fmt: skip
_ROOMS_OF_RULES = ("core", "rules", "scenario", "engine")


@lru_cache(maxsize=1)
def layout_digest() -> str:
    """Digest of what snapshots and orders hold: tables, their types, and the columns by name and number."""
    tables = State(Sizes(1, 1, 1, 1, 1, 1, 1)).tables
    parts = [(name, str(table.dtype), table.shape) for name, table in tables._asdict().items()]
    columns = [
        (module.__name__.rpartition(".")[2], name, value)
        for module in _COLUMNS
        for name, value in sorted(vars(module).items())
        if name.isupper() and isinstance(value, int)
    ]
    return hashlib.sha256(repr((parts, columns)).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """Digest of the code that plays a turn."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in _ROOMS_OF_RULES:
        for path in sorted((package / room).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _save_2(data: dict[str, Any]) -> dict[str, Any]:
    """Saves note where their scenario lives, the layout of their snapshot, and the rules that they were played by."""
    return {**data, "place": "", "layout": LAYOUT_OF_FORMAT_1, "rules": UNKNOWN_RULES}


def _replay_2(data: dict[str, Any]) -> dict[str, Any]:
    """Replays note where their scenario lives, and the rules that they were played by."""
    return {**data, "place": "", "rules": UNKNOWN_RULES}


def _with_acts(data: dict[str, Any]) -> dict[str, Any]:
    """A turn's orders of a side are orders to forces, and acts."""
    turns = [{side: {"forces": rows, "acts": []} for side, rows in turn.items()} for turn in data["orders"]]
    return {**data, "orders": turns}


def _save_3(data: dict[str, Any]) -> dict[str, Any]:
    return {**_with_acts(data), "planned": {"forces": data["planned"], "acts": []}}


def _save_4(data: dict[str, Any]) -> dict[str, Any]:
    """Saves note which game they are of; older ones of one scenario, seed and side count as one game."""
    told = repr((data["scenario_hash"], data["seed"], data["side"])).encode()
    return {**data, "game": hashlib.sha256(told).hexdigest()[:12]}


SAVE_MIGRATIONS: Mapping[int, Migration] = {1: _save_2, 2: _save_3, 3: _save_4}
"""Format -> what turns it into the next."""
REPLAY_MIGRATIONS: Mapping[int, Migration] = {1: _replay_2, 2: _with_acts}


def migrated(data: dict[str, Any], format_: int, latest: int, steps: Mapping[int, Migration]) -> dict[str, Any]:
    """Content of format `format_` as that of format `latest`. KeyError for a format that no step begins with."""
    for step in range(format_, latest):
        data = steps[step](data)
    return data
