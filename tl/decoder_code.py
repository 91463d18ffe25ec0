"""Generation of decoders from schema lines: ``(data, position, depth) -> (object, position)``.

A line that is not the canonical one of its name decodes straight into the canonical class; `tl.convert.upgrade` says
where its fields come from. What the generated code relies on:

* A position may run past the end inside a string. Slices then come out short without an error; the next read or the
  caller's check of the final position notices.
* Vector counts are compared with the bytes left before anything is allocated.
* Every boxed value costs one unit of depth.
"""

from __future__ import annotations

from struct import Struct, unpack_from
from typing import TYPE_CHECKING, Any, Final, NoReturn

from tl.convert.upgrade import Upgrade, upgrade_of
from tl.exceptions import DecodeError
from tl.source import FunctionSource
from tl.wire import BOOLS, FIXED, MAX_DEPTH, VECTOR_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tl.schema.combinator import Combinator, Param, TypeRef

    Decoder = Callable[[bytes, int, int], tuple[Any, int]]


def _too_deep() -> NoReturn:
    raise DecodeError(f"values nest deeper than {MAX_DEPTH}")


def _bad_vector(vector_id: int, count: int) -> NoReturn:
    if vector_id != VECTOR_ID:
        raise DecodeError(f"{vector_id:#010x} where a vector is declared")
    raise DecodeError(f"a vector of {count} elements is longer than the data")


def _long_bytes(data: bytes, position: int) -> tuple[bytes, int]:
    """Read a string whose first byte is 254 or more."""
    if data[position] != 254:
        raise DecodeError("a string starts with 255")
    length = int.from_bytes(data[position + 1 : position + 4], "little")
    start = position + 4
    if start + length > len(data):
        raise DecodeError("truncated")
    return data[start : start + length], start + (length + 3 & -4)


def _long_string(data: bytes, position: int) -> tuple[str, int]:
    value, position = _long_bytes(data, position)
    return value.decode(), position


_MIN_STRETCH: Final = 3
_MAX_STRETCH: Final = 6
"""How many adjacent optional fields are worth a common test, and at most share one."""


class DecoderWriter:
    """Writes the decoder of one line.

    Args:
        line: any line of any layer.
        table_of: the decoder table of a boxed type, by schema and type.
        bare_of: the decoder of a bare constructor, by schema and name.

    Raises:
        UnknownConstructor: the canonical layer has no equivalent of the line.
    """

    def __init__(
        self,
        line: Combinator,
        table_of: Callable[[str, str], Mapping[int, Decoder]],
        bare_of: Callable[[str, str], Decoder],
    ) -> None:
        self._table_of = table_of
        self._bare_of = bare_of
        self._line = line
        self._upgrade: Upgrade = upgrade_of(line)
        self._source = FunctionSource("decode(d, p, n)")
        # Adjacent fields of fixed size, read by one precompiled Struct: (struct code, assignment target).
        self._run: list[tuple[str, str]] = []
        self._after_run: list[str] = []

    def build(self) -> Decoder:
        """Compile the decoder of the fields, without the constructor id."""
        source, upgrade = self._source, self._upgrade
        cls = upgrade.cls
        if not self._line.params and not upgrade.has_rules and not cls.FIELDS and not cls.IS_METHOD:
            value = cls()
            return lambda _data, position, _depth: (value, position)
        new = source.constant("new", object.__new__)
        name = source.constant("cls", cls)
        if any(_nests(param.type) for param in self._line.params):
            with source.block("if not n:"):
                source.add(f"{source.constant('too_deep', _too_deep)}()")
            source.add("n -= 1")
        source.add(f"o = {new}({name})")
        for stretch in _stretches(_groups(self._line.params)):
            if len(stretch) < _MIN_STRETCH:
                for group in stretch:
                    self._group(group)
            else:
                self._sparse(stretch)
        self._flush()
        for attribute, constant in upgrade.constants:
            source.add(f"o.{attribute} = {constant!r}")
        self._rules()
        decoder: Decoder = source.build(f"decode {self._line.name}#{self._line.id:08x}")
        return decoder

    def _rules(self) -> None:
        source, upgrade = self._source, self._upgrade
        if upgrade.kept or upgrade.computed:
            values = ", ".join(f"{name!r}: x_{name}" for name in upgrade.kept)
            source.add(f"x = {{{values}}}")
            for name, attribute in upgrade.direct.items():
                source.add(f"o.{attribute} = x_{name}")
        for attribute, rule in upgrade.computed:
            source.add(f"o.{attribute} = {source.constant('rule', rule)}(x)")
        if upgrade.replace is not None:
            source.add(f"o = {source.constant('replace', upgrade.replace)}(o)")
        if upgrade.cls.IS_METHOD:
            source.add(f"o.wire_id = {self._line.id}")
        source.add("return o, p")

    def _sparse(self, stretch: list[list[Param]]) -> None:
        """Emit a stretch of optional fields behind one test: most objects have none of them."""
        self._flush()
        mask = sum({1 << group[0].bit for group in stretch})
        with self._source.block(f"if f_{stretch[0][0].flags} & {mask}:"):
            for group in stretch:
                self._group(group)
        with self._source.block("else:"):
            targets = [self._target(param) for group in stretch for param in group]
            self._source.add(" = ".join([*targets, "None"]))

    def _group(self, group: list[Param]) -> None:
        """Emit adjacent fields that share a condition."""
        first = group[0]
        if first.flags is None:
            for param in group:
                if param.is_flags:
                    self._run.append(("I", f"f_{param.name}"))
                else:
                    self._value(param.type, self._target(param))
            return
        self._flush()
        if first.is_true:
            self._true_flags(group)
            return
        source = self._source
        with source.block(f"if f_{first.flags} & {1 << first.bit}:"):
            for param in group:
                self._value(param.type, self._target(param))
            self._flush()
        with source.block("else:"):
            source.add(" = ".join([*(self._target(param) for param in group), "None"]))

    def _true_flags(self, group: list[Param]) -> None:
        source = self._source
        if len(group) == 1:
            source.add(f"{self._target(group[0])} = (f_{group[0].flags} & {1 << group[0].bit}) != 0")
            return
        mask = sum({1 << param.bit for param in group})
        with source.block(f"if f_{group[0].flags} & {mask}:"):
            for param in group:
                source.add(f"{self._target(param)} = (f_{param.flags} & {1 << param.bit}) != 0")
        with source.block("else:"):
            source.add(" = ".join([*(self._target(param) for param in group), "False"]))

    def _target(self, param: Param) -> str:
        attribute = self._upgrade.direct.get(param.name)
        return f"x_{param.name}" if attribute is None or self._upgrade.kept else f"o.{attribute}"

    def _flush(self) -> None:
        if self._run:
            layout = Struct("<" + "".join(code for code, _ in self._run))
            targets = ", ".join(target for _, target in self._run)
            unpack = self._source.constant("unpack", layout.unpack_from)
            self._source.add(f"{targets}, = {unpack}(d, p)")
            self._source.add(f"p += {layout.size}")
        for statement in self._after_run:
            self._source.add(statement)
        self._run = []
        self._after_run = []

    def _value(self, type_ref: TypeRef, target: str) -> None:
        """Emit the reading of one value of any type into `target`."""
        source, name = self._source, type_ref.name
        if type_ref.item is not None:
            self._vector(type_ref, target)
        elif name == "Bool":
            bits = source.unique("b")
            self._run.append(("I", bits))
            self._after_run.append(f"{target} = {source.constant('bools', BOOLS)}[{bits}]")
        elif name in FIXED:
            self._run.append((FIXED[name], target))
        elif name in {"string", "bytes"}:
            self._flush()
            self._string(name, target)
        elif name == "!X":
            self._flush()
            source.add(f"{target} = d[p:]")
            source.add("p = len(d)")
        elif _is_bare(name):
            self._flush()
            bare = source.constant("bare", self._bare_of(self._line.schema, name))
            source.add(f"{target}, p = {bare}(d, p, n)")
        else:
            self._run.append(("I", "i"))
            self._flush()
            table = source.constant("table", self._table_of(self._line.schema, name))
            source.add(f"{target}, p = {table}[i](d, p, n)")

    def _string(self, name: str, target: str) -> None:
        source = self._source
        decode = ".decode()" if name == "string" else ""
        long = source.constant("long", _long_string if name == "string" else _long_bytes)
        source.add("m = d[p]")
        with source.block("if m < 254:"):
            source.add("q = p + 1")
            source.add(f"{target} = d[q : q + m]{decode}")
            source.add("p += m + 4 & -4")
        with source.block("else:"):
            source.add(f"{target}, p = {long}(d, p)")

    def _vector(self, type_ref: TypeRef, target: str) -> None:
        source, item = self._source, type_ref.item
        assert item is not None  # noqa: S101 - for the type checker: the caller tested it
        count = source.unique("c")
        if type_ref.name == "Vector":
            self._run += [("I", "h"), ("I", count)]
            self._flush()
            wrong_id = f"h != {VECTOR_ID} or "
        else:
            self._run.append(("I", count))
            self._flush()
            wrong_id = ""
        size = Struct("<" + FIXED[item.name]).size if item.name in FIXED else 4
        bad = source.constant("bad", _bad_vector)
        with source.block(f"if {wrong_id}{count} * {size} > len(d) - p:"):
            source.add(f"{bad}({'h' if wrong_id else VECTOR_ID}, {count})")
        if item.name in {"int", "long", "double"}:
            unpack = source.constant("unpack_from", unpack_from)
            source.add(f"{target} = list({unpack}(f'<{{{count}}}{FIXED[item.name]}', d, p))")
            source.add(f"p += {size} * {count}")
            return
        items, value = source.unique("v"), source.unique("e")
        source.add(f"{items} = []")
        with source.block(f"for _ in range({count}):"):
            self._value(item, value)
            self._flush()
            source.add(f"{items}.append({value})")
        source.add(f"{target} = {items}")


def _is_bare(name: str) -> bool:
    return name.rpartition(".")[2][0].islower()


def _nests(type_ref: TypeRef) -> bool:
    """Whether reading the type calls another decoder."""
    if type_ref.item is not None:
        return _nests(type_ref.item)
    return not type_ref.is_scalar


def _stretches(groups: list[list[Param]]) -> list[list[list[Param]]]:
    """Join adjacent groups of optional values of one bit field, at most `_MAX_STRETCH` of them."""
    stretches: list[list[list[Param]]] = []
    for group in groups:
        first = group[0]
        last = stretches[-1] if stretches else None
        is_sparse = first.flags is not None and not first.is_true
        if is_sparse and last is not None and len(last) < _MAX_STRETCH and _continues(last[0][0], first):
            last.append(group)
        else:
            stretches.append([group])
    return stretches


def _continues(first: Param, param: Param) -> bool:
    return first.flags == param.flags and not first.is_true


def _groups(params: tuple[Param, ...]) -> list[list[Param]]:
    """Split fields into runs that one condition governs: required ones, bare trues of one bit field, one bit."""
    groups: list[list[Param]] = []
    last: tuple[object, ...] | None = None
    for param in params:
        key: tuple[object, ...] = (param.flags, param.is_true, None if param.is_true or not param.flags else param.bit)
        if key != last:
            groups.append([])
        groups[-1].append(param)
        last = key
    return groups
