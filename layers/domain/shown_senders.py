"""Who a supergroup's messages show as their sender, where that is not who wrote them.

https://core.telegram.org/api/channel#sending-messages-as-another-peer. A search for messages of a channel, or of the
group's anonymous administrators, looks here: the box knows the true author, who must not be found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.peers import peer_key
from layers.schema import shown_senders


def note_shown_senders(ctx: Context, group_key: int, messages: Sequence[tuple[int, Any]]) -> None:
    """Note of (id, message) pairs whom they show; one statement, none for none."""
    values = [
        {
            "owner_id": group_key,
            "sender_key": group_key if message.from_id is None else peer_key(message.from_id),
            "message_id": message_id,
        }
        for message_id, message in messages
    ]
    if values:
        ctx.db.execute(sa.insert(shown_senders), values)


def forget_shown_senders(ctx: Context, group_key: int, message_ids: Collection[int]) -> None:
    """Messages were deleted."""
    table = shown_senders.c
    ctx.db.execute(sa.delete(shown_senders).where(table.owner_id == group_key, table.message_id.in_(list(message_ids))))


def shown_as(group_key: int, sender_key: int) -> sa.Select[Any]:
    """The list of the messages that show a sender, for `layers.domain.history.slice_ids`."""
    table = shown_senders.c
    return sa.select(table.message_id).where(table.owner_id == group_key, table.sender_key == sender_key)
