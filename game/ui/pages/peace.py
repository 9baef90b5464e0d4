"""The peace process: how far it has come, where each party stands, and how the people voted."""

from __future__ import annotations

from functools import partial
from itertools import combinations

from game.ai.manners import manners_of
from game.ai.settlement import answer
from game.core.calendar import DAYS_A_MONTH
from game.core.columns import faction, peace
from game.core.ids import NEVER, NO_FACTION, Act, FactionId, Life, Phase, Standing
from game.core.orders import FactionAct
from game.core.records import say_reason
from game.core.setting import PeaceTerms
from game.core.view import View
from game.rules.peace import ripeness
from game.rules.process import Process
from game.rules.workspace import Now
from game.ui.actors import name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pages.council import Council
from game.ui.pages.lines import Chart, Line, LinesPane
from game.ui.pages.matrix import relation_ink, relation_words
from game.ui.pages.page import Column, Page
from game.ui.pages.planned import PlannedPane
from game.ui.pages.widgets import shares_bar
from game.ui.pane import Pane
from game.ui.play.asked import may_disarm
from game.ui.play.facts import about, percent, thousands
from game.ui.play.overlays import movements, popular_share
from game.ui.theme import BAD, BRASS, GOOD, MUTED, RAISED, TEXT, WARN, WINDOW, Rgb, mix
from game.ui.words import full_day

PHASES: tuple[tuple[Phase, str, str], ...] = (
    (Phase.WAR, "War", "No talks."),
    (Phase.TALKS, "Talks", "Talks about talks, and rounds of them."),
    (Phase.ACCORD, "Accord", "Signed: cease-fire and a supreme council; the mission comes in."),
    (Phase.MISSION, "Mission", "Cantonment, disarmament, registration of voters."),
    (Phase.ELECTED, "Election", "The people have voted; a government is formed."),
    (Phase.SETTLED, "Settled", "A government governs; the mission is gone."),
)
STANDINGS: dict[Standing, tuple[str, Rgb]] = {
    Standing.OUTSIDE: ("outside the accord", MUTED),
    Standing.SIGNED: ("has signed", GOOD),
    Standing.CANTONING: ("sends men to cantonment", GOOD),
    Standing.REFUSED: ("signed, then refused to disarm", BAD),
    Standing.DISARMED: ("disarmed", GOOD),
    Standing.GOVERNMENT: ("in government", BRASS),
    Standing.OUTLAWED: ("outlawed", BAD),
    Standing.RECONCILED: ("pardoned and taken in", GOOD),
}


class ProcessPane:
    """The phases, the dates and the election."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("process", self._body, lambda: ("Peace process", ""))

    def _body(self, brush: Brush) -> float:
        view, w = self.council.view, brush.width
        p = view.tables.peace
        phase = Phase(int(p[peace.PHASE]))
        y = 12.0
        for step, name, text in PHASES:
            reached = phase is not Phase.COLLAPSED and step <= phase
            here = step is phase
            brush.box(
                (18, y + 4, 18, 18), BRASS if here else GOOD if reached else WINDOW, 9, None if reached else MUTED
            )
            if step is not Phase.SETTLED:
                brush.box((26, y + 24, 2, 20), GOOD if reached and not here else RAISED)
            brush.text(name, 50, y + 9, TEXT if reached else MUTED, "ui_semibold" if here else "ui_medium", 14)
            brush.text(text, 50, y + 27, MUTED, "ui", 12, "l", w - 66)
            y += 44
        if phase is Phase.COLLAPSED:
            y += 4 + brush.para("The accord failed; the war goes on.", 18, y, w - 36, BAD, "ui_medium", 14)
        y = self._dates(brush, y + 8)
        return self._election(brush, y + 8) + 8

    def _day(self, column: int) -> str:
        hour = int(self.council.view.tables.peace[column])
        return "not yet" if hour == NEVER else full_day(self.council.view.setting.date_of(hour))

    def _dates(self, brush: Brush, y: float) -> float:
        p = self.council.view.tables.peace
        view = self.council.view
        government, partner = int(p[peace.GOVERNMENT]), int(p[peace.PARTNER])
        words = name_now(view, government) if government != NO_FACTION else "none recognised by all"
        if partner != NO_FACTION:
            words += f", with {short_now(view, partner)}"
        rows = (
            ("This phase since", self._day(peace.SINCE) if int(p[peace.SINCE]) > 0 else "the start"),
            ("Rounds of talks", str(int(p[peace.TALKS]))),
            ("Accord signed", self._day(peace.ACCORD)),
            ("Election", self._day(peace.ELECTION)),
            ("Government", words),
        )
        for n, (label, value) in enumerate(rows):
            brush.pair(f"date{n}", y + 10, label, value, TEXT, Tip(label, value))
            y += 23
        return y

    def _election(self, brush: Brush, y: float) -> float:
        view, w = self.council.view, brush.width
        registered = int(view.tables.peace[peace.REGISTERED])
        if not registered:
            return y
        turnout = int(view.tables.peace[peace.TURNOUT])
        brush.heading("The vote", 14, y + 8, f"{about(registered)} registered", w - 28)
        y += 24
        if not turnout:
            brush.text("Registration goes on.", 16, y + 8, MUTED, "ui_italic", 12)
            return y + 22
        brush.text(f"Turnout {turnout / registered * 100:.0f} %", 16, y + 8, TEXT, "ui_medium", 13)
        y += 22
        party = view.tables.party
        ran = [k for k in range(party.shape[1]) if party[peace.VOTES, k] > 0]
        ran.sort(key=lambda k: (-int(party[peace.VOTES, k]), k))
        total = sum(int(party[peace.VOTES, k]) for k in ran) or 1
        shares_bar(brush, 14, y, w - 28, [(float(party[peace.VOTES, k]), style_now(view, k).colour) for k in ran])
        y += 20
        for k in ran:
            votes, seats = int(party[peace.VOTES, k]), int(party[peace.SEATS, k])
            brush.chip(style_now(view, k), 14, y + 11, 26)
            brush.text(short_now(view, k), 48, y + 11, TEXT, "ui_medium", 13, "l", w - 230)
            words = f"{votes / total * 100:.0f} % · {seats} seats"
            brush.text(words, w - 14, y + 11, TEXT, "ui_semibold", 13, "r")
            tip = Tip(
                name_now(view, k), "", (("Votes", thousands(votes)), ("Seats", str(seats))), "Rulebook, chapter 13"
            )
            brush.hot(f"votes{k}", (8, y, w - 16, 24), None, tip)
            y += 26
        return y


class PartiesPane:
    """Where each party stands, and what it has done of what it signed."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("parties", self._body, lambda: ("The parties", "men, as verified"))

    def _body(self, brush: Brush) -> float:
        view = self.council.view
        party = view.tables.party
        phase = int(view.tables.peace[peace.PHASE])
        concerned = [k for k in self.council.actors() if party[:, k].any()]
        terms, y = view.setting.peace, 10.0
        if phase == Phase.WAR and not concerned:
            y += brush.para("No party has come to the table yet.", 14, 12, brush.width - 28, MUTED) + 14
            concerned = self._living(terms.parties) if terms is not None else []
        for k in concerned:
            y = self._party(brush, y, k)
        if phase in (Phase.WAR, Phase.TALKS) and terms is not None:
            y = self._ripeness(brush, y + 6, terms)
        return y + 4

    def _living(self, factions: tuple[FactionId, ...]) -> list[FactionId]:
        lives = self.council.view.tables.faction_i[faction.LIFE]
        return [k for k in factions if int(lives[k]) == Life.ACTIVE]

    def _patrons(self, brush: Brush, y: float, terms: PeaceTerms) -> float:
        """How those stand to one another who would have to guarantee a settlement: all can know it."""
        view, w, rules = self.council.view, brush.width, self.council.view.setting.ruleset.peace
        pairs = list(combinations(self._living(terms.guarantors), 2))
        if not pairs:
            return y
        relation = view.tables.relation
        found = sorted(((float(relation[a, b]), a, b) for a, b in pairs), key=lambda pair: -abs(pair[0]))
        mean = sum(value for value, _, _ in found) / len(found)
        brush.text("Relations of the guarantors, in the mean", 14, y + 11, TEXT, "ui_medium", 13, "l", w - 90)
        brush.text(relation_words(mean), w - 14, y + 11, relation_ink(mean), "ui_semibold", 14, "r")
        words = f"They begin to press for a settlement at {relation_words(rules.thaw_from)}, in full at "
        brush.text(f"{words}{relation_words(rules.thaw_full)}.", 14, y + 29, MUTED, "ui", 12, "l", w - 28)
        rows = tuple((f"{short_now(view, a)} and {short_now(view, b)}", relation_words(v)) for v, a, b in found)
        tip = Tip("Relations of the guarantors", "Their mean is what counts.", rows, "Rulebook, chapter 13")
        brush.hot("patrons", (8, y, w - 16, 38), None, tip)
        return y + 46

    def _weight(self, k: FactionId) -> str:
        """What a party brings to the table, as all can know it."""
        view = self.council.view
        men = int(view.tables.faction_i[faction.REPUTED, k])
        words = [f"{about(men)} men by repute" if men else "no men by repute"]
        row = next((row for row, f in movements(view) if f == k), -1)
        if row >= 0:
            words.append(f"preferred by {percent(popular_share(view, row))} of the people")
        return " · ".join(words)

    def _ripeness(self, brush: Brush, y: float, terms: PeaceTerms) -> float:
        """What brings a side's own parties to the table, and who is needed there; of others it is not known."""
        c, view, w = self.council, self.council.view, brush.width
        rules = view.setting.ruleset.peace
        brush.heading("What brings parties to the table", 14, y + 8)
        y += 22
        names = ", ".join(short_now(view, k) for k in self._living(terms.required)) or "nobody yet"
        words = (
            f"Talks may open once all who are needed are ripe for them, at {rules.ripe_least:g} points: {names}. "
            "Weariness, a war that stands still and patrons who press make a party ripe."
        )
        y += brush.para(words, 14, y, w - 28, MUTED, "ui", 12) + 8
        y = self._patrons(brush, y, terms)
        process = Process(view.tables, c.match.world.work, view.setting, terms, _now(view))
        for k in (k for k in c.own() if k in terms.parties):
            causes = zip(("Weariness", "Stalemate", "Patrons' pressure"), ripeness(process, k), strict=True)
            parts = sorted(causes, key=lambda part: -part[1])
            total = sum(points for _, points in parts)
            brush.chip(style_now(view, k), 14, y + 11, 26)
            brush.text(f"{short_now(view, k)}: {total:.2f} points", 48, y + 11, TEXT, "ui_medium", 13, "l", w - 66)
            brush.bar((14, y + 26, w - 28, 8), total, GOOD if total >= rules.ripe_least else WARN)
            mark = 14 + (w - 28) * min(1.0, float(rules.ripe_least))
            brush.box((mark - 1.5, y + 22, 3, 16), TEXT, 1)
            rows = tuple((name, f"{points:+.2f}") for name, points in parts)
            tip = Tip(f"How ripe {short_now(view, k)} is for talks", f"It takes {rules.ripe_least:g}.", rows,
                      "Rulebook, chapter 13")  # fmt: skip
            brush.hot(f"ripe{k}", (8, y, w - 16, 40), None, tip)
            y += 46
            brush.text(" · ".join(f"{name.lower()} {points:.2f}" for name, points in parts), 14, y, MUTED, "ui", 12,
                       "l", w - 28)  # fmt: skip
            y += 16
        return y

    def _party(self, brush: Brush, y: float, k: FactionId) -> float:
        c, view, w = self.council, self.council.view, brush.width
        party = view.tables.party
        words, colour = STANDINGS[Standing(int(party[peace.STANDING, k]))]
        asked = k in may_disarm(c.match)
        height = 104.0 if asked else 70.0
        brush.box((8, y, w - 16, height), RAISED, 4)
        brush.box((8, y, 3, height), colour)
        brush.chip(style_now(view, k), 20, y + 16, 30)
        brush.text(name_now(view, k), 60, y + 15, TEXT, "ui_semibold", 14, "l", w - 80)
        figures = [("cantoned", peace.CANTONED), ("disarmed", peace.DISARMED), ("withdrawn", peace.WITHDRAWN)]
        parts = [words] + [f"{about(int(party[n, k]))} {name}" for name, n in figures if party[n, k]]
        brush.text(" · ".join(parts), 60, y + 35, colour, "ui", 12, "l", w - 80)
        brush.text(self._weight(k), 60, y + 54, MUTED, "ui", 12, "l", w - 80)
        rows = tuple((name.capitalize(), thousands(int(party[n, k]))) for name, n in figures)
        rows += (("Rounds of talks", str(int(party[peace.TALKED, k]))),)
        brush.hot(f"party{k}", (8, y, w - 16, 66), None, Tip(name_now(view, k), words.capitalize() + ".", rows))
        if asked:
            each = (w - 84) / 2
            advice = self._advice(k)
            for n, (key, label, value) in enumerate((("canton", "Send men to cantonment", 1), ("keep", "Refuse", 0))):
                act = FactionAct(k, Act.DISARM, 0, 0, value)
                planned = c.planned(act)
                on = planned is not None and planned.value == value
                doing = partial(c.drop, act) if on else partial(c.act, act)
                brush.button(f"{key}{k}", (60 + n * (each + 8), y + 70, each, 28), label, doing, "",
                             "on" if on else "normal", advice, size=12)  # fmt: skip
        return y + height + 6

    def _advice(self, k: FactionId) -> Tip:
        """What an agent would answer to the mission in the party's place, and why."""
        view = self.council.view
        act = answer(view, manners_of(view.setting, view.side.id), k)
        would = "It would send its men to cantonment" if act.value else "It would refuse"
        text = f"{would}: {say_reason(act.reason, act.ra, act.rb, view.setting)}."
        return Tip("What an agent would do", text, source="Rulebook, chapter 13")


def _now(view: View) -> Now:
    """The present moment, as the rules of the chapter ask for it."""
    day = view.date
    return Now(view.hour, DAYS_A_MONTH, view.season, day.month, day.year, view.ways)


def peace_page(council: Council) -> Page:
    """The page and its panels."""
    process, parties, planned = ProcessPane(council), PartiesPane(council), PlannedPane(council, "plannedpeace")
    people = LinesPane(council.match, lambda: whom_people_prefer(council.match), "prefer", "Whom people prefer")
    columns = (
        Column(1.0, (process.pane, people.pane), fill=1, spare=people.pane),
        Column(1.4, (parties.pane, planned.pane)),
    )
    return Page("Peace process", columns, ("Process", "People", "Parties", "Planned"))


def whom_people_prefer(match: Match) -> list[Chart]:
    """Share of the people of the country fought over who prefer each movement, by turn: what a vote would weigh."""
    kept = match.world.history.get("support", [])
    view = match.view
    lines = tuple(
        Line(
            short_now(view, k), [turn[k] * 100 for turn in kept], mix(style_now(view, k).colour, (255, 255, 255), 0.45)
        )
        for _, k in movements(view)
    )
    return [Chart("prefer", lines, "% of the people", None, 1)]
