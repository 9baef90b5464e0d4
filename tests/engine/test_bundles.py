"""Bundles: what compiled rules are handed by one address is what uncompiled ones are handed (DESIGN.md, the core)."""

from __future__ import annotations

import copy
import pickle
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from game.core.bundles import bundle, words_of
from game.core.kernels import COMPILED, kernel, plain
from game.core.state import Sizes, State


@bundle
class Inner(NamedTuple):
    """A bundle in a bundle."""

    share: float
    row: npt.NDArray[np.float64]


@bundle
class Outer(NamedTuple):
    """One of every kind of field."""

    whole: int
    table: npt.NDArray[np.int64]
    inner: Inner
    small: npt.NDArray[np.int8]


@kernel
def add_up(o: Outer) -> float:
    """Something of every field, and a change."""
    o.table[1, 2] += 5
    total = o.whole + o.inner.share * o.inner.row.shape[0] + o.small[-1]
    for k in range(o.table.shape[1]):
        total += o.table[1, k] * o.inner.row[k]
    return total


def outer() -> Outer:
    return Outer(
        7, np.arange(12).reshape(3, 4), Inner(0.25, np.array([1.0, 2.0, 3.0, 4.0])), np.array([1, -3], np.int8)
    )


def test_compiled_rules_read_and_write_what_the_bundle_holds() -> None:
    ours, theirs = outer(), outer()
    assert add_up(ours) == plain(add_up)(theirs) == 7 + 1.0 - 3 + 4 * 1 + 5 * 2 + 11 * 3 + 7 * 4
    assert np.array_equal(ours.table, theirs.table)
    assert ours.table[1, 2] == 11


def test_words_say_where_arrays_lie_how_long_they_are_and_what_numbers_are() -> None:
    o = outer()
    words = words_of(o)
    assert o.words.tolist() == words
    assert words[0] == 7
    assert words[1:7] == [o.table.ctypes.data, 12, 3, 4, 32, 8]
    assert np.int64(words[7]).view(np.float64) == 0.25


def test_a_state_says_of_its_tables_what_they_would_find_out() -> None:
    state = State(Sizes(hexes=5, forces=3, factions=2, depots=1, events=0, movements=2, camps=1))
    assert state.tables.words.tolist() == words_of(state.tables)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda o: pickle.loads(pickle.dumps(o))])
def test_a_copy_finds_its_own_words(again: object) -> None:
    o = outer()
    assert o.address
    assert callable(again)
    other = again(o)
    assert other.address != o.address
    assert other.words.tolist() == words_of(other)
    assert o._replace(whole=8).words[0] == 8


@pytest.mark.skipif(not COMPILED, reason="uncompiled rules take any array")
def test_a_field_of_another_type_is_refused_instead_of_misread() -> None:
    assert outer().address
    wrong = outer()._replace(small=np.array([1, 2], np.int64))
    with pytest.raises(TypeError, match="Outer: other types of arrays than before in small"):
        add_up(wrong)
