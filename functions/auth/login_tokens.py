"""Signing in by QR code: https://core.telegram.org/api/qr-login."""

from __future__ import annotations

from layers.context import Context
from layers.domain import login, login_tokens, tokens
from layers.domain.entering import authorization
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(60, 60)
_MAX_EXCEPT_IDS = 100


@function(api.auth.ExportLoginToken, anonymous=True, flood=_FLOOD)
def export_login_token(ctx: Context, request: api.auth.ExportLoginToken) -> api.auth.TypeLoginToken:
    """A token for the QR code, valid half a minute; the authorization once another device has accepted one."""
    login.check_application(request.api_id, request.api_hash)
    if len(request.except_ids) > _MAX_EXCEPT_IDS:
        raise bad_request("LIMIT_INVALID")
    return _outcome(ctx) or login_tokens.make_token(ctx, request.api_id, request.except_ids)


@function(api.auth.ImportLoginToken, anonymous=True, flood=_FLOOD)
def import_login_token(ctx: Context, request: api.auth.ImportLoginToken) -> api.auth.TypeLoginToken:
    """What became of a token; only the key it was made for may ask, as no token ever moves to another data centre."""
    token = tokens.read_login_token(ctx, request.token)
    if token is None or token.auth_key_id != ctx.origin.auth_key_id:
        raise bad_request("AUTH_TOKEN_INVALIDX")
    outcome = _outcome(ctx)
    if outcome is not None:
        return outcome
    if token.expires <= ctx.now:
        raise bad_request("AUTH_TOKEN_EXPIRED")
    return api.auth.LoginToken(expires=token.expires, token=request.token)


@function(api.auth.AcceptLoginToken, writes=True, flood=_FLOOD)
def accept_login_token(ctx: Context, request: api.auth.AcceptLoginToken) -> api.Authorization:
    """Let the device that shows the QR code in."""
    return login_tokens.accept(ctx, request.token)


def _outcome(ctx: Context) -> api.auth.LoginTokenSuccess | None:
    user_id = ctx.origin.user_id
    if user_id is None:
        login_tokens.require_no_password(ctx)
        return None
    return api.auth.LoginTokenSuccess(authorization=authorization(ctx, user_id))
