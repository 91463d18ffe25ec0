"""Editing and pinning messages of supergroups and channels.

https://core.telegram.org/method/messages.editMessage, https://core.telegram.org/api/pin
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_messages import ANYONE, channel_message_objects, load_channel_rows
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import answer_and_push_channel, push_channel_box
from layers.domain.chat_access import has_right
from layers.domain.chat_rights import AdminRight, check_may_send
from layers.domain.chats import ChatKind, Membership
from layers.domain.discussions import edit_copy
from layers.domain.extras import extras_of
from layers.domain.limits import EDIT_TIME_S
from layers.domain.live_locations import is_live
from layers.domain.messages import load_rows
from layers.domain.pins import UNPIN_BATCH, pinned_ids, pinned_of_thread
from layers.domain.places import channel_place, place_rows
from layers.domain.web_pages import settle_preview
from layers.errors import bad_request, forbidden
from layers.schema import contents
from tl import api


def editable_row(ctx: Context, member: Membership, message_id: int) -> Any:
    """Gate: the row of a message that the caller may edit.

    Posts of a channel: by its administrators with the right to it, by their authors while they may post, at any age. In
    a supergroup one's own, for two days (whoever may pin messages: at any age).

    Raises:
        RpcError: MESSAGE_ID_INVALID, 403 MESSAGE_AUTHOR_REQUIRED, CHAT_ADMIN_REQUIRED, MESSAGE_EDIT_TIME_EXPIRED.
    """
    row = place_rows(ctx, channel_place(member), [message_id]).get(message_id)
    if row is None:
        raise bad_request("MESSAGE_ID_INVALID")
    is_own = row.sender_id == ctx.user_id
    if member.kind is ChatKind.BROADCAST:
        if not member.is_admin:
            raise bad_request("CHAT_ADMIN_REQUIRED")
        may_post = bool(member.admin_rights & AdminRight.POST_MESSAGES)
        if not member.admin_rights & AdminRight.EDIT_MESSAGES and not (is_own and may_post):
            raise forbidden("MESSAGE_AUTHOR_REQUIRED")
        return row
    if not is_own:
        raise forbidden("MESSAGE_AUTHOR_REQUIRED")
    if not member.is_member:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    is_late = ctx.now - row.date > EDIT_TIME_S and not member.admin_rights & AdminRight.PIN_MESSAGES
    if is_late and not is_live(row, ctx.now):
        raise bad_request("MESSAGE_EDIT_TIME_EXPIRED")
    return row


def replace_content(ctx: Context, member: Membership, row: Any, message: Any) -> api.Updates:
    """Put the edited message in place of what was there, for everyone.

    Raises:
        RpcError: MESSAGE_NOT_MODIFIED; as `layers.domain.chat_rights.check_may_send`.
    """
    check_may_send(member.banned_rights, message)
    settle_preview(ctx, message, member.key, member.key)
    with open_channel_box(ctx, member.key) as box:
        encoded = tl.encode(message)
        if encoded == row.message:
            raise bad_request("MESSAGE_NOT_MODIFIED")
        before = channel_message_objects(ctx, ANYONE, [row])[0]
        ctx.db.execute(
            sa.update(contents)
            .where(contents.c.content_id == row.content_id)
            .values(message=encoded, edit_date=ctx.now, extras=contents.c.extras.op("|")(extras_of(message)))
        )
        box.edited(row, message)
        (after_row,) = load_channel_rows(ctx, {member.key: [row.message_id]}).values()
        after = channel_message_objects(ctx, ANYONE, [after_row])[0]
        action = api.ChannelAdminLogEventActionEditMessage(prev_message=before, new_message=after)
        log_event(ctx, member.key, Kind.EDIT, action)
    if member.kind is ChatKind.BROADCAST:
        edit_copy(ctx, member.key, after_row)
    return answer_and_push_channel(ctx, box)


def require_pinner(member: Membership) -> None:
    """400 CHAT_ADMIN_REQUIRED for whoever may not pin messages."""
    right = AdminRight.EDIT_MESSAGES if member.kind is ChatKind.BROADCAST else AdminRight.PIN_MESSAGES
    if not has_right(member, right):
        raise bad_request("CHAT_ADMIN_REQUIRED")


def pin_in_channel(ctx: Context, member: Membership, message_id: int, *, pinned: bool, silent: bool) -> api.TypeUpdates:
    """Pin or unpin a message for everyone; a loud pin is a message in the channel."""
    require_pinner(member)
    with open_channel_box(ctx, member.key) as box:
        row = place_rows(ctx, channel_place(member), [message_id]).get(message_id)
        if row is None or isinstance(tl.decode(row.message), api.MessageService):
            raise bad_request("MESSAGE_ID_INVALID")
        changed = box.pin(member.key, [row], pinned=pinned)
        if changed:
            message = channel_message_objects(ctx, ANYONE, [row])[0]
            message.pinned = pinned
            log_event(ctx, member.key, Kind.PINNED, api.ChannelAdminLogEventActionUpdatePinned(message=message))
        if changed and pinned and not silent:
            append_service(ctx, box, member, api.MessageActionPinMessage(), reply_to_msg_id=message_id)
    return answer_and_push_channel(ctx, box)


def unpin_all_in_channel(ctx: Context, member: Membership, thread_id: int = 0) -> api.messages.AffectedHistory:
    """Unpin a channel's messages, or a thread's, a batch a call: ``offset`` > 0 asks the client to call again."""
    require_pinner(member)
    with open_channel_box(ctx, member.key) as box:
        if thread_id:
            found = pinned_of_thread(ctx, member.key, thread_id, UNPIN_BATCH + 1)
        else:
            found = pinned_ids(ctx, member.key, member.key, UNPIN_BATCH + 1)
        rows = list(load_rows(ctx, member.key, found[:UNPIN_BATCH]).values())
        box.pin(member.key, rows, pinned=False)
    push_channel_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=int(len(found) > UNPIN_BATCH))
