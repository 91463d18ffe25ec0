"""Quick replies: https://core.telegram.org/api/business#quick-reply-shortcuts.

Messages come into a shortcut by the sending methods' ``quick_reply_shortcut`` (`functions.messages.scheduled`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import tl
from functions.messages.send import check_voice_messages
from layers.context import Context
from layers.domain import quick_replies
from layers.domain.chats import peer_objects
from layers.domain.media import store_media
from layers.domain.messages import peers_in
from layers.domain.outgoing import Outgoing
from layers.domain.peers import access_peer, is_user
from layers.domain.polls import anew
from layers.domain.sending import access_recipient, send
from layers.domain.updates import merged
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_IDS_MAX: Final = 100


@function(api.messages.GetQuickReplies)
def get_quick_replies(ctx: Context, request: api.messages.GetQuickReplies) -> api.messages.TypeQuickReplies:
    """The caller's shortcuts, each with its last message."""
    rows = quick_replies.shortcuts(ctx)
    tops = {row.message_id: row for row in quick_replies.rows_of(ctx, [row.top_message for row in rows])}
    if request.hash and request.hash == quick_replies.shortcuts_hash(rows, tops):
        return api.messages.QuickRepliesNotModified()
    messages = quick_replies.message_objects(ctx, list(tops.values()))
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    return api.messages.QuickReplies(
        quick_replies=[quick_replies.quick_reply(row) for row in rows],
        messages=messages,
        chats=named.chats,
        users=named.users,
    )


@function(api.messages.GetQuickReplyMessages)
def get_quick_reply_messages(ctx: Context, request: api.messages.GetQuickReplyMessages) -> api.messages.TypeMessages:
    """The messages of a shortcut, or those of these ids."""
    quick_replies.access_shortcut(ctx, request.shortcut_id)
    _check_ids(request.id or [])
    rows = quick_replies.rows_below(ctx, request.shortcut_id, request.id)
    if request.hash and request.hash == quick_replies.messages_hash(rows):
        return api.messages.MessagesNotModified(count=len(rows))
    messages = quick_replies.message_objects(ctx, rows)
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    return api.messages.Messages(messages=messages, topics=[], chats=named.chats, users=named.users)


def _check_ids(message_ids: Sequence[int]) -> None:
    if len(message_ids) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")


@function(api.messages.CheckQuickReplyShortcut)
def check_quick_reply_shortcut(ctx: Context, request: api.messages.CheckQuickReplyShortcut) -> bool:
    """Whether one more message may come into the shortcut of that name, which need not exist.

    Raises:
        RpcError: SHORTCUT_INVALID, QUICK_REPLIES_TOO_MUCH, REPLY_MESSAGES_TOO_MUCH.
    """
    name = quick_replies.check_shortcut(request.shortcut)
    quick_replies.check_room(ctx, quick_replies.named(ctx, name), 1)
    return True


@function(api.messages.EditQuickReplyShortcut, writes=True)
def edit_quick_reply_shortcut(ctx: Context, request: api.messages.EditQuickReplyShortcut) -> bool:
    """Name a shortcut anew."""
    quick_replies.rename(ctx, request.shortcut_id, request.shortcut)
    return True


@function(api.messages.ReorderQuickReplies, writes=True)
def reorder_quick_replies(ctx: Context, request: api.messages.ReorderQuickReplies) -> bool:
    """Give the shortcuts another order."""
    quick_replies.reorder(ctx, request.order)
    return True


@function(api.messages.DeleteQuickReplyShortcut, writes=True)
def delete_quick_reply_shortcut(ctx: Context, request: api.messages.DeleteQuickReplyShortcut) -> bool:
    """Forget a shortcut with all its messages."""
    quick_replies.delete_shortcut(ctx, request.shortcut_id)
    return True


@function(api.messages.DeleteQuickReplyMessages, writes=True)
def delete_quick_reply_messages(ctx: Context, request: api.messages.DeleteQuickReplyMessages) -> api.Updates:
    """Forget messages of a shortcut; one that becomes empty is gone."""
    _check_ids(request.id)
    told = quick_replies.delete_messages(ctx, request.shortcut_id, request.id)
    return quick_replies.updates(ctx, told, set())


@function(api.messages.SendQuickReplyMessages, writes=True, flood=FloodLimit(1200, 60))
def send_quick_reply_messages(ctx: Context, request: api.messages.SendQuickReplyMessages) -> api.TypeUpdates:
    """Send the messages of a shortcut (all, or those of these ids) to a user.

    Raises:
        RpcError: PEER_ID_INVALID for any other chat, SHORTCUT_INVALID, MESSAGE_ID_INVALID, RANDOM_ID_INVALID,
            VOICE_MESSAGES_FORBIDDEN; as `layers.domain.sending.access_recipient`.
    """
    peer_key = access_peer(ctx, request.peer)
    if not is_user(peer_key) or peer_key == ctx.user_id:
        raise bad_request("PEER_ID_INVALID")
    _check_ids(request.id)
    recipient = access_recipient(ctx, peer_key)
    quick_replies.access_shortcut(ctx, request.shortcut_id)
    rows = quick_replies.rows_below(ctx, request.shortcut_id, request.id or None)
    if len(rows) != len(set(request.id) or rows):
        raise bad_request("MESSAGE_ID_INVALID")
    random_ids = request.random_id or [ctx.random_long() for _ in rows]
    if len(random_ids) != len(rows):
        raise bad_request("RANDOM_ID_INVALID")
    if any(row.media_unread for row in rows):
        check_voice_messages(ctx, peer_key)
    # A client names messages and random_ids in one order; they are sent in the shortcut's.
    place = {message_id: index for index, message_id in enumerate(request.id or [row.message_id for row in rows])}
    albums: dict[int, int] = {}
    items = {row.message_id: _outgoing(ctx, row, random_ids[place[row.message_id]], albums) for row in rows}
    answers: list[Any] = []
    sent: dict[int, int] = {}
    for part in _parts(rows):
        answered = sent.get(part[0].reply_to_msg_id)
        outgoing = [items[row.message_id] for row in part]
        answer: Any = send(ctx, recipient, outgoing, reply_to_msg_id=answered, may_be_short=False)
        ids = {item.random_id: item.id for item in answer.updates if isinstance(item, api.UpdateMessageID)}
        sent |= {row.message_id: ids[items[row.message_id].random_id] for row in part}
        # The first part may have begun the chat, with its timer.
        recipient = access_recipient(ctx, peer_key) if recipient.default_ttl else recipient
        answers.append(answer)
    return merged(*answers)


def _outgoing(ctx: Context, row: Any, random_id: int, albums: dict[int, int]) -> Outgoing:
    message: Any = tl.decode(row.message)
    if message.grouped_id is not None:
        message.grouped_id = albums.setdefault(message.grouped_id, ctx.random_id())
    if isinstance(message.media, api.MessageMediaDice):
        message.media = store_media(ctx, api.InputMediaDice(emoticon=message.media.emoticon))
    message.media = anew(ctx, message.media)
    return Outgoing(random_id, message, media_unread=bool(row.media_unread))


def _parts(rows: Sequence[Any]) -> list[list[Any]]:
    """Runs of messages that answer the same message: an album stays one."""
    parts: list[list[Any]] = []
    for row in rows:
        if parts and parts[-1][0].reply_to_msg_id == row.reply_to_msg_id:
            parts[-1].append(row)
        else:
            parts.append([row])
    return parts
