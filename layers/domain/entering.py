"""The last step of signing in, whatever proved the phone: https://core.telegram.org/api/auth."""

from __future__ import annotations

from layers.context import Context
from layers.domain import sessions
from layers.domain.password import has_password
from layers.domain.users import user_object
from layers.errors import RpcError
from tl import api


def enter(ctx: Context, user_id: int) -> api.auth.Authorization | None:
    """Sign the calling key in; None when it owes the password: answer `password_needed` once this is committed."""
    if has_password(ctx, user_id):
        sessions.await_password(ctx, user_id)
        return None
    sessions.sign_in(ctx, user_id)
    return authorization(ctx, user_id)


def authorization(ctx: Context, user_id: int) -> api.auth.Authorization:
    """``auth.authorization`` of a key that is signed in."""
    return api.auth.Authorization(user=user_object(ctx, user_id, user_id))


def password_needed() -> RpcError:
    """401 SESSION_PASSWORD_NEEDED."""
    return RpcError(401, "SESSION_PASSWORD_NEEDED")
