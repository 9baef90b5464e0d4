"""Reads the source geography: GeoJSON, ESRI ASCII grids and CSV tables, in degrees (WGS84)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


class MapBuildError(Exception):
    """The map cannot be built: says which source or option, why, and what to do."""


@dataclass(frozen=True)
class Feature:
    """One GeoJSON feature; coordinates are (lon, lat)."""

    properties: dict[str, Any]
    geometry: BaseGeometry

    @property
    def name(self) -> str:
        return str(self.properties.get("name") or "")

    @property
    def by_hand(self) -> bool:
        """Authored for this project, and so read from the hand layers only."""
        return bool(self.properties.get("source") == "hand-authored")


@dataclass(frozen=True)
class Grid:
    """ESRI ASCII grid: values [nrows, ncols], row 0 in the north, cells of `cell` degrees."""

    values: npt.NDArray[np.float64]
    west: float
    south: float
    cell: float

    def at(self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Value of the cell under each point; the nearest cell for points outside."""
        rows, cols = self.values.shape
        col = np.clip(((lon - self.west) / self.cell).astype(np.int64), 0, cols - 1)
        row = np.clip(rows - 1 - ((lat - self.south) / self.cell).astype(np.int64), 0, rows - 1)
        values: npt.NDArray[np.float64] = self.values[row, col]
        return values


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "not UTF-8"
        remedy = "give the folder that holds it with --geo or --hand"
        raise MapBuildError(f"{path}: cannot read this layer ({cause}); {remedy}") from error


def read_features(path: Path) -> list[Feature]:
    """Features of a GeoJSON file in file order. Raises MapBuildError."""
    try:
        collection = json.loads(_read(path))
        return [Feature(f["properties"] or {}, shape(f["geometry"])) for f in collection["features"]]
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise MapBuildError(f"{path}: not a GeoJSON FeatureCollection ({error}); export it again") from error


def read_grid(path: Path) -> Grid:
    """An ESRI ASCII grid. Raises MapBuildError."""
    words = _read(path).split()
    try:
        head = {words[i].lower(): float(words[i + 1]) for i in range(0, 12, 2)}
        shape_ = int(head["nrows"]), int(head["ncols"])
        values = np.array(words[12:], dtype=np.float64).reshape(shape_)
        return Grid(values, head["xllcorner"], head["yllcorner"], head["cellsize"])
    except (ValueError, KeyError, IndexError) as error:
        raise MapBuildError(f"{path}: not an ESRI ASCII grid ({error}); export it again") from error


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a CSV file that has at least `columns`. Raises MapBuildError."""
    reader = csv.DictReader(_read(path).splitlines())
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        raise MapBuildError(f"{path}: has no column {', '.join(missing)}; add it to the first line")
    return [{key: value or "" for key, value in row.items() if key} for row in reader]
