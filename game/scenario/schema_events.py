"""The keys of events.yaml: when events happen and what they may do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from game.scenario.fields import (
    DepotRef,
    Entry,
    FactionRef,
    Id,
    Pair,
    Prose,
    Refers,
    ScenarioDate,
    Sources,
    Title,
    unit,
)


class RelationEffect(Entry):
    """Sets the relation of two factions."""

    between: Pair = Field(description="The two factions.")
    value: float = Field(ge=-100, le=100, description="New value.")


class StanceEffect(Entry):
    """Sets the stance of two factions."""

    between: Pair = Field(description="The two factions.")
    stance: Literal["war", "hostile", "neutral", "access", "allied"] = Field(description="New stance.")


class WillEffect(Entry):
    """Moves a faction's political will."""

    faction: FactionRef = Field(description="Whose.")
    points: float = Field(ge=-50, le=50, description="Points added or taken.")


class InflowEffect(Entry):
    """Changes what reaches a depot from outside."""

    depot: DepotRef = Field(description="Which depot.")
    inflow: float = Field(ge=0, le=20_000, description="New inflow.", json_schema_extra=unit("tonnes a day"))


class LiftEffect(Entry):
    """Changes a faction's road transport."""

    faction: FactionRef = Field(description="Whose.")
    factor: float = Field(ge=0.1, le=10, description="Factor on its tonne-km a day.")


class EffectEntry(Entry):
    """One thing that an event does: exactly one of these keys. No event can hand over a place or a force."""

    model_config = ConfigDict(**Entry.model_config, json_schema_extra={"minProperties": 1, "maxProperties": 1})

    relation: RelationEffect | None = Field(None, description="Sets relations.")
    stance: StanceEffect | None = Field(None, description="Sets a stance.")
    will: WillEffect | None = Field(None, description="Moves political will.")
    inflow: InflowEffect | None = Field(None, description="Changes a depot's inflow.")
    lift: LiftEffect | None = Field(None, description="Changes road transport.")


class EventEntry(Entry):
    """Something that happens on a day, or when a condition holds."""

    id: Id = Field(description="Short name.")
    date: ScenarioDate | None = Field(
        None, description="Day on which it happens; with `when`, the first day on which it may."
    )
    when: Annotated[str, Refers("condition")] | None = Field(
        None, description="Condition under which it happens, such as 'will(dk) < 30 and date >= 1979-03-01'."
    )
    chance: float = Field(
        1.0, gt=0, le=1, description="Chance that it happens while it can.", json_schema_extra=unit("share a day")
    )
    again_after: float | None = Field(
        None,
        ge=1,
        description="It may happen again after so long; left out, it happens once.",
        json_schema_extra=unit("days"),
    )
    title: Title = Field(description="Headline, neutral.")
    text: Prose = Field(description="What happened, soberly.")
    kind: Literal["diplomacy", "aid", "war", "politics", "economy", "refugee", "famine", "atrocity"] = Field(
        description="What kind of event."
    )
    sensitive: bool = Field(
        False, description="Shown behind one click if the player wishes; atrocity and famine must be."
    )
    effects: list[EffectEntry] = Field(default_factory=list, description="What it changes, if anything.")
    why: Title | None = Field(None, description="Reason recorded with changed relations.")
    sources: Sources


class EventsFile(Entry):
    """events.yaml: what happens by date or condition."""

    events: list[EventEntry] = Field(default_factory=list, description="Events.")
