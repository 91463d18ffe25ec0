"""Searching messages by words and by kind: https://core.telegram.org/api/search.

A message is found when each word of the query begins one of its words, so that results appear while the query is being
typed. Words are looked up in ``message_terms``, kinds in ``message_tags``: no text is ever scanned.

A search walks a list of message ids that an index holds in order (a word's messages, a kind's, a thread's, the chat's
own) from the newest, with conditions on each that an index answers. The result is counted among the newest entries of
the list alone; beyond them the count is inexact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import by_index
from layers.domain.history import first_id_since, in_dialog
from layers.domain.messages import BoxFlag
from layers.domain.search_words import WordLists, all_entries, entries_of, has_word, lists_of, rarest_first
from layers.domain.shown_senders import shown_as
from layers.domain.tags import FILTERS, Tag, words
from layers.errors import bad_request
from layers.schema import (
    boxes,
    dialogs,
    message_tag_counts,
    message_tags,
    message_terms,
    saved_messages,
    saved_tags,
    shown_senders,
    thread_messages,
)
from tl import api

QUERY_LENGTH_MAX: Final = 1024
WORDS_MAX: Final = 8
"""Words of a query that are looked for; further ones are ignored."""
COUNT_MAX: Final = 1_000
"""Entries of a list are counted up to here."""
EXAMINED_MAX: Final = 500
"""Where each entry has conditions to meet, so many are examined for the count."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for in one account's box; ``peer_key`` None = everywhere.

    ``tags`` None = messages of every kind, empty = a kind that this box cannot hold. ``above_id`` and ``below_id``
    stand for the dates that were asked for; 0 = open.
    """

    owner_id: int
    peer_key: int | None = None
    words: tuple[str, ...] = ()
    tags: tuple[Tag, ...] | None = None
    sender_id: int | None = None
    shown_sender: int | None = None
    """The channel, or the group itself, that messages of a supergroup show as their sender."""
    above_id: int = 0
    below_id: int = 0
    users_only: bool = False
    groups_only: bool = False
    folder_id: int | None = None
    thread_id: int = 0
    """The thread or topic of a channel that is searched; 0 = all of it."""
    origin: int | None = None
    """Within Saved Messages: the chat that the message was saved from."""
    saved_reactions: tuple[str, ...] = ()
    """Within Saved Messages: tags (`reaction_summaries.reaction_text`), all of which the message has."""
    impossible: bool = False
    """The query cannot match: text without a word in it, or a kind of message that does not exist here."""
    lists: WordLists = field(default=WordLists())
    """Where messages with the first word are found; `prepare` looks it up."""


def tags_of_filter(filter: api.TypeMessagesFilter) -> tuple[Tag, ...] | None:
    """The tags of which a message must have one; None for inputMessagesFilterEmpty, which takes every message.

    Raises:
        RpcError: INPUT_FILTER_INVALID.
    """
    if isinstance(filter, api.InputMessagesFilterEmpty):
        return None
    tags = FILTERS.get(filter.TL_NAME)
    if tags is None:
        raise bad_request("INPUT_FILTER_INVALID")
    return tags


def query_words(text: str) -> tuple[str, ...]:
    """The words of a query."""
    return tuple(words(text[:QUERY_LENGTH_MAX])[:WORDS_MAX])


def prepare(ctx: Context, query: Query, *, min_date: int = 0, max_date: int = 0) -> Query:
    """Turn dates into ids, put the rarest word first and find the lists that hold it."""
    above_id, below_id = query.above_id, query.below_id
    if min_date > 0:
        above_id = max(above_id, first_id_since(ctx, query.owner_id, min_date + 1, peer_key=query.peer_key) - 1)
    if max_date > 0:
        below_id = first_id_since(ctx, query.owner_id, max_date, peer_key=query.peer_key)
    words, lists = query.words, WordLists()
    if words:
        words = rarest_first(ctx, query.owner_id, query.peer_key, words)
        lists = lists_of(ctx, query.owner_id, query.peer_key, words[0])
    return replace(
        query,
        words=words,
        above_id=above_id,
        below_id=below_id,
        impossible=query.impossible or (query.tags is not None and not query.tags),
        lists=lists,
    )


@dataclass(frozen=True, slots=True)
class _List:
    """Ids in order (``statement``, by ``message_id``), the chats they are in, and what each has yet to fulfil."""

    statement: sa.Select[Any]
    message_id: sa.ColumnElement[int]
    peer_key: sa.ColumnElement[int]
    rest: Query


def branches_of(query: Query) -> list[sa.Select[Any]]:
    """The prepared query as lists of message ids, for `layers.domain.history.slice_ids`."""
    return [item.statement.where(*_conditions(item.rest, item.message_id, item.peer_key)) for item in _lists_of(query)]


def _lists_of(query: Query) -> list[_List]:
    if query.impossible:
        return []
    rest: dict[str, Any] = {"above_id": 0, "below_id": 0}
    if query.words and query.lists.sorted:
        rest["words"] = query.words[1:]
        # Several words of a message may begin alike.
        entries = all_entries(query.owner_id, query.peer_key, query.words[0])
        statements = [sa.select(entries.c.message_id).distinct()]
        columns: Any = entries.c
    elif query.tags is not None:
        rest["tags"] = None
        statements = [_tagged(query, tag) for tag in query.tags]
        columns = message_tags.c
    elif query.words and query.lists.terms:
        rest["words"] = query.words[1:]
        ids = entries_of(query.owner_id, query.peer_key, message_terms.c.message_id)
        statements = [ids.where(message_terms.c.term == term) for term in query.lists.terms]
        columns = message_terms.c
    elif query.saved_reactions:
        rest["saved_reactions"] = query.saved_reactions[1:]
        statements = [_listed(query, saved_tags, saved_tags.c.reaction == query.saved_reactions[0])]
        columns = saved_tags.c
    elif query.origin is not None:
        rest["origin"] = None
        statements = [_listed(query, saved_messages, saved_messages.c.saved_peer_key == query.origin)]
        columns = saved_messages.c
    elif query.shown_sender is not None:
        rest["shown_sender"] = None
        statements = [shown_as(query.owner_id, query.shown_sender)]
        columns = shown_senders.c
    elif query.thread_id:
        rest["thread_id"] = 0
        statements = [_listed(query, thread_messages, thread_messages.c.thread_id == query.thread_id)]
        columns = thread_messages.c
    else:
        # The walk itself goes along the index of the sender's messages.
        rest["sender_id"] = None
        statements = [_entries(query)]
        columns = boxes.c
    # What names no chat stands in a box that is one: Saved Messages, a channel.
    peer_key = columns.peer_key if "peer_key" in columns else columns.owner_id
    column = columns.message_id
    bounds = [column > query.above_id] * bool(query.above_id) + [column < query.below_id] * bool(query.below_id)
    return [_List(statement.where(*bounds), column, peer_key, replace(query, **rest)) for statement in statements]


def _listed(query: Query, table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(table.c.message_id).where(table.c.owner_id == query.owner_id, *where)


def _in_chat(query: Query, table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    chat = [] if query.peer_key is None else [table.c.peer_key == query.peer_key]
    return _listed(query, table, *chat, *where)


def _entries(query: Query) -> sa.Select[Any]:
    if query.sender_id is None or query.peer_key is None:
        entries = in_dialog(query.owner_id, query.peer_key, boxes.c.message_id)
        return entries if query.sender_id is None else entries.where(*_from(query, query.sender_id, boxes.c))
    theirs = _from(query, query.sender_id, boxes.c)
    return by_index(_in_chat(query, boxes, *theirs), boxes, "ix_boxes_owner_id_sender_id_peer_key")


def _tagged(query: Query, tag: Tag) -> sa.Select[Any]:
    index = "ix_message_tags_owner_id_tag_message_id" if query.peer_key is None else "PRIMARY"
    return by_index(_in_chat(query, message_tags, message_tags.c.tag == int(tag)), message_tags, index)


def _conditions(
    query: Query, column: sa.ColumnElement[int], peer: sa.ColumnElement[int]
) -> list[sa.ColumnElement[bool]]:
    where = [_is_there(has_word(query.owner_id, word, column)) for word in query.words]
    where += [_has_reaction(query, text, column) for text in query.saved_reactions]
    if query.tags is not None:
        where.append(_has_tag(query, column))
    if query.sender_id is not None:
        where.append(_is_from(query, query.sender_id, column))
    if query.shown_sender is not None:
        where.append(_shows(query, query.shown_sender, column))
    if query.users_only:
        where.append(peer > 0)
    if query.groups_only:
        where.append(peer < 0)
    if query.thread_id:
        thread = thread_messages.alias()
        where.append(
            there_is(
                thread.c.owner_id == query.owner_id,
                thread.c.message_id == column,
                thread.c.thread_id == query.thread_id,
            )
        )
    if query.origin is not None:
        saved = saved_messages.alias()
        where.append(
            there_is(
                saved.c.owner_id == query.owner_id,
                saved.c.message_id == column,
                saved.c.saved_peer_key == query.origin,
            )
        )
    if query.folder_id is not None:
        dialog = dialogs.alias()
        where.append(
            there_is(
                dialog.c.owner_id == query.owner_id,
                dialog.c.peer_key == peer,
                dialog.c.folder_id == query.folder_id,
            )
        )
    return where


def _has_tag(query: Query, column: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    tags = message_tags.alias()
    return there_is(
        tags.c.owner_id == query.owner_id,
        tags.c.message_id == column,
        tags.c.tag.in_([int(tag) for tag in query.tags or ()]),
    )


def _has_reaction(query: Query, text: str, column: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    tagged = saved_tags.alias()
    return there_is(tagged.c.owner_id == query.owner_id, tagged.c.reaction == text, tagged.c.message_id == column)


def _shows(query: Query, sender_key: int, column: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    shown = shown_senders.alias()
    return there_is(shown.c.owner_id == query.owner_id, shown.c.sender_key == sender_key, shown.c.message_id == column)


def _is_from(query: Query, sender_id: int, column: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    entry = boxes.alias()
    own = [entry.c.owner_id == query.owner_id, entry.c.message_id == column]
    return there_is(*own, *_from(query, sender_id, entry.c))


def _from(query: Query, sender_id: int, columns: Any) -> list[sa.ColumnElement[bool]]:
    where = [columns.sender_id == sender_id]
    if query.owner_id < 0:
        # Who writes anonymously is not found out by a search.
        where.append(columns.flags.op("&")(int(BoxFlag.ANONYMOUS)) == 0)
    return where


def there_is(*where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """EXISTS, written so that it is asked for each message of the walk.

    MariaDB turns a plain EXISTS into a join with everything that the subquery could ever yield.
    """
    return _is_there(sa.select(sa.literal_column("1")).where(*where))


def _is_there(statement: sa.Select[Any]) -> sa.ColumnElement[bool]:
    return statement.limit(1).scalar_subquery().is_not(None)


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages a query finds; ``inexact``: at least as many."""

    count: int
    inexact: bool = False


def count_of(ctx: Context, query: Query) -> Count:
    """The length of the prepared query's list: from counters where only a kind was asked for, else counted."""
    if query.impossible:
        return Count(0)
    everything = replace(query, tags=None, peer_key=None) == Query(query.owner_id)
    if everything and query.tags is not None:
        return Count(sum(tag_counts(ctx, query.owner_id, query.peer_key, query.tags).values()))
    if everything and query.peer_key is not None:
        return Count(_message_count(ctx, query.owner_id, query.peer_key))
    return count_newer(ctx, query, 0)


def count_newer(ctx: Context, query: Query, message_id: int) -> Count:
    """How many messages of the prepared query's list are newer than one of them; one statement of bounded work."""
    lists = _lists_of(query)
    if not lists:
        return Count(0)
    rest = lists[0].rest
    most = EXAMINED_MAX if _conditions(rest, sa.column("message_id"), sa.column("peer_key")) else COUNT_MAX
    newest = []
    for item in lists:
        statement = item.statement.add_columns(item.peer_key.label("peer_key"))
        if message_id:
            statement = statement.where(item.message_id > message_id)
        cut = statement.order_by(item.message_id.desc()).limit(most + 1).subquery()
        newest.append(sa.select(cut.c.message_id, cut.c.peer_key))
    entries = (sa.union(*newest) if len(newest) > 1 else newest[0]).subquery()
    fulfilled = sa.and_(sa.true(), *_conditions(rest, entries.c.message_id, entries.c.peer_key))
    statement = sa.select(
        sa.func.count().label("examined"), sa.func.sum(sa.case((fulfilled, 1), else_=0)).label("counted")
    )
    row = ctx.db.rows(statement.select_from(entries))[0]
    return Count(min(int(row.counted or 0), most), inexact=row.examined > most)


def tag_counts(ctx: Context, owner_id: int, peer_key: int | None, tags: Sequence[Tag]) -> dict[Tag, int]:
    """How many messages of each kind a chat (or, for None, the box) holds; one statement."""
    if not tags:
        return {}
    statement = sa.select(message_tag_counts.c.tag, sa.func.sum(message_tag_counts.c.count).label("total")).where(
        message_tag_counts.c.owner_id == owner_id, message_tag_counts.c.tag.in_([int(tag) for tag in tags])
    )
    if peer_key is not None:
        statement = statement.where(message_tag_counts.c.peer_key == peer_key)
    return {Tag(row.tag): int(row.total) for row in ctx.db.rows(statement.group_by(message_tag_counts.c.tag))}


def _message_count(ctx: Context, owner_id: int, peer_key: int) -> int:
    count = ctx.db.scalar(
        sa.select(dialogs.c.message_count).where(dialogs.c.owner_id == owner_id, dialogs.c.peer_key == peer_key)
    )
    return int(count or 0)
