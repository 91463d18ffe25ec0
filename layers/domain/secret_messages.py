"""What is said in secret chats, queued for one device each.

https://core.telegram.org/api/end-to-end#sending-and-receiving-messages-in-a-secret-chat. The server passes on bytes. A
device has a sequence of its own, ``qts``; the sender's transaction takes the next number under the lock of the queue's
row, as a post does in a channel's box. A message waits until the device acknowledges it (messages.receivedQueue); a
repeated random_id is answered and not sent again (`sent_random_ids`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import measures
from layers.context import Context
from layers.database import insert_ignore, upsert
from layers.domain import limits
from layers.domain.blocks import is_blocked
from layers.domain.secret_chats import read_update
from layers.domain.secret_files import encrypted_file
from layers.domain.secret_sides import Side
from layers.errors import bad_request, forbidden
from layers.push import push_updates
from layers.schema import secret_chats, secret_messages, secret_queues, sent_random_ids
from tl import api

FIRST_QTS: Final = 1
"""The qts of a device that has received nothing: TDLib ignores an update that bears it or less."""

_LEDGER_OFFSET: Final = -2 * 10**12
"""In `sent_random_ids` a secret chat is the peer of this key plus its id, apart from all others."""
_HEADER: Final = 8 + 16
_BLOCK: Final = 16


def send(
    ctx: Context,
    side: Side,
    random_id: int,
    data: bytes,
    *,
    file: Mapping[str, Any] | None = None,
    is_service: bool = False,
) -> int:
    """Queue bytes for the other side's device; the date of the message, also when it had been sent before.

    Raises:
        RpcError: 400 DATA_INVALID (no fingerprint, msg_key and whole AES blocks), DATA_TOO_LONG; 403 USER_IS_BLOCKED.
    """
    if len(data) > limits.SECRET_MESSAGE_BYTES:
        raise bad_request("DATA_TOO_LONG")
    if len(data) <= _HEADER or (len(data) - _HEADER) % _BLOCK:
        raise bad_request("DATA_INVALID")
    if is_blocked(ctx, side.peer_id, side.owner_id):
        raise forbidden("USER_IS_BLOCKED")
    sent_before = _claim(ctx, side, random_id)
    if sent_before is not None:
        return sent_before
    message: api.EncryptedMessage | api.EncryptedMessageService
    if is_service:
        message = api.EncryptedMessageService(random_id=random_id, chat_id=side.chat_id, date=ctx.now, bytes=data)
    else:
        shown = api.EncryptedFileEmpty() if file is None else encrypted_file(ctx, side.peer_id, file)
        message = api.EncryptedMessage(random_id=random_id, chat_id=side.chat_id, date=ctx.now, bytes=data, file=shown)
    qts = _next_qts(ctx, side)
    ctx.db.execute(
        sa.insert(secret_messages),
        {
            "user_id": side.peer_id,
            "auth_key_id": side.peer_auth_key_id,
            "qts": qts,
            "chat_id": side.chat_id,
            "random_id": random_id,
            "date": ctx.now,
            "message": tl.encode(message),
        },
    )
    _push(ctx, side, api.UpdateNewEncryptedMessage(message=message, qts=qts), qts=qts)
    ctx.after_commit(lambda: measures.MESSAGES.inc("secret"))
    return ctx.now


def read(ctx: Context, side: Side, max_date: int) -> None:
    """Note that the caller has read what came up to ``max_date``, and tell the other side's device."""
    moved = ctx.db.execute(
        sa.update(secret_chats)
        .where(
            secret_chats.c.owner_id == side.peer_id,
            secret_chats.c.chat_id == side.chat_id,
            secret_chats.c.read_max_date < max_date,
        )
        .values(read_max_date=max_date, read_at=ctx.now, changed_at=ctx.now)
    ).rowcount
    if moved:
        _push(ctx, side, read_update(replace(side, read_max_date=max_date, read_at=ctx.now)))


def tell_typing(ctx: Context, side: Side) -> None:
    """Show the other side's device that the caller types, unless its user has blocked him."""
    if not is_blocked(ctx, side.peer_id, side.owner_id):
        _push(ctx, side, api.UpdateEncryptedChatTyping(chat_id=side.chat_id))


def acknowledge(ctx: Context, max_qts: int) -> list[int]:
    """Let go of what the calling device has received up to ``max_qts``; the random_ids of what had waited.

    Raises:
        RpcError: 400 MAX_QTS_INVALID for a number that the device has not come to.
    """
    queue = secret_queues.c
    reached = ctx.db.scalar(
        sa.select(queue.qts)
        .where(queue.user_id == ctx.user_id, queue.auth_key_id == ctx.origin.auth_key_id)
        .with_for_update()
    )
    if not 0 <= max_qts <= (reached or FIRST_QTS):
        raise bad_request("MAX_QTS_INVALID")
    waited = _mine(ctx) & (secret_messages.c.qts <= max_qts)
    random_ids = ctx.db.scalars(sa.select(secret_messages.c.random_id).where(waited).order_by(secret_messages.c.qts))
    if random_ids:
        ctx.db.execute(sa.delete(secret_messages).where(waited))
    return list(random_ids)


def messages_after(ctx: Context, qts: int, up_to: int, limit: int) -> tuple[list[Any], int]:
    """What waits for the calling device after ``qts``, in order, and the qts that it comes to with it."""
    table = secret_messages.c
    rows: Sequence[Any] = ctx.db.rows(
        sa.select(table.qts, table.message)
        .where(_mine(ctx), table.qts > qts, table.qts <= up_to)
        .order_by(table.qts)
        .limit(limit + 1)
    )
    reached = rows[limit - 1].qts if len(rows) > limit else up_to
    return [tl.decode(row.message) for row in rows[:limit]], reached


def _mine(ctx: Context) -> sa.ColumnElement[bool]:
    """The calling device's queue."""
    return (secret_messages.c.user_id == ctx.user_id) & (secret_messages.c.auth_key_id == ctx.origin.auth_key_id)


def _claim(ctx: Context, side: Side, random_id: int) -> int | None:
    """Note the random_id; the date of the message that was sent with it before, if one was."""
    ids = sent_random_ids.c
    key = {"owner_id": side.owner_id, "peer_key": _LEDGER_OFFSET + side.chat_id, "random_id": random_id}
    if insert_ignore(ctx.db, sent_random_ids, {**key, "message_id": 0, "pts": 0, "date": ctx.now}):
        return None
    is_it = [ids[name] == value for name, value in key.items()]
    return int(ctx.db.scalar(sa.select(ids.date).where(*is_it).with_for_update()))


def _next_qts(ctx: Context, side: Side) -> int:
    queue = {"user_id": side.peer_id, "auth_key_id": side.peer_auth_key_id}
    upsert(ctx.db, secret_queues, {**queue, "qts": FIRST_QTS + 1}, add={"qts": 1})
    is_it = [secret_queues.c[name] == value for name, value in queue.items()]
    return int(ctx.db.scalar(sa.select(secret_queues.c.qts).where(*is_it)))


def _push(ctx: Context, side: Side, update: api.TypeUpdate, *, qts: int = 0) -> None:
    """To the other side's device alone; ``qts`` where the update has a place in its sequence."""
    push_updates(
        ctx,
        side.peer_id,
        api.UpdateShort(update=update, date=ctx.now),
        pts=qts,
        pts_count=1 if qts else 0,
        only_auth_key_id=side.peer_auth_key_id,
    )
