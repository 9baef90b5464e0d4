"""What can be proposed to another faction, and the harder means: war, threats, sanctions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from game.core.ids import NO_FACTION, Act, Stance, Term
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.records import say_reason
from game.rules.bargain import Judgement, Offer, judge
from game.ui.actions import Action
from game.ui.actors import short_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.widgets import stepper
from game.ui.pane import Pane
from game.ui.play.deeds import TERMS, term_words
from game.ui.play.facts import whole
from game.ui.theme import BAD, BRASS, GOOD, HOVER, MUTED, RAISED, TEXT, WARN

_SHARES = tuple(range(10, 95, 5))
VALUES: dict[Term, tuple[int, ...]] = {
    Term.AID: (50, 100, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000),
    Term.WITHDRAWAL: (3, 6, 12, 18, 24, 36, 48, 60),
    Term.COALITION: _SHARES,
    Term.POWER_SHARING: _SHARES,
    Term.AMNESTY: _SHARES,
}
"""Figures that a term can be proposed with."""
_FIRST_VALUE: dict[Term, int] = {Term.AID: 1000, Term.WITHDRAWAL: 12}
MONTHS = (0, 3, 6, 12, 24, 36, 60, 120)
"""Months that a treaty can be proposed for; 0: without end."""
_ROW, _LOW_ROW, _TALL = 30.0, 25.0, 640.0
"""Height of a term's row, in a low panel, and from which height of the panel on it is not low: the draft and its odds
below should be in sight.
"""
_FOOT = 88.0
"""Height of what is done about another side."""
_PARTS = 7
"""Causes of a chance that are told; the tooltip has all."""


class ProposalsPane:
    """The right of the diplomacy page: the terms, and the one being drafted."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.term = Term.CEASE_FIRE
        self.ask = False
        self.value = 0
        self.months = 12
        self._judged: dict[Offer, Judgement] = {}
        self._judged_for: object = None
        self.pane = Pane("proposals", self._body, self._title, self._foot, _FOOT)

    def _title(self) -> tuple[str, str]:
        c = self.council
        if c.other == NO_FACTION:
            return "Proposals", ""
        return f"Proposals to {short_now(c.view, c.other)}", f"by {short_now(c.view, c.who)}"

    def draft(self) -> FactionAct:
        """The proposal as it stands."""
        return self._act(self.term, self.ask, self.value, self.months)

    def _act(self, term: Term, ask: bool, value: int, months: int) -> FactionAct:
        c = self.council
        return FactionAct(c.who, Act.PROPOSE, c.other, -int(term) if ask else int(term), value, months)

    def judged(self, offer: Offer) -> Judgement:
        """How an offer would be taken, as far as the onlooker can know; worked out once a turn."""
        view = self.council.view
        if self._judged_for != (view.hour, self.council.match.eyes):
            self._judged_for = (view.hour, self.council.match.eyes)
            self._judged.clear()
        if offer not in self._judged:
            self._judged[offer] = judge(view.tables, view.setting, offer)
        return self._judged[offer]

    def _offer(self, term: Term, ask: bool, value: int) -> Offer:
        c = self.council
        return Offer(c.who, c.other, term, ask, value, self.months)

    def _body(self, brush: Brush) -> float:
        c = self.council
        if c.other == NO_FACTION:
            return 30.0
        y = 8.0
        if not c.may_act:
            words = "You watch: the agents propose by themselves. These are the odds that they reckon with."
            if c.match.side is not None:
                words = "The game is over. These are the odds as they stood at its end."
            y += brush.para(words, 14, y, brush.width - 28, MUTED, "ui_italic", 12) + 6
        for term in TERMS:
            y = self._row(brush, y, term)
        return self._draft(brush, y + 6) + 8

    def _row(self, brush: Brush, y: float, term: Term) -> float:
        words, w = TERMS[term], brush.width
        step = _ROW if self.pane.view_height >= _TALL else _LOW_ROW
        chosen = term is self.term
        brush.box((8, y, w - 16, step - 4), HOVER if chosen else RAISED, 4)
        if chosen:
            brush.box((8, y, 3, step - 4), BRASS)
        brush.text(words.name, 20, y + (step - 4) / 2, TEXT, "ui_medium", 13, "l", w - 200)
        c = self.council
        ways = ((False, "propose"),) if words.mutual else ((False, "offer"), (True, "ask"))
        x = w - 12.0
        for ask, label in reversed(ways):
            x -= 96
            on = chosen and ask == self.ask
            value = self._first(term)
            a, b = (c.other, c.who) if ask else (c.who, c.other)
            found = self.judged(self._offer(term, ask, value))
            text = term_words(c.view, term, a, b, value) + "."
            odds = f"{found.odds * 100:.0f} %"
            rows: tuple[tuple[str, str], ...] = (("Accepted", odds), *_rows(found))
            if found.bar is not Reason.NONE:
                odds, rows = "–", ()
                text = f"{text} {self._bar(found)}."
            tip = Tip(words.name, text, rows)
            key = f"{label}{int(term)}"
            brush.button(key, (x, y + 1, 92, step - 6), f"{label} {odds}", partial(self._choose, term, ask), "",
                         "on" if on else "quiet", tip, 12)  # fmt: skip
        return y + step

    def _bar(self, found: Judgement) -> str:
        """Why it cannot be proposed at all."""
        words = say_reason(found.bar, 0, 0, self.council.view.setting)
        return words[:1].upper() + words[1:]

    def _first(self, term: Term) -> int:
        if term is self.term and self.value:
            return self.value
        return _FIRST_VALUE.get(term, 50) if term in VALUES else 0

    def _choose(self, term: Term, ask: bool) -> Action | None:
        self.value = self._first(term)
        self.term, self.ask = term, ask
        self.council.refusal = ""
        self.council.changed()
        return None

    def _draft(self, brush: Brush, y: float) -> float:
        c, w = self.council, brush.width
        top = y
        a, b = (c.other, c.who) if self.ask else (c.who, c.other)
        words = term_words(c.view, self.term, a, b, self.value) + "."
        brush.heading("Draft", 18, y + 8)
        y += 22 + brush.para(words, 18, y + 20, w - 36, TEXT, "ui_medium", 14, 1.35) + 4
        if self.term in VALUES:
            unit = TERMS[self.term].value.format(n=f"{self.value:,}")
            label = {Term.AID: "Amount", Term.WITHDRAWAL: "Timetable"}.get(self.term, "Share")
            y += stepper(brush, "value", 18, y, w - 36, label, unit, self._step_value)
        lasts = f"{self.months} months" if self.months else "without end"
        y += stepper(brush, "months", 18, y, w - 36, "For", lasts, self._step_months)
        found = self.judged(self._offer(self.term, self.ask, self.value))
        y = self._odds(brush, y + 4, found)
        brush.box((10, top, 2, y - top - 4), BRASS)
        return y

    def _odds(self, brush: Brush, y: float, found: Judgement) -> float:
        """The chance of acceptance, and what speaks for and against it, the largest first."""
        w = brush.width
        if found.bar is not Reason.NONE:
            return y + brush.para(self._bar(found) + ".", 18, y, w - 36, BAD, "ui_medium", 13) + 6
        colour = GOOD if found.odds >= 0.6 else WARN if found.odds >= 0.3 else BAD
        brush.text("Chance that it is accepted", 18, y + 10, MUTED, "ui", 13)
        brush.text(f"{found.odds * 100:.0f} %", w - 18, y + 10, colour, "ui_bold", 17, "r")
        brush.bar((18, y + 24, w - 36, 8), found.odds, colour)
        tip = Tip("Chance that it is accepted", "As far as you can know what the other side has in mind.",
                  _rows(found), "Rulebook, chapter 11: the function by which the other side decides")  # fmt: skip
        brush.hot("odds", (10, y, w - 20, 36), None, tip)
        y += 38
        for text, points in told_parts(found.worth, found.parts):
            brush.text(_points(points), 62, y + 9, GOOD if points > 0 else BAD, "ui_semibold", 12, "r")
            brush.text(text, 74, y + 9, TEXT, "ui", 12, "l", w - 94)
            y += 19
        brush.rule(26, y + 1, 38)
        brush.text(_points(round(found.worth)), 62, y + 12, colour, "ui_bold", 12, "r")
        words = f"points in all: a chance of {found.odds * 100:.0f} %; none in all would be an even one"
        brush.text(words, 74, y + 12, MUTED, "ui", 12, "l", w - 94)
        return y + 26

    def _step_value(self, by: int) -> Action | None:
        self.value = _stepped(VALUES[self.term], self.value, by)
        self.council.changed()
        return None

    def _step_months(self, by: int) -> Action | None:
        self.months = _stepped(MONTHS, self.months, by)
        self.council.changed()
        return None

    def _send(self) -> Action | None:
        return self.council.act(self.draft())

    # --- what is done about it, always at the same place ---------------------------------------------------------
    def _foot(self, brush: Brush) -> None:
        c, w = self.council, brush.width
        if c.other == NO_FACTION or not c.may_act:
            return
        planned = c.planned(self.draft())
        same = planned is not None and (planned.value, planned.until) == (self.value, self.months)
        label = "Planned" if same else "Change the proposal" if planned is not None else "Add to this turn"
        barred = self.judged(self._offer(self.term, self.ask, self.value)).bar is not Reason.NONE
        act = None if same or barred else self._send
        brush.rule(8, 0, w - 16)
        brush.button("send", (w - 198, 8, 180, 32), label, act, "", "primary")
        brush.heading("Other means", 18, 24)
        self._means(brush, 50.0)

    def _means(self, brush: Brush, y: float) -> None:
        c, w = self.council, brush.width
        t = c.view.tables
        closed = bool(t.sanction[c.who, c.other])
        at_war = int(t.stance[c.who, c.other]) == Stance.WAR
        term = self.term if self.ask or TERMS[self.term].mutual else Term.WITHDRAWAL
        items: list[tuple[str, str, FactionAct, str]] = [
            ("sanction", "Trade again" if closed else "Stop trade",
             FactionAct(c.who, Act.SANCTION, c.other, 0, 0 if closed else 1), "No trade between the two."),
            ("threaten", "Threaten", FactionAct(c.who, Act.THREATEN, c.other, int(term)),
             f"War, unless it does as is asked: {TERMS[term].name.lower()}. Choose another term above with 'ask for'."),
            ("war", "Go to war", FactionAct(c.who, Act.WAR, c.other), "All forces of the two may fight from then on."),
        ]  # fmt: skip
        each = (w - 20 - 8 * (len(items) - 1)) / len(items)
        for n, (key, label, act, text) in enumerate(items):
            allowed = not (key in ("war", "threaten") and at_war)
            on = c.planned(act) is not None
            doing = partial(c.drop, act) if on else partial(c.act, act)
            tip = Tip(label, text if allowed else "The two are at war already.")
            brush.button(key, (10 + n * (each + 8), y, each, 30), label, doing if allowed else None, "",
                         "on" if on else "normal", tip, 12)  # fmt: skip


def told_parts(worth: float, parts: Sequence[tuple[str, float]]) -> list[tuple[str, int]]:
    """What speaks for and against an offer, in whole points that add up to those of the whole: the weightiest, and
    the rest as one.
    """
    told = list(parts if len(parts) <= _PARTS else parts[: _PARTS - 1])
    rest = worth - sum(points for _, points in told)
    if len(parts) > _PARTS or abs(rest) >= 0.5:
        told.append(("all else", rest))
    return list(zip((text for text, _ in told), whole([p for _, p in told], round(worth)), strict=True))


def _rows(found: Judgement) -> tuple[tuple[str, str], ...]:
    parts = [*found.parts, ("all else", found.worth - sum(points for _, points in found.parts))]
    told = whole([points for _, points in parts], round(found.worth))
    rows = [(text, _points(n)) for (text, _), n in zip(parts, told, strict=True) if n]
    return (*rows, ("In all; none would be an even chance", _points(round(found.worth))))


def _points(points: int) -> str:
    return f"{points:+d}".replace("-", "−")


def _stepped(ladder: tuple[int, ...], value: int, by: int) -> int:
    """The next figure of a ladder up or down."""
    at = min(range(len(ladder)), key=lambda k: abs(ladder[k] - value))
    return ladder[max(0, min(len(ladder) - 1, at + by))]
