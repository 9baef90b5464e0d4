"""The picker's panels that tell of scenarios: the list, the land, the briefing, or what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.scenario.model import Scenario
from game.ui.actions import Action
from game.ui.brush import Brush, Tip
from game.ui.pane import Pane
from game.ui.picture import Picture
from game.ui.play.aims import Aims
from game.ui.screens.draft import WATCH, Draft
from game.ui.shelf import Entry
from game.ui.theme import BAD, BRASS, HOVER, LINE, MUTED, RAISED, TEXT
from game.ui.words import full_day, reflowed

_ROW = 72.0
_MOST_FAULTS = 40


class ScenarioList:
    """The scenarios, one of them chosen. `choose` is called with the id of another."""

    def __init__(self, draft: Draft, choose: Callable[[str], Action | None], ready: Callable[[], bool]) -> None:
        self._draft, self._choose, self._ready = draft, choose, ready
        self.pane = Pane("list", self._body, lambda: ("Scenarios", f"{len(draft.entries)} · by date"))

    @property
    def rows_shown(self) -> int:
        """How many rows fit on the panel."""
        return max(1, int(self.pane.view_height / _ROW))

    def _body(self, brush: Brush) -> float:
        if not self._ready():
            brush.text("Reading the scenarios…", 16, 28, MUTED)
            return 50
        y = 8.0
        for e in self._draft.entries:
            box = (8, y, brush.width - 16, 64)
            chosen = e.id == self._draft.chosen
            brush.box(box, HOVER if chosen or brush.is_hover(e.id) else RAISED, 5, BRASS if chosen else None)
            if chosen:
                brush.box((8, y + 1, 4, 62), BRASS)
            tip = self._broken_row(brush, e, y) if e.faults else self._row(brush, e, y)
            brush.hot(e.id, box, partial(self._choose, e.id), tip)
            brush.ring(e.id, box)
            y += _ROW
        return y

    def _row(self, brush: Brush, e: Entry, y: float) -> Tip:
        right = brush.width - 20
        used = brush.text(_counted(e.formations, "formation"), right, y + 20, MUTED, "ui", 12, "r")
        brush.text(e.title, 26, y + 20, TEXT, "ui_semibold", 15, "l", right - used - 40)
        brush.text(_counted(e.milestones, "milestone"), right, y + 44, MUTED, "ui", 12, "r")
        used = brush.text(f"{e.period} · yours" if e.own else e.period, 26, y + 44, MUTED, "ui", 13)
        self._period(brush, e, max(26 + used + 16, brush.width * 0.46), y + 44, right - 96)
        place = f"In {e.id}" if e.own else ""
        return Tip(e.title, rows=(("First day", full_day(e.start)), ("Last day", full_day(e.end))), source=place)

    def _broken_row(self, brush: Brush, e: Entry, y: float) -> Tip:
        right = brush.width - 20
        used = brush.text("cannot be played", right, y + 20, BAD, "ui", 12, "r")
        brush.text(e.title, 26, y + 20, TEXT, "ui_semibold", 15, "l", right - used - 40)
        brush.text(e.complaint, 26, y + 44, MUTED, "ui", 12, "l", right - 26)
        return Tip(e.title, e.complaint, source=f"In {e.id}")

    def _period(self, brush: Brush, e: Entry, x: float, y: float, right: float) -> None:
        if right - x < 30:
            return
        brush.box((x, y, right - x, 1), LINE)
        a, b = e.span
        brush.box((x + a * (right - x), y - 3, max(6.0, (b - a) * (right - x)), 7), BRASS, 1)


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


class LandPane:
    """The land of the chosen scenario, with its title and dates."""

    def __init__(self, draft: Draft, picture: Picture) -> None:
        self._draft, self._picture = draft, picture
        self.pane = Pane("map", self._body, kind="plain")

    def _body(self, brush: Brush) -> float:
        whole = brush.surface.get_rect()
        self._picture.draw(brush.surface, whole)
        h = self.pane.box[3]
        entry, d = self._draft.entry, self._draft.definition
        if entry is not None:
            self._picture.shade(brush.surface, whole)
            date = f"{full_day(d.start)} – {full_day(d.end)}" if d is not None else "cannot be played"
            used = brush.text(date, brush.width - 24, h - 34, TEXT, "ui_semibold", 15, "r")
            room = brush.width - used - 60
            size = next((s for s in (28, 23, 18) if brush.measure(entry.title, "serif_bold", s) <= room), 18)
            brush.text(entry.title, 24, h - 34, (255, 250, 238), "serif_bold", size, "l", room)
        pygame.draw.rect(brush.surface, BRASS, whole, 1)
        return h


class BriefingPane:
    """The briefing of the chosen scenario; its faults, if it has any."""

    def __init__(self, draft: Draft, hidden: Callable[[], bool]) -> None:
        """`hidden`: whether texts on atrocity wait for a click."""
        self._draft = draft
        self.pane = Pane("briefing", self._body, self._title)
        self._aims = Aims(hidden, self.pane.touch)

    def _title(self) -> tuple[str, str]:
        entry = self._draft.entry
        return ("Faults", str(len(entry.faults))) if entry is not None and entry.faults else ("Briefing", "")

    def _body(self, brush: Brush) -> float:
        entry, d = self._draft.entry, self._draft.definition
        if entry is not None and entry.faults:
            return self._faults(brush, entry)
        return 40 if d is None else self._briefing(brush, d)

    def _faults(self, brush: Brush, entry: Entry) -> float:
        y, room = 14.0, brush.width - 36
        words = f"{entry.id} cannot be played yet. Mend what is listed here and come back to this page."
        y += brush.para(words, 18, y, room, TEXT, "ui", 14, 1.5) + 12
        for fault in entry.faults[:_MOST_FAULTS]:
            y += brush.para(str(fault).removeprefix(entry.id).lstrip("/\\"), 18, y, room, MUTED, "ui", 13) + 8
        if len(entry.faults) > _MOST_FAULTS:
            y += brush.para(f"and {len(entry.faults) - _MOST_FAULTS} more: kampuchea check {entry.id}", 18, y, room)
        return y + 8

    def _briefing(self, brush: Brush, d: Scenario) -> float:
        s = d.setting
        y = 14.0
        y += brush.para(reflowed(d.briefing), 18, y, brush.width - 36, TEXT, "ui", 14, 1.5) + 14
        if self._draft.side != WATCH:
            brush.rule(18, y, brush.width - 36)
            y = self._aims.paint(brush, d, s.side_index(self._draft.side), y + 12) + 8
        facts = (
            ("Map", f"hexes of {s.map.km_per_hex:g} km"),
            ("Turn", f"{s.days_per_turn:g} days · {s.turns} turns"),
            ("Impulses", f"{s.impulses_per_turn} a turn"),
            ("Formations", f"{len(s.forces)} in the order of battle"),
            ("Milestones", f"{len(d.milestones)} dated outcomes"),
            ("Confidence", f"{d.confidence:.1f} of 4, see sources"),
        )
        each = (brush.width - 36 - 16) / 3
        for k, (label, value) in enumerate(facts):
            box = (18 + (k % 3) * (each + 8), y + (k // 3) * 54, each, 46)
            brush.box(box, RAISED, 4)
            brush.text(label, box[0] + 12, box[1] + 14, MUTED, "ui", 11)
            brush.text(value, box[0] + 12, box[1] + 31, TEXT, "ui_semibold", 13, "l", each - 18)
        brush.hot(
            "confidence",
            (18 + 2 * (each + 8), y + 54, each, 46),
            None,
            Tip(
                "Confidence of the starting values",
                "Mean over all forces, from 0 (a guess) to 4 (documented). Each force's own is in its tooltip.",
                source="Sources: " + ", ".join(d.sources[:6]),
            ),
        )
        y += 118
        words = "Sources: " + ", ".join(d.sources) if d.sources else d.summary
        return y + brush.para(words, 18, y, brush.width - 36, MUTED, "ui_italic", 12) + 12
