"""Tokens handed to clients: made by a keyed hash, bound to what they are for, short-lived.

https://core.telegram.org/api/qr-login, https://core.telegram.org/api/datacenter#authorization-transfer. Nothing is
stored when a token is made; one that may be used once is remembered in the cache when it is.
"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass
from typing import Final

from layers.context import Context
from layers.domain import limits

_LOGIN: Final = struct.Struct("<iqi8s")
_TRANSFER: Final = struct.Struct("<iqq8s")
_TMP_PASSWORD: Final = struct.Struct("<iqq8s")
_MAC_BYTES: Final = 16
_NONCE_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class LoginToken:
    """What a QR code carries: the key that waits to be signed in and its application; ``expires`` in unix seconds."""

    expires: int
    auth_key_id: int
    api_id: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """An authorization on its way to another key of the same device."""

    expires: int
    user_id: int
    auth_key_id: int


def make_login_token(ctx: Context, api_id: int) -> tuple[int, bytes]:
    """(expires, token) for the calling key."""
    expires = ctx.now + limits.LOGIN_TOKEN_LIFE_S
    payload = _LOGIN.pack(expires, ctx.origin.auth_key_id, api_id, ctx.services.random(_NONCE_BYTES))
    return expires, _sealed(ctx, "login_token", payload)


def read_login_token(ctx: Context, token: bytes) -> LoginToken | None:
    """The content of a token this server made, also of an expired one; None for any other bytes."""
    payload = _opened(ctx, "login_token", token, _LOGIN.size)
    if payload is None:
        return None
    expires, auth_key_id, api_id, _ = _LOGIN.unpack(payload)
    return LoginToken(expires, auth_key_id, api_id)


def make_transfer(ctx: Context) -> bytes:
    """``auth.exportedAuthorization.bytes`` for the calling user and key."""
    expires = ctx.now + limits.TRANSFER_LIFE_S
    payload = _TRANSFER.pack(expires, ctx.user_id, ctx.origin.auth_key_id, ctx.services.random(_NONCE_BYTES))
    return _sealed(ctx, "authorization_transfer", payload)


def use_transfer(ctx: Context, token: bytes) -> Transfer | None:
    """The content of a valid transfer, once; the same key may repeat the call that it got no answer to."""
    payload = _opened(ctx, "authorization_transfer", token, _TRANSFER.size)
    if payload is None:
        return None
    expires, user_id, auth_key_id, _ = _TRANSFER.unpack(payload)
    if expires <= ctx.now:
        return None
    name = f"transfer_used:{token[-_MAC_BYTES:].hex()}"
    by = b"%d" % ctx.origin.auth_key_id
    if not ctx.cache.set(name, by, ttl_s=limits.TRANSFER_LIFE_S, only_if_absent=True) and ctx.cache.get(name) != by:
        return None
    return Transfer(expires, user_id, auth_key_id)


def make_tmp_password(ctx: Context, expires: int) -> bytes:
    """``account.tmpPassword.tmp_password`` for the calling user and key, good until ``expires``."""
    payload = _TMP_PASSWORD.pack(expires, ctx.user_id, ctx.origin.auth_key_id, ctx.services.random(_NONCE_BYTES))
    return _sealed(ctx, "tmp_password", payload)


def _sealed(ctx: Context, purpose: str, payload: bytes) -> bytes:
    return payload + ctx.keys.token_mac(purpose, payload)


def _opened(ctx: Context, purpose: str, token: bytes, size: int) -> bytes | None:
    if len(token) != size + _MAC_BYTES:
        return None
    payload = token[:size]
    return payload if hmac.compare_digest(ctx.keys.token_mac(purpose, payload), token[size:]) else None
