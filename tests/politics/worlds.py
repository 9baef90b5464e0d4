"""Small worlds in which leaders fall out and wars are settled."""

from __future__ import annotations

from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np

from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import Life, Stance, Status
from game.core.setting import PeaceTerms, Splits
from game.engine.world import World
from game.rules.unity import CAUSES
from tests.builders import force, small_game, standard_ruleset

HEXES = 108
MISSION = 3


def quick_game(*given: Any, **more: Any) -> World:
    """`small_game` without the first day's reconnaissance, which rules of a month do not read."""
    with patch("game.engine.world.look", lambda *_: None):
        return small_game(*given, **more)


def anew(world: World, seed: int) -> World:
    """The game again from its first day, with another seed: its setting is shared, so leave that alone."""
    again = world.copy()
    again.tables.clock[C.SEED] = seed
    again.work.written[0] = 0
    return again


def splits(region: Any, war: int = 1, weight: float = 1.0) -> Splits:
    """Faction 0 may break along group 1, in the hexes of `region`; faction 2 comes of it."""
    inside = np.zeros((1, HEXES), np.int8)
    inside[0, region] = 1
    return Splits(
        parent=np.array([0]), child=np.array([2]), war=np.array([war], np.int8),
        command=np.array([[0, 1]], np.int8), region=inside, pull=np.ones((1, CAUSES)),
        purged=np.array([0]), purge=np.array([[0.0, 24.0 * 3650, weight]]),
    )  # fmt: skip


def divided(*, seed: int = 1, war: int = 1, mixed: bool = False, weight: float = 1.0, **rules: float) -> World:
    """Faction 0 with a regional command (group 1) in the west, purged and ready to break; faction 1 its enemy."""
    return anew(_divided(war, mixed, weight, tuple(sorted(rules.items()))), seed)


@cache
def _divided(war: int, mixed: bool, weight: float, rules: tuple[tuple[str, float], ...]) -> World:
    west = [h for h in range(HEXES) if h % 12 < 5]
    world = quick_game(
        [
            force(0, 26, men=4000, group=1, base=26),
            force(0, 50, men=3000, group=1, base=50),
            force(0, 30, men=5000, base=30),
            force(0, 26 if mixed else 55, men=2000, base=55),
            force(1, 107, men=3000),
        ],
        factions=3, turns=60, days_per_turn=10.0, impulses=2, people=1000, splits=splits(west, war, weight),
        control=np.where(np.arange(HEXES) % 12 < 8, 0, 1),
        rules=standard_ruleset(**{"fracture__split_hazard": 2.0} | dict(rules)),
    )  # fmt: skip
    t = world.tables
    t.faction_i[A.LIFE, 2] = Life.LATENT
    t.stance[2, :2] = t.stance[:2, 2] = Stance.NEUTRAL
    t.faction_i[[A.STRAGGLERS, A.HOSPITAL, A.MANPOWER, A.KITS], 0] = (700, 70, 210, 350)
    t.faction_i[A.START, 0] += 770
    t.support[0] = 0.5
    return world


def stalemate(*, seed: int = 1, **rules: float) -> World:
    """Three weary parties and a mission that waits to be asked."""
    return anew(_stalemate(tuple(sorted(rules.items()))), seed)


@cache
def _stalemate(rules: tuple[tuple[str, float], ...]) -> World:
    terms = PeaceTerms("Land", (0, 1, 2), (0, 1), (), MISSION, "the Council", ("Jakarta", "Paris"), 120)
    world = quick_game(
        [
            force(0, 20, men=9000),
            force(1, 60, men=5000),
            force(2, 80, men=3000),
            force(MISSION, 40, men=2000, status=Status.PENDING, arrives=F.UNRAISED),
        ],
        factions=4, turns=100, days_per_turn=30.0, impulses=3, people=20_000, peace=terms,
        depots=[(20, 0, 10**8), (60, 1, 10**8), (80, 2, 10**8)], value=np.isin(np.arange(HEXES), (20, 60, 80)) * 5.0,
        control=np.where(np.arange(HEXES) < 54, 0, np.where(np.arange(HEXES) < 75, 1, 2)),
        rules=standard_ruleset(**{"peace__talks_hazard": 1.0, "peace__round_chance": 1.0} | dict(rules)),
    )  # fmt: skip
    t = world.tables
    t.force_i[F.MEN, 3] = 0
    t.faction_i[A.START, MISSION] = 0
    t.faction_i[A.LIFE, MISSION] = Life.LATENT
    t.stance[MISSION, :] = t.stance[:, MISSION] = Stance.NEUTRAL
    world.setting.cast.movement[MISSION] = -1
    t.support[:3] = np.array([[0.4], [0.25], [0.3]])
    t.support[3] = 0.0
    t.faction_f[A.WEARINESS, :3] = 90.0
    return world


def books(world: World) -> list[int]:
    """Of every faction: men there were less men accounted for. All are 0."""
    t = world.tables
    out = []
    for a in range(t.faction_i.shape[1]):
        own = (t.force_i[F.FACTION] == a) & (t.force_i[F.STATUS] != Status.GONE)
        gone = (
            A.KILLED, A.CAPTURED, A.DESERTED, A.SICK, A.HOSPITAL, A.STRAGGLERS, A.DEFECTED_OUT, A.DEMOBILISED,
            A.DIED_IN_RANKS,
        )  # fmt: skip
        there = int(t.force_i[F.MEN][own].sum()) + int(t.faction_i[list(gone), a].sum())
        out.append(int(t.faction_i[[A.START, A.RECRUITED, A.DEFECTED_IN], a].sum()) - there)
    return out


def sound(world: World) -> list[str]:
    """What is wrong with who holds and commands what; empty if nothing is."""
    t = world.tables
    found = []
    for h, a in enumerate(t.hex_i[H.CONTROL].tolist()):
        if a >= 0 and t.faction_i[A.LIFE, a] != Life.ACTIVE:
            found.append(f"hex {h} is held by faction {a}, which is no actor")
    in_play = (t.force_i[F.STATUS] >= Status.ACTIVE) & (t.force_i[F.STATUS] <= Status.BANDS)
    for f in in_play.nonzero()[0].tolist():
        a = int(t.force_i[F.FACTION, f])
        if t.faction_i[A.LIFE, a] != Life.ACTIVE:
            found.append(f"force {f} belongs to faction {a}, which is no actor")
        if t.faction_i[A.SIDE, a] < 0:
            found.append(f"nobody commands force {f}")
    if not (t.stance == t.stance.T).all() or not np.allclose(t.relation, t.relation.T):
        found.append("stances or relations are not symmetric")
    if (t.support < -1e-9).any() or (t.support.sum(axis=0) > 1.0 + 1e-9).any():
        found.append("support is no share")
    return found
