"""Figures of a game that conditions of events and the measurements of victory both ask for."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Status
from game.core.setting import Setting
from game.core.state import Tables


def allied_with(setting: Setting, subjects: tuple[int, ...]) -> tuple[int, ...]:
    """The subjects and all under the same command: who takes a town for Vietnam takes it for its side."""
    return _allied(tuple(side.factions for side in setting.sides), subjects)


@lru_cache(maxsize=256)
def _allied(sides: tuple[tuple[int, ...], ...], subjects: tuple[int, ...]) -> tuple[int, ...]:
    out = set(subjects)
    for members in sides:
        if out & set(members):
            out |= set(members)
    return tuple(sorted(out))


def men_under_arms(tables: Tables, factions: tuple[int, ...]) -> int:
    """Men of the factions in play, bands included."""
    fi = tables.force_i
    return int(fi[F.MEN][_in_play(tables) & _are(tables, factions)].sum())


def _in_play(tables: Tables) -> npt.NDArray[np.bool_]:
    status = tables.force_i[F.STATUS]
    found: npt.NDArray[np.bool_] = (status >= Status.ACTIVE) & (status <= Status.BANDS)
    return found


def _are(tables: Tables, factions: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Which forces are the factions'. (A look-up: numpy's own search of sets takes ten times as long.)"""
    whose = np.zeros(tables.faction_i.shape[1], bool)
    whose[list(factions)] = True
    found: npt.NDArray[np.bool_] = whose[tables.force_i[F.FACTION]]
    return found


def held_share(setting: Setting, tables: Tables, factions: tuple[int, ...], country: int | None) -> float:
    """Share (0..1), by value, of the places of a country that the factions hold; of the whole map for None."""
    land = setting.ground.value > 0
    if country is not None:
        land &= setting.map.country == country
    total = float(setting.ground.value[land].sum())
    held = land & np.isin(tables.hex_i[H.CONTROL], factions)
    return float(setting.ground.value[held].sum()) / total if total else 0.0


def men_in(setting: Setting, tables: Tables, factions: tuple[int, ...], country: int) -> int:
    """Men of the factions in play inside a country, bands included."""
    fi = tables.force_i
    here = _in_play(tables) & _are(tables, factions) & (fi[F.HEX] != OFF_MAP)
    return int(fi[F.MEN][here & (setting.map.country[fi[F.HEX]] == country)].sum())


def foreign_men(setting: Setting, tables: Tables, country: int) -> int:
    """Men inside a country of factions whose own land is another country."""
    host, countries = setting.ground.host, setting.map.country
    at_home = set(np.unique(host[countries == country]).tolist())
    abroad = set(np.unique(host[countries != country]).tolist()) - at_home - {NO_FACTION}
    return men_in(setting, tables, tuple(sorted(abroad)), country)


def support_share(setting: Setting, tables: Tables, faction: int, province: int | None = None) -> float:
    """Share (0..1) of the people fought over who prefer a faction's movement, of one province or of all."""
    movement = int(tables.faction_i[A.MOVEMENT, faction])
    if movement < 0:
        return 0.0
    people = tables.hex_i[H.PEOPLE] * (setting.cast.contested != 0)
    if province is not None:
        people = people * (setting.cast.province == province)
    total = float(people.sum())
    return float((people * tables.support[movement]).sum()) / total if total else 0.0


def camp_people(tables: Tables) -> npt.NDArray[np.int64]:
    """People in the camps that each faction holds: int64 [factions]."""
    holder, people = tables.camp_i[K.HOLDER], tables.camp_i[K.PEOPLE]
    held = holder >= 0
    return np.bincount(holder[held], people[held], tables.faction_i.shape[1]).astype(np.int64)


def people_in_camps(tables: Tables) -> int:
    """People in all camps, whoever holds them."""
    return int(tables.camp_i[K.PEOPLE].sum())


def displaced(tables: Tables) -> int:
    """People who are not where they belong, camps included."""
    return int(tables.hex_i[H.DISPLACED].sum()) + people_in_camps(tables)


def dead_of(tables: Tables, cause: int) -> tuple[int, int]:
    """Civilian dead of a cause (columns.harm) so far, as a range: a check of honesty, never an objective."""
    return int(tables.harm[cause, M.DEAD_LOW]), int(tables.harm[cause, M.DEAD_HIGH])
