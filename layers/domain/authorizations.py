"""The list of a user's devices: https://core.telegram.org/method/account.getAuthorizations."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.schema import auth_keys, authorizations
from tl import api

_CLIENTS: Final = {
    "android": ("Android", "Telegram Android"),
    "android_x": ("Android", "Telegram X"),
    "ios": ("iOS", "Telegram iOS"),
    "macos": ("macOS", "Telegram macOS"),
    "tdesktop": ("Desktop", "Telegram Desktop"),
    "unigram": ("Windows", "Unigram"),
    "weba": ("Web", "Telegram Web A"),
    "webk": ("Web", "Telegram Web K"),
}
"""Platform and name by language pack, the only thing that says so: api_id means nothing to a server of one's own."""

_LISTED: Final = (
    authorizations,
    auth_keys.c.api_id,
    auth_keys.c.device_model,
    auth_keys.c.system_version,
    auth_keys.c.app_version,
    auth_keys.c.lang_pack,
)


def list_authorizations(ctx: Context) -> list[api.Authorization]:
    """The user's devices, the calling one first (its hash is 0), then the most recently active.

    For a copied login the device is the one it was copied from.
    """
    joined = authorizations.outerjoin(auth_keys, auth_keys.c.auth_key_id == authorizations.c.auth_key_id)
    rows = ctx.db.rows(sa.select(*_LISTED).select_from(joined).where(authorizations.c.user_id == ctx.user_id))
    caller = ctx.origin.auth_key_id
    own = next((row.exported_from for row in rows if row.auth_key_id == caller), None) or caller
    devices = [row for row in rows if row.exported_from is None]
    devices.sort(key=lambda row: (row.auth_key_id != own, -row.date_active, row.hash))
    return [_authorization(ctx, row, current=row.auth_key_id == own) for row in devices]


def authorization_of(ctx: Context, user_id: int, hash_: int) -> api.Authorization:
    """The entry of account.getAuthorizations that `sign_in` or `await_password` has just made."""
    joined = authorizations.outerjoin(auth_keys, auth_keys.c.auth_key_id == authorizations.c.auth_key_id)
    query = sa.select(*_LISTED).select_from(joined)
    row = ctx.db.first(query.where(authorizations.c.user_id == user_id, authorizations.c.hash == hash_))
    if row is None:
        raise LookupError(f"no authorization {hash_} of user {user_id}")
    return _authorization(ctx, row, current=False)


def _authorization(ctx: Context, row: sa.Row[Any], *, current: bool) -> api.Authorization:
    platform, app_name = _CLIENTS.get(row.lang_pack or "", ("", f"API {row.api_id or 0}"))
    is_unconfirmed = row.unconfirmed and ctx.now - row.date_created < limits.AUTHORIZATION_CONFIRM_S
    return api.Authorization(
        current=current,
        official_app=False,
        password_pending=bool(row.password_pending),
        encrypted_requests_disabled=bool(row.encrypted_requests_disabled),
        call_requests_disabled=bool(row.call_requests_disabled),
        unconfirmed=bool(is_unconfirmed),
        hash=0 if current else row.hash,
        device_model=row.device_model or "",
        platform=platform,
        system_version=row.system_version or "",
        api_id=row.api_id or 0,
        app_name=app_name,
        app_version=row.app_version or "",
        date_created=row.date_created,
        date_active=row.date_active,
        ip=row.ip,
        country=row.country,
        region=row.region,
    )
