"""What a screen asks of the window: screens never reach for one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from game.ui.screen import Screen


@dataclass(frozen=True)
class Push:
    """Put a screen on top."""

    screen: Screen


@dataclass(frozen=True)
class Pop:
    """Close the topmost screen, or the topmost `count`."""

    count: int = 1


@dataclass(frozen=True)
class Replace:
    """Close all screens and show this one."""

    screen: Screen


@dataclass(frozen=True)
class Quit:
    """Close the window."""


Action: TypeAlias = Push | Pop | Replace | Quit
