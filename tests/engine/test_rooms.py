"""Memory of views is used again, but never while anybody holds a part of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from game.core.columns import force as F
from game.core.view import View
from game.engine.world import World
from tests.builders import force, small_game


@pytest.fixture
def world() -> World:
    return small_game([force(0, 10, 3000), force(1, 40, 3000)])


def memory(view: View) -> int:
    address: int = view.state.buffer.__array_interface__["data"][0]
    return address


def test_the_memory_of_a_view_that_was_let_go_is_used_again(world: World) -> None:
    first = memory(world.view("s0"))
    assert memory(world.view("s1")) == first
    assert memory(world.view("s0")) == first


@pytest.mark.parametrize(
    "part",
    [
        lambda view: view,
        lambda view: view.state,
        lambda view: view.tables,
        lambda view: view.tables.force_i,
        lambda view: view.tables.force_i[F.MEN],
        lambda view: view.tables.in_sight[0][3:],
        lambda view: view.state.buffer,
    ],
)
def test_what_anybody_holds_of_a_view_never_changes(world: World, part: Callable[[View], Any]) -> None:
    held_view = world.view("s0")
    first = memory(held_view)
    held = part(held_view)
    before = held_view.state.buffer.copy()
    del held_view
    assert memory(world.view("s1")) != first
    if isinstance(held, np.ndarray):
        owner = held if held.base is None else held.base
        assert np.array_equal(owner, before)


def test_a_view_in_used_memory_is_the_same_as_in_new(world: World) -> None:
    new = world.copy().view("s1").state.buffer.copy()
    world.view("s0")
    assert np.array_equal(world.view("s1").state.buffer, new)
