"""Messages to be sent later: https://core.telegram.org/api/scheduled-messages.

They wait in a list of their own, with ids of their own, until a job (or their author) sends them. Whoever sends locks
the author's box first and deletes them in the same transaction: each is sent once, whichever node does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import agenda
from layers.context import Context
from layers.domain import limits
from layers.domain.chats import peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.drafts import clear_draft
from layers.domain.hashes import vector_hash
from layers.domain.messages import load_rows, peers_in, saved_peer
from layers.domain.outgoing import Outgoing
from layers.domain.peers import is_channel, is_user, peer_of
from layers.domain.polls import anew
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.sending import Recipient, access_recipient, send
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError, bad_request
from layers.push import push_updates
from layers.schema import box_states, scheduled_messages, users
from tl import api

UNTIL_ONLINE: Final = 0x7FFFFFFE
"""The date of messages that wait for their recipient to come online."""
SOON_S: Final = 10
"""What is scheduled for so soon is sent at once."""
_BATCH: Final = 100
_FLOOD: Final = 420

_LOCK: Final = (
    sa.select(box_states.c.last_scheduled_id).where(box_states.c.owner_id == sa.bindparam("owner")).with_for_update()
)


def is_later(ctx: Context, date: int | None) -> bool:
    """Whether a ``schedule_date`` is one to wait for."""
    return bool(date) and date > ctx.now + SOON_S  # type: ignore[operator]


def check_date(ctx: Context, recipient: Recipient, date: int) -> None:
    """Refuse a date that nothing can be scheduled for.

    Raises:
        RpcError: SCHEDULE_BOT_NOT_ALLOWED, SCHEDULE_DATE_TOO_LATE, SCHEDULE_DATE_INVALID, SCHEDULE_STATUS_PRIVATE.
    """
    if ctx.origin.is_bot:
        raise bad_request("SCHEDULE_BOT_NOT_ALLOWED")
    if date == UNTIL_ONLINE:
        peer_key = recipient.peer_key
        if not is_user(peer_key) or peer_key == ctx.user_id:
            raise bad_request("SCHEDULE_DATE_INVALID")
        if peer_key not in allowed(ctx, [peer_key], ctx.user_id, PrivacyKey.STATUS_TIMESTAMP):
            raise bad_request("SCHEDULE_STATUS_PRIVATE")
    elif date > ctx.now + limits.SCHEDULE_AHEAD_S:
        raise bad_request("SCHEDULE_DATE_TOO_LATE")


def check_repetition(ctx: Context, date: int | None, period: int | None) -> None:
    """Refuse to send again what is sent at once or waits for its recipient; 400 SCHEDULE_DATE_INVALID."""
    if period and (period not in limits.SCHEDULE_REPEAT_S or date == UNTIL_ONLINE or not is_later(ctx, date)):
        raise bad_request("SCHEDULE_DATE_INVALID")


def schedule(
    ctx: Context,
    recipient: Recipient,
    items: Sequence[Outgoing],
    date: int,
    *,
    reply_to_msg_id: int | None = None,
    clears_draft: bool = False,
    draft_thread: int = 0,
    send_as: int | None = None,
    repeat_period: int | None = None,
) -> api.Updates:
    """Keep messages to be sent at ``date``; a repeated ``random_id`` answers what the first call did.

    ``repeat_period``: after so many seconds they are sent again, as `check_repetition` allows it.

    Raises:
        RpcError: as `check_date`; SCHEDULE_TOO_MUCH; 500 RANDOM_ID_DUPLICATE.
    """
    check_date(ctx, recipient, date)
    last_id = lock(ctx)
    known = _known(ctx, recipient.peer_key, [item.random_id for item in items])
    if known:
        if len(known) != len(items):
            raise RpcError(500, "RANDOM_ID_DUPLICATE")
        return _told(ctx, known)
    count = sa.select(sa.func.count()).where(_of_chat(ctx.user_id, recipient.peer_key))
    if ctx.db.scalar(count) + len(items) > limits.SCHEDULED_PER_CHAT:
        raise bad_request("SCHEDULE_TOO_MUCH")
    values = [
        {
            "owner_id": ctx.user_id,
            "message_id": last_id + 1 + index,
            "peer_key": recipient.peer_key,
            "random_id": item.random_id,
            "date": date,
            "reply_to_msg_id": reply_to_msg_id,
            "send_as": send_as,
            "media_unread": item.media_unread,
            "repeat_period": repeat_period or None,
            "message": tl.encode(item.message),
        }
        for index, item in enumerate(items)
    ]
    ctx.db.execute(sa.insert(scheduled_messages), values)
    _enter(ctx, date)
    ctx.db.execute(
        sa.update(box_states).where(box_states.c.owner_id == ctx.user_id).values(last_scheduled_id=last_id + len(items))
    )
    if clears_draft:
        clear_draft(ctx, recipient.peer_key, draft_thread)
    return _told(ctx, _known(ctx, recipient.peer_key, [item.random_id for item in items]), push=True)


def _enter(ctx: Context, date: int) -> None:
    agenda.enter(ctx, ctx.now if date == UNTIL_ONLINE else date)


def _of_chat(owner_id: int, peer_key: int) -> sa.ColumnElement[bool]:
    return sa.and_(scheduled_messages.c.owner_id == owner_id, scheduled_messages.c.peer_key == peer_key)


def _known(ctx: Context, peer_key: int, random_ids: Sequence[int]) -> Sequence[Any]:
    return ctx.db.rows(
        sa.select(scheduled_messages)
        .where(_of_chat(ctx.user_id, peer_key), scheduled_messages.c.random_id.in_(random_ids))
        .order_by(scheduled_messages.c.message_id)
    )


def _told(ctx: Context, rows: Sequence[Any], *, push: bool = False) -> api.Updates:
    """What the author's devices are told of messages that were scheduled."""
    messages = [scheduled_object(ctx, row) for row in rows]
    news: list[Any] = [api.UpdateNewScheduledMessage(message=message) for message in messages]
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    if push:
        push_updates(
            ctx, ctx.user_id, api.Updates(updates=news, users=named.users, chats=named.chats, date=ctx.now, seq=0)
        )
    ids = [api.UpdateMessageID(id=row.message_id, random_id=row.random_id) for row in rows]
    return api.Updates(updates=[*ids, *news], users=named.users, chats=named.chats, date=ctx.now, seq=0)


def scheduled_object(ctx: Context, row: Any) -> Any:
    """A message that waits, as its author sees it."""
    message: Any = tl.decode(row.message)
    message.id = row.message_id
    message.out = row.peer_key != row.owner_id
    message.from_id = api.PeerUser(user_id=row.owner_id)
    message.peer_id = peer_of(row.peer_key)
    message.date = row.date
    message.edit_date = row.edit_date
    message.from_scheduled = True
    message.schedule_repeat_period = row.repeat_period
    if row.reply_to_msg_id is not None:
        message.reply_to = message.reply_to or api.MessageReplyHeader()
        message.reply_to.reply_to_msg_id = row.reply_to_msg_id
    if row.peer_key == row.owner_id:
        message.saved_peer_id = saved_peer(row.owner_id, message)
    return for_viewer(ctx, row.owner_id, message)


def scheduled_rows(ctx: Context, peer_key: int, message_ids: Sequence[int] | None = None) -> Sequence[Any]:
    """The caller's messages that wait for a chat, the one that is due last first; or those of these ids."""
    statement = sa.select(scheduled_messages).where(_of_chat(ctx.user_id, peer_key))
    if message_ids is not None:
        statement = statement.where(scheduled_messages.c.message_id.in_(message_ids))
    return ctx.db.rows(statement.order_by(scheduled_messages.c.date.desc(), scheduled_messages.c.message_id.desc()))


def scheduled_hash(rows: Sequence[Any]) -> int:
    """The hash of such a list: https://core.telegram.org/api/offsets#hash-generation."""
    return vector_hash(part for row in rows for part in (row.message_id, row.edit_date or 0, row.date))


def has_scheduled(ctx: Context, peer_key: int) -> bool:
    """Whether the caller has messages waiting for a chat: userFull's and chatFull's ``has_scheduled``."""
    statement = sa.select(scheduled_messages.c.message_id).where(_of_chat(ctx.user_id, peer_key)).limit(1)
    return ctx.db.scalar(statement) is not None


def answer(ctx: Context, rows: Sequence[Any]) -> api.messages.Messages:
    """messages.messages of messages that wait."""
    messages = [scheduled_object(ctx, row) for row in rows]
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    return api.messages.Messages(messages=messages, topics=[], chats=named.chats, users=named.users)


def lock(ctx: Context) -> int:
    """Lock the caller's box; the last id of his scheduled messages."""
    return int(ctx.db.scalar(_LOCK, {"owner": ctx.user_id}))


def lock_scheduled(ctx: Context, peer_key: int, message_id: int) -> Any:
    """The caller's message of that id for a chat, locked with his box; 400 MESSAGE_ID_INVALID."""
    lock(ctx)
    rows = scheduled_rows(ctx, peer_key, [message_id])
    if not rows:
        raise bad_request("MESSAGE_ID_INVALID")
    return rows[0]


def replace_scheduled(ctx: Context, row: Any, message: Any, date: int, repeat_period: int | None) -> api.Updates:
    """A message that waits has another content, date or period."""
    ctx.db.execute(
        sa.update(scheduled_messages)
        .where(scheduled_messages.c.owner_id == row.owner_id, scheduled_messages.c.message_id == row.message_id)
        .values(message=tl.encode(message), date=date, edit_date=ctx.now, repeat_period=repeat_period or None)
    )
    _enter(ctx, date)
    told = _told(ctx, scheduled_rows(ctx, row.peer_key, [row.message_id]), push=True)
    told.updates = [item for item in told.updates if not isinstance(item, api.UpdateMessageID)]
    return told


def drop(ctx: Context, rows: Sequence[Any]) -> None:
    """Messages wait no longer."""
    owner_id, message_ids = rows[0].owner_id, [row.message_id for row in rows]
    ctx.db.execute(
        sa.delete(scheduled_messages).where(
            scheduled_messages.c.owner_id == owner_id, scheduled_messages.c.message_id.in_(message_ids)
        )
    )


# Sending them


def send_now(ctx: Context, rows: Sequence[Any]) -> list[Any]:
    """Send messages of the caller, which are of one chat and locked with his box; the updates about it.

    Those with a period wait for their next date. What can no longer be sent (the recipient is gone or has been
    blocked) is dropped.
    """
    rows = sorted(rows, key=lambda row: (row.date, row.message_id))
    peer = peer_of(rows[0].peer_key)
    try:
        recipient = access_recipient(ctx, rows[0].peer_key)
        updates, sent = _send(ctx, recipient, rows)
    except RpcError as error:
        if error.code == _FLOOD:
            raise  # slow mode: it is sent when its author may write again
        drop(ctx, rows)
        gone = api.UpdateDeleteScheduledMessages(peer=peer, messages=[row.message_id for row in rows])
        tell_own_devices(ctx, gone, peer_keys=[rows[0].peer_key])
        return [gone]
    told: list[Any] = []
    done = [row for row in rows if not row.repeat_period]
    if done:
        drop(ctx, done)
        message_ids = [row.message_id for row in done]
        sent_ids = [sent[message_id] for message_id in message_ids]
        told.append(api.UpdateDeleteScheduledMessages(peer=peer, messages=message_ids, sent_messages=sent_ids))
    again = _postpone(ctx, [row for row in rows if row.repeat_period])
    tell_own_devices(ctx, *told, *again, peer_keys={rows[0].peer_key} | peers_in([item.message for item in again]))
    return [*told, *updates, *again]


def _postpone(ctx: Context, rows: Sequence[Any]) -> list[api.UpdateNewScheduledMessage]:
    """Messages that were sent wait for the next of their dates that is still to come."""
    if not rows:
        return []
    table = scheduled_messages.c
    ctx.db.execute(
        sa.update(scheduled_messages)
        .where(table.owner_id == sa.bindparam("owner"), table.message_id == sa.bindparam("id"))
        .values(date=sa.bindparam("next")),
        [{"owner": row.owner_id, "id": row.message_id, "next": _next_date(ctx, row)} for row in rows],
    )
    waiting = scheduled_rows(ctx, rows[0].peer_key, [row.message_id for row in rows])
    return [api.UpdateNewScheduledMessage(message=scheduled_object(ctx, row)) for row in waiting]


def _next_date(ctx: Context, row: Any) -> int:
    missed = max(0, ctx.now - row.date) // row.repeat_period
    return int(row.date + (missed + 1) * row.repeat_period)


def _send(ctx: Context, recipient: Recipient, rows: Sequence[Any]) -> tuple[list[Any], dict[int, int]]:
    """The updates about the messages, and the ids of those sent by the ids of those that waited."""
    updates: list[Any] = []
    sent: dict[int, int] = {}
    outgoing = {row.message_id: _outgoing(ctx, row) for row in rows}
    # What a message answers may have been deleted meanwhile.
    place = recipient.peer_key if is_channel(recipient.peer_key) else ctx.user_id
    answered = load_rows(ctx, place, [row.reply_to_msg_id for row in rows if row.reply_to_msg_id is not None])
    for part in _parts(rows):
        items = [outgoing[row.message_id] for row in part]
        reply = part[0].reply_to_msg_id if part[0].reply_to_msg_id in answered else None
        sender = part[0].send_as
        result = send(ctx, recipient, items, reply_to_msg_id=reply, may_be_short=False, send_as=sender)
        recipient = replace(recipient, default_ttl=0)
        for update in getattr(result, "updates", ()):
            if isinstance(update, api.UpdateMessageID):
                sent[update.random_id] = update.id
            else:
                updates.append(update)
    return updates, {message_id: sent[item.random_id] for message_id, item in outgoing.items()}


def _parts(rows: Sequence[Any]) -> list[list[Any]]:
    """Runs of messages that answer the same message and show the same sender."""
    parts: list[list[Any]] = []
    for row in rows:
        shared = (row.reply_to_msg_id, row.send_as)
        if parts and (parts[-1][0].reply_to_msg_id, parts[-1][0].send_as) == shared:
            parts[-1].append(row)
        else:
            parts.append([row])
    return parts


def _outgoing(ctx: Context, row: Any) -> Outgoing:
    message: Any = tl.decode(row.message)
    message.from_scheduled = True
    random_id = row.random_id
    if row.repeat_period:
        # Each time is a message of its own, with a poll of its own; the row, which is locked, is sent once for a date.
        random_id = ctx.random_long()
        message.media = anew(ctx, message.media)
    return Outgoing(random_id, message, media_unread=bool(row.media_unread))


_first = sa.select(sa.func.min(scheduled_messages.c.date)).scalar_subquery()
_last = sa.select(sa.func.max(scheduled_messages.c.date)).scalar_subquery()
NEXT: Final = sa.select(sa.case((_last == UNTIL_ONLINE, 0), else_=_first))
"""When the next message is to be sent: now, while there are any that wait for somebody to come online."""


def due_owners(ctx: Context, limit: int) -> list[int]:
    """Accounts with messages that are due, or whose recipient has come online."""
    timed = ctx.db.scalars(
        sa.select(scheduled_messages.c.owner_id).where(scheduled_messages.c.date <= ctx.now).distinct().limit(limit)
    )
    awaited = ctx.db.scalars(
        sa.select(scheduled_messages.c.owner_id)
        .join(users, users.c.id == scheduled_messages.c.peer_key)
        .where(scheduled_messages.c.date == UNTIL_ONLINE, users.c.online_until > ctx.now)
        .distinct()
        .limit(limit)
    )
    return list(dict.fromkeys([*timed, *awaited]))


def send_due(ctx: Context) -> int:
    """Send what is due of the caller, a batch; how many messages that were."""
    lock(ctx)
    online = sa.exists().where(users.c.id == scheduled_messages.c.peer_key, users.c.online_until > ctx.now)
    rows = ctx.db.rows(
        sa.select(scheduled_messages)
        .where(
            scheduled_messages.c.owner_id == ctx.user_id,
            sa.or_(scheduled_messages.c.date <= ctx.now, sa.and_(scheduled_messages.c.date == UNTIL_ONLINE, online)),
        )
        .order_by(scheduled_messages.c.date, scheduled_messages.c.message_id)
        .limit(_BATCH)
    )
    for peer_key in dict.fromkeys(row.peer_key for row in rows):
        send_now(ctx, [row for row in rows if row.peer_key == peer_key])
    return len(rows)
