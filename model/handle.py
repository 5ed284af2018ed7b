"""The handle: how compiled code sees all tables of a run through one pointer.

Passing some twenty arrays from function to function costs more than the work they do, both when compiling
and when running. Compiled code therefore gets the address of a small directory, in which every table has its
own address and shape, and builds an array from it where a table is used. Plain Python code reads the same
names as ordinary attributes.
"""

# numba hands over its contexts, builders and signatures untyped:
# mypy: disable-error-code="no-untyped-call, untyped-decorator, import-untyped"

import hashlib
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import make_array, populate_array
from numpy.typing import NDArray

from cocreate.model.tables import TableType, load_word

SLOTS = 3
"""Entries of a table in the directory: address, and the lengths of up to two axes."""


class HandleType(types.Type):
    """The type of a handle in compiled code: which tables there are, and of what kind.

    Attributes:
        tables: Name and array type of each table.
        places: Place of each table in the directory.
        kinds: What compiled code sees of each table.
    """

    def __init__(self, tables: tuple[tuple[str, types.Array], ...]) -> None:
        self.tables = tables
        self.places = {name: place for place, (name, _) in enumerate(tables)}
        text = ", ".join(f"{name}: {kind}" for name, kind in tables)
        # the name becomes part of every symbol, so a digest keeps compiling short
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        super().__init__(name=f"Handle({digest})")
        self.kinds = [
            TableType(kind.dtype, f"{name}@{digest}") if isinstance(kind.dtype, types.Record) else kind
            for name, kind in tables
        ]


@register_model(HandleType)
class HandleModel(models.PrimitiveModel):
    """A handle is the address of its directory."""

    def __init__(self, manager: Any, kind: HandleType) -> None:
        super().__init__(manager, kind, ir.IntType(64).as_pointer())


@infer_getattr
class HandleAttributes(AttributeTemplate):
    """Types of the tables that a handle leads to."""

    key = HandleType

    def generic_resolve(self, handle: HandleType, name: str) -> types.Type | None:  # type: ignore[override]
        """Return the type of a table: a table of columns, or an array of plain numbers."""
        place = handle.places.get(name)
        return None if place is None else handle.kinds[place]


@lower_getattr_generic(HandleType)
def load_table(context: Any, builder: Any, kind: HandleType, directory: Any, name: str) -> Any:
    """Return a table's entry in the directory, or build an array from it that owns no memory."""
    place = kind.places[name]
    entry = cgutils.gep_inbounds(builder, directory, place * SLOTS)
    array_type: Any = kind.kinds[place]
    if isinstance(array_type, TableType):
        return entry
    words = [load_word(builder, entry, slot) for slot in range(1 + array_type.ndim)]
    array = make_array(array_type)(context, builder)
    item = context.get_constant(types.intp, array_type.dtype.bitwidth // 8)
    shape = words[1:]
    strides = [item] if array_type.ndim == 1 else [builder.mul(item, shape[1]), item]
    data = builder.inttoptr(words[0], array.data.type)
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=item, meminfo=None)
    return array._getvalue()  # noqa: SLF001 - numba's own way to finish an array


class Handle:
    """Tables by name, for plain Python as attributes and for compiled code through a directory."""

    def __init__(self) -> None:
        names = self.table_names()
        directory = np.zeros(SLOTS * len(names), np.int64)
        kinds = []
        for place, name in enumerate(names):
            table: NDArray[Any] = getattr(self, name)
            directory[SLOTS * place] = table.ctypes.data
            directory[SLOTS * place + 1 : SLOTS * place + 1 + table.ndim] = table.shape
            kinds.append((name, numba.typeof(table)))
        object.__setattr__(self, "_directory", directory)
        object.__setattr__(self, "_numba_type_", HandleType(tuple(kinds)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy the tables alone: a copy has addresses of its own."""
        return type(self), tuple(getattr(self, name) for name in self.table_names())

    @classmethod
    def table_names(cls) -> tuple[str, ...]:
        """Return the names of the tables in their order in the directory."""
        raise NotImplementedError


@typeof_impl.register(Handle)
def type_of_handle(handle: Handle, context: Any) -> HandleType:  # noqa: ARG001
    """Return the type of a handle."""
    kind: HandleType = vars(handle)["_numba_type_"]
    return kind


@unbox(HandleType)
def open_handle(kind: HandleType, handle: Any, context: Any) -> NativeValue:  # noqa: ARG001
    """Take the address of the directory out of a handle."""
    directory = context.pyapi.object_getattr_string(handle, "_directory")
    native = context.unbox(types.Array(types.int64, 1, "C"), directory)
    array = make_array(types.Array(types.int64, 1, "C"))(context.context, context.builder, native.value)
    address = array.data
    # the handle keeps its directory alive while the call lasts
    context.context.nrt.decref(context.builder, types.Array(types.int64, 1, "C"), native.value)
    context.pyapi.decref(directory)
    return NativeValue(address, is_error=native.is_error)
