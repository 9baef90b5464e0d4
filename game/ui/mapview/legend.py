"""What an overlay's colours mean, ready for the screens to lay out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pygame

from game.core.ids import NO_FACTION
from game.ui import theme
from game.ui.mapview.marks import faction_chip, legend_swatch
from game.ui.mapview.scene import HexOverlay, OverlayClass
from game.ui.theme import FactionStyle, Rgb, mix


@dataclass(frozen=True)
class LegendRow:
    """One line: a chip, a label and a value."""

    label: str
    value: str
    colour: Rgb
    """As it looks on the map, blended over rice land."""
    pattern: str

    def swatch(self, w: int = 24, h: int = 16) -> pygame.Surface:
        """The chip; premultiplied: blit with BLEND_PREMULTIPLIED."""
        return legend_swatch(self.colour, self.pattern, w, h)


@dataclass(frozen=True)
class OverlayLegend:
    """Title, subtitle and rows of an overlay, the strongest class first."""

    title: str
    subtitle: str
    rows: tuple[LegendRow, ...]
    has_flows: bool
    has_depots: bool


def legend_of(overlay: HexOverlay) -> OverlayLegend:
    """Describe an overlay; colours are blended as the map blends them."""
    paper: Rgb = (222, 214, 188)
    rows = tuple(LegendRow(c.label, c.value, mix(paper, c.colour, c.alpha), c.pattern) for c in overlay.classes)
    return OverlayLegend(overlay.title, overlay.subtitle, rows, bool(overlay.flows), bool(overlay.notes))


def control_overlay(
    control: npt.NDArray[np.int8], factions: Sequence[FactionStyle], title: str = "Control"
) -> HexOverlay:
    """Who can enforce his will, by colour and pattern; only factions that hold something are listed."""
    holders = [f for f in range(len(factions)) if (control == f).any()]
    row = np.full(len(factions) + 1, -1, np.int8)
    row[holders] = np.arange(len(holders), dtype=np.int8)
    classes = tuple(
        OverlayClass(
            factions[f].name,
            f"{int((control == f).sum()):,} hexes",
            factions[f].colour,
            _tint_alpha(factions[f]),
            factions[f].pattern,
        )
        for f in holders
    )
    return HexOverlay(title, "who can enforce", classes, row[np.where(control == NO_FACTION, len(factions), control)])


def _tint_alpha(style: FactionStyle) -> float:
    """Dark colours tint less, so that the land beneath stays readable."""
    return 0.19 + 0.19 * min(1.0, theme.luminance(style.colour) / 0.2)


FIELD_COLOURS: tuple[Rgb, ...] = (
    theme.rgb("#2F6B72"),
    theme.rgb("#4F9A98"),
    theme.rgb("#86BFA8"),
    theme.rgb("#C5D3A0"),
    theme.rgb("#E8CF94"),
    theme.rgb("#B7A99A"),
)
"""From most to nothing; lightness grows steadily so that the order shows without hue."""


def field_overlay(
    values: npt.NDArray[np.floating],
    bounds: Sequence[float],
    labels: Sequence[str],
    title: str,
    subtitle: str = "",
    unit: str = "",
) -> HexOverlay:
    """A value a hex, in classes. `bounds` fall: a hex is in the first class whose bound it reaches.

    One label more than bounds: what reaches no bound is the last class, hatched. A negative value shows nothing.
    At most six classes. Raises ValueError when labels and bounds do not fit.
    """
    if len(labels) != len(bounds) + 1 or len(labels) > len(FIELD_COLOURS):
        raise ValueError(f"{len(bounds)} bounds need {len(bounds) + 1} labels, and at most {len(FIELD_COLOURS)}")
    row = np.full(values.shape, len(bounds), np.int8)
    for k in range(len(bounds) - 1, -1, -1):
        row[values >= bounds[k]] = k
    row[values < 0] = -1
    figures = [f"over {b:g}" if k == 0 else f"{b:g}–{bounds[k - 1]:g}" for k, b in enumerate(bounds)]
    figures.append(f"under {bounds[-1]:g}")
    full = [
        OverlayClass(label, f"{figure} {unit}".strip(), colour, 0.66)
        for label, figure, colour in zip(labels[:-1], figures[:-1], FIELD_COLOURS, strict=False)
    ]
    nothing = OverlayClass(labels[-1], f"{figures[-1]} {unit}".strip(), FIELD_COLOURS[-1], 0.30, "diagonal")
    return HexOverlay(title, subtitle, (*full, nothing), row)


def supply_overlay(
    tonnes: npt.NDArray[np.floating], bounds: Sequence[float], labels: Sequence[str], title: str = "Supply"
) -> HexOverlay:
    """Tonnes a day that reach each hex: a field_overlay to which flows and depots can be added by `replace`."""
    return field_overlay(tonnes, bounds, labels, title, "tonnes that reach a hex per day", "t")


__all__ = [
    "LegendRow",
    "OverlayLegend",
    "control_overlay",
    "faction_chip",
    "field_overlay",
    "legend_of",
    "supply_overlay",
]
