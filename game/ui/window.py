"""The window: one loop, a stack of screens, the settings, and the kernels that compile behind the menu."""

from __future__ import annotations

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
from game.ui.keeping import give_back, give_back_at_once
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
HEARTBEAT_S = 0.25
"""Longest that the window sleeps while nothing happens: then it looks round, and draws only what has changed."""
NAP_S = 0.01
"""How often it looks for events meanwhile: SDL's own waiting looks a thousand times a second, which costs more."""
BUSY_FRAME_S = 0.05
"""How often a picture that stands still is drawn while it is being made finer."""
TITLE_BAR = 64
"""Pixels of a desktop's height that title bar and panels may take."""
_UNMAXIMISED = 0.85
"""Share of the desktop that a window takes which has no size of its own that fits, when it is not maximised."""
SWITCH_S = 0.001
"""How long another thread may keep the interpreter when the window wants it: far less than a frame."""
LEAST_SIZE = (640, 400)
TITLE = "Kampuchea 1977–1997"


def fitting(wanted: tuple[int, int], desktop: tuple[int, int]) -> tuple[tuple[int, int], bool]:
    """A window's size that a desktop has room for with its title bar, and whether it is the wanted one."""
    if wanted[0] <= desktop[0] and wanted[1] <= desktop[1] - TITLE_BAR:
        return wanted, True
    w, h = (round(side * _UNMAXIMISED) for side in desktop)
    return (min(wanted[0], w), min(wanted[1], h)), False


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
        give_back_at_once()
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
        self._asked = size
        self._windowed = size or (settings.width, settings.height)
        self._whole = self._open()
        self.fonts = Fonts(scale or settings.scale)
        self.stack: list[Screen] = []
        self.clock = pygame.time.Clock()
        self.home: Callable[[], Screen] | None = None
        """Makes the menu; set by whoever opens the window."""
        self.table: Callable[[Session], Screen] | None = None
        """Makes the play screen of a session."""
        self.reading: Task[dict[str, Playable]] = Task(self.library.read, "scenarios")
        """The playable scenarios, by id."""
        self._map: tuple[tuple[str, float], MapView] | None = None
        """The map drawn last: of which scenario, at which scale."""
        self.warmth = Warmth(warm_up)
        self.running = True
        self._down: dict[int, float] = {}
        """Keys that are held down, as far as the events taken tell, and when they were last told."""
        self._touched = True
        """Whether something has happened since the last picture."""
        self._undrawn = 0.0
        """Seconds since the last picture."""
        self._due = 0.0
        """Seconds after the last picture at which it changes by itself."""
        self._untidy = False
        """Whether something large was closed since memory was last given back."""

    def _open(self) -> pygame.Surface:
        """The window: as large as asked for; else as it was left, but never larger than the desktop."""
        if pygame.display.get_driver() == "dummy" or self._asked is not None:
            return pygame.display.set_mode(self._windowed, pygame.RESIZABLE)
        if self.settings.fullscreen:
            return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        self._windowed, fits = fitting(self._windowed, pygame.display.get_desktop_sizes()[0])
        window = pygame.display.set_mode(self._windowed, pygame.RESIZABLE)
        if self.settings.maximised or not fits:
            pygame.Window.from_display_module().maximize()
        return window

    # --- services ---------------------------------------------------------------------------------------------
    @property
    def window(self) -> pygame.Surface:
        """Where screens draw: the whole window but for the line on rules that are being compiled."""
        return self.warmth.room(self._whole, self.fonts)

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
        """The drawn map of a scenario at the present scale; kept until another is asked for."""
        setting = playable.definition.setting
        key = playable.definition.hash, self.fonts.scale
        if self._map is None or self._map[0] != key:
            if self._map is not None:
                self._map[1].close()
            styles = [style_of(f) for f in setting.factions]
            self._map = key, MapView(setting.map, self.library.lines(playable), styles, self.fonts)
        return self._map[1]

    @property
    def nbytes(self) -> int:
        """Bytes of the drawings that the map and the letters keep."""
        return self.fonts.nbytes if self._map is None else self._map[1].nbytes

    @property
    def drawing(self) -> bool:
        """Whether what is seen is still being made finer."""
        return any(screen.unfinished for screen in self._seen())

    def close(self) -> None:
        """End the threads, close the window, and leave Python as it was."""
        if self._map is not None:
            self._map[1].close()
            self._map = None
        work.end_all()
        pygame.quit()
        sys.setswitchinterval(self._switch_s)

    def set_scale(self, scale: float) -> None:
        """Another size of letters, kept in the settings."""
        self.settings.scale = min(SCALES[-1], max(SCALES[0], scale))
        self.fonts.let_go()
        self.fonts = Fonts(self.settings.scale)

    def step_scale(self, by: int) -> None:
        """The next larger or smaller size."""
        nearest = min(range(len(SCALES)), key=lambda k: abs(SCALES[k] - self.fonts.scale))
        self.set_scale(SCALES[min(len(SCALES) - 1, max(0, nearest + by))])
        self.keep_settings()

    def toggle_fullscreen(self) -> None:
        self.settings.fullscreen = not self.settings.fullscreen
        self._whole = self._open()
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
        self._touched = self._touched or action is not None
        if isinstance(action, Push):
            if self.stack:
                self.top.released()
            if not action.screen.over:
                self._let_go(self.stack)  # nothing of them is seen until they are on top and painted again
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
            self._untidy = True
        elif isinstance(action, Quit):
            self.running = False
        if not self.stack:
            self.running = False

    def _let_go(self, screens: list[Screen]) -> None:
        """Have screens that close, or are covered, give back their pictures, which are large. A closed screen and its
        panes hold each other, so that all else of them stays until Python looks for such circles.
        """
        for screen in screens:
            screen.let_go()

    def frame(self, seconds: float | None = None) -> None:
        """Take the waiting events, let time pass, draw.

        `seconds`: time since the last frame. Measured if not given; the window then sleeps while nothing happens, and
        draws only what has changed.
        """
        if seconds is None:
            self._rest()
        passed = min(self.clock.tick(FRAMES_A_SECOND) / 1000, 0.1) if seconds is None else seconds
        if self.running:
            with work.frame():
                self._frame(passed, seconds is not None)

    def tidy(self) -> None:
        """Give back the memory of what was closed."""
        self._untidy = False
        give_back()

    def _rest(self) -> None:
        """Sleep until something happens or is due, unless there is something to draw now."""
        if self._touched or self.top.moving or self._undrawn == 0:
            return
        if self._untidy and not self.drawing:
            self.tidy()
        pace = BUSY_FRAME_S if self.drawing else HEARTBEAT_S
        pause = min(HEARTBEAT_S, max(0.0, min(pace, self._due) - self._undrawn) or pace)
        end = time.monotonic() + pause
        while not pygame.event.peek() and time.monotonic() < end:
            time.sleep(NAP_S)
        slept = self.clock.tick() / 1000
        self._undrawn += slept
        self.obey(self.top.tick(slept))

    def _frame(self, seconds: float, draw: bool) -> None:
        for event in pygame.event.get():
            if event.type == work.NEWS:
                continue  # it has woken the window; what is new shows in the screens
            self._touched = True
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
        if self.running and (draw or self._is_due()):
            self.draw()

    def _is_due(self) -> bool:
        """Whether there is something new to be seen, and it is time to draw it."""
        if self._touched or self.top.moving or any(screen.stale for screen in self._seen()):
            return True
        return self._undrawn >= (BUSY_FRAME_S if self.drawing else self._due)

    def _seen(self) -> list[Screen]:
        """The topmost screen, and those below that it lets show through; the topmost last."""
        first = max((k for k, screen in enumerate(self.stack) if not screen.over), default=0)
        return self.stack[first:]

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
            if not self.settings.fullscreen and not self.settings.maximised:
                self._windowed = size
                self.settings.width, self.settings.height = size
            self._whole = pygame.display.get_surface() or self._whole
        elif event.type == pygame.KEYMAPCHANGED:
            self.keys.learn(Keyboard.present())
        elif event.type in (pygame.WINDOWMAXIMIZED, pygame.WINDOWRESTORED):
            self.settings.maximised = event.type == pygame.WINDOWMAXIMIZED
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
        window = self.window
        for k, screen in enumerate(self._seen()):
            if k:
                veil = pygame.Surface(window.get_size())
                veil.set_alpha(120)
                window.blit(veil, (0, 0))
            screen.draw(window)
        self.warmth.draw(self._whole, self.fonts)
        pygame.display.flip()
        self._touched = False
        self._undrawn, self._due = 0.0, self.top.due

    def loop(self, max_frames: int | None = None) -> None:
        """Run until the window is closed, or for so many frames."""
        frames = 0
        while self.running and (max_frames is None or frames < max_frames):
            self.frame()
            frames += 1
