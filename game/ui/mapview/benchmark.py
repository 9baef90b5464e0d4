"""How long a frame takes while the whole map is panned, without a display: part of `kampuchea bench`."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pygame

from game.core.hexmap import HexMap, MapLine
from game.ui import theme
from game.ui.fonts import Fonts
from game.ui.mapview.camera import Camera
from game.ui.mapview.legend import supply_overlay
from game.ui.mapview.scene import Counter, CounterStack, MapScene, PostureIcon
from game.ui.mapview.view import MapView

SIZE = (1920, 1080)
COUNTERS = 60
STEP = 24
"""Pixels panned between frames."""
_FRAME_S = 1 / 60


def bench_scene(hexmap: HexMap) -> MapScene:
    """A war with COUNTERS counters, a front, fog and a supply overlay, the same every time."""
    rng = np.random.default_rng(1978)
    land = np.flatnonzero(hexmap.is_land)
    control = np.full(hexmap.n, -1, np.int8)
    control[land] = np.where(land % hexmap.cols < hexmap.cols // 2, 1, 0)
    tonnes = np.where(hexmap.is_land, rng.uniform(0, 60, hexmap.n), -1.0)
    stacks = tuple(
        CounterStack(
            int(h),
            (
                Counter(
                    k, int(control[h]), str(300 + k), men=3000 + 100 * k, posture=PostureIcon.DEFEND, supply_pips=k % 5
                ),
            ),
        )
        for k, h in enumerate(sorted(rng.choice(land, size=min(COUNTERS, len(land)), replace=False).tolist()))
    )
    return MapScene(
        control=control,
        visible=control == 0,
        stacks=stacks,
        overlay=supply_overlay(tonnes, (40, 25, 12, 5, 1), ("full", "good", "strained", "poor", "foraging", "cut off")),
    )


def pan_frame_ms(
    hexmap: HexMap,
    lines: Sequence[MapLine],
    frames: int = 360,
    zoom: int = 64,
    paced: bool = True,
    cache_root: Path | None = None,
) -> dict[str, float]:
    """Pan over the map in a snake at 1920 x 1080 and time each frame, drawing and presenting included.

    Keys: p50, p99, max (milliseconds), frames. `paced` waits out the rest of each sixtieth of a second, as the window
    does, which gives the background thread its share. The dummy driver presents to no real display.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    window = pygame.display.set_mode(SIZE)
    factions = [theme.FACTION_PRESETS["vietnam"], theme.FACTION_PRESETS["dk"]]
    view = MapView(hexmap, lines, factions, Fonts(1.0), cache_root)
    camera = Camera(hexmap, SIZE, zoom)
    scene = bench_scene(hexmap)
    camera.look_at(0, 0)
    view.draw(window, camera, scene, settle=True)
    took = []
    heading = 1
    for _ in range(frames):
        before = (camera.x, camera.y)
        camera.pan(heading * STEP, 0)
        if (camera.x, camera.y) == before:
            heading = -heading
            camera.pan(0, SIZE[1] // 2)
            if (camera.x, camera.y) == before:
                camera.look_at(0, 0)
        start = time.perf_counter()
        view.draw(window, camera, scene)
        pygame.display.flip()
        took.append(time.perf_counter() - start)
        if paced and took[-1] < _FRAME_S:
            time.sleep(_FRAME_S - took[-1])
    view.close()
    ms = np.array(took) * 1000
    return {
        "p50": round(float(np.percentile(ms, 50)), 2),
        "p99": round(float(np.percentile(ms, 99)), 2),
        "max": round(float(ms.max()), 2),
        "frames": float(frames),
    }
