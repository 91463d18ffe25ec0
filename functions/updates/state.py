"""State and difference: https://core.telegram.org/api/updates#recovering-gaps.

A difference follows two sequences at once: the account's ``pts`` and the calling device's ``qts`` of secret messages.
"""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain.channel_members import channels_changed_since
from layers.domain.chats import peer_objects
from layers.domain.peers import bare_id
from layers.domain.retention import is_pruned
from layers.domain.secret_chats import missed_updates
from layers.domain.secret_messages import FIRST_QTS, messages_after
from layers.domain.updates import build, changes_after, state, with_present_reads
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_SLICE: Final = 500
"""Changes in one differenceSlice."""
_SECRET_SLICE: Final = 100
"""Secret messages in one difference: each may have 64 KiB."""
_TOO_LONG: Final = 20_000
"""A client further behind than this fetches its chats anew (differenceTooLong)."""
_FLOOD: Final = FloodLimit(300, 60)


@function(api.updates.GetState, flood=_FLOOD)
def get_state(ctx: Context, _request: api.updates.GetState) -> api.updates.State:
    """The present state of the account's box."""
    return state(ctx)


@function(api.updates.GetDifference, flood=_FLOOD)
def get_difference(ctx: Context, request: api.updates.GetDifference) -> api.updates.TypeDifference:
    """What happened after ``pts`` and ``qts``, made by the builder that made the pushes."""
    if request.pts <= 0:
        raise bad_request("PERSISTENT_TIMESTAMP_EMPTY")
    if request.date <= 0:
        raise bad_request("DATE_EMPTY")
    # The state is read first: what is committed later belongs to the next difference.
    now = state(ctx)
    moved = channels_changed_since(ctx, request.date)
    secret, people = missed_updates(ctx, request.date)
    seen_qts = max(request.qts, FIRST_QTS)
    if request.pts >= now.pts and seen_qts >= now.qts and not moved and not secret:
        return api.updates.DifferenceEmpty(date=ctx.now, seq=0)
    if now.pts - request.pts > min(request.pts_total_limit or _TOO_LONG, _TOO_LONG):
        return api.updates.DifferenceTooLong(pts=now.pts)
    limit = min(request.pts_limit or _SLICE, _SLICE)
    # Channels have a sequence of their own: the client fetches their differences.
    too_long: list[Any] = [api.UpdateChannelTooLong(channel_id=bare_id(row.owner_id), pts=row.pts) for row in moved]
    changes, rows, more = changes_after(ctx, ctx.user_id, request.pts, max(1, limit))
    if is_pruned(ctx, ctx.user_id, request.pts):
        return api.updates.DifferenceTooLong(pts=now.pts)
    changes = [change for change in changes if change.pts <= now.pts]
    built = build(ctx, ctx.user_id, changes, rows)
    if more:
        now.pts = changes[-1].pts
    encrypted: list[Any] = []
    if seen_qts < now.qts:
        limit = min(request.qts_limit or _SECRET_SLICE, _SECRET_SLICE)
        encrypted, reached = messages_after(ctx, seen_qts, now.qts, max(1, limit))
        more = more or reached < now.qts
        now.qts = reached
    channels = [] if more else [row.owner_id for row in moved]
    named = peer_objects(ctx, ctx.user_id, [*built.peer_keys, *people, *channels])
    # A chat is made known before what was said in it.
    other_updates = [*secret, *with_present_reads(ctx, ctx.user_id, built.other_updates, now.pts)]
    if more:
        # What goes by date, of channels and secret chats, is not told in full before the end.
        now.date = request.date
        return api.updates.DifferenceSlice(
            new_messages=built.new_messages,
            new_encrypted_messages=encrypted,
            other_updates=other_updates,
            chats=named.chats,
            users=named.users,
            intermediate_state=now,
        )
    return api.updates.Difference(
        new_messages=built.new_messages,
        new_encrypted_messages=encrypted,
        other_updates=[*other_updates, *too_long],
        chats=named.chats,
        users=named.users,
        state=now,
    )
