"""Sending messages: https://core.telegram.org/method/messages.sendMessage and its siblings."""

from __future__ import annotations

from typing import Any, Final

from functions.messages.replies import reply_header, reply_to_msg_id
from functions.messages.scheduled import send_or_schedule
from layers.context import Context
from layers.domain.catalog import is_effect
from layers.domain.chat_rights import BannedRight
from layers.domain.chats import ChatKind
from layers.domain.dialogs import tell_own_devices
from layers.domain.kept_documents import note_sent
from layers.domain.limits import CAPTION_LENGTH
from layers.domain.media import index_reference_error, prepare_media, store_media
from layers.domain.outgoing import Outgoing
from layers.domain.peers import access_peer, is_user
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.sending import Recipient, access_recipient
from layers.domain.text import normalise
from layers.domain.timers import ttl_seconds
from layers.domain.viewer_media import for_viewer
from layers.domain.web_pages import preview
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function
from tl import api

_ALBUM_MAX: Final = 10
_SENDING: Final = FloodLimit(1200, 60)


@function(api.messages.SendMessage, writes=True, flood=_SENDING, partial="rich messages")
def send_message(ctx: Context, request: api.messages.SendMessage) -> api.TypeUpdates:
    """A text message."""
    _refuse_unsupported(request)
    recipient = access_recipient(ctx, access_peer(ctx, request.peer))
    text, entities = normalise(ctx, request.message, request.entities)
    message = _stored(ctx, request, text, entities, reply_header(ctx, request.peer, request.reply_to))
    if not request.no_webpage and may_embed(recipient):
        message.media = preview(ctx, message)
    items = [Outgoing(request.random_id, message)]
    return send_or_schedule(
        ctx, request, recipient, items, reply_to_msg_id=reply_to_msg_id(ctx, request.peer, request.reply_to)
    )


@function(
    api.messages.SendMedia,
    writes=True,
    flood=_SENDING,
    partial="games, invoices, stories; polls for subscribers or countries only; proximity alerts of live locations",
    prepare=prepare_media,
)
def send_media(ctx: Context, request: api.messages.SendMedia) -> api.TypeUpdates:
    """A photo, document, contact, place, live location, poll, to-do list or dice with an optional caption."""
    _refuse_unsupported(request)
    recipient = access_recipient(ctx, access_peer(ctx, request.peer))
    text, entities = _caption(ctx, request)
    message = _stored(ctx, request, text, entities, reply_header(ctx, request.peer, request.reply_to))
    message.media = _kept(store_media(ctx, request.media))
    used = note_sent(ctx, message.media)
    if used is not None:
        tell_own_devices(ctx, used)
    is_unread = is_unread_media(message.media)
    if is_unread:
        check_voice_messages(ctx, recipient.peer_key)
    is_broadcast = recipient.member is not None and recipient.member.kind is ChatKind.BROADCAST
    if is_broadcast and isinstance(message.media, api.MessageMediaToDo):
        raise bad_request("MEDIA_INVALID")  # readers could neither complete nor append anything
    items = [Outgoing(request.random_id, message, media_unread=is_unread or bool(ttl_seconds(message)))]
    return send_or_schedule(
        ctx, request, recipient, items, reply_to_msg_id=reply_to_msg_id(ctx, request.peer, request.reply_to)
    )


@function(api.messages.SendMultiMedia, writes=True, flood=_SENDING, prepare=prepare_media)
def send_multi_media(ctx: Context, request: api.messages.SendMultiMedia) -> api.TypeUpdates:
    """An album: up to ten photos, videos or documents under one grouped_id."""
    _refuse_unsupported(request)
    if not request.multi_media:
        raise bad_request("MULTI_MEDIA_EMPTY")
    if len(request.multi_media) > _ALBUM_MAX:
        raise bad_request("MULTI_MEDIA_TOO_LONG")
    recipient = access_recipient(ctx, access_peer(ctx, request.peer))
    grouped_id = ctx.random_id()
    answered = reply_header(ctx, request.peer, request.reply_to)
    items = []
    for index, single in enumerate(request.multi_media):
        text, entities = _caption(ctx, single)
        message = _stored(ctx, request, text, entities, answered)
        try:
            message.media = store_media(ctx, single.media)
        except RpcError as error:
            raise index_reference_error(error, index) from error
        if not isinstance(message.media, api.MessageMediaPhoto | api.MessageMediaDocument):
            raise bad_request("MEDIA_INVALID")
        message.grouped_id = grouped_id
        items.append(Outgoing(single.random_id, message, media_unread=bool(ttl_seconds(message))))
    return send_or_schedule(
        ctx, request, recipient, items, reply_to_msg_id=reply_to_msg_id(ctx, request.peer, request.reply_to)
    )


@function(api.messages.UploadMedia, writes=True, prepare=prepare_media)
def upload_media(ctx: Context, request: api.messages.UploadMedia) -> api.TypeMessageMedia:
    """Store media without sending it, for an album or an edit to come."""
    access_peer(ctx, request.peer)
    media = store_media(ctx, request.media)
    for_viewer(ctx, ctx.user_id, media)
    return media


def may_embed(recipient: Recipient) -> bool:
    """Whether the sender's links may come with previews; where not, they come without."""
    return recipient.member is None or not recipient.member.banned_rights & BannedRight.EMBED_LINKS


def check_voice_messages(ctx: Context, peer_key: int) -> None:
    """https://core.telegram.org/api/privacy: who does not take voice and round video messages gets none."""
    if peer_key == ctx.user_id or not is_user(peer_key):
        return
    if peer_key not in allowed(ctx, [peer_key], ctx.user_id, PrivacyKey.VOICE_MESSAGES):
        raise bad_request("VOICE_MESSAGES_FORBIDDEN")


def _kept(media: api.TypeMessageMedia) -> api.TypeMessageMedia | None:
    """A link whose preview is not made leaves a text message."""
    return None if isinstance(media, api.MessageMediaEmpty) else media


def _caption(ctx: Context, request: Any) -> tuple[str, list[api.TypeMessageEntity] | None]:
    if isinstance(request.media, api.InputMediaWebPage):
        return normalise(ctx, request.message, request.entities)
    return normalise(
        ctx,
        request.message,
        request.entities,
        limit=CAPTION_LENGTH,
        may_be_empty=True,
        too_long="MEDIA_CAPTION_TOO_LONG",
    )


def _stored(
    ctx: Context,
    request: Any,
    text: str,
    entities: list[api.TypeMessageEntity] | None,
    answered: api.MessageReplyHeader | None,
) -> api.Message:
    """The stored form of a message; the box and the viewer add the rest."""
    return api.Message(
        id=0,
        peer_id=api.PeerUser(user_id=0),
        date=ctx.now,
        message=text,
        entities=entities,
        silent=request.silent,
        noforwards=request.noforwards,
        invert_media=request.invert_media,
        effect=message_effect(ctx, request.peer, request.effect),
        reply_to=answered,
        reply_markup=getattr(request, "reply_markup", None) if ctx.origin.is_bot else None,
    )


def message_effect(ctx: Context, peer: api.TypeInputPeer, effect: int | None) -> int | None:
    """The animation that a message in a private chat comes with; 400 EFFECT_ID_INVALID."""
    if not effect:
        return None
    if not is_user(access_peer(ctx, peer)) or not is_effect(ctx, effect):
        raise bad_request("EFFECT_ID_INVALID")
    return int(effect)


def is_unread_media(media: Any) -> bool:
    """Voice and round video messages stay unread until they are played."""
    if not isinstance(media, api.MessageMediaDocument) or not isinstance(media.document, api.Document):
        return False
    return any(
        (isinstance(attribute, api.DocumentAttributeAudio) and attribute.voice)
        or (isinstance(attribute, api.DocumentAttributeVideo) and attribute.round_message)
        for attribute in media.document.attributes
    )


def refuse_suggestion(request: Any) -> None:
    """Posts are suggested in the direct messages of channels, and no channel here takes any."""
    if getattr(request, "suggested_post", None) is not None:
        raise bad_request("SUGGESTED_POST_PEER_INVALID")


def _refuse_unsupported(request: Any) -> None:
    """Parameters that would change what is sent are refused, never ignored."""
    refuse_suggestion(request)
    if getattr(request, "rich_message", None) is not None:
        raise bad_request("MEDIA_INVALID")
