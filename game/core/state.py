"""The state of a game: a struct of arrays in one flat buffer, so that copying a world is one memcpy.

`Tables` are the views that rules work on: a NamedTuple of arrays, which compiled and uncompiled kernels take alike.
Column numbers are in `game.core.columns`.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from math import prod
from sys import getrefcount
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.bundles import array_words, bundle
from game.core.columns import bond, camp, clock, depot, faction, force, harm, peace, policy, sighting, treaty
from game.core.columns import hex as hex_columns


@bundle
class Tables(NamedTuple):
    """Everything that changes in a game. Field-major: `force_i[MEN]` is the column of all forces' men."""

    clock: npt.NDArray[np.int64]
    """[clock.INTS]"""
    force_i: npt.NDArray[np.int64]
    """[force.INTS, forces]"""
    force_f: npt.NDArray[np.float64]
    """[force.REALS, forces]"""
    hex_i: npt.NDArray[np.int64]
    """[hex.INTS, hexes]"""
    hex_f: npt.NDArray[np.float64]
    """[hex.REALS, hexes]"""
    faction_i: npt.NDArray[np.int64]
    """[faction.INTS, factions]"""
    faction_f: npt.NDArray[np.float64]
    """[faction.REALS, factions]"""
    stance: npt.NDArray[np.int8]
    """[factions, factions] ids.Stance of the row's faction towards the column's; symmetric."""
    relation: npt.NDArray[np.float64]
    """[factions, factions] -100 (enmity) .. 100 (alliance); symmetric: the bounded sum of its bonds."""
    bond: npt.NDArray[np.float64]
    """[bond.ROWS, factions, factions] what makes relations, points; symmetric."""
    support: npt.NDArray[np.float64]
    """[movements, hexes] share of the people who prefer each movement, 0..1; the rest prefers none."""
    camp_i: npt.NDArray[np.int64]
    """[camp.INTS, camps]"""
    camp_f: npt.NDArray[np.float64]
    """[camp.REALS, camps]"""
    harm: npt.NDArray[np.int64]
    """[harm.CAUSES, harm.FIGURES] people."""
    policy: npt.NDArray[np.float64]
    """[policy.POLICIES, factions]"""
    aid: npt.NDArray[np.float64]
    """[donors, recipients] US$ m a year that the row's faction gives the column's."""
    sanction: npt.NDArray[np.int8]
    """[factions, factions] 1 where the row's faction does not trade with the column's."""
    recognised: npt.NDArray[np.int8]
    """[factions, factions] 1 where the row's faction recognises the column's as its country's government."""
    treaty: npt.NDArray[np.int64]
    """[treaty.INTS, treaty.ROWS] treaties and proposals."""
    peace: npt.NDArray[np.int64]
    """[peace.INTS] the peace process."""
    party: npt.NDArray[np.int64]
    """[peace.PARTY, factions] each faction's part in it."""
    depot_i: npt.NDArray[np.int64]
    """[depot.INTS, depots]"""
    event_hour: npt.NDArray[np.int64]
    """[events] hour at which each event last happened, or NEVER."""
    event_choice: npt.NDArray[np.int64]
    """[events] option taken of each decision, UNDECIDED before, OPEN while the faction asked has not answered."""
    seen: npt.NDArray[np.int64]
    """[factions, sighting.INTS, forces] last sighting of each force by each faction."""
    known_control: npt.NDArray[np.int8]
    """[factions, hexes] the faction that each faction last knew in control."""
    known_people: npt.NDArray[np.int32]
    """[factions, hexes] inhabitants of each hex as each faction last saw them, at first by the census."""
    in_sight: npt.NDArray[np.int8]
    """[factions, hexes] 1 where a faction sees the hex now."""


_ALIGNMENT = 8


class Sizes(NamedTuple):
    """How many rows each table has."""

    hexes: int
    forces: int
    factions: int
    depots: int
    events: int = 0
    movements: int = 0
    camps: int = 0


def _layout(sizes: Sizes) -> list[tuple[str, type[np.generic], tuple[int, ...]]]:
    hexes, forces, factions, depots, events, movements, camps = sizes
    return [
        ("clock", np.int64, (clock.INTS,)),
        ("force_i", np.int64, (force.INTS, forces)),
        ("force_f", np.float64, (force.REALS, forces)),
        ("hex_i", np.int64, (hex_columns.INTS, hexes)),
        ("hex_f", np.float64, (hex_columns.REALS, hexes)),
        ("faction_i", np.int64, (faction.INTS, factions)),
        ("faction_f", np.float64, (faction.REALS, factions)),
        ("stance", np.int8, (factions, factions)),
        ("relation", np.float64, (factions, factions)),
        ("bond", np.float64, (bond.ROWS, factions, factions)),
        ("support", np.float64, (movements, hexes)),
        ("camp_i", np.int64, (camp.INTS, camps)),
        ("camp_f", np.float64, (camp.REALS, camps)),
        ("harm", np.int64, (harm.CAUSES, harm.FIGURES)),
        ("policy", np.float64, (policy.POLICIES, factions)),
        ("aid", np.float64, (factions, factions)),
        ("sanction", np.int8, (factions, factions)),
        ("recognised", np.int8, (factions, factions)),
        ("treaty", np.int64, (treaty.INTS, treaty.ROWS)),
        ("peace", np.int64, (peace.INTS,)),
        ("party", np.int64, (peace.PARTY, factions)),
        ("depot_i", np.int64, (depot.INTS, depots)),
        ("event_hour", np.int64, (events,)),
        ("event_choice", np.int64, (events,)),
        ("seen", np.int64, (factions, sighting.INTS, forces)),
        ("known_control", np.int8, (factions, hexes)),
        ("known_people", np.int32, (factions, hexes)),
        ("in_sight", np.int8, (factions, hexes)),
    ]


@lru_cache(maxsize=64)
def _places(sizes: Sizes) -> tuple[list[tuple[tuple[int, ...], np.dtype[Any], int]], int]:
    """(shape, dtype, offset) of every table, and the bytes in all."""
    places, end = [], 0
    for _, kind, shape in _layout(sizes):
        dtype: np.dtype[Any] = np.dtype(kind)
        places.append((shape, dtype, end))
        end += -(-prod(shape) * dtype.itemsize // _ALIGNMENT) * _ALIGNMENT
    return places, end


@lru_cache(maxsize=64)
def _words(sizes: Sizes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The words of the tables of a state that lies at 0, and 1 for those that are addresses."""
    words: list[int] = []
    addresses = []
    for shape, dtype, offset in _places(sizes)[0]:
        addresses.append(len(words))
        steps = [dtype.itemsize * prod(shape[k + 1 :]) for k in range(len(shape))]
        words += array_words(offset, shape, tuple(steps))
    is_address = np.zeros(len(words), np.int64)
    is_address[addresses] = 1
    return np.array(words, np.int64), is_address


@lru_cache(maxsize=64)
def _parts_without(sizes: Sizes, tables: tuple[str, ...]) -> tuple[slice, ...]:
    """The bytes of a state but for those of some tables, in the fewest parts."""
    starts = [offset for _, _, offset in _places(sizes)[0]] + [_places(sizes)[1]]
    kept = [k for k, (name, _, _) in enumerate(_layout(sizes)) if name not in tables]
    firsts = [k for k in kept if k - 1 not in kept]
    lasts = [k for k in kept if k + 1 not in kept]
    return tuple(slice(starts[first], starts[last + 1]) for first, last in zip(firsts, lasts, strict=True))


class State:
    """One flat buffer and the tables that look into it."""

    __slots__ = ("buffer", "shown", "sizes", "tables")

    def __init__(self, sizes: Sizes, buffer: npt.NDArray[np.uint8] | None = None) -> None:
        """Zeroed state of the given sizes, or the state in `buffer` (not copied). ValueError if the size is wrong."""
        self.sizes = sizes
        self.shown = -1
        """Of a view's state: the set of factions whose knowledge it shows; -1: perhaps of all."""
        places, end = _places(sizes)
        if buffer is None:
            buffer = np.zeros(end, np.uint8)
        elif buffer.nbytes != end:
            raise ValueError(f"a state of sizes {tuple(sizes)} has {end} bytes, not {buffer.nbytes}")
        self.buffer = buffer
        self.tables = Tables(*[np.ndarray(shape, dtype, buffer, offset) for shape, dtype, offset in places])
        # what the tables would find out by themselves, in less time than it takes to look at each
        template, is_address = _words(sizes)
        words = template + is_address * buffer.__array_interface__["data"][0]
        vars(self.tables).update(words=words, address=words.__array_interface__["data"][0])

    def copy(self) -> State:
        """An independent copy."""
        return State(self.sizes, self.buffer.copy())

    def copy_into(self, other: State, but: tuple[str, ...]) -> None:
        """Make another state of the same sizes equal to this one, the tables named in `but` left as they are."""
        for part in _parts_without(self.sizes, but):
            other.buffer[part] = self.buffer[part]

    def hash(self) -> str:
        """SHA-256 of the buffer and its sizes, hex: equal exactly when two states are equal to the bit."""
        digest = hashlib.sha256(repr(tuple(self.sizes)).encode())
        digest.update(self.buffer.tobytes())
        return digest.hexdigest()


class Rooms:
    """Memory for states that are looked at and let go, used again when nobody holds them any more: their making would
    take longer than their filling. Safe to use from several threads."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes
        self._kept: list[State] = []
        self._holders = 0

    def room(self) -> State:
        """A state that nobody else holds, with anything in it."""
        with suppress(IndexError):
            state = self._kept.pop()
            if _holders(state) == self._holders:
                return state
        state = State(self._sizes)  # of zeros, because there is room between tables that nobody fills
        self._holders = _holders(state)
        return state

    def keep(self, state: State) -> None:
        """Keep a state from `room` for use after everybody who gets it has let it go."""
        self._kept.append(state)


def _holders(state: State) -> int:
    """How many references there are to a state, its tables and their memory."""
    return sum(map(getrefcount, (state, state.tables, state.buffer, *state.tables)))
