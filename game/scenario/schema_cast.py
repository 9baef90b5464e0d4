"""The keys of factions.yaml: the cast, relations and stances; doctrine has a module of its own."""

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.fields import (
    SHOWN,
    Colour,
    Confidence,
    CountryRef,
    Entry,
    FactionRef,
    Id,
    LocationRef,
    Pair,
    PlaceRef,
    Prose,
    SideRef,
    Sources,
    Title,
    unit,
)
from game.scenario.schema_diplomacy import BlocEntry, InterestEntry, TreatyEntry
from game.scenario.schema_doctrine import DoctrineEntry
from game.scenario.schema_economy import AidEntry, EconomyEntry
from game.scenario.schema_politics import FoundingEntry, FractureEntry, PurgeEntry, StageEntry


class FactionEntry(Entry):
    """An actor, on the map or a patron outside it."""

    id: Id = Field(description="Short name.")
    name: Title = Field(description="Full name.")
    short: Annotated[str, Field(min_length=1, max_length=12), SHOWN] = Field(
        description="Name for tables, at most 12 letters."
    )
    adjective: Title = Field(description="As in 'a ... division'.")
    colour: Colour = Field(description="Colour of its ground and counters, '#RRGGBB' in quotes.")
    shape: Literal[
        "circle",
        "diamond",
        "triangle",
        "square",
        "hexagon",
        "star",
        "pentagon",
        "plus",
        "inverted_triangle",
        "ring",
        "bar",
    ] = Field(description="Its sign beside the colour.")
    pattern: Literal["solid", "diagonal", "dots", "horizontal", "vertical", "cross_hatch", "grid", "back_diagonal"] = (
        Field(description="Its pattern beside the colour.")
    )
    kind: Literal["state", "army", "insurgency", "bloc", "mission"] = Field(
        "state", description="What kind of actor it is."
    )
    latent: bool = Field(False, description="It is no actor yet: it may break from its parent or be founded.")
    parent: FactionRef | None = Field(None, description="Faction that it belongs to, broke from or was founded by.")
    movement: bool = Field(False, description="It contends for the support of the people of the country fought over.")
    note: Prose = Field("", description="What a reader must know about it, including what it is charged with.")
    capital: PlaceRef | None = Field(None, description="Seat of government; its loss costs political will.")
    territory: list[CountryRef] = Field(default_factory=list, description="Countries of the map that are its own.")
    holds: list[LocationRef] = Field(
        default_factory=list, description="Single places held at the start outside its territory."
    )
    base_areas: list[LocationRef] = Field(
        default_factory=list, description="Where its broken forces hide and re-form; the hexes around count too."
    )
    will: float = Field(60.0, ge=0, le=100, description="Political will at the start.", json_schema_extra=unit("0-100"))
    lift: float = Field(
        0.0, ge=0, le=10_000_000, description="Road transport at hand.", json_schema_extra=unit("tonne-km a day")
    )
    economy: EconomyEntry | None = Field(None, description="What it lives on; it keeps no accounts if left out.")
    stages: list[StageEntry] = Field(
        default_factory=list, description="Names that it comes to go by, in order; its own is the first."
    )
    founding: FoundingEntry | None = Field(None, description="How it comes to life, if it is latent.")
    confidence: Confidence = Field(1, description="How far to trust the figures, 0 guess - 4 documented.")
    sources: Sources


class RelationEntry(Entry):
    """How two factions stand to each other."""

    between: Pair = Field(description="The two factions.")
    value: float = Field(ge=-100, le=100, description="-100 enmity - 100 alliance.")
    reason: Title = Field(description="Why, in a few words.")


class StanceEntry(Entry):
    """What two factions' armed forces may do to each other. A pair not listed is neutral."""

    between: Pair = Field(description="The two factions.")
    stance: Literal["war", "hostile", "neutral", "access", "allied"] = Field(
        description="war; hostile: no passage, fire only when fired upon; neutral: no passage; access: passage and "
        "sanctuary; allied."
    )


class FactionsFile(Entry):
    """factions.yaml: the cast, how it stands to each other, and how it fights."""

    factions: Annotated[list[FactionEntry], Field(min_length=1, max_length=40)] = Field(description="The cast.")
    relations: list[RelationEntry] = Field(default_factory=list, description="Relations; a pair not listed is 0.")
    stances: list[StanceEntry] = Field(default_factory=list, description="Stances; a pair not listed is neutral.")
    aid: list[AidEntry] = Field(default_factory=list, description="What patrons are used to giving.")
    fracture: list[FractureEntry] = Field(default_factory=list, description="Lines along which factions may break.")
    purges: list[PurgeEntry] = Field(default_factory=list, description="Purges that history records.")
    treaties: list[TreatyEntry] = Field(default_factory=list, description="Treaties in force at the start.")
    interests: list[InterestEntry] = Field(
        default_factory=list, description="What factions want; one that is not listed cares for little."
    )
    blocs: list[BlocEntry] = Field(default_factory=list, description="How the General Assembly votes; none: no votes.")
    seat: FactionRef | None = Field(
        None, description="Who holds the seat at the United Nations of the country fought over."
    )
    doctrine: dict[SideRef, DoctrineEntry] = Field(default_factory=dict, description="Side: how it fights.")
