"""Drafts: https://core.telegram.org/api/drafts.

A draft belongs to an account and a chat, or one of the chat's topics or comment threads; it is kept until it is
replaced, emptied, or its message is sent with ``clear_draft``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain.chats import peer_objects
from layers.domain.peers import peer_of
from layers.push import online_sessions, push_updates
from layers.schema import drafts
from tl import api

DRAFTS_MAX: Final = 1000
"""Drafts that messages.getAllDrafts answers, the latest."""


def clear_draft(ctx: Context, peer_key: int, thread_id: int = 0) -> bool:
    """Drop the caller's draft for a peer, or for one of its threads, and tell the other devices.

    False when there was none.
    """
    deleted = ctx.db.execute(sa.delete(drafts).where(*_place(ctx.user_id, peer_key, thread_id))).rowcount
    if deleted:
        # Part of each send with clear_draft: no users, the devices know the chat in which they have a draft.
        update = _update(peer_key, thread_id, api.DraftMessageEmpty(date=ctx.now))
        push_updates(ctx, ctx.user_id, api.UpdateShort(update=update, date=ctx.now))
    return bool(deleted)


def _place(owner_id: int, peer_key: int, thread_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return drafts.c.owner_id == owner_id, drafts.c.peer_key == peer_key, drafts.c.top_msg_id == thread_id


def save_draft(ctx: Context, peer_key: int, draft: api.DraftMessage, thread_id: int = 0) -> None:
    """Replace the caller's draft for a peer, or for one of its threads, and tell the other devices.

    The same draft again changes nothing.
    """
    stored = ctx.db.scalar(sa.select(drafts.c.draft).where(*_place(ctx.user_id, peer_key, thread_id)))
    if stored is not None and _same(cast("api.DraftMessage", tl.decode(stored)), draft):
        return
    values = {
        "owner_id": ctx.user_id,
        "peer_key": peer_key,
        "top_msg_id": thread_id,
        "draft": tl.encode(draft),
        "date": draft.date,
    }
    upsert(ctx.db, drafts, values, update=("draft", "date"))
    _push(ctx, [(peer_key, thread_id, draft)])


def _same(stored: api.DraftMessage, draft: api.DraftMessage) -> bool:
    date, stored.date = stored.date, draft.date
    same = tl.encode(stored) == tl.encode(draft)
    stored.date = date
    return same


def read_drafts(ctx: Context, owner_id: int, peer_keys: Collection[int]) -> dict[int, api.DraftMessage]:
    """The account's drafts for these peers, by peer, those for threads left out; one statement."""
    if not peer_keys:
        return {}
    rows = ctx.db.rows(
        sa.select(drafts.c.peer_key, drafts.c.draft).where(
            drafts.c.owner_id == owner_id, drafts.c.peer_key.in_(list(peer_keys)), drafts.c.top_msg_id == 0
        )
    )
    return {row.peer_key: cast("api.DraftMessage", tl.decode(row.draft)) for row in rows}


def thread_drafts(ctx: Context, peer_key: int, thread_ids: Collection[int]) -> dict[int, api.DraftMessage]:
    """The caller's drafts for topics of a forum, by topic; one statement."""
    rows = ctx.db.rows(
        sa.select(drafts.c.top_msg_id, drafts.c.draft).where(
            drafts.c.owner_id == ctx.user_id,
            drafts.c.peer_key == peer_key,
            drafts.c.top_msg_id.in_(list(thread_ids)),
        )
    )
    return {row.top_msg_id: cast("api.DraftMessage", tl.decode(row.draft)) for row in rows}


def all_drafts(ctx: Context) -> api.Updates:
    """An updateDraftMessage for each of the caller's drafts, the latest first."""
    rows = ctx.db.rows(
        sa.select(drafts.c.peer_key, drafts.c.top_msg_id, drafts.c.draft)
        .where(drafts.c.owner_id == ctx.user_id)
        .order_by(drafts.c.date.desc(), drafts.c.peer_key, drafts.c.top_msg_id)
        .limit(DRAFTS_MAX)
    )
    return _updates(ctx, [(row.peer_key, row.top_msg_id, tl.decode(row.draft)) for row in rows])


def clear_all_drafts(ctx: Context) -> None:
    """Drop every draft of the caller and tell the other devices."""
    places = ctx.db.rows(sa.select(drafts.c.peer_key, drafts.c.top_msg_id).where(drafts.c.owner_id == ctx.user_id))
    if not places:
        return
    ctx.db.execute(sa.delete(drafts).where(drafts.c.owner_id == ctx.user_id))
    _push(ctx, [(row.peer_key, row.top_msg_id, api.DraftMessageEmpty(date=ctx.now)) for row in places])


def _push(ctx: Context, changed: Sequence[tuple[int, int, Any]]) -> None:
    if online_sessions(ctx, ctx.user_id):
        push_updates(ctx, ctx.user_id, _updates(ctx, changed))


def _updates(ctx: Context, changed: Sequence[tuple[int, int, Any]]) -> api.Updates:
    named = peer_objects(ctx, ctx.user_id, [peer_key for peer_key, _, _ in changed])
    return api.Updates(
        updates=[_update(*item) for item in changed],
        users=named.users,
        chats=named.chats,
        date=ctx.now,
        seq=0,
    )


def _update(peer_key: int, thread_id: int, draft: Any) -> api.UpdateDraftMessage:
    return api.UpdateDraftMessage(peer=peer_of(peer_key), top_msg_id=thread_id or None, draft=draft)
