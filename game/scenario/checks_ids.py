"""What several checks ask alike: ids that are used once, and pairs of two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from game.scenario.yamltree import Document, Path_


def check_ids(document: Document, what: str, rows: Iterable[tuple[Path_, Mapping[str, Any]]]) -> None:
    """Note every id of the entries `what` that an entry before has too."""
    first: dict[str, int] = {}
    for path, row in rows:
        id_ = row.get("id")
        if not isinstance(id_, str):
            continue
        if id_ in first:
            remedy = f"rename one; the first is on line {first[id_]}"
            document.add((*path, "id"), "duplicate-id", f"the id '{id_[:40]}' is used twice in {what}", remedy)
        else:
            first[id_] = document.spot((*path, "id")).line


def check_two(document: Document, path: Path_, names: list[str]) -> None:
    """Note a pair that is one and the same."""
    if len(names) == 2 and names[0] == names[1]:
        message = f"'{names[0][:40]}' stands against itself"
        document.add((*path, "between"), "same-faction", message, "name two factions")
