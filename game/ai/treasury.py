"""Money and men: which policies a faction keeps, whom a patron aids, what is raised."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.orders import FactionAct
from game.core.view import View
from game.engine.playable import Playable


def state_acts(view: View, scenario: Playable, side: str) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming turn."""
    yield from ()
