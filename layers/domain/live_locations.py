"""Live locations: https://core.telegram.org/api/live-location.

A message whose media change as its sender moves, until its period is over or he stops. How long it is live counts from
the date of the message, so nothing happens at the end: clients and `is_live` see it by the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import tl
from layers.context import Context
from layers.domain.history import Slice, load_in_order, slice_ids
from layers.domain.places import Place
from layers.domain.search import Query, branches_of, prepare
from layers.domain.tags import Tag
from layers.errors import bad_request
from tl import api

FOR_EVER: Final = 0x7FFFFFFF
_SHORTEST_S: Final = 60
_LONGEST_S: Final = 86_400
_PROLONGED_MAX_S: Final = 90 * 86_400
_CANDIDATES: Final = 100
"""The newest live locations of a chat that are looked at for those which still are."""


def new_location(media: api.InputMediaGeoLive, point: api.GeoPoint) -> api.MessageMediaGeoLive:
    """What is stored of a location that begins to be shared; 400 MEDIA_INVALID."""
    period = media.period or 0
    if period != FOR_EVER and not _SHORTEST_S <= period <= _LONGEST_S:
        raise bad_request("MEDIA_INVALID")
    return api.MessageMediaGeoLive(geo=point, heading=_heading(media), period=period)


def _heading(media: api.InputMediaGeoLive) -> int | None:
    # An alert that nobody would get must not be promised.
    if media.proximity_notification_radius or not 0 <= (media.heading or 0) <= 360:
        raise bad_request("MEDIA_INVALID")
    return media.heading or None


def moved(present: Any, media: api.InputMediaGeoLive, point: api.GeoPoint, age_s: int) -> api.MessageMediaGeoLive:
    """What a live location becomes that was sent ``age_s`` ago: elsewhere, longer, or stopped.

    Raises:
        RpcError: MEDIA_PREV_INVALID, MESSAGE_EDIT_TIME_EXPIRED when it is no longer live, MEDIA_INVALID.
    """
    if not isinstance(present, api.MessageMediaGeoLive):
        raise bad_request("MEDIA_PREV_INVALID")
    if not _lasts(present, age_s):
        raise bad_request("MESSAGE_EDIT_TIME_EXPIRED")
    if media.stopped:
        # Over by the clock of everybody who looks at it.
        return api.MessageMediaGeoLive(geo=present.geo, heading=present.heading, period=max(1, age_s))
    period = present.period if media.period is None else media.period
    longest = min(present.period + _LONGEST_S, _PROLONGED_MAX_S)
    if period != FOR_EVER and not _SHORTEST_S <= period <= max(longest, present.period):
        raise bad_request("MEDIA_INVALID")
    return api.MessageMediaGeoLive(geo=point, heading=_heading(media), period=period)


def _lasts(media: api.MessageMediaGeoLive, age_s: int) -> bool:
    return media.period == FOR_EVER or age_s < media.period


def is_live(row: Any, now: int) -> bool:
    """Whether the message of a row is a location that is being shared."""
    media = getattr(tl.decode(row.message), "media", None)
    return isinstance(media, api.MessageMediaGeoLive) and _lasts(media, now - row.date)


def live_rows(ctx: Context, place: Place, limit: int) -> Sequence[Any]:
    """Rows of what is being shared in a chat, the newest first, one of each sender."""
    query = Query(place.owner_id, place.peer_key, tags=(Tag.LIVE_LOCATION,), above_id=place.above_id)
    message_ids = slice_ids(ctx, branches_of(prepare(ctx, query)), Slice(_CANDIDATES))
    rows = load_in_order(ctx, place.owner_id, message_ids)
    latest: dict[int, Any] = {}
    for row in rows:
        if is_live(row, ctx.now):
            latest.setdefault(row.sender_id, row)
    return list(latest.values())[:limit]
