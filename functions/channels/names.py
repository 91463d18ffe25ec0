"""Public names of channels: https://core.telegram.org/api/usernames."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_updates import push_channel
from layers.domain.chat_access import access_channel
from layers.domain.chats import Membership
from layers.domain.members import change_chat
from layers.domain.peers import bare_id
from layers.domain.usernames import check_form, holder
from layers.errors import bad_request
from layers.registry import function
from layers.schema import chats, usernames
from tl import api

_PUBLIC_MAX: Final = 10
"""Public channels of one account: appConfig's channels_public_limit_default."""


def _access_owned(ctx: Context, channel: api.TypeInputChannel, *, lock: bool = False) -> Membership:
    member = access_channel(ctx, channel, member_only=True, lock=lock)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member


@function(api.channels.CheckUsername)
def check_username(ctx: Context, request: api.channels.CheckUsername) -> bool:
    """Whether a channel (or, with inputChannelEmpty, a new one) may take a public name.

    Raises:
        RpcError: USERNAME_INVALID, CHANNELS_ADMIN_PUBLIC_TOO_MUCH, CHAT_ADMIN_REQUIRED.
    """
    own = None
    if not isinstance(request.channel, api.InputChannelEmpty):
        own = _access_owned(ctx, request.channel)
    check_form(request.username)
    if own is None or own.row.username is None:
        check_public_limit(ctx)
    taken_by = holder(ctx, request.username)
    return taken_by is None or (own is not None and taken_by == own.key)


def check_public_limit(ctx: Context) -> None:
    """400 CHANNELS_ADMIN_PUBLIC_TOO_MUCH for whoever owns as many public channels as he may."""
    count = ctx.db.scalar(
        sa.select(sa.func.count())
        .select_from(chats)
        .where(chats.c.creator_id == ctx.user_id, chats.c.username.is_not(None))
    )
    if (count or 0) >= _PUBLIC_MAX:
        raise bad_request("CHANNELS_ADMIN_PUBLIC_TOO_MUCH")


@function(api.channels.UpdateUsername, writes=True)
def update_username(ctx: Context, request: api.channels.UpdateUsername) -> bool:
    """Give a channel a public name, another one, or with '' none: then only links lead to it.

    Raises:
        RpcError: USERNAME_INVALID, USERNAME_OCCUPIED, USERNAME_NOT_MODIFIED, CHANNELS_ADMIN_PUBLIC_TOO_MUCH.
    """
    member = _access_owned(ctx, request.channel, lock=True)
    current, wanted = member.row.username or "", request.username
    if wanted == current:
        raise bad_request("USERNAME_NOT_MODIFIED")
    if wanted:
        check_form(wanted)
        if not current:
            check_public_limit(ctx)
    if wanted.lower() != current.lower():
        if wanted and holder(ctx, wanted) is not None:
            raise bad_request("USERNAME_OCCUPIED")
        if current:
            ctx.db.execute(
                sa.delete(usernames).where(usernames.c.username == current.lower(), usernames.c.peer_key == member.key)
            )
        if wanted:
            ctx.db.execute(sa.insert(usernames), {"username": wanted.lower(), "peer_key": member.key})
    change_chat(ctx, member.key, username=wanted or None)
    action = api.ChannelAdminLogEventActionChangeUsername(prev_value=current, new_value=wanted)
    log_event(ctx, member.key, Kind.INFO, action)
    push_channel(ctx, member.key, [api.UpdateChannel(channel_id=bare_id(member.key))])
    return True


@function(api.channels.ReorderUsernames, api.channels.ToggleUsername, writes=True)
def change_collectible_usernames(
    ctx: Context, request: api.channels.ReorderUsernames | api.channels.ToggleUsername
) -> bool:
    """Order or switch the names that a channel bought at auction; here a channel has one name, which is not one.

    Raises:
        RpcError: USERNAME_NOT_MODIFIED, USERNAME_INVALID.
    """
    member = _access_owned(ctx, request.channel)
    names = request.order if isinstance(request, api.channels.ReorderUsernames) else [request.username]
    if any(name.lower() != (member.row.username or "").lower() for name in names):
        raise bad_request("USERNAME_INVALID")
    raise bad_request("USERNAME_NOT_MODIFIED")


@function(api.channels.DeactivateAllUsernames, writes=True)
def deactivate_all_usernames(ctx: Context, request: api.channels.DeactivateAllUsernames) -> bool:
    """Switch off all names that the channel bought: there are none."""
    _access_owned(ctx, request.channel)
    return True
