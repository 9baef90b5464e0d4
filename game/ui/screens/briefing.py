"""The side's briefing within a game: what to do, how its objectives stand, what is on record about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.measure import judge
from game.ui.actions import Action, Pop
from game.ui.brush import Brush
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.play.aims import Aims
from game.ui.screen import Screen

if TYPE_CHECKING:
    from game.ui.window import App

WIDTH = 760.0


class BriefingScreen(Screen):
    """Objectives of the side whose eyes look on; of the first side where nobody's do."""

    over = True

    def __init__(self, app: App, match: Match, busy: bool) -> None:
        """`busy`: a turn is being resolved, so that the objectives cannot be counted."""
        super().__init__(app)
        self.match = match
        self._side = match.eyes if match.eyes is not None else match.side or 0
        self._states = None
        if not busy:
            found = judge(match.scenario, match.view.tables, match.world.tracker)
            self._states = found.results[match.setting.sides[self._side].id].objectives
        self.aims = Aims(lambda: app.settings.hide_sensitive, self._opened)
        self.pane = Pane("aims", self._body, lambda: ("Briefing and objectives", "Esc closes"), self._foot, 50)
        self.panes = [self.pane]
        self.marks.focus = "aims.foot.close"

    def layout(self, width: float, height: float) -> None:
        self.pane.fit(self.app.fonts, self.marks, WIDTH, (width, height))

    def command(self, command: str) -> Action | None:
        return Pop() if command in ("back", "aims") else super().command(command)

    def _body(self, brush: Brush) -> float:
        return self.aims.paint(brush, self.match.scenario, self._side, 14, self._states) + 8

    def _foot(self, brush: Brush) -> None:
        brush.button("close", (brush.width - 132, 9, 120, 32), "Close", Pop, "Esc")

    def _opened(self) -> None:
        self.touch()
        self.relayout()
