"""Telegram's TL language: objects, their bytes, and the layers between them. No I/O; nothing of ours is imported.

::

    import tl
    from tl import api, mtproto

    message = api.Message(id=5, peer_id=api.PeerUser(user_id=1), date=0, message="hi", out=True)
    data = tl.encode(message, layer=220)        # what a client of layer 220 understands
    request = tl.decode_request(body)           # any layer's method id -> the canonical method
    answer = tl.encode_result(result, request.wire_id, layer=220)

**Classes.** `tl.api` and `tl.mtproto` hold a class per constructor and method of the canonical layer (`LAYER`), named
as in TL with a capital letter, inside its namespace: ``api.messages.SendMessage``. They are made on first use. Fields
are keyword-only; optional ones default to None, bare flags to False; ``from`` is ``from_``. Vectors are lists, Bool is
bool, int128, int256 and bytes are bytes. ``Object`` fields hold an object, or bytes that are already serialized;
``!X`` fields (``query`` of invokeWithLayer) hold the raw rest of the data.

**Decoding** goes by constructor id, so one table serves every layer, and always yields canonical objects. A request
keeps the id that stood on the wire as ``wire_id``: its answer must have the shape that this id promises. In an
msg_container, a body that does not decode comes out as bytes and leaves its neighbours alone.

**Encoding** is for one layer of `MIN_LAYER`..`LAYER` (higher ones are clamped). What the layer does not know is
converted (rules in `tl.convert`), replaced by its type's substitute, or left out.

Errors are `tl.exceptions.TLError`: `DecodeError` with `UnknownConstructor`, `EncodeError` with `UnsupportedLayer`.

Language: https://core.telegram.org/mtproto/TL, serialization: https://core.telegram.org/mtproto/serialize,
layers: https://core.telegram.org/api/invoking#layers
"""

from __future__ import annotations

from typing import Any

from tl.decoder import decode_any
from tl.encoder import MIN_LAYER, encode
from tl.exceptions import DecodeError, EncodeError, TLError, UnknownConstructor, UnsupportedLayer
from tl.metadata import ErrorInfo, MethodInfo, errors, methods
from tl.objects import TLMethod, TLObject
from tl.registry import constructors_of, method_name
from tl.results import decode_result, encode_result
from tl.schema import LAYER
from tl.wire import UINT

__all__ = [
    "LAYER",
    "MIN_LAYER",
    "DecodeError",
    "EncodeError",
    "ErrorInfo",
    "MethodInfo",
    "TLError",
    "TLMethod",
    "TLObject",
    "UnknownConstructor",
    "UnsupportedLayer",
    "constructors_of",
    "decode",
    "decode_prefix",
    "decode_request",
    "decode_result",
    "encode",
    "encode_result",
    "errors",
    "method_name",
    "methods",
    "peek_id",
]


def decode(data: bytes | bytearray | memoryview) -> Any:
    """Decode one boxed object of any layer that fills `data`; the result is an object of the canonical layer.

    A boxed Bool comes out as bool.

    Raises:
        UnknownConstructor: an id without equivalent in the canonical layer.
        DecodeError: the bytes are malformed or something follows the object.
    """
    data = bytes(data)
    value, end = decode_any(data)
    if end != len(data):
        raise DecodeError(f"{len(data) - end} bytes follow the object")
    return value


def decode_prefix(data: bytes | bytearray | memoryview, position: int = 0) -> tuple[Any, int]:
    """Decode one boxed object at `position`; returns it with the position behind it. Raises as `decode`."""
    if position < 0:
        raise DecodeError("a negative position")
    return decode_any(bytes(data), position)


def decode_request(data: bytes | bytearray | memoryview) -> TLMethod:
    """Decode a method call of any layer into the canonical method; ``wire_id`` keeps the id that stood on the wire.

    Raises:
        UnknownConstructor: no layer knows the id, or the method has no canonical equivalent.
        DecodeError: malformed, or not a method.
    """
    request = decode(data)
    if not isinstance(request, TLMethod):
        raise DecodeError("not a method")
    return request


def peek_id(data: bytes | bytearray | memoryview) -> int:
    """The constructor id `data` starts with, unsigned.

    Raises:
        DecodeError: fewer than four bytes.
    """
    if len(data) < 4:
        raise DecodeError("truncated")
    constructor_id: int = UINT.unpack_from(data)[0]
    return constructor_id
