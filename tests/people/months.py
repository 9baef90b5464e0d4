"""Months of a small world, without the war between them."""

from __future__ import annotations

from typing import Any
from unittest import mock

import numpy as np

from game.core.columns import clock as C
from game.core.ids import Season
from game.core.kernels import plain
from game.engine.world import World
from game.rules.camps import shelter
from game.rules.harm import labour
from game.rules.harvest import harvest
from game.rules.security import secure
from game.rules.support import sway
from tests.builders import small_game

DAYS = 30.0
RULES = (secure, harvest, labour, shelter, sway)
"""The rules of a month about people, in the order of play."""


SOME = np.isin(np.arange(108), [18, 19, 20, 28, 29, 30, 49, 50, 51, 52, 54, 62, 63, 70, 80, 81]).astype(np.int8)
"""A country of a few hexes among the 108."""


class NoWays:
    """Stands for the routes of a game in which nobody marches: to find them takes most of the making of a game."""

    steps = np.zeros((0, 0, 0, 0))
    haul_steps = np.zeros((0, 0))

    def __init__(self, setting: Any) -> None:
        self.setting = setting


def country(forces: list[dict[str, Any]] = (), **more: Any) -> World:
    """Two movements, f0 and f1, at war in a country of 108 hexes with 20,000 people each, controlled by f0."""
    with mock.patch("tests.builders.Routes", NoWays):
        return small_game(list(forces), **{"people": 20_000, "control": 0} | more)


def month(world: World, number: int = 2, times: int = 1, year: int = 1979) -> list[list[int]]:
    """Play the rules of `times` months, the first being month `number` of the year; returns their records."""
    t, x, rows = world.tables, world.work, []
    for _ in range(times):
        t.clock[C.HOUR] += int(DAYS * 24)
        x.written[0] = 0
        when = {"month": (number - 1) % 12 + 1, "year": year + (number - 1) // 12}
        now = world.now._replace(hour=world.hour, days=DAYS, season=int(Season.DRY), **when)
        for rule in RULES:
            plain(rule)(t, world.setting.ground, world.setting.cast, x, world.setting.ruleset, now)
        rows += x.records[: x.written[0]].tolist()
        number += 1
    return rows
