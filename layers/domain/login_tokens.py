"""Signing in by QR code: https://core.telegram.org/api/qr-login.

A token names the key that waits, sealed by a keyed hash (`layers.domain.tokens`); what else belongs to it stays in the
cache as long as it lives. A device that accepts it signs the waiting key in, or leaves it to owe the password.
"""

from __future__ import annotations

import hmac
from typing import Any, Final

import orjson
import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits, tokens
from layers.domain.authorizations import authorization_of
from layers.domain.password import has_password
from layers.domain.sessions import Device, await_password, awaiting_password, sign_in
from layers.errors import RpcError, bad_request
from layers.push import push_to_key
from layers.schema import auth_keys
from tl import api

_ACCEPTED_LIFE_S: Final = 60
"""How long the waiting device may take to ask what became of its token; then it may show a new code."""


def make_token(ctx: Context, api_id: int, except_ids: list[int]) -> api.auth.LoginToken:
    """A token for the calling key, which is not signed in; ``except_ids``: users that are so on that device already."""
    expires, token = tokens.make_login_token(ctx, api_id)
    about = orjson.dumps({"ip": ctx.origin.ip, "except_ids": except_ids})
    # Held a little longer than it is valid, so that a late one is told apart from one that never was.
    ctx.cache.set(_about_name(token), about, ttl_s=2 * limits.LOGIN_TOKEN_LIFE_S)
    return api.auth.LoginToken(expires=expires, token=token)


def require_no_password(ctx: Context) -> None:
    """401 SESSION_PASSWORD_NEEDED when a device has let the calling key in and the password is still owed."""
    if ctx.cache.get(_accepted_name(ctx.origin.auth_key_id)) is not None and awaiting_password(ctx) is not None:
        raise RpcError(401, "SESSION_PASSWORD_NEEDED")


def accept(ctx: Context, token: bytes) -> api.Authorization:
    """Let the key that waits sign in as the caller, and tell it.

    Raises:
        RpcError: AUTH_TOKEN_INVALIDX, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED, and AUTH_TOKEN_EXCEPTION when
            the key is the caller's own or gone, or its device is signed in as this user already.
    """
    waiting = tokens.read_login_token(ctx, token)
    if waiting is None:
        raise bad_request("AUTH_TOKEN_INVALIDX")
    if waiting.expires <= ctx.now:
        raise bad_request("AUTH_TOKEN_EXPIRED")
    _claim(ctx, token)
    device = _waiting_device(ctx, waiting.auth_key_id, token)
    if has_password(ctx, ctx.user_id):
        hash_ = await_password(ctx, ctx.user_id, device)
    else:
        hash_ = sign_in(ctx, ctx.user_id, device=device, confirmed=True)
    name = _accepted_name(device.auth_key_id)
    ctx.after_commit(lambda: _note(ctx, name))
    push_to_key(ctx, device.auth_key_id, api.UpdateShort(update=api.UpdateLoginToken(), date=ctx.now))
    return authorization_of(ctx, ctx.user_id, hash_)


def _note(ctx: Context, name: str) -> None:
    ctx.cache.set(name, b"1", ttl_s=_ACCEPTED_LIFE_S)


def _claim(ctx: Context, token: bytes) -> None:
    """Use a token up; the call that did may run again from its start."""
    name = f"login_token_used:{_digest_of(token)}"
    by = b"%d:%d:%d" % (ctx.origin.auth_key_id, ctx.origin.session_id, ctx.origin.msg_id)
    is_first = ctx.cache.set(name, by, ttl_s=2 * limits.LOGIN_TOKEN_LIFE_S, only_if_absent=True)
    if not is_first and not hmac.compare_digest(ctx.cache.get(name) or b"", by):
        raise bad_request("AUTH_TOKEN_ALREADY_ACCEPTED")


def _waiting_device(ctx: Context, auth_key_id: int, token: bytes) -> Device:
    row = ctx.db.first(
        sa.select(auth_keys.c.user_id, auth_keys.c.device_model, auth_keys.c.app_version)
        .where(auth_keys.c.auth_key_id == auth_key_id)
        .with_for_update()
    )
    about: dict[str, Any] = orjson.loads(ctx.cache.get(_about_name(token)) or b"{}")
    is_own = auth_key_id == ctx.origin.auth_key_id
    if row is None or row.user_id is not None or is_own or ctx.user_id in about.get("except_ids", ()):
        raise bad_request("AUTH_TOKEN_EXCEPTION")
    return Device(auth_key_id, about.get("ip", ""), row.device_model, row.app_version)


def _about_name(token: bytes) -> str:
    return f"login_token:{_digest_of(token)}"


def _accepted_name(auth_key_id: int) -> str:
    return f"login_token_accepted:{auth_key_id}"


def _digest_of(token: bytes) -> str:
    """The token's MAC, its last bytes, names it."""
    return token[-16:].hex()
