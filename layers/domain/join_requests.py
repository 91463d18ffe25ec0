"""Who came by which link, and who waits to be let in: https://core.telegram.org/api/invites#join-requests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import outbox
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatKind, Membership, MemberStatus
from layers.domain.members import change_chat
from layers.domain.peers import peer_of
from layers.schema import chat_invites, chat_joins, chat_members, chats, users
from tl import api

RECENT: Final = 3
"""Requesters whom updatePendingJoinRequests and a chat's page name."""
WITHOUT_LINK: Final = ""
"""The hash of those who ask to join a public group."""
_SEARCHED: Final = 200
"""Requests among which names are looked for."""


def note_join(
    ctx: Context,
    key: int,
    user_ids: Collection[int],
    hash_: str,
    *,
    approved_by: int = 0,
    via_chatlist: bool = False,
) -> None:
    """Accounts came in by a link, which is used up by that."""
    rows = [
        {
            "peer_key": key,
            "user_id": user_id,
            "hash": hash_,
            "date": ctx.now,
            "requested": False,
            "approved_by": approved_by,
            "via_chatlist": via_chatlist,
        }
        for user_id in user_ids
    ]
    upsert(ctx.db, chat_joins, rows, update=["hash", "date", "requested", "approved_by", "via_chatlist"])
    ctx.db.execute(
        sa.update(chat_invites)
        .where(chat_invites.c.hash == hash_)
        .values(usage_count=chat_invites.c.usage_count + len(rows))
    )


def ask(ctx: Context, key: int, user_id: int, hash_: str) -> None:
    """Somebody asks to be let in; who waits already goes on waiting."""
    waiting = ctx.db.scalar(
        sa.select(chat_joins.c.requested).where(chat_joins.c.peer_key == key, chat_joins.c.user_id == user_id)
    )
    if waiting:
        return
    row = {
        "peer_key": key,
        "user_id": user_id,
        "hash": hash_,
        "date": ctx.now,
        "requested": True,
        "approved_by": 0,
    }
    upsert(ctx.db, chat_joins, row, update=["hash", "date", "requested", "approved_by"])
    _count(ctx, key)
    tell_administrators(ctx, key)


def requests(
    ctx: Context, key: int, *, hash_: str | None = None, user_ids: Collection[int] | None = None
) -> Sequence[Any]:
    """Rows of those who wait, all or behind a link or among some accounts, the latest first."""
    statement = sa.select(chat_joins).where(chat_joins.c.peer_key == key, chat_joins.c.requested)
    if hash_ is not None:
        statement = statement.where(chat_joins.c.hash == hash_)
    if user_ids is not None:
        statement = statement.where(chat_joins.c.user_id.in_(user_ids))
    return ctx.db.rows(statement.order_by(chat_joins.c.date.desc(), chat_joins.c.user_id.desc()).limit(_SEARCHED))


def drop_requests(ctx: Context, key: int, user_ids: Collection[int]) -> None:
    """Requests that were declined, or whose accounts came in another way."""
    ctx.db.execute(
        sa.delete(chat_joins).where(
            chat_joins.c.peer_key == key, chat_joins.c.user_id.in_(user_ids), chat_joins.c.requested
        )
    )


def settle_requests(ctx: Context, key: int) -> None:
    """Count anew after requests were answered, and tell the administrators."""
    _count(ctx, key)
    tell_administrators(ctx, key)


def _count(ctx: Context, key: int) -> None:
    waiting = (
        sa.select(sa.func.count())
        .select_from(chat_joins)
        .where(chat_joins.c.peer_key == key, chat_joins.c.requested)
        .scalar_subquery()
    )
    change_chat(ctx, key, pending_count=waiting)


def pending(ctx: Context, key: int) -> tuple[int, list[int]]:
    """(how many wait, the latest of them)."""
    count = ctx.db.scalar(sa.select(chats.c.pending_count).where(chats.c.peer_key == key))
    if not count:
        return 0, []
    recent = ctx.db.scalars(
        sa.select(chat_joins.c.user_id)
        .where(chat_joins.c.peer_key == key, chat_joins.c.requested)
        .order_by(chat_joins.c.date.desc(), chat_joins.c.user_id.desc())
        .limit(RECENT)
    )
    return int(count), list(recent)


def pending_update(ctx: Context, key: int) -> api.UpdatePendingJoinRequests:
    """How many wait, for the administrators."""
    count, recent = pending(ctx, key)
    return api.UpdatePendingJoinRequests(peer=peer_of(key), requests_pending=count, recent_requesters=recent)


def tell_administrators(ctx: Context, key: int) -> None:
    """Tell those who may let people in, through their outboxes: they are few, in channels too."""
    rows = ctx.db.rows(
        sa.select(chat_members.c.user_id, chat_members.c.status, chat_members.c.admin_rights, chats.c.kind)
        .join_from(chat_members, chats, chats.c.peer_key == chat_members.c.peer_key)
        .where(
            chat_members.c.peer_key == key,
            chat_members.c.status.in_([int(MemberStatus.ADMIN), int(MemberStatus.CREATOR)]),
        )
    )
    told = [
        row.user_id
        for row in rows
        if row.status == MemberStatus.CREATOR
        or row.kind == ChatKind.BASIC
        or row.admin_rights & AdminRight.INVITE_USERS
    ]
    outbox.post_each(ctx, told, outbox.announce(pending_update(ctx, key)))


def importer_page(
    ctx: Context,
    member: Membership,
    *,
    hash_: str | None,
    requested: bool,
    words: str,
    after: tuple[int, int] | None,
    limit: int,
) -> tuple[int, Sequence[Any]]:
    """(how many there are, rows with the users' ``about``) of those who came by a link, or wait; the latest first."""
    where = [chat_joins.c.peer_key == member.key, chat_joins.c.requested == requested]
    if hash_ is not None:
        where.append(chat_joins.c.hash == hash_)
    statement = (
        sa.select(chat_joins, users.c.about, users.c.first_name, users.c.last_name, users.c.username)
        .join_from(chat_joins, users, users.c.id == chat_joins.c.user_id)
        .where(*where)
        .order_by(chat_joins.c.date.desc(), chat_joins.c.user_id.desc())
    )
    if words:
        found = [row for row in ctx.db.rows(statement.limit(_SEARCHED)) if _fits(words, row)]
        return len(found), [row for row in found if after is None or (row.date, row.user_id) < after][:limit]
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(chat_joins).where(*where))
    if after is not None:
        date, user_id = after
        earlier = sa.and_(chat_joins.c.date == date, chat_joins.c.user_id < user_id)
        statement = statement.where(sa.or_(chat_joins.c.date < date, earlier))
    return int(count), ctx.db.rows(statement.limit(limit))


def _fits(words: str, row: Any) -> bool:
    names = [*f"{row.first_name} {row.last_name}".casefold().split(), (row.username or "").casefold()]
    return all(any(name.startswith(word) for name in names) for word in words.casefold().split())
