"""How a side deals with others, as numbers that kernels read; scenario.schema_statecraft says what each means."""

from functools import cache
from typing import NamedTuple

from game.core.bundles import bundle
from game.core.setting import Setting
from game.scenario.schema_statecraft import manners


@bundle
class Manners(NamedTuple):
    """The keys of statecraft in the `doctrine` of factions.yaml: same names, same units."""

    patience_months: float
    turned_bad: float
    least_worth: float
    least_odds: float
    friendly: float
    estranged: float
    ally_from: float
    aid_from: float
    aid_man: float
    aid_purse: float
    force_abroad: float
    offer_months: float
    demand_months: float
    fearful: float
    war_will: float
    war_weary: float
    rage: float
    war_chance: float
    war_hazard: float
    friend_from: float
    even_chance: float
    stand_below: float
    stand_hazard: float
    fit_share: float
    big_army: float
    punish_months: float
    punish_below: float
    punish_chance: float
    punish_hazard: float
    threat_below: float
    threat_hazard: float
    embargo_purse: float
    embargo_below: float
    embargo_hazard: float
    relent_share: float
    relent_hazard: float
    own_trade: float
    pardon_autonomy: float
    pardon_months: float


@cache
def _unsaid() -> tuple[tuple[str, float], ...]:
    defaults = manners()
    return tuple((name, defaults[name]) for name in Manners._fields)


def manners_of(setting: Setting, side: str) -> Manners:
    """How the side deals with others."""
    said = setting.doctrine.get(side, {})
    return Manners(*(float(said.get(name, usual)) for name, usual in _unsaid()))
