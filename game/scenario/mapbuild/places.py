"""Places of the map: the hand tables of c. 1979, filled up with modern towns far from any of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from math import hypot

from game.core.hexmap import Place
from game.core.ids import OFF_MAP, HexIndex
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.sources import Feature, MapBuildError
from game.scenario.mapcodes import PLACE_KINDS

COLUMNS = ("id", "period_name", "country", "lat", "lon", "kind", "coord_source", "precision_km", "note")
_TOWN_GAP_KM = 9.0
_SOURCES = {"hand": "by hand", "hand (NE point rejected)": "by hand"}


@dataclass(frozen=True)
class Names:
    """Names of places by id: with diacritics, and in the letters of the country."""

    local: dict[str, str]
    script: dict[str, str]


@dataclass(frozen=True)
class Banks:
    """On which bank of which river a place lies, as compass unit vectors in hex units."""

    by_place: dict[str, tuple[tuple[str, tuple[float, float]], ...]]


def make_places(frame: Frame, tables: list[list[dict[str, str]]], names: Names, towns: list[Feature]) -> list[Place]:
    """Places on the map, foremost first. `tables` have COLUMNS; `towns` are points in degrees."""
    found: list[Place] = []
    known: set[str] = set()
    for table in tables:
        for row in table:
            place = _from_row(frame, row, names)
            if place.id in known:
                raise MapBuildError(f"places: the id {place.id!r} stands twice; give each place its own id")
            known.add(place.id)
            if place.hex != OFF_MAP:
                found.append(place)
    by_hand = [frame.xy(p.lat, p.lon) for p in found]
    for town in towns:
        extra = _from_town(frame, town, names)
        x, y = frame.xy(extra.lat, extra.lon)
        gap = min((hypot(x - a, y - b) for a, b in by_hand), default=9e9) * frame.km_per_hex
        if extra.hex != OFF_MAP and gap >= _TOWN_GAP_KM and extra.id not in known:
            known.add(extra.id)
            found.append(extra)
    return sorted(found, key=lambda p: PLACE_KINDS.index(p.kind))


def _from_row(frame: Frame, row: dict[str, str], names: Names) -> Place:
    where = f"places: {row['id'] or row['period_name']!r}"
    try:
        lat, lon, precision = float(row["lat"]), float(row["lon"]), float(row["precision_km"])
    except ValueError as error:
        raise MapBuildError(f"{where}: lat, lon and precision_km must be numbers ({error})") from error
    if row["kind"] not in PLACE_KINDS:
        raise MapBuildError(f"{where}: unknown kind {row['kind']!r}; choose one of {', '.join(PLACE_KINDS)}")
    return Place(
        id=row["id"],
        name=row["period_name"],
        hex=frame.hex_at(lat, lon),
        kind=row["kind"],
        country=row["country"],
        lat=lat,
        lon=lon,
        local_name=names.local.get(row["id"], ""),
        script_name=names.script.get(row["id"], ""),
        precision_km=precision,
        source=_SOURCES.get(row["coord_source"], row["coord_source"]),
        note=row["note"],
    )


def _from_town(frame: Frame, town: Feature, names: Names) -> Place:
    properties = town.properties
    name = plain(str(properties.get("name_ascii") or town.name))
    lon, lat = round(town.geometry.x, 4), round(town.geometry.y, 4)
    identity = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    capital = str(properties.get("featurecla")).startswith("Admin-1 capital")
    return Place(
        id=identity,
        name=name,
        hex=frame.hex_at(lat, lon),
        kind="provincial capital" if capital else "town",
        country=str(properties.get("country")),
        lat=lat,
        lon=lon,
        local_name=names.local.get(identity, town.name if town.name != name else ""),
        script_name=names.script.get(identity, ""),
        precision_km=2.0,
        source="Natural Earth 10m",
    )


def plain(text: str) -> str:
    """Text without diacritics."""
    marked = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in marked if not unicodedata.combining(c)).encode("ascii", "ignore").decode()


def read_banks(rows: list[dict[str, str]]) -> Banks:
    """Rows of place, river, bank (N, NE, E, ...). Raises MapBuildError."""
    by_place: dict[str, tuple[tuple[str, tuple[float, float]], ...]] = {}
    for row in rows:
        x = ("E" in row["bank"]) - ("W" in row["bank"])
        y = ("S" in row["bank"]) - ("N" in row["bank"])
        if (x, y) == (0, 0):
            raise MapBuildError(f"river_banks.csv: bank {row['bank']!r} of {row['place']!r} is no compass point")
        length = hypot(x, y)
        by_place[row["place"]] = (*by_place.get(row["place"], ()), (row["river"], (x / length, y / length)))
    return Banks(by_place)


def settle(places: list[Place], country_of_hex: dict[HexIndex, str]) -> tuple[Place, ...]:
    """Says in a place's note when the hex around it counts to another country."""
    settled = []
    for place in places:
        owner = country_of_hex[place.hex]
        if owner == place.country:
            settled.append(place)
            continue
        remark = f"In {place.country}, though most of its hex is {owner}"
        note = f"{place.note}. {remark}" if place.note else remark
        settled.append(replace(place, note=note))
    return tuple(settled)
