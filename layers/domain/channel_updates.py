"""Updates of channels: answers, pushes and differences, made from the same changes of the channel's box.

https://core.telegram.org/api/updates#fetching-channel-state. A push shows nobody's own view (`layers.channel_push`);
answers and differences show the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

import tl
from layers.channel_push import MARKS_MAX, MENTIONED, OUT, UNSEEN, ChannelPush, Mark
from layers.context import Context
from layers.domain.boxes import Change
from layers.domain.channel_box import ChannelBox
from layers.domain.channel_messages import ANYONE, channel_message_objects, load_channel_rows
from layers.domain.chats import PRESENT, peer_objects
from layers.domain.members import member_rows
from layers.domain.messages import peers_in
from layers.domain.min_peers import forbidden_channel, min_chat_objects, min_user_objects
from layers.domain.peers import bare_id, is_user
from layers.domain.updates import Built, beside, pages_of, poll_update, reactions_update, with_page
from layers.push import online_sessions, push_to_channel, push_updates
from layers.schema import channel_mentions
from tl import api


def build_channel(
    ctx: Context,
    channel_key: int,
    changes: Sequence[Change],
    rows: Mapping[int, Any] | None = None,
    *,
    viewer_id: int,
    above_id: int = 0,
) -> Built:
    """Turn changes of a channel's box into updates as ``viewer_id`` sees them (`ANYONE`: as a push shows them).

    ``rows`` are those of messages that this call has put in. Messages up to ``above_id`` are not shown. A message that
    was deleted since is in no difference; among pushed updates its deletion stands in for it.
    """
    new = dict(rows or {})
    wanted = {_message_id(change) for change in changes} - {0} - new.keys()
    shown = {message.id: message for message in channel_message_objects(ctx, viewer_id, list(new.values()), new=True)}
    if wanted:
        loaded = load_channel_rows(ctx, {channel_key: sorted(wanted)})
        shown |= {message.id: message for message in channel_message_objects(ctx, viewer_id, list(loaded.values()))}
    pages = pages_of(ctx, channel_key, changes)
    new_messages: list[Any] = []
    other_updates: list[Any] = []
    updates: list[Any] = []
    for change in changes:
        message_id = _message_id(change)
        if message_id and (message_id not in shown or message_id <= above_id):
            updates.append(
                api.UpdateDeleteChannelMessages(
                    channel_id=bare_id(channel_key),
                    messages=[message_id],
                    pts=change.pts,
                    pts_count=change.pts_count,
                )
            )
            continue
        if change.update is None:
            new_messages.append(shown[message_id])
            updates.append(
                api.UpdateNewChannelMessage(message=shown[message_id], pts=change.pts, pts_count=change.pts_count)
            )
            continue
        told: list[Any] = [with_page(change.update, pages)]
        if message_id:
            message = shown[message_id]
            edit = api.UpdateEditChannelMessage(message=message, pts=change.pts, pts_count=change.pts_count)
            # An update without a pts says what changed; the edit gives it its place in the sequence.
            told = [item for item in (beside(change.update, message), edit) if item is not None]
        other_updates += told
        updates += told
    named = peers_in(shown.values()) | {channel_key}
    return Built(new_messages, other_updates, updates, named)


def _message_id(change: Change) -> int:
    match change.update:
        case None:
            return change.message_id
        case api.UpdateEditChannelMessage():
            return change.update.message.id
        case api.UpdateMessageReactions() | api.UpdateMessagePoll():
            return change.update.msg_id or 0
        case _:
            return 0


def answer_and_push_channel(
    ctx: Context,
    box: ChannelBox,
    *,
    first: Sequence[Any] = (),
    mentions: Mapping[int, Iterable[int]] | None = None,
    extra: Sequence[Any] = (),
) -> api.Updates:
    """The caller's answer, and the same for everybody in the channel who is online.

    ``mentions``: message id → users it mentions. ``extra`` updates have no place in the sequence.
    """
    push_channel_box(ctx, box, mentions=mentions)
    built = build_channel(ctx, box.owner_id, box.changes, box.rows, viewer_id=ctx.user_id)
    return answer(ctx, [*first, *built.updates, *extra], built.peer_keys)


def answer(ctx: Context, updates: Sequence[Any], peer_keys: Iterable[int]) -> api.Updates:
    """An Updates container for the caller, who is a user: peers are shown as he sees them."""
    named = peer_objects(ctx, ctx.user_id, peer_keys)
    return api.Updates(updates=list(updates), users=named.users, chats=named.chats, date=ctx.now, seq=0)


def push_channel_box(ctx: Context, box: ChannelBox, *, mentions: Mapping[int, Iterable[int]] | None = None) -> None:
    """Publish what changed in a channel's box."""
    if not box.changes:
        return
    built = build_channel(ctx, box.owner_id, box.changes, box.rows, viewer_id=ANYONE)
    push_channel(
        ctx,
        box.owner_id,
        built.updates,
        built.peer_keys,
        pts=box.pts,
        pts_count=box.pts_count,
        marks=_marks(ctx, box, built, mentions or {}),
    )
    _show_personally(ctx, box)


def _show_personally(ctx: Context, box: ChannelBox) -> None:
    """Show users who are online what a push to everybody leaves out: what they chose, what they have not seen."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for user_id, message_id in box.shown:
        wanted[user_id].add(message_id)
    online = [user_id for user_id in wanted if online_sessions(ctx, user_id)]
    for user_id, member in member_rows(ctx, box.owner_id, online).items():
        readable = [number for number in sorted(wanted[user_id]) if number > member.available_min_id]
        if member.status not in PRESENT or not readable:
            continue
        rows = load_channel_rows(ctx, {box.owner_id: readable})
        messages = channel_message_objects(ctx, user_id, list(rows.values()))
        told: list[Any] = [reactions_update(message) for message in messages if message.reactions is not None]
        told += [update for message in messages if (update := poll_update(message)) is not None]
        named = peer_objects(ctx, user_id, peers_in(messages) | {box.owner_id})
        container = api.Updates(updates=told, users=named.users, chats=named.chats, date=ctx.now, seq=0)
        push_updates(ctx, user_id, container)


def push_channel(
    ctx: Context,
    channel_key: int,
    updates: Sequence[Any],
    peer_keys: Iterable[int] = (),
    *,
    pts: int = 0,
    pts_count: int = 0,
    marks: Sequence[Mark] = (),
    forbidden: bool = False,
) -> None:
    """Publish updates for everybody in the channel who is online, but the calling session.

    ``forbidden``: the channel is no more, and is shown as channelForbidden.
    """
    keys = set(peer_keys) | {channel_key}
    container = api.Updates(
        updates=list(updates),
        users=min_user_objects(ctx, sorted(key for key in keys if is_user(key))),
        chats=[forbidden_channel(channel_key)]
        if forbidden
        else min_chat_objects(ctx, sorted(key for key in keys if not is_user(key))),
        date=ctx.now,
        seq=0,
    )
    caller = ctx.caller
    push = ChannelPush(
        channel_key,
        tl.encode(container),
        pts,
        pts_count,
        caller.auth_key_id if caller else 0,
        caller.session_id if caller else 0,
        tuple(marks),
    )
    push_to_channel(ctx, push)


def _marks(ctx: Context, box: ChannelBox, built: Built, mentions: Mapping[int, Iterable[int]]) -> list[Mark]:
    marks = [Mark(row.sender_id, row.message_id, OUT) for row in box.rows.values()]
    edited = [update.message.id for update in built.other_updates if isinstance(update, api.UpdateEditChannelMessage)]
    if edited:
        authors = load_channel_rows(ctx, {box.owner_id: edited}).values()
        marks += [Mark(row.sender_id, row.message_id, OUT) for row in authors]
        table = channel_mentions.c
        statement = sa.select(table.owner_id, table.message_id, table.unread).where(
            table.peer_key == box.owner_id, table.message_id.in_(edited)
        )
        for row in ctx.db.rows(statement.limit(MARKS_MAX)):
            marks.append(Mark(row.owner_id, row.message_id, MENTIONED | (UNSEEN if row.unread else 0)))
    marks += [
        Mark(user_id, message_id, MENTIONED | UNSEEN)
        for message_id, user_ids in mentions.items()
        for user_id in user_ids
    ]
    return marks
