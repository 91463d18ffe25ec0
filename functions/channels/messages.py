"""Messages of channels: https://core.telegram.org/method/channels.getMessages and its siblings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.channel_box import channel_state, open_channel_box
from layers.domain.channel_messages import channel_message_objects
from layers.domain.channel_reads import read_channel, tell_contents_read
from layers.domain.channel_updates import answer, push_channel_box
from layers.domain.chat_access import access_channel
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatFlag, ChatKind, Membership, peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.discussions import delete_copies
from layers.domain.mentions import read_mentions
from layers.domain.messages import BoxFlag, peers_in
from layers.domain.own_unread import see_in_channel
from layers.domain.peers import access_user, bare_id
from layers.domain.pins import pinned_message_id
from layers.domain.places import channel_place, place_rows
from layers.domain.unread import MARKS
from layers.errors import bad_request, forbidden
from layers.registry import FloodLimit, function
from layers.schema import boxes, chat_members
from tl import api

_FLOOD: Final = FloodLimit(1200, 60)
_IDS_MAX: Final = 200
_DELETED_MAX: Final = 100
_BATCH: Final = 500


@function(api.channels.GetMessages, flood=_FLOOD)
def get_messages(ctx: Context, request: api.channels.GetMessages) -> api.messages.TypeMessages:
    """Messages of a channel by id in the order asked for; messageEmpty where there is none.

    inputMessagePinned is the latest pinned message, inputMessageReplyTo the one that another answers.
    """
    member = access_channel(ctx, request.channel)
    if len(request.id) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    place = channel_place(member)
    wanted = [_asked_id(ctx, member, item) for item in request.id]
    rows = place_rows(ctx, place, sorted(set(wanted)))
    answered = {
        row.message_id: row.reply_to_msg_id or 0
        for item, asked in zip(request.id, wanted, strict=True)
        if isinstance(item, api.InputMessageReplyTo) and (row := rows.get(asked)) is not None
    }
    rows |= place_rows(ctx, place, sorted(set(answered.values()) - rows.keys() - {0}))
    ids = [
        answered.get(asked, asked) if isinstance(item, api.InputMessageReplyTo) else asked
        for item, asked in zip(request.id, wanted, strict=True)
    ]
    state = channel_state(ctx, member.key)
    found = [rows[number] for number in dict.fromkeys(ids) if number in rows]
    shown = {message.id: message for message in channel_message_objects(ctx, ctx.user_id, found)}
    messages: list[Any] = [shown.get(number) or api.MessageEmpty(id=number) for number in ids]
    named = peer_objects(ctx, ctx.user_id, [member.key, *sorted(peers_in(shown.values()))])
    return api.messages.ChannelMessages(
        pts=state.pts, count=len(messages), messages=messages, topics=[], chats=named.chats, users=named.users
    )


def _asked_id(ctx: Context, member: Membership, item: api.TypeInputMessage) -> int:
    match item:
        case api.InputMessageID() | api.InputMessageReplyTo() | api.InputMessageCallbackQuery():
            return item.id
        case _:
            return pinned_message_id(ctx, member.key, member.key) or 0


@function(api.channels.DeleteMessages, writes=True, flood=_FLOOD)
def delete_messages(ctx: Context, request: api.channels.DeleteMessages) -> api.messages.AffectedMessages:
    """Delete messages for everyone: one's own, with the right to it everybody's.

    Raises:
        RpcError: 403 MESSAGE_DELETE_FORBIDDEN.
    """
    member = access_channel(ctx, request.channel)
    if len(request.id) > _DELETED_MAX:
        raise bad_request("MSG_ID_INVALID")
    return delete_from_channel(ctx, member, request.id)


def delete_from_channel(ctx: Context, member: Membership, message_ids: Sequence[int]) -> api.messages.AffectedMessages:
    """`delete_messages`, for messages.deleteMessages' kin too."""
    with open_channel_box(ctx, member.key) as box:
        rows = list(place_rows(ctx, channel_place(member), sorted(set(message_ids))).values())
        may_delete = bool(member.admin_rights & AdminRight.DELETE_MESSAGES)
        if not may_delete and any(row.sender_id != ctx.user_id for row in rows):
            raise forbidden("MESSAGE_DELETE_FORBIDDEN")
        if any(row.message_id == 1 for row in rows):
            raise forbidden("MESSAGE_DELETE_FORBIDDEN")
        _log_deleted(ctx, member, rows)
        box.delete(rows)
    if member.kind is ChatKind.BROADCAST and rows:
        delete_copies(ctx, member.key, [row.message_id for row in rows])
    push_channel_box(ctx, box)
    return api.messages.AffectedMessages(pts=box.pts, pts_count=box.pts_count)


def _log_deleted(ctx: Context, member: Membership, rows: Sequence[Any]) -> None:
    others = [row for row in rows if row.sender_id != ctx.user_id]
    for message in channel_message_objects(ctx, 0, others):
        log_event(ctx, member.key, Kind.DELETE, api.ChannelAdminLogEventActionDeleteMessage(message=message))


@function(api.channels.DeleteParticipantHistory, writes=True)
def delete_participant_history(
    ctx: Context, request: api.channels.DeleteParticipantHistory
) -> api.messages.AffectedHistory:
    """Delete everything that somebody wrote in a supergroup, a batch a call: ``offset`` > 0 asks to call again.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, PARTICIPANT_ID_INVALID.
    """
    member = access_channel(ctx, request.channel, member_only=True, right=AdminRight.DELETE_MESSAGES)
    user_id = access_user(ctx, request.participant, error="PARTICIPANT_ID_INVALID")
    with open_channel_box(ctx, member.key) as box:
        # Along the index of the sender's messages: bounded by the batch, not by how far apart they stand.
        rows = ctx.db.rows(
            sa.select(boxes.c.message_id, boxes.c.content_id, boxes.c.peer_key, boxes.c.flags)
            .where(
                boxes.c.owner_id == member.key,
                boxes.c.sender_id == user_id,
                boxes.c.peer_key == member.key,
                boxes.c.message_id > 1,
                boxes.c.flags.op("&")(int(BoxFlag.ANONYMOUS)) == 0,
            )
            .order_by(boxes.c.message_id.desc())
            .limit(_BATCH + 1)
        )
        more = len(rows) > _BATCH
        box.delete(rows[:_BATCH])
    push_channel_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=int(more))


@function(api.channels.DeleteHistory, writes=True)
def delete_history(ctx: Context, request: api.channels.DeleteHistory) -> api.Updates:
    """Clear a channel: for oneself, what came so far is no longer shown; ``for_everyone`` (its owner) deletes it.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, CHANNEL_PARICIPANT_MISSING, CHANNEL_TOO_BIG above 500 messages for everyone.
    """
    member = access_channel(ctx, request.channel)
    if request.for_everyone:
        return _clear_for_everyone(ctx, member, request.max_id)
    if not member.is_member:
        raise bad_request("CHANNEL_PARICIPANT_MISSING")
    state = channel_state(ctx, member.key)
    max_id = min(request.max_id, state.last_message_id) if request.max_id > 0 else state.last_message_id
    max_id = max(max_id, member.row.available_min_id or 0)
    ctx.db.execute(
        sa.update(chat_members)
        .where(chat_members.c.peer_key == member.key, chat_members.c.user_id == ctx.user_id)
        .values(available_min_id=max_id)
    )
    read_channel(ctx, member, max_id)
    update = api.UpdateChannelAvailableMessages(channel_id=bare_id(member.key), available_min_id=max_id)
    tell_own_devices(ctx, update, peer_keys=[member.key])
    return answer(ctx, [update], [member.key])


def _clear_for_everyone(ctx: Context, member: Membership, max_id: int) -> api.Updates:
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    with open_channel_box(ctx, member.key) as box:
        where = [boxes.c.owner_id == member.key, boxes.c.message_id > 1]
        if max_id > 0:
            where.append(boxes.c.message_id <= max_id)
        columns = (boxes.c.message_id, boxes.c.content_id, boxes.c.peer_key, boxes.c.flags)
        rows = ctx.db.rows(sa.select(*columns).where(*where).order_by(boxes.c.message_id).limit(_BATCH + 1))
        if len(rows) > _BATCH:
            raise bad_request("CHANNEL_TOO_BIG")
        box.delete(rows)
    push_channel_box(ctx, box)
    updates = [change.update for change in box.changes]
    return answer(ctx, updates, [member.key])


@function(api.channels.ReadHistory, writes=True, flood=_FLOOD)
def read_history(ctx: Context, request: api.channels.ReadHistory) -> bool:
    """Mark a channel's messages up to ``max_id`` (0 = all) as read."""
    return read_channel(ctx, access_channel(ctx, request.channel), request.max_id)


@function(api.channels.ReadMessageContents, writes=True, flood=_FLOOD)
def read_message_contents(ctx: Context, request: api.channels.ReadMessageContents) -> bool:
    """Mark mentions, reactions and votes in a channel as seen, on all the caller's devices."""
    member = access_channel(ctx, request.channel)
    if len(request.id) > _DELETED_MAX:
        raise bad_request("MSG_ID_INVALID")
    seen = set(read_mentions(ctx, member.key, request.id))
    for mark in MARKS:
        seen.update(see_in_channel(ctx, member.key, mark, message_ids=request.id))
    tell_contents_read(ctx, member.key, sorted(seen))
    return True


@function(api.channels.GetMessageAuthor)
def get_message_author(ctx: Context, request: api.channels.GetMessageAuthor) -> api.TypeUser:
    """Who wrote a message that does not show it; for administrators."""
    member = access_channel(ctx, request.channel, member_only=True)
    if not member.is_admin:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    row = place_rows(ctx, channel_place(member), [request.id]).get(request.id)
    if row is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return peer_objects(ctx, ctx.user_id, [row.sender_id]).users[0]


@function(api.channels.ExportMessageLink)
def export_message_link(ctx: Context, request: api.channels.ExportMessageLink) -> api.ExportedMessageLink:
    """The t.me link of a message; of a private channel only members can follow it."""
    member = access_channel(ctx, request.channel)
    row = place_rows(ctx, channel_place(member), [request.id]).get(request.id)
    if row is None:
        raise bad_request("MESSAGE_ID_INVALID")
    name = member.row.username or f"c/{bare_id(member.key)}"
    link = f"https://t.me/{name}/{row.message_id}"
    header = getattr(tl.decode(row.message), "reply_to", None)
    thread_id = getattr(header, "reply_to_top_id", None) or row.reply_to_msg_id
    if thread_id and member.flags & ChatFlag.FORUM:
        link = f"https://t.me/{name}/{thread_id}/{row.message_id}"
    elif request.thread and thread_id:
        link += f"?thread={thread_id}"
    elif request.grouped:
        link += "" if getattr(tl.decode(row.message), "grouped_id", None) else "?single"
    html = f'<a href="{link}">{link}</a>'
    return api.ExportedMessageLink(link=link, html=html)
