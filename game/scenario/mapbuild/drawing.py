"""The lines that the window draws: coast, lakes, rivers, roads, railways, borders and provinces, in hex units."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from game.core.hexmap import MapLine
from game.scenario.mapbuild.frame import Frame

TOLERANCE_KM = 0.8
_MIN_AREA_KM2 = 0.5


def draw(frame: Frame, layer: str, name: str, grade: int, geometry: BaseGeometry) -> list[MapLine]:
    """Lines or outlines of a geometry in hex units, cut to the frame and simplified to about a kilometre."""
    cut = shapely.intersection(shapely.make_valid(geometry), frame.outline)
    lines: list[MapLine] = []
    for part in shapely.get_parts(cut):
        if isinstance(part, Polygon):
            if part.area * frame.km_per_hex**2 < _MIN_AREA_KM2:
                continue
            for ring in (part.exterior, *part.interiors):
                lines += _line(frame, layer, name, grade, LineString(ring.coords), closed=True)
        elif isinstance(part, LineString):
            lines += _line(frame, layer, name, grade, part, closed=part.is_ring)
    return lines


def _line(frame: Frame, layer: str, name: str, grade: int, line: LineString, *, closed: bool) -> list[MapLine]:
    thin = shapely.simplify(line, TOLERANCE_KM / frame.km_per_hex)
    points = np.round(shapely.get_coordinates(thin), 2)
    if len(points) < 2:
        return []
    kept = np.concatenate([[True], (points[1:] != points[:-1]).any(axis=1)])
    points = points[kept]
    if closed:
        points = points[:-1]
    if len(points) < (3 if closed else 2):
        return []
    return [MapLine(layer, name, grade, closed, points.astype(np.float32))]
