"""The end of a game: the result, the harm ledger at equal size, and this game beside history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from game.core.columns import faction
from game.ui import keys
from game.ui.actions import Action, Pop, Push
from game.ui.actors import short_now
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pages.ledger import LOSSES, HarmLedger
from game.ui.pane import Pane
from game.ui.play.facts import thousands
from game.ui.screen import Screen
from game.ui.screens.dialogs import error_dialog, leave_asked
from game.ui.screens.history import HistoryChart
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.saves import LoadScreen, ask_replay, ask_save
from game.ui.screens.tabs import Tabs
from game.ui.styles import style_of
from game.ui.theme import BAD, BRASS, GOOD, MUTED, TEXT, WINDOW
from game.ui.words import full_day
from game.ui.work import Task

if TYPE_CHECKING:
    import pygame

    from game.ui.window import App

TOP = 54.0
_NAMED = 4
"""Most sides whose names are written out over the result."""
TABS = ("Result", "Harm ledger", "Against history")


class ResultScreen(Screen):
    """Level and reason, what the war did to people, and the milestones."""

    groups = (keys.EVERYWHERE, keys.LISTS, keys.RESULT)

    def __init__(self, app: App, match: Match) -> None:
        super().__init__(app)
        self.match = match
        sides = match.setting.sides
        results = match.world.outcome.results
        shown = match.side if match.side is not None else 0
        self.side = sides[shown].id if sides[shown].id in results else next(iter(results))
        self.outcome: Any = match.world.outcome
        self.chart = HistoryChart(match)
        self._replaying: Task[Any] | None = None
        self.head = Pane("head", self._head, kind="plain")
        self.tabs = Tabs(self, TABS)
        self.result = Pane("result", self._result, lambda: ("Result", self._side_name()))
        self.harm = HarmLedger(match).pane
        self.history = Pane(
            "history", self.chart.body, lambda: ("Against history", "bar: history's range   ◆ history   ● this game")
        )
        self.foot = Pane("foot", self._foot, kind="plain")
        self.panes = [self.head, self.tabs.pane, self.result, self.harm, self.history, self.foot]
        self.marks.focus = "foot.replay"

    def layout(self, width: float, height: float) -> None:
        g = 12.0
        wide = width >= 1100 and height >= 600
        self.head.place((0, 0, width, TOP))
        self.foot.place((0, height - 56, width, 56))
        self.tabs.pane.shown = not wide
        boxes = (self.result, self.harm, self.history)
        if wide:
            for pane in boxes:
                pane.shown = True
            half = (width - 3 * g) / 2
            room = height - TOP - 56 - 2 * g
            upper = min(max(300.0, room * 0.47), 440.0)
            self.result.place((g, TOP + g, half, upper))
            self.harm.place((2 * g + half, TOP + g, half, upper))
            self.history.place((g, TOP + 2 * g + upper, width - 2 * g, room - upper))
            return
        self.tabs.pane.place((g, TOP + 4, width - 2 * g, 34))
        for k, pane in enumerate(boxes):
            pane.shown = k == self.tabs.chosen
            pane.place((g, TOP + 44, width - 2 * g, height - TOP - 104))

    # --- painting ---------------------------------------------------------------------------------------------
    def _side_name(self) -> str:
        return self.match.setting.sides[self.match.setting.side_index(self.side)].name

    def _head(self, brush: Brush) -> float:
        match, w = self.match, self.head.box[2]
        brush.rule(0, TOP - 1, w, BRASS)
        side = match.setting.sides[match.setting.side_index(self.side)]
        brush.chip(style_of(match.setting.factions[side.factions[0]]), 14, 27)
        sides = [s for s in match.setting.sides if s.id in self.outcome.results]
        full = {s.id: s.name for s in sides}
        view = match.view
        names = full if len(sides) <= _NAMED else {s.id: short_now(view, s.factions[0]) for s in sides}
        room = w - 54 - 190 - 12 - 6 * len(names)
        wanted = [brush.measure(name, "ui_semibold", 13) + 26 for name in names.values()]
        widths = [width * min(1.0, room / sum(wanted)) for width in wanted]
        x = w - 12.0 - sum(widths) - 6 * (len(names) - 1)
        brush.text(match.scenario.title, 54, 18, TEXT, "ui_semibold", 15, "l", x - 66)
        words = f"{full_day(match.day)} · finished after {match.world.turn} turns"
        brush.text(words, 54, 37, MUTED, "ui", 11, "l", x - 66)
        for (id_, name), width in zip(names.items(), widths, strict=True):
            kind = "on" if id_ == self.side else "quiet"
            brush.button(id_, (x, 12, width, 30), name, partial(self._show, id_), "", kind, Tip(full[id_]))
            x += width + 6
        return TOP

    def _show(self, side: str) -> Action | None:
        self.side = side
        self.touch()
        return None

    def _result(self, brush: Brush) -> float:
        found = self.outcome.results[self.side]
        w = brush.width
        columns = w > 560
        left = w * 0.47 if columns else w
        y = 36.0
        brush.text(found.level or "No objectives", 18, y, TEXT, "serif_bold", 26, "l", left - 30)
        total = sum(o.points for o in found.objectives)
        met = sum(o.points for o in found.objectives if o.met)
        tip = Tip(
            "Level",
            "The share of the side's points that its objectives brought.",
            tuple((lv.title, f"from {lv.share * 100:.0f} %") for lv in self.match.scenario.levels),
        )
        words = "no points to reach"
        if found.share is not None:
            words = f"{found.share * 100:.0f} % of the points: {met:g} of {total:g}"
        brush.text(words, 18, y + 28, BRASS, "ui_medium", 14)
        brush.hot("level", (12, 14, left - 20, 60), None, tip)
        y = 80 + brush.para(found.reason, 18, 80, left - 36, TEXT, "ui", 14, 1.45) + 12
        y = self._standing(brush, y, left)
        x, top = (left + 4, 14.0) if columns else (6.0, y + 8)
        return max(y, self._objectives(brush, found, x, top, w - x))

    def _standing(self, brush: Brush, y: float, width: float) -> float:
        t, setting = self.match.world.tables, self.match.setting
        side = setting.sides[setting.side_index(self.side)]
        will = float(t.faction_f[faction.WILL, side.factions[0]])
        rows = [("Political will", f"{will:.0f}", Tip("Political will", "Readiness to go on with the war, 0 to 100."))]
        for label, column, text in LOSSES[:3]:
            each = [(short_now(self.match.view, k), int(t.faction_i[column, k])) for k in side.factions]
            tip = Tip(label, text, tuple((name, thousands(men)) for name, men in each))
            rows.append((f"Own men: {label.lower()}", thousands(sum(men for _, men in each)), tip))
        for k, (label, value, tip) in enumerate(rows):
            brush.text(label, 18, y + 10, MUTED, "ui", 13, "l", width - 110)
            brush.text(value, width - 18, y + 10, TEXT, "ui_semibold", 13, "r")
            brush.hot(f"standing{k}", (12, y - 1, width - 24, 22), None, tip)
            y += 23
        return y + 6

    def _objectives(self, brush: Brush, found: Any, x: float, y: float, width: float) -> float:
        brush.heading("Objectives", x + 12, y + 6)
        y += 26
        for k, o in enumerate(found.objectives):
            colour = GOOD if o.met else BAD
            brush.box((x + 12, y + 2, 22, 22), colour, 11)
            brush.icon("tick" if o.met else "cross", x + 23, y + 13, WINDOW, 18)
            height = brush.para(o.title, x + 44, y, width - 110, TEXT, "ui_medium", 13, 1.3)
            brush.text(f"{o.points:g} points", x + width - 14, y + 9, MUTED, "ui", 11, "r")
            height += brush.para(o.detail, x + 44, y + height, width - 60, MUTED, "ui", 12, 1.3)
            tip = Tip(o.title, o.detail, (("Points", f"{o.points:g}"), ("Met", "yes" if o.met else "no")))
            brush.hot(f"goal{k}", (x + 8, y - 4, width - 16, height + 6), None, tip)
            y += height + 12
        if not found.objectives:
            brush.text("This side has no objectives of its own here.", x + 12, y + 8, MUTED)
            y += 26
        return y

    def _foot(self, brush: Brush) -> float:
        caps = self.app.keys.shown
        w = brush.width
        waiting = self._replaying is not None
        x = w - 12.0
        for key, label, cap, act, kind, width in (
            (
                "replay",
                "Preparing…" if waiting else "Replay",
                caps("replay"),
                None if waiting else self._replay,
                "primary",
                170.0,
            ),
            ("keep", "Keep as replay", "", lambda: ask_replay(self.app, self.match), "normal", 150.0),
            ("save", "Save", "", lambda: ask_save(self.app, self.match), "normal", 110.0),
            ("leave", "Main menu", "", self._leave, "normal", 130.0),
            ("map", "Back to the map", "Esc", Pop, "normal", 170.0),
        ):
            x -= width
            if x > 4:
                brush.button(key, (x, 12, width, 32), label, act, cap, kind)
            x -= 8
        words = f"Seed {self.match.world.seed} · scenario {self.match.scenario.hash[:8]} · same orders, same game"
        if x > 160:
            brush.text(words, 16, 28, MUTED, "ui_italic", 12, "l", x - 20)
        return 56

    # --- commands ---------------------------------------------------------------------------------------------
    def command(self, command: str) -> Action | None:
        if command == "replay":
            return self._replay()
        if command == "load":
            return Push(LoadScreen(self.app))
        if command == "save":
            return ask_save(self.app, self.match)
        return super().command(command)

    def _replay(self) -> Action | None:
        if self._replaying is None:
            self._replaying = Task(lambda: self.app.library.reel(self.match.session), "replay")
            self.touch("foot")
        return None

    def update(self, seconds: float) -> Action | None:
        if self._replaying is not None and self._replaying.done:
            task, self._replaying = self._replaying, None
            self.touch("foot")
            if task.error is not None:
                return error_dialog(self.app, "The game could not be replayed", task.error)
            reel = task.result()
            changed = reel.state(reel.turns).hash() != self.match.world.state_hash()
            return Push(ReplayScreen(self.app, self.match, reel, changed))
        return None

    def _leave(self) -> Action | None:
        return leave_asked(self.app, "The finished game stays in the last autosave.")

    def draw_below(self, window: pygame.Surface) -> None:
        window.fill(WINDOW)
