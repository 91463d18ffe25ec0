"""Tables of decoders and what the outside calls.

One table by constructor id serves every layer, since an id names one line for ever. A boxed field is read through the
table of its declared type, so that finding the decoder checks the type.

https://core.telegram.org/mtproto/serialize
"""

from __future__ import annotations

from struct import error as struct_error
from struct import unpack_from
from typing import TYPE_CHECKING, Any, Final

from tl.convert.lenient import LENIENT
from tl.decoder_code import DecoderWriter
from tl.exceptions import DecodeError, UnknownConstructor
from tl.registry import class_of, schema_of
from tl.schema import api_schema, mtproto_schema
from tl.wire import BOOLS, MAX_DEPTH, UINT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tl.decoder_code import Decoder
    from tl.schema import Combinator


class DecoderTable(dict[int, "Decoder"]):
    """Decoders by id of everything that may stand where `type_name` is declared (None: anything)."""

    def __init__(self, schema: str, type_name: str | None) -> None:
        super().__init__()
        self._schema = schema
        self._type_name = type_name

    def __missing__(self, constructor_id: int) -> Decoder:
        decoder = self[constructor_id] = self._find(constructor_id)
        return decoder

    def _find(self, constructor_id: int) -> Decoder:
        if constructor_id in BOOLS and self._type_name is None:
            value = BOOLS[constructor_id]
            return lambda _data, position, _depth: (value, position)
        schema = _schema_with(constructor_id, None if self._type_name is None else self._schema)
        line = schema[constructor_id]
        if self._type_name is None:
            return decoder_of(line)
        if line.is_method or line.result.name != self._type_name:
            accepted = LENIENT.get((line.result.name, self._type_name)) if self._schema == "api" else None
            if accepted is None or line.is_method:
                raise DecodeError(f"{line.name} where {self._type_name} is declared")
            return _converting(decoder_of(line), accepted)
        return decoder_of(line)


def _schema_with(constructor_id: int, name: str | None) -> Any:
    for schema in (api_schema(), mtproto_schema()) if name is None else (schema_of(name),):
        if constructor_id in schema:
            return schema
    raise UnknownConstructor(constructor_id)


def _converting(decoder: Decoder, convert: Callable[[Any], Any]) -> Decoder:
    def decode(data: bytes, position: int, depth: int) -> tuple[Any, int]:
        value, position = decoder(data, position, depth)
        return convert(value), position

    return decode


ANY: Final = DecoderTable("api", None)
"""Decoders of every id of both schemas."""

_tables: Final[dict[tuple[str, str], DecoderTable]] = {}
_decoders: Final[dict[tuple[str, int], Decoder]] = {}


def table_of(schema: str, type_name: str) -> DecoderTable:
    """The decoder table of a boxed type."""
    if type_name == "Object":
        return ANY
    key = (schema, type_name)
    table = _tables.get(key)
    if table is None:
        table = _tables.setdefault(key, DecoderTable(schema, type_name))
    return table


def decoder_of(line: Combinator) -> Decoder:
    """The decoder of a line's fields, without its id; compiled at first use.

    Raises:
        UnknownConstructor: the canonical layer has no equivalent of the line.
    """
    key = (line.schema, line.id)
    decoder = _decoders.get(key)
    if decoder is None:
        decoder = _decoders.setdefault(key, DecoderWriter(line, table_of, bare_decoder_of).build())
    return decoder


def bare_decoder_of(schema: str, name: str) -> Decoder:
    """The decoder of a bare constructor inside a vector."""
    if (schema, name) == ("mtproto", "message"):
        return _message
    return decoder_of(schema_of(schema).newest(name))


def decode_any(data: bytes, position: int = 0) -> tuple[Any, int]:
    """Decode one boxed value and return it with the position behind it.

    Raises:
        DecodeError: the bytes are malformed.
    """
    return guarded(_read_any, data, position)


def _read_any(data: bytes, position: int) -> tuple[Any, int]:
    (constructor_id,) = UINT.unpack_from(data, position)
    return ANY[constructor_id](data, position + 4, MAX_DEPTH)


def guarded(read: Callable[[bytes, int], tuple[Any, int]], data: bytes, position: int) -> tuple[Any, int]:
    """Run a reader of generated code: everything it raises becomes DecodeError, the final position is checked."""
    try:
        value, end = read(data, position)
    except (struct_error, IndexError) as error:
        raise DecodeError("truncated") from error
    except UnicodeDecodeError as error:
        raise DecodeError("a string is not UTF-8") from error
    except (KeyError, AttributeError, TypeError, OverflowError) as error:
        # A rule of conversion met values that no client sends.
        raise DecodeError(f"an old object cannot be converted: {error!r}") from error
    if end > len(data):
        raise DecodeError("truncated")
    return value, end


def _message(data: bytes, position: int, depth: int) -> tuple[Any, int]:
    """A bare ``message`` of a container: the body must fill exactly the length that stands before it.

    An unknown or broken body must not cost its neighbours their answers, so it comes out as raw bytes.
    """
    line = mtproto_schema().newest("message")
    length = int.from_bytes(data[position + 12 : position + 16], "little")
    end = position + 16 + length
    if end > len(data) or length % 4:
        raise DecodeError("a message is longer than its container")
    body = data[position + 16 : end]
    try:
        value, _ = decoder_of(line)(data[position:end], 0, depth)
    except (ValueError, struct_error, LookupError, AttributeError, TypeError, OverflowError):
        value = None
    if value is None:
        cls = class_of(line.schema, line.name)
        message_id, seqno = unpack_from("<qi", data, position)
        value = cls(msg_id=message_id, seqno=seqno, bytes=length, body=body)
    return value, end
