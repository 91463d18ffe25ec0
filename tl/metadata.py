"""What the documentation says about methods and errors: data for dispatch checks, tests and generated tables.

https://core.telegram.org/methods, https://core.telegram.org/api/errors
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from tl.schema import MIN_KNOWN_LAYER, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

UsableBy = Literal["user", "bot", "both"]


class ErrorInfo(NamedTuple):
    """An rpc_error: ``%d`` or ``X`` in a name stands for a number."""

    code: int
    name: str


class MethodInfo(NamedTuple):
    """A method of the canonical layer.

    Attributes:
        name: TL name.
        result: type of its result.
        constructor_id: its id.
        usable_by: who may call it; both where the documentation says nothing.
        first_layer: the layer it appeared in; `MIN_KNOWN_LAYER` if that or older.
        errors: the documented errors.
    """

    name: str
    result: str
    constructor_id: int
    usable_by: UsableBy
    first_layer: int
    errors: tuple[ErrorInfo, ...]


def methods() -> Iterator[MethodInfo]:
    """The methods of the canonical layer, by name."""
    return iter(_methods())


def errors() -> tuple[ErrorInfo, ...]:
    """Every documented error."""
    return _errors()


@cache
def _methods() -> tuple[MethodInfo, ...]:
    return tuple(sorted(map(_method, read_text("methods.tsv").splitlines()[1:])))


def _method(row: str) -> MethodInfo:
    name, result, constructor_id, usable_by, first_layer, documented = row.split("\t")
    known = MIN_KNOWN_LAYER if first_layer.startswith("<") else int(first_layer)
    parts = (error.partition(":") for error in documented.split())
    named = tuple(ErrorInfo(int(code), error) for code, _, error in parts)
    return MethodInfo(name, result, int(constructor_id, 16), cast("UsableBy", usable_by or "both"), known, named)


@cache
def _errors() -> tuple[ErrorInfo, ...]:
    rows = (row.split("\t") for row in read_text("errors.tsv").splitlines()[1:])
    return tuple(ErrorInfo(int(code), name) for code, name in rows)
