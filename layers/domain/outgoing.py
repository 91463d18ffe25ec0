"""Messages on their way, and the random_ids that make a repeated send harmless.

https://core.telegram.org/method/messages.sendMessage
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.errors import RpcError
from layers.schema import sent_random_ids


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send; ``message`` is the stored form. ``media_unread``: voice and round video, until played."""

    random_id: int
    message: Any
    media_unread: bool = False


def claim_random_ids(
    ctx: Context, peer_key: int, items: Sequence[Outgoing], first_id: int, first_pts: int
) -> list[Any] | None:
    """Note the caller's random_ids for messages from ``first_id`` on; what an earlier send with them made, in order.

    Raises:
        RpcError: 500 RANDOM_ID_DUPLICATE when only some were used before.
    """
    random_ids = [item.random_id for item in items]
    if len(set(random_ids)) != len(random_ids):
        raise RpcError(500, "RANDOM_ID_DUPLICATE")
    values = [
        {
            "owner_id": ctx.user_id,
            "peer_key": peer_key,
            "random_id": random_id,
            "message_id": first_id + index,
            "pts": first_pts + index,
            "date": ctx.now,
        }
        for index, random_id in enumerate(random_ids)
    ]
    if insert_ignore(ctx.db, sent_random_ids, values) == len(values):
        return None
    known = ctx.db.rows(
        sa.select(sent_random_ids.c.random_id, sent_random_ids.c.message_id, sent_random_ids.c.pts).where(
            sent_random_ids.c.owner_id == ctx.user_id,
            sent_random_ids.c.peer_key == peer_key,
            sent_random_ids.c.random_id.in_(random_ids),
            sent_random_ids.c.message_id < first_id,
        )
    )
    if len(known) != len(items):
        raise RpcError(500, "RANDOM_ID_DUPLICATE")
    return sorted(known, key=lambda row: row.pts)
