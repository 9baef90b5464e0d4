"""A scenario as the program holds it: what the files say, checked and resolved to rows and hexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from game.core.ids import FactionId, HexIndex, Stance
from game.core.setting import Setting
from game.core.state import State
from game.scenario.conditions import Condition


class MetricKind(Enum):
    """What can be measured in a game; milestones and objectives share these."""

    CONTROL_DATE = "control_date"
    """First date on which `subjects` control `hex` and keep it for `days` days."""
    LOSS_DATE = "loss_date"
    """First date on which `subjects` no longer control `hex` after having held it."""
    HOLDS = "holds"
    """Whether `subjects` control `hex` on `at` (or at the end)."""
    HELD_SHARE = "held_share"
    """Share (0..1) of the places' value in `country` that `subjects` control on `at`."""
    STRENGTH_AT = "strength_at"
    """Men of `subjects` under arms on `at`, bands included, stragglers not."""
    MEN_COMMITTED = "men_committed"
    """Largest number of men of `subjects` at one time inside `country` or in battle."""
    ENTERS = "enters"
    """Date on which a formed force of `subjects` of at least `men` men first enters `country`."""
    MILITARY_LOSSES = "military_losses"
    """Dead of `subjects` over the game."""
    DISPLACED = "displaced"
    """Civilians displaced so far, whole map: a check of honesty, never an objective."""


@dataclass(frozen=True)
class Metric:
    """One measurement."""

    kind: MetricKind
    subjects: tuple[FactionId, ...]
    hex: HexIndex
    """OFF_MAP if the metric has no place."""
    country: str
    """Country of the map; empty if the metric has none."""
    at: date | None
    days: float = 3.0
    men: int = 500


@dataclass(frozen=True)
class Milestone:
    """A dated or counted fact of history, to be compared with runs."""

    id: str
    title: str
    metric: Metric
    never: bool
    """True if history's value is the share of runs in which the thing does NOT happen."""
    value: date | float
    low: date | float
    high: date | float
    unit: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Objective:
    """What a side plays for. `points` count when the measurement meets the bounds."""

    id: str
    side: int
    title: str
    metric: Metric
    points: float
    by: date | None = None
    """For dates: on or before."""
    at_least: float | None = None
    at_most: float | None = None
    never: bool = False
    """Met when the thing does not happen."""


@dataclass(frozen=True)
class VictoryLevel:
    """A level of victory: `share` of the side's points reaches it."""

    title: str
    share: float


@dataclass(frozen=True)
class Effect:
    """One thing that an event does. Only these fields exist: no event can hand over a place."""

    relation: tuple[FactionId, FactionId, float] | None = None
    """Sets relations of two factions to a value, -100..100."""
    stance: tuple[FactionId, FactionId, Stance] | None = None
    will: tuple[FactionId, float] | None = None
    """Adds points of political will."""
    inflow: tuple[int, int] | None = None
    """Depot row and its new inflow, kg a day."""
    lift: tuple[FactionId, float] | None = None
    """Factor on a faction's road transport."""


@dataclass(frozen=True)
class Event:
    """Something that happens on its day, or when the world makes it happen."""

    id: str
    on: date | None
    """The day; with a condition, the first day on which it may happen. None: any day."""
    title: str
    text: str
    kind: str
    sensitive: bool
    """Atrocity or famine text: shown behind one click if the player wishes."""
    effects: tuple[Effect, ...]
    sources: tuple[str, ...]
    why: str = ""
    """The reason recorded with changed relations."""
    when: Condition | None = None
    """What must hold for it to happen; None: nothing but the day."""
    chance: float = 1.0
    """Chance a day that it happens while it can."""
    again_after: float | None = None
    """Days after which it may happen again; None: it happens once."""


@dataclass(frozen=True)
class Founding:
    """How a latent faction comes to life."""

    faction: FactionId
    when: Condition
    sponsor: FactionId
    """NO_FACTION: nobody helps."""
    camps: bool
    land: bool


@dataclass(frozen=True)
class Scenario:
    """A checked scenario, ready to start."""

    id: str
    title: str
    summary: str
    briefing: str
    content_note: str
    start: date
    end: date
    setting: Setting
    initial: State
    """State at hour 0 with seed 0; starting a game copies it and sets the seed."""
    events: tuple[Event, ...]
    milestones: tuple[Milestone, ...]
    objectives: tuple[Objective, ...]
    levels: tuple[VictoryLevel, ...]
    """Best first."""
    sources: tuple[str, ...]
    confidence: float
    """Mean confidence of the starting values, 0..4."""
    folder: Path
    hash: str
    """SHA-256 over the scenario's files, its map and its ruleset: part of saves and manifests."""
    stages: tuple[tuple[Condition, ...], ...] = ()
    """Of each faction: the conditions of its stages."""
    foundings: tuple[Founding, ...] = ()
