"""The window: one loop, a stack of screens, the settings, and the kernels that compile behind the menu."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pygame

from game.engine.playable import Playable
from game.engine.session import Session
from game.ui import settings as settings_module
from game.ui import work
from game.ui.actions import Action, Pop, Push, Quit, Replace
from game.ui.fonts import Fonts
from game.ui.keyboard import Keyboard
from game.ui.keys import ARROWS, REPEATED, KeyMap
from game.ui.mapview import MapView
from game.ui.screen import Screen
from game.ui.screens.dialogs import quit_asked
from game.ui.screens.help import HelpScreen
from game.ui.settings import SCALES, Settings
from game.ui.shelf import Library
from game.ui.styles import style_of
from game.ui.warmth import Warmth, WarmUp
from game.ui.work import Task

FRAMES_A_SECOND = 60
HELD_S = 1.5
"""Seconds after which a key that was last told counts as let go, though nobody said so: a window that changes to the
full screen may not hear of it.
"""
CALM_AFTER_S = 0.5
"""Seconds without any event after which a screen on which nothing moves is drawn less often."""
CALM_FRAME_S = 0.1
"""How often it is drawn then: the time goes to the work in the background, and to the machine's owner."""
BUSY_FRAME_S = 0.05
"""How often a map that stands still is drawn while finer ground of it is being made."""
SWITCH_S = 0.001
"""How long another thread may keep the interpreter when the window wants it: far less than a frame."""
LEAST_SIZE = (640, 400)
TITLE = "Kampuchea 1977–1997"


class App:
    """What all screens share. Screens reach one another only through actions."""

    def __init__(
        self,
        settings: Settings,
        settings_path: Path,
        library: Library | None = None,
        size: tuple[int, int] | None = None,
        scale: float | None = None,
        saves: Path | None = None,
        warm_up: WarmUp | None = None,
    ) -> None:
        """Open the window. `warm_up` compiles the kernels; it runs in the background from now on."""
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption(TITLE)
        pygame.key.set_repeat(350, 45)
        self._switch_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        self.settings, self.settings_path = settings, settings_path
        self.saves = saves or settings_module.saves_folder()
        self.keys = KeyMap(settings.keys, Keyboard.present())
        self.keys.changed = self._rename_keys
        self.library = library or Library()
        self._windowed = size or (settings.width, settings.height)
        self.window = self._open(self._windowed)
        self.fonts = Fonts(scale or settings.scale)
        self.stack: list[Screen] = []
        self.clock = pygame.time.Clock()
        self.home: Callable[[], Screen] | None = None
        """Makes the menu; set by whoever opens the window."""
        self.table: Callable[[Session], Screen] | None = None
        """Makes the play screen of a session."""
        self.reading: Task[dict[str, Playable]] = Task(self.library.read, "scenarios")
        """The playable scenarios, by id."""
        self._views: dict[str, tuple[float, MapView]] = {}
        self.warmth = Warmth(warm_up)
        self.running = True
        self._down: dict[int, float] = {}
        """Keys that are held down, as far as the events taken tell, and when they were last told."""
        self._quiet = 0.0
        """Seconds since the last event."""
        self._undrawn = 0.0
        """Seconds since the last picture."""

    def _open(self, size: tuple[int, int]) -> pygame.Surface:
        if self.settings.fullscreen and os.environ.get("SDL_VIDEODRIVER") != "dummy":
            return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        return pygame.display.set_mode(size, pygame.RESIZABLE)

    # --- services ---------------------------------------------------------------------------------------------
    @property
    def warm(self) -> bool:
        """Whether the kernels are compiled."""
        return self.warmth.done

    def read_again(self) -> None:
        """Look for scenarios that have come or changed since."""
        if self.reading.done:
            self.reading = Task(self.library.read, "scenarios")

    @property
    def top(self) -> Screen:
        return self.stack[-1]

    def map_view(self, playable: Playable) -> MapView:
        """The drawn map of a scenario at the present scale; made once and kept."""
        setting = playable.definition.setting
        name = playable.definition.hash
        kept = self._views.get(name)
        if kept is not None and kept[0] == self.fonts.scale:
            return kept[1]
        if kept is not None:
            kept[1].close()
        styles = [style_of(f) for f in setting.factions]
        view = MapView(setting.map, self.library.lines(playable), styles, self.fonts)
        self._views[name] = (self.fonts.scale, view)
        return view

    @property
    def drawing(self) -> bool:
        """Whether finer ground of a map is still being made."""
        return any(view.busy for _, view in self._views.values())

    def close(self) -> None:
        """End the threads, close the window, and leave Python as it was."""
        for _, view in self._views.values():
            view.close()
        self._views.clear()
        work.end_all()
        pygame.quit()
        sys.setswitchinterval(self._switch_s)

    def set_scale(self, scale: float) -> None:
        """Another size of letters, kept in the settings."""
        self.settings.scale = min(SCALES[-1], max(SCALES[0], scale))
        self.fonts = Fonts(self.settings.scale)

    def step_scale(self, by: int) -> None:
        """The next larger or smaller size."""
        nearest = min(range(len(SCALES)), key=lambda k: abs(SCALES[k] - self.fonts.scale))
        self.set_scale(SCALES[min(len(SCALES) - 1, max(0, nearest + by))])
        self.keep_settings()

    def toggle_fullscreen(self) -> None:
        self.settings.fullscreen = not self.settings.fullscreen
        self.window = self._open(self._windowed)
        self.keep_settings()

    def keep_settings(self) -> str:
        """Write the settings; what went wrong, in words, or nothing."""
        try:
            settings_module.store_settings(self.settings, self.settings_path)
        except OSError as error:
            return f"The settings could not be kept in {self.settings_path}: {error.strerror or error}"
        return ""

    # --- the loop ---------------------------------------------------------------------------------------------
    def obey(self, action: Action | None) -> None:
        """Do what a screen asks."""
        if isinstance(action, Push):
            if self.stack:
                self.top.released()
            self.stack.append(action.screen)
        elif isinstance(action, Pop):
            self._let_go(self.stack[-action.count :])
            del self.stack[-action.count :]
            if self.stack:
                self.stack[-1].touch()
                self.stack[-1].relayout()
        elif isinstance(action, Replace):
            self._let_go(self.stack)
            self.stack = [action.screen]
        elif isinstance(action, Quit):
            self.running = False
        if not self.stack:
            self.running = False

    def _let_go(self, screens: list[Screen]) -> None:
        """Have screens that close give back their pictures, which are large: they and their panes hold each other, so
        that all else of them stays until Python looks for such circles."""
        for screen in screens:
            screen.let_go()

    def frame(self, seconds: float | None = None) -> None:
        """Take the waiting events, let time pass, draw.

        `seconds`: time since the last frame. Measured if not given; a picture that stands still is then drawn less.
        """
        passed = self.clock.tick(FRAMES_A_SECOND) / 1000 if seconds is None else seconds
        with work.frame():
            self._frame(min(passed, 0.1) if seconds is None else passed, seconds is not None)

    def _frame(self, seconds: float, draw: bool) -> None:
        self._quiet += seconds
        for event in pygame.event.get():
            self._quiet = 0.0
            if not self._is_repeat(event):
                self._event(event)
            if event.type == pygame.KEYDOWN:
                self._down[event.key] = time.monotonic()
            if not self.running:
                return
        self.obey(self.top.tick(seconds))
        if self.running and self.warmth.changed():
            self.top.touch()
        self._undrawn += seconds
        if self.running and (draw or self._undrawn >= self._pace()):
            self._undrawn = 0.0
            self.draw()

    def _pace(self) -> float:
        """Seconds from picture to picture."""
        if self.top.moving:
            return 0.0
        return CALM_FRAME_S if self._quiet >= CALM_AFTER_S else BUSY_FRAME_S if self.drawing else 0.0

    def _is_repeat(self, event: pygame.event.Event) -> bool:
        """Whether a key that is held down is told again, and its command is not one to be given again and again.

        While the window is at work for longer than the keyboard waits, one short press is told several times as well.
        """
        if event.type == pygame.KEYUP:
            self._down.pop(event.key, None)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self._down.clear()
        elif event.type == pygame.KEYDOWN and time.monotonic() - self._down.get(event.key, -HELD_S) < HELD_S:
            command = self.keys.command(event, self.top.groups)
            return not (self.top.typing() or command in REPEATED or (command is None and event.key in ARROWS))
        return False

    def _event(self, event: pygame.event.Event) -> None:
        if event.type == pygame.QUIT:
            self.obey(quit_asked(self))
        elif event.type == pygame.VIDEORESIZE:
            size = max(LEAST_SIZE[0], event.w), max(LEAST_SIZE[1], event.h)
            if not self.settings.fullscreen:
                self._windowed = size
                self.settings.width, self.settings.height = size
            self.window = pygame.display.get_surface() or self.window
        elif event.type == pygame.KEYMAPCHANGED:
            self.keys.learn(Keyboard.present())
        elif event.type == pygame.KEYDOWN and self._global_key(event):
            return
        else:
            if event.type == pygame.WINDOWFOCUSLOST:
                self.top.released()
            self.obey(self.top.handle(event))

    def _global_key(self, event: pygame.event.Event) -> bool:
        command = self.keys.command(event, ("Everywhere",))
        if command == "help" and not isinstance(self.top, HelpScreen):
            self.obey(Push(HelpScreen(self)))
        elif command == "fullscreen":
            self.toggle_fullscreen()
        elif command in ("larger", "smaller"):
            self.step_scale(1 if command == "larger" else -1)
        else:
            return False
        return True

    def _rename_keys(self) -> None:
        """The keys have other names now: whatever shows one is painted anew."""
        for screen in self.stack:
            screen.touch()

    def draw(self) -> None:
        """Draw the topmost screen, and those that it lets show through."""
        first = len(self.stack) - 1
        while first > 0 and self.stack[first].over:
            first -= 1
        for k, screen in enumerate(self.stack[first:]):
            if k:
                veil = pygame.Surface(self.window.get_size())
                veil.set_alpha(120)
                self.window.blit(veil, (0, 0))
            screen.draw(self.window)
        self.warmth.draw(self.window, self.fonts)
        pygame.display.flip()

    def loop(self, max_frames: int | None = None) -> None:
        """Run until the window is closed, or for so many frames."""
        frames = 0
        while self.running and (max_frames is None or frames < max_frames):
            self.frame()
            frames += 1
