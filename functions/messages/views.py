"""Who has seen a message: https://core.telegram.org/method/messages.getOutboxReadDate and its siblings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from functions.messages.reading import unread_mentions
from layers.context import Context
from layers.domain.account_settings import Setting, read_settings
from layers.domain.channel_reads import readers_in_channel
from layers.domain.channel_views import channel_views
from layers.domain.chat_access import access_any_chat
from layers.domain.chats import ChatKind, peer_objects
from layers.domain.group_reads import READ_MARK_LIFE_S, READERS_MAX, readers_of
from layers.domain.history import count_up_to, load_in_order, slice_ids, slice_of
from layers.domain.members import other_members
from layers.domain.mentions import unread_mentions_of
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.peers import access_peer, is_user
from layers.domain.places import Place, access_place, channel_place, place_answer, place_rows, visible
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.sending import own_rows
from layers.errors import bad_request, forbidden
from layers.registry import function
from layers.schema import dialogs, outbox_reads
from tl import api

READ_DATE_LIFE_S: Final = 604_800
"""How long the moment of reading can be asked for: appConfig's ``pm_read_date_expire_period``."""


@function(api.messages.GetMessagesViews)
def get_messages_views(ctx: Context, request: api.messages.GetMessagesViews) -> api.messages.MessageViews:
    """View counters: messages of private chats and basic groups have none."""
    place = access_place(ctx, request.peer)
    if place.channel is not None:
        return channel_views(ctx, place, request.id, increment=request.increment)
    named = peer_objects(ctx, ctx.user_id, [access_peer(ctx, request.peer)])
    own_rows(ctx, request.id)
    views = [api.MessageViews() for _ in request.id]
    return api.messages.MessageViews(views=views, chats=named.chats, users=named.users)


@function(api.messages.GetMessageReadParticipants)
def get_message_read_participants(
    ctx: Context, request: api.messages.GetMessageReadParticipants
) -> list[api.ReadParticipantDate]:
    """Who has read the caller's message of a small group; a private chat is none."""
    member = access_any_chat(ctx, request.peer)
    if member.row.members_count > READERS_MAX:
        raise bad_request("CHAT_TOO_BIG")
    place = channel_place(member) if member.is_channel else Place(ctx.user_id, member.key)
    row = place_rows(ctx, place, [request.msg_id]).get(request.msg_id)
    if row is None or row.sender_id != ctx.user_id or member.kind is ChatKind.BROADCAST:
        raise bad_request("MSG_ID_INVALID")
    if row.date < ctx.now - READ_MARK_LIFE_S:
        raise bad_request("MSG_TOO_OLD")
    others = other_members(ctx, member.key, ctx.user_id)
    if member.is_channel:
        readers: Sequence[Any] = readers_in_channel(ctx, member.key, row.message_id, others)
    else:
        readers = readers_of(ctx, member.key, row.content_id, others)
    return [api.ReadParticipantDate(user_id=reader.user_id, date=reader.date) for reader in readers]


@function(api.messages.GetOutboxReadDate)
def get_outbox_read_date(ctx: Context, request: api.messages.GetOutboxReadDate) -> api.OutboxReadDate:
    """When the other side of a private chat read a message of the caller.

    Whoever hides his last-seen time and his read marks from the other neither shows nor sees the moment.
    """
    peer_key = access_peer(ctx, request.peer)
    if not is_user(peer_key) or peer_key == ctx.user_id:
        raise bad_request("PEER_ID_INVALID")
    row = load_rows(ctx, ctx.user_id, [request.msg_id]).get(request.msg_id)
    if row is None or row.peer_key != peer_key or not row.flags & BoxFlag.OUT:
        raise bad_request("MESSAGE_ID_INVALID")
    if row.date < ctx.now - READ_DATE_LIFE_S:
        raise bad_request("MESSAGE_TOO_OLD")
    if _hides_read_marks(ctx, ctx.user_id, peer_key):
        raise forbidden("YOUR_PRIVACY_RESTRICTED")
    if _hides_read_marks(ctx, peer_key, ctx.user_id):
        raise forbidden("USER_PRIVACY_RESTRICTED")
    read_max_id = ctx.db.scalar(
        sa.select(dialogs.c.read_outbox_max_id).where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == peer_key)
    )
    if request.msg_id > (read_max_id or 0):
        raise bad_request("MESSAGE_NOT_READ_YET")
    date = ctx.db.scalar(
        sa.select(outbox_reads.c.date)
        .where(
            outbox_reads.c.owner_id == ctx.user_id,
            outbox_reads.c.peer_key == peer_key,
            outbox_reads.c.message_id >= request.msg_id,
        )
        .order_by(outbox_reads.c.message_id)
        .limit(1)
    )
    if date is None:
        raise bad_request("MESSAGE_TOO_OLD")
    return api.OutboxReadDate(date=date)


def _hides_read_marks(ctx: Context, owner_id: int, viewer_id: int) -> bool:
    """Whether ``hide_read_marks`` is set and the viewer is among those who do not see the last-seen time."""
    settings = read_settings(ctx, owner_id, Setting.GLOBAL_PRIVACY).get(Setting.GLOBAL_PRIVACY)
    if settings is None or not settings.hide_read_marks:
        return False
    return not allowed(ctx, [owner_id], viewer_id, PrivacyKey.STATUS_TIMESTAMP)


@function(api.messages.GetUnreadMentions)
def get_unread_mentions(ctx: Context, request: api.messages.GetUnreadMentions) -> api.messages.TypeMessages:
    """Messages of a chat that mention the account and have not been seen."""
    place = access_place(ctx, request.peer)
    if place.channel is None:
        branches = [unread_mentions(ctx.user_id, access_peer(ctx, request.peer))]
    else:
        branches = visible(place, [unread_mentions_of(ctx.user_id, place.owner_id, request.top_msg_id)])
    rows = load_in_order(ctx, place.owner_id, slice_ids(ctx, branches, slice_of(request)))
    return place_answer(ctx, place, rows, count=count_up_to(ctx, branches))
