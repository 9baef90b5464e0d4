"""Decisions that events put to a faction of the side: what is asked, the answers, and what each would change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from game.core.ids import Act
from game.core.orders import FactionAct
from game.engine.events import OpenDecision
from game.ui.actions import Action, Pop
from game.ui.actors import name_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.play.asked import planned_answer
from game.ui.screen import Screen
from game.ui.theme import BAD, BRASS, MUTED, RAISED, TEXT, mix
from game.ui.words import full_day, reflowed

if TYPE_CHECKING:
    from game.ui.window import App

WIDTH = 640.0


class DecisionScreen(Screen):
    """One decision after another. An answer is planned like an order; Esc leaves it for later."""

    over = True

    def __init__(self, app: App, match: Match, decisions: tuple[OpenDecision, ...]) -> None:
        super().__init__(app)
        self.match, self.decisions = match, decisions
        self.at = next((n for n, d in enumerate(decisions) if planned_answer(match, d) is None), 0)
        self.refusal = ""
        self._read: set[int] = set()
        """Rows of the events whose text has been opened."""
        self.pane = Pane("decision", self._body, self._title, self._foot, 54)
        self.panes = [self.pane]

    @property
    def decision(self) -> OpenDecision:
        return self.decisions[self.at]

    def layout(self, width: float, height: float) -> None:
        self.pane.fit(self.app.fonts, self.marks, WIDTH, (width, height))

    def _title(self) -> tuple[str, str]:
        return "Decision", f"{self.at + 1} of {len(self.decisions)}" if len(self.decisions) > 1 else ""

    def _body(self, brush: Brush) -> float:
        d, view, w = self.decision, self.match.view, brush.width
        brush.chip(style_now(view, d.faction), 16, 22, 34)
        brush.text(name_now(view, d.faction), 60, 22, MUTED, "ui_medium", 13, "l", w - 80)
        y = 42 + brush.para(d.event.title, 16, 42, w - 32, TEXT, "serif_bold", 20, 1.3) + 6
        if d.event.sensitive and self.app.settings.hide_sensitive and d.row not in self._read:
            brush.button("read", (16, y, min(330.0, w - 32), 30), "Show; it speaks of atrocity or famine", self._open)
            y += 42
        else:
            y += brush.para(reflowed(d.event.text), 16, y, w - 32, TEXT, "ui", 14, 1.45) + 12
        chosen = planned_answer(self.match, d)
        for n in range(len(d.answers)):
            y = self._answer(brush, y, n, chosen == n)
        if self.refusal:
            y += brush.para(self.refusal, 16, y, w - 32, BAD, "ui_medium", 13) + 8
        default = d.answers[d.default].option.title
        words = f"Without an answer by {full_day(d.until)}: {default}"
        return y + brush.para(words, 16, y, w - 32, MUTED, "ui_italic", 12) + 10

    def _answer(self, brush: Brush, y: float, n: int, chosen: bool) -> float:
        answer, w = self.decision.answers[n], brush.width
        key = f"answer{n}"
        text = reflowed(answer.option.text)
        effects = answer.effects or ("no effect that is known beforehand",)
        heights = [brush.para_height(text, w - 64, "ui", 13, 1.35) if text else 0.0]
        heights += [brush.para_height(e, w - 84, "ui", 12, 1.3) for e in effects]
        height = 34 + sum(heights) + 3 * len(effects) + 8
        box = (12.0, y, w - 24, height)
        fill = mix(RAISED, BRASS, 0.22) if chosen else RAISED
        brush.box(box, mix(fill, (255, 255, 255), 0.08) if brush.is_hover(key) else fill, 5, BRASS if chosen else None)
        brush.text(answer.option.title, 28, y + 18, TEXT, "ui_semibold", 14, "l", w - 90)
        if chosen:
            brush.icon("tick", w - 32, y + 18, BRASS, 22)
        at = y + 32
        if text:
            at += brush.para(text, 28, at, w - 64, MUTED, "ui", 13, 1.35) + 2
        for effect in effects:
            brush.box((34, at + 6, 5, 5), BRASS, 2)
            at += brush.para(effect, 48, at, w - 84, TEXT, "ui", 12, 1.3) + 3
        brush.hot(key, box, partial(self._choose, n), Tip(answer.option.title, source="Rulebook, chapter 14"))
        brush.ring(key, box)
        return y + height + 8

    def _foot(self, brush: Brush) -> None:
        w = brush.width
        if len(self.decisions) > 1:
            brush.button("before", (12, 10, 40, 32), "‹", partial(self._step, -1), "", "quiet", size=16)
            brush.button("after", (58, 10, 40, 32), "›", partial(self._step, 1), "", "quiet", size=16)
        answered = planned_answer(self.match, self.decision) is not None
        label = "Done" if answered else "Decide later"
        brush.button("close", (w - 172, 10, 160, 32), label, Pop, "Esc", "primary" if answered else "normal")

    def _choose(self, n: int) -> Action | None:
        d = self.decision
        act = FactionAct(d.faction, Act.CHOOSE, d.row, 0, n)
        self.refusal = ""
        if planned_answer(self.match, d) == n:
            self.match.drop_act(act)
        else:
            self.refusal = self.match.act(act)
        return self._again()

    def _open(self) -> Action | None:
        self._read.add(self.decision.row)
        return self._again()

    def _step(self, by: int) -> Action | None:
        self.at = (self.at + by) % len(self.decisions)
        self.refusal = ""
        return self._again()

    def _again(self) -> Action | None:
        self.touch()
        self.relayout()
        return None

    def command(self, command: str) -> Action | None:
        return Pop() if command in ("back", "decisions") else super().command(command)
