"""Linking a channel and its discussion group: https://core.telegram.org/api/discussion."""

from __future__ import annotations

from typing import Any

from functions.channels.settings import tell_changed
from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.chat_access import access_channel
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatFlag, ChatKind, Membership
from layers.domain.members import change_chat
from layers.domain.peers import bare_id
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.channels.SetDiscussionGroup, writes=True)
def set_discussion_group(ctx: Context, request: api.channels.SetDiscussionGroup) -> bool:
    """Let posts of a channel be commented on in a group; with inputChannelEmpty for either, take the link away.

    Raises:
        RpcError: BROADCAST_ID_INVALID, MEGAGROUP_ID_INVALID, MEGAGROUP_PREHISTORY_HIDDEN, LINK_NOT_MODIFIED,
            CHAT_ADMIN_REQUIRED.
    """
    broadcast = _linkable(ctx, request.broadcast, ChatKind.BROADCAST)
    group = _linkable(ctx, request.group, ChatKind.SUPERGROUP)
    if broadcast is None and group is None:
        raise bad_request("LINK_NOT_MODIFIED")
    if broadcast is not None and group is not None:
        if broadcast.row.linked_chat_key == group.key:
            raise bad_request("LINK_NOT_MODIFIED")
        if group.flags & ChatFlag.PREHISTORY_HIDDEN:
            raise bad_request("MEGAGROUP_PREHISTORY_HIDDEN")
        if group.flags & ChatFlag.FORUM:
            raise bad_request("MEGAGROUP_ID_INVALID")
    elif (broadcast or group).row.linked_chat_key is None:  # type: ignore[union-attr]
        raise bad_request("LINK_NOT_MODIFIED")
    for member in (broadcast, group):
        if member is not None and member.row.linked_chat_key is not None:
            change_chat(ctx, member.row.linked_chat_key, linked_chat_key=None)
            tell_changed(ctx, member.row.linked_chat_key)
    for member, other in ((broadcast, group), (group, broadcast)):
        if member is None:
            continue
        change_chat(ctx, member.key, linked_chat_key=None if other is None else other.key)
        before = member.row.linked_chat_key
        action = api.ChannelAdminLogEventActionChangeLinkedChat(
            prev_value=bare_id(before) if before else 0, new_value=bare_id(other.key) if other else 0
        )
        log_event(ctx, member.key, Kind.SETTINGS, action)
        tell_changed(ctx, member.key)
    return True


def _linkable(ctx: Context, channel: Any, kind: ChatKind) -> Membership | None:
    if isinstance(channel, api.InputChannelEmpty):
        return None
    member = access_channel(ctx, channel, member_only=True, lock=True)
    if member.kind is not kind:
        raise bad_request("BROADCAST_ID_INVALID" if kind is ChatKind.BROADCAST else "MEGAGROUP_ID_INVALID")
    if not member.is_admin or not member.admin_rights & AdminRight.CHANGE_INFO:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member
