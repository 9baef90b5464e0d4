"""The keys of factions.yaml about diplomacy: treaties at the start, what factions want, the assembly's blocs."""

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.fields import Entry, FactionRef, Prose, ScenarioDate, Share, Sources, Title, unit

TermName = Literal[
    "access", "sanctuary", "aid", "alliance", "cease_fire", "withdrawal", "recognition", "coalition", "power_sharing",
    "amnesty", "trade", "peace",
]  # fmt: skip


class TreatyEntry(Entry):
    """A treaty in force at the start. It makes the stance between the two; see chapter 11."""

    term: TermName = Field(description="What it is about; `giver` gives, `receiver` receives.")
    giver: FactionRef = Field(
        description="Who grants passage or sanctuary, pays, withdraws, recognises, yields a share."
    )
    receiver: FactionRef = Field(description="Who receives.")
    value: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Aid: US$ thousand a month. Withdrawal: months. Coalition, power sharing: receiver's share in "
        "hundredths. Amnesty: autonomy in hundredths.",
    )
    until: ScenarioDate | None = Field(None, description="Day on which it ends; left out, it has no end.")
    reason: Title = Field(description="What it is, in a few words.")
    sources: Sources


class InterestEntry(Entry):
    """What a faction wants and is thought able to do; agents and the judgement of proposals read it."""

    faction: FactionRef = Field(description="Whose.")
    stake: Share = Field(0.3, description="How much it matters to it who governs the country fought over.")
    fear: Share = Field(0.0, description="How much it fears a foreign army next door.")
    creed: float = Field(0.0, ge=-1, le=1, description="-1 communist - 1 opposed.")
    purse: float = Field(
        0.0,
        ge=0,
        le=20_000,
        description="What it is thought able to give others.",
        json_schema_extra=unit("US$ m a year"),
    )
    might: int = Field(
        0,
        ge=0,
        le=5_000_000,
        description="Men that it could bring to a war here beside those on the map.",
        json_schema_extra=unit("men"),
    )
    spoiler: Literal["limited", "greedy", "total"] = Field(
        "limited", description="What it would settle for: a share, as much as it can get, or nothing less than all."
    )
    stain: Share = Field(0.0, description="How much its record speaks against it abroad.")
    why: Prose = Field("", description="Reasons for these figures.")
    sources: Sources


class BlocEntry(Entry):
    """States that vote alike in the General Assembly."""

    name: Title = Field(description="Name.")
    votes: Annotated[int, Field(ge=1, le=200)] = Field(description="How many votes.")
    lean: dict[FactionRef, Annotated[float, Field(ge=-1, le=1)]] = Field(
        description="Faction: how far the bloc follows it (1) or goes against it (-1)."
    )
    occupation: float = Field(0.0, ge=0, le=2, description="How much it minds governments kept by foreign troops.")
    record: float = Field(0.0, ge=0, le=2, description="How much it minds the record of who holds the seat.")
    law: float = Field(0.0, ge=-2, le=2, description="How much it holds by whoever holds the seat.")
    sources: Sources
