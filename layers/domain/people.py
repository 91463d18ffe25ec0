"""Finding people and chats: by name among those the account knows, by public name among all.

No statement reads more than one account's own rows or a short range of the index of public names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.chats import PRESENT, ChatFlag, ChatKind
from layers.schema import chat_members, chats, contacts, dialogs, usernames, users

_DIALOGS_SEARCHED: Final = 1000
"""The latest dialogs whose people are found by name."""
_LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """Keys of people or chats: ``mine`` the account knows, ``others`` have a public name that fits."""

    mine: list[int]
    others: list[int]


def username_owner(ctx: Context, username: str) -> int | None:
    """The peer key behind a public name, whatever its case, or None."""
    owner = ctx.db.scalar(sa.select(usernames.c.peer_key).where(usernames.c.username == username.lower()))
    return None if owner is None else int(owner)


def find_people(ctx: Context, viewer_id: int, query: str, limit: int, *, bots_only: bool = False) -> Found:
    """People whose first or last name or public name begins with the words of ``query``.

    ``mine``: contacts and the people of the latest dialogs. ``others``: by public name alone.
    """
    words = query.casefold().removeprefix("@").split()
    if not words:
        return Found([], [])
    known = _known_people(ctx, viewer_id)
    mine = [row.id for row in known if (row.bot or not bots_only) and _fits(words, row)]
    others = _by_username(ctx, words[0], limit, bots_only=bots_only) if len(words) == 1 else []
    already = {*mine, viewer_id}
    return Found(mine[:limit], [user_id for user_id in others if user_id not in already])


def find_chats(ctx: Context, viewer_id: int, query: str, limit: int, *, broadcasts_only: bool = False) -> Found:
    """Chats whose title or public name begins with the words of ``query``.

    ``mine``: those the account is in. ``others``: by public name alone.
    """
    words = query.casefold().removeprefix("@").split()
    if not words:
        return Found([], [])
    kinds = [int(kind) for kind in ChatKind if kind is ChatKind.BROADCAST or not broadcasts_only]
    own = ctx.db.rows(
        sa.select(chats.c.peer_key, chats.c.title, chats.c.username)
        .join_from(chat_members, chats, chats.c.peer_key == chat_members.c.peer_key)
        .where(
            chat_members.c.user_id == viewer_id,
            chat_members.c.status.in_([int(status) for status in PRESENT]),
            chats.c.kind.in_(kinds),
            chats.c.flags.op("&")(int(ChatFlag.DEACTIVATED)) == 0,
        )
        .limit(_DIALOGS_SEARCHED)
    )
    mine = [row.peer_key for row in own if _begins(words, [*row.title.casefold().split(), row.username or ""])]
    others: Sequence[int] = []
    if len(words) == 1:
        others = ctx.db.scalars(
            sa.select(chats.c.peer_key)
            .join_from(usernames, chats, chats.c.peer_key == usernames.c.peer_key)
            .where(
                usernames.c.username >= words[0],
                usernames.c.username < words[0] + _LAST,
                chats.c.kind.in_(kinds),
                chats.c.flags.op("&")(int(ChatFlag.DEACTIVATED)) == 0,
            )
            .order_by(usernames.c.username)
            .limit(limit)
        )
    return Found(mine[:limit], [key for key in others if key not in set(mine)])


def _known_people(ctx: Context, viewer_id: int) -> list[sa.Row[Any]]:
    """People of the latest dialogs, then the other contacts; contacts under the names of the address book."""
    columns = (users.c.id, users.c.username, users.c.bot)
    book = ctx.db.rows(
        sa.select(*columns, contacts.c.first_name, contacts.c.last_name)
        .join_from(contacts, users, users.c.id == contacts.c.contact_id)
        .where(contacts.c.owner_id == viewer_id, ~users.c.deleted)
        .limit(limits.CONTACTS)
    )
    talked = ctx.db.rows(
        sa.select(*columns, users.c.first_name, users.c.last_name)
        .join_from(dialogs, users, users.c.id == dialogs.c.peer_key)
        .where(dialogs.c.owner_id == viewer_id, dialogs.c.peer_key > 0, ~users.c.deleted)
        .order_by(dialogs.c.top_message_date.desc())
        .limit(_DIALOGS_SEARCHED)
    )
    known = {row.id: row for row in talked}
    known.update((row.id, row) for row in book)
    return list(known.values())


def _by_username(ctx: Context, prefix: str, limit: int, *, bots_only: bool) -> list[int]:
    """Users whose public name begins so, in its order: an exact match first."""
    statement = (
        sa.select(users.c.id)
        .join_from(usernames, users, users.c.id == usernames.c.peer_key)
        .where(usernames.c.username >= prefix, usernames.c.username < prefix + _LAST, ~users.c.deleted)
        .order_by(usernames.c.username)
        .limit(limit)
    )
    return list(ctx.db.scalars(statement.where(users.c.bot) if bots_only else statement))


def _fits(words: Iterable[str], row: sa.Row[Any]) -> bool:
    names = [*row.first_name.casefold().split(), *row.last_name.casefold().split(), (row.username or "").casefold()]
    return _begins(words, names)


def _begins(words: Iterable[str], names: Sequence[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)
