"""Colours, sizes and the look of factions. Colours are (red, green, blue), 0..255; sizes are pixels at scale 1."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Rgb: TypeAlias = tuple[int, int, int]


def rgb(code: str) -> Rgb:
    """'#C8A45A' as a colour. Raises ValueError for anything but six hexadecimal digits."""
    digits = code.strip().lstrip("#")
    if len(digits) != 6:
        raise ValueError(f"{code!r} is not a colour: write six hexadecimal digits, as in '#C8A45A'")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The colour `share` (0..1) of the way from a to b."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def luminance(colour: Rgb) -> float:
    """Relative luminance 0..1 (WCAG 2.1)."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: Rgb, b: Rgb) -> float:
    """Contrast ratio 1..21 (WCAG 2.1)."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


WINDOW = rgb("#1E2327")
PANEL = rgb("#262C31")
RAISED = rgb("#30373D")
HOVER = rgb("#3C454C")
LINE = rgb("#4A545B")
TEXT = rgb("#EDE6D6")
MUTED = rgb("#B9B4A6")
DIM = rgb("#A8A396")
BRASS = rgb("#C8A45A")
GOOD = rgb("#5FB3A8")
WARN = rgb("#E3BC5C")
BAD = rgb("#E08A5B")
PAPER = rgb("#F3ECD9")
INK = rgb("#2A251D")
INK_2 = rgb("#6A604F")
CREAM = rgb("#F6EFDC")
HALO = rgb("#F4EEDA")

RICE = rgb("#E4DDB9")
UPLAND = rgb("#E3D3AC")
DRY_FOREST = rgb("#CFCB9A")
FOREST = rgb("#A7B387")
SWAMP = rgb("#BFC8A2")
URBAN = rgb("#D3BFAE")
SEA_NEAR = rgb("#BFD3D4")
SEA_FAR = rgb("#86A8B3")
LAKE = rgb("#A9C6CB")
RIVER = rgb("#7FAFBE")
RIVER_EDGE = rgb("#3E7186")
RIVER_SHINE = rgb("#98C1CB")
SHORE = rgb("#3B6472")
WATER_LABEL = rgb("#2F6477")
WATER_HALO = rgb("#DEECEC")
PRIMARY_ROAD = rgb("#D98E5A")
SECONDARY_ROAD = rgb("#E9D9A8")
TRACK = rgb("#8A7350")
CASING = rgb("#5B4632")
RAIL = rgb("#4A4037")
BORDER = rgb("#7A2F3B")
PROVINCE = rgb("#8E7A5E")
GRID = rgb("#5A4A32")
REGION_LABEL = rgb("#6B4B3E")

SHAPES = (
    "circle", "diamond", "triangle", "square", "hexagon", "star",
    "pentagon", "plus", "inverted_triangle", "ring", "bar",
)  # fmt: skip
PATTERNS = (
    "solid", "diagonal", "dots", "horizontal", "vertical", "cross_hatch",
    "grid", "back_diagonal", "small_dots", "thick_horizontal",
)  # fmt: skip
SILHOUETTES = {
    "circle": "round",
    "diamond": "chamfered",
    "triangle": "gabled",
    "square": "square",
    "hexagon": "hexagonal",
    "star": "notched",
    "pentagon": "pointed",
    "plus": "stepped",
    "inverted_triangle": "keel",
    "ring": "pill",
    "bar": "slab",
}
"""Outline of a counter by its owner's shape, so that an owner shows even in a grey picture."""


@dataclass(frozen=True)
class FactionStyle:
    """How a faction looks everywhere: four independent cues (colour, shape, pattern, silhouette)."""

    name: str
    colour: Rgb
    shape: str
    pattern: str

    @property
    def dark(self) -> Rgb:
        """Rim and shadow side."""
        return mix(self.colour, (12, 10, 12), 0.5)

    @property
    def light(self) -> Rgb:
        """Marks upon the dark shade."""
        return mix(self.colour, (255, 252, 244), 0.82)

    @property
    def mark(self) -> Rgb:
        """The owner's shape and other signs upon the colour: light, or dark where light would not show."""
        return self.light if contrast(self.light, self.colour) >= 2.2 else self.dark

    @property
    def silhouette(self) -> str:
        return SILHOUETTES[self.shape]

    @property
    def text(self) -> Rgb:
        """Ink or cream, whichever reads better upon the colour."""
        ink, cream = (34, 24, 8), (255, 250, 238)
        return ink if contrast(ink, self.colour) >= contrast(cream, self.colour) * 0.8 else cream


def faction_style(name: str, colour: str, shape: str, pattern: str) -> FactionStyle:
    """Style from a scenario's strings. Raises ValueError naming what is allowed."""
    for value, allowed, what in ((shape, SHAPES, "shape"), (pattern, PATTERNS, "pattern")):
        if value not in allowed:
            raise ValueError(f"{what} {value!r} of {name} is unknown; choose from {', '.join(allowed)}")
    return FactionStyle(name, rgb(colour), shape, pattern)


FACTION_PRESETS: dict[str, FactionStyle] = {
    key: faction_style(name, colour, shape, pattern)
    for key, name, colour, shape, pattern in (
        ("vietnam", "Vietnam", "#B23A2E", "circle", "solid"),
        ("dk", "Democratic Kampuchea", "#34363F", "diamond", "diagonal"),
        ("kufns", "Salvation Front", "#E0A63A", "triangle", "dots"),
        ("thailand", "Thailand", "#2F70B4", "square", "horizontal"),
        ("laos", "Laos", "#55A889", "hexagon", "vertical"),
        ("china", "China", "#D9743F", "star", "cross_hatch"),
        ("ussr", "Soviet Union", "#8C2F62", "pentagon", "diagonal"),
        ("kpnlf", "KPNLF", "#8BD3EA", "plus", "grid"),
        ("funcinpec", "FUNCINPEC", "#A290BE", "inverted_triangle", "back_diagonal"),
        ("asean", "ASEAN", "#D5E5C0", "ring", "small_dots"),
        ("usa", "United States", "#1721A2", "bar", "thick_horizontal"),
    )
}
"""The eleven styles whose distances are tested for colour-blind eyes; a scenario may name others."""


@lru_cache(maxsize=64)
def readable(colour: Rgb, ground: Rgb, ratio: float = 4.5) -> Rgb:
    """`colour`, moved towards white or black until it stands out from `ground` by `ratio`."""
    goal: Rgb = (255, 255, 255) if luminance(ground) < 0.18 else (0, 0, 0)
    for step in range(21):
        candidate = mix(colour, goal, step / 20)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return goal
