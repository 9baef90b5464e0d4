"""Kampuchea 1977-1997: a turn-based strategy simulation of the Cambodian-Vietnamese War on a hex map.

What a script or notebook needs is here: `load` a scenario, get an `agent`, make `tables` of finished worlds.
"""

from __future__ import annotations

from game.core.version import VERSION

TYPE_CHECKING = False  # as typing's: what the command line imports before it can hear Ctrl-C is kept short
if TYPE_CHECKING:
    from typing import Any

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
    from importlib import import_module

    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_EXPORTS})
