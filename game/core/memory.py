"""How a process of ours looks after its memory."""

from __future__ import annotations

import atexit
import gc


def collect_seldom() -> None:
    """Look for garbage that holds itself several hundred times less often than Python does by itself, and not at the
    end.

    Games make next to none of it, while each look takes the longer the more modules, files and maps there are: a tenth
    of a start, a twentieth of a run, and a quarter of a second at the end, when all memory is given back anyway.
    """
    gc.set_threshold(500_000)
    atexit.register(gc.freeze)
