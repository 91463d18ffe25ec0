"""Whom a message mentions: https://core.telegram.org/api/mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.boxes import Entry
from layers.schema import usernames
from tl import api


def mentioned_in(ctx: Context, entries: Sequence[Entry], reply: Any) -> list[set[int]]:
    """For each message the accounts it mentions: by name, by public name, or by answering what they wrote.

    One statement, none where no public name stands in a text.
    """
    names = [_names_in(entry.message) for entry in entries]
    wanted = set[str]().union(*names)
    known: dict[str, int] = {}
    if wanted:
        rows = ctx.db.rows(
            sa.select(usernames.c.username, usernames.c.peer_key).where(usernames.c.username.in_(wanted))
        )
        known = {row.username: row.peer_key for row in rows}
    answered = set() if reply is None else {reply.sender_id}
    return [
        answered | {known[name] for name in found if name in known} | _people_in(entry.message)
        for entry, found in zip(entries, names, strict=True)
    ]


def _names_in(message: Any) -> set[str]:
    found = set()
    for entity in getattr(message, "entities", None) or ():
        if isinstance(entity, api.MessageEntityMention):
            text = message.message.encode("utf-16-le")[2 * entity.offset : 2 * (entity.offset + entity.length)]
            found.add(text.decode("utf-16-le", "replace").removeprefix("@").lower())
    return found


def _people_in(message: Any) -> set[int]:
    entities = getattr(message, "entities", None) or ()
    return {entity.user_id for entity in entities if isinstance(entity, api.MessageEntityMentionName)}
