"""Searching all chats: https://core.telegram.org/method/messages.searchGlobal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.channel_messages import channel_message_objects, load_channel_rows
from layers.domain.chats import ChatKind, peer_objects
from layers.domain.dialogs import check_folder
from layers.domain.global_search import Bounds, Hit, search_channels, sources
from layers.domain.history import LIMIT_MAX, Slice, first_id_since, load_in_order, slice_ids
from layers.domain.messages import load_rows, message_objects, peers_in
from layers.domain.peers import access_peer, is_channel
from layers.domain.search import Count, Query, branches_of, count_of, prepare, query_words, tags_of_filter
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import boxes
from tl import api

_FLOOD: Final = FloodLimit(300, 60)


@function(api.messages.SearchGlobal, flood=_FLOOD)
def search_global(ctx: Context, request: api.messages.SearchGlobal) -> api.messages.TypeMessages:
    """Messages of all chats that the caller is in by words and kind, newest first.

    The next page goes on from ``next_rate`` and the last message. Communities (``community``) there are none.

    Raises:
        RpcError: SEARCH_QUERY_EMPTY, INPUT_FILTER_INVALID, FOLDER_ID_INVALID; those of ``offset_peer``.
    """
    if not request.q.strip() and isinstance(request.filter, api.InputMessagesFilterEmpty):
        raise bad_request("SEARCH_QUERY_EMPTY")
    if request.folder_id is not None:
        check_folder(request.folder_id)
    found_words = query_words(request.q)
    query = Query(
        ctx.user_id,
        words=found_words,
        tags=tags_of_filter(request.filter),
        users_only=request.users_only,
        groups_only=request.groups_only,
        folder_id=request.folder_id,
        impossible=request.community is not None or (bool(request.q.strip()) and not found_words),
    )
    limit = min(request.limit, LIMIT_MAX) if request.limit > 0 else 0
    bounds = _bounds(ctx, request)
    own, own_count = _own(ctx, query, bounds, limit, impossible=request.broadcasts_only)
    # In the boxes of channels there are no folders and no other kinds of chats.
    within = Query(0, words=found_words, tags=query.tags, impossible=query.impossible)
    channels = sources(ctx, _kinds(request), request.folder_id)
    others, count = search_channels(ctx, channels, within, bounds, limit)
    page = sorted([*own, *others], reverse=True)[:limit]
    total = Count(own_count.count + count.count, own_count.inexact or count.inexact)
    return _answer(ctx, page, total, is_full=bool(limit) and len(page) == limit)


def _kinds(request: api.messages.SearchGlobal) -> list[ChatKind]:
    if request.users_only:
        return []
    if request.groups_only:
        return [ChatKind.SUPERGROUP]
    return [ChatKind.BROADCAST] if request.broadcasts_only else [ChatKind.SUPERGROUP, ChatKind.BROADCAST]


def _bounds(ctx: Context, request: api.messages.SearchGlobal) -> Bounds:
    max_date = max(0, request.max_date)
    if request.offset_id <= 0:
        if request.offset_rate > 0:
            max_date = min(max_date or request.offset_rate, request.offset_rate)
        return Bounds(max(0, request.min_date), max_date)
    key = None if isinstance(request.offset_peer, api.InputPeerEmpty) else access_peer(ctx, request.offset_peer)
    box = key if key is not None and is_channel(key) else ctx.user_id
    date = request.offset_rate
    if date <= 0:
        statement = sa.select(boxes.c.date).where(boxes.c.owner_id == box, boxes.c.message_id >= request.offset_id)
        date = ctx.db.scalar(statement.order_by(boxes.c.message_id).limit(1)) or ctx.now + 1
    return Bounds(max(0, request.min_date), max_date, (date, box, request.offset_id))


def _own(ctx: Context, query: Query, bounds: Bounds, limit: int, *, impossible: bool) -> tuple[list[Hit], Count]:
    """The hits in private chats and basic groups, and how many there are."""
    if impossible:
        return [], Count(0)
    query = prepare(ctx, query, min_date=bounds.min_date, max_date=bounds.max_date)
    branches = branches_of(query)
    offset_id = 0
    if bounds.behind is not None:
        date, box, message_id = bounds.behind
        offset_id = message_id if box == ctx.user_id else first_id_since(ctx, ctx.user_id, date)
    message_ids = slice_ids(ctx, branches, Slice(limit, offset_id=offset_id))
    rows = load_in_order(ctx, ctx.user_id, message_ids)
    return [(row.date, ctx.user_id, row.message_id) for row in rows], count_of(ctx, query)


def _answer(ctx: Context, page: Sequence[Hit], total: Count, *, is_full: bool) -> api.messages.TypeMessages:
    own: list[int] = []
    places: dict[int, list[int]] = {}
    for _, box, message_id in page:
        (own if box == ctx.user_id else places.setdefault(box, [])).append(message_id)
    shown: dict[tuple[int, int], Any] = {}
    own_rows = list(load_rows(ctx, ctx.user_id, own).values())
    for row, message in zip(own_rows, message_objects(ctx, ctx.user_id, own_rows), strict=True):
        shown[ctx.user_id, row.message_id] = message
    channel_rows = load_channel_rows(ctx, places)
    objects = channel_message_objects(ctx, ctx.user_id, list(channel_rows.values()))
    shown |= dict(zip(channel_rows, objects, strict=True))
    messages = [shown[box, message_id] for _, box, message_id in page if (box, message_id) in shown]
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    if total.count <= len(messages) and not (is_full and total.inexact):
        return api.messages.Messages(messages=messages, topics=[], chats=named.chats, users=named.users)
    return api.messages.MessagesSlice(
        inexact=total.inexact,
        count=max(total.count, len(messages)),
        next_rate=page[-1][0] if is_full else None,
        messages=messages,
        topics=[],
        chats=named.chats,
        users=named.users,
    )
