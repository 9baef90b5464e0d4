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

if TYPE_CHECKING:
    from game.core.state import Tables
    from game.engine.world import World

TURN_FIELDS = ("men", "bands", "dead", "captured", "deserted", "stragglers", "fled", "will_hundredths", "held_value")
"""Second axis of a turn's sample, in this order; see game.results.tables for units."""


@dataclass(frozen=True)
class RunError:
    """Why a run has no outcome."""

    type: str
    message: str
    """One line."""

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
    """End of each turn."""
    samples: npt.NDArray[np.int64] | None = None
    """[turns, factions, TURN_FIELDS]."""

    def as_dict(self) -> dict[str, object]:
        """The object that `simulate --json` prints for a run."""
        return {
            "seed": self.seed,
            "state_hash": self.state_hash,
            "turns": self.turns,
            "cpu_s": round(self.cpu_s, 4),
            "result": {name: vars(outcome) for name, outcome in self.result.items()},
            "error": None if self.error is None else str(self.error),
            "milestones": {name: plain(value) for name, value in self.milestones.items()},
        }


def plain(value: date | float | None) -> str | float | None:
    """A milestone's value as JSON has it: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def men_under_arms(tables: Tables) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Men in play of each faction, and of these the men in bands: two int64 [factions]."""
    status, owner = tables.force_i[force.STATUS], tables.force_i[force.FACTION]
    men = tables.force_i[force.MEN].astype(np.int64)
    counts = []
    for in_play in ((status >= Status.ACTIVE) & (status <= Status.BANDS), status == Status.BANDS):
        total = np.zeros(tables.faction_i.shape[1], np.int64)
        np.add.at(total, owner[in_play], men[in_play])
        counts.append(total)
    return counts[0], counts[1]


def sample(tables: Tables) -> npt.NDArray[np.int64]:
    """The state of all factions as one turn's rows: int64 [factions, TURN_FIELDS]."""
    men, bands = men_under_arms(tables)
    counts, reals = tables.faction_i, tables.faction_f
    return np.stack(
        [
            men,
            bands,
            counts[account.KILLED],
            counts[account.CAPTURED],
            counts[account.DESERTED],
            counts[account.STRAGGLERS],
            counts[account.FLED],
            np.round(reals[account.WILL] * 100).astype(np.int64),
            np.round(reals[account.LAND_VALUE]).astype(np.int64),
        ],
        axis=1,
    )


def result_of(
    world: World,
    run: int,
    cpu_s: float,
    dates: tuple[date, ...] = (),
    samples: npt.NDArray[np.int64] | None = None,
) -> RunResult:
    """What is kept of a finished world. `dates` and `samples`: of each turn, if they were taken."""
    return RunResult(
        run=run,
        seed=world.seed,
        cpu_s=cpu_s,
        state_hash=world.state_hash(),
        turns=world.turn,
        end=world.date,
        result=_faction_results(world),
        milestones=dict(world.milestones()),
        dates=dates,
        samples=samples,
    )


def _faction_results(world: World) -> dict[str, FactionResult]:
    setting, tables = world.setting, world.tables
    men, bands = men_under_arms(tables)
    found = {}
    for row, actor in enumerate(setting.factions):
        counts = tables.faction_i[:, row]
        side_row = int(counts[account.SIDE])
        side = None if side_row == NO_FACTION else setting.sides[side_row].id
        outcome = None if side is None else world.outcome.results.get(side)
        found[actor.id] = FactionResult(
            side=side,
            level=None if outcome is None else outcome.level,
            share=None if outcome is None else outcome.share,
            reason=None if outcome is None else outcome.reason,
            men=int(men[row]),
            bands=int(bands[row]),
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
