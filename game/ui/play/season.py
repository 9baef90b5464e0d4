"""What the rains make of the land: mud, floods, the great lake, rivers; as an overlay and in words."""

from __future__ import annotations

import numpy as np

from game.core.ids import Flood, Season, Terrain, Ways
from game.core.view import View
from game.ui import theme
from game.ui.brush import Tip
from game.ui.mapview import HexOverlay, OverlayClass
from game.ui.play.facts import season_words

_CLASSES = (
    ("the great lake, grown", "boats only", "#3F7F96", 0.66, "horizontal"),
    ("fields under water", "no vehicles", "#7FB0BE", 0.60, "thick_horizontal"),
    ("mud off the roads", "slow going", "#A98F62", 0.42, "dots"),
    ("dry now, floods later", "firm", "#D8C68C", 0.55, "horizontal"),
    ("firm ground", "", "#E8DFC0", 0.35, "solid"),
)
_LAKE, _FLOODED, _MUD, _DRY, _FIRM = range(len(_CLASSES))


def lake_is_high(view: View) -> bool:
    """Whether the great lake covers its shores: it falls months after the rains end."""
    return view.ways in (Ways.DRY_HIGH, Ways.WET_HIGH)


def season_overlay(view: View) -> HexOverlay:
    """How every hex stands in this month."""
    m = view.setting.map
    wet = view.season is Season.WET
    land = np.asarray(m.is_land) & (m.terrain != Terrain.LAKE)
    row = np.full(m.n, -1, np.int8)
    row[land] = _MUD if wet else _FIRM
    row[land & (m.flood != Flood.NONE)] = _FLOODED if wet else _DRY
    row[land & (m.flood == Flood.LAKE)] = _LAKE if lake_is_high(view) else _FLOODED if wet else _DRY
    classes = tuple(
        OverlayClass(label, value, theme.rgb(colour), alpha, pattern)
        for label, value, colour, alpha, pattern in _CLASSES
    )
    return HexOverlay("Season", f"what the rains make of the land, {view.date:%B}", classes, row)


def season_tip(view: View, key: str) -> Tip:
    """Month, mud, floods and rivers: what the rains do now. `key` shows the season on the map."""
    wet, high = view.season is Season.WET, lake_is_high(view)
    m = view.setting.map
    flooded, lake = (int((m.flood == kind).sum()) for kind in (Flood.FLOODED, Flood.LAKE))
    rows = (
        ("Month", f"{view.date:%B}"),
        ("Off the roads", "mud: slow going" if wet else "firm"),
        ("Fields that flood", f"{flooded:,} hexes {'under water' if wet else 'dry'}"),
        ("The great lake", f"{'over' if high else 'clear of'} {lake:,} hexes of its shores"),
        ("Rivers", "high: crossings take longer" if wet else "low"),
    )
    text = "The wet season turns tracks to mud, floods the fields and lets the great lake grow."
    return Tip(season_words(view.season)[0], text, rows, f"Key {key} shows it on the map. Rulebook, chapters 2 and 3")
