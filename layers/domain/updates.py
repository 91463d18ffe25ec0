"""The one builder of updates: pushes, answers to senders and differences are made here from the same changes.

https://core.telegram.org/api/updates. A client that applied the pushes therefore holds what a difference would have
given it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import by_index
from layers.domain.boxes import Box, Change
from layers.domain.chats import peer_objects
from layers.domain.messages import BoxFlag, load_rows, message_objects, peers_in, select_messages
from layers.domain.peers import chat_key, peer_key
from layers.domain.secret_messages import FIRST_QTS
from layers.domain.web_pages import read_pages
from layers.push import online_sessions, push_advance, push_updates
from layers.schema import box_states, boxes, dialogs, events, secret_queues
from tl import api

_PEER_FIELDS: Final = ("peer", "from_id")
_USER_FIELDS: Final = ("user_id", "inviter_id")
_STATE: Final = (
    sa.select(box_states.c.pts, secret_queues.c.qts)
    .outerjoin_from(
        box_states,
        secret_queues,
        (secret_queues.c.user_id == box_states.c.owner_id)
        & (secret_queues.c.auth_key_id == sa.bindparam("auth_key_id")),
    )
    .where(box_states.c.owner_id == sa.bindparam("owner"))
)


@dataclass(frozen=True, slots=True)
class Built:
    """Updates in pts order, split as a difference needs them, and the keys of users and chats they mention."""

    new_messages: list[Any]
    other_updates: list[Any]
    updates: list[Any]
    peer_keys: set[int]


def build(ctx: Context, owner_id: int, changes: Sequence[Change], rows: Mapping[int, Any] | None = None) -> Built:
    """Turn changes of a box into updates as its owner sees them.

    ``rows`` are message rows the caller has at hand; others are read in one query. A message that was deleted since is
    in no difference; among pushed updates its deletion stands in for it, so that there is no gap in the pts.
    """
    at_hand = dict(rows or {})
    wanted = {_message_id(change) for change in changes} - {0} - at_hand.keys()
    at_hand.update(load_rows(ctx, owner_id, sorted(wanted)))
    shown_ids = [message_id for message_id in {_message_id(change) for change in changes} if message_id in at_hand]
    objects = dict(
        zip(shown_ids, message_objects(ctx, owner_id, [at_hand[message_id] for message_id in shown_ids]), strict=True)
    )
    pages = pages_of(ctx, owner_id, changes)
    new_messages: list[Any] = []
    other_updates: list[Any] = []
    updates: list[Any] = []
    peer_keys: set[int] = set()
    for change in changes:
        message_id = _message_id(change)
        message: Any = None
        if message_id:
            message = objects.get(message_id)
            if message is None:
                updates.append(
                    api.UpdateDeleteMessages(messages=[message_id], pts=change.pts, pts_count=change.pts_count)
                )
                continue
            peer_keys |= peers_in([message])
        if change.update is None:
            new_messages.append(message)
            updates.append(api.UpdateNewMessage(message=message, pts=change.pts, pts_count=change.pts_count))
            continue
        update: Any = change.update
        if message is not None:
            shown = beside(update, message)
            # An update without a pts says what changed; the edit gives it its place in the sequence.
            edit = api.UpdateEditMessage(message=message, pts=change.pts, pts_count=change.pts_count)
            told = [edit] if shown is None else [shown, edit]
        else:
            peer_keys |= _peers_of(update)
            told = [with_page(update, pages)]
        other_updates += told
        updates += told
    return Built(new_messages, other_updates, updates, peer_keys)


def build_box(ctx: Context, box: Box) -> Built:
    """What a box's owner is told of this unit of work: its notices, then its changes."""
    built = build(ctx, box.owner_id, box.changes, box.rows)
    for update in box.notices:
        built.peer_keys.update(_peers_of(update))
    built.updates[:0] = box.notices
    return built


def _message_id(change: Change) -> int:
    match change.update:
        case None:
            return change.message_id
        case api.UpdateEditMessage():
            return change.update.message.id
        case api.UpdateMessageReactions() | api.UpdateMessagePoll():
            return change.update.msg_id or 0
        case _:
            return 0


def pages_of(ctx: Context, viewer_key: int, changes: Sequence[Change]) -> dict[int, Any]:
    """The pages that changes say were fetched, by id; no statement where there is none."""
    kinds = (api.UpdateWebPage, api.UpdateChannelWebPage)
    told: list[Any] = [change.update.webpage for change in changes if isinstance(change.update, kinds)]
    return read_pages(ctx, viewer_key, [page.id for page in told])


def with_page(update: Any, pages: Mapping[int, Any]) -> Any:
    """An update about a page with the page as it is now; any other as it is."""
    if isinstance(update, api.UpdateWebPage | api.UpdateChannelWebPage):
        placeholder: Any = update.webpage
        update.webpage = pages.get(placeholder.id, placeholder)
    return update


def beside(recorded: Any, message: Any) -> Any:
    """The update of reactions or of a poll that an event stands for, with what there is now."""
    if isinstance(recorded, api.UpdateMessageReactions):
        return reactions_update(message)
    if isinstance(recorded, api.UpdateMessagePoll):
        return poll_update(message)
    return None


def reactions_update(message: Any) -> api.UpdateMessageReactions:
    """What clients are told of a message's reactions."""
    reactions = message.reactions or api.MessageReactions(results=[])
    return api.UpdateMessageReactions(
        peer=message.peer_id, msg_id=message.id, saved_peer_id=message.saved_peer_id, reactions=reactions
    )


def poll_update(message: Any, known_hash: int = 0) -> api.UpdateMessagePoll | None:
    """What clients are told of a message's poll; without the poll itself where the client knows it by its hash."""
    media = message.media
    if not isinstance(media, api.MessageMediaPoll):
        return None
    return api.UpdateMessagePoll(
        peer=message.peer_id,
        msg_id=message.id,
        poll_id=media.poll.id,
        poll=None if known_hash and known_hash == media.poll.hash else media.poll,
        results=media.results,
    )


def _peers_of(update: Any) -> set[int]:
    peers = [getattr(update, name, None) for name in _PEER_FIELDS]
    peers += [item.peer for item in getattr(update, "folder_peers", ())]
    found = {peer_key(peer) for peer in peers if peer is not None}
    found |= {user_id for name in _USER_FIELDS if (user_id := getattr(update, name, None))}
    participants = getattr(update, "participants", None)
    if isinstance(participants, api.ChatParticipants):
        found.add(chat_key(participants.chat_id))
        for item in participants.participants:
            found |= {item.user_id, getattr(item, "inviter_id", item.user_id)}
    elif getattr(update, "chat_id", None):
        found.add(chat_key(update.chat_id))
    found |= set(getattr(update, "recent_requesters", ()))
    return found


def with_present_reads(ctx: Context, owner_id: int, updates: Sequence[Any], pts: int) -> list[Any]:
    """A difference's other updates, such that unread counts come out right although new messages are applied first.

    Of each chat's updateReadHistoryInbox only the last is kept, behind everything else, with what is unread when the
    difference ends at ``pts``; its count as of the reading would hide what came later.
    """
    reads = {peer_key(update.peer): update for update in updates if isinstance(update, api.UpdateReadHistoryInbox)}
    if not reads:
        return list(updates)
    unread = ctx.db.rows(
        sa.select(dialogs.c.peer_key, dialogs.c.unread_count).where(
            dialogs.c.owner_id == owner_id, dialogs.c.peer_key.in_(list(reads))
        )
    )
    later = ctx.db.rows(
        sa.select(boxes.c.peer_key, sa.func.count().label("count"))
        .where(
            boxes.c.owner_id == owner_id,
            boxes.c.pts > pts,
            boxes.c.peer_key.in_(list(reads)),
            boxes.c.flags.op("&")(int(BoxFlag.OUT)) == 0,
        )
        .group_by(boxes.c.peer_key)
    )
    newer = {row.peer_key: row.count for row in later}
    for row in unread:
        reads[row.peer_key].still_unread_count = max(0, row.unread_count - newer.get(row.peer_key, 0))
    rest = [update for update in updates if not isinstance(update, api.UpdateReadHistoryInbox)]
    return [*rest, *reads.values()]


def container(ctx: Context, owner_id: int, built: Built, *, first: Iterable[Any] = ()) -> api.Updates:
    """An ``updates`` container: ``first`` (updateMessageID …) precedes what was built; seq 0 = unordered."""
    named = peer_objects(ctx, owner_id, built.peer_keys)
    return api.Updates(
        updates=[*first, *built.updates],
        users=named.users,
        chats=named.chats,
        date=ctx.now,
        seq=0,
    )


def push_box(ctx: Context, box: Box, built: Built | None = None) -> None:
    """Send what changed in a box to its owner's sessions (but the calling one).

    Where no other session is online, nodes are only told how far the pts moved.
    """
    if not box.changes and not box.notices:
        return
    if not online_sessions(ctx, box.owner_id):
        if box.changes:
            push_advance(ctx, box.owner_id, box.pts, box.pts_count)
        return
    built = built or build_box(ctx, box)
    pts = box.pts if box.changes else 0
    push_updates(ctx, box.owner_id, container(ctx, box.owner_id, built), pts=pts, pts_count=box.pts_count)


def answer_and_push(ctx: Context, box: Box, *, first: Sequence[Any] = ()) -> api.Updates:
    """The caller's answer, and the same updates for the other sessions of the account."""
    built = build_box(ctx, box)
    push_box(ctx, box, built)
    return container(ctx, box.owner_id, built, first=first)


def merged(*answers: api.Updates) -> api.Updates:
    """Several answers of one call as one; each user and chat stands in it once."""
    users = {user.id: user for answer in answers for user in answer.users}
    # A group and a channel may have the same id.
    chats = {(type(chat), chat.id): chat for answer in answers for chat in answer.chats}
    return api.Updates(
        updates=[update for answer in answers for update in answer.updates],
        users=list(users.values()),
        chats=list(chats.values()),
        date=answers[-1].date,
        seq=0,
    )


def notices(ctx: Context, owner_id: int, updates: Sequence[Any]) -> api.Updates:
    """A container of updates without a place in the sequence."""
    named: set[int] = set().union(*(_peers_of(update) for update in updates))
    return container(ctx, owner_id, Built([], list(updates), list(updates), named))


def state(ctx: Context, *, pts: int | None = None) -> api.updates.State:
    """updates.state now, or at an earlier ``pts`` of the same box; ``qts`` is the calling device's own."""
    row = ctx.db.first(_STATE, {"owner": ctx.user_id, "auth_key_id": ctx.origin.auth_key_id})
    unread = ctx.db.scalar(
        sa.select(sa.func.count())
        .select_from(dialogs)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.unread_count > 0)
    )
    if row is None:
        raise LookupError(f"account {ctx.user_id} has no box")
    return api.updates.State(
        pts=row.pts if pts is None else pts,
        qts=row.qts or FIRST_QTS,
        date=ctx.now,
        seq=0,
        unread_count=unread or 0,
    )


def changes_after(ctx: Context, owner_id: int, pts: int, limit: int) -> tuple[list[Change], dict[int, Any], bool]:
    """Changes of a box after ``pts`` in order, with the rows of new messages; True when ``limit`` cut them off."""
    arrived = by_index(select_messages(owner_id), boxes, "ix_boxes_owner_id_pts")
    new = ctx.db.rows(arrived.where(boxes.c.pts > pts).order_by(boxes.c.pts).limit(limit + 1))
    recorded = ctx.db.rows(
        sa.select(events.c.pts, events.c.pts_count, events.c.update)
        .where(events.c.owner_id == owner_id, events.c.pts > pts)
        .order_by(events.c.pts)
        .limit(limit + 1)
    )
    changes = [Change(row.pts, 1, message_id=row.message_id) for row in new]
    changes += [Change(row.pts, row.pts_count, update=tl.decode(row.update)) for row in recorded]
    changes.sort(key=lambda change: change.pts)
    return changes[:limit], {row.message_id: row for row in new}, len(changes) > limit
