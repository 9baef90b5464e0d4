"""Reads the tree of a map file into a HexMap, noting every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from game.core.hexmap import HexMap, Place
from game.core.ids import HexIndex, Terrain
from game.scenario import mapcodes as codes
from game.scenario.maptext import FaultList, Mapping, Node, Scalar, Sequence
from game.scenario.mapvalues import ValueReader

Links = npt.NDArray[np.int8]

MAX_COLS, MAX_ROWS = 100, 100
"""Hex numbers have two figures a column and two a row."""

_PLACE_KEYS = ("id", "name", "hex", "kind", "country", "at", "local", "script", "precision_km", "source", "note")
_PLACE_NEEDS = ("id", "name", "hex", "kind", "country", "at")
_FAR = 60.0
"""Degrees from the projection's centre that no place of a map can be."""
_CODE = re.compile(r"\d{4}")
_SIDE = re.compile(r"\d{4}/\d{4}")
_ID = re.compile(r"[a-z][a-z0-9_]*")

_DIRECTION = np.full((2, 3, 3), -1, np.int8)
"""Direction of the step (row parity, row step + 1, column step + 1); -1 where hexes do not touch."""
for _parity in (0, 1):
    _west = _parity - 1
    _DIRECTION[_parity, 1, 2], _DIRECTION[_parity, 1, 0] = 0, 3
    _DIRECTION[_parity, 0, _west + 2], _DIRECTION[_parity, 0, _west + 1] = 1, 2
    _DIRECTION[_parity, 2, _west + 2], _DIRECTION[_parity, 2, _west + 1] = 5, 4


class MapReader(ValueReader):
    """One reading of one map."""

    def __init__(self, root: Mapping, text: str, faults: FaultList) -> None:
        super().__init__(root, text, faults)
        self.cols, self.rows = self._whole("cols", MAX_COLS), self._whole("rows", MAX_ROWS)
        self._water: npt.NDArray[np.bool_] | None = None
        """Which hexes are sea or lake; None if the terrain cannot be read, so that no fault is drawn from a fault."""

    def read(self) -> HexMap | None:
        """The map, or None if it is past reading; faults tell."""
        if self._text("format") not in ("", codes.FORMAT):
            node = self._nodes["format"]
            self._fault(node, "format", f"format {self._text('format')!r} is not known", f"use format {codes.FORMAT}")
        if not self.cols or not self.rows:
            return None
        terrain, relief = self._terrain()
        countries, country = self._areas("countries", "country")
        provinces, province = self._areas("provinces", "province")
        flood = self._picture("flood", {code: int(value) for code, value in codes.FLOOD_CODES.items()})
        self._check_areas(country, province, flood)
        river = self._links("rivers", codes.RIVER_WORDS, sides=True)
        hex_map = HexMap(
            name=self._text("name"),
            title=self._line("title", self._nodes.get("title")),
            cols=self.cols,
            rows=self.rows,
            km_per_hex=self._positive("km_per_hex"),
            projection=self._projection(),
            origin_km=self._pair(self._nodes.get("origin_km"), "origin_km", 30_000),
            terrain=terrain.astype(np.int8),
            relief=relief.astype(np.int8),
            elevation_m=self._heights(),
            flood=flood.astype(np.int8),
            country=country.astype(np.int8),
            countries=countries,
            province=province,
            provinces=provinces,
            road=self._links("roads", codes.ROAD_WORDS),
            rail=self._links("rails", codes.RAIL_WORDS),
            river=river,
            crossing=self._links("crossings", codes.CROSSING_WORDS, sides=True, over=river),
            places=(),
            provenance=self._provenance(),
        )
        places = self._places(hex_map)
        return replace(hex_map, places=places)

    # -- pictures --------------------------------------------------------------------------------------------------

    def _rows(self, name: str) -> tuple[Scalar | None, list[str]]:
        """Rows of a block of text; row i stands on line `node.line + 1 + i`."""
        node = self._nodes.get(name)
        if node is None:
            return None, []
        if not isinstance(node, Scalar) or not (node.block or not node.value):
            self._fault(node, "not-a-block", f"`{name}` must be a block of text", f"write `{name}: |` and rows below")
            return None, []
        return node, node.value.removesuffix("\n").split("\n") if node.value else []

    def _indent(self, node: Scalar) -> int:
        first = self._lines[node.line] if node.line < len(self._lines) else ""
        return len(first) - len(first.lstrip(" "))

    def _picture(self, name: str, table: Table[str, int]) -> npt.NDArray[np.int16]:
        """Values of a picture: int16 [n]; zeros where it cannot be read."""
        values = np.zeros((self.rows, self.cols), np.int16)
        node, rows = self._rows(name)
        if node is None:
            return values.ravel()
        if len(rows) != self.rows:
            message = f"`{name}` has {len(rows)} rows, not {self.rows}"
            self._fault(node, "row-count", message, "one row of codes for each row of hexes")
        lookup = np.full(1 << 16, -9999, np.int16)
        for code, value in table.items():
            if len(code) == 2 and code.isascii():
                lookup[int.from_bytes(code.encode(), "little")] = value
        indent = self._indent(node)
        for row, text in enumerate(rows[: self.rows]):
            shift = row & 1
            body = text[shift:].rstrip()
            line = node.line + 1 + row
            if len(body) != 2 * self.cols or text[:shift].strip() or not body.isascii():
                message = f"row {row} of `{name}` must be {'one space and ' * shift}{self.cols} codes of two characters"
                self._faults.add(
                    line, indent + 1, "row-length", message, f"it has {len(body)} of {2 * self.cols} characters"
                )
                continue
            values[row] = lookup[np.frombuffer(body.encode(), "<u2")]
            for col in np.flatnonzero(values[row] == -9999).tolist():
                code = body[2 * col : 2 * col + 2]
                message = f"unknown code {code!r} at hex {col:02d}{row:02d} of `{name}`"
                remedy = f"use one of {' '.join(table)}"
                self._faults.add(line, indent + 1 + shift + 2 * col, "unknown-code", message, remedy)
        values[values == -9999] = 0
        return values.ravel()

    def _terrain(self) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
        before = len(self._faults.found)
        packed = self._picture("terrain", {code: 16 * t + r for code, (t, r) in codes.TERRAIN_CODES.items()})
        terrain, relief = packed // 16, packed % 16
        if len(self._faults.found) == before:
            self._water = (terrain == Terrain.SEA) | (terrain == Terrain.LAKE)
        return terrain, relief

    def _areas(self, legend: str, picture: str) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
        names = self._table(legend)
        for code, name in names.items():
            if len(code) != 2 or not code.isascii() or not code.isalnum():
                self._fault(name, "bad-code", f"the code {code!r} in `{legend}` must be two letters or figures")
        if legend == "countries" and len(names) > 100:
            self._fault(self._nodes[legend], "too-many", "more than 100 countries")
            return (), np.full(self.cols * self.rows, -1, np.int16)
        table = {codes.NO_AREA: -1, **{code: i for i, code in enumerate(names)}}
        return tuple(self._line(legend, name) for name in names.values()), self._picture(picture, table)

    def _heights(self) -> npt.NDArray[np.int16]:
        heights = np.zeros((self.rows, self.cols), np.int16)
        node, rows = self._rows("elevation_m")
        if node is None:
            return heights.ravel()
        if len(rows) != self.rows:
            self._fault(node, "row-count", f"`elevation_m` has {len(rows)} rows, not {self.rows}")
        for row, text in enumerate(rows[: self.rows]):
            try:
                numbers = [int(word) for word in text.split()]
            except ValueError:
                numbers = []
            if len(numbers) != self.cols or min(numbers) < -500 or max(numbers) > 9000:
                message = f"row {row} of `elevation_m` must be {self.cols} whole numbers from -500 to 9000"
                self._faults.add(node.line + 1 + row, 1, "row-length", message, f"it has {len(text.split())} words")
                continue
            heights[row] = numbers
        return heights.ravel()

    def _check_areas(
        self, country: npt.NDArray[np.int16], province: npt.NDArray[np.int16], flood: npt.NDArray[np.int16]
    ) -> None:
        if self._faults.found or self._water is None:
            return
        sea = self._picture("terrain", {code: int(t == Terrain.SEA) for code, (t, _) in codes.TERRAIN_CODES.items()})
        checks = (
            ("country", (country < 0) & (sea == 0), "has land but no country"),
            ("country", (country >= 0) & (sea == 1), "is sea but has a country"),
            ("province", (province >= 0) & (sea == 1), "is sea but has a province"),
            ("flood", (flood > 0) & self._water, "is water and cannot be flooded"),
        )
        for name, wrong, message in checks:
            node = self._nodes[name]
            for hex_ in np.flatnonzero(wrong).tolist():
                col, row = hex_ % self.cols, hex_ // self.cols
                column = 3 + (row & 1) + 2 * col
                text = f"hex {col:02d}{row:02d} {message}"
                self._faults.add(node.line + 1 + row, column, "disagrees", text, "change this picture or `terrain`")

    # -- links -----------------------------------------------------------------------------------------------------

    def _links(self, name: str, words: Table[str, int], *, sides: bool = False, over: Links | None = None) -> Links:
        """Links of the chains under `name`: int8 [n, 6], both sides filled."""
        links = np.zeros((self.cols * self.rows, 6), np.int8)
        node, rows = self._rows(name)
        if node is None:
            return links
        indent = self._indent(node)
        for i, row in enumerate(rows):
            line = node.line + 1 + i
            head, colon, body = row.rpartition(":")
            word = head.split(" ", 1)[0].rstrip(":")
            if not colon or word not in words:
                message = f"`{name}`: a line must begin with {', '.join(words)}, and a colon before the hexes"
                self._faults.add(line, indent + 1, "bad-chain", message, f"write `{next(iter(words))}: 0101 ...`")
                continue
            for a, b, token in self._steps(body, line, indent + len(head) + 2, sides):
                self._join(links, a, b, int(words[word]), over, (line, token, name))
        return links

    def _steps(self, body: str, line: int, start: int, sides: bool) -> list[tuple[HexIndex, HexIndex, int]]:
        """Pairs of hexes that a chain links, with the column of the second."""
        steps = []
        pattern = _SIDE if sides else _CODE
        before: HexIndex | None = None
        for match in re.finditer(r"\S+", body):
            column = start + match.start()
            if not pattern.fullmatch(match[0]):
                shape = "two hex numbers, 4831/4832" if sides else "a hex number, 4831"
                self._faults.add(line, column, "bad-hex", f"{match[0][:20]!r} is not {shape}")
                before = None
                continue
            hexes = [self._hex(word, line, column) for word in match[0].split("/")]
            if sides and hexes[0] is not None and hexes[1] is not None:
                steps.append((hexes[0], hexes[1], column))
            elif not sides and before is not None and hexes[0] is not None:
                steps.append((before, hexes[0], column))
            before = hexes[0]
        return steps

    def _hex(self, word: str, line: int, column: int) -> HexIndex | None:
        col, row = int(word[:2]), int(word[2:])
        if col < self.cols and row < self.rows:
            return row * self.cols + col
        self._faults.add(
            line, column, "off-map", f"hex {word} is off the map", f"columns 0-{self.cols - 1}, rows 0-{self.rows - 1}"
        )
        return None

    def _join(
        self, links: Links, a: HexIndex, b: HexIndex, grade: int, over: Links | None, at: tuple[int, int, str]
    ) -> None:
        line, column, name = at
        names = f"{self._code(a)} and {self._code(b)}"
        row_step, col_step = b // self.cols - a // self.cols, b % self.cols - a % self.cols
        touching = abs(row_step) <= 1 and abs(col_step) <= 1
        d = int(_DIRECTION[(a // self.cols) & 1, row_step + 1, col_step + 1]) if touching else -1
        if d < 0:
            self._faults.add(
                line, column, "not-neighbours", f"`{name}`: {names} do not touch", "name the hexes between"
            )
            return
        if links[a, d] not in (0, grade):
            self._faults.add(
                line, column, "link-twice", f"`{name}`: {names} are joined twice, by two classes", "remove one"
            )
        if self._water is not None and (self._water[a] or self._water[b]):
            self._faults.add(line, column, "on-water", f"`{name}`: of {names} one is sea or lake", "go round it")
        if over is not None and over[a, d] == 0:
            self._faults.add(line, column, "no-river", f"`{name}`: no river runs between {names}", "add it to `rivers`")
        links[a, d] = links[b, (d + 3) % 6] = grade

    def _code(self, hex_: HexIndex) -> str:
        return f"{hex_ % self.cols:02d}{hex_ // self.cols:02d}"

    # -- places ----------------------------------------------------------------------------------------------------

    def _places(self, hex_map: HexMap) -> tuple[Place, ...]:
        node = self._nodes.get("places")
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._fault(node, "not-a-list", "`places` must be a list", "begin each place with `- {id: ...`")
            return ()
        places: list[Place] = []
        seen: set[str] = set()
        for item in node.items:
            place = self._place(item, hex_map)
            if place is None:
                continue
            if place.id in seen:
                self._fault(item, "id-twice", f"two places have the id {place.id!r}", "give one another id")
            seen.add(place.id)
            places.append(place)
        return tuple(places)

    def _place(self, item: Node, hex_map: HexMap) -> Place | None:
        if not isinstance(item, Mapping):
            self._fault(item, "not-a-place", "a place must be {id: ..., name: ..., ...}")
            return None
        values: dict[str, Node] = {}
        for key, value in item.pairs:
            if key.value not in _PLACE_KEYS:
                self._unknown(key, _PLACE_KEYS, "key")
            elif key.value != "at" and not isinstance(value, Scalar):
                self._fault(value, "not-text", f"`{key.value}` of a place must be text")
            else:
                values[key.value] = value
        missing = [key for key in _PLACE_NEEDS if key not in values]
        if missing:
            self._fault(item, "missing-key", f"a place without {', '.join(missing)}", "add it")
            return None

        def text(name: str) -> str:
            node = values.get(name)
            return node.value if isinstance(node, Scalar) else ""

        for name, fits, rule in (
            ("id", bool(_ID.fullmatch(text("id"))), "small letters, figures and _, a letter first"),
            ("kind", text("kind") in codes.PLACE_KINDS, f"one of {', '.join(codes.PLACE_KINDS)}"),
            ("hex", bool(_CODE.fullmatch(text("hex"))), "a hex number, '4831'"),
        ):
            if not fits:
                self._fault(values[name], f"bad-{name}", f"`{name}` {text(name)[:60]!r} of a place must be {rule}")
                if name == "hex":
                    return None
        hex_ = self._hex(text("hex"), values["hex"].line, values["hex"].column)
        lat, lon = self._pair(values["at"], "at", 360)
        if hex_ is None:
            return None
        self._check_spot(hex_map, values, text("id"), hex_, (lat, lon))
        return Place(
            id=text("id"),
            name=self._line("name", values["name"]),
            hex=hex_,
            kind=text("kind"),
            country=text("country"),
            lat=lat,
            lon=lon,
            local_name=text("local"),
            script_name=text("script"),
            precision_km=self._number(values.get("precision_km"), "precision_km"),
            source=text("source"),
            note=text("note"),
        )

    def _check_spot(
        self, hex_map: HexMap, values: dict[str, Node], identity: str, hex_: HexIndex, spot: tuple[float, float]
    ) -> None:
        plane = hex_map.projection
        if abs(spot[0]) > 90 or abs(spot[0] - plane.lat0) > _FAR or abs(spot[1] - plane.lon0) > _FAR:
            message = f"{identity}: latitude {spot[0]:g}, longitude {spot[1]:g} is far from this map"
            self._fault(values["at"], "out-of-range", message, "latitude comes first")
            return
        found = hex_map.hex_at(*spot)
        if found != hex_:
            where = f"in hex {self._code(found)}" if found >= 0 else "off the map"
            message = f"{identity} is said to be in hex {self._code(hex_)}, but its latitude and longitude are {where}"
            self._fault(values["hex"], "wrong-hex", message, "change `hex` or `at`")
        if self._water is not None and self._water[hex_]:
            self._fault(values["hex"], "on-water", f"{identity} lies on sea or lake", "make its hex land in `terrain`")
