"""What a message answers: https://core.telegram.org/constructor/inputReplyToMessage."""

from __future__ import annotations

from typing import Any, Final

import tl
from functions.messages.origins import is_protected, linkable, origin_of
from layers.context import Context
from layers.domain.limits import CAPTION_LENGTH
from layers.domain.messages import BoxFlag
from layers.domain.peers import access_peer, peer_of
from layers.domain.places import access_place, place_rows
from layers.domain.text import normalise
from layers.domain.timers import ttl_seconds
from layers.errors import bad_request
from tl import api

_SHOWN: Final = (
    api.MessageMediaPhoto,
    api.MessageMediaDocument,
    api.MessageMediaContact,
    api.MessageMediaGeo,
    api.MessageMediaVenue,
    api.MessageMediaDice,
)
"""Media that a reply in another chat shows of what it answers."""


def reply_header(ctx: Context, peer: api.TypeInputPeer, reply_to: Any) -> api.MessageReplyHeader | None:
    """What all readers of a message to ``peer`` see alike of what it answers: the quoted part, an item, another chat's.

    The id of a message of the same chat belongs to each box.

    Raises:
        RpcError: QUOTE_TEXT_INVALID, REPLY_MESSAGE_ID_INVALID, CHAT_FORWARDS_RESTRICTED; as the gates of chats.
    """
    if not isinstance(reply_to, api.InputReplyToMessage):
        return None
    header = api.MessageReplyHeader(todo_item_id=reply_to.todo_item_id, poll_option=reply_to.poll_option)
    if reply_to.quote_text:
        header.quote = True
        header.quote_text, header.quote_entities = normalise(
            ctx, reply_to.quote_text, reply_to.quote_entities, limit=CAPTION_LENGTH, too_long="QUOTE_TEXT_INVALID"
        )
        header.quote_offset = reply_to.quote_offset
    if is_elsewhere(ctx, peer, reply_to):
        _point_elsewhere(ctx, header, reply_to)
    return None if header == api.MessageReplyHeader() else header


def is_elsewhere(ctx: Context, peer: api.TypeInputPeer, reply_to: Any) -> bool:
    """Whether a reply answers a message of another chat than the one it is sent to."""
    if not isinstance(reply_to, api.InputReplyToMessage) or reply_to.reply_to_peer_id is None:
        return False
    return access_peer(ctx, reply_to.reply_to_peer_id) != access_peer(ctx, peer)


def _point_elsewhere(ctx: Context, header: api.MessageReplyHeader, reply_to: api.InputReplyToMessage) -> None:
    place = access_place(ctx, reply_to.reply_to_peer_id)  # type: ignore[arg-type]
    row = place_rows(ctx, place, [reply_to.reply_to_msg_id]).get(reply_to.reply_to_msg_id)
    message: Any = None if row is None else tl.decode(row.message)
    if row is None or not isinstance(message, api.Message):
        raise bad_request("REPLY_MESSAGE_ID_INVALID")
    if message.noforwards or ttl_seconds(message) or is_protected(ctx, row.peer_key):
        raise bad_request("CHAT_FORWARDS_RESTRICTED")
    linked = {} if row.flags & BoxFlag.ANONYMOUS else linkable(ctx, {row.sender_id})
    header.reply_from = origin_of(row, message, linked)
    header.reply_media = message.media if isinstance(message.media, _SHOWN) else None
    # Only of a public channel others know the message by its id.
    if place.channel is not None and place.channel.row.username:
        header.reply_to_peer_id = peer_of(place.owner_id)
        header.reply_to_msg_id = row.message_id


def reply_to_msg_id(ctx: Context, peer: api.TypeInputPeer, reply_to: Any) -> int | None:
    """The id in the caller's box of the message answered; of one in another chat, that of the thread it is said in.

    Other kinds of reply are refused by name: REPLY_TO_INVALID.
    """
    if reply_to is None:
        return None
    if not isinstance(reply_to, api.InputReplyToMessage):
        raise bad_request("REPLY_TO_INVALID")
    return reply_to.top_msg_id if is_elsewhere(ctx, peer, reply_to) else reply_to.reply_to_msg_id
