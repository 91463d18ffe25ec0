"""The chat list: https://core.telegram.org/method/messages.getDialogs and its siblings."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.archive import with_archive
from layers.domain.dialogs import (
    LIMIT_MAX,
    MAIN_FOLDER,
    Offset,
    access_dialog,
    check_folder,
    count_listed,
    dialog_page,
    pinned_rows,
    recent_rows,
    reorder_pinned,
    rows_of,
    set_pinned,
    set_unread_mark,
)
from layers.domain.hashes import vector_hash
from layers.domain.peers import access_peer, peer_of
from layers.domain.updates import state
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import boxes, dialogs
from tl import api

_FLOOD: Final = FloodLimit(600, 60)
_PEERS_MAX: Final = 100
_MARKS_MAX: Final = 1000


@function(api.messages.GetDialogs, flood=_FLOOD)
def get_dialogs(ctx: Context, request: api.messages.GetDialogs) -> api.messages.TypeDialogs:
    """A page of the chat list: pinned dialogs on the first one, then by the date of the last message.

    ``folder_id`` absent = both the main list and the archive. The archive's own entry comes with
    messages.getPinnedDialogs alone: libraries that page through dialogs do not expect anything else here.
    """
    owner_id, folder_id = ctx.user_id, request.folder_id
    if folder_id is not None:
        check_folder(folder_id)
    limit = min(request.limit, LIMIT_MAX) if request.limit > 0 else LIMIT_MAX
    offset = _offset(ctx, request)
    rows: list[Any] = []
    if offset is None and not request.exclude_pinned:
        rows += pinned_rows(ctx, owner_id, folder_id)
    # Never pinned dialogs alone: clients go on from the last dialog of a page.
    rows += recent_rows(ctx, owner_id, folder_id, max(1, limit - len(rows)), offset)
    count = count_listed(ctx, owner_id, folder_id, pinned=not request.exclude_pinned)
    if request.hash and request.hash == vector_hash(row.top_message_id for row in rows):
        return api.messages.DialogsNotModified(count=count)
    page = dialog_page(ctx, owner_id, rows)
    if count <= len(rows):
        return api.messages.Dialogs(dialogs=page.dialogs, messages=page.messages, chats=page.chats, users=page.users)
    return api.messages.DialogsSlice(
        count=count, dialogs=page.dialogs, messages=page.messages, chats=page.chats, users=page.users
    )


def _offset(ctx: Context, request: api.messages.GetDialogs) -> Offset | None:
    """The place the request goes on from, or None for the beginning.

    Clients give the date and id of the last message they have; the date is looked up where it is missing.
    """
    if request.offset_date > 0:
        return Offset(request.offset_date, max(0, request.offset_id))
    if request.offset_id > 0:
        date = ctx.db.scalar(
            sa.select(boxes.c.date).where(boxes.c.owner_id == ctx.user_id, boxes.c.message_id == request.offset_id)
        )
        if date is not None:
            return Offset(date, request.offset_id)
    if isinstance(request.offset_peer, api.InputPeerEmpty):
        return None
    (row,) = rows_of(ctx, ctx.user_id, [access_peer(ctx, request.offset_peer)])
    return Offset(row.top_message_date, row.top_message_id) if row.top_message_date else None


@function(api.messages.GetPinnedDialogs, flood=_FLOOD)
def get_pinned_dialogs(ctx: Context, request: api.messages.GetPinnedDialogs) -> api.messages.PeerDialogs:
    """The pinned dialogs of a folder, the highest first; the archive stands above those of the main list."""
    folder_id = check_folder(request.folder_id)
    rows = list(pinned_rows(ctx, ctx.user_id, folder_id))
    return _peer_dialogs(ctx, rows, archive=folder_id == MAIN_FOLDER)


@function(api.messages.GetPeerDialogs, flood=_FLOOD)
def get_peer_dialogs(ctx: Context, request: api.messages.GetPeerDialogs) -> api.messages.PeerDialogs:
    """The dialogs of given chats; one without messages comes with ``top_message`` 0."""
    if not request.peers:
        raise bad_request("INPUT_PEERS_EMPTY")
    if len(request.peers) > _PEERS_MAX:
        raise bad_request("LIMIT_INVALID")
    peer_keys = [access_dialog(ctx, peer) for peer in request.peers]
    return _peer_dialogs(ctx, rows_of(ctx, ctx.user_id, peer_keys))


def _peer_dialogs(ctx: Context, rows: list[Any], *, archive: bool = False) -> api.messages.PeerDialogs:
    # The state is read first: what is committed meanwhile then comes again as an update.
    now = state(ctx)
    page = dialog_page(ctx, ctx.user_id, rows)
    if archive:
        page = with_archive(ctx, page)
    return api.messages.PeerDialogs(
        dialogs=page.dialogs, messages=page.messages, chats=page.chats, users=page.users, state=now
    )


@function(api.messages.ToggleDialogPin, writes=True)
def toggle_dialog_pin(ctx: Context, request: api.messages.ToggleDialogPin) -> bool:
    """Pin a dialog on top of its folder, or unpin it."""
    set_pinned(ctx, access_dialog(ctx, request.peer), pinned=request.pinned)
    return True


@function(api.messages.ReorderPinnedDialogs, writes=True)
def reorder_pinned_dialogs(ctx: Context, request: api.messages.ReorderPinnedDialogs) -> bool:
    """Order the pinned dialogs of a folder."""
    folder_id = check_folder(request.folder_id)
    if len(request.order) > _PEERS_MAX:
        raise bad_request("PINNED_DIALOGS_TOO_MUCH")
    # The archive itself may stand in the order of the main list; its place is the client's affair.
    chats = [peer for peer in request.order if not isinstance(peer, api.InputDialogPeerFolder)]
    reorder_pinned(ctx, folder_id, [access_dialog(ctx, peer) for peer in chats], force=request.force)
    return True


@function(api.messages.MarkDialogUnread, writes=True)
def mark_dialog_unread(ctx: Context, request: api.messages.MarkDialogUnread) -> bool:
    """Mark a chat as unread by hand, or take the mark away."""
    if request.parent_peer is not None:
        raise bad_request("PEER_ID_INVALID")
    set_unread_mark(ctx, access_dialog(ctx, request.peer), unread=request.unread)
    return True


@function(api.messages.GetDialogUnreadMarks)
def get_dialog_unread_marks(ctx: Context, request: api.messages.GetDialogUnreadMarks) -> list[api.TypeDialogPeer]:
    """The chats that were marked as unread by hand."""
    if request.parent_peer is not None:
        raise bad_request("PEER_ID_INVALID")
    marked = ctx.db.scalars(
        sa.select(dialogs.c.peer_key)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.unread_mark)
        .order_by(dialogs.c.peer_key)
        .limit(_MARKS_MAX)
    )
    return [api.DialogPeer(peer=peer_of(peer_key)) for peer_key in marked]
