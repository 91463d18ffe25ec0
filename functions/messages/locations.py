"""Live locations of a chat: https://core.telegram.org/method/messages.getRecentLocations."""

from __future__ import annotations

from layers.context import Context
from layers.domain.hashes import vector_hash
from layers.domain.history import LIMIT_MAX
from layers.domain.live_locations import live_rows
from layers.domain.places import access_place, place_answer
from layers.registry import function
from tl import api


@function(api.messages.GetRecentLocations)
def get_recent_locations(ctx: Context, request: api.messages.GetRecentLocations) -> api.messages.TypeMessages:
    """Live locations being shared in a chat, the newest of each sender."""
    place = access_place(ctx, request.peer)
    rows = live_rows(ctx, place, min(request.limit, LIMIT_MAX) if request.limit > 0 else 0)
    hash_ = vector_hash(number for row in rows for number in (row.message_id, row.edit_date or row.date))
    if request.hash and request.hash == hash_:
        return api.messages.MessagesNotModified(count=len(rows))
    return place_answer(ctx, place, rows)
