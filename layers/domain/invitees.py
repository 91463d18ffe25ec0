"""Who may be brought into a chat by whom: https://core.telegram.org/api/invites#direct-invites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.privacy import PrivacyKey, allowed
from layers.errors import bad_request
from layers.schema import blocked_peers, users
from tl import api

_STATES: Final = sa.select(users.c.id, users.c.deleted).where(users.c.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Invitees:
    """``willing`` may be added; ``missing`` do not let the caller: he can send them a link instead."""

    willing: list[int]
    missing: list[api.MissingInvitee]


def sort_invitees(ctx: Context, user_ids: Sequence[int]) -> Invitees:
    """Ask the privacy rules and block lists of the accounts; a constant number of statements.

    Raises:
        RpcError: 400 USER_ID_INVALID, INPUT_USER_DEACTIVATED, YOU_BLOCKED_USER.
    """
    wanted = [user_id for user_id in dict.fromkeys(user_ids) if user_id != ctx.user_id]
    if not wanted:
        return Invitees([], [])
    deleted = {row.id: bool(row.deleted) for row in ctx.db.rows(_STATES, {"ids": wanted})}
    if any(user_id not in deleted or user_id == SERVICE_USER_ID for user_id in wanted):
        raise bad_request("USER_ID_INVALID")
    if any(deleted.values()):
        raise bad_request("INPUT_USER_DEACTIVATED")
    blocks = ctx.db.rows(
        sa.select(blocked_peers.c.owner_id, blocked_peers.c.peer_key).where(
            sa.or_(
                sa.and_(blocked_peers.c.owner_id == ctx.user_id, blocked_peers.c.peer_key.in_(wanted)),
                sa.and_(blocked_peers.c.owner_id.in_(wanted), blocked_peers.c.peer_key == ctx.user_id),
            ),
            ~blocked_peers.c.stories_only,
        )
    )
    if any(row.owner_id == ctx.user_id for row in blocks):
        raise bad_request("YOU_BLOCKED_USER")
    blocking = {row.owner_id for row in blocks}
    may = allowed(ctx, wanted, ctx.user_id, PrivacyKey.CHAT_INVITE) - blocking
    return Invitees(
        [user_id for user_id in wanted if user_id in may],
        [api.MissingInvitee(user_id=user_id) for user_id in wanted if user_id not in may],
    )
