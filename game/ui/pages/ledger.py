"""The harm ledger: what the war did to people, by cause and in ranges, and to soldiers. Recorded, never scored."""

from __future__ import annotations

import numpy as np

from game.core.columns import faction, harm
from game.core.columns import hex as hexc
from game.core.state import Tables
from game.ui.actors import short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pages.camps import CampsPane
from game.ui.pages.lines import Chart, Line, LinesPane
from game.ui.pages.page import Column, Page
from game.ui.pane import Pane
from game.ui.play.facts import about, thousands
from game.ui.theme import BAD, MUTED, RAISED, TEXT, WARN, mix
from game.ui.words import full_day

LOSSES = (
    ("Killed in battle", faction.KILLED, "Dead in battle, in pursuit and of wounds on the field."),
    ("Captured", faction.CAPTURED, "Surrendered or taken."),
    ("Sick, mines", faction.SICK, "Lost for the campaign to disease, mines and exhaustion; not all of them died."),
    ("Deserted", faction.DESERTED, "Went home."),
)
"""Soldiers lost: heading, column of the account of men, what is counted."""
CAUSES: tuple[tuple[int, str, str], ...] = (
    (harm.FIGHTING, "Fighting", "Battles, raids and shelling in peopled places."),
    (harm.HUNGER, "Hunger", "Want of food, and the sickness that follows it."),
    (harm.MINES, "Mines", "Belts and scattered mines, long after they were laid."),
    (harm.LABOUR, "Border labour", "Sickness and mines among those sent to seal the border."),
    (harm.ATTACKS, "Attacks on civilians", "What history records: events, never orders."),
    (harm.EXPULSION, "Driven back over a border", "People expelled from where they had fled to."),
)
STANDING_NOTE = (
    "Deaths under Democratic Kampuchea, 1975–79, all causes: about 1.5–2.2 million. A fixed record; no play changes it."
)


MILLION = 1_000_000
_PLACES = 6
"""Places that are named of those where the displaced are."""


def estimate(low: int, high: int) -> str:
    """'about 3,000–8,000', 'about 0.7–2.5 million', to two figures."""
    if high < 100:
        return "under 100" if high else "none counted"
    if high >= MILLION:
        size = 10 ** (max(0, len(str(low)) - 2)), 10 ** (len(str(high)) - 2)
        begin, end = low // size[0] * size[0] / MILLION, -(-high // size[1]) * size[1] / MILLION
        return f"about {begin:g}–{end:g} million" if low else f"up to {end:g} million"
    step = 10 ** max(1, len(str(high)) - 2)
    least, most = low // step * step, -(-high // step) * step
    return f"about {least:,}–{most:,}" if least else f"up to {most:,}"


def _tables(match: Match) -> Tables:
    """The whole account once the game is over or nobody plays; till then what the onlooker can know of it."""
    return match.world.tables if match.may_choose_eyes else match.view.tables


def harm_by_cause(match: Match) -> list[tuple[str, str, tuple[int, int, int, int]]]:
    """(cause, what is counted, figures of columns.harm) of every cause."""
    t = _tables(match)
    found = []
    for row, label, text in CAUSES:
        low, high, gone_low, gone_high = (int(n) for n in t.harm[row, : harm.COUNTED])
        found.append((label, text, (low, high, gone_low, gone_high)))
    return found


class HarmLedger:
    """Paints the ledger: beside a result, and as a page of its own."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.pane = Pane("harm", self.body, lambda: ("Harm ledger", "recorded, never scored"))

    def body(self, brush: Brush) -> float:
        t, setting, w = _tables(self.match), self.match.setting, brush.width
        brush.text("What the war did to people", 18, 36, TEXT, "serif_bold", 26, "l", w - 36)
        words = f"{full_day(setting.start)} – {full_day(self.match.day)}; civilians in ranges"
        brush.text(words, 18, 64, TEXT, "ui_medium", 14, "l", w - 36)
        y = self._causes(brush, 82.0)
        still = int(t.hex_i[hexc.DISPLACED].sum())
        brush.text("Displaced now, and not at home", 18, y + 12, TEXT, "ui_medium", 13, "l", w * 0.6)
        brush.text(about(still), w - 20, y + 12, TEXT, "ui_semibold", 13, "r")
        tip = Tip("Displaced now", "People present who are not at home.", self._where(), "Rulebook, chapter 9")
        brush.hot("still", (10, y, w - 20, 24), None, tip)
        y = self._soldiers(brush, y + 32)
        if any(f.id == "dk" for f in setting.factions) and setting.start.year <= 1979:
            y += 6 + brush.para(STANDING_NOTE, 18, y + 6, w - 36, TEXT, "ui_italic", 13)
        return y + 8

    def _where(self) -> tuple[tuple[str, str], ...]:
        """Where most of the displaced are."""
        displaced, setting = _tables(self.match).hex_i[hexc.DISPLACED], self.match.setting
        most = np.argsort(-displaced, kind="stable")[:_PLACES]
        return tuple((setting.map.label(int(h)), about(int(displaced[h]))) for h in most if displaced[h] > 0)

    def _causes(self, brush: Brush, y: float) -> float:
        w = brush.width
        right = (w - 20 - min(190.0, w * 0.3), w - 20.0)
        brush.text("Civilians, by cause", 18, y + 8, MUTED, "ui_medium", 12)
        for label, x in zip(("Dead", "Driven from home"), right, strict=True):
            brush.text(label, x, y + 8, MUTED, "ui", 11, "r")
        y += 20
        found = harm_by_cause(self.match)
        totals = tuple(sum(f[n] for _, _, f in found) for n in range(harm.COUNTED))
        shown = [row for row in found if any(row[2])] or found[:1]
        rows = [*shown, ("In all", "The sum of the causes that are counted.", totals)] if len(shown) > 1 else shown
        for k, (label, text, figures) in enumerate(rows):
            if k % 2 == 0:
                brush.box((10, y, w - 20, 26), RAISED, 4)
            face = "ui_bold" if label == "In all" else "ui_medium"
            brush.text(label, 18, y + 13, TEXT, face, 13, "l", w * 0.3)
            dead, gone = estimate(figures[0], figures[1]), estimate(figures[2], figures[3])
            room = right[1] - right[0] - 8
            brush.text(dead, right[0], y + 13, TEXT, "ui_semibold", 13, "r", room)
            brush.text(gone, right[1], y + 13, TEXT, "ui_semibold", 13, "r", room)
            text = f"{text} Who is driven on is counted again."
            tip = Tip(label, text, (("Dead", dead), ("Driven from home", gone)), "Rulebook, chapter 9: an estimate")
            brush.hot(f"harm{k}", (10, y, w - 20, 26), None, tip)
            y += 27
        return y

    def _soldiers(self, brush: Brush, y: float) -> float:
        """Soldiers by faction and cause: the same counts as in the objectives and beside the result."""
        t, w = _tables(self.match), brush.width
        at = [w - 20 - (len(LOSSES) - 1 - k) * min(118.0, w * 0.155) for k in range(len(LOSSES))]
        brush.text("Soldiers", 18, y + 8, MUTED, "ui_medium", 12)
        for (label, _, text), x in zip(LOSSES, at, strict=True):
            brush.text(label, x, y + 8, MUTED, "ui", 11, "r", at[1] - at[0] - 8)
            brush.hot(f"cause_{label}", (x - (at[1] - at[0]) + 8, y - 2, at[1] - at[0] - 6, 20), None, Tip(label, text))
        y += 20
        hidden = not self.match.may_choose_eyes
        for k in range(len(self.match.setting.factions)):
            counts = [int(t.faction_i[column, k]) for _, column, _ in LOSSES]
            if not any(counts):
                continue
            if k % 2 == 0:
                brush.box((10, y, w - 20, 24), RAISED, 4)
            brush.text(short_now(self.match.view, k), 18, y + 12, TEXT, "ui_medium", 13, "l", at[0] - 90)
            for x, count in zip(at, counts, strict=True):
                brush.text(thousands(count), x, y + 12, TEXT, "ui_semibold", 13, "r")
            rows = tuple((label, thousands(n)) for (label, _, _), n in zip(LOSSES, counts, strict=True))
            brush.hot(
                f"army{k}",
                (10, y, w - 20, 24),
                None,
                Tip(f"Soldiers of {short_now(self.match.view, k)}", "", rows, "Account of men"),
            )
            y += 25
        if hidden:
            words = "What others lose is known to them alone while the game lasts; the result has all accounts."
            y += brush.para(words, 18, y + 3, w - 36, MUTED, "ui_italic", 12) + 6
        return y


def soldiers_lost(match: Match) -> list[Chart]:
    """Soldiers lost so far by turn, of those whose accounts are open to the onlooker."""
    rows = (("killed", "killed", BAD), ("captured", "captured", WARN), ("deserted", "deserted", TEXT))
    whose = range(len(match.setting.factions)) if match.eyes is None else match.setting.sides[match.eyes].factions
    kept = {name: match.world.history.get(name, []) for name, _, _ in rows}
    lines = tuple(Line(word, [sum(turn[k] for k in whose) for turn in kept[name]], ink) for name, word, ink in rows)
    return [Chart("lost", lines, "men, so far")]


def people_in_camps(match: Match) -> list[Chart]:
    """People in the camps of each movement by turn."""
    kept = match.world.history.get("camp_people", [])
    whose = [k for k in range(len(match.setting.factions)) if any(turn[k] for turn in kept)]
    view = match.view
    lines = tuple(
        Line(short_now(view, k), [turn[k] for turn in kept], mix(style_now(view, k).colour, (255, 255, 255), 0.45))
        for k in whose
    )
    return [Chart("sheltered", lines, "people, by who administers the camps")]


def ledger_page(match: Match) -> Page:
    """The ledger and the border camps, as a page."""
    lost = LinesPane(match, lambda: soldiers_lost(match), "lost", "Soldiers over the game")
    sheltered = LinesPane(match, lambda: people_in_camps(match), "sheltered", "Camps over the game")
    columns = (
        Column(1.25, (HarmLedger(match).pane, lost.pane), fill=1, spare=lost.pane),
        Column(0.75, (CampsPane(match).pane, sheltered.pane), fill=1, spare=sheltered.pane),
    )
    return Page("Harm ledger", columns, ("Harm ledger", "Soldiers", "Border camps", "Camps by year"))
