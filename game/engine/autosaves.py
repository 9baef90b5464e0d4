"""The saves that games make by themselves: the latest turns of each of the last games, each in a ring of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from game.engine.saves import SUFFIX, SaveError

TURNS_KEPT = 10
"""Autosaves of a game."""
GAMES_KEPT = 5
"""Games whose autosaves are kept: those that were saved last."""
_NAME = re.compile(r"autosave-(?P<game>[0-9a-f]{12})(-(?P<back>[0-9]+))?" + re.escape(SUFFIX))


def game_of(path: Path) -> str:
    """The game whose autosave a file is, by its name; empty for any other file."""
    found = _NAME.fullmatch(path.name)
    return found["game"] if found else ""


def turns_back(path: Path) -> int:
    """How many autosaves of the same game are newer than this one."""
    found = _NAME.fullmatch(path.name)
    return int(found["back"] or 0) if found else 0


def autosave(folder: Path, game: str, save: Callable[[Path], None]) -> Path:
    """Save as the latest autosave of a game; the older ones move on, the oldest goes, and so do all of games that were
    not saved lately. Files that people named are not touched. SaveError as `save`.
    """
    names = [f"autosave-{game}"] + [f"autosave-{game}-{back}" for back in range(1, TURNS_KEPT)]
    paths = [folder / f"{name}{SUFFIX}" for name in names]
    fresh = folder / f"autosave-new{SUFFIX}"
    save(fresh)
    try:
        for newer, older in reversed(list(pairwise(paths))):
            if newer.exists():
                newer.replace(older)
        fresh.replace(paths[0])
    except OSError as error:
        raise SaveError(f"{paths[0]}: not saved: {error.strerror}; the game is in {fresh}") from error
    for path in _outdated(folder):
        with suppress(OSError):  # the next autosave tries again
            path.unlink()
    return paths[0]


def _outdated(folder: Path) -> Iterator[Path]:
    """Autosaves of all games but the last ones."""
    games: dict[str, list[tuple[float, Path]]] = {}
    for path in folder.glob(f"autosave-*{SUFFIX}"):
        if game := game_of(path):
            with suppress(OSError):
                games.setdefault(game, []).append((path.stat().st_mtime, path))
    for old in sorted(games.values(), key=max, reverse=True)[GAMES_KEPT:]:
        yield from (path for _, path in old)
