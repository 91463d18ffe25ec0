"""Errors of the TL codec. Nothing else escapes from encoding or decoding.

::

    TLError
    ├── DecodeError
    │   └── UnknownConstructor
    └── EncodeError
        └── UnsupportedLayer
"""

from __future__ import annotations


class TLError(ValueError):
    """Base class of everything the codec raises."""


class DecodeError(TLError):
    """The bytes are not a serialized object of the expected type: cut short, too long, malformed or nested too deep."""


class UnknownConstructor(DecodeError):
    """A constructor id that no supported layer knows, or one that has no equivalent in the canonical layer.

    Attributes:
        constructor_id: the id as an unsigned 32-bit number.
    """

    def __init__(self, constructor_id: int) -> None:
        super().__init__(f"unknown constructor {constructor_id:#010x}")
        self.constructor_id = constructor_id


class EncodeError(TLError):
    """An object cannot be serialized: a field holds a value of the wrong type. The message names class and field."""


class UnsupportedLayer(EncodeError):
    """The layer is below the lowest one the codec can write (answer 400 CONNECTION_LAYER_INVALID)."""

    def __init__(self, layer: int) -> None:
        super().__init__(f"layer {layer} is not supported")
        self.layer = layer
