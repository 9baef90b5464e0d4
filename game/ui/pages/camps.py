"""The border camps that are open: where, on whose land, who administers them, how many people, what reaches them."""

from __future__ import annotations

from game.core.columns import camp
from game.core.ids import NO_FACTION
from game.ui.actors import name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.play.facts import about, percent, rounded
from game.ui.play.overlays import camp_name, camps_at
from game.ui.theme import BAD, MUTED, RAISED, TEXT, WARN

_HUNGRY, _STARVED = 0.05, 0.25
"""Shares of need unmet from which it is marked, and marked as grave."""
_ROW = 40.0


class CampsPane:
    """Civilian sites, the largest first. Nobody can order anything against them."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.pane = Pane("camps", self._body, self._title)

    def _title(self) -> tuple[str, str]:
        return "Border camps", f"{len(camps_at(self.match.view))} open"

    def _body(self, brush: Brush) -> float:
        view, w = self.match.view, brush.width
        t = view.tables
        shown = sorted(camps_at(view), key=lambda c: (-int(t.camp_i[camp.PEOPLE, c]), c))
        if not shown:
            words = "None is open. People who flee over a border are sheltered in camps, where they are let in."
            return 12 + brush.para(words, 14, 12, w - 28, MUTED) + 10
        people = [int(t.camp_i[camp.PEOPLE, c]) for c in shown]
        y = 10.0
        brush.text(f"{about(sum(people))} people", 14, y + 12, TEXT, "ui_semibold", 15, "l", w - 28)
        y += 32
        for k, c in enumerate(shown):
            self._row(brush, y, c, k % 2 == 0)
            y += _ROW
        words = "Civilian sites: no order can name them. Fighting that comes near moves their people on."
        return y + 8 + brush.para(words, 14, y + 6, w - 28, MUTED, "ui_italic", 12) + 8

    def _row(self, brush: Brush, y: float, c: int, raised: bool) -> None:
        view, w = self.match.view, brush.width
        t = view.tables
        people, room = int(t.camp_i[camp.PEOPLE, c]), int(t.camp_i[camp.CAPACITY, c])
        holder, host = int(t.camp_i[camp.HOLDER, c]), int(t.camp_i[camp.HOST, c])
        want, relief = float(t.camp_f[camp.WANT, c]), int(t.camp_i[camp.RELIEF_KG, c]) / 1000
        if raised:
            brush.box((8, y, w - 16, _ROW - 3), RAISED, 4)
        if holder == NO_FACTION:
            brush.icon("tick", 30, y + 18, MUTED, 20)
        else:
            brush.chip(style_now(view, holder), 16, y + 18, 28)
        run = "relief agencies" if holder == NO_FACTION else short_now(view, holder)
        land = "" if host == NO_FACTION else f", on the land of {short_now(view, host)}"
        name = camp_name(view, c)
        brush.text(name, 54, y + 11, TEXT, "ui_medium", 13, "l", w - 200)
        brush.text(f"{run}{land}", 54, y + 27, MUTED, "ui", 11, "l", w - 200)
        brush.text(about(people), w - 16, y + 11, TEXT, "ui_semibold", 13, "r")
        colour = BAD if want >= _STARVED else WARN if want >= _HUNGRY else MUTED
        fed = f"{percent(want)} of need unmet" if want >= _HUNGRY else "fed"
        brush.text(fed, w - 16, y + 27, colour, "ui", 11, "r")
        rows = [
            ("People", about(people)),
            ("Administered by", "relief agencies alone" if holder == NO_FACTION else name_now(view, holder)),
            ("Relief last month", f"{rounded(relief)} t"),
            ("Need unmet lately", percent(want)),
        ]
        if room:
            rows.insert(1, ("Room for", about(room)))
        brush.hot(f"camp{c}", (8, y, w - 16, _ROW - 3), None, Tip(name, "", tuple(rows), "Rulebook, chapter 9"))
