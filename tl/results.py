"""What a method returned, on the wire: by the id that the client called it with.

The shape of an answer follows the request's id (``messages.createChat`` answered `Updates` in old layers and answers
`messages.InvitedUsers` now); the objects inside follow the session's layer.
"""

from __future__ import annotations

from struct import Struct, pack
from struct import error as struct_error
from typing import TYPE_CHECKING, Any, Final

from tl.convert.results import shape
from tl.convert.up_rules import METHODS
from tl.convert.vanishing import vanishing_in
from tl.decoder import ANY, guarded, table_of
from tl.encoder import codec_at
from tl.exceptions import DecodeError, EncodeError
from tl.registry import class_of, method_line
from tl.validate import explain_value
from tl.wire import BOOL_IDS, BOOLS, FIXED, MAX_DEPTH, UINT, VECTOR_ID, pack_bytes

if TYPE_CHECKING:
    from tl.encoder import LayerCodec
    from tl.encoder_code import Append
    from tl.schema.combinator import TypeRef

_NUMBERS: Final = {name: Struct("<" + FIXED[name]) for name in ("int", "long", "double")}


def encode_result(value: Any, method_id: int, layer: int) -> bytes:
    """Serialize a method's result.

    Args:
        value: what the canonical method declares: an object, a ``bool`` for Bool, a list for a vector; ``bytes`` pass
            unchanged.
        method_id: the id that stood on the wire, of any layer.
        layer: the session's layer.

    Raises:
        EncodeError: the value is not what the method returns, or `method_id` is no method's.
        UnsupportedLayer: the layer is too old.
    """
    if isinstance(value, bytes):
        return value
    line = method_line(method_id)
    if line is None:
        raise EncodeError(f"{method_id:#010x} is not a method")
    # Who calls a method knows its answer, also where the session declared an older layer.
    codec = codec_at(max(layer, line.first_layer))
    canonical = class_of(line.schema, METHODS.get(line.name, line.name)).COMBINATOR.result
    parts: list[bytes] = []
    try:
        shaped = value if line.result == canonical else shape(value, line, canonical)
        _write(shaped, line.result, codec, line.schema, parts.append)
        return b"".join(parts)
    except (EncodeError, struct_error, TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
        problem = explain_value(value, canonical, line.schema) or str(error)
        raise EncodeError(f"result of {line.name}: {problem}") from error


def decode_result(data: bytes, method_id: int) -> Any:
    """Decode what a server answered to a method: objects, bool, or lists, as the id's line declares.

    Args:
        data: the boxed result.
        method_id: the id that the method was called with, of any layer.

    Raises:
        DecodeError: the bytes are not such a result, or `method_id` is no method's.
    """
    line = method_line(method_id)
    if line is None:
        raise DecodeError(f"{method_id:#010x} is not a method")
    value, end = guarded(lambda data, position: _read(data, position, line.result, line.schema), data, 0)
    if end != len(data):
        raise DecodeError(f"{len(data) - end} bytes follow the result")
    return value


def _read(data: bytes, position: int, declared: TypeRef, schema: str) -> tuple[Any, int]:
    name = declared.name
    if declared.item is None and name in _NUMBERS:
        number = _NUMBERS[name]
        return number.unpack_from(data, position)[0], position + number.size
    (constructor_id,) = UINT.unpack_from(data, position)
    position += 4
    if name == "Bool":
        return BOOLS[constructor_id], position
    if declared.item is None:
        table = ANY if name == "X" else table_of(schema, name)
        return table[constructor_id](data, position, MAX_DEPTH)
    (count,) = UINT.unpack_from(data, position)
    position += 4
    if constructor_id != VECTOR_ID or count * 4 > len(data) - position:
        raise DecodeError(f"not a {declared}")
    items = []
    for _ in range(count):
        item, position = _read(data, position, declared.item, schema)
        items.append(item)
    return items, position


def _write(value: Any, declared: TypeRef, codec: LayerCodec, schema: str, append: Append) -> None:
    name = declared.name
    if declared.item is not None:
        if not isinstance(value, (list, tuple)):
            raise EncodeError(f"{type(value).__name__} where {declared} is declared")
        vanishes = vanishing_in(schema, declared, codec.layer)
        if vanishes is not None:
            value = [item for item in value if not vanishes.test(item)]
        append(pack("<II" if name == "Vector" else "<I", *([VECTOR_ID] if name == "Vector" else []), len(value)))
        for item in value:
            _write(item, declared.item, codec, schema, append)
    elif name == "Bool":
        append(UINT.pack(BOOL_IDS[value]))
    elif name in FIXED:
        append(pack("<" + FIXED[name], value))
    elif name == "string":
        append(pack_bytes(value.encode()))
    elif name == "bytes":
        append(pack_bytes(value))
    else:
        table = codec.any if name == "X" else codec.table_of(schema, name)
        table[type(value)](value, append)
