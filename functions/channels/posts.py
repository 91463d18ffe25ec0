"""Searching the posts of all public channels: https://core.telegram.org/method/channels.searchPosts."""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.channel_messages import channel_message_objects, load_channel_rows
from layers.domain.chat_access import named_channel
from layers.domain.chats import is_readable, memberships, peer_objects
from layers.domain.history import LIMIT_MAX
from layers.domain.messages import peers_in
from layers.domain.post_search import Cursor, find_posts
from layers.domain.search import query_words
from layers.domain.tags import hashtags
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(120, 60)
_FREE_SEARCHES: Final = 86_400
"""Searches a day: nobody pays for one here, so only the flood limit bounds them."""


@function(api.channels.CheckSearchPostsFlood, flood=_FLOOD)
def check_search_posts_flood(_ctx: Context, request: api.channels.CheckSearchPostsFlood) -> api.SearchPostsFlood:
    """What searching for words costs: no stars, and nothing of a daily allowance."""
    return _free(is_query=bool(request.query))


def _free(*, is_query: bool) -> api.SearchPostsFlood:
    return api.SearchPostsFlood(
        query_is_free=is_query, total_daily=_FREE_SEARCHES, remains=_FREE_SEARCHES, stars_amount=0
    )


@function(api.channels.SearchPosts, flood=_FLOOD)
def search_posts(ctx: Context, request: api.channels.SearchPosts) -> api.messages.TypeMessages:
    """Posts of every public channel by a hashtag or by words, the newest first.

    The next page goes on from ``next_rate`` and the last post.

    Raises:
        RpcError: HASHTAG_INVALID, SEARCH_QUERY_EMPTY, OFFSET_PEER_ID_INVALID.
    """
    if request.hashtag is not None:
        given = request.hashtag.strip()
        terms = hashtags(given) or hashtags(f"#{given}")
        if len(terms) != 1 or len(given.split()) != 1:
            raise bad_request("HASHTAG_INVALID")
    else:
        terms = list(query_words(request.query or ""))
        if not terms:
            raise bad_request("SEARCH_QUERY_EMPTY")
    limit = min(request.limit, LIMIT_MAX) if request.limit > 0 else 0
    found = find_posts(ctx, terms, _cursor(ctx, request), limit)
    readable = {
        key for key, member in memberships(ctx, ctx.user_id, {key for key, _ in found.places}).items()
        if is_readable(member)
    }  # fmt: skip
    places = [place for place in found.places if place[0] in readable]
    by_channel: dict[int, list[int]] = {}
    for key, message_id in places:
        by_channel.setdefault(key, []).append(message_id)
    rows = load_channel_rows(ctx, by_channel)
    messages = channel_message_objects(ctx, ctx.user_id, [rows[place] for place in places if place in rows])
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    if found.more is None and not request.offset_rate:
        return api.messages.Messages(messages=messages, topics=[], chats=named.chats, users=named.users)
    return api.messages.MessagesSlice(
        inexact=True,
        count=len(messages) + (1 if found.more is not None else 0),
        next_rate=None if found.more is None else found.more.date,
        search_flood=None if request.hashtag is not None else _free(is_query=True),
        messages=messages,
        topics=[],
        chats=named.chats,
        users=named.users,
    )


def _cursor(ctx: Context, request: api.channels.SearchPosts) -> Cursor | None:
    if request.offset_rate <= 0:
        return None
    if isinstance(request.offset_peer, api.InputPeerEmpty):
        return Cursor(request.offset_rate)
    if not isinstance(request.offset_peer, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        raise bad_request("OFFSET_PEER_ID_INVALID")
    return Cursor(request.offset_rate, named_channel(ctx, request.offset_peer), request.offset_id)
