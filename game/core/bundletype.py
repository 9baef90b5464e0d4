"""How numba sees a bundle: as the address of its words; see core.bundles. core.kernels imports it with numba.

Words never change while compiled code runs, which the loads say (`invariant.load`), so it reads each at most once.
"""

from __future__ import annotations

import hashlib
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.extending import register_model, typeof_impl, unbox
from numba.core.imputils import lower_getattr_generic
from numba.core.pythonapi import NativeValue
from numba.core.typing.templates import AttributeTemplate, infer_getattr

from game.core.bundles import Bundle


class BundleType(types.Type):
    """The type of a bundle: its class and the types of its fields."""

    def __init__(self, held: type[Bundle], fields: tuple[Any, ...]) -> None:
        self.held = held
        self.fields = fields
        self.names: tuple[str, ...] = held._fields  # type: ignore[attr-defined]
        digest = hashlib.sha256(", ".join(str(f) for f in fields).encode()).hexdigest()
        self._key = f"{held.__module__}.{held.__qualname__} {digest}"
        # the name becomes part of every function's: short, and another for other types
        super().__init__(f"{held.__name__}_{digest[:6]}")

    @property
    def key(self) -> str:
        """What tells it from others: numba asks thousands of times at every start, and fields hold fields."""
        return self._key

    def field(self, name: str) -> tuple[Any, int]:
        """Type of a field, and its first word. ValueError if there is none."""
        index = self.names.index(name)
        return self.fields[index], sum(_count(f) for f in self.fields[:index])


def _count(field: Any) -> int:
    """Words of a field."""
    if isinstance(field, BundleType):
        return sum(_count(f) for f in field.fields)
    return 2 + 2 * field.ndim if isinstance(field, types.Array) else 1


_types: dict[type, BundleType] = {}
"""The type of each class in use: its words say if one of its bundles is of another."""


@typeof_impl.register(Bundle)
def _typeof_bundle(value: Any, context: Any) -> BundleType:
    found = _types.get(type(value))
    if found is None:
        found = _types[type(value)] = _type_of_first(value, context)
    _ = value.words
    return found


def _type_of_first(value: Any, context: Any) -> BundleType:
    fields = tuple(typeof_impl(v, context) for v in value)
    wrong = [f for f in fields if not isinstance(f, BundleType | types.Array) and f not in (types.int64, types.float64)]
    if wrong:
        raise TypeError(f"{type(value).__name__}: a bundle cannot hold {', '.join(str(f) for f in wrong)}")
    return BundleType(type(value), fields)


@register_model(BundleType)
class _BundleModel(models.OpaqueModel):
    """An address."""


@infer_getattr
class _BundleAttribute(AttributeTemplate):
    key = BundleType

    def generic_resolve(self, held: BundleType, name: str) -> Any:  # type: ignore[override]
        """Type of a field."""
        return held.field(name)[0] if name in held.names else None


@lower_getattr_generic(BundleType)
def _read_field(context: Any, builder: Any, held: BundleType, address: Any, name: str) -> Any:
    """The field, made of its words."""
    field, first = held.field(name)
    words = builder.bitcast(address, ir.IntType(64).as_pointer())

    def word(k: int, kind: Any) -> Any:
        place = builder.gep(words, [ir.Constant(ir.IntType(64), first + k)])
        loaded = builder.load(builder.bitcast(place, kind.as_pointer()))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    if isinstance(field, BundleType):
        return builder.bitcast(builder.gep(words, [ir.Constant(ir.IntType(64), first)]), address.type)
    if not isinstance(field, types.Array):
        return word(0, context.get_value_type(field))
    integer = ir.IntType(64)
    array = context.make_array(field)(context, builder)
    array.data = word(0, array.data.type)
    array.nitems = word(1, integer)
    array.itemsize = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(field.dtype)))
    array.shape = cgutils.pack_array(builder, [word(2 + d, integer) for d in range(field.ndim)], integer)
    strides = [word(2 + field.ndim + d, integer) for d in range(field.ndim)]
    array.strides = cgutils.pack_array(builder, strides, integer)
    array.meminfo = cgutils.get_null_value(array.meminfo.type)
    array.parent = cgutils.get_null_value(array.parent.type)
    return array._getvalue()


@unbox(BundleType)
def _unbox_bundle(_: BundleType, held: Any, c: Any) -> NativeValue:
    found = c.pyapi.object_getattr_string(held, "address")
    failed = cgutils.is_null(c.builder, found)
    native = cgutils.alloca_once_value(c.builder, cgutils.get_null_value(c.pyapi.voidptr))
    with c.builder.if_then(c.builder.not_(failed), likely=True):
        c.builder.store(c.pyapi.long_as_voidptr(found), native)
        c.pyapi.decref(found)
    return NativeValue(c.builder.load(native), is_error=failed)
