"""Deleting: https://core.telegram.org/method/messages.deleteMessages, messages.deleteHistory."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import outbox
from layers.domain.boxes import Box, open_box
from layers.domain.chat_access import has_right
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import membership
from layers.domain.messages import load_rows
from layers.domain.peers import access_peer, is_channel, is_user
from layers.domain.sending import others_holding
from layers.domain.updates import push_box
from layers.errors import bad_request, forbidden
from layers.registry import function
from layers.schema import boxes, dialogs
from tl import api

_IDS_MAX: Final = 100
_HISTORY_BATCH: Final = 500
"""Messages removed by one call of deleteHistory; the client repeats while ``offset`` says that there are more."""


@function(api.messages.DeleteMessages, writes=True)
def delete_messages(ctx: Context, request: api.messages.DeleteMessages) -> api.messages.AffectedMessages:
    """Delete messages for oneself, with ``revoke`` for the others as well.

    In a group everybody may take back his own, administrators everybody's; for the former members it stays.
    """
    if len(request.id) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    with open_box(ctx, ctx.user_id) as box:
        rows = load_rows(ctx, ctx.user_id, sorted(set(request.id)))
        if request.revoke:
            _check_may_revoke(ctx, list(rows.values()))
        _delete(ctx, box, list(rows.values()), revoke=request.revoke, keep_dialog=True)
    push_box(ctx, box)
    return api.messages.AffectedMessages(pts=box.pts, pts_count=box.pts_count)


@function(api.messages.DeleteHistory, writes=True)
def delete_history(ctx: Context, request: api.messages.DeleteHistory) -> api.messages.AffectedHistory:
    """Delete a chat's messages up to ``max_id`` (or between two dates), newest last; in bounded batches.

    ``just_clear`` keeps the emptied chat in the list. A group's history is cleared for oneself alone: its owner
    deletes it for all with messages.deleteChat.
    """
    peer_key = access_peer(ctx, request.peer)
    if is_channel(peer_key):
        raise bad_request("PEER_ID_INVALID")  # channels.deleteHistory
    revoke = request.revoke and is_user(peer_key)
    if request.min_date and request.max_date and request.min_date > request.max_date:
        raise bad_request("MIN_DATE_INVALID")
    with open_box(ctx, ctx.user_id) as box:
        statement = (
            sa.select(boxes.c.message_id, boxes.c.content_id, boxes.c.peer_key, boxes.c.flags)
            .where(boxes.c.owner_id == ctx.user_id, boxes.c.peer_key == peer_key)
            .order_by(boxes.c.message_id)
            .limit(_HISTORY_BATCH + 1)
        )
        if request.max_id:
            statement = statement.where(boxes.c.message_id <= request.max_id)
        if request.min_date:
            statement = statement.where(boxes.c.date >= request.min_date)
        if request.max_date:
            statement = statement.where(boxes.c.date <= request.max_date)
        rows = ctx.db.rows(statement)
        more = len(rows) > _HISTORY_BATCH
        _delete(ctx, box, rows[:_HISTORY_BATCH], revoke=revoke, keep_dialog=request.just_clear)
        if not more and not request.just_clear:
            _drop_empty_dialog(ctx, peer_key)
    push_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=int(more))


def _delete(ctx: Context, box: Box, rows: Any, *, revoke: bool, keep_dialog: bool) -> None:
    box.delete(rows, keep_dialog=keep_dialog)
    if not revoke:
        return
    by_peer: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.peer_key != ctx.user_id:
            by_peer[row.peer_key].append(row.content_id)
    for peer_key, content_ids in by_peer.items():
        outbox.post_each(ctx, others_holding(ctx, peer_key), outbox.Delete(content_ids))


def _check_may_revoke(ctx: Context, rows: list[Any]) -> None:
    """Raises 403 MESSAGE_DELETE_FORBIDDEN for what others wrote in a group that the caller does not administer."""
    for peer_key in {row.peer_key for row in rows if not is_user(row.peer_key) and row.sender_id != ctx.user_id}:
        member = membership(ctx, ctx.user_id, peer_key)
        if member is None or not has_right(member, AdminRight.DELETE_MESSAGES):
            raise forbidden("MESSAGE_DELETE_FORBIDDEN")


def _drop_empty_dialog(ctx: Context, peer_key: int) -> None:
    """A chat deleted as a whole leaves the list and is no longer pinned."""
    ctx.db.execute(
        sa.update(dialogs)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == peer_key, dialogs.c.top_message_id == 0)
        .values(top_message_date=0, pinned_rank=0, unread_mark=False)
    )
