"""Map files: a hex map as text that a person can read, compare and correct by hand.

A picture has two characters a hex, and odd rows stand one character to the right, as the hexes do. A link is
two hex numbers (column and row, `4831`); a road is a chain of them. See the heads of the sections in a file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from game.core.faults import Fault
from game.core.hexmap import HexMap, MapLine
from game.scenario.mapdump import dump_lines, dump_map
from game.scenario.mapread import MapReader
from game.scenario.maptext import FaultList, note_unfit, read_document

__all__ = ["MapFileError", "dump_lines", "dump_map", "lines_path", "load_lines", "load_map", "parse_lines", "parse_map"]

MAX_BYTES = 8 * 1024 * 1024
LAYERS = ("coast", "lake", "wet_lake", "river", "road", "rail", "border", "province")


class MapFileError(Exception):
    """A map file that cannot be used, with everything that is wrong with it in reading order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def lines_path(path: Path) -> Path:
    """Where the drawing lines of the map at `path` are kept."""
    return path.with_name(f"{path.name.removesuffix('.yaml')}.lines.txt")


def load_map(path: Path) -> HexMap:
    """Reads a map. Raises MapFileError with every fault of the file."""
    return parse_map(_read(path), str(path))


def parse_map(text: str, file: str) -> HexMap:
    """Reads a map from text; `file` is its name in faults. Raises MapFileError."""
    faults = FaultList(file)
    root = read_document(text, faults)
    result = MapReader(root, text, faults).read() if root is not None else None
    if faults.found or result is None:
        raise MapFileError(sorted(faults.found))
    return result


def load_lines(path: Path) -> tuple[MapLine, ...]:
    """Reads the drawing lines of a map. Raises MapFileError with every fault of the file."""
    return parse_lines(_read(path), str(path))


def parse_lines(text: str, file: str) -> tuple[MapLine, ...]:
    """Reads drawing lines from text: `layer grade open|closed name: x,y x,y ...`. Raises MapFileError."""
    faults = FaultList(file)
    note_unfit(text, faults)
    lines = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        line = _parse_line(row)
        if isinstance(line, str):
            faults.add(number, 1, "bad-line", line, "write: layer grade open|closed name: x,y x,y ...")
        else:
            lines.append(line)
    if faults.found:
        raise MapFileError(sorted(faults.found))
    return tuple(lines)


def _read(path: Path) -> str:
    fault: tuple[str, str, str]
    try:
        if path.stat().st_size > MAX_BYTES:
            fault = "too-large", f"larger than {MAX_BYTES >> 20} MB", "this is no map file; give another"
        else:
            return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        fault = "unreadable", f"cannot be read: {error.strerror}", "check the name and the folder"
    except UnicodeDecodeError:
        fault = "not-text", "is not UTF-8 text", "save it as UTF-8"
    raise MapFileError([Fault(str(path), 0, 0, *fault)])


def _parse_line(row: str) -> MapLine | str:
    """A drawing line, or what is wrong with it."""
    head, _, body = row.rpartition(":")
    words = head.split(" ", 3)
    if len(words) < 3 or words[2] not in ("open", "closed") or words[1] not in ("0", "1", "2", "3"):
        return "the head of this line cannot be read"
    if words[0] not in LAYERS:
        return f"unknown layer {words[0][:20]!r}"
    try:
        points = np.array([point.split(",") for point in body.split()], dtype=np.float32)
    except ValueError:
        return "a point is not `x,y`"
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 2 or not np.isfinite(points).all():
        return "needs two or more points `x,y`"
    name = words[3].strip() if len(words) > 3 else ""
    return MapLine(words[0], name, int(words[1]), words[2] == "closed", points)
