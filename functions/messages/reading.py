"""Marking as read: https://core.telegram.org/method/messages.readHistory, messages.readMessageContents."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import outbox
from layers.domain.boxes import current_pts, open_box
from layers.domain.channel_reads import read_channel, read_channel_mentions
from layers.domain.chat_access import channel_membership
from layers.domain.group_reads import tell_read_in_group
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.peers import SERVICE_USER_ID, access_peer, is_channel, is_user
from layers.domain.sending import own_rows
from layers.domain.tags import Tag
from layers.domain.timers import start_media_timers
from layers.domain.updates import push_box
from layers.registry import FloodLimit, function
from layers.schema import boxes, dialogs, message_tags
from tl import api

_FLOOD: Final = FloodLimit(1200, 60)
_BATCH: Final = 100
_NEWEST: Final = 2**31 - 1


@function(api.messages.ReadHistory, writes=True, flood=_FLOOD)
def read_history(ctx: Context, request: api.messages.ReadHistory) -> api.messages.AffectedMessages:
    """Mark a chat's incoming messages up to ``max_id`` (0 = all) as read; their senders learn it."""
    peer_key = access_peer(ctx, request.peer)
    if is_channel(peer_key):
        read_channel(ctx, channel_membership(ctx, peer_key), request.max_id)
        return api.messages.AffectedMessages(pts=current_pts(ctx, peer_key), pts_count=0)
    with open_box(ctx, ctx.user_id) as box:
        read_before = ctx.db.scalar(
            sa.select(dialogs.c.read_inbox_max_id).where(
                dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == peer_key
            )
        )
        max_id = request.max_id if request.max_id > 0 else _NEWEST
        if box.read_inbox(peer_key, max_id) and peer_key not in {ctx.user_id, SERVICE_USER_ID}:
            if is_user(peer_key):
                content_id = _last_incoming(ctx, peer_key, read_before, max_id)
                if content_id is not None:
                    outbox.post(ctx, peer_key, outbox.Read(peer_key=ctx.user_id, content_id=content_id))
            else:
                tell_read_in_group(ctx, peer_key, read_before, min(max_id, box.last_message_id))
    push_box(ctx, box)
    return api.messages.AffectedMessages(pts=box.pts, pts_count=box.pts_count)


def _last_incoming(ctx: Context, peer_key: int, after_id: int, max_id: int) -> int | None:
    """The content of the newest incoming message among those that have just been read."""
    content_id = ctx.db.scalar(
        sa.select(boxes.c.content_id)
        .where(
            boxes.c.owner_id == ctx.user_id,
            boxes.c.peer_key == peer_key,
            boxes.c.message_id > after_id,
            boxes.c.message_id <= max_id,
            boxes.c.flags.op("&")(int(BoxFlag.OUT)) == 0,
        )
        .order_by(boxes.c.message_id.desc())
        .limit(1)
    )
    return None if content_id is None else int(content_id)


@function(api.messages.ReadMessageContents, writes=True, flood=_FLOOD)
def read_message_contents(ctx: Context, request: api.messages.ReadMessageContents) -> api.messages.AffectedMessages:
    """Mark voice, round videos, mentions, reactions and votes as seen; senders learn which media were played."""
    with open_box(ctx, ctx.user_id) as box:
        rows = own_rows(ctx, request.id)
        incoming = [row for row in rows if not row.flags & BoxFlag.OUT]
        box.read_contents(incoming)
        box.read_reactions(rows)
        box.read_votes(rows)
        start_media_timers(ctx, incoming)
        played: dict[int, list[int]] = defaultdict(list)
        for row in incoming:
            if row.flags & BoxFlag.MEDIA_UNREAD and row.peer_key != SERVICE_USER_ID:
                played[row.sender_id].append(row.content_id)
        outbox.post_all(
            ctx, {sender_id: [outbox.ReadContents(content_ids)] for sender_id, content_ids in played.items()}
        )
    push_box(ctx, box)
    return api.messages.AffectedMessages(pts=box.pts, pts_count=box.pts_count)


@function(api.messages.ReadMentions, writes=True)
def read_mentions(ctx: Context, request: api.messages.ReadMentions) -> api.messages.AffectedHistory:
    """Mark a chat's mentions as seen, a batch a call: ``offset`` > 0 asks the client to call again."""
    peer_key = access_peer(ctx, request.peer)
    if is_channel(peer_key):
        more = read_channel_mentions(ctx, channel_membership(ctx, peer_key), _BATCH, request.top_msg_id)
        return api.messages.AffectedHistory(pts=current_pts(ctx, peer_key), pts_count=0, offset=int(more))
    with open_box(ctx, ctx.user_id) as box:
        unread = ctx.db.scalars(unread_mentions(ctx.user_id, peer_key).limit(_BATCH + 1))
        rows: list[Any] = list(load_rows(ctx, ctx.user_id, unread[:_BATCH]).values())
        box.read_contents(rows)
    push_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=max(0, len(unread) - _BATCH))


def unread_mentions(owner_id: int, peer_key: int) -> sa.Select[Any]:
    """Ids of a chat's messages that mention the account and have not been seen."""
    return (
        sa.select(message_tags.c.message_id)
        .join(
            boxes,
            sa.and_(boxes.c.owner_id == message_tags.c.owner_id, boxes.c.message_id == message_tags.c.message_id),
        )
        .where(
            message_tags.c.owner_id == owner_id,
            message_tags.c.peer_key == peer_key,
            message_tags.c.tag == int(Tag.MENTION),
            boxes.c.flags.op("&")(int(BoxFlag.MEDIA_UNREAD)) != 0,
        )
    )
