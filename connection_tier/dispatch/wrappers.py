"""Wrapper methods around a query.

https://core.telegram.org/api/invoking: invokeAfterMsg outermost, invokeWithLayer, initConnection and others in any
legal order, each possibly gzip_packed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import tl
from connection_tier.session import InflateFailed, unpack_gzip
from layers.errors import RpcError, bad_request
from tl import TLObject, api

_DEPTH_MAX: Final = 8
_GZIP_PACKED: Final = 0x3072CFA1
_WRAPPERS: Final = frozenset(
    {
        "initConnection",
        "invokeAfterMsg",
        "invokeAfterMsgs",
        "invokeWithApnsSecret",
        "invokeWithBusinessConnection",
        "invokeWithGooglePlayIntegrity",
        "invokeWithLayer",
        "invokeWithMessagesRange",
        "invokeWithReCaptcha",
        "invokeWithTakeout",
        "invokeWithoutUpdates",
    }
)
HONOURED_WRAPPERS: Final = _WRAPPERS - {"invokeWithBusinessConnection", "invokeWithTakeout"}
"""Wrappers that do here what they do on Telegram; the others are refused by name."""


@dataclass(slots=True)
class Unwrapped:
    """The query itself and what its wrappers said."""

    body: bytes
    method_id: int
    method: str
    """TL name, or '' for an id that no layer knows."""
    layer: int | None = None
    init: api.InitConnection | None = None
    after: list[int] = field(default_factory=list)
    without_updates: bool = False


def unwrap(body: bytes) -> Unwrapped:
    """Take the wrappers off.

    Raises:
        RpcError: INPUT_FETCH_FAIL for what cannot be read; the named errors of wrappers that are not honoured here.
    """
    found = Unwrapped(body, 0, "")
    for _ in range(_DEPTH_MAX):
        found.method_id = _peek(found.body)
        if found.method_id == _GZIP_PACKED:
            found.body = _inflate(found.body)
            continue
        found.method = tl.method_name(found.method_id) or ""
        if found.method not in _WRAPPERS:
            return found
        _take(found, _decode(found.body))
    raise bad_request("INPUT_LAYER_INVALID")


def _take(found: Unwrapped, wrapper: Any) -> None:
    match wrapper:
        case api.InvokeWithLayer():
            found.layer = wrapper.layer
        case api.InitConnection():
            found.init = wrapper
        case api.InvokeAfterMsg():
            found.after.append(wrapper.msg_id)
        case api.InvokeAfterMsgs():
            found.after.extend(wrapper.msg_ids)
        case api.InvokeWithoutUpdates():
            found.without_updates = True
        case api.InvokeWithTakeout():
            raise bad_request("TAKEOUT_INVALID")
        case api.InvokeWithBusinessConnection():
            raise bad_request("CONNECTION_ID_INVALID")
        case _:
            pass  # invokeWithMessagesRange and attestation wrappers ask nothing of this server
    found.body = wrapper.query


def _peek(body: bytes) -> int:
    if len(body) < 4:
        raise bad_request("INPUT_FETCH_FAIL")
    return tl.peek_id(body)


def _inflate(body: bytes) -> bytes:
    try:
        return unpack_gzip(body)
    except InflateFailed as error:
        raise bad_request("INPUT_FETCH_FAIL") from error


def _decode(body: bytes) -> TLObject:
    try:
        return tl.decode_request(body)
    except tl.UnknownConstructor as error:
        raise RpcError(400, f"INPUT_CONSTRUCTOR_INVALID_{error.constructor_id:08X}") from error
    except tl.DecodeError as error:
        raise bad_request("INPUT_FETCH_ERROR") from error
