"""Bundles: named tuples of tables that compiled rules are handed by one address.

Left to itself, numba hands every array of a tuple on by itself wherever one rule calls another, which takes longer than
most rules do, and longer still to compile. A bundle keeps a row of words that says where each of its arrays lies and
how long it is; compiled rules read from it what they use. Uncompiled it is the plain named tuple.
"""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Tuple = TypeVar("Tuple", bound=type)
Row = npt.NDArray[np.float64]
"""A row of numbers in a bundle."""


_kinds: dict[type, Any] = {}
"""The types of the fields of each class in use, which compiled rules take as given."""


class Bundle:
    """What `bundle` adds to a named tuple."""

    @cached_property
    def words(self) -> npt.NDArray[np.int64]:
        """See `words_of`. TypeError if a field is of another type than in bundles of this class before."""
        kinds = _kinds_of(self)
        before = _kinds.setdefault(type(self), kinds)
        if before != kinds:
            names = self._fields  # type: ignore[attr-defined]
            wrong = ", ".join(name for name, a, b in zip(names, kinds, before, strict=True) if a != b)
            raise TypeError(f"{type(self).__name__}: other types of arrays than before in {wrong}")
        return np.array(words_of(self), np.int64)

    @cached_property
    def address(self) -> int:
        """Where the words lie. The bundle keeps them, and its arrays, alive."""
        return int(self.words.__array_interface__["data"][0])

    def __getstate__(self) -> None:
        """A copy lies elsewhere, so it finds its own words."""


def bundle(named_tuple: Tuple) -> Tuple:
    """The named tuple as a bundle. Its fields are arrays, whole numbers, floats and other bundles."""
    name, module = named_tuple.__name__, named_tuple.__module__
    attributes: dict[str, Any] = {"__module__": module, "__qualname__": name, "__doc__": named_tuple.__doc__}
    attributes["__annotations__"] = named_tuple.__annotations__
    return type(name, (Bundle, named_tuple), attributes)  # type: ignore[return-value]


def words_of(held: Any) -> list[int]:
    """Of an array its address, size, shape and strides; of a number its bits; of a bundle in the bundle its words."""
    words: list[int] = []
    for value in held:
        if isinstance(value, np.ndarray):
            words += array_words(value.__array_interface__["data"][0], value.shape, value.strides)
        elif isinstance(value, Bundle):
            words += words_of(value)
        elif isinstance(value, float):
            words.append(int(np.float64(value).view(np.int64)))
        else:
            words.append(int(value))
    return words


def array_words(address: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> list[int]:
    """The words of an array."""
    return [address, prod(shape), *shape, *strides]


def _kinds_of(held: Any) -> tuple[Any, ...]:
    return tuple(
        (v.dtype.str, v.ndim, v.flags.c_contiguous)
        if isinstance(v, np.ndarray)
        else _kinds_of(v)
        if isinstance(v, Bundle)
        else type(v)
        for v in held
    )
