"""What a client does with a result's bytes: decode them by the method's declared result."""

from __future__ import annotations

from typing import Any

import tl
from tl import TLObject


def decode_result(data: bytes, method: type[TLObject]) -> Any:
    """The result of a method that was called in the newest layer: an object, a bool, or a list."""
    return tl.decode_result(data, method.CONSTRUCTOR_ID)


def decode_answer(data: bytes, request: TLObject, layer: int) -> Any:
    """The answer to a request as a client of this layer encodes it: its shape follows the id on the wire."""
    return tl.decode_result(data, tl.peek_id(tl.encode(request, layer)))
