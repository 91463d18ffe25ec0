"""The difference of a channel: https://core.telegram.org/api/updates#fetching-channel-state.

Made by the builder that made the pushes. Whoever may read a public channel without having joined polls it: he gets no
pushes, and ``timeout`` says when to ask again.
"""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain.channel_box import channel_state
from layers.domain.channel_dialogs import channel_dialogs
from layers.domain.channel_messages import channel_message_objects
from layers.domain.channel_updates import build_channel
from layers.domain.chat_access import access_channel
from layers.domain.chats import Membership, peer_objects
from layers.domain.dialogs import dialog_page
from layers.domain.history import Slice, load_in_order, slice_ids
from layers.domain.messages import peers_in
from layers.domain.places import channel_place, history_branches
from layers.domain.retention import is_pruned
from layers.domain.updates import changes_after
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(1200, 60)
_LIMIT_MAX: Final = 100
_LIMIT_BOT_MAX: Final = 1000
_TOO_LONG: Final = 3_000
"""A client further behind than this many changes gets the channel's end and fetches the rest as history."""
_SHOWN: Final = 20
"""Messages of an answer that is too long."""
_POLL_S: Final = 30
"""When a member may ask again without having been pushed anything, and how often others may ask."""


@function(api.updates.GetChannelDifference, flood=_FLOOD)
def get_channel_difference(
    ctx: Context, request: api.updates.GetChannelDifference
) -> api.updates.TypeChannelDifference:
    """What happened in a channel after ``pts``.

    Raises:
        RpcError: PERSISTENT_TIMESTAMP_EMPTY, PERSISTENT_TIMESTAMP_INVALID, CHANNEL_PRIVATE.
    """
    member = access_channel(ctx, request.channel)
    if request.pts <= 0:
        raise bad_request("PERSISTENT_TIMESTAMP_EMPTY")
    # The state is read first: what is committed later belongs to the next difference.
    state = channel_state(ctx, member.key)
    if request.pts > state.pts + _TOO_LONG:
        raise bad_request("PERSISTENT_TIMESTAMP_INVALID")
    if request.pts >= state.pts:
        return api.updates.ChannelDifferenceEmpty(final=True, pts=state.pts, timeout=_POLL_S)
    if state.pts - request.pts > _TOO_LONG:
        return _too_long(ctx, member)
    limit = min(request.limit, _LIMIT_BOT_MAX if ctx.origin.is_bot else _LIMIT_MAX) if request.limit > 0 else _LIMIT_MAX
    changes, _, more = changes_after(ctx, member.key, request.pts, limit)
    if is_pruned(ctx, member.key, request.pts):
        return _too_long(ctx, member)
    changes = [change for change in changes if change.pts <= state.pts]
    above_id = member.row.available_min_id or 0
    built = build_channel(ctx, member.key, changes, viewer_id=ctx.user_id, above_id=above_id)
    named = peer_objects(ctx, ctx.user_id, built.peer_keys)
    return api.updates.ChannelDifference(
        final=not more,
        pts=changes[-1].pts if more else state.pts,
        timeout=_POLL_S,
        new_messages=built.new_messages,
        other_updates=built.other_updates,
        chats=named.chats,
        users=named.users,
    )


def _too_long(ctx: Context, member: Membership) -> api.updates.ChannelDifferenceTooLong:
    rows: list[Any] = list(channel_dialogs(ctx, ctx.user_id, [member.key]).values())
    page = dialog_page(ctx, ctx.user_id, rows)
    place = channel_place(member)
    ids = slice_ids(ctx, history_branches(place), Slice(_SHOWN))
    messages = channel_message_objects(ctx, ctx.user_id, load_in_order(ctx, member.key, ids))
    named = peer_objects(ctx, ctx.user_id, [member.key, *sorted(peers_in(messages))])
    return api.updates.ChannelDifferenceTooLong(
        final=True,
        timeout=_POLL_S,
        dialog=page.dialogs[0],
        messages=messages,
        chats=named.chats,
        users=named.users,
    )
