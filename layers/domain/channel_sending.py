"""Sending to supergroups and channels: https://core.telegram.org/method/messages.sendMessage.

One transaction that writes the same rows whatever the number of members; whoever is online is told by one publication
after the commit (`layers.domain.channel_updates`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import measures
from layers.context import Context
from layers.domain.boxes import BoxRow, Change, Entry
from layers.domain.channel_box import ChannelBox, open_channel_box
from layers.domain.channel_updates import answer, answer_and_push_channel, build_channel
from layers.domain.chat_rights import AdminRight, check_may_send
from layers.domain.chats import ChatFlag, ChatKind, Membership, membership
from layers.domain.completing import complete
from layers.domain.discussions import forward_to_discussion
from layers.domain.drafts import clear_draft
from layers.domain.extras import extras_of
from layers.domain.mentioned import mentioned_in
from layers.domain.mentions import keep_mentions
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.outgoing import Outgoing, claim_random_ids
from layers.domain.peers import bare_id, peer_of
from layers.domain.threads import add_to_threads, place_in_thread, raise_topics
from layers.errors import RpcError, bad_request, forbidden
from layers.schema import chat_members, contents, forum_topics, users
from tl import api

_INSERT_CONTENTS: Final = sa.insert(contents)


def access_writer(ctx: Context, channel_key: int) -> Membership:
    """Gate: what the caller is in a channel he may write to; raises as `require_writer`."""
    found = membership(ctx, ctx.user_id, channel_key)
    if found is None:
        raise bad_request("CHANNEL_INVALID")
    require_writer(found)
    return found


def require_writer(member: Membership) -> None:
    """The account may write to the channel, as far as that does not depend on what it writes.

    Raises:
        RpcError: 400 CHAT_ADMIN_REQUIRED for a broadcast channel, 403 CHAT_WRITE_FORBIDDEN, CHAT_GUEST_SEND_FORBIDDEN.
    """
    if member.kind is ChatKind.BROADCAST:
        if not member.admin_rights & AdminRight.POST_MESSAGES:
            raise bad_request("CHAT_ADMIN_REQUIRED")
        return
    if not member.is_member and (member.row.linked_chat_key is None or member.flags & ChatFlag.JOIN_TO_SEND):
        raise forbidden("CHAT_GUEST_SEND_FORBIDDEN")


def send_to_channel(
    ctx: Context,
    member: Membership,
    items: Sequence[Outgoing],
    *,
    reply_to_msg_id: int | None = None,
    clears_draft: bool = False,
    draft_thread: int = 0,
    send_as: int | None = None,
) -> api.TypeUpdates:
    """Send messages as one unit; the answer is what messages.sendMessage and its like return.

    ``draft_thread``: the thread of which the draft goes, 0 = that of the chat itself.
    """
    key = member.key
    for item in items:
        check_may_send(member.banned_rights, item.message)
    with open_channel_box(ctx, key) as box:
        first_id = box.last_message_id + 1
        known = claim_random_ids(ctx, key, items, first_id, box.pts + 1)
        if known is not None:
            return _repeated(ctx, key, known)
        _wait_for_turn(ctx, member)
        answered = _answered(ctx, member, reply_to_msg_id)
        mentions = _put(ctx, box, member, items, answered, send_as)
        if clears_draft:
            clear_draft(ctx, key, draft_thread)
    ctx.after_commit(lambda: measures.MESSAGES.inc("channel", by=len(items)))
    if member.kind is ChatKind.BROADCAST and member.row.linked_chat_key is not None:
        forward_to_discussion(ctx, member, list(box.rows.values()))
    first = [api.UpdateMessageID(id=first_id + index, random_id=item.random_id) for index, item in enumerate(items)]
    return answer_and_push_channel(ctx, box, first=first, mentions=mentions)


def _repeated(ctx: Context, key: int, known: Sequence[Any]) -> api.TypeUpdates:
    changes = [Change(row.pts, 1, message_id=row.message_id) for row in known]
    built = build_channel(ctx, key, changes, viewer_id=ctx.user_id)
    first = [api.UpdateMessageID(id=row.message_id, random_id=row.random_id) for row in known]
    return answer(ctx, [*first, *built.updates], built.peer_keys)


def _wait_for_turn(ctx: Context, member: Membership) -> None:
    """https://core.telegram.org/api/slow-mode: 420 SLOWMODE_WAIT_X for a member who wrote too recently."""
    pause_s = member.row.slowmode_s
    if not pause_s or member.is_admin:
        return
    table = chat_members.c
    is_mine = [table.peer_key == member.key, table.user_id == ctx.user_id]
    taken = ctx.db.execute(
        sa.update(chat_members).where(*is_mine, table.last_sent_at <= ctx.now - pause_s).values(last_sent_at=ctx.now)
    ).rowcount
    if not taken:
        last = ctx.db.scalar(sa.select(table.last_sent_at).where(*is_mine)) or ctx.now
        raise RpcError(420, "SLOWMODE_WAIT_X", max(1, last + pause_s - ctx.now))


def _answered(ctx: Context, member: Membership, message_id: int | None) -> Any:
    if message_id is None:
        return None
    row = load_rows(ctx, member.key, [message_id]).get(message_id)
    if row is None or message_id <= (member.row.available_min_id or 0):
        raise bad_request("REPLY_MESSAGE_ID_INVALID")
    return row


def _put(
    ctx: Context, box: ChannelBox, member: Membership, items: Sequence[Outgoing], answered: Any, send_as: int | None
) -> dict[int, list[int]]:
    """Put messages into the channel's box; returns whom each mentions."""
    is_forum = bool(member.flags & ChatFlag.FORUM)
    thread_id = 0
    entries = []
    content_id = ctx.random_id()
    for index, item in enumerate(items):
        message = item.message
        thread_id = place_in_thread(message, answered, is_forum=is_forum)
        flags = _sign(ctx, member, message, send_as)
        complete(ctx, message, content_id + index, member.key, member.key, member.row.ttl_period or None)
        entries.append(
            Entry(
                content_id=content_id + index,
                peer_key=member.key,
                sender_id=ctx.user_id,
                date=ctx.now,
                message=message,
                encoded=tl.encode(message),
                flags=int(flags),
                reply_to_msg_id=None if answered is None else answered.message_id,
            )
        )
    if is_forum:
        _check_topic(ctx, member, thread_id)
    _store(ctx, entries)
    ctx.after_commit(lambda: measures.MESSAGES.inc("channel", by=len(entries)))
    rows = box.append(entries)
    placed = [(thread_id, row.message_id) for row in rows if thread_id]
    add_to_threads(ctx, member.key, placed, box.pts)
    if is_forum:
        raise_topics(ctx, member.key, placed)
    if member.kind is ChatKind.BROADCAST:
        return {}
    # What is said in a topic names the topic's first message, but is no answer to who made it.
    is_answer = answered is not None and not (is_forum and answered.message_id == thread_id)
    reply = answered if is_answer and not answered.flags & BoxFlag.ANONYMOUS else None
    named = mentioned_in(ctx, entries, reply)
    mentioned = {row.message_id: user_ids for row, user_ids in zip(rows, named, strict=True)}
    return keep_mentions(ctx, member.key, mentioned, {message_id: thread for thread, message_id in placed})


def _check_topic(ctx: Context, member: Membership, topic_id: int) -> None:
    topic = ctx.db.first(
        sa.select(forum_topics.c.closed, forum_topics.c.hidden, forum_topics.c.creator_id).where(
            forum_topics.c.peer_key == member.key, forum_topics.c.topic_id == topic_id
        )
    )
    if topic is None:
        raise bad_request("TOPIC_DELETED")
    may_manage = member.admin_rights & AdminRight.MANAGE_TOPICS or topic.creator_id == ctx.user_id
    if topic.closed and not may_manage:
        raise bad_request("TOPIC_CLOSED")


def _store(ctx: Context, entries: Sequence[Entry]) -> None:
    values = [
        {
            "content_id": entry.content_id,
            "sender_id": entry.sender_id,
            "date": entry.date,
            "extras": extras_of(entry.message),
            "message": entry.encoded,
        }
        for entry in entries
    ]
    ctx.db.execute(_INSERT_CONTENTS, values)


def _sign(ctx: Context, member: Membership, message: Any, send_as: int | None) -> BoxFlag:
    """Note in a message who is shown as its sender; the flags its box entry gets."""
    message.from_id = None
    if member.kind is ChatKind.BROADCAST:
        message.post = True
        if isinstance(message, api.Message):
            message.views, message.forwards = 1, 0
            if member.row.linked_chat_key is not None:
                message.replies = api.MessageReplies(
                    comments=True, replies=0, replies_pts=0, channel_id=bare_id(member.row.linked_chat_key)
                )
            if member.flags & ChatFlag.SIGNATURES:
                message.post_author = _name(ctx)
                if member.flags & ChatFlag.SIGNATURE_PROFILES:
                    message.from_id = api.PeerUser(user_id=ctx.user_id)
        return BoxFlag.ANONYMOUS
    if send_as is not None and send_as != member.key:
        message.from_id = peer_of(send_as)
        return BoxFlag.ANONYMOUS
    if send_as == member.key or (send_as is None and member.admin_rights & AdminRight.ANONYMOUS):
        if isinstance(message, api.Message) and member.row.rank:
            message.post_author = member.row.rank
        return BoxFlag.ANONYMOUS
    return BoxFlag(0)


def _name(ctx: Context) -> str:
    row = ctx.db.first(sa.select(users.c.first_name, users.c.last_name).where(users.c.id == ctx.user_id))
    return "" if row is None else f"{row.first_name} {row.last_name}".strip()


def append_answer(
    ctx: Context, box: ChannelBox, member: Membership, item: Outgoing, answered: Any
) -> dict[int, list[int]]:
    """Put the caller's answer to a message (a row) into the channel's box, in its thread; returns whom it mentions."""
    return _put(ctx, box, member, [item], answered, None)


def append_joined(ctx: Context, box: ChannelBox, user_ids: Sequence[int], action: Any) -> None:
    """Put a service message of each of these accounts into the channel's box: they came in."""
    message = api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action)
    encoded = tl.encode(message)
    first_id = ctx.random_id()
    entries = [
        Entry(
            content_id=first_id + index,
            peer_key=box.owner_id,
            sender_id=user_id,
            date=ctx.now,
            message=message,
            encoded=encoded,
        )
        for index, user_id in enumerate(user_ids)
    ]
    _store(ctx, entries)
    box.append(entries)


def append_service(
    ctx: Context,
    box: ChannelBox,
    member: Membership,
    action: Any,
    *,
    reply_to_msg_id: int | None = None,
    sender_id: int | None = None,
    reply_to: api.MessageReplyHeader | None = None,
) -> BoxRow:
    """Put a service message by the caller (or another member) into the channel's box."""
    message = api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action, reply_to=reply_to)
    flags = _sign(ctx, member, message, None) if sender_id is None else BoxFlag(0)
    content_id = ctx.random_id()
    entry = Entry(
        content_id=content_id,
        peer_key=box.owner_id,
        sender_id=ctx.user_id if sender_id is None else sender_id,
        date=ctx.now,
        message=message,
        encoded=tl.encode(message),
        flags=int(flags),
        reply_to_msg_id=reply_to_msg_id,
    )
    _store(ctx, [entry])
    (row,) = box.append([entry])
    return row
