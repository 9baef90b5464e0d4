"""Single values of a map file: text, numbers, pairs and tables, with faults for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from math import isfinite

from game.core.hexmap import PROJECTIONS, Projection
from game.scenario.characters import line_fault
from game.scenario.maptext import FaultList, Mapping, Node, Scalar, Sequence

_KEYS = (
    "format", "name", "title", "cols", "rows", "km_per_hex", "projection", "origin_km", "terrain", "elevation_m",
    "flood", "countries", "country", "provinces", "province", "rivers", "crossings", "roads", "rails", "places",
    "provenance",
)  # fmt: skip


class ValueReader:
    """One reading of one file: its top-level values by name."""

    def __init__(self, root: Mapping, text: str, faults: FaultList) -> None:
        self._faults = faults
        self._lines = text.splitlines()
        self._nodes: dict[str, Node] = {}
        for key, value in root.pairs:
            if key.value in _KEYS:
                self._nodes[key.value] = value
            else:
                self._unknown(key, _KEYS, "key")
        for name in _KEYS:
            if name not in self._nodes:
                faults.add(0, 0, "missing-key", f"the map has no `{name}`", "add it; see a map that works")

    def _fault(self, node: Node, code: str, message: str, remedy: str = "") -> None:
        self._faults.add(node.line, node.column, code, message, remedy)

    def _unknown(self, key: Scalar, known: Iterable[str], what: str) -> None:
        close = get_close_matches(key.value, list(known), 1)
        remedy = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(known)}"
        self._fault(key, f"unknown-{what}", f"unknown {what} {key.value[:60]!r}", remedy)

    def _text(self, name: str) -> str:
        node = self._nodes.get(name)
        if node is None:
            return ""
        if isinstance(node, Scalar):
            return node.value
        self._fault(node, "not-text", f"`{name}` must be text")
        return ""

    def _line(self, name: str, node: Node | None) -> str:
        """A text that is shown in a line of its own."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self._fault(node, "not-text", f"`{name}` must be text")
            return ""
        if fault := line_fault(name, node.value):
            self._fault(node, *fault)
        return node.value

    def _number(self, node: Node | None, name: str) -> float:
        if node is None:
            return 0.0
        try:
            value = float(node.value) if isinstance(node, Scalar) else float("nan")
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            self._fault(node, "not-a-number", f"`{name}` must be a number")
            return 0.0
        return value

    def _whole(self, name: str, most: int) -> int:
        node = self._nodes.get(name)
        value = self._number(node, name)
        if node is not None and (value != int(value) or not 1 <= value <= most):
            self._fault(node, "out-of-range", f"`{name}` must be a whole number from 1 to {most}")
            return 0
        return int(value)

    def _positive(self, name: str) -> float:
        node, value = self._nodes.get(name), self._number(self._nodes.get(name), name)
        if node is not None and not 0.01 <= value <= 1000:
            self._fault(node, "out-of-range", f"`{name}` must be from 0.01 to 1000")
        return value if 0.01 <= value <= 1000 else 1.0

    def _pair(self, node: Node | None, name: str, most: float) -> tuple[float, float]:
        """Two numbers from -most to most."""
        if node is None:
            return 0.0, 0.0
        if not isinstance(node, Sequence) or len(node.items) != 2:
            self._fault(node, "not-a-pair", f"`{name}` must be two numbers", "write [number, number]")
            return 0.0, 0.0
        first, second = (self._number(item, name) for item in node.items)
        if abs(first) > most or abs(second) > most:
            self._fault(node, "out-of-range", f"`{name}` must be numbers from {-most:g} to {most:g}")
            return 0.0, 0.0
        return first, second

    def _table(self, name: str) -> dict[str, Scalar]:
        """A mapping of words to text."""
        node = self._nodes.get(name)
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self._fault(node, "not-a-table", f"`{name}` must be lines of `key: text`")
            return {}
        result = {}
        for key, value in node.pairs:
            if isinstance(value, Scalar):
                result[key.value] = value
            else:
                self._fault(value, "not-text", f"`{name}`: {key.value!r} must be text")
        return result

    def _projection(self) -> Projection:
        table = self._table("projection")
        node = self._nodes.get("projection")
        if not isinstance(node, Mapping):
            return Projection(PROJECTIONS[0], 0.0, 0.0)
        for key, _ in node.pairs:
            if key.value not in ("name", "lat0", "lon0"):
                self._unknown(key, ("name", "lat0", "lon0"), "key")
        for key_name in ("name", "lat0", "lon0"):
            if key_name not in table:
                self._fault(node, "missing-key", f"the projection has no `{key_name}`")
        name = table.get("name")
        if name is not None and name.value not in PROJECTIONS:
            self._unknown(name, PROJECTIONS, "projection")
        lat0, lon0 = (self._number(table.get(k), k) for k in ("lat0", "lon0"))
        if abs(lat0) > 89 or abs(lon0) > 360:
            self._fault(node, "out-of-range", "the projection's centre is not on the Earth")
            lat0 = lon0 = 0.0
        return Projection(name.value if name is not None else PROJECTIONS[0], lat0, lon0)

    def _provenance(self) -> dict[str, str]:
        return {key: value.value for key, value in self._table("provenance").items()}
