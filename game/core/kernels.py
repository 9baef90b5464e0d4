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


def _compile(function: Callable[..., Any], **options: Any) -> Any:
    """numba's dispatcher for `function`, which treats constants among the arguments as plain numbers.

    Left to itself, numba compiles a version of its own for every call with another constant.
    """
    from numba.core import types

    assert _njit is not None
    dispatcher = _njit(cache=True, nogil=True, error_model="numpy", _nrt=False, **options)(function)
    resolve = dispatcher.get_call_template

    def plain_number(argument: Any) -> Any:
        if isinstance(argument, types.IntEnumMember | types.IntegerLiteral):
            return types.int64
        return types.unliteral(argument)  # type: ignore[no-untyped-call]

    def resolve_plain(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return resolve(tuple(plain_number(a) for a in args), kwargs)

    dispatcher.get_call_template = resolve_plain
    return dispatcher


def kernel(function: Function) -> Function:
    """A function that rules call and Python may call: compiled at its first call (cached on disk), or as it is."""
    if _njit is None:
        return function
    return _compile(function)  # type: ignore[no-any-return]


def clause(function: Function) -> Function:
    """A function that only kernels call: as `kernel`, without the door for Python, which costs most of the compiling.

    Tests reach it with `plain`.
    """
    if _njit is None:
        return function
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)  # type: ignore[no-any-return]


def plain(function: Function) -> Function:
    """The uncompiled function behind a kernel or clause. (What it calls is compiled if the process compiles.)"""
    return getattr(function, "py_func", function)
