"""The block list.

https://core.telegram.org/api/block. Who is blocked in full is also kept from stories; ``stories_only`` rows are the
stories' own list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain.chats import peer_objects
from layers.domain.peers import peer_of
from layers.push import push_updates
from layers.schema import blocked_peers
from tl import api


def is_blocked(ctx: Context, owner_id: int, peer_key: int) -> bool:
    """True when the owner blocked the peer in full."""
    return peer_key in blocked_among(ctx, owner_id, [peer_key])


def blocked_among(ctx: Context, owner_id: int, peer_keys: Collection[int]) -> set[int]:
    """Those of the peers that the owner blocked in full; one statement."""
    if not peer_keys:
        return set()
    return set(
        ctx.db.scalars(
            sa.select(blocked_peers.c.peer_key).where(
                blocked_peers.c.owner_id == owner_id,
                blocked_peers.c.peer_key.in_(peer_keys),
                ~blocked_peers.c.stories_only,
            )
        )
    )


def block_state(ctx: Context, owner_id: int, peer_key: int) -> tuple[bool, bool]:
    """(blocked, blocked from the stories)."""
    row = ctx.db.first(
        sa.select(blocked_peers.c.stories_only).where(
            blocked_peers.c.owner_id == owner_id, blocked_peers.c.peer_key == peer_key
        )
    )
    return row is not None and not row.stories_only, row is not None


def blocks_either_way(ctx: Context, user_id: int, other_id: int) -> tuple[bool, bool]:
    """(``user_id`` blocked the other, the other blocked ``user_id``), in full; one statement."""
    owners = set(
        ctx.db.scalars(
            sa.select(blocked_peers.c.owner_id).where(
                sa.or_(
                    sa.and_(blocked_peers.c.owner_id == user_id, blocked_peers.c.peer_key == other_id),
                    sa.and_(blocked_peers.c.owner_id == other_id, blocked_peers.c.peer_key == user_id),
                ),
                ~blocked_peers.c.stories_only,
            )
        )
    )
    return user_id in owners, other_id in owners


def block(ctx: Context, owner_id: int, peer_keys: Sequence[int], *, stories_only: bool = False) -> None:
    """Add peers to a list and tell the owner's other sessions. A full block is never weakened to a stories one."""
    if stories_only:
        present = _listed(ctx, owner_id, peer_keys)
        peer_keys = [key for key in peer_keys if key not in present]
    if not peer_keys:
        return
    rows = [{"owner_id": owner_id, "peer_key": key, "date": ctx.now, "stories_only": stories_only} for key in peer_keys]
    upsert(ctx.db, blocked_peers, rows, update=["date", "stories_only"])
    _tell(ctx, owner_id, peer_keys, blocked=not stories_only, blocked_my_stories_from=True)


def _listed(ctx: Context, owner_id: int, peer_keys: Collection[int]) -> set[int]:
    """Those of the peers that are on either list."""
    return set(
        ctx.db.scalars(
            sa.select(blocked_peers.c.peer_key).where(
                blocked_peers.c.owner_id == owner_id, blocked_peers.c.peer_key.in_(peer_keys)
            )
        )
    )


def unblock(ctx: Context, owner_id: int, peer_keys: Sequence[int], *, stories_only: bool = False) -> None:
    """Take peers off a list and tell the owner's other sessions."""
    if not peer_keys:
        return
    statement = sa.delete(blocked_peers).where(
        blocked_peers.c.owner_id == owner_id,
        blocked_peers.c.peer_key.in_(peer_keys),
        blocked_peers.c.stories_only == stories_only,
    )
    if ctx.db.execute(statement).rowcount:
        _tell(ctx, owner_id, peer_keys, blocked=False, blocked_my_stories_from=False)


def replace_blocked(ctx: Context, owner_id: int, peer_keys: Sequence[int], *, stories_only: bool = False) -> None:
    """Make the list consist of exactly these peers."""
    present = set(
        ctx.db.scalars(
            sa.select(blocked_peers.c.peer_key).where(
                blocked_peers.c.owner_id == owner_id, blocked_peers.c.stories_only == stories_only
            )
        )
    )
    wanted = list(dict.fromkeys(peer_keys))
    unblock(ctx, owner_id, sorted(present - set(wanted)), stories_only=stories_only)
    block(ctx, owner_id, [key for key in wanted if key not in present], stories_only=stories_only)


def blocked_page(
    ctx: Context, owner_id: int, offset: int, limit: int, *, stories_only: bool = False
) -> tuple[int, Sequence[sa.Row[Any]]]:
    """(length of the whole list, rows (peer_key, date) of the page, latest first)."""
    mine = sa.and_(blocked_peers.c.owner_id == owner_id, blocked_peers.c.stories_only == stories_only)
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(blocked_peers).where(mine))
    rows = ctx.db.rows(
        sa.select(blocked_peers.c.peer_key, blocked_peers.c.date)
        .where(mine)
        .order_by(blocked_peers.c.date.desc(), blocked_peers.c.peer_key)
        .offset(offset)
        .limit(limit)
    )
    return int(count), rows


def _tell(
    ctx: Context, owner_id: int, peer_keys: Sequence[int], *, blocked: bool, blocked_my_stories_from: bool
) -> None:
    updates = [
        api.UpdatePeerBlocked(
            blocked=blocked, blocked_my_stories_from=blocked_my_stories_from and not blocked, peer_id=peer_of(key)
        )
        for key in peer_keys
    ]
    named = peer_objects(ctx, owner_id, peer_keys)
    push_updates(ctx, owner_id, api.Updates(updates=updates, users=named.users, chats=named.chats, date=ctx.now, seq=0))
