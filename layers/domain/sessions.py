"""Signed-in devices: signing a key in and out (`layers.domain.authorizations` lists them).

https://core.telegram.org/api/auth. An authorization belongs to a permanent key; ending it leaves the key, which then
answers 401 AUTH_KEY_UNREGISTERED until it signs in again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from layers import geo
from layers.context import Context
from layers.domain import limits
from layers.domain.auth_keys import bound_temporary
from layers.domain.ban_checks import check_account
from layers.domain.future_tokens import forget_tokens
from layers.domain.secret_chats import end_devices
from layers.domain.service_messages import tell_new_login
from layers.errors import RpcError, bad_request
from layers.push import announce_auth_key, push_updates
from layers.schema import auth_keys, authorizations, push_devices, users
from tl import api


@dataclass(frozen=True, slots=True)
class Device:
    """A key that is to be signed in, with what the user's other devices are told of it."""

    auth_key_id: int
    ip: str
    device_model: str
    app_version: str

    @property
    def name(self) -> str:
        """'Pixel 9, 12.1'."""
        return ", ".join(filter(None, (self.device_model, self.app_version)))


def calling_device(ctx: Context) -> Device:
    """The device that makes the call."""
    origin = ctx.origin
    return Device(origin.auth_key_id, origin.ip, origin.device_model, origin.app_version)


def sign_in(
    ctx: Context, user_id: int, *, is_new: bool = False, device: Device | None = None, confirmed: bool = False
) -> int:
    """Sign a key (default: the caller's) in as ``user_id`` and return the authorization's ``hash``.

    The other devices hear of it, and the nodes read the key again. A key that was signed in before is signed out there
    first. ``is_new``: the account was just made, there is nobody to tell. ``confirmed``: another device let it in.

    Raises:
        RpcError: 401 AUTH_KEY_PERM_EMPTY when the key is a temporary one without a permanent key, USER_DEACTIVATED_BAN.
    """
    device = device or calling_device(ctx)
    check_account(ctx, user_id)
    _leave(ctx, device.auth_key_id)
    others = [] if is_new else _sessions_but(ctx, user_id, device.auth_key_id)
    if len(others) >= limits.SESSIONS_PER_USER:
        _end(ctx, user_id, others[: len(others) - limits.SESSIONS_PER_USER + 1])
    hash_ = _insert(ctx, user_id, device, unconfirmed=bool(others) and not confirmed)
    _announce(ctx, device.auth_key_id)
    if others:
        update = api.UpdateNewAuthorization(hash=hash_)
        if not confirmed:
            update = api.UpdateNewAuthorization(
                unconfirmed=True, hash=hash_, date=ctx.now, device=device.name, location=_location(ctx, device.ip)
            )
        push_updates(ctx, user_id, api.UpdateShort(update=update, date=ctx.now))
        tell_new_login(ctx, user_id, device.name, _location(ctx, device.ip))
    return hash_


def await_password(ctx: Context, user_id: int, device: Device | None = None) -> int:
    """Note that a key (default: the caller's) has proven the phone, or was let in, and now owes the password.

    It is not signed in; the user's devices list it as ``password_pending``. Returns the entry's ``hash``.
    """
    device = device or calling_device(ctx)
    check_account(ctx, user_id)
    _leave(ctx, device.auth_key_id)
    return _insert(ctx, user_id, device, password_pending=True)


def awaiting_password(ctx: Context) -> int | None:
    """The user for whom the calling key owes the password, or None."""
    user_id: int | None = ctx.db.scalar(
        sa.select(authorizations.c.user_id).where(
            authorizations.c.auth_key_id == ctx.origin.auth_key_id,
            authorizations.c.password_pending,
            authorizations.c.date_created > ctx.now - limits.PASSWORD_PENDING_LIFE_S,
        )
    )
    return user_id


def claimant(ctx: Context) -> int:
    """The signed-in user, or the one for whom the calling key owes the password; 401 AUTH_KEY_UNREGISTERED else."""
    user_id = ctx.origin.user_id
    if user_id is None:
        user_id = awaiting_password(ctx)
    if user_id is None:
        raise RpcError(401, "AUTH_KEY_UNREGISTERED")
    return user_id


def copy_sign_in(ctx: Context, user_id: int, exported_from: int) -> None:
    """Sign the caller's key in as another key of the device that holds ``exported_from``, which must be signed in.

    The copy is not a device of its own: it is not listed, nobody is told, and it ends with its origin.

    Raises:
        RpcError: 400 AUTH_BYTES_INVALID when the origin is not signed in (any more), 401 AUTH_KEY_PERM_EMPTY.
    """
    origin = ctx.db.first(
        sa.select(authorizations)
        .where(
            authorizations.c.user_id == user_id,
            authorizations.c.auth_key_id == exported_from,
            ~authorizations.c.password_pending,
        )
        .with_for_update()
    )
    if origin is None:
        raise bad_request("AUTH_BYTES_INVALID")
    auth_key_id = ctx.origin.auth_key_id
    if auth_key_id == exported_from:
        return
    _leave(ctx, auth_key_id)
    # A copy of a copy hangs on the first.
    _insert(ctx, user_id, calling_device(ctx), exported_from=origin.exported_from or exported_from)
    _announce(ctx, auth_key_id)


def sign_out(ctx: Context) -> None:
    """End the caller's own authorization, with the push tokens of the device."""
    _end(ctx, ctx.user_id, [ctx.origin.auth_key_id])


def end_all(ctx: Context, user_id: int) -> None:
    """End every authorization of an account."""
    _end(
        ctx,
        user_id,
        ctx.db.scalars(sa.select(authorizations.c.auth_key_id).where(authorizations.c.user_id == user_id)),
    )


def end_keys(ctx: Context, user_id: int, auth_key_ids: Sequence[int]) -> None:
    """End the authorizations of these keys, which are the account's."""
    _end(ctx, user_id, auth_key_ids)


def end_idle(ctx: Context, limit: int) -> int:
    """End authorizations idle for longer than their users allow, and unanswered password requests; how many."""
    idle_since = ctx.now - users.c.authorization_ttl_days * limits.DAY_S
    given_up = authorizations.c.password_pending & (
        authorizations.c.date_created <= ctx.now - limits.PASSWORD_PENDING_LIFE_S
    )
    rows = ctx.db.rows(
        sa.select(authorizations.c.user_id, authorizations.c.auth_key_id)
        .join_from(authorizations, users, users.c.id == authorizations.c.user_id)
        .where(authorizations.c.exported_from.is_(None), (authorizations.c.date_active < idle_since) | given_up)
        .limit(limit)
    )
    keys: dict[int, list[int]] = {}
    for row in rows:
        keys.setdefault(row.user_id, []).append(row.auth_key_id)
    for user_id, auth_key_ids in keys.items():
        _end(ctx, user_id, auth_key_ids)
    return len(rows)


def has_sessions(ctx: Context, user_id: int) -> bool:
    """Whether the user is signed in on some device other than the caller's."""
    return bool(_sessions_but(ctx, user_id, ctx.origin.auth_key_id))


def end_authorization(ctx: Context, hash_: int) -> None:
    """End another device's authorization: 400 HASH_INVALID, 406 FRESH_RESET_AUTHORISATION_FORBIDDEN."""
    row = _by_hash(ctx, hash_)
    check_fresh(ctx)
    forget_tokens(ctx, ctx.user_id)
    _end(ctx, ctx.user_id, [row.auth_key_id])


def end_other_authorizations(ctx: Context) -> None:
    """End every authorization but the caller's: 406 FRESH_RESET_AUTHORISATION_FORBIDDEN."""
    check_fresh(ctx)
    forget_tokens(ctx, ctx.user_id)
    _end(ctx, ctx.user_id, _sessions_but(ctx, ctx.user_id, _device_key(ctx, ctx.user_id), pending=True))


def change_authorization(
    ctx: Context,
    hash_: int,
    *,
    confirmed: bool,
    encrypted_requests_disabled: bool | None,
    call_requests_disabled: bool | None,
) -> None:
    """Confirm a new device, or say what it may receive (``hash_`` 0: the calling one); 400 HASH_INVALID.

    A confirmation is told to all devices, so that they stop asking.
    """
    row = _by_hash(ctx, hash_, own=True)
    values: dict[str, bool] = {}
    if confirmed:
        values["unconfirmed"] = False
    if encrypted_requests_disabled is not None:
        values["encrypted_requests_disabled"] = encrypted_requests_disabled
    if call_requests_disabled is not None:
        values["call_requests_disabled"] = call_requests_disabled
    if not values:
        return
    condition = (authorizations.c.user_id == ctx.user_id) & (authorizations.c.auth_key_id == row.auth_key_id)
    ctx.db.execute(sa.update(authorizations).where(condition).values(**values))
    if confirmed and row.unconfirmed:
        update = api.UpdateNewAuthorization(hash=row.hash)
        push_updates(ctx, ctx.user_id, api.UpdateShort(update=update, date=ctx.now))


def touch(ctx: Context) -> None:
    """Note that the calling device is active, and its address and place; once a minute is enough."""
    place = geo.place_of(ctx.settings.geo_database, ctx.origin.ip)
    ctx.db.execute(
        sa.update(authorizations)
        .where(_own(ctx), authorizations.c.date_active <= ctx.now - limits.ACTIVITY_STEP_S)
        .values(date_active=ctx.now, ip=ctx.origin.ip[:64], country=place.country, region=place.region)
    )


def set_lock_period(ctx: Context, period_s: int) -> None:
    """After how many idle seconds notifications of the calling device hide their text; 0: never."""
    ctx.db.execute(sa.update(authorizations).where(_own(ctx)).values(device_lock_period=period_s))


def _own(ctx: Context) -> sa.ColumnElement[bool]:
    return (authorizations.c.user_id == ctx.user_id) & (authorizations.c.auth_key_id == ctx.origin.auth_key_id)


def _leave(ctx: Context, auth_key_id: int) -> None:
    """Lock a key, sign it out, and forget what it owed; 401 AUTH_KEY_PERM_EMPTY when it is not a permanent key."""
    row = ctx.db.first(sa.select(auth_keys.c.user_id).where(auth_keys.c.auth_key_id == auth_key_id).with_for_update())
    if row is None:
        raise RpcError(401, "AUTH_KEY_PERM_EMPTY")
    if row.user_id is not None:
        _end(ctx, row.user_id, [auth_key_id])
    ctx.db.execute(
        sa.delete(authorizations).where(authorizations.c.auth_key_id == auth_key_id, authorizations.c.password_pending)
    )


def _insert(
    ctx: Context,
    user_id: int,
    device: Device,
    *,
    unconfirmed: bool = False,
    password_pending: bool = False,
    exported_from: int | None = None,
) -> int:
    """Sign a key in, unless its password is pending; returns the authorization's ``hash``."""
    hash_ = ctx.random_long()
    place = geo.place_of(ctx.settings.geo_database, device.ip)
    if not password_pending:
        ctx.db.execute(
            sa.update(auth_keys).where(auth_keys.c.auth_key_id == device.auth_key_id).values(user_id=user_id)
        )
    ctx.db.execute(
        sa.insert(authorizations),
        {
            "user_id": user_id,
            "auth_key_id": device.auth_key_id,
            "hash": hash_,
            "date_created": ctx.now,
            "date_active": ctx.now,
            "ip": device.ip[:64],
            "country": place.country,
            "region": place.region,
            "unconfirmed": unconfirmed,
            "password_pending": password_pending,
            "exported_from": exported_from,
        },
    )
    return hash_


def _location(ctx: Context, ip: str) -> str:
    """An address with its place, where that is known."""
    place = geo.place_of(ctx.settings.geo_database, ip).text
    return f"{ip} ({place})" if place else ip


def _sessions_but(ctx: Context, user_id: int, auth_key_id: int, *, pending: bool = False) -> list[int]:
    """Keys of the user's devices but one, the one idle for longest first; ``pending``: also those owing a password."""
    where = [
        authorizations.c.user_id == user_id,
        authorizations.c.auth_key_id != auth_key_id,
        authorizations.c.exported_from.is_(None),
    ]
    if not pending:
        where.append(~authorizations.c.password_pending)
    return list(
        ctx.db.scalars(
            sa.select(authorizations.c.auth_key_id)
            .where(*where)
            .order_by(authorizations.c.date_active, authorizations.c.auth_key_id)
        )
    )


def _device_key(ctx: Context, user_id: int) -> int:
    """The key that stands for the calling device: the caller's, or the one its login was copied from."""
    caller = ctx.origin.auth_key_id
    origin = ctx.db.scalar(
        sa.select(authorizations.c.exported_from).where(
            authorizations.c.user_id == user_id, authorizations.c.auth_key_id == caller
        )
    )
    return caller if origin is None else int(origin)


def _by_hash(ctx: Context, hash_: int, *, own: bool = False) -> sa.Row[Any]:
    """The locked row of a device; ``own``: it may be the calling one, which 0 names too. 400 HASH_INVALID."""
    device = _device_key(ctx, ctx.user_id)
    same = authorizations.c.auth_key_id == device if own and hash_ == 0 else authorizations.c.hash == hash_
    row = ctx.db.first(
        sa.select(authorizations)
        .where(authorizations.c.user_id == ctx.user_id, authorizations.c.exported_from.is_(None), same)
        .with_for_update()
    )
    if row is None or (row.auth_key_id == device and not own):
        raise bad_request("HASH_INVALID")
    return row


def check_fresh(ctx: Context, error: str = "FRESH_RESET_AUTHORISATION_FORBIDDEN") -> None:
    """406 ``error`` while the calling device has not been signed in for long enough."""
    created = ctx.db.scalar(
        sa.select(authorizations.c.date_created).where(
            authorizations.c.user_id == ctx.user_id, authorizations.c.auth_key_id == ctx.origin.auth_key_id
        )
    )
    if created is not None and ctx.now - created < limits.FRESH_AUTHORIZATION_S:
        raise RpcError(406, error)


def _end(ctx: Context, user_id: int, auth_key_ids: Sequence[int]) -> None:
    """End authorizations and the copies of them; their push tokens and secret chats go too."""
    if not auth_key_ids:
        return
    copies = ctx.db.scalars(
        sa.select(authorizations.c.auth_key_id).where(
            authorizations.c.user_id == user_id, authorizations.c.exported_from.in_(auth_key_ids)
        )
    )
    auth_key_ids = [*auth_key_ids, *copies]
    ctx.db.execute(
        sa.delete(authorizations).where(
            authorizations.c.user_id == user_id, authorizations.c.auth_key_id.in_(auth_key_ids)
        )
    )
    ctx.db.execute(sa.delete(push_devices).where(push_devices.c.auth_key_id.in_(auth_key_ids)))
    end_devices(ctx, user_id, auth_key_ids)
    # A key that has meanwhile signed in elsewhere keeps that account.
    ctx.db.execute(
        sa.update(auth_keys)
        .where(auth_keys.c.auth_key_id.in_(auth_key_ids), auth_keys.c.user_id == user_id)
        .values(user_id=None)
    )
    for auth_key_id in auth_key_ids:
        _announce(ctx, auth_key_id)


def _announce(ctx: Context, auth_key_id: int) -> None:
    """Every node reads the key again, and the temporary keys that act for it."""
    announce_auth_key(ctx, auth_key_id)
    for temp_auth_key_id in bound_temporary(ctx, auth_key_id):
        announce_auth_key(ctx, temp_auth_key_id)
