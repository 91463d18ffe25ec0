"""Forwarding: https://core.telegram.org/method/messages.forwardMessages."""

from __future__ import annotations

from typing import Any, Final

import tl
from functions.messages.origins import is_protected, linkable, origin_of
from functions.messages.replies import reply_header, reply_to_msg_id
from functions.messages.scheduled import send_or_schedule
from functions.messages.send import is_unread_media, message_effect, refuse_suggestion
from layers.context import Context
from layers.domain.channel_views import count_forwards
from layers.domain.messages import BoxFlag
from layers.domain.outgoing import Outgoing
from layers.domain.peers import access_peer, peer_of
from layers.domain.places import access_place, place_rows
from layers.domain.sending import access_recipient
from layers.domain.timers import ttl_seconds
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FORWARDS_MAX: Final = 100


@function(
    api.messages.ForwardMessages,
    writes=True,
    flood=FloodLimit(600, 60),
)
def forward_messages(ctx: Context, request: api.messages.ForwardMessages) -> api.TypeUpdates:
    """Copy messages of one chat to another with (or without) their authors' names."""
    if len(request.id) != len(request.random_id):
        raise bad_request("RANDOM_ID_INVALID")
    refuse_suggestion(request)
    if request.from_ephemeral:
        raise bad_request("MESSAGE_ID_INVALID")  # there are none here
    if request.schedule_repeat_period and len(request.id) != 1:
        raise bad_request("SCHEDULE_DATE_INVALID")
    source = access_place(ctx, request.from_peer)
    from_key = source.owner_id if source.channel is not None else access_peer(ctx, request.from_peer)
    recipient = access_recipient(ctx, access_peer(ctx, request.to_peer))
    if len(request.id) > _FORWARDS_MAX or not request.id:
        raise bad_request("MSG_ID_INVALID" if request.id else "MESSAGE_IDS_EMPTY")
    found = place_rows(ctx, source, request.id)
    if len(found) != len(set(request.id)):
        raise bad_request("MESSAGE_ID_INVALID")
    rows = [found[number] for number in request.id]
    originals: list[Any] = [tl.decode(row.message) for row in rows]
    if any(not isinstance(message, api.Message) for message in originals):
        raise bad_request("MESSAGE_ID_INVALID")
    if any(message.noforwards or ttl_seconds(message) for message in originals) or is_protected(ctx, from_key):
        raise bad_request("CHAT_FORWARDS_RESTRICTED")
    if source.channel is not None:
        count_forwards(ctx, from_key, request.id)
    linked = linkable(ctx, {row.sender_id for row in rows if not row.flags & BoxFlag.ANONYMOUS})
    effect = message_effect(ctx, request.to_peer, request.effect)
    answered = reply_header(ctx, request.to_peer, request.reply_to)
    if (request.video_timestamp or 0) < 0:
        raise bad_request("MEDIA_INVALID")
    albums: dict[int, int] = {}
    items = []
    for row, message, random_id in zip(rows, originals, request.random_id, strict=True):
        if not request.drop_author:
            message.fwd_from = _header(row, message, linked, to_self=recipient.peer_key == ctx.user_id)
        if message.grouped_id is not None:
            message.grouped_id = albums.setdefault(message.grouped_id, ctx.random_id())
        _strip(ctx, request, message)
        message.effect = effect
        message.reply_to = answered
        if request.video_timestamp is not None and isinstance(message.media, api.MessageMediaDocument):
            message.media.video_timestamp = request.video_timestamp
        unread = is_unread_media(message.media)
        items.append(Outgoing(random_id, message, media_unread=unread))
    answered_id = reply_to_msg_id(ctx, request.to_peer, request.reply_to)
    return send_or_schedule(ctx, request, recipient, items, reply_to_msg_id=answered_id)


def _strip(ctx: Context, request: api.messages.ForwardMessages, message: Any) -> None:
    """What belonged to the original's place does not come along."""
    message.date = ctx.now
    message.from_id = None
    message.post = False
    message.views = message.forwards = message.replies = message.post_author = None
    message.reply_to = None
    message.reply_markup = None
    message.factcheck = None
    message.from_scheduled = False
    message.edit_hide = False
    if isinstance(message.media, api.MessageMediaGeoLive):
        # Nobody moves a copy: it is where its author was.
        message.media = api.MessageMediaGeo(geo=message.media.geo)
    message.silent = request.silent
    message.noforwards = request.noforwards
    if request.drop_author:
        message.fwd_from = None
    if request.drop_media_captions and message.media is not None:
        message.message = ""
        message.entities = None


def _header(row: Any, message: Any, linked: dict[int, str | None], *, to_self: bool) -> api.MessageFwdHeader:
    """Who wrote the message first, however often it was forwarded."""
    header: api.MessageFwdHeader = message.fwd_from or origin_of(row, message, linked)
    header.saved_from_peer = peer_of(row.peer_key) if to_self else None
    header.saved_from_msg_id = row.message_id if to_self else None
    return header
