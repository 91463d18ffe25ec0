"""Reading messages: https://core.telegram.org/method/messages.getHistory, messages.getMessages."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chats import peer_objects
from layers.domain.hashes import vector_hash
from layers.domain.history import count_up_to, first_id_since, load_in_order, slice_ids, slice_of
from layers.domain.messages import load_rows, message_objects, peers_in
from layers.domain.places import Place, access_place, history_branches, place_answer
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import box_states, dialogs
from tl import api

_IDS_MAX: Final = 200
_FLOOD: Final = FloodLimit(1200, 60)


@function(api.messages.GetHistory, flood=_FLOOD)
def get_history(ctx: Context, request: api.messages.GetHistory) -> api.messages.TypeMessages:
    """A slice of a chat's history, newest first."""
    place = access_place(ctx, request.peer)
    offset_id = request.offset_id
    if offset_id <= 0 < request.offset_date:
        offset_id = first_id_since(ctx, place.owner_id, request.offset_date, peer_key=place.peer_key)
    part = slice_of(request, offset_id=offset_id)
    count = _message_count(ctx, place)
    message_ids = slice_ids(ctx, history_branches(place), part)
    if request.hash and request.hash == vector_hash(message_ids):
        return api.messages.MessagesNotModified(count=count)
    return place_answer(ctx, place, load_in_order(ctx, place.owner_id, message_ids), count=count)


def _message_count(ctx: Context, place: Place) -> int:
    if place.above_id:
        # Part of the history is hidden from this member: what he sees has no counter.
        return count_up_to(ctx, history_branches(place))
    count = ctx.db.scalar(
        sa.select(dialogs.c.message_count).where(
            dialogs.c.owner_id == place.owner_id, dialogs.c.peer_key == place.peer_key
        )
    )
    return int(count or 0)


@function(api.messages.GetMessages, flood=_FLOOD)
def get_messages(ctx: Context, request: api.messages.GetMessages) -> api.messages.Messages:
    """Messages by id in the order asked for; messageEmpty where there is none.

    inputMessagePinned asks for the pinned message of a supergroup, of which none is named here: messageEmpty too.
    """
    if len(request.id) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    asked = [_asked_id(item) for item in request.id]
    rows = load_rows(ctx, ctx.user_id, sorted(set(asked)))
    replied = {
        row.message_id: row.reply_to_msg_id
        for row in rows.values()
        if row.reply_to_msg_id is not None and row.reply_to_msg_id not in rows
    }
    if any(isinstance(item, api.InputMessageReplyTo) for item in request.id):
        rows |= load_rows(ctx, ctx.user_id, sorted(set(replied.values())))
    objects = dict(zip(rows, message_objects(ctx, ctx.user_id, rows.values()), strict=True))
    messages: list[Any] = []
    for item, asked_id in zip(request.id, asked, strict=True):
        row = rows.get(asked_id)
        if row is not None and isinstance(item, api.InputMessageReplyTo):
            asked_id = row.reply_to_msg_id or 0
        messages.append(objects.get(asked_id) or api.MessageEmpty(id=asked_id))
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    return api.messages.Messages(messages=messages, topics=[], chats=named.chats, users=named.users)


def _asked_id(item: api.TypeInputMessage) -> int:
    match item:
        case api.InputMessageID() | api.InputMessageReplyTo() | api.InputMessageCallbackQuery():
            return item.id
        case _:
            return 0


@function(api.messages.GetSplitRanges)
def get_split_ranges(ctx: Context, _request: api.messages.GetSplitRanges) -> list[api.MessageRange]:
    """The parts in which an export asks for messages: here one, for boxes are not cut."""
    last = ctx.db.scalar(sa.select(box_states.c.last_message_id).where(box_states.c.owner_id == ctx.user_id))
    return [api.MessageRange(min_id=1, max_id=max(1, last))]
