"""The `kernel` decorator: numba when it is installed, plain Python when it is not; the same bits either way.

The uncompiled mode is the reference. Kernels keep to a subset in which both agree to the last bit: scalar loops
over arrays, float64 and int64, + - * / and sqrt, own exp/ln/power (core.realmath), no fastmath, no parallel sums.

Environment: KAMPUCHEA_UNCOMPILED=1 turns compilation off. The compiled code is cached in a folder named after the
digest of the kernels' own sources, because a cached kernel keeps the code of the kernels that it calls; the folder
lies where the user may write, because numba refuses to import beside a read-only package.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

Function = TypeVar("Function", bound=Callable[..., Any])

_ROOMS_WITH_KERNELS = ("core", "rules", "ai")


def source_digest() -> str:
    """Digest of every source file that may hold a kernel: names the cache folder."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in _ROOMS_WITH_KERNELS:
        for path in sorted((package / room).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder() -> Path:
    """Where compiled kernels are kept: NUMBA_CACHE_DIR if set, else the user's cache, else a temporary folder."""
    if given := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(given)
    name = f"kernels-{source_digest()}"
    wanted = Path(platformdirs.user_cache_dir("kampuchea", appauthor=False)) / name
    return wanted if _writable(wanted) else Path(tempfile.mkdtemp(prefix="kampuchea-"))


def _load_numba() -> Callable[..., Any] | None:
    if os.environ.get("KAMPUCHEA_UNCOMPILED") == "1":
        return None
    os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())
    try:
        from numba import njit
    except ImportError:
        return None
    return njit


_njit = _load_numba()

COMPILED: bool = _njit is not None
"""Whether kernels are compiled in this process."""


def kernel(function: Function) -> Function:
    """Compile `function` at its first call (cached on disk), or leave it as it is."""
    if _njit is None:
        return function
    return _njit(cache=True, nogil=True, error_model="numpy")(function)  # type: ignore[no-any-return]
