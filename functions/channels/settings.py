"""What a channel is like: title, photo and switches. https://core.telegram.org/api/channel"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from functions.messages.group_settings import chat_photo, prepare_chat_photo
from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import answer, answer_and_push_channel, push_channel
from layers.domain.chat_access import access_channel
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatFlag, ChatKind, Membership
from layers.domain.groups import clean_title
from layers.domain.members import change_chat
from layers.domain.peers import bare_id
from layers.domain.photos import stored_photo
from layers.domain.topics import create_general
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import chats
from tl import TLObject, api

_FLOOD: Final = FloodLimit(300, 3600)
_SLOW_MODES_S: Final = frozenset({0, 5, 10, 30, 60, 300, 900, 3600})


@function(api.channels.EditTitle, writes=True, flood=_FLOOD)
def edit_title(ctx: Context, request: api.channels.EditTitle) -> api.TypeUpdates:
    """Rename a channel; a service message says so.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, CHAT_TITLE_EMPTY, CHAT_NOT_MODIFIED.
    """
    title = clean_title(request.title)
    member = _access_info(ctx, request.channel)
    if title == member.row.title:
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, title=title)
    action = api.ChannelAdminLogEventActionChangeTitle(prev_value=member.row.title, new_value=title)
    log_event(ctx, member.key, Kind.INFO, action)
    return _act(ctx, member, api.MessageActionChatEditTitle(title=title))


@function(api.channels.EditPhoto, writes=True, flood=_FLOOD, partial="animated photos", prepare=prepare_chat_photo)
def edit_photo(ctx: Context, request: api.channels.EditPhoto) -> api.TypeUpdates:
    """Give a channel a photo, or take it away; a service message says so.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, CHAT_NOT_MODIFIED, PHOTO_INVALID.
    """
    member = _access_info(ctx, request.channel)
    photo = chat_photo(ctx, request.photo)
    before = member.row.photo_id
    if before == (None if photo is None else photo.id):
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, photo_id=None if photo is None else photo.id)
    action = api.ChannelAdminLogEventActionChangePhoto(
        prev_photo=(stored_photo(ctx, before) if before else None) or api.PhotoEmpty(id=0),
        new_photo=photo or api.PhotoEmpty(id=0),
    )
    log_event(ctx, member.key, Kind.INFO, action)
    shown = api.MessageActionChatDeletePhoto() if photo is None else api.MessageActionChatEditPhoto(photo=photo)
    return _act(ctx, member, shown)


def _access_info(ctx: Context, channel: api.TypeInputChannel) -> Membership:
    return access_channel(ctx, channel, member_only=True, right=AdminRight.CHANGE_INFO, lock=True)


def _act(ctx: Context, member: Membership, action: Any) -> api.TypeUpdates:
    with open_channel_box(ctx, member.key) as box:
        append_service(ctx, box, member, action)
    return answer_and_push_channel(ctx, box, first=[api.UpdateChannel(channel_id=bare_id(member.key))])


def tell_changed(ctx: Context, key: int, extra: Sequence[Any] = ()) -> api.Updates:
    """The caller's answer to a change that everybody fetches the channel anew for."""
    updates = [api.UpdateChannel(channel_id=bare_id(key)), *extra]
    push_channel(ctx, key, updates)
    return answer(ctx, updates, [key])


def _switch(
    ctx: Context,
    member: Membership,
    flag: ChatFlag,
    enabled: bool,
    action: TLObject,
    kind: Kind = Kind.SETTINGS,
) -> api.Updates:
    if bool(member.flags & flag) == enabled:
        raise bad_request("CHAT_NOT_MODIFIED")
    column = chats.c.flags
    change_chat(ctx, member.key, flags=column.op("|")(int(flag)) if enabled else column.op("&")(~int(flag)))
    log_event(ctx, member.key, kind, action)
    return tell_changed(ctx, member.key)


def _require(member: Membership, kind: ChatKind) -> Membership:
    if member.kind is not kind:
        raise bad_request("CHANNEL_INVALID" if kind is ChatKind.SUPERGROUP else "CHAT_ID_INVALID")
    return member


def _access_group(ctx: Context, channel: api.TypeInputChannel, right: AdminRight) -> Membership:
    member = access_channel(ctx, channel, member_only=True, right=right, lock=True)
    if not member.is_admin:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return _require(member, ChatKind.SUPERGROUP)


@function(api.channels.ToggleSignatures, writes=True, flood=_FLOOD)
def toggle_signatures(ctx: Context, request: api.channels.ToggleSignatures) -> api.Updates:
    """Whether posts of a channel are signed, and whether the signature leads to the author's profile."""
    member = _require(_access_info(ctx, request.channel), ChatKind.BROADCAST)
    wanted = ChatFlag.SIGNATURES if request.signatures_enabled else ChatFlag(0)
    if request.profiles_enabled and request.signatures_enabled:
        wanted |= ChatFlag.SIGNATURE_PROFILES
    both = ChatFlag.SIGNATURES | ChatFlag.SIGNATURE_PROFILES
    before = member.flags & both
    if before == wanted:
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, flags=int(member.flags & ~both | wanted))
    if (before ^ wanted) & ChatFlag.SIGNATURES:
        action: Any = api.ChannelAdminLogEventActionToggleSignatures(new_value=request.signatures_enabled)
        log_event(ctx, member.key, Kind.SETTINGS, action)
    if (before ^ wanted) & ChatFlag.SIGNATURE_PROFILES:
        action = api.ChannelAdminLogEventActionToggleSignatureProfiles(new_value=request.profiles_enabled)
        log_event(ctx, member.key, Kind.SETTINGS, action)
    return tell_changed(ctx, member.key)


@function(api.channels.ToggleSlowMode, writes=True, flood=_FLOOD)
def toggle_slow_mode(ctx: Context, request: api.channels.ToggleSlowMode) -> api.Updates:
    """How long a member waits between two messages; 400 SECONDS_INVALID for other periods than the clients offer."""
    member = _access_group(ctx, request.channel, AdminRight.BAN_USERS)
    if request.seconds not in _SLOW_MODES_S:
        raise bad_request("SECONDS_INVALID")
    before = member.row.slowmode_s
    if before == request.seconds:
        raise bad_request("CHAT_NOT_MODIFIED")
    change_chat(ctx, member.key, slowmode_s=request.seconds)
    action = api.ChannelAdminLogEventActionToggleSlowMode(prev_value=before, new_value=request.seconds)
    log_event(ctx, member.key, Kind.SETTINGS, action)
    return tell_changed(ctx, member.key)


@function(api.channels.TogglePreHistoryHidden, writes=True, flood=_FLOOD)
def toggle_pre_history_hidden(ctx: Context, request: api.channels.TogglePreHistoryHidden) -> api.Updates:
    """Whether new members see what was written before they came; not for public and discussion groups.

    Raises:
        RpcError: CHAT_LINK_EXISTS.
    """
    member = _access_group(ctx, request.channel, AdminRight.CHANGE_INFO)
    if request.enabled and (member.row.username is not None or member.row.linked_chat_key is not None):
        raise bad_request("CHAT_LINK_EXISTS")
    action = api.ChannelAdminLogEventActionTogglePreHistoryHidden(new_value=request.enabled)
    return _switch(ctx, member, ChatFlag.PREHISTORY_HIDDEN, request.enabled, action)


@function(api.channels.ToggleJoinToSend, writes=True, flood=_FLOOD)
def toggle_join_to_send(ctx: Context, request: api.channels.ToggleJoinToSend) -> api.Updates:
    """Whether only members write in a discussion group."""
    member = _access_group(ctx, request.channel, AdminRight.BAN_USERS)
    action = api.ChannelAdminLogEventActionToggleInvites(new_value=request.enabled)
    return _switch(ctx, member, ChatFlag.JOIN_TO_SEND, request.enabled, action)


@function(api.channels.ToggleJoinRequest, writes=True, flood=_FLOOD, partial="guard bots; requests for existing links")
def toggle_join_request(ctx: Context, request: api.channels.ToggleJoinRequest) -> api.Updates:
    """Whether an administrator must let new members of a public group in; 400 CHAT_PUBLIC_REQUIRED for others."""
    member = _access_group(ctx, request.channel, AdminRight.BAN_USERS)
    if request.enabled and member.row.username is None and member.row.linked_chat_key is None:
        raise bad_request("CHAT_PUBLIC_REQUIRED")
    action = api.ChannelAdminLogEventActionToggleInvites(new_value=not request.enabled)
    return _switch(ctx, member, ChatFlag.JOIN_REQUEST, request.enabled, action)


@function(api.channels.ToggleParticipantsHidden, writes=True, flood=_FLOOD)
def toggle_participants_hidden(ctx: Context, request: api.channels.ToggleParticipantsHidden) -> api.Updates:
    """Whether only administrators see who is in a supergroup."""
    member = _access_group(ctx, request.channel, AdminRight.BAN_USERS)
    action = api.ChannelAdminLogEventActionToggleInvites(new_value=not request.enabled)
    return _switch(ctx, member, ChatFlag.MEMBERS_HIDDEN, request.enabled, action)


@function(api.channels.ToggleAntiSpam, writes=True, flood=_FLOOD, partial="the switch is kept; nothing is filtered")
def toggle_anti_spam(ctx: Context, request: api.channels.ToggleAntiSpam) -> api.Updates:
    """Whether the group wants spam filtered."""
    member = _access_group(ctx, request.channel, AdminRight.BAN_USERS)
    action = api.ChannelAdminLogEventActionToggleAntiSpam(new_value=request.enabled)
    return _switch(ctx, member, ChatFlag.ANTISPAM, request.enabled, action)


@function(api.channels.ToggleForum, writes=True, flood=_FLOOD)
def toggle_forum(ctx: Context, request: api.channels.ToggleForum) -> api.Updates:
    """Whether a supergroup has topics; only its owner decides. What was written before stands in the general one.

    Raises:
        RpcError: CHAT_DISCUSSION_UNALLOWED for the discussion group of a channel.
    """
    member = _require(access_channel(ctx, request.channel, member_only=True, lock=True), ChatKind.SUPERGROUP)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if request.enabled and member.row.linked_chat_key is not None:
        raise bad_request("CHAT_DISCUSSION_UNALLOWED")
    tabs = ChatFlag.FORUM_TABS if request.tabs and request.enabled else ChatFlag(0)
    is_same = bool(member.flags & ChatFlag.FORUM) == request.enabled
    if is_same and bool(member.flags & ChatFlag.FORUM_TABS) == bool(tabs):
        raise bad_request("CHAT_NOT_MODIFIED")
    wanted = member.flags & ~(ChatFlag.FORUM | ChatFlag.FORUM_TABS) | tabs
    if request.enabled:
        wanted |= ChatFlag.FORUM
        create_general(ctx, member.key, ctx.user_id)
    change_chat(ctx, member.key, flags=int(wanted))
    log_event(ctx, member.key, Kind.FORUMS, api.ChannelAdminLogEventActionToggleForum(new_value=request.enabled))
    return tell_changed(ctx, member.key)


@function(api.channels.ToggleAutotranslation, writes=True, flood=_FLOOD)
def toggle_autotranslation(ctx: Context, request: api.channels.ToggleAutotranslation) -> api.Updates:
    """Automatic translation needs boosts, of which a channel here has none: 400 BOOSTS_REQUIRED."""
    _require(_access_info(ctx, request.channel), ChatKind.BROADCAST)
    raise bad_request("BOOSTS_REQUIRED" if request.enabled else "CHAT_NOT_MODIFIED")


@function(api.channels.ConvertToGigagroup, writes=True)
def convert_to_gigagroup(ctx: Context, request: api.channels.ConvertToGigagroup) -> api.Updates:
    """Only groups near the limit of members become gigagroups: 400 PARTICIPANTS_TOO_FEW for smaller ones."""
    member = _require(access_channel(ctx, request.channel, member_only=True), ChatKind.SUPERGROUP)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    raise bad_request("PARTICIPANTS_TOO_FEW")
