"""The keys of scenario.yaml's `people`: whom people prefer, camps, food and relief."""

from pydantic import Field

from game.scenario.fields import (
    Entry,
    FactionRef,
    Id,
    LocationRef,
    Prose,
    ProvinceRef,
    ScenarioDate,
    Share,
    Sources,
    Title,
    unit,
)


class SupportEntry(Entry):
    """How people stand to a movement."""

    share: Share = Field(0.0, description="Share of the people of the country fought over who prefer it at the start.")
    provinces: dict[ProvinceRef, Share] = Field(
        default_factory=dict, description="Province: share there instead, at the start and as leaning."
    )
    leaning: Share | None = Field(
        None,
        description="Share who lean to it in the long run by what they remember and hope, before all that it does; as "
        "at the start if left out.",
    )
    ceiling: Share = Field(1.0, description="Share of the people of a place whom it can win at most.")
    sources: Sources


class CampEntry(Entry):
    """A place where people who fled across a border can be sheltered."""

    id: Id = Field(description="Short name.")
    name: Title = Field(description="Name.")
    location: LocationRef = Field(description="Where it lies.")
    host: FactionRef | None = Field(
        None, description="Faction on whose land it lies; by the hex's country if left out."
    )
    holder: FactionRef | None = Field(
        None, description="Movement that runs it at first, or its host: then no movement does."
    )
    people: int = Field(
        0, ge=0, le=2_000_000, description="People in it at the start.", json_schema_extra=unit("people")
    )
    capacity: int = Field(
        ge=1, le=2_000_000, description="People whom it can shelter.", json_schema_extra=unit("people")
    )
    opens_from: ScenarioDate | None = Field(
        None, description="Day from which the host lets people in; from the start if left out."
    )
    note: Prose = Field("", description="What a reader should know about it.")
    sources: Sources


class ReliefEntry(Entry):
    """Food that the world sends, month by month."""

    since: ScenarioDate = Field(description="A day of the first month.")
    until: ScenarioDate = Field(description="A day of the last month.")
    country: float = Field(
        0.0, ge=0, le=200_000, description="For the country fought over.", json_schema_extra=unit("t a month")
    )
    camps: float = Field(0.0, ge=0, le=200_000, description="For the camps.", json_schema_extra=unit("t a month"))
    sources: Sources


class PeopleEntry(Entry):
    """The people of the country fought over at the start, and what comes to them from outside."""

    support: dict[FactionRef, SupportEntry] = Field(
        default_factory=dict, description="Movement: how people stand to it; the rest prefers none."
    )
    camps: list[CampEntry] = Field(default_factory=list, description="Camps that are open or may be.")
    relief: list[ReliefEntry] = Field(default_factory=list, description="Relief from abroad; entries add up.")
    food: float = Field(
        6.0, ge=0, le=24, description="Food in store at the start.", json_schema_extra=unit("months of need")
    )
    want: Share = Field(0.0, description="Famine at the start: share of the need unmet lately.")
    planted: Share = Field(0.0, description="Share of the fields under crop at the start.")
    security: Share = Field(0.6, description="How safe people are from all armed men at the start.")
    note: Prose = Field("", description="Where the figures come from and how far to trust them.")
