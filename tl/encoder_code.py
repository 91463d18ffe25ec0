"""Generation of encoders from schema lines: ``(object, append) -> None``.

`tl.convert.downgrade` says where the fields of an old line come from. The generated code checks nothing that packing
checks anyway; when packing fails, `tl.validate` walks the object to name the field.
"""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING, Any, Protocol

from tl.convert.vanishing import vanishing_in
from tl.source import FunctionSource
from tl.wire import BOOL_IDS, FIXED, LONG_PADDING, SHORT_PADDING, UINT, VECTOR_ID, pack_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tl.convert.downgrade import Downgrade, FieldPlan
    from tl.convert.vanishing import Vanishing
    from tl.schema.combinator import Combinator, Param, TypeRef

    Append = Callable[[bytes], object]
    Encoder = Callable[[Any, Append], object]


class Codec(Protocol):
    """The encoders of one layer."""

    @property
    def layer(self) -> int:
        """The layer to write for."""

    @property
    def any(self) -> Mapping[type, Encoder]:
        """Encoders of everything by class."""

    def table_of(self, schema: str, type_name: str) -> Mapping[type, Encoder]:
        """Encoders by class of a boxed type."""

    def bare_encoder_of(self, schema: str, name: str) -> Encoder:
        """The encoder of a bare constructor's fields."""


def _exactly(size: int) -> Callable[[bytes], bytes]:
    def check(value: bytes) -> bytes:
        # struct would pad or cut silently.
        if len(value) != size:
            raise ValueError(f"{len(value)} bytes where {size} are declared")
        return value

    return check


_int128, _int256 = _exactly(16), _exactly(32)


class EncoderWriter:
    """Writes the encoder of one plan.

    Args:
        codec: where the encoders of the fields' types come from.
        plan: the line to write and the source of each of its fields.
    """

    def __init__(self, codec: Codec, plan: Downgrade) -> None:
        self._codec = codec
        self._plan = plan
        self._line: Combinator = plan.line
        self._source = FunctionSource("encode(o, w)")
        # Adjacent values of fixed size, written by one precompiled Struct: (struct code, expression).
        self._run: list[tuple[str, str]] = []

    def build(self) -> Encoder:
        """Compile the encoder of the boxed object."""
        if not self._line.params:
            constant = UINT.pack(self._line.id)
            return lambda _value, append: append(constant)
        return self._generate(bare=False)

    def build_bare(self) -> Encoder:
        """The encoder without the constructor id, for elements of bare vectors."""
        return self._generate(bare=True)

    def _generate(self, *, bare: bool) -> Encoder:
        if not bare:
            self._run.append(("I", str(self._line.id)))
        values = self._flags()
        for group in _groups(self._line.params):
            self._group(group, values)
        self._flush()
        encoder: Encoder = self._source.build(f"encode {self._line.name}#{self._line.id:08x}")
        return encoder

    def _flags(self) -> dict[str, str]:
        """Emit the computation of the bit fields; returns the expression of every field's value.

        A bare true that shares its bit with a value in an old line is set by the value alone: the canonical object may
        have it without.
        """
        source, values = self._source, {}
        for param in self._line.params:
            if param.is_flags:
                source.add(f"f_{param.name} = 0")
                continue
            value = self._expression(self._plan.fields[param.name])
            drop = vanishing_in(self._line.schema, param.type, self._codec.layer)
            if param.is_true:
                if not self._plan.is_canonical and not self._is_alone(param):
                    continue
                with source.block(f"if {value}:"):
                    source.add(f"f_{param.flags} |= {1 << param.bit}")
            elif not param.is_required or drop is not None:
                local = source.unique("v")
                source.add(f"{local} = {value}")
                if drop is not None:
                    self._drop(param, local, drop)
                value = local
            values[param.name] = value
        self._bits(values)
        return values

    def _bits(self, values: dict[str, str]) -> None:
        """Emit the setting of bits of fields with a value.

        Fields that share a bit in an old line only were independent for who made the object: there the bit needs all.
        """
        bits: dict[tuple[str, int], list[Param]] = {}
        for param in self._line.fields:
            if param.flags is not None and not param.is_true:
                bits.setdefault((param.flags, param.bit), []).append(param)
        for (flags, bit), params in bits.items():
            joint = " or " if self._plan.is_canonical else " and "
            present = joint.join(f"{values[param.name]} is not None" for param in params)
            with self._source.block(f"if {present}:"):
                self._source.add(f"f_{flags} |= {1 << bit}")

    def _drop(self, param: Param, local: str, vanishing: Vanishing) -> None:
        """Emit the removal of what the layer does not know."""
        source = self._source
        if vanishing.required:
            test = f"{source.constant('vanishes', vanishing.test)}({{}})"
        else:
            test = f"{{}}.TL_NAME in {source.constant('names', vanishing.names)}"
        if param.type.is_vector:
            known = f"[e for e in {local} if not ({test.format('e')})]"
            source.add(f"{local} = {known}" if param.is_required else f"{local} = {local} and {known}")
        elif not param.is_required:
            with source.block(f"if {local} is not None and {test.format(local)}:"):
                source.add(f"{local} = None")

    def _expression(self, plan: FieldPlan) -> str:
        if plan.rule is not None:
            rule = self._source.constant("rule", plan.rule)
            return f"{rule}(o)"
        if plan.attribute is None:
            return repr(plan.default)
        return f"o.{plan.attribute}"

    def _group(self, group: list[Param], values: dict[str, str]) -> None:
        first = group[0]
        if first.flags is None:
            for param in group:
                if param.is_flags:
                    self._run.append(("I", f"f_{param.name}"))
                else:
                    self._value(param.type, values[param.name])
            return
        if first.is_true:
            return
        self._flush()
        value = values[first.name]
        test = f"{value} is not None" if self._is_alone(first) else f"f_{first.flags} & {1 << first.bit}"
        with self._source.block(f"if {test}:"):
            for param in group:
                self._value(param.type, values[param.name])
            self._flush()

    def _is_alone(self, param: Param) -> bool:
        sharing = [
            other
            for other in self._line.fields
            if (other.flags, other.bit) == (param.flags, param.bit) and (other is param or not other.is_true)
        ]
        return len(sharing) == 1

    def _flush(self) -> None:
        if self._run:
            self._source.add(f"w({self._pack('', '')})")
            self._run = []

    def _pack(self, code: str, value: str) -> str:
        """The call that packs the pending run followed by one more value."""
        run = [*self._run, (code, value)] if code else self._run
        layout = Struct("<" + "".join(item for item, _ in run))
        return f"{self._source.constant('pack', layout.pack)}({', '.join(expression for _, expression in run)})"

    def _value(self, type_ref: TypeRef, value: str) -> None:
        source, name = self._source, type_ref.name
        if type_ref.item is not None:
            self._vector(type_ref, value)
        elif name == "Bool":
            self._run.append(("I", f"{source.constant('bools', BOOL_IDS)}[{value}]"))
        elif name in {"int128", "int256"}:
            check = source.constant("exactly", _int128 if name == "int128" else _int256)
            self._run.append((FIXED[name], f"{check}({value})"))
        elif name in FIXED:
            self._run.append((FIXED[name], value))
        elif name in {"string", "bytes"}:
            self._string(name, value)
        elif name.rpartition(".")[2][0].islower():
            self._flush()
            bare = source.constant("bare", self._codec.bare_encoder_of(self._line.schema, name))
            source.add(f"{bare}({value}, w)")
        else:
            self._flush()
            table = self._codec.any if name == "!X" else self._codec.table_of(self._line.schema, name)
            source.add(f"{source.constant('table', table)}[type({value})]({value}, w)")

    def _string(self, name: str, value: str) -> None:
        source = self._source
        source.add(f"b = {value}.encode()" if name == "string" else f"b = {value}")
        source.add("m = len(b)")
        with source.block("if m < 254:"):
            source.add(f"w({self._pack('B', 'm')})")
            source.add("w(b)")
            source.add(f"w({source.constant('short', SHORT_PADDING)}[m])")
        with source.block("else:"):
            source.add(f"w({self._pack('I', 'm << 8 | 254')})")
            source.add("w(b)")
            source.add(f"w({source.constant('long', LONG_PADDING)}[m & 3])")
        self._run = []

    def _vector(self, type_ref: TypeRef, value: str) -> None:
        source, item = self._source, type_ref.item
        assert item is not None  # noqa: S101 - for the type checker: the caller tested it
        if type_ref.name == "Vector":
            self._run.append(("I", str(VECTOR_ID)))
        local = source.unique("l")
        source.add(f"{local} = {value}")
        self._run.append(("I", f"len({local})"))
        self._flush()
        if item.name in {"int", "long", "double"}:
            packer = source.constant("pack_many", pack)
            source.add(f"w({packer}(f'<{{len({local})}}{FIXED[item.name]}', *{local}))")
            return
        element = source.unique("e")
        with source.block(f"for {element} in {local}:"):
            if item.name in {"string", "bytes"}:
                encode_item = f"{element}.encode()" if item.name == "string" else element
                source.add(f"w({source.constant('pack_bytes', pack_bytes)}({encode_item}))")
            else:
                self._value(item, element)
                self._flush()


def _groups(params: tuple[Param, ...]) -> list[list[Param]]:
    """Split fields into runs that one condition governs."""
    groups: list[list[Param]] = []
    last: tuple[object, ...] | None = None
    for param in params:
        if param.is_true:
            continue
        key: tuple[object, ...] = (param.flags, param.bit if param.flags else None)
        if key != last:
            groups.append([])
        groups[-1].append(param)
        last = key
    return groups
