"""Where the messages of a chat are kept, and what of them the caller may read.

Private chats and basic groups stand in the caller's own box, supergroups and channels in boxes of their own. Whoever
reads messages asks for the chat's `Place`, so that histories, searches and pins are the same code for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.channel_box import channel_state
from layers.domain.channel_messages import channel_message_objects
from layers.domain.chat_access import access_channel
from layers.domain.chats import Membership, peer_objects
from layers.domain.history import in_dialog
from layers.domain.messages import load_rows, message_objects, messages_answer, peers_in
from layers.domain.peers import access_peer
from layers.schema import boxes
from tl import api


@dataclass(frozen=True, slots=True)
class Place:
    """A chat in a box (``peer_key`` None: all of it). Messages up to ``above_id`` are not shown to the caller.

    ``channel``: what the caller is in it, None for private chats and basic groups.
    """

    owner_id: int
    peer_key: int | None
    above_id: int = 0
    channel: Membership | None = None


def access_place(ctx: Context, peer: api.TypeInputPeer) -> Place:
    """Gate: the place of a chat that the caller may read; raises as `layers.domain.peers.access_peer`."""
    if isinstance(peer, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        return channel_place(access_channel(ctx, peer))
    return Place(ctx.user_id, access_peer(ctx, peer))


def channel_place(member: Membership) -> Place:
    """The place of a channel that a gate has let the caller into."""
    return Place(member.key, member.key, member.row.available_min_id or 0, member)


def visible(place: Place, branches: Sequence[sa.Select[Any]]) -> list[sa.Select[Any]]:
    """Lists of message ids, for `layers.domain.history.slice_ids`, without those that the caller may not read."""
    if not place.above_id:
        return list(branches)
    return [branch.where(branch.selected_columns[0] > place.above_id) for branch in branches]


def place_rows(ctx: Context, place: Place, message_ids: Sequence[int]) -> dict[int, Any]:
    """Rows of the messages of this chat that the caller may read, by id."""
    rows = load_rows(ctx, place.owner_id, [number for number in message_ids if number > place.above_id])
    return {number: row for number, row in rows.items() if row.peer_key == place.peer_key}


def place_message_objects(ctx: Context, place: Place, rows: Sequence[Any]) -> list[Any]:
    """The messages of rows of this place as the caller sees them."""
    if place.channel is None:
        return message_objects(ctx, place.owner_id, rows)
    return channel_message_objects(ctx, ctx.user_id, rows)


def place_answer(
    ctx: Context,
    place: Place,
    rows: Sequence[Any],
    *,
    count: int | None = None,
    offset_id_offset: int | None = None,
    inexact: bool = False,
) -> api.messages.TypeMessages:
    """The answer with messages of one chat; that of a channel says how far the channel's pts is."""
    if place.channel is None:
        return messages_answer(
            ctx, place.owner_id, rows, count=count, offset_id_offset=offset_id_offset, inexact=inexact
        )
    # The state first: what is committed meanwhile then comes again as an update.
    state = channel_state(ctx, place.owner_id)
    messages = channel_message_objects(ctx, ctx.user_id, rows)
    named = peer_objects(ctx, ctx.user_id, [place.owner_id, *sorted(peers_in(messages))])
    return api.messages.ChannelMessages(
        inexact=inexact,
        pts=state.pts,
        count=len(messages) if count is None else max(count, len(messages)),
        offset_id_offset=offset_id_offset,
        messages=messages,
        topics=[],
        chats=named.chats,
        users=named.users,
    )


def history_branches(place: Place) -> list[sa.Select[Any]]:
    """The list of all messages of a place that the caller may read."""
    return visible(place, [in_dialog(place.owner_id, place.peer_key, boxes.c.message_id)])
