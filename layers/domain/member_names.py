"""The names of a channel's members, by word: https://core.telegram.org/constructor/channelParticipantsSearch.

Written when somebody comes in and when he changes his name; whether he is still there is asked when the index is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain.search import there_is
from layers.domain.search_words import LAST
from layers.domain.tags import words
from layers.schema import chat_members, member_names, users

_CHANNELS_BELOW: Final = -(10**12)


def note_names(ctx: Context, channel_key: int, user_ids: Collection[int]) -> None:
    """Accounts came into a channel; two statements, whatever their number."""
    _note(ctx, [(channel_key, user_id) for user_id in user_ids if user_id > 0])


def renamed(ctx: Context, user_id: int) -> None:
    """An account has another name: it is found by that in its channels, of which it has a bounded number."""
    forget_names(ctx, user_id)
    keys = ctx.db.scalars(
        sa.select(chat_members.c.peer_key).where(
            chat_members.c.user_id == user_id, chat_members.c.peer_key < _CHANNELS_BELOW
        )
    )
    _note(ctx, [(key, user_id) for key in keys])


def forget_names(ctx: Context, user_id: int) -> None:
    """An account is found nowhere by its name."""
    ctx.db.execute(sa.delete(member_names).where(member_names.c.user_id == user_id))


def _note(ctx: Context, places: Sequence[tuple[int, int]]) -> None:
    if not places:
        return
    named = ctx.db.rows(
        sa.select(users.c.id, users.c.first_name, users.c.last_name).where(
            users.c.id.in_({user_id for _, user_id in places})
        )
    )
    terms = {row.id: words(f"{row.first_name} {row.last_name}") for row in named}
    values = [
        {"peer_key": key, "term": term, "user_id": user_id}
        for key, user_id in places
        for term in terms.get(user_id, ())
    ]
    if values:
        insert_ignore(ctx.db, member_names, values)


def begins(channel_key: int, word: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Entries of a channel that begin with the word, along the index."""
    table = member_names.c
    return table.peer_key == channel_key, table.term >= word, table.term < word + LAST


def named(channel_key: int, query: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """What rows of `chat_members` of the channel are narrowed by, so that each word begins one of a member's names."""
    conditions = []
    for word in query:
        other = member_names.alias()
        conditions.append(
            there_is(
                other.c.peer_key == channel_key,
                other.c.user_id == chat_members.c.user_id,
                other.c.term >= word,
                other.c.term < word + LAST,
            )
        )
    return conditions
