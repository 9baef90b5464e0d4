"""From the keys of politics to what rules read: lines of fracture, purges, stages, the terms of peace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from game.core.hexmap import HexMap
from game.core.ids import NO_FACTION, OFF_MAP
from game.core.setting import PeaceTerms, Splits, Stage
from game.scenario.ground import locate
from game.scenario.schema_cast import FactionEntry, FactionsFile
from game.scenario.schema_politics import FractureEntry, PeaceEntry, PullsEntry

CAUSES = tuple(PullsEntry.model_fields)
"""Causes of disunity in the order of rules.unity (a test compares them)."""
_PLACE_REACH = 2
"""Rings of hexes around a place of a region that belong to it."""


def make_splits(
    map_: HexMap, file: FactionsFile, rows: Mapping[str, int], groups: Mapping[str, int], start: date
) -> Splits:
    """Lines of fracture and purges. rows, groups: row of each id, in order; start: the game's first day."""
    lines = file.fracture
    return Splits(
        parent=np.array([rows[line.parent] for line in lines], np.int64),
        child=np.array([rows[line.child] for line in lines], np.int64),
        war=np.array([line.stance == "war" for line in lines], np.int8),
        command=_table([[int(name in line.groups) for name in groups] for line in lines], len(groups)),
        region=_table([region(map_, line).tolist() for line in lines], map_.n),
        pull=np.array([[getattr(line.pulls, cause) for cause in CAUSES] for line in lines], np.float64).reshape(
            len(lines), len(CAUSES)
        ),
        purged=np.array([rows[purge.faction] for purge in file.purges], np.int64),
        purge=np.array(
            [[24 * (p.first - start).days, 24 * (p.last - start).days, p.weight] for p in file.purges], np.float64
        ).reshape(len(file.purges), 3),
    )


def _table(rows: list[list[int]], width: int) -> npt.NDArray[np.int8]:
    return np.array(rows, np.int8).reshape(len(rows), width)


def region(map_: HexMap, line: FractureEntry) -> npt.NDArray[np.int8]:
    """int8 [n]: 1 in the command's region and in the hexes beside it."""
    names = [map_.provinces.index(name) for name in line.provinces]
    inside = map_.is_land & np.isin(map_.province, names)
    around = np.zeros(map_.n, bool)
    around[[locate(map_, name) for name in line.places]] = True
    for _ in range(_PLACE_REACH):
        around = _widened(map_, around)
    return (_widened(map_, inside | around) & map_.is_land).astype(np.int8)


def _widened(map_: HexMap, inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    beside = np.where(map_.neighbours == OFF_MAP, 0, map_.neighbours)
    reached: npt.NDArray[np.bool_] = inside | (inside[beside] & (map_.neighbours != OFF_MAP)).any(axis=1)
    return reached


def stages(entry: FactionEntry) -> tuple[Stage, ...]:
    """The names that a faction may come to go by."""
    return tuple(Stage(s.id, s.name, s.short, s.adjective, s.kind) for s in entry.stages)


def peace_terms(entry: PeaceEntry | None, rows: Mapping[str, int]) -> PeaceTerms | None:
    """How the war may be settled."""
    if entry is None:
        return None
    parties = tuple(rows[name] for name in entry.parties)
    return PeaceTerms(
        country=entry.country,
        parties=parties,
        required=tuple(rows[name] for name in entry.required) or parties,
        guarantors=tuple(rows[name] for name in entry.guarantors),
        mission=NO_FACTION if entry.mission is None else rows[entry.mission],
        council=entry.council,
        sites=tuple(entry.sites),
        seats=entry.seats,
    )
