"""Sending: from a checked message to the sender's box, the recipient's outbox and the sender's answer.

https://core.telegram.org/api/files, https://core.telegram.org/method/messages.sendMessage. One transaction; a repeated
``random_id`` answers what the first send did and sends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import measures
from layers.context import Context
from layers.domain import outbox
from layers.domain.account_settings import Setting
from layers.domain.boxes import Box, BoxRow, Change, Entry, open_box
from layers.domain.channel_sending import access_writer, send_to_channel
from layers.domain.chat_rights import check_may_send
from layers.domain.chats import Membership, membership
from layers.domain.completing import complete
from layers.domain.drafts import clear_draft
from layers.domain.extras import extras_of
from layers.domain.members import member_ids, other_members
from layers.domain.mentioned import mentioned_in
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.outgoing import Outgoing, claim_random_ids
from layers.domain.peers import is_channel, is_user
from layers.domain.updates import answer_and_push, build, container, push_box
from layers.errors import bad_request, forbidden
from layers.schema import account_settings, blocked_peers, boxes, contents, dialogs, users
from tl import api


@dataclass(frozen=True, slots=True)
class Recipient:
    """What the sender's call needs to know of the peer.

    ``audience``: the other accounts whose boxes a message reaches. ``member``: what the sender is in a chat.
    ``ttl_period``: after how many seconds messages delete themselves; ``default_ttl``: the same for a chat that begins.
    """

    peer_key: int
    audience: Sequence[int] = ()
    member: Membership | None = None
    ttl_period: int | None = None
    default_ttl: int = 0

    @property
    def receives(self) -> bool:
        """Somebody else gets the message."""
        return bool(self.audience)

    def as_seen_by_others(self, sender_id: int) -> int:
        """The key under which the chat stands in the boxes of the audience."""
        return sender_id if is_user(self.peer_key) else self.peer_key


def _blocks(owner: str, blocked: str) -> sa.Exists:
    table = blocked_peers.alias()
    return sa.exists().where(
        table.c.owner_id == sa.bindparam(owner),
        table.c.peer_key == sa.bindparam(blocked),
        table.c.stories_only.is_(False),
    )


_DEFAULT_TTL: Final = (
    sa.select(account_settings.c.value)
    .where(
        account_settings.c.user_id == sa.bindparam("me"),
        account_settings.c.name == Setting.DEFAULT_HISTORY_TTL.value,
    )
    .scalar_subquery()
)
_RECIPIENT: Final = (
    sa.select(
        users.c.deleted,
        users.c.bot,
        _blocks("me", "peer").label("blocked_by_me"),
        _blocks("peer", "me").label("blocks_me"),
        dialogs.c.owner_id.label("known"),
        dialogs.c.ttl_period,
        _DEFAULT_TTL.label("default_ttl"),
    )
    .select_from(
        users.outerjoin(dialogs, sa.and_(dialogs.c.owner_id == sa.bindparam("me"), dialogs.c.peer_key == users.c.id))
    )
    .where(users.c.id == sa.bindparam("peer"))
)
_INSERT_CONTENTS: Final = sa.insert(contents)


def access_recipient(ctx: Context, peer_key: int) -> Recipient:
    """Gate: may the caller write to this user or group, and who gets it?

    Two statements for a group, whatever its size.

    Raises:
        RpcError: PEER_ID_INVALID, INPUT_USER_DEACTIVATED, YOU_BLOCKED_USER; CHAT_WRITE_FORBIDDEN.
    """
    if peer_key == ctx.user_id:
        return Recipient(peer_key)
    if is_channel(peer_key):
        return Recipient(peer_key, member=access_writer(ctx, peer_key))
    if not is_user(peer_key):
        return _access_group(ctx, peer_key)
    row = ctx.db.first(_RECIPIENT, {"me": ctx.user_id, "peer": peer_key})
    if row is None:
        raise bad_request("PEER_ID_INVALID")
    if row.deleted:
        raise bad_request("INPUT_USER_DEACTIVATED")
    if row.blocked_by_me:
        raise bad_request("YOU_BLOCKED_USER")
    # Whoever is blocked sees a message that is never delivered, as on Telegram.
    # The timer for new chats is not for bots: https://core.telegram.org/method/messages.setDefaultHistoryTTL.
    starts = row.known is None and row.default_ttl is not None and not row.bot and not row.blocks_me
    default: Any = tl.decode(row.default_ttl) if starts else None
    return Recipient(
        peer_key,
        () if row.blocks_me else (peer_key,),
        ttl_period=row.ttl_period or None,
        default_ttl=default.period if default is not None else 0,
    )


def _access_group(ctx: Context, peer_key: int) -> Recipient:
    # Whoever removes a member waits for those who are sending, and they for him: nobody gets a message afterwards.
    member = membership(ctx, ctx.user_id, peer_key, share=True)
    if member is None or member.is_channel:
        raise bad_request("PEER_ID_INVALID")
    if not member.is_member:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    return Recipient(
        peer_key, other_members(ctx, peer_key, ctx.user_id), member, ttl_period=member.row.ttl_period or None
    )


def others_holding(ctx: Context, peer_key: int) -> Sequence[int]:
    """The other accounts that see what the caller changes in a chat: the peer, or the members while he is one."""
    if peer_key == ctx.user_id:
        return ()
    if is_user(peer_key):
        return (peer_key,)
    members = member_ids(ctx, peer_key)
    return [member for member in members if member != ctx.user_id] if ctx.user_id in members else ()


def send(
    ctx: Context,
    recipient: Recipient,
    items: Sequence[Outgoing],
    *,
    reply_to_msg_id: int | None = None,
    clears_draft: bool = False,
    draft_thread: int = 0,
    may_be_short: bool = True,
    send_as: int | None = None,
) -> api.TypeUpdates:
    """Send messages to one peer as one unit; the answer is what messages.sendMessage and its like return.

    ``may_be_short`` False: an answer that holds the message also where the sender's client knows it. ``send_as``: the
    key of the peer that the message shows as its sender in a supergroup. ``draft_thread``: the thread of which the
    draft goes.
    """
    if recipient.member is not None and recipient.member.is_channel:
        return send_to_channel(
            ctx,
            recipient.member,
            items,
            reply_to_msg_id=reply_to_msg_id,
            clears_draft=clears_draft,
            draft_thread=draft_thread,
            send_as=send_as,
        )
    with open_box(ctx, ctx.user_id) as box:
        # A chat that begins with a timer begins with the message about it.
        lead = 1 if recipient.default_ttl else 0
        first_id = box.last_message_id + 1 + lead
        repeated = _claim_random_ids(ctx, box, recipient.peer_key, items, first_id, box.pts + lead)
        if repeated is not None:
            return repeated
        if lead:
            recipient = begin_with_timer(ctx, box, recipient)
        put(ctx, box, recipient, items, reply_to_msg_id=reply_to_msg_id)
        kind = "self" if recipient.peer_key == ctx.user_id else "user" if is_user(recipient.peer_key) else "chat"
        ctx.after_commit(lambda: measures.MESSAGES.inc(kind, by=len(items)))
        if clears_draft:
            clear_draft(ctx, recipient.peer_key)
    if may_be_short and not lead and len(items) == 1 and _fits_short_answer(ctx, items[0].message, recipient):
        push_box(ctx, box)
        return _short_answer(ctx, box, items[0].message)
    return answer_and_push(ctx, box, first=_message_ids(items, first_id))


def put(
    ctx: Context,
    box: Box,
    recipient: Recipient,
    items: Sequence[Outgoing],
    *,
    reply_to_msg_id: int | None = None,
    before: Mapping[int, Sequence[outbox.Operation]] | None = None,
) -> list[BoxRow]:
    """Store messages once, put them into the sender's box, and into the others' outboxes in one statement.

    ``before``: operations by account that its box sees ahead of the messages.

    Raises:
        RpcError: REPLY_MESSAGE_ID_INVALID; what `layers.domain.chat_rights.check_may_send` says.
    """
    _check_rights(recipient, items)
    reply = _reply_row(ctx, recipient.peer_key, reply_to_msg_id)
    entries = _store(ctx, recipient, items, reply_to_msg_id)
    is_private = is_user(recipient.peer_key)
    # In private chats the words of the sender's copy are left to the receiver's consumer.
    rows = box.append(entries, index_text=not (is_private and recipient.receives))
    if not recipient.receives:
        return rows
    mentions = [set[int]() for _ in entries] if is_private else mentioned_in(ctx, entries, reply)
    plain: list[outbox.Deliver] = []
    loud: list[outbox.Deliver] = []
    for entry in entries:
        operation = outbox.Deliver(
            content_id=entry.content_id,
            peer_key=recipient.as_seen_by_others(ctx.user_id),
            flags=entry.flags & BoxFlag.MEDIA_UNREAD,
            reply_to_content_id=None if reply is None else reply.content_id,
        )
        plain.append(operation)
        loud.append(replace(operation, flags=operation.flags | BoxFlag.MENTIONED | BoxFlag.MEDIA_UNREAD))
    outbox.post_all(
        ctx,
        {
            user_id: [
                *(before or {}).get(user_id, ()),
                *(loud[index] if user_id in mentions[index] else plain[index] for index in range(len(entries))),
            ]
            for user_id in recipient.audience
        },
    )
    return rows


def _check_rights(recipient: Recipient, items: Sequence[Outgoing]) -> None:
    if recipient.member is None:
        return
    for item in items:
        if isinstance(item.message, api.Message):
            check_may_send(recipient.member.banned_rights, item.message)


def _claim_random_ids(
    ctx: Context, box: Box, peer_key: int, items: Sequence[Outgoing], first_id: int, pts: int
) -> api.TypeUpdates | None:
    """Note the random_ids; the first send's answer when one of them was used before."""
    known = claim_random_ids(ctx, peer_key, items, first_id, pts + 1)
    if known is None:
        return None
    # What a send did before is answered again from the box; the transaction has changed nothing else.
    box.changes.extend(Change(row.pts, 1, message_id=row.message_id) for row in known)
    return _repeated_answer(ctx, box, {row.message_id: row.random_id for row in known})


def _repeated_answer(ctx: Context, box: Box, random_ids: dict[int, int]) -> api.TypeUpdates:
    changes, box.changes = box.changes, []
    built = build(ctx, box.owner_id, changes)
    first = [api.UpdateMessageID(id=message_id, random_id=random_id) for message_id, random_id in random_ids.items()]
    return container(ctx, box.owner_id, built, first=first)


def _reply_row(ctx: Context, peer_key: int, reply_to_msg_id: int | None) -> Any:
    """Content and sender of the message replied to, or None."""
    if reply_to_msg_id is None:
        return None
    row = ctx.db.first(
        sa.select(boxes.c.content_id, boxes.c.sender_id).where(
            boxes.c.owner_id == ctx.user_id, boxes.c.message_id == reply_to_msg_id, boxes.c.peer_key == peer_key
        )
    )
    if row is None:
        raise bad_request("REPLY_MESSAGE_ID_INVALID")
    return row


def _store(ctx: Context, recipient: Recipient, items: Sequence[Outgoing], reply_to_msg_id: int | None) -> list[Entry]:
    entries = []
    content_id = ctx.random_id()
    for index, item in enumerate(items):
        to_self = recipient.peer_key == ctx.user_id
        unread = BoxFlag.MEDIA_UNREAD if item.media_unread and not to_self else 0
        complete(ctx, item.message, content_id + index, ctx.user_id, recipient.peer_key, recipient.ttl_period)
        entries.append(
            Entry(
                # Dense within one send, so that contents of one call keep its order.
                content_id=content_id + index,
                peer_key=recipient.peer_key,
                sender_id=ctx.user_id,
                date=ctx.now,
                message=item.message,
                encoded=tl.encode(item.message),
                flags=int(BoxFlag.OUT | unread),
                reply_to_msg_id=reply_to_msg_id,
            )
        )
    ctx.db.execute(
        _INSERT_CONTENTS,
        [
            {
                "content_id": entry.content_id,
                "sender_id": entry.sender_id,
                "date": entry.date,
                "extras": extras_of(entry.message),
                "holders": 1 + len(recipient.audience),
                "message": entry.encoded,
            }
            for entry in entries
        ],
    )
    return entries


def _message_ids(items: Sequence[Outgoing], first_id: int) -> list[Any]:
    return [api.UpdateMessageID(id=first_id + index, random_id=item.random_id) for index, item in enumerate(items)]


def _fits_short_answer(ctx: Context, message: Any, recipient: Recipient) -> bool:
    """A text in a private chat is answered by updateShortSentMessage, as the client knows everything else."""
    return (
        isinstance(message, api.Message)
        and message.media is None
        and message.fwd_from is None
        and message.reply_markup is None
        and getattr(message.reply_to, "reply_from", None) is None
        and recipient.peer_key != ctx.user_id
        and is_user(recipient.peer_key)
        and not ctx.origin.is_bot
    )


def _short_answer(ctx: Context, box: Box, message: Any) -> api.UpdateShortSentMessage:
    return api.UpdateShortSentMessage(
        out=True,
        id=box.last_message_id,
        pts=box.pts,
        pts_count=1,
        date=ctx.now,
        entities=message.entities,
        ttl_period=message.ttl_period,
    )


# Timers


def put_timer(ctx: Context, box: Box, recipient: Recipient, period: int, *, is_default: bool = False) -> None:
    """Set the timer of a chat for everyone in it, 0 = none, with the message that says so."""
    action = api.MessageActionSetMessagesTTL(period=period, auto_setting_from=ctx.user_id if is_default else None)
    message = api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action)
    put(ctx, box, recipient, [Outgoing(ctx.random_long(), message)])
    box.set_timer(recipient.peer_key, period)
    timer = outbox.Timer(peer_key=recipient.as_seen_by_others(ctx.user_id), period=period)
    outbox.post_each(ctx, recipient.audience, timer)


def begin_with_timer(ctx: Context, box: Box, recipient: Recipient) -> Recipient:
    """A chat's first message is about to be sent by somebody who has a timer for new chats."""
    put_timer(ctx, box, recipient, recipient.default_ttl, is_default=True)
    return replace(recipient, ttl_period=recipient.default_ttl, default_ttl=0)


def own_rows(ctx: Context, message_ids: Sequence[int], *, limit: int = 100) -> list[Any]:
    """Gate: the caller's rows of these messages in the given order, those that exist.

    Raises:
        RpcError: MESSAGE_IDS_EMPTY for none, LIMIT_INVALID-like MSG_ID_INVALID for too many.
    """
    if not message_ids:
        raise bad_request("MESSAGE_IDS_EMPTY")
    if len(message_ids) > limit:
        raise bad_request("MSG_ID_INVALID")
    rows = load_rows(ctx, ctx.user_id, list(message_ids))
    return [rows[message_id] for message_id in message_ids if message_id in rows]
