"""Devices for push notifications: https://core.telegram.org/api/push-updates#subscribing-to-notifications.

A token belongs to the authorization that registered it and goes with it. The payload is encrypted with ``secret`` when
the device gave one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.errors import bad_request
from layers.schema import push_devices

WEB_PUSH: Final = 10
_TOKEN_TYPES: Final = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
"""APNS 1, FCM 2, MPNS 3, simple push 4, Ubuntu 5, BlackBerry 6, MTProto 7, WNS 8, APNS VoIP 9, web push 10, MPNS VoIP
11, Tizen 12, Huawei 13."""
_SECRET_BYTES: Final = 256
_P256DH_BYTES: Final = 65
_AUTH_BYTES: Final = 16


def register(
    ctx: Context,
    token_type: int,
    token: str,
    *,
    secret: bytes,
    app_sandbox: bool,
    no_muted: bool,
    other_uids: list[int],
) -> None:
    """Keep a token for the calling device; the same token under another key of the same user moves here.

    Raises:
        RpcError: TOKEN_TYPE_INVALID, TOKEN_EMPTY, TOKEN_INVALID, WEBPUSH_TOKEN_INVALID, WEBPUSH_KEY_INVALID,
            WEBPUSH_AUTH_INVALID.
    """
    _check_token(token_type, token)
    if len(secret) not in {0, _SECRET_BYTES} or len(other_uids) > limits.PUSH_OTHER_UIDS:
        raise bad_request("TOKEN_INVALID")
    digest = _digest(token)
    own = ctx.origin.auth_key_id
    same = (push_devices.c.token_type == token_type) & (push_devices.c.token_digest == digest)
    ctx.db.execute(
        sa.delete(push_devices).where(push_devices.c.user_id == ctx.user_id, same, push_devices.c.auth_key_id != own)
    )
    row: dict[str, Any] = {
        "auth_key_id": own,
        "token_type": token_type,
        "token_digest": digest,
        "user_id": ctx.user_id,
        "token": token,
        "app_sandbox": app_sandbox,
        "no_muted": no_muted,
        "secret": secret,
        "other_uids": " ".join(map(str, other_uids))[:1024],
    }
    upsert(ctx.db, push_devices, row, update=["user_id", "token", "app_sandbox", "no_muted", "secret", "other_uids"])
    # Counted behind the insert: the whole call is undone for a device that never forgets a token.
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(push_devices).where(push_devices.c.auth_key_id == own))
    if count > limits.PUSH_TOKENS_PER_KEY:
        raise bad_request("TOKEN_INVALID")


def unregister(ctx: Context, token_type: int, token: str) -> None:
    """Forget a token of the user; 400 TOKEN_INVALID when none of his devices registered it."""
    if token_type not in _TOKEN_TYPES:
        raise bad_request("TOKEN_TYPE_INVALID")
    deleted = ctx.db.execute(
        sa.delete(push_devices).where(
            push_devices.c.user_id == ctx.user_id,
            push_devices.c.token_type == token_type,
            push_devices.c.token_digest == _digest(token),
        )
    )
    if not deleted.rowcount:
        raise bad_request("TOKEN_INVALID")


def _check_token(token_type: int, token: str) -> None:
    if token_type not in _TOKEN_TYPES:
        raise bad_request("TOKEN_TYPE_INVALID")
    if not token:
        raise bad_request("TOKEN_EMPTY")
    if len(token) > limits.PUSH_TOKEN_LENGTH or not token.isprintable():
        raise bad_request("TOKEN_INVALID")
    if token_type == WEB_PUSH:
        _check_web_push(token)


def _check_web_push(token: str) -> None:
    """A web push token is the subscription's JSON: endpoint and keys (p256dh, auth)."""
    try:
        subscription = json.loads(token)
        endpoint, keys = subscription["endpoint"], subscription["keys"]
        p256dh, auth = keys["p256dh"], keys["auth"]
    except (ValueError, KeyError, TypeError) as error:
        raise bad_request("WEBPUSH_TOKEN_INVALID") from error
    if not isinstance(endpoint, str) or not endpoint.startswith("https://"):
        raise bad_request("WEBPUSH_TOKEN_INVALID")
    if len(_base64(p256dh)) != _P256DH_BYTES:
        raise bad_request("WEBPUSH_KEY_INVALID")
    if len(_base64(auth)) != _AUTH_BYTES:
        raise bad_request("WEBPUSH_AUTH_INVALID")


def _base64(text: object) -> bytes:
    if not isinstance(text, str):
        return b""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
