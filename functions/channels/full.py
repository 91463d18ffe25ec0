"""Channels as objects: https://core.telegram.org/method/channels.getFullChannel, channels.getChannels."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.channel_dialogs import channel_dialogs, with_unread
from layers.domain.channel_pages import STICKERS_FROM, page_of, stickers_of, tab_of
from layers.domain.chat_access import access_channel, named_channel
from layers.domain.chat_reactions import chat_reactions_of
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatFlag, ChatKind, Membership, chat_objects, peer_objects
from layers.domain.invites import invite_objects, permanent_invite
from layers.domain.join_requests import pending
from layers.domain.notify import peer_notify_settings
from layers.domain.peer_options import options_of
from layers.domain.peers import bare_id, peer_key
from layers.domain.photos import stored_photo
from layers.domain.pins import pinned_message_id
from layers.domain.scheduled import has_scheduled
from layers.domain.send_as import default_send_as
from layers.domain.viewer_media import for_viewer
from layers.errors import bad_request
from layers.registry import function
from layers.schema import channel_settings, dialogs
from tl import api

_CHANNELS_MAX: Final = 200


@function(api.channels.GetChannels)
def get_channels(ctx: Context, request: api.channels.GetChannels) -> api.messages.Chats:
    """Channels by id; one that the caller may not read comes as channelForbidden, an unknown one not at all."""
    if len(request.id) > _CHANNELS_MAX:
        raise bad_request("CHANNEL_INVALID")
    keys = [named_channel(ctx, item) for item in request.id]
    found = [chat for chat in chat_objects(ctx, ctx.user_id, keys) if not isinstance(chat, api.ChatEmpty)]
    if not found:
        raise bad_request("CHANNEL_INVALID")
    return api.messages.Chats(chats=found)


@function(
    api.channels.GetFullChannel,
    partial="boosts, calls, statistics, gifts, paid messages",
)
def get_full_channel(ctx: Context, request: api.channels.GetFullChannel) -> api.messages.ChatFull:
    """Everything a client shows on the page of a channel."""
    member = access_channel(ctx, request.channel)
    full = _full(ctx, member)
    keys = [member.key]
    if member.row.linked_chat_key is not None:
        keys.append(member.row.linked_chat_key)
    if full.default_send_as is not None:
        keys.append(peer_key(full.default_send_as))
    if full.recent_requesters:
        keys += full.recent_requesters
    named = peer_objects(ctx, ctx.user_id, keys)
    for_viewer(ctx, member.key, full.chat_photo)
    return api.messages.ChatFull(full_chat=full, chats=named.chats, users=named.users)


def _last_id(ctx: Context, group_key: int) -> int | None:
    """The viewer's last message of the basic group that a supergroup was: ids there are each member's own."""
    last: int | None = ctx.db.scalar(
        sa.select(dialogs.c.top_message_id).where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == group_key)
    )
    return last or None


def _full(ctx: Context, member: Membership) -> api.ChannelFull:
    row, flags, key = member.row, member.flags, member.key
    available_reactions, reactions_limit = chat_reactions_of(ctx, key)
    (dialog,) = with_unread(ctx, ctx.user_id, channel_dialogs(ctx, ctx.user_id, [key]).values())
    is_broadcast = member.kind is ChatKind.BROADCAST
    shows_members = member.is_admin or not (is_broadcast or flags & ChatFlag.MEMBERS_HIDDEN)
    photo = None if row.photo_id is None else stored_photo(ctx, row.photo_id)
    settings = ctx.db.first(
        sa.select(channel_settings).where(
            channel_settings.c.owner_id == ctx.user_id, channel_settings.c.peer_key == key
        )
    )
    options = options_of(ctx, ctx.user_id, key)
    full: Any = api.ChannelFull(
        translations_disabled=options is not None and bool(options.translations_disabled),
        can_view_participants=shows_members,
        can_set_username=member.is_creator,
        hidden_prehistory=bool(flags & ChatFlag.PREHISTORY_HIDDEN),
        can_delete_channel=member.is_creator,
        antispam=bool(flags & ChatFlag.ANTISPAM),
        participants_hidden=bool(flags & ChatFlag.MEMBERS_HIDDEN),
        view_forum_as_messages=bool(settings and settings.view_as_messages),
        id=bare_id(key),
        about=row.about,
        participants_count=row.members_count,
        admins_count=row.admins_count if member.is_admin else None,
        kicked_count=row.kicked_count if member.is_admin else None,
        banned_count=row.restricted_count if member.is_admin else None,
        read_inbox_max_id=dialog.read_inbox_max_id,
        read_outbox_max_id=dialog.read_outbox_max_id,
        unread_count=dialog.unread_count,
        chat_photo=photo or api.PhotoEmpty(id=0),
        notify_settings=peer_notify_settings(ctx, ctx.user_id, key),
        bot_info=[],
        migrated_from_chat_id=None if row.migrated_from is None else bare_id(row.migrated_from),
        migrated_from_max_id=None if row.migrated_from is None else _last_id(ctx, row.migrated_from),
        pinned_msg_id=pinned_message_id(ctx, key, key),
        available_min_id=row.available_min_id or None,
        folder_id=dialog.folder_id or None,
        linked_chat_id=None if row.linked_chat_key is None else bare_id(row.linked_chat_key),
        pts=dialog.pts,
        ttl_period=row.ttl_period,
        available_reactions=available_reactions,
        reactions_limit=reactions_limit,
        has_scheduled=has_scheduled(ctx, member.key),
        theme_emoticon=row.theme_emoticon or None,
    )
    if row.slowmode_s:
        full.slowmode_seconds = row.slowmode_s
        next_at = (row.last_sent_at or 0) + row.slowmode_s
        if next_at > ctx.now and not member.is_admin:
            full.slowmode_next_send_date = next_at
    if member.admin_rights & AdminRight.INVITE_USERS:
        invite = permanent_invite(ctx, key, ctx.user_id)
        full.exported_invite = None if invite is None else invite_objects(ctx, [invite])[0]
        if row.pending_count:
            full.requests_pending, full.recent_requesters = pending(ctx, key)
    full.default_send_as = default_send_as(ctx, member, settings)
    page = page_of(ctx, key)
    full.main_tab, full.stickerset = tab_of(page), stickers_of(ctx, page)
    full.can_set_stickers = (
        member.kind is ChatKind.SUPERGROUP
        and bool(member.admin_rights & AdminRight.CHANGE_INFO)
        and row.members_count >= STICKERS_FROM
    )
    return full  # type: ignore[no-any-return]
