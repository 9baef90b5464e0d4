"""What is kept of one run: the outcome of every faction, the milestones, the account of men, and a row a turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.core.columns import faction as account
from game.core.columns import force
from game.core.ids import NO_FACTION, Status
from game.engine.counts import men_under_arms

if TYPE_CHECKING:
    from game.engine.world import World


@dataclass(frozen=True)
class RunError:
    """Why a run has no outcome."""

    type: str
    message: str
    """One line."""
    traceback: str = ""
    """Where it happened, as Python tells it; nothing if that is not known."""

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type


@dataclass(frozen=True)
class FactionResult:
    """How a run ended for one faction. Level, share and reason are those of the side that commands it."""

    side: str | None
    level: str | None
    share: float | None
    """Of the side's points, 0..1."""
    reason: str | None
    men: int
    """Under arms at the end, bands included, stragglers not."""
    bands: int
    """Of these, in bands."""
    start: int
    recruited: int
    dead: int
    captured: int
    deserted: int
    sick: int
    hospital: int
    stragglers: int
    tanks_lost: int
    guns_lost: int
    will: float
    """Political will, 0..100."""
    civilian_dead_low: int
    """Civilian dead in the fighting that it took part in: low estimate."""
    civilian_dead_high: int
    fled: int
    """Civilians displaced by that fighting."""


@dataclass(frozen=True)
class RunResult:
    """One run. A run that failed has an error, and no hash, results or milestones."""

    run: int
    """Number in the sweep, from 0."""
    seed: int
    cpu_s: float
    state_hash: str | None = None
    turns: int = 0
    end: date | None = None
    result: dict[str, FactionResult] = field(default_factory=dict)
    """By faction id, in the scenario's order."""
    milestones: dict[str, date | float | None] = field(default_factory=dict)
    """By id, in the scenario's order; None: did not happen, or has no value."""
    error: RunError | None = None
    dates: tuple[date, ...] = ()
    """End of each turn; empty if the turns were not kept."""
    series: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)
    """By name as in `World.history`: [turns, factions]."""

    def as_dict(self) -> dict[str, object]:
        """The object that `simulate --json` prints for a run."""
        return {
            "seed": self.seed,
            "state_hash": self.state_hash,
            "turns": self.turns,
            "cpu_s": round(self.cpu_s, 4),
            "result": {name: vars(outcome) for name, outcome in self.result.items()},
            "error": None if self.error is None else str(self.error),
            "traceback": None if self.error is None else self.error.traceback,
            "milestones": {name: plain(value) for name, value in self.milestones.items()},
        }


def plain(value: date | float | None) -> str | float | None:
    """A milestone's value as JSON has it: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def result_of(world: World, run: int = 0, cpu_s: float = 0.0, turns: bool = True) -> RunResult:
    """What is kept of a world; `turns`: also a row of every series for each turn."""
    setting = world.setting
    hours_per_turn = world.hour // world.turn if world.turn else 0
    dates = tuple(setting.date_of(hours_per_turn * (k + 1)) for k in range(world.turn))
    shape = (world.turn, len(setting.factions))
    return RunResult(
        run=run,
        seed=world.seed,
        cpu_s=cpu_s,
        state_hash=world.state_hash(),
        turns=world.turn,
        end=world.date,
        result=_faction_results(world),
        milestones=dict(world.milestones()),
        dates=dates if turns else (),
        series={k: np.array(v, np.float64).reshape(shape) for k, v in world.history.items()} if turns else {},
    )


def _faction_results(world: World) -> dict[str, FactionResult]:
    setting, tables = world.setting, world.tables
    results = world.outcome.results
    in_bands = tables.force_i[force.STATUS] == Status.BANDS
    found = {}
    for row, actor in enumerate(setting.factions):
        counts = tables.faction_i[:, row]
        side_row = int(counts[account.SIDE])
        side = None if side_row == NO_FACTION else setting.sides[side_row].id
        outcome = None if side is None else results[side]
        found[actor.id] = FactionResult(
            side=side,
            level=None if outcome is None else outcome.level,
            share=None if outcome is None else outcome.share,
            reason=None if outcome is None else outcome.reason,
            men=men_under_arms(tables, (row,)),
            bands=int(tables.force_i[force.MEN][in_bands & (tables.force_i[force.FACTION] == row)].sum()),
            start=int(counts[account.START]),
            recruited=int(counts[account.RECRUITED]),
            dead=int(counts[account.KILLED]),
            captured=int(counts[account.CAPTURED]),
            deserted=int(counts[account.DESERTED]),
            sick=int(counts[account.SICK]),
            hospital=int(counts[account.HOSPITAL]),
            stragglers=int(counts[account.STRAGGLERS]),
            tanks_lost=int(counts[account.TANKS_LOST]),
            guns_lost=int(counts[account.GUNS_LOST]),
            will=float(tables.faction_f[account.WILL, row]),
            civilian_dead_low=int(counts[account.CIVIL_DEAD_LOW]),
            civilian_dead_high=int(counts[account.CIVIL_DEAD_HIGH]),
            fled=int(counts[account.FLED]),
        )
    return found
