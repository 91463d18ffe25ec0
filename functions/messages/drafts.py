"""Drafts: https://core.telegram.org/api/drafts."""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain import drafts
from layers.domain.chat_access import channel_membership
from layers.domain.limits import MESSAGE_LENGTH
from layers.domain.peers import access_peer, is_channel, is_user, require_user
from layers.domain.places import channel_place, place_rows
from layers.domain.text import ENTITIES_MAX, check_entities, utf16_length
from layers.domain.threads import GENERAL_TOPIC
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(300, 60)
_URL_MAX: Final = 2048


@function(api.messages.SaveDraft, writes=True, flood=_FLOOD, partial="rich messages and suggested posts")
def save_draft(ctx: Context, request: api.messages.SaveDraft) -> bool:
    """Keep what the user has typed in a chat, or in one of its threads; an empty draft removes the one that is there.

    Raises:
        RpcError: MSG_ID_INVALID for a thread that is not there, MESSAGE_TOO_LONG, MEDIA_INVALID; those of the peer.
    """
    if request.rich_message is not None:
        raise bad_request("MEDIA_INVALID")
    peer_key = access_peer(ctx, request.peer)
    thread_id = _thread(ctx, peer_key, request.reply_to)
    message = request.message.replace("\0", "")
    if utf16_length(message) > MESSAGE_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    media = _media(request.media)
    reply_to = _reply_to(request.reply_to)
    # In a thread a reply to its first message says no more than where the draft is.
    answers = reply_to is not None and (not thread_id or reply_to.reply_to_msg_id != thread_id or reply_to.quote_text)
    if not message.strip() and not answers and media is None:
        drafts.clear_draft(ctx, peer_key, thread_id)
        return True
    if is_user(peer_key):
        require_user(ctx, peer_key, error="PEER_ID_INVALID")
    draft = api.DraftMessage(
        no_webpage=request.no_webpage,
        invert_media=request.invert_media,
        reply_to=reply_to,
        message=message,
        entities=check_entities(ctx, message, request.entities) or None,
        media=media,
        date=ctx.now,
        effect=request.effect,
    )
    drafts.save_draft(ctx, peer_key, draft, thread_id)
    return True


def _thread(ctx: Context, peer_key: int, reply_to: Any) -> int:
    """The topic or comment thread of a supergroup that a draft is for, 0 = the chat itself."""
    thread_id = getattr(reply_to, "top_msg_id", None) or 0
    if not is_channel(peer_key) or not thread_id:
        return 0
    place = channel_place(channel_membership(ctx, peer_key))
    if thread_id != GENERAL_TOPIC and thread_id not in place_rows(ctx, place, [thread_id]):
        raise bad_request("MSG_ID_INVALID")
    return int(thread_id)


def _reply_to(reply_to: Any) -> api.InputReplyToMessage | None:
    """The reply as the user's devices show it; a reply to what is not a message is left out."""
    if not isinstance(reply_to, api.InputReplyToMessage) or reply_to.reply_to_msg_id <= 0:
        return None
    if utf16_length(reply_to.quote_text or "") > MESSAGE_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    if len(reply_to.quote_entities or ()) > ENTITIES_MAX:
        raise bad_request("ENTITIES_TOO_LONG")
    return reply_to


def _media(media: Any) -> api.InputMediaWebPage | None:
    """The link preview chosen for the draft, the only media a draft may have."""
    if not isinstance(media, api.InputMediaWebPage):
        return None
    if len(media.url) > _URL_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    return media


@function(api.messages.GetAllDrafts)
def get_all_drafts(ctx: Context, _request: api.messages.GetAllDrafts) -> api.Updates:
    """Every draft of the account, as updates."""
    return drafts.all_drafts(ctx)


@function(api.messages.ClearAllDrafts, writes=True)
def clear_all_drafts(ctx: Context, _request: api.messages.ClearAllDrafts) -> bool:
    """Drop every draft of the account."""
    drafts.clear_all_drafts(ctx)
    return True
