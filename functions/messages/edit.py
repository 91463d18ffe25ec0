"""Editing: https://core.telegram.org/method/messages.editMessage."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import tl
from functions.messages.polls import change_poll
from layers.context import Context
from layers.domain import outbox, quick_replies
from layers.domain.boxes import open_box
from layers.domain.channel_editing import editable_row, replace_content
from layers.domain.chat_access import channel_membership
from layers.domain.chat_rights import BannedRight
from layers.domain.chats import membership
from layers.domain.extras import extras_of
from layers.domain.former_members import keep_for_former_members
from layers.domain.limits import CAPTION_LENGTH, EDIT_TIME_S, MESSAGE_LENGTH
from layers.domain.live_locations import is_live, moved
from layers.domain.media import geo_point, prepare_media, store_media
from layers.domain.messages import load_rows
from layers.domain.peers import access_peer, is_channel, is_user
from layers.domain.places import access_place
from layers.domain.polls import close
from layers.domain.scheduled import check_date, check_repetition, is_later, lock_scheduled, replace_scheduled
from layers.domain.sending import access_recipient, others_holding
from layers.domain.text import normalise
from layers.domain.todo import lock_todo, with_completions
from layers.domain.updates import answer_and_push
from layers.domain.web_pages import preview, settle_preview
from layers.errors import RpcError, bad_request, forbidden
from layers.registry import function
from layers.schema import contents
from tl import api


@function(
    api.messages.EditMessage,
    writes=True,
    partial="rich messages; proximity alerts of live locations",
    prepare=prepare_media,
)
def edit_message(ctx: Context, request: api.messages.EditMessage) -> api.TypeUpdates:
    """Replace the text, media or markup of one's own message, for everyone."""
    if request.quick_reply_shortcut_id is not None:
        return _edit_quick_reply(ctx, request, request.quick_reply_shortcut_id)
    if request.schedule_date is not None:
        return _edit_scheduled(ctx, request, request.schedule_date)
    if isinstance(request.media, api.InputMediaPoll):
        return _close_poll(ctx, request, request.media)
    peer_key = access_peer(ctx, request.peer)
    if is_channel(peer_key):
        member = channel_membership(ctx, peer_key)
        row = editable_row(ctx, member, request.id)
        return replace_content(ctx, member, row, _edited(ctx, request, _present(ctx, request, row), row.date))
    with open_box(ctx, ctx.user_id) as box:
        row = _editable(ctx, peer_key, request.id)
        message = _edited(ctx, request, _present(ctx, request, row), row.date)
        settle_preview(ctx, message, ctx.user_id, peer_key)
        encoded = tl.encode(message)
        if encoded == row.message:
            raise bad_request("MESSAGE_NOT_MODIFIED")
        others = others_holding(ctx, peer_key)
        if not is_user(peer_key):
            _check_may_edit(ctx, peer_key)
            keep_for_former_members(ctx, peer_key, row)
        ctx.db.execute(
            sa.update(contents)
            .where(contents.c.content_id == row.content_id)
            .values(message=encoded, edit_date=ctx.now, extras=contents.c.extras.op("|")(extras_of(message)))
        )
        box.edited(row, message)
        outbox.post_each(ctx, others, outbox.Edit(row.content_id))
    return answer_and_push(ctx, box)


def _edit_scheduled(ctx: Context, request: api.messages.EditMessage, date: int) -> api.TypeUpdates:
    """Replace the content or the date of a message that is still to be sent."""
    recipient = access_recipient(ctx, access_peer(ctx, request.peer))
    row = lock_scheduled(ctx, recipient.peer_key, request.id)
    period = request.schedule_repeat_period or None
    if period != row.repeat_period:
        check_repetition(ctx, date, period)
    if date != row.date:
        if not is_later(ctx, date):
            raise bad_request("SCHEDULE_DATE_INVALID")
        check_date(ctx, recipient, date)
    message: Any = tl.decode(row.message)
    if request.message is not None or request.media is not None:
        message = _edited(ctx, request, message, ctx.now)
    if (date, period, tl.encode(message)) == (row.date, row.repeat_period, row.message):
        raise bad_request("MESSAGE_NOT_MODIFIED")
    return replace_scheduled(ctx, row, message, date, period)


def _edit_quick_reply(ctx: Context, request: api.messages.EditMessage, shortcut_id: int) -> api.TypeUpdates:
    """Replace the content of a message of a shortcut."""
    if access_peer(ctx, request.peer) != ctx.user_id:
        raise bad_request("PEER_ID_INVALID")
    quick_replies.lock(ctx)
    quick_replies.access_shortcut(ctx, shortcut_id)
    rows = quick_replies.rows_below(ctx, shortcut_id, [request.id])
    if not rows:
        raise bad_request("MESSAGE_ID_INVALID")
    message = _edited(ctx, request, tl.decode(rows[0].message), ctx.now)
    if tl.encode(message) == rows[0].message:
        raise bad_request("MESSAGE_NOT_MODIFIED")
    return quick_replies.replace(ctx, rows[0], message)


def _close_poll(ctx: Context, request: api.messages.EditMessage, media: api.InputMediaPoll) -> api.TypeUpdates:
    """Close one's own poll, at any age: the one way to edit a poll."""

    def work(row: Any, poll_id: int) -> None:
        if row.sender_id != ctx.user_id:
            raise RpcError(403, "MESSAGE_AUTHOR_REQUIRED")
        forwarded = getattr(tl.decode(row.message), "fwd_from", None)
        if not media.poll.closed or media.poll.id != poll_id or forwarded is not None:
            raise bad_request("MESSAGE_ID_INVALID")
        if not close(ctx, poll_id):
            raise bad_request("MESSAGE_POLL_CLOSED")

    return change_poll(ctx, access_place(ctx, request.peer), request.id, work)


def _present(ctx: Context, request: api.messages.EditMessage, row: Any) -> Any:
    """The stored message of a row; a to-do list, which others may change too, as it is now."""
    if isinstance(request.media, api.InputMediaTodo):
        return lock_todo(ctx, row.content_id)
    return tl.decode(row.message)


def _check_may_edit(ctx: Context, peer_key: int) -> None:
    """One must still be in the group, and allowed to write there."""
    member = membership(ctx, ctx.user_id, peer_key)
    if member is None or not member.is_member or member.banned_rights & BannedRight.SEND_MESSAGES:
        raise forbidden("CHAT_WRITE_FORBIDDEN")


@function(api.messages.GetMessageEditData)
def get_message_edit_data(ctx: Context, request: api.messages.GetMessageEditData) -> api.messages.MessageEditData:
    """May this message be edited, and is the text a caption?"""
    peer_key = access_peer(ctx, request.peer)
    if is_channel(peer_key):
        row = editable_row(ctx, channel_membership(ctx, peer_key), request.id)
    else:
        row = _editable(ctx, peer_key, request.id)
    message: Any = tl.decode(row.message)
    return api.messages.MessageEditData(caption=has_caption(message))


def _editable(ctx: Context, peer_key: int, message_id: int) -> Any:
    """The row of one's own message that is young enough (Saved Messages: any age)."""
    row = load_rows(ctx, ctx.user_id, [message_id]).get(message_id)
    if row is None or row.peer_key != peer_key:
        raise bad_request("MESSAGE_ID_INVALID")
    if row.sender_id != ctx.user_id:
        raise RpcError(403, "MESSAGE_AUTHOR_REQUIRED")
    # A location may be live for ever.
    if row.peer_key != ctx.user_id and ctx.now - row.date > EDIT_TIME_S and not is_live(row, ctx.now):
        raise bad_request("MESSAGE_EDIT_TIME_EXPIRED")
    return row


def _edited(ctx: Context, request: api.messages.EditMessage, message: Any, date: int) -> Any:
    if not isinstance(message, api.Message) or message.fwd_from is not None:
        raise bad_request("MESSAGE_ID_INVALID")
    if isinstance(request.media, api.InputMediaGeoLive):
        message.media = moved(message.media, request.media, geo_point(request.media), ctx.now - date)
    elif request.media is not None:
        _replace_media(ctx, request.media, message)
    if request.message is not None:
        has_media = has_caption(message)
        message.message, message.entities = normalise(
            ctx,
            request.message,
            request.entities,
            limit=CAPTION_LENGTH if has_media else MESSAGE_LENGTH,
            may_be_empty=has_media,
            too_long="MEDIA_CAPTION_TOO_LONG" if has_media else "MESSAGE_TOO_LONG",
        )
    _renew_preview(ctx, request, message)
    if request.reply_markup is not None and ctx.origin.is_bot:
        message.reply_markup = request.reply_markup
    if request.invert_media:
        message.invert_media = True
    # Moving about is no edit that anybody needs to be shown.
    message.edit_hide = isinstance(request.media, api.InputMediaGeoLive)
    return message


def _renew_preview(ctx: Context, request: api.messages.EditMessage, message: Any) -> None:
    if not has_caption(message) and (request.message is not None or request.no_webpage):
        message.media = None if request.no_webpage else preview(ctx, message)


def has_caption(message: Any) -> bool:
    """Whether the text of a message belongs to its media; a link's preview is none of them."""
    return message.media is not None and not isinstance(message.media, api.MessageMediaWebPage)


def _replace_media(ctx: Context, given: api.TypeInputMedia, message: Any) -> None:
    if isinstance(given, api.InputMediaWebPage):
        return  # a choice of the preview's form; the text names the page
    media = store_media(ctx, given)
    if isinstance(media, api.MessageMediaToDo) and isinstance(message.media, api.MessageMediaToDo):
        message.media = with_completions(media, message.media)
        return
    if not isinstance(media, api.MessageMediaPhoto | api.MessageMediaDocument):
        raise bad_request("MEDIA_NEW_INVALID")
    if message.media is not None and not isinstance(message.media, api.MessageMediaPhoto | api.MessageMediaDocument):
        raise bad_request("MEDIA_PREV_INVALID")
    if message.grouped_id is not None and type(media) is not type(message.media):
        raise bad_request("MEDIA_GROUPED_INVALID")
    message.media = media
