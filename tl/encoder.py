"""Tables of encoders, per layer and boxed type, and what the outside calls.

An object is written by the line that its constructor has at the layer. What the layer does not know is rewritten or
substituted here; what vanishes is left out by the code of whatever holds it.

https://core.telegram.org/mtproto/serialize
"""

from __future__ import annotations

from functools import cache
from struct import error as struct_error
from typing import TYPE_CHECKING, Any, Final

from tl.convert.downgrade import own_plan, plan_of
from tl.convert.rewrites import rewrite_of
from tl.convert.substitutes import SUBSTITUTES
from tl.encoder_code import EncoderWriter
from tl.exceptions import EncodeError, UnsupportedLayer
from tl.objects import TLObject
from tl.registry import class_of
from tl.schema import LAYER
from tl.validate import explain
from tl.wire import BOOL_IDS, UINT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tl.encoder_code import Append, Encoder

MIN_LAYER: Final = 158
"""The lowest layer that objects can be written for."""


class EncoderTable(dict[type, "Encoder"]):
    """Encoders by class of everything that may stand where `type_name` is declared (None: anything)."""

    def __init__(self, codec: LayerCodec, schema: str, type_name: str | None) -> None:
        super().__init__()
        self._codec = codec
        self._schema = schema
        self._type_name = type_name

    def __missing__(self, cls: type) -> Encoder:
        encoder = self[cls] = self._find(cls)
        return encoder

    def _find(self, cls: type) -> Encoder:
        if not issubclass(cls, TLObject):
            return self._plain(cls)
        line = cls.COMBINATOR
        if self._type_name is None:
            return self._codec.encoder_of(cls, None)
        if line.schema != self._schema or line.is_method:
            raise EncodeError(f"{line.name} where {self._type_name} is declared")
        return self._codec.encoder_of(cls, self._type_name)

    def _plain(self, cls: type) -> Encoder:
        if self._type_name is None:
            if cls is bool:
                return lambda value, append: append(UINT.pack(BOOL_IDS[value]))
            if cls is bytes:
                return lambda value, append: append(value)
        raise EncodeError(f"{cls.__name__} where {self._type_name or 'a TL object'} is declared")


class LayerCodec:
    """The encoders of one layer.

    Attributes:
        layer: a supported layer.
        any: the table of everything: objects, ``bool`` (boxed) and ``bytes`` (already serialized).
    """

    def __init__(self, layer: int) -> None:
        self.layer: Final = layer
        self.any: Final = EncoderTable(self, "api", None)
        self._tables: dict[tuple[str, str], EncoderTable] = {}
        self._encoders: dict[type[TLObject], Encoder] = {}

    def table_of(self, schema: str, type_name: str) -> EncoderTable:
        """The encoder table of a boxed type."""
        if type_name == "Object":
            return self.any
        key = (schema, type_name)
        table = self._tables.get(key)
        if table is None:
            table = self._tables.setdefault(key, EncoderTable(self, schema, type_name))
        return table

    def encoder_of(self, cls: type[TLObject], type_name: str | None) -> Encoder:
        """The encoder of a class where `type_name` is declared (None: anywhere); compiled at first use."""
        rewrite = rewrite_of(cls, self.layer)
        if rewrite is not None:
            return self._rewriting(cls, type_name, rewrite)
        return self._unchanged(cls, type_name)

    def bare_encoder_of(self, schema: str, name: str) -> Encoder:
        """The encoder of a bare constructor's fields."""
        return EncoderWriter(self, own_plan(class_of(schema, name))).build_bare()

    def _substitute(self, cls: type[TLObject], type_name: str | None) -> Encoder:
        type_name = type_name or cls.TL_TYPE
        substitute = SUBSTITUTES.get(type_name)
        if cls.IS_METHOD or substitute is None or type_name != cls.TL_TYPE:
            raise EncodeError(f"layer {self.layer} has no {cls.TL_NAME} as {type_name}")
        table, layer = self.table_of(cls.COMBINATOR.schema, type_name), self.layer

        def encode(value: Any, append: Append) -> None:
            replacement = substitute(value, layer)
            table[type(replacement)](replacement, append)

        return encode

    def _rewriting(self, cls: type[TLObject], type_name: str | None, rewrite: Callable[[Any, int], Any]) -> Encoder:
        """An encoder that asks `rewrite` for another object first."""
        layer = self.layer
        table = self.any if type_name is None else self.table_of(cls.COMBINATOR.schema, type_name)
        # Made late: some classes are always rewritten and have no plan of their own at the layer.
        unchanged: Encoder | None = None

        def encode(value: Any, append: Append) -> None:
            nonlocal unchanged
            replacement = rewrite(value, layer)
            if replacement is None:
                if unchanged is None:
                    unchanged = self._unchanged(cls, type_name)
                unchanged(value, append)
            else:
                table[type(replacement)](replacement, append)

        return encode

    def _unchanged(self, cls: type[TLObject], type_name: str | None) -> Encoder:
        """The encoder of a class by the layer's line, rewriting aside."""
        plan = plan_of(cls, self.layer, type_name)
        if plan is None:
            return self._substitute(cls, type_name)
        encoder = self._encoders.get(cls)
        if encoder is None:
            encoder = self._encoders.setdefault(cls, EncoderWriter(self, plan).build())
        return encoder


@cache
def codec_at(layer: int) -> LayerCodec:
    """The encoders for `layer`; a layer above the newest known is clamped to it.

    Raises:
        UnsupportedLayer: below `MIN_LAYER`.
    """
    if layer > LAYER:
        return codec_at(LAYER)
    if layer < MIN_LAYER:
        raise UnsupportedLayer(layer)
    return LayerCodec(layer)


def encode(value: TLObject, layer: int = LAYER) -> bytes:
    """Serialize an object, boxed, for a client of `layer`.

    Raises:
        EncodeError: a field holds a value of the wrong type; the message names class and field.
        UnsupportedLayer: the layer is too old.
    """
    codec = codec_at(layer)
    parts: list[bytes] = []
    try:
        codec.any[type(value)](value, parts.append)
        return b"".join(parts)
    except EncodeError as error:
        raise EncodeError(explain(value) or str(error)) from error
    except (struct_error, TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
        raise EncodeError(explain(value) or f"{type(value).__name__}: {error}") from error
