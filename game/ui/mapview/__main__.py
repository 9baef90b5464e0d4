"""Paint the tiles of shipped maps: `python -m game.ui.mapview scenarios/maps/cambodia_12km.yaml ...`.

To be run after a change of a map, of its lines or of the painting; a test tells when.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pygame

from game.scenario.mapfile import lines_path, load_lines, load_map
from game.ui.mapview.tiles import bake
from game.ui.resources import asset


def main(paths: list[str]) -> None:
    pygame.display.init()

    def show(done: int, total: int) -> None:
        print(f"\r{done}/{total}", end="", flush=True)

    for path in map(Path, paths):
        hexmap, lines = load_map(path), load_lines(lines_path(path))
        size = bake(hexmap, lines, asset("ui", "tiles", hexmap.name), show)
        print(f"\r{hexmap.name}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
