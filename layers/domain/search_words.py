"""The word index: https://core.telegram.org/api/search. Which list of messages a query for words is read from.

``message_terms`` holds for each word of a box the ids of its messages in order: the list of a whole word is read from
its newest end like a history. What is being typed is the beginning of a word, so the words that begin so are looked up
first; where they are few, their lists are merged. Where hardly a message holds any of them, all of those are sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import by_index
from layers.schema import message_terms

COMMON: Final = 2_000
"""A beginning with more entries than this is common: they are not sorted."""
COUNTED: Final = 500
"""To find the rarest of a query's words each is counted up to here."""
_LISTS_MAX: Final = 8
"""So many words' lists are merged; a beginning that more words share is looked for in the chat itself."""
_READ: Final = 100
"""Entries read at a time to find out which words there are."""
LAST: Final = "\U0010ffff"
"""Follows every character that a word may go on with."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """Where the messages with a word are found: the lists of ``terms``, or all entries sorted, or nowhere (neither)."""

    terms: tuple[str, ...] = ()
    sorted: bool = False


def begins_with(word: str, columns: Any = message_terms.c, *, after: str = "") -> list[sa.ColumnElement[bool]]:
    """Conditions of the entries whose word begins so, and comes behind another that does."""
    # One lower bound: of two SQLite walks from the first.
    return [columns.term > after if after else columns.term >= word, columns.term < word + LAST]


def entries_of(owner_id: int, peer_key: int | None, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Columns of a chat's entries, or of a box's for None, looked up by their word."""
    statement = sa.select(*columns).where(message_terms.c.owner_id == owner_id)
    if peer_key is None:
        return by_index(statement, message_terms, "PRIMARY")
    statement = statement.where(message_terms.c.peer_key == peer_key)
    return by_index(statement, message_terms, "ix_message_terms_owner_id_peer_key_term")


def has_word(owner_id: int, word: str, message_id: sa.ColumnElement[int]) -> sa.Select[Any]:
    """The entry that says that a message has a word which begins so."""
    terms = message_terms.alias()
    statement: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        terms.c.owner_id == owner_id, terms.c.message_id == message_id, *begins_with(word, terms.c)
    )
    return by_index(statement, terms, "ix_message_terms_owner_id_message_id_term")


def rarest_first(ctx: Context, owner_id: int, peer_key: int | None, words: Sequence[str]) -> tuple[str, ...]:
    """The words by the number of entries that begin so; one statement, none for a single word."""
    if len(words) < 2:
        return tuple(words)
    counts = counts_of(ctx, entries_of(owner_id, peer_key, message_terms.c.message_id), words, COUNTED)
    return tuple(sorted(words, key=counts.__getitem__))


def counts_of(ctx: Context, ids: sa.Select[Any], words: Sequence[str], most: int) -> dict[str, int]:
    """For each word how many of the entries begin so, counted no further than ``most`` + 1; one statement."""
    columns = [counted(ids, word, most).label(f"word_{index}") for index, word in enumerate(words)]
    return dict(zip(words, ctx.db.rows(sa.select(*columns))[0], strict=True))


def counted(ids: sa.Select[Any], word: str, most: int) -> sa.ScalarSelect[int]:
    """The number of the entries that begin so, or ``most`` + 1."""
    entries = ids.where(*begins_with(word)).limit(most + 1).subquery()
    return sa.select(sa.func.count()).select_from(entries).scalar_subquery()


def all_entries(owner_id: int, peer_key: int | None, word: str) -> sa.FromClause:
    """The few entries (message_id, peer_key) that begin so: looked up by the word, whatever they are sorted by."""
    entries = entries_of(owner_id, peer_key, message_terms.c.message_id, message_terms.c.peer_key)
    # The limit keeps a database from walking the messages in order, looking at the words of each.
    return entries.where(*begins_with(word)).limit(2 * COMMON).subquery()


def lists_of(ctx: Context, owner_id: int, peer_key: int | None, word: str) -> WordLists:
    """Which lists hold the messages with a word that begins so; few statements whatever their length."""
    found = entries_of(owner_id, peer_key, message_terms.c.term)
    terms: list[str] = []
    read: Sequence[str] = ()
    while len(terms) <= _LISTS_MAX:
        statement = found.where(*begins_with(word, after=terms[-1] if terms else ""))
        read = ctx.db.scalars(statement.order_by(message_terms.c.term).limit(_READ))
        if not terms and len(read) < _READ:
            return WordLists(sorted=True)
        terms += dict.fromkeys(read)
        if len(read) < _READ:
            break
    if len(terms) <= _LISTS_MAX:
        return WordLists(terms=tuple(terms))
    ids = entries_of(owner_id, peer_key, message_terms.c.message_id)
    return WordLists(sorted=int(ctx.db.scalar(sa.select(counted(ids, word, COMMON)))) <= COMMON)
