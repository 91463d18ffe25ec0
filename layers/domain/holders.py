"""Who else has a message: the accounts whose boxes hold its content beside the one a change was made in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layers.context import Context
from layers.domain import outbox
from layers.domain.members import other_members
from layers.domain.peers import SERVICE_USER_ID, is_user


def other_holders(ctx: Context, owner_id: int, peer_key: int) -> Sequence[int]:
    """The accounts whose boxes hold the messages that ``owner_id`` has with a peer."""
    if not is_user(peer_key):
        return other_members(ctx, peer_key, owner_id)
    return [] if peer_key in {owner_id, SERVICE_USER_ID} else [peer_key]


def tell_holders(ctx: Context, row: Any, *operations: outbox.Operation, owner_id: int | None = None) -> None:
    """Post what happened to a message to everyone else who has it; ``row`` is the owner's (default: the caller's)."""
    holders = other_holders(ctx, ctx.user_id if owner_id is None else owner_id, row.peer_key)
    outbox.post_each(ctx, holders, *operations)
