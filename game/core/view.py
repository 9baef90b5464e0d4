"""What one side can know: all that its agent or its player gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from game.core.columns import clock, force
from game.core.ids import OFF_MAP, FactionId, ForceId, Season, Status, Ways
from game.core.setting import Setting, Side
from game.core.state import State, Tables

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class View:
    """A picture of the game through one side's eyes.

    `tables` have the state's shapes, so that rules (the combat preview above all) run on a view as on the state.
    Own factions' rows are exact. An enemy force that was never seen, or not lately, is OFF_MAP with no men; one
    that was seen stands where it was last seen with the men believed there, and its other figures are the
    ruleset's typical ones. Control is as last known. Enemy depots and accounts are blank.
    """

    setting: Setting
    side: Side
    state: State
    tables: Tables = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", self.state.tables)

    @property
    def hour(self) -> int:
        """Hours since the scenario's start."""
        return int(self.tables.clock[clock.HOUR])

    @property
    def turn(self) -> int:
        """Turns finished."""
        return int(self.tables.clock[clock.TURN])

    @property
    def date(self) -> date:
        return self.setting.date_of(self.hour)

    @property
    def season(self) -> Season:
        return self.setting.season(self.hour)

    @property
    def ways(self) -> Ways:
        """How the ways are now."""
        return self.setting.ways(self.hour)

    def is_own(self, faction: FactionId) -> bool:
        """Whether the side commands this faction."""
        return faction in self.side.factions

    def own_forces(self) -> Iterator[ForceId]:
        """The side's forces in play."""
        column = self.tables.force_i
        in_play = (column[force.STATUS] >= Status.ACTIVE) & (column[force.STATUS] <= Status.BANDS)
        yield from np.flatnonzero(in_play & np.isin(column[force.FACTION], self.side.factions)).tolist()

    def known_enemies(self) -> Iterator[ForceId]:
        """Forces of others that are believed to be on the map."""
        t = self.tables
        for f in range(t.force_i.shape[1]):
            if t.force_i[force.HEX, f] != OFF_MAP and not self.is_own(int(t.force_i[force.FACTION, f])):
                yield f
