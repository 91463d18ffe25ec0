"""How often posts were looked at and forwarded: https://core.telegram.org/method/messages.getMessagesViews.

Counted once a day for each viewer, who is remembered in the cache; a post's counters are one row, written when somebody
looks and never by the post itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.cache import CacheUnavailable
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.channel_messages import channel_message_objects
from layers.domain.chats import peer_objects
from layers.domain.places import Place, place_rows
from layers.errors import bad_request
from layers.schema import message_counters
from tl import api

_IDS_MAX: Final = 100
_REMEMBERED_S: Final = 86_400


def channel_views(
    ctx: Context, place: Place, message_ids: Sequence[int], *, increment: bool
) -> api.messages.MessageViews:
    """The counters of messages in the order asked for; with ``increment`` the caller has looked at them."""
    if len(message_ids) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    rows = place_rows(ctx, place, sorted(set(message_ids)))
    shown = {message.id: message for message in channel_message_objects(ctx, ctx.user_id, list(rows.values()))}
    counted = {number for number, message in shown.items() if getattr(message, "views", None) is not None}
    seen_now: set[int] = set()
    if increment and counted:
        seen_now = _first_looks(ctx, place.owner_id, counted)
        _count(ctx, place.owner_id, seen_now, "views")
    views = [_views(shown.get(number), number in seen_now) for number in message_ids]
    named = peer_objects(ctx, ctx.user_id, [place.owner_id])
    return api.messages.MessageViews(views=views, chats=named.chats, users=named.users)


def _views(message: Any, seen_now: bool) -> api.TypeMessageViews:
    views = getattr(message, "views", None)
    if views is None:
        return api.MessageViews(replies=getattr(message, "replies", None))
    return api.MessageViews(views=views + seen_now, forwards=message.forwards, replies=message.replies)


def _first_looks(ctx: Context, key: int, message_ids: set[int]) -> set[int]:
    """Those of the messages that the caller has not looked at today; none while the cache is away."""
    name = f"viewed:{key}:{ctx.user_id}"
    try:
        seen = {int(number) for number in ctx.cache.smembers(name)}
        new = message_ids - seen
        if new:
            ctx.cache.sadd(name, *map(str, sorted(new)), ttl_s=_REMEMBERED_S)
    except CacheUnavailable:
        return set()
    return new


def count_forwards(ctx: Context, key: int, message_ids: Sequence[int]) -> None:
    """Messages of a channel were forwarded."""
    _count(ctx, key, set(message_ids), "forwards")


def _count(ctx: Context, key: int, message_ids: set[int], column: str) -> None:
    """Two statements, whatever the number of messages; a new counter of views starts with the author."""
    if not message_ids:
        return
    ordered = sorted(message_ids)
    insert_ignore(ctx.db, message_counters, [{"owner_id": key, "message_id": number, "views": 1} for number in ordered])
    table = message_counters.c
    ctx.db.execute(
        sa.update(message_counters)
        .where(table.owner_id == key, table.message_id.in_(ordered))
        .values({column: table[column] + 1})
    )
