"""The politics and economy page of one faction: leaders and people, men and arms, money, policies, formations."""

from __future__ import annotations

from functools import partial

from game.core.columns import faction, force
from game.core.ids import Act, Status
from game.core.orders import FactionAct
from game.engine.deeds_economy import IN_THE_FIELD
from game.engine.explain import Explanation
from game.ui.actions import Action
from game.ui.actors import class_words, name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.figures import Home
from game.ui.pages.lines import Chart, Line, LinesPane
from game.ui.pages.money import AID, MoneyPane
from game.ui.pages.page import Column, Page
from game.ui.pages.planned import PlannedPane
from game.ui.pages.widgets import slider, sparkline
from game.ui.pane import Pane
from game.ui.play.deeds import POLICIES
from game.ui.play.facts import in_play, percent, signed, thousands
from game.ui.play.overlays import movements, popular_share
from game.ui.play.why import why_tip, will_moved
from game.ui.theme import BAD, BRASS, GOOD, MUTED, RAISED, TEXT, WARN, mix
from game.ui.words import full_day

_SHARES = ("unity", "support")
"""Series that are shares of one; the others are of a hundred."""


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
                scale = 1.0 if key in _SHARES else 100.0
                sparkline(brush, right - spark, y + 2, spark, 34, kept, colour, 0.0, scale)
                right -= spark + 10
            brush.text(value, right, y + 12, TEXT, "ui_semibold", 14, "r")
            brush.bar((14, y + 26, right - 14, 8), share, colour)
            before = kept[-2] if len(kept) > 1 else 0.0
            ago = percent(before) if key in _SHARES else f"{before:.1f}"
            change = (("A turn ago", ago),) if len(kept) > 1 else ()
            tip = Tip(label, text, (("Now", value), *change), "Rulebook, chapters 9 and 12")
            brush.hot(key, (8, y, brush.width - 16, 38), None, why_tip(tip, self._why(key)))
            y += 44
        return y

    def _why(self, key: str) -> Explanation | None:
        """What moved its will, what wears it out, what divides it and why people prefer it, cause by cause."""
        k, whys = self.council.who, self.council.whys
        if key == "will":
            return whys.want((key, k), will_moved(self.council.match, k))
        if key == "weariness":
            return whys.want((key, k), lambda why: why.weariness(k))
        if key == "unity":
            return whys.want((key, k), lambda why: why.unity(k))
        return whys.want((key, k), lambda why: why.support(k))

    def _men(self, brush: Brush, y: float) -> float:
        c = self.council
        i = c.view.tables.force_i
        arms = sum(int(i[force.MEN, f]) for f in in_play(c.view) if int(i[force.FACTION, f]) == c.who)
        brush.heading("Men and arms", 14, y + 8)
        y += 22
        account = self._account()
        rows = (
            ("Under arms", arms, "In formations and bands on the map.", account),
            ("Waiting for a unit", self.count(faction.MANPOWER),
             "Trained men: they replace losses and fill new units.", ()),
            ("In training", self.count(faction.TRAINING), "Called up; ready in some months.", ()),
            ("Arms in store", self.count(faction.KITS), "In men that they equip; most come with aid.",
             self._ordered((("Captured", faction.KITS_TAKEN, 1), ("Left behind by the sick and those who went home",
                             faction.KITS_LEFT, 1), ("Bought", faction.KITS_BOUGHT, 1)))),
            ("Called up so far", self.count(faction.RAISED), "Over the game.",
             self._ordered((("Joined a unit", faction.RECRUITED, 1), ("Wait for one", faction.MANPOWER, 1),
                            ("In training", faction.TRAINING, 1),
                            ("Went home from training", faction.LEFT_TRAINING, 1)))),
            ("Killed", self.count(faction.KILLED), "Dead in battle, in pursuit and of wounds on the field.", ()),
            ("Deserted", self.count(faction.DESERTED), "Went home.", ()),
            ("Came over to it", self.count(faction.DEFECTED_IN), "From others.", ()),
            ("Went over to others", self.count(faction.DEFECTED_OUT), "From it.", ()),
        )  # fmt: skip
        kept = self.series("men")
        for n, (label, value, text, parts) in enumerate(rows):
            brush.text(label, 14, y + 10, MUTED, "ui", 13, "l", brush.width - 110)
            brush.text(thousands(value), brush.width - 14, y + 10, TEXT, "ui_semibold", 13, "r")
            if n == 0 and len(kept) > 1 and brush.width > 380:
                sparkline(brush, brush.width - 200, y, 110, 20, kept)
            tip = Tip(label, text, parts, "Rulebook, chapter 10")
            brush.hot(f"men{n}", (8, y, brush.width - 16, 21), None, tip)
            y += 22
        return y

    def _account(self) -> tuple[tuple[str, str], ...]:
        """How the men under arms came about over the game, the largest part first."""
        return self._ordered((
            ("At the start, and due to come", faction.START, 1), ("Joined a unit", faction.RECRUITED, 1),
            ("Came over", faction.DEFECTED_IN, 1), ("Killed", faction.KILLED, -1), ("Captured", faction.CAPTURED, -1),
            ("Deserted", faction.DESERTED, -1), ("Sick, worn out", faction.SICK, -1),
            ("In hospital", faction.HOSPITAL, -1), ("Scattered", faction.STRAGGLERS, -1),
            ("Went over", faction.DEFECTED_OUT, -1), ("Sent home", faction.DEMOBILISED, -1),
            ("Dead of mines", faction.DIED_IN_RANKS, -1),
        ))  # fmt: skip

    def _ordered(self, parts: tuple[tuple[str, int, int], ...]) -> tuple[tuple[str, str], ...]:
        """(words, column, sign) as lines of a tooltip, the largest first, without those that are nothing."""
        found = [(words, sign * self.count(column)) for words, column, sign in parts]
        return tuple((words, signed(n)) for words, n in sorted(found, key=lambda p: -abs(p[1])) if n)


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
        shown = {p: words for p, words in POLICIES.items() if self.governs or p in IN_THE_FIELD}
        notes = {p: brush.para_height(text, brush.width - 28, "ui", 12, 1.3) + 6 for p, (_, text) in shown.items()}
        told = y + sum(56.0 + height for height in notes.values()) <= self.pane.view_height
        for p, (name, text) in shown.items():
            now = round(float(c.view.tables.policy[p, c.who]) * 100)
            planned = c.planned(FactionAct(c.who, Act.POLICY, p))
            change = partial(self._set, p) if c.may_act else None
            tip = Tip(name, text, (("Now", f"{now} %"),), "Rulebook, chapters 9 and 10")
            value = None if planned is None else planned.value
            y += slider(brush, f"policy{p}", y, name, now, value, change, tip) + 2
            if told:
                brush.para(text, 14, y - 2, brush.width - 28, MUTED, "ui", 12, 1.3)
                y += notes[p]
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

    def _coming(self) -> list[int]:
        """Formations that are to come into play at a known time, the next first."""
        c = self.council
        i = c.view.tables.force_i
        due = (i[force.FACTION] == c.who) & (i[force.STATUS] == Status.PENDING) & (i[force.ARRIVES] < force.UNRAISED)
        return sorted((int(f) for f in due.nonzero()[0]), key=lambda f: (int(i[force.ARRIVES, f]), f))

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
            y += brush.para("None waits on paper.", 14, 12, brush.width - 28, MUTED) + 12
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
        return self._arrivals(brush, y + 4) + 2

    def _arrivals(self, brush: Brush, y: float) -> float:
        c, coming = self.council, self._coming()
        if not coming:
            return y
        i = c.view.tables.force_i
        brush.heading("On their way", 14, y + 10, "men · in play from", brush.width - 28)
        y += 24
        for f in coming:
            name, men = c.view.setting.forces[f].name, thousands(int(i[force.MEN, f]) or int(i[force.START_MEN, f]))
            day = full_day(c.view.setting.date_of(int(i[force.ARRIVES, f])))
            used = brush.text(f"{men} · {day}", brush.width - 14, y + 11, MUTED, "ui", 12, "r")
            brush.text(name, 14, y + 11, TEXT, "ui_medium", 13, "l", brush.width - 40 - used)
            tip = Tip(name, "Raised, or due by the order of battle.", (("Men", men), ("In play from", day)))
            brush.hot(f"coming{f}", (8, y, brush.width - 16, 23), None, tip)
            y += 24
        return y


class Courses(Home):
    """What is kept of a faction's figures by turn, as charts."""

    def political(self) -> list[Chart]:
        rows = (("will", 1.0, GOOD), ("weariness", 1.0, BAD), ("unity", 100.0, WARN))
        lines = tuple(Line(name, [v * factor for v in self.series(name)], colour) for name, factor, colour in rows)
        return [Chart("political", lines, "0 to 100", 100.0)]

    def men(self) -> list[Chart]:
        lines = [Line("under arms", self.series("men"), BRASS)]
        if self.keeps:
            lines.append(Line("wait for a unit", self.series("manpower"), AID))
        return [Chart("men", tuple(lines), "men")]

    def accounts(self) -> list[Chart]:
        if not self.keeps:
            return []
        money = Line("at hand", self.series("money"), BRASS), Line("came in", self.series("income"), AID)
        rot = Line("lost to corruption", [v * 100 for v in self.series("corruption")], WARN)
        return [Chart("cash", money, "US$ m", None, 1), Chart("rot", (rot,), "%", 100.0)]


def home_page(council: Council) -> Page:
    """The page and its panels."""
    standing, money, policies = StandingPane(council), MoneyPane(council), PolicyPane(council)
    units, planned, courses = RaisePane(council), PlannedPane(council, "plannedhome"), Courses(council)
    political = LinesPane(council.match, courses.political)
    men = LinesPane(council.match, courses.men, "menlines", "Men over the game")
    accounts = LinesPane(council.match, courses.accounts, "accounts", "Money over the game")
    columns = (
        Column(1.0, (standing.pane, political.pane), fill=1, spare=political.pane),
        Column(1.0, (money.pane, accounts.pane), fill=1, spare=accounts.pane),
        Column(1.0, (policies.pane,)),
        Column(1.0, (units.pane, planned.pane, men.pane), fill=2, spare=men.pane),
    )
    labels = ("Standing", "Lines", "Money", "Accounts", "Policies", "Raise", "Planned", "Men")
    return Page("Politics and economy", columns, labels)
