"""Choosing a scenario, a side and the opponents."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

import pygame

from game.core.setting import Side
from game.ui.actions import Action, Push, Replace
from game.ui.brush import Brush, Tip
from game.ui.pane import Pane
from game.ui.picture import Picture
from game.ui.screen import Screen
from game.ui.screens.dialogs import error_dialog
from game.ui.screens.entry import EntryDialog
from game.ui.screens.saves import LoadScreen
from game.ui.shelf import MOST_SEED, Entry
from game.ui.styles import style_of
from game.ui.theme import BAD, BRASS, DIM, HOVER, LINE, MUTED, RAISED, TEXT, WARN, WINDOW
from game.ui.words import full_day, reflowed
from game.ui.work import Task

if TYPE_CHECKING:
    from game.ui.window import App

HEADER = 64.0
PATIENCE_S = 12.0
"""Longest wait for the compiled rules; after that they run uncompiled for a while, to the same results."""
WATCH = ""
"""The choice of watching instead of a side's id."""
TABS = ("Scenario", "Briefing", "Side")
LINKS = (
    "Records of the tribunal: eccc.gov.kh · Documentation Center of Cambodia: dccam.org\n"
    "To read: Chandler, A History of Cambodia · Morris, Why Vietnam Invaded Cambodia · "
    "Gottesman, Cambodia After the Khmer Rouge"
)


class Picker(Screen):
    """Scenarios at the left, map and briefing in the middle, side and content note at the right."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.entries: list[Entry] = []
        self.playables: dict[str, Any] = {}
        self.chosen = ""
        self.side = WATCH
        self.agent = 0
        self.seed = secrets.randbelow(MOST_SEED)
        self.waiting = False
        self._waited = 0.0
        self.notice = ""
        self.tab = 0
        self._note_open = not app.settings.note_read
        self._taken = False
        self._starting: Task[Any] | None = None
        self.picture = Picture(app)
        self.list_pane = Pane("list", self._list, lambda: ("Scenarios", f"{len(self.entries)} · by date"))
        self.map_pane = Pane("map", self._map, kind="plain")
        self.briefing_pane = Pane("briefing", self._briefing, lambda: ("Briefing", ""))
        self.side_pane = Pane("side", self._sides, lambda: ("Side", ""))
        self.note_pane = Pane("note", self._note, lambda: ("Content note", ""))
        self.begin_pane = Pane("begin", self._begin, kind="plain")
        self.tabs_pane = Pane("tabs", self._tabs, kind="plain")
        self.panes = [
            self.tabs_pane,
            self.list_pane,
            self.map_pane,
            self.briefing_pane,
            self.side_pane,
            self.note_pane,
            self.begin_pane,
        ]

    # --- reading ----------------------------------------------------------------------------------------------
    def update(self, seconds: float) -> Action | None:
        if self.picture.update():
            self.touch("map")
        if not self._taken and self.app.reading.done:
            self._taken = True
            if self.app.reading.error is not None:
                return error_dialog(self.app, "The scenarios could not be read", self.app.reading.error)
            self._take(self.app.reading.result())
        if self.waiting:
            self._waited += seconds
        ready = self.app.warm or self._waited > PATIENCE_S
        if self.waiting and ready and self._starting is None:
            playable = self.playables[self.chosen]
            agent = self.app.library.agents()[self.agent]
            agents = dict.fromkeys(playable.sides, agent)
            side, seed = self.side or None, self.seed
            self._starting = Task(lambda: self.app.library.begin(playable, side, agents, seed), "begin")
        if self._starting is not None and self._starting.done:
            task2, self._starting, self.waiting = self._starting, None, False
            self.touch("begin")
            if task2.error is not None:
                return error_dialog(self.app, "The game could not be begun", task2.error)
            assert self.app.table is not None
            return Replace(self.app.table(task2.result()))
        return None

    def _take(self, playables: dict[str, Any]) -> None:
        self.playables = playables
        found = [(p.definition, id_) for id_, p in playables.items()]
        self.entries = sorted(
            (Entry(id_, d.title, d.start, d.end, len(d.setting.forces), len(d.milestones)) for d, id_ in found),
            key=lambda e: (e.start, e.end, e.id),
        )
        if self.entries:
            self._choose(self.entries[0].id)
        self.marks.focus = f"list.{self.chosen}"

    def _choose(self, id_: str) -> Action | None:
        self.chosen = id_
        setting = self.playables[id_].definition.setting
        self.side = next((s.id for s in setting.sides if s.playable), WATCH)
        self.picture.show(self.playables[id_])
        self.touch()
        return None

    # --- layout -----------------------------------------------------------------------------------------------
    def layout(self, width: float, height: float) -> None:
        top, g = HEADER + 8, 12.0
        wide = width >= 1180 and height >= 600
        for pane in self.panes:
            pane.shown = wide or pane is self.begin_pane
        self.tabs_pane.shown = not wide
        if wide:
            left = min(520.0, width * 0.27)
            right = min(552.0, width * 0.30)
            middle = width - left - right - 4 * g
            h = height - top - g
            self.list_pane.place((g, top, left, h))
            self.map_pane.place((left + 2 * g, top, middle, h * 0.56))
            self.briefing_pane.place((left + 2 * g, top + h * 0.56 + g, middle, h * 0.44 - g))
            self._right_column(width - right - g, top, right, h)
            return
        self.tabs_pane.place((g, top - 4, width - 2 * g, 34))
        h = height - top - 30 - g
        self.begin_pane.place((g, height - 52 - g / 2, width - 2 * g, 52))
        room = (g, top + 36, width - 2 * g, h - 62)
        if self.tab == 0:
            self.list_pane.shown = True
            self.list_pane.place(room)
        elif self.tab == 1:
            self.briefing_pane.shown = True
            self.briefing_pane.place(room)
        else:
            self.side_pane.shown = self.note_pane.shown = True
            half = (room[2] - g) / 2
            self.side_pane.place((room[0], room[1], half, room[3]))
            self.note_pane.place((room[0] + half + g, room[1], half, room[3]))

    def _right_column(self, x: float, top: float, w: float, h: float) -> None:
        begin = 132.0
        self.begin_pane.place((x, top + h - begin, w, begin))
        rest = h - begin - 24
        self.side_pane.place((x, top, w, rest))
        self.side_pane.refresh(self.app.fonts, self.marks)
        side = min(self.side_pane.natural + 4, rest - 110)
        self.side_pane.place((x, top, w, side))
        self.note_pane.place((x, top + side + 12, w, rest - side))

    # --- painting ---------------------------------------------------------------------------------------------
    def draw_below(self, window: pygame.Surface) -> None:
        window.fill(WINDOW)
        scratch = Brush(window, self.app.fonts, self.marks, "head", window.get_width() / self.app.fonts.scale, HEADER)
        used = scratch.text("KAMPUCHEA", 28, 33, TEXT, "serif_bold", 28)
        scratch.text("1977–1997", 28 + used + 24, 36, BRASS, "serif", 22)
        scratch.text("Choose a scenario", scratch.width - 28, 34, MUTED, "ui", 13, "r")
        scratch.rule(0, HEADER - 2, scratch.width, BRASS)

    def _tabs(self, brush: Brush) -> float:
        each = (brush.width - 16) / 3
        for k, label in enumerate(TABS):
            kind = "on" if k == self.tab else "quiet"
            brush.button(f"tab{k}", (k * (each + 8), 2, each, 30), label, partial(self._tab, k), kind=kind)
        return 34

    def _tab(self, tab: int) -> Action | None:
        self.tab = tab
        self.relayout()
        return None

    def _list(self, brush: Brush) -> float:
        if not self._taken:
            brush.text("Reading the scenarios…", 16, 28, MUTED)
            return 50
        y = 8.0
        for e in self.entries:
            box = (8, y, brush.width - 16, 64)
            chosen = e.id == self.chosen
            brush.box(box, HOVER if chosen or brush.is_hover(e.id) else RAISED, 5, BRASS if chosen else None)
            if chosen:
                brush.box((8, y + 1, 4, 62), BRASS)
            right = brush.width - 20
            used = brush.text(f"{e.formations} formations", right, y + 20, MUTED, "ui", 12, "r")
            brush.text(e.title, 26, y + 20, TEXT, "ui_semibold", 15, "l", right - used - 40)
            brush.text(f"{e.milestones} milestones", right, y + 44, MUTED, "ui", 12, "r")
            used = brush.text(e.period, 26, y + 44, MUTED, "ui", 13)
            self._period(brush, e, max(26 + used + 16, brush.width * 0.46), y + 44, right - 96)
            tip = Tip(e.title, rows=(("First day", full_day(e.start)), ("Last day", full_day(e.end))))
            brush.hot(e.id, box, partial(self._choose, e.id), tip)
            brush.ring(e.id, box)
            y += 72
        return y

    def _period(self, brush: Brush, e: Entry, x: float, y: float, right: float) -> None:
        if right - x < 30:
            return
        brush.box((x, y, right - x, 1), LINE)
        a, b = e.span
        brush.box((x + a * (right - x), y - 3, max(6.0, (b - a) * (right - x)), 7), BRASS, 1)

    def _map(self, brush: Brush) -> float:
        whole = brush.surface.get_rect()
        self.picture.draw(brush.surface, whole)
        if self.chosen:
            d = self.playables[self.chosen].definition
            h = self.map_pane.box[3]
            self.picture.shade(brush.surface, whole)
            date = f"{full_day(d.start)} – {full_day(d.end)}"
            used = brush.text(date, brush.width - 24, h - 34, TEXT, "ui_semibold", 15, "r")
            brush.text(d.title, 24, h - 34, (255, 250, 238), "serif_bold", 28, "l", brush.width - used - 60)
        pygame.draw.rect(brush.surface, BRASS, whole, 1)
        return self.map_pane.box[3]

    def _briefing(self, brush: Brush) -> float:
        if not self.chosen:
            return 40
        d = self.playables[self.chosen].definition
        s = d.setting
        y = 14.0
        y += brush.para(reflowed(d.briefing), 18, y, brush.width - 36, TEXT, "ui", 14, 1.5) + 14
        facts = (
            ("Map", f"hexes of {s.map.km_per_hex:g} km"),
            ("Turn", f"{s.days_per_turn:g} days · {s.turns} turns"),
            ("Impulses", f"{s.impulses_per_turn} a turn"),
            ("Formations", f"{len(s.forces)} in the order of battle"),
            ("Milestones", f"{len(d.milestones)} dated outcomes"),
            ("Confidence", f"{d.confidence:.1f} of 4, see sources"),
        )
        each = (brush.width - 36 - 16) / 3
        for k, (label, value) in enumerate(facts):
            box = (18 + (k % 3) * (each + 8), y + (k // 3) * 54, each, 46)
            brush.box(box, RAISED, 4)
            brush.text(label, box[0] + 12, box[1] + 14, MUTED, "ui", 11)
            brush.text(value, box[0] + 12, box[1] + 31, TEXT, "ui_semibold", 13, "l", each - 18)
        brush.hot(
            "confidence",
            (18 + 2 * (each + 8), y + 54, each, 46),
            None,
            Tip(
                "Confidence of the starting values",
                "Mean over all forces, from 0 (a guess) to 4 (documented). Each force's own is in its tooltip.",
                source="Sources: " + ", ".join(d.sources[:6]),
            ),
        )
        y += 118
        words = "Sources: " + ", ".join(d.sources) if d.sources else d.summary
        return y + brush.para(words, 18, y, brush.width - 36, MUTED, "ui_italic", 12) + 12

    def _sides(self, brush: Brush) -> float:
        if not self.chosen:
            return 40
        d = self.playables[self.chosen].definition
        y = 8.0
        for side in d.setting.sides:
            if side.playable:
                goals = sum(1 for o in d.objectives if d.setting.sides[o.side].id == side.id)
                sub = reflowed(side.note) or f"{goals} objectives"
                y = self._side_row(brush, y, side.id, side.name, sub, side)
        y = self._side_row(brush, y, WATCH, "Watch: AI against AI", "all sides, any speed, whose eyes you like", None)
        y += 6
        agents = self.app.library.agents()
        self._choice(brush, "agent", y, "Opponents", f"{agents[self.agent]} · no handicap, obeys fog", self._next_agent)
        self._choice(
            brush,
            "seed",
            y + 34,
            "Seed",
            str(self.seed),
            self._ask_seed,
            Tip("Seed of chance", "The same seed and the same orders give the same game, to the last man."),
        )
        hidden = "on" if self.app.settings.hide_sensitive else "off"
        label = "Hide texts on atrocity and famine"
        self._choice(
            brush,
            "hide",
            y + 68,
            label,
            hidden,
            self._toggle_hide,
            Tip(label, "Such texts stay behind one click. The facts themselves are never left out of the ledger."),
        )
        return y + 108

    def _side_row(self, brush: Brush, y: float, id_: str, name: str, sub: str, side: Side | None) -> float:
        key = f"side_{id_}"
        chosen = self.side == id_
        setting = self.playables[self.chosen].definition.setting
        height = 58.0
        box = (8, y, brush.width - 16, height)
        brush.box(box, HOVER if chosen or brush.is_hover(key) else RAISED, 5, BRASS if chosen else None, 2)
        if side is None:
            brush.icon("eye", 37, y + height / 2, MUTED, 24)
        else:
            brush.chip(style_of(setting.factions[side.factions[0]]), 22, y + height / 2)
        brush.text(name, 66, y + 20, TEXT, "ui_semibold", 15, "l", brush.width - 120)
        brush.text(sub, 66, y + 41, MUTED, "ui", 12, "l", brush.width - 120)
        cx = brush.width - 32
        brush.box((cx - 9, y + height / 2 - 9, 18, 18), WINDOW, 9, BRASS if chosen else DIM, 1.5)
        if chosen:
            brush.box((cx - 5, y + height / 2 - 5, 10, 10), BRASS, 5)
        tip = (
            Tip(name, reflowed(side.briefing or side.note))
            if side is not None and (side.briefing or side.note)
            else None
        )
        brush.hot(key, box, lambda: self._take_side(id_), tip)
        brush.ring(key, box)
        return y + height + 8

    def _choice(
        self, brush: Brush, key: str, y: float, label: str, value: str, act: Any, tip: Tip | None = None
    ) -> None:
        box = (8, y, brush.width - 16, 30)
        if brush.is_hover(key):
            brush.box(box, RAISED, 4)
        used = brush.text(value, brush.width - 20, y + 15, TEXT, "ui_semibold", 13, "r", brush.width * 0.6)
        brush.text(label, 20, y + 15, MUTED, "ui", 13, "l", brush.width - 50 - used)
        brush.hot(key, box, act, tip)
        brush.ring(key, box)

    def _note(self, brush: Brush) -> float:
        if not self.chosen:
            return 40
        read = self.app.settings.note_read
        if read and not self._note_open:
            brush.button("show", (16, 12, min(200, brush.width - 32), 30), "Show the note again", self._show_note)
            return 54
        y = 12.0
        text = self.playables[self.chosen].definition.content_note
        y += brush.para(reflowed(text), 18, y, brush.width - 36, TEXT, "ui", 14, 1.5) + 8
        y += brush.para(LINKS, 18, y, brush.width - 36, BRASS, "ui", 12, 1.5) + 20
        brush.check("read", 18, y, "I have read this. Do not show it again.", read, self._acknowledge, brush.width - 36)
        return y + 24

    def _begin(self, brush: Brush) -> float:
        tall = self.begin_pane.box[3] > 100
        words, act = self._begin_words()
        w = brush.width
        if tall:
            brush.button("begin", (0, 0, w, 64), words, act, "Enter", "primary", size=20)
            brush.button("load", (0, 76, w / 2 - 6, 34), "Load a saved game", self._load, self.app.keys.shown("load"))
            brush.button("back", (w / 2 + 6, 76, w / 2 - 6, 34), "Back", self.back, "Esc")
            y = 122.0
        else:
            brush.button("back", (0, 8, 110, 36), "Back", self.back, "Esc")
            brush.button("begin", (w - 260, 8, 260, 36), words, act, "Enter", "primary", size=16)
            y = 26.0
        if self.notice:
            brush.text(
                self.notice, w / 2 if tall else 122, y, BAD, "ui", 12, "c" if tall else "l", w if tall else w - 390
            )
        elif self.waiting:
            brush.text(
                "Compiling the rules for this machine; once only",
                w / 2 if tall else 122,
                y,
                WARN,
                "ui",
                12,
                "c" if tall else "l",
                w if tall else w - 390,
            )
        elif tall and self.chosen:
            hash_ = self.playables[self.chosen].definition.hash
            brush.text(
                f"scenario {hash_[:4]}…{hash_[-4:]} · same seed, same orders, same game",
                w / 2,
                y,
                DIM,
                "ui",
                12,
                "c",
                w,
            )
        return self.begin_pane.box[3]

    def _begin_words(self) -> tuple[str, Any]:
        if self.waiting:
            return ("Starting…" if self._starting is not None else "Waiting for the rules…"), None
        return "Begin", self._start if self.chosen else None

    # --- choices ----------------------------------------------------------------------------------------------
    def _take_side(self, id_: str) -> Action | None:
        self.side = id_
        self.touch()
        return None

    def _next_agent(self) -> Action | None:
        self.agent = (self.agent + 1) % len(self.app.library.agents())
        self.touch("side")
        return None

    def _ask_seed(self) -> Action | None:
        def fault(text: str) -> str:
            right = text.isascii() and text.isdigit() and int(text) <= MOST_SEED
            return "" if right else f"A seed is a whole number from 0 to {MOST_SEED}"

        def done(text: str) -> Action | None:
            self.seed = int(text)
            self.touch("side")
            return None

        prompt = "Chance follows from this number. Leave it, or type one to repeat a game."
        return Push(EntryDialog(self.app, "Seed", prompt, str(self.seed), fault, done))

    def _toggle_hide(self) -> Action | None:
        self.app.settings.hide_sensitive = not self.app.settings.hide_sensitive
        self.notice = self.app.keep_settings()
        self.touch()
        return None

    def _acknowledge(self) -> Action | None:
        self.app.settings.note_read = not self.app.settings.note_read
        self.notice = self.app.keep_settings()
        self._note_open = True
        self.touch()
        return None

    def _show_note(self) -> Action | None:
        self._note_open = True
        self.touch("note")
        return None

    def _load(self) -> Action | None:
        return Push(LoadScreen(self.app))

    def _start(self) -> Action | None:
        if not self.app.settings.note_read:
            self.notice = "Please read the content note and tick its box first"
            self.marks.focus = "note.read"
            self.tab = 2
            self.relayout()
            return None
        self.notice = ""
        self.waiting, self._waited = True, 0.0
        self.touch("begin")
        return None

    def command(self, command: str) -> Action | None:
        if command == "accept":
            return self._start() if self.chosen and not self.waiting else None
        if command == "load":
            return self._load()
        return super().command(command)

    def back(self) -> Action | None:
        if self.waiting:
            return None
        return super().back()
