"""The keys of forces.yaml: commands with their formations, and depots."""

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.fields import (
    SHOWN,
    Confidence,
    Entry,
    FactionRef,
    Id,
    LocationRef,
    Prose,
    ScenarioDate,
    Share,
    Sources,
    Title,
    unit,
)
from game.scenario.schema_economy import PipelineEntry


class ForceEntry(Entry):
    """A formation. Every value that is set shares the entry's confidence and sources."""

    id: Id = Field(description="Short name, one of its kind in the scenario.")
    name: Title = Field(description="Name of the formation.")
    short: Annotated[str, Field(min_length=1, max_length=6), SHOWN] = Field(
        description="For the counter, at most 6 letters."
    )
    type: Literal[
        "infantry_division",
        "infantry_brigade",
        "infantry_regiment",
        "infantry_battalion",
        "mechanised_division",
        "mechanised_regiment",
        "armoured_brigade",
        "tank_regiment",
        "artillery_brigade",
        "artillery_regiment",
        "marine_brigade",
        "naval_division",
        "naval_group",
        "air_division",
        "border_security",
        "regional_regiment",
        "garrison",
        "militia",
        "political",
    ] = Field(description="Kind, echelon and symbol; see the list of types.")
    faction: FactionRef | None = Field(None, description="Faction, if not the group's.")
    men: int = Field(ge=1, le=200_000, description="Men under arms.", json_schema_extra=unit("men"))
    tanks: int = Field(
        0, ge=0, le=2_000, description="Tanks and APC-class vehicles.", json_schema_extra=unit("vehicles")
    )
    guns: int = Field(
        0, ge=0, le=2_000, description="Guns, howitzers and mortars from 76 mm up.", json_schema_extra=unit("tubes")
    )
    sorties: int = Field(0, ge=0, le=500, description="Air sorties that it can fly.", json_schema_extra=unit("a day"))
    quality: float = Field(ge=0.2, le=1.3, description="Training and leadership; 1 is PAVN main force of 1978.")
    cohesion: Share = Field(1.0, description="How well it holds together.")
    fatigue: Share = Field(0.0, description="0 fresh - 1 spent.")
    arms: Literal["light", "inf", "infarty", "mech", "armour", "artillery", "air", "naval", "militia", "unarmed"] = (
        Field(description="Equipment class, row of the ruleset's `arms` tables.")
    )
    mobility: Literal["foot", "motorised", "tracked", "boat", "air", "amphibious"] = Field(
        "foot", description="How it moves."
    )
    location: LocationRef = Field(description="Where it stands, or where it will arrive.")
    posture: Literal["march", "attack", "delay", "hasty", "prepared", "fortified", "rest", "hidden"] = Field(
        "hasty", description="How it stands at the start; hasty, prepared and fortified mean works of that depth."
    )
    order: Literal["hold", "move", "attack", "ambush", "raid", "withdraw", "rest"] = Field(
        "hold", description="Standing order at the start."
    )
    destination: LocationRef | None = Field(None, description="Destination of the order, where it needs one.")
    base: LocationRef | None = Field(None, description="Where it falls back to; its own location if left out.")
    arrives: ScenarioDate | None = Field(None, description="Day on which it enters play; from the start if left out.")
    reserve: bool = Field(
        False, description="It exists only on paper: its faction may raise it, with `men` as its establishment."
    )
    not_before: ScenarioDate | None = Field(None, description="For a reserve: the first day on which it can be raised.")
    supply_days: float | None = Field(
        None, ge=0, le=120, description="Supplies carried; a full load if left out.", json_schema_extra=unit("days")
    )
    status: Prose = Field("", description="How far to trust the entry, in words.")
    confidence: Confidence = Field(description="How far to trust the values, 0 guess - 4 documented.")
    sources: Sources


class GroupEntry(Entry):
    """Forces under one command: a corps, a front, a military region."""

    id: Id = Field(description="Short name.")
    name: Title = Field(description="Name of the command.")
    faction: FactionRef = Field(description="Faction of its forces.")
    note: Prose = Field("", description="Task or place in the order of battle.")
    forces: list[ForceEntry] = Field(description="Its formations.")


class DepotEntry(Entry):
    """A stock of supplies and what feeds it."""

    id: Id = Field(description="Short name.")
    name: Title = Field(description="Name shown.")
    faction: FactionRef = Field(description="Who uses it.")
    owner: FactionRef | None = Field(None, description="Whose rear or patron feeds it; the user if left out.")
    kind: Literal["port", "railhead", "depot", "cache"] = Field(description="What kind of depot; a cache is hidden.")
    location: LocationRef = Field(description="Where it is.")
    stock: float = Field(ge=0, le=1_000_000, description="In store at the start.", json_schema_extra=unit("tonnes"))
    inflow: float = Field(
        0.0, ge=0, le=20_000, description="Arrives from outside.", json_schema_extra=unit("tonnes a day")
    )
    capacity: float = Field(gt=0, le=20_000, description="Can be handed out.", json_schema_extra=unit("tonnes a day"))
    why: Prose = Field("", description="How the figures were arrived at.")
    confidence: Confidence = Field(description="How far to trust the values, 0 guess - 4 documented.")
    sources: Sources


class ForcesFile(Entry):
    """forces.yaml: the order of battle by command, and the depots."""

    groups: Annotated[list[GroupEntry], Field(min_length=1, max_length=200)] = Field(description="Commands.")
    depots: list[DepotEntry] = Field(default_factory=list, description="Depots.")
    pipelines: list[PipelineEntry] = Field(default_factory=list, description="Ways of patrons' arms and stores.")
