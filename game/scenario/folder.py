"""The documents of one scenario's folder, as the checks that look across files read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from game.core.hexmap import HexMap
from game.core.ruleset import MoveRules
from game.scenario.yamltree import Document

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Folder:
    """The documents of one scenario and its map, if that could be read."""

    scenario: Document
    factions: Document
    forces: Document
    events: Document
    map: HexMap | None
    rules: MoveRules | None
    """The rules of movement of its ruleset and overrides, if those could be read."""

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.scenario, self.factions, self.forces, self.events


def names_in(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def each_force(folder: Folder) -> Iterator[tuple[Path_, dict[str, Any], str]]:
    """Path, entry and faction of every force that has one."""
    for group_path, group in folder.forces.rows("groups"):
        for path, row in folder.forces.rows(*group_path, "forces"):
            faction = row.get("faction", group.get("faction"))
            if isinstance(faction, str):
                yield path, row, faction
