"""Choices for a channel's page: https://core.telegram.org/method/channels.setMainProfileTab."""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_pages import STICKERS_FROM, choose, page_of
from layers.domain.channel_updates import push_channel
from layers.domain.chat_access import access_channel
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatKind, Membership
from layers.domain.peers import bare_id
from layers.domain.set_kinds import Kind as SetKind
from layers.domain.sticker_sets import access_set
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(60, 60)


def _access(ctx: Context, channel: api.TypeInputChannel, kind: ChatKind) -> Membership:
    """Gate: a channel whose page the caller may change as an administrator; CHAT_ADMIN_REQUIRED, CHANNEL_INVALID."""
    member = access_channel(ctx, channel, member_only=True)
    if not member.admin_rights & AdminRight.CHANGE_INFO:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if member.kind is not kind:
        raise bad_request("CHANNEL_INVALID")
    return member


@function(api.channels.SetMainProfileTab, writes=True, flood=_FLOOD)
def set_main_profile_tab(ctx: Context, request: api.channels.SetMainProfileTab) -> bool:
    """Which tab the page of a broadcast channel opens with.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, CHANNEL_INVALID.
    """
    member = _access(ctx, request.channel, ChatKind.BROADCAST)
    choose(ctx, member.key, main_tab=request.tab.TL_NAME)
    push_channel(ctx, member.key, [api.UpdateChannel(channel_id=bare_id(member.key))])
    return True


@function(api.channels.SetStickers, writes=True, flood=_FLOOD)
def set_stickers(ctx: Context, request: api.channels.SetStickers) -> bool:
    """Give a supergroup of at least a hundred members stickers of its own, or take them away.

    Raises:
        RpcError: 400 CHAT_ADMIN_REQUIRED, CHANNEL_INVALID, PARTICIPANTS_TOO_FEW; 406 STICKERSET_INVALID.
    """
    member = _access(ctx, request.channel, ChatKind.SUPERGROUP)
    chosen: Any = None
    if not isinstance(request.stickerset, api.InputStickerSetEmpty):
        if member.row.members_count < STICKERS_FROM:
            raise bad_request("PARTICIPANTS_TOO_FEW")
        chosen = access_set(ctx, request.stickerset)
        if chosen.kind != SetKind.STICKERS:
            raise RpcError(406, "STICKERSET_INVALID")
    page = page_of(ctx, member.key)
    before, after = (page.sticker_set_id if page is not None else 0), (chosen.set_id if chosen is not None else 0)
    if before == after:
        return True
    choose(ctx, member.key, sticker_set_id=after)
    action = api.ChannelAdminLogEventActionChangeStickerSet(
        prev_stickerset=_named(ctx, before), new_stickerset=_named(ctx, after)
    )
    log_event(ctx, member.key, Kind.INFO, action)
    push_channel(ctx, member.key, [api.UpdateChannel(channel_id=bare_id(member.key))])
    return True


def _named(ctx: Context, set_id: int) -> api.TypeInputStickerSet:
    if not set_id:
        return api.InputStickerSetEmpty()
    return api.InputStickerSetID(id=set_id, access_hash=ctx.keys.access_hash("stickerset", ctx.user_id, set_id))
