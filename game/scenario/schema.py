"""The keys of scenario.yaml, and which schema each of the four files has: meaning, unit and bounds of every key.

This is the one description: the loader validates with it, `kampuchea schema` turns it into JSON Schema for editors,
and `kampuchea docs` into the key reference.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from game.scenario.fields import (
    CountryRef,
    Entry,
    FactionRef,
    Id,
    LocationRef,
    PlaceRef,
    Prose,
    ProvinceRef,
    ScenarioDate,
    Share,
    SideRef,
    Sources,
    Title,
    unit,
)
from game.scenario.schema_cast import FactionsFile
from game.scenario.schema_economy import RichesEntry
from game.scenario.schema_events import EventsFile, TermName
from game.scenario.schema_forces import ForcesFile
from game.scenario.schema_people import PeopleEntry
from game.scenario.schema_politics import PeaceEntry

PhaseName = Literal["war", "talks", "accord", "mission", "elected", "settled", "collapsed"]


class SideEntry(Entry):
    """Who plays together under one command."""

    id: Id = Field(description="Short name, used in orders, agents and results.")
    name: Title = Field(description="Name shown to the player.")
    factions: Annotated[list[FactionRef], Field(min_length=1)] = Field(
        description="Factions that the side commands; the first leads."
    )
    playable: bool = Field(True, description="Whether a person may take the side; an agent always may.")
    briefing: Prose = Field("", description="What the side wants and has, in its own terms.")
    note: Prose = Field("", description="Content note shown when the side is chosen.")


class MetricEntry(Entry):
    """One measurement; milestones and objectives share it."""

    kind: Literal[
        "control_date",
        "loss_date",
        "enters",
        "withdrawal_date",
        "treaty_date",
        "phase_date",
        "founded_date",
        "ended_date",
        "holds",
        "survives",
        "seat_held",
        "in_government",
        "held_share",
        "seat_share",
        "recognised",
        "support_share",
        "unity",
        "strength_at",
        "men_committed",
        "military_losses",
        "foreign_troops",
        "votes_for",
        "seats",
        "aid_received",
        "aid_given",
        "patrons",
        "will",
        "weariness",
        "relation",
        "displaced",
        "camp_people",
        "civil_dead",
    ] = Field(description="What is measured; see the list of measurements.")
    subjects: list[FactionRef] = Field(default_factory=list, description="Factions measured together.")
    place: LocationRef | None = Field(None, description="Place of `control_date`, `loss_date` and `holds`.")
    country: CountryRef | None = Field(None, description="Country that is held, entered or left.")
    date: ScenarioDate | None = Field(None, description="Day of the measurement; the end if left out.")
    days: float = Field(
        3.0, ge=0, le=365, description="How long control must last to count.", json_schema_extra=unit("days")
    )
    men: int = Field(500, ge=0, le=1_000_000, description="Smallest force that counts.", json_schema_extra=unit("men"))
    other: FactionRef | None = Field(
        None, description="The other party: of a treaty or relation, or the client of a withdrawal with honour."
    )
    term: TermName | None = Field(None, description="Term of `treaty_date`.")
    phase: PhaseName | None = Field(None, description="Phase of `phase_date`.")
    share: Share = Field(0.5, description="Share by value that the client of `withdrawal_date` must hold.")


class ObjectiveEntry(Entry):
    """Something a side plays for. Harm to civilians cannot be measured here."""

    id: Id = Field(description="Short name.")
    side: SideRef = Field(description="Side that scores it.")
    title: Title = Field(description="What is to be done, in the side's own terms.")
    points: float = Field(
        gt=0, le=1000, description="Weight among the side's objectives.", json_schema_extra=unit("points")
    )
    metric: MetricEntry = Field(description="How it is measured.")
    by: ScenarioDate | None = Field(None, description="For dates: on or before this day.")
    at_least: float | None = Field(None, description="Met from this value up.")
    at_most: float | None = Field(None, description="Met up to this value.")
    never: bool = Field(False, description="Met when the thing does not happen.")


class LevelEntry(Entry):
    """A level of victory."""

    title: Title = Field(description="Name of the level.")
    share: Share = Field(description="Share of the side's points that reaches it.")


class MilestoneEntry(Entry):
    """A dated or counted fact of history, compared with every run."""

    id: Id = Field(description="Short name; a stable key of the results.")
    title: Title = Field(description="The fact.")
    metric: MetricEntry = Field(description="How a run is measured.")
    never: bool = Field(False, description="True if the value is the share of runs in which it does not happen.")
    value: date | float = Field(description="What history says.")
    low: date | float = Field(description="Lower end of what a faithful median may be.")
    high: date | float = Field(description="Upper end.")
    unit: Title = Field(description="date, men or share.")
    sources: Sources


class TerrainWeights(Entry):
    """Where in a province people live: relative weight of a hex by its land cover."""

    rice: float = Field(1.0, ge=0, le=100, description="Paddy.")
    upland: float = Field(0.5, ge=0, le=100, description="Upland fields and grass.")
    dry_forest: float = Field(0.12, ge=0, le=100, description="Open dry forest.")
    forest: float = Field(0.05, ge=0, le=100, description="Closed forest.")
    swamp: float = Field(0.25, ge=0, le=100, description="Swamp and flooded forest.")
    urban: float = Field(3.0, ge=0, le=100, description="Town.")


class PopulationEntry(Entry):
    """How many people live where at the start."""

    provinces: dict[ProvinceRef, Annotated[float, Field(ge=0, le=50_000)]] = Field(
        default_factory=dict,
        description="Province of the map: people in it, towns included.",
        json_schema_extra=unit("thousands"),
    )
    towns: dict[PlaceRef, Annotated[float, Field(ge=0, le=50_000)]] = Field(
        default_factory=dict,
        description="Place: people in its hex, taken from its province's figure.",
        json_schema_extra=unit("thousands"),
    )
    density: dict[CountryRef, Annotated[float, Field(ge=0, le=20_000)]] = Field(
        default_factory=dict,
        description="Country: mean density of its provinces that are not listed.",
        json_schema_extra=unit("people per km²"),
    )
    weights: TerrainWeights = Field(
        default_factory=lambda: TerrainWeights.model_validate({}), description="Spread within a province."
    )
    note: Prose = Field("", description="Where the figures come from and how far to trust them.")


class MinesEntry(Entry):
    """Mines that lie in some hexes at the start: lasting state, which hurts every side."""

    places: Annotated[list[LocationRef], Field(min_length=1)] = Field(description="Hexes.")
    belt: float = Field(
        0.0, ge=0, le=5000, description="Mines of a belt, per km of front.", json_schema_extra=unit("mines/km")
    )
    scattered: float = Field(
        0.0, ge=0, le=2000, description="Mines scattered over the land.", json_schema_extra=unit("mines/km²")
    )
    sources: Sources


class PlaceValueEntry(Entry):
    """What places are worth: the currency of objectives, political will and plans."""

    kinds: dict[Title, Annotated[float, Field(ge=0, le=1000)]] = Field(
        default_factory=lambda: {
            "capital": 30.0,
            "city": 20.0,
            "provincial capital": 8.0,
            "port": 6.0,
            "airbase": 3.0,
            "town": 2.0,
            "stronghold": 2.0,
            "pass": 1.0,
            "island": 0.5,
        },
        description="Worth by kind of place; a kind not listed is worth nothing.",
        json_schema_extra=unit("points"),
    )
    places: dict[PlaceRef, Annotated[float, Field(ge=0, le=1000)]] = Field(
        default_factory=dict, description="Worth of single places instead.", json_schema_extra=unit("points")
    )


class ScenarioFile(Entry):
    """scenario.yaml: what the scenario is about, when and where, who plays and what counts."""

    format: Literal[1] = Field(1, description="Version of this format.")
    id: Id = Field(description="Short name; the folder's name by custom.")
    title: Title = Field(description="Name in the scenario picker.")
    summary: Prose = Field(description="One or two sentences for the picker.")
    briefing: Prose = Field(description="The situation at the start; paragraphs divided by empty lines.")
    content_note: Prose = Field("", description="Shown before the scenario's first game.")
    start: date = Field(description="First day.")
    end: date = Field(description="Last day.")
    days_per_turn: float = Field(4.0, ge=0.25, le=31, description="Length of a turn.", json_schema_extra=unit("days"))
    impulses_per_turn: int = Field(4, ge=1, le=48, description="Steps in which a turn is carried out.")
    wet_months: list[Annotated[int, Field(ge=1, le=12)]] = Field(
        default_factory=lambda: [6, 7, 8, 9, 10], description="Months of the wet season, 1-12."
    )
    lake_months: list[Annotated[int, Field(ge=1, le=12)]] = Field(
        default_factory=lambda: [8, 9, 10, 11, 12],
        description="Months in which the great lake covers its shores, 1-12.",
    )
    map: Title = Field(description="Name of a shipped map, or path of a map file beside this file.")
    ruleset: Title = Field("standard", description="Name of a shipped ruleset, or path of a ruleset beside this file.")
    overrides: dict[Title, Any] = Field(
        default_factory=dict, description="Numbers of the ruleset that differ here: `chapter.name: value`."
    )
    sides: Annotated[list[SideEntry], Field(min_length=1, max_length=16)] = Field(
        description="Who plays; the first playable side is proposed to the player."
    )
    objectives: list[ObjectiveEntry] = Field(default_factory=list, description="What each side plays for.")
    victory: Annotated[list[LevelEntry], Field(min_length=1)] = Field(description="Levels of victory, best first.")
    milestones: list[MilestoneEntry] = Field(default_factory=list, description="History's facts to compare with.")
    population: PopulationEntry = Field(
        default_factory=lambda: PopulationEntry.model_validate({}), description="Who lives where."
    )
    mines: list[MinesEntry] = Field(default_factory=list, description="Mines that lie there at the start.")
    fought_over: CountryRef | None = Field(
        None, description="Country for whose people the movements contend; none if left out."
    )
    people: PeopleEntry = Field(
        default_factory=lambda: PeopleEntry.model_validate({}),
        description="Whom the people of the country fought over prefer, camps, food and relief.",
    )
    peace: PeaceEntry | None = Field(None, description="How the war may be settled; not by an accord if left out.")
    place_value: PlaceValueEntry = Field(
        default_factory=lambda: PlaceValueEntry.model_validate({}), description="What places are worth."
    )
    riches: list[RichesEntry] = Field(default_factory=list, description="Gems and timber that can be sold.")
    sources: dict[Id, Prose] = Field(default_factory=dict, description="Short name: full citation.")


FILES: dict[str, type[Entry]] = {
    "scenario.yaml": ScenarioFile,
    "factions.yaml": FactionsFile,
    "forces.yaml": ForcesFile,
    "events.yaml": EventsFile,
}
"""File name -> its schema."""
