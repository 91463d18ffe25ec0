"""Searching messages: https://core.telegram.org/api/search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_access import named_channel
from layers.domain.chats import ChatKind, peer_objects
from layers.domain.hashes import vector_hash
from layers.domain.history import LIMIT_MAX, Slice, load_in_order, slice_ids, slice_of
from layers.domain.limits import SAVED_TAGS_PER_MESSAGE
from layers.domain.messages import messages_answer, peers_in
from layers.domain.peers import access_peer, access_user, is_user
from layers.domain.places import Place, access_place, place_answer, place_message_objects
from layers.domain.reaction_summaries import reaction_text
from layers.domain.search import (
    Count,
    Query,
    branches_of,
    count_newer,
    count_of,
    prepare,
    query_words,
    tag_counts,
    tags_of_filter,
)
from layers.domain.tags import Tag
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import boxes
from tl import api

_FLOOD: Final = FloodLimit(300, 60)
_FILTERS_MAX: Final = 30
_POSITIONS_MAX: Final = 100
_CALENDAR_MESSAGES: Final = 2_000
_CALENDAR_DAYS: Final = 100
_DAY_S: Final = 86_400


@function(api.messages.Search, flood=_FLOOD)
def search(ctx: Context, request: api.messages.Search) -> api.messages.TypeMessages:
    """Messages of one chat by words, kind, sender and date; without any of them, its history.

    inputPeerEmpty searches every chat, as old clients do.
    """
    everywhere = isinstance(request.peer, api.InputPeerEmpty)
    place = Place(ctx.user_id, None) if everywhere else access_place(ctx, request.peer)
    origin = _origin(ctx, request, place.peer_key)
    if request.saved_reaction and place.peer_key != ctx.user_id:
        raise bad_request("PEER_ID_NOT_SUPPORTED")
    found_words = query_words(request.q)
    tags = tags_of_filter(request.filter)
    if everywhere and not request.q.strip() and tags is None:
        raise bad_request("SEARCH_QUERY_EMPTY")
    sender = _sender(ctx, place, request.from_id)
    query = prepare(
        ctx,
        Query(
            place.owner_id,
            place.peer_key,
            words=found_words,
            tags=tags,
            sender_id=sender if sender is not None and is_user(sender) else None,
            shown_sender=sender if sender is not None and not is_user(sender) else None,
            above_id=place.above_id,
            thread_id=request.top_msg_id or 0,
            origin=origin,
            saved_reactions=_saved_reactions(request.saved_reaction or []),
            impossible=bool(request.q.strip()) and not found_words,
        ),
        min_date=request.min_date,
        max_date=request.max_date,
    )
    branches = branches_of(query)
    part = slice_of(request, default=0)
    message_ids = slice_ids(ctx, branches, part)
    count = count_of(ctx, query)
    if request.hash and request.hash == vector_hash(message_ids):
        return api.messages.MessagesNotModified(count=count.count)
    return place_answer(
        ctx,
        place,
        load_in_order(ctx, place.owner_id, message_ids),
        count=count.count,
        inexact=count.inexact,
        offset_id_offset=_position(ctx, query, part, message_ids),
    )


def _origin(ctx: Context, request: Any, peer_key: int | None) -> int | None:
    """The chat within Saved Messages that a request names."""
    if request.saved_peer_id is None:
        return None
    if peer_key != ctx.user_id:
        raise bad_request("PEER_ID_INVALID")
    return access_peer(ctx, request.saved_peer_id)


def _saved_reactions(given: Sequence[api.TypeReaction]) -> tuple[str, ...]:
    if any(not isinstance(item, api.ReactionEmoji | api.ReactionCustomEmoji) for item in given):
        raise bad_request("REACTION_INVALID")
    return tuple(dict.fromkeys(reaction_text(item) for item in given))[:SAVED_TAGS_PER_MESSAGE]


def _sender(ctx: Context, place: Place, peer: Any) -> int | None:
    """The sender whose messages are looked for; None for all, as all posts of a broadcast channel are its own."""
    match peer:
        case None:
            return None
        case api.InputPeerSelf() | api.InputPeerUser() | api.InputPeerUserFromMessage():
            return access_user(ctx, peer, error="FROM_PEER_INVALID")
        case api.InputPeerChannel() | api.InputPeerChannelFromMessage():
            key = named_channel(ctx, peer)
            channel = place.channel
            if channel is not None and channel.key == key and channel.kind is ChatKind.BROADCAST:
                return None
            return key
        case _:
            raise bad_request("FROM_PEER_INVALID")


def _position(ctx: Context, query: Query, part: Slice, message_ids: Sequence[int]) -> int | None:
    """The place of the first message found in the whole list, for a search that went on from ``offset_id``."""
    if not part.offset_id or not message_ids:
        return None
    newer = count_newer(ctx, query, message_ids[0])
    return None if newer.inexact else newer.count


@function(api.messages.SearchSentMedia, flood=_FLOOD)
def search_sent_media(ctx: Context, request: api.messages.SearchSentMedia) -> api.messages.TypeMessages:
    """The caller's own latest files in all chats, by words and kind."""
    tags = tags_of_filter(request.filter)
    if not tags:
        raise bad_request("FILTER_NOT_SUPPORTED")
    found_words = query_words(request.q)
    impossible = bool(request.q.strip()) and not found_words
    query = prepare(ctx, Query(ctx.user_id, words=found_words, tags=tags, sender_id=ctx.user_id, impossible=impossible))
    branches = branches_of(query)
    limit = min(request.limit, LIMIT_MAX) if request.limit > 0 else 0
    rows = load_in_order(ctx, ctx.user_id, slice_ids(ctx, branches, Slice(limit)))
    count = count_of(ctx, query)
    return messages_answer(ctx, ctx.user_id, rows, count=count.count, inexact=count.inexact)


@function(api.messages.GetSearchCounters, flood=_FLOOD)
def get_search_counters(ctx: Context, request: api.messages.GetSearchCounters) -> list[api.messages.SearchCounter]:
    """How many messages of a chat each filter finds, from counters; those of a topic or thread are counted."""
    if len(request.filters) > _FILTERS_MAX:
        raise bad_request("LIMIT_INVALID")
    place = access_place(ctx, request.peer)
    origin = _origin(ctx, request, place.peer_key)
    wanted = [tags_of_filter(item) for item in request.filters]
    if origin is not None or request.top_msg_id:
        within = Query(
            place.owner_id, place.peer_key, origin=origin, above_id=place.above_id, thread_id=request.top_msg_id or 0
        )
        return [_counted(ctx, item, tags, within) for item, tags in zip(request.filters, wanted, strict=True)]
    counts = tag_counts(ctx, place.owner_id, place.peer_key, sorted({tag for tags in wanted for tag in tags or ()}))
    total = Count(0)
    if None in wanted:
        everything = Query(place.owner_id, place.peer_key, above_id=place.above_id)
        total = count_of(ctx, everything)
    return [
        api.messages.SearchCounter(
            filter=item,
            count=total.count if tags is None else sum(counts.get(tag, 0) for tag in tags),
        )
        for item, tags in zip(request.filters, wanted, strict=True)
    ]


def _counted(
    ctx: Context, item: api.TypeMessagesFilter, tags: tuple[Tag, ...] | None, within: Query
) -> api.messages.SearchCounter:
    """A counter of a part of a chat, counted as there is none."""
    query = replace(within, tags=tags, impossible=tags is not None and not tags)
    count = count_of(ctx, query)
    return api.messages.SearchCounter(filter=item, count=count.count, inexact=count.inexact)


@function(api.messages.GetSearchResultsPositions, flood=_FLOOD)
def get_search_results_positions(
    ctx: Context, request: api.messages.GetSearchResultsPositions
) -> api.messages.SearchResultsPositions:
    """Ids and dates of media by their place in the list, for fast scrolling: the latest ones."""
    place, query, branches = _media_of_chat(ctx, request)
    limit = min(request.limit, _POSITIONS_MAX) if request.limit > 0 else _POSITIONS_MAX
    part = Slice(limit, offset_id=max(0, request.offset_id))
    message_ids = slice_ids(ctx, branches, part)
    first = _position(ctx, query, part, message_ids) or 0
    dates = _dates(ctx, place, message_ids)
    return api.messages.SearchResultsPositions(
        count=count_of(ctx, query).count,
        positions=[
            api.SearchResultPosition(msg_id=message_id, date=dates[message_id], offset=first + index)
            for index, message_id in enumerate(message_ids)
        ],
    )


@function(api.messages.GetSearchResultsCalendar, flood=_FLOOD)
def get_search_results_calendar(
    ctx: Context, request: api.messages.GetSearchResultsCalendar
) -> api.messages.SearchResultsCalendar:
    """Media of a chat grouped by day (UTC), newest first, a bounded number of messages a call.

    A day at the end of the bound that may be cut is left to the next call.
    """
    place, query, branches = _media_of_chat(ctx, request)
    if request.offset_date > 0 and request.offset_id <= 0:
        query = prepare(ctx, query, max_date=request.offset_date)
    found = slice_ids(ctx, branches_of(query), Slice(_CALENDAR_MESSAGES, offset_id=max(0, request.offset_id)))
    dates = _dates(ctx, place, found)
    days: dict[int, list[int]] = {}
    for message_id in found:
        days.setdefault(dates[message_id] // _DAY_S, []).append(message_id)
    if len(found) == _CALENDAR_MESSAGES and len(days) > 1:
        days.popitem()
    days = dict(list(days.items())[:_CALENDAR_DAYS])
    ends = {message_id for message_ids in days.values() for message_id in (message_ids[0], message_ids[-1])}
    messages = place_message_objects(ctx, place, load_in_order(ctx, place.owner_id, sorted(ends, reverse=True)))
    oldest = _oldest(ctx, branches)
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    return api.messages.SearchResultsCalendar(
        count=count_of(ctx, query).count,
        min_date=_dates(ctx, place, [oldest])[oldest] if oldest else 0,
        min_msg_id=oldest,
        periods=[
            api.SearchResultsCalendarPeriod(
                date=day * _DAY_S, min_msg_id=message_ids[-1], max_msg_id=message_ids[0], count=len(message_ids)
            )
            for day, message_ids in days.items()
        ],
        messages=messages,
        chats=named.chats,
        users=named.users,
    )


def _media_of_chat(ctx: Context, request: Any) -> tuple[Place, Query, list[sa.Select[Any]]]:
    tags = tags_of_filter(request.filter)
    if not tags:
        raise bad_request("FILTER_NOT_SUPPORTED")
    place = access_place(ctx, request.peer)
    origin = _origin(ctx, request, place.peer_key)
    query = Query(place.owner_id, place.peer_key, tags=tags, above_id=place.above_id, origin=origin)
    query = prepare(ctx, query)
    return place, query, branches_of(query)


def _oldest(ctx: Context, branches: Sequence[sa.Select[Any]]) -> int:
    """The smallest id of a list, 0 when it is empty."""
    oldest = slice_ids(ctx, branches, Slice(1, offset_id=1, add_offset=-1))
    return oldest[0] if oldest else 0


def _dates(ctx: Context, place: Place, message_ids: Sequence[int]) -> dict[int, int]:
    statement = sa.select(boxes.c.message_id, boxes.c.date).where(
        boxes.c.owner_id == place.owner_id, boxes.c.message_id.in_(message_ids)
    )
    return {row.message_id: row.date for row in ctx.db.rows(statement)} if message_ids else {}
