"""The United Nations: the seat, the last votes, who recognises whom; and proposals that wait for an answer."""

from __future__ import annotations

from functools import partial

from game.core.columns import peace, treaty
from game.core.ids import NEVER, NO_FACTION, Act, FactionId, Term, TreatyState
from game.core.orders import FactionAct
from game.rules.bargain import Judgement, Offer, judge
from game.ui.actions import Action
from game.ui.actors import name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.widgets import shares_bar
from game.ui.pane import Pane
from game.ui.play.deeds import treaty_dates, treaty_why, treaty_words
from game.ui.theme import BAD, GOOD, MUTED, RAISED, TEXT, WARN, Rgb
from game.ui.words import full_day

FOR: Rgb = (70, 110, 168)
AGAINST: Rgb = (196, 104, 56)
ABSTAIN: Rgb = (112, 118, 124)
_PARTS = 3
"""Causes of a judgement that are told; the tooltip has all."""


class AssemblyPane:
    """Shown plainly, with the figures of the vote."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("assembly", self._body, self._title)

    def _title(self) -> tuple[str, str]:
        seat = int(self.council.view.tables.peace[peace.SEAT])
        words = "vacant" if seat == NO_FACTION else short_now(self.council.view, seat)
        return "United Nations", f"Cambodia's seat: {words}"

    def _body(self, brush: Brush) -> float:
        view, w = self.council.view, brush.width
        p = view.tables.peace
        y = 10.0
        voted = int(p[peace.VOTED])
        if voted == NEVER:
            brush.text("The seat has not been contested.", 14, y + 8, MUTED, "ui_italic", 12)
            y += 24
        else:
            day = full_day(view.setting.date_of(voted))
            counts = (int(p[peace.SEAT_FOR]), int(p[peace.SEAT_AGAINST]), int(p[peace.SEAT_ABSTAIN]))
            y = self._vote(brush, y, "seat", f"The seat, {day}", counts)
        counts = (int(p[peace.RESOLUTION_FOR]), int(p[peace.RESOLUTION_AGAINST]), int(p[peace.RESOLUTION_ABSTAIN]))
        if any(counts):
            y = self._vote(brush, y, "resolution", "Last resolution on withdrawal", counts)
        return self._recognition(brush, y + 2, w) + 6

    def _vote(self, brush: Brush, y: float, key: str, title: str, counts: tuple[int, int, int]) -> float:
        w = brush.width
        words = f"for {counts[0]} · against {counts[1]} · abstain {counts[2]}"
        used = brush.text(words, w - 14, y + 8, TEXT, "ui_medium", 12, "r")
        brush.text(title, 14, y + 8, MUTED, "ui", 12, "l", w - used - 40)
        shares_bar(brush, 14, y + 20, w - 28, tuple(zip(counts, (FOR, AGAINST, ABSTAIN), strict=True)))
        rows = (("For", str(counts[0])), ("Against", str(counts[1])), ("Abstain", str(counts[2])))
        brush.hot(key, (10, y, w - 20, 38), None, Tip(title, "", rows, "Rulebook, chapter 11"))
        return y + 44

    def _recognition(self, brush: Brush, y: float, w: float) -> float:
        """Who recognises each faction that anybody recognises."""
        view = self.council.view
        table = view.tables.recognised
        found = [(k, [a for a in range(len(table)) if a != k and table[a, k]]) for k in self.council.actors()]
        found = [(k, by) for k, by in found if by]
        if not found:
            return y
        brush.text("Recognised as its country's government", 14, y + 8, MUTED, "ui", 12, "l", w - 28)
        y += 20
        for k, by in found:
            brush.chip(style_now(view, k), 14, y + 10, 26)
            names = ", ".join(short_now(view, a) for a in by)
            used = brush.text(short_now(view, k), 48, y + 10, TEXT, "ui_medium", 13, "l", w * 0.3)
            brush.text(f"by {names}", 56 + used, y + 10, MUTED, "ui", 12, "l", w - used - 72)
            rows = tuple((name_now(view, a), "") for a in by)
            brush.hot(
                f"recognised{k}", (10, y, w - 20, 22), None, Tip(f"{name_now(view, k)} is recognised by", "", rows)
            )
            y += 24
        return y


class IncomingPane:
    """Proposals by others to the faction that is looked at."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("incoming", self._body, self._title)

    def rows(self) -> list[int]:
        """Rows of the treaty table with proposals to `who`, or to anybody when watching."""
        c = self.council
        t = c.view.tables.treaty
        out = []
        for r in range(t.shape[1]):
            if int(t[treaty.TERM, r]) and int(t[treaty.STATE, r]) == TreatyState.PROPOSED:
                parties = {int(t[treaty.A, r]), int(t[treaty.B, r])}
                if int(t[treaty.BY, r]) != c.who and (c.who in parties or c.match.eyes is None):
                    out.append(r)
        return out

    def _title(self) -> tuple[str, str]:
        count = len(self.rows())
        return "Proposals received", f"{count} to be answered" if self.council.may_act else str(count)

    def _body(self, brush: Brush) -> float:
        c, w, y = self.council, brush.width, 8.0
        rows = self.rows()
        if not rows:
            return y + brush.para("No proposal waits for an answer.", 12, y, w - 24, MUTED) + 10
        for r in rows:
            by = int(c.view.tables.treaty[treaty.BY, r])
            words, why, found = treaty_words(c.view, r), self._why(r), self._judged(r)
            room = w - 70
            told = brush.para_height(words, room, "ui_medium", 13, 1.3) + brush.para_height(why, room, "ui", 12, 1.3)
            height = told + 48 + 17 * len(found.parts[:_PARTS]) + (36 if c.may_act else 2)
            brush.box((8, y, w - 16, height), RAISED, 4)
            brush.box((8, y, 3, height), WARN)
            brush.chip(style_now(c.view, by), 18, y + 16, 28)
            at = y + 5 + brush.para(words, 54, y + 5, room, TEXT, "ui_medium", 13, 1.3)
            brush.text(treaty_dates(c.view, r), 54, at + 9, MUTED, "ui", 11, "l", room)
            at += 18 + brush.para(why, 54, at + 18, room, TEXT, "ui", 12, 1.3)
            odds = f"{found.odds * 100:.0f} %"
            words_of_odds = "An agent in the place of the one asked would agree"
            brush.text(words_of_odds, 54, at + 11, MUTED, "ui", 12, "l", room - 48)
            brush.text(odds, w - 16, at + 11, TEXT, "ui_semibold", 13, "r")
            at += 21
            for text, points in found.parts[:_PARTS]:
                number = f"{points:+.1f}".replace("-", "−")
                brush.text(number, 94, at + 8, GOOD if points > 0 else BAD, "ui_semibold", 12, "r")
                brush.text(text, 104, at + 8, TEXT, "ui", 12, "l", w - 120)
                at += 17
            parts = tuple((text, f"{points:+.1f}".replace("-", "−")) for text, points in found.parts)
            brush.hot(f"offer{r}", (8, y, w - 16, height - (36 if c.may_act else 0)), partial(self._look, by),
                      Tip(words, "What speaks for it and against it to the one who is asked, in points. A click shows "
                          "how the two stand to each other.", (("It would agree", odds), *parts),
                          "Rulebook, chapter 11"))  # fmt: skip
            brush.ring(f"offer{r}", (8, y, w - 16, height))
            if c.may_act:
                self._answers(brush, r, y + height - 36)
            y += height + 6
        return y

    def _why(self, r: int) -> str:
        """Why it is proposed, as far as is known."""
        words = treaty_why(self.council.view, r)
        return f"{words}." if words else ""

    def _judged(self, r: int) -> Judgement:
        """How the one who is asked would take it, by the function with which agents decide."""
        c = self.council
        t = c.view.tables.treaty
        a, b, by = int(t[treaty.A, r]), int(t[treaty.B, r]), int(t[treaty.BY, r])
        asks = by == b
        offer = Offer(by, a if asks else b, Term(int(t[treaty.TERM, r])), asks, int(t[treaty.VALUE, r]))
        return judge(c.view.tables, c.view.setting, offer)

    def _answers(self, brush: Brush, r: int, y: float) -> None:
        c = self.council
        each = (brush.width - 78) / 2
        for n, (key, label, value) in enumerate((("accept", "Accept", 1), ("refuse", "Refuse", 0))):
            act = FactionAct(c.who, Act.ANSWER, r, 0, value)
            planned = c.planned(act)
            on = planned is not None and planned.value == value
            doing = partial(c.drop, act) if on else partial(c.act, act)
            brush.button(f"{key}{r}", (54 + n * (each + 8), y, each, 28), label, doing, "", "on" if on else "normal",
                         size=12)  # fmt: skip

    def _look(self, by: FactionId) -> Action | None:
        return self.council.compare(by)
