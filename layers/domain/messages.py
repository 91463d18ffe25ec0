"""Messages as an account sees them: box entries joined with what was said.

https://core.telegram.org/constructor/message. The stored message knows nothing of its viewers; what depends on the box
(id, out, peer, reply, read and pin marks) and on the viewer (access hashes, file references) is filled in here, for
pushes, differences and histories alike.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.chats import peer_objects
from layers.domain.extras import add_extras
from layers.domain.peers import chat_key, peer_key, peer_of
from layers.domain.poll_results import VOTES_UNREAD
from layers.domain.reaction_summaries import REACTIONS_UNREAD
from layers.domain.viewer_media import for_viewer
from layers.schema import boxes, contents
from tl import api


class BoxFlag(enum.IntFlag):
    """What a box knows of a message; stored."""

    OUT = 1
    MENTIONED = 2
    MEDIA_UNREAD = 4
    PINNED = 8
    ANONYMOUS = 16
    """In a channel's box: ``sender_id`` wrote it, but the message says who is shown instead."""
    TAGGED = 32
    REACTIONS_UNREAD = REACTIONS_UNREAD
    VOTES_UNREAD = VOTES_UNREAD


MESSAGE_COLUMNS: Final = (
    boxes.c.message_id,
    boxes.c.content_id,
    boxes.c.peer_key,
    boxes.c.sender_id,
    boxes.c.date,
    boxes.c.pts,
    boxes.c.flags,
    boxes.c.reply_to_msg_id,
    contents.c.edit_date,
    contents.c.extras,
    contents.c.message,
)


def select_messages(owner_id: int) -> sa.Select[Any]:
    """The account's messages, to be narrowed and ordered by the caller."""
    return (
        sa.select(*MESSAGE_COLUMNS)
        .join_from(boxes, contents, boxes.c.content_id == contents.c.content_id)
        .where(boxes.c.owner_id == owner_id)
    )


_OF_OWNER: Final = (
    sa.select(*MESSAGE_COLUMNS)
    .join_from(boxes, contents, boxes.c.content_id == contents.c.content_id)
    .where(boxes.c.owner_id == sa.bindparam("owner"))
)
_BY_ID: Final = _OF_OWNER.where(boxes.c.message_id.in_(sa.bindparam("message_ids", expanding=True)))
_BY_CONTENT: Final = _OF_OWNER.where(boxes.c.content_id.in_(sa.bindparam("content_ids", expanding=True))).order_by(
    boxes.c.message_id
)


def message_object(ctx: Context, owner_id: int, row: Any) -> Any:
    """The message or messageService that the owner of the box sees; ``row`` is one of `select_messages`."""
    return message_objects(ctx, owner_id, [row])[0]


def _without_extras(ctx: Context, owner_id: int, row: Any) -> Any:
    message: Any = tl.decode(row.message)
    flags = row.flags
    message.id = row.message_id
    message.peer_id = peer_of(row.peer_key)
    message.date = row.date
    message.out = bool(flags & BoxFlag.OUT) and row.peer_key != owner_id
    # In private chats the peer says who sent an incoming message.
    message.from_id = None if row.sender_id == row.peer_key != owner_id else api.PeerUser(user_id=row.sender_id)
    if flags & ~BoxFlag.OUT:
        message.mentioned = bool(flags & BoxFlag.MENTIONED)
        message.media_unread = bool(flags & BoxFlag.MEDIA_UNREAD)
    reply = message.reply_to
    if row.reply_to_msg_id is not None:
        if reply is None:
            reply = message.reply_to = api.MessageReplyHeader()
        reply.reply_to_msg_id = row.reply_to_msg_id
    elif isinstance(reply, api.MessageReplyHeader) and reply.quote_text is None and reply.reply_from is None:
        message.reply_to = None
    if row.peer_key == owner_id:
        message.saved_peer_id = saved_peer(owner_id, message)
    if isinstance(message, api.Message):
        # That a message was scheduled is its author's affair.
        message.from_scheduled = message.from_scheduled and row.sender_id == owner_id
        message.edit_date = row.edit_date
        message.pinned = bool(flags & BoxFlag.PINNED)
        if message.media is not None:
            for_viewer(ctx, owner_id, message.media)
        if message.reply_to is not None:
            for_viewer(ctx, owner_id, message.reply_to)
    else:
        for_viewer(ctx, owner_id, message.action)
    return message


_SERVICE_ID: Final = api.MessageService.CONSTRUCTOR_ID.to_bytes(4, "little")


def is_service(stored: bytes) -> bool:
    """Whether a stored message is a messageService."""
    return stored[:4] == _SERVICE_ID


def saved_peer(owner_id: int, message: Any) -> api.TypePeer:
    """https://core.telegram.org/api/saved-messages: the chat a saved message came from, or oneself."""
    forward = getattr(message, "fwd_from", None)
    if forward is not None and forward.saved_from_peer is not None:
        return forward.saved_from_peer  # type: ignore[no-any-return]
    return api.PeerUser(user_id=owner_id)


def message_objects(ctx: Context, owner_id: int, rows: Iterable[Any]) -> list[Any]:
    """`message_object` of each row, in order; no statement unless a message has reactions or is a poll."""
    pairs = [(row, _without_extras(ctx, owner_id, row)) for row in rows]
    add_extras(ctx, owner_id, pairs)
    return [message for _, message in pairs]


def load_rows(ctx: Context, owner_id: int, message_ids: Sequence[int]) -> dict[int, Any]:
    """Rows of the account's messages by id; ids that do not exist are left out."""
    if not message_ids:
        return {}
    rows = ctx.db.rows(_BY_ID, {"owner": owner_id, "message_ids": message_ids})
    return {row.message_id: row for row in rows}


def load_rows_by_content(ctx: Context, owner_id: int, content_ids: Sequence[int]) -> Sequence[Any]:
    """Rows of the account's copies of these contents, oldest first."""
    if not content_ids:
        return []
    return ctx.db.rows(_BY_CONTENT, {"owner": owner_id, "content_ids": content_ids})


def peers_in(messages: Iterable[Any]) -> set[int]:
    """Keys of every user and chat that the messages refer to: they must stand in ``users`` and ``chats``."""
    found: set[int] = set()
    for message in messages:
        _add_peers(found, message, ("peer_id", "from_id", "saved_peer_id"))
        forward = getattr(message, "fwd_from", None)
        if forward is not None:
            _add_peers(found, forward, ("from_id", "saved_from_peer", "saved_from_id"))
        reply_to = getattr(message, "reply_to", None)
        if reply_to is not None:
            _add_peers(found, reply_to, ("reply_to_peer_id",))
            _add_peers(found, getattr(reply_to, "reply_from", None), ("from_id",))
        for entity in getattr(message, "entities", None) or ():
            if isinstance(entity, api.MessageEntityMentionName):
                found.add(entity.user_id)
        media = getattr(message, "media", None)
        if isinstance(media, api.MessageMediaContact) and media.user_id:
            found.add(media.user_id)
        elif isinstance(media, api.MessageMediaPoll):
            found |= {peer_key(voter) for voter in media.results.recent_voters or ()}
            for answer in media.poll.answers:
                _add_peers(found, answer, ("added_by",))
        elif isinstance(media, api.MessageMediaToDo):
            found |= {peer_key(item.completed_by) for item in media.completions or ()}
        reactions = getattr(message, "reactions", None)
        if reactions is not None:
            for recent in reactions.recent_reactions or ():
                found.add(peer_key(recent.peer_id))
        via_bot_id = getattr(message, "via_bot_id", None)
        if via_bot_id:
            found.add(via_bot_id)
        action = getattr(message, "action", None)
        if action is not None:
            found |= _peers_of_action(action)
    return found


def _peers_of_action(action: Any) -> set[int]:
    match action:
        case api.MessageActionChatCreate() | api.MessageActionChatAddUser():
            return set(action.users)
        case api.MessageActionChatDeleteUser():
            return {action.user_id}
        case api.MessageActionChatJoinedByLink():
            return {action.inviter_id} if action.inviter_id else set()
        case api.MessageActionChatMigrateTo():
            return {peer_key(api.PeerChannel(channel_id=action.channel_id))}
        case api.MessageActionPollAppendAnswer() | api.MessageActionPollDeleteAnswer():
            found: set[int] = set()
            _add_peers(found, action.answer, ("added_by",))
            return found
        case api.MessageActionChannelMigrateFrom():
            return {chat_key(action.chat_id)}
        case _:
            return set()


def _add_peers(found: set[int], holder: Any, names: Iterable[str]) -> None:
    for name in names:
        peer = getattr(holder, name, None)
        if peer is not None:
            found.add(peer_key(peer))


def message_mentions(ctx: Context, owner_id: int, dialog_key: int, message_id: int, key: int) -> bool:
    """True when the message of that dialog refers to the peer: what an inputUserFromMessage claims."""
    rows = load_rows(ctx, owner_id, [message_id])
    row = rows.get(message_id)
    if row is None or row.peer_key != dialog_key:
        return False
    return key in peers_in([message_object(ctx, owner_id, row)])


def messages_answer(
    ctx: Context,
    owner_id: int,
    rows: Sequence[Any],
    *,
    count: int | None = None,
    offset_id_offset: int | None = None,
    next_rate: int | None = None,
    inexact: bool = False,
) -> api.messages.TypeMessages:
    """messages.messages of the rows, or messages.messagesSlice when ``count`` says that there are, or may be, more."""
    messages = message_objects(ctx, owner_id, rows)
    named = peer_objects(ctx, owner_id, peers_in(messages))
    if count is None or (count <= len(messages) and not inexact):
        return api.messages.Messages(messages=messages, topics=[], chats=named.chats, users=named.users)
    return api.messages.MessagesSlice(
        count=max(count, len(messages)),
        inexact=inexact,
        offset_id_offset=offset_id_offset,
        next_rate=next_rate,
        messages=messages,
        topics=[],
        chats=named.chats,
        users=named.users,
    )
