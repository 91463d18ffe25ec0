"""Files that nothing refers to any more: found by looking at everything that could, and removed with their bytes.

A file may be named by messages, drafts, profile photos, folders and whatever else keeps TL objects. So nobody counts
references. `find_unused` reads every binary column once, in the order of primary keys, and takes each occurrence
of a file's 64-bit id for a use, wherever it stands: it errs on the side of keeping. That takes as long as the tables
are large, and is for an operator's cron, at quiet hours, by one process at a time (`cirrusgram prune files`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from struct import unpack_from
from typing import Any, Final

import sqlalchemy as sa

from layers import unit_of_work
from layers.context import Context, Services
from layers.domain import limits
from layers.domain.files import photo_prefix, thumb_prefix
from layers.schema import contents, documents, encrypted_files, metadata, photos

ROWS: Final = 1000
"""Rows read in one query."""

CANDIDATES: Final = 1_000_000
"""Files looked for in one run: some hundred megabytes of memory."""

_FILES: Final = (documents, photos)
_ID_COLUMNS: Final = ("photo_id", "document_id", "file_id", "sticker_id", "emoji_id")

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Unused:
    """Ids of files that nothing refers to. ``last_content_id``: how far contents were read."""

    documents: set[int]
    photos: set[int]
    last_content_id: int = 0

    def discard(self, data: bytes) -> None:
        """What this TL object refers to is in use."""
        count = len(data) // 4
        words = unpack_from(f"<{count}I", data)
        for low, high in pairwise(words):
            found = low | high << 32
            self.documents.discard(found)
            self.photos.discard(found)


def find_unused(services: Services, *, older_than_days: int, progress: Progress = lambda *_: None) -> Unused:
    """Files stored before then to which nothing refers."""
    old_documents, old_photos = (set(_stored_before(services, table, older_than_days)) for table in _FILES)
    unused = Unused(old_documents, old_photos)
    for table in metadata.sorted_tables:
        columns = _columns_that_may_refer(table)
        if columns and table not in _FILES:
            for count, row in enumerate(_all_rows(services, table, columns)):
                _take_out(unused, row, columns)
                if table is contents:
                    unused.last_content_id = row.content_id
                if count % ROWS == 0:
                    progress(table.name, count)
    return unused


def remove(services: Services, unused: Unused) -> int:
    """Remove these files, rows first; how many. What was sent since `find_unused` keeps its files."""

    def rows(ctx: Context) -> list[str]:
        since = sa.select(contents.c.message).where(contents.c.content_id > unused.last_content_id)
        for message in ctx.db.scalars(since):
            unused.discard(message)
        prefixes = _prefixes(ctx, unused.documents)
        for table, ids in ((documents, unused.documents), (photos, unused.photos)):
            for batch in _batches(ids):
                ctx.db.execute(sa.delete(table).where(table.c.id.in_(batch)))
        return prefixes

    prefixes = unit_of_work.run(services, rows, writes=True)[0]
    still_used = {
        row.blob_prefix
        for table in (documents, encrypted_files)
        for row in _all_rows(services, table, [table.c.blob_prefix])
    }
    for prefix in (*(prefix for prefix in prefixes if prefix not in still_used), *_derived(unused)):
        services.blobs.delete_prefix(prefix)
    return len(unused.documents) + len(unused.photos)


def _derived(unused: Unused) -> Iterator[str]:
    yield from (thumb_prefix(document_id) for document_id in sorted(unused.documents))
    yield from (photo_prefix(photo_id) for photo_id in sorted(unused.photos))


def _prefixes(ctx: Context, ids: set[int]) -> list[str]:
    found: set[str] = set()
    for batch in _batches(ids):
        found.update(ctx.db.scalars(sa.select(documents.c.blob_prefix).where(documents.c.id.in_(batch))))
    return sorted(found)


def _batches(ids: set[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), ROWS):
        yield ordered[start : start + ROWS]


def _stored_before(services: Services, table: sa.Table, days: int) -> Iterator[int]:
    before = int(services.clock()) - days * limits.DAY_S
    count = 0
    for row in _all_rows(services, table, [table.c.date]):
        if row.date < before and count < CANDIDATES:
            count += 1
            yield row.id


def _columns_that_may_refer(table: sa.Table) -> list[sa.Column[Any]]:
    return [
        column
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary) or column.name.endswith(_ID_COLUMNS)
    ]


def _take_out(unused: Unused, row: sa.Row[Any], columns: list[sa.Column[Any]]) -> None:
    for column in columns:
        value = getattr(row, column.name)
        if isinstance(value, bytes):
            unused.discard(value)
        elif value is not None:
            unused.documents.discard(value)
            unused.photos.discard(value)


def _all_rows(services: Services, table: sa.Table, columns: list[sa.Column[Any]]) -> Iterator[sa.Row[Any]]:
    """Every row in the order of the primary key, a query for each `ROWS`."""
    key = list(table.primary_key.columns)
    wanted = [*key, *(column for column in columns if column not in key)]
    last: tuple[Any, ...] | None = None
    while True:
        statement = sa.select(*wanted).order_by(*key).limit(ROWS)
        if last is not None:
            statement = statement.where(_behind(key, last))
        with services.database.transaction(writes=False) as db:
            rows = db.rows(statement)
        yield from rows
        if len(rows) < ROWS:
            return
        last = tuple(getattr(rows[-1], column.name) for column in key)


def _behind(key: list[sa.Column[Any]], last: tuple[Any, ...]) -> sa.ColumnElement[bool]:
    """(a, b) > (x, y), spelled so that every engine takes it from the index."""
    head, value = key[0], last[0]
    if len(key) == 1:
        return sa.and_(head > value)
    return sa.or_(head > value, sa.and_(head == value, _behind(key[1:], last[1:])))
