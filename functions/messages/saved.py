"""Saved Messages by origin: https://core.telegram.org/api/saved-messages."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.boxes import open_box
from layers.domain.chats import peer_objects
from layers.domain.dialogs import access_dialog, tell_own_devices
from layers.domain.hashes import vector_hash
from layers.domain.history import LIMIT_MAX, first_id_since, load_in_order, slice_ids, slice_of
from layers.domain.messages import load_rows, message_objects, messages_answer, peers_in
from layers.domain.peers import access_peer, peer_of
from layers.domain.saved import (
    count_origins,
    of_origin,
    origin_rows,
    pin_origins,
    pinned_origins,
    recent_origins,
)
from layers.domain.updates import push_box
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import boxes, saved_messages
from tl import api

_FLOOD: Final = FloodLimit(600, 60)
_DELETE_BATCH: Final = 500
_PEERS_MAX: Final = 100
_NO_MONOFORUMS: Final = "direct messages of channels"


def _refuse_parent(request: Any) -> None:
    if request.parent_peer is not None:
        raise bad_request("PARENT_PEER_INVALID")


@function(api.messages.GetSavedDialogs, flood=_FLOOD, partial=_NO_MONOFORUMS)
def get_saved_dialogs(ctx: Context, request: api.messages.GetSavedDialogs) -> api.messages.TypeSavedDialogs:
    """The chats from which messages were saved: pinned ones on the first page, then by the last saved message."""
    _refuse_parent(request)
    below_id = _below_id(ctx, request)
    limit = min(request.limit, LIMIT_MAX) if request.limit > 0 else LIMIT_MAX
    rows = [] if below_id or request.exclude_pinned else pinned_origins(ctx, ctx.user_id)
    rows += recent_origins(ctx, ctx.user_id, max(1, limit - len(rows)), below_id)
    count = count_origins(ctx, ctx.user_id, pinned=not request.exclude_pinned)
    if request.hash and request.hash == vector_hash(row.top_message_id for row in rows):
        return api.messages.SavedDialogsNotModified(count=count)
    if count <= len(rows):
        return _saved_dialogs(ctx, rows)
    page = _saved_dialogs(ctx, rows)
    return api.messages.SavedDialogsSlice(
        count=count, dialogs=page.dialogs, messages=page.messages, chats=page.chats, users=page.users
    )


def _below_id(ctx: Context, request: api.messages.GetSavedDialogs) -> int:
    """The id below which the last messages of the page's chats lie, 0 for the first page."""
    if request.offset_id > 0:
        return request.offset_id
    if request.offset_date > 0:
        return first_id_since(ctx, ctx.user_id, request.offset_date, peer_key=ctx.user_id)
    if isinstance(request.offset_peer, api.InputPeerEmpty):
        return 0
    rows = origin_rows(ctx, ctx.user_id, [access_peer(ctx, request.offset_peer)])
    return int(rows[0].top_message_id) if rows else 0


def _saved_dialogs(ctx: Context, rows: list[Any]) -> api.messages.SavedDialogs:
    top = load_in_order(ctx, ctx.user_id, [row.top_message_id for row in rows])
    messages = message_objects(ctx, ctx.user_id, top)
    origins = [row.saved_peer_key for row in rows]
    named = peer_objects(ctx, ctx.user_id, [*origins, *sorted(peers_in(messages))])
    return api.messages.SavedDialogs(
        dialogs=[
            api.SavedDialog(
                pinned=row.pinned_rank > 0, peer=peer_of(row.saved_peer_key), top_message=row.top_message_id
            )
            for row in rows
        ],
        messages=messages,
        chats=named.chats,
        users=named.users,
    )


@function(api.messages.GetPinnedSavedDialogs)
def get_pinned_saved_dialogs(ctx: Context, _request: api.messages.GetPinnedSavedDialogs) -> api.messages.SavedDialogs:
    """The pinned chats of Saved Messages, the highest first."""
    return _saved_dialogs(ctx, pinned_origins(ctx, ctx.user_id))


@function(api.messages.GetSavedDialogsByID, partial=_NO_MONOFORUMS)
def get_saved_dialogs_by_id(ctx: Context, request: api.messages.GetSavedDialogsByID) -> api.messages.SavedDialogs:
    """Chats of Saved Messages by peer, those that have messages."""
    _refuse_parent(request)
    if len(request.ids) > _PEERS_MAX:
        raise bad_request("LIMIT_INVALID")
    origins = [access_peer(ctx, peer) for peer in request.ids]
    return _saved_dialogs(ctx, origin_rows(ctx, ctx.user_id, origins))


@function(api.messages.GetSavedHistory, flood=_FLOOD, partial=_NO_MONOFORUMS)
def get_saved_history(ctx: Context, request: api.messages.GetSavedHistory) -> api.messages.TypeMessages:
    """A slice of the messages saved from a chat, newest first."""
    _refuse_parent(request)
    origin = access_peer(ctx, request.peer)
    offset_id = request.offset_id
    if offset_id <= 0 < request.offset_date:
        offset_id = first_id_since(ctx, ctx.user_id, request.offset_date, peer_key=ctx.user_id)
    message_ids = slice_ids(ctx, [of_origin(ctx.user_id, origin)], slice_of(request, offset_id=offset_id))
    rows = origin_rows(ctx, ctx.user_id, [origin])
    count = rows[0].message_count if rows else 0
    if request.hash and request.hash == vector_hash(message_ids):
        return api.messages.MessagesNotModified(count=count)
    return messages_answer(ctx, ctx.user_id, load_in_order(ctx, ctx.user_id, message_ids), count=count)


@function(api.messages.DeleteSavedHistory, writes=True, partial=_NO_MONOFORUMS)
def delete_saved_history(ctx: Context, request: api.messages.DeleteSavedHistory) -> api.messages.AffectedHistory:
    """Delete what was saved from a chat, a batch a call: ``offset`` > 0 asks the client to call again."""
    _refuse_parent(request)
    origin = access_peer(ctx, request.peer)
    with open_box(ctx, ctx.user_id) as box:
        statement = of_origin(ctx.user_id, origin)
        if request.max_id > 0:
            statement = statement.where(saved_messages.c.message_id <= request.max_id)
        if request.min_date or request.max_date:
            # The dates of a batch are looked at together with its messages.
            dated = sa.select(boxes.c.message_id).where(
                boxes.c.owner_id == ctx.user_id, boxes.c.message_id == saved_messages.c.message_id
            )
            if request.min_date:
                dated = dated.where(boxes.c.date >= request.min_date)
            if request.max_date:
                dated = dated.where(boxes.c.date <= request.max_date)
            statement = statement.where(dated.exists())
        found = ctx.db.scalars(statement.order_by(saved_messages.c.message_id).limit(_DELETE_BATCH + 1))
        box.delete(list(load_rows(ctx, ctx.user_id, found[:_DELETE_BATCH]).values()))
    push_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=max(0, len(found) - _DELETE_BATCH))


@function(api.messages.ToggleSavedDialogPin, writes=True)
def toggle_saved_dialog_pin(ctx: Context, request: api.messages.ToggleSavedDialogPin) -> bool:
    """Pin a chat of Saved Messages on top, or unpin it."""
    origin = access_dialog(ctx, request.peer)
    rows = origin_rows(ctx, ctx.user_id, [origin])
    if not rows:
        raise bad_request("PEER_ID_INVALID")
    if bool(rows[0].pinned_rank) == request.pinned:
        return True
    present = [row.saved_peer_key for row in pinned_origins(ctx, ctx.user_id)]
    order = [origin, *present] if request.pinned else [key for key in present if key != origin]
    pin_origins(ctx, order, force=True)
    update = api.UpdateSavedDialogPinned(pinned=request.pinned, peer=api.DialogPeer(peer=peer_of(origin)))
    tell_own_devices(ctx, update)
    return True


@function(api.messages.ReorderPinnedSavedDialogs, writes=True)
def reorder_pinned_saved_dialogs(ctx: Context, request: api.messages.ReorderPinnedSavedDialogs) -> bool:
    """Order the pinned chats of Saved Messages."""
    if len(request.order) > _PEERS_MAX:
        raise bad_request("PINNED_TOO_MUCH")
    order = pin_origins(ctx, [access_dialog(ctx, peer) for peer in request.order], force=request.force)
    if order is not None:
        peers = [api.DialogPeer(peer=peer_of(key)) for key in order]
        tell_own_devices(ctx, api.UpdatePinnedSavedDialogs(order=peers))
    return True
