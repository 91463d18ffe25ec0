"""Authorization keys: their storage and what hangs on them.

https://core.telegram.org/mtproto/auth_key, https://core.telegram.org/api/pfs. Permanent keys are rows, encrypted and
bound to their id. Temporary keys live in the cache only, encrypted the same way, until they expire; once bound they act
for a permanent key, on which all account state hangs. The connection tier calls these with `Services`, from a thread.

Ids are TL longs: signed 64-bit. ``initial_salt`` is the first server salt, a TL long too.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.cache import CacheUnavailable
from layers.context import Context, Services
from layers.database import Transaction, insert_ignore
from layers.domain.limits import ACTIVITY_STEP_S, TEMPORARY_KEYS_PER_KEY
from layers.domain.secret_chats import end_devices
from layers.errors import bad_request
from layers.push import ALL_NODES, AuthKeyChanged, announce_auth_key
from layers.schema import auth_keys, authorizations, push_devices, users
from layers.unit_of_work import run

_TEMPORARY: Final = struct.Struct("<qi256s")
_TEXT_COLUMNS: Final = (
    "device_model",
    "system_version",
    "app_version",
    "system_lang_code",
    "lang_pack",
    "lang_code",
)


@dataclass(frozen=True, slots=True)
class AuthKeyRecord:
    """One authorization key and the account state under it.

    ``auth_key_id``, ``auth_key`` (256 bytes) and ``initial_salt`` are those of the key itself. For a temporary key
    (``expires_at`` is set, unix seconds) the rest is that of ``perm_auth_key_id``, the permanent key it is bound to, or
    empty when it is not bound. ``is_imported``: the login was copied from another key by auth.importAuthorization; such
    a key fetches files and is told no updates, which its owner has from the other one.
    """

    auth_key_id: int
    auth_key: bytes
    initial_salt: int
    user_id: int | None = None
    is_bot: bool = False
    is_imported: bool = False
    layer: int | None = None
    api_id: int | None = None
    device_model: str = ""
    system_version: str = ""
    app_version: str = ""
    system_lang_code: str = ""
    lang_pack: str = ""
    lang_code: str = ""
    expires_at: int | None = None
    perm_auth_key_id: int | None = None

    @property
    def is_unbound(self) -> bool:
        """True for a temporary key that may only be bound, or ask for help.getConfig and help.getNearestDc."""
        return self.expires_at is not None and self.perm_auth_key_id is None

    @property
    def account_key_id(self) -> int:
        """The key on which account state hangs: the permanent one, or an unbound temporary key itself."""
        return self.auth_key_id if self.perm_auth_key_id is None else self.perm_auth_key_id


def save_permanent(services: Services, auth_key_id: int, auth_key: bytes, initial_salt: int) -> bool:
    """Store a new permanent key; False when the id is taken (the key exchange then answers dh_gen_retry)."""
    if services.cache.get(_temporary_name(auth_key_id)) is not None:
        return False
    row = {
        "auth_key_id": auth_key_id,
        "sealed_key": services.keys.seal(auth_key, _bound_to("permanent", auth_key_id)),
        "initial_salt": initial_salt,
        "created_at": int(services.clock()),
        **dict.fromkeys(_TEXT_COLUMNS, ""),
    }
    return services.database.run(lambda db: insert_ignore(db, auth_keys, row), writes=True) == 1


def save_temporary(services: Services, auth_key_id: int, auth_key: bytes, initial_salt: int, expires_at: int) -> bool:
    """Store a new temporary key until ``expires_at``; False when the id is taken or the time is over."""
    life_s = expires_at - services.clock()
    if life_s <= 0:
        return False
    permanent = sa.select(auth_keys.c.auth_key_id).where(auth_keys.c.auth_key_id == auth_key_id)
    if services.database.run(lambda db: db.first(permanent), writes=False) is not None:
        return False
    packed = _TEMPORARY.pack(initial_salt, expires_at, auth_key)
    sealed = services.keys.seal(packed, _bound_to("temporary", auth_key_id))
    return services.cache.set(_temporary_name(auth_key_id), sealed, ttl_s=life_s, only_if_absent=True)


def load(services: Services, auth_key_id: int) -> AuthKeyRecord | None:
    """The key of this id, or None when there is no such key.

    Raises:
        CacheUnavailable: the id is not a permanent key's and the cache cannot tell whether it is a temporary one's; the
            tier must then not answer -404, for the client would throw a good key away.
        ConfigurationError: the master key is not the one the key was stored under.
    """
    unavailable: CacheUnavailable | None = None
    sealed = bound = None
    try:
        sealed, bound = services.cache.get_many([_temporary_name(auth_key_id), _binding_name(auth_key_id)])
    except CacheUnavailable as error:
        unavailable = error
    if sealed is not None:
        return _load_temporary(services, auth_key_id, sealed, None if bound is None else int(bound))
    row = services.database.run(lambda db: _account_row(db, auth_key_id), writes=False)
    if row is None:
        if unavailable is not None:
            raise unavailable
        return None
    auth_key = services.keys.unseal(row.sealed_key, _bound_to("permanent", auth_key_id))
    return AuthKeyRecord(auth_key_id, auth_key, row.initial_salt, **_account_fields(row))


def permanent_key(services: Services, db: Transaction, auth_key_id: int) -> bytes | None:
    """The 256 bytes of a permanent key, or None."""
    sealed = db.scalar(sa.select(auth_keys.c.sealed_key).where(auth_keys.c.auth_key_id == auth_key_id))
    return None if sealed is None else services.keys.unseal(sealed, _bound_to("permanent", auth_key_id))


def bind_temporary(ctx: Context, temp_auth_key_id: int, perm_auth_key_id: int, expires_at: int) -> None:
    """Bind a temporary key to a permanent one until ``expires_at``; binding it again to the same is fine.

    At most `TEMPORARY_KEYS_PER_KEY` stay bound to one permanent key; the oldest is forgotten.

    Raises:
        RpcError: TEMP_AUTH_KEY_EMPTY, TEMP_AUTH_KEY_ALREADY_BOUND (to another permanent key).
    """
    cache = ctx.cache
    sealed = cache.get(_temporary_name(temp_auth_key_id))
    if sealed is None:
        raise bad_request("TEMP_AUTH_KEY_EMPTY")
    _, key_expires_at, _ = _open_temporary(ctx.services, temp_auth_key_id, sealed)
    life_s = min(expires_at, key_expires_at) - ctx.now
    if life_s <= 0:
        raise bad_request("TEMP_AUTH_KEY_EMPTY")
    binding = _binding_name(temp_auth_key_id)
    wanted = b"%d" % perm_auth_key_id
    if not cache.set(binding, wanted, ttl_s=life_s, only_if_absent=True):
        if cache.get(binding) != wanted:
            raise bad_request("TEMP_AUTH_KEY_ALREADY_BOUND")
        cache.expire(binding, life_s)
    cache.expire(_temporary_name(temp_auth_key_id), life_s)
    bound = _bound_name(perm_auth_key_id)
    cache.zremrange_by_score(bound, float("-inf"), ctx.now)
    # The score is the expiry, so that dead members can be dropped; keys of one client live equally long, which makes
    # the lowest score the oldest binding too.
    cache.zadd(bound, {str(temp_auth_key_id): float(ctx.now + life_s)})
    cache.expire(bound, max(life_s, cache.ttl(bound) or 0.0))
    surplus = cache.zcard(bound) - TEMPORARY_KEYS_PER_KEY
    if surplus > 0:
        oldest = cache.zrange_by_score(bound, float("-inf"), float("inf"), limit=surplus + 1)
        others = [int(member) for member in oldest if member != str(temp_auth_key_id)]
        _forget_bound(ctx, perm_auth_key_id, others[:surplus])
    announce_auth_key(ctx, temp_auth_key_id)
    ctx.auth_changed = True


def bound_temporary(ctx: Context, perm_auth_key_id: int) -> list[int]:
    """Ids of the temporary keys now bound to a permanent key, the one that expires first in front."""
    members = ctx.cache.zrange_by_score(_bound_name(perm_auth_key_id), ctx.now, float("inf"))
    return [int(member) for member in members]


def drop_temporary(ctx: Context, perm_auth_key_id: int, *, keep: frozenset[int] = frozenset()) -> None:
    """Forget the temporary keys bound to a permanent key, but those of ``keep``, and tell the nodes."""
    _forget_bound(ctx, perm_auth_key_id, [key for key in bound_temporary(ctx, perm_auth_key_id) if key not in keep])


def forget_temporary(services: Services, auth_key_id: int) -> bool:
    """Forget one temporary key now (it expired, or its client destroyed it); False when there was none."""
    bound = services.cache.get(_binding_name(auth_key_id))
    if bound is not None:
        services.cache.zrem(_bound_name(int(bound)), str(auth_key_id))
    return services.cache.delete(_temporary_name(auth_key_id), _binding_name(auth_key_id)) > 0


def save_client_info(
    services: Services,
    auth_key_id: int,
    *,
    layer: int,
    api_id: int,
    device_model: str,
    system_version: str,
    app_version: str,
    system_lang_code: str,
    lang_pack: str,
    lang_code: str,
) -> bool:
    """Keep what invokeWithLayer and initConnection said of the client under its permanent key; True when it is new.

    The call opens a connection, so the device counts as active now. Nothing is written for values already stored, and
    its activity once a minute. Texts are cut to their columns.
    """
    values: dict[str, Any] = {
        "layer": layer,
        "api_id": api_id,
        "device_model": device_model,
        "system_version": system_version,
        "app_version": app_version,
        "system_lang_code": system_lang_code,
        "lang_pack": lang_pack,
        "lang_code": lang_code,
    }
    for name in _TEXT_COLUMNS:
        column_type = auth_keys.c[name].type
        if isinstance(column_type, sa.String):
            values[name] = values[name][: column_type.length]
    columns = [auth_keys.c[name] for name in values]
    device = (authorizations.c.user_id == auth_keys.c.user_id) & (
        authorizations.c.auth_key_id == auth_keys.c.auth_key_id
    )
    query = sa.select(*columns, auth_keys.c.user_id, authorizations.c.date_active)
    query = query.select_from(auth_keys.outerjoin(authorizations, device)).where(auth_keys.c.auth_key_id == auth_key_id)
    row = services.database.run(lambda db: db.first(query), writes=False)
    if row is None:
        return False
    now = int(services.clock())
    is_new = any(getattr(row, name) != value for name, value in values.items())
    is_idle = row.date_active is not None and row.date_active <= now - ACTIVITY_STEP_S
    if not is_new and not is_idle:
        return False

    def note(db: Transaction) -> None:
        if is_new:
            db.execute(sa.update(auth_keys).where(auth_keys.c.auth_key_id == auth_key_id).values(**values))
        if is_idle:
            own = (authorizations.c.user_id == row.user_id) & (authorizations.c.auth_key_id == auth_key_id)
            db.execute(sa.update(authorizations).where(own).values(date_active=now))

    services.database.run(note, writes=True)
    return is_new


def destroy(services: Services, auth_key_id: int) -> bool:
    """Destroy a key at its client's wish (destroy_auth_key).

    Its sign-in, push tokens, secret chats and bound temporary keys go with it. False when there is no such key. Every
    node is told.
    """
    if forget_temporary(services, auth_key_id):
        services.cache.publish(ALL_NODES, AuthKeyChanged(auth_key_id).pack())
        return True

    def delete(ctx: Context) -> bool:
        user_id = ctx.db.scalar(sa.select(auth_keys.c.user_id).where(auth_keys.c.auth_key_id == auth_key_id))
        if user_id is not None:
            end_devices(ctx, user_id, [auth_key_id])
        ctx.db.execute(sa.delete(authorizations).where(authorizations.c.auth_key_id == auth_key_id))
        ctx.db.execute(sa.delete(push_devices).where(push_devices.c.auth_key_id == auth_key_id))
        deleted = ctx.db.execute(sa.delete(auth_keys).where(auth_keys.c.auth_key_id == auth_key_id)).rowcount
        if deleted:
            drop_temporary(ctx, auth_key_id)
            announce_auth_key(ctx, auth_key_id)
        return deleted > 0

    done, _ = run(services, delete, writes=True)
    return done


def _load_temporary(
    services: Services, auth_key_id: int, sealed: bytes, perm_auth_key_id: int | None
) -> AuthKeyRecord | None:
    initial_salt, expires_at, auth_key = _open_temporary(services, auth_key_id, sealed)
    if expires_at <= services.clock():
        return None
    if perm_auth_key_id is None:
        return AuthKeyRecord(auth_key_id, auth_key, initial_salt, expires_at=expires_at)
    with services.database.transaction(writes=False) as db:
        row = _account_row(db, perm_auth_key_id)
    if row is None:
        return None
    return AuthKeyRecord(
        auth_key_id,
        auth_key,
        initial_salt,
        expires_at=expires_at,
        perm_auth_key_id=perm_auth_key_id,
        **_account_fields(row),
    )


def _open_temporary(services: Services, auth_key_id: int, sealed: bytes) -> tuple[int, int, bytes]:
    """(initial_salt, expires_at, auth_key)"""
    packed = services.keys.unseal(sealed, _bound_to("temporary", auth_key_id))
    initial_salt, expires_at, auth_key = _TEMPORARY.unpack(packed)
    return initial_salt, expires_at, auth_key


def _account_row(db: Transaction, auth_key_id: int) -> sa.Row[Any] | None:
    device = authorizations.c
    of_key = (device.user_id == auth_keys.c.user_id) & (device.auth_key_id == auth_keys.c.auth_key_id)
    joined = auth_keys.outerjoin(users, users.c.id == auth_keys.c.user_id).outerjoin(authorizations, of_key)
    query = sa.select(auth_keys, users.c.bot.label("is_bot"), device.exported_from).select_from(joined)
    return db.first(query.where(auth_keys.c.auth_key_id == auth_key_id))


def _account_fields(row: sa.Row[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(row, name) for name in ("user_id", "layer", "api_id", *_TEXT_COLUMNS)}
    return fields | {"is_bot": bool(row.is_bot), "is_imported": row.exported_from is not None}


def _forget_bound(ctx: Context, perm_auth_key_id: int, temp_auth_key_ids: list[int]) -> None:
    if not temp_auth_key_ids:
        return
    cache = ctx.cache
    cache.delete(
        *map(_temporary_name, temp_auth_key_ids),
        *map(_binding_name, temp_auth_key_ids),
    )
    cache.zrem(_bound_name(perm_auth_key_id), *map(str, temp_auth_key_ids))
    for auth_key_id in temp_auth_key_ids:
        announce_auth_key(ctx, auth_key_id)


def _bound_to(kind: str, auth_key_id: int) -> bytes:
    return b"auth_key|%b|%d" % (kind.encode(), auth_key_id)


def _temporary_name(auth_key_id: int) -> str:
    return f"temp_auth_key:{auth_key_id}"


def _binding_name(auth_key_id: int) -> str:
    return f"temp_auth_key_perm:{auth_key_id}"


def _bound_name(perm_auth_key_id: int) -> str:
    return f"temp_auth_keys:{perm_auth_key_id}"
