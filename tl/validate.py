"""Names the field that keeps an object from being serialized. Runs only after packing failed, so it may be slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tl.objects import TLObject

if TYPE_CHECKING:
    from tl.schema.combinator import Param, TypeRef

_INTEGER_BITS: Final = {"int": 32, "long": 64}
_PYTHON_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str,
    "bytes": (bytes, bytearray, memoryview),
    "Bool": bool,
    "double": (int, float),
}
_SIZES: Final = {"int128": 16, "int256": 32}
_MAX_LENGTH: Final = (1 << 24) - 1
_MAX_DEPTH: Final = 200


def explain(value: Any, depth: int = 0) -> str | None:
    """What is wrong with `value`, as ``api.Message.date: str where int is declared``; None when nothing is found."""
    if not isinstance(value, TLObject):
        return f"{type(value).__name__} is not a TL object"
    if depth > _MAX_DEPTH:
        return f"{type(value).__qualname__}: values nest too deeply"
    present: dict[tuple[str, int], bool] = {}
    for param in value.COMBINATOR.fields:
        problem = _field(value, param, present, depth)
        if problem is not None:
            return problem
    return None


def explain_value(value: Any, declared: TypeRef, schema: str) -> str | None:
    """What is wrong with a value of any declared type; None when nothing is found."""
    problem, _ = _value(value, declared, schema, 0)
    return problem


def _field(value: TLObject, param: Param, present: dict[tuple[str, int], bool], depth: int) -> str | None:
    where = f"{type(value).__qualname__}.{param.attribute}"
    if not hasattr(value, param.attribute):
        return f"{where} is not set"
    held = getattr(value, param.attribute)
    if param.is_true:
        return None
    if param.flags is not None:
        key = (param.flags, param.bit)
        if present.setdefault(key, held is not None) != (held is not None):
            return f"{where} must be given together with the other fields of {param.flags}.{param.bit}"
        if held is None:
            return None
    problem, is_nested = _value(held, param.type, value.COMBINATOR.schema, depth)
    if problem is None or is_nested:
        return problem
    return f"{where}: {problem}"


def _value(held: Any, declared: TypeRef, schema: str, depth: int) -> tuple[str | None, bool]:
    """What is wrong with a value, and whether the text already names the place."""
    name = declared.name
    wrong = f"{type(held).__name__} where {declared} is declared"
    if declared.item is not None:
        if not isinstance(held, (list, tuple)):
            return wrong, False
        for item in held:
            problem, is_nested = _value(item, declared.item, schema, depth)
            if problem is not None:
                return problem, is_nested
        return None, False
    if declared.is_scalar and name != "!X":
        return _scalar(held, name, wrong), False
    if name in {"!X", "X", "Object"}:
        return (explain(held, depth + 1), True) if isinstance(held, TLObject) else (_raw(held, wrong), False)
    if not isinstance(held, TLObject):
        return wrong, False
    line = held.COMBINATOR
    if line.schema != schema or line.is_method or name not in {line.result.name, line.name}:
        return f"{line.name} where {declared} is declared", False
    return explain(held, depth + 1), True


def _raw(held: Any, wrong: str) -> str | None:
    return None if isinstance(held, (bytes, bool)) else wrong


def _scalar(held: Any, name: str, wrong: str) -> str | None:
    if name in _INTEGER_BITS:
        if not isinstance(held, int):
            return wrong
        limit = 1 << (_INTEGER_BITS[name] - 1)
        return None if -limit <= held < limit else f"{held} does not fit {name}"
    if name in _SIZES:
        if not isinstance(held, (bytes, bytearray)):
            return wrong
        return None if len(held) == _SIZES[name] else f"{len(held)} bytes where {name} is declared"
    if not isinstance(held, _PYTHON_TYPES[name]):
        return wrong
    return _length(held, name) if isinstance(held, (str, bytes, bytearray, memoryview)) else None


def _length(held: str | bytes | bytearray | memoryview, name: str) -> str | None:
    if isinstance(held, str):
        try:
            held = held.encode()
        except UnicodeEncodeError:
            return "a string with lone surrogates"
    return f"{len(held)} bytes are too long for {name}" if len(held) > _MAX_LENGTH else None
