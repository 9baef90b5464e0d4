"""Choosing a scenario, a side and the opponents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pygame

from game.ui.actions import Action, Push, Replace
from game.ui.brush import Brush
from game.ui.pane import Pane
from game.ui.picture import Picture
from game.ui.screen import Screen
from game.ui.screens.dialogs import error_dialog
from game.ui.screens.draft import Draft
from game.ui.screens.saves import LoadScreen
from game.ui.screens.shelfpanes import BriefingPane, LandPane, ScenarioList
from game.ui.screens.sidepane import SidePane
from game.ui.screens.tabs import Tabs
from game.ui.theme import BAD, BRASS, DIM, MUTED, TEXT, WINDOW
from game.ui.words import reflowed
from game.ui.work import Task

if TYPE_CHECKING:
    from game.ui.window import App

HEADER = 64.0
TABS = ("Scenario", "Briefing", "Side")
_NOTE = 0.55
"""Most of the right column that the content note takes while it is open."""
LINKS = (
    "Records of the tribunal: eccc.gov.kh · Documentation Center of Cambodia: dccam.org\n"
    "To read: Chandler, A History of Cambodia · Morris, Why Vietnam Invaded Cambodia · "
    "Gottesman, Cambodia After the Khmer Rouge"
)


class Picker(Screen):
    """Scenarios at the left, map and briefing in the middle, side and content note at the right."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        app.read_again()
        self.draft = Draft(app.library.agents())
        self.notice = ""
        self._note_open = not app.settings.note_read
        self._taken = False
        self._starting: Task[Any] | None = None
        self.picture = Picture(app)
        self.list = ScenarioList(self.draft, self._choose, lambda: self._taken)
        self.land = LandPane(self.draft, self.picture)
        self.briefing = BriefingPane(self.draft, lambda: app.settings.hide_sensitive)
        self.side = SidePane(app, self.draft, self._changed)
        self.note_pane = Pane("note", self._note, lambda: ("Content note", ""))
        self.begin_pane = Pane("begin", self._begin, kind="plain")
        self.tabs = Tabs(self, TABS)
        self.panes = [
            self.tabs.pane, self.list.pane, self.land.pane, self.briefing.pane, self.side.pane, self.note_pane,
            self.begin_pane,
        ]  # fmt: skip

    @property
    def chosen(self) -> str:
        """Id of the chosen scenario; empty until they have been read."""
        return self.draft.chosen

    @property
    def unfinished(self) -> bool:
        return self.picture.unfinished

    # --- reading ----------------------------------------------------------------------------------------------
    def update(self, seconds: float) -> Action | None:
        if self.picture.update():
            self.touch("map")
        if not self._taken and self.app.reading.done:
            self._taken = True
            if self.app.reading.error is not None:
                return error_dialog(self.app, "The scenarios could not be read", self.app.reading.error)
            self._take()
        if self._starting is not None and self._starting.done:
            task, self._starting = self._starting, None
            self.touch("begin")
            if task.error is not None:
                return error_dialog(self.app, "The game could not be begun", task.error)
            assert self.app.table is not None
            return Replace(self.app.table(task.result()))
        return None

    def _take(self) -> None:
        self.draft.take(self.app.reading.result(), self.app.library.broken)
        if self.draft.entries:
            self._choose(self.draft.chosen)
        self.marks.focus = f"list.{self.draft.chosen}"

    def _choose(self, id_: str) -> Action | None:
        self.draft.choose(id_)
        self.notice = ""
        if self.draft.playable is not None:
            self.picture.show(self.draft.playable)
        self.briefing.pane.scroll = 0.0
        self.relayout()
        return None

    def _changed(self, notice: str) -> None:
        self.notice = notice
        self.relayout()

    def _beginning(self) -> Task[Any]:
        draft, playable = self.draft, self.draft.playable
        assert playable is not None
        side, agents, seed = draft.side or None, draft.agents(), draft.seed
        return Task(lambda: self.app.library.begin(playable, side, agents, seed), "begin")

    # --- layout -----------------------------------------------------------------------------------------------
    def layout(self, width: float, height: float) -> None:
        top, g = HEADER + 8, 12.0
        wide = width >= 1180 and height >= 600
        for pane in self.panes:
            pane.shown = wide or pane is self.begin_pane
        self.tabs.pane.shown = not wide
        if wide:
            left = min(520.0, width * 0.27)
            right = min(552.0, width * 0.30)
            middle = width - left - right - 4 * g
            h = height - top - g
            self.list.pane.place((g, top, left, h))
            self.land.pane.place((left + 2 * g, top, middle, h * 0.56))
            self.briefing.pane.place((left + 2 * g, top + h * 0.56 + g, middle, h * 0.44 - g))
            self._right_column(width - right - g, top, right, h)
            return
        self.tabs.pane.place((g, top - 4, width - 2 * g, 34))
        h = height - top - 30 - g
        self.begin_pane.place((g, height - 52 - g / 2, width - 2 * g, 52))
        room = (g, top + 36, width - 2 * g, h - 62)
        if self.tabs.chosen == 0:
            self.list.pane.shown = True
            self.list.pane.place(room)
        elif self.tabs.chosen == 1:
            self.briefing.pane.shown = True
            self.briefing.pane.place(room)
        else:
            self.side.pane.shown = self.note_pane.shown = True
            half = (room[2] - g) / 2
            self.side.pane.place((room[0], room[1], half, room[3]))
            self.note_pane.place((room[0] + half + g, room[1], half, room[3]))

    def _right_column(self, x: float, top: float, w: float, h: float) -> None:
        begin = 132.0
        self.begin_pane.place((x, top + h - begin, w, begin))
        rest = h - begin - 24
        note = 110.0
        if self._note_open:
            note = min(self.note_pane.needed(self.app.fonts, self.marks, (x, top, w, rest)), rest * _NOTE)
        side = min(self.side.pane.needed(self.app.fonts, self.marks, (x, top, w, rest)) + 4, rest - note)
        self.side.pane.place((x, top, w, side))
        self.note_pane.place((x, top + side + 12, w, rest - side))

    # --- painting ---------------------------------------------------------------------------------------------
    def draw_below(self, window: pygame.Surface) -> None:
        window.fill(WINDOW)
        scratch = Brush(window, self.app.fonts, self.marks, "head", window.get_width() / self.app.fonts.scale, HEADER)
        used = scratch.text("KAMPUCHEA", 28, 33, TEXT, "serif_bold", 28)
        scratch.text("1977–1997", 28 + used + 24, 36, BRASS, "serif", 22)
        scratch.text("Choose a scenario", scratch.width - 28, 34, MUTED, "ui", 13, "r")
        scratch.rule(0, HEADER - 2, scratch.width, BRASS)

    def _note(self, brush: Brush) -> float:
        d = self.draft.definition
        if d is None:
            return 40
        read = self.app.settings.note_read
        if read and not self._note_open:
            brush.button("show", (16, 12, min(200, brush.width - 32), 30), "Show the note again", self._show_note)
            return 54
        y = 12.0
        y += brush.para(reflowed(d.content_note), 18, y, brush.width - 36, TEXT, "ui", 14, 1.5) + 8
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
        else:
            brush.button("back", (0, 8, 110, 36), "Back", self.back, "Esc")
            brush.button("begin", (w - 260, 8, 260, 36), words, act, "Enter", "primary", size=16)
        said, colour = self._said()
        if said and tall:
            brush.text(said, w / 2, 122, colour, "ui", 12, "c", w)
        elif said and colour != DIM:
            brush.text(said, 122, 26, colour, "ui", 12, "l", w - 390)
        return self.begin_pane.box[3]

    def _said(self) -> tuple[str, Any]:
        """The line under the buttons, and its colour."""
        if self.notice:
            return self.notice, BAD
        if self.draft.definition is None:
            return "", DIM
        hash_ = self.draft.definition.hash
        return f"scenario {hash_[:4]}…{hash_[-4:]} · same seed, same orders, same game", DIM

    def _begin_words(self) -> tuple[str, Any]:
        if self._starting is not None:
            return "Starting…", None
        return "Begin", self._start if self.draft.playable is not None else None

    # --- choices ----------------------------------------------------------------------------------------------
    def _acknowledge(self) -> Action | None:
        self.app.settings.note_read = not self.app.settings.note_read
        self.notice = self.app.keep_settings()
        self._note_open = True
        if self.app.settings.note_read and self.marks.focus:
            self.marks.focus = "begin.begin"  # Enter begins, as the button says
        self.touch()
        return None

    def _show_note(self) -> Action | None:
        self._note_open = True
        self.relayout()
        return None

    def _load(self) -> Action | None:
        return Push(LoadScreen(self.app))

    def _start(self) -> Action | None:
        if not self.app.settings.note_read:
            self.notice = "Please read the content note and tick its box first"
            self.marks.focus = "note.read"
            self._note_open = True
            self.tabs.choose(2)
            self.note_pane.scroll_by(self.note_pane.content)
            return None
        self.notice = ""
        self._starting = self._beginning()
        self.touch("begin")
        return None

    def _key(self, event: pygame.event.Event) -> Action | None:
        settled = (f"list.{self.draft.chosen}", f"side.side_{self.draft.side}")
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.marks.focus in settled:
            return self.command("accept")  # it is chosen already: Enter begins, as its button says
        return super()._key(event)

    def command(self, command: str) -> Action | None:
        if command == "accept":
            return self._start() if self.draft.playable is not None and self._starting is None else None
        if command == "load":
            return self._load()
        return super().command(command)

    def back(self) -> Action | None:
        if self._starting is not None:
            return None
        return super().back()
