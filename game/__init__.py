"""Kampuchea 1977-1997: a turn-based strategy simulation of the Cambodian-Vietnamese War on a hex map.

What a script or notebook needs is here: `load` a scenario, get an `agent`, make `tables` of finished worlds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from game.core.version import VERSION

if TYPE_CHECKING:
    from game.ai.registry import agent as agent
    from game.engine.playable import load as load
    from game.results.tables import tables as tables

_EXPORTS = {"load": "game.engine.playable", "agent": "game.ai.registry", "tables": "game.results.tables"}

__all__ = ["agent", "load", "tables"]

__version__ = VERSION


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import game` does no work."""
    if name not in _EXPORTS:
        raise AttributeError(f"module 'game' has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_EXPORTS})
