"""A scenario that can be started: what `game.load` gives, and how a saved game finds its own again."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from pathlib import Path
from typing import Any

from game.engine.routes import Routes
from game.engine.world import World
from game.scenario import library
from game.scenario.loader import ScenarioError
from game.scenario.loader import load as load_definition
from game.scenario.model import Scenario


class Playable:
    """A checked scenario and what all its games share."""

    def __init__(self, definition: Scenario) -> None:
        self.definition = definition
        self.notes: dict[Hashable, Any] = {}
        """What agents have worked out about the scenario itself, so that it holds in all its games."""

    @property
    def sides(self) -> tuple[str, ...]:
        """Ids of the sides that give orders."""
        return tuple(side.id for side in self.definition.setting.sides)

    @cached_property
    def routes(self) -> Routes:
        return Routes(self.definition.setting)

    def start(self, seed: int = 0) -> World:
        """A new game. ValueError if the seed is out of range."""
        return World.start(self.definition, self.routes, seed)


def load(scenario: str | Path) -> Playable:
    """A shipped scenario by id, or the scenario in a folder. ScenarioError with every fault if it cannot be used."""
    return Playable(load_definition(scenario))


def place_of(definition: Scenario) -> str:
    """Where a scenario lives, as saves and replays note it: its absolute folder, or nothing if it is a shipped one."""
    return "" if library.is_shipped(definition.folder) else str(definition.folder.resolve())


def recall(path: Path, id_: str, hash_: str, place: str) -> Playable:
    """The scenario that the game in `path` was played on: where it was then, or else among the user's own.

    SaveError if it is not there any more, has faults now, or has changed.
    """
    from game.engine.saves import SaveError, check_same_game  # a new game needs nothing of it

    noted = library.data_folder() / id_ if not place else Path(place)
    others = [folder for folder in library.own_scenarios() if folder != noted]
    changed: Playable | None = None
    broken: ScenarioError | None = None
    for folder in (noted, *others):
        if not folder.is_absolute() or not library.scenarios_in(folder):
            continue
        try:
            found = load(folder)
        except ScenarioError as error:
            broken = error if folder == noted else broken
            continue
        if (found.definition.id, found.definition.hash) == (id_, hash_):
            return found
        if found.definition.id == id_ and changed is None:
            changed = found
    if changed is not None:
        check_same_game(path, id_, hash_, changed.definition)
    if broken is not None:
        first, more = broken.faults[0], len(broken.faults) - 1
        rest = f" and {more} more" if more else ""
        raise SaveError(f"{path}: its scenario has faults now: {first}{rest}; mend it, or bring back its files of then")
    where = f"was in {place}" if place else "was a shipped one"
    raise SaveError(
        f"{path}: its scenario '{id_}' {where} and is not there; "
        f"bring it back, put it into {library.own_folder()}, or name its folder on the command line"
    )
