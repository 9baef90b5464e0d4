"""The keys of politics: stages, founding, fracture and purges in factions.yaml; the peace process in scenario.yaml."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from game.scenario.fields import (
    SHOWN,
    CountryRef,
    Entry,
    FactionRef,
    GroupRef,
    Id,
    LocationRef,
    Prose,
    ProvinceRef,
    Refers,
    Share,
    Sources,
    Title,
    unit,
)

Condition = Annotated[str, Refers("condition")]


class StageEntry(Entry):
    """A name that a faction comes to go by, and what kind of actor it then is. It hands over nothing."""

    id: Id = Field(description="Short name.")
    name: Title = Field(description="Full name.")
    short: Annotated[str, Field(min_length=1, max_length=12), SHOWN] = Field(
        description="Name for tables, at most 12 letters."
    )
    adjective: Title = Field(description="As in 'a ... division'.")
    kind: Literal["state", "army", "insurgency", "bloc", "mission"] = Field(
        "state", description="What kind of actor it then is."
    )
    when: Condition = Field(description="Condition under which it is reached, from any earlier stage.")
    sources: Sources


class FoundingEntry(Entry):
    """How a latent faction comes to life: men join it, and its sponsor arms some. It is given no land."""

    when: Condition = Field(description="Condition under which it is founded.")
    sponsor: FactionRef | None = Field(None, description="Faction that helps; its store arms the men.")
    camps: bool = Field(False, description="Whether men of the border camps join.")
    land: bool = Field(False, description="Whether men join where the sponsor rules in the country fought over.")
    title: Title = Field(description="What happens, in a few words.")
    sources: Sources


class PullsEntry(Entry):
    """How strongly each cause of disunity moves a regional command; 1 as it moves the leaders."""

    defeat: float = Field(1.0, ge=0, le=5, description="Land lost.")
    patron: float = Field(1.0, ge=0, le=5, description="A patron's aid that has ended.")
    arrears: float = Field(1.0, ge=0, le=5, description="Pay owed.")
    revenue: float = Field(1.0, ge=0, le=5, description="Money that the command makes for itself.")
    purge: float = Field(1.0, ge=0, le=5, description="After-effects of purges.")
    regional: float = Field(1.0, ge=0, le=5, description="Its own weight.")
    weary: float = Field(1.0, ge=0, le=5, description="Weariness of war.")
    success: float = Field(1.0, ge=0, le=5, description="Land won, which holds it back.")
    threat: float = Field(1.0, ge=0, le=5, description="A strong enemy, who holds it back.")


class FractureEntry(Entry):
    """A line along which a faction may break in two. Which men and land go is found in the game, not said here."""

    parent: FactionRef = Field(description="Faction that may break.")
    child: FactionRef = Field(description="Latent faction that comes of it.")
    groups: Annotated[list[GroupRef], Field(min_length=1)] = Field(
        description="Groups of forces.yaml that are the regional command."
    )
    provinces: list[ProvinceRef] = Field(default_factory=list, description="Provinces of its region.")
    places: list[LocationRef] = Field(
        default_factory=list, description="Places of its region; the hexes within two of them count too."
    )
    stance: Literal["war", "hostile"] = Field("war", description="Stance of the two from then on.")
    pulls: PullsEntry = Field(
        default_factory=lambda: PullsEntry.model_validate({}), description="What moves it, and how strongly."
    )
    sources: Sources


class PurgeEntry(Entry):
    """A purge that history records: it divides the faction's leaders and fades. Nobody can order one."""

    faction: FactionRef = Field(description="Whose leaders.")
    first: date = Field(description="First day.")
    last: date = Field(description="Last day.")
    weight: Share = Field(description="Unity that it costs.")
    note: Prose = Field("", description="What happened, soberly.")
    sources: Sources


class PeaceEntry(Entry):
    """How the war may be settled: who is needed, who guards it, what is elected."""

    country: CountryRef = Field(description="Country that is settled.")
    parties: Annotated[list[FactionRef], Field(min_length=2)] = Field(description="Factions that may sign.")
    required: list[FactionRef] = Field(
        default_factory=list, description="Parties without whom there is no accord, while they live; all if left out."
    )
    guarantors: list[FactionRef] = Field(
        default_factory=list, description="Patrons and neighbours whose thaw presses the parties."
    )
    mission: FactionRef | None = Field(
        None, description="Latent faction of kind mission; its forces in reserve are its battalions in their sectors."
    )
    council: Title = Field("the council", description="Name of the body that holds the seat meanwhile.")
    sites: list[Title] = Field(default_factory=list, description="Where rounds of talks are held, in turn.")
    seats: int = Field(120, ge=1, le=1000, description="Seats of the assembly.", json_schema_extra=unit("seats"))
    sources: Sources
