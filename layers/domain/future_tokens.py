"""Future auth tokens: what proves the phone to a device that signed out here before.

https://core.telegram.org/api/auth#future-auth-tokens. A token is given once, at auth.logOut, and used once, in
codeSettings.logout_tokens; only its digest is stored. It stands for the login code, never for the password.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.schema import future_auth_tokens

_TOKEN_BYTES: Final = 32


def make_token(ctx: Context, user_id: int) -> bytes:
    """A new token for a device of the user that signs out; the oldest beyond the limit is void."""
    own = future_auth_tokens.c.user_id == user_id
    kept = ctx.db.scalars(
        sa.select(future_auth_tokens.c.digest).where(own).order_by(future_auth_tokens.c.expires_at.desc())
    )
    surplus = kept[limits.FUTURE_AUTH_TOKENS - 1 :]
    if surplus:
        ctx.db.execute(sa.delete(future_auth_tokens).where(future_auth_tokens.c.digest.in_(surplus)))
    token = ctx.services.random(_TOKEN_BYTES)
    row = {"digest": _digest(token), "user_id": user_id, "expires_at": ctx.now + limits.FUTURE_AUTH_TOKEN_LIFE_S}
    ctx.db.execute(sa.insert(future_auth_tokens), row)
    return token


def use_token(ctx: Context, user_id: int, tokens: Sequence[bytes]) -> bool:
    """Use up those of the tokens that are the user's; whether there was one."""
    digests = [_digest(token) for token in tokens[: limits.FUTURE_AUTH_TOKENS]]
    if not digests:
        return False
    taken = sa.delete(future_auth_tokens).where(
        future_auth_tokens.c.digest.in_(digests),
        future_auth_tokens.c.user_id == user_id,
        future_auth_tokens.c.expires_at > ctx.now,
    )
    return ctx.db.execute(taken).rowcount > 0


def forget_tokens(ctx: Context, user_id: int) -> None:
    """Void all tokens of a user."""
    ctx.db.execute(sa.delete(future_auth_tokens).where(future_auth_tokens.c.user_id == user_id))


def delete_expired(ctx: Context) -> int:
    """Remove old tokens; returns how many."""
    return ctx.db.execute(sa.delete(future_auth_tokens).where(future_auth_tokens.c.expires_at <= ctx.now)).rowcount


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
