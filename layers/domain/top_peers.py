"""Top peers: whom an account writes to most and last.

https://core.telegram.org/api/top-rating. Each use adds ``e^(age / rating_e_decay)`` to the rating, where age counts
from a fixed moment: what was added long ago weighs less against what is added now, an addition is one statement
without reading, and the order of the ratings needs no clock.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.hashes import vector_hash
from layers.domain.peers import bare_id
from layers.errors import bad_request
from layers.schema import top_peers, users
from tl import api

TOP_PEERS_MAX: Final = 100

_EPOCH: Final = 1_735_689_600
"""2025-01-01. A double holds the weights of the fifty years that follow."""


class Category(StrEnum):
    """The categories, named as the flags of contacts.getTopPeers; the value is what is stored.

    Their order is that in which TDLib hashes what it holds.
    """

    CORRESPONDENTS = "correspondents"
    BOTS_PM = "bots_pm"
    BOTS_INLINE = "bots_inline"
    GROUPS = "groups"
    CHANNELS = "channels"
    PHONE_CALLS = "phone_calls"
    FORWARD_USERS = "forward_users"
    FORWARD_CHATS = "forward_chats"
    BOTS_APP = "bots_app"
    BOTS_GUESTCHAT = "bots_guestchat"


_CONSTRUCTORS: Final[dict[Category, type[api.TypeTopPeerCategory]]] = {
    Category.CORRESPONDENTS: api.TopPeerCategoryCorrespondents,
    Category.BOTS_PM: api.TopPeerCategoryBotsPM,
    Category.BOTS_INLINE: api.TopPeerCategoryBotsInline,
    Category.PHONE_CALLS: api.TopPeerCategoryPhoneCalls,
    Category.FORWARD_USERS: api.TopPeerCategoryForwardUsers,
    Category.FORWARD_CHATS: api.TopPeerCategoryForwardChats,
    Category.GROUPS: api.TopPeerCategoryGroups,
    Category.CHANNELS: api.TopPeerCategoryChannels,
    Category.BOTS_APP: api.TopPeerCategoryBotsApp,
    Category.BOTS_GUESTCHAT: api.TopPeerCategoryBotsGuestChat,
}


@dataclass(frozen=True, slots=True)
class TopPeer:
    """A peer and its rating as of now."""

    peer_key: int
    rating: float


def tl_category(category: Category) -> api.TypeTopPeerCategory:
    """The TL object of a category."""
    return _CONSTRUCTORS[category]()


def category_of(category: api.TypeTopPeerCategory) -> Category:
    """The category a client names."""
    for known, constructor in _CONSTRUCTORS.items():
        if isinstance(category, constructor):
            return known
    raise bad_request("INPUT_REQUEST_INVALID")


def is_enabled(ctx: Context, owner_id: int) -> bool:
    """Whether the account wants its top peers to be counted."""
    return not ctx.db.scalar(sa.select(users.c.top_peers_disabled).where(users.c.id == owner_id))


def set_enabled(ctx: Context, owner_id: int, enabled: bool) -> None:
    """Switch counting on or off; off forgets what was counted."""
    ctx.db.execute(sa.update(users).where(users.c.id == owner_id).values(top_peers_disabled=not enabled))
    if not enabled:
        ctx.db.execute(sa.delete(top_peers).where(top_peers.c.owner_id == owner_id))


def bump(ctx: Context, owner_id: int, category: Category | str, peer_key: int) -> None:
    """Count one use of a peer, as on each message sent; nothing for accounts that switched it off. Two statements."""
    if not is_enabled(ctx, owner_id):
        return
    weight = _weight(ctx.now)
    row = {"owner_id": owner_id, "category": Category(category).value, "peer_key": peer_key, "rating": weight}
    upsert(ctx.db, top_peers, row, update={"rating": top_peers.c.rating + weight})


def list_top_peers(
    ctx: Context, owner_id: int, category: Category, offset: int, limit: int
) -> tuple[int, list[TopPeer]]:
    """(peers counted in the category, a page of them, the highest rating first)."""
    mine = sa.and_(top_peers.c.owner_id == owner_id, top_peers.c.category == category.value)
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(top_peers).where(mine))
    rows = ctx.db.rows(
        sa.select(top_peers.c.peer_key, top_peers.c.rating)
        .where(mine)
        .order_by(top_peers.c.rating.desc(), top_peers.c.peer_key)
        .offset(offset)
        .limit(limit)
    )
    now_weight = _weight(ctx.now)
    return int(count), [TopPeer(row.peer_key, row.rating / now_weight) for row in rows]


def forget(ctx: Context, owner_id: int, category: Category, peer_key: int) -> None:
    """Set a peer's rating to nothing."""
    ctx.db.execute(
        sa.delete(top_peers).where(
            top_peers.c.owner_id == owner_id,
            top_peers.c.category == category.value,
            top_peers.c.peer_key == peer_key,
        )
    )


def top_peers_hash(peer_keys: Iterable[int]) -> int:
    """The hash of an answer: over the ids of the peers in the order given."""
    return vector_hash(bare_id(key) for key in peer_keys)


def _weight(now: int) -> float:
    return math.exp((now - _EPOCH) / limits.RATING_E_DECAY)
