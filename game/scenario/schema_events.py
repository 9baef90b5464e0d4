"""The keys of events.yaml: when events happen, what they may do, and the decisions that they put to factions."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from game.scenario.fields import (
    CountryRef,
    DepotRef,
    Entry,
    FactionRef,
    Id,
    MovementRef,
    Pair,
    Prose,
    ProvinceRef,
    Refers,
    ScenarioDate,
    Share,
    Sources,
    Title,
    unit,
)

Count = Annotated[int, Field(ge=0, le=5_000_000)]
Range = Annotated[list[Count], Field(min_length=2, max_length=2)]
"""[low, high]"""
PolicyName = Literal["tax", "conscription", "civic", "amnesty", "seal", "militia", "trade", "pay", "political"]
TermName = Literal[
    "access",
    "sanctuary",
    "aid",
    "alliance",
    "cease_fire",
    "withdrawal",
    "recognition",
    "coalition",
    "power_sharing",
    "amnesty",
    "trade",
    "peace",
]


class RelationEffect(Entry):
    """Sets the relation of two factions: the bond of events becomes what is missing to the value."""

    between: Pair = Field(description="The two factions.")
    value: float = Field(ge=-100, le=100, description="New value.")


class BondEffect(Entry):
    """Moves the relation of two factions."""

    between: Pair = Field(description="The two factions.")
    points: float = Field(ge=-100, le=100, description="Points added or taken; `why` of the event says the reason.")


class StanceEffect(Entry):
    """Sets the stance of two factions."""

    between: Pair = Field(description="The two factions.")
    stance: Literal["war", "hostile", "neutral", "access", "allied"] = Field(description="New stance.")


class WillEffect(Entry):
    """Moves a faction's political will."""

    faction: FactionRef = Field(description="Whose.")
    points: float = Field(ge=-50, le=50, description="Points added or taken.")


class WearinessEffect(Entry):
    """Moves a faction's war weariness."""

    faction: FactionRef = Field(description="Whose.")
    points: float = Field(ge=-50, le=50, description="Points added or taken.")


class UnityEffect(Entry):
    """Moves how far a faction's leaders hold together."""

    faction: FactionRef = Field(description="Whose.")
    share: float = Field(ge=-1, le=1, description="Added or taken; unity is 0 to 1.")


class InflowEffect(Entry):
    """Changes what reaches a depot from outside."""

    depot: DepotRef = Field(description="Which depot.")
    inflow: float = Field(ge=0, le=20_000, description="New inflow.", json_schema_extra=unit("tonnes a day"))


class LiftEffect(Entry):
    """Changes a faction's road transport."""

    faction: FactionRef = Field(description="Whose.")
    factor: float = Field(ge=0.1, le=10, description="Factor on its tonne-km a day.")


class AidBudgetEffect(Entry):
    """Sets what a patron can give in all."""

    faction: FactionRef = Field(description="The patron.")
    amount: float = Field(ge=0, le=100_000, description="New budget.", json_schema_extra=unit("US$ m a year"))


class BudgetEffect(Entry):
    """Changes what a patron can give in all."""

    faction: FactionRef = Field(description="The patron.")
    factor: float = Field(ge=0, le=10, description="Factor on its budget for aid.")


class AidEffect(Entry):
    """Sets what a patron gives a faction."""

    donor: FactionRef = Field(description="Who gives.")
    to: FactionRef = Field(description="Who receives.")
    amount: float = Field(ge=0, le=100_000, description="From now on.", json_schema_extra=unit("US$ m a year"))


class MoneyEffect(Entry):
    """Money, once."""

    faction: FactionRef = Field(description="Whose.")
    amount: float = Field(ge=-10_000, le=10_000, description="Received or paid.", json_schema_extra=unit("US$ m"))


class ManpowerEffect(Entry):
    """Trained men from outside who wait for a unit."""

    faction: FactionRef = Field(description="Who receives them.")
    men: int = Field(ge=1, le=100_000, description="How many.", json_schema_extra=unit("men"))


class KitsEffect(Entry):
    """A delivery of arms."""

    faction: FactionRef = Field(description="Who receives it.")
    men: int = Field(ge=1, le=100_000, description="For how many.", json_schema_extra=unit("men"))


class PolicyEffect(Entry):
    """Sets a standing policy: only in a decision of the faction's own."""

    faction: FactionRef = Field(description="Whose.")
    policy: PolicyName = Field(description="Which.")
    value: Share = Field(description="From 0, none, to 1, all it can.")


class TreatyEffect(Entry):
    """A treaty: proposed, so that the other may answer, or in force at once where one party acts from outside."""

    term: TermName = Field(description="What it is about.")
    giver: FactionRef = Field(description="Who gives; of an alliance or a peace, who proposes.")
    taker: FactionRef = Field(description="Who receives.")
    value: int = Field(0, ge=0, le=1_000_000, description="As the term says: US$ thousand a month, months, hundredths.")
    months: int = Field(0, ge=0, le=600, description="How long; 0: without end.", json_schema_extra=unit("months"))
    in_force: bool = Field(False, description="It comes into force at once: only if a party has no forces on the map.")


class SanctionEffect(Entry):
    """An embargo."""

    by: FactionRef = Field(description="Who stops trade.")
    against: FactionRef = Field(description="With whom.")
    lifted: bool = Field(False, description="The embargo ends.")


class RecognitionEffect(Entry):
    """Recognition of a government."""

    by: FactionRef = Field(description="Who recognises.")
    of: FactionRef = Field(description="Whom, as its country's government.")
    withdrawn: bool = Field(False, description="It recognises no longer.")


class ReliefEffect(Entry):
    """Food from outside for the people of a country or a province, by their number."""

    country: CountryRef | None = Field(None, description="Which country; or name a province.")
    province: ProvinceRef | None = Field(None, description="Which province.")
    tonnes: float = Field(gt=0, le=1_000_000, description="How much.", json_schema_extra=unit("tonnes of rice"))


class HarmEffect(Entry):
    """Enters dead and displaced that history records in the harm ledger. It can only cost whoever did it."""

    cause: Literal["fighting", "hunger", "mines", "labour", "attacks", "expulsion"] = Field(description="Of what.")
    by: FactionRef | None = Field(None, description="Who is responsible; left out if nobody alone is.")
    dead: Range = Field(default_factory=lambda: [0, 0], description="Lowest and highest estimate.")
    displaced: Range = Field(default_factory=lambda: [0, 0], description="Lowest and highest estimate.")


class SupportEffect(Entry):
    """Moves the support of a movement."""

    movement: MovementRef = Field(description="Whose.")
    province: ProvinceRef | None = Field(None, description="Where; everywhere if left out.")
    share: float = Field(ge=-1, le=1, description="Share of the people who turn to it, or from it.")


class MinesEffect(Entry):
    """Mines scattered over a province, by date: lasting, and against everybody."""

    province: ProvinceRef = Field(description="Where.")
    density: float = Field(gt=0, le=100, description="Added.", json_schema_extra=unit("mines per km²"))


class EffectEntry(Entry):
    """One thing that an event does: exactly one of these keys. No event can hand over a place or a force."""

    model_config = ConfigDict(**Entry.model_config, json_schema_extra={"minProperties": 1, "maxProperties": 1})

    relation: RelationEffect | None = Field(None, description="Sets relations.")
    bond: BondEffect | None = Field(None, description="Moves relations.")
    stance: StanceEffect | None = Field(None, description="Sets a stance.")
    will: WillEffect | None = Field(None, description="Moves political will.")
    weariness: WearinessEffect | None = Field(None, description="Moves war weariness.")
    unity: UnityEffect | None = Field(None, description="Moves the unity of leaders.")
    inflow: InflowEffect | None = Field(None, description="Changes a depot's inflow.")
    lift: LiftEffect | None = Field(None, description="Changes road transport.")
    aid_budget: AidBudgetEffect | None = Field(None, description="Sets a patron's budget.")
    budget: BudgetEffect | None = Field(None, description="Changes a patron's budget.")
    aid: AidEffect | None = Field(None, description="Sets a patron's aid to a faction.")
    money: MoneyEffect | None = Field(None, description="Gives or takes money.")
    manpower: ManpowerEffect | None = Field(None, description="Gives trained men.")
    kits: KitsEffect | None = Field(None, description="Gives arms.")
    policy: PolicyEffect | None = Field(None, description="Sets a policy; in options only.")
    treaty: TreatyEffect | None = Field(None, description="Proposes or makes a treaty.")
    sanction: SanctionEffect | None = Field(None, description="Begins or ends an embargo.")
    recognition: RecognitionEffect | None = Field(None, description="Gives or takes recognition.")
    relief: ReliefEffect | None = Field(None, description="Brings food to people.")
    harm: HarmEffect | None = Field(None, description="Enters harm in the ledger.")
    support: SupportEffect | None = Field(None, description="Moves a movement's support.")
    mines: MinesEffect | None = Field(None, description="Scatters mines.")


ConditionText = Annotated[str, Refers("condition")]


class OptionEntry(Entry):
    """One answer to a decision. Its effects are shown before anybody chooses."""

    id: Id = Field(description="Short name.")
    title: Title = Field(description="What is done, as an order: 'Open the border'.")
    text: Prose = Field("", description="What it means.")
    effects: list[EffectEntry] = Field(default_factory=list, description="What it changes, if anything.")
    default: bool = Field(False, description="Taken if no answer comes in time; of the first if none says so.")
    ai: ConditionText | None = Field(
        None, description="What an agent holds it to be worth beside the others, as an expression; 1 if left out."
    )


class EventEntry(Entry):
    """Something that happens on a day, or when a condition holds; with `asks` and `options`, a decision."""

    id: Id = Field(description="Short name.")
    date: ScenarioDate | None = Field(
        None, description="Day on which it happens; with `when`, the first day on which it may."
    )
    when: ConditionText | None = Field(
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
    asks: FactionRef | None = Field(None, description="Faction that has to choose one of the options.")
    options: Annotated[list[OptionEntry], Field(max_length=6)] = Field(
        default_factory=list, description="What it may choose, two at least."
    )
    answer_days: float = Field(
        30.0, ge=1, le=730, description="Time in which it may answer.", json_schema_extra=unit("days")
    )
    why: Title | None = Field(None, description="Reason recorded with changed relations.")
    sources: Sources


class EventsFile(Entry):
    """events.yaml: what happens by date or condition."""

    events: list[EventEntry] = Field(default_factory=list, description="Events.")
