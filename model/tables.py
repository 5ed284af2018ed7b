"""Tables in compiled code: a column's element is one load from an address known when compiling.

Numba's own arrays carry an address, lengths and strides at run time. The tables of a run are structured
arrays whose columns lie at fixed places, so compiled code needs the address of the first row only. Leaving
the rest out makes compiling about twice as fast, and the machine code shorter.

What compiled code can do with a table: ``len(table)``, ``table[row]``, ``table["column"][row]`` and
``table["column"][row, part]``, read and assigned, and ``table["column"].shape``. A row must not be negative:
unlike in Python, it would not count from the end.
"""

# numba hands over its contexts, builders and signatures untyped:
# mypy: disable-error-code="no-untyped-call, untyped-decorator, import-untyped"

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing import templates
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer, signature
from numba.extending import infer_getattr, lower_builtin, lower_getattr, models, register_model

infer_global: Any = templates.infer_global


class TableType(types.Type):
    """The type of a table in compiled code.

    Attributes:
        record: What a row holds.
    """

    def __init__(self, record: types.Record, name: str) -> None:
        self.record = record
        super().__init__(name=name)


class ColumnType(types.Type):
    """The type of a column of a table in compiled code.

    Attributes:
        offset: Bytes from the start of a row to the column.
        stride: Bytes of a row.
        dtype: Type of one number.
        lengths: Numbers of a vector-valued column along each of its axes, empty for a single number.
    """

    def __init__(self, table: TableType, column: str) -> None:
        held: Any = table.record.typeof(column)
        nested = isinstance(held, types.NestedArray)
        self.offset = int(table.record.offset(column))
        self.stride = int(table.record.size)
        self.dtype = held.dtype if nested else held
        self.lengths = tuple(int(length) for length in held.shape) if nested else ()
        super().__init__(name=f"{table.name}[{column}]")


@register_model(TableType)
@register_model(ColumnType)
class SlotModel(models.PrimitiveModel):
    """A table or a column is the address of the table's entry in the directory of its handle."""

    def __init__(self, manager: Any, kind: types.Type) -> None:
        super().__init__(manager, kind, ir.IntType(64).as_pointer())


def load_word(builder: Any, entry: Any, word: int) -> Any:
    """Load a word of an entry; the directory never changes, so it needs to be loaded once only."""
    loaded = builder.load(cgutils.gep_inbounds(builder, entry, word) if word else entry)
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded


@infer
class ColumnOfTable(AbstractTemplate):
    """``table["column"]``."""

    key = "static_getitem"

    def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
        """Return the type of a column, or of a row."""
        table, name = args
        if isinstance(table, TableType) and isinstance(name, str) and name in table.record.fields:
            return signature(ColumnType(table, name), table, types.literal(name))
        return None


@infer_global(len)
class RowsOfTable(AbstractTemplate):
    """``len(table)``."""

    def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
        """Return the signature for a table."""
        return signature(types.intp, *args) if isinstance(args[0], TableType) else None


def _place_type(column: ColumnType, place: Any) -> Any:
    """Return the type of index that leads to one number of a column, None where it does not."""
    if not column.lengths:
        return types.intp if isinstance(place, types.Integer) else None
    wanted = 1 + len(column.lengths)
    if isinstance(place, types.BaseTuple) and len(place) == wanted:
        return types.UniTuple(types.intp, wanted)
    return None


@infer_global(operator.getitem)
class ElementOfColumn(AbstractTemplate):
    """``table["column"][row]`` and ``table[row]``."""

    def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
        """Return the signature for a table or a column."""
        held, place = args
        if isinstance(held, TableType) and isinstance(place, types.Integer):
            return signature(held.record, held, types.intp)
        if isinstance(held, ColumnType):
            index = _place_type(held, place)
            return signature(held.dtype, held, index) if index is not None else None
        return None


@infer_global(operator.setitem)
class AssignToColumn(AbstractTemplate):
    """``table["column"][row] = number``."""

    def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002
        """Return the signature for a column."""
        held, place, _ = args
        if isinstance(held, ColumnType):
            index = _place_type(held, place)
            return signature(types.none, held, index, held.dtype) if index is not None else None
        return None


@infer_getattr
class ColumnAttributes(AttributeTemplate):
    """``table["column"].shape``."""

    key = ColumnType

    def resolve_shape(self, column: ColumnType) -> Any:
        """Return the type of a shape."""
        return types.UniTuple(types.intp, 1 + len(column.lengths))


@lower_builtin("static_getitem", TableType, types.StringLiteral)
def lower_column(context: Any, builder: Any, sig: Any, args: Any) -> Any:  # noqa: ARG001
    """A column is found where its table is."""
    return args[0]


@lower_builtin(len, TableType)
def lower_rows(context: Any, builder: Any, sig: Any, args: Any) -> Any:  # noqa: ARG001
    """Load how many rows there are."""
    return load_word(builder, args[0], 1)


@lower_getattr(ColumnType, "shape")
def lower_shape(context: Any, builder: Any, kind: ColumnType, entry: Any) -> Any:
    """Build the shape from the number of rows and the lengths known when compiling."""
    lengths = [context.get_constant(types.intp, length) for length in kind.lengths]
    shape = [load_word(builder, entry, 1), *lengths]
    return context.make_tuple(builder, types.UniTuple(types.intp, len(shape)), shape)


@lower_builtin(operator.getitem, TableType, types.Integer)
def lower_row(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """A row is its address."""
    table = sig.args[0]
    place = builder.mul(args[1], context.get_constant(types.intp, table.record.size))
    address = builder.add(load_word(builder, args[0], 0), place)
    return builder.inttoptr(address, context.get_value_type(table.record))


def _address(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return the pointer to one number of a column."""
    column = sig.args[0]
    item = context.get_abi_sizeof(context.get_data_type(column.dtype))
    places = [args[1]] if not column.lengths else cgutils.unpack_tuple(builder, args[1])
    strides = [column.stride]
    for axis in range(len(column.lengths)):
        stride = item
        for length in column.lengths[axis + 1 :]:
            stride *= length
        strides.append(stride)
    address = builder.add(load_word(builder, args[0], 0), context.get_constant(types.intp, column.offset))
    for place, stride in zip(places, strides, strict=True):
        step = builder.mul(place, context.get_constant(types.intp, stride))
        address = builder.add(address, step)
    return builder.inttoptr(address, context.get_data_type(column.dtype).as_pointer())


@lower_builtin(operator.getitem, ColumnType, types.Integer)
@lower_builtin(operator.getitem, ColumnType, types.BaseTuple)
def lower_element(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Load one number."""
    return context.unpack_value(builder, sig.return_type, _address(context, builder, sig, args))


@lower_builtin(operator.setitem, ColumnType, types.Integer, types.Number)
@lower_builtin(operator.setitem, ColumnType, types.BaseTuple, types.Number)
def lower_assignment(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Store one number."""
    context.pack_value(builder, sig.args[2], args[2], _address(context, builder, sig, args))
    return context.get_dummy_value()
