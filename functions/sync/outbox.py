"""The consumer of the outbox: brings an account's box up to date and pushes what changed.

Called with a batch of bus records (keys name the accounts), by the local consumer or by Lambda's MSK event source; and
by the relay for rows whose wake was lost. Idempotent: rows are applied and deleted in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import measures, tracing
from layers.bus import BusUnavailable, Record
from layers.context import Context, Services
from layers.database import is_outage
from layers.domain import outbox, top_peers
from layers.domain.archive import leave_archive
from layers.domain.boxes import Box, BoxRow, Entry, NoBox, index_text, open_box, release
from layers.domain.messages import load_rows_by_content
from layers.domain.peer_options import take_look
from layers.domain.peers import is_user
from layers.domain.updates import push_box
from layers.registry import consumer, job
from layers.schema import boxes, contents
from layers.schema import outbox as outbox_table
from layers.telemetry import get_logger, is_debug
from layers.unit_of_work import run
from tl import api

logger = get_logger("sync")

_CLEARED: Final = 500
"""Messages of a history removed at once."""

_BATCH: Final = 200
"""Operations applied in one transaction."""

STALE_AFTER_S: Final = 1
"""The relay wakes accounts whose rows have waited longer."""

ORPHANED_AFTER_S: Final = 2
"""The relay applies rows itself that have waited longer: the bus is gone, or a dead consumer's share not yet taken."""

_RELAYED_MAX: Final = 1000


_WAITING: Final = (
    sa.select(outbox_table.c.id, outbox_table.c.operation)
    .where(outbox_table.c.owner_id == sa.bindparam("owner"))
    .order_by(outbox_table.c.id)
    .limit(_BATCH)
)
_DONE: Final = sa.delete(outbox_table).where(outbox_table.c.id.in_(sa.bindparam("ids", expanding=True)))
_CONTENTS: Final = sa.select(contents).where(contents.c.content_id.in_(sa.bindparam("content_ids", expanding=True)))


@consumer(outbox.TOPIC, group="sync")
def handle_records(services: Services, records: Sequence[Record]) -> None:
    """Bus handler: one pass for each account named in the batch."""
    for owner_id in dict.fromkeys(int(record.key) for record in records):
        _deliver_or_log(services, owner_id)


def deliver(services: Services, owner_id: int) -> None:
    """Apply every waiting operation of an account; drop those of one that keeps no messages."""
    try:
        while run(services, lambda ctx: _apply_batch(ctx, owner_id), writes=True)[0] == _BATCH:
            pass
    except NoBox:
        nobody = sa.delete(outbox_table).where(outbox_table.c.owner_id == owner_id)
        run(services, lambda ctx: ctx.db.execute(nobody), writes=True)


@job(every_s=0.5)
def relay(services: Services) -> int:
    """Look after accounts whose rows have waited too long; returns how many."""

    def stale(ctx: Context) -> Sequence[Any]:
        oldest = sa.func.min(outbox_table.c.date)
        statement = sa.select(outbox_table.c.owner_id, oldest.label("oldest")).group_by(outbox_table.c.owner_id)
        return ctx.db.rows(statement.where(outbox_table.c.date < ctx.now - STALE_AFTER_S).limit(_RELAYED_MAX))

    owners, ctx = run(services, stale, writes=False)
    measures.OUTBOX_STALE.set(len(owners))
    measures.OUTBOX_OLDEST.set(max((ctx.now - owner.oldest for owner in owners), default=0))
    for owner in owners:
        if owner.oldest < ctx.now - ORPHANED_AFTER_S:
            _deliver_or_log(services, owner.owner_id)
        else:
            _wake_again(ctx, owner.owner_id)
    return len(owners)


def _deliver_or_log(services: Services, owner_id: int) -> None:
    """Deliver; the relay comes back to what failed, an outage is the caller's to wait out."""
    try:
        deliver(services, owner_id)
    except Exception as error:
        if is_outage(error):
            raise
        # One account's trouble must not keep the others waiting.
        logger.exception("outbox not applied", user_id=owner_id)


def _wake_again(ctx: Context, owner_id: int) -> None:
    try:
        outbox.wake(ctx, owner_id)
    except BusUnavailable as error:
        logger.warning("no wake", reason=str(error))


def drain_outbox(services: Services) -> None:
    """Apply everything that waits, for tests and for the last step of a shutdown."""

    def waiting(ctx: Context) -> Sequence[int]:
        return ctx.db.scalars(sa.select(outbox_table.c.owner_id).distinct())

    while owner_ids := run(services, waiting, writes=False)[0]:
        for owner_id in owner_ids:
            deliver(services, owner_id)


def _apply_batch(ctx: Context, owner_id: int) -> int:
    with open_box(ctx, owner_id) as box:
        waiting = ctx.db.rows(_WAITING, {"owner": owner_id})
        decoded = [outbox.decode_with_origin(row.operation) for row in waiting]
        for kind, group in groupby((operation for operation, _ in decoded), key=type):
            _APPLY[kind](ctx, box, list(group))
        if waiting:
            ctx.db.execute(_DONE, {"ids": [row.id for row in waiting]})
    ctx.after_commit(lambda: _measure(owner_id, decoded))
    # A push tells of the whole batch; it carries the trace of the change that waited longest.
    with tracing.following(decoded[0][1] if decoded else tracing.NOWHERE, user_id=owner_id):
        push_box(ctx, box)
    return len(waiting)


def _measure(owner_id: int, applied: Sequence[tuple[outbox.Operation, tracing.Origin]]) -> None:
    now = tracing.now_ms()
    for operation, origin in applied:
        measures.DELIVERED.inc(operation.kind)
        measures.OUTBOX_WAIT.observe(max(0, now - origin.at_ms) / 1000)
        if not is_debug():
            continue
        with tracing.following(origin, user_id=owner_id):
            logger.debug("outbox applied", operation=operation.kind, latency_ms=now - origin.at_ms)


def _deliver(ctx: Context, box: Box, operations: list[outbox.Deliver]) -> None:
    operations = _without_known(ctx, box.owner_id, operations)
    content_ids = [operation.content_id for operation in operations]
    found = {row.content_id: row for row in ctx.db.rows(_CONTENTS, {"content_ids": content_ids})}
    replies = _message_ids(ctx, box.owner_id, (operation.reply_to_content_id for operation in operations))
    entries: list[Entry] = []
    for operation in operations:
        content = found.get(operation.content_id)
        if content is None:
            continue  # deleted for everyone before it was delivered
        message: Any = tl.decode(content.message)
        entries.append(
            Entry(
                content_id=content.content_id,
                peer_key=operation.peer_key,
                sender_id=content.sender_id,
                date=content.date,
                message=message,
                encoded=content.message,
                flags=operation.flags,
                reply_to_msg_id=replies.get(operation.reply_to_content_id or 0),
                edit_date=content.edit_date,
                extras=content.extras,
            )
        )
        # A reply may arrive together with what it answers.
        replies[content.content_id] = box.last_message_id + len(entries)
    if not entries:
        return
    rows = box.append(entries)
    leave_archive(ctx, box, (entry.peer_key for entry in entries if entry.sender_id != box.owner_id))
    _follow_up_senders(ctx, box.owner_id, entries, rows)


def _without_known(ctx: Context, owner_id: int, operations: list[outbox.Deliver]) -> list[outbox.Deliver]:
    """The operations but those of past messages that the box has: who comes back to a group kept what he saw."""
    known = _message_ids(ctx, owner_id, (operation.content_id for operation in operations if operation.is_past))
    if not known:
        return operations
    release(ctx, list(known))
    return [operation for operation in operations if operation.content_id not in known]


def _follow_up_senders(ctx: Context, owner_id: int, entries: Sequence[Entry], rows: Sequence[BoxRow]) -> None:
    """What a send leaves for later on the sender's side: the words of its copy, and one more use of the peer."""
    by_sender: dict[int, list[Entry]] = {}
    for entry in entries:
        # A group's sender has done it himself: there are many to receive it.
        if entry.sender_id != owner_id and is_user(entry.peer_key):
            by_sender.setdefault(entry.sender_id, []).append(entry)
    for sender_id, sent in by_sender.items():
        messages = {entry.content_id: entry.message for entry in sent}
        own = load_rows_by_content(ctx, sender_id, list(messages))
        index_text(ctx, sender_id, [(row, messages[row.content_id]) for row in own], may_exist=True)
        if not own:
            continue  # messageActionContactSignUp: the sender must not learn who keeps his number
        top_peers.bump(ctx, sender_id, top_peers.Category.CORRESPONDENTS, owner_id)


def _message_ids(ctx: Context, owner_id: int, content_ids: Iterable[int | None]) -> dict[int, int]:
    wanted = {content_id for content_id in content_ids if content_id}
    if not wanted:
        return {}
    statement = sa.select(boxes.c.content_id, boxes.c.message_id).where(
        boxes.c.owner_id == owner_id, boxes.c.content_id.in_(wanted)
    )
    return {row.content_id: row.message_id for row in ctx.db.rows(statement)}


def _edit(ctx: Context, box: Box, operations: list[outbox.Edit]) -> None:
    for row in load_rows_by_content(ctx, box.owner_id, [operation.content_id for operation in operations]):
        box.edited(row, tl.decode(row.message))


def _delete(ctx: Context, box: Box, operations: list[outbox.Delete]) -> None:
    content_ids = [content_id for operation in operations for content_id in operation.content_ids]
    box.delete(load_rows_by_content(ctx, box.owner_id, content_ids))


def _read(_ctx: Context, box: Box, operations: list[outbox.Read]) -> None:
    furthest: dict[int, int] = {}
    for operation in operations:
        furthest[operation.peer_key] = max(operation.content_id, furthest.get(operation.peer_key, 0))
    for peer_key, content_id in furthest.items():
        box.read_outbox(peer_key, content_id)


def _read_contents(ctx: Context, box: Box, operations: list[outbox.ReadContents]) -> None:
    content_ids = [content_id for operation in operations for content_id in operation.content_ids]
    box.read_contents(load_rows_by_content(ctx, box.owner_id, content_ids))


def _pin(ctx: Context, box: Box, operations: list[outbox.Pin]) -> None:
    for operation in operations:
        rows = load_rows_by_content(ctx, box.owner_id, operation.content_ids)
        box.pin(operation.peer_key, rows, pinned=operation.pinned)


def _react(ctx: Context, box: Box, operations: list[outbox.React]) -> None:
    box.reacted(load_rows_by_content(ctx, box.owner_id, [operation.content_id for operation in operations]))


def _poll(ctx: Context, box: Box, operations: list[outbox.Poll]) -> None:
    voted = {operation.content_id for operation in operations if operation.has_new_votes}
    rows = load_rows_by_content(ctx, box.owner_id, [operation.content_id for operation in operations])
    box.poll_changed(rows, voted=voted)


def _timer(_ctx: Context, box: Box, operations: list[outbox.Timer]) -> None:
    for operation in operations:
        box.set_timer(operation.peer_key, operation.period)


def _look(ctx: Context, box: Box, operations: list[outbox.Look]) -> None:
    for operation in operations:
        take_look(ctx, box, operation)


def _web_page(_ctx: Context, box: Box, operations: list[outbox.WebPage]) -> None:
    for page_id in dict.fromkeys(operation.page_id for operation in operations):
        box.record(api.UpdateWebPage(webpage=api.WebPageEmpty(id=page_id), pts=0, pts_count=0))


def _announce(_ctx: Context, box: Box, operations: list[outbox.Announce]) -> None:
    for operation in operations:
        box.announce(tl.decode(bytes.fromhex(operation.update)))


def _clear(ctx: Context, box: Box, operations: list[outbox.Clear]) -> None:
    for peer_key in dict.fromkeys(operation.peer_key for operation in operations):
        found = ctx.db.rows(
            sa.select(boxes.c.message_id, boxes.c.content_id, boxes.c.peer_key, boxes.c.flags)
            .where(boxes.c.owner_id == box.owner_id, boxes.c.peer_key == peer_key)
            .order_by(boxes.c.message_id)
            .limit(_CLEARED + 1)
        )
        box.delete(found[:_CLEARED], keep_dialog=False)
        if len(found) > _CLEARED:
            outbox.post(ctx, box.owner_id, outbox.Clear(peer_key))


_APPLY: Final[dict[type[outbox.Operation], Any]] = {
    outbox.Deliver: _deliver,
    outbox.Edit: _edit,
    outbox.Delete: _delete,
    outbox.Read: _read,
    outbox.ReadContents: _read_contents,
    outbox.Pin: _pin,
    outbox.React: _react,
    outbox.Poll: _poll,
    outbox.Timer: _timer,
    outbox.Look: _look,
    outbox.WebPage: _web_page,
    outbox.Announce: _announce,
    outbox.Clear: _clear,
}
