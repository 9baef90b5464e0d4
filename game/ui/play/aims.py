"""What a side is asked to do, what brings its points, and what is on record about it: in the picker and in a game."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.engine.verdict import ObjectiveState
from game.scenario.model import Objective, Scenario
from game.ui.actions import Action
from game.ui.brush import Brush, Tip
from game.ui.styles import style_of
from game.ui.theme import BRASS, GOOD, LINE, MUTED, TEXT, WINDOW
from game.ui.words import full_day, reflowed


class Aims:
    """Paints a side's briefing, objectives, levels of victory and record.

    `hidden`: whether texts on atrocity wait for a click; `changed` is called when the record has been opened.
    """

    def __init__(self, hidden: Callable[[], bool], changed: Callable[[], None]) -> None:
        self._hidden, self._changed = hidden, changed
        self._opened = False

    def paint(
        self, brush: Brush, scenario: Scenario, side: int, y: float, states: Sequence[ObjectiveState] | None = None
    ) -> float:
        """Paint from height `y`; returns the height at which it ends. `states`: how the objectives stand by now."""
        setting = scenario.setting
        info = setting.sides[side]
        brush.chip(style_of(setting.factions[info.factions[0]]), 18, y + 12)
        brush.text(info.name, 58, y + 12, TEXT, "serif_bold", 18, "l", brush.width - 76)
        y += 30
        for text in (info.briefing, info.note):
            if text:
                y += brush.para(reflowed(text), 18, y, brush.width - 36, TEXT, "ui", 14, 1.5) + 6
        y = self._objectives(brush, scenario, side, y + 4, states)
        return self._record(brush, scenario, side, y)

    def _objectives(
        self, brush: Brush, scenario: Scenario, side: int, y: float, states: Sequence[ObjectiveState] | None
    ) -> float:
        goals = [o for o in scenario.objectives if o.side == side]
        if not goals:
            return y
        total = sum(o.points for o in goals)
        words = f"{total:g} points in all"
        by_id = {s.id: s for s in states or ()}
        if states is not None:
            words = f"{sum(s.points for s in states if s.met):g} of {total:g} points as things stand"
        brush.heading("Objectives", 18, y + 10, words, brush.width - 36)
        levels = tuple((level.title, f"from {level.share * 100:.0f} %") for level in scenario.levels)
        tip = Tip("Result", "The share of the points that are reached gives the level.", levels)
        brush.hot("levels", (14, y, brush.width - 28, 22), None, tip)
        y += 26
        for goal in goals:
            y = self._goal(brush, goal, by_id.get(goal.id), y)
        if states is not None:
            words = "As far as you know today; what is asked for at a date is counted then."
            brush.text(words, 18, y + 8, MUTED, "ui_italic", 12, "l", brush.width - 36)
            y += 22
        return y + 8

    def _goal(self, brush: Brush, goal: Objective, state: ObjectiveState | None, y: float) -> float:
        met = state is not None and state.met
        brush.box((20, y + 2, 16, 16), GOOD if met else WINDOW, 8, None if met else LINE)
        if met:
            brush.icon("tick", 28, y + 10, WINDOW, 14)
        detail = f" · {state.detail}" if state is not None else ""
        used = brush.text(f"{goal.points:g} points{detail}", brush.width - 18, y + 10, MUTED, "ui", 12, "r")
        height = brush.para(goal.title, 46, y + 1, brush.width - 46 - used - 34, TEXT, "ui_medium", 13, 1.35)
        rows = [("Points", f"{goal.points:g}")]
        if goal.by is not None:
            rows.append(("By", full_day(goal.by)))
        if state is not None:
            rows.append(("Met as things stand", "yes" if met else "no"))
        brush.hot(f"goal_{goal.id}", (14, y, brush.width - 28, height + 4), None, Tip(goal.title, rows=tuple(rows)))
        return y + height + 7

    def _record(self, brush: Brush, scenario: Scenario, side: int, y: float) -> float:
        factions = [scenario.setting.factions[k] for k in scenario.setting.sides[side].factions]
        told = [f for f in factions if f.note]
        if not told:
            return y
        brush.heading("On record: what it is, and what it is charged with", 18, y + 10)
        y += 26
        if self._hidden() and not self._opened:
            brush.button(
                "record", (18, y, min(260.0, brush.width - 36), 30), "Show; it speaks of atrocities", self._open
            )
            return y + 42
        for f in told:
            brush.text(f.name, 18, y + 9, BRASS, "ui_semibold", 13, "l", brush.width - 36)
            y += 20 + brush.para(reflowed(f.note), 18, y + 20, brush.width - 36, MUTED, "ui", 13, 1.45) + 8
        return y

    def _open(self) -> Action | None:
        self._opened = True
        self._changed()
        return None
