"""Corrections by hand: what a person knows better about single hexes and links of one map than the sources do.

They stand in a table beside the hand layers, `corrections/NAME.csv`, and are laid on last, so a rebuilt map keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from game.core import hexes
from game.core.hexmap import HexMap
from game.core.ids import HexIndex
from game.scenario import mapcodes as codes
from game.scenario.mapbuild.sources import MapBuildError
from game.scenario.mapfile import MapFileError, dump_map, parse_map

Value = TypeVar("Value", int, str)

COLUMNS = ("layer", "where", "value", "why")
_LINKS: dict[str, tuple[str, Mapping[str, int]]] = {
    "roads": ("road", codes.ROAD_WORDS),
    "rails": ("rail", codes.RAIL_WORDS),
    "rivers": ("river", codes.RIVER_WORDS),
    "crossings": ("crossing", codes.CROSSING_WORDS),
}
"""Layer of a map file -> array of the map, and its words."""
_PICTURES = ("terrain", "elevation_m", "flood", "country", "province")
_NONE = "none"
_PLACE = re.compile(r"\d{4}(/\d{4})?")
_HEIGHTS = range(-500, 9000)


@dataclass(frozen=True)
class _Row:
    where: str
    """File and row, for messages."""
    layer: str
    hexes: tuple[HexIndex, ...]
    value: str


def apply(hex_map: HexMap, rows: list[dict[str, str]], file: str) -> HexMap:
    """The map with the corrections of a table of COLUMNS laid on in order. Raises MapBuildError.

    The first row names the grid that the hex numbers belong to, so that another box or scale is not corrected by
    mistake: layer `grid`, columns and rows (77x67), and the origin of the map file. In the others `where` is a hex
    (4831) for the pictures and two hexes that touch (4831/4832) for roads, rails, rivers and crossings; `value` is what
    the map file says there, or `none`.
    """
    if not rows:
        return hex_map
    arrays: dict[str, npt.NDArray[np.generic]] = {
        name: getattr(hex_map, name).copy()
        for name in (
            "terrain",
            "relief",
            "elevation_m",
            "flood",
            "country",
            "province",
            "road",
            "rail",
            "river",
            "crossing",
        )
    }
    _check_grid(hex_map, rows[0], f"{file}:2")
    for number, row in enumerate(rows[1:], 3):
        _lay(hex_map, arrays, _read(hex_map, row, f"{file}:{number}"))
    provenance = {
        **hex_map.provenance,
        "corrections": f"{len(rows) - 1} by hand (CC0), each with its reason in the table",
    }
    corrected = replace(hex_map, provenance=provenance, **arrays)  # type: ignore[arg-type]
    try:
        parse_map(dump_map(corrected), corrected.name)
    except MapFileError as error:
        first = error.faults[0]
        raise MapBuildError(
            f"{file}: with these corrections the map is not whole: {first.message}; {first.remedy}"
        ) from error
    return corrected


def _check_grid(hex_map: HexMap, row: dict[str, str], where: str) -> None:
    """Raises MapBuildError if the table was written for another grid."""
    x, y = hex_map.origin_km
    grid = f"grid,{hex_map.cols}x{hex_map.rows},{x!r} {y!r}"
    found = ",".join(row[key].strip() for key in COLUMNS[:3])
    if found != grid:
        raise MapBuildError(
            f"{where}: these corrections begin with `{found}`, but this map's grid is `{grid}`; give the map another "
            "--name, or correct its own hexes under this line"
        )


def _read(hex_map: HexMap, row: dict[str, str], where: str) -> _Row:
    layer, spot, value = row["layer"].strip(), row["where"].strip(), row["value"].strip()
    if layer not in _PICTURES and layer not in _LINKS:
        raise MapBuildError(f"{where}: unknown layer {layer!r}; choose one of {', '.join((*_PICTURES, *_LINKS))}")
    wanted = "two hexes that touch, 4831/4832" if layer in _LINKS else "a hex, 4831"
    if not _PLACE.fullmatch(spot) or ("/" in spot) != (layer in _LINKS):
        raise MapBuildError(f"{where}: {spot!r} is no place for {layer}; give {wanted}")
    found = []
    for word in spot.split("/"):
        col, line = int(word[:2]), int(word[2:])
        if col >= hex_map.cols or line >= hex_map.rows:
            raise MapBuildError(
                f"{where}: hex {word} is off the map; columns 0-{hex_map.cols - 1}, rows 0-{hex_map.rows - 1}"
            )
        found.append(line * hex_map.cols + col)
    if not row["why"].strip():
        raise MapBuildError(f"{where}: a correction needs its reason; fill the column `why`")
    return _Row(where, layer, tuple(found), value)


def _lay(hex_map: HexMap, arrays: dict[str, npt.NDArray[np.generic]], row: _Row) -> None:
    here = row.hexes[0]
    if row.layer in _LINKS:
        name, words = _LINKS[row.layer]
        beside = hex_map.neighbours[here].tolist()
        if row.hexes[1] not in beside:
            raise MapBuildError(f"{row.where}: the two hexes do not touch; name one link a row")
        d = beside.index(row.hexes[1])
        grade = _choice(row, {_NONE: 0, **words})
        arrays[name][here, d] = arrays[name][row.hexes[1], hexes.opposite(d)] = grade
        if name == "river" and not grade:
            arrays["crossing"][here, d] = arrays["crossing"][row.hexes[1], hexes.opposite(d)] = 0
    elif row.layer == "terrain":
        kind, relief = codes.TERRAIN_CODES[_choice(row, {code: code for code in codes.TERRAIN_CODES})]
        arrays["terrain"][here], arrays["relief"][here] = kind, relief
    elif row.layer == "flood":
        arrays["flood"][here] = _choice(row, {_NONE: 0, **{c: int(v) for c, v in codes.FLOOD_CODES.items()}})
    elif row.layer == "elevation_m":
        if not re.fullmatch(r"-?\d{1,5}", row.value) or int(row.value) not in _HEIGHTS:
            raise MapBuildError(f"{row.where}: elevation {row.value!r} must be whole metres")
        arrays["elevation_m"][here] = int(row.value)
    else:
        names = hex_map.countries if row.layer == "country" else hex_map.provinces
        arrays[row.layer][here] = _choice(row, {_NONE: -1, **{name: i for i, name in enumerate(names)}})


def _choice(row: _Row, choices: Mapping[str, Value]) -> Value:
    if row.value not in choices:
        raise MapBuildError(f"{row.where}: {row.layer} {row.value!r} is unknown; choose one of {', '.join(choices)}")
    return choices[row.value]
