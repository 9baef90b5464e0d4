"""The look of a scenario's factions."""

from __future__ import annotations

from functools import lru_cache

from game.core.setting import Faction
from game.ui.theme import FactionStyle, faction_style


@lru_cache(maxsize=128)
def style_of(faction: Faction) -> FactionStyle:
    """The faction's colour, shape, pattern and silhouette."""
    return faction_style(faction.name, faction.colour, faction.shape, faction.pattern)
