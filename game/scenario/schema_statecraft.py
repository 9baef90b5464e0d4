"""The keys of a side's doctrine in factions.yaml that say how it deals with others. Agents read them."""

from pydantic import Field

from game.scenario.fields import Entry, unit


class StatecraftEntry(Entry):
    """How a side deals with others, and how it answers in a peace process.

    The figures are guesses for game use unless their description says more.
    """

    # what is proposed
    patience_months: float = Field(
        15.0,
        ge=0,
        le=120,
        json_schema_extra=unit("months"),
        description="Time before the same is proposed again to one who refused it or did not answer, where there is no "
        "hope; the better the odds, the sooner.",
    )
    turned_bad: float = Field(
        -25.0,
        ge=-200,
        le=0,
        json_schema_extra=unit("points"),
        description="Worth below which a treaty is ended: it takes something to break a habit.",
    )
    least_worth: float = Field(
        4.0,
        ge=0,
        le=100,
        json_schema_extra=unit("points"),
        description="Worth from which something is proposed.",
    )
    least_odds: float = Field(
        0.2,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Odds from which something is proposed.",
    )
    friendly: float = Field(
        40.0,
        ge=-100,
        le=100,
        json_schema_extra=unit("points"),
        description="Relation from which an alliance is kept whatever it costs.",
    )
    estranged: float = Field(
        -40.0,
        ge=-100,
        le=100,
        json_schema_extra=unit("points"),
        description="Relation below which nobody asks the other to trade.",
    )
    ally_from: float = Field(
        30.0,
        ge=-100,
        le=100,
        json_schema_extra=unit("points"),
        description="Relation from which an alliance is thought of.",
    )
    aid_from: float = Field(
        0.0,
        ge=-100,
        le=100,
        json_schema_extra=unit("points"),
        description="Relation from which aid is asked for and offered.",
    )
    aid_man: float = Field(
        2000.0,
        ge=0,
        le=20000,
        json_schema_extra=unit("US$/man/year"),
        description="Aid that is asked for and offered. China armed 30,000-40,000 men for US$ 60-100 m a year.",
    )
    aid_purse: float = Field(
        0.2,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Share of a purse that one treaty of aid is to take at most.",
    )
    force_abroad: float = Field(
        5000.0,
        ge=0,
        le=500000,
        json_schema_extra=unit("men"),
        description="Men abroad from whom a withdrawal is a subject of talks.",
    )
    offer_months: float = Field(
        24.0,
        ge=1,
        le=120,
        json_schema_extra=unit("months"),
        description="Timetable of a withdrawal that is offered.",
    )
    demand_months: float = Field(
        12.0,
        ge=1,
        le=120,
        json_schema_extra=unit("months"),
        description="Timetable of a withdrawal that is asked for.",
    )
    fearful: float = Field(
        0.3,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Fear of foreign armies from which one is asked, or threatened, to leave.",
    )
    # force
    war_will: float = Field(
        40.0,
        ge=0,
        le=100,
        json_schema_extra=unit("points"),
        description="Political will below which nobody thinks of war.",
    )
    war_weary: float = Field(
        50.0,
        ge=0,
        le=100,
        json_schema_extra=unit("points"),
        description="Weariness above which nobody thinks of war.",
    )
    rage: float = Field(
        -70.0,
        ge=-100,
        le=0,
        json_schema_extra=unit("points"),
        description="Relation below which war is thought of; that of Vietnam and Democratic Kampuchea fell below it "
        "in 1977-78.",
    )
    war_chance: float = Field(
        0.7,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Chance of prevailing from which it is.",
    )
    war_hazard: float = Field(
        0.12,
        ge=0,
        le=1,
        json_schema_extra=unit("1/month"),
        description="Chance that such a war is begun: some eight months after it is thought of.",
    )
    friend_from: float = Field(
        50.0,
        ge=-100,
        le=100,
        json_schema_extra=unit("points"),
        description="Relation from which another counts as a friend to be stood by.",
    )
    even_chance: float = Field(
        0.5,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Chance of prevailing from which one stands by an ally, or threatens.",
    )
    stand_below: float = Field(
        -30.0,
        ge=-100,
        le=0,
        json_schema_extra=unit("points"),
        description="Relation with the attacker below which one stands by an ally.",
    )
    stand_hazard: float = Field(
        0.2,
        ge=0,
        le=1,
        json_schema_extra=unit("1/month"),
        description="Chance that one then goes to war beside the ally.",
    )
    fit_share: float = Field(
        0.25,
        ge=0,
        le=5,
        json_schema_extra=unit("share"),
        description="Own strength to the attacker's from which it is worth while.",
    )
    big_army: float = Field(
        50000.0,
        ge=0,
        le=2000000,
        json_schema_extra=unit("men"),
        description="Men abroad who call for sanctions and punishment.",
    )
    punish_months: float = Field(
        2.0,
        ge=0,
        le=60,
        json_schema_extra=unit("months"),
        description="Length of a war that is to punish; February and March 1979.",
    )
    punish_below: float = Field(
        -60.0,
        ge=-100,
        le=0,
        json_schema_extra=unit("points"),
        description="Relation below which such a war is thought of.",
    )
    punish_chance: float = Field(
        0.35,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Chance of prevailing from which it is.",
    )
    punish_hazard: float = Field(
        0.25,
        ge=0,
        le=1,
        json_schema_extra=unit("1/month"),
        description="Chance that it is begun.",
    )
    threat_below: float = Field(
        -50.0,
        ge=-100,
        le=0,
        json_schema_extra=unit("points"),
        description="Relation below which an army abroad is threatened.",
    )
    threat_hazard: float = Field(
        0.04,
        ge=0,
        le=1,
        json_schema_extra=unit("1/month"),
        description="Chance that it is.",
    )
    # trade
    embargo_purse: float = Field(
        20.0,
        ge=0,
        le=5000,
        json_schema_extra=unit("US$ m"),
        description="Purse from which stopping trade is felt.",
    )
    embargo_below: float = Field(
        -40.0,
        ge=-100,
        le=100,
        json_schema_extra=unit("points"),
        description="Relation below which trade is stopped with one who keeps a big army abroad.",
    )
    embargo_hazard: float = Field(
        0.2,
        ge=0,
        le=1,
        json_schema_extra=unit("1/month"),
        description="Chance that it is.",
    )
    relent_share: float = Field(
        0.2,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Share of a big army below which trade is taken up again.",
    )
    relent_hazard: float = Field(
        0.1,
        ge=0,
        le=1,
        json_schema_extra=unit("1/month"),
        description="Chance that it is.",
    )
    # a peace process
    own_trade: float = Field(
        0.3,
        ge=0,
        le=1,
        json_schema_extra=unit("share"),
        description="Share of income from trade from which it is money of one's own.",
    )
    pardon_autonomy: float = Field(
        40.0,
        ge=0,
        le=100,
        json_schema_extra=unit("hundredths"),
        description="Autonomy offered with a pardon.",
    )
    pardon_months: float = Field(
        6.0,
        ge=0,
        le=120,
        json_schema_extra=unit("months"),
        description="Time before a pardon is offered again.",
    )


def manners() -> dict[str, float]:
    """The figures of a side of which nothing is said."""
    return StatecraftEntry.model_validate({}).model_dump()
