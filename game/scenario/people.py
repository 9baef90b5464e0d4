"""From the scenario's `people` to tables: support, camps, food, relief."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.calendar import MONTHS_A_YEAR
from game.core.columns import camp, faction
from game.core.columns import hex as hex_columns
from game.core.hexes import distance
from game.core.hexmap import HexMap
from game.core.ids import NEVER, NO_FACTION
from game.core.ruleset import Ruleset
from game.core.setting import Cast
from game.core.state import Tables
from game.scenario.ground import hosts, locate
from game.scenario.schema_cast import FactionEntry
from game.scenario.schema_people import PeopleEntry, ReliefEntry


def cast_of_people(
    map_: HexMap, factions: list[FactionEntry], contested: npt.NDArray[np.int8], entry: PeopleEntry, start: date
) -> dict[str, Any]:
    """The fields of `core.setting.Cast` that the scenario's `people` makes."""
    movements = [k for k, faction_ in enumerate(factions) if faction_.movement]
    leaning = np.zeros((len(movements), map_.n))
    ceiling = np.ones(len(movements))
    for m, row in enumerate(movements):
        given = entry.support.get(factions[row].id)
        if given is not None:
            whole = given.share if given.leaning is None else given.leaning
            leaning[m] = _by_province(map_, contested, whole, given.provinces)
            ceiling[m] = given.ceiling
    sites = [locate(map_, site.location) for site in entry.camps]
    return {
        "lands": np.flatnonzero(contested),
        "champion": np.array(movements, np.int64),
        "leaning": leaning,
        "ceiling": ceiling,
        "relief_t": _relief(entry.relief, start),
        "first_month": start.year * 12 + start.month,
        "camp_steps": np.array(
            [[distance(site, h, map_.cols) for h in range(map_.n)] for site in sites], np.int16
        ).reshape(len(sites), map_.n),
        "camp_from": np.array(
            [0 if site.opens_from is None else (site.opens_from - start).days * 24 for site in entry.camps], np.int64
        ),
    }


def _by_province(
    map_: HexMap, contested: npt.NDArray[np.int8], whole: float, provinces: dict[str, float]
) -> npt.NDArray[np.float64]:
    share = np.where(contested == 1, whole, 0.0)
    for name, value in provinces.items():
        share[(map_.province == map_.provinces.index(name)) & (contested == 1)] = value
    return share


def _relief(entries: list[ReliefEntry], start: date) -> npt.NDArray[np.float64]:
    """float64 [months, 2]: tonnes a month for the country and for camps, from the start's month on."""
    first = start.year * 12 + start.month
    months = max((e.until.year * 12 + e.until.month - first + 1 for e in entries), default=0)
    tonnes = np.zeros((months, 2))
    for e in entries:
        for at in range(e.since.year * 12 + e.since.month - first, e.until.year * 12 + e.until.month - first + 1):
            tonnes[at] += (e.country, e.camps)
    return tonnes


def fill_people(
    map_: HexMap, factions: list[FactionEntry], cast: Cast, rules: Ruleset, entry: PeopleEntry, tables: Tables
) -> None:
    """Support, food and camps at the start."""
    rows = {faction_.id: k for k, faction_ in enumerate(factions)}
    inside = cast.contested == 1
    tables.hex_i[hex_columns.FOUGHT] = NEVER
    tables.hex_i[hex_columns.QUIET] = int(rules.support.quiet_most)
    tables.hex_f[hex_columns.SECURITY, inside] = entry.security
    tables.hex_f[hex_columns.WANT, inside] = entry.want
    tables.hex_f[hex_columns.PLANTED] = np.where(cast.fields_ha > 0.0, entry.planted, 0.0) * inside
    monthly = tables.hex_i[hex_columns.PEOPLE] * rules.harvest.need_kg / 1000.0 / MONTHS_A_YEAR
    tables.hex_f[hex_columns.FOOD_T] = np.where(inside, monthly * entry.food, 0.0)
    for name, given in entry.support.items():
        m = int(tables.faction_i[faction.MOVEMENT, rows[name]])
        tables.support[m] = _by_province(map_, cast.contested, given.share, given.provinces)
        inhabitants = tables.hex_i[hex_columns.PEOPLE] * inside
        if inhabitants.any():
            mean = float((tables.support[m] * inhabitants).sum() / inhabitants.sum())
            tables.faction_f[faction.SUPPORT, rows[name]] = mean
    host = hosts(map_, factions)
    for k, site in enumerate(entry.camps):
        column = tables.camp_i[:, k]
        at = locate(map_, site.location)
        column[camp.HEX] = at
        column[camp.HOST] = host[at] if site.host is None else rows[site.host]
        column[camp.HOLDER] = NO_FACTION if site.holder is None else rows[site.holder]
        column[camp.PEOPLE] = site.people
        column[camp.CAPACITY] = site.capacity
        column[camp.OPENED] = 0 if site.people > 0 else NEVER
        column[camp.CLOSED] = NEVER
