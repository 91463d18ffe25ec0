"""Lists of the caller's channels: https://core.telegram.org/api/channel"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_access import access_channel
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import PRESENT, ChatFlag, ChatKind, MemberStatus, chat_objects
from layers.errors import bad_request
from layers.registry import function
from layers.schema import chat_members, chats, dialogs
from tl import api

_LISTED_MAX: Final = 200
_PAGE: Final = 100
_INACTIVE_AFTER_S: Final = 30 * 86_400
_INACTIVE_MAX: Final = 100
_CHANNELS_BELOW: Final = -(10**12)


@function(api.channels.GetChannelRecommendations, partial="nothing is recommended here")
def get_channel_recommendations(
    ctx: Context, request: api.channels.GetChannelRecommendations
) -> api.messages.TypeChats:
    """Channels like those of the caller, or like one: none."""
    if request.channel is not None:
        access_channel(ctx, request.channel)
    return api.messages.Chats(chats=[])


@function(api.channels.GetAdminedPublicChannels)
def get_admined_public_channels(ctx: Context, request: api.channels.GetAdminedPublicChannels) -> api.messages.TypeChats:
    """The public channels that the caller owns; ``for_personal``: those he can show on his profile.

    Groups that were made for a place (``by_location``) there are none.
    """
    if request.by_location:
        return api.messages.Chats(chats=[])
    where = [chats.c.creator_id == ctx.user_id, chats.c.username.is_not(None)]
    if request.for_personal:
        where.append(chats.c.kind == int(ChatKind.BROADCAST))
    keys = ctx.db.scalars(sa.select(chats.c.peer_key).where(*where).order_by(chats.c.date.desc()).limit(_LISTED_MAX))
    return api.messages.Chats(chats=chat_objects(ctx, ctx.user_id, keys))


@function(api.channels.GetGroupsForDiscussion)
def get_groups_for_discussion(ctx: Context, _request: api.channels.GetGroupsForDiscussion) -> api.messages.TypeChats:
    """Groups that the caller may link to a channel of his: those whose information he may change, forums excepted."""
    where = [
        chats.c.kind != int(ChatKind.BROADCAST),
        chats.c.flags.op("&")(int(ChatFlag.FORUM | ChatFlag.DEACTIVATED)) == 0,
        chats.c.linked_chat_key.is_(None),
        _administers(ctx, AdminRight.CHANGE_INFO),
    ]
    statement = _joined(ctx).where(*where).order_by(chats.c.date.desc()).limit(_LISTED_MAX)
    return api.messages.Chats(chats=chat_objects(ctx, ctx.user_id, ctx.db.scalars(statement)))


def _joined(ctx: Context) -> sa.Select[Any]:
    """Keys of the chats that the caller is in."""
    return (
        sa.select(chats.c.peer_key)
        .join(chat_members, chat_members.c.peer_key == chats.c.peer_key)
        .where(chat_members.c.user_id == ctx.user_id, chat_members.c.status.in_([int(status) for status in PRESENT]))
    )


def _administers(ctx: Context, right: AdminRight) -> sa.ColumnElement[bool]:
    return sa.or_(
        chat_members.c.status == int(MemberStatus.CREATOR),
        sa.and_(
            chat_members.c.status == int(MemberStatus.ADMIN),
            chats.c.kind != int(ChatKind.BASIC),
            chat_members.c.admin_rights.op("&")(int(right)) != 0,
        ),
    )


@function(api.channels.GetLeftChannels)
def get_left_channels(ctx: Context, request: api.channels.GetLeftChannels) -> api.messages.TypeChats:
    """Channels that the caller left, a page of a hundred from ``offset`` on."""
    if request.offset < 0:
        raise bad_request("OFFSET_INVALID")
    where = [
        chat_members.c.user_id == ctx.user_id,
        chat_members.c.status == int(MemberStatus.LEFT),
        chat_members.c.peer_key < _CHANNELS_BELOW,
    ]
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(chat_members).where(*where)) or 0
    keys = ctx.db.scalars(
        sa.select(chat_members.c.peer_key)
        .where(*where)
        .order_by(chat_members.c.peer_key)
        .limit(_PAGE)
        .offset(min(request.offset, 10_000))
    )
    found = chat_objects(ctx, ctx.user_id, keys)
    if count > len(found):
        return api.messages.ChatsSlice(count=count, chats=found)
    return api.messages.Chats(chats=found)


@function(api.channels.GetInactiveChannels)
def get_inactive_channels(ctx: Context, _request: api.channels.GetInactiveChannels) -> api.messages.InactiveChats:
    """The caller's channels in which nothing was said for a month, the longest silent first."""
    own = dialogs.alias()
    statement = (
        sa.select(chat_members.c.peer_key, own.c.top_message_date)
        .join(own, sa.and_(own.c.owner_id == chat_members.c.peer_key, own.c.peer_key == chat_members.c.peer_key))
        .where(
            chat_members.c.user_id == ctx.user_id,
            chat_members.c.status.in_([int(status) for status in PRESENT]),
            chat_members.c.peer_key < _CHANNELS_BELOW,
            own.c.top_message_date < ctx.now - _INACTIVE_AFTER_S,
        )
        .order_by(own.c.top_message_date)
        .limit(_INACTIVE_MAX)
    )
    rows = ctx.db.rows(statement)
    return api.messages.InactiveChats(
        dates=[row.top_message_date for row in rows],
        chats=chat_objects(ctx, ctx.user_id, [row.peer_key for row in rows]),
        users=[],
    )
