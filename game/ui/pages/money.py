"""Money of one faction: at hand, what came in and was spent, aid received and given."""

from __future__ import annotations

from functools import partial

from game.core.columns import faction
from game.core.ids import Act, FactionId, Stance
from game.core.orders import FactionAct
from game.engine.explain import Explanation
from game.ui.actions import Action
from game.ui.actors import actors, name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.figures import Home
from game.ui.pages.widgets import shares_bar, stepper
from game.ui.pane import Pane
from game.ui.play.facts import percent
from game.ui.play.why import why_tip
from game.ui.theme import BAD, GOOD, MUTED, TEXT, WARN, Rgb

TAXES: Rgb = (95, 179, 168)
TRADE: Rgb = (200, 164, 90)
AID: Rgb = (122, 148, 196)
OWN: Rgb = (170, 150, 130)
AID_STEPS = (0, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 7500, 10_000, 15_000, 20_000, 30_000, 50_000)
"""US$ thousand a month that aid can be set to."""


def million(value: float) -> str:
    """'US$ 12.4 m'."""
    return f"US$ {value:,.1f} m" if abs(value) < 100 else f"US$ {value:,.0f} m"


def _less(value: float) -> str:
    """'−US$ 12.4 m'."""
    return f"−{million(value)}" if value else million(value)


def thousand(value: int) -> str:
    """US$ thousand in words: 'US$ 250k', 'US$ 1.5 m'."""
    return f"US$ {value / 1000:.3g} m" if value >= 1000 else f"US$ {value}k" if value else "nothing"


class MoneyPane(Home):
    """Money at hand, income by source, outlay, arrears, corruption; aid received and given."""

    def __init__(self, council: Council) -> None:
        super().__init__(council)
        self.pane = Pane("money", self._body, lambda: ("Money and aid", "US$, by month"))

    def _body(self, brush: Brush) -> float:
        if not self.keeps:
            words = "No accounts are kept of this faction in this scenario: supplies reach it as its depots say."
            return brush.para(words, 14, 12, brush.width - 28, MUTED) + 26
        y = 10.0
        income, outlay = self.real(faction.INCOME), self.real(faction.OUTLAY)
        arrears = self.real(faction.ARREARS)
        money = self.real(faction.MONEY)
        rows = (("A month ago", million(money - income + outlay)), ("Came in", million(income)),
                ("Spent", _less(outlay)))  # fmt: skip
        y = self._line(brush, "cash", y, "At hand", million(money), TEXT, "Money in the treasury.", rows)
        parts = [
            ("taxes", "taxes", self.real(faction.TAXES), TAXES, "From people and trade where it rules."),
            ("trade", "gems and timber", self.real(faction.TRADED), TRADE, "Sold across a border."),
            ("aid", "patrons' aid", self.real(faction.AIDED), AID, "From those named below."),
            ("own", "means of its own", self.real(faction.BUDGETED), OWN, "Its state budget for this war."),
        ]
        whence = tuple(
            (label.capitalize(), million(v)) for _, label, v, _, _ in sorted(parts, key=lambda p: -p[2]) if v
        )
        y = self._line(brush, "income", y, "Came in last month", million(income), GOOD, "From all sources.", whence)
        shares_bar(brush, 14, y + 2, brush.width - 28, [(value, colour) for _, _, value, colour, _ in parts])
        y += 22
        for key, label, value, colour, text in parts:
            brush.box((14, y + 5, 10, 10), colour, 2)
            brush.text(label, 32, y + 10, MUTED, "ui", 13)
            brush.text(million(value), brush.width - 14, y + 10, TEXT, "ui_medium", 13, "r")
            told = self._aid_rows() if key == "aid" else ()
            tip = Tip(label.capitalize(), text, (("Last month", million(value)), *told), "Rulebook, chapter 10")
            brush.hot(key, (8, y, brush.width - 16, 21), None, tip)
            y += 22
        colour = BAD if outlay > income else TEXT
        text = "Pay as the policy says, then upkeep of men and arms, then programmes; what is left can buy arms."
        uses = (("Of what its programmes cost, paid", percent(self.real(faction.FUNDED))),
                ("Aid given, from a budget of its own", million(self.real(faction.GIVEN))))  # fmt: skip
        y = self._line(brush, "outlay", y + 2, "Spent last month", million(outlay), colour, text, uses)
        colour = BAD if arrears >= 1 else TEXT
        words = f"{arrears:.1f} months"
        y = self._line(brush, "arrears", y, "Pay owed to soldiers", words, colour, "Unpaid soldiers go home.")
        rot = self.real(faction.CORRUPTION)
        y = self._line(brush, "corruption", y, "Lost to corruption", percent(rot), WARN if rot > 0.25 else TEXT,
                       "Share of what passes through its hands.", why=self._corruption())  # fmt: skip
        y = self._received(brush, y + 8)
        return self._given(brush, y + 8) + 8

    def _aid_rows(self) -> tuple[tuple[str, str], ...]:
        """What patrons' aid brought in last month beside money, and what it has come to count on."""
        return (
            ("Arms and stores besides", million(self.real(faction.STORES))),
            ("Aid that it counts on, a month", million(self.real(faction.AID_FELT))),
        )

    def _line(
        self, brush: Brush, key: str, y: float, label: str, value: str, colour: Rgb, text: str,
        rows: tuple[tuple[str, str], ...] = (), why: Explanation | None = None,
    ) -> float:  # fmt: skip
        tip = why_tip(Tip(label, text, rows, "Rulebook, chapter 10"), why)
        brush.pair(key, y + 10, label, value, colour, tip, brush.width - 14)
        return y + 24

    def _corruption(self) -> Explanation | None:
        """What corruption goes to, cause by cause."""
        k = self.council.who
        return self.council.whys.want(("corruption", k), lambda why: why.corruption(k))

    def _received(self, brush: Brush, y: float) -> float:
        c = self.council
        brush.heading("Aid received", 14, y + 8, "US$ m a year", brush.width - 28)
        y += 22
        aid = c.view.tables.aid
        donors = sorted((k for k in range(len(aid)) if aid[k, c.who] > 0), key=lambda k: (-aid[k, c.who], k))
        if not donors:
            brush.text("None.", 16, y + 8, MUTED, "ui_italic", 12)
            return y + 22
        for k in donors:
            y = self._patron(brush, y, f"from{k}", k, float(aid[k, c.who]))
        return y

    def _patron(self, brush: Brush, y: float, key: str, k: FactionId, value: float) -> float:
        c = self.council
        brush.chip(style_now(c.view, k), 14, y + 11, 26)
        brush.text(short_now(c.view, k), 48, y + 11, TEXT, "ui_medium", 13, "l", brush.width - 170)
        brush.text(f"{value:,.1f}", brush.width - 14, y + 11, TEXT, "ui_semibold", 13, "r")
        share = float(c.view.setting.ruleset.economy.aid_money)
        rows = (("A month", million(value / 12)), ("of it as arms and stores", million(value / 12 * (1 - share))),
                ("of it as money", million(value / 12 * share)))  # fmt: skip
        tip = Tip(f"Aid of {name_now(c.view, k)}", "What was agreed; its budget may lessen it.", rows,
                  "Rulebook, chapter 10")  # fmt: skip
        brush.hot(key, (8, y, brush.width - 16, 23), None, tip)
        return y + 25

    def _given(self, brush: Brush, y: float) -> float:
        c = self.council
        budget = self.real(faction.AID_BUDGET)
        aid = c.view.tables.aid[c.who]
        if not budget and not aid.any():
            return y
        given = float(aid.sum())
        brush.heading("Aid given, by the month", 14, y + 8, f"{given:,.0f} of {budget:,.0f} m a year", brush.width - 28)
        y += 24
        for k in actors(c.view):
            if k == c.who or (not aid[k] and not self._friend(k) and (k != c.other or self._at_war(k))):
                continue
            now = round(float(aid[k]) / 12.0 * 1000)
            planned = c.planned(FactionAct(c.who, Act.AID, k))
            brush.chip(style_now(c.view, k), 14, y + 15, 26)
            words = thousand(planned.value if planned else now)
            step = partial(self._give, k, planned.value if planned else now) if c.may_act else None
            tip = Tip(f"Aid to {name_now(c.view, k)}", "US$ thousand a month from now on.", (("Now", f"{now:,}"),))
            y += stepper(brush, f"give{k}", 48, y, brush.width - 62, short_now(c.view, k), words, step, tip)
        return y

    def _friend(self, k: FactionId) -> bool:
        return float(self.council.view.tables.relation[self.council.who, k]) >= 30.0

    def _at_war(self, k: FactionId) -> bool:
        return int(self.council.view.tables.stance[self.council.who, k]) == Stance.WAR

    def _give(self, to: FactionId, now: int, by: int) -> Action | None:
        at = min(range(len(AID_STEPS)), key=lambda n: abs(AID_STEPS[n] - now))
        value = AID_STEPS[max(0, min(len(AID_STEPS) - 1, at + by))]
        return self.council.act(FactionAct(self.council.who, Act.AID, to, 0, value))
