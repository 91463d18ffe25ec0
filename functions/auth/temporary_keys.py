"""Temporary keys (perfect forward secrecy): https://core.telegram.org/api/pfs."""

from __future__ import annotations

import tl
from layers.context import Context
from layers.domain import auth_keys
from layers.domain.mtproto_v1 import DecryptionFailed, decrypt_inner
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api, mtproto

_MAX_MESSAGE_BYTES = 1024
_MAX_KEPT = 1000


@function(api.auth.BindTempAuthKey, anonymous=True, flood=FloodLimit(60, 60))
def bind_temp_auth_key(ctx: Context, request: api.auth.BindTempAuthKey) -> bool:
    """Let the calling temporary key act for a permanent one, which signs for it in the inner message."""
    temp_auth_key_id = ctx.origin.temp_auth_key_id
    if temp_auth_key_id is None:
        raise bad_request("TEMP_AUTH_KEY_EMPTY")
    if len(request.encrypted_message) > _MAX_MESSAGE_BYTES:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    if request.expires_at <= ctx.now:
        raise bad_request("EXPIRES_AT_INVALID")
    perm_auth_key = auth_keys.permanent_key(ctx.services, ctx.db, request.perm_auth_key_id)
    if perm_auth_key is None:
        raise bad_request("ENCRYPTED_MESSAGE_INVALID")
    if not _is_signed(ctx, request, temp_auth_key_id, perm_auth_key):
        raise bad_request("ENCRYPTED_MESSAGE_INVALID")
    auth_keys.bind_temporary(ctx, temp_auth_key_id, request.perm_auth_key_id, request.expires_at)
    return True


@function(api.auth.DropTempAuthKeys, anonymous=True, flood=FloodLimit(60, 60))
def drop_temp_auth_keys(ctx: Context, request: api.auth.DropTempAuthKeys) -> bool:
    """Forget the temporary keys of the calling permanent key, but the named ones and the one in use."""
    if len(request.except_auth_keys) > _MAX_KEPT:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    origin = ctx.origin
    keep = {*request.except_auth_keys}
    if origin.temp_auth_key_id is not None:
        keep.add(origin.temp_auth_key_id)
    auth_keys.drop_temporary(ctx, origin.auth_key_id, keep=frozenset(keep))
    return True


def _is_signed(ctx: Context, request: api.auth.BindTempAuthKey, temp_auth_key_id: int, perm_auth_key: bytes) -> bool:
    """The inner message repeats the request's msg_id, keys, nonce and expiry, and names the calling session."""
    try:
        message = decrypt_inner(perm_auth_key, request.encrypted_message)
        inner = tl.decode(message.body)
    except (DecryptionFailed, tl.DecodeError):
        return False
    expected = mtproto.BindAuthKeyInner(
        nonce=request.nonce,
        temp_auth_key_id=temp_auth_key_id,
        perm_auth_key_id=request.perm_auth_key_id,
        temp_session_id=ctx.origin.session_id,
        expires_at=request.expires_at,
    )
    return message.msg_id == ctx.origin.msg_id and message.seqno == 0 and bool(inner == expected)
