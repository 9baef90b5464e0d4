"""A side's way of war, as numbers that kernels read; scenario.schema_doctrine says what each means."""

from collections.abc import Mapping
from typing import Any, NamedTuple, get_type_hints

from game.core.bundles import bundle

OFFENSIVE, DELAY, WATCH, MEASURED = 0, 1, 2, 3
_POSTURES = {"offensive": OFFENSIVE, "delay": DELAY, "watch": WATCH, "measured": MEASURED}


@bundle
class Doctrine(NamedTuple):
    """The `doctrine` of factions.yaml: same names, same units. `leader` is the faction that leads the side."""

    posture: int
    leader: int
    odds_attack: float
    odds_withdraw: float
    outmatched: float
    broken: float
    stand_hexes: int
    unseen: float
    lone_weight: float
    least_chance: float
    beside_share: float
    haul_share: float
    pursuit_odds: float
    pursuit_fatigue: float
    pursuit_hours: float
    pursuit_aside: float
    near_hours: float
    wait_hexes: int
    reach_hours: float
    refuge_detour_hours: float
    sweep_hexes: int
    raid_hexes: int
    reserve_share: float
    leave_behind: float
    round_forces: int
    sweep_odds: float
    last_share: float
    stay_works: float
    days_wanted: float
    starving: float
    rest_fatigue: float
    rest_cohesion: float
    raid_from_bands: int
    raid_hunger: float
    raid_risk: float
    clear_from: float
    season_patience: float


def make_doctrine(said: Mapping[str, Any], leader: int) -> Doctrine:
    """The numbers of a doctrine; every key of the schema must be in `said`."""
    values = {**said, "posture": _POSTURES[said["posture"]], "leader": leader}
    kinds = get_type_hints(Doctrine)
    return Doctrine(**{name: kinds[name](values[name]) for name in Doctrine._fields})
