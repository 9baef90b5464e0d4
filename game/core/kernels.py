"""The `kernel` decorator: numba when it is installed, plain Python when it is not; the same bits either way.

The uncompiled mode is the reference. Kernels keep to a subset in which both agree to the last bit: scalar loops
over arrays, float64 and int64, + - * / and sqrt, own exp/ln/power (core.realmath), no fastmath, no parallel sums.

KAMPUCHEA_UNCOMPILED=1 turns compilation off. What is compiled is kept on disk (core.kernelplace), in a folder named
after the digest of the kernels' own sources, because a compiled kernel holds the code of the kernels that it calls.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from enum import EnumType, IntEnum
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, TypeVar

from game.core import compiling

Function = TypeVar("Function", bound=Callable[..., Any])

_PACKAGE = Path(__file__).resolve().parents[1]


def _load_numba() -> Callable[..., Any] | None:
    if os.environ.get("KAMPUCHEA_UNCOMPILED") == "1":
        return None
    try:
        from numba import njit
    except ImportError:
        return None
    import game.core.bundletype  # noqa: F401 - tells numba what a bundle is

    return njit


_njit = _load_numba()

COMPILED: bool = _njit is not None
"""Whether kernels are compiled in this process."""


def _dispatcher(function: Callable[..., Any], **options: Any) -> Any:
    """numba's dispatcher for `function`, which treats constants among the arguments as plain numbers.

    Left to itself, numba compiles a version of its own for every call with another constant.
    """
    from numba.core import types

    assert _njit is not None
    dispatcher = _njit(nogil=True, error_model="numpy", _nrt=False, **options)(function)
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
    """A small function that rules call and Python may call: compiled at its first call (cached on disk), or as it is.

    It stops whoever calls it first for some tenths of a second; larger ones are chapters.
    """
    if _njit is None:
        return function
    dispatcher = _dispatcher(function)
    # one of somebody else's holds code of ours, and would outlive it on disk
    if Path(function.__code__.co_filename).resolve().is_relative_to(_PACKAGE):
        from game.core.kernelfiles import KernelCache

        dispatcher._cache = KernelCache(function, compiles=True)
    return dispatcher  # type: ignore[no-any-return]


def clause(function: Function) -> Function:
    """A function that only kernels call: as `kernel`, without the door for Python, which costs most of the compiling.

    It becomes part of its callers: only there is it optimised and made into machine code.

    Python reaches it with `plain`.
    """
    if _njit is None:
        return function
    return _Clause(function)  # type: ignore[return-value]


class _Part:
    """A function that can be part of others. Its dispatcher is made when one of them is compiled, which is seldom."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.py_func = function

    @cached_property
    def part(self) -> Any:
        """The dispatcher."""
        from game.core.kernelfiles import Part

        # not cached: it is part of callers that are, and a file for each of hundreds would be looked for at every start
        return _dispatcher(self.py_func, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=Part)

    @property
    def _numba_type_(self) -> Any:
        """What numba asks for where it is part of another."""
        return self.part._numba_type_


class _Clause(_Part):
    """See `clause`. It says so when Python calls it, instead of bringing the process down."""

    def __call__(self, *arguments: Any) -> Any:
        raise TypeError(f"{self.py_func.__name__} is a clause: only kernels call it; Python calls plain(it)")


def chapter(function: Function) -> Function:
    """A kernel that Python calls, or another chapter, and that need not be compiled at once.

    Where it was never compiled before, it runs uncompiled, to the same bits, while another process compiles it
    (core.compiling): nobody waits. Python always calls it with arguments of the same types.
    """
    if _njit is None:
        return function
    return _Chapter(function)  # type: ignore[return-value]


def plain(function: Function) -> Function:
    """The uncompiled function behind a kernel, clause or chapter; what it calls is uncompiled too."""
    source = getattr(function, "py_func", function)
    return source if _njit is None else _shadow(source)  # type: ignore[return-value]


_shadow_functions: dict[Callable[..., Any], Callable[..., Any]] = {}
_shadow_modules: dict[str, dict[str, Any]] = {}


def _shadow(source: Callable[..., Any]) -> Callable[..., Any]:
    """A copy of a kernel's function that sees only uncompiled functions."""
    found = _shadow_functions.get(source)
    if found is None:
        names = _shadow_names(source.__module__)
        found = _shadow_functions.setdefault(source, FunctionType(source.__code__, names, source.__name__))
    return found


def _shadow_names(module: str) -> dict[str, Any]:
    """The names of one of our modules with every kernel in them uncompiled, also those reached through a module."""
    names = _shadow_modules.get(module)
    if names is None:
        names = _shadow_modules[module] = {}
        for name, value in vars(sys.modules[module]).items():
            if hasattr(value, "py_func"):
                names[name] = _shadow(value.py_func)
            elif isinstance(value, EnumType) and issubclass(value, IntEnum):
                # numpy's numbers take long to compare with members
                names[name] = SimpleNamespace(**{member.name: int(member) for member in value})
            elif isinstance(value, ModuleType) and value.__name__.startswith("game."):
                names[name] = SimpleNamespace(**_shadow_names(value.__name__))
            else:
                names[name] = value
    return names


class _Chapter(_Part):
    """See `chapter`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self.name = f"{function.__module__}.{function.__name__}"
        self._compiled: Callable[..., Any] | None = None
        self._at_work = threading.Lock()
        self._next_look = 0.0

    @property
    def is_compiled(self) -> bool:
        """Whether it was compiled, or fetched from the disk, in this process."""
        return self._compiled is not None

    def __call__(self, *arguments: Any) -> Any:
        if self._compiled is None and time.monotonic() >= self._next_look:
            types = _types_of(arguments)
            if not self.fetch(types):
                compiling.want(self, types)
                # small chapters are called thousands of times a second
                self._next_look = time.monotonic() + compiling.LOOK_AGAIN_S
        return plain(self.py_func)(*arguments) if self._compiled is None else self._compiled(*arguments)

    def fetch(self, types: tuple[Any, ...]) -> bool:
        """Take it from the disk, if it lies there compiled for arguments of these types; whether it did."""
        from game.core.kernelfiles import NotThere, file_name
        from game.core.kernelplace import found

        if self._compiled is None and found(file_name(self.name, types)) is not None:
            try:
                self._enter(types, compiles=False)
            except NotThere:  # it cannot be read
                return False
        return self.is_compiled

    def compile(self, types: tuple[Any, ...]) -> None:
        """Compile it for arguments of these types, and keep it on disk. OSError if that cannot be."""
        self._enter(types, compiles=True)

    def _enter(self, types: tuple[Any, ...], *, compiles: bool) -> None:
        from game.core.kernelfiles import Entry, KernelCache

        with self._at_work:  # several threads may want it
            if self._compiled is not None:
                return
            # for Python alone: others take in its part
            dispatcher = _dispatcher(self.py_func, pipeline_class=Entry)
            dispatcher._cache = cache = KernelCache(self.py_func, compiles=compiles)
            dispatcher.compile(types)
            if cache.fault is not None:
                raise cache.fault
            # tables have the same types in every game, so the dispatcher's look at all of them at every call, which
            # takes longer than a small chapter, is left out
            (self._compiled,) = (version.entry_point for version in dispatcher.overloads.values())

    def parts(self) -> int:
        """Functions that it is made of: a measure of how long it takes to compile."""
        return len(_parts_of(self.py_func, set()))


def _parts_of(function: Any, known: set[Callable[..., Any]]) -> set[Callable[..., Any]]:
    """A function and all kernels that it calls, and they."""
    known.add(function)
    names = vars(sys.modules[function.__module__])
    for name in function.__code__.co_names:
        value = names.get(name)
        held = [value]
        if isinstance(value, ModuleType):
            held = [vars(value).get(other) for other in function.__code__.co_names]
        for part in held:
            source = getattr(part, "py_func", None)
            if source is not None and source not in known:
                _parts_of(source, known)
    return known


def _types_of(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    from numba import typeof

    return tuple(typeof(a) for a in arguments)  # type: ignore[no-untyped-call]
