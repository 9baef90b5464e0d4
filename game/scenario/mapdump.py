"""Writes map files. The text depends on the map alone, so the same map is the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.core.hexmap import HexMap, MapLine, Place
from game.core.ids import HexIndex
from game.scenario import mapcodes as codes

_HEAD = """\
# Hex map. Pictures have two characters a hex, {cols} hexes a row; odd rows one character (half a hex) to the east.
# A hex number is column and row: 4831 is column 48, row 31, both from 0 in the north-west.
"""
_NOTES = {
    "terrain": "Land cover, then relief: r rice, u upland, d dry forest or mosaic, f forest, s swamp, U town;\n"
    "# . plain, ^ hills, = plateau, A mountains; ~~ sea, oo lake.",
    "elevation_m": "Mean height, metres.",
    "flood": "Wet season: ww fields under water, LL part of the lake.",
    "rivers": "Class and hex sides in a chain: 4831/4832 is the side between the two. The words after the class are\n"
    "# for the reader.",
    "crossings": "Ferries and bridges over sides that carry a river.",
    "roads": "Class and hexes in a chain.",
    "rails": "State and hexes in a chain.",
    "places": "Foremost first. `at` is latitude and longitude.",
    "provenance": "Where each layer comes from.",
}
_PLAIN = re.compile(r"[^\W\d_][\w .()/'+-]*[\w.)]", re.UNICODE)
_RESERVED = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def dump_map(hex_map: HexMap) -> str:
    """The text of a map file; `load_map` gives the same map back."""
    out = [_HEAD.format(cols=hex_map.cols)]
    plane = hex_map.projection
    out.append(f"format: {codes.FORMAT}\nname: {quote(hex_map.name)}\ntitle: {quote(hex_map.title)}\n")
    out.append(f"cols: {hex_map.cols}\nrows: {hex_map.rows}\nkm_per_hex: {hex_map.km_per_hex!r}\n")
    out.append(f"projection: {{name: {plane.name}, lat0: {plane.lat0!r}, lon0: {plane.lon0!r}}}\n")
    out.append(f"origin_km: [{hex_map.origin_km[0]!r}, {hex_map.origin_km[1]!r}]\n")
    pairs = {value: code for code, value in codes.TERRAIN_CODES.items()}
    lands = zip(hex_map.terrain.tolist(), hex_map.relief.tolist(), strict=True)
    out.append(_picture(hex_map, "terrain", [pairs[t, r] for t, r in lands]))
    out.append(_section("elevation_m", _number_rows(hex_map)))
    floods = {int(value): code for code, value in codes.FLOOD_CODES.items()}
    out.append(_picture(hex_map, "flood", [floods[f] for f in hex_map.flood.tolist()]))
    out.append(_areas(hex_map, "countries", "country", hex_map.countries, hex_map.country))
    out.append(_areas(hex_map, "provinces", "province", hex_map.provinces, hex_map.province))
    out.append(_section("rivers", _river_rows(hex_map)))
    out.append(_section("crossings", _crossing_rows(hex_map)))
    out.append(_section("roads", _route_rows(hex_map, hex_map.road, codes.ROAD_WORDS)))
    out.append(_section("rails", _route_rows(hex_map, hex_map.rail, codes.RAIL_WORDS)))
    out.append(f"\n# {_NOTES['places']}\nplaces:{'' if hex_map.places else ' []'}\n")
    out += [_place_row(hex_map, place) for place in hex_map.places]
    out.append(f"\n# {_NOTES['provenance']}\nprovenance:{'' if hex_map.provenance else ' {}'}\n")
    out += [f"  {quote(layer)}: {quote(text)}\n" for layer, text in hex_map.provenance.items()]
    return "".join(out)


def dump_lines(lines: Iterable[MapLine]) -> str:
    """The text of a file of drawing lines; `load_lines` gives the same lines back."""
    out = ["# Drawing lines: layer grade open|closed name: x,y x,y ... in hex widths from the north-west corner.\n"]
    for line in lines:
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in line.points.tolist())
        shape = "closed" if line.closed else "open"
        name = re.sub(r"[:\s]+", " ", line.name).strip()
        out.append(f"{line.layer} {line.grade} {shape} {name}{' ' if name else ''}: {points}\n".replace(" : ", ": "))
    return "".join(out)


def quote(text: str) -> str:
    """A YAML scalar that reads back as `text`."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _section(name: str, rows: list[str]) -> str:
    """A block of text under its note."""
    head = f"\n# {_NOTES[name]}\n" if name in _NOTES else "\n"
    if not rows:
        return f"{head}{name}: ''\n"
    return f"{head}{name}: |\n" + "".join(f"  {row}\n" for row in rows)


def _picture(hex_map: HexMap, name: str, cells: list[str]) -> str:
    cols = hex_map.cols
    rows = [" " * (row & 1) + "".join(cells[row * cols : (row + 1) * cols]) for row in range(hex_map.rows)]
    return _section(name, rows)


def _number_rows(hex_map: HexMap) -> list[str]:
    heights = hex_map.elevation_m.reshape(hex_map.rows, hex_map.cols).tolist()
    width = max(len(str(h)) for row in heights for h in row)
    texts = [" ".join(f"{h:{width}d}" for h in row) for row in heights]
    return [text.lstrip() if i == 0 else text for i, text in enumerate(texts)]


def _areas(hex_map: HexMap, legend: str, picture: str, names: tuple[str, ...], owner: npt.NDArray[np.integer]) -> str:
    short = codes.area_codes(names)
    key = f"\n{legend}:{'' if names else ' {}'}\n"
    key += "".join(f"  {code}: {quote(name)}\n" for code, name in zip(short, names, strict=True))
    cells = [short[i] if i >= 0 else codes.NO_AREA for i in owner.tolist()]
    return key + _picture(hex_map, picture, cells).lstrip("\n")


def _route_rows(hex_map: HexMap, links: npt.NDArray[np.int8], words: Mapping[str, int]) -> list[str]:
    """Chains of hexes, broken at places, junctions and ends."""
    rows = []
    for word, grade in words.items():
        near: dict[HexIndex, list[HexIndex]] = {}
        for hex_, d in np.argwhere(links == grade).tolist():
            near.setdefault(hex_, []).append(int(hex_map.neighbours[hex_, d]))
        for chain in _chains(near, set(hex_map.place_of_hex)):
            ends = f"{_name(hex_map, chain[0])} - {_name(hex_map, chain[-1])}"
            rows.append(f"{word} {ends}: {' '.join(hex_map.code(h) for h in chain)}")
    return rows


def _name(hex_map: HexMap, hex_: HexIndex) -> str:
    place = hex_map.place_of_hex.get(hex_)
    return place.name.replace(":", " ") if place else hex_map.code(hex_)


def _chains(near: dict[int, list[int]], stops: set[int]) -> list[list[int]]:
    """Takes a graph apart into chains that cover each link once; chains end at junctions, ends and `stops`."""
    used: set[tuple[int, int]] = set()
    chains = []
    ends = [node for node in sorted(near) if len(near[node]) != 2 or node in stops]
    for start in (*ends, *sorted(near)):
        for first in near[start]:
            if (start, first) in used:
                continue
            chain = [start, first]
            used |= {(start, first), (first, start)}
            while len(near[chain[-1]]) == 2 and chain[-1] not in stops:
                ahead = [b for b in near[chain[-1]] if (chain[-1], b) not in used]
                if not ahead:
                    break
                used |= {(chain[-1], ahead[0]), (ahead[0], chain[-1])}
                chain.append(ahead[0])
            chains.append(chain)
    return chains


def _river_rows(hex_map: HexMap) -> list[str]:
    """Chains of hex sides, by class, broken at forks and ends."""
    rows = []
    for word, grade in codes.RIVER_WORDS.items():
        near: dict[int, list[int]] = {}
        side: dict[tuple[int, int], tuple[HexIndex, HexIndex]] = {}
        for hex_, d in np.argwhere(hex_map.river == grade).tolist():
            other = int(hex_map.neighbours[hex_, d])
            if hex_ < other:
                a, b = _corners(hex_map, hex_, d)
                near.setdefault(a, []).append(b)
                near.setdefault(b, []).append(a)
                side[a, b] = side[b, a] = (hex_, other)
        for chain in _chains(near, set()):
            pairs = [side[a, b] for a, b in pairwise(chain)]
            label = _river_label(hex_map, pairs)
            text = " ".join(f"{hex_map.code(a)}/{hex_map.code(b)}" for a, b in pairs)
            rows.append(f"{word}{label}: {text}")
    return rows


def _corners(hex_map: HexMap, hex_: HexIndex, direction: int) -> tuple[int, int]:
    """Numbers of the two corners that a side lies between."""
    offsets = ((1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1), (0, 2))
    col, row = hex_ % hex_map.cols, hex_ // hex_map.cols
    x, y = 2 * col + 1 + (row & 1), 2 + 3 * row
    width = 2 * hex_map.cols + 2
    (ax, ay), (bx, by) = offsets[direction], offsets[(direction + 1) % 6]
    return (y + ay) * width + x + ax, (y + by) * width + x + bx


def _river_label(hex_map: HexMap, pairs: list[tuple[HexIndex, HexIndex]]) -> str:
    met = [_name(hex_map, h) for pair in pairs for h in pair if h in hex_map.place_of_hex]
    if not met:
        return ""
    return f" {met[0]} - {met[-1]}" if met[0] != met[-1] else f" {met[0]}"


def _crossing_rows(hex_map: HexMap) -> list[str]:
    rows = []
    for word, grade in codes.CROSSING_WORDS.items():
        for hex_, d in np.argwhere(hex_map.crossing == grade).tolist():
            other = int(hex_map.neighbours[hex_, d])
            if hex_ < other:
                label = _river_label(hex_map, [(hex_, other)])
                rows.append(f"{word}{label}: {hex_map.code(hex_)}/{hex_map.code(other)}")
    return rows


def _place_row(hex_map: HexMap, place: Place) -> str:
    parts = [
        f"id: {quote(place.id)}",
        f"name: {quote(place.name)}",
        f"hex: '{hex_map.code(place.hex)}'",
        f"kind: {quote(place.kind)}",
        f"country: {quote(place.country)}",
        f"at: [{place.lat!r}, {place.lon!r}]",
    ]
    if place.local_name:
        parts.append(f"local: {quote(place.local_name)}")
    if place.script_name:
        parts.append(f"script: {quote(place.script_name)}")
    parts.append(f"precision_km: {place.precision_km!r}")
    if place.source:
        parts.append(f"source: {quote(place.source)}")
    if place.note:
        parts.append(f"note: {quote(place.note)}")
    return f"- {{{', '.join(parts)}}}\n"
