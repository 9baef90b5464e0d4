"""The keys of a scenario's four files, with meaning, unit and bounds.

This is the one description: the loader validates with it, `kampuchea schema` turns it into JSON Schema for editors,
and `kampuchea docs` into the key reference.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from game.scenario.fields import (
    Colour,
    Confidence,
    CountryRef,
    DepotRef,
    Entry,
    FactionRef,
    Id,
    LocationRef,
    Pair,
    PlaceRef,
    Prose,
    ProvinceRef,
    ScenarioDate,
    Share,
    SideRef,
    SourceRef,
    Title,
    unit,
)

Sources = Annotated[
    list[SourceRef], Field(default_factory=list, description="Where the values come from: ids of `sources`.")
]


class SideEntry(Entry):
    """Who plays together under one command."""

    id: Id = Field(description="Short name, used in orders, agents and results.")
    name: Title = Field(description="Name shown to the player.")
    factions: Annotated[list[FactionRef], Field(min_length=1)] = Field(
        description="Factions that the side commands; the first leads."
    )
    playable: bool = Field(True, description="Whether a person may take the side; an agent always may.")
    default: bool = Field(False, description="Whether the picker proposes this side first.")
    briefing: Prose = Field("", description="What the side wants and has, in its own terms.")
    note: Prose = Field("", description="Content note shown when the side is chosen.")


class MetricEntry(Entry):
    """One measurement; milestones and objectives share it."""

    kind: Literal[
        "control_date",
        "loss_date",
        "holds",
        "held_share",
        "strength_at",
        "men_committed",
        "enters",
        "military_losses",
        "displaced",
    ] = Field(description="What is measured; see the list of measurements.")
    subjects: list[FactionRef] = Field(default_factory=list, description="Factions measured together.")
    place: LocationRef | None = Field(None, description="Place of `control_date`, `loss_date` and `holds`.")
    country: CountryRef | None = Field(None, description="Country of `held_share`, `men_committed` and `enters`.")
    date: ScenarioDate | None = Field(None, description="Day of the measurement; the end if left out.")
    days: float = Field(
        3.0, ge=0, le=365, description="How long control must last to count.", json_schema_extra=unit("days")
    )
    men: int = Field(500, ge=1, le=1_000_000, description="Smallest force that counts.", json_schema_extra=unit("men"))


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
    map: Title = Field(description="Name of a shipped map, or path of a map file beside this file.")
    ruleset: Title = Field("standard", description="Name of a shipped ruleset, or path of a ruleset beside this file.")
    overrides: dict[Title, Any] = Field(
        default_factory=dict, description="Numbers of the ruleset that differ here: `chapter.name: value`."
    )
    sides: Annotated[list[SideEntry], Field(min_length=1, max_length=12)] = Field(description="Who plays.")
    objectives: list[ObjectiveEntry] = Field(default_factory=list, description="What each side plays for.")
    victory: Annotated[list[LevelEntry], Field(min_length=1)] = Field(description="Levels of victory, best first.")
    milestones: list[MilestoneEntry] = Field(default_factory=list, description="History's facts to compare with.")
    population: PopulationEntry = Field(
        default_factory=lambda: PopulationEntry.model_validate({}), description="Who lives where."
    )
    place_value: PlaceValueEntry = Field(
        default_factory=lambda: PlaceValueEntry.model_validate({}), description="What places are worth."
    )
    sources: dict[Id, Prose] = Field(default_factory=dict, description="Short name: full citation.")


class FactionEntry(Entry):
    """An actor, on the map or a patron outside it."""

    id: Id = Field(description="Short name.")
    name: Title = Field(description="Full name.")
    short: Annotated[str, Field(min_length=1, max_length=12)] = Field(
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
    kind: Literal["state", "army", "insurgency", "bloc"] = Field("state", description="What kind of actor it is.")
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


class AimEntry(Entry):
    """A place that the doctrine wants."""

    place: LocationRef = Field(description="Where.")
    weight: float = Field(gt=0, le=1000, description="Political and military worth to this side.")


class DoctrineEntry(Entry):
    """How a side fights: read by agents. Further keys are allowed, for agents of your own."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, allow_inf_nan=False)

    posture: Literal["offensive", "delay", "watch"] = Field(description="What the side does by itself.")
    planning_days: int = Field(
        4, ge=1, le=60, description="How often plans are made anew.", json_schema_extra=unit("days")
    )
    objectives: list[AimEntry] = Field(default_factory=list, description="Places wanted, with their worth.")
    odds_attack: float = Field(1.5, ge=0.1, le=20, description="Ratio of power from which it attacks.")
    odds_withdraw: float = Field(0.5, ge=0, le=20, description="Own ratio of power under which it falls back.")
    base_areas: list[LocationRef] = Field(default_factory=list, description="Where it falls back to.")
    reserve_share: Share = Field(0.15, description="Share of forces kept as reserve.")
    garrison_places: list[LocationRef] = Field(
        default_factory=list, description="Places to garrison behind the advance."
    )
    raid_from_bands: bool = Field(False, description="Whether bands raid the enemy's supply roads.")


class FactionsFile(Entry):
    """factions.yaml: the cast, how it stands to each other, and how it fights."""

    factions: Annotated[list[FactionEntry], Field(min_length=1, max_length=40)] = Field(description="The cast.")
    relations: list[RelationEntry] = Field(default_factory=list, description="Relations; a pair not listed is 0.")
    stances: list[StanceEntry] = Field(default_factory=list, description="Stances; a pair not listed is neutral.")
    doctrine: dict[SideRef, DoctrineEntry] = Field(default_factory=dict, description="Side: how it fights.")


class ForceEntry(Entry):
    """A formation. Every value that is set shares the entry's confidence and sources."""

    id: Id = Field(description="Short name, one of its kind in the scenario.")
    name: Title = Field(description="Name of the formation.")
    short: Annotated[str, Field(min_length=1, max_length=6)] = Field(description="For the counter, at most 6 letters.")
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

    relation: RelationEffect | None = Field(None, description="Sets relations.")
    stance: StanceEffect | None = Field(None, description="Sets a stance.")
    will: WillEffect | None = Field(None, description="Moves political will.")
    inflow: InflowEffect | None = Field(None, description="Changes a depot's inflow.")
    lift: LiftEffect | None = Field(None, description="Changes road transport.")


class EventEntry(Entry):
    """A dated fact from outside the players' power."""

    id: Id = Field(description="Short name.")
    date: ScenarioDate = Field(description="Day on which it happens.")
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
    """events.yaml: dated outside events."""

    events: list[EventEntry] = Field(default_factory=list, description="Events.")


FILES: dict[str, type[Entry]] = {
    "scenario.yaml": ScenarioFile,
    "factions.yaml": FactionsFile,
    "forces.yaml": ForcesFile,
    "events.yaml": EventsFile,
}
"""File name -> its schema."""
