"""Parser of single TL lines: ``name#id field:type ... = Result;``.

Grammar: https://core.telegram.org/mtproto/TL-formal (the subset that Telegram's schemas use: conditional fields,
boxed and bare vectors, ``!X`` arguments; no polymorphic types besides vectors).
"""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from functools import cache
from typing import Final

SCALARS: Final = frozenset({"int", "long", "double", "string", "bytes", "int128", "int256", "#", "true", "Bool", "!X"})
"""Types that Python values stand for directly; everything else is a class or a vector."""


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type as a field declares it.

    Attributes:
        name: a scalar of `SCALARS`, a boxed type (``InputPeer``), a bare constructor (``future_salt``), ``Object``,
            or ``Vector`` (with the constructor id on the wire) / ``vector`` (count only).
        item: the element type of a vector, else None.
    """

    name: str
    item: TypeRef | None = None

    @property
    def is_scalar(self) -> bool:
        """Whether a plain Python value stands for it."""
        return self.name in SCALARS

    @property
    def is_vector(self) -> bool:
        """Whether a list stands for it."""
        return self.item is not None

    def __str__(self) -> str:
        return self.name if self.item is None else f"{self.name}<{self.item}>"


@dataclass(frozen=True, slots=True)
class Param:
    """A field of a combinator.

    Attributes:
        name: the TL name.
        attribute: the Python attribute (``from`` becomes ``from_``).
        type: its type without the condition.
        flags: name of the ``#`` field whose bit makes it present, or None when it is required.
        bit: number of that bit.
    """

    name: str
    attribute: str
    type: TypeRef
    flags: str | None = None
    bit: int = 0

    @property
    def is_flags(self) -> bool:
        """Whether it is a bit field: computed on the wire, no attribute of the class."""
        return self.type.name == "#"

    @property
    def is_true(self) -> bool:
        """Whether it is a bare ``true``: only its flag bit stands on the wire."""
        return self.type.name == "true" and self.flags is not None

    @property
    def is_required(self) -> bool:
        """Whether a value must always be given."""
        return self.flags is None


@dataclass(frozen=True, slots=True)
class Combinator:
    """A constructor or method line.

    Attributes:
        schema: ``api`` or ``mtproto``.
        name: TL name with its namespace, ``messages.sendMessage``.
        id: constructor id, unsigned.
        params: fields in wire order, bit fields included.
        result: the boxed type a constructor belongs to, or a method's result.
        is_method: whether it stands in the functions section.
        first_layer, last_layer: the layers that know this id (0, 0 in a schema without layers).
    """

    schema: str
    name: str
    id: int
    params: tuple[Param, ...]
    result: TypeRef
    is_method: bool
    first_layer: int
    last_layer: int

    @property
    def fields(self) -> tuple[Param, ...]:
        """The fields that are attributes of the class: all but the bit fields."""
        return tuple(param for param in self.params if not param.is_flags)

    def field(self, name: str) -> Param | None:
        """The field of that TL name, or None."""
        return next((param for param in self.params if param.name == name and not param.is_flags), None)


@cache
def parse_type(text: str) -> TypeRef:
    """Parse ``long``, ``Vector<Peer>``, ``messages.Chats``."""
    if text[:7] in {"Vector<", "vector<"}:
        return TypeRef(text[:6], parse_type(text[7:-1]))
    return TypeRef(text)


def parse_combinator(line: str, is_method: bool, schema: str, latest: int) -> Combinator:
    """Parse one line, optionally prefixed by ``first_layer last_layer``; a line without them is valid at `latest`."""
    first_layer = last_layer = latest
    if line[0].isdigit():
        first_text, last_text, line = line.split(" ", 2)
        first_layer, last_layer = int(first_text), int(last_text)
    left, _, result = line.rstrip(";").rpartition(" = ")
    head, *rest = left.split()
    name, _, constructor_id = head.partition("#")
    params = tuple(_parse_param(part) for part in rest)
    return Combinator(
        schema, name, int(constructor_id, 16), params, parse_type(result), is_method, first_layer, last_layer
    )


def _parse_param(text: str) -> Param:
    name, _, declared = text.partition(":")
    attribute = name + "_" if keyword.iskeyword(name) else name
    condition, question, conditional = declared.partition("?")
    if not question:
        return Param(name, attribute, parse_type(declared))
    flags, _, bit = condition.partition(".")
    return Param(name, attribute, parse_type(conditional), flags, int(bit))


def class_name(tl_name: str) -> str:
    """The Python class name of a TL name without its namespace: ``sendMessage`` and ``req_pq_multi`` in PascalCase."""
    local = tl_name.rpartition(".")[2]
    name = "".join(part[:1].upper() + part[1:] for part in local.split("_"))
    return name + "_" if keyword.iskeyword(name) else name


def namespace_of(tl_name: str) -> str:
    """The namespace of a TL name, empty for the root."""
    return tl_name.rpartition(".")[0]
