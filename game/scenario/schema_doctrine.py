"""The keys of a side's doctrine in factions.yaml: how it fights. Agents read them."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from game.scenario.fields import Entry, GroupRef, LocationRef, Prose, ScenarioDate, Share, Sources, unit
from game.scenario.schema_statecraft import StatecraftEntry

HOURS = unit("hours")
HEXES = unit("hexes")
STRENGTH = unit("men of quality 1")


class AimEntry(Entry):
    """A place that the doctrine wants."""

    place: LocationRef = Field(description="Where.")
    weight: float | None = Field(
        None,
        gt=0,
        le=1000,
        description="Worth to this side; if left out the place's value (`place_value`) and what points the side's "
        "`objectives` give for it.",
    )
    why: Prose = Field("", description="Grounds of a weight.")
    sources: Sources


class TaskEntry(Entry):
    """What a command was ordered to take or to hold before the scenario begins."""

    group: GroupRef = Field(description="The command: a group of forces.yaml.")
    places: Annotated[list[LocationRef], Field(min_length=1)] = Field(
        description="Its objectives; it seeks no others before it has these."
    )
    not_before: ScenarioDate | None = Field(
        None, description="Day on which the plan has it set out; it stays where it is until then unless attacked."
    )
    why: Prose = Field("", description="Grounds: the plan as far as it is known.")
    sources: Sources


class TheatreEntry(Entry):
    """Where a command fights, and nowhere else."""

    group: GroupRef = Field(description="The command: a group of forces.yaml.")
    places: Annotated[list[LocationRef], Field(min_length=1)] = Field(
        description="The only objectives that it is sent to."
    )
    why: Prose = Field("", description="Grounds.")
    sources: Sources


class DoctrineEntry(StatecraftEntry):
    """How a side fights: read by agents. Further keys are allowed, for agents of your own.

    The figures are guesses for game use unless their description says more; hours are hours of march.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, allow_inf_nan=False)

    posture: Literal["offensive", "delay", "watch", "measured"] = Field(
        description="What the side does by itself; measured: it attacks while it is stronger than the enemies that it "
        "knows, else it defends, and at peace it watches."
    )
    planning_days: int = Field(
        4, ge=1, le=60, description="How often plans are made anew.", json_schema_extra=unit("days")
    )
    objectives: list[AimEntry] = Field(default_factory=list, description="Places wanted, with their worth.")
    tasks: list[TaskEntry] = Field(default_factory=list, description="Which command has which objectives.")
    theatres: list[TheatreEntry] = Field(default_factory=list, description="Commands bound to a part of the war.")
    base_areas: list[LocationRef] = Field(default_factory=list, description="Where it falls back to.")
    garrison_places: list[LocationRef] = Field(
        default_factory=list, description="Places to garrison behind the advance, or to the last, foremost first."
    )

    # what is risked
    odds_attack: float = Field(1.5, ge=0.1, le=20, description="Ratio of power from which it attacks.")
    odds_withdraw: float = Field(0.6, ge=0, le=20, description="Own ratio of power under which it falls back.")
    outmatched: float = Field(
        0.45,
        ge=0,
        le=5,
        description="Own strength to the enemy's known, over all, below which the side goes over to its base areas.",
    )
    broken: Share = Field(
        0.6,
        description="Share of its establishment still in formed forces below which it goes over to its base areas: few "
        "losing armies lost more than 40 % before they gave up the field (Helmbold 1971).",
    )
    unseen: float = Field(
        300.0,
        ge=0,
        le=5000,
        description="Strength taken to hold an enemy place where nobody was seen, per point of its value; a brigade "
        "for a provincial town of 10 points.",
        json_schema_extra=STRENGTH,
    )
    lone_weight: float = Field(
        4000.0,
        ge=0,
        le=100_000,
        description="Strength taken to be enough against a place where nobody is known to stand; half a division.",
        json_schema_extra=STRENGTH,
    )
    least_chance: float = Field(
        0.7,
        ge=0,
        le=5,
        description="Strength at hand, as a share of what is wanted, below which a group leaves an objective alone.",
    )
    beside_share: Share = Field(
        0.5,
        description="How much of a force's strength is felt in the hexes beside its own: it can come from there within "
        "a day, but not with everything.",
    )

    # pursuit
    pursuit_odds: float = Field(
        5.0,
        ge=1,
        le=100,
        description="Own strength to that of the known enemies who still stand, over all, from which a side pursues.",
    )
    pursuit_fatigue: Share = Field(0.9, description="Fatigue at which a force on wheels or tracks rests in pursuit.")
    pursuit_hours: float = Field(
        168.0,
        ge=1,
        le=2000,
        description="In pursuit added to every way instead of `near_hours`: a week, in which lorries reach any place "
        "of such a country.",
        json_schema_extra=HOURS,
    )
    pursuit_aside: Share = Field(0.5, description="In pursuit taken instead of `leave_behind`.")

    # time and distance
    haul_share: float = Field(
        0.6,
        ge=0,
        le=5,
        description="Share of the longest haul (ruleset, `haul_limit_km`) over land not yet taken beyond which an "
        "objective is left alone, tasks excepted; the rest is needed behind the front.",
    )
    near_hours: float = Field(
        48.0,
        ge=1,
        le=1000,
        description="Added to every way: how much a near objective is worth against a far one.",
        json_schema_extra=HOURS,
    )
    wait_hexes: int = Field(
        3,
        ge=0,
        le=50,
        description="How far a column may be drawn out before its head waits: a day's march of the tail.",
        json_schema_extra=HEXES,
    )
    reach_hours: float = Field(
        96.0,
        ge=0,
        le=1000,
        description="How far a force goes to help a threatened place, or to the next stand.",
        json_schema_extra=HOURS,
    )
    refuge_detour_hours: float = Field(
        240.0,
        ge=0,
        le=2000,
        description="How much farther a base area may lie than another with enemies in it and still be preferred.",
        json_schema_extra=HOURS,
    )
    sweep_hexes: int = Field(
        8, ge=0, le=100, description="How far a force without an objective goes for an enemy.", json_schema_extra=HEXES
    )
    stand_hexes: int = Field(
        2,
        ge=1,
        le=2,
        description="How far back a force that delays looks for its next stand; a day's march on foot.",
        json_schema_extra=HEXES,
    )
    raid_hexes: int = Field(3, ge=0, le=100, description="How far bands go to raid.", json_schema_extra=HEXES)

    # how a group is used
    reserve_share: Share = Field(0.1, description="Part of a group held back.")
    leave_behind: Share = Field(
        0.2, description="Strength, as a share of the group's, of an enemy beside the way who is left there."
    )
    round_forces: int = Field(
        3, ge=2, le=50, description="Forces at an objective from which one goes round it.", json_schema_extra=unit("")
    )
    sweep_odds: float = Field(
        2.0, ge=0, le=20, description="An enemy stronger than so many times the force is not gone for in a sweep."
    )
    last_share: float = Field(
        2.0,
        ge=1,
        le=10,
        description="A force in a garrison place counts as the last one there while all strength at hand is below so "
        "many times its own.",
    )

    stay_works: float = Field(
        1.0,
        ge=0,
        le=4,
        description="Works (1 hasty, 2 prepared, 3 fortified) that a force out of contact and not alone leaves only "
        "for a threatened place.",
    )

    # when forces wait
    days_wanted: float = Field(
        2.0, ge=0, le=60, description="Supply wanted before an advance.", json_schema_extra=unit("days")
    )
    starving: Share = Field(0.5, description="Hunger at which a force goes back to the nearest garrison to be fed.")
    rest_fatigue: Share = Field(0.7, description="Fatigue at which a force out of contact rests.")
    rest_cohesion: Share = Field(0.35, description="Cohesion below which it does.")

    # bands
    raid_from_bands: bool = Field(False, description="Whether bands raid the enemy's supply roads.")
    raid_hunger: Share = Field(0.5, description="Hunger from which bands do not raid.")
    raid_risk: float = Field(
        4.0,
        ge=0,
        le=100,
        description="Strength of enemy troops who can be there in time, to that of the raiders, up to which insurgents "
        "strike at a road or railway.",
    )

    # land that is held
    clear_from: float = Field(
        1.0,
        ge=0,
        le=1000,
        description="Mines from which troops who hold a road clear them.",
        json_schema_extra=unit("mines/km²"),
    )
    season_patience: float = Field(
        1.3,
        ge=1,
        le=20,
        description="An objective whose way takes so many times as long as in the dry season waits for dry roads, "
        "tasks excepted.",
    )


def defaults() -> dict[str, object]:
    """The doctrine of a side of which nothing is said but that it delays."""
    return DoctrineEntry.model_validate({"posture": "delay"}).model_dump()
