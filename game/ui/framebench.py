"""How long a frame takes without a display: the play screen while the map is panned is part of `kampuchea bench`;
`python -m game.ui.framebench` measures every overlay and page of the campaign as well.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pygame

from game.ui.actions import Pop, Push
from game.ui.app import first_screen
from game.ui.pages.screen import PAGE_COMMANDS, PagesScreen
from game.ui.play.hands import OVERLAYS
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings
from game.ui.shelf import Library
from game.ui.staging import open_campaign, open_game, settle
from game.ui.window import App

SIZE = (1920, 1080)
FRAME_S = 1 / 60
STEP = 24
"""Pixels panned between frames."""

Times = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
"""Milliseconds of each frame, by the clock and of the window's own thread."""


def pan_frame_ms(frames: int = 600) -> dict[str, float]:
    """Pan the play screen in a snake over the whole map at 1920 x 1080: counters, names, arrows, panels, little map.

    Each frame is all that the window does: events, the passing of time, drawing, presenting. Keys: p50, p99, max, and
    cpu_p99 (milliseconds; the last without the time that other programs take), frames. Frames are paced to sixtieths
    of a second as in the window, which gives the background its share. The dummy driver presents to no display.
    """
    with open_window() as app:
        play = open_game(app)
        settle(app, lambda: not play.previews.busy)
        return _figures(pan(app, play, frames))


def campaign_frame_ms(frames: int = 300) -> dict[str, dict[str, float]]:
    """The grand campaign after some years, as pan_frame_ms: panned without an overlay and with each of them, and each
    page with the mouse wandering over it.
    """
    found: dict[str, dict[str, float]] = {}
    with open_window() as app:
        play = open_campaign(app)
        for overlay in ("", *OVERLAYS):
            if overlay:
                play.command(overlay)
            settle(app)
            found[overlay or "map"] = _figures(pan(app, play, frames))
            if overlay:
                play.command(overlay)
        for page in PAGE_COMMANDS:
            app.obey(Push(PagesScreen(app, play.match, page)))
            settle(app)
            found[page] = _figures(wander(app, frames))
            app.obey(Pop())
    return found


@contextmanager
def open_window() -> Iterator[App]:
    """The menu in a window of SIZE that nobody sees and that keeps nothing."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    with tempfile.TemporaryDirectory(prefix="kampuchea-frames-") as folder:
        settings = Settings(note_read=True, edge_pan=False, reduced_motion=True)
        app = App(settings, Path(folder) / "settings.json", Library(), SIZE, 1.0, Path(folder))
        try:
            app.stack = [first_screen(app, None, [])]
            yield app
        finally:
            app.close()


def _figures(times: Times) -> dict[str, float]:
    took, spent = times
    return {
        "p50": round(float(np.percentile(took, 50)), 2),
        "p99": round(float(np.percentile(took, 99)), 2),
        "max": round(float(took.max()), 2),
        "cpu_p99": round(float(np.percentile(spent, 99)), 2),
        "frames": float(len(took)),
    }


def pan(app: App, play: PlayScreen, frames: int) -> Times:
    """Pan over the map, a step a frame."""
    heading, camera = 1, play.camera

    def step(k: int) -> None:
        nonlocal heading
        before = camera.origin
        camera.pan(heading * STEP, 0)
        if camera.origin == before:
            heading = -heading
            camera.pan(0, SIZE[1] // 2)
            if camera.origin == before:
                camera.look_at(0, 0)

    return _timed(app, frames, step)


def wander(app: App, frames: int) -> Times:
    """Move the mouse over the whole window, so that what it points at changes all the time."""

    def step(k: int) -> None:
        at = (k * STEP) % SIZE[0], (k * STEP // SIZE[0] * STEP * 2 + k) % SIZE[1]
        pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))

    return _timed(app, frames, step)


def _timed(app: App, frames: int, step: Callable[[int], None]) -> Times:
    took, spent = np.zeros(frames), np.zeros(frames)
    for k in range(frames):
        step(k)
        start, cpu = time.perf_counter(), time.thread_time()
        app.frame(FRAME_S)
        took[k], spent[k] = time.perf_counter() - start, time.thread_time() - cpu
        time.sleep(max(0.0, FRAME_S - took[k]))
    return took * 1000, spent * 1000


if __name__ == "__main__":
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    for name, figures in campaign_frame_ms().items():
        print(f"{name:16}", "  ".join(f"{key} {value:g}" for key, value in figures.items()))
