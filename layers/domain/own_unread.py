"""What an author has not seen of what others did to his messages, listed and marked as seen.

https://core.telegram.org/method/messages.getUnreadReactions, https://core.telegram.org/method/messages.getUnreadPollVotes
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.boxes import Box, current_pts, open_box
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_marks import marked_messages
from layers.domain.channel_reads import tell_contents_read
from layers.domain.history import count_up_to, load_in_order, slice_ids, slice_of
from layers.domain.messages import load_rows
from layers.domain.places import access_place, place_answer, visible
from layers.domain.unread import REACTIONS, Mark
from layers.domain.updates import push_box
from layers.schema import message_tags
from tl import api

_BATCH: Final = 100


def _in_box(owner_id: int, peer_key: int | None, mark: Mark) -> sa.Select[Any]:
    return sa.select(message_tags.c.message_id).where(
        message_tags.c.owner_id == owner_id,
        message_tags.c.peer_key == peer_key,
        message_tags.c.tag == int(mark.tag),
    )


def unread_answer(ctx: Context, request: Any, mark: Mark) -> api.messages.TypeMessages:
    """The slice that a request asks for of the caller's messages of a chat (or topic) with such a mark."""
    place = access_place(ctx, request.peer)
    if place.channel is None:
        branches = [_in_box(place.owner_id, place.peer_key, mark)]
    else:
        marked = marked_messages(ctx.user_id, place.owner_id, mark, request.top_msg_id)
        branches = visible(place, [marked])
    rows = load_in_order(ctx, place.owner_id, slice_ids(ctx, branches, slice_of(request)))
    return place_answer(ctx, place, rows, count=count_up_to(ctx, branches))


def read_unread(ctx: Context, request: Any, mark: Mark) -> api.messages.AffectedHistory:
    """The caller has seen what was marked so in a chat (or topic), a batch a call."""
    place = access_place(ctx, request.peer)
    if place.channel is not None:
        seen = see_in_channel(ctx, place.owner_id, mark, thread_id=request.top_msg_id)
        tell_contents_read(ctx, place.owner_id, seen)
        pts = current_pts(ctx, place.owner_id)
        return api.messages.AffectedHistory(pts=pts, pts_count=0, offset=int(len(seen) == _BATCH))
    with open_box(ctx, ctx.user_id) as box:
        unread = ctx.db.scalars(_in_box(place.owner_id, place.peer_key, mark).limit(_BATCH + 1))
        rows = list(load_rows(ctx, ctx.user_id, unread[:_BATCH]).values())
        if mark is REACTIONS:
            box.read_reactions(rows)
        else:
            box.read_votes(rows)
    push_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=max(0, len(unread) - _BATCH))


def see_in_channel(
    ctx: Context,
    channel_key: int,
    mark: Mark,
    *,
    message_ids: Sequence[int] | None = None,
    thread_id: int | None = None,
) -> list[int]:
    """The caller has seen what was marked so on these messages (None: the next hundred) of his; their ids.

    Nothing of it has a place in the channel's sequence.
    """
    wanted = marked_messages(ctx.user_id, channel_key, mark, thread_id)
    if message_ids is not None:
        wanted = wanted.where(wanted.selected_columns[0].in_(list(message_ids)))
    if ctx.db.scalar(wanted.limit(1)) is None:
        return []
    with open_channel_box(ctx, channel_key) as box:
        found = ctx.db.scalars(wanted.order_by(wanted.selected_columns[0]).limit(_BATCH))
        _see(box, list(load_rows(ctx, channel_key, found).values()), mark)
    return list(found)


def _see(box: Box, rows: Sequence[Any], mark: Mark) -> None:
    if mark is REACTIONS:
        box.see_reactions(rows)
    else:
        box.see_votes(rows)
