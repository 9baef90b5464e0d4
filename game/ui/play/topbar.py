"""The bar across the top: side, date, season and the side's figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from game.core.ids import Season
from game.core.view import View
from game.engine.explain import Explanation
from game.ui.actions import Action
from game.ui.actors import class_words, short_now
from game.ui.brush import Brush, Tip
from game.ui.keys import COMMANDS, KeyMap
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.play.asked import unanswered
from game.ui.play.facts import (
    SideFigures,
    percent,
    season_words,
    side_figures,
    signed,
    thousands,
    tonnes,
    value_colour,
)
from game.ui.play.season import season_tip
from game.ui.play.why import Whys, why_tip, will_moved
from game.ui.styles import style_of
from game.ui.theme import BRASS, HOVER, INK, LINE, MUTED, RAISED, TEXT, WARN, Rgb
from game.ui.words import full_day, reflowed, turn_day, turn_length

HEIGHT = 54.0
HAUL_KM = 100
"""Distance over which the capacity of the lorries is told."""
PAGES = (
    ("page_diplomacy", "flag", "Diplomacy"), ("page_home", "stocks", "Home"), ("page_peace", "tick", "Peace"),
    ("page_ledger", "men", "Ledger"),
)  # fmt: skip
"""Command, sign and word of the buttons that open pages."""
_LONG_NAME = 18
"""Letters from which on a side's name is replaced by its leader's short one in a narrow window."""


def command_words(view: View) -> str:
    """What a side of one faction commands: a state at war, or formations in the field alone."""
    lead = view.side.factions[0]
    return class_words(view, lead) if view.setting.cast.means.home_front[lead] else "field formations"


@dataclass(frozen=True)
class _Figure:
    key: str
    icon: str
    value: str
    label: str
    change: str
    colour: Rgb
    tip: Tip


_AGO = "A turn ago"


class TopBar:
    """Paints the bar. `before` holds the figures at the start of the last turn, for the changes."""

    def __init__(self, match: Match, keys: KeyMap, opens: Callable[[str], Action | None], whys: Whys) -> None:
        """`opens` opens what a command says: the menu, the briefing, a page."""
        self.match, self.keys, self.opens, self.whys = match, keys, opens, whys
        self.before: SideFigures | None = None
        self.status = ""
        """What the window is doing, shown in place of the turn: 'thinking…'."""
        self.pane = Pane("top", self.paint, kind="plain")

    def remember(self) -> None:
        """Keep the present figures to show changes against."""
        self.before = side_figures(self.match.view)
        self.pane.touch()

    def recall(self, view: View) -> None:
        """Show changes against the picture before the last turn, of a game that was taken up from a save."""
        if self.before is None:
            self.before = side_figures(view)
            self.pane.touch()

    def paint(self, brush: Brush) -> float:
        view, setting = self.match.view, self.match.setting
        w = self.pane.box[2]
        brush.rule(0, HEIGHT - 1, w, BRASS)
        lead = setting.factions[view.side.factions[0]]
        narrow = w < 1000
        x = 14.0
        if self.match.eyes is None:
            brush.icon("eye", x + 15, 27, BRASS, 26)
            name, sub = "All sides", "watching without fog"
        else:
            brush.chip(style_of(lead), x, 27)
            name = view.side.name if w >= 1180 else lead.short if len(view.side.name) > _LONG_NAME else view.side.name
            others = ", ".join(short_now(view, k) for k in view.side.factions[1:])
            sub = f"with {others}" if others else command_words(view)
            if self.match.side is None:
                sub = "watching"
        room = 150.0 if w < 1400 else 220.0
        used = max(brush.text(name, x + 40, 18, TEXT, "ui_semibold", 15, "l", room), 0 if narrow else 90)
        used = max(used, brush.text(sub, x + 40, 37, MUTED, "ui", 11, "l", room))
        tip = Tip(name, reflowed(view.side.briefing), source=f"{self.keys.shown('aims')} or a click: the objectives")
        brush.hot("side", (0, 0, x + 44 + used, HEIGHT), partial(self.opens, "aims"), tip)
        brush.ring("side", (3, 4, x + 38 + used, HEIGHT - 9))
        x += 40 + used + 16
        x = self._date(brush, x)
        if not narrow:
            x = self._season(brush, x)
        brush.button("menu", (w - 98, 11, 88, 32), "Menu", partial(self.opens, "menu"), self.keys.shown("menu"))
        right = self._pages(brush, w)
        if self.match.eyes is not None:
            self._figures(brush, x, right)
        return HEIGHT

    def _pages(self, brush: Brush, w: float) -> float:
        """Buttons of the pages; in a narrow window their signs alone. Returns where the room for figures ends."""
        words = w >= 1600
        x = w - 104.0
        for command, icon, label in reversed(PAGES):
            width = 44.0 + brush.measure(label, "ui_medium", 12) if words else 34.0
            x -= width
            box = (x, 11, width - 4, 32)
            brush.box(box, HOVER if brush.is_hover(command) else RAISED, 5, LINE)
            brush.icon(icon, x + 15, 27, BRASS, 20)
            if words:
                brush.text(label, x + 28, 27, TEXT, "ui_medium", 12)
            count = len(unanswered(self.match)) if command == "page_diplomacy" else 0
            if count:
                brush.box((x + width - 18, 5, 18, 16), WARN, 8)
                brush.text(str(count), x + width - 9, 13, INK, "ui_bold", 11, "c")
            said = (("Proposals to be answered", str(count)),) if count else ()
            tip = Tip(COMMANDS[command].label, "", said, f"Key {self.keys.shown(command)}")
            brush.hot(command, box, partial(self.opens, command), tip)
            brush.ring(command, box)
        return x - 6

    def _date(self, brush: Brush, x: float) -> float:
        match, setting = self.match, self.match.setting
        self._divider(brush, x)
        x += 16
        day = match.day
        used = brush.text(turn_day(setting, day), x, 18, TEXT, "ui_semibold", 17)
        turn = min(match.view.turn + 1, setting.turns)
        words = self.status or f"Turn {turn} of {setting.turns} · {turn_length(setting)}"
        if match.world.over and not self.status:
            words = f"Finished, {setting.turns} turns"
        used = max(used, brush.text(words, x, 38, WARN if self.status else MUTED, "ui", 11))
        tip = Tip(
            "Date and turn",
            "All sides plan, then their orders are carried out together.",
            (
                ("First day of the turn", full_day(day)),
                ("Days a turn", f"{setting.days_per_turn:g}"),
                ("Impulses a turn", str(setting.impulses_per_turn)),
            ),
        )
        brush.hot("date", (x - 8, 0, used + 16, HEIGHT), None, tip)
        return x + used + 18

    def _season(self, brush: Brush, x: float) -> float:
        season = self.match.view.season
        name, ground = season_words(season)
        brush.icon("sun" if season is Season.DRY else "rain", x + 8, 27, WARN, 26)
        used = max(brush.text(name, x + 28, 18, TEXT, "ui_medium", 13), brush.text(ground, x + 28, 37, MUTED, "ui", 11))
        tip = season_tip(self.match.view, self.keys.shown("season"))
        brush.hot("season", (x - 6, 0, used + 40, HEIGHT), None, tip)
        return x + 28 + used + 18

    def _divider(self, brush: Brush, x: float) -> None:
        brush.box((x, 10, 1, 34), LINE)

    def _figures(self, brush: Brush, x: float, right: float) -> None:
        self._divider(brush, x)
        x += 14
        figures = self._figure_list()
        for whole in range(len(figures), -1, -1):
            widths = [self._width(brush, f, n >= whole) for n, f in enumerate(figures)]
            if x + sum(widths) <= right:
                break
        gap = min(26.0, max(8.0, (right - x - sum(widths)) / max(1, len(figures))))
        for n, (f, width) in enumerate(zip(figures, widths, strict=True)):
            if x + width > right:
                break
            compact = n >= whole
            brush.icon(f.icon, x + 9, 27, BRASS, 22)
            brush.text(f.value, x + 24, 18, TEXT, "ui_semibold", 15)
            label = f"{f.label} · " if f.change and not compact else f.label
            used = brush.text(label, x + 24, 38, MUTED, "ui", 11)
            if f.change and not compact:
                brush.text(f.change, x + 24 + used, 38, f.colour, "ui", 11)
            brush.hot(f.key, (x - 2, 0, width, HEIGHT), None, why_tip(f.tip, self._why(f.key)))
            x += width + gap

    def _why(self, key: str) -> Explanation | None:
        """What moved the will of the side's first faction, and what wears it out."""
        k = self.match.view.side.factions[0]
        if key == "will":
            return self.whys.want((key, k), will_moved(self.match, k))
        return self.whys.want((key, k), lambda why: why.weariness(k)) if key == "weariness" else None

    def _width(self, brush: Brush, f: _Figure, compact: bool) -> float:
        below = f.label if compact or not f.change else f"{f.label} · {f.change}"
        return 26 + max(brush.measure(f.value, "ui_semibold", 15), brush.measure(below, "ui", 11)) + 8

    def _figure_list(self) -> list[_Figure]:
        now = side_figures(self.match.view)
        if self.before is None and self.match.view.turn > 0:
            return [_without_past(f) for f in self._changed(now, now)]
        return self._changed(now, self.before or now)

    def _changed(self, now: SideFigures, was: SideFigures) -> list[_Figure]:
        """The figures, and how they have changed."""
        used = now.lift_used / now.lift if now.lift else 0.0
        stocks = (now.stocks_kg - was.stocks_kg) / 1000
        means = means_figures(now, was)
        if not now.start_men and not now.men:
            return [_will(now, was), *means]
        return [
            _will(now, was),
            *means,
            _Figure(
                "men",
                "men",
                thousands(now.men),
                "Men in play",
                f"of {thousands(now.establishment)}",
                MUTED,
                Tip(
                    "Men in play",
                    "Under arms on the map, bands included.",
                    (
                        ("Now", thousands(now.men)),
                        (_AGO, thousands(was.men)),
                        ("Establishment of these formations", thousands(now.establishment)),
                        ("At the start", thousands(now.start_men)),
                    ),
                    "Order of battle of the scenario, and formations raised since",
                ),
            ),
            _Figure(
                "stocks",
                "stocks",
                tonnes(now.stocks_kg),
                "Stocks",
                signed(stocks, " t / turn"),
                value_colour(stocks),
                Tip(
                    "Stocks in depots",
                    "Food, ammunition and fuel that forces draw on, without what they carry.",
                    (("Now", tonnes(now.stocks_kg)), (_AGO, tonnes(was.stocks_kg))),
                    "Rulebook, chapter 4",
                ),
            ),
            _Figure(
                "lift",
                "truck",
                f"{now.lift / HAUL_KM:,.0f} t/day",
                "Lift",
                f"{percent(used)} used",
                WARN if used > 0.8 else MUTED,
                Tip(
                    "Road transport",
                    f"Tonnes a day that lorries can haul over {HAUL_KM} km, and how much was used. Over half "
                    "the way they haul twice as much.",
                    (
                        ("Can haul", f"{now.lift / HAUL_KM:,.0f} t a day over {HAUL_KM} km"),
                        ("Used", f"{now.lift_used / HAUL_KM:,.0f} t a day over {HAUL_KM} km"),
                    ),
                    "Rulebook, chapter 4",
                ),
            ),
            _Figure(
                "air",
                "air",
                f"{now.sorties} / day",
                "Sorties",
                "",
                MUTED,
                Tip(
                    "Air sorties",
                    "Flown over battles within reach of the airfields; shared among them by the rules.",
                    (("A day", str(now.sorties)),),
                    "Rulebook, chapter 6",
                ),
            ),
        ]


def _without_past(figure: _Figure) -> _Figure:
    """A figure of which it is not known yet what it was a turn ago."""
    rows = tuple(row for row in figure.tip.rows if row[0] != _AGO)
    known = figure.key not in ("will", "weariness", "stocks")
    return replace(figure, change=figure.change if known else "", tip=replace(figure.tip, rows=rows))


def _will(now: SideFigures, was: SideFigures) -> _Figure:
    return _Figure(
        "will",
        "will",
        f"{now.will:.0f}",
        "Political will",
        signed(now.will - was.will) + " last turn",
        value_colour(now.will - was.will),
        Tip(
            "Political will",
            "Readiness to go on with the war, 0 to 100. Losses and lost places lower it.",
            (("Now", f"{now.will:.1f}"), (_AGO, f"{was.will:.1f}")),
            "Rulebook, chapter 12",
        ),
    )


def _millions(value: float) -> str:
    return f"US$ {value:+,.1f} m".replace("-", "−")


def means_figures(now: SideFigures, was: SideFigures) -> list[_Figure]:
    """Weariness and money, for sides whose factions keep accounts."""
    if not now.keeps:
        return []
    weary = now.weariness - was.weariness
    tired = _Figure(
        "weariness", "rain", f"{now.weariness:.0f}", "Weariness", signed(weary), value_colour(weary, good_up=False),
        Tip("War weariness", "0 to 100: grows with the dead, the years and the cost of the war.",
            (("Now", f"{now.weariness:.1f}"), (_AGO, f"{was.weariness:.1f}")), "Rulebook, chapter 12"),
    )  # fmt: skip
    money = _Figure(
        "money", "diamond", f"$ {now.money:,.0f} m", "Money", signed(now.income, " m / month"),
        value_colour(now.income),
        Tip("Money at hand", "US$ million. What came in last month, less what was spent, is shown beside it.",
            (("At hand", f"US$ {now.money:,.1f} m"), ("Balance of last month", _millions(now.income)),
             *((name, _millions(value)) for name, value in now.moved)),
            "Rulebook, chapter 10"),
    )  # fmt: skip
    return [tired, money]
