"""The `kernel` decorator: numba when it is installed, plain Python when it is not; the same bits either way.

The uncompiled mode is the reference. Kernels keep to a subset in which both agree to the last bit: scalar loops
over arrays, float64 and int64, + - * / and sqrt, own exp/ln/power (core.realmath), no fastmath, no parallel sums.

Environment: KAMPUCHEA_UNCOMPILED=1 turns compilation off. The compiled code is cached in a folder named after the
digest of the kernels' own sources, because a cached kernel keeps the code of the kernels that it calls; the folder
lies where the user may write, because numba refuses to import beside a read-only package.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import EnumType, IntEnum
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

import platformdirs

if TYPE_CHECKING:
    from filelock import FileLock

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


_LOCATORS = ",".join(
    [
        "game.core.kernelfiles.KernelLocator",
        *(f"{kind}CacheLocator" for kind in ("UserProvided", "InTree", "UserWide", "IPython", "Zip")),
    ]
)
"""Where numba looks for the files of compiled functions: ours first, then, for everybody else's, its own list."""


def _load_numba() -> Callable[..., Any] | None:
    if os.environ.get("KAMPUCHEA_UNCOMPILED") == "1":
        return None
    os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())
    try:
        from numba import config, njit
    except ImportError:
        return None
    # not by the environment, which numba reads no more if it was imported before us, and which programs that this one
    # starts would inherit
    config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"]  # type: ignore[attr-defined]
    config.CACHE_LOCATOR_CLASSES = _LOCATORS  # type: ignore[attr-defined]
    import game.core.bundletype  # noqa: F401 - tells numba what a bundle is

    return njit


_njit = _load_numba()

COMPILED: bool = _njit is not None
"""Whether kernels are compiled in this process."""


def _compile(function: Callable[..., Any], *, cache: bool = True, **options: Any) -> Any:
    """numba's dispatcher for `function`, which treats constants among the arguments as plain numbers.

    Left to itself, numba compiles a version of its own for every call with another constant.
    """
    from numba.core import types

    assert _njit is not None
    dispatcher = _njit(nogil=True, error_model="numpy", _nrt=False, **options)(function)
    if cache:
        from game.core.kernelfiles import KernelCache

        dispatcher._cache = KernelCache(function)  # type: ignore[no-untyped-call]
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
        return _compile(self.py_func, cache=False, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=Part)

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

    Where it was never compiled before, it runs uncompiled, to the same bits, while a thread compiles it: nobody waits.
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

    @property
    def is_compiled(self) -> bool:
        """Whether it was compiled, or fetched from the disk, in this process."""
        return self._compiled is not None

    def __call__(self, *arguments: Any) -> Any:
        if self._compiled is not None:
            return self._compiled(*arguments)
        if (_mark_folder() / self.name).exists():
            self.compile(_types_of(arguments))
            return self(*arguments)
        _background.want(self, arguments)
        return plain(self.py_func)(*arguments)

    def compile(self, types: tuple[Any, ...]) -> None:
        """Compile for arguments of these types, or fetch what was compiled, and note on disk that it was done."""
        from game.core.kernelfiles import Entry

        with self._at_work:  # the thread in the background may be at the same
            if self._compiled is not None:
                return
            # for Python alone: others take in its part
            self._dispatcher = _compile(self.py_func, pipeline_class=Entry)
            self._dispatcher.compile(types)
            with suppress(OSError):  # without the note the next process only compiles in the background again
                (_mark_folder() / self.name).touch()
            # tables have the same types in every game, so the dispatcher's look at all of them at every call, which
            # takes longer than a small chapter, is left out
            (self._compiled,) = (version.entry_point for version in self._dispatcher.overloads.values())


def _types_of(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    from numba import typeof

    return tuple(typeof(a) for a in arguments)  # type: ignore[no-untyped-call]


def _mark_folder() -> Path:
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


_LOOK_AGAIN_S = 0.5


def _claim(name: str) -> FileLock | None:
    """The right to compile a chapter, if no other process is at it. A process that dies gives it back."""
    from filelock import FileLock, Timeout

    lock = FileLock(_mark_folder() / f"{name}.lock")
    # in a folder that cannot be written to everybody compiles for himself
    with suppress(OSError):
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return None
    return lock


class _Background:
    """The thread that compiles chapters, one after the other, in the order in which they were wanted."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue: dict[_Chapter, tuple[Any, ...]] = {}
        self._at_work: _Chapter | None = None
        self._thread: threading.Thread | None = None
        self._stopped = False

    def want(self, chapter: _Chapter, arguments: tuple[Any, ...]) -> None:
        """Have a chapter compiled for such arguments."""
        with self._changed:
            if chapter in self._queue or chapter is self._at_work or self._stopped:
                return
            self._queue[chapter] = _types_of(arguments)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="compile", daemon=True)
                self._thread.start()
                # the compiler must not be torn down under the thread: let it finish the chapter in hand
                atexit.register(self._stop)

    def finish(self, progress: Callable[[str], None]) -> None:
        """Wait until all that is wanted is compiled; `progress` is told what is being compiled."""
        with self._changed:
            while self._queue or self._at_work is not None:
                if self._at_work is not None:
                    progress(self._at_work.name.removeprefix("game."))
                self._changed.wait(_LOOK_AGAIN_S)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._at_work = None
                self._changed.notify_all()
                if self._stopped or not self._queue:
                    self._thread = None
                    return
                chapter, claim = next(((c, lock) for c in self._queue if (lock := _claim(c.name))), (None, None))
                if chapter is None:
                    # other processes are at work on all of them: what they compile need only be fetched
                    self._changed.wait(_LOOK_AGAIN_S)
                    continue
                types = self._queue.pop(chapter)
                self._at_work = chapter
                self._changed.notify_all()
            compiled = False
            try:
                chapter.compile(types)
                compiled = True
            finally:
                if claim is not None:
                    claim.release()
                if not compiled:  # a fault of ours: who waits must not wait for ever
                    self._give_up()

    def _give_up(self) -> None:
        with self._changed:
            self._at_work = None
            self._thread = None
            self._queue.clear()
            self._changed.notify_all()

    def _stop(self) -> None:
        with self._changed:
            self._stopped = True
            thread = self._thread
        if thread is not None:
            thread.join()


_background = _Background()


def finish_compiling(progress: Callable[[str], None] = lambda what: None) -> None:
    """Wait for the chapters that are being compiled in the background."""
    _background.finish(progress)
