"""The overlays that a View alone can fill: control, support, people, mines, season. Colour and pattern say the same."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import numpy.typing as npt

from game.core.columns import camp, faction
from game.core.columns import hex as hexc
from game.core.ids import NEVER, NO_FACTION, FactionId, Life
from game.core.setting import Setting
from game.core.view import View
from game.ui import theme
from game.ui.actors import style_now
from game.ui.mapview import HexOverlay, Marker, MarkerKind, OverlayClass, control_overlay, field_overlay
from game.ui.play.facts import about
from game.ui.play.season import season_overlay
from game.ui.theme import FactionStyle

PEOPLE_BOUNDS = (200.0, 100.0, 50.0, 20.0, 5.0)
PEOPLE_LABELS = ("very dense", "dense", "settled", "thin", "sparse", "nearly empty")
SUPPORT_BOUNDS = (0.60, 0.45, 0.30, 0.15, 0.05)
SUPPORT_LABELS = ("nearly all", "most", "many", "some", "few", "hardly any")
LEADS_FROM = 0.20
"""Least share of the people with which a movement is shown as the one that leads in a hex."""
BELTS = (200.0, 20.0, 1.0)
"""Mines per km of front from which a belt is dense, known, thin."""
SCATTERS = (10.0, 1.0, 0.05)
"""Mines per km2 from which scattering is dense, known, thin."""


def hex_km2(setting: Setting) -> float:
    """Area of a hex."""
    return sqrt(3.0) / 2.0 * float(setting.map.km_per_hex) ** 2


def movements(view: View) -> list[tuple[int, FactionId]]:
    """(row of `support`, faction) of every movement that is an actor or that anybody prefers."""
    t = view.tables
    found = []
    for k, row in enumerate(view.setting.cast.movement.tolist()):
        if 0 <= row < t.support.shape[0]:
            alive = int(t.faction_i[faction.LIFE, k]) == Life.ACTIVE
            if alive or bool((t.support[row] > 0.005).any()):
                found.append((row, k))
    return found


def overlay_of(name: str, view: View, movement: FactionId) -> HexOverlay | None:
    """The overlay of that name; `movement`: whose support is shown, NO_FACTION for who leads. None if it is no
    overlay of these.
    """
    if name == "control":
        return control_overlay(view.tables.hex_i[hexc.CONTROL].astype(np.int8), _styles(view))
    if name == "people":
        return _people(view)
    if name == "support":
        return _support(view, movement)
    if name == "mines":
        return _mines(view)
    return season_overlay(view) if name == "season" else None


def _styles(view: View) -> list[FactionStyle]:
    return [style_now(view, k) for k in range(len(view.setting.factions))]


def _people(view: View) -> HexOverlay:
    density = view.tables.hex_i[hexc.PEOPLE] / hex_km2(view.setting)
    density = np.where(view.setting.map.is_land, density, -1.0)
    subtitle = "inhabitants per km², as last known"
    return field_overlay(density, PEOPLE_BOUNDS, PEOPLE_LABELS, "People", subtitle)


def peopled(view: View) -> npt.NDArray[np.bool_]:
    """Hexes whose people the movements contend for."""
    return np.asarray((view.setting.cast.contested == 1) & (view.tables.hex_i[hexc.PEOPLE] > 0))


def popular_share(view: View, row: int) -> float:
    """Share 0..1 of the people contended for who prefer the movement of that row."""
    people = np.where(peopled(view), view.tables.hex_i[hexc.PEOPLE], 0).astype(np.float64)
    total = float(people.sum())
    return float((view.tables.support[row] * people).sum()) / total if total else 0.0


def _support(view: View, movement: FactionId) -> HexOverlay:
    known = {k: row for row, k in movements(view)}
    if movement in known:
        return _support_of(view, movement, known[movement])
    return _leaders(view)


def _support_of(view: View, k: FactionId, row: int) -> HexOverlay:
    style = style_now(view, k)
    share = np.where(peopled(view), view.tables.support[row], -1.0)
    made = field_overlay(
        share, SUPPORT_BOUNDS, SUPPORT_LABELS, "Support", f"share of the people who prefer {style.name}"
    )
    classes = [
        replace(c, value=_percents(n), pattern=style.pattern if n < 2 else c.pattern)
        for n, c in enumerate(made.classes)
    ]
    return replace(made, classes=tuple(classes))


def _percents(n: int) -> str:
    bounds = [round(b * 100) for b in SUPPORT_BOUNDS]
    if n == 0:
        return f"over {bounds[0]} %"
    return f"under {bounds[-1]} %" if n == len(bounds) else f"{bounds[n]}–{bounds[n - 1]} %"


def _leaders(view: View) -> HexOverlay:
    """The movement that most people prefer, where it has more than a few."""
    known = movements(view)
    here = peopled(view)
    row_of_hex = np.full(view.setting.map.n, -1, np.int8)
    classes = []
    if known:
        shares = view.tables.support[[row for row, _ in known]]
        best = shares.argmax(axis=0)
        leads = here & (shares.max(axis=0) >= LEADS_FROM)
        row_of_hex[leads] = best[leads]
        for row, k in known:
            style = style_now(view, k)
            words = f"{popular_share(view, row) * 100:.0f} % in all"
            classes.append(OverlayClass(style.name, words, style.colour, 0.5, style.pattern))
    row_of_hex[here & (row_of_hex < 0)] = len(classes)
    classes.append(OverlayClass("none of them", f"under {LEADS_FROM * 100:.0f} %", theme.PAPER, 0.45))
    return HexOverlay("Support", "whom most people of a hex prefer", tuple(classes), row_of_hex)


_MINE_CLASSES = (
    ("belt, dense", "over 200 per km", "#7A2F3B", "cross_hatch"),
    ("belt", "20–200 per km", "#B5574A", "cross_hatch"),
    ("belt, thin", "1–20 per km", "#DDA084", "diagonal"),
    ("scattered, dense", "over 10 per km²", "#5C4A86", "dots"),
    ("scattered", "1–10 per km²", "#8E7FB8", "dots"),
    ("scattered, thin", "under 1 per km²", "#C3BAD8", "small_dots"),
)


def _mines(view: View) -> HexOverlay:
    """Belts before scatterings: a hex with both shows as a belt, and its tooltip says both."""
    t = view.tables
    belt, scatter = t.hex_f[hexc.MINES], t.hex_f[hexc.SCATTER]
    row = np.full(view.setting.map.n, -1, np.int8)
    for values, bounds, first in ((scatter, SCATTERS, len(BELTS)), (belt, BELTS, 0)):
        for k in range(len(bounds) - 1, -1, -1):
            row[values >= bounds[k]] = first + k
    classes = tuple(
        OverlayClass(label, value, theme.rgb(colour), 0.72, pattern) for label, value, colour, pattern in _MINE_CLASSES
    )
    return HexOverlay("Mines", "they hurt every side and outlast the war", classes, row)


def camps_at(view: View, hex_: int | None = None) -> list[int]:
    """Camps that are open, those of a hex or all."""
    t = view.tables
    return [
        c
        for c in range(t.camp_i.shape[1])
        if int(t.camp_i[camp.OPENED, c]) != NEVER
        and int(t.camp_i[camp.CLOSED, c]) == NEVER
        and (int(t.camp_i[camp.PEOPLE, c]) > 0 or hex_ is not None)
        and (hex_ is None or int(t.camp_i[camp.HEX, c]) == hex_)
    ]


def camp_name(view: View, c: int) -> str:
    """A camp's own name, or where it lies."""
    names = view.setting.camp_names
    return names[c] if c < len(names) else view.setting.map.label(int(view.tables.camp_i[camp.HEX, c]))


def camp_markers(view: View) -> tuple[Marker, ...]:
    """Border camps: one sign a hex with the people in it, in the shape and colour of who administers the largest."""
    t = view.tables
    by_hex: dict[int, list[int]] = {}
    for c in camps_at(view):
        by_hex.setdefault(int(t.camp_i[camp.HEX, c]), []).append(c)
    markers = []
    for hex_, here in sorted(by_hex.items()):
        people = [int(t.camp_i[camp.PEOPLE, c]) for c in here]
        largest = here[people.index(max(people))]
        holder = int(t.camp_i[camp.HOLDER, largest])
        words = about(sum(people)).removeprefix("about ")
        markers.append(Marker(hex_, MarkerKind.CAMP, holder if holder != NO_FACTION else -1, words))
    return tuple(markers)
