"""Secret chats: asking for one, accepting, discarding, and what devices are told of it.

https://core.telegram.org/api/end-to-end. A chat joins two devices (authorizations), not two accounts: a request goes to
every device of the other user that takes requests, and belongs to the first that accepts. The chat's id is the number
that its creator drew. updateEncryption has no place in a sequence: a device that was away is told the present state of
what changed since its last difference, and telling it twice changes nothing for a client.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.chats import peer_objects
from layers.domain.secret_sides import KIND, Side, State, chat_object, lock_sides, own_side, sides_of
from layers.domain.srp import is_in_bounds
from layers.errors import bad_request
from layers.push import online_sessions, push_updates
from layers.schema import authorizations, secret_chats, secret_messages, secret_queues
from tl import api

_OVERLAP_S: Final = 10
"""A change is committed this much later than its date at most: differences look back so far."""
_TOLD_MAX: Final = 1000
"""Chats that one difference tells of, those that changed last: more can only be a flood of requests."""


def request_chat(ctx: Context, user_id: int, chat_id: int, g_a: bytes) -> api.TypeEncryptedChat:
    """Ask a user for a chat; the same request again gives the same chat.

    Raises:
        RpcError: 400 RANDOM_ID_EMPTY, DH_G_A_INVALID; RANDOM_ID_DUPLICATE when either user has a chat of this id.
    """
    if not chat_id:
        raise bad_request("RANDOM_ID_EMPTY")
    if not is_in_bounds(g_a):
        raise bad_request("DH_G_A_INVALID")
    device = ctx.origin.auth_key_id
    known = sides_of(ctx, [ctx.user_id, user_id], [chat_id])
    if known:
        return chat_object(ctx, _repeated(known, ctx.user_id, user_id, device, g_a))
    own = Side(
        owner_id=ctx.user_id,
        chat_id=chat_id,
        peer_id=user_id,
        is_admin=True,
        auth_key_id=device,
        peer_auth_key_id=0,
        state=int(State.REQUESTED),
        date=ctx.now,
        changed_at=ctx.now,
        state_at=ctx.now,
        g=b"",
        key_fingerprint=0,
        history_deleted=False,
        read_max_date=0,
        read_at=0,
    )
    other = replace(
        own, owner_id=user_id, peer_id=ctx.user_id, is_admin=False, auth_key_id=0, peer_auth_key_id=device, g=g_a
    )
    ctx.db.execute(sa.insert(secret_chats), [_values(own), _values(other)])
    _tell(ctx, other)
    return chat_object(ctx, own)


def accept_chat(
    ctx: Context, peer: api.TypeInputEncryptedChat, g_b: bytes, key_fingerprint: int
) -> api.TypeEncryptedChat:
    """Take a requested chat to the calling device; the user's other devices lose it.

    Raises:
        RpcError: 400 CHAT_ID_INVALID, DH_G_A_INVALID (so also for g_b), ENCRYPTION_ALREADY_DECLINED,
            ENCRYPTION_ALREADY_ACCEPTED.
    """
    if not is_in_bounds(g_b):
        raise bad_request("DH_G_A_INVALID")
    if not ctx.keys.is_access_hash(KIND, ctx.user_id, peer.chat_id, peer.access_hash):
        raise bad_request("CHAT_ID_INVALID")
    seen = own_side(ctx, peer.chat_id)
    if seen is None or seen.is_admin:
        raise bad_request("CHAT_ID_INVALID")
    own, other = lock_sides(ctx, seen)
    if own.state == State.DISCARDED or other is None:
        raise bad_request("ENCRYPTION_ALREADY_DECLINED")
    device = ctx.origin.auth_key_id
    if own.state == State.ESTABLISHED:
        if (own.auth_key_id, other.g, own.key_fingerprint) == (device, g_b, key_fingerprint):
            return chat_object(ctx, own)
        raise bad_request("ENCRYPTION_ALREADY_ACCEPTED")
    agreed = {
        "state": int(State.ESTABLISHED),
        "key_fingerprint": key_fingerprint,
        "changed_at": ctx.now,
        "state_at": ctx.now,
    }
    own = _change(ctx, own, auth_key_id=device, **agreed)
    other = _change(ctx, other, peer_auth_key_id=device, g=g_b, **agreed)
    _tell(ctx, other)
    others = [key for key in _devices_for_requests(ctx, ctx.user_id) if key != device]
    _push(ctx, own, others, api.EncryptedChatDiscarded(id=own.chat_id))
    return chat_object(ctx, own)


def discard_chat(ctx: Context, chat_id: int, *, delete_history: bool) -> None:
    """End a chat, or decline the request for it; ``delete_history``: what the devices have of it goes too.

    Raises:
        RpcError: 400 CHAT_ID_EMPTY, ENCRYPTION_ID_INVALID, ENCRYPTION_ALREADY_DECLINED, ENCRYPTION_ALREADY_ACCEPTED (on
            another device).
    """
    if not chat_id:
        raise bad_request("CHAT_ID_EMPTY")
    seen = own_side(ctx, chat_id)
    device = ctx.origin.auth_key_id
    if seen is None or (seen.is_admin and seen.auth_key_id != device):
        raise bad_request("ENCRYPTION_ID_INVALID")
    own, other = lock_sides(ctx, seen)
    if own.auth_key_id not in {0, device}:
        raise bad_request("ENCRYPTION_ALREADY_ACCEPTED")
    if own.state == State.DISCARDED:
        raise bad_request("ENCRYPTION_ALREADY_DECLINED")
    _discard(ctx, [side for side in (own, other) if side is not None], delete_history=delete_history)


def end_devices(ctx: Context, user_id: int, auth_key_ids: Sequence[int]) -> None:
    """Discard the chats of devices that are signed out, and drop what waits for them."""
    is_theirs = secret_chats.c.auth_key_id.in_(auth_key_ids)
    _discard_all(ctx, user_id, is_theirs)
    for table in (secret_messages, secret_queues):
        ctx.db.execute(sa.delete(table).where(table.c.user_id == user_id, table.c.auth_key_id.in_(auth_key_ids)))


def end_account(ctx: Context, user_id: int) -> None:
    """Discard every chat of an account, those that only were asked for too."""
    _discard_all(ctx, user_id, sa.true())


def missed_updates(ctx: Context, date: int) -> tuple[list[Any], set[int]]:
    """What the calling device has to know of its chats since ``date``, and the users that this names."""
    rows = ctx.db.rows(
        sa.select(secret_chats)
        .where(secret_chats.c.owner_id == ctx.user_id, secret_chats.c.changed_at >= date - _OVERLAP_S)
        .order_by(secret_chats.c.changed_at.desc(), secret_chats.c.chat_id)
        .limit(_TOLD_MAX)
    )
    sides = [Side(**row._asdict()) for row in reversed(rows)]
    device = ctx.origin.auth_key_id
    takes_requests = any(_is_open(side) for side in sides) and device in _devices_for_requests(ctx, ctx.user_id)
    updates: list[Any] = []
    named: set[int] = set()
    for side in sides:
        shown = _as_seen_by(ctx, side, device, takes_requests=takes_requests)
        if shown is not None and side.state_at >= date - _OVERLAP_S:
            updates.append(api.UpdateEncryption(chat=shown, date=side.state_at))
            named |= _named(side, shown)
        if side.auth_key_id == device and side.read_at and side.read_at >= date - _OVERLAP_S:
            updates.append(read_update(side))
    return updates, named


def read_update(side: Side) -> api.UpdateEncryptedMessagesRead:
    """The other side has read what came up to a date."""
    return api.UpdateEncryptedMessagesRead(chat_id=side.chat_id, max_date=side.read_max_date, date=side.read_at)


def prune_discarded(ctx: Context, batch: int) -> int:
    """Remove chats that ended so long ago that every device that has not heard of it is signed out; how many rows."""
    cutoff = ctx.now - limits.AUTHORIZATION_TTL_DAYS[1] * limits.DAY_S
    keys = ctx.db.rows(
        sa.select(secret_chats.c.owner_id, secret_chats.c.chat_id)
        .where(secret_chats.c.state == int(State.DISCARDED), secret_chats.c.changed_at < cutoff)
        .limit(batch)
    )
    if keys:
        statement = sa.delete(secret_chats).where(
            secret_chats.c.owner_id == sa.bindparam("owner"), secret_chats.c.chat_id == sa.bindparam("chat")
        )
        ctx.db.execute(statement, [{"owner": row.owner_id, "chat": row.chat_id} for row in keys])
    return len(keys)


def _repeated(known: dict[tuple[int, int], Side], user_id: int, peer_id: int, auth_key_id: int, g_a: bytes) -> Side:
    for own in known.values():
        other = known.get((peer_id, own.chat_id))
        if own.owner_id != user_id or not own.is_admin or own.auth_key_id != auth_key_id or other is None:
            continue
        if own.state != State.DISCARDED and own.peer_id == peer_id and other.peer_id == user_id and other.g == g_a:
            return own
    raise bad_request("RANDOM_ID_DUPLICATE")


def _values(side: Side) -> dict[str, Any]:
    return {column.name: getattr(side, column.name) for column in secret_chats.columns}


def _change(ctx: Context, side: Side, **values: Any) -> Side:
    is_it = (secret_chats.c.owner_id == side.owner_id) & (secret_chats.c.chat_id == side.chat_id)
    ctx.db.execute(sa.update(secret_chats).where(is_it).values(**values))
    return replace(side, **values)


def _discard_all(ctx: Context, user_id: int, which: sa.ColumnElement[bool]) -> None:
    living = secret_chats.c.state != int(State.DISCARDED)
    seen = ctx.db.rows(
        sa.select(secret_chats.c.chat_id, secret_chats.c.peer_id).where(
            secret_chats.c.owner_id == user_id, which, living
        )
    )
    if not seen:
        return
    found = sides_of(ctx, [user_id, *{row.peer_id for row in seen}], [row.chat_id for row in seen], lock=True)
    pairs = [(found.get((user_id, row.chat_id)), found.get((row.peer_id, row.chat_id))) for row in seen]
    _discard(
        ctx,
        [
            side
            for own, other in pairs
            if own is not None and own.state != State.DISCARDED
            for side in (own, other)
            if side is not None and {side.owner_id, side.peer_id} == {own.owner_id, own.peer_id}
        ],
    )


def _discard(ctx: Context, sides: Sequence[Side], *, delete_history: bool = False) -> None:
    """End these sides, which are locked, and tell the devices that have or could have them."""
    if not sides:
        return
    ended: dict[str, Any] = {
        "state": int(State.DISCARDED),
        "history_deleted": delete_history,
        "changed_at": ctx.now,
        "state_at": ctx.now,
    }
    statement = sa.update(secret_chats).where(
        secret_chats.c.owner_id == sa.bindparam("owner"), secret_chats.c.chat_id == sa.bindparam("chat")
    )
    keys = [{"owner": side.owner_id, "chat": side.chat_id} for side in sides]
    ctx.db.execute(statement.values(**ended), keys)
    for side in sides:
        if delete_history and side.auth_key_id:
            ctx.db.execute(
                sa.delete(secret_messages).where(
                    secret_messages.c.user_id == side.owner_id,
                    secret_messages.c.auth_key_id == side.auth_key_id,
                    secret_messages.c.chat_id == side.chat_id,
                )
            )
        _tell(ctx, replace(side, **ended))


def _is_open(side: Side) -> bool:
    return side.state == State.REQUESTED and not side.is_admin


def _devices_for_requests(ctx: Context, user_id: int) -> Sequence[int]:
    """Keys of the user's devices that take requests (account.changeAuthorizationSettings)."""
    return ctx.db.scalars(
        sa.select(authorizations.c.auth_key_id).where(
            authorizations.c.user_id == user_id,
            ~authorizations.c.password_pending,
            ~authorizations.c.encrypted_requests_disabled,
            authorizations.c.exported_from.is_(None),
        )
    )


def _as_seen_by(ctx: Context, side: Side, device: int, *, takes_requests: bool) -> api.TypeEncryptedChat | None:
    """The chat as one of its owner's devices knows it; None where it does not."""
    if side.auth_key_id == device:
        return chat_object(ctx, side)
    if side.is_admin:
        return None
    if side.auth_key_id:
        return api.EncryptedChatDiscarded(id=side.chat_id)
    return None if _is_open(side) and not takes_requests else chat_object(ctx, side)


def _tell(ctx: Context, side: Side) -> None:
    """Push a side's state to its device, or to all that could accept it; the calling one has its answer."""
    if not online_sessions(ctx, side.owner_id):
        return
    caller = ctx.caller.auth_key_id if ctx.caller else 0
    devices = [side.auth_key_id] if side.auth_key_id else _devices_for_requests(ctx, side.owner_id)
    _push(ctx, side, [key for key in devices if key != caller], chat_object(ctx, side))


def _push(ctx: Context, side: Side, auth_key_ids: Sequence[int], chat: api.TypeEncryptedChat) -> None:
    if not auth_key_ids:
        return
    named = _named(side, chat)
    container = api.Updates(
        updates=[api.UpdateEncryption(chat=chat, date=ctx.now)],
        users=peer_objects(ctx, side.owner_id, named).users if named else [],
        chats=[],
        date=ctx.now,
        seq=0,
    )
    for auth_key_id in auth_key_ids:
        push_updates(ctx, side.owner_id, container, only_auth_key_id=auth_key_id)


def _named(side: Side, chat: api.TypeEncryptedChat) -> set[int]:
    """The users that a chat's object names."""
    return set() if isinstance(chat, api.EncryptedChatDiscarded) else {side.owner_id, side.peer_id}
