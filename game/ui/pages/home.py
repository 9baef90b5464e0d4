"""The politics and economy page of one faction: leaders and people, men and arms, money, policies, formations."""

from __future__ import annotations

from functools import partial

from game.core.columns import faction, force
from game.core.ids import Act, FactionId, Status
from game.core.orders import FactionAct
from game.engine.deeds_economy import IN_THE_FIELD
from game.engine.explain import Explanation
from game.ui.actions import Action
from game.ui.actors import actors, class_words, name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.lines import LinesPane
from game.ui.pages.page import Column, Page
from game.ui.pages.planned import PlannedPane
from game.ui.pages.widgets import shares_bar, slider, sparkline, stepper
from game.ui.pane import Pane
from game.ui.play.deeds import POLICIES
from game.ui.play.facts import in_play, percent, thousands
from game.ui.play.overlays import movements, popular_share
from game.ui.play.why import why_tip, will_moved
from game.ui.theme import BAD, BRASS, GOOD, MUTED, RAISED, TEXT, WARN, Rgb, mix

TAXES: Rgb = (95, 179, 168)
TRADE: Rgb = (200, 164, 90)
AID: Rgb = (122, 148, 196)
OWN: Rgb = (170, 150, 130)
AID_STEPS = (0, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 7500, 10_000, 15_000, 20_000, 30_000, 50_000)
"""US$ thousand a month that aid can be set to."""


def million(value: float) -> str:
    """'US$ 12.4 m'."""
    return f"US$ {value:,.1f} m" if abs(value) < 100 else f"US$ {value:,.0f} m"


def thousand(value: int) -> str:
    """US$ thousand in words: 'US$ 250k', 'US$ 1.5 m'."""
    return f"US$ {value / 1000:.3g} m" if value >= 1000 else f"US$ {value}k" if value else "nothing"


class Home:
    """What the panels of the page share."""

    def __init__(self, council: Council) -> None:
        self.council = council

    def real(self, column: int) -> float:
        return float(self.council.view.tables.faction_f[column, self.council.who])

    def count(self, column: int) -> int:
        return int(self.council.view.tables.faction_i[column, self.council.who])

    @property
    def keeps(self) -> bool:
        """Whether the faction keeps accounts in this scenario."""
        return bool(self.council.view.setting.cast.means.keeps[self.council.who])

    @property
    def governs(self) -> bool:
        """Whether its command has a home front, or formations in the field alone."""
        return bool(self.council.view.setting.cast.means.home_front[self.council.who])

    def series(self, name: str) -> list[float]:
        """What is kept of a figure by turn, of the faction looked at."""
        history = self.council.match.world.history.get(name, [])
        return [float(turn[self.council.who]) for turn in history]


class StandingPane(Home):
    """Will, weariness, unity, support; men under arms, in training, lost."""

    def __init__(self, council: Council) -> None:
        super().__init__(council)
        self.pane = Pane("standing", self._body, self._title)

    def _title(self) -> tuple[str, str]:
        c = self.council
        return name_now(c.view, c.who), class_words(c.view, c.who)

    def _body(self, brush: Brush) -> float:
        y = self._chooser(brush, 8.0)
        y = self._politics(brush, y)
        return self._men(brush, y + 8) + 8

    def _chooser(self, brush: Brush, y: float) -> float:
        c = self.council
        own = c.own()
        if len(own) < 2:
            return y
        per_row = max(1, int((brush.width - 16) // 112))
        each = (brush.width - 16) / min(per_row, len(own))
        for n, k in enumerate(own):
            row, column = divmod(n, per_row)
            box = (8 + column * each, y + row * 34, each - 6, 30)
            key = f"who{k}"
            on = k == c.who
            fill = mix(RAISED, BRASS, 0.3) if on else RAISED
            brush.box(box, mix(fill, (255, 255, 255), 0.1) if brush.is_hover(key) else fill, 5, BRASS if on else None)
            brush.chip(style_now(c.view, k), box[0] + 8, box[1] + 15, 26)
            brush.text(short_now(c.view, k), box[0] + 40, box[1] + 15, TEXT, "ui_medium", 12, "l", each - 52)
            brush.hot(key, box, partial(c.take, k), Tip(name_now(c.view, k)))
            brush.ring(key, box)
        return y + 34 * -(-len(own) // per_row) + 4

    def _politics(self, brush: Brush, y: float) -> float:
        will, weary, unity = (self.real(c) for c in (faction.WILL, faction.WEARINESS, faction.UNITY))
        rows = [
            ("will", "Political will", f"{will:.0f}", will / 100, GOOD if will >= 50 else WARN if will >= 25 else BAD,
             "Readiness to go on with the war, 0 to 100. Losses and lost places lower it."),
            ("weariness", "War weariness", f"{weary:.0f}", weary / 100,
             GOOD if weary < 35 else WARN if weary < 65 else BAD,
             "0 to 100: grows with the dead, the years and the cost; the weary accept terms that they refused before."),
            ("unity", "Unity of its leaders", percent(unity), unity,
             GOOD if unity >= 0.6 else WARN if unity >= 0.35 else BAD,
             "How far its leaders hold together. Low unity may end in a split: men, land and arms go with it."),
        ]  # fmt: skip
        c = self.council
        row = next((row for row, k in movements(c.view) if k == c.who), -1)
        if row >= 0:
            share = popular_share(c.view, row)
            rows.append(("support", "Support among the people", percent(share), share, BRASS,
                         "Share of the people of the country fought over who prefer it."))  # fmt: skip
        for key, label, value, share, colour, text in rows:
            kept = self.series(key)
            spark = 92.0 if len(kept) > 1 and brush.width > 380 else 0.0
            brush.text(label, 14, y + 12, MUTED, "ui", 13, "l", brush.width - 90 - spark)
            right = brush.width - 14
            if spark:
                scale = 1.0 if key == "unity" else 100.0
                sparkline(brush, right - spark, y + 2, spark, 34, kept, colour, 0.0, scale)
                right -= spark + 10
            brush.text(value, right, y + 12, TEXT, "ui_semibold", 14, "r")
            brush.bar((14, y + 26, right - 14, 8), share, colour)
            change = (("A turn ago", f"{kept[-2]:.1f}"),) if len(kept) > 1 else ()
            tip = Tip(label, text, (("Now", value), *change), "Rulebook, chapters 9 and 12")
            brush.hot(key, (8, y, brush.width - 16, 38), None, why_tip(tip, self._why(key)))
            y += 44
        return y

    def _why(self, key: str) -> Explanation | None:
        """What moved its will, what wears it out and what divides it, cause by cause."""
        k, whys = self.council.who, self.council.whys
        if key == "will":
            return whys.want((key, k), will_moved(self.council.match, k))
        if key == "weariness":
            return whys.want((key, k), lambda why: why.weariness(k))
        return whys.want((key, k), lambda why: why.unity(k)) if key == "unity" else None

    def _men(self, brush: Brush, y: float) -> float:
        c = self.council
        i = c.view.tables.force_i
        arms = sum(int(i[force.MEN, f]) for f in in_play(c.view) if int(i[force.FACTION, f]) == c.who)
        brush.heading("Men and arms", 14, y + 8)
        y += 22
        rows = (
            ("Under arms", arms, "In formations and bands on the map."),
            (
                "Waiting for a unit",
                self.count(faction.MANPOWER),
                "Trained men: they replace losses and fill new units.",
            ),
            ("In training", self.count(faction.TRAINING), "Called up; ready in some months."),
            ("Arms in store", self.count(faction.KITS), "In men that they equip; they come with aid and by capture."),
            ("Called up so far", self.count(faction.RAISED), "Over the game."),
            ("Killed", self.count(faction.KILLED), "Dead in battle, in pursuit and of wounds on the field."),
            ("Deserted", self.count(faction.DESERTED), "Went home."),
            ("Came over to it", self.count(faction.DEFECTED_IN), "From others."),
            ("Went over to others", self.count(faction.DEFECTED_OUT), "From it."),
        )
        kept = self.series("men")
        for n, (label, value, text) in enumerate(rows):
            brush.text(label, 14, y + 10, MUTED, "ui", 13, "l", brush.width - 110)
            brush.text(thousands(value), brush.width - 14, y + 10, TEXT, "ui_semibold", 13, "r")
            if n == 0 and len(kept) > 1 and brush.width > 380:
                sparkline(brush, brush.width - 200, y, 110, 20, kept)
            brush.hot(f"men{n}", (8, y, brush.width - 16, 21), None, Tip(label, text, source="Rulebook, chapter 10"))
            y += 22
        return y


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
        y = self._line(brush, "cash", y, "At hand", million(self.real(faction.MONEY)), TEXT, "Money in the treasury.")
        y = self._line(brush, "income", y, "Came in last month", million(income), GOOD, "From all sources.")
        parts = [
            ("taxes", "taxes", self.real(faction.TAXES), TAXES, "From people and trade where it rules."),
            ("trade", "gems and timber", self.real(faction.TRADED), TRADE, "Sold across a border."),
            ("aid", "patrons' aid", self.real(faction.AIDED), AID, "From those named below."),
            ("own", "means of its own", self.real(faction.BUDGETED), OWN, "Its state budget for this war."),
        ]
        shares_bar(brush, 14, y + 2, brush.width - 28, [(value, colour) for _, _, value, colour, _ in parts])
        y += 22
        for key, label, value, colour, text in parts:
            brush.box((14, y + 5, 10, 10), colour, 2)
            brush.text(label, 32, y + 10, MUTED, "ui", 13)
            brush.text(million(value), brush.width - 14, y + 10, TEXT, "ui_medium", 13, "r")
            brush.hot(key, (8, y, brush.width - 16, 21), None, Tip(label.capitalize(), text, source="Chapter 10"))
            y += 22
        colour = BAD if outlay > income else TEXT
        y = self._line(
            brush, "outlay", y + 2, "Spent last month", million(outlay), colour, "Pay, upkeep, policies, aid."
        )
        colour = BAD if arrears >= 1 else TEXT
        words = f"{arrears:.1f} months"
        y = self._line(brush, "arrears", y, "Pay owed to soldiers", words, colour, "Unpaid soldiers go home.")
        rot = self.real(faction.CORRUPTION)
        y = self._line(brush, "corruption", y, "Lost to corruption", percent(rot), WARN if rot > 0.25 else TEXT,
                       "Share of what passes through its hands.")  # fmt: skip
        y = self._received(brush, y + 8)
        return self._given(brush, y + 8) + 8

    def _line(self, brush: Brush, key: str, y: float, label: str, value: str, colour: Rgb, text: str) -> float:
        brush.pair(key, y + 10, label, value, colour, Tip(label, text, source="Rulebook, chapter 10"),
                   brush.width - 14)  # fmt: skip
        return y + 24

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
        brush.hot(key, (8, y, brush.width - 16, 23), None, Tip(f"Aid of {name_now(c.view, k)}", "Money, arms and food.",
                  (("A year", million(value)),), "Rulebook, chapter 10"))  # fmt: skip
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
            if k == c.who or (not aid[k] and k != c.other and not self._friend(k)):
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

    def _give(self, to: FactionId, now: int, by: int) -> Action | None:
        at = min(range(len(AID_STEPS)), key=lambda n: abs(AID_STEPS[n] - now))
        value = AID_STEPS[max(0, min(len(AID_STEPS) - 1, at + by))]
        return self.council.act(FactionAct(self.council.who, Act.AID, to, 0, value))


class PolicyPane(Home):
    """Policies as sliders."""

    def __init__(self, council: Council) -> None:
        super().__init__(council)
        self.pane = Pane("policies", self._body, lambda: ("Policies", "0 none · 100 all it can"))

    def _body(self, brush: Brush) -> float:
        c, y = self.council, 8.0
        if not self.keeps:
            return y + brush.para("No policies to set here.", 14, 12, brush.width - 28, MUTED) + 16
        if not self.governs:
            words = (
                "This command is of formations in the field: it has no home front. The rest stays as history has it."
            )
            y += brush.para(words, 14, y, brush.width - 28, MUTED, "ui", 12) + 6
        for p, (name, text) in POLICIES.items():
            if not self.governs and p not in IN_THE_FIELD:
                continue
            now = round(float(c.view.tables.policy[p, c.who]) * 100)
            planned = c.planned(FactionAct(c.who, Act.POLICY, p))
            change = partial(self._set, p) if c.may_act else None
            tip = Tip(name, text, (("Now", f"{now} %"),), "Rulebook, chapters 9 and 10")
            value = None if planned is None else planned.value
            y += slider(brush, f"policy{p}", y, name, now, value, change, tip) + 2
        return y + 4

    def _set(self, p: int, value: int) -> Action | None:
        c = self.council
        act = FactionAct(c.who, Act.POLICY, p, 0, value)
        if value == round(float(c.view.tables.policy[p, c.who]) * 100):
            return c.drop(act)
        return c.act(act)


class RaisePane(Home):
    """Formations that exist on paper and can be raised."""

    def __init__(self, council: Council) -> None:
        super().__init__(council)
        self.pane = Pane("raise", self._body, lambda: ("Formations to raise", f"{len(self._waiting())} on paper"))
        self._why: tuple[object, dict[int, str]] = (None, {})

    def _waiting(self) -> list[int]:
        c = self.council
        i = c.view.tables.force_i
        paper = (i[force.FACTION] == c.who) & (i[force.STATUS] == Status.PENDING) & (i[force.ARRIVES] >= force.UNRAISED)
        return [int(f) for f in paper.nonzero()[0]]

    def _refusal(self, act: FactionAct) -> str:
        """Why it cannot be raised now; asked once for each state of the plan."""
        key = (self.council.view.hour, self.council.match.orders.acts)
        if self._why[0] != key:
            self._why = (key, {})
        if act.a not in self._why[1]:
            self._why[1][act.a] = self.council.match.why_not_act(act)
        return self._why[1][act.a]

    def _body(self, brush: Brush) -> float:
        c, y = self.council, 8.0
        waiting = self._waiting()
        if not waiting:
            return y + brush.para("None.", 14, 12, brush.width - 28, MUTED) + 12
        i = c.view.tables.force_i
        for f in waiting:
            info = c.view.setting.forces[f]
            act = FactionAct(c.who, Act.RAISE, f)
            on = c.planned(act) is not None
            why = "" if on or not c.may_act else self._refusal(act)
            w = brush.width
            brush.box((8, y, w - 16, 44), RAISED, 4)
            brush.text(info.name, 18, y + 14, TEXT, "ui_semibold", 13, "l", w - 140)
            at = int(i[force.HEX, f])
            where = "" if at < 0 else f" · at {c.view.setting.map.label(at)}"
            words = why or f"{thousands(int(i[force.START_MEN, f]))} men{where}"
            brush.text(words, 18, y + 32, BAD if why else MUTED, "ui", 12, "l", w - 140)
            tip = Tip(info.name, why[:1].upper() + why[1:], (("Men", thousands(int(i[force.START_MEN, f]))),))
            brush.hot(f"what{f}", (8, y, w - 120, 44), None, tip)
            doing = partial(c.drop, act) if on else partial(c.act, act)
            usable = c.may_act and not why
            brush.button(f"raise{f}", (w - 104, y + 8, 88, 28), "Planned" if on else "Raise", doing if usable else None,
                         "", "on" if on else "normal", tip, 12)  # fmt: skip
            y += 48
        return y + 2


def home_page(council: Council) -> Page:
    """The page and its panels."""
    standing, money, policies = StandingPane(council), MoneyPane(council), PolicyPane(council)
    units, planned = RaisePane(council), PlannedPane(council, "plannedhome")
    columns = (
        Column(1.0, (standing.pane, LinesPane(council).pane), fill=1),
        Column(1.0, (money.pane,)),
        Column(1.0, (policies.pane,)),
        Column(1.0, (units.pane, planned.pane)),
    )
    return Page("Politics and economy", columns, ("Standing", "Lines", "Money", "Policies", "Raise", "Planned"))
