"""What the operator looks up and does from the command line: users, their sessions, messages to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import outbox, phones, sessions
from layers.domain.peers import SERVICE_USER_ID
from layers.errors import ConfigurationError
from layers.schema import auth_keys, authorizations, bans, box_states, contents, usernames, users
from layers.schema import outbox as outbox_table
from tl import api

BROADCAST_BATCH: Final = 500
"""Accounts told in one transaction."""

_LIKE_ESCAPE: Final = "!"


def find_user(ctx: Context, text: str) -> int:
    """The account that ``12345`` (id), ``@name`` or ``+49…`` means.

    Raises:
        ConfigurationError: there is none.
    """
    text = text.strip()
    condition = users.c.id == int(text) if text.isascii() and text.isdecimal() else None
    if text.startswith("+") and (phone := phones.normalise(text)) is not None:
        condition = users.c.phone == phone
    elif text.startswith("@"):
        condition = (
            users.c.id
            == sa.select(usernames.c.peer_key).where(usernames.c.username == text[1:].lower()).scalar_subquery()
        )
    found = None if condition is None else ctx.db.scalar(sa.select(users.c.id).where(condition))
    if found is None:
        raise ConfigurationError(f"no user {text!r}: give an id, @username or +phone")
    return int(found)


def _summary() -> sa.Select[Any]:
    count = (
        sa.select(sa.func.count())
        .where(authorizations.c.user_id == users.c.id, authorizations.c.exported_from.is_(None))
        .scalar_subquery()
    )
    return sa.select(
        users.c.id,
        users.c.phone,
        users.c.first_name,
        users.c.last_name,
        users.c.username,
        users.c.created_at,
        users.c.last_seen,
        users.c.bot,
        users.c.deleted,
        count.label("sessions"),
        bans.c.banned_at,
        bans.c.until,
        bans.c.reason,
    ).outerjoin_from(users, bans, bans.c.user_id == users.c.id)


def list_users(ctx: Context, *, search: str | None, after: int, limit: int) -> Sequence[Any]:
    """Accounts by id from ``after`` on; ``search``: the beginning of a name, username or number."""
    statement = _summary().where(users.c.id > after, users.c.id != SERVICE_USER_ID).order_by(users.c.id).limit(limit)
    if search:
        escaped = "".join(_LIKE_ESCAPE + char if char in "%_!" else char for char in search.lstrip("@+").lower())
        columns = (users.c.first_name, users.c.last_name, users.c.username, users.c.phone)
        matches = [sa.func.lower(column).like(f"{escaped}%", escape=_LIKE_ESCAPE) for column in columns]
        statement = statement.where(sa.or_(*matches))
    return ctx.db.rows(statement)


def show_user(ctx: Context, user_id: int) -> Any:
    """One account as in `list_users`, with the number of messages in its box."""
    boxes = sa.select(box_states.c.last_message_id).where(box_states.c.owner_id == users.c.id).scalar_subquery()
    return ctx.db.first(_summary().add_columns(boxes.label("last_message_id")).where(users.c.id == user_id))


def list_sessions(ctx: Context, user_id: int) -> Sequence[Any]:
    """The devices of an account, the most recently active first."""
    joined = authorizations.outerjoin(auth_keys, auth_keys.c.auth_key_id == authorizations.c.auth_key_id)
    columns = (auth_keys.c.device_model, auth_keys.c.system_version, auth_keys.c.app_version, auth_keys.c.layer)
    return ctx.db.rows(
        sa.select(authorizations, *columns)
        .select_from(joined)
        .where(authorizations.c.user_id == user_id, authorizations.c.exported_from.is_(None))
        .order_by(authorizations.c.date_active.desc(), authorizations.c.hash)
    )


def end_sessions(ctx: Context, user_id: int, hash_: int | None) -> int:
    """End one session of an account, or all; how many there were.

    Raises:
        ConfigurationError: no session has that hash.
    """
    if hash_ is None:
        count = len(list_sessions(ctx, user_id))
        sessions.end_all(ctx, user_id)
        return count
    key = ctx.db.scalar(
        sa.select(authorizations.c.auth_key_id).where(
            authorizations.c.user_id == user_id, authorizations.c.hash == hash_
        )
    )
    if key is None:
        raise ConfigurationError(f"user {user_id} has no session {hash_}")
    sessions.end_keys(ctx, user_id, [int(key)])
    return 1


def _told() -> tuple[sa.ColumnElement[bool], ...]:
    return (~users.c.deleted, ~users.c.bot, users.c.id != SERVICE_USER_ID)


def count_told(ctx: Context, after: int) -> int:
    """How many accounts a broadcast has before it."""
    return int(ctx.db.scalar(sa.select(sa.func.count()).select_from(users).where(users.c.id > after, *_told())) or 0)


def broadcast_batch(ctx: Context, text: str, after: int) -> list[int]:
    """Put a message of the service account into the boxes of the next accounts; their ids, the last of them to go on.

    Each has a content of its own: deleting it must not touch what others have.
    """
    ids = list(
        ctx.db.scalars(
            sa.select(users.c.id).where(users.c.id > after, *_told()).order_by(users.c.id).limit(BROADCAST_BATCH)
        )
    )
    if not ids:
        return []
    message = api.Message(id=0, peer_id=api.PeerUser(user_id=SERVICE_USER_ID), date=ctx.now, message=text)
    encoded = tl.encode(message)
    first = ctx.random_id()
    content_ids = {user_id: first + index for index, user_id in enumerate(ids)}
    said = {"sender_id": SERVICE_USER_ID, "date": ctx.now, "message": encoded}
    ctx.db.execute(sa.insert(contents), [{"content_id": content_id, **said} for content_id in content_ids.values()])
    operations = [
        {
            "owner_id": user_id,
            "date": ctx.now,
            "operation": outbox.encode(outbox.Deliver(content_id=content_id, peer_key=SERVICE_USER_ID)),
        }
        for user_id, content_id in content_ids.items()
    ]
    ctx.db.execute(sa.insert(outbox_table), operations)
    for user_id in ids:
        ctx.after_commit(lambda user_id=user_id: outbox.wake(ctx, user_id))  # type: ignore[misc]
    return ids
