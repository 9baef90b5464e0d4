"""The keys that make an economy: what factions live on, patrons' aid, riches of the land, pipelines."""

from typing import Annotated

from pydantic import Field

from game.scenario.fields import (
    Confidence,
    DepotRef,
    Entry,
    FactionRef,
    LocationRef,
    PlaceRef,
    Prose,
    ScenarioDate,
    Share,
    Sources,
    unit,
)

Year = Annotated[int, Field(ge=1900, le=2100)]
Millions = Annotated[float, Field(ge=0, le=100_000)]


class SpanEntry(Entry):
    """An amount that holds for some years. Years that no span covers have none."""

    since: Year = Field(description="First year.")
    until: Year | None = Field(None, description="Last year; the scenario's end if left out.")
    amount: Millions = Field(description="How much.", json_schema_extra=unit("US$ m a year"))
    why: Prose = Field("", description="What it was, and how the figure was arrived at.")
    sources: Sources


class PoliciesEntry(Entry):
    """Standing policies at the start, each from 0 (none) to 1 (all it can)."""

    tax: Share = Field(0.5, description="What it takes from people and trade where it rules.")
    conscription: Share = Field(0.0, description="How hard it calls up men.")
    civic: Share = Field(0.0, description="Wells, schools, clinics, honest officials: money for support.")
    amnesty: Share = Field(0.0, description="Rewards for enemies who come over.")
    seal: Share = Field(0.0, description="Sealing the border, with conscript labour that costs lives and support.")
    militia: Share = Field(0.0, description="Arming villages.")
    trade: Share = Field(0.0, description="Sale of gems and timber across a border.")
    pay: Share = Field(1.0, description="Share of its soldiers' pay that it pays.")
    political: Share = Field(0.2, description="Political work among the people.")


class EconomyEntry(Entry):
    """What a faction lives on. A faction without this keeps no accounts."""

    budget: list[SpanEntry] = Field(
        default_factory=list, description="Own means of a state outside the fighting, for this theatre."
    )
    vote: list[SpanEntry] = Field(default_factory=list, description="Most that it can give as a patron here.")
    money: Millions = Field(0.0, description="At hand at the start.", json_schema_extra=unit("US$ m"))
    pay: float | None = Field(
        None,
        ge=0,
        le=5_000,
        description="A soldier's pay; the ruleset's for its kind if left out.",
        json_schema_extra=unit("US$ a month"),
    )
    corruption: Share = Field(0.2, description="Share lost of what passes through its hands, at the start and at rest.")
    manpower: int = Field(
        0, ge=0, le=1_000_000, description="Trained men who wait for a unit.", json_schema_extra=unit("men")
    )
    training: int = Field(0, ge=0, le=1_000_000, description="Men in training.", json_schema_extra=unit("men"))
    kits: int = Field(0, ge=0, le=2_000_000, description="Arms in store.", json_schema_extra=unit("men equipped"))
    home_front: bool = Field(
        True, description="Whether its command also governs; if not, policies on people stay as they stand here."
    )
    policies: PoliciesEntry = Field(
        default_factory=lambda: PoliciesEntry.model_validate({}), description="Policies at the start."
    )
    why: Prose = Field("", description="How the figures were arrived at.")
    confidence: Confidence = Field(0, description="How far to trust them, 0 guess - 4 documented.")
    sources: Sources


class AidEntry(Entry):
    """What a patron is used to giving: its aid at the start, and what its agent goes by later."""

    donor: FactionRef = Field(description="Who gives.")
    recipient: FactionRef = Field(description="Who receives; it must keep accounts.")
    spans: Annotated[list[SpanEntry], Field(min_length=1)] = Field(description="How much by years.")


class RichesEntry(Entry):
    """Gems or timber that whoever controls the place can sell across a border."""

    location: LocationRef = Field(description="Where.")
    amount: Millions = Field(description="What it sells for at full trade.", json_schema_extra=unit("US$ m a year"))
    buyer: FactionRef = Field(description="Across whose border it goes.")
    opened: ScenarioDate | None = Field(None, description="From when on it is sold; from the start if left out.")
    closed: ScenarioDate | None = Field(None, description="Until when; to the end if left out.")
    why: Prose = Field("", description="What it is, and how the figure was arrived at.")
    confidence: Confidence = Field(0, description="How far to trust the figure, 0 guess - 4 documented.")
    sources: Sources


class PipelineEntry(Entry):
    """A way by which a patron's arms and stores reach a depot. It replaces the depot's inflow."""

    donor: FactionRef = Field(description="Who gives.")
    recipient: FactionRef = Field(description="Whose depot it feeds.")
    depot: DepotRef = Field(description="The depot.")
    tonnes: float = Field(
        gt=0, le=20_000, description="What it brings at `aid`.", json_schema_extra=unit("tonnes a day")
    )
    aid: float = Field(
        gt=0,
        le=100_000,
        description="Aid with which it brings so much; in proportion for more or less.",
        json_schema_extra=unit("US$ m a year"),
    )
    capacity: float = Field(
        gt=0, le=20_000, description="Most that it can bring.", json_schema_extra=unit("tonnes a day")
    )
    host: FactionRef | None = Field(None, description="Over whose land it goes, if not donor's or recipient's.")
    port: PlaceRef | None = Field(None, description="Port where it comes in; whoever controls it must let it through.")
    why: Prose = Field("", description="How the figures were arrived at.")
    confidence: Confidence = Field(0, description="How far to trust them, 0 guess - 4 documented.")
    sources: Sources
