"""Saved Messages by the chats they came from: https://core.telegram.org/api/saved-messages.

The message box notes the origin of each saved message here; what a box deletes disappears here too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.messages import saved_peer
from layers.domain.peers import peer_key
from layers.errors import bad_request
from layers.schema import saved_dialogs, saved_messages

_DROP: Final = sa.delete(saved_dialogs).where(
    saved_dialogs.c.owner_id == sa.bindparam("owner"), saved_dialogs.c.saved_peer_key == sa.bindparam("peer")
)
_OF_PEER: Final = sa.and_(
    saved_dialogs.c.owner_id == sa.bindparam("owner"), saved_dialogs.c.saved_peer_key == sa.bindparam("peer")
)
_LOWER: Final = (
    sa.update(saved_dialogs)
    .where(_OF_PEER)
    .values(top_message_id=sa.bindparam("top"), message_count=saved_dialogs.c.message_count - sa.bindparam("removed"))
)
_SET_RANK: Final = sa.update(saved_dialogs).where(_OF_PEER).values(pinned_rank=sa.bindparam("rank"))


def index_saved(ctx: Context, owner_id: int, items: Sequence[tuple[Any, Any]]) -> None:
    """Note the origins of (row, message) pairs that were put into Saved Messages, oldest first."""
    origins = {row.message_id: peer_key(saved_peer(owner_id, message)) for row, message in items}
    ctx.db.execute(
        sa.insert(saved_messages),
        [
            {"owner_id": owner_id, "message_id": message_id, "saved_peer_key": key}
            for message_id, key in origins.items()
        ],
    )
    tops = {key: message_id for message_id, key in origins.items()}
    for key, count in Counter(origins.values()).items():
        upsert(
            ctx.db,
            saved_dialogs,
            {"owner_id": owner_id, "saved_peer_key": key, "top_message_id": tops[key], "message_count": count},
            update={"top_message_id": tops[key], "message_count": saved_dialogs.c.message_count + count},
        )


def unindex_saved(ctx: Context, owner_id: int, message_ids: Sequence[int]) -> None:
    """Forget messages that were deleted from Saved Messages; the number of statements does not depend on theirs."""
    where = [saved_messages.c.owner_id == owner_id, saved_messages.c.message_id.in_(message_ids)]
    removed = Counter(ctx.db.scalars(sa.select(saved_messages.c.saved_peer_key).where(*where)))
    if not removed:
        return
    ctx.db.execute(sa.delete(saved_messages).where(*where))
    top = (
        sa.select(saved_messages.c.message_id)
        .where(
            saved_messages.c.owner_id == saved_dialogs.c.owner_id,
            saved_messages.c.saved_peer_key == saved_dialogs.c.saved_peer_key,
        )
        .order_by(saved_messages.c.message_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = ctx.db.rows(
        sa.select(saved_dialogs.c.saved_peer_key, top.label("top")).where(
            saved_dialogs.c.owner_id == owner_id, saved_dialogs.c.saved_peer_key.in_(list(removed))
        )
    )
    kept = [
        {"owner": owner_id, "peer": row.saved_peer_key, "top": row.top, "removed": removed[row.saved_peer_key]}
        for row in rows
        if row.top is not None
    ]
    emptied = [{"owner": owner_id, "peer": row.saved_peer_key} for row in rows if row.top is None]
    if kept:
        ctx.db.execute(_LOWER, kept)
    if emptied:
        ctx.db.execute(_DROP, emptied)


def of_origin(owner_id: int, origin: int) -> sa.Select[Any]:
    """Ids of the messages saved from a chat, for `layers.domain.history.slice_ids`."""
    return sa.select(saved_messages.c.message_id).where(
        saved_messages.c.owner_id == owner_id, saved_messages.c.saved_peer_key == origin
    )


def pinned_origins(ctx: Context, owner_id: int) -> list[Any]:
    """Rows of the pinned origins, the highest first."""
    statement = sa.select(saved_dialogs).where(saved_dialogs.c.owner_id == owner_id, saved_dialogs.c.pinned_rank > 0)
    return list(ctx.db.rows(statement.order_by(saved_dialogs.c.pinned_rank.desc())))


def recent_origins(ctx: Context, owner_id: int, limit: int, below_id: int = 0) -> list[Any]:
    """Rows of origins that are not pinned, the one with the latest message first."""
    statement = sa.select(saved_dialogs).where(saved_dialogs.c.owner_id == owner_id, saved_dialogs.c.pinned_rank == 0)
    if below_id:
        statement = statement.where(saved_dialogs.c.top_message_id < below_id)
    return list(ctx.db.rows(statement.order_by(saved_dialogs.c.top_message_id.desc()).limit(limit)))


def origin_rows(ctx: Context, owner_id: int, origins: Iterable[int]) -> list[Any]:
    """Rows of these origins in the given order, those that have messages."""
    wanted = list(dict.fromkeys(origins))
    statement = sa.select(saved_dialogs).where(
        saved_dialogs.c.owner_id == owner_id, saved_dialogs.c.saved_peer_key.in_(wanted)
    )
    found = {row.saved_peer_key: row for row in ctx.db.rows(statement)} if wanted else {}
    return [found[key] for key in wanted if key in found]


def count_origins(ctx: Context, owner_id: int, *, pinned: bool) -> int:
    """How many origins there are, with or without the pinned ones."""
    statement = sa.select(sa.func.count()).select_from(saved_dialogs).where(saved_dialogs.c.owner_id == owner_id)
    return int(ctx.db.scalar(statement if pinned else statement.where(saved_dialogs.c.pinned_rank == 0)))


def pin_origins(ctx: Context, order: Sequence[int], *, force: bool) -> list[int] | None:
    """Pin these origins of the caller in this order; without ``force`` other pins stay below.

    Returns the new order, or None when nothing changed.

    Raises:
        RpcError: PINNED_TOO_MUCH.
    """
    wanted = [row.saved_peer_key for row in origin_rows(ctx, ctx.user_id, order)]
    present = [row.saved_peer_key for row in pinned_origins(ctx, ctx.user_id)]
    final = wanted if force else wanted + [key for key in present if key not in wanted]
    if final == present:
        return None
    if len(final) > limits.SAVED_DIALOGS_PINNED:
        raise bad_request("PINNED_TOO_MUCH")
    ranks = dict.fromkeys(present, 0) | {key: len(final) - index for index, key in enumerate(final)}
    ctx.db.execute(_SET_RANK, [{"owner": ctx.user_id, "peer": key, "rank": rank} for key, rank in ranks.items()])
    return final
