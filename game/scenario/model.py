"""A scenario as the program holds it: what the files say, checked and resolved to rows and hexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path

from game.core.ids import NO_FACTION, FactionId, HexIndex
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
    WITHDRAWAL_DATE = "withdrawal_date"
    """First date from which no more than `men` men of `subjects` are in `country`, after more had been there, and
    `other` is an actor and holds `share` of the country's value."""
    TREATY_DATE = "treaty_date"
    """First date on which a treaty about `term` binds one of `subjects`, and `other` if there is one."""
    PHASE_DATE = "phase_date"
    """First date on which the peace process has come to `phase`."""
    FOUNDED_DATE = "founded_date"
    """First date on which one of `subjects` is an actor."""
    ENDED_DATE = "ended_date"
    """First date on which none of `subjects` is an actor any more."""
    SURVIVES = "survives"
    """Whether one of `subjects` is an actor on `at` and they have `men` men under arms."""
    SEAT_HELD = "seat_held"
    """Whether one of `subjects` holds the country's seat at the United Nations on `at`."""
    SEAT_SHARE = "seat_share"
    """Share (0..1) of the time until `at` in which they held it."""
    VOTES_FOR = "votes_for"
    """Votes for whoever held the seat at the last contest until `at`."""
    RECOGNISED = "recognised"
    """Share (0..1) of the other actors that recognise one of `subjects` on `at`."""
    IN_GOVERNMENT = "in_government"
    """Whether one of `subjects` leads or shares the recognised government on `at`."""
    SEATS = "seats"
    """Seats that `subjects` won at the election."""
    SUPPORT_SHARE = "support_share"
    """Share (0..1) of the people fought over who prefer the movements of `subjects` on `at`."""
    FOREIGN_TROOPS = "foreign_troops"
    """Men of `subjects` in `country` on `at`."""
    AID_RECEIVED = "aid_received"
    """US$ m that patrons gave `subjects` until `at`."""
    AID_GIVEN = "aid_given"
    """US$ m that `subjects` gave others until `at`."""
    PATRONS = "patrons"
    """How many give aid to `subjects` on `at`."""
    UNITY = "unity"
    """Mean unity (0..1) of `subjects` on `at`."""
    WILL = "will"
    """Mean political will of `subjects` on `at`."""
    WEARINESS = "weariness"
    """Mean war weariness of `subjects` on `at`."""
    RELATION = "relation"
    """Mean relation of `subjects` with `other` on `at`."""
    DISPLACED = "displaced"
    """Civilians displaced so far, whole map: a check of honesty, never an objective."""
    CAMP_PEOPLE = "camp_people"
    """People in border camps on `at`; never an objective."""
    CIVIL_DEAD = "civil_dead"
    """Civilian dead by the harm ledger until `at`, middle of the range; never an objective."""


class Nature(Enum):
    """What kind of answer a measurement gives."""

    DATE = "date"
    YES_NO = "yes or no"
    SHARE = "share"
    NUMBER = "number"


_NATURES = {
    Nature.DATE: (
        MetricKind.CONTROL_DATE, MetricKind.LOSS_DATE, MetricKind.ENTERS, MetricKind.WITHDRAWAL_DATE,
        MetricKind.TREATY_DATE, MetricKind.PHASE_DATE, MetricKind.FOUNDED_DATE, MetricKind.ENDED_DATE,
    ),
    Nature.YES_NO: (MetricKind.HOLDS, MetricKind.SURVIVES, MetricKind.SEAT_HELD, MetricKind.IN_GOVERNMENT),
    Nature.SHARE: (
        MetricKind.HELD_SHARE, MetricKind.SEAT_SHARE, MetricKind.RECOGNISED, MetricKind.SUPPORT_SHARE, MetricKind.UNITY,
    ),
}  # fmt: skip
NATURE: dict[MetricKind, Nature] = dict.fromkeys(MetricKind, Nature.NUMBER) | {
    kind: nature for nature, kinds in _NATURES.items() for kind in kinds
}
"""What each measurement gives."""
OF_HARM = frozenset({MetricKind.DISPLACED, MetricKind.CAMP_PEOPLE, MetricKind.CIVIL_DEAD})
"""Measurements of what people suffer: of milestones alone, nobody can score by them."""


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
    other: FactionId = NO_FACTION
    term: int = 0
    """ids.Term; 0: none."""
    phase: int = 0
    """ids.Phase."""
    share: float = 0.5


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


class EffectKind(Enum):
    """What an event can do; the fields of Effect as stated. No event can hand over a place or a force."""

    RELATION = "relation"
    """Sets the relation of a and b to `value`, -100..100."""
    BOND = "bond"
    """Adds `value` points to the relation of a and b."""
    STANCE = "stance"
    """Sets the stance of a and b to `row` (ids.Stance)."""
    WILL = "will"
    """Adds `value` points to a's political will."""
    WEARINESS = "weariness"
    """Adds `value` points to a's war weariness."""
    UNITY = "unity"
    """Adds `value` (a share) to how far a's leaders hold together."""
    INFLOW = "inflow"
    """The depot `row` receives `value` kg a day from now on."""
    LIFT = "lift"
    """Factor `value` on a's road transport."""
    AID_BUDGET = "aid_budget"
    """a can give `value` US$ m a year as a patron."""
    BUDGET = "budget"
    """Factor `value` on what a can give as a patron."""
    AID = "aid"
    """a gives b `value` US$ m a year."""
    MONEY = "money"
    """a receives `value` US$ m once."""
    MANPOWER = "manpower"
    """a has `value` more trained men who wait for a unit."""
    KITS = "kits"
    """a receives arms for `value` men."""
    POLICY = "policy"
    """Sets a's policy `row` (columns.policy) to `value`."""
    TREATY = "treaty"
    """The term `row` (ids.Term), given by a to b, worth `value`, for `months`: proposed, or at once if `at_once`."""
    SANCTION = "sanction"
    """a stops trade with b (`value` 1), or takes it up again (0)."""
    RECOGNITION = "recognition"
    """a recognises b as its country's government (`value` 1), or no longer (0)."""
    RELIEF = "relief"
    """`value` tonnes of food reach the people of the country `row`, or of the province `province`."""
    HARM = "harm"
    """The ledger's row `row` (columns.harm) grows by `figures`; a is responsible, or nobody."""
    SUPPORT = "support"
    """Adds `value` (a share) to the support of a's movement, in `province` if there is one."""
    MINES = "mines"
    """Scatters `value` mines a square kilometre over `province`."""


@dataclass(frozen=True)
class Effect:
    """One thing that an event or an option does; EffectKind says what the fields are."""

    kind: EffectKind
    a: FactionId = NO_FACTION
    b: FactionId = NO_FACTION
    row: int = 0
    value: float = 0.0
    province: int = -1
    """Row of the map's provinces; -1: none."""
    months: int = 0
    """0: without end."""
    at_once: bool = False
    figures: tuple[int, ...] = ()
    """Dead, low and high; displaced, low and high."""


@dataclass(frozen=True)
class Option:
    """One answer to a decision."""

    id: str
    title: str
    text: str
    effects: tuple[Effect, ...]
    default: bool
    """Taken if nobody answers in time."""
    weight: Condition | None
    """What an agent holds it to be worth beside the others; None: 1."""


@dataclass(frozen=True)
class Event:
    """Something that happens on its day, or when the world makes it happen; with options, a decision."""

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
    asks: FactionId = NO_FACTION
    """Faction that decides, or NO_FACTION: nobody is asked."""
    options: tuple[Option, ...] = ()
    answer_days: float = 30.0
    """Days in which it may answer."""


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

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """Titles of the events, in order, after them those of all options, and then why each event changes relations,
        its title if it does not say: what sentences of records need."""
        options = (o.title for e in self.events for o in e.options)
        return (*(e.title for e in self.events), *options, *(e.why or e.title for e in self.events))

    def headline_of(self, event: int, option: int) -> int:
        """Row in `headlines` of an option's title."""
        return len(self.events) + sum(len(e.options) for e in self.events[:event]) + option

    def cause_of(self, event: int) -> int:
        """Row in `headlines` of why an event changes relations."""
        return self.headline_of(len(self.events), event)
