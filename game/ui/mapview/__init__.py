"""The map of the window. Fill a MapScene, point a Camera, draw with MapView; nothing else is needed from here."""

from game.ui.mapview.animation import Animation, BattleFlash, MovingCounter
from game.ui.mapview.camera import ZOOMS, Camera
from game.ui.mapview.legend import (
    LegendRow,
    OverlayLegend,
    control_overlay,
    faction_chip,
    field_overlay,
    legend_of,
    supply_overlay,
)
from game.ui.mapview.minimap import Minimap
from game.ui.mapview.scene import (
    ICON_OF_POSTURE,
    SYMBOL_OF_KIND,
    ArrowKind,
    Counter,
    CounterStack,
    Flow,
    HexOverlay,
    MapScene,
    Marker,
    MarkerKind,
    OrderArrow,
    OverlayClass,
    PathPreview,
    PostureIcon,
    Symbol,
)
from game.ui.mapview.stacks import CounterHit
from game.ui.mapview.tiles import bake
from game.ui.mapview.view import MapView

__all__ = [
    "ICON_OF_POSTURE",
    "SYMBOL_OF_KIND",
    "ZOOMS",
    "Animation",
    "ArrowKind",
    "BattleFlash",
    "Camera",
    "Counter",
    "CounterHit",
    "CounterStack",
    "Flow",
    "HexOverlay",
    "LegendRow",
    "MapScene",
    "MapView",
    "Marker",
    "MarkerKind",
    "Minimap",
    "MovingCounter",
    "OrderArrow",
    "OverlayClass",
    "OverlayLegend",
    "PathPreview",
    "PostureIcon",
    "Symbol",
    "bake",
    "control_overlay",
    "faction_chip",
    "field_overlay",
    "legend_of",
    "supply_overlay",
]
