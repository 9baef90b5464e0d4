"""A dozen games of the Christmas invasion: wide margins, so that a change that spoils the war is seen at once."""

from __future__ import annotations

from functools import cache

import numpy as np

from game.engine.world import World
from tests.scenarios_played.playing import as_number, play, playable

TOWNS = ("ci02", "ci01", "ci06", "ci07")
"""Kratie, Phnom Penh, Kampong Som, Battambang, in the order in which they fell."""


@cache
def games() -> tuple[World, ...]:
    return tuple(play(playable(), seed) for seed in range(12))


def medians() -> list[float]:
    """Days after 25 December 1978."""
    return [float(np.median([as_number(w.milestones()[town], playable()) for w in games()])) for town in TOWNS]


def test_the_towns_fall_within_a_week_or_so_of_their_days() -> None:
    for found, history, margin in zip(medians(), (5, 13, 16, 18), (6, 5, 7, 13), strict=True):
        assert abs(found - history) <= margin


def test_the_medians_are_in_the_order_of_history() -> None:
    assert medians() == sorted(medians())


def test_the_beaten_army_survives_and_is_not_whole() -> None:
    assert 15_000 <= float(np.median([w.milestones()["ci09"] for w in games()])) <= 40_000  # type: ignore[type-var]
