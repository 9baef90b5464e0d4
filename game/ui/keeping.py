"""What the window keeps of drawn things: each kind within its own share of bytes, the longest unused goes first."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterable
from typing import Any, Generic, ParamSpec, Protocol, TypeVar

import pygame
from cachetools import LRUCache, cached

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")

MB = 1_000_000


class Keeping(Generic[P, V]):
    """A function that keeps the drawings that it returns. Its arguments must be hashable."""

    def __init__(self, make: Callable[P, V], megabytes: float) -> None:
        self.cache = kept(megabytes)
        self._call: Callable[P, V] = cached(self.cache)(make)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> V:
        return self._call(*args, **kwargs)


class Weighty(Protocol):
    """A drawing that knows how much memory it takes."""

    @property
    def nbytes(self) -> int: ...


def nbytes(drawn: pygame.Surface | Weighty | tuple[Any, ...] | None) -> int:
    """Bytes of a picture, of a drawing made of pictures, or of the pictures in a tuple; other things weigh nothing."""
    if isinstance(drawn, pygame.Surface):
        return drawn.get_pitch() * drawn.get_height()
    if isinstance(drawn, tuple):
        return sum(nbytes(part) for part in drawn)
    return int(getattr(drawn, "nbytes", 0))


def total(drawn: Iterable[pygame.Surface | Weighty]) -> int:
    """Bytes of several drawings."""
    return sum(nbytes(one) for one in drawn)


def kept(megabytes: float) -> LRUCache[Any, Any]:
    """A cache of drawn things with room for so many megabytes."""
    return LRUCache(megabytes * MB, getsizeof=nbytes)


def keep(cache: LRUCache[K, V], key: K, drawn: V) -> V:
    """Put a drawing into a cache, unless it alone is larger than all of it; returns the drawing."""
    if nbytes(drawn) <= cache.maxsize:  # type: ignore[arg-type]
        cache[key] = drawn
    return drawn


def once(cache: LRUCache[K, V], key: K, make: Callable[[], V]) -> V:
    """The drawing of a key, made if it is not kept."""
    found = cache.get(key)
    return keep(cache, key, make()) if found is None else found


def keeping(megabytes: float) -> Callable[[Callable[P, V]], Keeping[P, V]]:
    """Decorator: a function keeps the drawings that it returns, up to so many megabytes of them."""
    return lambda make: Keeping(make, megabytes)


def _c_library(function: str) -> Callable[..., int] | None:
    """A function of GNU's C library; None elsewhere."""
    found: Callable[..., int] | None = None
    if sys.platform == "linux":
        found = getattr(ctypes.CDLL(None), function, None)
    return found


_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of malloc.h."""
_AT_ONCE = 512 * 1024
"""Bytes from which on memory goes back to the system as soon as it is freed."""


def give_back_at_once() -> None:
    """Have large pictures and tables return their memory when they are freed. The C library by itself learns to keep
    blocks of up to 32 MB for later: what was freed in one thread then lies idle while another asks for more.
    """
    mallopt = _c_library("mallopt")
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _AT_ONCE)


def give_back() -> None:
    """Free what closed screens and games still hold: they and their parts hold each other, and the C library keeps
    freed memory for the next request of the same size. Takes a few tenths of a second: call it while nothing moves.
    """
    gc.collect()
    trim = _c_library("malloc_trim")
    if trim is not None:
        trim(0)
