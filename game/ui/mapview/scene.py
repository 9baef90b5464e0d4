"""What the map shows: the one thing that the rest of the window fills in. Plain data, no drawing.

A scene may be built anew each frame or changed in place: the view compares contents, not identities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from game.core.ids import OFF_MAP, ForceKind, HexIndex, Posture, Season
from game.ui.theme import Rgb


class Symbol(StrEnum):
    """Branch of a formation, drawn after APP-6."""

    INFANTRY = "infantry"
    MECHANISED = "mechanised"
    ARMOUR = "armour"
    ARTILLERY = "artillery"
    AIR = "air"
    NAVAL = "naval"
    MARINE = "marine"
    GARRISON = "garrison"
    POLITICAL = "political"
    BANDS = "bands"
    """Dispersed guerrillas."""
    UNKNOWN = "unknown"
    """Something is there; nobody knows what."""


SYMBOL_OF_KIND: dict[ForceKind, Symbol] = {
    ForceKind.INFANTRY: Symbol.INFANTRY,
    ForceKind.ARMOUR: Symbol.ARMOUR,
    ForceKind.ARTILLERY: Symbol.ARTILLERY,
    ForceKind.AIR: Symbol.AIR,
    ForceKind.NAVAL: Symbol.NAVAL,
    ForceKind.MARINE: Symbol.MARINE,
    ForceKind.GARRISON: Symbol.GARRISON,
    ForceKind.POLITICAL: Symbol.POLITICAL,
}


class PostureIcon(StrEnum):
    """Sign in the lower right corner of a counter."""

    ATTACK = "attack"
    DEFEND = "defend"
    SUPPORT = "support"
    GARRISON = "garrison"
    MOVE = "move"
    WITHDRAW = "withdraw"
    REST = "rest"
    HIDDEN = "hidden"
    NONE = ""


ICON_OF_POSTURE: dict[Posture, PostureIcon] = {
    Posture.MARCH: PostureIcon.MOVE,
    Posture.ATTACK: PostureIcon.ATTACK,
    Posture.DELAY: PostureIcon.WITHDRAW,
    Posture.HASTY: PostureIcon.DEFEND,
    Posture.PREPARED: PostureIcon.DEFEND,
    Posture.FORTIFIED: PostureIcon.DEFEND,
    Posture.REST: PostureIcon.REST,
    Posture.HIDDEN: PostureIcon.HIDDEN,
}


@dataclass(frozen=True)
class Counter:
    """One formation as its counter shows it."""

    id: int
    """Whatever the window wants back from a click: a force's id."""
    faction: int
    """Row of the view's factions."""
    label: str
    """Designation, at most five letters: '703', 'PP'."""
    echelon: str = "XX"
    """XXX corps, XX division, X brigade, III regiment, II battalion, or empty."""
    symbol: Symbol = Symbol.INFANTRY
    men: int = 0
    """Men under arms; 0 hides the figure."""
    posture: PostureIcon = PostureIcon.NONE
    supply_pips: int = 0
    """0..4."""
    morale: float = 1.0
    """0..1."""
    believed: bool = False
    """Reported, not seen: drawn pale, with a question mark."""
    selected: bool = False
    moved: bool = False
    """Has its order: drawn with a tick."""


@dataclass(frozen=True)
class CounterStack:
    """All counters of a hex, the most important one first; several factions stand side by side."""

    hex: HexIndex
    counters: tuple[Counter, ...]


class ArrowKind(StrEnum):
    ASSAULT = "assault"
    MOVE = "move"
    WITHDRAW = "withdraw"
    RAID = "raid"


@dataclass(frozen=True)
class OrderArrow:
    """A planned order. The path begins at the force's hex."""

    path: tuple[HexIndex, ...]
    kind: ArrowKind
    faction: int
    number: int = 0
    """Number in the order list; 0 draws none."""
    highlighted: bool = False


@dataclass(frozen=True)
class PathPreview:
    """The way of the order being given."""

    path: tuple[HexIndex, ...]
    flags: tuple[tuple[HexIndex, str], ...] = ()
    """Where the force will be at the end of each turn, and the words on the flag: 'turn 2'."""
    allowed: bool = True


@dataclass(frozen=True)
class Flow:
    """Supply that moves along hexes."""

    path: tuple[HexIndex, ...]
    width: float
    """Pixels at 64 pixels a hex."""
    cut: bool = False


@dataclass(frozen=True)
class OverlayClass:
    """One step of an overlay's scale."""

    label: str
    value: str
    """What the label means in figures: '25-40 t'."""
    colour: Rgb
    alpha: float = 0.62
    pattern: str = "solid"
    """One of theme.PATTERNS: the second cue, for steps that colour alone would not tell apart."""


@dataclass(frozen=True)
class HexOverlay:
    """A field over the hexes in a few classes, with its legend."""

    title: str
    subtitle: str
    classes: tuple[OverlayClass, ...]
    class_of_hex: npt.NDArray[np.int8]
    """[n], row of `classes`; -1 shows nothing."""
    flows: tuple[Flow, ...] = ()
    notes: tuple[tuple[HexIndex, str], ...] = ()
    """Tags beside a hex, such as a depot's stock: (hex, '6,100 t')."""


class MarkerKind(StrEnum):
    CAMP = "camp"
    DEPOT = "depot"
    BATTLE = "battle"
    WARNING = "warning"
    AIRFIELD = "airfield"
    OBJECTIVE = "objective"


@dataclass(frozen=True)
class Marker:
    """A small sign in the corner of a hex."""

    hex: HexIndex
    kind: MarkerKind
    faction: int = -1
    text: str = ""


@dataclass
class MapScene:
    """Everything that changes on the map. Arrays have one row a hex; None leaves a layer out."""

    season: Season = Season.DRY
    control: npt.NDArray[np.int8] | None = None
    """[n], row of the view's factions; -1 nobody."""
    at_war: npt.NDArray[np.bool_] | None = None
    """[factions, factions]; a front line runs between factions at war. None: between all."""
    contested: tuple[HexIndex, ...] = ()
    visible: npt.NDArray[np.bool_] | None = None
    """[n]; the rest lies under fog hatching."""
    stacks: tuple[CounterStack, ...] = ()
    arrows: tuple[OrderArrow, ...] = ()
    reach: Mapping[HexIndex, str] = field(default_factory=dict)
    """Hexes that the selected force can get to, and the words in each: '1.5 d'."""
    path: PathPreview | None = None
    selected_hex: HexIndex = OFF_MAP
    fanned: bool = True
    """Whether an opened stack lies fanned out; not while somebody aims at what is under it."""
    hovered_hex: HexIndex = OFF_MAP
    overlay: HexOverlay | None = None
    markers: tuple[Marker, ...] = ()
    show_labels: bool = True
    show_counters: bool = True
    local_names: bool = True
    """Names with Khmer and Vietnamese diacritics; else plain."""
    regions: tuple[tuple[str, HexIndex, int], ...] = ()
    """Spaced names over the land: (name, hex at the middle, hexes wide)."""
