"""How long a frame of the play screen takes while the map is panned, without a display: part of `kampuchea bench`."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from game.ui.app import first_screen
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings
from game.ui.shelf import Library
from game.ui.staging import open_game, settle
from game.ui.window import App

SIZE = (1920, 1080)
STEP = 24
"""Pixels panned between frames."""
_FRAME_S = 1 / 60


def pan_frame_ms(frames: int = 600, overlay: str = "") -> dict[str, float]:
    """Pan the play screen in a snake over the whole map at 1920 x 1080: counters, names, arrows, panels, little map.

    Each frame is all that the window does: events, the passing of time, drawing, presenting. Keys: p50, p99, max, and
    cpu_p99 (milliseconds; the last without the time that other programs take), frames. Frames are paced to sixtieths
    of a second as in the window, which gives the background its share. The dummy driver presents to no display.
    `overlay`: command of one that lies over the map meanwhile (hands.OVERLAYS), or nothing.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    with tempfile.TemporaryDirectory(prefix="kampuchea-frames-") as folder:
        settings = Settings(note_read=True, edge_pan=False, reduced_motion=True)
        app = App(settings, Path(folder) / "settings.json", Library(), SIZE, 1.0, Path(folder))
        try:
            app.stack = [first_screen(app, None, [])]
            play = open_game(app)
            settle(app, lambda: not play.previews.busy)
            if overlay:
                play.command(overlay)
                settle(app, lambda: play.scene.overlay is not None)
            took, spent = pan(app, play, frames)
        finally:
            app.close()
    return {
        "p50": round(float(np.percentile(took, 50)), 2),
        "p99": round(float(np.percentile(took, 99)), 2),
        "max": round(float(took.max()), 2),
        "cpu_p99": round(float(np.percentile(spent, 99)), 2),
        "frames": float(frames),
    }


def pan(app: App, play: PlayScreen, frames: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Pan over the map, a step a frame; milliseconds of the clock and of this thread's own work for each frame."""
    took, spent, heading = np.zeros(frames), np.zeros(frames), 1
    camera = play.camera
    for k in range(frames):
        before = camera.origin
        camera.pan(heading * STEP, 0)
        if camera.origin == before:
            heading = -heading
            camera.pan(0, SIZE[1] // 2)
            if camera.origin == before:
                camera.look_at(0, 0)
        start, cpu = time.perf_counter(), time.thread_time()
        app.frame(_FRAME_S)
        took[k], spent[k] = time.perf_counter() - start, time.thread_time() - cpu
        time.sleep(max(0.0, _FRAME_S - took[k]))
    return took * 1000, spent * 1000
