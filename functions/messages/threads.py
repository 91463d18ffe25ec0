"""Threads and comments: https://core.telegram.org/api/threads, https://core.telegram.org/api/discussion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from layers.context import Context
from layers.domain.channel_messages import channel_message_objects
from layers.domain.chat_access import access_channel, channel_membership
from layers.domain.chats import ChatKind, is_readable, peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.discussions import read_mark, thread_of_post, thread_row, unread_in_thread
from layers.domain.hashes import vector_hash
from layers.domain.history import count_up_to, first_id_since, load_in_order, slice_ids, slice_of
from layers.domain.messages import peers_in
from layers.domain.peers import bare_id
from layers.domain.places import Place, channel_place, place_answer, place_rows, visible
from layers.domain.thread_reads import others_have_read, read_thread
from layers.domain.threads import GENERAL_TOPIC, of_thread
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(600, 60)


@dataclass(frozen=True, slots=True)
class _Thread:
    """A thread in a supergroup; ``post_owner_id`` 0 = it is not the comments of a post."""

    place: Place
    thread_id: int
    max_id: int = 0
    post_owner_id: int = 0
    post_id: int = 0


def _access_thread(ctx: Context, peer: Any, message_id: int) -> _Thread:
    """Gate: the thread below a message of a supergroup, or the comments of a post.

    Raises:
        RpcError: PEER_ID_INVALID for other chats, MSG_ID_INVALID, CHANNEL_PRIVATE.
    """
    if not isinstance(peer, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        raise bad_request("PEER_ID_INVALID")
    member = access_channel(ctx, peer)
    if member.kind is ChatKind.BROADCAST:
        row = thread_of_post(ctx, member.key, message_id)
        if row is None or row.owner_id != member.row.linked_chat_key:
            raise bad_request("MSG_ID_INVALID")
        group = channel_membership(ctx, row.owner_id)
        if not is_readable(group):
            raise bad_request("CHANNEL_PRIVATE")
        return _Thread(channel_place(group), row.thread_id, row.max_id, row.post_owner_id, row.post_id)
    place = channel_place(member)
    if message_id != GENERAL_TOPIC and message_id not in place_rows(ctx, place, [message_id]):
        raise bad_request("MSG_ID_INVALID")
    row = thread_row(ctx, member.key, message_id)
    if row is None:
        return _Thread(place, message_id)
    return _Thread(place, message_id, row.max_id, row.post_owner_id, row.post_id)


@function(api.messages.GetReplies, flood=_FLOOD)
def get_replies(ctx: Context, request: api.messages.GetReplies) -> api.messages.TypeMessages:
    """The messages of a thread, a topic, or the comments of a post, newest first."""
    thread = _access_thread(ctx, request.peer, request.msg_id)
    place = thread.place
    branches = visible(place, [of_thread(place.owner_id, thread.thread_id)])
    offset_id = request.offset_id
    if offset_id <= 0 < request.offset_date:
        offset_id = first_id_since(ctx, place.owner_id, request.offset_date, peer_key=place.peer_key)
    message_ids = slice_ids(ctx, branches, slice_of(request, offset_id=offset_id))
    row = thread_row(ctx, place.owner_id, thread.thread_id)
    count = count_up_to(ctx, branches) if place.above_id else (0 if row is None else row.replies)
    if request.hash and request.hash == vector_hash(message_ids):
        return api.messages.MessagesNotModified(count=count)
    return place_answer(ctx, place, load_in_order(ctx, place.owner_id, message_ids), count=count)


@function(api.messages.GetDiscussionMessage, flood=_FLOOD)
def get_discussion_message(ctx: Context, request: api.messages.GetDiscussionMessage) -> api.messages.DiscussionMessage:
    """The first message of a thread (of comments: the copy of the post), and what of it the caller and others read."""
    thread = _access_thread(ctx, request.peer, request.msg_id)
    place = thread.place
    rows = list(place_rows(ctx, place, [thread.thread_id]).values())
    messages = channel_message_objects(ctx, ctx.user_id, rows)
    read = read_mark(ctx, place.owner_id, thread.thread_id)
    keys = {place.owner_id, *peers_in(messages)} | ({thread.post_owner_id} if thread.post_owner_id else set())
    named = peer_objects(ctx, ctx.user_id, sorted(keys))
    return api.messages.DiscussionMessage(
        messages=messages,
        max_id=thread.max_id or None,
        read_inbox_max_id=read or None,
        read_outbox_max_id=others_have_read(ctx, place.owner_id, [thread.thread_id]).get(thread.thread_id) or None,
        unread_count=unread_in_thread(ctx, place.owner_id, thread.thread_id, read),
        chats=named.chats,
        users=named.users,
    )


@function(api.messages.ReadDiscussion, writes=True, flood=_FLOOD)
def read_discussion(ctx: Context, request: api.messages.ReadDiscussion) -> bool:
    """Mark a thread, a topic or the comments of a post as read up to ``read_max_id``, on all the caller's devices.

    Those who wrote what he has read are told.
    """
    thread = _access_thread(ctx, request.peer, request.msg_id)
    key = thread.place.owner_id
    read_id = min(request.read_max_id, max(thread.max_id, thread.thread_id))
    before = read_mark(ctx, key, thread.thread_id)
    if read_id <= before:
        return True
    read_thread(ctx, key, thread.thread_id, before, read_id)
    update = api.UpdateReadChannelDiscussionInbox(
        channel_id=bare_id(key),
        top_msg_id=thread.thread_id,
        read_max_id=read_id,
        broadcast_id=bare_id(thread.post_owner_id) if thread.post_owner_id else None,
        broadcast_post=thread.post_id if thread.post_owner_id else None,
    )
    tell_own_devices(ctx, update, peer_keys=[key])
    return True
